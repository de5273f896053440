// What the township collectors will capture, person by person: answers, where they came from, pictures, and what goes wrong on the way.
import type { Answers, FormAnswers, Scheme, Value } from "../../scheme/model.ts";
import { indexOf, isRows } from "../../scheme/layout.ts";
import type { Channel } from "./answers-general.ts";
import { truthfulAnswers } from "./answers.ts";
import { isListed } from "./base-list.ts";
import { dateOf } from "./dates.ts";
import type { Palette } from "./filler.ts";
import type { Geography } from "./geography.ts";
import { homeOf, type Person, type Plan } from "./people.ts";
import { randomOf, type Random } from "./random.ts";

/** A picture that answers an item: upload number `index` of the palette and put the id in its place. */
export type PictureUse = { readonly path: string; readonly palette: Palette; readonly index: number };

/** A value that a reviewer will return with a remark on its field, and how the collector answers. */
export type CaptureFault = {
  readonly by: "township" | "county";
  readonly path: string;
  readonly remark: string;
  readonly answer: string;
  readonly faulty: Value;
  readonly correct: Value;
  readonly correctedAnswers: Answers;
};
export type CaptureOutcome = { readonly outcome: "refused" | "not-found" | "deceased" | "moved"; readonly note: string; readonly date?: string };

/** One visit. `township` and `collector` say who makes it; people of the base list are found by their ID number. */
export type Capture = {
  readonly person: string;
  readonly name: string;
  readonly idNumber: string;
  readonly who: "base" | "new";
  readonly plan: Plan;
  /** Code of 12 digits, index in the geography, and which of the township's collectors (0 or 1). */
  readonly township: string;
  readonly townshipIndex: number;
  readonly collector: 0 | 1;
  /** Village of the household registration. */
  readonly village: string;
  readonly channel: Channel;
  readonly answers: Answers;
  readonly provenance: Readonly<Record<string, string>>;
  readonly pictures: readonly PictureUse[];
  readonly outcome?: CaptureOutcome;
  readonly fault?: CaptureFault;
  /** The second capture of somebody already captured elsewhere: it must end merged into the first. */
  readonly second?: boolean;
  /** The person belongs to another township: asked over to this village before (base list) or after (new) the capture. */
  readonly handover?: { readonly toTownship: string; readonly toVillage: string; readonly reason: string };
};

const CARD_ITEMS = ["name", "id_number", "sex", "ethnic", "birth_date", "issuing_authority", "valid_from", "valid_to", "valid_long_term", "domicile_address", "card_portrait"];

/** All pictures that answers refer to, with their paths. */
export function picturesOf(answers: Answers): PictureUse[] {
  const uses: PictureUse[] = [];
  const look = (path: string, value: unknown): void => {
    if (typeof value !== "string" || !value.startsWith("demo:")) return;
    const [, palette = "paper", index = "0"] = value.split(":");
    uses.push({ path, palette: palette as Palette, index: Number(index) });
  };
  for (const [form, items] of Object.entries(answers)) {
    for (const [key, value] of Object.entries(items ?? {})) {
      if (isRows(value)) value.forEach((row, i) => Object.entries(row).forEach(([item, each]) => look(`${form}.${key}[${i}].${item}`, each)));
      else look(`${form}.${key}`, value);
    }
  }
  return uses;
}

/** The answers with one item of the general form changed. */
export function withGeneral(answers: Answers, changes: Readonly<Record<string, Value | undefined>>): Answers {
  const general: FormAnswers = { ...answers.general, ...changes };
  return { ...answers, general: Object.fromEntries(Object.entries(general).filter(([, value]) => value !== undefined)) };
}

const provenanceOf = (scheme: Scheme, answers: Answers, channel: Channel): { readonly [path: string]: string } => {
  const general = answers.general ?? {};
  const card = channel !== "self" && channel !== "paper" && general.valid_from !== undefined;
  const out: { [path: string]: string } = {};
  for (const key of CARD_ITEMS) {
    if (general[key] !== undefined && indexOf(scheme).byPath.has(`general.${key}`)) out[`general.${key}`] = card ? "card" : channel === "paper" ? "paper" : "declared";
  }
  return out;
};

type Slip = { readonly key: string; readonly remark: string; readonly answer: string; readonly wrong: (value: Value, random: Random) => Value | undefined };
const otherDigit = (text: string, at: number): string => text.slice(0, at) + String((Number(text.charAt(at)) + 3) % 10) + text.slice(at + 1);
const SLIPS: readonly Slip[] = [
  {
    key: "mobile",
    remark: "联系电话打不通,请与本人核对",
    answer: "已当面核对,录入时输错一位,现已更正",
    wrong: (value, random) => (/^1\d{10}$/u.test(String(value)) ? otherDigit(String(value), random.between(5, 10)) : undefined),
  },
  {
    key: "residence_address",
    remark: "实际居住地址请写到门牌号",
    answer: "已补充门牌号",
    wrong: (value) => String(value).replace(/\d+号$/u, ""),
  },
  {
    key: "annual_income",
    remark: "个人年收入单位为元,疑少填一位,请核对",
    answer: "已核对,少填一个零,现已更正",
    wrong: (value) => (Number(value) >= 10_000 ? Math.round(Number(value) / 10) : undefined),
  },
  {
    key: "education",
    remark: "文化程度与登记表不一致,请核对学历证书",
    answer: "已看过毕业证书,更正",
    wrong: (value) => (value === "81" ? "71" : "81"),
  },
  {
    key: "housing_area",
    remark: "住房面积与现场情况不符,请重新丈量或查看产权证",
    answer: "已查看产权证,更正",
    wrong: (value) => (typeof value === "number" ? Math.round(value * 0.5 * 10) / 10 : undefined),
  },
];

