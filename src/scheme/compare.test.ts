// What changed between two versions of a scheme, and which stored records a change would break (fictional answers).
import assert from "node:assert/strict";
import { test } from "node:test";
import { disability2022 } from "../../schemes/disability/scheme-2022.ts";
import { disability } from "../../schemes/disability/scheme.ts";
import { breaksStored, compareSchemes, type SchemeChange } from "./compare.ts";
import { and, answered, check, eq, gt, option, source, text } from "./define.ts";
import { holds } from "./evaluate.ts";
import type { Answers, Item, Option, Scheme } from "./model.ts";
import { smallScheme } from "./small-scheme.ts";
import { movedKeys } from "./scheme-change.ts";

const before = smallScheme();
type Open = { -readonly [key in keyof Scheme]: Scheme[key] };
const edited = (change: (scheme: Open) => void): Scheme => {
  const scheme: Open = { ...smallScheme(), version: "2" };
  change(scheme);
  return scheme;
};
const withItem = (form: string, key: string, change: (item: Item) => Item | undefined): Scheme =>
  edited((s) => {
    s.forms = s.forms.map((f) => (f.key !== form ? f : { ...f, sections: f.sections.map((section) => ({ ...section, items: section.items.flatMap((each) => (each.key === key ? (change(each) ?? []) : each)) })) }));
  });
const withOptions = (set: string, change: (options: readonly Option[]) => readonly Option[]): Scheme => edited((s) => (s.codeSets = s.codeSets.map((each) => (each.key === set ? { ...each, options: change(each.options) } : each))));
const line = (change: SchemeChange): string => `${change.effect} ${change.code} ${change.path}`;
const one = (after: Scheme): SchemeChange => {
  const changes = compareSchemes(before, after);
  assert.equal(changes.length, 1, changes.map(line).join("\n"));
  return changes[0]!;
};
const breaks = (change: SchemeChange, answers: Answers): boolean => {
  const when = breaksStored(change);
  return when !== undefined && holds(when, answers, { today: "2026-01-01", referenceDate: "2026-01-01" });
};

test("equal definitions have no changes, whatever their versions and the order of their keys", () => {
  assert.deepEqual(compareSchemes(before, JSON.parse(JSON.stringify(edited(() => undefined)))), []);
});

test("an item that becomes required breaks the records where it is missing and shown", () => {
  const change = one(withItem("general", "mobile", (each) => ({ ...each, required: true })));
  assert.equal(line(change), "narrowed item.required forms.general.sections.identity.items.mobile.required");
  assert.equal(change.sentence.zh, "“联系电话（手机）*”改为必填");
  assert.equal(breaks(change, { general: {} }), true);
  assert.equal(breaks(change, { general: { mobile: "13812341234" } }), false);
  const conditional = one(withItem("soldier", "unit_code", (each) => ({ ...each, required: gt("soldier.service_years", 3) })));
  assert.match(conditional.sentence.zh, /^“部队代号”在以下情况必填：“军龄”大于3$/u);
  assert.equal(breaks(conditional, { general: { categories: ["retired_soldier"] }, soldier: { service_years: 4 } }), true);
  assert.equal(breaks(conditional, { general: { categories: ["martyr_family"] }, soldier: { service_years: 4 } }), false);
  const freed = one(withItem("general", "name", (each) => ({ ...each, required: undefined })));
  assert.equal(freed.effect, "widened");
  assert.equal(breaksStored(freed), undefined);
});

test("removed and changed items break the records that answer them, in rows too", () => {
  const gone = one(withItem("soldier", "other", () => undefined));
  assert.equal(line(gone), "removed item.removed forms.soldier.sections.awards.items.other");
  assert.equal(breaks(gone, { soldier: { awards: [{ kind: "1" }, { other: "某" }] } }), true);
  assert.equal(breaks(gone, { soldier: { awards: [{ kind: "1" }] } }), false);
  const kind = one(withItem("general", "remark", (each) => ({ ...each, kind: "integer" })));
  assert.equal(kind.sentence.zh, "“备注”由文字改为整数");
  assert.equal(breaks(kind, { general: { remark: "好" } }), true);
  assert.equal(one(withItem("general", "rooms", (each) => ({ ...each, kind: "decimal" }))).effect, "widened");
});

