// Signing in step by step: login and password, then a code, then a new password where the old one has run out. Whatever was wrong, and whether the
// login exists, shows nowhere: the first step always leads to the second, which counts the try before it looks.
import type { Static } from "typebox";
import { newId } from "../../core/ids.ts";
import { Problem } from "../../core/problem.ts";
import { audit } from "../../platform/audit.ts";
import type { Tx } from "../../platform/database.ts";
import type { Platform } from "../../platform/platform.ts";
import type { signInStep } from "./contract.ts";
import { digestOf, newToken, signInDuty } from "./enrolment.ts";
import { type AccessPolicy, isExpired, rulesInWords } from "./password-policy.ts";
import { demandNew, demandRules, hashPassword, isPassword } from "./passwords.ts";
import * as accounts from "./queries.ts";
import { actorOf, usable } from "./rights.ts";
import { type SecondFactor, shippedFactors } from "./second-factor.ts";
import { describe, forgetSessions } from "./sign-in.ts";
import * as queries from "./sign-in-queries.ts";

export type Step = { readonly reply: Static<typeof signInStep>; readonly session: string | undefined };
const pendingMinutes = 5;
/** First steps of one source in `blockMinutes`, as a multiple of its failures: each costs a hash. */
const beginnings = 10;
const sourceWindowMinutes = 60;

/** Counted under keyed digests: what somebody types as a login may be a password. */
export const keysOf = (platform: Platform, login: string, from: string): { account: string; source: string } => ({ account: `account:${platform.keys.blind(`login:${login}`).toString("hex")}`, source: `source:${from}` });

/** Counts a try against the account and the source. @returns whether it may be looked at */
export async function takeTry(tx: Tx, policy: AccessPolicy, keys: { readonly account: string; readonly source: string }, now: Date): Promise<boolean> {
  const account = await queries.takeTry(tx, keys.account, policy.failures, policy.blockMinutes, null, now);
  const source = await queries.takeTry(tx, keys.source, policy.sourceFailures, policy.blockMinutes, sourceWindowMinutes, now);
  return account && source;
}

export const refuse = async (platform: Platform, from: string, accountId: string | null, where: string): Promise<never> => {
  await platform.database.write(signInDuty, (tx) => audit(tx, { action: "sign-in.refused", people: 0, detail: { from, where, ...(accountId && { account: accountId }) } }));
  throw new Problem("sign-in-failed");
};

/**
 * First step. A demonstration's account is signed in by it; everybody else is asked for a code, right or wrong.
 * @throws Problem sign-in-failed for a demonstration's account, too-many-requests for a source that begins without end
 */
export async function signIn(platform: Platform, login: string, password: string, from: string): Promise<Step> {
  const now = platform.clock.now();
  const keys = keysOf(platform, login, from);
  const { policy, account, stored, may } = await platform.database.write(signInDuty, async (tx) => {
    const policy = await queries.policy(tx);
    const account = await accounts.accountByLogin(tx, login);
    const stored = await accounts.passwordOf(tx, login);
    const begins = await queries.takeTry(tx, `begun:${from}`, policy.sourceFailures * beginnings, policy.blockMinutes, policy.blockMinutes, now);
    return { policy, account, stored, may: begins && (!account?.demo || (await takeTry(tx, policy, keys, now))) ? "on" : begins ? "locked" : "too-many" };
  });
  if (may === "too-many") throw new Problem("too-many-requests");
  const right = (await isPassword(stored, password)) && account !== undefined && usable(account, platform.clock.today());
  if (account?.demo) return right && may === "on" ? enter(platform, policy, account, keys, from) : refuse(platform, from, account.id, "password");
  const token = newToken();
  await platform.database.write(signInDuty, async (tx) => {
    await queries.forgetWhatRanOut(tx, now);
    await queries.addPending(tx, { tokenDigest: digestOf(token), step: "code", loginKey: keys.account, accountId: account?.id ?? null, passwordRight: right, source: from, expiresAt: inMinutes(now, pendingMinutes) });
  });
  return { reply: { next: "code", token, challenge: challengeOf(token) }, session: undefined };
}

const inMinutes = (now: Date, minutes: number): Date => new Date(now.getTime() + minutes * 60_000);
const challengeOf = (token: string): string => `qingce sign-in ${digestOf(token).toString("hex")}`;

