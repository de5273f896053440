// When something may be entered in a round: one decision that the server refuses by, terminals carry along and pages explain.
import { levelOf } from "../../core/area-code.ts";
import type { Text } from "../../core/issue.ts";

export const stages = ["capture", "keying", "review", "report", "update"] as const;

export type Span = { readonly from: string; /** Null: no end. */ readonly to: string | null };
/** What decides about entries of one area: the round's days, its windows, and the extensions approved for the area. A round without windows is open from its first to its last day. */
export type EntryGate = {
  readonly startsOn: string;
  readonly endsOn: string;
  readonly windows: readonly (Span & { readonly stage: string; readonly level: number })[] | null;
  readonly extensions: readonly Span[] | null;
};
export type Entry = {
  /** China Standard Time. */
  readonly today: string;
  /** The day on which a terminal says, signed, that it was captured; work of a day that was open is taken whenever it arrives. */
  readonly capturedOn?: string | undefined;
  readonly channel?: string | undefined;
  /** A returned record may be answered as long as anybody reviews. */
  readonly returned: boolean;
  /** Level of the entering office: where the round has windows for that level, they count. */
  readonly level: number;
};

/** Levels that review a round, from below, where nobody says otherwise: township, then county. */
export const defaultChain: readonly number[] = [4, 3];

/** A department that sits at the review of a level: it sees these fields and nothing else. */
export type Seat = { readonly department: string; readonly level: number; readonly paths: readonly string[]; readonly required: boolean };
/** Level of the seats of which nobody says otherwise: the county's. */
export const seatLevel = 3;

/** How a round is reviewed, for one area: the levels of its chain, which department's office at the county reviews a category, sections that are locked, seats. */
export type ReviewPlan = {
  readonly chain: readonly number[];
  readonly offices: Readonly<Record<string, string>>;
  readonly locks: readonly { readonly place: string; readonly level: number }[] | null;
  readonly seats: readonly Seat[] | null;
};

/** Why these levels are no chain: each stands once, and each next one is above the one before. */
export const chainFault = (chain: readonly number[]): Text | undefined =>
  chain.length === 0 || chain.some((level, i) => i > 0 && level >= chain[i - 1]!) ? say("审核层级应自下而上逐级排列，每级一次", "The levels of the chain stand once each, from below upward") : undefined;

const on = (day: string, span: Span): boolean => span.from <= day && (span.to === null || day <= span.to);
const say = (zh: string, en: string): Text => ({ zh, en });
const words = (span: Span): Text => (span.to === null ? say(`${span.from}起`, `from ${span.from}`) : say(`${span.from}至${span.to}`, `${span.from} to ${span.to}`));

/** The days on which entries are taken: capture and standing updates of the office's level, keying for paper forms, extensions; for a returned record everything until the last review. */
export function openSpans(gate: EntryGate, entry: Pick<Entry, "channel" | "returned" | "level">): readonly Span[] {
  const windows = gate.windows ?? [];
  const extensions = gate.extensions ?? [];
  if (windows.length === 0) return [{ from: gate.startsOn, to: gate.endsOn }, ...extensions];
  const taking = windows.filter(({ stage }) => stage === "capture" || stage === "update" || (stage === "keying" && entry.channel === "paper"));
  const ofLevel = taking.filter(({ level, stage }) => level === entry.level || stage === "keying");
  const spans: readonly Span[] = ofLevel.length > 0 ? ofLevel : taking;
  const first = spans.map((span) => span.from).toSorted()[0];
  const reviewed = windows.flatMap(({ stage, to }) => (stage === "review" && to !== null ? [to] : [])).toSorted().at(-1);
  return [...spans, ...(entry.returned && first !== undefined && reviewed !== undefined ? [{ from: first, to: reviewed }] : []), ...extensions];
}

/** Why nothing can be entered; undefined when it can. */
export function closedEntry(gate: EntryGate, entry: Entry): Text | undefined {
  const spans = openSpans(gate, entry);
  const days = [entry.today, ...(entry.capturedOn !== undefined && entry.capturedOn <= entry.today ? [entry.capturedOn] : [])];
  if (days.some((day) => spans.some((span) => on(day, span)))) return undefined;
  const next = spans.filter((span) => span.from > entry.today).toSorted((a, b) => (a.from < b.from ? -1 : 1))[0];
  if (next) {
    const { zh, en } = words(next);
    return say(`采集期为${zh}，尚未开始`, `Capturing is open ${en}, which has not begun`);
  }
  const last = spans.toSorted((a, b) => ((a.to ?? "9") < (b.to ?? "9") ? -1 : 1)).at(-1);
  const { zh, en } = last ? words(last) : say("无", "never");
  return say(`采集期为${zh}，已经结束；确需录入的，请申请延期`, `Capturing was open ${en} and is over; ask for an extension where it is needed`);
}

/** Whether an office is above another: it covers the whole of it and stands on a higher level. */
export const standsAbove = (office: { readonly area: number; readonly lo: number; readonly hi: number }, range: { readonly lo: number; readonly hi: number }): boolean =>
  office.lo <= range.lo && range.hi <= office.hi && levelOf(office.area) < levelOf(range.lo);
