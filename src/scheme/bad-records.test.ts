// Whatever is sent as a record is answered by issues, in bounded number, never by a throw; names keep their characters.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { disability } from "../../schemes/disability/scheme.ts";
import { lowIncome } from "../../schemes/low-income/scheme.ts";
import { veterans } from "../../schemes/veterans/scheme.ts";
import { matchName, NAME_MAX } from "../core/names.ts";
import { MAX_ISSUES } from "./check-structure.ts";
import { checker } from "./check.ts";
import { isRows, placesOf } from "./layout.ts";
import type { Scheme } from "./model.ts";
import { smallScheme } from "./small-scheme.ts";

const today = "2026-01-01";
const small = checker(smallScheme());
const of = (value: unknown) => small(value, { today });
const codes = (value: unknown): string[] => of(value).issues.map((issue) => issue.code);
const hostileKeys = ["__proto__", "constructor", "prototype", "toString", "hasOwnProperty", "valueOf", "", " ", "张三", "a".repeat(1000), "general", "0", "length"];
const hostile: fc.Arbitrary<unknown> = fc.oneof(
  { depthSize: "small" },
  fc.constantFrom<unknown>(null, undefined, true, 0, -0, NaN, Infinity, 1e308, -1, "", " ", "\u0000", "\ud800", "1", "𠮷", "2018-02-30", "__proto__", "x".repeat(3000), [], {}, [[]], [{}], [null], ["1"], ["1", "1"], [1], { 0: "a" }, new Date(0), 10n, Symbol.iterator, () => 1, new Map(), Object.create(null)),
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.array(fc.string({ maxLength: 3 }), { maxLength: 5 }),
  fc.anything({ withBigInt: true, withDate: true, withMap: true, withNullPrototype: true, withObjectString: true, withSet: true, withSparseArray: true, withTypedArray: true, maxDepth: 3 }),
);

/** Records whose keys are mostly the scheme's own, so that values reach the checks. */
const recordsOf = (scheme: Scheme): fc.Arbitrary<unknown> => {
  const group = (keys: readonly string[]): fc.Arbitrary<unknown> => fc.dictionary(fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...keys) }, { weight: 1, arbitrary: fc.constantFrom(...hostileKeys) }), hostile, { maxKeys: 12 });
  const forms = scheme.forms.map((form) => {
    const flat = form.sections.flatMap((section) => (section.repeats ? [] : section.items.map((item) => item.key)));
    const rows = form.sections.flatMap((section) => (section.repeats ? [section] : []));
    const own = group([...flat, "nothing_of_this_name"]);
    if (rows.length === 0) return [form.key, own] as const;
    const repeated = fc.record(Object.fromEntries(rows.map((section) => [section.key, fc.oneof(hostile, fc.array(fc.oneof(group(section.items.map((item) => item.key)), hostile), { maxLength: 4 }))])), { requiredKeys: [] });
    return [form.key, fc.tuple(own, repeated).map(([a, b]) => ({ ...(a as object), ...b }))] as const;
  });
  return fc.oneof({ weight: 8, arbitrary: fc.record(Object.fromEntries(forms.map(([key, form]) => [key, fc.oneof({ weight: 9, arbitrary: form }, { weight: 1, arbitrary: hostile })])), { requiredKeys: [] }) }, { weight: 1, arbitrary: hostile });
};

const isSound = (value: unknown): boolean => ["string", "number", "boolean"].includes(typeof value) || (Array.isArray(value) && value.every((code) => typeof code === "string"));

test("no record makes the check throw; the issues are bounded and what comes back holds values of the scheme alone", () => {
  for (const scheme of [smallScheme(), disability, lowIncome, veterans]) {
    const check = checker(scheme);
    const keys = new Set(placesOf(scheme).map((place) => place.path));
    fc.assert(
      fc.property(recordsOf(scheme), (record) => {
        const { answers, archived, issues } = check(record, { today });
        assert.ok(issues.length <= MAX_ISSUES + 1, String(issues.length));
        for (const issue of issues) assert.ok(issue.code.length < 100 && issue.message.zh.length < 3000 && issue.paths.every((path) => path.length < 200));
        for (const [form, group] of [...Object.entries(answers), ...Object.entries(archived)]) {
          for (const [key, answer] of Object.entries(group ?? {})) {
            if (answer === undefined) continue;
            if (isRows(answer)) for (const row of answer) for (const [item, value] of Object.entries(row)) assert.ok(value === undefined || (keys.has(`${form}.${key}[].${item}`) && isSound(value)), `${form}.${key}.${item}`);
            else if (keys.has(`${form}.${key}`)) assert.ok(isSound(answer), `${form}.${key}`);
            else assert.ok(keys.size > 0 && Array.isArray(answer) && answer.length === 0, `${form}.${key}`);
          }
        }
      }),
      { numRuns: 150 },
    );
  }
});

