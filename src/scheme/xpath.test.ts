// The XPath of every rule gives the verdict that `evaluate` gives, missing answers included: over sound records and many spoilt copies of them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { soundPersons, soundVillage } from "../../schemes/disability/sample-records.ts";
import { disability } from "../../schemes/disability/scheme.ts";
import { disabilityVillage } from "../../schemes/disability/village.ts";
import { samples } from "../../schemes/low-income/sample-households.ts";
import { lowIncome } from "../../schemes/low-income/scheme.ts";
import { soundRecord } from "../../schemes/veterans/sample-records.ts";
import { veterans } from "../../schemes/veterans/scheme.ts";
import { holds, rowsAt } from "./evaluate.ts";
import { codeSetOf, indexOf, isRows, placesOf } from "./layout.ts";
import type { Expression } from "./expression.ts";
import type { Answers, FormAnswers, Group, Item, Scheme, Value } from "./model.ts";
import { type Environment, moved, readXPath, type XValue } from "./xpath.fixture.ts";
import { formScope, type Helpers } from "./xlsform-scope.ts";
import { isFalse, isTrue, NotExpressed } from "./xpath.ts";

const TODAY = "2019-11-05";
const COPIES = 60;

/** As a form stores it. */
const stored = (item: Item | undefined, value: Value | undefined): string => {
  if (value === undefined) return "";
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "object") return value.join(" ");
  return item?.kind === "month" ? `${value}-01` : String(value);
};

/** Reads `form__key`, `form__section` (its rows) and the helpers of a repeat from answers. */
function environment(scheme: Scheme, answers: Answers, helpers: ReadonlyMap<string, (row: Environment) => XValue>, rowOf?: { readonly section: string; readonly row: Group }): Environment {
  const read = (name: string): XValue => {
    const helper = helpers.get(name);
    const [form = "", key = "", inner] = name.split("__");
    if (helper) return rowsAt(answers, `${form}.${key}`).map((row) => helper(environment(scheme, answers, helpers, { section: `${form}.${key}`, row })));
    if (inner !== undefined) return stored(indexOf(scheme).byPath.get(`${form}.${key}[].${inner}`)?.item, rowOf?.row[inner]);
    const item = indexOf(scheme).byPath.get(`${form}.${key}`)?.item;
    if (!item) return rowsAt(answers, `${form}.${key}`).map(() => "row");
    const value = answers[form]?.[key];
    return stored(item, isRows(value) ? undefined : value);
  };
  return { today: TODAY, read };
}

/** The same sequence on every run. */
const sequence = (seed: number) => (): number => {
  seed = (seed * 1103515245 + 12345) % 2147483648;
  return seed / 2147483648;
};

function spoilt(scheme: Scheme, answers: Answers, random: () => number): Answers {
  const copy: { [form: string]: { [key: string]: FormAnswers[string] } } = structuredClone(answers) as never;
  const spoil = (item: Item, value: Value | undefined): Value | undefined => {
    const dice = random();
    if (dice < 0.3) return undefined;
    const options = codeSetOf(scheme, item)?.options ?? [];
    const code = options[Math.floor(random() * options.length)]?.code;
    if (item.kind === "code") return code;
    if (item.kind === "codes") return code === undefined ? undefined : [code];
    if (item.kind === "yes-no") return random() < 0.5;
    if (item.kind === "date" && typeof value === "string") return moved(value, Math.floor(random() * 80) - 40);
    if (item.kind === "date") return `${1930 + Math.floor(random() * 95)}-02-28`;
    if (item.kind === "integer" || item.kind === "money" || item.kind === "decimal") return Math.floor(random() * 3000);
    return value;
  };
  for (const { form, section, item } of placesOf(scheme)) {
    if (random() > 0.12 || item.kind === "computed") continue;
    const group = (copy[form.key] ??= {});
    if (!section.repeats) group[item.key] = spoil(item, group[item.key] as Value | undefined);
    else if (isRows(group[section.key])) group[section.key] = (group[section.key] as readonly Group[]).map((row) => ({ ...row, [item.key]: spoil(item, row[item.key]) }));
  }
  return copy as Answers;
}

type Rule = { readonly key: string; readonly expression: Expression; readonly yes: (env: Environment) => XValue; readonly no: (env: Environment) => XValue };

const programmes: readonly (readonly [Scheme, readonly Answers[]])[] = [
  [veterans, [soundRecord]],
  [lowIncome, Object.values(samples)],
  [disability, Object.values(soundPersons)],
  [disabilityVillage, [soundVillage]],
];

for (const [scheme, records] of programmes) {
  test(`${scheme.key} ${scheme.version}: XPath and evaluate agree on every rule`, () => {
    const helpers: Helpers = new Map();
    const scope = formScope(scheme, helpers);
    let left = 0;
    const conditions = [
      ...scheme.checks.map((check) => [check.key, check.when] as const),
      ...placesOf(scheme).flatMap(({ path, section, item }) => (section.repeats ? [] : [item.shownIf, item.required].flatMap((e) => (e === undefined || e === true ? [] : [[path, e] as const])))),
    ];
    const rules = conditions.flatMap(([key, expression]): Rule[] => {
      try {
        return [{ key, expression, yes: readXPath(isTrue(expression, scope)), no: readXPath(isFalse(expression, scope)) }];
      } catch (error) {
        if (!(error instanceof NotExpressed)) throw error;
        left += 1;
        return [];
      }
    });
    assert.ok(rules.length > 0 && left <= conditions.length * 0.1, `${left} of ${conditions.length} are not expressed`);
    const compiled = new Map([...helpers.values()].flatMap((own) => own.rows.map((row) => [row["name"] ?? "", readXPath(row["calculation"] ?? "")] as const)));
    const random = sequence(7);
    const tried = records.flatMap((record) => [record, ...Array.from({ length: COPIES }, () => spoilt(scheme, record, random))]);
    let held = 0;
    for (const answers of tried) {
      const env = environment(scheme, answers, compiled);
      const context = { today: TODAY, referenceDate: scheme.referenceDate };
      for (const { key, expression, yes, no } of rules) {
        const expected = holds(expression, answers, context);
        held += expected ? 1 : 0;
        assert.equal(yes(env), expected, `${key} is true`);
        assert.equal(no(env), holds(["not", expression], answers, context), `${key} is false`);
      }
    }
    assert.ok(held > tried.length, `only ${held} conditions held`);
  });
}
