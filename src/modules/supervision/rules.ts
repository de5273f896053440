// Signals about a collector's work: what is counted, and when it stands out. A signal is a reason for a person to look, never a sanction.
import type { Text } from "../../core/issue.ts";
import { placesOf } from "../../scheme/layout.ts";
import type { Scheme } from "../../scheme/model.ts";

export const signalKinds = ["too-fast", "same-place", "near-identical", "round-numbers", "always-no"] as const;
export type SignalKind = (typeof signalKinds)[number];
export const signalLabels: Readonly<Record<SignalKind, Text>> = {
  "too-fast": { zh: "间隔不足 3 分钟", en: "Less than 3 minutes apart" },
  "same-place": { zh: "入户地点与本人另一户相同", en: "Home visits at the place of another of theirs" },
  "near-identical": { zh: "内容与本人另一份相同", en: "Same answers as another of theirs" },
  "round-numbers": { zh: "数字以 0 或 5 结尾", en: "Numbers that end in 0 or 5" },
  "always-no": { zh: "是否类回答为“否”", en: "Yes-no items answered no" },
};
export const verdicts = ["no-fault", "explained", "to-check"] as const;
export type Verdict = (typeof verdicts)[number];
export const verdictLabels: Readonly<Record<Verdict, Text>> = {
  "no-fault": { zh: "未见异常", en: "No fault seen" },
  explained: { zh: "已说明原因", en: "Explained" },
  "to-check": { zh: "须实地核查", en: "To be checked on the spot" },
};

export type Together = { readonly home: number; readonly together: number };
/** Side of the square in which two places are one: about 20 m. */
const cellDegrees = 0.0002;
/** The square in which coordinates lie, in degrees; undefined for what is no place. Squares grow narrow towards the poles: in China 12–20 m. */
export const cellOf = (longitude: number, latitude: number): string | undefined => (Number.isFinite(longitude) && Number.isFinite(latitude) ? `${Math.round(longitude / cellDegrees)} ${Math.round(latitude / cellDegrees)}` : undefined);
/** Degrees of the middle of that square: nothing finer is kept of where a visit was made. */
export const coarse = (degrees: number): number => Number((Math.round(degrees / cellDegrees) * cellDegrees).toFixed(4));

/** Where a scheme's form holds the place of its capture: the items that plans name so, outside rows; `words` is the one for a description. */
export type PlaceItems = { readonly longitude: string; readonly latitude: string; readonly words?: string };
export function placeItems(scheme: Scheme): PlaceItems | undefined {
  const named = (key: string): string | undefined => placesOf(scheme).find(({ item, path }) => item.key === key && !path.includes("[]"))?.path;
  const [longitude, latitude, words] = [named("gps_lon"), named("gps_lat"), named("gps_place")];
  return longitude !== undefined && latitude !== undefined ? { longitude, latitude, ...(words !== undefined && { words }) } : undefined;
}

/** Of each author: home visits to different people, and those whose place is that of another of them. One row a person. */
export function togetherOf(visits: readonly { readonly author: string; readonly place: string }[]): ReadonlyMap<string, Together> {
  const found = new Map<string, Together>();
  for (const [author, own] of Map.groupBy(visits, (visit) => visit.author)) {
    const shared = [...Map.groupBy(own, (visit) => visit.place).values()].filter((there) => there.length > 1);
    found.set(author, { home: own.length, together: shared.reduce((sum, there) => sum + there.length, 0) });
  }
  return found;
}

/** Fewer than this say nothing of anybody. */
export const leastBase = 20;
/** A collector stands out when even the low end of their interval is above the others' rate by this much. */
export const margin = 0.15;
/** @param low of the 95 % interval of the collector's own rate; `others` undefined when nobody else has a base */
export const standsOut = (own: { readonly base: number; readonly low: number }, others: number | undefined): boolean => own.base >= leastBase && own.low > (others ?? 0.5) + margin;

/** An office or terminal of which nothing came for this long is silent; plans ask for an upload a week. */
export const silentDays = 7;
/** Days after which a record at a reviewer's desk is overdue. */
export const overdueDays = 5;
