// Hostile and damaged files: each is refused in one sentence, the reader is ended, and the office reads the next file as if nothing had been.
import assert from "node:assert/strict";
import fs from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { after, test } from "node:test";
import { lowIncome } from "../../../schemes/low-income/scheme.ts";
import { Problem, type ProblemCode } from "../../core/problem.ts";
import type { Platform } from "../../platform/platform.ts";
import { writeWorkbook } from "../../platform/spreadsheet.ts";
import { openZip, rewriteZip } from "../../platform/zip-parts.ts";
import { type Limits, readArrived, withSheet } from "./reading.ts";
import { targetsOf } from "./targets.ts";

const workFolder = await fs.mkdtemp(path.join(os.tmpdir(), "qingce-reading-"));
after(() => fs.rm(workFolder, { recursive: true, force: true }));
const platform = { workFolder } as Platform;
const targets = targetsOf(lowIncome, "extract", "banks");
const read = (bytes: Buffer | string, within?: Limits) => readArrived(platform, Buffer.from(bytes), { targets, remembered: {}, parquet: true }, within);
const refuses = async (code: ProblemCode, sentence: RegExp, work: () => Promise<unknown>): Promise<void> => {
  await assert.rejects(work, (error) => {
    assert.ok(error instanceof Problem, String(error));
    assert.equal(error.code, code);
    assert.match(`${error.detail?.zh} ${error.detail?.en}`, sentence);
    return true;
  });
  assert.deepEqual(await fs.readdir(workFolder), [], "nothing stays in the work folder");
};
const good = "客户证件号码,客户姓名,余额\n999999195803120011,虚构,3\n";
const sound = async (): Promise<void> => assert.deepEqual((await read(good)).seen.mapping.map((one) => one.target), ["id_number", "name", "balance"]);
const workbook = async (): Promise<Buffer> => Buffer.from(await writeWorkbook([{ name: "名单", rows: [["客户证件号码", "客户姓名"], ["999999195803120011", "虚构"]] }]));

test("a cell of a megabyte, an open quote and a row of a thousand columns are refused with their row", async () => {
  await refuses("file-not-readable", /第 3 行有一个单元格超过 10 万字/, () => read(`${good}999999195803120011,${"长".repeat(1 << 20)},1\n`));
  await refuses("file-not-readable", /第 2 行有一个单元格超过 10 万字，请检查引号/, () => read(`客户证件号码,客户姓名,余额\n999999195803120011,"虚构,3\n${"1,2,3\n".repeat(50_000)}`));
  await refuses("file-not-readable", /第 1 行有 1000 列，最多 512 列/, () => read(`${Array.from({ length: 1000 }, (_, i) => `列${i}`).join(",")}\n1,2\n`));
  await sound();
});

test("files that are no lists, or damaged ones, are refused in a sentence", async () => {
  for (const [bytes, sentence] of [
    [Buffer.from("PAR1 broken PAR1"), /Parquet 文件不完整或已损坏/],
    [(await workbook()).subarray(0, 700), /已损坏或不完整/],
    [Buffer.concat([Buffer.from(good), Buffer.from([0xc4, 0xe3, 0xff, 0xfe, 0x80])]), /编码|表格/],
    [Buffer.from("%PDF-1.7"), /PDF/],
    [Buffer.alloc(0), /空的/],
  ] as const) await refuses("file-not-readable", sentence, () => read(bytes));
  await sound();
});

test("a workbook that unpacks to hundreds of megabytes ends its reader, not the office", async () => {
  const small = await workbook();
  const strings = openZip(small).names.find((name) => /sharedStrings/u.test(name)) ?? "xl/sharedStrings.xml";
  const bomb = rewriteZip(small, new Map([[strings, Buffer.alloc(230 << 20, " ")], ["xl/worksheets/sheet1.xml", Buffer.from("<worksheet><sheetData><row r=\"1\"><c t=\"s\"><v>0</v></c></row></sheetData></worksheet>")]]));
  assert.ok(bomb.length < 1 << 20);
  const before = process.memoryUsage().rss;
  await refuses("file-too-large", /内存超过 160 MB.*more than 160 MB/, () => read(bomb, { memoryMb: 160, seconds: 60 }));
  assert.ok(process.memoryUsage().rss - before < 200 << 20);
  await sound();
});

test("a file that takes too long is given up", async () => {
  await refuses("file-not-readable", /超过 0.02 秒/, () => read(good, { memoryMb: 512, seconds: 0.02 }));
  await sound();
});

test("the rows of a kept file come in order with their kinds, and a reading that is left ends its reader", async () => {
  const bytes = Buffer.from(await writeWorkbook([{ name: "名单", rows: [["甲", "乙"], ...Array.from({ length: 3000 }, (_, i) => [i, `第${i}行`])] }]));
  const seen: unknown[] = [];
  await withSheet(platform, bytes, "名单", async ({ rows }) => {
    for await (const chunk of rows) for (const row of chunk) seen.push(row.cells);
  });
  assert.deepEqual([seen.length, seen[0], seen[3000]], [3001, ["甲", "乙"], [2999, "第2999行"]]);
  await assert.rejects(withSheet(platform, bytes, "名单", async ({ rows }) => {
    for await (const chunk of rows) if (chunk.length > 0) throw new Error("left");
  }), /left/);
  await refuses("sheet-not-found", /./, () => withSheet(platform, bytes, "没有", async ({ rows }) => void (await rows.next())));
  await sound();
});
