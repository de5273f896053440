// Base lists and departments' lists on a real database: every row one outcome, each fault with its reason, nothing refused kept, and a killed run ending the same.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import iconv from "iconv-lite";
import pg from "pg";
import { convert15 } from "../../core/citizen-id.ts";
import { Problem, type ProblemCode } from "../../core/problem.ts";
import type { Actor } from "../../platform/database.ts";
import type { Cell } from "../../platform/sheet-row.ts";
import { openSpreadsheet, writeWorkbook } from "../../platform/spreadsheet.ts";
import { type TestDatabase, testDatabase } from "../../../test/database.ts";
import { areas, county, fictionalId, smallWorld, type World } from "../../../test/world.ts";
import { runImport } from "./run.ts";
import { type ImportView, listBatches, listOutcomes, makeErrorWorkbook, makeTemplate, openBatch, preparedExtract, setMapping, startRun, takeUpload } from "./service.ts";

let t: TestDatabase;
let world: World;
let owner: pg.Client;
let police: Actor;
let n = 0;
before(async () => {
  t = await testDatabase();
  world = await smallWorld(t, { queue: true });
  owner = new pg.Client(t.owner);
  await owner.connect();
  police = { ...world.actors.contact, department: "public_security" };
});
after(async () => {
  await owner.end();
  await world.close();
  await t.close();
});

const HEADINGS = ["姓名", "身份证号", "性别", "民族", "出生日期", "户籍行政区划", "联系电话", "人员类别", "入伍时间", "备注"];
const freshId = (): string => fictionalId(n++ % 500);
/** A right row, changed where the test wants it. */
const row = (changes: Readonly<Record<string, Cell>> = {}): Cell[] => {
  const cells: Record<string, Cell> = { 姓名: "陈虚构", 身份证号: freshId(), 性别: "男", 民族: "汉族", 出生日期: "1958-03-12", 户籍行政区划: String(areas.A1), 联系电话: "13800000000", 人员类别: "复员军人", 入伍时间: "1976/3/1", 备注: null, ...changes };
  return HEADINGS.map((heading) => cells[heading] ?? null);
};
const book = async (rows: readonly (readonly Cell[])[], name = "底册"): Promise<Buffer> => Buffer.from(await writeWorkbook([{ name: "说明", rows: [["虚构数据"]] }, { name, rows }]));
const csv = (rows: readonly (readonly Cell[])[]): string => rows.map((cells) => cells.map((cell) => `"${cell ?? ""}"`).join(",")).join("\r\n");

const send = (actor: Actor, bytes: Buffer, body: Readonly<Record<string, string>>, fileName = "名单.xlsx"): Promise<ImportView> =>
  t.database.write(actor, (tx) => takeUpload(tx, world.platform, { kind: "base-list", ...body } as never, { fileName, mime: "", bytes }));
const go = { signal: new AbortController().signal, progress: async () => {} };
async function run(actor: Actor, sent: ImportView): Promise<ImportView> {
  await t.database.write(actor, (tx) => startRun(tx, world.platform, sent));
  await runImport(world.platform, { county: sent.county, id: sent.id }, { actor, ...go });
  const done = await t.database.read(actor, (tx) => openBatch(tx, sent));
  assert.equal(done.state, "done");
  assert.equal(done.accepted + done.returned, done.rows);
  return done;
}
const outcomes = async (actor: Actor, view: ImportView) => (await t.database.read(actor, (tx) => listOutcomes(tx, view, {}))).rows;
const refuses = (code: ProblemCode, detail?: RegExp) => (error: unknown): boolean => error instanceof Problem && error.code === code && (detail === undefined || detail.test(error.detail?.zh ?? ""));
const everythingStored = async (): Promise<string> => {
  const { rows } = await owner.query<{ all: string }>("select coalesce(string_agg(x::text, ''), '') as all from (select to_jsonb(b) from import_batch b union all select to_jsonb(r) from import_row r union all select to_jsonb(v) from revision v union all select to_jsonb(e) from event e union all select to_jsonb(m) from supplier_mapping m) x");
  return rows[0]?.all ?? "";
};

const lead = (): Actor => world.actors.countyLead;

