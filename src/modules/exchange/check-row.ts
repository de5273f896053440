// One row of a file against the columns it was mapped to: what it says, or why it is returned. Pure: the same row gives the same outcome.
import { countyOf } from "../../core/area-code.ts";
import { checkCitizenId, citizenIdFacts, normaliseCitizenId, proposeIds } from "../../core/citizen-id.ts";
import type { Issue, Text } from "../../core/issue.ts";
import { scanFreeText, type Span } from "../../core/unit-designation.ts";
import type { Cell, SheetRow } from "../../platform/sheet-row.ts";
import { uninert } from "../../platform/spreadsheet.ts";
import { valueCheck } from "../../scheme/check-values.ts";
import { codeOfLabel, parseCell } from "../../scheme/labels.ts";
import type { Answers, CodeSet, IdentityItems, Scheme, Value } from "../../scheme/model.ts";
import { designation, required, unknownArea } from "../../scheme/wording.ts";
import { removedSpans } from "./clean-copy.ts";
import { type PeekedColumn, REFUSED } from "./peek.ts";
import type { ImportKind } from "./rules.ts";
import { editDistance, type Mapping, type Target } from "./targets.ts";
import * as say from "./wording.ts";

export type CheckedRow = {
  readonly issues: readonly Issue[];
  /** Columns (0-based) whose text names a military unit: it is not kept anywhere. */
  readonly refused: readonly number[];
  /** Values by target; complete only when no issue blocks. */
  readonly values: ReadonlyMap<string, Value>;
  /** The identity number, when it is valid. */
  readonly idNumber: string | undefined;
};
export type RowChecker = (row: SheetRow) => CheckedRow;
export type RowContext = {
  readonly scheme: Scheme;
  readonly kind: ImportKind;
  readonly county: number;
  /** Villages and communities of the county. */
  readonly villages: ReadonlySet<number>;
  readonly today: string;
  /** For a text: how many columns its heading has. A row with others has lost or gained a mark, so that its values stand in wrong columns. */
  readonly width?: number;
};

const LONGEST_CELL = 4000;
// oxlint-disable-next-line no-control-regex -- these are what the check is about
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]/u;
const SCIENTIFIC = /^\d(?:\.\d+)?E\+?\d+$/iu;
const ERROR_VALUE = /^#(?:REF!|N\/A|VALUE!|DIV\/0!|NAME\?|NULL!|NUM!)/u;

type Column = { readonly column: number; readonly heading: string; readonly target: Target; readonly check: ReturnType<typeof valueCheck>; readonly nearest: (label: string) => Text | undefined };
type Found = { readonly value?: Value | undefined; readonly issues: readonly Issue[] };
const NOTHING: Found = { issues: [] };

/** Makes the checker of a file's rows, once for the file. */
export function rowChecker(context: RowContext, targets: readonly Target[], columns: readonly PeekedColumn[], mapping: Mapping): RowChecker {
  const { scheme, kind } = context;
  const idTarget = targets.find((target) => (kind === "base-list" ? target.target === scheme.identity?.idNumber : target.field?.join === "id-number"))?.target;
  const mapped = mapping.flatMap(({ column, target }): Column[] => {
    const found = targets.find((one) => one.target === target);
    return found ? [{ column, heading: columns[column]?.heading || found.label.zh, target: found, check: valueCheck(scheme, found.item), nearest: nearestOption(found.codeSet) }] : [];
  });
  const headings = new Map(columns.map((column) => [column.column, column.heading]));
  const missing = targets.filter((target) => target.required);
  const lastMapped = Math.max(-1, ...mapped.map((column) => column.column));
  return (row) => {
    const issues: Issue[] = [];
    const refused = refusedCells(row, headings, issues);
    const values = new Map<string, Value>();
    if (context.width !== undefined && isRagged(row, context.width, lastMapped)) return { issues: [...issues, say.ragged(row.cells.length, context.width)], refused, values, idNumber: undefined };
    for (const column of mapped) {
      if (refused.includes(column.column)) continue;
      const found = readCell(row, column, context);
      issues.push(...found.issues);
      if (found.value !== undefined) values.set(column.target.target, found.value);
    }
    for (const target of missing) {
      const column = mapped.find((one) => one.target === target);
      const silent = column !== undefined && !values.has(target.target) && !issues.some((issue) => issue.severity === "block" && issue.paths.includes(column.heading));
      if (!silent) continue;
      const issue = required(column.heading, target.label);
      issues.push(target.target === idTarget && kind === "extract" ? { ...issue, severity: "note" } : issue);
    }
    const id = idTarget === undefined ? undefined : values.get(idTarget);
    return { issues: crossed(context, mapped, row, values, issues, idTarget), refused, values, idNumber: typeof id === "string" && checkCitizenId(id).ok ? id : undefined };
  };
}

/** More cells than headings (empty ones behind do not count), or so few that a column that is read is missing. */
const isRagged = (row: SheetRow, width: number, lastMapped: number): boolean => row.cells.slice(width).some((cell) => cell !== null && cell !== "") || row.cells.length <= lastMapped;

