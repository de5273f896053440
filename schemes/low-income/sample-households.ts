// Complete fictional households for tests and demonstrations. All names and numbers are made up; the ID numbers' area (999999) is
// assigned to no place, and none of the people exist.
import type { Answers, FormAnswers, Group, Value } from "../../src/scheme/model.ts";

/** Completes the seventeen digits of a fictional ID number with the check digit of GB 11643. */
export const idOf = (body: string): string => {
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((total, weight, at) => total + weight * Number(body[at]), 0);
  return body + "10X98765432".charAt(sum % 11);
};

/** Day on which the samples are checked. */
export const sampleDay = "2019-09-10";

/** A member with an identity card: number, name, relation (GB/T 4761), birth date, sequence of the number (odd: male). */
export const member = (no: number, name: string, relation: string, birth: string, sequence: string, more: Group): Group => ({
  member_no: no,
  name,
  id_kind: "1",
  id_number: idOf(`999999${birth.replaceAll("-", "")}${sequence}`),
  sex: Number(sequence.at(-1)) % 2 === 1 ? "1" : "2",
  birth_date: birth,
  ethnic: "01",
  nationality: "156",
  hukou_kind: "1",
  relation_to_head: relation,
  political: "13",
  marital: "10",
  education: "80",
  health: ["healthy"],
  labour: "01",
  self_care: "01",
  job_state: "27",
  person_state: "01",
  ...more,
});

const insured = (...numbers: readonly number[]): readonly Group[] => numbers.map((no) => ({ member_no: no, kind: "02", cycle: "02", amount: 250 }));
const authorised = (...numbers: readonly number[]): readonly Group[] =>
  numbers.map((no) => ({ member_no: no, purpose: ["1", "2"], signed_by: "self", signature: `signature-${no}`, signed_on: "2019-08-12", expires_on: "2020-08-11" }));
const income = (no: number, kind: string, amount: number): Group => ({ member_no: no, kind, amount, source: "declared" });

const shared: FormAnswers = {
  region: "360802100001",
  address: "江西省吉安市某区某镇某村8号",
  postcode: "343000",
  hukou_kind: "1",
  poverty_since: "2017-05",
  degree: "2",
  urgency: "1",
  electricity: true,
  fuel: ["gas", "electricity"],
  water: "tap",
  toilet: "sanitary",
  durables: ["television", "mobile"],
  social_participation: ["none"],
  income_period_from: "2018-08-01",
  income_period_to: "2019-07-31",
  declaration_sign: "signature-d",
  declared_on: "2019-08-12",
};

/** The head's items above the members, as the first member has them. */
const headed = (rows: readonly Group[]): FormAnswers => ({
  householder_name: rows[0]?.["name"],
  householder_id: rows[0]?.["id_number"],
  householder_sex: rows[0]?.["sex"],
  householder_birth: rows[0]?.["birth_date"],
  members: rows,
});

const papersOf = (...categories: readonly string[]): FormAnswers => ({ categories, ...Object.fromEntries(categories.map((key) => [`paper_${key}`, `photo-${key}`])) });

