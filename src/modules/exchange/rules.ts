// Who may send and read which file, and what can be done with an import in which state.
import type { importKinds, importStates } from "./contract.ts";

export type ImportKind = (typeof importKinds)[number];
export type ImportState = (typeof importStates)[number];
type Person = { readonly roles: readonly string[]; readonly department: string | null };

/** Base lists are sent by the county's lead; a department's list only by that department's own contact. */
export function maySend(person: Person, kind: ImportKind, department: string | null): boolean {
  if (kind === "base-list") return person.roles.includes("county-lead");
  return person.roles.includes("contact") && department !== null && person.department === department;
}

/** Contacts see what their own department sent; the county's lead and reviewers see everything of their area. */
export function mayRead(person: Person, department: string | null): boolean {
  const ofCounty = person.roles.some((role) => role === "county-lead" || role === "county-reviewer" || role === "system");
  return ofCounty || (department !== null && person.department === department);
}

const moves = {
  map: ["uploaded", "mapped"],
  run: ["uploaded", "mapped", "failed"],
  resume: ["running", "failed"],
} as const satisfies Readonly<Record<string, readonly ImportState[]>>;

/** A failed or cancelled import may be run again: it goes on behind the last row it committed. */
export const mayMove = (move: keyof typeof moves, state: string): boolean => (moves[move] as readonly string[]).includes(state);
