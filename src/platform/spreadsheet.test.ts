// Files of every kind and condition: read the same as another reader does, refused with the reason, never evaluated.
import assert from "node:assert/strict";
import { test } from "node:test";
import { deflateRawSync } from "node:zlib";
import { readXlsx, writeXlsx } from "hucre";
import iconv from "iconv-lite";
import { Problem } from "../core/problem.ts";
import type { Cell, SheetRow } from "./sheet-row.ts";
import { inert, openSpreadsheet, uninert, writeWorkbook } from "./spreadsheet.ts";

const rowsOf = async (bytes: Uint8Array, sheet?: string): Promise<SheetRow[]> => {
  const book = openSpreadsheet(Buffer.from(bytes));
  const rows: SheetRow[] = [];
  for await (const chunk of book.rows(sheet ?? book.sheets[0] ?? "")) rows.push(...chunk);
  return rows;
};
const cellsOf = async (bytes: Uint8Array, sheet?: string): Promise<(readonly Cell[])[]> => (await rowsOf(bytes, sheet)).map((row) => row.cells);

/** A container with these parts; `claim` is what it says of their size. */
function zip(parts: Readonly<Record<string, string | Buffer>>, claim?: number): Buffer {
  const locals: Buffer[] = [];
  const central: Buffer[] = [];
  let at = 0;
  for (const [name, content] of Object.entries(parts)) {
    const raw = Buffer.from(content);
    const data = deflateRawSync(raw);
    const head = Buffer.alloc(30);
    head.writeUInt32LE(0x04034b50, 0);
    head.writeUInt16LE(8, 8);
    head.writeUInt32LE(data.length, 18);
    head.writeUInt32LE(claim ?? raw.length, 22);
    head.writeUInt16LE(Buffer.byteLength(name), 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(8, 10);
    entry.writeUInt32LE(data.length, 20);
    entry.writeUInt32LE(claim ?? raw.length, 24);
    entry.writeUInt16LE(Buffer.byteLength(name), 28);
    entry.writeUInt32LE(at, 42);
    locals.push(head, Buffer.from(name), data);
    central.push(entry, Buffer.from(name));
    at += 30 + Buffer.byteLength(name) + data.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(Object.keys(parts).length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...locals, directory, end]);
}
const workbook = (sheet: string, more: Readonly<Record<string, string>> = {}): Record<string, string> => ({
  "xl/workbook.xml": '<workbook xmlns:r="x"><sheets><sheet name="A&amp;B" sheetId="1" r:id="rId1"/><sheet name="hidden" sheetId="2" state="hidden" r:id="rId1"/></sheets></workbook>',
  "xl/_rels/workbook.xml.rels": '<Relationships><Relationship Id="rId1" Type="worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
  "xl/worksheets/sheet1.xml": sheet,
  ...more,
});

test("a workbook reads the same as by another reader, cell by cell", async () => {
  const rows: Cell[][] = [["姓名", "日期", "数", "文"]];
  for (let i = 0; i < 700; i += 1) rows.push([`人${i}𠮷<&>"`, new Date(Date.UTC(1950, 0, 1 + i)), i / 7, i % 3 === 0 ? null : `行\n${i}`, i % 2 === 0]);
  const bytes = await writeXlsx({ sheets: [{ name: "一", rows }, { name: "二", rows: [["x"]] }] });
  const theirs = (await readXlsx(bytes)).sheets[0]?.rows ?? [];
  const ours = await cellsOf(bytes);
  assert.equal(ours.length, theirs.length);
  const trimmed = (cells: readonly Cell[]): string => JSON.stringify(cells).replace(/(,null)+\]$/u, "]");
  for (const [i, row] of ours.entries()) assert.equal(trimmed(row), trimmed(theirs[i] as Cell[]));
  assert.deepEqual(openSpreadsheet(Buffer.from(bytes)).sheets, ["一", "二"]);
  assert.equal(await openSpreadsheet(Buffer.from(bytes)).expectedRows("一"), 701);
});

