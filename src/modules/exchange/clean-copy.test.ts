// The stored copy of a file: as sent when it names no unit; else the same values in the same places without the cells that do.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { SheetRow } from "../../platform/sheet-row.ts";
import { openSpreadsheet, writeWorkbook } from "../../platform/spreadsheet.ts";
import { replaceTexts } from "../../platform/xlsx-texts.ts";
import { openZip, rewriteZip } from "../../platform/zip-parts.ts";
import { removedSpans, withoutDesignations } from "./clean-copy.ts";

async function rowsOf(bytes: Buffer, sheet?: string): Promise<SheetRow[]> {
  const book = openSpreadsheet(bytes);
  const rows: SheetRow[] = [];
  for await (const chunk of book.rows(sheet ?? book.sheets[0] ?? "")) rows.push(...chunk);
  return rows;
}

test("a workbook without designations is kept byte for byte", async () => {
  const bytes = Buffer.from(await writeWorkbook([{ name: "底册", rows: [["姓名", "备注"], ["陈虚构", "原37001部队"]] }]));
  assert.equal(await withoutDesignations(openSpreadsheet(bytes), bytes), bytes);
});

test("in a workbook only the cells that name a unit are replaced, on every sheet; rows, kinds and apostrophes stay", async () => {
  const born = new Date(Date.UTC(1958, 2, 12));
  const rows = [["姓名", "备注", "出生", "数"], ["陈虚构", "原在第38军112师当兵", born, 12.5], [], [], ["林虚构", "=无", born, 35052419580312], ["赵虚构", true, null, -3]];
  const bytes = Buffer.from(await writeWorkbook([{ name: "底册", rows }, { name: "附表", rows: [["甲"], ["某师某团"]] }]));
  const [before, copy] = [await rowsOf(bytes), await withoutDesignations(openSpreadsheet(bytes), bytes)];
  const after = await rowsOf(copy);
  assert.ok(!copy.includes("112"));
  assert.deepEqual(removedSpans(String(after[1]?.cells[1])), [{ from: 3, to: 10 }]);
  const text = (all: readonly SheetRow[]) => all.filter((row) => row.cells.some((cell) => cell !== null)).map((row) => [row.no, ...row.cells.map((cell, column) => (column === 1 && row.no === 2 ? "-" : cell))]);
  assert.deepEqual(text(after), text(before));
  assert.deepEqual(removedSpans(String((await rowsOf(copy, "附表"))[1]?.cells[0])), [{ from: 1, to: 4 }]);
});

test("comments, rich text, inline strings, results of formulas and properties are looked at too", async () => {
  const plain = Buffer.from(await writeWorkbook([{ name: "底册", rows: [["姓名"], ["陈虚构"]], marks: [{ row: 1, column: 0, note: "听说在第27军当过兵" }] }]));
  const copy = await withoutDesignations(openSpreadsheet(plain), plain);
  assert.notEqual(copy, plain);
  const zip = openZip(copy);
  const texts = zip.names.map((name) => zip.read(name, 1 << 24)?.toString("utf8") ?? "").join("\n");
  assert.ok(texts.includes("番号已清除") && !texts.includes("27军"));
  const strings = zip.names.find((name) => name.endsWith("sharedStrings.xml"));
  const sheet = zip.names.find((name) => /worksheets\/[^/]+\.xml$/u.test(name)) ?? "";
  const rich = '<sst xmlns="x"><si><r><t>第3</t></r><r><t xml:space="preserve">8军</t></r></si></sst>';
  const inline = '<row r="1"><c t="inlineStr"><is><t>&#31532;27军</t></is></c><c t="str"><f>A1</f><v>某师某团</v></c><c><v>12</v></c></row>';
  const made = rewriteZip(plain, new Map([[strings ?? "xl/sharedStrings.xml", Buffer.from(rich)], [sheet, Buffer.from(inline)]]));
  const cleaned = openZip(replaceTexts(made, (text) => (/第38军|第27军|某师某团/u.test(text) ? "<gone>" : undefined)));
  if (strings !== undefined) assert.equal(cleaned.read(strings, 1 << 20)?.toString(), '<sst xmlns="x"><si><t>&lt;gone&gt;</t></si></sst>');
  assert.equal(cleaned.read(sheet, 1 << 20)?.toString(), '<row r="1"><c t="inlineStr"><is><t>&lt;gone&gt;</t></is></c><c t="str"><f>A1</f><v>&lt;gone&gt;</v></c><c><v>12</v></c></row>');
});

test("a CSV stays a CSV: quotes, line breaks and empty lines keep their places", async () => {
  const bytes = Buffer.from('姓名,备注\n陈虚构,"他说""好""，第27军"\n\n林虚构,"两\n行"\n="00123",\n');
  const copy = await withoutDesignations(openSpreadsheet(bytes), bytes);
  assert.ok(!copy.toString().includes("27"));
  const [before, after] = [await rowsOf(bytes), await rowsOf(copy)];
  assert.deepEqual(after.map((row) => row.no).slice(0, 5), before.map((row) => row.no).slice(0, 5));
  assert.deepEqual([after[3]?.cells, after[4]?.cells], [["林虚构", "两\n行"], ["00123", null]]);
});

test("no other text is taken for a replaced cell", () => {
  for (const text of ["", "（已拒绝）", "〔番号已清除〕", "〔番号已清除:1-2", "x〔番号已清除:1-2〕"]) assert.equal(removedSpans(text), undefined);
});
