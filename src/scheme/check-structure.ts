// Reads answers from outside (a browser, a terminal, a file) against the scheme's shape: unknown keys, wrong types, over-long texts and
// absurd repeats become issues and are left out; whatever was sent, nothing throws. Texts are scanned for unit designations here,
// before anything else sees them, and refused texts are left out of what is handed on.
import type { Issue } from "../core/issue.ts";
import { checkUnitField, scanFreeText } from "../core/unit-designation.ts";
import { Draft, type FormSlots, type ItemSlot, type OpenForm, type RowsSlot, slotsOf } from "./draft.ts";
import { indexOf } from "./layout.ts";
import type { FormAnswers, Group, Item, Scheme, Value } from "./model.ts";
import * as say from "./wording.ts";

/** Answers with known keys and right types only, the faults found, and the paths at which something was left out. */
export type Structured = { readonly draft: Draft; readonly issues: Issue[]; readonly refused: ReadonlySet<string> };

/** Most faults listed of one record; a record with more is not read on. */
export const MAX_ISSUES = 300;
const MAX_LENGTH = { short: 200, long: 2000, mark: 64 } as const;

type Json = { readonly [key: string]: unknown };
/** What is to be known of an item for reading it. `harmless`: its options that pass every scan of texts, scanned once for all. `path` and `slot` only outside rows. */
type ItemShape = { readonly item: Item; readonly max: number; readonly harmless?: ReadonlySet<string>; readonly path?: string; readonly slot?: ItemSlot };
type Shape = { readonly items: ReadonlyMap<string, ItemShape>; readonly rows: ReadonlyMap<string, RowShape> };
type RowShape = { readonly slot: RowsSlot; readonly shape: Shape };
type FormShape = Shape & { readonly form: FormSlots };

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

/** Digits and hyphens (dates, numbers, most codes) are printable and name no unit. */
const isFigures = (text: string): boolean => {
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if (code !== 45 && (code < 48 || code > 57)) return false;
  }
  return true;
};

const harmlessOptions = (scheme: Scheme, item: Item, max: number): Set<string> | undefined => {
  if (item.codeSet === undefined) return undefined;
  const codes = [...(indexOf(scheme).options.get(item.codeSet)?.keys() ?? [])];
  return new Set(codes.filter((code) => !tooLongFor(code, max) && !isUnprintable(code) && scanFreeText(code).verdict === "pass"));
};

const itemShape = (scheme: Scheme, item: Item, slot?: ItemSlot): ItemShape => {
  const max = longest(item);
  return { item, max, harmless: harmlessOptions(scheme, item, max), path: slot?.path, slot };
};

const shapesOf = (scheme: Scheme): Map<string, FormShape> =>
  new Map(
    slotsOf(scheme).forms.map((form) => {
      const rowShape = (slot: RowsSlot): RowShape => ({ slot, shape: { items: new Map(slot.section.items.map((item) => [item.key, itemShape(scheme, item)])), rows: new Map() } });
      const items = new Map([...form.items].map(([key, slot]) => [key, itemShape(scheme, slot.item, slot)]));
      return [form.form.key, { form, items, rows: new Map([...form.rows].map(([key, slot]) => [key, rowShape(slot)])) }];
    }),
  );

const NOTHING_REFUSED: ReadonlySet<string> = new Set();

/** One record's reading. */
class Reader {
  readonly issues: Issue[] = [];
  private left: Set<string> | undefined;
  private readonly draft: Draft;
  constructor(draft: Draft) {
    this.draft = draft;
  }

  get refused(): ReadonlySet<string> {
    return this.left ?? NOTHING_REFUSED;
  }

  refuse(path: string, found: Issue): undefined {
    (this.left ??= new Set()).add(path);
    this.issues.push(found);
    return undefined;
  }

  private text({ item, max, harmless }: ItemShape, path: string, text: string): string | undefined {
    if (harmless?.has(text) === true) return text;
    if (tooLongFor(text, max)) return this.refuse(path, say.tooLong(path, item.label, max));
    if (item.text === "unit-code") {
      if (isUnprintable(text)) return this.refuse(path, say.controlCharacters(path, item.label));
      return checkUnitField(text) === "accept" ? text : this.refuse(path, say.notCoverName(path, item.label));
    }
    if (isFigures(text)) return text;
    if (isUnprintable(text)) return this.refuse(path, say.controlCharacters(path, item.label));
    const scan = scanFreeText(text);
    if (scan.verdict === "refuse") return this.refuse(path, say.designation(path, item.label, scan.spans));
    if (scan.verdict === "review") this.issues.push(say.designationDoubt(path, item.label, scan.spans));
    return text;
  }

