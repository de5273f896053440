// Dirt of departments' lists: identity written wrongly in about 3 % of rows, in ways that leave the right person to be found.
import type { DepartmentKey, ListRow } from "./facts.ts";
import { fifteenDigits, oneDigitWrong, swapped } from "./ids.ts";
import { heardName, spacedName, traditionalName } from "./name-variants.ts";
import type { Person } from "./people.ts";
import { type Random, weightedTable } from "./random.ts";

export const DIRT = ["one-digit", "swapped", "fifteen-digits", "no-id", "heard-name", "traditional-name", "spaced-name"] as const;
export type Dirt = (typeof DIRT)[number];

/** Share of rows that are dirty. */
export const DIRT_SHARE = 0.03;
const KINDS = weightedTable<Dirt>([["one-digit", 22], ["swapped", 14], ["fifteen-digits", 14], ["no-id", 8], ["heard-name", 14], ["traditional-name", 14], ["spaced-name", 14]]);
/** Lists that say the birth date too: only there a row without a number can be linked. */
const WITH_BIRTH = new Set<DepartmentKey>(["public_security", "military_service"]);

/**
 * Which dirt a row gets. Where names are compared (public security) a misheard name would be a difference, so there it is planted as such.
 * `delicate` rows hold a difference, or are one of several that are put together: losing one would change what is found, so they get light dirt only.
 */
export function dirtFor(random: Random, department: DepartmentKey, person: Person, delicate: boolean): Dirt | undefined {
  if (!random.chance(DIRT_SHARE)) return undefined;
  const kind = random.weighted(KINDS);
  if (kind === "no-id" && (!WITH_BIRTH.has(department) || delicate)) return "spaced-name";
  if (kind === "heard-name" && department === "public_security") return "traditional-name";
  if (delicate && (kind === "one-digit" || kind === "swapped" || kind === "heard-name")) return "spaced-name";
  if (kind === "fifteen-digits" && person.birth >= "1970") return "spaced-name";
  return kind;
}

/** The row with that dirt on its number or its name. A name that has no such variant stays clean. */
export function dirty(random: Random, row: ListRow, kind: Dirt): ListRow {
  const { id_number: id = "", name = "" } = row;
  switch (kind) {
    case "one-digit":
      return { ...row, id_number: oneDigitWrong(random, id) };
    case "swapped":
      return { ...row, id_number: swapped(random, id) };
    case "fifteen-digits":
      return { ...row, id_number: fifteenDigits(id) };
    case "no-id":
      return { ...row, id_number: "" };
    case "heard-name":
      return { ...row, name: heardName(random, name) ?? name };
    case "traditional-name":
      return { ...row, name: traditionalName(name) ?? name };
    case "spaced-name":
      return { ...row, name: spacedName(name) };
  }
}
