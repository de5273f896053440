// The shape of a record's answers as JSON Schema (draft 2020-12) and as OpenAPI 3.1 components, for people who send or read records by
// program. It says what a value may be; the rules across items stay with the check, and are told in words where an item depends on them.
import type { Text } from "../core/issue.ts";
import { longest } from "./check-structure.ts";
import type { Expression } from "./expression.ts";
import { inWords } from "./in-words.ts";
import { indexOf } from "./layout.ts";
import type { CodeSet, Form, Item, Option, Scheme, Section } from "./model.ts";

export type JsonSchema = { readonly [keyword: string]: JsonSchemaValue };
type JsonSchemaValue = string | number | boolean | readonly JsonSchemaValue[] | JsonSchema;
/** Where definitions are put, and how they are pointed to. */
type Naming = { readonly name: (...parts: readonly string[]) => string; readonly ref: (name: string) => string };
type Definitions = { [name: string]: JsonSchema };

const MONEY_LIMIT = 100_000_000_000;
const PHONE = "^(1[3-9][0-9]{9}|0[0-9]{2,3}-?[2-9][0-9]{6,7})$";

const both = (text: Text): string => (text.zh === text.en ? text.zh : `${text.zh} / ${text.en}`);

const inForce = (set: CodeSet): Option[] => set.options.filter((option) => option.replacedBy === undefined);
const enumOf = (set: CodeSet, options: readonly Option[]): JsonSchema => ({
  title: both(set.label),
  description: [...(set.standard === undefined ? [] : [`${set.standard}${set.edition === undefined ? "" : ` (${set.edition})`}`]), ...options.map((option) => `${option.code} = ${both(option.label)}`)].join("\n"),
  type: "string",
  enum: options.map((option) => option.code),
});

const limits = (item: Item, min: number | undefined, max: number | undefined): JsonSchema => ({
  ...((item.min ?? min) === undefined ? {} : { minimum: item.min ?? min ?? 0 }),
  ...((item.max ?? max) === undefined ? {} : { maximum: item.max ?? max ?? 0 }),
});

const shapeOf = (item: Item, codes: (only: boolean) => JsonSchema): JsonSchema => {
  switch (item.kind) {
    case "integer":
      return { type: "integer", ...limits(item, Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER) };
    case "decimal":
      return { type: "number", ...limits(item, undefined, undefined) };
    case "money":
      return { type: "number", ...limits(item, 0, MONEY_LIMIT) };
    case "yes-no":
      return { type: "boolean" };
    case "code":
      return codes(true);
    case "codes":
      return { type: "array", items: codes(false), uniqueItems: true, minItems: 1, maxItems: 200 };
    case "date":
      return { type: "string", format: "date", pattern: "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" };
    case "month":
      return { type: "string", pattern: "^[0-9]{4}-(0[1-9]|1[0-2])$" };
    case "id-number":
      return { type: "string", pattern: "^([0-9]{17}[0-9X]|[0-9]{15})$" };
    case "phone":
      return { type: "string", pattern: PHONE };
    case "area":
      return { type: "string", pattern: "^[0-9]{12}$" };
    case "photo":
    case "document":
    case "signature":
      return { type: "string", pattern: "^[A-Za-z0-9_.:-]+$", minLength: 1, maxLength: longest(item) };
    case "computed":
      return { type: ["string", "number", "boolean"], readOnly: true };
    case "text":
    case "address":
      return { type: "string", minLength: 1, maxLength: longest(item) };
  }
};

/** Conditions cannot be told in JSON Schema without telling them twice, so they are told in words. */
const conditionOf = (scheme: Scheme, e: Expression | true | undefined, section: string | undefined, zh: string, en: string): string[] =>
  typeof e === "object" ? [`${zh}：${inWords(scheme, e, "zh", section)} / ${en} ${inWords(scheme, e, "en", section)}`] : [];

