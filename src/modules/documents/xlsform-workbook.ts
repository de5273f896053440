// An XLSForm as a workbook: the sheets survey, choices and settings with the columns that pyxform, ODK and KoboToolbox read.
import { writeWorkbook, type OutSheet } from "../../platform/spreadsheet.ts";
import type { Scheme } from "../../scheme/model.ts";
import { type FormRow, xlsform } from "../../scheme/xlsform.ts";

const LANGUAGES = ["中文 (zh)", "English (en)"] as const;
const both = (column: string): string[] => LANGUAGES.map((language) => `${column}::${language}`);
const SURVEY = ["type", "name", ...both("label"), ...both("hint"), "required", ...both("required_message"), "relevant", "constraint", ...both("constraint_message"), "calculation", "choice_filter", "default", "appearance", "parameters"];
const CHOICES = ["list_name", "name", ...both("label")];
const SETTINGS = ["form_title", "form_id", "version", "default_language"];

const sheet = (name: string, columns: readonly string[], rows: readonly FormRow[]): OutSheet => ({
  name,
  rows: [[...columns], ...rows.map((row) => columns.map((column) => row[column] ?? null))],
  headRows: 1,
  widths: columns.map((column) => (/^(label|hint|constraint|relevant)/u.test(column) ? 40 : 22)),
});

/** The workbook and how many of the scheme's rules it leaves to the import. */
export async function xlsformWorkbook(scheme: Scheme): Promise<{ readonly bytes: Uint8Array; readonly questions: number; readonly notExpressed: number }> {
  const form = xlsform(scheme);
  const bytes = await writeWorkbook([sheet("survey", SURVEY, form.survey), sheet("choices", CHOICES, form.choices), sheet("settings", SETTINGS, form.settings)]);
  return { bytes, questions: form.survey.filter((row) => !/^(begin|end)_/u.test(row["type"] ?? "")).length, notExpressed: form.notExpressed.length };
}
