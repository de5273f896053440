// The bench's hand-written validator, first part: what it does with single answers (types, texts, options, numbers, dates).
// It shares with the product what any validator would take from a library: calendar, identity numbers, names, the designation scan.
import { parseAreaCode } from "../../src/core/area-code.ts";
import { checkCitizenId } from "../../src/core/citizen-id.ts";
import type { Issue, Severity } from "../../src/core/issue.ts";
import { nameFault } from "../../src/core/names.ts";
import { isDate } from "../../src/core/time.ts";
import { checkUnitField, scanFreeText } from "../../src/core/unit-designation.ts";
import type { CodeSet } from "../../src/scheme/model.ts";

export type Json = { readonly [key: string]: unknown };
export type Options = {
  readonly known: ReadonlySet<string>;
  readonly withdrawn: ReadonlySet<string>;
  readonly exclusive: ReadonlySet<string>;
  readonly needing: ReadonlySet<string>;
  readonly parents: ReadonlyMap<string, string>;
};

/** The lists themselves are data for both. */
export const optionsOf = (sets: readonly CodeSet[], key: string): Options => {
  const options = sets.find((set) => set.key === key)?.options ?? [];
  return {
    known: new Set(options.map((o) => o.code)),
    withdrawn: new Set(options.flatMap((o) => (o.replacedBy === undefined ? [] : [o.code]))),
    exclusive: new Set(options.flatMap((o) => (o.exclusive === true ? [o.code] : []))),
    needing: new Set(options.flatMap((o) => (o.needsSub === true ? [o.code] : []))),
    parents: new Map(options.flatMap((o) => (o.parent === undefined ? [] : [[o.code, o.parent] as const]))),
  };
};

// oxlint-disable-next-line no-control-regex -- what a text may not hold
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]/;
const PHONE = /^(?:1[3-9]\d{9}|0\d{2,3}-?[2-9]\d{6,7})$/u;
const MEDIA = /^[\w.:-]+$/u;
const AREA = /^\d{12}$/u;

/** One record's reading: faults found, paths refused and paths at fault. */
export class Reading {
  readonly issues: Issue[] = [];
  readonly today: string;
  private refused: Set<string> | undefined;
  private blocked: Set<string> | undefined;
  constructor(today: string) {
    this.today = today;
  }
  add(code: string, severity: Severity, path: string): void {
    this.issues.push({ severity, code, paths: [path], message: { zh: `“${path}”有误，请核对`, en: `“${path}” is at fault; please check` } });
    if (severity === "block") (this.blocked ??= new Set()).add(path);
  }
  block(code: string, path: string): void {
    this.add(code, "block", path);
  }
  refuse(code: string, path: string): undefined {
    (this.refused ??= new Set()).add(path);
    this.block(code, path);
    return undefined;
  }
  required(path: string): void {
    if (this.refused === undefined || !this.refused.has(path)) this.block("required", path);
  }
  /** A rule across items is not said of items that are faulty by themselves. */
  free(path: string): boolean {
    return this.blocked === undefined || !this.blocked.has(path);
  }
  /** Rules are run when all items have been read: what they find does not stop each other. */
  rule(code: string, severity: Severity, path: string): void {
    if (this.free(path)) this.found.push({ severity, code, paths: [path], message: { zh: `“${path}”请核对`, en: `“${path}”: please check` } });
  }
  readonly found: Issue[] = [];

