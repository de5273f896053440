// The bench's hand-written validator, third part: the sub-form of retired soldiers.
import { ranksOf, rankSystems } from "../../schemes/veterans/codes/ranks.ts";
import { veterans } from "../../schemes/veterans/scheme.ts";
import { addYears, monthsBetween, yearsBetween } from "../../src/core/time.ts";
import type { General } from "./by-hand.ts";
import { type Json, optionsOf, type Reading } from "./by-hand-values.ts";

const set = (key: string) => optionsOf(veterans.codeSets, key);
const FORM = veterans.forms.find((form) => form.key === "retired_soldier");
const KEYS = new Set(FORM?.sections.flatMap((section) => (section.repeats ? [section.key] : section.items.map((item) => item.key))));
const COMPUTED = new Set(["leave_period", "service_years", "rural60", "plaque_state"]);
const AWARD = new Set(["kind", "year", "cert_no"]);
const TRAINING = new Set(["train_kind", "train_name", "train_year"]);
const kindSet = set("soldier-kind"), hukouSet = set("enlist-hukou"), classSet = set("rank-class"), rankSet = set("rank"), regionSet = set("special-region"), postSet = set("special-post"), warSet = set("war");
const nuclearSet = set("nuclear-test"), certificateSet = set("certificate-type"), awardSet = set("award-kind"), modeSet = set("placement-mode"), groundSet = set("placement-condition");
const unitTypeSet = set("placement-unit-type"), resumeSet = set("resume-kind"), basisSet = set("rural60-basis"), trainingSet = set("training-kind"), cancelSet = set("plaque-cancellation"), replaceSet = set("plaque-replacement");
const CLASSES = new Set(["senior_nco", "middle_nco", "junior_nco", "conscript", "volunteer"]);
const RANKS = new Map(Object.entries(ranksOf).map(([key, ranks]) => [key, new Set(ranks)]));
const OLD_NCO = new Set<string>(rankSystems.nco1999), MASTERS = new Set<string>(rankSystems.nco2009), NEW_NCO = new Set<string>(rankSystems.nco2022), VOLUNTEERS = new Set<string>(rankSystems.volunteers);
const STANDING: { readonly [code: string]: readonly string[] } = { "1": ["officer"], "2": ["senior_nco", "middle_nco", "junior_nco", "volunteer"], "3": ["conscript"], "4": ["civilian_cadre"] };
const WARS: { readonly [code: string]: readonly [from: string, to: string] } = {
  "01": ["1955-01-01", "1955-02-28"], "02": ["1956-01-01", "1962-12-31"], "03": ["1958-08-23", "1979-01-01"], "04": ["1960-11-01", "1961-02-28"], "05": ["1962-10-01", "1963-01-31"],
  "06": ["1965-08-01", "1965-08-31"], "07": ["1965-11-01", "1965-11-30"], "08": ["1965-06-01", "1973-12-31"], "09": ["1964-01-01", "1978-12-31"], "10": ["1969-03-01", "1969-03-31"],
  "11": ["1974-01-01", "1974-01-31"], "12": ["1979-02-17", "1979-03-31"], "13": ["1979-03-01", "1991-12-31"], "14": ["1988-01-01", "1988-12-31"],
};
const NONE: Json = {};
const at = (key: string): string => `retired_soldier.${key}`;
const yearOf = (date: string | undefined): number | undefined => {
  const years = date === undefined ? undefined : yearsBetween("1900-01-01", date);
  return years === undefined ? undefined : years + 1900;
};

