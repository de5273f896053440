// Fictional records for measuring and comparing checks: sound ones with random damage of the kinds that happen, always the same for a seed.
import type { Answers, FormAnswers, Group, Item, Scheme, Section, Value } from "../src/scheme/model.ts";
import { chosenCategories, indexOf, openForms } from "../src/scheme/layout.ts";

export type Dice = { readonly below: (n: number) => number; readonly of: <T>(list: readonly T[]) => T; readonly chance: (share: number) => boolean };

/** Numbers by mulberry32; not for secrets. */
export function diceOf(seed: number): Dice {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (n: number): number => Math.floor(next() * n);
  return { below, of: (list) => list[below(list.length)] as never, chance: (share) => next() < share };
}

const two = (n: number): string => String(n).padStart(2, "0");
const someDate = (dice: Dice): string => (dice.chance(0.1) ? dice.of(["2018-02-30", "1980-13-01", "2000-02-29", "2018-11-20", "1990-1-1"]) : `${1930 + dice.below(92)}-${two(1 + dice.below(12))}-${two(1 + dice.below(28))}`);

const WORDS = ["某单位", "一般", "abc-1", "37001部队", "闽字0001", "19800101", "1980010110858031210001"];
const NAMES = ["陈虚设", "张", "·王", "买买提·虚构", "Li", "王 五", "𠮷田", "王\ue000"];
const IDS = ["999999195803120016", "99999919580312001X", "350524780615001", "110105194912310021", "999999195813120016", "111111111111111", "12345", "9999991958031200AB", "999999203001010013", "009999195803120012"];

/** Another answer for the item: mostly one that fits its kind, now and then one that does not. */
const another = (scheme: Scheme, item: Item, dice: Dice): Value => {
  const options = [...(indexOf(scheme).options.get(item.codeSet ?? "")?.keys() ?? ["1"])];
  switch (item.kind) {
    case "integer":
      return dice.of([0, 1, 5, 1979, 2500, -3, 1.5, 100_000]);
    case "decimal":
    case "money":
      return dice.of([0, 12.5, 900, 0.333, -1, 99_999_999_999, 1e12, 12000, 1.23]);
    case "date":
      return someDate(dice);
    case "month":
      return dice.of(["2018-10", "2018-13", "1999-1", "2000-02"]);
    case "code":
      return dice.chance(0.1) ? "zz" : dice.of(options);
    case "codes":
      return Array.from({ length: 1 + dice.below(3) }, () => (dice.chance(0.05) ? "zz" : dice.of(options)));
    case "yes-no":
      return dice.chance(0.5);
    case "id-number":
      return dice.of(IDS);
    case "phone":
      return dice.of(["13800000000", "12800000000", "0595-22345678", "0595-1", "139"]);
    case "area":
      return dice.of(["350524100001", "350524", "990524100001", "35052410000a", "350524000000"]);
    case "photo":
    case "document":
    case "signature":
      return dice.of(["photo-9", "a b", "x:1"]);
    default:
      return item.text === "name" ? dice.of(NAMES) : dice.of(WORDS);
  }
};

const changedRows = (scheme: Scheme, section: Section, rows: readonly Group[], dice: Dice): readonly Group[] => {
  if (rows.length === 0 || dice.chance(0.3)) return [...rows, Object.fromEntries(section.items.filter(() => dice.chance(0.7)).map((item) => [item.key, another(scheme, item, dice)]))];
  const at = dice.below(rows.length);
  const item = dice.of(section.items);
  return rows.map((row, i) => (i === at ? { ...row, [item.key]: dice.chance(0.3) ? undefined : another(scheme, item, dice) } : row));
};

const damagedOnce = (scheme: Scheme, answers: Answers, dice: Dice): Answers => {
  const forms = openForms(scheme, answers);
  if (scheme.categoryItem !== undefined && dice.chance(0.04)) {
    const [form = "", key = ""] = scheme.categoryItem.split(".");
    const chosen = new Set(chosenCategories(scheme, answers));
    const category = dice.of(scheme.categories).key;
    if (!chosen.delete(category)) chosen.add(category);
    return { ...answers, [form]: { ...answers[form], [key]: [...chosen] } };
  }
  const form = dice.of(forms);
  const section = dice.of(form.sections);
  const group: FormAnswers = answers[form.key] ?? {};
  if (section.repeats !== undefined) {
    const rows = group[section.key];
    return { ...answers, [form.key]: { ...group, [section.key]: changedRows(scheme, section, Array.isArray(rows) ? (rows as readonly Group[]) : [], dice) } };
  }
  const item = dice.of(section.items);
  return { ...answers, [form.key]: { ...group, [item.key]: dice.chance(0.4) ? undefined : another(scheme, item, dice) } };
};

/** `n` records from the sound ones, with none to six damages each. */
export function damagedRecords(scheme: Scheme, sound: readonly Answers[], n: number, seed = 1): Answers[] {
  const dice = diceOf(seed);
  return Array.from({ length: n }, (_, i) => {
    let answers = sound[i % sound.length] ?? {};
    for (let left = dice.below(7); left > 0; left -= 1) answers = damagedOnce(scheme, answers, dice);
    return JSON.parse(JSON.stringify(answers)) as Answers;
  });
}