test("narrower limits and lengths find the values outside", () => {
  const limits = one(withItem("general", "rooms", (each) => ({ ...each, max: 20 })));
  assert.equal(line(limits), "narrowed item.limits forms.general.sections.living.items.rooms.min");
  assert.equal(limits.sentence.zh, "“房间数”的允许范围由0至99改为0至20");
  assert.deepEqual([breaks(limits, { general: { rooms: 21 } }), breaks(limits, { general: { rooms: 20 } })], [true, false]);
  const length = one(withItem("general", "remark", (each) => ({ ...each, maxLength: 3 })));
  assert.deepEqual([breaks(length, { general: { remark: "𠮷田一二" } }), breaks(length, { general: { remark: "𠮷田一" } })], [true, false]);
  assert.equal(one(withItem("general", "rooms", (each) => ({ ...each, max: 200 }))).effect, "widened");
});

test("an item that is shown under a new condition breaks the answers that will be hidden", () => {
  const change = one(withItem("general", "remark", (each) => ({ ...each, shownIf: eq("general.agent", true) })));
  assert.equal(line(change), "narrowed item.shown-if forms.general.sections.living.items.remark.shownIf");
  assert.equal(change.sentence.zh, "“备注”只在以下情况显示：“委托代办”为“是”");
  assert.equal(change.was?.zh, "无");
  assert.deepEqual([breaks(change, { general: { remark: "好" } }), breaks(change, { general: { remark: "好", agent: true } }), breaks(change, { general: {} })], [true, false, false]);
});

test("items are followed by key through new numbers, labels, sections and places", () => {
  assert.equal(line(one(withItem("general", "rooms", (each) => ({ ...each, number: "R12" })))), "worded item.renumbered forms.general.sections.living.items.rooms.number");
  const label = one(withItem("general", "rooms", (each) => ({ ...each, label: text("间数", "Number of rooms") })));
  assert.equal(label.sentence.zh, "“房间数”的名称由“房间数”改为“间数”");
  const moved = compareSchemes(before, edited((s) => {
    s.forms = s.forms.map((form) => {
      const [identity, living] = form.sections;
      if (form.key !== "general" || identity === undefined || living === undefined) return form;
      return { ...form, sections: [{ ...identity, items: [...identity.items, ...living.items.slice(0, 1)] }, { ...living, items: [...living.items.slice(2, 4), ...living.items.slice(1, 2), ...living.items.slice(4)] }] };
    });
  }));
  assert.deepEqual(moved.map((change) => [change.code, change.path.split(".").at(-1)]), [["item.moved", "agent"], ["item.moved", "categories"]]);
  assert.match(moved[1]?.sentence.zh ?? "", /“对象类别”由“生活状况”移到“身份信息”/u);
  assert.deepEqual(movedKeys(["a", "b", "c", "d"], ["b", "c", "a", "d"]), ["a"]);
  assert.deepEqual(movedKeys([], ["b"]), []);
});

test("options: new, withdrawn with a successor, taken away, reworded", () => {
  assert.equal(line(one(withOptions("award", (o) => [...o, option("2", "二等功", "Second class")]))), "added option.added codeSets.award.options.2");
  const withdrawn = one(withOptions("award", (o) => o.map((each) => (each.code === "3" ? { ...each, replacedBy: "9" } : each))));
  assert.equal(withdrawn.sentence.zh, "“立功种类”停用选项“三等功”，原有档案转为“其他”");
  assert.equal(breaksStored(withdrawn), undefined);
  assert.ok(withdrawn.stored && holds(withdrawn.stored.when, { soldier: { awards: [{ kind: "3" }] } }, { today: "2026-01-01", referenceDate: "2026-01-01" }));
  const gone = one(withOptions("insurance", (o) => o.filter((each) => each.code !== "2")));
  assert.deepEqual([breaks(gone, { general: { insurance: ["1", "2"] } }), breaks(gone, { general: { insurance: ["1"] } })], [true, false]);
  assert.equal(breaksStored(one(withOptions("insurance", (o) => o.filter((each) => each.code !== "5")))), undefined);
  assert.equal(one(withOptions("sex", (o) => o.map((each) => (each.code === "1" ? { ...each, label: text("男性", "Man") } : each)))).effect, "worded");
});

