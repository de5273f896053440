// The sense of the expressions of a definition whose parts all exist: each operator gets what it can work with, held and default values are
// values of their item, and every condition can be true of some record.
import { codeInForce } from "./carry.ts";
import { longest } from "./check-structure.ts";
import { valueCheck } from "./check-values.ts";
import type { Say } from "./definition-shape.ts";
import { conditionFault, itemOf, kindFault, kindInWords, repeatingSection, valueKind, type ValueKind } from "./expression-kinds.ts";
import type { Expression } from "./expression.ts";
import { indexOf } from "./layout.ts";
import type { Item, Scheme, Section, Value } from "./model.ts";
import { neverHolds } from "./satisfiable.ts";

/** An expression where it stands. `item`: it gives the item's value; else it is a condition, asked only where all of `beside` hold. */
type Site = { readonly path: string; readonly e: Expression; readonly section?: Section; readonly item?: Item; readonly beside: readonly (Expression | undefined)[] };

const itemSites = (item: Item, path: string, section: Section, shown: readonly (Expression | undefined)[]): Site[] => {
  const row = section.repeats ? section : undefined;
  const sites: Site[] = [];
  if (item.shownIf !== undefined) sites.push({ path: `${path}.shownIf`, e: item.shownIf, section: row, beside: shown });
  const beside = [...shown, item.shownIf];
  if (typeof item.required === "object") sites.push({ path: `${path}.required`, e: item.required, section: row, beside });
  for (const rule of item.closed ?? []) sites.push({ path: `${path}.closed`, e: rule.when, section: row, beside });
  for (const part of ["forced", "computed", "default"] as const) {
    const e = item[part];
    if (e !== undefined) sites.push({ path: `${path}.${part}`, e, section: row, item, beside });
  }
  return sites;
};

/** Every expression of a definition. */
const sitesOf = (scheme: Scheme): Site[] => {
  const sites: Site[] = [];
  for (const form of scheme.forms) {
    const open: Expression | undefined = form.category === undefined || scheme.categoryItem === undefined ? undefined : ["has", ["ref", scheme.categoryItem], [form.category]];
    for (const section of form.sections) {
      const at = `forms.${form.key}.sections.${section.key}`;
      if (section.shownIf !== undefined) sites.push({ path: `${at}.shownIf`, e: section.shownIf, beside: [open] });
      for (const item of section.items) sites.push(...itemSites(item, `${at}.items.${item.key}`, section, [open, section.shownIf]));
    }
  }
  const condition = (path: string, e: Expression | undefined): void => {
    if (e !== undefined) sites.push({ path, e, beside: [] });
  };
  for (const check of scheme.checks) condition(`checks.${check.key}.when`, check.when);
  for (const rule of scheme.acrossRecords ?? []) if (rule.kind === "at-most-one") condition(`acrossRecords.${rule.key}.when`, rule.when);
  for (const department of scheme.departments) {
    const at = `departments.${department.key}`;
    for (const field of department.fields) {
      for (const { when } of field.findingWhen ?? []) condition(`${at}.fields.${field.key}.findingWhen`, when);
      condition(`${at}.fields.${field.key}.comparedIf`, field.comparedIf);
    }
    department.absences.forEach((absence, i) => condition(`${at}.absences.${i}.expectedIf`, absence.expectedIf));
  }
  return sites;
};

const OVER_ROWS: ReadonlySet<string> = new Set(["any", "all", "sum", "repeated"]);

const kindFaults = (scheme: Scheme, site: Site, say: Say): void => {
  const walk = (e: Expression, section: Section | undefined): void => {
    const inner = OVER_ROWS.has(e[0]) ? repeatingSection(scheme, String(e[1])) : section;
    const fault = kindFault(e, { scheme, section }, { scheme, section: inner });
    if (fault !== undefined) say(site.path, fault.zh, fault.en);
    if (e[0] === "const" || e[0] === "list") return;
    for (const part of e.slice(1)) if (Array.isArray(part) && !isCodes(e, part)) walk(part as unknown as Expression, inner);
  };
  walk(site.e, site.section);
  const fault = site.item === undefined ? conditionFault(site.e, { scheme, section: site.section }) : undefined;
  if (fault !== undefined) say(site.path, fault.zh, fault.en);
};

const isCodes = (e: Expression, part: unknown): boolean => (e[0] === "in" || e[0] === "has") && part === e[2];

/** What an expression may give, `if` followed into its branches. */
const results = (e: Expression): Expression[] => (e[0] === "if" ? [...results(e[2]), ...results(e[3])] : [e]);

