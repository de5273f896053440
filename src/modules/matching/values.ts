// A department's cells as values to compare: its words become codes, several rows of one person become one value.
import { formatAreaCode, parseAreaCode } from "../../core/area-code.ts";
import { checkCitizenId } from "../../core/citizen-id.ts";
import { parseDate, parseMonth } from "../../core/time.ts";
import { codeOfLabel } from "../../scheme/labels.ts";
import type { CodeSet, Department, DepartmentField, RowCondition, Value } from "../../scheme/model.ts";

/** One accepted row of a department's list: its number in the file and its cells by field key; an empty cell is an empty text. */
export type ListRow = { readonly no: number; readonly cells: Readonly<Record<string, string>> };
export type CodeSets = ReadonlyMap<string, CodeSet>;

/** Their words for yes and no, where the field has no words of its own. */
const YES_NO: Readonly<Record<string, string>> = { yes: "yes", no: "no", true: "yes", false: "no", 是: "yes", 否: "no", 有: "yes", 无: "no", "1": "yes", "0": "no" };

const words = new WeakMap<DepartmentField, Map<string, string | undefined>>();

/** Lists say few words many times: each is looked up once for a field. */
function codeOf(field: DepartmentField, sets: CodeSets, raw: string): string | undefined {
  let known = words.get(field);
  if (known === undefined) words.set(field, (known = new Map()));
  if (known.has(raw)) return known.get(raw);
  const code = lookUp(field, sets, raw);
  if (known.size < 5000) known.set(raw, code);
  return code;
}

function lookUp(field: DepartmentField, sets: CodeSets, raw: string): string | undefined {
  const mapped = field.values?.[raw];
  if (mapped !== undefined) return mapped;
  if (field.kind === "yes-no") return YES_NO[raw.toLowerCase()];
  if (field.allowed?.[raw] !== undefined || Object.values(field.values ?? {}).includes(raw)) return raw;
  const set = field.codeSet === undefined ? undefined : sets.get(field.codeSet);
  return set === undefined ? undefined : codeOfLabel(set, raw);
}

/** The cell as a value of the field's kind; undefined when it is empty or not understood, and then nothing is compared. */
export function cellValue(field: DepartmentField, sets: CodeSets, raw: string | undefined): Value | undefined {
  const text = raw?.trim() ?? "";
  if (text === "") return undefined;
  switch (field.kind) {
    case "code":
    case "codes":
      return codeOf(field, sets, text);
    case "yes-no": {
      const code = codeOf(field, sets, text);
      return code === undefined ? undefined : code === "yes";
    }
    case "date":
      return parseDate(text);
    case "month":
      return parseMonth(text);
    case "integer":
    case "decimal":
    case "money": {
      const number = Number(text.replaceAll(",", ""));
      return Number.isFinite(number) ? number : undefined;
    }
    case "area": {
      const code = parseAreaCode(text);
      return code === undefined ? undefined : formatAreaCode(code);
    }
    case "id-number": {
      const checked = checkCitizenId(text);
      return checked.ok ? checked.id : undefined;
    }
    default:
      return text;
  }
}

/** True when the row fulfils every condition. */
export function rowMeets(department: Department, sets: CodeSets, row: ListRow, conditions: readonly RowCondition[] = []): boolean {
  return conditions.every((condition) => {
    const field = department.fields.find((each) => each.key === condition.field);
    if (field === undefined) return false;
    const raw = row.cells[condition.field]?.trim() ?? "";
    if ("missing" in condition) return raw === "";
    const value = cellValue(field, sets, raw);
    const code = typeof value === "boolean" ? (value ? "yes" : "no") : value;
    return typeof code === "string" && condition.in.includes(code);
  });
}

/** What the list says of one person in this field: their rows that count, put together as the field says. */
export function listedValue(department: Department, field: DepartmentField, sets: CodeSets, rows: readonly ListRow[]): Value | undefined {
  const [only] = rows;
  // Most people have one row: nothing to put together.
  if (rows.length === 1 && only !== undefined && (field.several === undefined || field.several === "latest")) {
    return field.rowsWhere === undefined || rowMeets(department, sets, only, field.rowsWhere) ? cellValue(field, sets, only.cells[field.key]) : undefined;
  }
  const values = rows
    .filter((row) => rowMeets(department, sets, row, field.rowsWhere))
    .map((row) => cellValue(field, sets, row.cells[field.key]))
    .filter((value) => value !== undefined);
  if (values.length === 0) return undefined;
  if (field.several === "sum") return Math.round(values.reduce<number>((sum, value) => sum + (typeof value === "number" ? value : 0), 0) * 1e6) / 1e6;
  if (field.several === "latest") return values.reduce((a, b) => (String(b) > String(a) ? b : a));
  if (field.several === "union") return [...new Set(values.map(String))].sort();
  return values[0];
}
