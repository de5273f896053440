// A certificate as second factor: what a USB key or card signs over the challenge of one sign-in, checked with the SM2 key that was registered
// (GB/T 32918.2, identity 1234567812345678). Which hardware reads the key, and who vouches for its certificate, is the installation's: no reader is shipped.
import { sm2Verify } from "../../bundle/sm2.ts";
import type { Tx } from "../../platform/database.ts";
import type { Keys } from "../../platform/keys.ts";
import { factorContent, sealFactor, type SecondFactor } from "./second-factor.ts";
import * as queries from "./sign-in-queries.ts";

/** The answer's form: `sm2:` and the signature in base 64. */
export const certificate: SecondFactor = {
  kind: "certificate",
  reads: (answer) => answer.startsWith("sm2:"),
  async accepts(tx, { keys, accountId, challenge }, answer) {
    const registered = await factorContent(tx, keys, accountId, "certificate");
    return registered !== undefined && sm2Verify(Buffer.from(registered, "hex"), Buffer.from(challenge), Buffer.from(answer.slice("sm2:".length), "base64"));
  },
};

/** Registers the public key (65 bytes, uncompressed) of the caller's certificate. @throws Problem already-exists when it serves another account */
export async function registerCertificate(tx: Tx, keys: Keys, publicKey: Uint8Array, now: Date): Promise<void> {
  const accountId = tx.actor.account;
  await queries.removeFactor(tx, accountId, "certificate");
  await queries.addFactor(tx, { accountId, kind: "certificate", ...sealFactor(keys, accountId, "certificate", Buffer.from(publicKey).toString("hex")), lastStep: 0, since: now });
}