test("prefixes, rich text, phonetic guides, inline texts, gaps, formulas, errors and hidden sheets are understood", async () => {
  const sheet =
    '<x:worksheet><x:sheetData><x:row r="3"><x:c r="A3" t="s"><x:v>0</x:v></x:c><x:c r="C3" t="inlineStr"><x:is><x:r><x:t>甲</x:t></x:r><x:r><x:t xml:space="preserve"> 乙</x:t></x:r></x:is></x:c></x:row>' +
    '<x:row r="5"/><x:row r="7"><x:c r="A7"><x:f>1+1</x:f><x:v>2</x:v></x:c><x:c r="B7" t="e"><x:f>A1/0</x:f><x:v>#DIV/0!</x:v></x:c><x:c r="C7"><x:f>A1</x:f></x:c><x:c r="D7" t="str"><x:f>"a"</x:f><x:v>a_x000D_b</x:v></x:c></x:row></x:sheetData></x:worksheet>';
  const bytes = zip(workbook(sheet, { "xl/sharedStrings.xml": "<sst><si><r><t>张&#x4e09;</t></r><rPh><t>zhang</t></rPh><r><t>丰</t></r></si></sst>" }));
  assert.deepEqual(openSpreadsheet(bytes).sheets, ["A&B"]);
  const rows = await rowsOf(bytes);
  assert.deepEqual(rows[0], { no: 3, cells: ["张三丰", null, "甲 乙"] });
  assert.deepEqual(rows.at(-1), { no: 7, cells: [2, "#DIV/0!", null, "a\rb"], formulas: [0, 1, 2, 3] });
});

test("CSV in UTF-8 with and without mark, GB18030 and UTF-16 reads alike, with commas, tabs and quoted line ends", async () => {
  const csv = '姓名,备注\r\n𠮷野,"甲,""乙""\r\n丙"\r\n张三,\r\n';
  const want = [["姓名", "备注"], ["𠮷野", '甲,"乙"\r\n丙'], ["张三", null]];
  const last = (rows: (readonly Cell[])[]): (readonly Cell[])[] => rows.filter((row) => row.some((cell) => cell !== null));
  assert.deepEqual(last(await cellsOf(Buffer.from(csv))), want);
  assert.deepEqual(last(await cellsOf(Buffer.from(`\ufeff${csv}`))), want);
  assert.deepEqual(last(await cellsOf(iconv.encode(csv, "gb18030"))), want);
  assert.deepEqual(last(await cellsOf(Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(csv, "utf16le")]))), want);
  assert.deepEqual(last(await cellsOf(Buffer.from("姓名\t数\n张三\t1,5\n"))), [["姓名", "数"], ["张三", "1,5"]]);
  assert.deepEqual(await rowsOf(Buffer.from('a,b\n="0123",=1+1')), [{ no: 1, cells: ["a", "b"] }, { no: 2, cells: ["0123", null], formulas: [0, 1] }]);
  const long = `姓名,n\n${Array.from({ length: 60_000 }, (_, i) => `测试者${i},${i}`).join("\n")}`;
  const rows = await cellsOf(iconv.encode(long, "gb18030"));
  assert.equal(rows.length, 60_001);
  assert.deepEqual(rows[43_210], ["测试者43209", "43209"]);
});

test("what is no workbook is refused with what it is and what to do", async () => {
  const cases: readonly (readonly [Buffer, RegExp])[] = [
    [Buffer.alloc(0), /空/],
    [Buffer.concat([Buffer.from("d0cf11e0a1b11ae1", "hex"), Buffer.alloc(2048)]), /另存为 xlsx/],
    [Buffer.concat([Buffer.from("d0cf11e0a1b11ae1", "hex"), Buffer.alloc(512), Buffer.from("EncryptedPackage", "utf16le")]), /密码/],
    [Buffer.from("%PDF-1.7"), /PDF/],
    [Buffer.from("<html><table><tr><td>1</td></tr></table>"), /网页/],
    [Buffer.from("89504e470d0a1a0a0000000d49484452", "hex"), /不是表格/],
    [zip({ "word/document.xml": "<w/>" }), /Word/],
    [zip({ "a.txt": "x" }), /压缩包/],
    [Buffer.concat([Buffer.from("504b0304", "hex"), Buffer.alloc(64)]), /损坏/],
    [(await writeXlsxBytes()).subarray(0, 900), /损坏/],
  ];
  for (const [bytes, wanted] of cases) assert.throws(() => openSpreadsheet(bytes), (error) => error instanceof Problem && error.code === "file-not-readable" && wanted.test(error.detail?.zh ?? ""), String(wanted));
  assert.throws(() => openSpreadsheet(Buffer.alloc((64 << 20) + 1, 65)), (error) => error instanceof Problem && error.code === "file-too-large");
  const mixed = Buffer.concat([Buffer.from("姓名,a\n"), Buffer.from("张三,b\n".repeat(120_000)), Buffer.from([0xff, 0xff, 0x2c])]);
  await assert.rejects(rowsOf(mixed), (error) => error instanceof Problem && error.code === "file-not-readable");
});

const writeXlsxBytes = async (): Promise<Buffer> => Buffer.from(await writeXlsx({ sheets: [{ name: "a", rows: [["a", "b"]] }] }));

