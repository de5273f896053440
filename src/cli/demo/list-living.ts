// The lists of civil affairs, social insurance, medical insurance and housing. Planted: M01–M03, H01, H02, Y01, Z01, Z02.
import type { Value } from "../../scheme/model.ts";
import type { DepartmentKey, Facts, Listed, ListRow, Planted } from "./facts.ts";
import { type Random, weightedTable } from "./random.ts";

type Rest = Pick<Planted, "right" | "answer" | "corrected">;

/** How a difference is settled: theirs is right in about two of three, and then our value becomes theirs. */
const settle = (random: Random, corrected: Readonly<Record<string, Value>>): Rest => {
  const draw = random.unit();
  if (draw < 0.64) return { right: "theirs", answer: "correct-ours", corrected };
  return draw < 0.92 ? { right: "ours", answer: "confirm-ours" } : { right: "theirs", answer: "cannot-tell" };
};

const planted = (department: DepartmentKey, facts: Facts, kind: string, item: string, ours: string, theirs: string, rest: Rest): Planted => ({
  class: kind,
  department,
  person: facts.person.key,
  path: `general.${item}`,
  ours,
  theirs,
  ...rest,
});

const identity = (facts: Facts): ListRow => ({ id_number: facts.person.idNumber, name: facts.person.name });

const AID_WORDS: Readonly<Record<string, readonly string[]>> = { "1": ["农村低保", "城市低保", "农村最低生活保障"], "2": ["特困", "农村特困人员救助供养"] };
const aidRow = (random: Random, facts: Facts, kind: string): ListRow => ({
  ...identity(facts),
  aid_kind: random.pick(AID_WORDS[kind] ?? ["农村低保"]),
  cert_no: `虚助${String(random.between(1, 999_999)).padStart(6, "0")}`,
  amount: String(random.between(180, 720)),
  from_month: `${random.between(2008, 2017)}-${String(random.between(1, 12)).padStart(2, "0")}`,
});

/** What civil affairs knows: who is on the register of assistance. */
export function listedByCivilAffairs(random: Random, facts: Facts): Listed {
  const { aid } = facts;
  const draw = random.unit();
  if (aid === "4") {
    if (draw >= 0.004) return { rows: [] };
    return { rows: [aidRow(random, facts, "1")], planted: planted("civil_affairs", facts, "M01", "social_assistance", "4", "1", settle(random, { "general.social_assistance": "1" })) };
  }
  if (aid === "3") {
    if (draw < 0.06) return { rows: [aidRow(random, facts, "2")], planted: planted("civil_affairs", facts, "M03", "social_assistance", "3", "2", settle(random, { "general.social_assistance": "2" })) };
    return { rows: draw < 0.6 ? [aidRow(random, facts, "1")] : [] };
  }
  if (draw < 0.06) {
    const rest: Rest = random.chance(0.6) ? { right: "theirs", answer: "correct-ours", corrected: { "general.social_assistance": "4" } } : { right: "ours", answer: "confirm-ours" };
    return { rows: [], planted: { class: "M02", department: "civil_affairs", person: facts.person.key, ...rest } };
  }
  if (draw < 0.1) {
    const theirs = aid === "1" ? "2" : "1";
    return { rows: [aidRow(random, facts, theirs)], planted: planted("civil_affairs", facts, "M03", "social_assistance", aid, theirs, settle(random, { "general.social_assistance": theirs })) };
  }
  return { rows: [aidRow(random, facts, aid)] };
}

const PENSION_WORDS: Readonly<Record<string, readonly string[]>> = {
  "1": ["城乡居民基本养老保险", "城乡居民社会养老保险"],
  "2": ["城镇职工基本养老保险", "企业职工基本养老保险", "机关事业单位养老保险"],
};
const WORK_WORDS: Readonly<Record<string, readonly string[]>> = {
  government_institution: ["在职", "在职参保"],
  enterprise: ["在职", "就业", "在职参保"],
  public_welfare_post: ["就业"],
  unemployed: ["登记失业", "失业"],
  laid_off: ["失业"],
  retired: ["退休", "离退休"],
};
const HR_CLASSES = weightedTable<string>([["H01", 10], ["H02", 12], ["none", 978]]);

