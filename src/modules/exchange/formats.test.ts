// Lists in every form they come in: read alike, bad ones refused in one sentence, returned rows handed back as they came, no row lost.
import assert from "node:assert/strict";
import fs from "node:fs/promises";
import { after, before, test } from "node:test";
import iconv from "iconv-lite";
import { Problem, type ProblemCode } from "../../core/problem.ts";
import { parquetToCsv, rowsToParquet } from "../../linkage/parquet-rows.ts";
import { openSpreadsheet, writeWorkbook } from "../../platform/spreadsheet.ts";
import { county, fictionalId } from "../../../test/world.ts";
import { type Lists, listsWorld, person } from "../../../test/lists-world.ts";
import { makeReturnedFile, preparedExtract } from "./service.ts";

let l: Lists;
before(async () => void (l = await listsWorld()));
after(() => l.close());

const refuses = (code: ProblemCode, says: RegExp) => (error: unknown): boolean => error instanceof Problem && error.code === code && says.test(error.detail?.zh ?? "") && (error.detail?.en ?? "").length > 5;
const HEADINGS = ["姓名", "公民身份号码", "死亡日期"];
const right = (n: number): string[] => [...person(n, "2018-01-02")];
const wrong = (n: number): string[] => [...person(n, "2018-13-01")];
const textOf = (rows: readonly (readonly string[])[], mark: string): string => [HEADINGS, ...rows].map((cells) => cells.join(mark)).join("\r\n");
const returnedOf = async (view: { county: number; id: string }) => l.t.database.write(l.lead, (tx) => makeReturnedFile(tx, l.platform, view));
const prepared = async (id: string): Promise<string> => (await l.t.database.read(l.lead, (tx) => preparedExtract(tx, l.platform, county, id))).toString("utf8");

test("the same list gives the same rows whatever mark, encoding or format it came in", async () => {
  const rows = [right(1), wrong(2), right(3)];
  const forms: (readonly [string, Buffer])[] = [];
  for (const mark of [",", "\t", ";", "|", "|!|"]) forms.push([`名单 ${forms.length}.txt`, Buffer.from(textOf(rows, mark))]);
  for (const [encoding, addBOM] of [["gb18030", false], ["utf8", true], ["utf-16le", true], ["utf-16be", true], ["utf-16le", false]] as const) forms.push([`名单 ${forms.length}.csv`, iconv.encode(textOf(rows, ","), encoding, { addBOM })]);
  forms.push(["名单.xlsx", Buffer.from(await writeWorkbook([{ name: "名单", rows: [HEADINGS, ...rows] }]))]);
  forms.push(["名单.parquet", await rowsToParquet(HEADINGS, rows, l.t.folder)]);
  const want = await prepared((await l.run(await l.send(forms[0]![1]))).id);
  assert.match(want, /虚构1[\s\S]*虚构3/);
  for (const [fileName, bytes] of forms) {
    const sent = await l.send(bytes, { fileName });
    assert.equal(sent.reading?.format, /xlsx|parquet/.exec(fileName)?.[0] ?? "csv");
    if (!fileName.endsWith("xlsx")) assert.ok((sent.reading?.evidence?.zh ?? "") !== "" && (sent.reading?.evidence?.en ?? "") !== "");
    const done = await l.run(sent);
    assert.deepEqual([done.rows, done.accepted, done.returned], [3, 2, 1], fileName);
    assert.equal(await prepared(done.id), want, fileName);
  }
  assert.deepEqual(await fs.readdir(l.platform.workFolder).then((names) => names.filter((name) => name.startsWith("file-"))), []);
});

test("returned rows go back in the format they came in, can be mended there and sent again", async () => {
  for (const [mark, encoding] of [["|!|", "utf8"], [";", "gb18030"], ["\t", "utf-16le"]] as const) {
    const done = await l.run(await l.send(iconv.encode(textOf([right(1), wrong(2), ["虚构4", fictionalId(4), "2018-13-01", "+86"]], mark).replace("死亡日期", `死亡日期${mark}备注`).replace("2018-01-02", `2018-01-02${mark}`), encoding, { addBOM: encoding.startsWith("utf-16") }), { fileName: "名单.txt" }));
    const { bytes, fileName } = await returnedOf(done);
    assert.equal(fileName, "名单-退回行.txt");
    const opened = openSpreadsheet(Buffer.from(bytes));
    assert.deepEqual([opened.dialect?.delimiter, opened.dialect?.encoding.replace("utf-8", "utf8")], [mark, encoding]);
    const text = iconv.decode(Buffer.from(bytes), encoding);
    assert.match(text, /不是有效|日期|存在/);
    assert.ok(text.includes(`${mark}'+86`), "a sheet program takes it for text");
    const mended = await l.run(await l.send(iconv.encode(text.replaceAll("2018-13-01", "2018-12-01"), encoding, { addBOM: encoding.startsWith("utf-16") }), { fileName }));
    assert.deepEqual([mended.rows, mended.accepted], [2, 2]);
  }
  const done = await l.run(await l.send(await rowsToParquet(HEADINGS, [right(1), wrong(2)], l.t.folder), { fileName: "名单.parquet" }));
  const { bytes, fileName } = await returnedOf(done);
  assert.equal(fileName, "名单-退回行.parquet");
  const back = (await parquetToCsv(bytes, l.t.folder, 1 << 20)).toString("utf8");
  assert.match(back, /原因 Reason/);
  assert.match(back, /虚构2/);
  const mended = await rowsToParquet(HEADINGS, [right(2)], l.t.folder);
  assert.equal((await l.run(await l.send(mended, { fileName: "名单.parquet" }))).accepted, 1);
});

