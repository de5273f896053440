// What the list of the area picker offers: the way up, the area at the top itself, and the areas of the level or the search.
export const UP = "up";
type Node = { readonly code: number; readonly level: number; readonly name: string; readonly fullName: string; readonly hasChildren: boolean; readonly hi: number };
export type AreaChoice = { readonly kind: "up"; readonly key: string } | { readonly kind: "area"; readonly key: string; readonly node: Node };

/** `at` is the way down from the top (empty at the top); `top` is offered as a choice of its own. Doubles are left out. */
export function areaChoices(given: { readonly rows: readonly Node[]; readonly searching: boolean; readonly at: readonly Node[]; readonly top?: Node | undefined }): readonly AreaChoice[] {
  const up: AreaChoice[] = given.searching || given.at.length === 0 ? [] : [{ kind: "up", key: UP }];
  const seen = new Set<number>();
  const nodes = [...(given.top ? [given.top] : []), ...given.rows].filter((node) => !seen.has(node.code) && seen.add(node.code));
  return [...up, ...nodes.map((node): AreaChoice => ({ kind: "area", key: String(node.code), node }))];
}
