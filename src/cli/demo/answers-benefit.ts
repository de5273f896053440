// What disabled soldiers and militia and the families of the dead answer in their sub-forms; dates and certificates agree with each other.
import type { Draft, OpenForm } from "./answers-general.ts";
import { dateOf, dayIn, earlier, later, plusYears, REFERENCE, yearOf, yearsFrom } from "./dates.ts";
import type { Relation } from "./kinds.ts";
import { fullName, givenFor, type Person, surnameOf } from "./people.ts";
import { type Random, weightedTable } from "./random.ts";

const GRADES = weightedTable<string>([["10", 30], ["09", 22], ["08", 18], ["07", 12], ["06", 8], ["05", 5], ["04", 2], ["03", 1.4], ["02", 1], ["01", 0.6]]);
const LAST = "2018-08-31";

/** Grade of disability, needed by other forms too. */
export const gradeOf = (random: Random): string => random.weighted(GRADES);

const AMOUNT: Readonly<Record<string, number>> = { "01": 6600, "02": 5980, "03": 5250, "04": 4300, "05": 3370, "06": 2630, "07": 2000, "08": 1260, "09": 1050, "10": 740 };

/** The benefit block; `paid` is left out for those who receive nothing. */
export function pay(random: Random, person: Person, form: OpenForm, paid: { readonly kind: string; readonly amount: number; readonly since: string } | undefined): void {
  const age = yearsFrom(person.birth, REFERENCE);
  form.state_benefit = [paid?.kind ?? "none"];
  form.object_state = paid ? "2" : "3";
  form.support_mode = paid ? "1" : "none";
  form.lonely_old = false;
  form.labour = age > 72 ? "3" : age > 60 ? "2" : "1";
  form.viability = age > 85 ? "3" : "1";
  if (!paid) return;
  form.benefit_amount = paid.amount;
  form.approved_at = earlier(paid.since, LAST);
  form.bank_code = "虚构示例银行安溪支行";
  form.bank_account_name = person.name;
  form.bank_account_no = `99${String(random.between(0, 99_999_999)).padStart(8, "0")}${String(random.between(0, 999_999)).padStart(6, "0")}`;
}

/** Certificate number of 22 characters: year, two codes, cause, grade, birth, sex, serial. */
const certificateNo = (random: Random, person: Person, year: number, nature: string, grade: string): string =>
  `${year}9999${nature}${grade}${person.birth.slice(2).replaceAll("-", "")}${person.sex}${String(random.between(1, 9999)).padStart(4, "0")}`;

/** Sub-form of disabled soldiers (annex 8) or of disabled militia and labourers (annex 9). */
export function disability(random: Random, person: Person, general: Draft, militia: boolean, grade: string): OpenForm {
  const begin = militia ? plusYears(person.birth, 18) : (person.enlist ?? "1970-12-01");
  const end = militia ? earlier(plusYears(person.birth, 35), LAST) : (person.leave ?? "1975-12-01");
  const span = Math.max(0, yearOf(end) - yearOf(begin) - 1);
  let injured = dateOf(yearOf(begin) + random.between(0, span), random.between(1, 12), random.between(1, 28));
  injured = earlier(later(injured, begin), end);
  const light = grade <= "06" && !militia && person.standing === "3";
  const nature = light && random.chance(0.3) ? "3" : random.chance(injured < "1954-01-01" ? 0.8 : 0.12) ? "1" : "2";
  const assessed = earlier(plusYears(injured, random.between(0, 2)), LAST);
  const type = militia ? random.pick(["14", "14", "15"]) : "11";
  const worker = general.employment_status === "government_institution" || general.employment_status === "enterprise";
  const form: OpenForm = {
    disab_type: type,
    disab_grade: grade,
    disab_nature: nature,
    disab_domain: worker ? "2" : "1",
    disab_period: injured < "1945-09-03" ? "1" : injured < "1949-10-01" ? "2" : "3",
    korea_war: false,
    injured_at: injured,
    injured_place: random.pick(["福建省", "浙江省", "江西省", "广东省", "福建省泉州市"]),
    injury_parts: [random.pick(["upper_limb", "lower_limb", "eyes", "ears", "trunk", "spine"])],
    injury_desc: "虚构示例:肢体损伤,活动受限",
    injury_reason: nature === "1" ? "虚构示例:作战中负伤" : nature === "2" ? "虚构示例:训练或执行任务时受伤" : "虚构示例:服役期间患病",
    assessed_at: assessed,
    cert_name: type === "11" ? "soldier" : type === "14" ? "militia" : "duty",
    cert_no: certificateNo(random, person, yearOf(assessed), nature, grade),
    mental_assess: false,
    occupational: false,
  };
  if (grade <= "04") form.care_level = nature === "3" ? "illness_1_4" : grade <= "02" ? "war_duty_1_2" : "war_duty_3_4";
  pay(random, person, form, { kind: militia ? "other" : "regular_pension", amount: AMOUNT[grade] ?? 800, since: plusYears(assessed, 1) });
  return form;
}