const KINDS: { readonly [kind in Item["kind"]]?: ValueKind } = { integer: "number", decimal: "number", money: "number", "yes-no": "flag", date: "date", month: "month", code: "code", codes: "codes", photo: "media", document: "media", signature: "media", computed: "unknown" };
const stringlike = (kind: ValueKind): boolean => kind === "text" || kind === "code";

const constantFault = (scheme: Scheme, item: Item, value: Value): { readonly zh: string; readonly en: string } | undefined => {
  const options = indexOf(scheme).options.get(item.codeSet ?? "");
  if (item.kind === "computed") return typeof value === "string" && options !== undefined && !options.has(value) ? { zh: `没有选项“${value}”`, en: `has no option “${value}”` } : undefined;
  const wanted = KINDS[item.kind] ?? "text";
  const given: ValueKind = typeof value === "number" ? "number" : typeof value === "boolean" ? "flag" : typeof value === "object" ? "codes" : "text";
  const written = wanted === "date" || wanted === "month" || wanted === "code" ? "text" : wanted;
  if (given !== written) return { zh: `应为${kindInWords(wanted).zh}，不是${kindInWords(given).zh}`, en: `must be ${kindInWords(wanted).en}, not ${kindInWords(given).en}` };
  if (typeof value === "string" && [...value].length > longest(item)) return { zh: "超过最大长度", en: "is longer than the item takes" };
  const found = valueCheck(scheme, item)?.(value, item.key, { today: "9999-12-31" })[0];
  if (found === undefined) return undefined;
  const shown = typeof value === "object" ? value.join("、") : String(value);
  return { zh: `“${shown.slice(0, 60)}”不是可填的值：${found.message.zh}`, en: `“${shown.slice(0, 60)}” is no value of the item: ${found.message.en}` };
};

const valueFaults = (scheme: Scheme, site: Site, item: Item, say: Say): void => {
  const wanted = KINDS[item.kind] ?? "text";
  for (const e of results(site.e)) {
    if (e[0] === "const" || e[0] === "list") {
      // An empty text stands for no value at all, as it does for `evaluate`.
      const fault = e[1] === "" ? undefined : constantFault(scheme, item, e[1]);
      if (fault !== undefined) say(site.path, fault.zh, fault.en);
      continue;
    }
    const kind = valueKind(e, { scheme, section: site.section });
    if (kind !== "unknown" && wanted !== "unknown" && kind !== wanted && !(stringlike(kind) && stringlike(wanted))) {
      say(site.path, `应给出${kindInWords(wanted).zh}，却给出${kindInWords(kind).zh}`, `must give ${kindInWords(wanted).en}, and gives ${kindInWords(kind).en}`);
    }
    const source = itemOf(e, { scheme, section: site.section });
    if (source !== undefined && (source.kind === "code" || source.kind === "codes") && item.kind === source.kind && source.codeSet !== item.codeSet) {
      const options = indexOf(scheme).options.get(item.codeSet ?? "");
      const foreign = indexOf(scheme).codeSets.get(source.codeSet ?? "")?.options.find((option) => option.replacedBy === undefined && !options?.has(option.code));
      if (foreign !== undefined) say(site.path, `会给出没有的选项“${foreign.code}”`, `may give an option the item does not have: “${foreign.code}”`);
    }
  }
};

/** Faults of kinds and constants. The references, operators and operands of the definition must be in order. */
export function senseFaults(scheme: Scheme, say: Say): void {
  for (const site of sitesOf(scheme)) {
    kindFaults(scheme, site, say);
    if (site.item !== undefined) valueFaults(scheme, site, site.item, say);
  }
  for (const set of scheme.codeSets) {
    const options = new Map(set.options.map((option) => [option.code, option]));
    for (const option of set.options) {
      if (option.replacedBy !== undefined && codeInForce(options, option.code) === undefined) say(`codeSets.${set.key}.options.${option.code}.replacedBy`, "替代关系成了一个圈", "goes round in a circle");
    }
  }
}

/** Conditions that can never be true. The definition must have no other fault of sense. */
export function neverFaults(scheme: Scheme, say: Say): void {
  for (const { path, e, section, item, beside } of sitesOf(scheme)) {
    for (const condition of item === undefined ? [e] : conditionsOf(e)) {
      const reason = neverHolds(condition, { scheme, section }, beside);
      if (reason !== undefined) say(path, `这个条件永远不会成立：${reason.zh}`, `can never hold: ${reason.en}`);
    }
  }
}

/** Conditions on which the value of an item turns. */
const conditionsOf = (e: Expression): Expression[] => (e[0] === "if" ? [e[1], ...conditionsOf(e[2]), ...conditionsOf(e[3])] : []);
