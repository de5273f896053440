// What several lists say of one person, put together: which value is chosen and why, what differs, and whether the person
// belongs into the base list. Pure: the same rows give the same answer.
import { checkCitizenId } from "../../core/citizen-id.ts";
import { countyOf, parseAreaCode } from "../../core/area-code.ts";
import type { DepartmentField, IdentityItems, Scheme, Value } from "../../scheme/model.ts";
import { compareValues } from "../matching/rules.ts";

/** A list of a fusion, in the fusion's order. */
export type FusedList = { readonly batch: string; readonly department: string; readonly asOf: string; readonly rows: number };
/** A row of a list: what it says by item path; whether its department's rules make the person one of the programme. */
export type Member = {
  readonly list: number;
  readonly row: number;
  readonly seeds: boolean;
  /** Key of the field whose value keeps the person out, such as a date of death. */
  readonly barred?: string;
  readonly says: Readonly<Record<string, Value>>;
};
/** Everything known of a person of the fusion; kept sealed. */
export type Known = { readonly members: readonly Member[]; readonly record?: string };

export const reasons = ["not-expected", "barred", "no-name", "no-valid-number", "no-place", "other-county"] as const;
export type Reason = (typeof reasons)[number];
/** Why a value was chosen among several lists. */
export const choices = ["only", "agreed", "valid-number", "authority", "fresher", "order"] as const;
export type Choice = (typeof choices)[number];
export type Said = { readonly list: number; readonly row: number; readonly value: Value };
export type Chosen = Said & { readonly path: string; readonly why: Choice; readonly agree: readonly Said[]; readonly differ: readonly Said[] };
export type Fused = { readonly values: readonly Chosen[]; readonly state: "proposed" | "registered" | "left-out"; readonly reason?: Reason; readonly conflicts: number };
export type FusionGround = { readonly scheme: Scheme; readonly identity: IdentityItems; readonly county: number; readonly lists: readonly FusedList[]; readonly townships: ReadonlySet<number> };

const fieldsFor = (ground: FusionGround, list: number, path: string): readonly DepartmentField[] =>
  ground.scheme.departments.find((each) => each.key === ground.lists[list]?.department)?.fields.filter((field) => field.compares === path) ?? [];

/** 0: the scheme holds the department's value against this item; 1: it does so for another item of identity, and this is one; 2: neither. */
function rankOf(ground: FusionGround, list: number, path: string): number {
  if (fieldsFor(ground, list, path).length > 0) return 0;
  const items = Object.values(ground.identity);
  return items.includes(path) && items.some((item) => fieldsFor(ground, list, item).length > 0) ? 1 : 2;
}

const known = new WeakMap<FusionGround, Map<string, number>>();
/** People are many, lists and items few. */
function rank(ground: FusionGround, list: number, path: string): number {
  let ranks = known.get(ground);
  if (ranks === undefined) known.set(ground, (ranks = new Map()));
  const key = `${list} ${path}`;
  let value = ranks.get(key);
  if (value === undefined) ranks.set(key, (value = rankOf(ground, list, path)));
  return value;
}

const usual: DepartmentField = { key: "", label: { zh: "", en: "" }, headings: [], kind: "text", rule: "equal" };

/** The rule by which values of an item are held against each other: the scheme's own, else equality as fits the item. */
function ruleFor(ground: FusionGround, path: string, lists: readonly number[]): DepartmentField {
  for (const list of lists) {
    const field = fieldsFor(ground, list, path).find((each) => each.rule !== "answered" && each.rule !== "allows");
    if (field !== undefined) return field;
  }
  if (path === ground.identity.name) return { ...usual, rule: "equal-name" };
  return path === ground.identity.area ? { ...usual, rule: "equal-area-township" } : usual;
}

const isValidNumber = (value: Value): boolean => typeof value === "string" && checkCitizenId(value).ok;
const numberRank = (ground: FusionGround, path: string, value: Value): number => (path === ground.identity.idNumber && !isValidNumber(value) ? 1 : 0);

/** Several rows of one list say one thing: added up, united, the latest, or the first, as the scheme says of the field. */
function together(ground: FusionGround, path: string, said: readonly Said[]): Said {
  const [first] = said;
  if (first === undefined) throw new Error(`nothing is said of ${path}`);
  const several = fieldsFor(ground, first.list, path)[0]?.several;
  if (several === "sum") return { ...first, value: Math.round(said.reduce((sum, one) => sum + (typeof one.value === "number" ? one.value : 0), 0) * 1e6) / 1e6 };
  if (several === "latest") return said.reduce((a, b) => (String(b.value) > String(a.value) ? b : a));
  if (several === "union") return { ...first, value: [...new Set(said.flatMap((one) => (Array.isArray(one.value) ? one.value.map(String) : [String(one.value)])))].sort() };
  return said.find((one) => numberRank(ground, path, one.value) === 0) ?? first;
}