test("rules: new, dropped, changed, graver, reworded", () => {
  const made = source(["R"], "made for tests");
  const rule = check("many-rooms", "block", gt("general.rooms", 50), ["general.rooms"], text("房间过多", "Too many rooms"), made);
  const added = one(edited((s) => (s.checks = [...s.checks, rule])));
  assert.equal(added.now?.zh, "“房间数”大于50");
  assert.deepEqual([breaks(added, { general: { rooms: 51 } }), breaks(added, { general: { rooms: 5 } })], [true, false]);
  assert.equal(one(edited((s) => (s.checks = s.checks.slice(1)))).effect, "removed");
  const graver = one(edited((s) => (s.checks = s.checks.map((each) => (each.key === "insured-and-poor" ? { ...each, severity: "block" } : each)))));
  assert.equal(graver.sentence.zh, "规则“请核对收入”由提示改为必须改正");
  assert.equal(graver.effect, "narrowed");
  assert.notEqual(breaksStored(graver), undefined);
  const changed = one(edited((s) => (s.checks = s.checks.map((each) => (each.key === "insured-and-poor" ? { ...each, when: and(each.when, answered("general.rooms")) } : each)))));
  assert.equal(changed.code, "check.changed");
  assert.equal(breaksStored(changed), undefined);
});

test("forms, sections, categories and their rules are compared too", () => {
  const changes = compareSchemes(before, edited((s) => {
    s.forms = s.forms.map((form) => (form.key === "soldier" ? { ...form, annex: "附件3", sections: form.sections.map((section) => ({ ...section, shownIf: section.key === "awards" ? answered("soldier.enlist_date") : undefined, repeats: section.repeats && { max: 2 } })) } : form));
    s.categories = s.categories.filter((category) => category.key !== "serving_family");
    s.categoryRules = s.categoryRules.slice(1);
    s.referenceDate = "2022-10-01";
  }));
  assert.deepEqual(changes.map(line), [
    "changed scheme.reference-date scheme.referenceDate",
    "worded form.renumbered forms.soldier.annex",
    "narrowed section.shown-if forms.soldier.sections.awards.shownIf",
    "narrowed section.repeats forms.soldier.sections.awards.repeats",
    "removed category.removed categories.serving_family",
    "widened category-rule.removed categoryRules",
  ]);
  const rows = changes[3]!;
  assert.deepEqual([breaks(rows, { soldier: { awards: [{}, {}, {}] } }), breaks(rows, { soldier: { awards: [{}, {}] } })], [true, false]);
  for (const change of changes) assert.ok(change.sentence.zh.length > 3 && /^[\x20-\u2019“”–]+$/u.test(change.sentence.en.replaceAll(/“[^”]*”/gu, "")), change.sentence.en);
});

test("the renumbering of 2022 is told by key, and a new legal basis of all items once", () => {
  const changes = compareSchemes(disability, disability2022);
  const marital = changes.find((change) => change.code === "item.renumbered" && change.path.includes(".items.marital."));
  assert.deepEqual([marital?.was?.zh, marital?.now?.zh, marital?.effect], ["R4", "R3", "worded"]);
  assert.ok(changes.some((change) => change.code === "item.removed" && change.path.endsWith(".items.hukou_kind")));
  assert.ok(changes.filter((change) => change.code === "item.basis").length < 8);
  assert.ok(changes.every((change) => change.sentence.zh !== "" && change.sentence.en !== ""));
});
