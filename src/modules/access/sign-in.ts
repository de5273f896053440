// Signing in and out, sessions, and the actor behind a session with the rights of this moment.
import { createHash, randomBytes } from "node:crypto";
import { hash, verify } from "@node-rs/argon2";
import { areaRange, levelOf } from "../../core/area-code.ts";
import { Problem } from "../../core/problem.ts";
import type { ReplyOf } from "../../core/route.ts";
import { systemActor, type Actor, type Tx } from "../../platform/database.ts";
import type { Sessions } from "../../platform/http.ts";
import type { Platform } from "../../platform/platform.ts";
import { areaNames } from "../areas/service.ts";
import type { me } from "./contract.ts";
import type { Static } from "typebox";
import * as queries from "./queries.ts";
import { permissionsOf } from "./rules.ts";

export const sessionHours = 12;
const idleMinutes = 30;
const mostFailures = { account: 5, source: 50 };
const blockMinutes = 10;
const duty = systemActor("sign-in");

/** argon2id, 64 MiB, 3 passes: about a quarter of a second on an office machine. */
export const hashPassword = (password: string): Promise<string> => hash(password, { memoryCost: 65_536, timeCost: 3, parallelism: 1 });
const digest = (token: string): Buffer => createHash("sha256").update(token).digest();

let decoy: Promise<string> | undefined;
let hashing: Promise<unknown> = Promise.resolve();
/** One hash at a time keeps the memory of a burst of logins bounded. */
function verifyInTurn(stored: string, password: string): Promise<boolean> {
  const turn = hashing.then(() => verify(stored, password));
  hashing = turn.catch(() => false);
  return turn;
}

/**
 * @returns a session token and who it is for
 * @throws Problem sign-in-failed, the same for a wrong login, a wrong password, a disabled or ended account and a locked one
 */
export async function signIn(platform: Platform, login: string, password: string, from: string): Promise<{ token: string; me: Static<typeof me> }> {
  const keys = [`account:${login}`, `source:${from}`];
  const now = platform.clock.now();
  const found = await platform.database.write(duty, async (tx) => ({ account: await queries.accountByLogin(tx, login), passwordHash: await queries.passwordOf(tx, login), attempts: await queries.attempts(tx, keys) }));
  const locked = found.attempts.some((attempt) => attempt.blockedUntil !== null && attempt.blockedUntil > now);
  decoy ??= hashPassword(randomBytes(16).toString("hex"));
  const right = await verifyInTurn(found.passwordHash ?? (await decoy), password);
  if (!right || locked || !found.account || !usable(found.account, platform.clock.today())) {
    await platform.database.write(duty, async (tx) => {
      for (const key of keys) {
        const failures = (found.attempts.find((attempt) => attempt.key === key)?.failures ?? 0) + 1;
        const most = key.startsWith("account:") ? mostFailures.account : mostFailures.source;
        await queries.countFailure(tx, key, failures >= most ? new Date(now.getTime() + blockMinutes * 60_000) : null);
      }
    });
    throw new Problem("sign-in-failed");
  }
  const account = found.account;
  const token = randomBytes(32).toString("base64url");
  return platform.database.write(actorFrom(account), async (tx) => {
    await queries.forgetFailures(tx, keys);
    await queries.addSession(tx, digest(token), account.id, new Date(now.getTime() + sessionHours * 3600_000));
    return { token, me: await describe(tx, account.id) };
  });
}

const usable = (account: queries.AccountRow, today: string): boolean => account.disabledAt === null && account.endsOn >= today;

/** The actor of an account: its scope is the range of its office's area. */
export function actorFrom(account: queries.AccountRow): Actor {
  const { lo, hi } = areaRange(account.area);
  return { account: account.id, name: account.name, office: account.officeName, department: account.department, roles: account.roles, area: account.area, lo, hi };
}

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
    roles: account.roles,
    permissions: [...permissionsOf(account.roles)],
    demo: (await queries.installation(tx))?.demo ?? false,
  };
}

/** Sessions as the server asks for them. What it learns is kept for one second, so a disabled account is out within that time. */
export function sessionsOf(platform: Platform): Sessions {
  type Found = Awaited<ReturnType<Sessions["actorOf"]>>;
  const recent = new Map<string, { readonly until: number; readonly found: Promise<Found> }>();
  return {
    actorOf(token) {
      const now = Date.now();
      const kept = recent.get(token);
      if (kept && kept.until > now) return kept.found;
      if (recent.size > 10_000) recent.clear();
      const found = lookUp(platform, token);
      recent.set(token, { until: now + 1000, found });
      found.catch(() => recent.delete(token));
      return found;
    },
  };
}

async function lookUp(platform: Platform, token: string): Promise<Awaited<ReturnType<Sessions["actorOf"]>>> {
  const now = platform.clock.now();
  const account = await platform.database.write(duty, async (tx) => {
    const row = await queries.accountOfSession(tx, digest(token));
    if (!row || row.expiresAt <= now || now.getTime() - row.lastSeenAt.getTime() > idleMinutes * 60_000) return undefined;
    if (now.getTime() - row.lastSeenAt.getTime() > 30_000) await queries.touchSession(tx, digest(token), now);
    return row;
  });
  if (!account || !usable(account, platform.clock.today())) return undefined;
  return { actor: actorFrom(account), permissions: permissionsOf(account.roles) };
}

export const signOut = (tx: Tx): Promise<unknown> => queries.removeSessionsOf(tx, tx.actor.account);

/** An account that may act today, with its rights and its last day; undefined when it was disabled or has ended. */
export async function accountInUse(tx: Tx, today: string, accountId: string): Promise<{ readonly actor: Actor; readonly endsOn: string } | undefined> {
  const account = await queries.accountById(tx, accountId);
  return account && usable(account, today) ? { actor: actorFrom(account), endsOn: account.endsOn } : undefined;
}

/** For background work: the asker with the rights they have now; undefined when the account may no longer act. */
export async function actorOfAccount(platform: Platform, accountId: string): Promise<Actor | undefined> {
  if (accountId.startsWith("system:")) return systemActor(accountId.slice("system:".length));
  const account = await platform.database.read(duty, (tx) => queries.accountById(tx, accountId));
  return account && usable(account, platform.clock.today()) ? actorFrom(account) : undefined;
}
