// Rules of the members: numbers, the head among them, identity, relations. Rules over rows name the rows at fault.
import { and, any, block, countIf, eq, explain, ge, gt, isIn, le, lt, ne, not, or, ref, today, value, years } from "../../../src/scheme/define.ts";
import type { Check, Expression } from "../../../src/scheme/define.ts";
import { headCodes, presentStates } from "../forms/marks.ts";
import { h } from "../forms/rows.ts";

const MEMBERS = h("members");
const someMember = (...parts: Expression[]): Expression => any(MEMBERS, and(...parts));
const isHead = isIn(".relation_to_head", headCodes);
const age = years(".birth_date", today);
const present = isIn(".person_state", presentStates);
const left = isIn(".person_state", ["02", "03", "04", "05", "06"]);

const maleRelations = ["11", "2", "20", "21", "22", "23", "24", "25", "26", "27", "28", "41", "43", "51", "53", "55", "57", "61", "63", "71", "73", "76", "78"];
const femaleRelations = ["12", "3", "30", "31", "32", "33", "34", "35", "36", "37", "38", "42", "44", "52", "54", "56", "58", "62", "64", "72", "74", "75", "77"];
const children = ["2", "20", "21", "22", "23", "24", "25", "26", "3", "30", "31", "32", "33", "34", "35", "36"];
const parents = ["5", "51", "52"];

const numbers: readonly Check[] = [
  block("members.none", eq(["count", MEMBERS], 0), [MEMBERS], "请填写家庭成员，户主为第1号", "Please enter the members, the head being number 1", ["S4"]),
  block("members.number_repeated", ["repeated", MEMBERS, ref(".member_no")], [MEMBERS], "成员序号重复", "Two members have the same number", ["R"]),
  block("members.number_gap", someMember(gt(".member_no", ["count", MEMBERS])), [".member_no"], "成员序号应从1起连续编号", "Member numbers go from 1 without gaps", ["R"]),
  block("members.id_repeated", ["repeated", MEMBERS, ref(".id_number")], [MEMBERS], "同一身份证号的成员重复", "The same person is entered twice", ["R"], "R-03"),
  block("members.one_head", and(gt(["count", MEMBERS], 0), ne(countIf(MEMBERS, isHead), 1)), [MEMBERS], "与户主关系为本人(户主)的成员应有且只有一人", "Exactly one member is the head", ["XH"]),
  block("members.head_first", someMember(eq(".member_no", 1), not(isHead)), [".relation_to_head"], "第1号成员应为户主", "Member number 1 is the head", ["R"]),
  block("members.head_without_id", someMember(isHead, ["is-missing", ref(".id_number")]), [".id_number"], "户主应填写身份证号", "The head has an ID number", ["XH"]),
  block("members.head_id", someMember(isHead, ne(".id_number", h("householder_id"))), [".id_number"], "户主的身份证号与表头不一致", "The head's ID number is not the one above", ["S4"], "R-86"),
  block("members.head_name", someMember(isHead, ne(".name", h("householder_name"))), [".name"], "户主的姓名与表头不一致", "The head's name is not the one above", ["S4"], "R-86"),
  explain("members.head_left", someMember(isHead, left), [".person_state"], "户主已不在家庭中生活，请变更户主或说明", "The head no longer lives with the household: name another head, or explain", ["R"]),
];

