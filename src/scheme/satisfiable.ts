// Whether a condition can ever be true: its parts are taken for facts about one record, branch by branch, until one branch is free of
// contradiction. Nothing is said of conditions that are too tangled to follow; what is said to be impossible is impossible.
import type { Text } from "../core/issue.ts";
import { longest } from "./check-structure.ts";
import { evaluate } from "./evaluate.ts";
import { itemOf, repeatingSection, valueKind } from "./expression-kinds.ts";
import type { Expression } from "./expression.ts";
import { constantNode, contradiction, type Fact } from "./facts.ts";
import { indexOf } from "./layout.ts";
import type { Form, Item, Scheme, Section } from "./model.ts";

/** Where a condition stands: the repeating section whose row `.key` means, with its form. */
export type Standing = { readonly scheme: Scheme; readonly section?: Section };
type Row = Standing & { readonly row: number };
type Goal = { readonly e: Expression; readonly wanted: boolean; readonly at: Row };
type Comparison = "=" | "!=" | "<" | "<=" | ">" | ">=";
type Range = { readonly min: number; readonly max: number; readonly whole: boolean };

const MAX_STEPS = 20_000;
const NEGATED: Readonly<Record<Comparison, Comparison>> = { "=": "!=", "!=": "=", "<": ">=", "<=": ">", ">": "<=", ">=": "<" };
const KNOWN_ALWAYS: ReadonlySet<string> = new Set(["const", "list", "today", "reference-date", "count", "sum", "repeated", "is-missing", "is-answered"]);
const MONEY_LIMIT = 100_000_000_000;
const ANY: Range = { min: -Infinity, max: Infinity, whole: false };

/** References that must be answered for the expression to be known at all. */
const needed = (e: Expression): readonly (Expression & readonly ["ref", string])[] => {
  switch (e[0]) {
    case "ref":
      return [e];
    case "+": case "-": case "*": case "/": case "years": case "months": case "days":
    case "=": case "!=": case "<": case "<=": case ">": case ">=":
      return [...needed(e[1]), ...needed(e[2])];
    case "add-years": case "slice": case "length": case "id-birth": case "id-sex": case "id-valid": case "in": case "has": case "matches":
      return needed(e[1]);
    default:
      return [];
  }
};

const isFixed = (e: unknown): boolean => !Array.isArray(e) || (!["ref", "today", "reference-date", "count", "any", "all", "sum", "repeated"].includes(String(e[0])) && (e[0] === "const" || e[0] === "list" || e.slice(1).every(isFixed)));

class Search {
  readonly scheme: Scheme;
  steps = 0;
  rows = 0;
  reason: Text | undefined;
  readonly domains = new Map<string, ReadonlySet<string>>();
  readonly names = new Map<string, Text>();
  constructor(scheme: Scheme) {
    this.scheme = scheme;
  }

  /** The name of an operand; its options and what people call it are noted on the way. */
  term(e: Expression, at: Row): string {
    if (e[0] === "const" && typeof e[1] !== "boolean") return constantNode(e[1]);
    if (e[0] === "add-years") return e[2] === 0 ? this.term(e[1], at) : `${this.term(e[1], at)} +${e[2]}y`;
    const name = `${JSON.stringify(e).includes('["ref",".') ? `${at.row}:` : ""}${JSON.stringify(e)}`;
    if (this.names.has(name)) return name;
    const [first] = needed(e);
    const item = first === undefined ? undefined : itemOf(first, at);
    this.names.set(name, item === undefined ? { zh: "该项", en: "it" } : { zh: `“${item.label.zh}”`, en: `“${item.label.en}”` });
    const own = itemOf(e, at);
    const options = own?.kind === "code" ? indexOf(this.scheme).options.get(own.codeSet ?? "") : undefined;
    if (options !== undefined) this.domains.set(name, new Set(options.keys()));
    if (own?.kind === "yes-no") this.domains.set(name, new Set(["true", "false"]));
    return name;
  }