test("bombs, entity tricks and endless rows end in a refusal, quickly", async () => {
  const zeros = "0".repeat(300 << 20);
  const strings = zip(workbook("<worksheet><sheetData><row><c><v>1</v></c></row></sheetData></worksheet>", { "xl/sharedStrings.xml": `<sst>${zeros}</sst>` }), 10);
  assert.ok(strings.length < 1 << 20);
  const started = performance.now();
  await assert.rejects(rowsOf(strings), (error) => error instanceof Problem && error.code === "file-too-large");
  await assert.rejects(rowsOf(zip(workbook(`<worksheet><sheetData><row r="1"><c r="A1"><v>${zeros.slice(0, 40 << 20)}`))), (error) => error instanceof Problem);
  await assert.rejects(rowsOf(zip(workbook(`<worksheet><sheetData><row r="1">${"<c>".repeat(2_000_000)}</row></sheetData></worksheet>`))), (error) => error instanceof Problem);
  await assert.rejects(rowsOf(zip(workbook('<worksheet><sheetData><row r="1"><c r="ZZZZ1"><v>1</v></c></row></sheetData></worksheet>'))), (error) => error instanceof Problem);
  assert.throws(() => openSpreadsheet(zip({ ...workbook("<worksheet/>"), "xl/workbook.xml": '<!DOCTYPE x [<!ENTITY a "b">]><workbook/>' })), (error) => error instanceof Problem);
  assert.ok(performance.now() - started < 8000);
});

test("no row is lost or joined when rows carry false or repeated numbers", async () => {
  const row = (r: string): string => `<row r="${r}"><c t="inlineStr"><is><t>${r}</t></is></c></row>`;
  const bytes = zip(workbook(`<worksheet><sheetData>${["5", "5", "2", "99999999999", "x"].map(row).join("")}</sheetData></worksheet>`));
  assert.deepEqual((await rowsOf(bytes)).map((one) => one.no), [5, 6, 7, 8, 9]);
});

test("texts that look like formulas are written as text and come back as they were", async () => {
  const payloads = ["=1+1", "+1", "-1", "@a", "\t=1", "＝1", "'=1", " =1", "=cmd|' /C calc'!A0", "普通", "'普通"];
  for (const text of payloads) assert.equal(uninert(inert(text)), text);
  const bytes = await writeWorkbook([{ name: "a", rows: payloads.map((text) => [text]), headRows: 1, marks: [{ row: 1, column: 0, note: "看这里" }], choices: [{ column: 0, fromRow: 1, range: "'b'!$A$1:$A$2", strict: true }] }, { name: "b", rows: [["x"], ["y"]] }]);
  const rows = await rowsOf(bytes, "a");
  assert.ok(rows.every((row) => row.formulas === undefined));
  assert.deepEqual(rows.map((row) => uninert(String(row.cells[0]))), payloads);
  const again = await readXlsx(bytes);
  assert.equal(again.sheets[0]?.dataValidations?.length, 1);
});

test("texts are read by any mark between the fields, in every encoding, with the evidence for it", async () => {
  const rows = [["姓名", "身份证号", "备注"], ["张三", "350524195803120013", "a"], ["李四", "350524195803120013", "x{mark}y"], ["王五", "", "c"]];
  for (const mark of [",", "\t", ";", "|", "|!|", "||", "@@", "^|^", "\u0001", "，"]) {
    const text = rows.map((cells) => cells.map((cell) => (cell.includes("{") ? `"${cell.replace("{mark}", mark)}"` : cell)).join(mark)).join("\r\n");
    for (const [encoding, addBOM] of [["utf8", false], ["utf8", true], ["gb18030", false], ["utf-16le", true], ["utf-16le", false], ["utf-16be", true], ["utf-16be", false]] as const) {
      const opened = openSpreadsheet(iconv.encode(text, encoding, { addBOM }));
      const read: unknown[][] = [];
      for await (const chunk of opened.rows("")) for (const row of chunk) read.push([...row.cells]);
      assert.deepEqual(read, [rows[0], rows[1], ["李四", "350524195803120013", `x${mark}y`], ["王五", null, "c"]], `${JSON.stringify(mark)} ${encoding} ${addBOM}`);
      assert.equal(opened.dialect?.delimiter, mark);
      assert.match(opened.dialect?.evidence.zh ?? "", /前4行中有4行都是3列/);
    }
  }
  for (const [text, mark] of [['"姓名","身份证号","备注"\n"甲","1","x"', ","], ["姓名,,备注\n甲,,x", ","], ["姓名||备注\n甲|1|x", "|"], ["姓名\n甲", ","]] as const) assert.equal(openSpreadsheet(Buffer.from(text)).dialect?.delimiter, mark, text);
});
