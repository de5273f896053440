// Which faults are shown where, in which order, and which comes next.
import type { Issue, Severity } from "../../../core/issue.ts";
import { placesOf } from "../../../scheme/layout.ts";
import type { Scheme } from "../../../scheme/model.ts";

const keyOf = (issue: Issue): string => `${issue.code}|${issue.paths.join(",")}`;

/** Faults only the server can see (a duplicate person …): those of its list that the check here did not find in the same answers. */
export function onlyTheirs(theirs: readonly Issue[], ours: readonly Issue[]): readonly Issue[] {
  const known = new Set(ours.map(keyOf));
  const codes = new Set(ours.map((issue) => issue.code));
  return theirs.filter((issue) => !known.has(keyOf(issue)) && !(issue.code === "required" && codes.has("required")));
}

const GENTLE: ReadonlySet<string> = new Set(["required", "sub-form-missing"]);

/** A fault of "not filled in yet" waits until the item was left once or submission was asked for; others show at once. */
export function isShown(issue: Issue, visited: ReadonlySet<string>, submitAsked: boolean): boolean {
  return submitAsked || !GENTLE.has(issue.code) || issue.paths.some((path) => visited.has(path));
}

/** Faults by item path; one that names several items stands at each of them. */
export function byPath(issues: readonly Issue[]): ReadonlyMap<string, readonly Issue[]> {
  const map = new Map<string, Issue[]>();
  for (const issue of issues) {
    for (const path of issue.paths) {
      const at = map.get(path);
      if (at) at.push(issue);
      else map.set(path, [issue]);
    }
  }
  return map;
}

const orders = new WeakMap<Scheme, ReadonlyMap<string, number>>();
const orderOf = (scheme: Scheme): ReadonlyMap<string, number> => {
  const known = orders.get(scheme);
  if (known) return known;
  const map = new Map<string, number>();
  scheme.forms.forEach((form, f) => {
    map.set(form.key, f * 1e6);
    form.sections.forEach((section, s) => map.set(`${form.key}.${section.key}`, f * 1e6 + s * 1e3));
  });
  placesOf(scheme).forEach((place) => {
    const form = scheme.forms.indexOf(place.form);
    const section = place.form.sections.indexOf(place.section);
    map.set(place.path, form * 1e6 + section * 1e3 + place.section.items.indexOf(place.item) + 1);
  });
  orders.set(scheme, map);
  return map;
};

const rowIn = (path: string): number => Number(/\[(\d+)\]/u.exec(path)?.[1] ?? 0);

/** Where a path stands: form, section, row, item. Unknown paths come last. */
export function rankOf(scheme: Scheme, path: string): number {
  const at = orderOf(scheme).get(path.replace(/\[\d+\]/gu, "[]"));
  return at === undefined ? Number.MAX_SAFE_INTEGER : Math.floor(at / 1000) * 1e6 + rowIn(path) * 1000 + (at % 1000);
}

const WEIGHT: Readonly<Record<Severity, number>> = { block: 0, explain: 1, note: 2 };

/** Faults for the summary: what stops submission first, then in the order of the form. */
export function sorted(scheme: Scheme, issues: readonly Issue[]): readonly Issue[] {
  const rank = (issue: Issue): number => Math.min(...issue.paths.map((path) => rankOf(scheme, path)), Number.MAX_SAFE_INTEGER);
  return issues.toSorted((a, b) => WEIGHT[a.severity] - WEIGHT[b.severity] || rank(a) - rank(b));
}

/** The path of the next fault after the item at hand, in form order, starting over at the end; undefined when there is none. */
export function nextFault(scheme: Scheme, issues: readonly Issue[], from: string | undefined): string | undefined {
  const paths = [...new Set(issues.filter((issue) => issue.severity !== "note").flatMap((issue) => issue.paths.slice(0, 1)))].toSorted((a, b) => rankOf(scheme, a) - rankOf(scheme, b));
  const here = from === undefined ? -1 : rankOf(scheme, from);
  return paths.find((path) => rankOf(scheme, path) > here) ?? paths[0];
}
