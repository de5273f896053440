// Facts about answers that must hold together (this item is missing, that one is among these options, one date before another), and
// whether they can: the consistency half of satisfiable.ts.
import type { Text } from "../core/issue.ts";

/** `a`, `b` and `term` name operands: the same name is the same operand. `words` says what the operand is called. */
export type Fact =
  | { readonly kind: "missing" | "answered"; readonly term: string }
  | { readonly kind: "among"; readonly term: string; readonly codes: ReadonlySet<string>; readonly not: boolean }
  | { readonly kind: "has"; readonly term: string; readonly codes: readonly string[]; readonly not: boolean }
  /** a < b (`strict`) or a ≤ b. */
  | { readonly kind: "order"; readonly a: string; readonly b: string; readonly strict: boolean }
  | { readonly kind: "differs"; readonly a: string; readonly b: string };

export type Domains = ReadonlyMap<string, ReadonlySet<string>>;

/** Constants are nodes of the order among themselves: `#` before numbers, `@` before dates and months. */
export const constantNode = (value: string | number): string => (typeof value === "number" ? `#${value}` : `@${value}`);
const valueOf = (node: string): number | string | undefined => (node.startsWith("#") ? Number(node.slice(1)) : node.startsWith("@") ? node.slice(1) : undefined);

type Why = (term: string) => Text;

const clash: { readonly [kind: string]: (what: Text) => Text } = {
  missing: (what) => ({ zh: `${what.zh}不能既未填写又有内容`, en: `${what.en} cannot be missing and given at once` }),
  among: (what) => ({ zh: `${what.zh}没有能满足全部条件的选项`, en: `${what.en} has no option that meets all the conditions` }),
  order: (what) => ({ zh: `${what.zh}没有能满足全部条件的值`, en: `${what.en} has no value that meets all the conditions` }),
};

const namesOf = (fact: Fact): string[] => ("term" in fact ? [fact.term] : [fact.a, fact.b]);

const optionsClash = (facts: readonly Fact[], domains: Domains, why: Why): Text | undefined => {
  const left = new Map<string, Set<string>>();
  const excluded = new Map<string, Set<string>>();
  for (const fact of facts) {
    if (fact.kind !== "among") continue;
    const known = left.get(fact.term) ?? (domains.has(fact.term) ? new Set(domains.get(fact.term)) : undefined);
    if (!fact.not) left.set(fact.term, new Set([...fact.codes].filter((code) => known === undefined || known.has(code))));
    else {
      if (known !== undefined) left.set(fact.term, known);
      excluded.set(fact.term, new Set([...(excluded.get(fact.term) ?? []), ...fact.codes]));
    }
  }
  for (const [term, codes] of left) if ([...codes].every((code) => excluded.get(term)?.has(code))) return clash["among"]?.(why(term));
  const none = new Map<string, Set<string>>();
  for (const fact of facts) if (fact.kind === "has" && fact.not) none.set(fact.term, new Set([...(none.get(fact.term) ?? []), ...fact.codes]));
  for (const fact of facts) if (fact.kind === "has" && !fact.not && fact.codes.every((code) => none.get(fact.term)?.has(code))) return clash["among"]?.(why(fact.term));
  return undefined;
};

type Edge = { readonly to: string; readonly strict: boolean };

const orderGraph = (facts: readonly Fact[]): Map<string, Edge[]> => {
  const edges = new Map<string, Edge[]>();
  const add = (a: string, b: string, strict: boolean): void => void edges.set(a, [...(edges.get(a) ?? []), { to: b, strict }]);
  const constants = new Set<string>();
  const anniversaries = new Map<string, Set<number>>();
  for (const fact of facts) {
    if (fact.kind !== "order" && fact.kind !== "differs") continue;
    if (fact.kind === "order") add(fact.a, fact.b, fact.strict);
    for (const node of [fact.a, fact.b]) {
      if (valueOf(node) !== undefined) constants.add(node);
      const later = /^(.*) \+(-?\d+)y$/su.exec(node);
      if (later) anniversaries.set(later[1] ?? "", (anniversaries.get(later[1] ?? "") ?? new Set([0])).add(Number(later[2])));
    }
  }
  for (const kind of ["#", "@"]) {
    const sorted = [...constants].filter((node) => node.startsWith(kind)).sort((a, b) => ((valueOf(a) ?? 0) < (valueOf(b) ?? 0) ? -1 : 1));
    sorted.slice(1).forEach((node, i) => add(sorted[i] ?? "", node, true));
  }
  for (const [base, years] of anniversaries) {
    const sorted = [...years].sort((a, b) => a - b).map((n) => (n === 0 ? base : `${base} +${n}y`));
    sorted.slice(1).forEach((node, i) => add(sorted[i] ?? "", node, true));
  }
  return edges;
};

const reaches = (edges: ReadonlyMap<string, readonly Edge[]>, from: string, to: string): boolean => {
  const seen = new Set([from]);
  const open = [from];
  while (open.length > 0) {
    const node = open.pop() ?? "";
    if (node === to) return true;
    for (const edge of edges.get(node) ?? []) {
      if (seen.has(edge.to)) continue;
      seen.add(edge.to);
      open.push(edge.to);
    }
  }
  return false;
};

const orderClash = (facts: readonly Fact[], why: Why): Text | undefined => {
  const edges = orderGraph(facts);
  /** The circle is told by an operand on it, not by a constant. */
  const named = (a: string, b: string): Text | undefined => {
    const onCircle = [b, a, ...edges.keys()].find((node) => valueOf(node) === undefined && reaches(edges, b, node) && reaches(edges, node, a));
    return clash["order"]?.(why(onCircle ?? a));
  };
  for (const [from, outgoing] of edges) for (const edge of outgoing) if (edge.strict && reaches(edges, edge.to, from)) return named(from, edge.to);
  for (const fact of facts) if (fact.kind === "differs" && reaches(edges, fact.a, fact.b) && reaches(edges, fact.b, fact.a)) return named(fact.a, fact.b);
  return undefined;
};

/** Why the facts cannot hold together; undefined when nothing speaks against it. `domains`: all options of an operand that has options. */
export function contradiction(facts: readonly Fact[], domains: Domains, why: Why): Text | undefined {
  const missing = new Set(facts.flatMap((fact) => (fact.kind === "missing" ? [fact.term] : [])));
  if (missing.size > 0) {
    for (const fact of facts) {
      const term = fact.kind === "missing" ? undefined : namesOf(fact).find((name) => missing.has(name));
      if (term !== undefined) return clash["missing"]?.(why(term));
    }
  }
  return optionsClash(facts, domains, why) ?? orderClash(facts, why);
}
