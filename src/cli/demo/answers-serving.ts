// What families of serving soldiers answer (annex 13); the soldier is invented too.
import type { Draft, OpenForm } from "./answers-general.ts";
import { looseId } from "./agent.ts";
import { dateOf, dayIn, plusYears, yearOf, yearsFrom, REFERENCE } from "./dates.ts";
import type { Sex } from "./given-names.ts";
import { fullName, givenFor, surnameOf, type Person } from "./people.ts";
import type { Random } from "./random.ts";

const ANXI = "350524000000";
const WORD: Readonly<Record<string, string>> = { "1": "parent", "2": "child", "3": "spouse" };

/** The relation and a birth year of the soldier that fits it. */
function relationOf(random: Random, person: Person): { readonly relation: string; readonly year: number } {
  const own = yearOf(person.birth);
  const given = person.categories[0] === "serving_family" ? WORD[person.relation ?? "1"] : undefined;
  const relation = given ?? (own <= 1975 ? "parent" : "spouse");
  if (relation === "child") return { relation, year: own - random.between(23, 29) };
  if (relation === "spouse") return { relation, year: Math.min(1997, own + random.between(-3, 3)) };
  return { relation, year: Math.max(1968, Math.min(1999, own + random.between(21, 29))) };
}

/** The sub-form of families of serving soldiers. */
export function servingFamily(random: Random, person: Person, general: Draft): OpenForm {
  const { relation, year } = relationOf(random, person);
  const birth = dayIn(random, year);
  const sex: Sex = relation === "spouse" ? (person.sex === "1" ? "2" : "1") : random.chance(0.92) ? "1" : "2";
  const enlist = year >= 1994 ? dateOf(year + 18, random.between(9, 12), random.between(1, 28)) : `${year + 19}-12-05`;
  const joined = enlist > REFERENCE ? plusYears(birth, 18) : enlist;
  const length = yearsFrom(joined, REFERENCE);
  const kind = length < 2 ? "conscript" : length < 12 ? (random.chance(0.8) ? "nco" : "officer") : random.chance(0.6) ? "officer" : "nco";
  const ownName = relation === "spouse" || (relation === "parent" && person.sex === "2");
  return {
    relation,
    ...(relation === "parent" ? {} : { follow_army: random.chance(0.15) }),
    placed: false,
    kin_count: random.between(2, 6),
    s_name: ownName ? fullName(random, sex, birth) : givenFor(random, surnameOf(person.name), sex, birth),
    s_id_number: looseId(random, sex, birth),
    s_kind: kind,
    s_enlist_date: joined,
    s_enlist_region: ANXI,
    ...(general.remark === undefined ? {} : { treatment: "优待金(虚构示例)" }),
  };
}
