// Canonical JSON: one spelling for equal data (RFC 8785), and no other spelling is read.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { canonicalJson, readCanonicalJson } from "./json.ts";

test("keys stand in the order of their UTF-16 code units, also those that look like numbers", () => {
  assert.equal(canonicalJson({ b: 1, a: [2, { d: null, c: true }], "10": 0, "9": 0, "2": 0 }), '{"10":0,"2":0,"9":0,"a":[2,{"c":true,"d":null}],"b":1}');
  // The example of RFC 8785, 3.2.3.
  const rfc = { "€": "Euro Sign", "\r": "Carriage Return", "\ufb33": "Hebrew Letter Dalet With Dagesh", "1": "One", "😀": "Emoji: Grinning Face", "\u0080": "Control", "ö": "Latin Small Letter O With Diaeresis" };
  assert.deepEqual([...canonicalJson(rfc).matchAll(/:"([^"]*)"/gu)].map((match) => match[1]), ["Carriage Return", "One", "Control", "Latin Small Letter O With Diaeresis", "Euro Sign", "Emoji: Grinning Face", "Hebrew Letter Dalet With Dagesh"]);
  assert.equal(canonicalJson([333333333.33333329, 1e30, 4.5, 2e-3, 1e-27, -0]), "[333333333.3333333,1e+30,4.5,0.002,1e-27,0]");
});

test("what JSON cannot hold exactly is refused; undefined members are left out", () => {
  assert.equal(canonicalJson({ b: undefined, a: [undefined, 1], at: new Date(0) }), '{"a":[null,1],"at":"1970-01-01T00:00:00.000Z"}');
  for (const value of [Number.NaN, Number.POSITIVE_INFINITY, 1n, () => 1, Symbol("a")]) assert.throws(() => canonicalJson({ value: [value] }), TypeError);
  assert.throws(() => canonicalJson(undefined), TypeError);
});

test("what is written is read again, and nothing that is spelt otherwise", () => {
  fc.assert(
    fc.property(fc.jsonValue({ stringUnit: "grapheme" }), (value) => {
      const text = canonicalJson(value);
      if (/"__proto__":/u.test(text)) return;
      assert.deepEqual(readCanonicalJson(text), JSON.parse(text));
      assert.equal(readCanonicalJson(` ${text}`), undefined);
    }),
    { seed: 3 },
  );
  for (const text of ['{"a":1,"a":1}', '{"b":1,"a":1}', "1.0", "1e1", "1e999", '{"a":[-1e999]}', "-0", '"\\u0041"', '"\\ud800"', '{"__proto__":1}', '{"a":{"__proto__":{}}}', '{"\\ud800":1}', "", "[1,]", `${"[".repeat(102)}${"]".repeat(102)}`]) assert.equal(readCanonicalJson(text), undefined, text);
  assert.deepEqual(readCanonicalJson(`${"[".repeat(90)}${"]".repeat(90)}`)?.toString(), "");
});

test("the quick way and the slow way read the same texts", () => {
  const slowly = (text: string): boolean => {
    try {
      return canonicalJson(JSON.parse(text)) === text && !/__proto__|\\ud[89a-f]/u.test(text) && text.isWellFormed();
    } catch {
      return false;
    }
  };
  const keys = fc.oneof(fc.constantFrom("10", "9", "a", "b", "toJSON", "\u0007", "é", "😀"), fc.string({ maxLength: 3 }));
  const { value } = fc.letrec<{ value: unknown }>((tie) => ({ value: fc.oneof({ maxDepth: 4 }, fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.string({ unit: "binary", maxLength: 4 }), fc.constant(null), fc.array(tie("value"), { maxLength: 3 }), fc.dictionary(keys, tie("value"), { maxKeys: 4, noNullPrototype: true })) }));
  let canonical = 0;
  fc.assert(
    fc.property(value, fc.boolean(), (given, sorted) => {
      const text = sorted ? canonicalJson(JSON.parse(JSON.stringify(given))) : JSON.stringify(given);
      const read = readCanonicalJson(text) !== undefined;
      if (read) canonical += 1;
      assert.equal(read, slowly(text), text);
    }),
    { seed: 5, numRuns: 2000 },
  );
  assert.ok(canonical > 500);
});
