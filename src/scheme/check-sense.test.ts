// Definitions that make no sense: wrong kinds, values no item takes, conditions that never hold, circles, patterns that programs read differently.
import assert from "node:assert/strict";
import { test } from "node:test";
import { definitionFaults } from "./check-definition.ts";
import { and, eq, gt, lt, missing, ref, text, today, value } from "./define.ts";
import type { Expression } from "./expression.ts";
import type { Item, Scheme, Section } from "./model.ts";
import { readPattern } from "./pattern-in-words.ts";
import { smallScheme } from "./small-scheme.ts";

const withSections = (form: string, change: (part: Section) => Section): Scheme => {
  const scheme = smallScheme();
  return { ...scheme, forms: scheme.forms.map((each) => (each.key === form ? { ...each, sections: each.sections.map(change) } : each)) };
};
const withItem = (form: string, key: string, more: Partial<Item>): Scheme => withSections(form, (part) => ({ ...part, items: part.items.map((item) => (item.key === key ? { ...item, ...more } : item)) }));
const faults = (scheme: unknown): string[] => definitionFaults(scheme).map((fault) => `${fault.path} ${fault.message.en}`);
const rule = (when: Expression): string => faults({ ...smallScheme(), checks: smallScheme().checks.map((check, i) => (i === 0 ? { ...check, when } : check)) }).join(" | ");

test("operators are refused what they cannot work with", () => {
  const cases: readonly (readonly [Expression, RegExp])[] = [
    [gt(["+", ref("general.name"), value(1)], 2), /checks\.birth-from-id\.when “\+” needs a number, and gets a text/u],
    [gt(["years", ref("general.rooms"), today], 2), /“years” needs a date, and gets a number/u],
    [lt("general.name", value("abc")), /only numbers, dates and months have an order/u],
    [lt("general.sex", value("2")), /only numbers, dates and months have an order/u],
    [eq("general.birth_date", 5), /cannot compare a date with a number/u],
    [eq("general.birth_date", value("yesterday")), /cannot compare a date with a text/u],
    [eq("general.insurance", value("1")), /cannot compare several options with a text/u],
    [eq("general.photo", value("x")), /cannot compare a picture or paper with a text|cannot be compared/u],
    [and(ref("general.name"), value(true)), /“and” needs yes or no, and gets a text/u],
    [["matches", ref("general.rooms"), "^1"], /“matches” needs a text, and gets a number/u],
    [["in", ["length", ref("general.name")], ["1"]], /“in” needs a text, and gets a number/u],
    [["has", ref("general.name"), ["1"]], /“has” is for items of several codes|“has” needs several options/u],
    [gt(["sum", "soldier.awards", ref(".kind")], 1), /“sum” needs a number, and gets an option/u],
    [["any", "soldier.awards", ref(".year")], /“any” needs|must be a condition|needs yes or no/u],
    [["add-years", ref("general.birth_date"), 1], /must be a condition, and is a date/u],
    [["if", ref("general.name"), value(true), value(false)], /“if” needs yes or no/u],
  ];
  for (const [e, expected] of cases) assert.match(rule(e), expected, JSON.stringify(e));
  assert.equal(rule(eq(["slice", ref("general.id_number"), 17, 17], "general.sex")), "");
  assert.equal(rule(gt(["slice", today, 1, 7], value("2020-01"))), "");
});

test("held and default values are values of their item", () => {
  const of = (form: string, key: string, more: Partial<Item>): string => faults(withItem(form, key, more)).join(" | ");
  assert.match(of("general", "sex", { forced: value("7") }), /items\.sex\.forced “7” is no value of the item/u);
  assert.match(of("general", "sex", { forced: ["if", eq("general.agent", true), value("1"), value("9")] }), /items\.sex\.forced “9” is no value/u);
  assert.match(of("general", "rooms", { default: value(100) }), /items\.rooms\.default “100” is no value/u);
  assert.match(of("general", "rooms", { default: value("3") }), /must be a number, not a text/u);
  assert.match(of("general", "rooms", { default: value(2.5) }), /“2\.5” is no value/u);
  assert.match(of("general", "agent", { default: value("no") }), /must be yes or no, not a text/u);
  assert.match(of("general", "birth_date", { default: value("2018-02-30") }), /“2018-02-30” is no value/u);
  assert.match(of("general", "insurance", { default: ["list", ["1", "77"]] }), /“1、77” is no value/u);
  assert.match(of("general", "insurance", { default: ["list", ["5"]] }), /“5” is no value/u);
  assert.match(of("general", "remark", { default: value("长".repeat(501)) }), /longer than the item takes/u);
  assert.match(of("general", "birth_date", { forced: ["years", ref("soldier.enlist_date"), today] }), /must give a date, and gives a number/u);
  assert.match(of("general", "sex", { forced: ref("general.marital") }), /does not exist: general\.marital/u);
  assert.equal(of("general", "sex", { forced: ["if", eq("general.agent", true), value("1"), value("")] }), "");
});

