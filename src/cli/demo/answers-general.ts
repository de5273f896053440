// What a person answers in the general form: identity as on the card, home, service in short, work, insurance, housing, assistance.
import type { Group, Value } from "../../scheme/model.ts";
import { dateOf, later, plusYears, REFERENCE, yearOf, yearsFrom } from "./dates.ts";
import type { Geography } from "./geography.ts";
import { agentOf } from "./agent.ts";
import { homeOf, type Person } from "./people.ts";
import { phoneOf } from "./ids.ts";
import { type Random, weightedTable, type Weighted } from "./random.ts";

/** Answers being written. */
export type Draft = { [item: string]: Value | undefined };
/** Answers of one form while they are being made. */
export type OpenForm = { [itemOrSection: string]: Value | readonly Group[] | undefined };
export type OpenAnswers = { [form: string]: OpenForm | undefined };
/** How a capture is made; the codes of 采集方式 are 1–5 in this order. */
export const CHANNELS = ["station", "home", "employer", "self", "paper"] as const;
export type Channel = (typeof CHANNELS)[number];

const table = <T>(...rows: readonly (readonly [T, number])[]): Weighted<T> => weightedTable(rows);
const CHANNEL = table<Channel>(["station", 70], ["home", 16], ["employer", 4], ["self", 6], ["paper", 4]);
const HOUSING = table<string>(["2", 62], ["7", 20], ["1", 6], ["8", 4], ["4", 2.5], ["3", 2], ["5", 1.5], ["6", 0.7], ["9", 1.3]);
const EDUCATION: readonly (readonly [number, Weighted<string>])[] = [
  [1900, table(["90", 25], ["81", 55], ["71", 15], ["61", 5])],
  [1945, table(["81", 45], ["71", 38], ["61", 14], ["31", 3])],
  [1965, table(["81", 15], ["71", 52], ["61", 22], ["41", 6], ["31", 5])],
  [1980, table(["71", 38], ["61", 24], ["41", 16], ["31", 16], ["21", 6])],
  [1992, table(["71", 12], ["61", 30], ["41", 20], ["31", 24], ["21", 14])],
];
const WORK = ["茶叶", "藤铁工艺", "建材", "食品", "服装", "机械", "物流", "陶瓷", "电子", "农资"];
const COMPANY = table<readonly [string, string]>(
  [["有限公司", "private_enterprise"], 70],
  [["集团股份公司", "private_enterprise"], 10],
  [["国有资产经营公司", "state_enterprise"], 12],
  [["外资企业", "foreign_enterprise"], 5],
  [["集体厂", "collective_enterprise"], 3],
);

/** 「某某社区居委会」 as an address writes it. */
export function shortVillage(name: string): string {
  return name.replace(/(?:居委会|居民会|居民委员会)$/u, "").replace(/(?:村委会|村民委员会)$/u, "村");
}

function card(random: Random, person: Person, draft: Draft): void {
  const ageThen = (issued: string): number => yearsFrom(person.birth, issued);
  let issued = dateOf(random.between(2009, 2017), random.between(1, 12), random.between(1, 28));
  // Cards of ten years are all recent, so that none has run out while the demo is looked at.
  if (ageThen(issued) < 26) issued = dateOf(2018, random.between(1, 8), random.between(1, 28));
  draft.issuing_authority = "安溪县公安局";
  draft.valid_from = issued;
  if (ageThen(issued) >= 46) draft.valid_long_term = true;
  else {
    draft.valid_long_term = false;
    draft.valid_to = plusYears(issued, ageThen(issued) >= 26 ? 20 : 10);
  }
}

function home(random: Random, person: Person, geography: Geography, draft: Draft): void {
  const at = homeOf(geography, person);
  const door = `${random.between(1, 320)}号`;
  const base = `福建省安溪县${at.township}${shortVillage(at.village)}${door}`;
  draft.domicile_address = base;
  draft.domicile_region = at.code;
  const away = random.chance(0.14) ? random.pick(geography.townships) : undefined;
  const village = away === undefined ? undefined : random.pick(away.villages);
  draft.residence_address = away && village ? `福建省安溪县${away.name}${shortVillage(village.name)}${random.between(1, 320)}号` : base;
  draft.residence_region = village?.code ?? at.code;
}

