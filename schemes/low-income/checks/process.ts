// Rules of housing, accidents, aid, authorisations, declaration and review.
import { and, answered, any, block, countIf, eq, explain, ge, gt, isIn, le, lt, not, note, or, ref, today, value, years } from "../../../src/scheme/define.ts";
import type { Check, Expression } from "../../../src/scheme/define.ts";
import { presentStates } from "../forms/marks.ts";
import { h, someRow } from "../forms/rows.ts";

const present = isIn(".person_state", presentStates);
const yearOf = (date: Expression): Expression => ["+", ["years", value("1900-01-01"), date], value(1900)];
const rows = (section: string, when: Expression): Expression => any(h(section), when);
/** A member of age who lives in the household and has signed no authorisation. */
const unauthorisedAdult = rows("members", and(present, ge(years(".birth_date", today), 18), eq(".authorised", false)));

const housing: readonly Check[] = [
  block("housing.area_zero", le(h("housing_area"), 0), [h("housing_area")], "有住房的，住房面积应大于0", "With housing, the floor area is above 0", ["XH"]),
  explain("housing.area_large", gt(h("area_per_head"), 150), [h("housing_area")], "人均住房面积超过150平方米，请核对", "More than 150 m² a head: please check", ["R"]),
  block("housing.built_future", gt(h("built_year"), yearOf(today)), [h("built_year")], "建房时间不能晚于今年", "Built in the future", ["R"]),
  explain("housing.unsafe_new", and(isIn(h("housing_state"), ["2", "3"]), ge(h("built_year"), ["-", yearOf(today), value(5)])), [h("housing_state"), h("built_year")], "建成不足5年而为危房，请核对", "Unsafe though built within five years: please check", ["R"]),
  explain("housing.adobe_sound", and(eq(h("housing_structure"), value("04")), eq(h("housing_state"), value("1"))), [h("housing_state")], "土坯房而房屋完好，请核对安全鉴定", "Adobe and sound: please check the safety survey", ["R"]),
  note("housing.unsafe", eq(h("housing_state"), value("3")), [h("housing_state")], "较重危房，请转住建部门", "Seriously unsafe: pass it on to the housing department", ["S4", "R"]),
];

const accidents: readonly Check[] = [
  block("accidents.future", rows("accidents", gt(".happened_on", today)), [".happened_on"], "意外发生日期不能晚于今天", "The accident lies in the future", ["R"]),
];

const aid: readonly Check[] = [
  block("aid.order", rows("aid", lt(".helped_on", ".asked_on")), [".asked_on", ".helped_on"], "救助时间早于求助时间", "Helped before it was asked for", ["S4"]),
  block("aid.future", rows("aid", or(gt(".asked_on", today), gt(".helped_on", today))), [".asked_on", ".helped_on"], "求助、救助时间不能晚于今天", "Asked or helped in the future", ["R"]),
  explain("aid.granted_nothing", rows("aid", and(eq(".state", value("granted")), eq(".amount", 0), ["is-missing", ref(".in_kind")])), [".amount"], "已救助而金额为0，请填写实物或服务", "Helped with nothing: please say with what", ["R"]),
  note("aid.pending_long", rows("aid", and(eq(".state", value("pending")), gt(["days", ref(".asked_on"), today], 60))), [".asked_on"], "求助超过60天未办结，请催办", "Asked for more than 60 days ago and still pending: please press for it", ["S4", "R"], "每笔有结果 (一口归)"),
  block("help.order", and(lt(h("helped_at"), h("help_asked_at")), eq(["count", h("aid")], 0)), [h("help_asked_at"), h("helped_at")], "救助时间早于求助时间", "Helped before it was asked for", ["S4"], "Only without rows: with several, the latest request may well come after the latest help; each row has its own rule"),
  block("help.future", or(gt(h("help_asked_at"), today), gt(h("helped_at"), today)), [h("help_asked_at"), h("helped_at")], "求助、救助时间不能晚于今天", "Asked or helped in the future", ["R"]),
  block("help.asked_latest", or(rows("aid", gt(".asked_on", h("help_asked_at"))), and(answered(h("help_asked_at")), gt(["count", h("aid")], 0), eq(countIf(h("aid"), eq(".asked_on", h("help_asked_at"))), 0))), [h("help_asked_at")], "最近求助时间应等于明细中最晚的求助时间", "The latest request is the latest among the rows", ["S4", "R"]),
  block("help.helped_latest", or(rows("aid", gt(".helped_on", h("helped_at"))), and(answered(h("helped_at")), gt(["count", h("aid")], 0), eq(countIf(h("aid"), eq(".helped_on", h("helped_at"))), 0))), [h("helped_at")], "最近救助时间应等于明细中最晚的救助时间", "The latest help is the latest among the rows", ["S4", "R"]),
  block("help.asked_missing", and(["is-missing", ref(h("help_asked_at"))], gt(["count", h("aid")], 0)), [h("help_asked_at")], "有求助明细的，请填写最近求助时间", "With requests among the rows, please enter the latest", ["S4"]),
  block("help.helped_missing", and(["is-missing", ref(h("helped_at"))], rows("aid", answered(".helped_on"))), [h("helped_at")], "有救助明细的，请填写最近救助时间", "With help among the rows, please enter the latest", ["S4"]),
  explain("help.helped_nowhere", and(eq(h("multiple_hardship"), true), not(someRow("aid", eq(".state", value("granted")))), ["has", ref(h("assistance")), ["0"]]), [h("aid")], "多重困难而没有享受任何救助，请说明并转办", "In multiple hardship and helped nowhere: please explain and pass it on", ["S4"], "W8; 避免遗漏救助"),
];