/** Every cell of the row is scanned, also of columns that feed nothing. */
function refusedCells(row: SheetRow, headings: ReadonlyMap<number, string>, issues: Issue[]): number[] {
  const refused: number[] = [];
  for (const [column, cell] of row.cells.entries()) {
    if (typeof cell !== "string" || cell.length < 3) continue;
    const spans = removedSpans(cell) ?? refusedSpans(cell.length > LONGEST_CELL ? cell.slice(0, LONGEST_CELL) : cell);
    if (spans === undefined) continue;
    refused.push(column);
    const heading = headings.get(column) || `第${column + 1}列`;
    issues.push(designation(heading, { zh: heading, en: heading }, spans));
  }
  return refused;
}

const refusedSpans = (text: string): readonly Span[] | undefined => {
  const { verdict, spans } = scanFreeText(text);
  return verdict === "refuse" ? spans : undefined;
};

function readCell(row: SheetRow, column: Column, context: RowContext): Found {
  const { heading, target } = column;
  const formula = row.formulas?.includes(column.column) === true;
  const cell = tidy(row.cells[column.column] ?? null, target);
  if (formula && (cell === null || (typeof cell === "string" && ERROR_VALUE.test(cell)))) return { issues: [say.formulaEmpty(heading)] };
  if (cell === null || cell === "") return NOTHING;
  if (typeof cell === "string") {
    if (ERROR_VALUE.test(cell)) return { issues: [say.formulaEmpty(heading)] };
    if (cell.length > LONGEST_CELL) return { issues: [say.cellTooLong(heading, LONGEST_CELL)] };
    if (CONTROL.test(cell) || !cell.isWellFormed()) return { issues: [say.controlCharacters(heading)] };
  }
  const found = target.field && target.item.kind === "code" ? supplierCode(cell, column) : itemValue(cell, column, context);
  return formula ? { ...found, issues: [say.formulaUsed(heading), ...found.issues] } : found;
}

/** Line ends inside a cell become blanks; dates in text columns their ISO form; the mark of refusal in our own workbook is no text. */
function tidy(cell: Cell, target: Target): Cell {
  if (cell === REFUSED) return null;
  if (typeof cell === "string") return uninert(cell.replace(/[\t\r\n\u2028\u2029]+/gu, " ")).trim();
  const wantsDate = target.item.kind === "date" || target.item.kind === "month";
  return cell instanceof Date && !wantsDate ? (Number.isNaN(cell.getTime()) ? null : cell.toISOString().slice(0, 10)) : cell;
}

/** A department's word: the code it stands for, else the word itself, which is then not compared. */
function supplierCode(cell: Cell, { heading, target }: Column): Found {
  const word = String(cell).trim();
  const known = target.field?.values?.[word] ?? (target.codeSet === undefined ? undefined : codeOfLabel(target.codeSet, word));
  if (known !== undefined) return { value: known, issues: [] };
  const worded = target.codeSet !== undefined || target.field?.values !== undefined;
  return { value: word.slice(0, 200), issues: worded ? [say.notCompared(heading)] : [] };
}

function itemValue(cell: Cell, column: Column, context: RowContext): Found {
  const { heading, target } = column;
  const { item } = target;
  const forLinking = item.kind === "id-number" && context.kind === "extract";
  if (item.kind === "id-number" && lostDigits(cell)) return { issues: [forLinking ? { ...say.digitsLost(heading), severity: "note" } : say.digitsLost(heading)] };
  const supplied = typeof cell === "string" ? target.field?.values?.[cell] : undefined;
  if (item.kind === "yes-no" && (supplied === "yes" || supplied === "no")) return { value: supplied === "yes", issues: [] };
  const parsed = parseCell(item, target.codeSet, cell, heading);
  if ("issue" in parsed) {
    if (forLinking && parsed.issue.code !== "id-pseudo") return mistyped(cell, parsed.issue);
    if (item.kind === "yes-no" && target.field) return { issues: [say.notCompared(heading)] };
    return { issues: [parsed.issue.code === "not-an-option" ? say.notOption(heading, column.nearest(String(cell))) : parsed.issue] };
  }
  const { value } = parsed;
  if (value === undefined) return NOTHING;
  const issues = [...(parsed.notes ?? []), ...(column.check?.(value, heading, { today: context.today }) ?? [])];
  if (item.kind === "area" && context.kind === "base-list") issues.push(...placeIssues(Number(value), column, context));
  if (item.kind === "date" && typeof value === "string" && (value < "1850" || (context.kind === "base-list" && value > context.today))) issues.push(say.dateOutOfRange(heading));
  return issues.some((issue) => issue.severity === "block") ? { issues } : { value, issues };
}

/**
 * A wrong number in a department's list does not make its row useless: the other columns still say who it is, and a person whose
 * row was sent back would look like one who is missing. It is kept as written for linking, which knows that it is not valid.
 */
function mistyped(cell: Cell, issue: Issue): Found {
  const issues = [{ ...issue, severity: "note" as const }];
  const typed = normaliseCitizenId(String(cell));
  return typed.length > 20 ? { issues } : { value: typed, issues };
}

