// For each rule about money, housing, aid, authorisation and review: what raises it in a sound sample, and what comes near and does not.
import type { RuleCase } from "./cases-people.ts";
import { idOf } from "./sample-households.ts";

const income = (kind: string, amount: number) => ({ member_no: 1, kind, amount, source: "declared" });
const asset = (kind: string, more: { readonly [key: string]: string | number } = {}) => ({ member_no: 1, kind, value: 100, ...more });

const money: readonly RuleCase[] = [
  ["incomes.no_such_member", "supported", { "incomes[0].member_no": 2 }],
  ["expenses.no_such_member", "allowance", { "expenses[0].member_no": 4 }, { "expenses[0].member_no": undefined }],
  ["assets.no_such_member", "allowance", { "assets[0].member_no": 4 }, { "assets[0].member_no": 3 }],
  ["insurances.no_such_member", "allowance", { "insurances[0].member_no": 30 }],
  ["supporters.no_such_member", "allowance", { "supporters[0].supports_member_no": 4 }],
  ["accidents.no_such_member", "margin", { "accidents[0].member_no": 4 }],
  ["authorisations.no_such_member", "margin", { "authorisations[0].member_no": 4 }],
  ["period.order", "allowance", { income_period_to: "2018-07-31" }],
  ["period.twelve_months", "allowance", { income_period_to: "2019-06-30" }, { income_period_to: "2019-08-01" }],
  ["period.twelve_months", "allowance", { income_period_to: "2019-08-31" }, { income_period_from: "2018-07-31" }],
  ["period.future", "allowance", { income_period_from: "2018-09-12", income_period_to: "2019-09-11" }, { income_period_from: "2018-09-11", income_period_to: "2019-09-10" }],
  ["period.old", "allowance", { income_period_from: "2017-08-01", income_period_to: "2018-07-31" }, { income_period_from: "2017-09-10", income_period_to: "2018-09-09" }],
  ["incomes.order", "allowance", { "incomes[0].to": "2018-07" }],
  ["incomes.outside_period", "allowance", { "incomes[0].from": "2018-07" }],
  ["incomes.outside_period", "allowance", { "incomes[0].to": "2019-08" }],
  ["incomes.large", "supported", { "incomes[0].amount": 500_000 }, { "incomes[0].amount": 498_740 }],
  ["incomes.none", "supported", { incomes: undefined }],
  ["incomes.aid_missing", "allowance", { "incomes[2].kind": "b14_gift" }, { "incomes[2].kind": "b14_gift", assistance_monthly: 0 }],
  ["expenses.beyond_income", "supported", { "expenses[+]": { kind: "living", amount: 25_380.01 } }, { "expenses[+]": { kind: "living", amount: 25_380 } }],
  ["expenses.outside_period", "allowance", { "expenses[0].paid_on": "2018-07-31" }, { "expenses[0].paid_on": "2018-08-01" }],
  ["expenses.rigid_share", "supported", { "expenses[+]": { kind: "medical", amount: 4231 } }, { "expenses[+]": { kind: "medical", amount: 4230 } }],
  ["assets.detail_fits", "allowance", { "assets[0].detail": "c22" }, { "assets[0].detail": undefined }],
  ["assets.registered_future", "allowance", { "assets[1].registered_on": "2019-09-11" }, { "assets[1].registered_on": "2019-09-10" }],
  ["assets.own_home_missing", "allowance", { assets: undefined }, { assets: [asset("201")] }],
  ["assets.home_though_none", "supported", { "assets[+]": asset("201") }, { "assets[+]": asset("202") }],
  ["assets.second_dwelling", "allowance", { "assets[+]": asset("201") }],
  ["assets.vehicle", "allowance", { "assets[+]": asset("304") }],
  ["assets.registered_business", "allowance", { "incomes[1].kind": "b12_registered" }],
  ["assets.car_not_listed", "allowance", { durables: ["car"] }, { durables: ["car"], "assets[+]": asset("304") }],
  ["assets.interest_without_deposit", "supported", { "incomes[+]": income("b13_interest", 20) }, { "incomes[+]": income("b13_interest", 20), "assets[+]": asset("101") }],
  ["assets.rent_without_property", "supported", { "incomes[+]": income("b13_rent", 20) }, { "incomes[+]": income("b13_rent", 20), "assets[+]": asset("202") }],
  ["insurances.no_medical", "allowance", { "insurances[2].kind": "06" }, { "insurances[2].kind": "06", "members[2].person_state": "06" }],
  ["insurances.fund_without_amount", "margin", { "insurances[+]": { member_no: 2, kind: "08" } }, { "insurances[+]": { member_no: 2, kind: "08", amount: 90 } }],
  ["supporters.id_repeated", "allowance", { "supporters[+]": { supports_member_no: 2, name: "曾假名", id_number: idOf("99999919960708005"), relation: "02", duty: "1", fee: 0, unable_reason: ["02"] } }],
  ["supporters.is_head", "allowance", { "supporters[0].id_number": idOf("99999919620315001") }],
  ["supporters.able_without_fee", "allowance", { "supporters[0].fee": 0 }, { "supporters[0].fee": 0, "supporters[0].unable_reason": ["03"] }],
  ["supporters.unable_with_fee", "allowance", { "supporters[0].unable_reason": ["03"] }],
  ["supporters.fee_not_income", "allowance", { "incomes[3].kind": "b14_gift" }, { "incomes[3].kind": "b14_gift", "supporters[0].fee": 0 }],
  ["supporters.income_without_supporter", "supported", { "incomes[1].kind": "b14_support" }],
];

