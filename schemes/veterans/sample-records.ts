// Complete fictional answers for tests: a retired and disabled soldier who is a martyr's child. All names and numbers are made up;
// the ID number's area (999999) is assigned to no place.
import type { Answers, FormAnswers } from "../../src/scheme/model.ts";

/** Completes the seventeen digits of a fictional ID number with the check digit of GB 11643. */
export const idOf = (body: string): string => {
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((total, weight, at) => total + weight * Number(body[at]), 0);
  return body + "10X98765432".charAt(sum % 11);
};

export const generalAnswers: FormAnswers = {
  name: "陈虚构",
  id_number: idOf("99999919580312001"),
  sex: "1",
  ethnic: "01",
  birth_date: "1958-03-12",
  domicile_address: "福建省安溪县某镇某村1号",
  domicile_region: "350524100001",
  photo_recent: "photo-1",
  agent_flag: false,
  hukou_type: "1",
  marital: "21",
  education: "70",
  political: "13",
  residence_address: "福建省安溪县某镇某村1号",
  residence_region: "350524100001",
  mobile: "13800000000",
  health: "64",
  self_declared: "1",
  categories: ["retired_soldier", "disabled_soldier", "martyr_family"],
  evidence_kind: "1",
  enlist_date: "1976-03-01",
  leave_date: "1981-01-15",
  service_identity: "3",
  honours: ["merit_3"],
  honours_photo: "photo-2",
  employment_status: "farming",
  annual_income: 12000,
  medical_ins: ["1"],
  pension_ins: ["1"],
  housing_fund: false,
  state_pension: ["disabled_soldier", "rural_60"],
  disabled_subsidy: ["none"],
  housing: ["2"],
  housing_area: 120.5,
  social_assistance: "4",
  signature: "signature-1",
};

export const pay: FormAnswers = {
  state_benefit: ["regular_pension"],
  benefit_amount: 900,
  object_state: "2",
  approved_at: "1983-05-01",
  support_mode: "1",
  lonely_old: false,
  labour: "2",
  viability: "1",
  mental_illness: false,
};

export const retiredSoldierAnswers: FormAnswers = {
  soldier_kind: "returned_to_farm",
  enlist_place: "350524000000",
  enlist_hukou: "rural",
  rank_class: "conscript",
  rank: "none",
  cert_type: "soldier_discharge",
  cert_no: "闽退字第0001号",
  cert_photo: "photo-3",
  war_participation: ["12"],
  awards: [{ kind: "merit_3", year: 1979 }],
  place_region: "350524000000",
  rural60_basis: "2",
};

export const disabledSoldierAnswers: FormAnswers = {
  disab_grade: "08",
  disab_nature: "1",
  disab_domain: "1",
  disab_period: "3",
  injured_at: "1979-02-25",
  injured_place: "边境地区",
  injury_desc: "左臂伤残",
  injury_reason: "作战负伤",
  assessed_at: "1980-06-01",
  cert_no: "1980010110858031210001",
  cert_photo: "photo-4",
  mental_assess: false,
  ...pay,
};

export const martyrFamilyAnswers: FormAnswers = {
  relation: "2",
  rehabilitated_child: false,
  is_holder: true,
  cert_no: "闽烈字第0002号",
  cert_photo: "photo-5",
  pay_cert_no: "0003",
  city_or_rural: "rural",
  disabled_flag: true,
  orphan: false,
  d_name: "陈虚设",
  d_sex: "1",
  d_birth: "1932-05-06",
  d_join_date: "1951-02-01",
  d_death_date: "1958-08-25",
  d_burial_kind: "domestic",
  ...pay,
};

/** All four forms, without a fault. */
export const soundRecord: Answers = {
  general: generalAnswers,
  retired_soldier: retiredSoldierAnswers,
  disabled_soldier: disabledSoldierAnswers,
  martyr_family: martyrFamilyAnswers,
};