const identity: readonly Check[] = [
  block("members.sex_by_id", someMember(ne(["id-sex", ref(".id_number")], ".sex")), [".sex"], "性别与身份证号不符，请核对身份证", "Sex does not agree with the ID number; look at the card again", ["STD"], "R-02"),
  block("members.birth_by_id", someMember(ne(["id-birth", ref(".id_number")], ".birth_date")), [".birth_date"], "出生日期与身份证号不符，请核对身份证", "Date of birth does not agree with the ID number; look at the card again", ["STD"], "R-02"),
  block("members.birth_future", someMember(gt(".birth_date", today)), [".birth_date"], "出生日期不能晚于今天", "Born in the future", ["R"]),
  explain("members.very_old", someMember(ge(age, 110), present), [".birth_date"], "年龄超过110周岁，请确认健在", "Older than 110: please confirm that the person is alive", ["R"]),
  explain("members.card_due", someMember(eq(".id_kind", value("2")), ge(age, 16)), [".id_kind"], "年满16周岁应领取身份证，请提醒办理并说明", "From 16 on a card is due: please remind and explain", ["LAW"], "居民身份证法 Art 2"),
  explain("members.foreigner_with_card", someMember(isIn(".id_kind", ["1", "2"]), ne(".nationality", value("156"))), [".nationality"], "持居民身份证或户口簿的，国籍应为中国，请核对", "Who has an identity card or stands in a household register is Chinese: please check", ["LAW"]),
  block("members.state_future", someMember(gt(".state_since", today)), [".state_since"], "状态发生日期不能晚于今天", "The state begins in the future", ["R"]),
  block("members.since_order", someMember(or(gt(".member_since", today), lt(".member_since", ".birth_date"), lt(".state_since", ".member_since"))), [".member_since"], "加入家庭日期应在出生之后、状态变化之前，且不晚于今天", "A member joins after birth, before leaving, and not in the future", ["R"]),
  block("members.state_before_birth", someMember(lt(".state_since", ".birth_date")), [".state_since"], "状态发生日期早于出生日期", "The state begins before birth", ["R"]),
];

const relations: readonly Check[] = [
  block("members.relation_male", someMember(isIn(".relation_to_head", maleRelations), eq(".sex", value("2"))), [".relation_to_head"], "与户主关系和性别不符(男性称谓)", "The relation is a man's, the sex is female", ["STD"]),
  block("members.relation_female", someMember(isIn(".relation_to_head", femaleRelations), eq(".sex", value("1"))), [".relation_to_head"], "与户主关系和性别不符(女性称谓)", "The relation is a woman's, the sex is male", ["STD"]),
  explain("members.two_spouses", gt(countIf(MEMBERS, and(isIn(".relation_to_head", ["1", "11", "12"]), present)), 1), [MEMBERS], "户主有两名以上配偶，请核对", "The head has more than one spouse: please check", ["R"]),
  explain("members.spouse_unmarried", someMember(isIn(".relation_to_head", ["1", "11", "12"]), isIn(".marital", ["10", "30", "40"]), present), [".marital"], "户主配偶的婚姻状况应为已婚，请核对", "The head's spouse is married: please check", ["R"]),
  block("members.child_older", someMember(isIn(".relation_to_head", children), le(".birth_date", h("householder_birth"))), [".birth_date"], "子女出生早于户主，请核对", "A child of the head was born before the head", ["R"]),
  explain("members.child_near", someMember(isIn(".relation_to_head", children), gt(".birth_date", h("householder_birth")), lt(years(h("householder_birth"), ".birth_date"), 14)), [".birth_date"], "子女与户主年龄相差不足14岁，请核对", "Less than 14 years between the head and a child: please check", ["R"]),
  block("members.parent_younger", someMember(isIn(".relation_to_head", parents), ge(".birth_date", h("householder_birth"))), [".birth_date"], "父母出生晚于户主，请核对", "A parent of the head was born after the head", ["R"]),
  explain("members.married_young", someMember(isIn(".marital", ["20", "21", "22", "23", "30", "40"]), or(and(eq(".sex", value("1")), lt(age, 22)), and(eq(".sex", value("2")), lt(age, 20)))), [".marital"], "男不满22周岁、女不满20周岁，婚姻状况请核对", "A man under 22 or a woman under 20: please look again at the marital status", ["LAW"]),
  block("members.party_under_18", someMember(isIn(".political", ["01", "02"]), lt(age, 18)), [".political"], "不满18周岁不能是中共党员", "Nobody under 18 is a member of the CPC", ["R"]),
  block("members.child_in_party", someMember(ne(".political", value("13")), lt(age, 14)), [".political"], "不满14周岁的，政治面貌应为群众", "Under 14 the political status is “no party”", ["R"]),
  explain("members.large", ge(["count", MEMBERS], 15), [MEMBERS], "家庭成员达到15人，请核对是否应分户", "Fifteen members or more: please check whether these are several households", ["R"]),
  explain("members.nobody_left", and(gt(["count", MEMBERS], 0), eq(h("member_count"), 0)), [MEMBERS], "没有在家庭中生活的成员，请办理核减或说明", "Nobody lives in this household any more: have it struck off, or explain", ["R"]),
];

/** Rules of numbers, identity and relations. */
export const memberChecks: readonly Check[] = [...numbers, ...identity, ...relations];
