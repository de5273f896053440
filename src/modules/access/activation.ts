// An account that an administrator opened is taken over by its person: a code on a slip, a password of one's own, a second factor of one's own.
import { Problem } from "../../core/problem.ts";
import type { BodyOf, ReplyOf } from "../../core/route.ts";
import { audit } from "../../platform/audit.ts";
import type { Tx } from "../../platform/database.ts";
import type { Platform } from "../../platform/platform.ts";
import type { activate, confirmActivation, confirmFactor } from "./contract.ts";
import { beginEnrolment, checkEnrolment, putFactorInForce, signInDuty } from "./enrolment.ts";
import { demandNew, demandRules, hashPassword } from "./passwords.ts";
import * as accounts from "./queries.ts";
import { actorOf, usable } from "./rights.ts";
import { activationDigest, newActivationCode } from "./second-factor.ts";
import { forgetSessions } from "./sign-in.ts";
import * as queries from "./sign-in-queries.ts";
import { storedPasswords } from "./sign-in-steps.ts";

const days = 7;

/**
 * A code for an account, shown once and good for seven days. Where the account was used before, its password, second factor and sessions end at once.
 * The system administrator opens accounts that nobody has used; the security administrator gives new codes, but not for an administrator in office.
 * @throws when the caller is neither, or it is the own account: the database refuses
 */
export async function issueActivation(tx: Tx, platform: Platform, accountId: string): Promise<{ readonly code: string; readonly expiresAt: string }> {
  const code = newActivationCode();
  const expiresAt = new Date(platform.clock.now().getTime() + days * 86_400_000);
  await queries.openActivation(tx, accountId, activationDigest(platform.keys, code), expiresAt);
  await audit(tx, { action: "account.activation", people: 0, detail: { account: accountId } });
  forgetSessions(platform);
  return { code, expiresAt: expiresAt.toISOString() };
}

const refused = (): Problem => new Problem("code-not-valid");

/** First step: the code and a password. Nothing changes yet. @throws Problem code-not-valid, the same for a wrong login; password-not-accepted */
export async function beginActivation(platform: Platform, { login, code, password }: BodyOf<typeof activate>, from: string): Promise<ReplyOf<typeof activate>> {
  const now = platform.clock.now();
  const found = await platform.database.write(signInDuty, async (tx) => {
    const policy = await queries.policy(tx);
    const may = await queries.takeTry(tx, `source:${from}`, policy.sourceFailures, policy.blockMinutes, 60, now);
    const account = await accounts.accountByLogin(tx, login.trim().toLowerCase());
    const activation = account && (await queries.activationOf(tx, account.id, activationDigest(platform.keys, code)));
    if (!may || !account || !activation || activation.expiresAt <= now || !usable(account, platform.clock.today())) return undefined;
    await queries.giveBackTry(tx, "", `source:${from}`, policy.sourceFailures);
    return { account, policy, stored: await storedPasswords(tx, account) };
  });
  if (!found) throw refused();
  demandRules(password, found.policy, found.account, platform);
  await demandNew(password, found.stored);
  return beginEnrolment(platform, "activation", found.account.id, found.account.login, { password: await hashPassword(password) });
}

/** Second step: password, second factor and recovery codes are in force together, and the activation code is used up. */
export async function confirmActivationOf(platform: Platform, { token, code }: BodyOf<typeof confirmActivation>): Promise<ReplyOf<typeof confirmActivation>> {
  const { tokenDigest, accountId, content, step } = await checkEnrolment<{ password: string }>(platform, "activation", token, code);
  const account = accountId === null ? undefined : await platform.database.read(signInDuty, (tx) => accounts.accountById(tx, accountId));
  if (!account || !usable(account, platform.clock.today())) throw refused();
  const recoveryCodes = await platform.database.write(actorOf(account, platform.clock.today()), async (tx) => {
    if (!(await queries.useActivation(tx, account.id))) throw refused();
    await queries.setPassword(tx, account.id, content.password, platform.clock.now());
    await audit(tx, { action: "account.activate", people: 0 });
    return putFactorInForce(tx, platform, account.id, content.secret, step);
  });
  await platform.database.write(signInDuty, (tx) => queries.endEnrolment(tx, tokenDigest));
  return { recoveryCodes };
}

/** The second step of exchanging one's own second factor. */
export async function confirmRenewal(platform: Platform, actor: Tx["actor"], { token, code }: BodyOf<typeof confirmFactor>): Promise<ReplyOf<typeof confirmFactor>> {
  const { tokenDigest, accountId, content, step } = await checkEnrolment<unknown>(platform, "renewal", token, code);
  if (accountId !== actor.account) throw refused();
  if (!(await platform.database.write(signInDuty, (tx) => queries.endEnrolment(tx, tokenDigest)))) throw refused();
  const recoveryCodes = await platform.database.write(actor, async (tx) => {
    await audit(tx, { action: "second-factor.change", people: 0 });
    return putFactorInForce(tx, platform, actor.account, content.secret, step);
  });
  return { recoveryCodes };
}
