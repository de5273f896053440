// Answers of an older version under a newer one (fictional answers).
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { carryForward, codeInForce } from "./carry.ts";
import { item, option } from "./define.ts";
import type { Answers, CodeSet, Item, Scheme } from "./model.ts";
import { smallScheme } from "./small-scheme.ts";

type Change = { readonly item?: (form: string, item: Item) => Item | undefined; readonly set?: (set: CodeSet) => CodeSet; readonly rows?: number; readonly without?: string };
const changed = ({ item: change = (_, same) => same, set = (same) => same, rows, without }: Change): Scheme => {
  const scheme = smallScheme();
  return {
    ...scheme,
    version: "2",
    codeSets: scheme.codeSets.map(set),
    forms: scheme.forms
      .filter((form) => form.key !== without)
      .map((form) => ({
        ...form,
        sections: form.sections.map((section) => ({ ...section, repeats: section.repeats && rows !== undefined ? { max: rows } : section.repeats, items: section.items.flatMap((each) => change(form.key, each) ?? []) })),
      })),
  };
};

const answers: Answers = {
  general: { name: "张三", insurance: ["5", "2"], rooms: 3, income: 10, remark: "好", age: 30, agent: true },
  soldier: { awards: [{ kind: "1", year: 1980 }, { kind: "3" }], service_years: 4 },
};
const from = smallScheme();

test("the same version takes every answer, maps withdrawn codes forward and leaves computed values to be computed", () => {
  const { answers: kept, mapped, dropped } = carryForward(from, smallScheme(), answers);
  assert.deepEqual(mapped, [{ path: "general.insurance", from: "5", to: "1" }]);
  assert.deepEqual(dropped, []);
  assert.deepEqual(kept["general"], { name: "张三", insurance: ["1", "2"], rooms: 3, income: 10, remark: "好", agent: true });
  assert.deepEqual(kept["soldier"], { awards: [{ kind: "1", year: 1980 }, { kind: "3" }] });
});

test("chains of replacements are followed to their end, circles and unknown codes give nothing", () => {
  const options = new Map([option("a", "a", "a", { replacedBy: "b" }), option("b", "b", "b", { replacedBy: "c" }), option("c", "c", "c"), option("x", "x", "x", { replacedBy: "y" }), option("y", "y", "y", { replacedBy: "x" })].map((o) => [o.code, o]));
  assert.deepEqual(["a", "b", "c", "x", "q"].map((code) => codeInForce(options, code)), ["c", "c", "c", undefined, undefined]);
});

test("two codes that became one are kept once, and a code that the new set lacks is listed with its label", () => {
  const to = changed({ set: (set) => (set.key === "insurance" ? { ...set, options: [option("1", "居民", "Residents"), option("4", "无", "None")] } : set) });
  const both = carryForward(from, to, { general: { insurance: ["1", "5", "2"] } });
  assert.deepEqual(both.answers["general"], { insurance: ["1"] });
  assert.deepEqual(both.mapped, [{ path: "general.insurance", from: "5", to: "1" }]);
  assert.equal(both.dropped[0]?.reason.zh, "新版本没有这个选项：职工基本医疗保险");
});

test("items that are gone or are answered in another way are listed, whole numbers become amounts", () => {
  const to = changed({
    item: (_, each) => {
      if (each.key === "remark") return undefined;
      if (each.key === "agent") return item("agent", "text", "代办", "Agent", ["R"]);
      return each.key === "rooms" ? item("rooms", "decimal", "房间数", "Rooms", ["R"]) : each;
    },
  });
  const { answers: kept, dropped } = carryForward(from, to, answers);
  assert.deepEqual(dropped.map((d) => [d.path, d.reason.zh]), [["general.remark", "新版本没有这个项目"], ["general.agent", "新版本中这个项目的填写方式不同"]]);
  assert.equal(kept["general"]?.["rooms"], 3);
});

test("rows are carried one by one; what is in rows beyond the new limit, or in a form that is gone, is listed", () => {
  const fewer = carryForward(from, changed({ rows: 1, set: (set) => (set.key === "award" ? { ...set, options: [option("1", "甲", "A", { replacedBy: "2" }), option("2", "乙", "B")] } : set) }), answers);
  assert.deepEqual(fewer.answers["soldier"], { awards: [{ kind: "2", year: 1980 }] });
  assert.deepEqual(fewer.mapped.map((m) => m.path), ["general.insurance", "soldier.awards[0].kind"]);
  assert.deepEqual(fewer.dropped.map((d) => d.path), ["soldier.awards[1]"]);
  assert.deepEqual(carryForward(from, changed({ without: "soldier" }), answers).dropped.map((d) => d.path), ["soldier"]);
});

test("one code becomes a list of one, and a list of several cannot become one code", () => {
  const many = changed({ item: (_, each) => (each.key === "sex" ? { ...each, kind: "codes" } : each) });
  assert.deepEqual(carryForward(from, many, { general: { sex: "1" } }).answers["general"], { sex: ["1"] });
  const one = changed({ item: (_, each) => (each.key === "insurance" ? { ...each, kind: "code" } : each) });
  assert.deepEqual(carryForward(from, one, { general: { insurance: ["5"] } }).answers["general"], { insurance: "1" });
  assert.equal(carryForward(from, one, { general: { insurance: ["1", "2"] } }).dropped[0]?.reason.en, "The new version takes one option only");
});

test("every answer is kept or listed, whatever the answers are", () => {
  const to = changed({ item: (_, each) => (each.key === "rooms" ? undefined : each) });
  const value = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.array(fc.constantFrom("1", "5", "zz")));
  const key = fc.constantFrom("name", "rooms", "insurance", "nobody", "agent", "awards");
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom("general", "soldier", "other"), fc.dictionary(key, value)), (given) => {
      const { answers: kept, dropped } = carryForward(from, to, given as Answers);
      for (const [form, group] of Object.entries(given)) for (const each of Object.keys(group)) {
        const listed = dropped.some((d) => d.path === form || d.path === `${form}.${each}`);
        const empty = Array.isArray(group[each]) && group[each].length === 0;
        assert.ok(listed || empty || kept[form]?.[each] !== undefined, `${form}.${each}`);
      }
    }),
  );
});