test("a truncated Parquet, another encoding in the middle, a picture and a nested column are each refused in one sentence", async () => {
  const parquet = await rowsToParquet(HEADINGS, Array.from({ length: 50 }, (_, i) => right(i)), l.t.folder);
  for (const cut of [5, parquet.length >> 1, parquet.length - 4]) await assert.rejects(l.send(parquet.subarray(0, cut), { fileName: "名单.parquet" }), refuses("file-not-readable", /^Parquet 文件不完整或已损坏，请重新导出$/));
  const mixed = Buffer.concat([Buffer.from(textOf(Array.from({ length: 60_000 }, (_, i) => right(i % 500)), ",")), iconv.encode("\r\n张三,1,2", "gb18030")]);
  await assert.rejects(l.send(mixed), refuses("file-not-readable", /^文件中混有不同编码的文字/));
  await assert.rejects(l.send(Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16, 1, 2, 3]), { fileName: "名单.csv" }), refuses("file-not-readable", /^这不是表格文件/));
  await assert.rejects(l.t.database.write(l.lead, async () => l.send(parquet, { fileName: "名单.parquet", actor: l.lead })), (error) => error instanceof Problem && error.code === "not-allowed");
});

test("a row whose columns do not fit the headings is returned with one sentence, not read one column off", async () => {
  const wide = [...Array.from({ length: 20 }, (_, i) => `列${i}`)];
  const line = (n: number, cells: number): string => [...person(n), ...Array.from({ length: cells }, (_, i) => String(i))].join(",");
  const csv = [["姓名", "公民身份号码", ...wide].join(","), line(1, 20), line(2, 21), line(3, 40), line(4, 12), "只有名", `${line(5, 20)},,`].join("\n");
  const done = await l.run(await l.send(csv));
  assert.deepEqual([done.rows, done.accepted, done.returned], [6, 3, 3]);
  const rows = await l.sql("select row_no, issues from import_row where batch_id = $1 and outcome = 'returned' order by 1", [done.id]);
  assert.deepEqual(rows.map((row) => [row["row_no"], (row["issues"] as { code: string }[]).map((issue) => issue.code).join()]), [[3, "columns-do-not-fit"], [4, "columns-do-not-fit"], [6, "columns-do-not-fit"]]);
});

/** A small generator with a seed: the same seed, the same file. */
const random = (seed: number) => (): number => {
  seed = (seed * 1664525 + 1013904223) % 4294967296;
  return seed / 4294967296;
};
const DIRT = ["", " ", "汉族", "火星", "2018-02-30", "1958年3月12日", "3.5E+17", "000000000000000000", "\u0007", "“引号”", '"', "=1+1", "原115师344团", "𠮷", "，", "x".repeat(5000), "|", "\t", "#N/A", "张三\n李四"];

test("whatever is in a file, every row of it is either accepted or returned", async () => {
  for (let seed = 1; seed <= 40; seed += 1) {
    const next = random(seed);
    const pick = <T>(from: readonly T[]): T => from[Math.floor(next() * from.length)]!;
    const mark = pick([",", "\t", ";", "|", "|!|"]);
    const columns = 3 + Math.floor(next() * 6);
    const headings = ["姓名", "公民身份号码", "民族", "死亡日期", "服兵役情况", "户籍地址", "性别", "出生日期"].slice(0, columns);
    const cell = (at: number, n: number): string => (next() < 0.25 ? pick(DIRT) : (person(n)[at] ?? ""));
    const quoted = (text: string): string => (text.includes(mark) || /["\r\n]/u.test(text) ? (next() < 0.97 ? `"${text.replaceAll('"', '""')}"` : text.replaceAll('"', "")) : text);
    const lines = Array.from({ length: 1 + Math.floor(next() * 60) }, (_, n) => Array.from({ length: next() < 0.05 ? 1 + Math.floor(next() * 12) : columns }, (_, at) => quoted(cell(at, n))).join(mark));
    const bytes = iconv.encode([headings.join(mark), ...lines].join(pick(["\n", "\r\n"])), pick(["utf8", "gb18030", "utf-16le"]), { addBOM: true });
    const sent = await l.send(bytes, { fileName: `随机${seed}.csv` }).catch((error: unknown) => {
      assert.ok(error instanceof Problem && ["sheet-not-found", "file-not-readable"].includes(error.code), `seed ${seed}: ${String(error)}`);
      return undefined;
    });
    if (sent === undefined || sent.missing.length > 0) continue;
    const done = await l.run(sent);
    const [{ n, accepted, returned } = {}] = await l.sql("select count(*)::int as n, count(*) filter (where outcome = 'accepted')::int as accepted, count(*) filter (where outcome = 'returned')::int as returned from import_row where batch_id = $1", [done.id]);
    assert.deepEqual([n, accepted, returned], [done.rows, done.accepted, done.returned], `seed ${seed}`);
    assert.equal(done.accepted + done.returned, done.rows, `seed ${seed}`);
    let inFile = -1;
    for await (const chunk of openSpreadsheet(bytes).rows("")) for (const row of chunk) inFile += row.cells.some((one) => one !== null && String(one).trim() !== "") ? 1 : 0;
    assert.equal(done.rows, inFile, `seed ${seed}`);
    assert.equal((await prepared(done.id)).split("\n").filter((line) => /^\d+,/u.test(line)).length, done.accepted, `seed ${seed}`);
  }
});
