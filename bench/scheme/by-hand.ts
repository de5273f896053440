// The general form and the sub-form of retired soldiers checked by plain TypeScript, item by item, as one would write it for these two
// forms alone: the measure for the engine that reads the same rules from the definition. The bench proves first that both find the same.
import type { Issue } from "../../src/core/issue.ts";
import { addYears } from "../../src/core/time.ts";
import { citizenIdFacts } from "../../src/core/citizen-id.ts";
import { veterans } from "../../schemes/veterans/scheme.ts";
import { retiredSoldierByHand } from "./by-hand-retired.ts";
import { type Json, optionsOf, Reading } from "./by-hand-values.ts";

const set = (key: string) => optionsOf(veterans.codeSets, key);
const KEYS = new Set(veterans.forms[0]?.sections.flatMap((section) => section.items.map((item) => item.key)));
const CATEGORIES = new Set(veterans.categories.map((category) => category.key));
const sex = set("sex"), ethnic = set("ethnic"), relation = set("family-relation"), hukouType = set("hukou-type"), maritalSet = set("marital"), education = set("education");
const politicalSet = set("political"), healthSet = set("health"), capture = set("capture-mode"), categorySet = set("category"), evidence = set("evidence-kind"), identitySet = set("service-identity");
const honourSet = set("honours"), employmentSet = set("employment-status"), employerSet = set("employer-type"), medicalSet = set("medical-insurance"), pensionSet = set("pension-insurance");
const stateSet = set("state-pension"), subsidySet = set("disabled-subsidy"), housingSet = set("housing"), assistance = set("social-assistance"), difficultySet = set("difficulties");
const demandSet = set("demands"), demandClass = set("demand-class"), changeSet = set("change-type");
const SERVICE = ["transferred_cadre", "retired_soldier", "retired_cadre_nco", "non_military_staff", "red_army_veteran", "demobilised"];
const SOLDIERS = SERVICE.filter((key) => key !== "non_military_staff");
const MARRIED = new Set(["20", "21", "22", "23", "30", "40"]);
const EMPLOYED = new Set(["government_institution", "enterprise", "public_welfare_post", "retired"]);
const CHRONIC = new Set(["31", "32", "33", "34", "35", "36", "37", "38", "41", "49"]);
const OFFICER = /^军(字第)?\d{7}号?$/u, NCO = /^士(字第)?\d{5,12}号?$/u, CONSCRIPT = /^兵(字第)?\d{5,12}号?$/u, OLD = /^[一-龥]{1,3}字第\d{7,8}号?$/u;
const POSTCODE = /^\d{6}$/u, EMAIL = /^[^@ ]+@[^@ ]+[.][^@ ]+$/u;

/** What the sub-form needs of the general form. */
export type General = {
  readonly raw: Json;
  readonly categories: readonly string[];
  readonly birth: string | undefined;
  readonly enlisted: string | undefined;
  readonly left: string | undefined;
  readonly unit: string | undefined;
  readonly standing: string | undefined;
  readonly hukou: string | undefined;
  readonly honours: readonly string[] | undefined;
  readonly pensions: readonly string[] | undefined;
  readonly evidenceKind: string | undefined;
  readonly death: string | undefined;
  readonly proofShown: boolean;
};

const isRecord = (value: unknown): value is Json => typeof value === "object" && value !== null && !Array.isArray(value);

