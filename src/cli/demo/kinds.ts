// The twelve categories in legal combinations with their shares, and the years in which people of each kind were born and served.
import { dateOf, dayIn, earlier, plusYears, REFERENCE, yearOf } from "./dates.ts";
import { type Random, weightedTable } from "./random.ts";
import type { Sex } from "./given-names.ts";

export type Relation = "1" | "2" | "3" | "4";
/** How someone of a category stands: dates of service (own or none), standing during service, relation to the soldier of the family. */
export type Life = {
  readonly sex: Sex;
  readonly birth: string;
  readonly enlist?: string;
  readonly leave?: string;
  /** 1 officer, 2 NCO, 3 conscript, 4 civilian cadre (code set `service-identity`). */
  readonly standing?: "1" | "2" | "3" | "4";
  readonly relation?: Relation;
};

/** Main categories with their weights in a county like this (parts of a thousand; retired soldiers 62 %). */
export const MAIN = weightedTable<string>([
  ["retired_soldier", 620],
  ["serving_family", 214],
  ["martyr_family", 48],
  ["transferred_cadre", 42],
  ["demobilised", 26],
  ["illness_death_family", 18],
  ["duty_death_family", 11],
  ["retired_cadre_nco", 8],
  ["non_military_staff", 8],
  ["disabled_militia", 4],
  ["red_army_veteran", 1],
]);
export const MAIN_KEYS: readonly string[] = MAIN.values;
const SERVICE = ["transferred_cadre", "retired_soldier", "retired_cadre_nco", "non_military_staff", "red_army_veteran", "demobilised"];
const FAMILY = ["martyr_family", "duty_death_family", "illness_death_family", "serving_family"];

/** Categories of one person: the main one, now and then a disability (7 only with 1–6) and a family beside it. */
export function categoriesOf(random: Random, main: string, disabled = random.chance(main === "demobilised" ? 0.14 : 0.045)): readonly string[] {
  const chosen = [main];
  if (disabled && SERVICE.includes(main) && main !== "non_military_staff" && main !== "red_army_veteran") chosen.push("disabled_soldier");
  if (random.chance(0.02)) chosen.push(...FAMILY.filter((key) => key !== main && key === random.pick(["martyr_family", "serving_family", "serving_family", "illness_death_family"])).slice(0, 1));
  return chosen;
}

const LAST_DISCHARGE = "2018-09-01";
const YEARS = weightedTable<number>(Array.from({ length: 62 }, (_, i): readonly [number, number] => [1955 + i, i < 8 ? 3 + i : i < 32 ? 12 + (i % 5) : 11]));

/** Conscripts went in December until 2012 and in September since. */
const enlistDay = (random: Random, year: number): string => (year >= 2013 ? dateOf(year, 9, random.between(1, 20)) : dateOf(year, 12, random.between(1, 28)));
const bornBefore = (random: Random, enlist: string, low: number, high: number): string => {
  const age = random.between(low, high);
  const birth = dayIn(random, yearOf(enlist) - age);
  return plusYears(birth, low) > enlist ? plusYears(birth, -1) : birth;
};

function soldier(random: Random): Life {
  const sex: Sex = random.chance(0.965) ? "1" : "2";
  const enlist = enlistDay(random, random.weighted(YEARS));
  const birth = bornBefore(random, enlist, 18, 21);
  const nco = random.chance(enlist < "1979" ? 0.12 : 0.22);
  const conscript = yearOf(enlist) < 1978 ? random.between(3, 6) : yearOf(enlist) < 1998 ? random.between(3, 4) : 2;
  const length = nco ? random.pick([5, 5, 8, 8, 12, 13, 16]) : conscript;
  const due = plusYears(enlist, length);
  if (due > LAST_DISCHARGE) return { sex, birth, enlist, leave: earlier(plusYears(enlist, 2), LAST_DISCHARGE), standing: "3" };
  return { sex, birth, enlist, leave: due, standing: nco ? "2" : "3" };
}

function officer(random: Random, enlistFrom: number, enlistTo: number, low: number, high: number, last = LAST_DISCHARGE): Life {
  const enlist = enlistDay(random, random.between(enlistFrom, enlistTo));
  const birth = bornBefore(random, enlist, 18, 21);
  const due = dateOf(yearOf(enlist) + random.between(low, high), random.between(3, 11), random.between(1, 28));
  return { sex: random.chance(0.93) ? "1" : "2", birth, enlist, leave: earlier(due, last), standing: random.chance(0.93) ? "1" : "4" };
}

function relative(random: Random, serving: boolean): Life {
  const relation = random.weighted(weightedTable<Relation>(serving ? [["1", 66], ["3", 28], ["2", 6]] : [["1", 14], ["2", 52], ["3", 12], ["4", 22]]));
  const years: Readonly<Record<Relation, readonly [number, number]>> = serving
    ? { "1": [1958, 1976], "2": [1999, 2000], "3": [1982, 1996], "4": [1985, 1998] }
    : { "1": [1936, 1966], "2": [1946, 1986], "3": [1936, 1982], "4": [1934, 1978] };
  const [from, to] = years[relation];
  return { sex: random.chance(relation === "3" ? 0.04 : 0.5) ? "1" : "2", birth: dayIn(random, random.between(from, to)), relation };
}

function nonMilitary(random: Random): Life {
  const sex: Sex = random.chance(0.55) ? "1" : "2";
  const birth = dayIn(random, random.between(1932, 1952));
  const start = plusYears(birth, random.between(18, 24));
  return { sex, birth, enlist: start, leave: plusYears(birth, sex === "1" ? 60 : 55) };
}

function old(random: Random): Life {
  if (random.chance(0.45)) return officer(random, 1962, 1992, 10, 20);
  const enlist = dateOf(random.between(1949, 1953), random.between(1, 12), random.between(1, 28));
  return { sex: random.chance(0.96) ? "1" : "2", birth: bornBefore(random, enlist, 18, 21), enlist, leave: plusYears(enlist, random.between(3, 8)), standing: "3" };
}

/** The life of someone whose main category this is. */
export function lifeOf(random: Random, main: string): Life {
  switch (main) {
    case "retired_soldier":
      return soldier(random);
    case "transferred_cadre":
      return officer(random, 1964, 1998, 12, 22);
    case "retired_cadre_nco":
      return officer(random, 1954, 1984, 30, 34);
    case "non_military_staff":
      return nonMilitary(random);
    case "red_army_veteran": {
      const birth = dayIn(random, 1919);
      const joined = earlier(plusYears(birth, 17), "1937-06-30");
      return { sex: "1", birth, enlist: joined, leave: plusYears(joined, random.between(1, 8)), standing: "3" };
    }
    case "demobilised":
      return old(random);
    case "disabled_militia":
      return { sex: random.chance(0.9) ? "1" : "2", birth: dayIn(random, random.between(1936, 1972)) };
    default:
      return relative(random, main === "serving_family");
  }
}

/** True when all facts of a life lie before the reference time. */
export function isPast(life: Life): boolean {
  return (life.leave ?? life.birth) < REFERENCE;
}