test("a rule, a condition of showing or of requiring that can never hold is refused with its reason", () => {
  assert.match(rule(and(eq("general.sex", value("1")), missing("general.sex"))), /checks\.birth-from-id\.when can never hold: “Sex” cannot be missing and given at once/u);
  assert.match(faults(withItem("general", "remark", { shownIf: gt("general.rooms", 99) })).join(), /items\.remark\.shownIf can never hold/u);
  assert.match(faults(withItem("general", "agent_name", { required: eq("general.agent", false) })).join(), /items\.agent_name\.required can never hold/u);
  assert.match(faults(withSections("soldier", (part) => ({ ...part, shownIf: part.key === "awards" ? lt("general.income", 0) : undefined }))).join(), /sections\.awards\.shownIf can never hold/u);
  assert.match(faults(withItem("general", "sex", { closed: [{ codes: ["1"], when: and(eq("general.sex", value("1")), eq("general.sex", value("2"))), message: text("不", "no") }] })).join(), /items\.sex\.closed can never hold/u);
});

test("circles are found through sections, held and computed values, rows and replaced options", () => {
  const circle = /depends on itself/u;
  assert.match(faults(withSections("general", (part) => (part.key === "living" ? { ...part, shownIf: eq("general.agent", true) } : part))).join(), circle);
  assert.match(faults(withItem("general", "remark", { forced: ["slice", ref("general.remark"), 1, 2] })).join(), circle);
  assert.match(faults(withItem("general", "age", { computed: ["+", ref("general.age"), value(1)] })).join(), circle);
  assert.match(faults(withItem("general", "rooms", { forced: ref("general.age") })).join() + faults({ ...withItem("general", "birth_date", { forced: ["if", gt("general.age", 1), value("2000-01-01"), value("")] }) }).join(), circle);
  assert.match(faults(withSections("soldier", (part) => (part.repeats ? { ...part, shownIf: gt(["count", "soldier.awards"], 0) } : part))).join(), circle);
  assert.match(faults(withItem("soldier", "year", { forced: ["sum", "soldier.awards", ref(".year")] })).join(), circle);
  const scheme = smallScheme();
  const turned = { ...scheme, codeSets: scheme.codeSets.map((set) => (set.key === "award" ? { ...set, options: set.options.map((option, i) => ({ ...option, replacedBy: ["3", "9", "1"][i] })) } : set)) };
  assert.match(faults(turned).join(), /codeSets\.award\.options\.1\.replacedBy goes round in a circle/u);
});

test("options that close each other are no circle", () => {
  const message = text("不能同时选", "Not both");
  const both = withSections("general", (part) => ({
    ...part,
    items: part.items.map((item) => {
      if (item.key === "sex") return { ...item, forced: undefined, closed: [{ codes: ["1"], when: eq("general.rooms", 1), message }] };
      return item.key === "insurance" ? { ...item, closed: [{ codes: ["1"], when: eq("general.sex", value("1")), message }] } : item;
    }),
  }));
  assert.deepEqual(faults(both), []);
});

test("patterns keep to what JavaScript and RE2 read alike, and to what is quick", () => {
  const good = ["^(19|20)\\d{2}[123](0[1-9]|10)\\d{6}$", "^(军|文|武)", "^[0-9A-HJ-NPQRTUWXY]{18}$", "^a\\.b\\/c$", "^[^@ ]+@[^@ ]+[.][^@ ]+$", "(?:ab)?c", "^[\\d-]+$", "^$", "^[一-龥𠀀-𪛖]{2,4}$"];
  const bad = [".", "a.b", "\\s", "\\w+", "\\bx", "\\p{Script=Han}", "(?=a)b", "(?<!a)b", "(?<n>a)", "(a)\\1", "\\u4e00", "[[a]", "[]", "(a+)+", "(a|b)*", "(a*){3}", "a{1001}", "(a{100}){11}", "a*b*c*", "(", "x".repeat(501), "[a&&b]"];
  for (const pattern of good) assert.ok(readPattern(pattern).ok, pattern);
  for (const pattern of bad) assert.ok(!readPattern(pattern).ok, pattern);
  assert.match(rule(["matches", ref("general.name"), "^\\w+$"]), /uses “\\w”, which programs read differently/u);
});
