// Differences by item, and the sealed part of answers.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { changedPaths, differences, sealJoin, sealSplit } from "./differences.ts";
import type { Answers } from "./model.ts";
import { smallScheme } from "./small-scheme.ts";

const scheme = smallScheme();
const base: Answers = { general: { name: "陈一", insurance: ["1", "2"], income: 5 }, soldier: { awards: [{ kind: "3", year: 1998 }, { kind: "1", year: 2000 }] } };

const record: fc.Arbitrary<Answers> = fc.record({
  general: fc.record({ name: fc.string({ minLength: 1 }), income: fc.integer(), insurance: fc.uniqueArray(fc.constantFrom("1", "2", "4"), { minLength: 1 }), agent: fc.boolean(), mobile: fc.string({ minLength: 1 }) }, { requiredKeys: [], noNullPrototype: true }),
  soldier: fc.record({ enlist_date: fc.constant("2000-01-01"), awards: fc.array(fc.record({ kind: fc.string({ minLength: 1 }), year: fc.integer() }, { requiredKeys: ["kind"], noNullPrototype: true }), { minLength: 1, maxLength: 3 }) }, { requiredKeys: [], noNullPrototype: true }),
}, { noNullPrototype: true });

test("changed items are named in the scheme's order; order of codes and empty answers do not matter", () => {
  const after: Answers = { general: { name: "陈二", insurance: ["2", "1"], remark: "" }, soldier: { awards: [{ kind: "3", year: 1999 }] } };
  assert.deepEqual(changedPaths(scheme, base, after), ["general.name", "general.income", "soldier.awards[0].year", "soldier.awards[1].kind", "soldier.awards[1].year"]);
  assert.deepEqual(differences(scheme, base, after)[1], { path: "general.income", before: 5, after: undefined });
});

test("a record does not differ from itself, and differences are the same seen from either side", () => {
  fc.assert(fc.property(record, (a) => changedPaths(scheme, a, structuredClone(a)).length === 0));
  fc.assert(fc.property(record, record, (a, b) => { assert.deepEqual(changedPaths(scheme, a, b), changedPaths(scheme, b, a)); }));
});

test("sealed items leave nothing in the plain part, and both parts make the whole again", () => {
  const { plain, sealed } = sealSplit(scheme, { ...base, general: { ...base.general, mobile: "13812341234" } });
  assert.deepEqual(Object.keys(sealed.general ?? {}).sort(), ["income", "mobile", "name"]);
  assert.ok(!JSON.stringify(plain).includes("陈一") && !JSON.stringify(plain).includes("138"));
  fc.assert(fc.property(record, (a) => {
    const parts = sealSplit(scheme, a);
    assert.deepEqual(sealJoin(parts.plain, parts.sealed), a);
  }));
});

test("rows with sealed and plain items are split in place", () => {
  const mixed = { ...scheme, forms: scheme.forms.map((form) => ({ ...form, sections: form.sections.map((s) => (s.repeats ? { ...s, items: s.items.map((i) => (i.key === "kind" ? { ...i, sensitivity: "health" as const } : i)) } : s)) })) };
  const { plain, sealed } = sealSplit(mixed, base);
  assert.deepEqual(plain.soldier?.["awards"], [{ year: 1998 }, { year: 2000 }]);
  assert.deepEqual(sealed.soldier?.["awards"], [{ kind: "3" }, { kind: "1" }]);
  assert.deepEqual(sealJoin(plain, sealed), base);
});
