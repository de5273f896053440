// Conditions that can never hold are found; conditions that can hold are never refused.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { all, and, any, answered, countIf, eq, ge, gt, has, isIn, le, lt, missing, ne, not, or, ref, sum, today, value, years } from "./define.ts";
import { settler } from "./derive.ts";
import { holds } from "./evaluate.ts";
import type { Expression } from "./expression.ts";
import type { Answers } from "./model.ts";
import { neverHolds } from "./satisfiable.ts";
import { smallScheme } from "./small-scheme.ts";

const scheme = smallScheme();
const awards = scheme.forms[1]?.sections[1];
const why = (e: Expression, section = false): string | undefined => neverHolds(e, { scheme, section: section ? awards : undefined })?.zh;
const born = "general.birth_date";

test("contradictions on one item are found, however deep they lie", () => {
  const never: readonly Expression[] = [
    and(eq("general.sex", value("1")), eq("general.sex", value("2"))),
    and(isIn("general.sex", ["1"]), not(isIn("general.sex", ["1", "2"]))),
    and(ne("general.sex", value("1")), ne("general.sex", value("2"))),
    and(missing("general.sex"), eq("general.sex", value("1"))),
    and(missing("general.name"), answered("general.name")),
    and(missing(born), gt(years(born, today), 3)),
    and(eq("general.agent", true), not(ref("general.agent"))),
    and(has("general.insurance", "1"), not(has("general.insurance", "1", "2"))),
    and(gt("general.rooms", 5), lt("general.rooms", 6)),
    and(gt("general.rooms", 5), le("general.rooms", 5)),
    and(eq("general.income", 5), ne("general.income", 5)),
    gt("general.rooms", 99),
    lt("general.income", 0),
    eq("general.rooms", 2.5),
    lt(["count", "soldier.awards"], 0),
    gt(["count", "soldier.awards"], 3),
    lt(countIf("soldier.awards", eq(".kind", value("1"))), 0),
    gt(["length", ref("general.name")], 50),
    ["is-missing", ["count", "soldier.awards"]],
    and(lt(born, value("1950-01-01")), gt(born, value("1960-01-01"))),
    and(lt("soldier.enlist_date", born), lt("soldier.leave_date", "soldier.enlist_date"), lt(born, "soldier.leave_date")),
    and(lt("soldier.enlist_date", ["add-years", ref(born), 14]), ge("soldier.enlist_date", ["add-years", ref(born), 17])),
    or(and(eq("general.sex", value("1")), eq("general.sex", value("2"))), gt("general.rooms", 100)),
    and(or(eq("general.sex", value("1")), eq("general.sex", value("2"))), missing("general.sex")),
    any("soldier.awards", and(eq(".kind", value("1")), missing(".kind"))),
    not(all("soldier.awards", or(gt(".year", 1900), missing(".year")))),
    ["in", ["slice", ref("general.id_number"), 1, 2], ["350"]],
    and(["matches", ref("general.sex"), "^1"], eq("general.sex", value("2"))),
    value(false),
    eq(value(1), value(2)),
    lt(born, born),
    ["if", eq("general.agent", true), eq("general.agent", false), value(false)],
  ];
  for (const e of never) assert.notEqual(why(e), undefined, JSON.stringify(e));
  assert.equal(why(and(gt("general.rooms", 5), lt("general.rooms", 6))), "“房间数”没有能满足全部条件的值");
  assert.equal(why(and(eq("general.sex", value("1")), eq("general.sex", value("2")))), "“性别”没有能满足全部条件的选项");
  assert.equal(why(and(missing("general.sex"), eq("general.sex", value("1")))), "“性别”不能既未填写又有内容");
});

test("an answered item is a shown one: a rule that needs it hidden can never hold", () => {
  assert.notEqual(why(and(answered("general.agent_name"), eq("general.agent", false))), undefined);
  assert.notEqual(why(and(answered("soldier.enlist_date"), not(has("general.categories", "retired_soldier")))), undefined);
  assert.notEqual(why(any("soldier.awards", and(answered(".other"), eq(".kind", value("1"))))), undefined);
  assert.equal(why(and(missing("general.agent_name"), eq("general.agent", false))), undefined);
});

test("rows are different rows, and what can hold is let through", () => {
  const possible: readonly Expression[] = [
    and(any("soldier.awards", eq(".kind", value("1"))), any("soldier.awards", eq(".kind", value("3")))),
    and(has("general.insurance", "1"), has("general.insurance", "2"), not(has("general.insurance", "4"))),
    and(gt("general.income", 5), lt("general.income", 6)),
    and(missing("general.name"), missing("general.sex")),
    not(and(eq("general.sex", value("1")), eq("general.sex", value("2")))),
    all("soldier.awards", value(false)),
    eq(["count", "soldier.awards"], 3),
    lt(born, ["add-years", ref(born), 1]),
    gt(sum("soldier.awards", ".year"), 5000),
    ["is-missing", ["add-years", ref(born), 1]],
    lt(["years", ref("soldier.leave_date"), ref("soldier.enlist_date")], 0),
  ];
  for (const e of possible) assert.equal(why(e), undefined, JSON.stringify(e));
});

