// What soldiers answer in the shared service block and in the sub-forms of their own service; ranks fit their time.
import type { Group } from "../../scheme/model.ts";
import type { Draft, OpenForm } from "./answers-general.ts";
import { later, plusYears, REFERENCE, yearOf, yearsFrom } from "./dates.ts";
import type { Person } from "./people.ts";
import type { Random } from "./random.ts";

const ANXI = "350524000000";

type Standing = { readonly cls: string; readonly rank: string };

/** Class and rank by standing, length of service and the rank system in force at discharge (none 1965–1988, new NCO ranks 1999 and 2009). */
export function standingAt(random: Random, standing: string, enlist: string, leave: string): Standing {
  const length = yearsFrom(enlist, leave);
  const ranked = leave >= "1988-10-01" || (leave >= "1955-10-01" && leave < "1965-06-01");
  if (standing === "1") {
    if (!ranked) return { cls: "officer", rank: "officer_none" };
    const rank = length < 12 ? "officer_captain" : length < 18 ? "officer_major" : length < 28 ? "officer_lieutenant_colonel" : random.pick(["officer_colonel", "officer_senior_colonel"]);
    return { cls: "officer", rank };
  }
  if (standing === "4") return { cls: "civilian_cadre", rank: length < 15 ? "civilian_7" : "civilian_5" };
  if (standing === "3") return { cls: "conscript", rank: ranked ? "conscript_first_class" : "none" };
  if (leave < "1999-12-01") return { cls: "volunteer", rank: leave < "1988-10-01" ? "volunteer" : "volunteer_professional" };
  if (leave < "2009-12-01") {
    if (length <= 5) return { cls: "junior_nco", rank: "nco_old_1" };
    if (length <= 8) return { cls: "junior_nco", rank: "nco_old_2" };
    return { cls: "middle_nco", rank: length <= 12 ? "nco_old_3" : "nco_old_4" };
  }
  if (length <= 5) return { cls: "junior_nco", rank: "nco_corporal" };
  if (length <= 8) return { cls: "junior_nco", rank: "nco_sergeant" };
  return { cls: "middle_nco", rank: length <= 12 ? "nco_staff" : "nco_master_4" };
}

const CERTIFICATE: Readonly<Record<string, string>> = {
  transferred_cadre: "transfer",
  retired_cadre_nco: "retirement",
  non_military_staff: "retirement",
  demobilised: "demobilisation",
};

/** The service block of a sub-form. */
export function serviceBlock(random: Random, person: Person, general: Draft, form: string): OpenForm {
  const enlist = person.enlist ?? "1980-12-01";
  const leave = person.leave ?? "1984-12-01";
  const { cls, rank } = standingAt(random, person.standing ?? "3", enlist, leave);
  const lost = random.chance(0.02);
  const block: OpenForm = {
    enlist_place: ANXI,
    enlist_hukou: general.hukou_type === "2" || random.chance(0.12) ? "urban" : "rural",
    enlist_date: enlist,
    second_enlist: false,
    leave_date: leave,
    rank_class: cls,
    rank,
    overseas_base: false,
    cert_type: CERTIFICATE[form] ?? (leave < "2011-11-01" ? "soldier_discharge" : "discharge"),
    cert_lost: lost,
  };
  if (general.unit_code !== undefined) block.unit_code = general.unit_code;
  if (lost) block.cert_lost_reason = "搬家时遗失,已由村(居)委会证明(虚构示例)";
  else block.cert_no = `虚退字第${String(random.between(1, 999_999)).padStart(6, "0")}号`;
  if (random.chance(0.05)) {
    block.special_region = [random.pick(["frontier", "island", "high_cold", "desert", "vessel"])];
    block.special_region_months = random.between(6, Math.max(6, Math.min(24, yearsFrom(enlist, leave) * 12 - 6)));
  }
  const honours = Array.isArray(general.honours) ? general.honours : [];
  const awards = honours.filter((kind): kind is string => kind === "merit_1" || kind === "merit_2" || kind === "merit_3").map(
    (kind): Group => ({ kind, year: random.between(Math.min(yearOf(enlist) + 1, yearOf(leave)), Math.max(Math.min(yearOf(enlist) + 1, yearOf(leave)), yearOf(leave) - 1)), cert_no: `虚功字第${random.between(1000, 9999)}号` }),
  );
  if (awards.length > 0) block.awards = awards;
  return block;
}

function soldierKind(random: Random, person: Person, block: OpenForm, grade: string | undefined): string {
  const leave = String(block.leave_date);
  const length = yearsFrom(String(block.enlist_date), leave);
  if (grade !== undefined && grade <= "04") return "state_supported";
  if (leave >= "2011-11-01") return length >= 12 ? "assigned_work" : "self_employment";
  const urban = block.enlist_hukou === "urban";
  if (urban && leave >= "1999-12-13" && random.chance(0.5)) return "self_chosen_job";
  if (urban || person.standing === "2") return "assigned_work";
  if (random.chance(0.015)) return "resumed";
  return "returned_to_farm";
}

const WORKS = ["安溪虚构茶厂", "安溪虚构农械厂", "安溪虚构供销社", "安溪虚构粮站", "安溪虚构建筑公司"];

/** The sub-form of retired soldiers (annex 3). */
export function retiredSoldier(random: Random, person: Person, general: Draft, grade: string | undefined): OpenForm {
  const form = serviceBlock(random, person, general, "retired_soldier");
  const leave = String(form.leave_date);
  const kind = soldierKind(random, person, form, grade);
  Object.assign(form, { soldier_kind: kind, place_region: ANXI, place_mode: "home", want_job: false, want_business: false });
  if (person.standing === "2" && random.chance(0.3)) {
    form.conscript_from = form.enlist_date;
    form.conscript_to = plusYears(String(form.enlist_date), 2);
  }
  if (kind === "assigned_work") {
    form.place_condition = yearsFrom(String(form.enlist_date), leave) >= 12 ? "twelve_years" : "local_rule";
    form.place_unit = random.pick(WORKS);
    form.place_unit_type = random.pick(["state_enterprise", "public_institution", "state_enterprise"]);
    form.report_date = later(leave, plusYears(leave, 0));
    form.on_post = random.chance(0.9);
  } else if (kind === "self_employment" || kind === "self_chosen_job") {
    const taken = random.chance(0.95);
    form.lump_sum_taken = taken;
    if (taken) form.lump_sum = random.between(40, 450) * 100;
    if (kind === "self_chosen_job") form.self_job_cert_no = `虚谋字第${random.between(10_000, 99_999)}号`;
  } else if (kind === "resumed") {
    form.resume_kind = "work";
    form.resume_unit = random.pick(WORKS);
  }
  if (general.hukou_type === "1" && plusYears(person.birth, 60) <= REFERENCE) form.rural60_basis = random.pick(["1", "2", "2"]);
  if (random.chance(0.04)) form.trainings = [{ train_kind: "skill", train_name: "电工(虚构示例)", train_year: Math.min(2017, yearOf(leave) + 1) }];
  return form;
}