test("keys of object prototypes are unknown keys like any other, and change nothing", () => {
  const given: unknown = JSON.parse('{"general":{"__proto__":{"name":"x"},"constructor":{"prototype":{"polluted":1}},"name":"张三"},"__proto__":{"general":{}},"constructor":1}');
  const { answers, issues } = of(given);
  assert.deepEqual(Object.keys(answers["general"] ?? {}), ["name"]);
  assert.equal(Object.getPrototypeOf(answers["general"]), Object.prototype);
  assert.equal(({} as { polluted?: unknown }).polluted, undefined);
  assert.equal(issues.filter((issue) => issue.code === "unknown-item").length, 2);
});

test("ten megabytes of text are refused without being read through", () => {
  const { answers, issues } = of({ general: { remark: "长".repeat(5_000_000), name: "名".repeat(3_500_000), income: "9".repeat(1_000_000), insurance: ["x".repeat(1_000_000)] } });
  assert.equal(answers["general"]?.["remark"], undefined);
  assert.ok(issues.length < 30);
  assert.ok(JSON.stringify(issues).length < 20_000);
});

test("a hundred thousand rows are read no further than the form allows", () => {
  let reads = 0;
  const rows = new Proxy(Array.from({ length: 100_000 }, () => ({ kind: "1" })), {
    get(target, key, receiver) {
      if (typeof key === "string" && /^\d+$/u.test(key)) reads += 1;
      return Reflect.get(target, key, receiver) as unknown;
    },
  });
  const { answers, issues } = of({ soldier: { awards: rows }, general: { categories: ["retired_soldier"] } });
  assert.ok(reads <= 10, String(reads));
  assert.equal((answers["soldier"]?.["awards"] as readonly unknown[] | undefined)?.length, 3);
  assert.ok(issues.some((issue) => issue.code === "too-many-rows"));
});

test("a hundred thousand keys, codes or levels of nesting are answered by few issues", () => {
  const keys = Object.fromEntries(Array.from({ length: 100_000 }, (_, i) => [`k${i}`, i]));
  for (const given of [keys, { general: keys }, { soldier: { awards: [keys, keys] } }]) assert.ok(codes(given).length <= MAX_ISSUES + 1);
  assert.ok(codes({ general: { insurance: Array.from({ length: 100_000 }, () => "1") } }).includes("wrong-type"));
  assert.ok(codes({ general: { insurance: Array.from({ length: 200 }, (_, i) => `x${i}`) } }).filter((code) => code === "not-an-option").length === 1);
  const deep: unknown = JSON.parse(`${"[".repeat(100_000)}${"]".repeat(100_000)}`);
  for (const given of [deep, { general: deep }, { general: { name: deep, insurance: deep } }, { soldier: { awards: deep } }]) assert.ok(codes(given).length < 50);
});

test("names keep every character of GB 18030, up to fifty, and only their match keys are folded", () => {
  const names = [
    "买买提·吐尔逊江·阿卜杜热合曼", "\u9fb4\u9fbb", "\u9fa6\u9fef\u9fff", "\u4db6\u4dbf", "㐀㐁", "\u{20000}\u{2a6dd}", "\u{2a700}\u{2b739}", "\u{2b740}\u{2b81d}", "\u{2b820}\u{2cea1}", "\u{2ceb0}\u{2ebe0}", "\u{2ebf0}\u{2ee5d}",
    "\u{30000}\u{3134a}", "\u{31350}\u{323af}", "\ufa0e\ufa29", "〇々", "𠮷".repeat(NAME_MAX), `${"张".repeat(24)}·${"三".repeat(25)}`,
  ];
  for (const name of names) {
    const { answers, issues } = of({ general: { name } });
    assert.deepEqual(issues.filter((issue) => issue.paths.includes("general.name")), [], name);
    assert.equal(Buffer.from(String(answers["general"]?.["name"])).toString("hex"), Buffer.from(name).toString("hex"));
    assert.equal(matchName(name), name.replaceAll("·", ""));
  }
  assert.ok(of({ general: { name: "𠮷".repeat(NAME_MAX + 1) } }).issues.some((issue) => issue.paths.includes("general.name")));
});
