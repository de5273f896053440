// What forms show, and which categories may stand together.
import assert from "node:assert/strict";
import { test } from "node:test";
import { closedReason, legalSets } from "./categories.ts";
import { answerAt, isRequired, itemAt, labelOf, openForms, placesOf, visibleItems, visibleSections, withDefaults } from "./layout.ts";
import type { Answers } from "./model.ts";
import { smallScheme } from "./small-scheme.ts";

const scheme = smallScheme();
const context = { today: "2018-11-20", referenceDate: "2018-10-01" };

test("of 4,095 sets of the twelve veteran categories 223 are legal", () => {
  const sets = legalSets(scheme);
  assert.equal(sets.length, 223);
  assert.ok(!sets.some((set) => set.length === 0));
});

test("a category that cannot be added says why, and one that can still be completed does not", () => {
  assert.match(closedReason(scheme, ["retired_soldier"], "demobilised")?.zh ?? "", /只能选一类/u);
  assert.match(closedReason(scheme, ["retired_soldier"], "disabled_militia")?.zh ?? "", /不能与前六类/u);
  assert.ok(closedReason(scheme, ["disabled_militia"], "disabled_soldier"));
  assert.equal(closedReason(scheme, [], "disabled_soldier"), undefined);
  assert.equal(closedReason(scheme, ["retired_soldier"], "disabled_soldier"), undefined);
  assert.equal(closedReason(scheme, ["retired_soldier"], "retired_soldier"), undefined);
});

test("every legal set can be ticked one by one in some order, and no tick is open that leads nowhere", () => {
  const keys = scheme.categories.map((c) => c.key);
  const legal = legalSets(scheme).map((set) => new Set(set));
  for (const chosen of [[], ...legalSets(scheme)]) {
    for (const key of keys.filter((k) => !chosen.includes(k))) {
      const reachable = legal.some((set) => [...chosen, key].every((k) => set.has(k)));
      assert.equal(closedReason(scheme, chosen, key) === undefined, reachable, `${chosen.join("+")} + ${key}`);
    }
  }
});

test("a ticked category opens its sub-form, conditions show items", () => {
  const answers: Answers = { general: { categories: ["retired_soldier"], agent: true } };
  assert.deepEqual(openForms(scheme, answers).map((f) => f.key), ["general", "soldier"]);
  assert.deepEqual(openForms(scheme, {}).map((f) => f.key), ["general"]);
  const [general] = scheme.forms;
  const living = visibleSections(general!, answers, context)[1]!;
  assert.ok(visibleItems(living, answers, context).some((i) => i.key === "agent_name"));
  assert.ok(!visibleItems(living, {}, context).some((i) => i.key === "agent_name"));
  assert.ok(isRequired(itemAt(scheme, "general.agent_name")!.item, answers, context));
});

test("items are found by path with or without row numbers, and answers with them", () => {
  assert.equal(itemAt(scheme, "soldier.awards[2].year")?.path, "soldier.awards[].year");
  assert.equal(itemAt(scheme, "soldier.awards[].year")?.item.key, "year");
  assert.equal(itemAt(scheme, "soldier.year"), undefined);
  assert.equal(new Set(placesOf(scheme).map((p) => p.path)).size, placesOf(scheme).length);
  const answers: Answers = { general: { name: "陈一" }, soldier: { awards: [{ year: 1998 }] } };
  assert.equal(answerAt(answers, "general.name"), "陈一");
  assert.equal(answerAt(answers, "soldier.awards[0].year"), 1998);
  assert.equal(answerAt(answers, "soldier.awards[1].year"), undefined);
  assert.equal(answerAt(answers, "soldier.awards"), undefined);
});

test("values read as people write them, in both languages", () => {
  const label = (path: string, value: Parameters<typeof labelOf>[2], lang: "zh" | "en" = "zh"): string => labelOf(scheme, itemAt(scheme, path)!.item, value, lang);
  assert.equal(label("general.sex", "1"), "男");
  assert.equal(label("general.insurance", ["1", "2"]), "城乡居民基本医疗保险、职工基本医疗保险");
  assert.equal(label("general.insurance", ["1", "zz"], "en"), "Residents' insurance, zz");
  assert.equal(label("general.agent", false), "否");
  assert.equal(label("general.income", 12), "12 元");
  assert.equal(label("general.income", undefined), "");
});

test("defaults fill what is unanswered and leave answers alone", () => {
  assert.equal(withDefaults(scheme, {}, context).general?.["agent"], false);
  assert.equal(withDefaults(scheme, { general: { agent: true } }, context).general?.["agent"], true);
});
