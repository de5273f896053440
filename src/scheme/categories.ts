// Legal combinations of categories: a set is legal when it is not empty and breaks no declared rule.
import type { Text } from "../core/issue.ts";
import type { CategoryRule, Scheme } from "./model.ts";

const breaks = (rule: CategoryRule, chosen: ReadonlySet<string>): boolean => {
  switch (rule.kind) {
    case "at-most-one":
      return rule.of.filter((key) => chosen.has(key)).length > 1;
    case "needs-one-of":
      return chosen.has(rule.category) && !rule.of.some((key) => chosen.has(key));
    case "excludes":
      return chosen.has(rule.category) && rule.of.some((key) => chosen.has(key));
  }
};

/** The rules that a choice of categories breaks, in the scheme's order. */
export function brokenRules(scheme: Scheme, chosen: readonly string[]): CategoryRule[] {
  const set = new Set(chosen);
  return scheme.categoryRules.filter((rule) => breaks(rule, set));
}

/** Every legal set of categories, in binary order of the scheme's list. Meant for at most 20 categories (throws beyond). */
export function legalSets(scheme: Scheme): string[][] {
  const keys = scheme.categories.map((category) => category.key);
  if (keys.length > 20) throw new RangeError(`legalSets: ${keys.length} categories are too many to enumerate`);
  const sets: string[][] = [];
  for (let mask = 1; mask < 2 ** keys.length; mask += 1) {
    const chosen = keys.filter((_, i) => Math.floor(mask / 2 ** i) % 2 === 1);
    if (brokenRules(scheme, chosen).length === 0) sets.push(chosen);
  }
  return sets;
}

const closingRule = (scheme: Scheme, chosen: readonly string[], candidate: string): CategoryRule | undefined => {
  const wider = [...chosen, candidate];
  return brokenRules(scheme, wider).find((rule) => rule.kind !== "needs-one-of" && !breaks(rule, new Set(chosen)));
};

/** Why a category cannot be ticked beside those chosen; undefined when it can (perhaps together with another one still to be ticked). */
export function closedReason(scheme: Scheme, chosen: readonly string[], candidate: string): Text | undefined {
  if (chosen.includes(candidate)) return undefined;
  const closing = closingRule(scheme, chosen, candidate);
  if (closing) return closing.message;
  const wider = [...chosen, candidate];
  const hopeless = brokenRules(scheme, wider).find(
    (rule) => rule.kind === "needs-one-of" && rule.category === candidate && rule.of.every((key) => closingRule(scheme, wider, key) !== undefined),
  );
  return hopeless?.message;
}
