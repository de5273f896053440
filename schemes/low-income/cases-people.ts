// For each rule about the head, the members and the categories: what raises it in a sound sample, and what comes near and does not.
import { idOf, member, type Edits, type SampleName } from "./sample-households.ts";

/** Key of the rule, sample, edits that raise it, edits that do not (none: the sample itself). */
export type RuleCase = readonly [key: string, base: SampleName, raises: Edits, quiet?: Edits];

const son = "members[2]";

const head: readonly RuleCase[] = [
  ["head.sex_by_id", "allowance", { householder_sex: "2" }],
  ["head.birth_by_id", "allowance", { householder_birth: "1962-03-16" }],
  ["head.minor", "supported", { householder_birth: "2003-09-11" }, { householder_birth: "2003-09-10" }],
  ["head.family_no_form", "allowance", { family_no: "36080210000100A1" }, { family_no: "360802100001000001" }],
  ["head.family_no_area", "allowance", { family_no: "3608021000020001" }],
  ["head.postcode", "allowance", { postcode: "34300" }],
  ["hardship.causes_at_most_two", "allowance", { poverty_cause_other: ["schooling", "short_labour", "short_skill"] }],
  ["hardship.since_future", "allowance", { poverty_since: "2019-10" }, { poverty_since: "2019-09" }],
  ["hardship.since_before_birth", "allowance", { poverty_since: "1962-02" }, { poverty_since: "1962-03" }],
  ["hardship.urgent", "allowance", { urgency: "3" }, { urgency: "2" }],
  ["hardship.urgent_but_light", "allowance", { urgency: "3", degree: "1" }, { urgency: "3", degree: "2" }],
  ["living.fuels_at_most_three", "allowance", { fuel: ["gas", "electricity", "coal", "firewood"] }, { fuel: ["gas", "electricity", "coal"] }],
  ["assistance.since_future", "allowance", { assistance_since: "2019-10" }],
  ["assistance.ended_future", "margin", { assistance_ended: "2019-10" }, { assistance_ended: "2019-09" }],
  ["assistance.allowance_without_category", "allowance", { categories: ["medical", "education"] }],
  ["assistance.category_without_allowance", "allowance", { assistance: ["3"] }, { assistance: ["1", "3"] }],
  ["assistance.support_without_category", "supported", { categories: ["medical"] }],
  ["assistance.category_without_support", "supported", { assistance: ["3"] }],
  ["assistance.allowance_and_support", "supported", { assistance: ["1", "2"] }],
  ["assistance.amount_large", "allowance", { assistance_monthly: 20_000 }, { assistance_monthly: 19_999.99 }],
  ["changes.on_future", "allowance", { change_kind: "moved", change_on: "2019-09-11" }, { change_kind: "moved", change_on: "2019-09-10" }],
  ["changes.death_future", "allowance", { change_kind: "head_died", change_on: "2019-09-01", householder_died_on: "2019-09-11" }],
  ["changes.death_before_birth", "allowance", { change_kind: "head_died", change_on: "2019-09-01", householder_died_on: "1962-03-14" }],
];

