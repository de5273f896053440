// A made-up scheme with a form of 400 items of every kind, with conditions and rules among them: larger than any form that ships.
import { and, codeSet, eq, gt, has, item, lt, options, section, source, text, value, years } from "../../src/scheme/define.ts";
import type { Check, Item, Scheme } from "../../src/scheme/define.ts";

const R = ["R"] as const;
const made = source(R, "made for a benchmark");
const perSection = 20;
const w = (n: number, i: number): string => `wide.s${n}_${i}`;

/** Twenty items: two that open others, texts, numbers, dates, choices, and one computed. */
const itemsOf = (n: number): Item[] =>
  Array.from({ length: perSection }, (_, i): Item => {
    const key = `s${n}_${i}`;
    const label = [`第${n}栏第${i}项`, `Item ${i} of section ${n}`] as const;
    const open = { shownIf: eq(w(n, 0), true) };
    if (i === 0) return item(key, "yes-no", ...label, R, { required: true });
    if (i === 1) return item(key, "integer", ...label, R, { min: 0, max: 200 });
    if (i === 2) return item(key, "money", ...label, R, { sensitivity: "money" });
    if (i === 3) return item(key, "date", ...label, R);
    if (i === 4) return item(key, "date", ...label, R);
    if (i === 5) return item(key, "code", ...label, R, { codeSet: "long", required: true });
    if (i === 6) return item(key, "codes", ...label, R, { codeSet: "short", closed: [{ codes: ["1"], when: eq(w(n, 0), false), message: text("前项为否", "The first is no") }] });
    if (i === 7) return item(key, "phone", ...label, R, { sensitivity: "contact" });
    if (i === 8) return item(key, "computed", ...label, R, { computed: years(w(n, 3), w(n, 4)) });
    if (i < 12) return item(key, "code", ...label, R, { codeSet: "short", ...(i === 11 && open) });
    return item(key, "text", ...label, R, { maxLength: 50, ...(i % 4 === 0 && open), ...(i % 5 === 0 && { required: true }) });
  });

const rules = (n: number): Check[] => [
  { key: `s${n}.order`, severity: "block", when: gt(w(n, 3), w(n, 4)), at: [w(n, 4)], message: text("后一日期应晚于前一日期", "The second date is later"), source: made },
  { key: `s${n}.poor`, severity: "explain", when: and(eq(w(n, 0), true), lt(w(n, 2), 1000)), at: [w(n, 2)], message: text("金额偏小", "A small amount"), source: made },
  { key: `s${n}.both`, severity: "note", when: and(has(w(n, 6), "2"), eq(w(n, 9), value("1"))), at: [w(n, 6)], message: text("请核对", "Please check"), source: made },
];

const some = (count: number): ReturnType<typeof options> => options(Array.from({ length: count }, (_, i) => [String(i + 1), `选项${i + 1}`, `Option ${i + 1}`] as const));

/** @param count items of the form, a multiple of 20 */
export function wideScheme(count: number): Scheme {
  const sections = Array.from({ length: count / perSection }, (_, n) => section(`s${n}`, `第${n}栏`, `Section ${n}`, itemsOf(n)));
  const who = section("who", "本人", "Person", [
    item("id_number", "id-number", "身份证号", "Identity number", R, { sensitivity: "identity" }),
    item("name", "text", "姓名", "Name", R, { text: "name" }),
    item("area", "area", "户籍行政区划", "Area", R),
  ]);
  return {
    key: "wide",
    version: "1",
    label: text("宽表（基准测试）", "Wide form (benchmark)"),
    referenceDate: "2018-10-01",
    generalForm: "wide",
    forms: [{ key: "wide", label: text("宽表", "Wide form"), sections: [who, ...sections] }],
    categories: [],
    categoryRules: [],
    checks: sections.flatMap((_, n) => rules(n)),
    codeSets: [codeSet("short", "短", "Short", some(5)), codeSet("long", "长", "Long", some(60))],
    departments: [],
    findingClasses: [],
    identity: { idNumber: "wide.id_number", name: "wide.name", area: "wide.area" },
  };
}