test("each fault of a base-list row is returned with its own reason, and the right rows are taken in", async () => {
  const first = freshId();
  const wrongDigit = (id: string): string => id.slice(0, 8) + String((Number(id[8]) + 1) % 10) + id.slice(9);
  const cases: readonly (readonly [Cell[], string])[] = [
    [row({ 身份证号: first }), "accepted"],
    [row({ 身份证号: first }), "duplicate-in-file"],
    [row({ 身份证号: wrongDigit(freshId()) }), "id-check-digit"],
    [row({ 身份证号: "B35052400000000001" }), "id-pseudo"],
    [row({ 身份证号: "000000000000000000" }), "id-pseudo"],
    [row({ 身份证号: 3.5052419500101101e17 }), "id-digits-lost"],
    [row({ 身份证号: "3.50524E+17" }), "id-digits-lost"],
    [row({ 身份证号: null }), "required"],
    [row({ 姓名: null }), "required"],
    [row({ 入伍时间: "1976-02-30" }), "not-a-date"],
    [row({ 入伍时间: "2031-01-01" }), "date-out-of-range"],
    [row({ 民族: "汉人" }), "not-an-option"],
    [row({ 人员类别: "老兵" }), "not-an-option"],
    [row({ 户籍行政区划: String(areas.elsewhere) }), "other-county"],
    [row({ 户籍行政区划: "350524100999" }), "unknown-area"],
    [row({ 户籍行政区划: String(areas.A) }), "not-a-village"],
    [row({ 备注: "原115师344团3连" }), "unit-designation"],
    [row({ 备注: "长".repeat(5000) }), "too-long"],
    [row({ 备注: "看不见\u0007的" }), "control-characters"],
    [row({ 联系电话: "1234" }), "not-a-phone"],
    [row({ 姓名: "陈 虚 构", 性别: "1", 入伍时间: new Date(Date.UTC(1976, 2, 1)), 备注: "=1+1" }), "accepted"],
    [row({ 性别: "女" }), "accepted"],
  ];
  const done = await run(lead(), await send(lead(), await book([HEADINGS, ...cases.map(([cells]) => cells)]), {}));
  const found = await outcomes(lead(), done);
  assert.equal(found.length, cases.length);
  for (const [i, [, wanted]] of cases.entries()) {
    const got = found[i];
    const blocking = got?.issues.filter((issue) => issue.severity === "block").map((issue) => issue.code) ?? [];
    assert.deepEqual([got?.row, got?.outcome, blocking.join()], [i + 2, wanted === "accepted" ? "accepted" : "returned", wanted === "accepted" ? "" : wanted], `row ${i + 2}`);
    for (const issue of got?.issues ?? []) assert.ok(issue.message.zh !== "" && issue.message.en !== "" && issue.paths.length > 0);
  }
  const message = (i: number): string => found[i]?.issues.find((issue) => issue.severity === "block")?.message.zh ?? "";
  assert.match(message(1), /第2行/);
  assert.match(message(2), /可能第\d+位/);
  assert.match(message(11), /汉族/);
  assert.equal(found[21]?.issues[0]?.code, "differs-from-id");
  const people = await owner.query("select count(*)::int as n from record where county = $1", [county]);
  assert.equal(people.rows[0].n, done.accepted);
  const { rows: links } = await owner.query("select count(*)::int as n from import_row r join subject s on s.county = r.county and s.id = r.subject_id where r.batch_id = $1", [done.id]);
  assert.equal(links[0].n, done.accepted);
  const { rows: remarks } = await owner.query("select count(*)::int as n from revision where answers #>> '{general,remark}' = '=1+1'");
  assert.equal(remarks[0].n, 1);
});

test("a number that is in the register already is returned without saying whose it is", async () => {
  const id = freshId();
  await run(lead(), await send(lead(), await book([HEADINGS, row({ 身份证号: id })]), {}));
  const again = await run(lead(), await send(lead(), await book([HEADINGS, row({ 身份证号: id, 姓名: "别名" })]), {}));
  const [only] = await outcomes(lead(), again);
  assert.deepEqual([again.accepted, again.returned, only?.issues[0]?.code], [0, 1, "already-registered"]);
  assert.doesNotMatch(JSON.stringify(only), /陈虚构|甲一村/);
});