const itemSchema = (scheme: Scheme, form: Form, section: Section, item: Item, codes: (set: CodeSet, only: boolean) => JsonSchema): JsonSchema => {
  const set = indexOf(scheme).codeSets.get(item.codeSet ?? "");
  const shape = shapeOf(item, (only) => (set === undefined ? { type: "string" } : codes(set, only)));
  const row = section.repeats ? `${form.key}.${section.key}` : undefined;
  const places = item.kind === "money" ? 2 : item.decimals;
  const lines = [
    ...(item.help === undefined ? [] : [both(item.help)]),
    ...(item.unit === undefined ? [] : [`单位 / unit: ${both(item.unit)}`]),
    ...(places === undefined ? [] : [`至多${places}位小数 / at most ${places} decimals`]),
    ...conditionOf(scheme, item.shownIf, row, "只在以下情况填写", "Only when"),
    ...conditionOf(scheme, item.required, row, "在以下情况必填", "Required when"),
  ];
  const number = item.number === undefined ? "" : `${item.number} `;
  return { ...shape, title: `${number}${both(item.label)}`, ...(lines.length === 0 ? {} : { description: lines.join("\n") }) };
};

/** Required whatever the other answers are: nothing hides it and nothing fills it in. */
const always = (section: Section, item: Item): boolean => item.required === true && item.shownIf === undefined && section.shownIf === undefined && item.forced === undefined;

const objectOf = (title: Text, properties: Definitions, required: readonly string[]): JsonSchema => ({
  title: both(title), type: "object", properties, additionalProperties: false, ...(required.length === 0 ? {} : { required }),
});

const define = (scheme: Scheme, naming: Naming): { readonly root: JsonSchema; readonly definitions: Definitions } => {
  const definitions: Definitions = {};
  const refTo = (name: string): JsonSchema => ({ $ref: naming.ref(name) });
  const codes = (set: CodeSet, only: boolean): JsonSchema => {
    const options = inForce(set);
    const chosen = only ? options.filter((option) => option.needsSub !== true) : options;
    const name = naming.name("codes", set.key, ...(chosen.length < options.length ? ["single"] : []));
    definitions[name] ??= enumOf(set, chosen);
    return refTo(name);
  };
  const group = (form: Form, section: Section): Definitions => Object.fromEntries(section.items.map((item) => [item.key, itemSchema(scheme, form, section, item, codes)]));
  const required = (section: Section): string[] => section.items.flatMap((item) => (always(section, item) ? [item.key] : []));
  const forms: Definitions = {};
  for (const form of scheme.forms) {
    const properties: Definitions = {};
    for (const section of form.sections) {
      if (!section.repeats) {
        Object.assign(properties, group(form, section));
        continue;
      }
      const row = naming.name("form", form.key, section.key);
      definitions[row] = objectOf(section.label, group(form, section), required(section));
      properties[section.key] = { title: both(section.label), type: "array", maxItems: section.repeats.max, items: refTo(row) };
    }
    const name = naming.name("form", form.key);
    definitions[name] = objectOf(form.label, properties, form.sections.flatMap((section) => (section.repeats ? [] : required(section))));
    forms[form.key] = refTo(name);
  }
  return { root: objectOf(scheme.label, forms, [scheme.generalForm]), definitions };
};

/**
 * The answers of a complete record as JSON Schema, draft 2020-12: one definition for each form, each kind of row and each code set (withdrawn options left out), labels as titles.
 * What is required only under a condition is described, not enforced; an empty answer is left out, not null.
 */
export function answersSchema(scheme: Scheme): JsonSchema {
  const { root, definitions } = define(scheme, { name: (...parts) => parts.join("."), ref: (name) => `#/$defs/${name}` });
  return { $schema: "https://json-schema.org/draft/2020-12/schema", $id: `urn:qingce:scheme:${scheme.key}:${scheme.version.replaceAll("+", ":")}`, ...root, $defs: definitions };
}

const pascal = (key: string): string => key.split(/[^A-Za-z0-9]+/u).map((part) => part.slice(0, 1).toUpperCase() + part.slice(1)).join("");

/** The same as components of an OpenAPI 3.1 document: `{ schemas: { VeteransAnswers, VeteransFormGeneral, … } }`. */
export function openApiComponent(scheme: Scheme): { readonly schemas: { readonly [name: string]: JsonSchema } } {
  const own = pascal(scheme.key);
  const { root, definitions } = define(scheme, { name: (...parts) => own + parts.map(pascal).join(""), ref: (name) => `#/components/schemas/${name}` });
  return { schemas: { [`${own}Answers`]: root, ...definitions } };
}
