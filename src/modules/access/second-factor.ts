// The second factor behind one interface: codes of an authenticator app, recovery codes, signatures of a certificate (SM2). The product uses the
// first two; a certificate's reader is added by an installation that has one (see certificate-factor.ts).
import { randomInt } from "node:crypto";
import type { Tx } from "../../platform/database.ts";
import { open, seal } from "../../platform/field-cipher.ts";
import type { Keys } from "../../platform/keys.ts";
import type { FactorKind } from "./password-policy.ts";
import * as queries from "./sign-in-queries.ts";
import { stepOfCode } from "./totp.ts";

/** Who answers: `challenge` is new for every sign-in, for factors that sign something. */
export type Answering = { readonly keys: Keys; readonly accountId: string; readonly challenge: string; readonly now: Date };
export type SecondFactor = {
  readonly kind: FactorKind;
  /** Is an answer of this kind? */
  readonly reads: (answer: string) => boolean;
  /** Right for this account, and used up by it: the same answer is never accepted again. */
  readonly accepts: (tx: Tx, who: Answering, answer: string) => Promise<boolean>;
};

const place = (accountId: string, kind: string): string => `second-factor:${accountId}:${kind}`;
/** What is kept of a factor: sealed to its account, and a keyed digest so that it serves one account only. */
export const sealFactor = (keys: Keys, accountId: string, kind: FactorKind, content: string): { sealed: Buffer; digest: Buffer } => ({
  sealed: seal(keys, 0, place(accountId, kind), content),
  digest: keys.blind(`second-factor:${content}`),
});
export async function factorContent(tx: Tx, keys: Keys, accountId: string, kind: FactorKind): Promise<string | undefined> {
  const row = (await queries.factorsOf(tx, accountId)).find((each) => each.kind === kind);
  return row && open<string>(keys, 0, place(accountId, kind), row.sealed);
}

export const totp: SecondFactor = {
  kind: "totp",
  reads: (answer) => /^\d{6}$/.test(answer),
  async accepts(tx, { keys, accountId, now }, answer) {
    const secret = await factorContent(tx, keys, accountId, "totp");
    const step = stepOfCode(Buffer.from(secret ?? "00".repeat(20), "hex"), answer, now);
    return secret !== undefined && step !== undefined && queries.useStep(tx, accountId, "totp", step);
  },
};

/** Letters and digits that are not taken for one another. */
const clear = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
const recoveryDigest = (keys: Keys, accountId: string, code: string): Buffer => keys.blind(`recovery:${accountId}:${code}`);
const drawn = (letters: number): string => Array.from({ length: letters }, () => clear[randomInt(clear.length)]).join("");

export const recovery: SecondFactor = {
  kind: "recovery",
  reads: (answer) => /^[A-Z2-9]{5}-?[A-Z2-9]{5}$/i.test(answer),
  accepts: (tx, { keys, accountId }, answer) => queries.useRecoveryCode(tx, accountId, recoveryDigest(keys, accountId, answer.replace("-", "").toUpperCase())),
};

/** Ten new codes for the day the telephone is lost, each good once; the former ones end. They are shown now and never again. */
export async function newRecoveryCodes(tx: Tx, keys: Keys, accountId: string): Promise<string[]> {
  const codes = Array.from({ length: 10 }, () => drawn(10));
  await queries.replaceRecoveryCodes(tx, accountId, codes.map((code) => recoveryDigest(keys, accountId, code)));
  return codes.map((code) => `${code.slice(0, 5)}-${code.slice(5)}`);
}

/** 80 bits, in groups of four, for a slip of paper. */
export const newActivationCode = (): string => drawn(16).match(/.{4}/g)!.join("-");
/** As typed from paper: small letters, blanks and dashes do not matter. */
export const activationDigest = (keys: Keys, typed: string): Buffer => keys.blind(`activation:${typed.toUpperCase().replace(/[^A-Z0-9]/g, "")}`);

export const shippedFactors: readonly SecondFactor[] = [totp, recovery];