test("a number of fifteen digits is converted and taken in with a note", async () => {
  const fifteen = "350524580312997";
  const done = await run(lead(), await send(lead(), await book([HEADINGS, row({ 身份证号: fifteen }), row({ 身份证号: convert15(fifteen) })]), {}));
  const [first, second] = await outcomes(lead(), done);
  assert.deepEqual([first?.outcome, first?.issues[0]?.code, first?.issues[0]?.severity], ["accepted", "id-converted", "note"]);
  assert.equal(second?.issues[0]?.code, "duplicate-in-file");
});

test("a text that names a unit is kept nowhere: not in rows, records, samples, the error workbook or the file store", async () => {
  const secret = "某师某团三连";
  const sent = await send(lead(), await book([[...HEADINGS, "内部备注"], [...row(), `原${secret}`], [...row({ 姓名: secret }), null], [...row(), null]]), {});
  assert.equal(sent.missing.length, 0);
  const original = (await owner.query("select file_sha256 from import_batch where id = $1", [sent.id])).rows[0].file_sha256 as string;
  const done = await run(lead(), sent);
  assert.deepEqual([done.accepted, done.returned], [1, 2]);
  assert.doesNotMatch(await everythingStored(), /某团/);
  await assert.rejects(t.blobs.get(county, original), refuses("not-found"));
  const { bytes } = await t.database.write(lead(), (tx) => makeErrorWorkbook(tx, world.platform, done));
  const opened = openSpreadsheet(Buffer.from(bytes));
  const seen: Cell[] = [];
  for (const sheet of opened.sheets) for await (const rows of opened.rows(sheet)) for (const one of rows) seen.push(...one.cells);
  assert.ok(seen.includes("（已拒绝）"));
  assert.ok(!seen.some((cell) => typeof cell === "string" && cell.includes("某团")));
  await assert.rejects(send(lead(), await book([HEADINGS, row()]), {}, `${secret}名单.xlsx`), refuses("unit-designation"));
  await assert.rejects(send(lead(), await book([HEADINGS, row()], secret), {}), refuses("unit-designation"));
});

test("the error workbook holds the returned rows as they came and can be corrected and sent again", async () => {
  const id = freshId();
  const done = await run(lead(), await send(lead(), await book([HEADINGS, row(), row({ 身份证号: id, 民族: "汉人", 备注: "=2+2" })]), {}));
  const { bytes, fileName } = await t.database.write(lead(), (tx) => makeErrorWorkbook(tx, world.platform, done));
  assert.match(fileName, /退回行\.xlsx$/);
  const rows: (readonly Cell[])[] = [];
  for await (const chunk of openSpreadsheet(Buffer.from(bytes)).rows("退回行")) rows.push(...chunk.map((one) => one.cells));
  assert.equal(rows.length, 2);
  assert.match(String(rows[1]?.[0]), /最接近的选项是“汉族”.*nearest/su);
  assert.equal(rows[1]?.[1], 3);
  const corrected = rows.map((cells) => cells.map((cell) => (cell === "汉人" ? "汉" : cell)));
  const again = await run(lead(), await send(lead(), await book(corrected, "退回行"), {}));
  assert.deepEqual([again.rows, again.accepted], [1, 1]);
});

