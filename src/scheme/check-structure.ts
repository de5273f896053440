// Reads answers from outside (a browser, a terminal, a file) against the scheme's shape: unknown keys, wrong types, over-long texts and
// absurd repeats become issues and are left out; whatever was sent, nothing throws. Texts are scanned for unit designations here,
// before anything else sees them, and refused texts are left out of what is handed on.
import type { Issue } from "../core/issue.ts";
import { checkUnitField, scanFreeText } from "../core/unit-designation.ts";
import { indexOf } from "./layout.ts";
import type { Answers, FormAnswers, Group, Item, Scheme, Section, Value } from "./model.ts";
import * as say from "./wording.ts";

/** Answers with known keys and right types only, the faults found, and the paths at which something was left out. */
export type Structured = { readonly answers: Answers; readonly issues: readonly Issue[]; readonly refused: ReadonlySet<string> };

/** Most faults listed of one record; a record with more is not read on. */
export const MAX_ISSUES = 300;
const MAX_LENGTH = { short: 200, long: 2000, mark: 64 } as const;

type Json = { readonly [key: string]: unknown };
type OpenAnswers = { [itemOrSection: string]: FormAnswers[string] };
/** Paths are made ahead for items outside rows: making them for every record costs more than the checks. */
type ItemShape = { readonly item: Item; readonly path?: string };
type Shape = { readonly items: ReadonlyMap<string, ItemShape>; readonly sections: ReadonlyMap<string, RowShape> };
type RowShape = { readonly section: Section; readonly shape: Shape };

const byKey = (items: readonly Item[], form?: string): Map<string, ItemShape> =>
  new Map(items.map((item) => [item.key, { item, path: form === undefined ? undefined : `${form}.${item.key}` }]));

const shapesOf = (scheme: Scheme): Map<string, Shape> =>
  new Map(
    scheme.forms.map((form) => [
      form.key,
      {
        items: byKey(form.sections.flatMap((section) => (section.repeats ? [] : section.items)), form.key),
        sections: new Map(
          form.sections.flatMap((section) => (section.repeats ? [[section.key, { section, shape: { items: byKey(section.items), sections: new Map<string, RowShape>() } }] as const] : [])),
        ),
      },
    ]),
  );

const isRecord = (value: unknown): value is Json => typeof value === "object" && value !== null && !Array.isArray(value);
const isPlain = (value: Json): boolean => Object.getPrototypeOf(value) === Object.prototype;
/** Foreign keys are shown only when they look like keys: they may hold anything. */
const safeKey = (key: string): string => (/^[A-Za-z][A-Za-z0-9_]{0,40}$/u.test(key) ? key : "?");

const codePoints = (text: string): number => {
  let n = 0;
  for (const _ of text) n += 1;
  return n;
};
const tooLongFor = (text: string, max: number): boolean => text.length > max && (text.length > 2 * max || codePoints(text) > max);

/** Longest text an item takes, in characters. */
export function longest(item: Item): number {
  if (item.kind !== "text" && item.kind !== "address") return MAX_LENGTH.mark;
  return item.maxLength ?? (item.text === "long" ? MAX_LENGTH.long : MAX_LENGTH.short);
}

// oxlint-disable-next-line no-control-regex -- tab and line ends are the only control characters a text may hold
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]/;
const isUnprintable = (text: string): boolean => CONTROL.test(text) || !text.isWellFormed();

const isRightType = (item: Item, value: unknown): value is Value => {
  switch (item.kind) {
    case "integer":
    case "decimal":
    case "money":
      return typeof value === "number" && Number.isFinite(value);
    case "yes-no":
      return typeof value === "boolean";
    case "codes":
      return Array.isArray(value) && value.length <= 200 && !value.includes(undefined) && value.every((code) => typeof code === "string" && code.length <= MAX_LENGTH.mark);
    case "computed":
      return false;
    default:
      return typeof value === "string";
  }
};