/** Three members on the allowance; the head had a stroke, the son is at school. Multiple hardship. */
export const allowanceHousehold: Answers = {
  household: {
    ...shared,
    ...headed([
      member(1, "曾虚构", "02", "1962-03-15", "001", { marital: "21", education: "70", health: ["major"], major_disease: "08", labour: "02", self_care: "02", job_state: "70" }),
      member(2, "李假设", "12", "1974-11-02", "002", { marital: "21" }),
      member(3, "曾虚拟", "21", "2008-06-20", "003", { labour: "04", job_state: "31", edu_state: "02", school: "某镇中心小学", enter_at: "2014-09" }),
    ]),
    family_no: "3608021000010001",
    phone: "13800000001",
    ...papersOf("minimum_living", "medical", "education"),
    guardian_consent: "signature-g",
    poverty_cause_main: "illness",
    poverty_cause_other: ["schooling", "short_labour"],
    assistance: ["1"],
    assistance_no: "低保第0001号",
    assistance_monthly: 900,
    assistance_since: "2018-01",
    housing_nature: "1",
    housing_detail: "self_built",
    housing_structure: "01",
    housing_state: "1",
    housing_area: 96,
    built_year: 2003,
    incomes: [
      { ...income(2, "b11_farm_sideline", 9000), from: "2018-08", to: "2019-07" },
      income(2, "b12_unregistered", 6000),
      { ...income(1, "b14_living_aid", 10_800), source: "department" },
      income(1, "b14_support", 2400),
    ],
    expenses: [
      { kind: "medical", amount: 9800, member_no: 1, paid_on: "2019-03-05", note: "脑卒中康复" },
      { kind: "education", amount: 2600, member_no: 3, paid_on: "2018-09-01" },
      { kind: "fees", amount: 1200 },
    ],
    assets: [
      { member_no: 1, kind: "101", detail: "c23", description: "某银行", value: 3000 },
      { member_no: 1, kind: "201", detail: "c22", description: "自建房", area: 96, lived_in: true, value: 60_000 },
    ],
    insurances: insured(1, 2, 3),
    supporters: [{ supports_member_no: 1, name: "曾假名", id_number: idOf("99999919960708005"), relation: "02", duty: "1", monthly_income_per_head: 3200, supported_number: 2, fee: 200 }],
    aid: [{ kind: "medical", body: "某县医疗保障局", asked_on: "2019-03-20", state: "granted", helped_on: "2019-04-10", amount: 3000 }],
    help_asked_at: "2019-03-20",
    helped_at: "2019-04-10",
    authorisations: authorised(1, 2),
    survey_result: "1",
    survey_on: "2019-08-15",
    opinion: "1",
  },
};

/** One old woman, supported as extremely poor. */
export const supportedHousehold: Answers = {
  household: {
    ...shared,
    ...headed([
      member(1, "黄某某", "01", "1945-02-08", "002", { marital: "30", education: "90", labour: "04", health: ["chronic"], self_care: "02", job_state: "90", special_group: ["5"] }),
    ]),
    phone: "13800000002",
    ...papersOf("extreme_poverty"),
    poverty_cause_main: "short_labour",
    degree: "3",
    assistance: ["2"],
    assistance_monthly: 600,
    assistance_since: "2010-05",
    housing_nature: "3",
    housing_detail: "lodging",
    incomes: [income(1, "b14_living_aid", 7200), income(1, "b14_pension", 1260)],
    insurances: insured(1),
    authorisations: [{ member_no: 1, purpose: ["1", "2"], signed_by: "self", signature: "signature-1", signed_on: "2019-08-12", expires_on: "2020-08-11" }],
  },
};

/** A city household on the margin: the father lost his job after an accident, the mother is an employee; public housing. */
export const marginHousehold: Answers = {
  household: {
    ...shared,
    ...headed([
      member(1, "陈设例", "02", "1980-07-01", "001", { hukou_kind: "2", marital: "21", education: "31", labour: "02", job_state: "70", job_to: "2018-11-30", political: "01" }),
      member(2, "吴设想", "12", "1983-09-12", "002", {
        hukou_kind: "2",
        marital: "21",
        education: "63",
        job_state: "24",
        employer: "某纺织有限公司",
        employer_kind: "private_enterprise",
        industry: "C",
        job_from: "2012-04-01",
      }),
      member(3, "陈小例", "31", "2016-01-30", "002", { id_kind: "2", hukou_kind: "2", education: "90", labour: "04", job_state: "90" }),
    ]),
    hukou_kind: "2",
    phone: "0796-8200001",
    ...papersOf("party_member", "worker", "margin", "employment", "accident"),
    guardian_consent: "signature-g",
    poverty_cause_main: "unemployment",
    urgency: "2",
    assistance: ["3"],
    housing_nature: "2",
    housing_detail: "low_rent",
    housing_structure: "02",
    housing_state: "1",
    housing_area: 48.5,
    incomes: [{ ...income(2, "b11_wage", 28_800), source: "paper", payer: "某纺织有限公司" }, income(1, "b14_unemployment", 6000)],
    expenses: [{ kind: "accident", amount: 8000, member_no: 1, paid_on: "2018-12-20" }],
    insurances: [...insured(1, 2, 3), { member_no: 2, kind: "01", cycle: "01", amount: 320 }],
    accidents: [{ kind: "traffic", happened_on: "2018-12-11", member_no: 1, loss: 15_000 }],
    aid: [
      { kind: "temporary", body: "某街道", asked_on: "2018-12-28", state: "granted", helped_on: "2019-01-08", amount: 2000 },
      { kind: "employment", asked_on: "2019-08-20", state: "pending" },
    ],
    help_asked_at: "2019-08-20",
    helped_at: "2019-01-08",
    authorisations: authorised(1, 2),
    check_scope: "0",
    check_on: "2019-08-20",
    verified_income: 35_500,
  },
};

