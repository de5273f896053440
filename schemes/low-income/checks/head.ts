// Rules of the head, the household number, the cause and the assistance now received.
import { and, answered, block, eq, explain, ge, gt, has, lt, ne, not, note, ref, today, value, years } from "../../../src/scheme/define.ts";
import type { Check } from "../../../src/scheme/define.ts";
import { ticked } from "../categories.ts";
import { causes, fuels } from "../codes/household.ts";
import { counted, h } from "../forms/rows.ts";

const thisMonth = ["slice", today, 1, 7] as const;

/** Identity, number, cause, assistance. */
export const headChecks: readonly Check[] = [
  block("head.sex_by_id", ne(["id-sex", ref(h("householder_id"))], h("householder_sex")), [h("householder_sex")], "户主性别与身份证号不符，请核对身份证", "The head's sex does not agree with the ID number; look at the card again", ["STD"], "R-02"),
  block("head.birth_by_id", ne(["id-birth", ref(h("householder_id"))], h("householder_birth")), [h("householder_birth")], "户主出生日期与身份证号不符，请核对身份证", "The head's date of birth does not agree with the ID number; look at the card again", ["STD"], "R-02"),
  explain("head.minor", lt(years(h("householder_birth"), today), 16), [h("householder_birth")], "户主不满16周岁，请核对并说明监护情况", "The head is under 16: please check and say who the guardian is", ["R"]),
  block("head.family_no_form", not(["matches", ref(h("family_no")), "^\\d{16,18}$"]), [h("family_no")], "家庭编号应为12位区划代码加4至6位顺序号", "The household number has twelve digits of the area and four to six of a serial", ["R"]),
  explain("head.family_no_area", ne(["slice", ref(h("family_no")), 1, 12], h("region")), [h("family_no"), h("region")], "家庭编号前12位与户籍行政区划不符，请核对(迁移过的请说明)", "The household number begins with another area: please check, and explain if the household moved", ["R"]),
  block("head.postcode", not(["matches", ref(h("postcode")), "^\\d{6}$"]), [h("postcode")], "邮编应为6位数字", "A postcode has six digits", ["R"]),
  block("hardship.causes_at_most_two", gt(counted(h("poverty_cause_other"), causes), 2), [h("poverty_cause_other")], "其他致贫原因最多选2项", "At most two other causes", ["P"], "A3b"),
  block("hardship.since_future", gt(h("poverty_since"), thisMonth), [h("poverty_since")], "发生贫困时间不能晚于本月", "The household cannot have become poor in the future", ["R"]),
  explain("hardship.since_before_birth", lt(h("poverty_since"), ["slice", ref(h("householder_birth")), 1, 7]), [h("poverty_since")], "发生贫困时间早于户主出生，请核对", "Poor before the head was born: please check", ["R"]),
  note("hardship.urgent", eq(h("urgency"), value("3")), [h("urgency")], "急缓程度为紧急，请同时报乡镇(街道)先行救助", "Urgent: report to the township at once so that help can come first", ["S4", "R"]),
  explain("hardship.urgent_but_light", and(eq(h("urgency"), value("3")), eq(h("degree"), value("1"))), [h("urgency"), h("degree")], "紧急而贫困程度为轻度，请核对", "Urgent though lightly poor: please check", ["R"]),
  block("living.fuels_at_most_three", gt(counted(h("fuel"), fuels), 3), [h("fuel")], "主要燃料最多选3项", "At most three main fuels", ["P"], "A36"),
  block("assistance.since_future", gt(h("assistance_since"), thisMonth), [h("assistance_since")], "享受起始年月不能晚于本月", "Assistance cannot begin in the future", ["R"]),
  block("assistance.ended_future", gt(h("assistance_ended"), thisMonth), [h("assistance_ended")], "停止年月不能晚于本月", "Assistance cannot have ended in the future", ["R"]),
  explain("assistance.allowance_without_category", and(has(h("assistance"), "1"), not(ticked("minimum_living"))), [h("assistance"), h("categories")], "现享受低保，困难类别未选城乡低保人员，请核对", "Receives the allowance, but the category is not ticked: please check", ["S4"]),
  explain("assistance.category_without_allowance", and(answered(h("assistance")), not(has(h("assistance"), "1")), ticked("minimum_living")), [h("assistance"), h("categories")], "困难类别选了城乡低保人员，现享受救助未选低保，请核对(申请中的请说明)", "The category is ticked, but no allowance is received: please check, and explain if it is applied for", ["S4"]),
  explain("assistance.support_without_category", and(has(h("assistance"), "2"), not(ticked("extreme_poverty"))), [h("assistance"), h("categories")], "现享受特困供养，困难类别未选特困供养救助人员，请核对", "Supported as extremely poor, but the category is not ticked: please check", ["S4"]),
  explain("assistance.category_without_support", and(answered(h("assistance")), not(has(h("assistance"), "2")), ticked("extreme_poverty")), [h("assistance"), h("categories")], "困难类别选了特困供养救助人员，现享受救助未选特困供养，请核对(申请中的请说明)", "The category is ticked, but no support is received: please check, and explain if it is applied for", ["S4"]),
  explain("assistance.allowance_and_support", and(has(h("assistance"), "1"), has(h("assistance"), "2")), [h("assistance")], "特困人员不再同时享受低保；家庭成员分别享受的请说明是谁", "Nobody has both the allowance and the support; if different members have them, say who", ["LAW", "R"]),
  explain("assistance.amount_large", ge(h("assistance_monthly"), 20_000), [h("assistance_monthly")], "月救助金额达到2万元，请核对单位是否为元", "20,000 or more a month: please check that the unit is yuan", ["R"]),
  block("changes.on_future", gt(h("change_on"), today), [h("change_on")], "变动日期不能晚于今天", "The change lies in the future", ["R"]),
  block("changes.death_future", gt(h("householder_died_on"), today), [h("householder_died_on")], "户主死亡日期不能晚于今天", "The head's death lies in the future", ["R"]),
  block("changes.death_before_birth", lt(h("householder_died_on"), h("householder_birth")), [h("householder_died_on")], "户主死亡日期早于出生日期", "The head died before birth", ["R"]),
];
