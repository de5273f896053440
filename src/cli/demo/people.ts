// Who lives in the demo county: identity, home, categories, and what will become of each on the round. All are invented.
import { scanFreeText } from "../../core/unit-designation.ts";
import type { Geography } from "./geography.ts";
import { givenName, type Sex } from "./given-names.ts";
import { idMaker, phoneOf, type IdMaker } from "./ids.ts";
import { categoriesOf, lifeOf, MAIN, MAIN_KEYS, type Life } from "./kinds.ts";
import { randomOf, type Random, weightedTable } from "./random.ts";
import { surnames } from "./surnames.ts";

export type Plan =
  | "clean"
  | "first-has-fault"
  | "refused"
  | "not-found"
  | "deceased"
  | "moved"
  | "captured-twice"
  | "registered-in-other-township";

/** A fictional person. `village` is where the household is registered; `listedIn` where a wrong base list or first capture puts it. */
export type Person = Life & {
  readonly index: number;
  readonly key: string;
  readonly name: string;
  readonly sex: Sex;
  readonly idNumber: string;
  readonly phone: string;
  readonly ethnic: string;
  readonly categories: readonly string[];
  readonly township: number;
  readonly village: number;
  readonly onBaseList: boolean;
  readonly plan: Plan;
  /** Township (index) of the wrong or second capture; only for `captured-twice` and `registered-in-other-township`. */
  readonly elsewhere?: number;
  /** Final state of the person after the round. */
  readonly final: "accepted" | "refused" | "not-found" | "deceased" | "moved";
};

/** Shares of plans among people on the base list; people outside it are never refused, not found, dead or moved. */
const LISTED = weightedTable<Plan>([
  ["clean", 910],
  ["first-has-fault", 40],
  ["refused", 10],
  ["not-found", 12.5],
  ["deceased", 8.75],
  ["moved", 8.75],
  ["captured-twice", 3],
  ["registered-in-other-township", 5],
]);
const ADDED = weightedTable<Plan>([
  ["clean", 952],
  ["first-has-fault", 40],
  ["captured-twice", 3],
  ["registered-in-other-township", 5],
]);
const OUTCOMES = new Set<Plan>(["refused", "not-found", "deceased", "moved"]);
const EACH_PLAN: readonly Plan[] = LISTED.values;
const ETHNIC = weightedTable<string>([["01", 985], ["22", 11], ["03", 2], ["15", 1], ["06", 1]]);
/** Share of the people who stand on the base list. */
export const LISTED_SHARE = 0.8;

/** The surname a name begins with. */
export function surnameOf(name: string): string {
  return /^(?:欧阳|上官)/u.test(name) ? name.slice(0, 2) : name.slice(0, 1);
}

/** A name of that family. Names that read like a numbered unit (陆军, 伍连) are drawn again: no record of the demo needs a second look. */
export function givenFor(random: Random, surname: string, sex: Sex, birth: string): string {
  const year = Number(birth.slice(0, 4));
  for (;;) {
    const name = surname + givenName(random, sex, year);
    if (scanFreeText(name).verdict === "pass") return name;
  }
}

/** A full name as it was given in that year. */
export function fullName(random: Random, sex: Sex, birth: string): string {
  return givenFor(random, random.weighted(surnames), sex, birth);
}

/** Townships weighted by their number of villages, as people are spread. */
export function homeTable(geography: Geography): ReturnType<typeof weightedTable<number>> {
  return weightedTable(geography.townships.map((township, i): readonly [number, number] => [i, township.villages.length]));
}

const otherTownship = (random: Random, count: number, own: number): number => (own + random.between(1, Math.max(1, count - 1))) % count;

export type Population = { readonly people: readonly Person[]; readonly ids: IdMaker };

/**
 * The people of the county. The first eleven have the eleven main categories in turn and the twelfth is a disabled soldier,
 * and the next ones the eight plans, so that a small county shows everything.
 */
export function makePeople(seed: number, count: number, geography: Geography): Population {
  const ids = idMaker();
  const homes = homeTable(geography);
  const townships = geography.townships.length;
  const people: Person[] = [];
  for (let index = 0; index < count; index += 1) {
    const random = randomOf(seed, "person", index);
    const main = MAIN_KEYS[index] ?? (index === MAIN_KEYS.length ? "retired_soldier" : random.weighted(MAIN));
    const life = lifeOf(random, main);
    const categories = categoriesOf(random, main, index === MAIN_KEYS.length ? true : undefined);
    const shown = EACH_PLAN[index - 20];
    const onBaseList = shown !== undefined || (random.chance(LISTED_SHARE) && index > 2);
    const drawn = random.weighted(onBaseList ? LISTED : ADDED);
    const plan = shown ?? (index < 12 ? "clean" : drawn);
    const township = random.weighted(homes);
    const moves = plan === "captured-twice" || plan === "registered-in-other-township";
    people.push({
      ...life,
      index,
      key: `P${String(index + 1).padStart(6, "0")}`,
      name: fullName(random, life.sex, life.birth),
      idNumber: ids.make(random, life.birth, life.sex),
      phone: phoneOf(random),
      ethnic: random.weighted(ETHNIC),
      categories,
      township,
      village: random.between(0, (geography.townships[township]?.villages.length ?? 1) - 1),
      onBaseList,
      plan: moves && townships < 2 ? "clean" : plan,
      elsewhere: moves && townships > 1 ? otherTownship(random, townships, township) : undefined,
      final: OUTCOMES.has(plan) ? (plan as "refused" | "not-found" | "deceased" | "moved") : "accepted",
    });
  }
  return { people, ids };
}

/** The village of a person's registration: code of 12 digits and names. */
export function homeOf(geography: Geography, person: Person): { readonly code: string; readonly township: string; readonly village: string } {
  const township = geography.townships[person.township];
  const village = township?.villages[person.village];
  if (township === undefined || village === undefined) throw new RangeError(`no village for ${person.key}`);
  return { code: village.code, township: township.name, village: village.name };
}