test("headings are found under a title, in other words, with asterisks and brackets; missing ones are named; the office's words are remembered", async () => {
  const headings = ["姓 名*", "公民身份号码", "户籍行政区划(12位)★", "对象类别", "民族（必填）", "神秘列"];
  const data = [["陈虚构", freshId(), String(areas.B1), "复员军人", "汉", "x"]];
  const sent = await send(lead(), await book([["某县优抚对象底册（虚构）"], ["填报单位：", "某县"], headings, ...data]), {});
  assert.deepEqual(sent.columns.map((column) => column.target), ["general.name", "general.id_number", "general.domicile_region", "general.categories", "general.ethnic", undefined]);
  assert.match(sent.columns[1]?.sample[0] ?? "", /\*{8}/);
  assert.equal(sent.columns[0]?.sample[0], "陈**");
  const renamed = await send(lead(), await book([["姓名", "号码一", "户籍行政区划", "人员类别"], ...data.map((cells) => cells.slice(0, 4))]), {});
  assert.deepEqual(renamed.missing, ["身份证号"]);
  await assert.rejects(t.database.write(lead(), (tx) => startRun(tx, world.platform, renamed)), refuses("columns-missing", /身份证号/));
  const columns = renamed.columns.map(({ column, target }) => ({ column, ...((target ?? (column === 1 ? "general.id_number" : undefined)) && { target: target ?? "general.id_number" }) }));
  const mapped = await t.database.write(lead(), (tx) => setMapping(tx, world.platform, renamed, { columns }));
  assert.deepEqual([mapped.state, mapped.missing], ["mapped", []]);
  await assert.rejects(t.database.write(lead(), (tx) => setMapping(tx, world.platform, renamed, { columns: [{ column: 0, target: "general.name" }, { column: 1, target: "general.name" }] })), refuses("bad-request"));
  const done = await run(lead(), mapped);
  assert.equal(done.accepted, 1);
  const next = await send(lead(), await book([["号码一", "姓名", "户籍行政区划", "人员类别"], ["x", "y", "z", "w"]]), {});
  assert.equal(next.columns[0]?.target, "general.id_number");
});

test("the wrong sheet can be changed for the right one, and a sheet that is not there is refused", async () => {
  const bytes = Buffer.from(await writeWorkbook([{ name: "汇总", rows: [["姓名", "人数"], ["甲", 3]] }, { name: "名册", rows: [HEADINGS, row()] }]));
  const sent = await send(lead(), bytes, { sheet: "汇总" });
  assert.ok(sent.missing.length > 0);
  const changed = await t.database.write(lead(), (tx) => setMapping(tx, world.platform, sent, { sheet: "名册", columns: [] }));
  assert.deepEqual([changed.sheet, changed.missing], ["名册", []]);
  assert.equal((await send(lead(), bytes, {})).sheet, "名册");
  await assert.rejects(send(lead(), bytes, { sheet: "没有" }), refuses("sheet-not-found", /名册/));
});

test("formula cells give their value with a note, or return the row when they have none", async () => {
  const text = csv([HEADINGS, row()]).split("\r\n");
  const cells = row().map((cell) => `"${cell ?? ""}"`);
  const withText = [...cells];
  withText[1] = `"=""${freshId()}"""`;
  const withFormula = [...cells];
  withFormula[6] = '"=A1&B1"';
  const done = await run(lead(), await send(lead(), Buffer.from([text[0], withText.join(","), withFormula.join(",")].join("\r\n")), {}, "名单.csv"));
  const [first, second] = await outcomes(lead(), done);
  assert.deepEqual([first?.outcome, first?.issues[0]?.code], ["accepted", "formula-used"]);
  assert.deepEqual([second?.outcome, second?.issues[0]?.code], ["returned", "formula-without-value"]);
});

