// What a person sees and changes of the own account: password, second factor, where it was used.
import { Problem } from "../../core/problem.ts";
import type { BodyOf, ReplyOf } from "../../core/route.ts";
import { audit } from "../../platform/audit.ts";
import type { Actor, Tx } from "../../platform/database.ts";
import type { Platform } from "../../platform/platform.ts";
import type { changePassword, getMyAccount, renewFactor } from "./contract.ts";
import { beginEnrolment, digestOf, signInDuty } from "./enrolment.ts";
import { type AccessPolicy, rulesInWords } from "./password-policy.ts";
import { demandNew, demandRules, hashPassword, isPassword } from "./passwords.ts";
import * as accounts from "./queries.ts";
import { type SecondFactor, shippedFactors } from "./second-factor.ts";
import { forgetSessions } from "./sign-in.ts";
import * as queries from "./sign-in-queries.ts";
import { keysOf, refuse, storedPasswords, takeTry } from "./sign-in-steps.ts";

export async function myAccount(tx: Tx, platform: Platform, session: string | undefined): Promise<ReplyOf<typeof getMyAccount>> {
  const account = await accounts.accountById(tx, tx.actor.account);
  if (!account) throw new Problem("not-signed-in");
  const policy = await queries.policy(tx);
  const setAt = account.passwordSetAt;
  const now = platform.clock.now();
  const sessions = await queries.sessionsBefore(tx, account.id, session === undefined ? undefined : digestOf(session));
  return {
    login: account.login,
    name: account.name,
    endsOn: account.endsOn,
    ...(setAt && { passwordSetAt: setAt.toISOString(), ...(policy.maxAgeDays > 0 && { passwordEndsAt: new Date(setAt.getTime() + policy.maxAgeDays * 86_400_000).toISOString() }) }),
    passwordRules: rulesInWords(policy),
    factors: (await queries.factorsOf(tx, account.id)).map(({ kind, since }) => ({ kind, since: since.toISOString() })),
    recoveryCodesLeft: await queries.recoveryCodesLeft(tx, account.id),
    sessions: sessions.map(({ createdAt, source, endedAt, expiresAt }) => ({ from: source ?? "", at: createdAt.toISOString(), open: endedAt === null && expiresAt > now })),
  };
}

/** The account behind an actor after its password was given again. Wrong ones count like those of a sign-in. @throws Problem sign-in-failed, move-not-possible for the demonstration's */
async function proven(platform: Platform, actor: Actor, password: string, from: string): Promise<{ account: accounts.AccountRow; policy: AccessPolicy; stored: readonly string[]; forgive: () => Promise<void> }> {
  const found = await platform.database.write(signInDuty, async (tx) => {
    const account = await accounts.accountById(tx, actor.account);
    if (!account) throw new Problem("not-signed-in");
    if (account.demo) throw new Problem("move-not-possible", { zh: "演示账号的密码是公开的，不能更改", en: "The password of a demonstration's account is published and stays" });
    const policy = await queries.policy(tx);
    const keys = keysOf(platform, account.login, from);
    return { account, policy, keys, may: await takeTry(tx, policy, keys, platform.clock.now()), hash: await accounts.passwordOf(tx, account.login), stored: await storedPasswords(tx, account) };
  });
  const { account, policy, keys, stored } = found;
  if (!(await isPassword(found.hash, password)) || !found.may) return refuse(platform, from, account.id, "my-account");
  return { account, policy, stored, forgive: () => platform.database.write(signInDuty, (tx) => queries.giveBackTry(tx, keys.account, keys.source, policy.sourceFailures)) };
}

/** A new password in place of the one given; the account's other sessions end. */
export async function changeOwnPassword(platform: Platform, actor: Actor, { current, next }: BodyOf<typeof changePassword>, from: string, session: string | undefined): Promise<Record<string, never>> {
  const { account, policy, stored, forgive } = await proven(platform, actor, current, from);
  await forgive();
  demandRules(next, policy, account, platform);
  await demandNew(next, stored);
  const hashed = await hashPassword(next);
  const now = platform.clock.now();
  await platform.database.write(actor, async (tx) => {
    await queries.setPassword(tx, account.id, hashed, now);
    await queries.endOtherSessions(tx, account.id, digestOf(session ?? ""), now);
    await audit(tx, { action: "password.change", people: 0, detail: { why: "own" } });
  });
  forgetSessions(platform);
  return {};
}

/** A new second factor: the password, and a code of the one in force (or a recovery code), are asked for first. */
export async function beginRenewal(platform: Platform, actor: Actor, { password, code }: BodyOf<typeof renewFactor>, from: string, factors: readonly SecondFactor[] = shippedFactors): Promise<ReplyOf<typeof renewFactor>> {
  const { account, policy, forgive } = await proven(platform, actor, password, from);
  const answer = (code ?? "").replace(/\s/g, "");
  const right = await platform.database.write(actor, async (tx) => {
    const factor = factors.find((each) => policy.secondFactors.includes(each.kind) && each.reads(answer));
    return factor !== undefined && factor.accepts(tx, { keys: platform.keys, accountId: account.id, challenge: "", now: platform.clock.now() }, answer);
  });
  if (!right) return refuse(platform, from, account.id, "my-account");
  await forgive();
  return beginEnrolment(platform, "renewal", account.id, account.login, {});
}
