// Settings for lists of people in China. `chinesePersons` reads prepared columns (id, name, name_pinyin, id18, id_valid, birth,
// sex, phone, area12); `personsInChina` makes the like for raw columns of any name, which the engine cleans itself.
// m and u are starting values measured on synthetic lists; a run with enough pairs learns its own.
import type { BlockingKey, Comparison, KeyPart, LevelPattern, LevelSetting, LinkageSettings, Veto } from "./model.ts";

function levelsOf(table: Readonly<Record<string, readonly [m: number, u: number]>>): LevelSetting[] {
  return Object.entries(table).map(([level, [m, u]]) => ({ level, m, u }));
}

/** Names of the columns a list has; what it lacks is left out of the settings. `raw`: nothing is prepared. */
export type PersonColumns = {
  readonly id: string;
  readonly rightId?: string;
  readonly raw: boolean;
  readonly name: string;
  readonly sound?: string;
  readonly identifier?: string;
  readonly valid?: string;
  readonly birth?: string;
  readonly birthOrder?: "ymd" | "dmy" | "mdy";
  readonly sex?: string;
  readonly phone?: string;
  readonly place?: string;
  readonly address?: string;
  /** Columns that have another name in the right list: left name → right name. */
  readonly inRight?: Readonly<Record<string, string>>;
};

function comparisonsOf(has: PersonColumns): Comparison[] {
  const at = (column: string): { column: string; rightColumn?: string } => {
    const other = has.inRight?.[column];
    return other === undefined || other === column ? { column } : { column, rightColumn: other };
  };
  const list: Comparison[] = [];
  if (has.identifier !== undefined) {
    list.push({
      role: "identifier",
      ...at(has.identifier),
      ...(has.raw ? { kind: "cn-resident" as const } : has.valid === undefined ? {} : { valid: has.valid }),
      birthAt: 7,
      ...(has.birth === undefined ? {} : { birth: has.birth }),
      levels: levelsOf({
        equal: [0.86, 1e-7],
        "one-digit": [0.03, 2e-7],
        transposed: [0.01, 2e-7],
        "digit-lost": [0.006, 2e-7],
        "short-form": [0.002, 1e-7],
        near: [0.004, 2e-6],
        "conflict-same-birth": [0.003, 1e-6],
        "conflict-near": [0.004, 1e-6],
        reissued: [0.002, 1e-5],
        doubtful: [0.003, 0.03],
        conflict: [0.006, 0.85],
        "same-birth-other-tail": [0.0005, 2e-6],
        different: [0.005, 0.08],
        missing: [0.07, 0.07],
      }),
    });
  }
  list.push({
    role: "name",
    ...at(has.name),
    ...(has.raw ? { han: true } : has.sound === undefined ? {} : { sound: has.sound }),
    levels: levelsOf({
      equal: [0.88, 1e-4],
      homophone: [0.05, 1e-4],
      "near-sound": [0.01, 1e-4],
      "look-alike": [0.02, 1e-4],
      ...(has.raw ? { "unknown-character": [0.004, 2e-5] as const } : {}),
      swapped: [0.004, 1e-5],
      "one-character": [0.01, 3e-3],
      "long-near": [0.005, 1e-6],
      part: [0.002, 1e-5],
      "dropped-character": [0.008, 1e-3],
      "one-sound": [0.001, 1e-3],
      "one-of-two": [0.001, 1e-3],
      "same-surname": [0.006, 0.03],
      different: [0.003, 0.96],
      missing: [0.001, 0.001],
    }),
  });
  if (has.birth !== undefined) {
    list.push({
      role: "birth-date",
      ...at(has.birth),
      ...(has.identifier === undefined ? {} : { identifier: has.identifier }),
      ...(has.raw ? { order: has.birthOrder ?? ("ymd" as const) } : {}),
      levels: levelsOf({
        equal: [0.95, 4e-5],
        swapped: [0.005, 3e-5],
        "in-identifier": [0.005, 1e-5],
        "next-year": [0.008, 9e-5],
        "one-digit": [0.004, 4e-4],
        "other-day": [0.006, 1e-3],
        "other-month": [0.002, 5e-4],
        "two-of-three": [0.002, 3e-3],
        "same-year": [0.003, 0.013],
        different: [0.005, 0.96],
        missing: [0.01, 0.02],
      }),
    });
  }
  if (has.sex !== undefined) list.push({ role: "sex", ...at(has.sex), levels: levelsOf({ equal: [0.985, 0.5], different: [0.005, 0.49], missing: [0.01, 0.01] }) });
  if (has.phone !== undefined) list.push({ role: "phone", ...at(has.phone), levels: levelsOf({ equal: [0.6, 1e-5], "one-digit": [0.01, 1e-6], different: [0.27, 0.86], missing: [0.12, 0.14] }) });
  if (has.place !== undefined) {
    list.push({
      role: "place",
      ...at(has.place),
      levels: levelsOf({
        "same-12": [0.7, 0.003],
        "same-9": [0.1, 0.02],
        "same-6": [0.1, 0.1],
        "same-4": [0.03, 0.15],
        "same-2": [0.03, 0.3],
        different: [0.03, 0.42],
        missing: [0.01, 0.007],
      }),
    });
  }
  if (has.address !== undefined) {
    list.push({
      role: "address",
      ...at(has.address),
      levels: levelsOf({
        equal: [0.5, 2e-6],
        "same-house": [0.15, 5e-6],
        "same-numbers": [0.06, 3e-4],
        "same-street-number": [0.05, 2e-4],
        "same-street": [0.02, 0.03],
        different: [0.2, 0.95],
        missing: [0.02, 0.02],
      }),
    });
  }
  return list;
}