type Deceased = { readonly birth: string; readonly joined: string; readonly died: string };

/** Dates of the dead soldier that fit the relation: parents older, children younger, all after enlistment at 18 and before 2018. */
function deceased(random: Random, person: Person, relation: Relation): Deceased {
  const own = yearOf(person.birth);
  const shift: Readonly<Record<Relation, readonly [number, number]>> = { "1": [21, 28], "2": [-32, -22], "3": [-4, 3], "4": [-7, 7] };
  const [low, high] = shift[relation];
  const birth = dayIn(random, Math.min(own + random.between(low, high), 1993));
  const joined = plusYears(birth, 18);
  const least = relation === "2" ? later(plusYears(joined, 1), plusYears(person.birth, 1)) : plusYears(joined, 1);
  const died = earlier(plusYears(least, random.between(0, relation === "2" ? 3 : 9)), "2017-12-28");
  return { birth, joined, died: later(died, plusYears(joined, 1)) };
}

const REASON: Readonly<Record<string, string>> = {
  martyr_family: "虚构示例:执行任务牺牲",
  duty_death_family: "虚构示例:因公牺牲",
  illness_death_family: "虚构示例:因病去世",
};

/** Sub-form of a bereaved family (annexes 10, 11, 12). */
export function bereaved(random: Random, person: Person, general: Draft, form: string): OpenForm {
  const relation: Relation = person.categories[0] === form ? (person.relation ?? "4") : "4";
  const dead = deceased(random, person, relation);
  const holder = random.chance(relation === "4" ? 0.08 : 0.5);
  const woman = relation === "3" && person.sex === "1";
  const sex = woman ? "2" : "1";
  const otherFamily = relation === "3" || (relation === "1" && person.sex === "2");
  const answers: OpenForm = {
    relation,
    ...(form === "martyr_family" ? { rehabilitated_child: false, d_burial_kind: random.chance(0.9) ? "domestic" : "unknown" } : {}),
    is_holder: holder,
    city_or_rural: general.hukou_type === "2" ? "urban" : "rural",
    disabled_flag: false,
    orphan: false,
    d_name: otherFamily ? fullName(random, sex, dead.birth) : givenFor(random, surnameOf(person.name), sex, dead.birth),
    d_sex: sex,
    d_birth: dead.birth,
    d_ethnic: general.ethnic,
    d_native_place: "福建省安溪县",
    d_join_date: dead.joined,
    d_death_date: dead.died,
    d_death_reason: REASON[form],
    d_approved_at: earlier(plusYears(dead.died, 1), LAST),
    d_approved_by: "虚构示例机关",
  };
  if (holder) {
    answers.cert_lost = false;
    answers.cert_no = `虚烈字第${random.between(1000, 99_999)}号`;
  }
  const paid = relation !== "4" && random.chance(0.55);
  pay(random, person, answers, paid ? { kind: "regular_pension", amount: random.between(900, 2100), since: plusYears(dead.died, 1) } : undefined);
  if (paid) answers.pay_cert_no = `虚抚字第${random.between(1000, 99_999)}号`;
  return answers;
}

/** State pensions of the general form that go with what the sub-forms say; `drawsOldSubsidy` for old demobilised soldiers. */
export function statePension(person: Person, forms: Readonly<Record<string, OpenForm | undefined>>, general: Draft, drawsOldSubsidy: boolean): string[] {
  const codes: string[] = [];
  if (person.categories.includes("disabled_soldier")) codes.push("disabled_soldier");
  const paid = (key: string): boolean => (forms[key]?.state_benefit as readonly string[] | undefined)?.includes("regular_pension") === true;
  if (["martyr_family", "duty_death_family", "illness_death_family"].some(paid)) codes.push("bereaved_regular");
  if (drawsOldSubsidy) codes.push("rural_demobilised");
  if (person.categories.includes("red_army_veteran")) codes.push("red_army");
  const rural60 = general.hukou_type === "1" && (person.enlist ?? "") >= "1954-11-01" && plusYears(person.birth, 60) <= REFERENCE;
  if (codes.length === 0 && person.categories.includes("retired_soldier") && rural60) codes.push("rural_60");
  return codes.length > 0 ? codes : ["none"];
}
