// The rules for signing in, kept as one row; changed by the security administrator.
import { Problem } from "../../core/problem.ts";
import type { ReplyOf } from "../../core/route.ts";
import { audit } from "../../platform/audit.ts";
import type { Tx } from "../../platform/database.ts";
import type { Platform } from "../../platform/platform.ts";
import type { getPolicy } from "./contract.ts";
import { type AccessPolicy, byProfile, profiles } from "./password-policy.ts";
import { namesOf } from "./queries.ts";
import { type SecondFactor, shippedFactors } from "./second-factor.ts";
import * as queries from "./sign-in-queries.ts";

const mutable = (policy: AccessPolicy) => ({ ...policy, secondFactors: [...policy.secondFactors] });

export async function policyInForce(tx: Tx): Promise<ReplyOf<typeof getPolicy>> {
  const { changedAt, changedBy } = await queries.policyChange(tx);
  const name = (await namesOf(tx, [changedBy])).get(changedBy);
  return { policy: mutable(await queries.policy(tx)), profiles: profiles.map((profile) => mutable(byProfile[profile])), changedAt: changedAt.toISOString(), ...(name && { changedBy: name }) };
}

/** @throws Problem bad-request when nobody could sign in under it, or for the demonstration's profile */
export async function changePolicyTo(tx: Tx, platform: Platform, wish: AccessPolicy, factors: readonly SecondFactor[] = shippedFactors): Promise<ReplyOf<typeof getPolicy>> {
  const before = await queries.policy(tx);
  if (wish.profile === "demo" && before.profile !== "demo") throw new Problem("bad-request", { zh: "演示策略只用于演示系统", en: "The demonstration's profile is for demonstrations only" });
  const missing = wish.secondFactors.find((kind) => !factors.some((factor) => factor.kind === kind));
  if (missing) throw new Problem("bad-request", { zh: "本系统未接入证书登录", en: "This installation has no reader of certificates" });
  if (!wish.secondFactors.includes("totp") && !wish.secondFactors.includes("certificate")) throw new Problem("bad-request", { zh: "恢复码之外还须有一种第二因素", en: "A second factor is needed besides recovery codes" });
  await queries.setPolicy(tx, wish, platform.clock.now());
  const changed = (Object.keys(wish) as (keyof AccessPolicy)[]).filter((key) => JSON.stringify(wish[key]) !== JSON.stringify(before[key]));
  await audit(tx, { action: "policy.change", people: 0, detail: { changed, to: Object.fromEntries(changed.map((key) => [key, wish[key]])) } });
  return policyInForce(tx);
}

/** The demonstration's profile, for accounts whose password is published. Only the demo calls this. */
export async function useDemoPolicy(tx: Tx): Promise<void> {
  await queries.setPolicy(tx, byProfile.demo, new Date());
}