  private item(shape: ItemShape, path: string, value: unknown): Value | undefined {
    const { item } = shape;
    if (value === undefined || value === null || value === "" || item.kind === "computed") return undefined;
    if (!isRightType(item, value)) return this.refuse(path, say.wrongType(path, item.label));
    if (typeof value === "string") return this.text(shape, path, value);
    if (typeof value !== "object") return value;
    if (value.length === 0) return undefined;
    for (const code of value) if (this.text(shape, path, code) === undefined) return undefined;
    return value;
  }

  /** The group itself while nothing has to be left out; a copy without what was refused otherwise. */
  group(shape: Shape, prefix: string, group: Json): FormAnswers {
    let kept: OpenForm | undefined = isPlain(group) ? undefined : {};
    const keys = Object.keys(group);
    for (let at = 0; at < keys.length; at += 1) {
      const key = keys[at] as string;
      const given = group[key];
      const known = shape.items.get(key);
      let value: FormAnswers[string];
      if (this.issues.length > MAX_ISSUES) value = undefined;
      else if (known !== undefined) {
        const read = this.item(known, known.path ?? `${prefix}.${key}`, given);
        if (read !== undefined && known.slot !== undefined) this.draft.values[known.slot.at] = read;
        value = read;
      } else {
        const repeating = shape.rows.get(key);
        if (repeating === undefined) this.issues.push(say.unknownItem(`${prefix}.${safeKey(key)}`));
        else value = this.rows(repeating, given);
      }
      if (kept === undefined && value !== given) {
        kept = {};
        for (const before of keys.slice(0, at)) kept[before] = group[before] as FormAnswers[string];
      }
      if (kept !== undefined && value !== undefined) kept[key] = value;
    }
    return kept ?? (group as FormAnswers);
  }

  private rows({ slot, shape }: RowShape, rows: unknown): readonly Group[] | undefined {
    if (rows === undefined || rows === null) return undefined;
    const { section, path } = slot;
    if (!Array.isArray(rows)) return this.refuse(path, say.wrongType(path, section.label));
    const max = section.repeats?.max ?? 0;
    if (rows.length > max) this.issues.push(say.tooManyRows(path, section.label, max));
    if (rows.length === 0) return undefined;
    // `Array.from` gives holes of an array their turn too.
    const read = Array.from(rows.slice(0, max), (row: unknown, i): Group => {
      // A row's shape has no sections of its own, so what comes back is a plain group.
      if (isRecord(row)) return this.group(shape, `${path}[${i}]`, row) as Group;
      this.refuse(`${path}[${i}]`, say.wrongType(`${path}[${i}]`, section.label));
      return {};
    });
    this.draft.rows[slot.at] = read;
    return read;
  }
}

/** A function that reads foreign answers by the scheme's shape. */
export function structurer(scheme: Scheme): (given: unknown) => Structured {
  const slots = slotsOf(scheme);
  const shapes = shapesOf(scheme);
  return (given) => {
    const draft = new Draft(slots);
    const reader = new Reader(draft);
    if (!isRecord(given)) return { draft, issues: [say.unknownForm("?")], refused: reader.refused };
    const { issues } = reader;
    for (const key of Object.keys(given)) {
      const shape = shapes.get(key);
      const group = given[key];
      if (issues.length > MAX_ISSUES) break;
      if (group === undefined || group === null) continue;
      if (shape === undefined) issues.push(say.unknownForm(safeKey(key)));
      else if (!isRecord(group)) reader.refuse(key, say.wrongType(key, shape.form.form.label));
      else draft.groups[shape.form.at] = reader.group(shape, key, group);
    }
    if (issues.length > MAX_ISSUES) issues.push(say.tooManyFaults(scheme.generalForm));
    return { draft, issues, refused: reader.refused };
  };
}
