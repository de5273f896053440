// The digest of what a person signed, as the server makes it.
import { createHash } from "node:crypto";
import type { Answers, Scheme } from "../../scheme/model.ts";
import { signedText } from "../../scheme/signing.ts";

/** SHA-256 of `signedText` in UTF-8, 64 lower-case hexadecimal digits: the `signedDigest` of a capture. */
export const signedDigestOf = (scheme: Scheme, answers: Answers): string => createHash("sha256").update(signedText(scheme, answers)).digest("hex");
