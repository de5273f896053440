// Rules of the general form: identity against the ID number, card dates, party, service in short, later changes.
import { addYears, and, answered, block, eq, explain, ge, gt, has, isIn, le, lt, ne, not, note, or, ref, referenceDate, today, value } from "../../../src/scheme/define.ts";
import type { Check } from "../../../src/scheme/define.ts";
import { ticked } from "../forms/marks.ts";

const g = (key: string): string => `general.${key}`;
const youngerThan = (n: number): Check["when"] => gt(addYears(g("birth_date"), n), today);
const married = isIn(g("marital"), ["20", "21", "22", "23", "30", "40"]);

/** Kinds of chronic disease. */
const chronic = ["31", "32", "33", "34", "35", "36", "37", "38", "41", "49"];

const identity: readonly Check[] = [
  block(
    "general.sex_by_id",
    ne(["id-sex", ref(g("id_number"))], g("sex")),
    [g("sex")],
    "性别与身份证号不符，请核对身份证",
    "Sex does not agree with the ID number; look at the card again",
    ["STD"],
    "R-02",
  ),
  block(
    "general.birth_by_id",
    ne(["id-birth", ref(g("id_number"))], g("birth_date")),
    [g("birth_date")],
    "出生日期与身份证号不符，请核对身份证",
    "Date of birth does not agree with the ID number; look at the card again",
    ["STD"],
    "R-02",
  ),
  explain(
    "general.very_old",
    le(addYears(g("birth_date"), 110), today),
    [g("birth_date")],
    "年龄超过110周岁，请确认本人健在",
    "Older than 110: please confirm that the person is alive",
    ["R"],
  ),
  block(
    "general.card_order",
    le(g("valid_to"), g("valid_from")),
    [g("valid_to")],
    "身份证有效期止应晚于有效期起",
    "The card must end after it begins",
    ["LAW"],
  ),
  block(
    "general.card_long_with_end",
    and(eq(g("valid_long_term"), true), answered(g("valid_to"))),
    [g("valid_to"), g("valid_long_term")],
    "有效期为长期的，不填有效期止",
    "A card without end has no last day",
    ["LAW"],
  ),
  explain(
    "general.card_span",
    and(
      ne(g("valid_to"), addYears(g("valid_from"), 5)),
      ne(g("valid_to"), addYears(g("valid_from"), 10)),
      ne(g("valid_to"), addYears(g("valid_from"), 20)),
    ),
    [g("valid_from"), g("valid_to")],
    "身份证有效期应为5年、10年、20年或长期，请核对",
    "Cards are valid for 5, 10 or 20 years or without end; please look again",
    ["LAW"],
    "居民身份证法 Art 5",
  ),
  explain(
    "general.card_span_by_age",
    or(
      and(eq(g("valid_to"), addYears(g("valid_from"), 5)), ge(g("valid_from"), addYears(g("birth_date"), 16))),
      and(ne(g("valid_to"), addYears(g("valid_from"), 5)), lt(g("valid_from"), addYears(g("birth_date"), 16))),
    ),
    [g("valid_from"), g("valid_to")],
    "有效期5年的身份证只发给不满16周岁的人，请核对",
    "Cards valid for 5 years are for those under 16, and theirs are no others: please look again",
    ["LAW"],
    "居民身份证法 Art 5",
  ),
  note(
    "general.card_expired",
    lt(g("valid_to"), today),
    [g("valid_to")],
    "身份证已过有效期，请提醒本人换领",
    "The card has expired; please remind the person to renew it",
    ["LAW"],
  ),
  block(
    "general.agent_is_self",
    eq(g("agent_id_number"), g("id_number")),
    [g("agent_id_number")],
    "代办人身份证号与本人相同",
    "The agent's ID number is the person's own",
    ["R"],
    "R-94",
  ),
  explain(
    "general.minor_without_guardian",
    and(youngerThan(14), eq(g("agent_flag"), false)),
    [g("agent_flag")],
    "不满14周岁的，应由监护人代办并同意",
    "For a child under 14 a guardian acts and consents",
    ["LAW"],
    "R-95",
  ),
  explain(
    "general.married_young_man",
    and(married, eq(g("sex"), value("1")), youngerThan(22)),
    [g("marital")],
    "男性不满22周岁，婚姻状况请核对",
    "A man under 22: please look again at the marital status",
    ["R"],
  ),
  explain(
    "general.married_young_woman",
    and(married, eq(g("sex"), value("2")), youngerThan(20)),
    [g("marital")],
    "女性不满20周岁，婚姻状况请核对",
    "A woman under 20: please look again at the marital status",
    ["R"],
  ),
  explain(
    "general.party_join_under_18",
    lt(g("party_join_date"), addYears(g("birth_date"), 18)),
    [g("party_join_date")],
    "入党时不满18周岁，请核对(战争年代入党的请说明)",
    "Joined the Party before 18: please check, and explain if it was in war years",
    ["SD", "CJ"],
  ),
  block(
    "general.party_join_future",
    gt(g("party_join_date"), today),
    [g("party_join_date")],
    "入党时间不能晚于今天",
    "The date of joining the Party lies in the future",
    ["R"],
  ),
  explain(
    "general.disabled_but_healthy",
    and(ticked("disabled_soldier", "disabled_militia"), isIn(g("health"), ["10", "20", "30"])),
    [g("health")],
    "对象是残疾军人或伤残民兵民工，健康状况一般应为残疾",
    "A disabled soldier or militia member is usually recorded as disabled",
    ["CJ", "XH"],
  ),
  explain(
    "general.disabled_but_chronic",
    and(ticked("disabled_soldier", "disabled_militia"), isIn(g("health"), chronic)),
    [g("health")],
    "对象是残疾军人或伤残民兵民工，健康状况填了慢性病，请核对是否应填残疾",
    "A disabled soldier or militia member is recorded with a chronic disease: please check whether “disabled” is meant",
    ["CJ", "XH"],
  ),
];