function blockingOf(has: PersonColumns): BlockingKey[] {
  const name: KeyPart = { column: has.name, take: "whole" };
  const sound: KeyPart = { column: has.name, take: "sound" };
  const syllables = (...numbers: number[]): KeyPart => ({ column: has.name, take: "syllables", numbers });
  const part = (column: string | undefined, take: KeyPart["take"], ...numbers: number[]): KeyPart | undefined =>
    column === undefined ? undefined : { column, take, ...(numbers.length === 0 ? {} : { numbers }) };
  const birth = part(has.birth, "whole");
  const birthYear = part(has.birth, "year");
  const monthDay = part(has.birth, "month-day");
  const birthInId = part(has.identifier, "birth");
  const county = part(has.place, "prefix", 6);
  const township = part(has.place, "prefix", 9);
  const phone = part(has.phone, "whole");
  const house = part(has.address, "numbers");
  const slice = (from: number, length: number): KeyPart | undefined => part(has.identifier, "slice", from, length);
  const keys: [string, (KeyPart | undefined)[], { rightParts?: (KeyPart | undefined)[]; findsRepeats?: boolean }?][] = [
    ["name and birth date", [name, birth], { findsRepeats: true }],
    ["sound and birth date", [sound, birth], { findsRepeats: true }],
    ["birth date and county", [birth, county]],
    ["birth date and syllables 1 2", [birth, syllables(1, 2)]],
    ["birth date and syllables 1 3", [birth, syllables(1, 3)]],
    ["birth date and syllables 2 3", [birth, syllables(2, 3)]],
    ["name and county", [name, county]],
    ["name and township", [name, township]],
    ["name, month and day of birth", [name, monthDay]],
    ["sound, county and birth year", [sound, county, birthYear]],
    ["phone", [phone]],
    ["name and phone", [name, phone], { findsRepeats: true }],
    ["house and birth year", [house, birthYear]],
    ["house and name", [house, name], { findsRepeats: true }],
    ["house and syllable 1", [house, syllables(1)]],
    ["name and birth date in the left identifier", [name, birthInId], { rightParts: [name, birth] }],
    ["name and birth date in the right identifier", [name, birth], { rightParts: [name, birthInId] }],
    ["identifier 1–14", [slice(1, 14)]],
    ["identifier 7–18", [slice(7, 12)], { findsRepeats: true }],
    ["identifier 1–6, 15–18 and syllable 1", [slice(1, 6), slice(15, 4), syllables(1)]],
  ];
  const whole = (parts: (KeyPart | undefined)[]): KeyPart[] | undefined => (parts.every((each) => each !== undefined) ? parts : undefined);
  const found = keys.flatMap(([key, parts, more]) => {
    const [left, right] = [whole(parts), more?.rightParts === undefined ? undefined : whole(more.rightParts)];
    if (left === undefined || (more?.rightParts !== undefined && right === undefined)) return [];
    return [{ key, parts: left, ...(right === undefined ? {} : { rightParts: right }), ...(more?.findsRepeats === true ? { findsRepeats: true } : {}) }];
  });
  return found.length > 0 && birth !== undefined ? found : [...found, { key: "name", parts: [name], findsRepeats: true }];
}

