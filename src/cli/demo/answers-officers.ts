// What transferred cadres, retired officers, demobilised soldiers, army workers and Red Army veterans answer in their own sub-forms.
import { addDays } from "../../core/time.ts";
import type { Draft, OpenForm } from "./answers-general.ts";
import { pay } from "./answers-benefit.ts";
import { serviceBlock } from "./answers-service.ts";
import { earlier, plusYears, REFERENCE, yearsFrom } from "./dates.ts";
import type { Person } from "./people.ts";
import { type Random, weightedTable } from "./random.ts";

const ANXI = "350524000000";
const LAST = "2018-09-20";
const soon = (random: Random, date: string, low: number, high: number): string => earlier(addDays(date, random.between(low, high)) ?? date, LAST);
const certificate = (random: Random, word: string): string => `虚${word}字第${String(random.between(1, 99_999)).padStart(5, "0")}号`;

/** Ways of placement that existed at discharge. */
function placementKind(random: Random, leave: string): string {
  if (leave < "1993-01-01") return random.weighted(weightedTable([["planned", 75], ["enterprise", 25]]));
  if (leave <= "2000-12-31") return random.weighted(weightedTable([["planned", 60], ["enterprise", 22], ["own_occupation", 18]]));
  if (leave < "2001-01-19") return "planned";
  return random.weighted(weightedTable([["planned", 58], ["self_chosen", 40], ["voluntary", 2]]));
}

function grades(random: Random, person: Person, length: number): OpenForm {
  if (person.standing === "4") return random.chance(0.5) ? { civil_kind: "management", duty_grade: "section_chief" } : { civil_kind: "technical", duty_grade: `technical_${random.between(9, 13)}` };
  if (random.chance(0.2)) return { officer_kind: "technical", duty_grade: `technical_${random.between(9, 13)}` };
  const grade = length < 12 ? "company_chief" : length < 15 ? "battalion_deputy" : length < 19 ? "battalion_chief" : "regiment_deputy";
  return { officer_kind: "command", duty_grade: grade };
}

/** The sub-form of transferred cadres (annex 2). */
export function transferredCadre(random: Random, person: Person, general: Draft): OpenForm {
  const leave = person.leave ?? LAST;
  const kind = placementKind(random, leave);
  const form: OpenForm = {
    ...serviceBlock(random, person, general, "transferred_cadre"),
    ...grades(random, person, yearsFrom(person.enlist ?? leave, leave)),
    placement_kind: kind,
    place_region: ANXI,
    law_qualification: false,
  };
  if (kind === "planned") {
    const notice = soon(random, leave, 10, 60);
    Object.assign(form, { place_unit: `安溪县某局(虚构示例${random.between(1, 40)})`, place_unit_type: random.pick(["organ", "organ", "public_institution"]), place_level: random.pick(["clerk", "township_deputy", "township_chief"]) });
    Object.assign(form, { notice_date: notice, place_date: notice, report_date: soon(random, notice, 3, 30) });
  } else if (kind === "self_chosen") {
    form.pension_start = soon(random, leave, 20, 40).slice(0, 7);
    form.pension_month = random.between(350, 780) * 10;
  } else if (kind === "enterprise") {
    form.place_unit = "安溪虚构机械厂";
    form.place_unit_type = "state_enterprise";
    form.enterprise_status = general.employment_status === "retired" ? "retired" : "working";
  }
  return form;
}

/** The sub-form of retired officers and NCOs (annex 4). */
export function retiredCadre(random: Random, person: Person, general: Draft): OpenForm {
  const leave = person.leave ?? LAST;
  return {
    ...serviceBlock(random, person, general, "retired_cadre_nco"),
    rest_kind: "retired_officer",
    retire_cert_no: certificate(random, "休"),
    handover_batch: random.pick(["1", "2", "3", "other", "none"]),
    place_mode: random.chance(0.4) ? "here" : "elsewhere",
    place_region: ANXI,
    place_unit: "安溪县军休管理服务中心(虚构示例)",
    service_org: "安溪县军休服务站(虚构示例)",
    manager_kind: "government",
    received_at: soon(random, leave, 60, 700),
    cadre_kind: person.standing === "4" ? random.pick(["civilian", "technical_civilian"]) : random.pick(["officer", "officer", "technical_officer"]),
    treat_level: random.pick(["battalion_chief", "regiment_deputy", "regiment_chief", "division_deputy"]),
    care_fee: false,
  };
}

const TITLES: Readonly<Record<string, readonly string[]>> = {
  staff: ["staff_clerk", "staff_section_deputy", "staff_assistant"],
  technician: ["technician_middle", "technician_assistant"],
  skilled_worker: ["skilled_middle", "skilled_senior", "skilled_junior"],
  worker: ["none"],
};

/** The sub-form of army workers without military status (annex 5). */
export function armyWorker(random: Random, person: Person): OpenForm {
  const identity = random.weighted(weightedTable([["worker", 40], ["skilled_worker", 35], ["staff", 15], ["technician", 10]]));
  return {
    retire_cert_no: certificate(random, "工"),
    former_unit: `1${String(random.between(0, 9999)).padStart(4, "0")}部队`,
    former_level: random.pick(["basic", "basic", "middle"]),
    former_identity: identity,
    former_title: random.pick(TITLES[identity] ?? ["none"]),
    become_staff_by: random.pick(["recruited", "recruited", "transferred", "family"]),
    staff_kind: random.chance(0.93) ? "retired" : "resigned",
    manager_kind: "government",
    place_region: ANXI,
    handover_batch: random.pick(["1", "2", "3", "none"]),
    received_at: soon(random, person.leave ?? LAST, 30, 900),
  };
}

/** The sub-form of Red Army veterans (annex 6). */
export function redArmyVeteran(random: Random, person: Person): OpenForm {
  const form: OpenForm = { red_kind: random.pick(["31", "33"]), cert_no: certificate(random, "红") };
  pay(random, person, form, { kind: "regular_subsidy", amount: 4_500, since: "1984-01-01" });
  return form;
}

/** True for those who draw the subsidy of old demobilised soldiers living in the country. */
export function drawsOldSubsidy(person: Person, general: Draft): boolean {
  return person.categories.includes("demobilised") && person.standing === "3" && (person.enlist ?? "") <= "1954-10-31" && general.employment_status !== "retired";
}

/** The sub-form of demobilised soldiers (annex 7). */
export function demobilised(random: Random, person: Person, general: Draft): OpenForm {
  const enlist = person.enlist ?? "1951-01-01";
  const leave = person.leave ?? "1956-01-01";
  const subsidised = drawsOldSubsidy(person, general);
  const officer = person.standing === "1" || person.standing === "4";
  const form: OpenForm = {
    ...serviceBlock(random, person, general, "demobilised"),
    demob_kind: officer ? "1" : subsidised ? "2" : "3",
    war_period: enlist < "1945-09-03" ? "1" : enlist < "1949-10-01" ? "2" : "3",
    korea_war: enlist <= "1953-01-31" && leave >= "1951-01-01" && random.chance(0.4),
    benefit_kind: subsidised ? "subsidy" : general.employment_status === "retired" ? "retired" : "none",
    place_region: ANXI,
  };
  if (subsidised) form.subsidy_cert_no = certificate(random, "补");
  pay(random, person, form, subsidised ? { kind: "regular_subsidy", amount: random.between(1100, 1500), since: earlier(plusYears(leave, random.between(10, 30)), REFERENCE) } : undefined);
  return form;
}
