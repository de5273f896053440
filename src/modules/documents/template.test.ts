// The workbook to fill in: what people type as labels comes back as the same answers, for every programme.
import assert from "node:assert/strict";
import { test } from "node:test";
import { shippedSchemes } from "../../../schemes/shipped.ts";
import { soundRecord } from "../../../schemes/veterans/sample-records.ts";
import { veterans } from "../../../schemes/veterans/scheme.ts";
import { openSpreadsheet, writeWorkbook } from "../../platform/spreadsheet.ts";
import { openZip } from "../../platform/zip-parts.ts";
import type { Cell } from "../../platform/sheet-row.ts";
import { codeOfLabel, parseCell } from "../../scheme/labels.ts";
import { codeSetOf, isRows } from "../../scheme/layout.ts";
import type { Answers, Group, Item, Scheme, Value } from "../../scheme/model.ts";
import { offered, writtenOption } from "./choices.ts";
import { columnPlace, isTyped, readSheets, sheetsOf } from "./sheets.ts";
import { schemeTemplate } from "./template.ts";

const rowsOf = async (bytes: Uint8Array, sheet: string): Promise<Cell[][]> => {
  const rows: Cell[][] = [];
  for await (const chunk of openSpreadsheet(Buffer.from(bytes)).rows(sheet)) rows.push(...chunk.map((row) => [...row.cells]));
  return rows;
};

const written = (scheme: Scheme, item: Item, value: Value): Cell => {
  const set = codeSetOf(scheme, item);
  const label = (code: string): string => {
    const option = set?.options.find((each) => each.code === code);
    return set && option ? writtenOption(set, option, item.kind === "codes") : code;
  };
  if (typeof value === "boolean") return value ? "是" : "否";
  if (typeof value === "object") return value.map(label).join("、");
  return typeof value === "string" ? label(value) : value;
};

/** Answers as rows of a sheet under its headings. */
const filledRows = (scheme: Scheme, sheet: ReturnType<typeof sheetsOf>[number], answers: Answers): Cell[][] => {
  const form = answers[sheet.form.key] ?? {};
  const given = sheet.section ? form[sheet.section.key] : form;
  const groups = sheet.section ? (isRows(given as never) ? (given as readonly Group[]) : []) : [form as Group];
  return groups.map((group) => [1, ...sheet.columns.map(({ place }) => (group[place.item.key] === undefined ? null : written(scheme, place.item, group[place.item.key]!)))]);
};

/** Without pictures and computed items, which a workbook does not hold. */
const typedOnly = (scheme: Scheme, answers: Answers): Answers =>
  Object.fromEntries(
    scheme.forms.flatMap((form) => {
      const given = answers[form.key];
      if (given === undefined) return [];
      const typed = form.sections.flatMap((section): [string, unknown][] => {
        if (section.repeats) return given[section.key] === undefined ? [] : [[section.key, given[section.key]]];
        return section.items.filter((item) => isTyped(item) && given[item.key] !== undefined).map((item) => [item.key, given[item.key]]);
      });
      return [[form.key, Object.fromEntries(typed)]];
    }),
  ) as Answers;

test("every heading of every template means its own item, and every choice its own code", () => {
  for (const scheme of shippedSchemes) {
    for (const sheet of sheetsOf(scheme)) {
      assert.equal(new Set(sheet.columns.map((column) => column.heading)).size, sheet.columns.length, `${scheme.key} ${sheet.name}`);
      for (const { heading, place } of sheet.columns) {
        assert.equal(columnPlace(scheme, sheet, heading)?.path, place.path, `${scheme.key} ${sheet.name} ${heading}`);
        const set = codeSetOf(scheme, place.item);
        if (!set || (place.item.kind !== "code" && place.item.kind !== "codes")) continue;
        for (const option of offered(place.item, set)) {
          const text = writtenOption(set, option, place.item.kind === "codes");
          assert.equal(codeOfLabel(set, text), option.code, `${set.key} ${text}`);
          const parsed = parseCell(place.item, set, text);
          assert.deepEqual("value" in parsed && parsed.value, place.item.kind === "codes" ? [option.code] : option.code, `${set.key} ${text}`);
        }
      }
    }
  }
});

test("a filled template gives the answers that were typed as labels, without an issue", async () => {
  const template = await schemeTemplate(veterans, "0".repeat(64));
  const sheets = sheetsOf(veterans);
  for (const sheet of sheets) assert.deepEqual((await rowsOf(template, sheet.name))[0]?.slice(1), sheet.columns.map((column) => column.heading));
  const bytes = await writeWorkbook(sheets.map((sheet) => ({ name: sheet.name, rows: [["序号*", ...sheet.columns.map((column) => column.heading)], ...filledRows(veterans, sheet, soundRecord)] })));
  const filled = await Promise.all(sheets.map(async (sheet) => ({ name: sheet.name, rows: await rowsOf(bytes, sheet.name) })));
  const [subject, ...others] = readSheets(veterans, filled);
  assert.deepEqual(others, []);
  assert.deepEqual(subject?.issues, []);
  const expected = typedOnly(veterans, soundRecord);
  for (const form of Object.keys(expected)) assert.deepEqual(subject?.answers[form], expected[form], form);
});

test("a military unit's designation typed into a template is refused at its sheet and heading", () => {
  const [sheet] = sheetsOf(veterans);
  const column = sheet!.columns.find(({ place }) => place.item.key === "remark")!;
  const [subject] = readSheets(veterans, [{ name: sheet!.name, rows: [["序号*", column.heading], [1, "原第三十八集团军"]] }]);
  assert.deepEqual(subject?.issues.map((issue) => issue.code), ["unit-designation"]);
  assert.deepEqual(subject?.answers["general"], {});
});

test("columns of numbers that are names keep their digits: empty cells have the text format", async () => {
  const parts = openZip(Buffer.from(await schemeTemplate(veterans, "0".repeat(64))));
  const xml = parts.read("xl/worksheets/sheet1.xml", 1 << 24)!.toString();
  const formats = [.../<cellXfs.*<\/cellXfs>/u.exec(parts.read("xl/styles.xml", 1 << 24)!.toString())![0].matchAll(/<xf numFmtId="(\d+)"/gu)].map((match) => match[1]);
  const styleOf = (key: string): number => Number(new RegExp(`<col min="${sheetsOf(veterans)[0]!.columns.findIndex(({ place }) => place.item.key === key) + 2}" max="\\d+" style="(\\d+)"`, "u").exec(xml)?.[1]);
  for (const key of ["id_number", "mobile", "domicile_region"]) assert.equal(formats[styleOf(key)], "49", key);
});

test("the choices' sheet is out of sight and the sheets keep the order of the forms", async () => {
  const bytes = await schemeTemplate(veterans, "0".repeat(64));
  const visible = openSpreadsheet(Buffer.from(bytes)).sheets;
  assert.deepEqual(visible, [...sheetsOf(veterans).map((sheet) => sheet.name), "填表说明"]);
});
