// Overlay: help and visits (帮扶援助). Off by default; what is told here is told of one's own will, like the demands of the general form.
import { and, answered, any, check, codeSet, grounded, gt, has, item, not, option, options, section, source, text, today } from "../../../src/scheme/define.ts";
import type { Overlay } from "../../../src/scheme/define.ts";

const g = (key: string): string => `general.${key}`;
const appeal = { sensitivity: "appeal" } as const;
const inHardship = and(answered(g("hardship_kinds")), not(has(g("hardship_kinds"), "none")));

/** Policies received, kinds of hardship, visits and whether the hardship is over. */
export const helpOverlay: Overlay = {
  key: "help",
  label: text("帮扶援助", "Help"),
  scheme: "veterans",
  codeSets: [
    codeSet("help-policy", "享受政策", "Policies received", options([
      ["allowance", "低保", "Minimum living allowance"],
      ["extreme", "特困", "Support for the extremely poor"],
      ["none", "不享受政策保障情况", "None"],
    ])),
    codeSet("hardship-kind", "困难类型", "Kinds of hardship", [
      ...options([
        ["job", "就业困难", "Employment"],
        ["medical", "医疗困难", "Medical care"],
        ["old_age", "养老困难", "Old age"],
        ["housing", "住房困难", "Housing"],
        ["education", "教育困难", "Education"],
        ["allowance", "低保户", "Household on the allowance"],
        ["marginal", "低边", "Household just above the allowance"],
        ["extreme", "特困户", "Extremely poor household"],
      ]),
      option("none", "无民政困难认定", "No recognised hardship", { exclusive: true }),
      option("other", "其他困难(灾害、事故、见义勇为等)", "Other (disaster, accident, act of courage …)"),
    ]),
    codeSet("help-result", "帮扶结果", "Result", options([
      ["over", "已脱困", "Hardship over"],
      ["not_over", "未脱困", "Not over"],
    ])),
  ],
  sections: [
    {
      form: "general",
      after: "demands",
      section: grounded(
        text("开展帮扶援助", "To give help"),
        "退役军人保障法 第六章 抚恤优待",
        section("help_state", "帮扶援助", "Help", [
          item("help_policy", "code", "享受政策", "Policy received", ["CJ"], { codeSet: "help-policy", ...appeal }),
          item("hardship_kinds", "codes", "困难类型", "Kinds of hardship", ["CJ"], { codeSet: "hardship-kind", ...appeal }),
          item("help_result", "code", "帮扶结果", "Result", ["CJ"], { codeSet: "help-result", shownIf: inHardship, ...appeal }),
        ]),
      ),
    },
    {
      form: "general",
      after: "help_state",
      section: grounded(
        text("记录走访帮扶", "To record visits"),
        "退役军人保障法 第六章 抚恤优待",
        section(
          "help_visits",
          "走访帮扶",
          "Visits",
          [
            item("visited_at", "date", "走访时间", "Visited on", ["CJ"], { required: true }),
            item("reason", "text", "困难原因", "Cause of the hardship", ["CJ"], { text: "long", maxLength: 300, ...appeal }),
            item("content", "text", "帮扶内容", "Help given", ["CJ"], { text: "long", maxLength: 300, ...appeal }),
            item("helper", "text", "帮扶人", "Helper", ["CJ"], { text: "name", maxLength: 50 }),
            item("helper_phone", "phone", "帮扶人电话", "Helper's telephone", ["CJ"], { sensitivity: "contact" }),
          ],
          { repeats: { max: 20 } },
        ),
      ),
    },
  ],
  checks: [
    check(
      "help.visit_future",
      "block",
      any("general.help_visits", gt(".visited_at", today)),
      [".visited_at"],
      text("走访时间不能晚于今天", "The visit lies in the future"),
      source(["R"]),
    ),
  ],
};
