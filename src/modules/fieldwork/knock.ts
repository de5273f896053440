// Who a terminal is: each of its requests is signed by the device's key over a challenge of the office, the address and the body.
import { createHash, createPublicKey, type KeyObject, timingSafeEqual, verify } from "node:crypto";
import { suites } from "../../bundle/suite.ts";
import { Problem } from "../../core/problem.ts";
import { systemActor, type Tx } from "../../platform/database.ts";
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
const readKeys = new Map<string, KeyObject>();
const mostKeys = 10_000;

function ed25519Key(hex: string): KeyObject {
  const known = readKeys.get(hex);
  if (known) return known;
  const key = createPublicKey({ key: Buffer.concat([ed25519Head, Buffer.from(hex, "hex")]), format: "der", type: "spki" });
  if (readKeys.size >= mostKeys) readKeys.clear();
  readKeys.set(hex, key);
  return key;
}

/** Every request is signed, so OpenSSL's Ed25519 looks at it: a twentieth of the time of the pure one. */
function isSigned(device: Pick<EnrolledDevice, "suite" | "signKey">, text: Buffer, signature: Buffer): boolean {
  if (device.suite !== "international") return suites[device.suite].verify(Buffer.from(device.signKey, "hex"), text, signature);
  return device.signKey.length === 64 && signature.length === 64 && verify(null, text, ed25519Key(device.signKey), signature);
}

/** @throws Problem device-not-known, the same for an unknown or revoked one and for a wrong signature or an old challenge */
async function deviceBehind(tx: Tx, platform: Platform, { header, asked, raw }: Knock): Promise<EnrolledDevice> {
  const [id = "", challenge = "", nonce = "", signature = ""] = (header("x-qingce-device") ?? "").split(";");
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/u.test(id) || !/^[0-9a-f]{16,64}$/u.test(nonce) || !isOurs(platform, challenge)) throw new Problem("device-not-known");
  const device = await deviceById(tx, id);
  if (!isEnrolled(device) || device.state !== "active") throw new Problem("device-not-known");
  const text = Buffer.from(knockText(asked.method, asked.url, challenge, nonce, raw));
  if (!isSigned(device, text, Buffer.from(signature, "base64url"))) throw new Problem("device-not-known");
  return device;
}

const isNews = (device: EnrolledDevice, now: Date): boolean => device.lastSeenAt === null || now.getTime() - device.lastSeenAt.getTime() > 30_000;

/**
 * Does what a terminal asks for, in one transaction with the look at who it is.
 * @throws Problem device-not-known, the same for an unknown or revoked device and for a wrong signature or an old challenge
 */
export async function forDevice<T>(platform: Platform, knock: Knock, access: "read" | "write", work: (tx: Tx, device: EnrolledDevice) => Promise<T>): Promise<T> {
  const now = platform.clock.now();
  let unseen: EnrolledDevice | undefined;
  const result = await platform.database[access](duty, async (tx) => {
    const device = await deviceBehind(tx, platform, knock);
    if (isNews(device, now)) {
      if (access === "write") await seen(tx, device, now);
      else unseen = device;
    }
    return work(tx, device);
  });
  const late = unseen;
  if (late) await platform.database.write(duty, (tx) => seen(tx, late, now));
  return result;
}