  called(name: string): Text {
    return this.names.get(name.replace(/( \+-?\d+y)+$/u, "")) ?? { zh: "条件", en: "the condition" };
  }

  /** True when the goals can all be met beside the facts; true as well when it takes too long to know. */
  possible(goals: readonly Goal[], facts: readonly Fact[], shown: ReadonlySet<string>): boolean {
    this.steps += 1;
    if (this.steps > MAX_STEPS) return true;
    const [goal, ...rest] = goals;
    if (goal === undefined) return true;
    const { e, wanted, at } = goal;
    const go = (...more: Goal[]): boolean => this.possible([...more, ...rest], facts, shown);
    const same = (part: Expression, truth = wanted): Goal => ({ e: part, wanted: truth, at });
    switch (e[0]) {
      case "const":
        return e[1] === wanted ? go() : this.never({ zh: "条件恒不成立", en: "the condition is never true" });
      case "not":
        return go(same(e[1], !wanted));
      case "and":
      case "or": {
        const parts = e.slice(1).map((part) => same(part as Expression));
        if ((e[0] === "and") === wanted) return go(...parts);
        return parts.some((part) => go(part));
      }
      case "if":
        return go(same(e[1], true), same(e[2])) || go(same(e[3]));
      case "any":
      case "all": {
        if ((e[0] === "any") !== wanted) return go();
        const section = repeatingSection(this.scheme, e[1]);
        this.rows += 1;
        return this.note([], [...this.opening(e[1].split(".")[0] ?? "", section, at), { e: e[2], wanted, at: { scheme: this.scheme, section, row: this.rows } }, ...rest], facts, shown);
      }
      default:
        return this.atom(goal, rest, facts, shown);
    }
  }

  never(reason: Text | undefined): false {
    this.reason = reason ?? this.reason;
    return false;
  }

  note(added: readonly Fact[], goals: readonly Goal[], facts: readonly Fact[], shown: ReadonlySet<string>): boolean {
    const all = [...facts, ...added];
    const clash = added.length === 0 ? undefined : contradiction(all, this.domains, (name) => this.called(name));
    return clash === undefined ? this.possible(goals, all, shown) : this.never(clash);
  }

  /** What must be true for a form and section to be shown. */
  opening(formKey: string, section: Section | undefined, at: Row): Goal[] {
    const form: Form | undefined = indexOf(this.scheme).forms.get(formKey);
    const category: Expression[] = form?.category === undefined || this.scheme.categoryItem === undefined ? [] : [["has", ["ref", this.scheme.categoryItem], [form.category]]];
    return [...category, ...(section?.shownIf === undefined ? [] : [section.shownIf])].map((e) => ({ e, wanted: true, at }));
  }

  /** An answered item is a shown item: its conditions are goals too, once. */
  showing(refs: readonly (Expression & readonly ["ref", string])[], at: Row, shown: ReadonlySet<string>): { readonly goals: Goal[]; readonly shown: ReadonlySet<string>; readonly facts: Fact[] } {
    const goals: Goal[] = [];
    const facts: Fact[] = [];
    const seen = new Set(shown);
    for (const ref of refs) {
      const name = this.term(ref, at);
      facts.push({ kind: "answered", term: name });
      if (seen.has(name)) continue;
      seen.add(name);
      const place = ref[1].startsWith(".") ? undefined : indexOf(this.scheme).byPath.get(ref[1]);
      const item: Item | undefined = itemOf(ref, at);
      if (item?.shownIf !== undefined) goals.push({ e: item.shownIf, wanted: true, at });
      if (place !== undefined) goals.push(...this.opening(place.form.key, place.section, at));
    }
    return { goals, shown: seen, facts };
  }

