// Taking an account over in two steps: a password and a new secret, then a code that shows the secret has arrived. Until the second step nothing
// has changed, so a person who was interrupted begins again.
import { createHash, randomBytes } from "node:crypto";
import type { Static } from "typebox";
import { Problem } from "../../core/problem.ts";
import { systemActor, type Tx } from "../../platform/database.ts";
import { open, seal } from "../../platform/field-cipher.ts";
import type { Platform } from "../../platform/platform.ts";
import type { enrolmentView } from "./contract.ts";
import { newRecoveryCodes, sealFactor } from "./second-factor.ts";
import * as queries from "./sign-in-queries.ts";
import { base32, otpauth, stepOfCode } from "./totp.ts";

export const signInDuty = systemActor("sign-in");
export const digestOf = (token: string): Buffer => createHash("sha256").update(token).digest();
export const newToken = (): string => randomBytes(32).toString("base64url");
const minutes = 15;
const place = (digest: Buffer): string => `enrolment:${digest.toString("hex")}`;

/** What is held between the two steps: the secret, and what the second step needs. */
export type Begun<T> = T & { readonly login: string; readonly secret: string };

/** @returns what the person's authenticator app needs, shown once */
export async function beginEnrolment<T>(platform: Platform, purpose: queries.Enrolment["purpose"], accountId: string | null, login: string, content: T): Promise<Static<typeof enrolmentView>> {
  const token = newToken();
  const tokenDigest = digestOf(token);
  const secret = randomBytes(20);
  const expiresAt = new Date(platform.clock.now().getTime() + minutes * 60_000);
  const sealed = seal(platform.keys, 0, place(tokenDigest), { ...content, login, secret: secret.toString("hex") });
  await platform.database.write(signInDuty, async (tx) => {
    await queries.forgetWhatRanOut(tx, platform.clock.now());
    await queries.addEnrolment(tx, { tokenDigest, purpose, accountId, sealed, expiresAt });
  });
  return { token, secret: base32(secret).match(/.{1,4}/g)!.join(" "), otpauth: otpauth(login, secret), expiresAt: expiresAt.toISOString() };
}

export type Enrolled<T> = { readonly tokenDigest: Buffer; readonly accountId: string | null; readonly content: Begun<T>; readonly step: number };

/** Holds the code against the new secret. Five tries. @throws Problem code-not-valid when nothing was begun, factor-code-wrong for a wrong code */
export async function checkEnrolment<T>(platform: Platform, purpose: queries.Enrolment["purpose"], token: string, code: string): Promise<Enrolled<T>> {
  const tokenDigest = digestOf(token);
  const now = platform.clock.now();
  const row = await platform.database.write(signInDuty, (tx) => queries.tryEnrolment(tx, tokenDigest, now));
  if (!row || row.purpose !== purpose) throw new Problem("code-not-valid", { zh: "已超过时限或次数，请从头开始", en: "Too late or tried too often; begin again" });
  const content = open<Begun<T>>(platform.keys, 0, place(tokenDigest), row.sealed);
  const step = stepOfCode(Buffer.from(content.secret, "hex"), code.replace(/\s/g, ""), now);
  if (step === undefined) throw new Problem("factor-code-wrong");
  return { tokenDigest, accountId: row.accountId, content, step };
}

/** Puts the secret in force, in the transaction of its account or of the sign-in. @returns ten recovery codes, shown once */
export async function putFactorInForce(tx: Tx, platform: Platform, accountId: string, secret: string, step: number): Promise<string[]> {
  await queries.removeFactor(tx, accountId, "totp");
  await queries.addFactor(tx, { accountId, kind: "totp", ...sealFactor(platform.keys, accountId, "totp", secret), lastStep: step, since: platform.clock.now() });
  return newRecoveryCodes(tx, platform.keys, accountId);
}
