// Complete fictional answers for tests, one for each situation in life the form tells apart. All names and numbers are made up; the ID
// numbers' area (999999) is assigned to no place.
import type { Answers, FormAnswers } from "../../src/scheme/model.ts";

/** Completes the seventeen digits of a fictional ID number with the check digit of GB 11643. */
export const idOf = (body: string): string => {
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((total, weight, at) => total + weight * Number(body[at]), 0);
  return body + "10X98765432".charAt(sum % 11);
};

/** Identity of somebody born on `birth` (YYYYMMDD) with a certificate ending in `kind` (type and grade), or without one. */
const person = (birth: string, sequence: string, kind: string): FormAnswers => {
  const id = idOf(`999999${birth}${sequence}`);
  return { id_number: id, cert_no: id + kind };
};

const opening: FormAnswers = {
  region: "620502100201",
  name: "陈虚构",
  per_state: "6",
  survey_method: "1",
  hukou_kind: "1",
  marital: "21",
  contact_name: "陈杜撰",
  mobile: "13800000000",
  institution: "2",
};

const atHome: FormAnswers = { barrier_done: "2", barrier_need: ["9"], culture_active: "2", culture_reason: ["2"] };

const insured: FormAnswers = {
  worker_insurance: ["4"],
  resident_pension: "1",
  pension_subsidy: "2",
  resident_medical: "1",
  medical_subsidy: "2",
  assistance: ["6"],
  welfare: ["4"],
};

const treated: FormAnswers = { family_doctor: "1", ill: "2", rehab_received: ["2"], rehab_need: ["6"] };

const signed: FormAnswers = {
  collective_household: false,
  householder_name: "陈杜撰",
  householder_id: idOf("99999919550707003"),
  declarer: "陈虚构",
  declarer_signature: "signature-1",
  collector: "王乌有",
  collector_phone: "13900000000",
  filled_at: "2017-07-12",
};

/** A farmer of 45 with a physical disability of grade 2, working on the land; receives care at home. */
const farmer: FormAnswers = {
  ...opening,
  ...person("19720312", "001", "42"),
  poverty: "3",
  rural_housing: "1",
  literate: "1",
  education: "3",
  employed: "1",
  job_form: "6",
  help_received: ["1", "11", "3"],
  help_needed: ["6"],
  ...insured,
  care_received: "11",
  ...treated,
  rehab_need: ["3", "33", "4", "44", "442"],
  ...atHome,
  ...signed,
};

/** A woman of 36 at work in an institution of the town, insured as an employee. */
const employee: FormAnswers = {
  ...opening,
  ...person("19810505", "004", "13"),
  hukou_kind: "2",
  urban_income: "3",
  urban_housing: "1",
  literate: "1",
  education: "5",
  employed: "1",
  job_form: "12",
  help_received: ["6"],
  help_needed: ["6"],
  worker_insurance: ["1", "2", "3"],
  resident_pension: "2",
  resident_medical: "2",
  assistance: ["6"],
  welfare: ["4"],
  ...treated,
  ...atHome,
  ...signed,
};

/** A child of 4 without a certificate, at home with the mother. */
const child: FormAnswers = {
  ...opening,
  ...person("20130301", "002", ""),
  marital: undefined,
  poverty: "1",
  rural_housing: "1",
  resident_medical: "1",
  medical_subsidy: "1",
  assistance: ["3"],
  welfare: ["4"],
  ...treated,
  rehab_received: ["6"],
  no_rehab_reason: ["2", "4"],
  rehab_need: ["3", "32"],
  barrier_done: "2",
  barrier_need: ["9"],
  ...signed,
  declarer: "陈杜撰",
};

/** A pupil of 10 with a hearing disability in a special school. */
const pupil: FormAnswers = {
  ...child,
  ...person("20070301", "003", "21"),
  education: "2",
  school_kind: "2",
  school_level: "2",
  culture_active: "1",
};

/** A boy of 12 with an intellectual disability who does not go to school. */
const notAtSchool: FormAnswers = {
  ...child,
  ...person("20050301", "003", "51"),
  education: "1",
  not_enrolled_reason: "3",
  rehab_need: ["3", "34"],
  culture_active: "1",
};