const members: readonly RuleCase[] = [
  ["members.none", "supported", { members: undefined }],
  ["members.number_repeated", "allowance", { "members[2].member_no": 2 }],
  ["members.number_gap", "allowance", { "members[2].member_no": 4 }],
  ["members.id_repeated", "allowance", { "members[2].id_number": idOf("99999919741102002") }],
  ["members.one_head", "allowance", { "members[1].relation_to_head": "01" }],
  ["members.head_first", "allowance", { "members[0].member_no": 2, "members[1].member_no": 1 }],
  ["members.head_without_id", "supported", { "members[0].id_kind": "9", "members[0].id_number": undefined }],
  ["members.head_id", "allowance", { householder_id: idOf("99999919620315003") }],
  ["members.head_name", "allowance", { "members[0].name": "曾虚构甲" }],
  ["members.head_left", "allowance", { "members[0].person_state": "03", "members[0].state_since": "2019-08-20" }],
  ["members.sex_by_id", "allowance", { "members[1].sex": "1" }],
  ["members.birth_by_id", "allowance", { "members[1].birth_date": "1974-11-03" }],
  ["members.birth_future", "allowance", { [`${son}.birth_date`]: "2019-09-11" }],
  ["members.very_old", "supported", { "members[0].birth_date": "1909-09-10" }, { "members[0].birth_date": "1909-09-11" }],
  ["members.card_due", "allowance", { "members[1].id_kind": "2" }, { [`${son}.id_kind`]: "2" }],
  ["members.foreigner_with_card", "allowance", { "members[1].nationality": "other" }, { "members[1].nationality": "other", "members[1].id_kind": "5" }],
  ["members.state_future", "expenditure", { "members[2].state_since": "2019-09-11" }],
  ["members.since_order", "allowance", { "members[1].member_since": "1974-11-01" }, { "members[1].member_since": "1999-05-01" }],
  ["members.since_order", "expenditure", { "members[2].member_since": "2018-10-02" }, { "members[2].member_since": "2018-10-01" }],
  ["members.state_before_birth", "expenditure", { "members[2].state_since": "1992-03-02" }],
  ["members.relation_male", "allowance", { "members[1].relation_to_head": "11" }],
  ["members.relation_female", "allowance", { [`${son}.relation_to_head`]: "31" }],
  ["members.two_spouses", "allowance", { "members[+]": member(4, "王虚设", "12", "1975-01-01", "002", { marital: "22" }) }, { "members[+]": member(4, "王虚设", "12", "1975-01-01", "002", { marital: "21", person_state: "03", state_since: "2000-01-01" }) }],
  ["members.spouse_unmarried", "allowance", { "members[1].marital": "40" }],
  ["members.child_older", "allowance", { [`${son}.birth_date`]: "1962-03-15" }, { [`${son}.birth_date`]: "1962-03-16" }],
  ["members.child_near", "allowance", { [`${son}.birth_date`]: "1976-03-14" }, { [`${son}.birth_date`]: "1976-03-15" }],
  ["members.parent_younger", "allowance", { "members[1].relation_to_head": "52" }, { "members[1].relation_to_head": "56" }],
  ["members.married_young", "allowance", { [`${son}.marital`]: "21" }, { [`${son}.marital`]: "21", [`${son}.birth_date`]: "1997-09-10" }],
  ["members.party_under_18", "allowance", { [`${son}.political`]: "01" }, { [`${son}.political`]: "03" }],
  ["members.child_in_party", "allowance", { [`${son}.political`]: "03" }, { [`${son}.political`]: "03", [`${son}.birth_date`]: "2005-09-10" }],
  ["members.large", "supported", { members: Array.from({ length: 15 }, (_, i) => ({ member_no: i + 1 })) }, { members: Array.from({ length: 14 }, (_, i) => ({ member_no: i + 1 })) }],
  ["members.nobody_left", "supported", { "members[0].person_state": "06", "members[0].state_since": "2019-08-20" }],
];

const ill = "members[1]";
const conditions: readonly RuleCase[] = [
  ["members.cert_form", "expenditure", { [`${ill}.disab_cert_no`]: `${idOf("99999919941010001")}85` }, { [`${ill}.disab_cert_no`]: `${idOf("99999919941010001")}41B1` }],
  ["members.cert_id", "expenditure", { [`${ill}.disab_cert_no`]: `${idOf("99999919941010003")}41` }],
  ["members.cert_type", "expenditure", { [`${ill}.disab_type`]: "5" }],
  ["members.cert_grade", "expenditure", { [`${ill}.disab_grade`]: "2" }],
  ["members.disabled_without_cert", "expenditure", { [`${ill}.disab_cert_no`]: undefined }],
  ["members.care_without_cause", "allowance", { [`${ill}.self_care`]: "03" }, { [`${ill}.self_care`]: "02" }],
  ["members.bedridden_able", "expenditure", { [`${ill}.self_care`]: "01" }, { [`${ill}.self_care`]: "02" }],
  ["members.group_by_age", "allowance", { [`${ill}.special_group`]: ["5"] }, { [`${son}.special_group`]: ["6"] }],
  ["members.severe_without_grade", "expenditure", { [`${ill}.disab_grade`]: "3" }, { [`${ill}.disab_grade`]: "2" }],
  ["members.child_at_work", "allowance", { [`${son}.job_state`]: "24" }, { [`${son}.job_state`]: "90" }],
  ["members.work_without_ability", "allowance", { [`${ill}.labour`]: "03" }, { [`${ill}.labour`]: "02" }],
  ["members.child_able", "allowance", { [`${son}.labour`]: "01" }],
  ["members.retired_young", "allowance", { [`${ill}.job_state`]: "80" }, { "members[0].job_state": "80" }],
  ["members.student_old", "allowance", { [`${ill}.job_state`]: "31" }],
  ["members.job_order", "margin", { [`${ill}.job_to`]: "2012-03-31" }, { [`${ill}.job_to`]: "2012-04-01" }],
  ["members.employed_without_earnings", "margin", { "incomes[0].member_no": 1 }],
  ["members.jobless_with_wage", "margin", { "incomes[1].kind": "b11_casual" }],
  ["members.not_enrolled", "allowance", { [`${son}.edu_state`]: "03" }, { [`${son}.edu_state`]: "03", [`${son}.birth_date`]: "2003-07-31" }],
  ["members.not_enrolled", "allowance", { [`${son}.edu_state`]: undefined, [`${son}.job_state`]: "90" }, { [`${son}.edu_state`]: undefined, [`${son}.birth_date`]: "2013-08-02" }],
  ["members.school_order", "allowance", { [`${son}.edu_state`]: "03", [`${son}.leave_at`]: "2014-08" }, { [`${son}.edu_state`]: "03", [`${son}.leave_at`]: "2014-09" }],
  ["members.school_before_birth", "allowance", { [`${son}.enter_at`]: "2008-05" }],
  ["members.school_future", "allowance", { [`${son}.enter_at`]: "2019-10" }, { [`${son}.enter_at`]: "2019-09" }],
  ["members.student_not_enrolled", "allowance", { [`${son}.edu_state`]: "01" }, { [`${son}.edu_state`]: "04" }],
];