  atom({ e, wanted, at }: Goal, rest: readonly Goal[], facts: readonly Fact[], shown: ReadonlySet<string>): boolean {
    if (isFixed(e)) {
      const truth = evaluate(e, {}, { today: "2000-01-01", referenceDate: "2000-01-01" });
      return truth === wanted ? this.possible(rest, facts, shown) : this.never({ zh: "两个固定的值之间的条件恒不成立", en: "a condition between fixed values is never true" });
    }
    if (e[0] === "is-missing" || e[0] === "is-answered") {
      const missing = (e[0] === "is-missing") === wanted;
      if (missing) return KNOWN_ALWAYS.has(e[1][0]) ? this.never({ zh: "该项总有值，不会未填写", en: "it always has a value" }) : this.note([{ kind: "missing", term: this.term(e[1], at) }], rest, facts, shown);
      const open = this.showing(needed(e[1]), at, shown);
      return this.note([...open.facts, { kind: "answered", term: this.term(e[1], at) }], [...open.goals, ...rest], facts, open.shown);
    }
    const open = this.showing(needed(e), at, shown);
    return this.note([...open.facts, ...this.factsOf(e, wanted, at)], [...open.goals, ...rest], facts, open.shown);
  }

  factsOf(e: Expression, wanted: boolean, at: Row): Fact[] {
    switch (e[0]) {
      case "=": case "!=": case "<": case "<=": case ">": case ">=":
        return this.comparison(wanted ? e[0] : NEGATED[e[0]], e[1], e[2], at);
      case "in":
        return [{ kind: "among", term: this.term(e[1], at), codes: new Set(fitting(e[1], e[2])), not: !wanted }];
      case "has":
        return [{ kind: "has", term: this.term(e[1], at), codes: e[2], not: !wanted }];
      case "ref":
        return [{ kind: "among", term: this.term(e, at), codes: new Set([String(wanted)]), not: false }];
      case "matches": {
        const term = this.term(e[1], at);
        const pattern = new RegExp(e[2], "u");
        const domain = this.domains.get(term);
        return domain === undefined ? [] : [{ kind: "among", term, codes: new Set([...domain].filter((code) => pattern.test(code) === wanted)), not: false }];
      }
      default:
        return [];
    }
  }

  comparison(operator: Comparison, left: Expression, right: Expression, at: Row): Fact[] {
    const constant = right[0] === "const" ? right[1] : left[0] === "const" ? left[1] : undefined;
    const other = right[0] === "const" ? left : right;
    const kinds = [valueKind(left, at), valueKind(right, at)];
    const ordered = kinds.every((kind) => kind === "number") || kinds.every((kind) => kind === "date") || kinds.every((kind) => kind === "month");
    if (constant !== undefined && !ordered) return [{ kind: "among", term: this.term(other, at), codes: new Set(typeof constant === "string" ? fitting(other, [constant]) : [String(constant)]), not: operator === "!=" }];
    const [a, b] = [this.term(left, at), this.term(right, at)];
    const limits = [...this.limits(left, a, at), ...this.limits(right, b, at)];
    if (operator === "!=") return [...limits, { kind: "differs", a, b }];
    if (operator === "=") return [...limits, ...this.order(left, right, false, at), ...this.order(right, left, false, at)];
    const up = operator === "<" || operator === "<=";
    return [...limits, ...this.order(up ? left : right, up ? right : left, operator === "<" || operator === ">", at)];
  }

  /** low < high or low ≤ high; a whole number beside a constant is held to the next whole number. */
  order(low: Expression, high: Expression, strict: boolean, at: Row): Fact[] {
    const [a, b] = [this.term(low, at), this.term(high, at)];
    if (high[0] === "const" && typeof high[1] === "number" && this.range(low, at).whole) return [{ kind: "order", a, b: constantNode(strict ? Math.ceil(high[1]) - 1 : Math.floor(high[1])), strict: false }];
    if (low[0] === "const" && typeof low[1] === "number" && this.range(high, at).whole) return [{ kind: "order", a: constantNode(strict ? Math.floor(low[1]) + 1 : Math.ceil(low[1])), b, strict: false }];
    return [{ kind: "order", a, b, strict }];
  }