const authorisation: readonly Check[] = [
  explain("authorisations.adult_missing", rows("members", and(present, ge(years(".birth_date", today), 18), eq(".authorised", false))), [".authorised"], "成年成员未签核对授权书；签署前不得进行经济状况核对", "This adult has not signed the authorisation; until then no economic check may run", ["LAW", "K"], "R-82"),
  block("authorisations.check_without", and(answered(h("check_on")), unauthorisedAdult), [h("check_on")], "有成年成员未签授权书，不能填写核对结果", "An adult has not signed: no result of an economic check can be entered", ["LAW", "K"], "R-82"),
  block("authorisations.check_outside", and(answered(h("check_on")), rows("authorisations", or(lt(".expires_on", h("check_on")), gt(".signed_on", h("check_on"))))), [h("check_on")], "核对日期不在授权书有效期内", "The economic check lies outside the time for which an authorisation was given", ["LAW", "K"], "R-82"),
  block("authorisations.supporter_missing", and(answered(h("check_on")), isIn(h("check_scope"), ["1", "2"]), rows("supporters", ["is-missing", ref(".signature")])), [h("check_on")], "核对范围含赡养人，有赡养人未签授权，不能填写核对结果", "The check reaches supporters, and one has not signed: no result can be entered", ["LAW", "K"], "R-82"),
  block("authorisations.repeated", ["repeated", h("authorisations"), ref(".member_no")], [h("authorisations")], "同一成员的授权书重复，续签的请替换原行", "One authorisation a member: a renewed one takes the place of the old", ["R"]),
  block("authorisations.order", rows("authorisations", le(".expires_on", ".signed_on")), [".signed_on", ".expires_on"], "授权书有效期止应晚于签署日期", "The authorisation must end after it was signed", ["R"]),
  block("authorisations.future", rows("authorisations", gt(".signed_on", today)), [".signed_on"], "授权书签署日期不能晚于今天", "Signed in the future", ["R"]),
  explain("authorisations.expired", rows("authorisations", lt(".expires_on", today)), [".expires_on"], "授权书已过有效期，请重新签署", "The authorisation has expired: please have it signed again", ["K"], "R-82"),
  explain("authorisations.long", rows("authorisations", gt(["days", ref(".signed_on"), ref(".expires_on")], 1830)), [".expires_on"], "授权有效期超过5年，请核对", "An authorisation of more than five years: please check", ["LAW"], "个人信息保护法 Art 19: no longer than needed"),
];

const review: readonly Check[] = [
  block("declaration.future", gt(h("declared_on"), today), [h("declared_on")], "承诺日期不能晚于今天", "Declared in the future", ["R"]),
  block("review.survey_future", gt(h("survey_on"), today), [h("survey_on")], "入户调查日期不能晚于今天", "Visited in the future", ["R"]),
  block("review.votes", gt(["+", ref(h("discussion_agree")), ref(h("discussion_against"))], h("discussion_present")), [h("discussion_present"), h("discussion_agree"), h("discussion_against")], "同意与不同意人数之和超过参加人数", "More votes than people", ["XH"]),
  explain("review.result_by_votes", or(and(eq(h("discussion_result"), value("1")), le(h("discussion_agree"), h("discussion_against"))), and(eq(h("discussion_result"), value("0")), gt(h("discussion_agree"), h("discussion_against")))), [h("discussion_result")], "评议结果与同意、不同意人数不一致，请核对", "The result does not agree with the votes: please check", ["R"]),
  explain("review.assist_though_untrue", and(eq(h("opinion"), value("1")), or(eq(h("survey_result"), value("0")), eq(h("notice_result"), value("0")))), [h("opinion")], "入户不属实或公示有异议，意见为同意救助，请说明", "To be assisted, though the visit found otherwise or somebody objected: please explain", ["R"]),
  explain("review.opinion_without_visit", and(eq(h("opinion"), value("1")), ["is-missing", ref(h("survey_result"))]), [h("survey_result")], "同意救助前应入户调查", "Before assistance there is a visit", ["LAW"], "社会救助暂行办法 Art 11"),
  explain("review.check_differs", and(answered(h("verified_income")), or(gt(["-", ref(h("verified_income")), ref(h("income_total"))], ["*", ref(h("income_total")), value(0.2)]), gt(["-", ref(h("income_total")), ref(h("verified_income"))], ["*", ref(h("income_total")), value(0.2)]))), [h("verified_income")], "核定收入与申报收入相差超过20%，请核实", "The income found differs from the one declared by more than 20 %: please verify", ["XH", "R"]),
];

/** Rules of housing, aid, authorisation and review. */
export const processChecks: readonly Check[] = [...housing, ...accidents, ...aid, ...authorisation, ...review];