/** Reads and checks the sub-form; what comes back runs its rules across items, once everything is read. */
export function retiredSoldierByHand(r: Reading, g: General, today: string, referenceDate: string): () => void {
  const given = g.raw["retired_soldier"];
  const whole = typeof given === "object" && given !== null && !Array.isArray(given);
  if (given !== undefined && given !== null && !whole) r.refuse("wrong-type", "retired_soldier");
  const f: Json = whole ? (given as Json) : NONE;
  r.unknownKeys(f, KEYS, "retired_soldier");
  const open = g.categories.includes("retired_soldier");
  const word = (key: string, max = 64): string | undefined => r.text(f, key, at(key), max);
  const flag = (key: string): boolean | undefined => r.flag(f, key, at(key));

  const kind = word("soldier_kind"), place = word("enlist_place"), enlistHukou = word("enlist_hukou");
  const enlisted = g.enlisted ?? word("enlist_date"), left = g.left ?? word("leave_date");
  flag("second_enlist");
  r.text(f, "unit_code", at("unit_code"), 20, true);
  word("major_unit", 2);
  word("arm", 20);
  const rankClass = word("rank_class"), rank = word("rank"), regions = r.list(f, "special_region", at("special_region")), monthsRaw = r.number(f, "special_region_months", at("special_region_months"));
  const posts = r.list(f, "special_post", at("special_post"));
  flag("overseas_base");
  const wars = r.list(f, "war_participation", at("war_participation")), nuclear = word("nuclear_test"), certificate = word("cert_type"), lost = flag("cert_lost");
  const reason = word("cert_lost_reason", 200), proofRaw = word("cert_lost_proof"), number = word("cert_no", 40), photo = word("cert_photo"), more = word("cert_photo_more");
  const awards = r.rows(f, "awards", at("awards"), 20), trainings = r.rows(f, "trainings", at("trainings"), 10);
  const from = word("conscript_from"), to = word("conscript_to"), counted = r.number(f, "conscript_years", at("conscript_years"));
  word("skill_level", 60);
  const region = word("place_region"), mode = word("place_mode"), groundRaw = word("place_condition"), unitRaw = word("place_unit", 80), unitTypeRaw = word("place_unit_type"), reportedRaw = word("report_date");
  const onPost = flag("on_post"), taken = flag("lump_sum_taken"), sumRaw = r.number(f, "lump_sum", at("lump_sum")), jobNumber = word("self_job_cert_no", 40), resumeKind = word("resume_kind"), resumeUnit = word("resume_unit", 80);
  const basis = word("rural60_basis");
  flag("want_job");
  flag("want_business");
  const applied = word("plaque_applied_at"), hung = flag("plaque_hung"), hungAtRaw = word("plaque_hung_at"), plaqueArea = word("plaque_region"), plaqueAddress = word("plaque_address", 120);
  const cancelledRaw = flag("plaque_cancelled"), cancelledAtRaw = word("plaque_cancelled_at"), cancelReason = word("plaque_cancel_reason");
  const replacedRaw = flag("plaque_replaced"), replacedAtRaw = word("plaque_replaced_at"), replaceReason = word("plaque_replace_reason");
  const awardRows = awards.map((row, i) => {
    const path = `${at("awards")}[${i}]`;
    r.unknownKeys(row, AWARD, path);
    r.text(row, "cert_no", `${path}.cert_no`, 40);
    return { path, kind: r.text(row, "kind", `${path}.kind`, 64), year: r.number(row, "year", `${path}.year`) };
  });
  const trainingRows = trainings.map((row, i) => {
    const path = `${at("trainings")}[${i}]`;
    r.unknownKeys(row, TRAINING, path);
    r.text(row, "train_name", `${path}.train_name`, 80);
    return { path, kind: r.text(row, "train_kind", `${path}.train_kind`, 64), year: r.number(row, "train_year", `${path}.train_year`) };
  });

  const subsidies = (missingWar: boolean, missingTest: boolean): void => {
    if (missingWar && g.pensions?.includes("war_participant") === true) r.rule("general.pension_war_participant", "explain", "general.state_pension");
    if (missingTest && g.pensions?.includes("nuclear_test") === true) r.rule("general.pension_nuclear_test", "explain", "general.state_pension");
  };
  if (!open) return () => subsidies(true, true);
  let answered = false;
  for (const key of Object.keys(f)) {
    const value = f[key];
    if (value !== undefined && value !== null && value !== "" && !COMPUTED.has(key) && KEYS.has(key) && !(Array.isArray(value) && value.length === 0)) answered = true;
  }
  if (!answered) r.block("sub-form-missing", "retired_soldier");

  const months = regions === undefined ? undefined : monthsRaw;
  const placed = kind === "assigned_work", paidOff = kind === "self_employment" || kind === "self_chosen_job", resumed = kind === "resumed";
  const sum = paidOff && taken === true ? sumRaw : undefined, ground = placed ? groundRaw : undefined, reported = placed ? reportedRaw : undefined;
  const at60 = g.birth === undefined ? undefined : addYears(g.birth, 60);
  const rural60 = g.hukou === "1" && at60 !== undefined && at60 <= referenceDate && enlisted !== undefined && enlisted >= "1954-11-01";
  const hangs = hung === true, hungAt = hangs ? hungAtRaw : undefined;
  const cancelled = hangs && cancelledRaw === true, cancelledAt = cancelled ? cancelledAtRaw : undefined, replaced = hangs && replacedRaw === true, replacedAt = replaced ? replacedAtRaw : undefined;
  const need = (value: unknown, key: string): void => {
    if (value === undefined) r.required(at(key));
  };
  if (answered) {
    if (kind === undefined) r.required(at("soldier_kind"));
    else r.isCode(kind, at("soldier_kind"), kindSet);
    if (place === undefined) r.required(at("enlist_place"));
    else r.isArea(place, at("enlist_place"));
    if (enlistHukou === undefined) r.required(at("enlist_hukou"));
    else r.isCode(enlistHukou, at("enlist_hukou"), hukouSet);
    if (enlisted === undefined) r.required(at("enlist_date"));
    else r.isDate(enlisted, at("enlist_date"));
    if (left === undefined) r.required(at("leave_date"));
    else r.isDate(left, at("leave_date"));
    if (rankClass === undefined) r.required(at("rank_class"));
    else {
      r.isCode(rankClass, at("rank_class"), classSet);
      if (classSet.known.has(rankClass) && !CLASSES.has(rankClass)) r.block("closed-option", at("rank_class"));
    }
    if (rank === undefined) r.required(at("rank"));
    else {
      r.isCode(rank, at("rank"), rankSet);
      const fitting = rankClass === undefined ? undefined : RANKS.get(rankClass);
      if (fitting !== undefined && rankSet.known.has(rank) && !fitting.has(rank)) r.block("closed-option", at("rank"));
    }
    if (regions !== undefined) r.areCodes(regions, at("special_region"), regionSet);
    if (months !== undefined) r.isInteger(months, at("special_region_months"), 0, 600);
    if (posts !== undefined) r.areCodes(posts, at("special_post"), postSet);
    if (wars !== undefined) r.areCodes(wars, at("war_participation"), warSet);
    if (nuclear !== undefined) r.isCode(nuclear, at("nuclear_test"), nuclearSet);
    if (certificate === undefined) r.required(at("cert_type"));
    else r.isCode(certificate, at("cert_type"), certificateSet);
    if (lost === true) {
      need(reason, "cert_lost_reason");
      if (proofRaw === undefined) r.required(at("cert_lost_proof"));
      else r.isMedia(proofRaw, at("cert_lost_proof"));
    } else {
      need(number, "cert_no");
      if (photo === undefined && g.evidenceKind !== undefined && g.evidenceKind !== "2") r.required(at("cert_photo"));
    }
    if (photo !== undefined) r.isMedia(photo, at("cert_photo"));
    if (more !== undefined) r.isMedia(more, at("cert_photo_more"));
    for (const row of awardRows) {
      if (row.kind === undefined) r.required(`${row.path}.kind`);
      else r.isCode(row.kind, `${row.path}.kind`, awardSet);
      if (row.year === undefined) r.required(`${row.path}.year`);
      else r.isInteger(row.year, `${row.path}.year`, 1927, 2100);
    }
    if (from !== undefined) r.isDate(from, at("conscript_from"));
    if (to !== undefined) r.isDate(to, at("conscript_to"));
    if (counted !== undefined) r.isAmount(counted, at("conscript_years"), 0, 20, 1, "too-many-decimals");
    if (region === undefined) r.required(at("place_region"));
    else r.isArea(region, at("place_region"));
    if (mode !== undefined) r.isCode(mode, at("place_mode"), modeSet);
    if (placed) {
      if (ground === undefined) r.required(at("place_condition"));
      else r.isCode(ground, at("place_condition"), groundSet);
      need(unitRaw, "place_unit");
      if (unitTypeRaw === undefined) r.required(at("place_unit_type"));
      else r.isCode(unitTypeRaw, at("place_unit_type"), unitTypeSet);
      if (reported !== undefined) r.isDate(reported, at("report_date"));
      need(onPost, "on_post");
    }
    if (paidOff) need(taken, "lump_sum_taken");
    if (sum !== undefined) r.isAmount(sum, at("lump_sum"), 0, 2_000_000, 2, "money-decimals");
    if (kind === "self_chosen_job") need(jobNumber, "self_job_cert_no");
    if (resumed) {
      if (resumeKind === undefined) r.required(at("resume_kind"));
      else r.isCode(resumeKind, at("resume_kind"), resumeSet);
      need(resumeUnit, "resume_unit");
    }
    if (rural60) {
      if (basis === undefined) r.required(at("rural60_basis"));
      else r.isCode(basis, at("rural60_basis"), basisSet);
    }
    for (const row of trainingRows) {
      if (row.kind === undefined) r.required(`${row.path}.train_kind`);
      else r.isCode(row.kind, `${row.path}.train_kind`, trainingSet);
      if (row.year !== undefined) r.isInteger(row.year, `${row.path}.train_year`, 1949, 2100);
    }
    if (applied !== undefined) r.isDate(applied, at("plaque_applied_at"));
    if (hangs) {
      if (hungAt === undefined) r.required(at("plaque_hung_at"));
      else r.isDate(hungAt, at("plaque_hung_at"));
      if (plaqueArea === undefined) r.required(at("plaque_region"));
      else r.isArea(plaqueArea, at("plaque_region"));
      need(plaqueAddress, "plaque_address");
    }
    if (cancelled) {
      if (cancelledAt === undefined) r.required(at("plaque_cancelled_at"));
      else r.isDate(cancelledAt, at("plaque_cancelled_at"));
      if (cancelReason === undefined) r.required(at("plaque_cancel_reason"));
      else r.isCode(cancelReason, at("plaque_cancel_reason"), cancelSet);
    }
    if (replaced) {
      if (replacedAt === undefined) r.required(at("plaque_replaced_at"));
      else r.isDate(replacedAt, at("plaque_replaced_at"));
      if (replaceReason === undefined) r.required(at("plaque_replace_reason"));
      else r.isCode(replaceReason, at("plaque_replace_reason"), replaceSet);
    }
  }

  return () => {
    subsidies(wars === undefined, nuclear === undefined);
    const block = (key: string, item: string): void => r.rule(at(key), "block", at(item));
    const explain = (key: string, item: string): void => r.rule(at(key), "explain", at(item));
    if (photo === undefined && (lost !== true || proofRaw === undefined) && !g.proofShown) r.rule(at("papers_missing"), "note", at("cert_photo"));
    const ticked = (key: string): boolean => g.categories.includes(key);
    if (kind === "state_supported" && !ticked("disabled_soldier")) block("state_supported_disabled", "soldier_kind");
    if (left !== undefined) {
      if ((kind === "self_chosen_job" || kind === "returned_to_farm") && left > "2012-12-31") explain("kind_after_2011", "soldier_kind");
      if (kind === "self_employment" && left < "2011-11-01") explain("kind_before_2011", "soldier_kind");
      if (kind === "monthly_pension" && left < "2021-01-01") explain("monthly_before_2021", "soldier_kind");
    }
    const years = enlisted === undefined || left === undefined ? undefined : yearsBetween(enlisted, left);
    if (ground === "twelve_years" && years !== undefined && years < 12) explain("twelve_years", "place_condition");
    if (ground === "merit" && g.honours !== undefined && !["august_first_medal", "honorary_title", "merit_1", "merit_2", "merit_3"].some((code) => g.honours?.includes(code))) explain("merit_ground", "place_condition");
    if (ground === "disabled_5_8" && !ticked("disabled_soldier")) block("disabled_ground", "place_condition");
    if (ground === "martyr_child" && !ticked("martyr_family")) explain("martyr_ground", "place_condition");
    if (from !== undefined && to !== undefined && to <= from) block("conscript_order", "conscript_to");
    if (((from !== undefined && enlisted !== undefined && from < enlisted) || (to !== undefined && left !== undefined && to > left)) && r.free(at("conscript_to"))) block("conscript_in_service", "conscript_from");
    if (reported !== undefined && left !== undefined && reported < left) block("report_after_leave", "report_date");
    if (rural60 && g.pensions?.includes("none") === true) r.rule(at("rural60_without_subsidy"), "note", "general.state_pension");
    const conscript = from === undefined || to === undefined ? undefined : yearsBetween(from, to);
    if (counted !== undefined && conscript !== undefined && counted > conscript + 1) explain("conscript_years_fit", "conscript_years");
    if (certificate !== undefined && certificate !== "discharge" && certificate !== "soldier_discharge" && (certificate !== "demobilisation" ? true : kind !== undefined && kind !== "demobilised_by_choice")) explain("certificate_fits_category", "cert_type");
    if ((certificate === "transfer" || certificate === "demobilisation" || certificate === "soldier_discharge") && left !== undefined && left >= "2023-01-01") explain("certificate_of_its_time", "cert_type");
    const classes = g.standing === undefined ? undefined : STANDING[g.standing];
    if (classes !== undefined && rankClass !== undefined && !classes.includes(rankClass)) explain("class_fits_standing", "rank_class");
    if (rank !== undefined) {
      const early = left !== undefined && ((OLD_NCO.has(rank) && left < "1999-07-01") || (MASTERS.has(rank) && left < "2009-12-01") || (NEW_NCO.has(rank) && left < "2022-03-31"));
      if (early || (VOLUNTEERS.has(rank) && enlisted !== undefined && enlisted > "1999-12-01")) explain("rank_before_its_time", "rank");
    }
    const served = enlisted === undefined || left === undefined ? undefined : monthsBetween(enlisted, left);
    if (months !== undefined && served !== undefined && months > served) block("region_months", "special_region_months");
    const outside = (code: string): boolean => {
      const war = WARS[code];
      return war !== undefined && ((enlisted !== undefined && enlisted > war[1]) || (left !== undefined && left < war[0]));
    };
    if (wars?.some(outside) === true) explain("war_outside_service", "war_participation");
    const [first, last] = [yearOf(enlisted), yearOf(left)];
    for (const { path, year } of awardRows) {
      if (year !== undefined && ((first !== undefined && year < first) || (last !== undefined && year > last))) r.found.push({ severity: "block", code: at("award_outside_service"), paths: [`${path}.year`], message: { zh: "立功受奖年度应在服役期间", en: "The award lies outside the years of service" } });
    }
    if (hungAt !== undefined && applied !== undefined && hungAt < applied) block("plaque_hung_at_order", "plaque_hung_at");
    if (replacedAt !== undefined && hungAt !== undefined && replacedAt < hungAt) block("plaque_replaced_at_order", "plaque_replaced_at");
    if (cancelledAt !== undefined && hungAt !== undefined && cancelledAt < hungAt) block("plaque_cancelled_at_order", "plaque_cancelled_at");
    if (replacedAt !== undefined && cancelledAt !== undefined && replacedAt > cancelledAt) block("plaque_replaced_after_cancelling", "plaque_replaced_at");
    if (applied !== undefined && applied > today) block("plaque_applied_at_future", "plaque_applied_at");
    if (hungAt !== undefined && hungAt > today) block("plaque_hung_at_future", "plaque_hung_at");
    if (replacedAt !== undefined && replacedAt > today) block("plaque_replaced_at_future", "plaque_replaced_at");
    if (cancelledAt !== undefined && cancelledAt > today) block("plaque_cancelled_at_future", "plaque_cancelled_at");
    if (replacedAt !== undefined && g.death !== undefined && replacedAt > g.death) explain("plaque_replaced_after_death", "plaque_replaced_at");
    if (lost === true && hangs && applied === undefined) explain("plaque_without_application", "plaque_applied_at");
  };
}
