// What a draft would do to stored records, counted record by record: carried forward, checked with the version it cites and with the
// draft. Only counts, rules, item paths and a few record ids are kept; no value leaves here.
import { areaRange, levelOf } from "../../core/area-code.ts";
import type { Issue, Severity } from "../../core/issue.ts";
import { carryForward, codeInForce } from "../../scheme/carry.ts";
import { checker, type CheckOptions } from "../../scheme/check.ts";
import { indexOf, isRows, placesOf } from "../../scheme/layout.ts";
import type { Answers, Scheme, Value } from "../../scheme/model.ts";
import type { State } from "../records/rules.ts";
import type { Sample } from "./queries.ts";
import type { OptionInUse } from "./service.ts";

export type Counts = { records: number; before: number; after: number; newlyFailing: number; resolved: number };
export type AreaCount = Counts & { readonly area: number };
export type RuleCount = { readonly severity: Severity; readonly rule: string; readonly path: string; readonly records: number };
export type Tallied = { readonly counts: Counts; readonly areas: readonly AreaCount[]; readonly rules: readonly RuleCount[]; readonly options: readonly OptionInUse[]; readonly samples: readonly Sample[] };
export type StoredRecord = { readonly county: number; readonly recordId: string; readonly area: number; readonly state: State; readonly answers: Answers };

/** Records that hold what somebody captured; the others hold a base list's lines or ended without answers. */
export const capturedStates: readonly State[] = ["draft", "submitted", "township-approved", "accepted", "returned", "held"];
const MOST_SAMPLES = 20;

const none = (): Counts => ({ records: 0, before: 0, after: 0, newlyFailing: 0, resolved: 0 });
const rowless = (path: string): string => path.replace(/\[\d+\]/gu, "[]");
const counts = (issue: Issue): boolean => issue.severity !== "note";

/** The area one level below `within` that an area belongs to; itself when it is no deeper. */
export function partOf(area: number, within: number): number {
  const level = levelOf(within);
  const span = [1e10, 1e8, 1e6, 1e3, 1, 1][level]!;
  return area < areaRange(within).lo ? area : area - (area % span);
}

/** Codes of a version that the draft withdrew or lost, by the path of their item: label, and what takes their place. */
type Narrowed = ReadonlyMap<string, ReadonlyMap<string, Omit<OptionInUse, "records">>>;
function narrowedOptions(from: Scheme, to: Scheme): Narrowed {
  const found = new Map<string, ReadonlyMap<string, Omit<OptionInUse, "records">>>();
  for (const { path, item } of placesOf(from)) {
    const now = indexOf(to).byPath.get(path)?.item;
    if (item.codeSet === undefined || now?.codeSet === undefined) continue;
    const [before, after] = [indexOf(from).options.get(item.codeSet), indexOf(to).options.get(now.codeSet)];
    const affected = [...(before?.values() ?? [])].filter((option) => option.replacedBy === undefined && (!after?.has(option.code) || after.get(option.code)?.replacedBy !== undefined));
    if (affected.length === 0) continue;
    found.set(path, new Map(affected.map((option) => {
      const replacedBy = after && codeInForce(after, option.code);
      return [option.code, { codeSet: item.codeSet!, code: option.code, label: option.label, ...(replacedBy !== undefined && { replacedBy }) }];
    })));
  }
  return found;
}

/** Every coded answer with the path of its item. */
function* codedAnswers(answers: Answers): Generator<readonly [path: string, value: Value]> {
  for (const [form, given] of Object.entries(answers)) {
    for (const [key, answer] of Object.entries(given ?? {})) {
      if (answer === undefined) continue;
      if (!isRows(answer)) yield [`${form}.${key}`, answer];
      else for (const row of answer) for (const [item, value] of Object.entries(row)) if (value !== undefined) yield [`${form}.${key}[].${item}`, value];
    }
  }
}

export type Tally = { add(record: StoredRecord, from: Scheme, options: CheckOptions): void; result(): Tallied };

