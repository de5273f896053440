// Walks of a scheme for its tests: every item with its path, every reference inside an expression.
import type { Expression, Item, Scheme } from "../../src/scheme/define.ts";

export type PlacedItem = { readonly path: string; readonly row: string | undefined; readonly item: Item };

/** All items; `row` is the path of the repeating section an item stands in. */
export function itemsOf(scheme: Scheme): readonly PlacedItem[] {
  return scheme.forms.flatMap((form) =>
    form.sections.flatMap((part) => {
      const row = part.repeats === undefined ? undefined : `${form.key}.${part.key}`;
      return part.items.map((item) => ({ path: `${row ?? form.key}.${item.key}`, row, item }));
    }),
  );
}

/** Every `ref` of an expression, and every section named by `count`, `any` or `all`. */
export function refsOf(expression: Expression): readonly string[] {
  const tree: readonly unknown[] = expression;
  const named = ["ref", "count", "any", "all"].includes(expression[0]) && typeof tree[1] === "string" ? [tree[1]] : [];
  const literal = expression[0] === "in" || expression[0] === "has" ? tree.slice(1, 2) : tree.slice(1);
  if (expression[0] === "list" || expression[0] === "const") return [];
  return [...named, ...literal.filter((part): part is Expression => Array.isArray(part)).flatMap((part) => refsOf(part))];
}

/** The expressions an item carries. */
export function expressionsOf(item: Item): readonly Expression[] {
  return [item.required, item.shownIf, item.forced, item.computed, item.default].filter(
    (each): each is Expression => each !== undefined && each !== true,
  );
}