/** Faults of a record of the general form with, perhaps, the category of retired soldiers. Dates `YYYY-MM-DD`. */
export function checkByHand(record: Json, today: string, referenceDate: string): readonly Issue[] {
  const r = new Reading(today);
  for (const key of Object.keys(record)) if (key !== "general" && key !== "retired_soldier") r.block("unknown-form", key);
  const given = record["general"];
  if (given !== undefined && !isRecord(given)) r.refuse("wrong-type", "general");
  const g: Json = isRecord(given) ? given : {};
  r.unknownKeys(g, KEYS, "general");
  const word = (key: string, max = 64): string | undefined => r.text(g, key, `general.${key}`, max);

  const name = word("name", 50), formerName = word("former_name", 50), id = r.stored(word("id_number"), "general.id_number");
  const sexCode = word("sex"), ethnicCode = word("ethnic"), birth = word("birth_date"), authority = word("issuing_authority", 60), from = word("valid_from"), to = word("valid_to");
  const longTerm = r.flag(g, "valid_long_term", "general.valid_long_term");
  const domicile = word("domicile_address", 120), domicileArea = word("domicile_region"), portrait = word("card_portrait"), front = word("card_photo_front"), back = word("card_photo_back");
  const recent = word("photo_recent"), hukouPhoto = word("photo_hukou"), byAgent = r.flag(g, "agent_flag", "general.agent_flag");
  const agentName = word("agent_name", 50), agentId = r.stored(word("agent_id_number"), "general.agent_id_number"), agentPhone = word("agent_phone"), agentRelation = word("agent_relation");
  const hukou = word("hukou_type"), marital = word("marital"), schooling = word("education"), political = word("political"), joinedRaw = word("party_join_date");
  const residence = word("residence_address", 120), residenceArea = word("residence_region"), mobile = word("mobile"), landline = word("landline");
  word("wechat_qq", 40);
  const postcode = word("postcode", 6), email = word("email", 80), health = word("health"), mode = word("self_declared");
  word("remark", 500);
  const chosen = r.list(g, "categories", "general.categories"), evidenceKind = word("evidence_kind");
  const enlistedRaw = word("enlist_date"), leftRaw = word("leave_date"), standingRaw = word("service_identity"), unitRaw = r.text(g, "unit_code", "general.unit_code", 20, true), serviceNoRaw = word("service_no", 30);
  const honoursRaw = r.list(g, "honours", "general.honours"), honoursPhotoRaw = word("honours_photo"), registerRaw = word("register_form_photo"), villageRaw = word("village_statement"), otherPhoto = word("other_photo");
  const employment = word("employment_status"), employerRaw = word("employer_name", 80), employerTypeRaw = word("employer_type");
  const income = r.number(g, "annual_income", "general.annual_income"), familyIncome = r.number(g, "family_income", "general.family_income");
  const medical = r.list(g, "medical_ins", "general.medical_ins"), pension = r.list(g, "pension_ins", "general.pension_ins"), fund = r.flag(g, "housing_fund", "general.housing_fund");
  const pensions = r.list(g, "state_pension", "general.state_pension"), subsidies = r.list(g, "disabled_subsidy", "general.disabled_subsidy"), housing = r.list(g, "housing", "general.housing");
  const areaRaw = r.number(g, "housing_area", "general.housing_area"), social = word("social_assistance");
  const difficulties = r.list(g, "difficulties", "general.difficulties"), demands = r.list(g, "demands", "general.demands"), demandCodes = r.list(g, "demand_class", "general.demand_class");
  word("demand_text", 500);
  r.flag(g, "demand_answered_on_site", "general.demand_answered_on_site");
  const signature = word("signature"), changeKind = word("change_type"), changed = word("change_date"), death = word("death_date"), deathCancelled = word("death_cancel_date");

  // What is not shown is not answered.
  const categories = chosen ?? [];
  const ticked = (keys: readonly string[]): boolean => keys.some((key) => categories.includes(key));
  const served = ticked(SERVICE), soldier = ticked(SOLDIERS), ownMerit = served || ticked(["disabled_soldier", "disabled_militia"]);
  const party = political === "01" || political === "02";
  const joined = party ? joinedRaw : undefined;
  const enlisted = served ? enlistedRaw : undefined, left = served ? leftRaw : undefined, unit = served ? unitRaw : undefined, serviceNo = served ? serviceNoRaw : undefined;
  const standing = soldier ? standingRaw : undefined, honours = ownMerit ? honoursRaw : undefined;
  const merited = honours !== undefined && !honours.includes("none");
  const honoursPhoto = merited ? honoursPhotoRaw : undefined;
  const byProof = evidenceKind === "2";
  const register = byProof ? registerRaw : undefined, village = byProof ? villageRaw : undefined;
  const works = employment !== undefined && EMPLOYED.has(employment);
  const housed = housing !== undefined && !housing.includes("1");
  const floor = housed ? areaRaw : undefined;

  if (categories.some((key) => !CATEGORIES.has(key))) r.block("unknown-category", "general.categories");
  const services = SERVICE.filter((key) => categories.includes(key)).length;
  const [disabled, militia] = [categories.includes("disabled_soldier"), categories.includes("disabled_militia")];
  for (const wrong of [services > 1, disabled && militia, disabled && services === 0, militia && services > 0]) if (wrong) r.block("category-combination", "general.categories");

  const need = (value: unknown, key: string): void => {
    if (value === undefined) r.required(`general.${key}`);
  };
  if (name === undefined) r.required("general.name");
  else r.isName(name, "general.name");
  if (formerName !== undefined) r.isName(formerName, "general.former_name");
  if (id === undefined) r.required("general.id_number");
  else r.isId(id, "general.id_number");
  if (sexCode === undefined) r.required("general.sex");
  else r.isCode(sexCode, "general.sex", sex);
  if (ethnicCode === undefined) r.required("general.ethnic");
  else r.isCode(ethnicCode, "general.ethnic", ethnic);
  if (birth === undefined) r.required("general.birth_date");
  else r.isDate(birth, "general.birth_date");
  const cardSeen = portrait !== undefined || authority !== undefined || from !== undefined;
  if (cardSeen) {
    need(authority, "issuing_authority");
    need(from, "valid_from");
    if (longTerm !== true) need(to, "valid_to");
  }
  if (from !== undefined) r.isDate(from, "general.valid_from");
  if (to !== undefined) r.isDate(to, "general.valid_to");
  need(domicile, "domicile_address");
  if (domicileArea === undefined) r.required("general.domicile_region");
  else r.isArea(domicileArea, "general.domicile_region");
  if (portrait !== undefined) r.isMedia(portrait, "general.card_portrait");
  if (front !== undefined) r.isMedia(front, "general.card_photo_front");
  if (back !== undefined) r.isMedia(back, "general.card_photo_back");
  if (recent === undefined) r.required("general.photo_recent");
  else r.isMedia(recent, "general.photo_recent");
  if (hukouPhoto !== undefined) r.isMedia(hukouPhoto, "general.photo_hukou");
  need(byAgent, "agent_flag");
  if (byAgent === true) {
    if (agentName === undefined) r.required("general.agent_name");
    else r.isName(agentName, "general.agent_name");
    if (agentId === undefined) r.required("general.agent_id_number");
    else r.isId(agentId, "general.agent_id_number");
    if (agentPhone === undefined) r.required("general.agent_phone");
    else r.isPhone(agentPhone, "general.agent_phone");
    if (agentRelation === undefined) r.required("general.agent_relation");
    else r.isCode(agentRelation, "general.agent_relation", relation);
  }
  if (hukou === undefined) r.required("general.hukou_type");
  else r.isCode(hukou, "general.hukou_type", hukouType);
  if (marital === undefined) r.required("general.marital");
  else r.isCode(marital, "general.marital", maritalSet);
  if (schooling === undefined) r.required("general.education");
  else r.isCode(schooling, "general.education", education);
  const after = (years: number): string | undefined => (birth === undefined ? undefined : addYears(birth, years));
  const youngerThan = (years: number): boolean => {
    const day = after(years);
    return day !== undefined && day > today;
  };
  if (political === undefined) r.required("general.political");
  else {
    r.isCode(political, "general.political", politicalSet);
    if (politicalSet.known.has(political)) {
      if (political !== "13" && youngerThan(14)) r.block("closed-option", "general.political");
      if (party && youngerThan(18)) r.block("closed-option", "general.political");
    }
  }
  if (party) {
    if (joined === undefined) r.required("general.party_join_date");
    else r.isDate(joined, "general.party_join_date");
  }
  need(residence, "residence_address");
  if (residenceArea === undefined) r.required("general.residence_region");
  else r.isArea(residenceArea, "general.residence_region");
  if (mobile === undefined) r.required("general.mobile");
  else r.isPhone(mobile, "general.mobile");
  if (landline !== undefined) r.isPhone(landline, "general.landline");
  if (health === undefined) r.required("general.health");
  else r.isCode(health, "general.health", healthSet);
  if (mode === undefined) r.required("general.self_declared");
  else r.isCode(mode, "general.self_declared", capture);
  if (chosen === undefined) r.required("general.categories");
  else r.areCodes(chosen, "general.categories", categorySet);
  if (evidenceKind === undefined) r.required("general.evidence_kind");
  else r.isCode(evidenceKind, "general.evidence_kind", evidence);
  if (served) {
    if (enlisted === undefined) r.required("general.enlist_date");
    else r.isDate(enlisted, "general.enlist_date");
    if (left === undefined) r.required("general.leave_date");
    else r.isDate(left, "general.leave_date");
  }
  if (soldier) {
    if (standing === undefined) r.required("general.service_identity");
    else r.isCode(standing, "general.service_identity", identitySet);
  }
  if (ownMerit) {
    if (honours === undefined) r.required("general.honours");
    else r.areCodes(honours, "general.honours", honourSet);
  }
  if (honoursPhoto !== undefined) r.isMedia(honoursPhoto, "general.honours_photo");
  if (register !== undefined) r.isMedia(register, "general.register_form_photo");
  if (byProof && ownMerit) need(village, "village_statement");
  if (village !== undefined) r.isMedia(village, "general.village_statement");
  if (otherPhoto !== undefined) r.isMedia(otherPhoto, "general.other_photo");
  if (employment === undefined) r.required("general.employment_status");
  else r.isCode(employment, "general.employment_status", employmentSet);
  if (works) {
    need(employerRaw, "employer_name");
    if (employerTypeRaw === undefined) r.required("general.employer_type");
    else r.isCode(employerTypeRaw, "general.employer_type", employerSet);
  }
  if (income === undefined) r.required("general.annual_income");
  else r.isAmount(income, "general.annual_income", 0, 10_000_000, 2, "money-decimals");
  if (familyIncome !== undefined) r.isAmount(familyIncome, "general.family_income", 0, 100_000_000, 2, "money-decimals");
  if (medical === undefined) r.required("general.medical_ins");
  else r.areCodes(medical, "general.medical_ins", medicalSet);
  if (pension === undefined) r.required("general.pension_ins");
  else r.areCodes(pension, "general.pension_ins", pensionSet);
  need(fund, "housing_fund");
  if (pensions === undefined) r.required("general.state_pension");
  else r.areCodes(pensions, "general.state_pension", stateSet);
  if (subsidies === undefined) r.required("general.disabled_subsidy");
  else r.areCodes(subsidies, "general.disabled_subsidy", subsidySet);
  if (housing === undefined) r.required("general.housing");
  else r.areCodes(housing, "general.housing", housingSet);
  if (housed) {
    if (floor === undefined) r.required("general.housing_area");
    else r.isAmount(floor, "general.housing_area", 0, 999, 2, "too-many-decimals");
  }
  if (social === undefined) r.required("general.social_assistance");
  else r.isCode(social, "general.social_assistance", assistance);
  if (difficulties !== undefined) r.areCodes(difficulties, "general.difficulties", difficultySet);
  if (demands !== undefined) r.areCodes(demands, "general.demands", demandSet);
  if (demandCodes !== undefined) r.areCodes(demandCodes, "general.demand_class", demandClass);
  if (signature === undefined) r.required("general.signature");
  else r.isMedia(signature, "general.signature");
  if (changeKind !== undefined) r.isCode(changeKind, "general.change_type", changeSet);
  if (changed !== undefined) r.isDate(changed, "general.change_date");
  if (death !== undefined) r.isDate(death, "general.death_date");
  else if (changeKind === "died") r.required("general.death_date");
  if (deathCancelled !== undefined) r.isDate(deathCancelled, "general.death_cancel_date");

  const facts: General = {
    raw: record, categories, birth, enlisted, left, unit, standing, hukou, honours, pensions, evidenceKind, death,
    proofShown: register !== undefined || village !== undefined || otherPhoto !== undefined,
  };
  const rules = retiredSoldierByHand(r, facts, today, referenceDate);

  // Rules across items of the general form.
  const fact = id === undefined ? undefined : citizenIdFacts(id);
  if (fact !== undefined && sexCode !== undefined && fact.sex !== sexCode) r.rule("general.sex_by_id", "block", "general.sex");
  if (fact !== undefined && birth !== undefined && fact.birthDate !== birth) r.rule("general.birth_by_id", "block", "general.birth_date");
  const at110 = after(110);
  if (at110 !== undefined && at110 <= today) r.rule("general.very_old", "explain", "general.birth_date");
  if (to !== undefined && from !== undefined && to <= from) r.rule("general.card_order", "block", "general.valid_to");
  if (longTerm === true && to !== undefined && r.free("general.valid_long_term")) r.rule("general.card_long_with_end", "block", "general.valid_to");
  if (to !== undefined && from !== undefined && r.free("general.valid_from")) {
    const five = addYears(from, 5), ten = addYears(from, 10), twenty = addYears(from, 20), at16 = after(16);
    if (five !== undefined && ten !== undefined && twenty !== undefined && to !== five && to !== ten && to !== twenty) r.rule("general.card_span", "explain", "general.valid_to");
    if (five !== undefined && at16 !== undefined && (to === five ? from >= at16 : from < at16)) r.rule("general.card_span_by_age", "explain", "general.valid_to");
  }
  if (to !== undefined && to < today) r.rule("general.card_expired", "note", "general.valid_to");
  if (byAgent === true && agentId !== undefined && agentId === id) r.rule("general.agent_is_self", "block", "general.agent_id_number");
  if (byAgent === false && youngerThan(14)) r.rule("general.minor_without_guardian", "explain", "general.agent_flag");
  if (marital !== undefined && MARRIED.has(marital)) {
    if (sexCode === "1" && youngerThan(22)) r.rule("general.married_young_man", "explain", "general.marital");
    if (sexCode === "2" && youngerThan(20)) r.rule("general.married_young_woman", "explain", "general.marital");
  }
  const at18 = after(18), at14 = after(14), at17 = after(17);
  if (joined !== undefined && at18 !== undefined && joined < at18) r.rule("general.party_join_under_18", "explain", "general.party_join_date");
  if (joined !== undefined && joined > today) r.rule("general.party_join_future", "block", "general.party_join_date");
  if ((categories.includes("disabled_soldier") || categories.includes("disabled_militia")) && health !== undefined && !health.startsWith("6")) r.rule("general.disabled_but_healthy", "explain", "general.health");
  if ((categories.includes("disabled_soldier") || categories.includes("disabled_militia")) && health !== undefined && CHRONIC.has(health)) r.rule("general.disabled_but_chronic", "explain", "general.health");
  if (postcode !== undefined && !POSTCODE.test(postcode)) r.rule("general.postcode_form", "explain", "general.postcode");
  if (email !== undefined && !EMAIL.test(email)) r.rule("general.email_form", "explain", "general.email");
  if (enlisted !== undefined) {
    if (at14 !== undefined && enlisted < at14 && chosen !== undefined && !categories.includes("red_army_veteran")) r.rule("general.enlist_under_14", "block", "general.enlist_date");
    if (at17 !== undefined && at14 !== undefined && enlisted < at17 && enlisted >= at14) r.rule("general.enlist_under_17", "explain", "general.enlist_date");
    if (birth !== undefined && enlisted <= birth) r.rule("general.enlist_before_birth", "block", "general.enlist_date");
    if (left !== undefined && left <= enlisted && r.free("general.leave_date")) r.rule("general.enlist_before_leave", "block", "general.enlist_date");
  }
  if (left !== undefined && left > today) r.rule("general.leave_future", "block", "general.leave_date");
  if (standing !== undefined) {
    if (categories.includes("transferred_cadre") && standing !== "1" && standing !== "4") r.rule("general.cadre_standing", "explain", "general.service_identity");
    if (categories.includes("retired_soldier") && standing !== "2" && standing !== "3") r.rule("general.soldier_standing", "explain", "general.service_identity");
  }
  if (merited && honoursPhoto === undefined) r.rule("general.merit_photo", "note", "general.honours_photo");
  if (byProof) r.rule("general.evidence_by_statement", "note", "general.evidence_kind");
  if (death !== undefined) {
    if (death > today) r.rule("general.death_future", "block", "general.death_date");
    if (birth !== undefined && death < birth) r.rule("general.death_before_birth", "block", "general.death_date");
    if (death < referenceDate) r.rule("general.death_before_reference", "note", "general.death_date");
  }
  if (changed !== undefined && changed > today) r.rule("general.change_future", "block", "general.change_date");
  if (byProof && register === undefined && otherPhoto === undefined) r.rule("general.proof_missing", "explain", "general.evidence_kind");
  if (serviceNo !== undefined) {
    const [officer, nco, conscript] = [OFFICER.test(serviceNo), NCO.test(serviceNo), CONSCRIPT.test(serviceNo)];
    if (!officer && !nco && !conscript && !OLD.test(serviceNo)) r.rule("general.service_no_form", "explain", "general.service_no");
    if (standing !== undefined && ((officer && (standing === "2" || standing === "3")) || (nco && standing !== "2" && identitySet.known.has(standing)) || (conscript && standing !== "3" && identitySet.known.has(standing)))) r.rule("general.service_no_prefix", "explain", "general.service_no");
  }
  if (pension?.includes("3") === true && youngerThan(45) && employment !== undefined && chosen !== undefined && employment !== "retired" && !ticked(["retired_cadre_nco", "non_military_staff"])) r.rule("general.retirement_pay_young", "explain", "general.pension_ins");
  if (employment === "retired" && youngerThan(45) && chosen !== undefined && !ticked(["retired_cadre_nco", "disabled_soldier"])) r.rule("general.retired_young", "explain", "general.employment_status");
  if (familyIncome !== undefined && income !== undefined && familyIncome < income) r.rule("general.family_income_below_own", "explain", "general.family_income");
  if (floor !== undefined && floor <= 0) r.rule("general.housing_area_zero", "block", "general.housing_area");
  if (floor !== undefined && floor > 300) r.rule("general.housing_area_large", "explain", "general.housing_area");
  if (subsidies !== undefined && (subsidies.includes("living") || subsidies.includes("nursing")) && health !== undefined && !health.startsWith("6")) r.rule("general.subsidy_without_disability", "explain", "general.disabled_subsidy");
  if (pensions !== undefined) {
    if (pensions.includes("rural_60") && youngerThan(60)) r.rule("general.rural_60_age", "block", "general.state_pension");
    if (pensions.includes("rural_60") && hukou === "2") r.rule("general.rural_60_urban", "explain", "general.state_pension");
    if (chosen !== undefined) {
      const without = (code: string, key: string, ...of: string[]): void => {
        if (pensions.includes(code) && !ticked(of)) r.rule(`general.pension_${key}`, "explain", "general.state_pension");
      };
      without("disabled_soldier", "disabled_soldier", "disabled_soldier", "disabled_militia");
      without("rural_demobilised", "rural_demobilised", "demobilised");
      without("bereaved_regular", "bereaved", "martyr_family", "duty_death_family", "illness_death_family");
      without("martyr_child", "martyr_child", "martyr_family");
      without("red_army", "red_army", "red_army_veteran");
      without("rural_60", "rural_60", "retired_soldier");
    }
  }
  const at40 = after(40);
  if (employment === "student" && at40 !== undefined && at40 <= referenceDate) r.rule("general.student_old", "explain", "general.employment_status");
  rules();
  return r.found.length === 0 ? r.issues : [...r.issues, ...r.found];
}
