// Sessions, and the actor behind one with the rights of this moment. How a session is begun is in sign-in-steps.ts.
import type { Static } from "typebox";
import { levelOf } from "../../core/area-code.ts";
import { Problem } from "../../core/problem.ts";
import { systemActor, type Actor, type Tx } from "../../platform/database.ts";
import type { Sessions } from "../../platform/http.ts";
import type { Platform } from "../../platform/platform.ts";
import { areaNames } from "../areas/service.ts";
import type { me } from "./contract.ts";
import { digestOf, signInDuty as duty } from "./enrolment.ts";
import * as queries from "./queries.ts";
import { actorOf, usable } from "./rights.ts";
import { administrators, permissionsOf } from "./rules.ts";
import * as signInQueries from "./sign-in-queries.ts";

export { hashPassword } from "./passwords.ts";

export async function describe(tx: Tx, accountId: string): Promise<Static<typeof me>> {
  const account = await queries.accountById(tx, accountId);
  if (!account) throw new Problem("not-signed-in");
  const name = (await areaNames(tx, [account.area])).get(account.area)!;
  return {
    account: account.id,
    login: account.login,
    name: account.name,
    office: { id: account.officeId, name: account.officeName, department: account.department },
    area: name,
    level: levelOf(account.area),
    roles: [...tx.actor.roles],
    permissions: [...permissionsOf(tx.actor.roles)],
    demo: (await queries.installation(tx))?.demo ?? false,
    idleMinutes: idleMinutesOf({ roles: account.roles, ...(await signInQueries.policy(tx)) }),
  };
}

type Found = Awaited<ReturnType<Sessions["actorOf"]>>;
/** What was learned of sessions in the last moment, by installation. */
const recent = new WeakMap<Platform, Map<string, { readonly until: number; readonly found: Promise<Found> }>>();
/** Less than the second within which a disabled account is out, also when the look-up itself takes a while. */
const keptMs = 800;

/** After sessions have ended in this process: the next request looks again. */
export const forgetSessions = (platform: Platform): void => recent.get(platform)?.clear();

/** Sessions as the server asks for them. What it learns is kept for less than a second, so a disabled account is out within that time. */
export function sessionsOf(platform: Platform): Sessions {
  const kept = recent.get(platform) ?? new Map<string, { readonly until: number; readonly found: Promise<Found> }>();
  recent.set(platform, kept);
  return {
    actorOf(token, unattended = false) {
      const now = Date.now();
      const last = kept.get(token);
      if (last && last.until > now) return last.found;
      if (kept.size > 10_000) kept.clear();
      const found = lookUp(platform, token, unattended);
      kept.set(token, { until: now + keptMs, found });
      found.catch(() => kept.delete(token));
      return found;
    },
    async stands(tx, token) {
      const row = await queries.accountOfSession(tx, digestOf(token));
      return row !== undefined && row.endedBecause === null && usable(row, platform.clock.today());
    },
  };
}

const endings = {
  superseded: { zh: "此账号已在别处登录，这里已退出", en: "This account signed in elsewhere and was signed out here" },
  "password-changed": { zh: "密码已更换，请用新密码登录", en: "The password was changed; sign in with the new one" },
  closed: { zh: "账号已停用或调整，请与管理员联系", en: "The account was disabled or changed; ask your administrator" },
  idle: { zh: "长时间没有操作，已自动退出", en: "Signed out after a while without a touch" },
  over: { zh: "本次登录已到时限，请重新登录", en: "This session has reached its length; sign in again" },
} as const;
const ended = (why: keyof typeof endings): { ended: Problem } => ({ ended: new Problem("not-signed-in", endings[why]) });

async function lookUp(platform: Platform, token: string, unattended: boolean): Promise<Found> {
  const now = platform.clock.now();
  const row = await platform.database.write(duty, async (tx) => {
    const found = await queries.accountOfSession(tx, digestOf(token));
    const alone = found ? now.getTime() - found.lastSeenAt.getTime() : 0;
    if (found && found.endedBecause === null && !unattended && alone > 30_000 && alone <= idleMinutesOf(found) * 60_000 && found.expiresAt > now) await queries.touchSession(tx, digestOf(token), now);
    return found;
  });
  if (!row || row.endedBecause === "signed-out") return undefined;
  if (row.endedBecause !== null) return ended(row.endedBecause as keyof typeof endings);
  if (!usable(row, platform.clock.today())) return ended("closed");
  if (row.expiresAt <= now) return ended("over");
  if (now.getTime() - row.lastSeenAt.getTime() > idleMinutesOf(row) * 60_000) return ended("idle");
  const actor = actorOf(row, platform.clock.today());
  return { actor, permissions: permissionsOf(actor.roles) };
}

const idleMinutesOf = ({ roles, idleMinutes, administratorIdleMinutes }: { readonly roles: readonly string[]; readonly idleMinutes: number; readonly administratorIdleMinutes: number }): number =>
  administrators.some((role) => roles.includes(role)) ? administratorIdleMinutes : idleMinutes;

/** An account that may act today, with its rights and its last day; undefined when it was disabled or has ended. */
export async function accountInUse(tx: Tx, today: string, accountId: string): Promise<{ readonly actor: Actor; readonly endsOn: string } | undefined> {
  const account = await queries.accountById(tx, accountId);
  return account && usable(account, today) ? { actor: actorOf(account, today), endsOn: account.endsOn } : undefined;
}

/** For background work: the asker with the rights they have now; undefined when the account may no longer act. */
export async function actorOfAccount(platform: Platform, accountId: string): Promise<Actor | undefined> {
  if (accountId.startsWith("system:")) return systemActor(accountId.slice("system:".length));
  const account = await platform.database.read(duty, (tx) => queries.accountById(tx, accountId));
  return account && usable(account, platform.clock.today()) ? actorOf(account, platform.clock.today()) : undefined;
}
