// Household form: housing, living conditions as the poverty indices need them, social participation.
import { answered, isIn, item, ref, section, text } from "../../../src/scheme/define.ts";
import type { Section } from "../../../src/scheme/define.ts";
import { noted, squareMetres } from "./marks.ts";
import { h } from "./rows.ts";

const housed = isIn(h("housing_nature"), ["1", "2"]);

/** Housing. */
export const housing: Section = section("housing", "住房状况", "Housing", [
  item("housing_nature", "code", "住房性质", "Housing", ["XH"], { codeSet: "housing-nature", required: true }),
  item("housing_detail", "code", "住房类型", "Kind of housing", ["XH"], {
    codeSet: "housing-detail",
    required: true,
    closed: [
      {
        codes: ["rented", "low_rent", "lodging"],
        when: isIn(h("housing_nature"), ["1"]),
        message: text("住房性质为自有", "The housing is the household's own"),
      },
      {
        codes: ["commercial", "affordable", "reform", "self_built", "helped_built", "lodging"],
        when: isIn(h("housing_nature"), ["2"]),
        message: text("住房性质为租赁", "The housing is rented"),
      },
      {
        codes: ["commercial", "affordable", "reform", "self_built", "helped_built", "rented", "low_rent"],
        when: isIn(h("housing_nature"), ["3"]),
        message: text("住房性质为无房，只能选借房(寄住)或其他", "Without housing: only lodging with others or other"),
      },
    ],
  }),
  item("housing_structure", "code", "住房结构", "Structure", ["XH"], { codeSet: "housing-structure", required: housed, shownIf: housed }),
  item("housing_state", "code", "房屋状况", "State of the house", ["XH"], { codeSet: "housing-state", required: housed, shownIf: housed }),
  item("housing_area", "decimal", "住房面积", "Floor area", ["S4", "XH"], { required: housed, shownIf: housed, decimals: 2, min: 0, max: 9999, unit: squareMetres }),
  item("area_per_head", "computed", "人均住房面积", "Floor area per head", ["S4", "XH"], {
    computed: ["/", ref(h("housing_area")), ref(h("member_count"))],
    unit: squareMetres,
  }),
  item("built_year", "integer", "建房时间(年)", "Year built", ["P"], { shownIf: housed, min: 1800, max: 2100 }),
]);

/** Living conditions. */
export const living: Section = section("living", "生活条件", "Living conditions", [
  item("electricity", "yes-no", "通电", "Electricity", ["P"], { required: true }),
  item("fuel", "codes", "主要燃料(最多3项)", "Main fuels (at most three)", ["P", "R"], { codeSet: "fuel", required: true }),
  item("water", "code", "饮水", "Drinking water", ["P", "R"], { codeSet: "water", required: true }),
  item("toilet", "code", "卫生设施", "Sanitation", ["P", "R"], {
    codeSet: "toilet",
    ...noted(["P", "R"], "Not in the forms found; the indices of 3.8 count it"),
  }),
  item("durables", "codes", "耐用品", "Durables", ["P"], { codeSet: "durables" }),
  item("social_participation", "codes", "社会参与状况", "Social participation", ["S4", "R"], { codeSet: "social-participation", required: true }),
  item("participation_note", "text", "社会参与说明", "Participation in words", ["R"], {
    shownIf: answered(h("social_participation")),
    maxLength: 200,
  }),
]);