const CODES = ["1", "2"] as const;
const DATES = ["1950-01-01", "1970-06-15", "1990-12-31"] as const;
const leaf: fc.Arbitrary<Expression> = fc.oneof(
  fc.constantFrom<Expression>(missing("general.sex"), answered("general.sex"), missing("general.agent_name"), answered("general.agent_name"), eq("general.agent", true), ref("general.agent"), missing(born)),
  fc.tuple(fc.constantFrom("=", "!="), fc.constantFrom(...CODES)).map(([op, code]): Expression => [op as "=", ref("general.sex"), value(code)]),
  fc.subarray([...CODES], { minLength: 1 }).map((codes): Expression => isIn("general.sex", codes)),
  fc.subarray(["1", "2", "4"], { minLength: 1 }).map((codes): Expression => has("general.insurance", ...codes)),
  fc.tuple(fc.constantFrom("=", "!=", "<", "<=", ">", ">="), fc.integer({ min: -1, max: 4 })).map(([op, n]): Expression => [op as "<", ref("general.rooms"), value(n)]),
  fc.tuple(fc.constantFrom("=", "!=", "<", "<=", ">", ">="), fc.integer({ min: -1, max: 3 })).map(([op, n]): Expression => [op as "<", ["count", "soldier.awards"], value(n)]),
  fc.tuple(fc.constantFrom("=", "!=", "<", "<=", ">", ">="), fc.constantFrom<Expression>(ref(born), ref("soldier.enlist_date"), ["add-years", ref(born), 20], value("1970-06-15")), fc.constantFrom<Expression>(ref(born), ref("soldier.enlist_date"), value("1950-01-01"), value("1980-01-01"))).map(([op, a, b]): Expression => [op as "<", a, b]),
  fc.constantFrom("1", "3", "9").map((code): Expression => any("soldier.awards", and(eq(".kind", value(code)), missing(".other")))),
  fc.constantFrom("1", "9").map((code): Expression => any("soldier.awards", and(eq(".kind", value(code)), answered(".other")))),
);
const { tree } = fc.letrec<{ tree: Expression }>((tie) => ({
  tree: fc.oneof({ maxDepth: 3 }, leaf, tie("tree").map(not), fc.tuple(tie("tree"), tie("tree")).map(([a, b]) => and(a, b)), fc.tuple(tie("tree"), tie("tree"), tie("tree")).map((parts) => and(...parts)), fc.tuple(tie("tree"), tie("tree")).map(([a, b]) => or(a, b)), fc.tuple(tie("tree"), tie("tree"), tie("tree")).map(([a, b, c]): Expression => ["if", a, b, c])),
}));
const maybe = <T>(of: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(of, { nil: undefined });
const row = fc.record({ kind: maybe(fc.constantFrom("1", "3", "9")), year: fc.constant(1980), other: maybe(fc.constant("某")) });
const answers: fc.Arbitrary<Answers> = fc.record({
  general: fc.record({ sex: maybe(fc.constantFrom(...CODES)), agent: maybe(fc.boolean()), agent_name: maybe(fc.constant("张三")), rooms: maybe(fc.integer({ min: 0, max: 4 })), birth_date: maybe(fc.constantFrom(...DATES)), insurance: maybe(fc.subarray(["1", "2", "4"], { minLength: 1 })), categories: maybe(fc.constantFrom(["retired_soldier"], ["serving_family"])) }),
  soldier: fc.record({ enlist_date: maybe(fc.constantFrom(...DATES)), awards: maybe(fc.array(row, { maxLength: 3 })) }),
}) as fc.Arbitrary<Answers>;

test("what is said never to hold holds for no settled record", () => {
  const settle = settler(scheme);
  const context = { today: "2026-01-01", referenceDate: "2018-10-01" };
  let refused = 0;
  fc.assert(
    fc.property(tree, fc.array(answers, { minLength: 8, maxLength: 8 }), (e, records) => {
      if (neverHolds(e, { scheme }) === undefined) return;
      refused += 1;
      for (const record of records) assert.equal(holds(e, settle(record, context).answers, context), false, JSON.stringify(e));
    }),
    { numRuns: 2000 },
  );
  assert.ok(refused > 50, String(refused));
});
