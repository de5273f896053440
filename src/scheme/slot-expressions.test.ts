// Drafts are read by shorter ways than answers: both must say the same of every expression in the schemes.
import assert from "node:assert/strict";
import { test } from "node:test";
import { soundPersons } from "../../schemes/disability/sample-records.ts";
import { disability } from "../../schemes/disability/scheme.ts";
import { samples } from "../../schemes/low-income/sample-households.ts";
import { lowIncome } from "../../schemes/low-income/scheme.ts";
import { soundRecords } from "../../schemes/veterans/sample-others.ts";
import { soundRecord } from "../../schemes/veterans/sample-records.ts";
import { veterans } from "../../schemes/veterans/scheme.ts";
import { damagedRecords } from "../../test/damaged-records.ts";
import { checker } from "./check.ts";
import { draftOf, slotsOf } from "./draft.ts";
import { evaluate, referencesOf } from "./evaluate.ts";
import type { Expression } from "./expression.ts";
import type { Answers, Scheme } from "./model.ts";
import { draftCompiler } from "./slot-expressions.ts";

const context = { today: "2018-11-20", referenceDate: "2018-10-01" };
const isExpression = (part: unknown): part is Expression => Array.isArray(part) && typeof part[0] === "string";

/** The expression and all its parts that are no question about one row. */
const partsOf = (e: Expression): Expression[] => {
  const parts = e[0] === "const" || e[0] === "list" || e[0] === "in" || e[0] === "has" ? [] : e.slice(1).filter(isExpression).flatMap(partsOf);
  return [e, ...parts].filter((part) => referencesOf(part).every((path) => !path.startsWith(".")) || part[0] === "any");
};

const expressionsOf = (scheme: Scheme): Expression[] => [
  ...scheme.checks.map((check) => check.when),
  ...scheme.forms.flatMap((form) =>
    form.sections.flatMap((section) => [section.shownIf, ...(section.repeats ? [] : section.items.flatMap((item) => [item.shownIf, item.required === true ? undefined : item.required, item.forced, item.computed]))].filter((e) => e !== undefined)),
  ),
];

const agree = (scheme: Scheme, sound: readonly Answers[]): void => {
  const slots = slotsOf(scheme);
  const compilers = [draftCompiler(slots, { settled: false }), draftCompiler(slots, { settled: true })];
  const parts = expressionsOf(scheme).flatMap(partsOf).filter((e) => e[0] !== "list");
  const check = checker(scheme);
  let [held, denied] = [0, 0];
  for (const record of damagedRecords(scheme, sound, 30, 9)) {
    const { answers } = check(record, context);
    const draft = draftOf(slots, answers);
    for (const e of parts) {
      const expected = evaluate(e, answers, context);
      if (expected === true) held += 1;
      if (expected === false) denied += 1;
      for (const compiler of compilers) {
        assert.deepEqual(compiler.evaluator(e)(draft, context), expected, JSON.stringify(e));
        assert.equal(compiler.condition(e)(draft, context), expected === true, JSON.stringify(e));
        assert.equal(compiler.denial(e)(draft, context), expected === false, JSON.stringify(e));
      }
    }
  }
  assert.ok(held > 1000 && denied > 1000, `the sample is worth something: ${held} held, ${denied} did not`);
};

test("veterans: drafts say of every expression what answers say", () => agree(veterans, [soundRecord, ...Object.values(soundRecords)]));
test("disabled persons: drafts say of every expression what answers say", () => agree(disability, Object.values(soundPersons)));
test("households: drafts say of every expression what answers say", () => agree(lowIncome, Object.values(samples)));

test("an expression reads what is no item as missing", () => {
  const compiler = draftCompiler(slotsOf(veterans), { settled: true });
  const draft = draftOf(slotsOf(veterans), soundRecord);
  for (const path of ["general.nothing", "nowhere.name", "retired_soldier.awards", "name"]) assert.equal(compiler.evaluator(["ref", path])(draft, context), null);
  assert.equal(compiler.evaluator(["count", "retired_soldier.nothing"])(draft, context), 0);
});

test("what was given is neither changed nor handed on as it is", () => {
  const before = structuredClone(soundRecord);
  const { answers } = checker(veterans)(soundRecord, context);
  assert.deepEqual(soundRecord, before);
  for (const form of Object.keys(answers)) assert.notEqual(answers[form], soundRecord[form]);
});
