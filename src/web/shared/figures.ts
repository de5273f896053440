// How numbers, rates and moments are written. A rate never stands without its base, and a rate of nothing is a dash, not zero.
import type { Lang } from "./words.ts";

/** Whole numbers with separators. */
export function count(n: number, lang: Lang): string {
  return n.toLocaleString(lang === "zh" ? "zh-CN" : "en-GB");
}

/** Per cent with one decimal, never rounded up to 100 nor down to 0; "—" of an empty base. */
export function percent(part: number, base: number): string {
  if (base <= 0) return "—";
  const share = (part / base) * 100;
  if (part === 0) return "0%";
  if (part === base) return "100%";
  return `${Math.min(99.9, Math.max(0.1, Math.round(share * 10) / 10)).toFixed(1)}%`;
}

/** `62.5%（5/8）`: the rate with part and base. */
export function rate(part: number, base: number, lang: Lang): string {
  return lang === "zh" ? `${percent(part, base)}（${count(part, lang)}/${count(base, lang)}）` : `${percent(part, base)} (${count(part, lang)} of ${count(base, lang)})`;
}

/** A moment of the server as local date and time to the minute; the text itself when it is none. */
export function moment(iso: string | undefined): string {
  if (iso === undefined) return "";
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return iso;
  const two = (n: number): string => String(n).padStart(2, "0");
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())} ${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** Today on this machine's clock, `YYYY-MM-DD`. */
export function today(): string {
  return moment(new Date().toISOString()).slice(0, 10);
}
