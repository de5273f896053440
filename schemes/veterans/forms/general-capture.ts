// General form, blocks E and F: difficulties and demands, the person's signature, and later changes.
// Who captured and who reviewed is known from the work flow and is no item.
import { eq, item, section, text, value } from "../../../src/scheme/define.ts";
import type { Section } from "../../../src/scheme/define.ts";
import { noted, sizes } from "./marks.ts";

const appeal = { sensitivity: "appeal" } as const;

/** Block E: voluntary, never asked about. */
export const demandsSection: Section = section("demands", "主要困难与诉求", "Difficulties and demands", [
  item("difficulties", "codes", "主要困难", "Main difficulties", ["FE", "S2"], { codeSet: "difficulties", ...appeal }),
  item("demands", "codes", "主要诉求", "Main demands", ["FE", "S2"], { codeSet: "demands", ...appeal }),
  item("demand_class", "codes", "诉求分类", "Class of demand", ["SD"], { codeSet: "demand-class", ...appeal }),
  item("demand_text", "text", "具体诉求", "Demand in words", ["FE", "S2"], {
    text: "long",
    maxLength: 500,
    ...appeal,
    help: text("民事纠纷和涉法涉诉问题不在采集范围", "Civil disputes and lawsuits are outside this collection"),
  }),
  item("demand_answered_on_site", "yes-no", "现场已解答政策", "Policy explained on the spot", ["R"]),
]);

/** Block F without what the work flow fills. */
export const capture: Section = section("capture", "采集确认", "Confirmation", [
  item("signature", "signature", "对象确认签字", "Person's signature", ["S2", "SD", "CJ"], {
    required: true,
    maxBytes: sizes.paper,
    help: text("纸质表请拍摄已签字的信息采集表", "For paper forms, a picture of the signed sheet"),
  }),
]);

/** Later changes; a death known to public security is written here by the county. */
export const changes: Section = section("changes", "变动情况", "Changes", [
  item("change_type", "code", "变动种类", "Kind of change", ["SD", "R"], {
    codeSet: "change-type",
    ...noted(["SD", "R"], "The item is in SD, its list of kinds is reconstructed"),
  }),
  item("change_date", "date", "变动时间", "Date of change", ["SD"]),
  item("death_date", "date", "死亡时间", "Date of death", ["SD"], { required: eq("general.change_type", value("died")) }),
  item("death_cancel_date", "date", "死亡注销时间", "Date of cancelled registration by death", ["SD"]),
]);
