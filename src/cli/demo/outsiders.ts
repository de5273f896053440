// People on departments' lists who are in no register of ours: they must not be linked to anyone, and some of them ought to have been captured.
import { shortVillage } from "./answers-general.ts";
import { dayIn } from "./dates.ts";
import type { Geography } from "./geography.ts";
import type { Sex } from "./given-names.ts";
import type { IdMaker } from "./ids.ts";
import { fullName, homeTable, type Person } from "./people.ts";
import { randomOf } from "./random.ts";

export type Outsider = {
  readonly key: string;
  readonly name: string;
  readonly sex: Sex;
  readonly birth: string;
  readonly idNumber: string;
  readonly region: string;
  readonly address: string;
};

/** Who an outsider is, by the list they stand on. */
export type OutsiderGroup = "resident" | "served" | "soldier" | "insured" | "assisted" | "owner";

/** Outsiders of a group; none has the name and birth date of a subject or a number that was given out. */
export function makeOutsiders(seed: number, group: OutsiderGroup, count: number, geography: Geography, people: readonly Person[], ids: IdMaker): readonly Outsider[] {
  const taken = new Set(people.map((person) => `${person.name}|${person.birth}`));
  const homes = homeTable(geography);
  return Array.from({ length: count }, (_, i): Outsider => {
    const random = randomOf(seed, `outsider ${group}`, i);
    const man = group === "served" || group === "soldier";
    const sex: Sex = man || random.chance(0.5) ? "1" : "2";
    let birth = "";
    let name = "";
    do {
      birth = dayIn(random, man ? random.between(1942, 1994) : random.between(1935, 1999));
      name = fullName(random, sex, birth);
    } while (taken.has(`${name}|${birth}`));
    const township = geography.townships[random.weighted(homes)];
    const village = township === undefined ? undefined : random.pick(township.villages);
    return {
      key: `X-${group}-${String(i + 1).padStart(5, "0")}`,
      name,
      sex,
      birth,
      idNumber: ids.make(random, birth, sex),
      region: village?.code ?? "",
      address: `福建省安溪县${township?.name ?? ""}${shortVillage(village?.name ?? "")}${random.between(1, 320)}号`,
    };
  });
}