  text(group: Json, key: string, path: string, max: number, unit = false): string | undefined {
    const value = group[key];
    if (value === undefined || value === null || value === "") return undefined;
    if (typeof value !== "string") return this.refuse("wrong-type", path);
    if (value.length > max && [...value].length > max) return this.refuse("too-long", path);
    if (CONTROL.test(value) || !value.isWellFormed()) return this.refuse("control-characters", path);
    if (unit) return checkUnitField(value) === "accept" ? value : this.refuse("unit-designation", path);
    const { verdict } = scanFreeText(value);
    if (verdict === "refuse") return this.refuse("unit-designation", path);
    if (verdict === "review") this.add("unit-designation-doubt", "explain", path);
    return value;
  }
  list(group: Json, key: string, path: string): readonly string[] | undefined {
    const value = group[key];
    if (value === undefined || value === null || value === "") return undefined;
    if (!Array.isArray(value) || value.length > 200) return this.refuse("wrong-type", path);
    for (const code of value) {
      if (typeof code !== "string" || code.length > 64) return this.refuse("wrong-type", path);
      if (code !== "" && this.text({ code }, "code", path, 64) === undefined) return undefined;
    }
    return value.length === 0 ? undefined : (value as string[]);
  }
  number(group: Json, key: string, path: string): number | undefined {
    const value = group[key];
    if (value === undefined || value === null || value === "") return undefined;
    return typeof value === "number" && Number.isFinite(value) ? value : this.refuse("wrong-type", path);
  }
  flag(group: Json, key: string, path: string): boolean | undefined {
    const value = group[key];
    if (value === undefined || value === null || value === "") return undefined;
    return typeof value === "boolean" ? value : this.refuse("wrong-type", path);
  }
  rows(group: Json, key: string, path: string, max: number): readonly Json[] {
    const value = group[key];
    if (value === undefined || value === null) return [];
    if (!Array.isArray(value)) {
      this.refuse("wrong-type", path);
      return [];
    }
    if (value.length > max) this.block("too-many-rows", path);
    return value.slice(0, max).map((row: unknown, i): Json => {
      if (typeof row === "object" && row !== null && !Array.isArray(row)) return row as Json;
      this.refuse("wrong-type", `${path}[${i}]`);
      return {};
    });
  }
  unknownKeys(group: Json, known: ReadonlySet<string>, prefix: string): void {
    for (const key of Object.keys(group)) if (!known.has(key)) this.block("unknown-item", `${prefix}.${key}`);
  }

  /** Identity numbers are kept with eighteen characters. */
  stored(value: string | undefined, path: string): string | undefined {
    if (value === undefined) return undefined;
    const result = checkCitizenId(value);
    if (!result.ok) return value;
    if (result.converted === true) this.add("id-converted", "note", path);
    return result.id;
  }
  isId(value: string, path: string): void {
    const result = checkCitizenId(value, this.today);
    if (!result.ok) this.block(`id-${result.reason}`, path);
  }
  isName(value: string, path: string): void {
    const fault = nameFault(value);
    if (fault !== undefined) this.add(`name-${fault}`, fault === "private-use" ? "explain" : "block", path);
  }
  isDate(value: string, path: string): void {
    if (!isDate(value)) this.block("not-a-date", path);
  }
  isPhone(value: string, path: string): void {
    if (!PHONE.test(value)) this.block("not-a-phone", path);
  }
  isArea(value: string, path: string): void {
    if (!AREA.test(value) || parseAreaCode(value) === undefined) this.block("not-an-area", path);
  }
  isMedia(value: string, path: string): void {
    if (!MEDIA.test(value)) this.block("wrong-type", path);
  }
  isCode(value: string, path: string, options: Options): void {
    if (!options.known.has(value)) this.block("not-an-option", path);
    else if (options.needing.has(value)) this.block("sub-option-missing", path);
    else if (options.withdrawn.has(value)) this.add("withdrawn-option", "note", path);
  }
  areCodes(value: readonly string[], path: string, options: Options): void {
    let alone = false;
    const before = this.issues.length;
    for (const code of value) {
      if (!options.known.has(code)) this.block("not-an-option", path);
      else if (options.withdrawn.has(code)) this.add("withdrawn-option", "note", path);
      if (options.exclusive.has(code)) alone = true;
      const parent = options.parents.get(code);
      if (parent !== undefined && !value.includes(parent)) this.block("parent-option-missing", path);
      else if (options.needing.has(code) && !value.some((sub) => options.parents.get(sub) === code)) this.block("sub-option-missing", path);
    }
    for (let i = this.issues.length - 1; i > before; i -= 1) if (this.issues.slice(before, i).some((issue) => issue.code === this.issues[i]?.code)) this.issues.splice(i, 1);
    if (value.length > 1) {
      if (new Set(value).size < value.length) this.block("repeated-option", path);
      if (alone) this.block("exclusive-option", path);
    }
  }
  isInteger(value: number, path: string, min: number, max: number): void {
    if (!Number.isSafeInteger(value)) this.block("not-an-integer", path);
    else if (value < min) this.block("below-minimum", path);
    else if (value > max) this.block("above-maximum", path);
  }
  isAmount(value: number, path: string, min: number, max: number, places: number, code: string): void {
    const scaled = value * 10 ** places;
    if (value < min) this.block("below-minimum", path);
    else if (value > max) this.block("above-maximum", path);
    else if (Math.abs(scaled - Math.round(scaled)) > 1e-4) this.block(code, path);
  }
}