/** A mother with a severely disabled son; the daughter has married out and keeps her row. In hardship by expenditure. */
export const expenditureHousehold: Answers = {
  household: {
    ...shared,
    ...headed([
      member(1, "阿依古丽·虚构", "02", "1968-05-05", "002", { ethnic: "05", marital: "40", education: "70", job_state: "51" }),
      member(2, "买买提·虚构", "21", "1994-10-10", "001", {
        ethnic: "05",
        health: ["disabled", "chronic"],
        disab_type: "4",
        disab_grade: "1",
        disab_cert_no: `${idOf("99999919941010001")}41`,
        labour: "03",
        self_care: "03",
        job_state: "90",
        special_group: ["1", "3"],
      }),
      member(3, "古丽·虚构", "31", "1992-03-03", "002", { ethnic: "05", marital: "21", job_state: "24", person_state: "04", state_since: "2018-10-01" }),
    ]),
    phone: "13800000004",
    residence_region: "360802100002",
    ...papersOf("expenditure", "medical"),
    poverty_cause_main: "disability",
    assistance: ["0"],
    housing_nature: "1",
    housing_detail: "commercial",
    housing_structure: "02",
    housing_state: "1",
    housing_area: 71.3,
    incomes: [income(1, "b11_casual", 24_000)],
    expenses: [
      { kind: "medical", amount: 5000, member_no: 2 },
      { kind: "rehabilitation", amount: 6000, member_no: 2 },
      { kind: "living", amount: 12_000 },
    ],
    assets: [{ member_no: 1, kind: "201", area: 71.3, value: 210_000 }],
    insurances: insured(1, 2),
    aid: [{ kind: "charity", body: "某慈善会", asked_on: "2019-05-01", state: "granted", helped_on: "2019-05-20", amount: 0, in_kind: "轮椅一台" }],
    help_asked_at: "2019-05-01",
    helped_at: "2019-05-20",
    authorisations: authorised(1, 2),
  },
};

/** Every sample by its name. */
export const samples = { allowance: allowanceHousehold, supported: supportedHousehold, margin: marginHousehold, expenditure: expenditureHousehold } as const;
export type SampleName = keyof typeof samples;

/** What to change: `key`, `section[0].key`, a whole `section` or a further row `section[+]`; undefined takes the answer out. */
export type Edits = { readonly [path: string]: Value | Group | readonly Group[] | undefined };

/** The sample with the changes made; the sample itself stays as it is. */
export function edited(base: Answers, edits: Edits): Answers {
  const form: { [key: string]: FormAnswers[string] } = { ...base["household"] };
  for (const [path, to] of Object.entries(edits)) {
    const [, key = "", row, column] = /^([a-z_]+)(?:\[(\d+|\+)\])?(?:\.([a-z_]+))?$/u.exec(path) ?? [];
    if (row === undefined) {
      form[key] = to as FormAnswers[string];
      continue;
    }
    const rows = [...((form[key] as readonly Group[] | undefined) ?? [])];
    if (row === "+") rows.push(to as Group);
    else rows[Number(row)] = { ...rows[Number(row)], [column ?? ""]: to as Value };
    form[key] = rows;
  }
  return { household: form };
}