/** Second step: one answer, right or wrong; then the sign-in begins anew. @throws Problem sign-in-failed */
export async function answerCode(platform: Platform, token: string, code: string, from: string, factors: readonly SecondFactor[] = shippedFactors): Promise<Step> {
  const now = platform.clock.now();
  const begun = await platform.database.write(signInDuty, async (tx) => {
    const policy = await queries.policy(tx);
    const pending = await queries.takePending(tx, digestOf(token));
    const source = `source:${from}`;
    if (!pending || pending.step !== "code" || pending.source !== from || pending.expiresAt <= now) {
      await queries.takeTry(tx, source, policy.sourceFailures, policy.blockMinutes, sourceWindowMinutes, now);
      return undefined;
    }
    const may = await takeTry(tx, policy, { account: pending.loginKey, source }, now);
    const account = pending.accountId === null ? undefined : await accounts.accountById(tx, pending.accountId);
    return { policy, keys: { account: pending.loginKey, source }, account, may: may && pending.passwordRight && account !== undefined && usable(account, platform.clock.today()) };
  });
  if (!begun) return refuse(platform, from, null, "code");
  const { policy, keys, account, may } = begun;
  const answer = code.trim();
  const factor = factors.find((each) => policy.secondFactors.includes(each.kind) && each.reads(answer.replace(/\s/g, "")));
  const entered = await platform.database.write(may && account ? actorOf(account, platform.clock.today()) : signInDuty, async (tx) => {
    // Where the password was wrong the code of the person is not used up; the statements are the same.
    const accountId = may && account ? account.id : newId();
    const right = factor !== undefined && (await factor.accepts(tx, { keys: platform.keys, accountId, challenge: challengeOf(token), now }, answer.replace(/\s/g, "")));
    if (!right || !may || !account) return undefined;
    return isExpired(policy, account.passwordSetAt, now) ? "expired" : openSession(tx, platform, policy, account, from, factor.kind);
  });
  if (entered === undefined || !account) return refuse(platform, from, account?.id ?? null, "code");
  if (entered !== "expired") {
    await forgive(platform, policy, keys);
    return entered;
  }
  const next = newToken();
  await platform.database.write(signInDuty, (tx) =>
    queries.addPending(tx, { tokenDigest: digestOf(next), step: "new-password", loginKey: keys.account, accountId: account.id, passwordRight: true, source: from, expiresAt: inMinutes(now, 2 * pendingMinutes) }),
  );
  await forgive(platform, policy, keys);
  return { reply: { next: "new-password", token: next, passwordRules: rulesInWords(policy) }, session: undefined };
}

/** Third step, where the password has run out. @throws Problem password-not-accepted: the step stays open for another; sign-in-failed */
export async function answerNewPassword(platform: Platform, token: string, password: string, from: string): Promise<Step> {
  const now = platform.clock.now();
  const found = await platform.database.read(signInDuty, async (tx) => {
    const pending = await queries.pendingOf(tx, digestOf(token));
    if (!pending?.accountId || pending.step !== "new-password" || pending.source !== from || pending.expiresAt <= now) return undefined;
    const account = await accounts.accountById(tx, pending.accountId);
    return account && usable(account, platform.clock.today()) ? { account, policy: await queries.policy(tx), stored: await storedPasswords(tx, account) } : undefined;
  });
  if (!found) return refuse(platform, from, null, "new-password");
  const { account, policy, stored } = found;
  demandRules(password, policy, account, platform);
  await demandNew(password, stored);
  const hashed = await hashPassword(password);
  if (!(await platform.database.write(signInDuty, (tx) => queries.takePending(tx, digestOf(token))))) return refuse(platform, from, account.id, "new-password");
  return platform.database.write(actorOf(account, platform.clock.today()), async (tx) => {
    await queries.setPassword(tx, account.id, hashed, now);
    await audit(tx, { action: "password.change", people: 0, detail: { why: "expired" } });
    return openSession(tx, platform, policy, account, from, "totp");
  });
}

/** The password in force, and those before it that the policy remembers. Read under the sign-in's duty. */
export async function storedPasswords(tx: Tx, account: accounts.AccountRow): Promise<string[]> {
  const { history } = await queries.policy(tx);
  const now = await accounts.passwordOf(tx, account.login);
  return [...(now ? [now] : []), ...(history > 1 ? await queries.formerPasswords(tx, account.id, history - 1) : [])];
}

const forgive = (platform: Platform, policy: AccessPolicy, keys: { readonly account: string; readonly source: string }): Promise<void> =>
  platform.database.write(signInDuty, (tx) => queries.giveBackTry(tx, keys.account, keys.source, policy.sourceFailures));

async function enter(platform: Platform, policy: AccessPolicy, account: accounts.AccountRow, keys: { readonly account: string; readonly source: string }, from: string): Promise<Step> {
  const step = await platform.database.write(actorOf(account, platform.clock.today()), (tx) => openSession(tx, platform, policy, account, from, "none"));
  await forgive(platform, policy, keys);
  return step;
}

/** A new session; older ones beyond what the policy allows end, and their pages say why. */
async function openSession(tx: Tx, platform: Platform, policy: AccessPolicy, account: accounts.AccountRow, from: string, factor: string): Promise<Step> {
  const session = newToken();
  const now = platform.clock.now();
  if (policy.sessions > 0) await queries.oneAtATime(tx, account.id);
  await queries.addSession(tx, { tokenDigest: digestOf(session), accountId: account.id, createdAt: now, lastSeenAt: now, expiresAt: new Date(now.getTime() + policy.sessionHours * 3600_000), source: from });
  if (policy.sessions > 0) await queries.endOlderSessions(tx, account.id, digestOf(session), policy.sessions - 1, now);
  await queries.noteSignIn(tx, now);
  await audit(tx, { action: "sign-in", people: 0, detail: { from, factor } });
  forgetSessions(platform);
  return { reply: { next: "done", me: await describe(tx, account.id) }, session };
}

/** Ends the caller's session. */
export async function signOut(tx: Tx, platform: Platform, session: string | undefined): Promise<void> {
  if (session) await queries.endSession(tx, digestOf(session), platform.clock.now());
  await audit(tx, { action: "sign-out", people: 0 });
  forgetSessions(platform);
}
