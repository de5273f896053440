// Decisions of the review screen: which key does what, which record comes next, what still stops a return.

export type Command = "approve" | "return" | "hold" | "next" | "previous";
const KEYS: Readonly<Record<string, Command>> = { A: "approve", R: "return", H: "hold", J: "next", K: "previous" };

/** The command of a key combination on the review screen (see `comboOf`); undefined for all others. */
export function commandOf(combo: string): Command | undefined {
  return Object.hasOwn(KEYS, combo) ? KEYS[combo] : undefined;
}

export type DraftRemark = { readonly path: string; readonly body: string };

/** Pins an empty remark to the item unless there is one. */
export function pinned(drafts: readonly DraftRemark[], path: string): readonly DraftRemark[] {
  return drafts.some((draft) => draft.path === path) ? drafts : [...drafts, { path, body: "" }];
}

export function reworded(drafts: readonly DraftRemark[], path: string, body: string): readonly DraftRemark[] {
  return drafts.map((draft) => (draft.path === path ? { path, body } : draft));
}

/** Why the record cannot be returned yet. */
export function returnFault(drafts: readonly DraftRemark[]): "needRemark" | "emptyRemark" | undefined {
  if (drafts.length === 0) return "needRemark";
  return drafts.some((draft) => draft.body.trim() === "") ? "emptyRemark" : undefined;
}

type Row = { readonly county: number; readonly id: string };
export const addressOfRow = (row: Row): string => `${row.county}-${row.id}`;

/** Reads `350524-<uuid>` of the address. */
export function rowOfAddress(text: string | undefined): Row | undefined {
  const found = /^(\d{6})-([0-9a-f-]{36})$/u.exec(text ?? "");
  return found ? { county: Number(found[1]), id: found[2] ?? "" } : undefined;
}

/** The neighbour of a record in the queue (`by` 1 or -1), staying at the ends; the first when it is not in the queue. */
export function neighbour<R extends Row>(queue: readonly R[], id: string, by: 1 | -1): R | undefined {
  const at = queue.findIndex((row) => row.id === id);
  if (at < 0) return queue[0];
  return queue[Math.min(queue.length - 1, Math.max(0, at + by))];
}

/** The record to open once this one is decided: the next one, else the one before; undefined when the queue is then empty. */
export function afterDecision<R extends Row>(queue: readonly R[], id: string): R | undefined {
  const at = queue.findIndex((row) => row.id === id);
  return queue[at + 1] ?? queue.filter((row) => row.id !== id).at(-1);
}