const housing: readonly RuleCase[] = [
  ["housing.area_zero", "allowance", { housing_area: 0 }, { housing_area: 0.01 }],
  ["housing.area_large", "allowance", { housing_area: 450.01 }, { housing_area: 450 }],
  ["housing.built_future", "allowance", { built_year: 2020 }, { built_year: 2019 }],
  ["housing.unsafe_new", "allowance", { housing_state: "2", built_year: 2014 }, { housing_state: "2", built_year: 2013 }],
  ["housing.adobe_sound", "allowance", { housing_structure: "04" }, { housing_structure: "04", housing_state: "2" }],
  ["housing.unsafe", "allowance", { housing_state: "3" }, { housing_state: "2" }],
  ["accidents.future", "margin", { "accidents[0].happened_on": "2019-09-11" }],
];

const aid: readonly RuleCase[] = [
  ["aid.order", "allowance", { "aid[0].helped_on": "2019-03-19" }, { "aid[0].helped_on": "2019-03-20" }],
  ["aid.future", "allowance", { "aid[0].helped_on": "2019-09-11" }, { "aid[0].helped_on": "2019-09-10" }],
  ["aid.granted_nothing", "allowance", { "aid[0].amount": 0 }, { "aid[0].amount": 0, "aid[0].in_kind": "棉被" }],
  ["aid.pending_long", "margin", { "aid[1].asked_on": "2019-07-11" }, { "aid[1].asked_on": "2019-07-12" }],
  ["help.order", "supported", { help_asked_at: "2019-03-02", helped_at: "2019-03-01" }, { help_asked_at: "2019-03-01", helped_at: "2019-03-01" }],
  ["help.future", "supported", { help_asked_at: "2019-09-11" }, { help_asked_at: "2019-09-10" }],
  ["help.asked_latest", "allowance", { help_asked_at: "2019-03-19" }],
  ["help.asked_latest", "allowance", { help_asked_at: "2019-03-21" }, { help_asked_at: "2019-03-21", "aid[0].asked_on": "2019-03-21" }],
  ["help.helped_latest", "allowance", { helped_at: "2019-04-11" }, { helped_at: "2019-04-11", "aid[0].helped_on": "2019-04-11" }],
  ["help.helped_latest", "margin", { helped_at: "2019-01-07" }],
  ["help.asked_missing", "allowance", { help_asked_at: undefined }, { help_asked_at: undefined, aid: undefined }],
  ["help.helped_missing", "allowance", { helped_at: undefined }, { helped_at: undefined, "aid[0].state": "pending" }],
  ["help.helped_nowhere", "expenditure", { aid: undefined }, { aid: undefined, categories: ["expenditure"] }],
];