  limits(e: Expression, term: string, at: Row): Fact[] {
    if (e[0] === "const" || valueKind(e, at) !== "number") return [];
    const { min, max } = this.range(e, at);
    return [
      ...(Number.isFinite(min) ? [{ kind: "order", a: constantNode(min), b: term, strict: false } as const] : []),
      ...(Number.isFinite(max) ? [{ kind: "order", a: term, b: constantNode(max), strict: false } as const] : []),
    ];
  }

  /** Between which numbers an expression lies, by the limits of its items. */
  range(e: Expression, at: Row): Range {
    switch (e[0]) {
      case "const":
        return typeof e[1] === "number" ? { min: e[1], max: e[1], whole: Number.isInteger(e[1]) } : ANY;
      case "ref": {
        const item = itemOf(e, at);
        if (item?.kind === "integer") return { min: Math.ceil(item.min ?? -Infinity), max: Math.floor(item.max ?? Infinity), whole: true };
        if (item?.kind === "money") return { min: item.min ?? 0, max: item.max ?? MONEY_LIMIT, whole: false };
        return item?.kind === "decimal" ? { min: item.min ?? -Infinity, max: item.max ?? Infinity, whole: false } : ANY;
      }
      case "count":
        return { min: 0, max: repeatingSection(this.scheme, e[1])?.repeats?.max ?? Infinity, whole: true };
      case "length": {
        const item = itemOf(e[1], at);
        return { min: 1, max: item?.kind === "text" || item?.kind === "address" ? longest(item) : Infinity, whole: true };
      }
      case "years": case "months": case "days":
        return { ...ANY, whole: true };
      case "if": {
        const [yes, no] = [this.range(e[2], at), this.range(e[3], at)];
        return { min: Math.min(yes.min, no.min), max: Math.max(yes.max, no.max), whole: yes.whole && no.whole };
      }
      case "sum": {
        const section = repeatingSection(this.scheme, e[1]);
        const [each, most] = [this.range(e[2], { ...at, section }), section?.repeats?.max ?? Infinity];
        return { min: each.min >= 0 ? 0 : -Infinity, max: each.max <= 0 ? 0 : each.max * most, whole: each.whole };
      }
      case "+": case "-": {
        const [a, b] = [this.range(e[1], at), this.range(e[2], at)];
        return e[0] === "+" ? { min: a.min + b.min, max: a.max + b.max, whole: a.whole && b.whole } : { min: a.min - b.max, max: a.max - b.min, whole: a.whole && b.whole };
      }
      default:
        return ANY;
    }
  }
}

/** Of constants compared with a part of a text, those that are no longer than the part. */
const fitting = (e: Expression, codes: readonly string[]): readonly string[] => (e[0] === "slice" ? codes.filter((code) => [...code].length <= e[3] - Math.max(1, e[2]) + 1) : codes);

/**
 * The reason why a condition can never be true of a record, or undefined. Known are: the options and limits of items, that an answered item is
 * shown (its own condition, its section's and its form's category), contradictions on one operand, and the order of numbers and dates through any chain.
 * `beside`: conditions that hold wherever this one is asked (the item's own `shownIf` for its `required`). The expression must be free of other faults.
 */
export function neverHolds(e: Expression, standing: Standing, beside: readonly (Expression | undefined)[] = []): Text | undefined {
  const search = new Search(standing.scheme);
  const at: Row = { ...standing, row: 0 };
  const goals = [...beside, e].flatMap((each) => (each === undefined ? [] : [{ e: each, wanted: true, at }]));
  return search.possible(goals, [], new Set()) ? undefined : (search.reason ?? { zh: "条件之间互相矛盾", en: "its parts contradict each other" });
}
