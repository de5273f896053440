// Who a terminal is: each of its requests is signed by the device's key over a challenge of the office, the address and the body.
import { createHash, createPublicKey, timingSafeEqual, verify } from "node:crypto";
import { suites } from "../../bundle/suite.ts";
import { Problem } from "../../core/problem.ts";
import { systemActor } from "../../platform/database.ts";
import type { Platform } from "../../platform/platform.ts";
import { deviceById, type EnrolledDevice, isEnrolled, seen } from "./queries.ts";
import { limits } from "./rules.ts";

const duty = systemActor("terminals");
const proofOf = (platform: Platform, seconds: string): string => platform.keys.sign(`terminal-challenge|${seconds}`);

/** The office's time and what terminals sign: the second it was given and proof that we gave it. Nothing is kept. */
export function giveChallenge(platform: Platform): { readonly time: string; readonly challenge: string } {
  const now = platform.clock.now();
  const seconds = String(Math.floor(now.getTime() / 1000));
  return { time: now.toISOString(), challenge: `${seconds}.${proofOf(platform, seconds)}` };
}

function isOurs(platform: Platform, challenge: string): boolean {
  const [seconds = "", proof = ""] = challenge.split(".");
  const right = Buffer.from(proofOf(platform, seconds));
  const given = Buffer.from(proof);
  const age = platform.clock.now().getTime() / 1000 - Number(seconds);
  return given.length === right.length && timingSafeEqual(given, right) && age >= -1 && age <= limits.challengeSeconds;
}

export type Knock = { readonly header: (name: string) => string | undefined; readonly asked: { readonly method: string; readonly url: string }; readonly raw: Buffer | undefined };

/** What the device's key signs. A request that is sent again by the network means the same: every one of them can be repeated without harm. */
export const knockText = (method: string, url: string, challenge: string, nonce: string, body: Uint8Array | undefined): string =>
  `QINGCE-DEVICE-1\n${method}\n${url}\n${challenge}\n${nonce}\n${createHash("sha256").update(body ?? new Uint8Array()).digest("hex")}`;

/** Head of an Ed25519 public key (RFC 8410), before its 32 bytes. */
const ed25519Head = Buffer.from("302a300506032b6570032100", "hex");

/** Every request is signed, so OpenSSL's Ed25519 looks at it: a twentieth of the time of the pure one. */
function isSigned(device: Pick<EnrolledDevice, "suite" | "signKey">, text: Buffer, signature: Buffer): boolean {
  const key = Buffer.from(device.signKey, "hex");
  if (device.suite !== "international") return suites[device.suite].verify(key, text, signature);
  return key.length === 32 && signature.length === 64 && verify(null, text, createPublicKey({ key: Buffer.concat([ed25519Head, key]), format: "der", type: "spki" }), signature);
}

/** The device behind a request. @throws Problem device-not-known, the same for an unknown or revoked one and for a wrong signature or an old challenge */
export async function deviceBehind(platform: Platform, { header, asked, raw }: Knock): Promise<EnrolledDevice> {
  const [id = "", challenge = "", nonce = "", signature = ""] = (header("x-qingce-device") ?? "").split(";");
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/u.test(id) || !/^[0-9a-f]{16,64}$/u.test(nonce) || !isOurs(platform, challenge)) throw new Problem("device-not-known");
  const device = await platform.database.read(duty, (tx) => deviceById(tx, id));
  if (!isEnrolled(device) || device.state !== "active") throw new Problem("device-not-known");
  const text = Buffer.from(knockText(asked.method, asked.url, challenge, nonce, raw));
  if (!isSigned(device, text, Buffer.from(signature, "base64url"))) throw new Problem("device-not-known");
  const now = platform.clock.now();
  if (device.lastSeenAt === null || now.getTime() - device.lastSeenAt.getTime() > 30_000) await platform.database.write(duty, (tx) => seen(tx, device, now));
  return device;
}