function maritalOf(random: Random, person: Person, age: number): string {
  if (age < (person.sex === "1" ? 22 : 20)) return "10";
  if (person.relation === "1") return random.chance(0.9) ? "21" : "30";
  if (person.relation === "3") return person.categories.includes("serving_family") ? "21" : "30";
  if (age < 32) return random.chance(0.5) ? "10" : "21";
  if (age > 75 && random.chance(0.35)) return "30";
  return random.weighted(table(["21", 88], ["22", 4], ["40", 4], ["10", 3], ["30", 1]));
}

function politicalOf(random: Random, person: Person, age: number, draft: Draft): void {
  const served = person.enlist !== undefined;
  const officer = person.standing === "1" || person.standing === "4";
  const member = age >= 24 && random.chance(officer ? 0.95 : served ? 0.38 : 0.08);
  draft.political = member ? "01" : age < 27 && random.chance(0.5) ? "03" : "13";
  if (member) {
    const earliest = plusYears(person.birth, 19);
    const joined = dateOf(yearOf(earliest) + random.between(0, Math.max(0, Math.min(12, 2017 - yearOf(earliest)))), random.between(1, 12), random.between(1, 28));
    draft.party_join_date = later(joined, earliest);
  }
}

const YOUNG_WORK = table<string>(["enterprise", 46], ["farming", 12], ["self_employed", 16], ["freelance", 10], ["government_institution", 8], ["public_welfare_post", 2], ["unemployed", 4], ["laid_off", 1], ["other", 1]);
const MIDDLE_WORK = table<string>(["enterprise", 28], ["farming", 34], ["self_employed", 16], ["freelance", 8], ["government_institution", 6], ["public_welfare_post", 2], ["unemployed", 4], ["laid_off", 2]);
const OLD_WORK = table<string>(["farming", 66], ["retired", 30], ["unemployed", 4]);

function workOf(random: Random, person: Person, age: number): string {
  const [main] = person.categories;
  const pensionAge = person.sex === "1" ? 60 : 55;
  if (main === "retired_cadre_nco" || main === "non_military_staff") return "retired";
  if (main === "transferred_cadre") return age >= pensionAge ? "retired" : random.chance(0.8) ? "government_institution" : "enterprise";
  if (age >= pensionAge) return random.weighted(OLD_WORK);
  if (age < 23 && person.enlist === undefined) return "student";
  return random.weighted(age < 45 ? YOUNG_WORK : MIDDLE_WORK);
}

function employer(random: Random, work: string, draft: Draft): void {
  if (work === "government_institution") {
    const organ = random.chance(0.5);
    draft.employer_name = organ ? `安溪县某局(虚构示例${random.between(1, 40)})` : `安溪县某学校(虚构示例${random.between(1, 60)})`;
    draft.employer_type = organ ? "state_organ" : "public_institution";
  } else if (work === "public_welfare_post") {
    draft.employer_name = `安溪县公益岗位服务站(虚构示例${random.between(1, 24)})`;
    draft.employer_type = "public_welfare_post";
  } else if (work === "enterprise" || work === "retired") {
    const [form, type] = random.weighted(COMPANY);
    draft.employer_name = `安溪虚构${random.pick(WORK)}${random.between(1, 99)}号${form}`;
    draft.employer_type = type;
  }
}

const EMPLOYED = new Set(["government_institution", "enterprise", "public_welfare_post"]);

function living(random: Random, person: Person, age: number, draft: Draft): void {
  const work = workOf(random, person, age);
  draft.employment_status = work;
  employer(random, work, draft);
  const employed = EMPLOYED.has(work);
  const aid = work === "farming" || work === "unemployed" || work === "laid_off" ? random.weighted(table(["4", 880], ["1", 70], ["3", 38], ["2", age >= 60 ? 12 : 0])) : "4";
  draft.social_assistance = aid;
  const [low, high] = aid !== "4" ? [10, 70] : employed ? [300, 1100] : work === "retired" ? [280, 720] : work === "student" ? [0, 0] : [80, 520];
  draft.annual_income = random.between(low, high) * 100;
  draft.family_income = draft.annual_income + random.between(aid === "4" ? 50 : 0, aid === "4" ? 900 : 60) * 100;
  const insured = employed || work === "retired";
  draft.medical_ins = [insured ? "2" : random.chance(0.985) ? "1" : "4"];
  draft.pension_ins = [work === "retired" ? (random.chance(0.7) ? "3" : "2") : employed ? "2" : work === "student" || random.chance(0.02) ? "4" : "1"];
  draft.housing_fund = employed && random.chance(work === "government_institution" ? 0.97 : 0.45);
  draft.disabled_subsidy = ["none"];
  const housing = random.weighted(HOUSING);
  draft.housing = [housing];
  if (housing !== "1") draft.housing_area = housing === "2" ? random.between(60, 260) : ["5", "6", "3"].includes(housing) ? random.between(35, 75) : random.between(600, 1450) / 10;
}