const authorisation: readonly RuleCase[] = [
  ["authorisations.adult_missing", "allowance", { "authorisations[1].member_no": 3 }, { "authorisations[+]": { member_no: 3 } }],
  ["authorisations.adult_missing", "allowance", { "authorisations[1].signature": undefined }, { "authorisations[1].signature": undefined, "members[1].person_state": "04" }],
  ["authorisations.check_without", "margin", { "authorisations[1].signature": undefined }, { "authorisations[1].signature": undefined, check_on: undefined }],
  ["authorisations.check_outside", "margin", { check_on: "2019-08-11" }, { check_on: "2019-08-12" }],
  ["authorisations.check_outside", "margin", { "authorisations[1].expires_on": "2019-08-19" }, { "authorisations[1].expires_on": "2019-08-20" }],
  ["authorisations.supporter_missing", "allowance", { check_on: "2019-08-20", check_scope: "1" }, { check_on: "2019-08-20", check_scope: "0" }],
  ["authorisations.supporter_missing", "allowance", { check_on: "2019-08-20", check_scope: "2" }, { check_on: "2019-08-20", check_scope: "2", "supporters[0].signature": "signature-s" }],
  ["authorisations.repeated", "margin", { "authorisations[1].member_no": 1 }],
  ["authorisations.order", "allowance", { "authorisations[0].expires_on": "2019-08-12" }, { "authorisations[0].expires_on": "2019-08-13" }],
  ["authorisations.future", "allowance", { "authorisations[0].signed_on": "2019-09-11" }, { "authorisations[0].signed_on": "2019-09-10" }],
  ["authorisations.expired", "allowance", { "authorisations[0].expires_on": "2019-09-09" }, { "authorisations[0].expires_on": "2019-09-10" }],
  ["authorisations.long", "allowance", { "authorisations[0].expires_on": "2025-08-12" }, { "authorisations[0].expires_on": "2024-08-12" }],
];

const votes = { discussion_result: "1", discussion_present: 9, discussion_agree: 7, discussion_against: 2 } as const;
const review: readonly RuleCase[] = [
  ["declaration.future", "allowance", { declared_on: "2019-09-11" }],
  ["review.survey_future", "allowance", { survey_on: "2019-09-11" }],
  ["review.votes", "allowance", { ...votes, discussion_against: 3 }, votes],
  ["review.result_by_votes", "allowance", { ...votes, discussion_result: "0" }, votes],
  ["review.result_by_votes", "allowance", { ...votes, discussion_agree: 2 }, { ...votes, discussion_agree: 3 }],
  ["review.assist_though_untrue", "allowance", { survey_result: "0" }, { survey_result: "0", opinion: "0" }],
  ["review.opinion_without_visit", "allowance", { survey_result: undefined }, { survey_result: undefined, opinion: "3" }],
  ["review.check_differs", "margin", { verified_income: 41_761 }, { verified_income: 41_760 }],
  ["review.check_differs", "margin", { verified_income: 27_839 }, { verified_income: 27_840 }],
];

const paper = (category: string, base: RuleCase[1]): RuleCase => [`papers.${category}`, base, { [`paper_${category}`]: undefined }];
const bare = (category: string): RuleCase => [`papers.${category}`, "allowance", { categories: [category] }, { categories: [category], [`paper_${category}`]: "photo" }];
const papers: readonly RuleCase[] = [
  ...["party_member", "worker", "margin", "employment", "accident"].map((key) => paper(key, "margin")),
  ...["minimum_living", "medical", "education"].map((key) => paper(key, "allowance")),
  paper("extreme_poverty", "supported"),
  paper("expenditure", "expenditure"),
  bare("housing"),
];

/** Cases of the rules about money, process and papers. */
export const moneyCases: readonly RuleCase[] = [...money, ...housing, ...aid, ...authorisation, ...review, ...papers];