test("a department's list in GB18030 is checked, kept in canonical form, and only its own contact may send it", async () => {
  const [a, b, c] = [fictionalId(490), fictionalId(491), fictionalId(492)];
  const rows = [
    ["姓名", "公民身份号码", "性别", "民族", "出生日期", "户籍地区划代码", "户籍地址", "死亡日期", "服兵役情况"],
    ["欧阳𠮷", a, "男", "汉族", "19580312", "350524100201", "甲镇,一村", "", "退出现役"],
    ["乙", b, "女性的", "", "1958年3月12日", "350525100201", "", "2018/6/1", "未服兵役"],
    ["乙", b, "女性的", "", "1958年3月12日", "350525100201", "", "2018/6/1", "未服兵役"],
    ["丙", c, "1", "", "", "", "", "2018-13-01", ""],
    ["丁", "B350524", "", "", "", "", "", "", ""],
  ];
  const bytes = iconv.encode(csv(rows), "gb18030");
  const body = { kind: "extract", department: "public_security", purpose: "核对户籍和死亡信息", asOf: "2018-10-31" };
  await assert.rejects(send(world.actors.contact, bytes, body, "公安.csv"), refuses("not-allowed"));
  await assert.rejects(send(lead(), bytes, body, "公安.csv"), refuses("not-allowed"));
  await assert.rejects(send(police, bytes, { kind: "base-list" }, "公安.csv"), refuses("not-allowed"));
  await assert.rejects(send(police, bytes, { ...body, purpose: " " }, "公安.csv"), refuses("purpose-missing"));
  const done = await run(police, await send(police, bytes, body, "公安.csv"));
  assert.deepEqual([done.rows, done.accepted, done.returned, done.asOf], [5, 2, 3, "2018-10-31"]);
  const found = await outcomes(police, done);
  assert.deepEqual(found.map((one) => one.issues.find((issue) => issue.severity === "block")?.code), [undefined, undefined, "duplicate-in-file", "not-a-date", "id-pseudo"]);
  assert.equal(found[1]?.issues[0]?.code, "not-compared");
  const prepared = (await t.database.read(lead(), (tx) => preparedExtract(tx, world.platform, county, done.id))).toString("utf8").split("\n");
  assert.equal(prepared[0], "row_no,id_number,name,sex,ethnic,birth_date,domicile_region,domicile_address,death_date,served");
  assert.equal(prepared[1], `2,${a},欧阳𠮷,1,01,1958-03-12,350524100201,"甲镇,一村",,yes`);
  assert.equal(prepared[2], `3,${b},乙,女性的,,1958-03-12,350525100201,,2018-06-01,no`);
  assert.equal(prepared.length, 4);
  const civil = { ...world.actors.contact, department: "civil_affairs" };
  assert.equal((await t.database.read(civil, (tx) => listBatches(tx, {}))).rows.length, 0);
  await assert.rejects(t.database.read(civil, (tx) => openBatch(tx, done)), refuses("not-found"));
  assert.ok((await t.database.read(lead(), (tx) => listBatches(tx, { kind: "extract" }))).rows.some((one) => one.id === done.id));
});

test("a mistyped, lost or missing number does not take a row out of a department's list, a stand-in does", async () => {
  const right = fictionalId(480);
  const mistyped = right.slice(0, 17) + (right.endsWith("1") ? "2" : "1");
  const rows = [["姓名", "身份证号"], ["甲", mistyped], ["乙", ""], ["丙", "3.50524E+17"], ["丁", "000000000000000000"], ["", right]];
  const done = await run(police, await send(police, Buffer.from(csv(rows)), { kind: "extract", department: "public_security", purpose: "核对身份信息" }, "公安.csv"));
  const found = await outcomes(police, done);
  assert.deepEqual(found.map((one) => [one.outcome, one.issues[0]?.code]), [["accepted", "id-check-digit"], ["accepted", "required"], ["accepted", "id-digits-lost"], ["returned", "id-pseudo"], ["returned", "required"]]);
  const prepared = (await t.database.read(lead(), (tx) => preparedExtract(tx, world.platform, county, done.id))).toString("utf8").split("\n");
  assert.deepEqual(prepared.slice(1, 4).map((line) => line.split(",").slice(0, 3)), [["2", mistyped, "甲"], ["3", "", "乙"], ["4", "", "丙"]]);
});

