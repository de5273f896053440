// The one check: shape, kinds, conditions, categories, unit designations, rules (fictional people).
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { checker, type Checked } from "./check.ts";
import type { Answers, FormAnswers } from "./model.ts";
import { smallScheme } from "./small-scheme.ts";

const scheme = smallScheme();
const run = (answers: unknown, today = "2018-11-20"): Checked => checker(scheme)(answers, { today });
const GENERAL: FormAnswers = { name: "陈大明", id_number: "350524197806150017", birth_date: "1978-06-15", mobile: "13812341234", domicile: "350524100001", categories: ["retired_soldier"], agent: false, income: 12000.5, insurance: ["1"] };
const SOLDIER: FormAnswers = { enlist_date: "1996-12-01", leave_date: "2000-12-01", unit_code: "37001部队", awards: [{ kind: "3", year: 1998 }] };
const GOOD: Answers = { general: GENERAL, soldier: SOLDIER };
const codesOf = (checked: Checked): string[] => checked.issues.map((i) => `${i.code} ${i.paths.join(",")}`);
const general = (more: { [key: string]: unknown }): unknown => ({ general: { ...GENERAL, ...more }, soldier: SOLDIER });
const soldier = (more: { [key: string]: unknown }): unknown => ({ general: GENERAL, soldier: { ...SOLDIER, ...more } });

test("a clean record has no issue, and held and computed values are filled", () => {
  const checked = run(GOOD);
  assert.deepEqual(codesOf(checked), []);
  assert.equal(checked.answers.general?.["sex"], "1");
  assert.equal(checked.answers.general?.["age"], 40);
  assert.equal(checked.answers.soldier?.["service_years"], 4);
  assert.deepEqual(checked.archived, {});
});

test("checking settled answers again changes nothing", () => {
  const once = run(GOOD);
  assert.deepEqual(run(once.answers), once);
});

test("identity numbers are stored normalised and fifteen digits converted with a note", () => {
  assert.equal(run(general({ id_number: " 350524 19780615 0017" })).answers.general?.["id_number"], "350524197806150017");
  const converted = run(general({ id_number: "350524780615001" }));
  assert.equal(converted.answers.general?.["id_number"], "350524197806150017");
  assert.deepEqual(codesOf(converted), ["id-converted general.id_number"]);
});

test("each kind names its own fault", () => {
  const cases: readonly (readonly [unknown, string])[] = [
    [general({ name: "" }), "required general.name"],
    [general({ name: "陈 大明" }), "name-space general.name"],
    [general({ id_number: "350524197806150018" }), "id-check-digit general.id_number"],
    [general({ id_number: "B0001" }), "id-pseudo general.id_number"],
    [general({ birth_date: "1978-02-30" }), "not-a-date general.birth_date"],
    [general({ birth_date: "1978-06-16" }), "birth-from-id general.birth_date,general.id_number"],
    [general({ mobile: "12345" }), "not-a-phone general.mobile"],
    [general({ domicile: "350524" }), "not-an-area general.domicile"],
    [general({ income: -1 }), "below-minimum general.income"],
    [general({ income: 1.234 }), "money-decimals general.income"],
    [general({ income: "100" }), "wrong-type general.income"],
    [general({ rooms: 1.5 }), "not-an-integer general.rooms"],
    [general({ rooms: 100 }), "above-maximum general.rooms"],
    [general({ insurance: ["1", "4"] }), "exclusive-option general.insurance"],
    [general({ insurance: ["7"] }), "not-an-option general.insurance"],
    [general({ insurance: ["1", "1"] }), "repeated-option general.insurance"],
    [general({ insurance: ["5"] }), "withdrawn-option general.insurance"],
    [general({ agent: true }), "required general.agent_name"],
    [general({ remark: "长".repeat(501) }), "too-long general.remark"],
    [general({ remark: "a\u0000b" }), "control-characters general.remark"],
    [general({ nonsense: 1 }), "unknown-item general.nonsense"],
    [general({ photo: "<script>" }), "wrong-type general.photo"],
    [soldier({ awards: [{ kind: "9", year: 1998 }] }), "required soldier.awards[0].other"],
    [soldier({ awards: [{ kind: "3", year: 1998 }, { kind: "1", year: 1940 }] }), "award-before-enlist soldier.awards[1].year"],
    [soldier({ awards: "no" }), "wrong-type soldier.awards"],
    [soldier({ unit_code: "某师某团" }), "unit-designation soldier.unit_code"],
    [soldier({ leave_date: "1990-01-01" }), "leave-after-enlist soldier.leave_date"],
    [{ general: GENERAL }, "sub-form-missing soldier"],
    [{ ...GOOD, other: {} }, "unknown-form other"],
  ];
  for (const [answers, expected] of cases) assert.deepEqual(codesOf(run(answers)), [expected]);
});

