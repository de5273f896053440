// The list of public security: household register, deaths, who has served. Planted: P01, P02, P03, P04, P08 (and P06 among outsiders).
import { dateOf, dayIn, yearOf } from "./dates.ts";
import type { Facts, Listed, ListRow, Planted } from "./facts.ts";
import type { Geography } from "./geography.ts";
import { shortVillage } from "./answers-general.ts";
import { givenName } from "./given-names.ts";
import { heardName } from "./name-variants.ts";
import { type Random, weightedTable } from "./random.ts";

const CLASSES = weightedTable<string>([["P01", 3], ["P02", 5], ["P03", 6], ["P04", 4], ["P08", 1], ["none", 981]]);
const ETHNIC: Readonly<Record<string, string>> = { "01": "汉族", "22": "畲族", "03": "回族", "15": "土家族", "06": "苗族" };
const department = "public_security" as const;

export const compact = (date: string): string => date.replaceAll("-", "");

/** The row as public security has it when all agrees. */
export function registerRow(facts: Facts, served: string): ListRow {
  const { person } = facts;
  return {
    id_number: person.idNumber,
    name: person.name,
    sex: person.sex === "1" ? "男" : "女",
    ethnic: ETHNIC[person.ethnic] ?? "汉族",
    birth_date: compact(person.birth),
    domicile_region: facts.region,
    domicile_address: facts.address,
    served,
  };
}

const otherName = (random: Random, facts: Facts): string => {
  const { person } = facts;
  const heard = random.chance(0.7) ? heardName(random, person.name) : undefined;
  if (heard !== undefined) return heard;
  const surname = person.name.slice(0, 1);
  const other = surname + givenName(random, person.sex, yearOf(person.birth));
  return other === person.name ? `${surname}某` : other;
};

/** What public security knows of a captured person. */
export function listedByPublicSecurity(random: Random, facts: Facts, geography: Geography): Listed {
  const { person } = facts;
  const served = person.enlist !== undefined && person.standing !== undefined ? (random.chance(0.85) ? "是" : "") : random.chance(0.5) ? "否" : "";
  const row = registerRow(facts, served);
  const plant = (kind: string, path: string | undefined, ours: string, theirs: string, rest: Pick<Planted, "right" | "answer" | "corrected">): Planted => ({
    class: kind,
    department,
    person: person.key,
    ...(path === undefined ? {} : { path: `general.${path}` }),
    ...(path === undefined ? {} : { ours, theirs }),
    ...rest,
  });
  switch (random.weighted(CLASSES)) {
    case "P01":
      return { rows: [], planted: plant("P01", undefined, "", "", random.chance(0.75) ? { right: "ours", answer: "confirm-ours" } : { right: "theirs", answer: "cannot-tell" }) };
    case "P02": {
      const name = otherName(random, facts);
      const ours = random.chance(0.6);
      return {
        rows: [{ ...row, name }],
        planted: plant("P02", "name", person.name, name, ours ? { right: "ours", answer: "confirm-ours" } : { right: "theirs", answer: "correct-ours", corrected: { "general.name": name } }),
      };
    }
    case "P03": {
      const others = geography.townships.filter((_, i) => i !== person.township);
      if (others.length === 0) return { rows: [row] };
      const township = random.pick(others);
      const village = random.pick(township.villages);
      const address = `福建省安溪县${township.name}${shortVillage(village.name)}${random.between(1, 320)}号`;
      const ours = random.chance(0.5);
      return {
        rows: [{ ...row, domicile_region: village.code, domicile_address: address }],
        planted: plant(
          "P03",
          "domicile_region",
          facts.region,
          village.code,
          ours ? { right: "ours", answer: "confirm-ours" } : { right: "theirs", answer: "correct-ours", corrected: { "general.domicile_region": village.code, "general.domicile_address": address } },
        ),
      };
    }
    case "P04": {
      const died = dateOf(2018, random.between(6, 9), random.between(1, 28));
      const alive = random.chance(0.12);
      return {
        rows: [{ ...row, death_date: compact(died) }],
        planted: plant(
          "P04",
          "death_date",
          "",
          died,
          alive
            ? { right: "ours", answer: "confirm-ours" }
            : { right: "theirs", answer: "correct-ours", corrected: { "general.change_type": "died", "general.change_date": died, "general.death_date": died } },
        ),
      };
    }
    case "P08": {
      const theirs = person.ethnic === "22" ? "01" : "22";
      return {
        rows: [{ ...row, ethnic: ETHNIC[theirs] ?? "" }],
        planted: plant(
          "P08",
          "ethnic",
          person.ethnic,
          theirs,
          random.chance(0.5) ? { right: "ours", answer: "confirm-ours" } : { right: "theirs", answer: "correct-ours", corrected: { "general.ethnic": theirs } },
        ),
      };
    }
    default:
      return { rows: [row] };
  }
}

/** A random day on which someone of the register died, for outsiders. */
export const deathDay = (random: Random): string => compact(dayIn(random, random.between(2012, 2017)));