test("a run killed between any two transactions ends with the same rows as one that was not", async () => {
  const people = 2600;
  const id = (i: number): string => {
    const first15 = `35052419${50 + (i % 40)}${String(1 + (i % 12)).padStart(2, "0")}${String(1 + (i % 28)).padStart(2, "0")}`.slice(0, 14);
    return convert18(first15, i);
  };
  const rows = Array.from({ length: people }, (_, i) => row({ 身份证号: i % 50 === 7 ? id(i - 5) : id(i), 出生日期: null, 性别: null, 民族: i % 31 === 0 ? "汉人" : "汉族" }));
  const bytes = await book([HEADINGS, ...rows]);
  const outcomesOf = async (batch: string): Promise<string> => JSON.stringify((await owner.query("select row_no, outcome, issues from import_row where batch_id = $1 order by row_no", [batch])).rows);
  const started = performance.now();
  const whole = await run(lead(), await send(lead(), bytes, {}));
  assert.ok(performance.now() - started < 20_000);
  const errors = async (view: ImportView): Promise<string> => (await owner.query("select returned_sha256 from import_batch where id = $1", [view.id])).rows[0].returned_sha256 as string;
  const [want, wantErrors, counts] = [await outcomesOf(whole.id), await errors(whole), await owner.query("select count(*)::int as n from record")];
  await owner.query("delete from import_row where batch_id = $1", [whole.id]);
  for (const table of ["subject_name_part", "revision", "record", "subject", "identity_claim"]) await owner.query(`delete from ${table} where county = $1`, [county]);
  for (const killAfter of [1, 2]) {
    const sent = await send(lead(), bytes, {});
    await t.database.write(lead(), (tx) => startRun(tx, world.platform, sent));
    let flushes = 0;
    const key = { county: sent.county, id: sent.id };
    const dying = new AbortController();
    const progress = async (): Promise<void> => {
      flushes += 1;
      if (flushes === killAfter) dying.abort();
    };
    await assert.rejects(runImport(world.platform, key, { actor: lead(), signal: dying.signal, progress }));
    const half = await t.database.read(lead(), (tx) => openBatch(tx, sent));
    assert.deepEqual([half.state, half.rows], ["running", killAfter * 1000]);
    await runImport(world.platform, key, { actor: lead(), ...go });
    const result = await runImport(world.platform, key, { actor: lead(), ...go });
    const done = await t.database.read(lead(), (tx) => openBatch(tx, sent));
    assert.deepEqual([done.rows, done.accepted, done.returned, result.rows], [whole.rows, whole.accepted, whole.returned, whole.rows]);
    assert.equal(await outcomesOf(done.id), want);
    assert.equal(await errors(done), wantErrors);
    for (const table of ["subject_name_part", "revision", "record", "subject", "identity_claim"]) await owner.query(`delete from ${table} where county = $1`, [county]);
  }
  assert.ok(counts.rows[0].n >= whole.accepted);
});

const convert18 = (first14: string, i: number): string => {
  const first17 = first14 + String(i % 1000).padStart(3, "0");
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  return first17 + "10X98765432".charAt(weights.reduce((sum, weight, at) => sum + weight * Number(first17[at]), 0) % 11);
};

test("a cancelled import says so, keeps what was committed, and goes on when it is run again", async () => {
  const sent = await send(lead(), await book([HEADINGS, ...Array.from({ length: 1200 }, (_, i) => row({ 身份证号: convert18("35052419611104", i % 999) }))]), {});
  await t.database.write(lead(), (tx) => startRun(tx, world.platform, sent));
  const cancel = async (): Promise<void> => {
    throw new Problem("task-cancelled");
  };
  await assert.rejects(runImport(world.platform, sent, { actor: lead(), signal: go.signal, progress: cancel }), refuses("task-cancelled"));
  assert.equal((await t.database.read(lead(), (tx) => openBatch(tx, sent))).state, "failed");
  const done = await run(lead(), sent);
  assert.deepEqual([done.rows, done.accepted], [1200, 999]);
  await assert.rejects(t.database.write(lead(), (tx) => startRun(tx, world.platform, sent)), refuses("move-not-possible"));
});

test("templates hold every column with choices, and an empty one imports nothing", async () => {
  for (const kind of ["base-list", "public_security", "civil_affairs", "housing"]) {
    const { bytes } = await t.database.read(lead(), (tx) => makeTemplate(tx, kind, world.campaign.id));
    const opened = openSpreadsheet(Buffer.from(bytes));
    assert.ok(opened.sheets.includes("说明"), kind);
  }
  const { bytes } = await t.database.read(lead(), (tx) => makeTemplate(tx, "base-list", world.campaign.id));
  const sent = await send(lead(), Buffer.from(bytes), {});
  assert.deepEqual([sent.sheet, sent.missing], ["底册", []]);
  assert.deepEqual((await run(lead(), sent)).rows, 0);
  await assert.rejects(t.database.read(lead(), (tx) => makeTemplate(tx, "nobody", world.campaign.id)), refuses("bad-request"));
});