const contact: readonly Check[] = [
  explain("general.postcode_form", not(["matches", ref(g("postcode")), "^\\d{6}$"]), [g("postcode")], "邮编应为6位数字，请核对", "A postcode has six digits: please check", ["SD"]),
  explain(
    "general.email_form",
    not(["matches", ref(g("email")), "^[^@ ]+@[^@ ]+[.][^@ ]+$"]),
    [g("email")],
    "电子邮箱格式不对，请核对",
    "This is not how an e-mail address is written: please check",
    ["SD"],
  ),
];

const service: readonly Check[] = [
  block(
    "general.enlist_under_14",
    and(lt(g("enlist_date"), addYears(g("birth_date"), 14)), not(ticked("red_army_veteran"))),
    [g("enlist_date")],
    "入伍(参加工作)时不满14周岁，请核对日期",
    "Younger than 14 on enlistment: please correct the date",
    ["R"],
    "R-08",
  ),
  explain(
    "general.enlist_under_17",
    and(
      lt(g("enlist_date"), addYears(g("birth_date"), 17)),
      ge(g("enlist_date"), addYears(g("birth_date"), 14)),
    ),
    [g("enlist_date")],
    "入伍(参加工作)时不满17周岁，请核对并说明",
    "Younger than 17 on enlistment: please check and explain",
    ["R"],
  ),
  block(
    "general.enlist_before_birth",
    le(g("enlist_date"), g("birth_date")),
    [g("enlist_date")],
    "入伍时间早于出生日期",
    "Enlisted before birth",
    ["R"],
    "R-08",
  ),
  block(
    "general.enlist_before_leave",
    le(g("leave_date"), g("enlist_date")),
    [g("enlist_date"), g("leave_date")],
    "退伍(离退休)时间应晚于入伍(参加工作)时间",
    "Discharge or retirement must come after enlistment",
    ["FE"],
    "R-08",
  ),
  block(
    "general.leave_future",
    gt(g("leave_date"), today),
    [g("leave_date")],
    "退伍(离退休)时间不能晚于今天",
    "The date of discharge lies in the future",
    ["R"],
    "R-08",
  ),
  explain(
    "general.cadre_standing",
    and(ticked("transferred_cadre"), not(isIn(g("service_identity"), ["1", "4"]))),
    [g("service_identity")],
    "军队转业干部的服役期间身份一般是军官或文职干部",
    "A transferred cadre usually served as an officer or civilian cadre",
    ["S2"],
  ),
  explain(
    "general.soldier_standing",
    and(ticked("retired_soldier"), not(isIn(g("service_identity"), ["2", "3"]))),
    [g("service_identity")],
    "退役士兵的服役期间身份一般是士官或义务兵",
    "A retired soldier usually served as an NCO or conscript",
    ["S2"],
  ),
  note(
    "general.merit_photo",
    and(answered(g("honours")), not(has(g("honours"), "none")), ["is-missing", ref(g("honours_photo"))]),
    [g("honours_photo")],
    "有立功受奖的，能提供证件的请拍照",
    "For a merit, please photograph the certificate if there is one",
    ["S2"],
  ),
  note(
    "general.evidence_by_statement",
    eq(g("evidence_kind"), value("2")),
    [g("evidence_kind")],
    "没有证件的，须有村(居)委会证明，并与公安、民政、人武部数据比对一致",
    "Without a certificate: a statement of the village committee and agreement with the departments' data",
    ["QA"],
    "R-23",
  ),
];

const changes: readonly Check[] = [
  block(
    "general.death_future",
    gt(g("death_date"), today),
    [g("death_date")],
    "死亡时间不能晚于今天",
    "The date of death lies in the future",
    ["R"],
  ),
  block(
    "general.death_before_birth",
    lt(g("death_date"), g("birth_date")),
    [g("death_date")],
    "死亡时间早于出生日期",
    "Died before birth",
    ["R"],
  ),
  note(
    "general.death_before_reference",
    lt(g("death_date"), referenceDate),
    [g("death_date")],
    "标准时点以前已去世，不属于本次采集对象，请按核减办理",
    "Died before the reference time: not collected in this round; have the record struck off",
    ["P"],
    "R-07",
  ),
  block(
    "general.change_future",
    gt(g("change_date"), today),
    [g("change_date")],
    "变动时间不能晚于今天",
    "The date of change lies in the future",
    ["R"],
  ),
];

/** Rules of identity, service and changes. */
export const generalChecks: readonly Check[] = [...identity, ...contact, ...service, ...changes];