const conflict = ["conflict", "conflict-same-birth", "same-birth-other-tail"];
const sameName = ["equal", "homophone", "near-sound", "look-alike", "unknown-character"];
const otherName = ["different", "same-surname", "one-of-two", "one-sound", "dropped-character", "part"];
const nearBirth = ["equal", "swapped", "in-identifier", "next-year", "one-digit", "other-day", "other-month", "two-of-three"];
const sameHouse = ["equal", "same-house"];

/** Bits that a rare name and the place must reach when neither number nor house nor phone speak. */
const ENOUGH_WITHOUT_CONTACT = 7.5;

/** What must not be decided by weight alone, for the columns that are there. */
function vetoesOf(has: PersonColumns): Veto[] {
  const on = (pattern: Readonly<Record<string, readonly string[] | undefined>>): LevelPattern[] => {
    const columns: Readonly<Record<string, string | undefined>> = { identifier: has.identifier, name: has.name, birth: has.birth, phone: has.phone, place: has.place, address: has.address, sex: has.sex };
    const entries = Object.entries(pattern).map(([key, levels]) => [columns[key], levels] as const);
    return entries.every(([column]) => column !== undefined) ? [Object.fromEntries(entries.map(([column, levels]) => [column ?? "", [...(levels ?? [])]]))] : [];
  };
  const list = (key: string, when: LevelPattern[], unless: LevelPattern[], outcome: Veto["outcome"], below?: number): Veto[] =>
    when.map((each) => ({ key, when: each, ...(unless.length === 0 ? {} : { unless }), outcome, ...(below === undefined ? {} : { below }) }));
  const withoutContact = { identifier: ["missing", "different", "same-birth-other-tail"], phone: ["different", "missing"], address: ["different", "same-street", "same-numbers", "missing"] };
  return [
    ...list(
      "two valid identifiers differ",
      on({ identifier: conflict }),
      [
        ...on({ name: sameName, birth: nearBirth, phone: ["equal"] }),
        ...on({ name: sameName, birth: nearBirth, place: ["same-12"] }),
        ...on({ name: sameName, birth: nearBirth, address: sameHouse }),
        ...(has.address === undefined ? on({ name: ["equal"], birth: ["equal"], place: ["same-9", "same-6"] }) : []),
      ],
      "reject",
    ),
    ...list(
      "two identifiers differ, one is made anew or contradicts its row",
      on({ identifier: ["reissued", "doubtful"] }),
      [...on({ name: [...sameName, "swapped"], birth: ["equal", "in-identifier", "swapped"] }), ...on({ phone: ["equal"], birth: nearBirth }), ...on({ address: sameHouse, birth: nearBirth })],
      "reject",
    ),
    ...list("a number that contradicts its row", on({ identifier: ["doubtful"] }), [...on({ name: sameName, birth: ["equal", "in-identifier"], phone: ["equal"] }), ...on({ name: sameName, birth: nearBirth, address: sameHouse }), ...on({ birth: nearBirth, phone: ["equal"], address: sameHouse })], "review"),
    ...list("a number made anew, names differ", on({ identifier: ["reissued"], name: [...otherName, "one-character"] }), [...on({ birth: ["equal"], phone: ["equal"] }), ...on({ birth: ["equal"], address: sameHouse })], "review"),
    ...list(
      "two valid identifiers differ, other evidence strong",
      on({ identifier: [...conflict.filter((level) => has.address === undefined || level !== "conflict-same-birth"), "conflict-near"] }),
      [...on({ name: ["equal"], birth: ["equal", "swapped", "in-identifier"], phone: ["equal"] }), ...on({ name: ["equal"], birth: ["equal", "swapped", "in-identifier"], address: sameHouse }),
        ...on({ name: sameName, birth: nearBirth, phone: ["equal"], address: sameHouse }),
      ],
      "review",
    ),
    // Numbers of one day and place: twins, who are told apart by nothing else that a list holds.
    ...(has.address === undefined ? [] : list("two valid identifiers of one birth date and place", on({ identifier: ["conflict-same-birth"] }), on({ name: ["equal"], birth: ["equal"], sex: ["equal"], address: sameHouse }), "review")),
    ...list("one identifier, two names", on({ identifier: ["equal"], name: ["different", "same-surname", "one-of-two"] }), [], "review"),
    // Without a number, two people of one name and birth date in one county are one only when their house or phone says so.
    ...list("nothing but name, birth date and county", on({ ...withoutContact, place: ["same-12", "same-9", "same-6"] }), [], "review"),
    ...(has.raw ? [] : list("nothing but name and birth date", on(withoutContact), [], "review", ENOUGH_WITHOUT_CONTACT)),
    // A twin whose own row is on neither list is rarer than a name that was written wrongly.
    ...list("perhaps twins or a family", on({ name: [...otherName, "one-character"], identifier: ["missing", "different", ...conflict] }), on({ identifier: ["missing"], name: [...otherName.filter((level) => level !== "different"), "one-character"], birth: ["equal"], sex: ["equal"], address: sameHouse }), "review"),
  ];
}

