// Decisions of forms: changing answers, what is drawn, which faults show, what typed text means.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Issue } from "../../../core/issue.ts";
import { codeSet, eq, item, option, options, scheme as define, section } from "../../../scheme/define.ts";
import { standstill, stopping } from "../capture/submission.ts";
import { drawnOptions, placeOf, toggled, withAnswer, withoutRow, withRow } from "./answers.ts";
import { fieldId } from "./field-props.ts";
import { byPath, isShown, nextFault, onlyTheirs, rankOf, sorted } from "./form-issues.ts";
import { drawnForms, isBlank } from "./form-layout.ts";
import { reduceForm, startState, unsaved } from "./form-state.ts";
import { attempts, within } from "./media.ts";
import { typedDate, typedNumber, typedValue } from "./typed.ts";

const small = define({
  key: "small",
  version: "1",
  label: { zh: "小表", en: "Small" },
  referenceDate: "2026-01-01",
  generalForm: "general",
  categoryItem: "general.categories",
  forms: [
    {
      key: "general",
      label: { zh: "总表", en: "General" },
      sections: [
        section("who", "本人", "Person", [
          item("name", "text", "姓名", "Name", ["K"], { required: true }),
          item("married", "yes-no", "已婚", "Married", ["K"]),
          item("spouse", "text", "配偶", "Spouse", ["K"], { shownIf: eq("general.married", true), required: true }),
          item("categories", "codes", "类别", "Categories", ["K"], { codeSet: "category" }),
        ]),
        section("jobs", "工作", "Jobs", [item("year", "integer", "年", "Year", ["K"]), item("place", "text", "地点", "Place", ["K"])], { repeats: { max: 3 } }),
      ],
    },
    { key: "sub", label: { zh: "分表", en: "Sub" }, category: "x", sections: [section("more", "其他", "More", [item("note", "text", "备注", "Note", ["K"])])] },
  ],
  categories: [{ key: "x", label: { zh: "甲", en: "X" }, definition: { zh: "甲", en: "X" }, form: "sub", source: { marks: ["K"] } }],
  categoryRules: [],
  checks: [],
  codeSets: [codeSet("category", "类别", "Category", options([["x", "甲", "X"]]))],
  departments: [],
  findingClasses: [],
});
const context = { today: "2026-02-01", referenceDate: "2026-01-01" };
const fault = (code: string, path: string, severity: Issue["severity"] = "block"): Issue => ({ severity, code, paths: [path], message: { zh: code, en: code } });

test("answers change without touching the old ones", () => {
  const before = { general: { name: "甲" } };
  const after = withAnswer(before, "general.name", "乙");
  assert.equal(before.general.name, "甲");
  assert.equal(after["general"]?.["name"], "乙");
  assert.equal(withAnswer(after, "general.name", "")["general"]?.["name"], undefined);
  assert.equal(withAnswer(after, "not a path", "x"), after);
  const rows = withAnswer(withRow(withRow({}, "general.jobs"), "general.jobs"), "general.jobs[1].year", 1990);
  assert.deepEqual(rows, { general: { jobs: [{}, { year: 1990 }] } });
  assert.deepEqual(withoutRow(rows, "general.jobs", 0), { general: { jobs: [{ year: 1990 }] } });
  assert.equal(withoutRow(withoutRow(rows, "general.jobs", 0), "general.jobs", 0)["general"]?.["jobs"], undefined);
  assert.deepEqual(placeOf("sub.awards[2].year"), { form: "sub", section: "awards", row: 2, key: "year" });
});

test("an exclusive code stands alone, a sub-option comes and goes with its parent", () => {
  const none = [option("a", "甲", "A"), option("b", "乙", "B"), option("none", "无", "None", { exclusive: true }), option("a1", "甲一", "A1", { parent: "a" })];
  assert.deepEqual(toggled(["none"], "a1", none), ["a", "a1"]);
  assert.deepEqual(toggled(["b", "a", "a1"], "a", none), ["b"]);
  assert.deepEqual(drawnOptions(none, []).map((each) => each.code), ["a", "b", "none"]);
  assert.deepEqual(drawnOptions(none, ["a"]).map((each) => each.code), ["a", "a1", "b", "none"]);
  assert.deepEqual(toggled(["a"], "b", none), ["a", "b"]);
  assert.deepEqual(toggled(["a", "b"], "none", none), ["none"]);
  assert.deepEqual(toggled(["none"], "a", none), ["a"]);
  assert.deepEqual(toggled(["a"], "a", none), []);
});

test("options that answers close say why, those of the categories too", () => {
  const general = small.forms[0]!;
  const closing = { ...small, forms: [{ ...general, sections: general.sections.map((each) => ({ ...each, items: each.items.map((one) => (one.key === "categories" ? { ...one, closed: [{ codes: ["x"], when: eq("general.married", true), message: { zh: "已婚", en: "Married" } }] } : one)) })) }, ...small.forms.slice(1)] };
  const at = (married: boolean): string | undefined => drawnForms(closing, { general: { married } }, context)[0]?.sections[0]?.rows[0]?.find((field) => field.item.key === "categories")?.closed.get("x")?.en;
  assert.deepEqual([at(true), at(false)], ["Married", undefined]);
});

