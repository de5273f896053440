// How the page words a terminal's lease, clock and chain. Decisions only; the table draws them.
import type { Standing } from "../../../modules/fieldwork/rules.ts";

/** What is left of a lease: whole days, hours on the last day, or over. */
export function leaseLeft(until: string | undefined, now: Date): { readonly key: "leaseLeft" | "leaseHours" | "leaseOver"; readonly n: number } | undefined {
  if (until === undefined) return undefined;
  const hours = Math.floor((Date.parse(until) - now.getTime()) / 3_600_000);
  if (Date.parse(until) <= now.getTime()) return { key: "leaseOver", n: 0 };
  return hours >= 24 ? { key: "leaseLeft", n: Math.round(hours / 24) } : { key: "leaseHours", n: Math.max(1, hours) };
}

/** A clock's deviation as `+2 s`, `−3 min`, `+10 a`: the largest unit that fits. Undefined while nobody knows it. */
export function skewText(seconds: number | undefined): string | undefined {
  if (seconds === undefined) return undefined;
  const sign = seconds < 0 ? "−" : "+";
  const size = Math.abs(seconds);
  const [n, unit] = size < 120 ? [size, "s"] : size < 7_200 ? [size / 60, "min"] : size < 172_800 ? [size / 3_600, "h"] : size < 63_072_000 ? [size / 86_400, "d"] : [size / 31_536_000, "a"];
  return `${sign}${Math.round(n)} ${unit}`;
}
/** From this on a terminal's clock should be set. */
export const isFarOff = (seconds: number | undefined): boolean => seconds !== undefined && Math.abs(seconds) > 300;

export const needsSomething = (standing: Standing): boolean => !["in-order", "revoked"].includes(standing);
const order: readonly Standing[] = ["alarm", "lease-ended", "silent", "lease-ending", "not-enrolled", "in-order", "revoked"];
/** What needs something first. */
export const byUrgency = (a: Standing, b: Standing): number => order.indexOf(a) - order.indexOf(b);

/** The name under which the browser saves a file, out of the answer's header. */
export function fileNameOf(disposition: string | null, otherwise: string): string {
  const encoded = /filename\*=UTF-8''([^;]+)/u.exec(disposition ?? "")?.[1];
  return encoded === undefined ? otherwise : decodeURIComponent(encoded);
}

/** Colours of marks that can be read by everybody: 4.5 to 1 and more on their ground. */
export const markColours = {
  bad: { color: "#8c0d1c", background: "#fff1f0", borderColor: "#cf4a52" },
  warn: { color: "#7a3c00", background: "#fff7e6", borderColor: "#c98a2b" },
  good: { color: "#0f5132", background: "#edf7f0", borderColor: "#4f9a6f" },
} as const;