/** Settings for the columns a list of people has. */
export function personsInChina(key: string, has: PersonColumns): LinkageSettings {
  const names = ["equal", "homophone", "near-sound", "look-alike", "unknown-character", "swapped", "one-character", "long-near", "part", "dropped-character", "one-sound", "one-of-two", "same-surname", "missing"];
  return {
    key,
    id: has.id,
    ...(has.rightId === undefined || has.rightId === has.id ? {} : { rightId: has.rightId }),
    comparisons: comparisonsOf(has),
    ...(has.identifier === undefined
      ? {}
      : {
          exact: {
            identifier: has.identifier,
            sane: [{ [has.name]: names }, ...(has.phone === undefined ? [] : [{ [has.phone]: ["equal"] }]), ...(has.address === undefined ? [] : [{ [has.address]: [...sameHouse] }])],
            mostNames: 3,
            mostLeftRows: 20,
          },
        }),
    blocking: blockingOf(has),
    // The person's own row is found: one more of another name is more likely a twin, and without phone or house a namesake.
    ...(has.address === undefined
      ? {}
      : {
          repeatsNeed: [
            ...(has.phone === undefined ? [] : [{ [has.name]: [...sameName, "swapped"], [has.phone]: ["equal"] }]),
            { [has.name]: [...sameName, "swapped"], [has.address]: [...sameHouse, "same-street-number"] },
          ],
        }),
    largestBlock: 250_000,
    vetoes: vetoesOf(has),
    // Between two lists nineteen in twenty is enough for a link that many others outweigh; a link of the register has consequences for one person.
    thresholds: { automatic: has.raw ? 4 : 6, review: has.raw ? -4 : 0, margin: 3 },
    ...(has.raw ? { leftRepeats: "link" as const } : {}),
    priors: { matchShare: 0.5, strength: 200, repeat: 5, rarestName: 18 },
    training: {
      randomRows: 700,
      anchorRows: 40_000,
      seed: 7,
      anchorColumns: [has.name, ...[has.birth, has.phone].filter((each) => each !== undefined)],
      ...(has.identifier === undefined ? { method: "em" as const } : {}),
    },
  };
}

export const chinesePersons: LinkageSettings = personsInChina("chinese-persons", {
  id: "id",
  raw: false,
  name: "name",
  sound: "name_pinyin",
  identifier: "id18",
  valid: "id_valid",
  birth: "birth",
  sex: "sex",
  phone: "phone",
  place: "area12",
});