const lostDigits = (cell: Cell): boolean => (typeof cell === "number" ? !Number.isSafeInteger(cell) : typeof cell === "string" && SCIENTIFIC.test(cell.trim()));

function placeIssues(code: number, { heading, target }: Column, context: RowContext): Issue[] {
  if (countyOf(code) !== context.county) return [say.otherCounty(heading)];
  if (context.villages.has(code)) return [];
  return code % 1000 === 0 ? [say.notVillage(heading)] : [unknownArea(heading, { zh: heading, en: target.label.en })];
}

/** What can only be said with the whole row in view: the slip behind a wrong number, and values that contradict a right one. */
function crossed(context: RowContext, mapped: readonly Column[], row: SheetRow, values: ReadonlyMap<string, Value>, issues: readonly Issue[], idTarget: string | undefined): readonly Issue[] {
  const identity: Partial<IdentityItems> = context.scheme.identity ?? {};
  const joined = (join: "sex" | "birth-date", path: string | undefined): Column | undefined => mapped.find((one) => (context.kind === "base-list" ? one.target.target === path : one.target.field?.join === join));
  const [sex, birth] = [joined("sex", identity.sex), joined("birth-date", identity.birthDate)];
  const valueOf = (column: Column | undefined): string | undefined => {
    const value = column === undefined ? undefined : values.get(column.target.target);
    return typeof value === "string" ? value : undefined;
  };
  const idColumn = mapped.find((one) => one.target.target === idTarget);
  const id = valueOf(idColumn);
  if (id === undefined) {
    const fault = idColumn && issues.find((issue) => issue.code.startsWith("id-") && issue.paths.includes(idColumn.heading));
    if (!fault || !idColumn || fault.code === "id-pseudo" || fault.code === "id-digits-lost") return issues;
    const typed = normaliseCitizenId(String(row.cells[idColumn.column] ?? ""));
    const [proposal] = proposalsFor(typed, valueOf(birth), valueOf(sex), context);
    return issues.map((issue) => (issue === fault ? say.withSlip(issue, typed, proposal) : issue));
  }
  const facts = context.kind === "base-list" ? citizenIdFacts(id) : undefined;
  const differs = (column: Column | undefined, fact: string | undefined): readonly Issue[] => (column !== undefined && valueOf(column) !== undefined && fact !== undefined && valueOf(column) !== fact ? [say.birthDiffers(column.heading)] : []);
  return facts === undefined ? issues : [...issues, ...differs(birth, facts.birthDate), ...differs(sex, facts.sex)];
}

const proposalsFor = (typed: string, birthDate: string | undefined, sex: string | undefined, context: RowContext): string[] =>
  proposeIds(typed, { ...(birthDate !== undefined && { birthDate }), ...(sex !== undefined && { sex }), region6: String(context.county) }, context.today, 3);

/** Whole numbers that a mistyped one may have been, for the supplier's own workbook; never stored. */
export const idProposals = (typed: string, today: string): readonly string[] => proposeIds(typed, {}, today, 3);

/** The option whose label is nearest to a word that is none: within half its length, the first in the set's order. */
function nearestOption(set: CodeSet | undefined): (label: string) => Text | undefined {
  const known = new Map<string, Text | undefined>();
  return (label) => {
    if (set === undefined || label.length > 30) return undefined;
    if (!known.has(label) && known.size < 1000) known.set(label, nearest(set, label));
    return known.get(label);
  };
}

function nearest(set: CodeSet, label: string): Text | undefined {
  const word = label.normalize("NFKC").replace(/\s+/gu, "");
  const most = Math.max(1, Math.floor([...word].length / 2));
  const scored = set.options
    .filter((option) => option.replacedBy === undefined)
    .map((option) => {
      const { zh } = option.label;
      // Part of one another counts when it is at least half: 中国 is no hint at 外国血统中国籍人士.
      const half = Math.min(zh.length, word.length) * 2 >= Math.max(zh.length, word.length);
      const within = half && word.length >= 2 && (zh.includes(word) || word.includes(zh));
      return { option, distance: within ? 0.5 : editDistance(zh, word, most) };
    })
    .filter((one) => one.distance <= most);
  return scored.reduce<(typeof scored)[number] | undefined>((best, one) => (best === undefined || one.distance < best.distance ? one : best), undefined)?.option.label;
}

/** Values of a base-list row as answers. */
export function answersOf(values: ReadonlyMap<string, Value>): Answers {
  const answers: { [form: string]: { [item: string]: Value } } = {};
  for (const [path, value] of values) {
    const dot = path.indexOf(".");
    (answers[path.slice(0, dot)] ??= {})[path.slice(dot + 1)] = value;
  }
  return answers;
}

/** One line of the prepared list: RFC 4180, fields in the order of the department's definition. */
export function preparedLine(no: number, targets: readonly Target[], values: ReadonlyMap<string, Value>): string {
  return [String(no), ...targets.map((target) => field(values.get(target.target)))].join(",");
}
const field = (value: Value | undefined): string => {
  const text = value === undefined ? "" : typeof value === "boolean" ? (value ? "yes" : "no") : typeof value === "object" ? value.join("、") : String(value);
  return /[",\r\n]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};
