// The list of the people's armed forces department: who served, when and as what. Planted: J01, J02, J03 (and J04 among outsiders).
import { addDays } from "../../core/time.ts";
import type { Value } from "../../scheme/model.ts";
import { standingAt } from "./answers-service.ts";
import { dateOf, yearOf, yearsFrom } from "./dates.ts";
import type { Facts, Listed, ListRow, Planted } from "./facts.ts";
import type { Person } from "./people.ts";
import { type Random, weightedTable } from "./random.ts";

const CLASSES = weightedTable<string>([["J01", 5], ["J02", 10], ["J03", 7], ["none", 978]]);
const STANDING: Readonly<Record<string, string>> = { "1": "军官", "2": "士官", "3": "义务兵", "4": "文职干部" };
const DISCHARGE: Readonly<Record<string, readonly string[]>> = {
  transferred_cadre: ["转业"],
  retired_soldier: ["退伍", "退出现役"],
  retired_cadre_nco: ["退休"],
  demobilised: ["复员"],
};
const department = "military_service" as const;

/** True when the person ought to stand on the list. */
export function isExpected(person: Person): boolean {
  return person.categories.some((key) => DISCHARGE[key] !== undefined) && person.standing !== undefined && person.enlist !== undefined && person.leave !== undefined;
}

/** Old files often know the month only: the first of the month, never more than 27 days off. */
const asFiled = (random: Random, date: string): string => (random.chance(0.25) && Number(date.slice(8)) <= 28 ? `${date.slice(0, 8)}01` : date);

const rowOf = (random: Random, person: Person): ListRow => ({
  id_number: person.idNumber,
  name: person.name,
  birth_date: person.birth,
  enlist_date: asFiled(random, person.enlist ?? ""),
  leave_date: asFiled(random, person.leave ?? ""),
  standing: STANDING[person.standing ?? "3"] ?? "义务兵",
  discharge: random.pick(DISCHARGE[person.categories.find((key) => DISCHARGE[key] !== undefined) ?? ""] ?? ["退伍"]),
});

const plant = (person: Person, kind: string, path: string, ours: string, theirs: string, rest: Pick<Planted, "right" | "answer" | "corrected">): Planted => ({
  class: kind,
  department,
  person: person.key,
  path: `general.${path}`,
  ours,
  theirs,
  ...rest,
});

/** Values for the general form and for the service block of the person's own sub-form. */
const inBoth = (person: Person, values: Readonly<Record<string, Value>>, subForm: Readonly<Record<string, Value>> = values): { readonly [path: string]: Value } => ({
  ...Object.fromEntries(Object.entries(values).map(([key, value]) => [`general.${key}`, value])),
  ...(person.categories.includes("retired_soldier") ? Object.fromEntries(Object.entries(subForm).map(([key, value]) => [`retired_soldier.${key}`, value])) : {}),
});

function otherDates(random: Random, person: Person, row: ListRow): Listed {
  const enlist = person.enlist ?? "";
  const leave = person.leave ?? "";
  const rest = (corrected: { readonly [path: string]: Value }): Pick<Planted, "right" | "answer" | "corrected"> => {
    const simple = person.categories[0] === "retired_soldier" && person.categories.length === 1 && person.standing === "3";
    if (simple && random.chance(0.6)) return { right: "theirs", answer: "correct-ours", corrected };
    return random.chance(0.7) ? { right: "ours", answer: "confirm-ours" } : { right: "theirs", answer: "cannot-tell" };
  };
  if (random.chance(0.5)) {
    // A later start: some months after the year's call-up, still before discharge.
    const theirs = addDays(enlist, random.between(62, 150)) ?? enlist;
    return { rows: [{ ...row, enlist_date: theirs }], planted: plant(person, "J02", "enlist_date", enlist, theirs, rest(inBoth(person, { enlist_date: theirs }))) };
  }
  const theirs = addDays(leave, -random.between(62, 150)) ?? leave;
  return { rows: [{ ...row, leave_date: theirs }], planted: plant(person, "J02", "leave_date", leave, theirs, rest(inBoth(person, { leave_date: theirs }))) };
}

function otherStanding(random: Random, person: Person, row: ListRow): Listed {
  const ours = person.standing ?? "3";
  if (person.categories[0] === "retired_soldier" && random.chance(0.75)) {
    const theirs = ours === "3" ? "2" : "3";
    const { cls, rank } = standingAt(random, theirs, person.enlist ?? "", person.leave ?? "");
    const corrected = { "general.service_identity": theirs, "retired_soldier.rank_class": cls, "retired_soldier.rank": rank };
    const long = yearsFrom(person.enlist ?? "", person.leave ?? "");
    const likely = person.categories.length === 1 && (theirs === "2" ? long >= 4 : long <= 4);
    const rest = likely && random.chance(0.7) ? ({ right: "theirs", answer: "correct-ours", corrected } as const) : ({ right: "ours", answer: "confirm-ours" } as const);
    return { rows: [{ ...row, standing: STANDING[theirs] ?? "" }], planted: plant(person, "J03", "service_identity", ours, theirs, rest) };
  }
  const mine = person.categories.find((key) => DISCHARGE[key] !== undefined) ?? "retired_soldier";
  const theirs = mine === "transferred_cadre" ? "复员" : mine === "retired_cadre_nco" ? "转业" : "退休";
  const rest = random.chance(0.7) ? ({ right: "ours", answer: "confirm-ours" } as const) : ({ right: "theirs", answer: "cannot-tell" } as const);
  return { rows: [{ ...row, discharge: theirs }], planted: plant(person, "J03", "categories", mine, theirs, rest) };
}

/** What the armed forces department knows of a captured person; only soldiers and officers are on its list. */
export function listedByMilitary(random: Random, facts: Facts): Listed {
  const { person } = facts;
  if (!isExpected(person)) return { rows: [] };
  const row = rowOf(random, person);
  switch (random.weighted(CLASSES)) {
    case "J01":
      return { rows: [], planted: { class: "J01", department, person: person.key, ...(random.chance(0.7) ? ({ right: "ours", answer: "confirm-ours" } as const) : ({ right: "theirs", answer: "cannot-tell" } as const)) } };
    case "J02":
      return otherDates(random, person, row);
    case "J03":
      return otherStanding(random, person, row);
    default:
      return { rows: [row] };
  }
}

/** Service of somebody who is on the list and not in the register. */
export function outsiderService(random: Random, birth: string): ListRow {
  const start = yearOf(birth) + random.between(18, 20);
  return {
    enlist_date: dateOf(start, 12, random.between(1, 28)),
    leave_date: dateOf(start + random.between(2, 5), 12, random.between(1, 28)),
    standing: "义务兵",
    discharge: "退伍",
  };
}