test("conditions open items, categories open forms, rows have their own paths", () => {
  const drawn = drawnForms(small, { general: { married: true, categories: ["x"], jobs: [{ year: 1990 }] } }, context);
  assert.deepEqual(drawn.map((d) => d.form.key), ["general", "sub"]);
  assert.deepEqual(drawn[0]?.sections[0]?.rows[0]?.map((f) => [f.path, f.required]), [["general.name", true], ["general.married", false], ["general.spouse", true], ["general.categories", false]]);
  assert.deepEqual(drawn[0]?.sections[1]?.rows.map((r) => r.map((f) => f.path)), [["general.jobs[0].year", "general.jobs[0].place"]]);
  const closed = drawnForms(small, { general: { married: false } }, context);
  assert.deepEqual(closed.map((d) => d.form.key), ["general"]);
  assert.ok(!closed[0]?.sections[0]?.rows[0]?.some((f) => f.path === "general.spouse"));
  const jobs = closed[0]?.sections[1];
  assert.ok(jobs && isBlank(jobs));
});

test("what was saved is no longer unsaved, and typing back is none either", () => {
  let state = startState({ general: { name: "甲" } });
  assert.deepEqual(unsaved(small, state), []);
  state = reduceForm(state, { kind: "answer", path: "general.name", value: "乙" });
  assert.deepEqual(unsaved(small, state), ["general.name"]);
  assert.deepEqual(unsaved(small, reduceForm(state, { kind: "answer", path: "general.name", value: "甲" })), []);
  assert.deepEqual(unsaved(small, reduceForm(state, { kind: "saved", answers: state.answers })), []);
  const filled = reduceForm(state, { kind: "fill-missing", values: [["general.name", "丙"], ["general.spouse", "丁"]] });
  assert.deepEqual(filled.answers, { general: { name: "乙", spouse: "丁" } });
});

test("unanswered items are named once they were left or submission was asked for", () => {
  const missing = fault("required", "general.name");
  assert.ok(!isShown(missing, new Set(), false));
  assert.ok(isShown(missing, new Set(["general.name"]), false));
  assert.ok(isShown(missing, new Set(), true));
  assert.ok(isShown(fault("not-a-date", "general.name"), new Set(), false));
});

test("faults only the server sees stay, those mended here go", () => {
  const theirs = [fault("duplicate-person", "general.name"), fault("too-long", "general.name"), fault("required", "general.spouse")];
  assert.deepEqual(onlyTheirs(theirs, [fault("too-long", "general.name"), fault("required", "general.name")]).map((i) => i.code), ["duplicate-person"]);
});

test("faults stand in form order, the stopping ones first, and F8 goes round", () => {
  const list = [fault("n", "general.name", "note"), fault("c", "sub.note"), fault("b", "general.jobs[1].year"), fault("a", "general.jobs[0].place"), fault("e", "general.name", "explain")];
  assert.deepEqual(sorted(small, list).map((i) => i.code), ["a", "b", "c", "e", "n"]);
  assert.ok(rankOf(small, "general.jobs[0].place") < rankOf(small, "general.jobs[1].year"));
  assert.equal(nextFault(small, list, undefined), "general.name");
  assert.equal(nextFault(small, list, "general.name"), "general.jobs[0].place");
  assert.equal(nextFault(small, list, "sub.note"), "general.name");
  assert.equal(nextFault(small, [], "general.name"), undefined);
  assert.equal(byPath(list).get("general.name")?.length, 2);
});

test("submission waits for faults, then remarks, then the explanation", () => {
  const explain = fault("e", "general.name", "explain");
  assert.deepEqual(standstill([fault("a", "general.name")], [], "", false), { kind: "faults", count: 1, path: "general.name" });
  assert.deepEqual(standstill([explain], [{ path: "general.name" }, { path: "x", answer: "y" }], "", false), { kind: "remarks", count: 1, path: "general.name" });
  assert.deepEqual(standstill([explain], [], " ", false), { kind: "reason" });
  assert.deepEqual(standstill([], [], "", true), { kind: "reason" });
  assert.equal(standstill([explain], [], "因故", false), undefined);
  assert.deepEqual(stopping([fault("duplicate-person", "general.name")]), []);
});

test("typed text becomes a value, and what cannot be read stays to be named", () => {
  assert.equal(typedNumber("１,200.5"), 1200.5);
  assert.equal(typedNumber("12."), 12);
  assert.equal(typedNumber("12个"), "12个");
  assert.equal(typedNumber(" "), undefined);
  assert.equal(typedDate("1978.6.15", "date"), "1978-06-15");
  assert.equal(typedDate("19780615", "date"), "1978-06-15");
  assert.equal(typedDate("19786", "date"), "19786");
  assert.equal(typedDate("1978-02-30", "date"), "1978-02-30");
  assert.equal(typedDate("201810", "month"), "2018-10");
  assert.equal(typedValue(item("id", "id-number", "号", "ID", ["K"]), " 11010519491231002x "), "11010519491231002X");
  assert.equal(typedValue(item("t", "text", "文", "T", ["K"]), ""), undefined);
});

test("pictures are tried from large to small and never enlarged", () => {
  assert.deepEqual(within({ width: 4000, height: 3000 }, 2000), { width: 2000, height: 1500 });
  assert.deepEqual(within({ width: 100, height: 50 }, 2000), { width: 100, height: 50 });
  assert.deepEqual(within({ width: 5000, height: 1 }, 240), { width: 240, height: 1 });
  assert.deepEqual(attempts.map((a) => a.longest), attempts.map((a) => a.longest).toSorted((a, b) => b - a));
});

test("ids of fields hold nothing that a selector dislikes", () => {
  assert.equal(fieldId("retired_soldier.awards[0].year"), "item-retired_soldier-awards-0-year");
});