/** Counts over records; `within` is the area of the one who asks: its parts are the rows of the table. */
export function tallyOf(to: Scheme, within: number): Tally {
  const total = none();
  const areas = new Map<number, Counts>();
  const rules = new Map<string, { severity: Severity; rule: string; path: string; records: number; samples: Sample[] }>();
  const inUse = new Map<string, OptionInUse>();
  const narrowed = new Map<Scheme, Narrowed>();
  const checkTo = checker(to);

  const countOptions = (answers: Answers, from: Scheme): void => {
    let paths = narrowed.get(from);
    if (!paths) narrowed.set(from, (paths = narrowedOptions(from, to)));
    if (paths.size === 0) return;
    const seen = new Set<string>();
    for (const [path, value] of codedAnswers(answers)) {
      for (const code of typeof value === "object" ? value : [String(value)]) {
        const option = paths.get(path)?.get(code);
        if (!option || seen.has(`${option.codeSet} ${code}`)) continue;
        seen.add(`${option.codeSet} ${code}`);
        const key = `${option.codeSet} ${code}`;
        inUse.set(key, { ...option, records: (inUse.get(key)?.records ?? 0) + 1 });
      }
    }
  };

  const countRule = (record: StoredRecord, severity: Severity, rule: string, at: string): void => {
    const path = rowless(at);
    const key = `${severity} ${rule} ${path}`;
    const found = rules.get(key) ?? { severity, rule, path, records: 0, samples: [] };
    rules.set(key, found);
    found.records += 1;
    if (found.samples.length < MOST_SAMPLES) found.samples.push({ county: record.county, area: record.area, recordId: record.recordId, severity, rule, path: at });
  };

  return {
    add(record, from, options) {
      countOptions(record.answers, from);
      if (!capturedStates.includes(record.state)) return;
      const before = checker(from)(record.answers, options).issues.filter(counts);
      const carried = carryForward(from, to, record.answers);
      const after = checkTo(carried.answers, options).issues.filter(counts);
      const known = new Set(before.map((issue) => `${issue.severity} ${issue.code} ${issue.paths.join()}`));
      const fresh = new Map<string, readonly [Severity, string, string]>();
      for (const issue of after) {
        if (known.has(`${issue.severity} ${issue.code} ${issue.paths.join()}`)) continue;
        const path = issue.paths[0] ?? "";
        fresh.set(`${issue.severity} ${issue.code} ${rowless(path)}`, [issue.severity, issue.code, path]);
      }
      for (const { path } of carried.dropped) fresh.set(`answer-lost ${rowless(path)}`, ["explain", "answer-lost", path]);
      for (const [severity, rule, path] of fresh.values()) countRule(record, severity, rule, path);
      const part = partOf(record.area, within);
      const row = areas.get(part) ?? none();
      areas.set(part, row);
      for (const each of [total, row]) {
        each.records += 1;
        if (before.length > 0) each.before += 1;
        if (after.length > 0) each.after += 1;
        if (fresh.size > 0) each.newlyFailing += 1;
        if (before.length > 0 && after.length === 0 && fresh.size === 0) each.resolved += 1;
      }
    },
    result() {
      const found = [...rules.values()].sort((a, b) => b.records - a.records || (`${a.rule} ${a.path}` < `${b.rule} ${b.path}` ? -1 : 1));
      return {
        counts: total,
        areas: [...areas].map(([area, row]) => ({ area, ...row })).sort((a, b) => a.area - b.area),
        rules: found.map(({ severity, rule, path, records }) => ({ severity, rule, path, records })),
        options: [...inUse.values()].sort((a, b) => b.records - a.records),
        samples: spread(found.map((each) => each.samples)),
      };
    },
  };
}

/** Samples of every rule in turn, so that a frequent rule does not hide the others. */
function spread(lists: readonly (readonly Sample[])[]): Sample[] {
  const chosen: Sample[] = [];
  for (let turn = 0; turn < MOST_SAMPLES && chosen.length < MOST_SAMPLES; turn += 1) {
    for (const list of lists) {
      const next = list[turn];
      if (next && chosen.length < MOST_SAMPLES) chosen.push(next);
    }
  }
  return chosen;
}