function service(random: Random, person: Person, draft: Draft): void {
  if (person.enlist === undefined) {
    if (person.categories.includes("disabled_militia")) draft.honours = [random.chance(0.9) ? "none" : "merit_3"];
    return;
  }
  draft.enlist_date = person.enlist;
  draft.leave_date = person.leave;
  if (person.standing !== undefined) {
    draft.service_identity = person.standing;
    if (random.chance(0.35)) draft.unit_code = `1${String(random.between(0, 9999)).padStart(4, "0")}部队`;
    if (random.chance(0.2)) draft.service_no = `虚字第${String(random.between(0, 9_999_999)).padStart(7, "0")}号`;
  }
  draft.honours = [random.weighted(table(["none", 82], ["merit_3", 16], ["merit_2", 1.5], ["merit_1", 0.2], ["nco_talent_award", person.standing === "2" ? 0.3 : 0]))];
}

const REMARKS = ["虚构示例", "虚构示例:本人已当面核对", "虚构示例:材料齐全", "虚构示例,外出务工,电话联系"];

/** The general form of a person; `channel` is drawn with it. Photos and signature are left to the caller. */
export function generalAnswers(random: Random, person: Person, geography: Geography): { readonly draft: Draft; readonly channel: Channel } {
  const channel = random.weighted(CHANNEL);
  const age = yearsFrom(person.birth, REFERENCE);
  const draft: Draft = { name: person.name, id_number: person.idNumber, sex: person.sex, ethnic: person.ethnic, birth_date: person.birth };
  if (channel !== "paper" || random.chance(0.5)) card(random, person, draft);
  home(random, person, geography, draft);
  const byAgent = age > 70 && random.chance(0.08);
  draft.agent_flag = byAgent;
  if (byAgent) Object.assign(draft, agentOf(random));
  draft.hukou_type = random.weighted(table(["1", 40], ["2", 8], ["3", 52]));
  draft.marital = maritalOf(random, person, age);
  draft.education = random.weighted((EDUCATION.findLast(([from]) => yearOf(person.birth) >= from) ?? EDUCATION[0] as (typeof EDUCATION)[number])[1]);
  politicalOf(random, person, age, draft);
  draft.mobile = person.phone;
  if (random.chance(0.04)) draft.landline = `0595-2${String(random.between(0, 999_999)).padStart(7, "0")}`;
  if (random.chance(0.3)) draft.postcode = "362400";
  if (random.chance(0.02)) draft.wechat_qq = phoneOf(random);
  const disabled = person.categories.some((key) => key === "disabled_soldier" || key === "disabled_militia");
  draft.health = disabled ? "60" : random.weighted(age > 65 ? table(["10", 50], ["20", 30], ["30", 20]) : table(["10", 92], ["20", 4], ["30", 4]));
  draft.self_declared = String(CHANNELS.indexOf(channel) + 1);
  if (random.chance(0.12)) draft.remark = random.pick(REMARKS);
  draft.categories = person.categories;
  draft.evidence_kind = random.chance(0.96) ? "1" : "2";
  service(random, person, draft);
  living(random, person, age, draft);
  if (random.chance(0.06)) draft.difficulties = [random.pick(["3", "4", "5", "6", "7", "8"])];
  if (random.chance(0.04)) {
    draft.demands = [random.pick(["1", "2", "3", "5"])];
    draft.demand_text = "虚构示例:希望了解相关政策";
    draft.demand_answered_on_site = true;
  }
  return { draft, channel };
}