test("every message is worded in both languages and repeats nothing that was typed", () => {
  const checked = run(general({ remark: "我在115师344团3连", mobile: "13x" }));
  assert.deepEqual(codesOf(checked), ["unit-designation general.remark", "not-a-phone general.mobile"]);
  assert.match(checked.issues[0]?.message.zh ?? "", /备注.*第3至12个字/u);
  assert.ok(!JSON.stringify(checked).includes("115师"), "the refused text is gone from everything handed on");
  assert.deepEqual(codesOf(run(general({ remark: "在三连当兵" }))), ["unit-designation-doubt general.remark"]);
});

test("refused text in a hidden place is not archived either", () => {
  const checked = run({ general: { ...GENERAL, categories: ["martyr_family"] }, soldier: { ...SOLDIER, unit_code: "第31集团军" } });
  assert.ok(!JSON.stringify(checked).includes("31集团军"));
});

test("what is hidden is put aside, not checked and not lost", () => {
  const checked = run({ general: { ...GENERAL, categories: ["martyr_family"], agent_name: "李一" }, soldier: { ...SOLDIER, leave_date: "1990-01-01" } });
  assert.deepEqual(codesOf(checked), []);
  assert.equal(checked.answers.soldier, undefined);
  assert.equal(checked.archived.general?.["agent_name"], "李一");
  assert.equal(checked.archived.soldier?.["leave_date"], "1990-01-01");
  const row = run(soldier({ awards: [{ kind: "3", year: 1998, other: "旧" }] }));
  assert.deepEqual(row.answers.soldier?.["awards"], [{ kind: "3", year: 1998 }]);
  assert.deepEqual(row.archived.soldier?.["awards"], [{ other: "旧" }]);
});

test("illegal combinations of categories are refused", () => {
  assert.ok(codesOf(run({ general: { ...GENERAL, categories: ["disabled_soldier"] } })).includes("category-combination general.categories"));
  assert.ok(codesOf(run({ general: { ...GENERAL, categories: [] } })).includes("required general.categories"));
});

test("rows beyond the limit are refused, absurd numbers of them cheaply", () => {
  const rows = Array.from({ length: 100_000 }, () => ({ kind: "3", year: 1998 }));
  const checked = run(soldier({ awards: rows }));
  assert.deepEqual(codesOf(checked), ["too-many-rows soldier.awards"]);
  assert.equal(checked.answers.soldier?.["awards"] instanceof Array && checked.answers.soldier["awards"].length, 3);
});

test("prototype keys are unknown items and change nothing", () => {
  const evil: unknown = JSON.parse('{"__proto__":{"x":1},"constructor":{},"general":{"__proto__":{"name":"x"},"constructor":"y","toString":1}}');
  const checked = run(evil);
  assert.ok(checked.issues.some((i) => i.code === "unknown-form"));
  assert.equal(({} as { x?: number }).x, undefined);
  assert.equal(Object.getPrototypeOf(checked.answers.general ?? {}), Object.prototype);
  assert.equal(checked.answers.general?.["name"], undefined);
});

test("whatever is sent, the check answers and never throws", () => {
  const keys = fc.constantFrom("general", "soldier", "awards", "name", "id_number", "income", "insurance", "kind", "year", "remark", "__proto__", "agent", "categories");
  const anything = fc.letrec((tie) => ({
    value: fc.oneof({ maxDepth: 5 }, fc.anything(), fc.string({ unit: "binary" }), fc.array(tie("value"), { maxLength: 4 }), fc.dictionary(keys, tie("value"), { maxKeys: 6 })),
  })).value;
  fc.assert(fc.property(anything, (sent) => {
    const checked = run(sent);
    return Array.isArray(checked.issues) && checked.issues.every((i) => i.message.zh !== "" && i.message.en !== "" && i.paths.length > 0);
  }), { numRuns: 400 });
  for (const sent of [undefined, null, 1, "x", [], { general: [] }, { general: { awards: [] } }]) assert.ok(Array.isArray(run(sent).issues));
});