/** A student of 20 with a visual disability: work is held at “not in work”, the only reason is school. */
const student: FormAnswers = {
  ...opening,
  ...person("19970110", "006", "11"),
  marital: "10",
  poverty: "3",
  rural_housing: "1",
  literate: "1",
  education: "6",
  school_kind: "1",
  school_level: "6",
  employed: "2",
  living_source: "4",
  unemployed_reason: "1",
  resident_medical: "1",
  medical_subsidy: "2",
  assistance: ["6"],
  welfare: ["2"],
  ...treated,
  rehab_need: ["4", "41"],
  ...atHome,
  ...signed,
};

/** A townswoman of 30, out of work and on the living allowance, mentally disabled. */
const onAllowance: FormAnswers = {
  ...opening,
  ...person("19870222", "008", "62"),
  hukou_kind: "2",
  urban_income: "1",
  urban_housing: "21",
  literate: "1",
  education: "4",
  employed: "2",
  unemp_registered: "1",
  living_source: "3",
  unemployed_reason: "5",
  worker_insurance: ["4"],
  resident_pension: "1",
  pension_subsidy: "1",
  resident_medical: "1",
  medical_subsidy: "1",
  assistance: ["1", "11", "3"],
  welfare: ["1", "2"],
  care_received: "2",
  care_need: ["2"],
  ...treated,
  ill: "1",
  treated: "2",
  untreated_reason: ["2"],
  rehab_need: ["3", "35"],
  ...atHome,
  ...signed,
};

/** A retired worker of 68: neither employment nor the pension subsidy is asked. */
const retired: FormAnswers = {
  ...opening,
  ...person("19490202", "005", "34"),
  hukou_kind: "2",
  urban_income: "3",
  urban_housing: "3",
  literate: "2",
  education: "2",
  worker_insurance: ["1", "2"],
  resident_pension: "2",
  resident_medical: "2",
  assistance: ["6"],
  welfare: ["4"],
  ...treated,
  rehab_need: ["4", "43"],
  ...atHome,
  ...signed,
};

/** A man of 50 in a welfare home: economy, work, barrier-free home and culture are not asked. */
const inInstitution: FormAnswers = {
  ...opening,
  ...person("19670909", "007", "71"),
  institution: "1",
  marital: "10",
  literate: "2",
  education: "1",
  ...insured,
  assistance: ["2"],
  welfare: ["2"],
  care_received: "13",
  ...treated,
  rehab_need: ["5"],
  ...signed,
  collective_household: true,
  householder_id: undefined,
};

/** Somebody of whom nobody knows: only the signature block. */
const unknownPerson: FormAnswers = {
  region: "620502100201",
  name: "钱无名",
  ...person("19600101", "001", "44"),
  per_state: "7",
  survey_method: "2",
  declarer: "王乌有",
  collector: "王乌有",
  collector_phone: "13900000000",
  filled_at: "2017-07-13",
};

/** Somebody who died in spring. */
const deceased: FormAnswers = { ...unknownPerson, per_state: "1", death_date: "2017-04-02" };

const record = (general: FormAnswers): Answers => ({ general: Object.fromEntries(Object.entries(general).filter(([, answer]) => answer !== undefined)) });

/** A sound record of the person form for each situation. */
export const soundPersons = {
  farmer: record(farmer),
  employee: record(employee),
  child: record(child),
  pupil: record(pupil),
  notAtSchool: record(notAtSchool),
  student: record(student),
  onAllowance: record(onAllowance),
  retired: record(retired),
  inInstitution: record(inInstitution),
  unknownPerson: record(unknownPerson),
  deceased: record(deceased),
} as const;
export type Situation = keyof typeof soundPersons;

/** A sound village form. */
export const soundVillage: Answers = {
  village: {
    region: "620502100201",
    village_name: "虚构村",
    population: 2100,
    households: 560,
    disabled_total: 63,
    has_association: true,
    specialists: 1,
    specialists_disabled: 1,
    collectors: 3,
    rehab_station: true,
    rehab_coordinators: 1,
    rehab_files: 40,
    rehab_served: 31,
    clinic: true,
    clinic_barrier_free: true,
    service_centre: true,
    service_centre_barrier_free: ["1", "2"],
    care_place: false,
    culture_place: true,
    activities_per_year: 4,
    public_service_list: [{ service_name: "虚构村卫生室", service_content: "康复训练指导" }],
    filler: "王乌有",
    filled_at: "2017-07-20",
    leader_sign: "signature-2",
  },
};