/** A function that reads foreign answers by the scheme's shape. */
export function structurer(scheme: Scheme): (given: unknown) => Structured {
  const shapes = shapesOf(scheme);
  const { forms } = indexOf(scheme);
  return (given) => {
    const issues: Issue[] = [];
    const refused = new Set<string>();
    const refuse = (path: string, found: Issue): undefined => {
      refused.add(path);
      issues.push(found);
      return undefined;
    };

    const readText = (item: Item, path: string, text: string): string | undefined => {
      const max = longest(item);
      if (tooLongFor(text, max)) return refuse(path, say.tooLong(path, item.label, max));
      if (isUnprintable(text)) return refuse(path, say.controlCharacters(path, item.label));
      if (item.text === "unit-code") return checkUnitField(text) === "accept" ? text : refuse(path, say.notCoverName(path, item.label));
      const scan = scanFreeText(text);
      if (scan.verdict === "refuse") return refuse(path, say.designation(path, item.label, scan.spans));
      if (scan.verdict === "review") issues.push(say.designationDoubt(path, item.label, scan.spans));
      return text;
    };

    const readItem = (item: Item, path: string, value: unknown): Value | undefined => {
      if (value === undefined || value === null || value === "" || item.kind === "computed") return undefined;
      if (!isRightType(item, value)) return refuse(path, say.wrongType(path, item.label));
      if (typeof value === "string") return readText(item, path, value);
      if (typeof value !== "object") return value;
      if (value.length === 0) return undefined;
      return value.every((code) => readText(item, path, code) !== undefined) ? value : undefined;
    };

    /** The group itself while nothing has to be left out; a copy without what was refused otherwise. */
    const readGroup = (shape: Shape, prefix: string, group: Json): FormAnswers => {
      let kept: OpenAnswers | undefined = isPlain(group) ? undefined : {};
      const keys = Object.keys(group);
      for (let at = 0; at < keys.length; at += 1) {
        const key = keys[at] as string;
        const given = group[key];
        const known = shape.items.get(key);
        let value: FormAnswers[string];
        if (issues.length > MAX_ISSUES) value = undefined;
        else if (known !== undefined) value = readItem(known.item, known.path ?? `${prefix}.${key}`, given);
        else {
          const repeating = shape.sections.get(key);
          if (repeating === undefined) issues.push(say.unknownItem(`${prefix}.${safeKey(key)}`));
          else value = readRows(repeating, `${prefix}.${key}`, given);
        }
        if (kept === undefined && value !== given) {
          kept = {};
          for (const before of keys.slice(0, at)) kept[before] = group[before] as FormAnswers[string];
        }
        if (kept !== undefined && value !== undefined) kept[key] = value;
      }
      return kept ?? (group as FormAnswers);
    };

    const readRows = (repeating: RowShape, path: string, rows: unknown): readonly Group[] | undefined => {
      if (rows === undefined || rows === null) return undefined;
      const { section } = repeating;
      if (!Array.isArray(rows)) return refuse(path, say.wrongType(path, section.label));
      const max = section.repeats?.max ?? 0;
      if (rows.length > max) issues.push(say.tooManyRows(path, section.label, max));
      if (rows.length === 0) return undefined;
      // `Array.from` gives holes of an array their turn too.
      return Array.from(rows.slice(0, max), (row: unknown, i): Group => {
        // A row's shape has no sections of its own, so what comes back is a plain group.
        if (isRecord(row)) return readGroup(repeating.shape, `${path}[${i}]`, row) as Group;
        refuse(`${path}[${i}]`, say.wrongType(`${path}[${i}]`, section.label));
        return {};
      });
    };

    const answers: { [form: string]: FormAnswers } = {};
    if (!isRecord(given)) return { answers, issues: [say.unknownForm("?")], refused };
    for (const key of Object.keys(given)) {
      const shape = shapes.get(key);
      const form = given[key];
      const label = forms.get(key)?.label;
      if (issues.length > MAX_ISSUES) break;
      if (form === undefined || form === null) continue;
      if (shape === undefined || label === undefined) issues.push(say.unknownForm(safeKey(key)));
      else if (!isRecord(form)) refuse(key, say.wrongType(key, label));
      else answers[key] = readGroup(shape, key, form);
    }
    if (issues.length > MAX_ISSUES) issues.push(say.tooManyFaults(scheme.generalForm));
    return { answers, issues, refused };
  };
}

