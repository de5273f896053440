// What is typed into the editor of a rule, and the definition that it makes. Pure: the server checks the definition whole.
import type { EventKind, Line, Measure, Registered, WarningDefinition, WarningLevel } from "../../../scheme/aid-model.ts";

export type Draft = {
  readonly key: string;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly level: WarningLevel;
  readonly days: number;
  readonly from: string;
  readonly kind: WarningDefinition["kind"];
  readonly measure?: Measure;
  readonly measures?: Measure[];
  readonly below?: boolean;
  readonly standard?: string;
  readonly value?: number;
  readonly percent?: number;
  readonly times?: number;
  readonly before?: number;
  readonly least?: number;
  readonly months?: number;
  readonly falling?: boolean;
  readonly events?: EventKind[];
  readonly ages?: string;
  readonly hardships?: number;
  /** Of a stored rule about ages; kept when it is revised. */
  readonly categories?: readonly string[];
  readonly registered?: Registered;
  /** Of a stored rule about what happened; kept likewise. */
  readonly assets?: Line;
};

/** Chosen instead of a line of the area. */
export const FIXED = "fixed";

/** Fields that a kind of rule asks for besides its name. */
export const fieldsOf: Readonly<Record<WarningDefinition["kind"], readonly (keyof Draft)[]>> = {
  threshold: ["measure", "below", "standard"],
  share: ["measures", "percent"],
  jump: ["measure", "times", "before", "least"],
  trend: ["measure", "months", "falling"],
  "life-event": ["events"],
  "fall-after-leaving": ["months", "standard"],
  age: ["ages"],
  "helped-nowhere": ["hardships", "months"],
  "paid-twice": [],
};

/** Most and least months a kind may look over. */
export const monthsOf = (kind: WarningDefinition["kind"]): readonly [number, number] => (kind === "trend" ? [3, 12] : kind === "fall-after-leaving" ? [1, 60] : [1, 36]);

/** `18，22` as [18, 22]; undefined when it is no list of ages. */
export function agesIn(text: string | undefined): number[] | undefined {
  const ages = (text ?? "").split(/[,，、\s]+/u).filter((part) => part !== "").map(Number);
  return ages.length > 0 && ages.length <= 10 && ages.every((age) => Number.isInteger(age) && age >= 1 && age <= 120) ? ages : undefined;
}

const lineOf = ({ standard, value }: Draft): Line => (standard === undefined || standard === FIXED ? { value: value ?? 0 } : { standard });

/** The definition that the fields of its kind make. */
export function definitionFrom(draft: Draft): unknown {
  const { kind, measure, measures, below, percent, times, before, least, months, falling, events, hardships, categories, registered, assets } = draft;
  switch (kind) {
    case "threshold": return { kind, measure, line: lineOf(draft), ...(below === true && { below }) };
    case "share": return { kind, measures, percent };
    case "jump": return { kind, measure, times, before, least };
    case "trend": return { kind, measure, months, ...(falling === true && { falling }) };
    case "life-event": return { kind, events, ...(assets && { assets }) };
    case "fall-after-leaving": return { kind, months, line: lineOf(draft) };
    case "age": return { kind, ages: agesIn(draft.ages), ...(categories && { categories }), ...(registered && { registered }) };
    case "helped-nowhere": return { kind, hardships, months };
    case "paid-twice": return { kind };
  }
}

/** What stands in a stored definition, for revising it. */
export function draftFrom(definition: WarningDefinition): Partial<Draft> {
  const line = "line" in definition ? ("value" in definition.line ? { standard: FIXED, value: definition.line.value } : { standard: definition.line.standard }) : {};
  const { kind } = definition;
  switch (kind) {
    case "threshold": return { kind, measure: definition.measure, below: definition.below ?? false, ...line };
    case "share": return { kind, measures: [...definition.measures], percent: definition.percent };
    case "jump": return { kind, measure: definition.measure, times: definition.times, before: definition.before, least: definition.least };
    case "trend": return { kind, measure: definition.measure, months: definition.months, falling: definition.falling ?? false };
    case "life-event": return { kind, events: [...definition.events], ...(definition.assets && { assets: definition.assets }) };
    case "fall-after-leaving": return { kind, months: definition.months, ...line };
    case "age": return { kind, ages: definition.ages.join("，"), ...(definition.categories && { categories: definition.categories }), ...(definition.registered && { registered: definition.registered }) };
    case "helped-nowhere": return { kind, hardships: definition.hardships, months: definition.months };
    case "paid-twice": return { kind };
  }
}