function slipOf(random: Random, answers: Answers): Omit<CaptureFault, "correctedAnswers"> | undefined {
  const start = random.between(0, SLIPS.length - 1);
  for (let i = 0; i < SLIPS.length; i += 1) {
    const slip = SLIPS[(start + i) % SLIPS.length] as Slip;
    const correct = answers.general?.[slip.key];
    if (correct === undefined || isRows(correct)) continue;
    const faulty = slip.wrong(correct, random);
    if (faulty === undefined || faulty === correct) continue;
    const by = random.chance(0.7) ? "township" : "county";
    return { by, path: `general.${slip.key}`, remark: slip.remark, answer: slip.answer, faulty, correct };
  }
  return undefined;
}

function outcomeOf(random: Random, plan: Plan): CaptureOutcome | undefined {
  const date = dateOf(random.between(2014, 2018), random.between(1, 8), random.between(1, 28));
  switch (plan) {
    case "refused":
      return { outcome: "refused", note: "本人表示不参加采集(虚构示例)" };
    case "not-found":
      return { outcome: "not-found", note: "两次上门均未找到,村(居)委会无此人(虚构示例)" };
    case "deceased":
      return { outcome: "deceased", note: "家属告知已去世(虚构示例)", date };
    case "moved":
      return { outcome: "moved", note: "户口已迁出本县(虚构示例)", date };
    default:
      return undefined;
  }
}

/** What is needed to tell captures: the county's parts. */
export type Told = { readonly seed: number; readonly scheme: Scheme; readonly geography: Geography };

/** The visits to one person: one, or two when captured twice. */
export function capturesOf(county: Told, person: Person): readonly Capture[] {
  const { seed, scheme, geography } = county;
  const random = randomOf(seed, "capture", person.index);
  const home = homeOf(geography, person);
  const listed = isListed(seed, person);
  const outcome = outcomeOf(random, person.plan);
  const { answers, channel } = truthfulAnswers(seed, person, geography, scheme);
  const slip = person.plan === "first-has-fault" ? slipOf(random, answers) : undefined;
  const firstTownship = person.plan === "registered-in-other-township" ? (person.elsewhere ?? person.township) : person.township;
  const told = slip === undefined ? answers : withGeneral(answers, { [slip.path.slice("general.".length)]: slip.faulty });
  const base = { person: person.key, name: person.name, idNumber: person.idNumber, plan: person.plan, village: home.code, channel };
  const at = (index: number): Pick<Capture, "township" | "townshipIndex" | "collector"> => ({
    township: geography.townships[index]?.code ?? "",
    townshipIndex: index,
    collector: collectorOf(person, index),
  });
  const first: Capture = {
    ...base,
    ...at(firstTownship),
    who: listed ? "base" : "new",
    answers: outcome === undefined ? told : {},
    provenance: outcome === undefined ? provenanceOf(scheme, told, channel) : {},
    pictures: outcome === undefined ? picturesOf(told) : [],
    ...(outcome === undefined ? {} : { outcome }),
    ...(slip === undefined ? {} : { fault: { ...slip, correctedAnswers: answers } }),
    ...(firstTownship === person.township
      ? {}
      : { handover: { toTownship: geography.townships[person.township]?.code ?? "", toVillage: home.code, reason: `户籍在${home.township}${home.village},移交办理(虚构示例)` } }),
  };
  if (person.plan !== "captured-twice" || person.elsewhere === undefined) return [first];
  return [first, { ...first, ...at(person.elsewhere), who: "new", second: true }];
}

/** The collector of a township who goes to this person: villages are shared out between two. */
export function collectorOf(person: Person, townshipIndex: number): 0 | 1 {
  return (townshipIndex === person.township ? person.village : person.index) % 2 === 0 ? 0 : 1;
}

/** Order of the visits: by township and collector, second captures after all first ones. Memory holds one person's answers at a time. */
export function* allCaptures(county: Told, people: readonly Person[]): Generator<Capture> {
  const first = (person: Person): number => (person.plan === "registered-in-other-township" ? (person.elsewhere ?? person.township) : person.township);
  const rank = (person: Person): number => first(person) * 2 + collectorOf(person, first(person));
  const order = [...people].sort((a, b) => rank(a) - rank(b) || a.village - b.village || a.index - b.index);
  for (const person of order) {
    const [visit] = capturesOf(county, person);
    if (visit) yield visit;
  }
  const twice = people.filter((person) => person.plan === "captured-twice" && person.elsewhere !== undefined);
  for (const person of twice.sort((a, b) => (a.elsewhere ?? 0) - (b.elsewhere ?? 0) || a.index - b.index)) {
    const [, again] = capturesOf(county, person);
    if (again) yield again;
  }
}
