// The digest of the answers a person has before their eyes when signing; the server makes the same one from the same answers.
import type { Answers, Scheme } from "../../../scheme/model.ts";
import { signedText } from "../../../scheme/signing.ts";

/** SHA-256 of what is signed, 64 lower-case hexadecimal digits. `answers` settled, as the check gives them and the office stores them. */
export async function shownDigest(scheme: Scheme, answers: Answers): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(signedText(scheme, answers)));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

export type SignatureStanding = "none" | "signed" | "differs";

/** Where a signature stands against the answers of this moment: `differs` once anything that was signed has changed. */
export function signatureStanding(signature: string | undefined, signedDigest: string | undefined, shown: string | undefined): SignatureStanding {
  if (signature === undefined) return "none";
  return signedDigest !== undefined && shown !== undefined && signedDigest !== shown ? "differs" : "signed";
}
