// Expressions follow SQL's three-valued logic; missing operands make the result unknown.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { compile, evaluate, referencesOf } from "./evaluate.ts";
import type { Expression } from "./expression.ts";
import type { Answers } from "./model.ts";

const context = { today: "2018-11-20", referenceDate: "2018-10-01" };
const answers: Answers = {
  general: { name: "陈大明", birth: "1978-06-15", income: 0.1, more: 0.2, codes: ["1", "4"], yes: true, empty: "", none: [], id: "350524197806150017" },
  soldier: { awards: [{ year: 1998, kind: "3" }, { year: 2001 }] },
};
const of = (e: Expression): unknown => evaluate(e, answers, context);
const ref = (path: string): Expression => ["ref", path];
const c = (constant: string | number | boolean): Expression => ["const", constant];
const NULL: Expression = ref("general.nothing");

test("missing, empty text and empty lists are unknown", () => {
  for (const path of ["general.nothing", "general.empty", "general.none", "nowhere.at", "general.constructor", "soldier.awards", ".year"]) assert.equal(of(ref(path)), null, path);
  assert.equal(of(["is-missing", NULL]), true);
  assert.equal(of(["is-answered", NULL]), false);
  assert.equal(of(["is-answered", ref("general.yes")]), true);
});

test("comparisons with something missing, or of different types, are unknown", () => {
  for (const operator of ["=", "!=", "<", "<=", ">", ">="] as const) {
    assert.equal(of([operator, NULL, c(1)]), null);
    assert.equal(of([operator, c(1), NULL]), null);
    assert.equal(of([operator, c(1), c("1")]), null);
  }
  assert.equal(of(["=", ref("general.codes"), ["list", ["4", "1"]]]), true);
  assert.equal(of(["<", c("2018-09-30"), ["reference-date"]]), true);
});

test("texts are ordered by code point, as databases order them", () => {
  assert.equal(of(["<", c("\ue000"), c("𠮷")]), true);
  assert.equal(of([">", c("𠮷"), c("\uffe5")]), true);
  assert.equal(of(["<", c("2018-09-30"), c("2018-10-01")]), true);
  assert.equal(of(["<", c("2018"), c("2018-10")]), true);
  assert.equal(of(["<=", c("a"), c("a")]), true);
});

const truth = fc.constantFrom<boolean | null>(true, false, null);
const as = (value: boolean | null): Expression => (value === null ? NULL : c(value));

test("and, or and not follow Kleene and De Morgan", () => {
  fc.assert(fc.property(fc.array(truth, { minLength: 1, maxLength: 5 }), (values) => {
    const and = values.includes(false) ? false : values.includes(null) ? null : true;
    const or = values.includes(true) ? true : values.includes(null) ? null : false;
    assert.equal(of(["and", ...values.map(as)]), and);
    assert.equal(of(["or", ...values.map(as)]), or);
    assert.equal(of(["not", ["and", ...values.map(as)]]), of(["or", ...values.map((v): Expression => ["not", as(v)])]));
  }));
});

test("if takes the other branch when its condition is unknown, as SQL's CASE does", () => {
  assert.equal(of(["if", NULL, c("a"), c("b")]), "b");
  assert.equal(of(["if", c(true), c("a"), c("b")]), "a");
});

test("numbers add up as money does, and division by zero is unknown", () => {
  assert.equal(of(["+", ref("general.income"), ref("general.more")]), 0.3);
  assert.equal(of(["/", c(1), c(0)]), null);
  assert.equal(of(["*", c(2), NULL]), null);
  assert.equal(of(["+", c(1e303), c(1)]), null, "too large to be kept to six decimals");
  assert.equal(of(["-", c(5), c(7)]), -2);
});

test("dates, texts, codes and identity numbers are read", () => {
  assert.equal(of(["years", ref("general.birth"), ["today"]]), 40);
  assert.equal(of(["months", ref("general.birth"), c("1978-07-14")]), 0);
  assert.equal(of(["days", ["reference-date"], ["today"]]), 50);
  assert.equal(of(["years", c("no date"), ["today"]]), null);
  assert.equal(of(["add-years", c("2000-02-29"), 18]), "2018-02-28");
  assert.equal(of(["slice", c("𠮷田一"), 1, 2]), "𠮷田");
  assert.equal(of(["length", c("𠮷田")]), 2);
  assert.equal(of(["matches", ref("general.name"), "^陈"]), true);
  assert.equal(of(["in", c("1"), ["1", "2"]]), true);
  assert.equal(of(["in", NULL, ["1"]]), null);
  assert.equal(of(["has", ref("general.codes"), ["4"]]), true);
  assert.equal(of(["has", ref("general.none"), ["4"]]), null);
  assert.equal(of(["id-birth", ref("general.id")]), "1978-06-15");
  assert.equal(of(["id-sex", ref("general.id")]), "1");
  assert.equal(of(["id-valid", c("350524197806150018")]), false);
  assert.equal(of(["id-birth", c("350524197806150018")]), null);
});

test("rows of a repeating section are counted and quantified", () => {
  assert.equal(of(["count", "soldier.awards"]), 2);
  assert.equal(of(["count", "soldier.nothing"]), 0);
  assert.equal(of(["any", "soldier.awards", [">", ref(".year"), c(2000)]]), true);
  assert.equal(of(["all", "soldier.awards", [">", ref(".year"), c(2000)]]), false);
  assert.equal(of(["all", "soldier.awards", ["=", ref(".kind"), c("3")]]), null);
  assert.equal(of(["any", "soldier.nothing", c(true)]), false);
  assert.equal(of(["all", "soldier.nothing", c(false)]), true);
  assert.equal(evaluate(ref(".year"), answers, { ...context, row: { year: 7 } }), 7);
});

test("an expression is compiled once, and says what it reads", () => {
  const e: Expression = ["and", ["=", ref("general.a"), c("ref")], ["any", "soldier.awards", ["=", ref(".year"), ref("general.b")]], ["in", ref("general.a"), ["ref", "x"]]];
  assert.equal(compile(e), compile(e));
  assert.deepEqual(referencesOf(e), ["general.a", "soldier.awards", ".year", "general.b"]);
});
