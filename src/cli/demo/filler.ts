// Fills whatever the scheme still wants: every shown and required item without an answer gets a plausible value of its kind.
// So the demo stays complete when the scheme grows. Photos, papers and signatures become references to drawn pictures.
import { chosenCategories, indexOf, isRequired, openForms, visibleItems, visibleSections } from "../../scheme/layout.ts";
import type { EvaluationContext } from "../../scheme/evaluate.ts";
import type { Form, Item, Scheme, Value } from "../../scheme/model.ts";
import { looseId } from "./agent.ts";
import type { OpenAnswers } from "./answers-general.ts";
import { dayIn, later, plusYears, REFERENCE } from "./dates.ts";
import { phoneOf } from "./ids.ts";
import { fullName, type Person } from "./people.ts";
import type { Random } from "./random.ts";

/** What a picture shows, by the item it answers. */
export type Palette = "portrait" | "card" | "paper" | "signature" | "chip";
/** Number of drawn pictures of each kind; portraits of men come first, then of women. */
export const PALETTE: Readonly<Record<Palette, number>> = { portrait: 64, chip: 64, card: 16, paper: 12, signature: 64 };

/** Reference to a picture of the palette in an answer: `demo:portrait:12`. */
export const pictureRef = (kind: Palette, index: number): string => `demo:${kind}:${index}`;

/** The palette an image item is drawn from. */
export function paletteOf(item: Item): Palette {
  if (item.kind === "signature") return "signature";
  if (item.key === "card_portrait") return "chip";
  if (item.key.startsWith("card_photo")) return "card";
  return item.key === "photo_recent" ? "portrait" : "paper";
}

/** A portrait of the right sex, the same for all pictures of one person. */
export function portraitIndex(person: Person): number {
  return (person.sex === "1" ? 0 : 32) + (person.index % 32);
}

const pictureOf = (random: Random, person: Person, item: Item): string => {
  const kind = paletteOf(item);
  return pictureRef(kind, kind === "portrait" || kind === "chip" ? portraitIndex(person) : random.between(0, PALETTE[kind] - 1));
};

const textOf = (random: Random, person: Person, item: Item): string => {
  if (item.text === "name") return fullName(random, "1", "1990-01-01");
  if (item.text === "unit-code") return `1${String(random.between(0, 9999)).padStart(4, "0")}部队`;
  if (item.text === "certificate") return `虚证字第${String(random.between(1, 99_999)).padStart(5, "0")}号`;
  return (item.maxLength ?? 20) < 4 ? "虚" : "虚构示例";
};

const dateFor = (random: Random, person: Person, item: Item): string => {
  const key = item.key;
  if (/enlist|join|start_work|from/u.test(key) && person.enlist !== undefined && !key.startsWith("s_")) return person.enlist;
  if (key.startsWith("s_")) return `${random.between(2004, 2016)}-12-01`;
  if (/leave|retire|demob/u.test(key) && person.leave !== undefined) return person.leave;
  const after = person.leave ?? plusYears(person.birth, 20);
  const near = later(after, dayIn(random, Number(after.slice(0, 4))));
  return near >= REFERENCE ? after : near;
};

/** A value of the item's kind; undefined when there is none to give. */
function valueFor(random: Random, scheme: Scheme, person: Person, item: Item): Value | undefined {
  const options = item.codeSet === undefined ? [] : [...(indexOf(scheme).options.get(item.codeSet)?.values() ?? [])].filter((option) => option.replacedBy === undefined);
  switch (item.kind) {
    case "address":
      return "福建省安溪县虚构示例地址";
    case "text":
      return textOf(random, person, item);
    case "integer":
    case "decimal":
    case "money":
      return Math.max(item.min ?? 0, Math.min(item.max ?? 3000, item.kind === "money" ? 3000 : 1));
    case "date":
      return dateFor(random, person, item);
    case "month":
      return dateFor(random, person, item).slice(0, 7);
    case "code":
      return options.length > 0 ? random.pick(options).code : undefined;
    case "codes": {
      const alone = options.find((option) => option.exclusive === true);
      return options.length > 0 ? [(alone ?? random.pick(options)).code] : undefined;
    }
    case "yes-no":
      return false;
    case "id-number":
      return looseId(random, "1", dayIn(random, 1994));
    case "phone":
      return phoneOf(random);
    case "area":
      return "350524000000";
    case "photo":
    case "document":
    case "signature":
      return pictureOf(random, person, item);
    case "computed":
      return undefined;
  }
}

const fillForm = (random: Random, scheme: Scheme, person: Person, form: Form, answers: OpenAnswers, context: EvaluationContext): number => {
  let filled = 0;
  const own = (answers[form.key] ??= {});
  for (const section of visibleSections(form, answers, context)) {
    if (section.repeats) continue;
    for (const item of visibleItems(section, answers, context)) {
      if (own[item.key] !== undefined || !isRequired(item, answers, context)) continue;
      const value = valueFor(random, scheme, person, item);
      if (value === undefined) continue;
      own[item.key] = value;
      filled += 1;
    }
  }
  return filled;
};

/** Completes the answers in place: passes over the open forms until nothing more is wanted (at most four). */
export function complete(random: Random, scheme: Scheme, person: Person, answers: OpenAnswers, context: EvaluationContext): void {
  for (let pass = 0; pass < 4; pass += 1) {
    let filled = 0;
    for (const form of openForms(scheme, answers)) filled += fillForm(random, scheme, person, form, answers, context);
    if (filled === 0) return;
  }
}

/** Sub-forms of ticked categories exist even when nothing in them is required. */
export function openSubForms(scheme: Scheme, answers: OpenAnswers): void {
  const chosen = new Set(chosenCategories(scheme, answers));
  for (const form of scheme.forms) if (form.category !== undefined && chosen.has(form.category)) answers[form.key] ??= {};
}
