// What is true of the demo county: where everyone must end, what an import must make of each row, what a match must find.
import type { BaseListSheet, BaseRow } from "./base-list.ts";
import { isListed } from "./base-list.ts";
import type { Planted } from "./facts.ts";
import { homeOf, type Person } from "./people.ts";
import type { Told } from "./captures.ts";

export type TruePerson = {
  readonly key: string;
  readonly idNumber: string;
  readonly name: string;
  /** Village of the household registration, 12 digits. */
  readonly area: string;
  readonly categories: readonly string[];
  readonly origin: "base" | "added";
  readonly plan: Person["plan"];
  readonly final: Person["final"];
  /** A second record was made elsewhere and must end as a duplicate merged into this one. */
  readonly twice?: true;
};

export type Truth = {
  readonly notice: string;
  readonly seed: number;
  readonly people: number;
  readonly scheme: string;
  readonly persons: readonly TruePerson[];
  readonly baseList: {
    readonly rows: number;
    readonly accepted: number;
    readonly returned: number;
    readonly faults: readonly Pick<BaseRow, "row" | "person" | "fault" | "expected">[];
  };
  /** Records by final state, second records counted under `duplicate`. */
  readonly finals: Readonly<Record<string, number>>;
  readonly findings: readonly Planted[];
  /** Planted findings by department and class. */
  readonly planted: Readonly<Record<string, Readonly<Record<string, number>>>>;
};

const tally = (words: readonly string[]): { [word: string]: number } => {
  const counts: { [word: string]: number } = {};
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1;
  return counts;
};

/** The truth of a county from its parts. */
export function tellTruth(county: Told, people: readonly Person[], sheet: BaseListSheet, findings: readonly Planted[]): Truth {
  const persons = people.map(
    (person): TruePerson => ({
      key: person.key,
      idNumber: person.idNumber,
      name: person.name,
      area: homeOf(county.geography, person).code,
      categories: person.categories,
      origin: isListed(county.seed, person) ? "base" : "added",
      plan: person.plan,
      final: person.final,
      ...(person.plan === "captured-twice" ? { twice: true as const } : {}),
    }),
  );
  const accepted = sheet.rows.filter((row) => row.expected === "accepted").length;
  const planted: { [department: string]: { [kind: string]: number } } = {};
  for (const each of findings) {
    const counts = (planted[each.department] ??= {});
    counts[each.class] = (counts[each.class] ?? 0) + 1;
  }
  return {
    notice: "虚构示例数据 / fictional data",
    seed: county.seed,
    people: people.length,
    scheme: `${county.scheme.key}@${county.scheme.version}`,
    persons,
    baseList: {
      rows: sheet.rows.length,
      accepted,
      returned: sheet.rows.length - accepted,
      faults: sheet.rows.filter((row) => row.fault !== undefined).map(({ row, person, fault, expected }) => ({ row, person, fault, expected })),
    },
    finals: tally(persons.flatMap((person) => (person.twice === true ? [person.final, "duplicate"] : [person.final]))),
    findings,
    planted,
  };
}