/** What human resources and social insurance know. Those without old-age insurance are not on the list. */
export function listedBySocialInsurance(random: Random, facts: Facts): Listed {
  const { pension, work } = facts;
  const kind = random.weighted(HR_CLASSES);
  const row = (theirs: string, employment: string): ListRow => ({
    ...identity(facts),
    pension_kind: random.pick(PENSION_WORDS[theirs] ?? ["城乡居民基本养老保险"]),
    employment,
    ...(employment === "" ? {} : { employer: "虚构示例参保单位" }),
  });
  const known = pension === "3" ? "2" : pension;
  const words = WORK_WORDS[work];
  const employment = words === undefined ? "" : random.pick(words);
  if (kind === "H01") {
    const theirs = known === "1" ? "2" : "1";
    return { rows: [row(theirs, employment)], planted: planted("social_insurance", facts, "H01", "pension_ins", pension, theirs, settle(random, { "general.pension_ins": [theirs] })) };
  }
  if (kind === "H02" && pension !== "4" && (work === "enterprise" || work === "farming" || work === "unemployed")) {
    if (work === "enterprise") {
      return { rows: [row(known, "登记失业")], planted: planted("social_insurance", facts, "H02", "employment_status", work, "unemployed", settle(random, { "general.employment_status": "unemployed" })) };
    }
    const corrected = { "general.employment_status": "enterprise", "general.employer_name": "安溪虚构示例有限公司", "general.employer_type": "private_enterprise" };
    return { rows: [row(known, "在职参保")], planted: planted("social_insurance", facts, "H02", "employment_status", work, "employed", settle(random, corrected)) };
  }
  return { rows: pension === "4" ? [] : [row(known, employment)] };
}

const MEDICAL_WORDS: Readonly<Record<string, readonly string[]>> = { "1": ["城乡居民基本医疗保险", "居民医保"], "2": ["职工基本医疗保险", "职工医保"] };

/** What the medical insurance office knows; one person in a hundred stands there twice with the same insurance. */
export function listedByMedicalInsurance(random: Random, facts: Facts): Listed {
  const { medical } = facts;
  const row = (theirs: string): ListRow => ({ ...identity(facts), insured_as: random.pick(MEDICAL_WORDS[theirs] ?? ["居民医保"]), paid_until: "2018-12" });
  if (random.chance(0.016)) {
    const theirs = medical === "1" ? "2" : "1";
    return { rows: [row(theirs)], planted: planted("medical_insurance", facts, "Y01", "medical_ins", medical, theirs, settle(random, { "general.medical_ins": [theirs] })) };
  }
  if (medical === "4") return { rows: [] };
  return { rows: random.chance(0.01) ? [row(medical), row(medical)] : [row(medical)] };
}

const DWELLING = ["住宅", "成套住宅", "住宅", "农村宅基地住房"];
const OWNED = new Set(["2", "4", "7", "8", "9"]);
const round = (area: number): number => Math.round(area * 10) / 10;

/** What the land and housing offices know: owners only; tenants are not there, and about one owner in eight is not registered yet. */
export function listedByHousing(random: Random, facts: Facts): Listed {
  const { housing, housingArea } = facts;
  const row = (area: number, usage: string): ListRow => ({ ...identity(facts), location: facts.address, usage, area: String(round(area)) });
  const extra = random.chance(0.02) ? [row(random.between(20, 90), random.pick(["商业服务", "车位"]))] : [];
  if (housing === "1") {
    if (!random.chance(0.1)) return { rows: extra };
    const area = random.between(60, 140);
    return { rows: [row(area, "住宅"), ...extra], planted: planted("housing", facts, "Z01", "housing", "1", "dwelling", settle(random, { "general.housing": ["7"], "general.housing_area": area })) };
  }
  if (!OWNED.has(housing) || housingArea === undefined) return { rows: extra };
  const draw = random.unit();
  if (draw < 0.014) {
    const larger = round(housingArea * (random.between(118, 170) / 100));
    const theirs = random.chance(0.6) && larger <= 300 ? larger : round(housingArea * (random.between(55, 84) / 100));
    return { rows: [row(theirs, random.pick(DWELLING)), ...extra], planted: planted("housing", facts, "Z02", "housing_area", String(housingArea), String(theirs), settle(random, { "general.housing_area": theirs })) };
  }
  if (draw < 0.14) return { rows: extra };
  const theirs = random.chance(0.8) ? housingArea : round(housingArea * (random.between(970, 1030) / 1000));
  if (theirs > 80 && draw > 0.95) {
    const part = round(theirs * 0.4);
    return { rows: [row(part, "住宅"), row(theirs - part, "住宅"), ...extra] };
  }
  return { rows: [row(theirs, random.pick(DWELLING)), ...extra] };
}