const hardship: readonly RuleCase[] = [
  ["hardship.party_member_evidence", "margin", { "members[0].political": "13" }, { "members[0].political": "02" }],
  ["hardship.worker_evidence", "allowance", { categories: ["minimum_living", "worker"], "members[0].job_state": "27" }, { categories: ["minimum_living", "worker"] }],
  ["hardship.extreme_poverty_evidence", "supported", { "members[0].labour": "01", "members[0].birth_date": "1965-01-01" }, { "members[0].labour": "01" }],
  ["hardship.extreme_poverty_supporter", "supported", { "supporters[+]": { supports_member_no: 1, name: "黄某", relation: "02", duty: "1", fee: 0 } }, { "supporters[+]": { supports_member_no: 1, name: "黄某", relation: "02", duty: "1", fee: 0, unable_reason: ["01"] } }],
  ["hardship.expenditure_evidence", "expenditure", { expenses: [{ kind: "living", amount: 900 }] }, { expenses: [{ kind: "medical", amount: 900 }] }],
  ["hardship.medical_evidence", "margin", { categories: ["medical"] }, { categories: ["medical"], "expenses[0].kind": "medical" }],
  ["hardship.education_evidence", "margin", { categories: ["education"] }, { categories: ["education"], [`${son}.edu_state`]: "02" }],
  ["hardship.housing_evidence", "allowance", { categories: ["housing"] }, { categories: ["housing"], housing_state: "2" }],
  ["hardship.employment_evidence", "margin", { "members[0].labour": "03" }, { "members[0].labour": "01" }],
  ["hardship.employment_evidence", "margin", { "members[0].person_state": "02" }],
  ["hardship.accident_evidence", "margin", { accidents: undefined }],
  ["hardship.cause_illness", "margin", { poverty_cause_main: "illness" }, { poverty_cause_main: "illness", "members[0].health": ["chronic"] }],
  ["hardship.cause_disability", "allowance", { poverty_cause_other: ["disability"] }, { poverty_cause_other: ["disability"], "members[0].health": ["disabled"] }],
  ["hardship.cause_schooling", "margin", { poverty_cause_other: ["schooling"] }, { poverty_cause_other: ["schooling"], "expenses[0].kind": "education" }],
  ["hardship.cause_unemployment", "margin", { "members[0].job_state": "90" }],
  ["hardship.not_ticked_medical", "margin", { "expenses[+]": { kind: "medical", amount: 17_400.01 } }, { "expenses[+]": { kind: "medical", amount: 17_400 } }],
  ["hardship.not_ticked_housing", "allowance", { housing_state: "3" }, { housing_state: "3", categories: ["housing"] }],
  ["hardship.not_ticked_accident", "margin", { categories: ["margin"] }, { categories: ["margin"], "accidents[0].happened_on": "2018-09-08" }],
];

/** Cases of the rules about people. */
export const peopleCases: readonly RuleCase[] = [...head, ...members, ...conditions, ...hardship];
