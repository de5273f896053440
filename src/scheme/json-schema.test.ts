// The answers' shape as JSON Schema, judged by a validator of the standard (fictional people).
import assert from "node:assert/strict";
import { test } from "node:test";
import { Ajv2020 } from "ajv/dist/2020.js";
import { soundPersons, soundVillage } from "../../schemes/disability/sample-records.ts";
import { disability } from "../../schemes/disability/scheme.ts";
import { disabilityVillage } from "../../schemes/disability/village.ts";
import { sampleDay, samples } from "../../schemes/low-income/sample-households.ts";
import { lowIncome } from "../../schemes/low-income/scheme.ts";
import { soundRecord } from "../../schemes/veterans/sample-records.ts";
import { veterans } from "../../schemes/veterans/scheme.ts";
import { checker } from "./check.ts";
import { answersSchema, openApiComponent } from "./json-schema.ts";
import type { Answers, Scheme } from "./model.ts";
import { canonicalJson } from "../core/json.ts";
import { smallScheme } from "./small-scheme.ts";

const validator = (scheme: Scheme): ((value: unknown) => boolean) => {
  const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true, formats: { date: true } });
  return ajv.compile(JSON.parse(canonicalJson(answersSchema(scheme))));
};

const good: Answers = {
  general: { name: "张三", id_number: "11010119900307451X", birth_date: "1990-03-07", categories: ["retired_soldier"], income: 12.34, agent: false, insurance: ["1", "2"], rooms: 3, mobile: "13812341234", domicile: "350000000000" },
  soldier: { enlist_date: "2008-12-01", leave_date: "2010-12-01", awards: [{ kind: "1", year: 2009 }] },
};
const withGeneral = (more: { readonly [key: string]: unknown }): unknown => ({ ...good, general: { ...good["general"], ...more } });

test("a complete record is valid, and each broken one is not", () => {
  const valid = validator(smallScheme());
  assert.equal(valid(good), true);
  const broken: readonly unknown[] = [
    {}, [], null, "x", { general: {} }, { ...good, other: {} },
    withGeneral({ unknown: 1 }), withGeneral({ name: "" }), withGeneral({ name: "张".repeat(51) }), withGeneral({ name: 5 }), withGeneral({ id_number: "1101" }), withGeneral({ birth_date: "7.3.1990" }),
    withGeneral({ sex: "3" }), withGeneral({ insurance: ["5"] }), withGeneral({ insurance: ["1", "1"] }), withGeneral({ insurance: [] }), withGeneral({ insurance: "1" }),
    withGeneral({ rooms: 100 }), withGeneral({ rooms: 1.5 }), withGeneral({ income: -1 }), withGeneral({ agent: "no" }), withGeneral({ mobile: "12345" }), withGeneral({ domicile: "35" }), withGeneral({ photo: "../x" }),
    { ...good, soldier: { ...good["soldier"], awards: [{ year: 2009 }] } }, { ...good, soldier: { ...good["soldier"], awards: [{ kind: "1" }, { kind: "1" }, { kind: "1" }, { kind: "1" }] } },
  ];
  for (const value of broken) assert.equal(valid(value), false, JSON.stringify(value));
  assert.equal(valid(withGeneral({ name: "𠮷".repeat(50) })), true);
});

test("options of more than one level: one choice takes the lowest, several take all", () => {
  const scheme = smallScheme();
  const levelled: Scheme = { ...scheme, codeSets: scheme.codeSets.map((set) => (set.key !== "award" && set.key !== "insurance" ? set : { ...set, options: [{ ...set.options[0]!, needsSub: true }, { ...set.options[1]!, parent: set.options[0]!.code }, ...set.options.slice(2)] })) };
  const schema = JSON.parse(canonicalJson(answersSchema(levelled)));
  assert.deepEqual(schema.$defs["codes.award.single"].enum, ["3", "9"]);
  assert.deepEqual(schema.$defs["codes.insurance"].enum, ["1", "2", "4"]);
});

test("the sample records of every programme are valid by its schema, and stay so once settled", () => {
  const programmes: readonly (readonly [Scheme, readonly Answers[], string])[] = [
    [veterans, [soundRecord], "2026-01-01"],
    [disability, Object.values(soundPersons), "2018-01-15"],
    [disabilityVillage, [soundVillage], "2018-01-15"],
    [lowIncome, Object.values(samples), sampleDay],
  ];
  for (const [scheme, records, today] of programmes) {
    const valid = validator(scheme);
    for (const record of records) {
      assert.equal(valid(record), true, scheme.key);
      assert.equal(valid(checker(scheme)(record, { today }).answers), true, scheme.key);
      assert.equal(valid({ ...record, general: { nobody: 1 } }), false, scheme.key);
    }
  }
});

test("conditions are told in words, and the OpenAPI components hang together", () => {
  const schema = JSON.parse(canonicalJson(answersSchema(smallScheme())));
  assert.match(schema.$defs["form.general"].properties.agent_name.description, /在以下情况必填：“委托代办”为“是”/u);
  assert.equal(schema.$schema, "https://json-schema.org/draft/2020-12/schema");
  const { schemas } = openApiComponent(smallScheme());
  const refs = [...JSON.stringify(schemas).matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/gu)].map((found) => found[1] ?? "");
  assert.ok(refs.length > 5);
  for (const name of refs) assert.ok(Object.hasOwn(schemas, name), name);
  for (const name of Object.keys(schemas)) assert.match(name, /^Small[A-Za-z0-9]*$/u);
});
