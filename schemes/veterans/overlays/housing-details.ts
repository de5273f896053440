// Overlay: the dwelling in detail (住房细项). Off by default: of the systems of relief before 2018.
import { answered, and, check, codeSet, eq, grounded, gt, has, isIn, item, not, options, ref, section, source, text, value } from "../../../src/scheme/define.ts";
import type { Overlay } from "../../../src/scheme/define.ts";

const g = (key: string): string => `general.${key}`;
const housed = and(answered(g("housing")), not(has(g("housing"), "1")));
const people = { min: 0, max: 50, unit: text("人", "people") } as const;
const squareMetres = text("平方米", "m²");

/** Nature, state and size of the dwelling, and who lives in it. */
export const housingDetailsOverlay: Overlay = {
  key: "housing_details",
  label: text("住房细项", "The dwelling in detail"),
  scheme: "veterans",
  codeSets: [
    codeSet("home-nature", "房屋性质", "Nature of the dwelling", options([
      ["commercial", "商品房", "Commercial flat"],
      ["affordable", "经济适用房", "Affordable housing"],
      ["reformed", "房改房", "Housing-reform flat"],
      ["self_built", "自建房", "Self-built"],
      ["helped_built", "帮建房", "Built with help"],
      ["lodging", "借房(寄住)", "Lent or lodging"],
      ["rented", "一般租房", "Rented"],
      ["low_rent", "廉租房", "Low-rent housing"],
      ["other", "其他", "Other"],
    ])),
    codeSet("home-state", "房屋状况", "State of the dwelling", options([
      ["1", "房屋完好", "Sound"],
      ["2", "一般危房", "Somewhat dangerous"],
      ["3", "较重危房", "Dangerous"],
    ])),
    codeSet("home-type", "房屋类型", "Type", options([
      ["storeyed", "楼房", "Of several storeys"],
      ["single", "平房", "Of one storey"],
    ])),
    codeSet("home-structure", "房屋结构", "Structure", options([
      ["shed", "简易棚坯", "Shed"],
      ["earth", "土木", "Earth and wood"],
      ["brick_wood", "砖木", "Brick and wood"],
      ["brick_concrete", "砖混", "Brick and concrete"],
      ["concrete", "钢筋混凝土", "Reinforced concrete"],
      ["other", "其他", "Other"],
    ])),
  ],
  sections: [
    {
      form: "general",
      after: "living",
      section: grounded(
        text("掌握住房困难", "To know hardship in housing"),
        "退役军人和其他优抚对象信息采集工作方案 三",
        section(
          "home",
          "住房细项",
          "The dwelling",
          [
            item("home_nature", "code", "房屋性质", "Nature", ["XH", "FE"], { codeSet: "home-nature" }),
            item("home_state", "code", "房屋状况", "State", ["XH", "FE"], { codeSet: "home-state" }),
            item("home_type", "code", "房屋类型", "Type", ["XH", "FE"], { codeSet: "home-type" }),
            item("home_structure", "code", "房屋结构", "Structure", ["XH", "FE"], { codeSet: "home-structure" }),
            item("home_rooms", "integer", "间数", "Rooms", ["XH", "FE"], { min: 0, max: 100, unit: text("间", "rooms") }),
            item("home_floor_area", "decimal", "建筑面积", "Floor area", ["XH", "FE"], { decimals: 2, min: 0, max: 9999, unit: squareMetres }),
            item("household_size", "integer", "家庭人口", "People in the household", ["XH", "FE"], { ...people, min: 1 }),
            item("household_minors", "integer", "18岁(含)以下", "Aged 18 or under", ["XH", "FE"], people),
            item("household_aged", "integer", "60岁(含)以上", "Aged 60 or over", ["XH", "FE"], people),
            item("home_area_each", "computed", "人均面积", "Floor area for each", ["XH", "FE"], {
              computed: ["/", ref(g("home_floor_area")), ref(g("household_size"))],
              unit: squareMetres,
            }),
          ],
          { shownIf: housed },
        ),
      ),
    },
  ],
  checks: [
    check(
      "housing_details.ages_within_household",
      "block",
      gt(["+", ref(g("household_minors")), ref(g("household_aged"))], g("household_size")),
      [g("household_minors"), g("household_aged")],
      text("18岁以下和60岁以上人数之和超过了家庭人口", "More young and old people than the household has"),
      source(["R"]),
    ),
    check(
      "housing_details.shed_sound",
      "explain",
      and(eq(g("home_structure"), value("shed")), isIn(g("home_state"), ["1"])),
      [g("home_state")],
      text("简易棚坯填了房屋完好，请核对", "A shed recorded as sound: please check"),
      source(["R"]),
    ),
  ],
};