function choose(ground: FusionGround, path: string, said: readonly Said[]): Chosen {
  const asOf = (one: Said): string => ground.lists[one.list]?.asOf ?? "";
  const place = (one: Said): number => ground.scheme.departments.findIndex((each) => each.key === ground.lists[one.list]?.department);
  const better = (a: Said, b: Said): [Choice, number] => {
    const byNumber = numberRank(ground, path, a.value) - numberRank(ground, path, b.value);
    if (byNumber !== 0) return ["valid-number", byNumber];
    const byRank = rank(ground, a.list, path) - rank(ground, b.list, path);
    if (byRank !== 0) return ["authority", byRank];
    if (asOf(a) !== asOf(b)) return ["fresher", asOf(a) > asOf(b) ? -1 : 1];
    return ["order", place(a) - place(b) || a.list - b.list || a.row - b.row];
  };
  const [first, ...others] = said.toSorted((a, b) => better(a, b)[1]);
  if (first === undefined) throw new Error(`nothing is said of ${path}`);
  const rule = ruleFor(ground, path, [first.list, ...others.map((one) => one.list)]);
  const differ = others.filter((one) => compareValues(rule, first.value, one.value) === "differs");
  const agree = others.filter((one) => !differ.includes(one));
  const [strongest] = differ;
  const why: Choice = others.length === 0 ? "only" : strongest === undefined ? "agreed" : better(first, strongest)[0];
  return { ...first, path, why, agree, differ };
}

/** The identity items come first, the others in the order of their paths. */
function pathsOf(ground: FusionGround, members: readonly Member[]): string[] {
  const { name, idNumber, sex, birthDate, area, phone } = ground.identity;
  const first = [name, idNumber, sex, birthDate, area, phone].filter((path) => path !== undefined);
  const said = new Set(members.flatMap((member) => Object.keys(member.says)));
  return [...first.filter((path) => said.has(path)), ...[...said].filter((path) => !first.includes(path)).sort()];
}

function reasonAgainst(ground: FusionGround, members: readonly Member[], value: (path: string) => Value | undefined): Reason | undefined {
  const barred = members.some((member) => member.barred !== undefined);
  if (!members.some((member) => member.seeds)) return barred ? "barred" : "not-expected";
  if (barred) return "barred";
  const { name, idNumber, area } = ground.identity;
  const [called, number, home] = [value(name), value(idNumber), value(area)];
  if (typeof called !== "string" || called === "") return "no-name";
  if (number === undefined || !isValidNumber(number)) return "no-valid-number";
  const code = typeof home === "string" ? parseAreaCode(home) : undefined;
  if (code === undefined) return "no-place";
  if (countyOf(code) !== ground.county) return "other-county";
  const township = Math.floor(code / 1000) * 1000;
  return township === ground.county * 1e6 || ground.townships.has(township) ? undefined : "no-place";
}

export const byRow = (a: Member, b: Member): number => a.list - b.list || a.row - b.row;

/** Values with their sources, and where the person goes. */
export function fuse(ground: FusionGround, { members, record }: Known): Fused {
  const ordered = members.toSorted(byRow);
  const values = pathsOf(ground, ordered).map((path) => {
    const said = ordered.flatMap((member): Said[] => {
      const value = member.says[path];
      return value === undefined ? [] : [{ list: member.list, row: member.row, value }];
    });
    return choose(ground, path, [...Map.groupBy(said, (one) => one.list).values()].map((ofList) => together(ground, path, ofList)));
  });
  const conflicts = values.filter((one) => one.differ.length > 0).length;
  if (record !== undefined) return { values, conflicts, state: "registered" };
  const reason = reasonAgainst(ground, ordered, (path) => values.find((one) => one.path === path)?.value);
  return reason === undefined ? { values, conflicts, state: "proposed" } : { values, conflicts, state: "left-out", reason };
}

export type RowOutcome = { readonly list: number; readonly row: number } & (
  | { readonly outcome: "fused" }
  | { readonly outcome: "duplicate"; readonly of: number }
  | { readonly outcome: "left-out"; readonly reason: Reason }
);

/** One outcome for every row: the first row of each list is the person, further ones repeat it; a person left out takes all their rows along. */
export function outcomesOf({ members }: Known, { state, reason }: Pick<Fused, "state" | "reason">): RowOutcome[] {
  const first = new Map<number, number>();
  return members.toSorted(byRow).map(({ list, row }): RowOutcome => {
    if (state === "left-out" && reason !== undefined) return { list, row, outcome: "left-out", reason };
    const before = first.get(list);
    if (before !== undefined) return { list, row, outcome: "duplicate", of: before };
    first.set(list, row);
    return { list, row, outcome: "fused" };
  });
}
