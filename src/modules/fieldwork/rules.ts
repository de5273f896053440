// States of terminals and of the bundles they send, and what is refused when.
import type { Text } from "../../core/issue.ts";

/** `registered`: no key yet; `active`: enrolled; `revoked`: for ever. A lease that ran out leaves a device active: renewing is enough. */
export const deviceStates = ["registered", "active", "revoked"] as const;
export type DeviceState = (typeof deviceStates)[number];

/** `receiving` piece by piece, `waiting` for an earlier number of the chain, `queued`, then `applied` (each entry has an outcome) or `refused` whole. */
export const bundleStates = ["receiving", "waiting", "queued", "applied", "refused"] as const;
export type BundleState = (typeof bundleStates)[number];

/** What the office did about a person whom a terminal gave back: another collector goes, the office spoke with the person itself, or nothing more is to be done. */
export const settlements = ["assigned", "contacted", "closed"] as const;

/** Sizes in bytes, times in the unit of the name. */
export const limits = {
  bundleBytes: 512 << 20,
  /** Of one device's uploads that are not applied yet. */
  deviceBytes: 1 << 30,
  /** Of all of them together: the disk is not a terminal's. */
  totalBytes: 20 * 2 ** 30,
  uploadDays: 7,
  codeHours: 24,
  codeTries: 5,
  challengeSeconds: 600,
  bundleDays: 30,
  trainingDays: 365,
} as const;

const day = 86_400_000;
const say = (zh: string, en: string): Text => ({ zh, en });

/** What the header of a terminal's bundle says, and when the office got it. */
export type Arrival = {
  readonly seq: number;
  readonly digest: string;
  readonly previous: string;
  readonly created: string;
  readonly expires: string;
};
export type Chain = { readonly seq: number; readonly headDigest: string | null; readonly digestAt: (seq: number) => string | undefined };
export type ChainVerdict =
  | { readonly kind: "next" }
  /** Already taken in: the same receipts again. */
  | { readonly kind: "repeat" }
  /** An earlier number is missing. */
  | { readonly kind: "wait"; readonly missing: number }
  /** Two terminals answer to one key, or one was set back: the bundle is refused and the device is in alarm. */
  | { readonly kind: "broken"; readonly why: Text };
const first = "0".repeat(64);

/** Where a bundle stands in its device's chain. */
export function chainVerdict(chain: Chain, arrival: Pick<Arrival, "seq" | "digest" | "previous">): ChainVerdict {
  const { seq, digest, previous } = arrival;
  if (seq <= chain.seq) {
    return chain.digestAt(seq) === digest
      ? { kind: "repeat" }
      : { kind: "broken", why: say(`第 ${seq} 号数据包已收过另一份内容：终端可能被复制或被恢复到旧状态`, `Bundle number ${seq} came before with another content: the terminal was copied, or set back to an older state`) };
  }
  if (seq > chain.seq + 1) return { kind: "wait", missing: chain.seq + 1 };
  if (previous !== (chain.headDigest ?? first)) {
    return { kind: "broken", why: say(`第 ${seq} 号数据包没有接在上一份之后：终端可能被复制或被恢复到旧状态`, `Bundle number ${seq} does not follow the one before: the terminal was copied, or set back to an older state`) };
  }
  return { kind: "next" };
}

/** The terminal's clock minus the office's in seconds: as the terminal knows it, else from what its clock showed when it packed. */
export function skewOf(about: { readonly skewSeconds?: unknown; readonly clock?: unknown } | undefined, created: string): number | undefined {
  const { skewSeconds, clock } = about ?? {};
  if (typeof skewSeconds === "number" && Number.isFinite(skewSeconds)) return bounded(skewSeconds);
  const shown = typeof clock === "string" ? Date.parse(clock) : Number.NaN;
  return Number.isNaN(shown) ? undefined : bounded((shown - Date.parse(created)) / 1000);
}
const bounded = (seconds: number): number => Math.max(-2_000_000_000, Math.min(2_000_000_000, Math.round(seconds)));

/**
 * Why a bundle is too old, by the office's clock. Terminals write the office's time (they know how far their own clock is off); a bundle
 * lives 30 days at most, whatever it says, and one from the future lives from when it came.
 */
export function expiredWhy(arrival: Pick<Arrival, "created" | "expires">, received: Date): Text | undefined {
  const [created, expires] = [Date.parse(arrival.created), Date.parse(arrival.expires)];
  const life = Math.min(Math.max(expires - created, 0), limits.bundleDays * day);
  const age = received.getTime() - created;
  if (age <= life) return undefined;
  return say(`数据包已过期（${Math.floor(age / day)} 天前打包，有效期 ${Math.floor(life / day)} 天），请在终端上重新打包`, `The bundle is out of date (packed ${Math.floor(age / day)} days ago, valid for ${Math.floor(life / day)}); pack again on the terminal`);
}

/** What the office shows of one device's state, most urgent first. */
export type Standing = "revoked" | "alarm" | "not-enrolled" | "lease-ended" | "lease-ending" | "silent" | "in-order";
const soon = 2 * day;
/** Terminals upload at least weekly (plan S2): one that was not seen for longer is silent. */
const weekly = 7 * day;

export function standingOfDevice(device: { readonly state: DeviceState; readonly alarm?: unknown; readonly leaseUntil?: string | undefined; readonly lastSeen?: string | undefined }, now: Date): Standing {
  if (device.state === "revoked") return "revoked";
  if (device.alarm) return "alarm";
  if (device.state === "registered") return "not-enrolled";
  const left = device.leaseUntil === undefined ? 0 : Date.parse(device.leaseUntil) - now.getTime();
  if (left <= 0) return "lease-ended";
  if (device.lastSeen === undefined || now.getTime() - Date.parse(device.lastSeen) > weekly) return "silent";
  return left < soon ? "lease-ending" : "in-order";
}
