// A filled workbook on a real database: one outcome for each person, blanks change nothing, refusals leave nothing behind.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { veterans } from "../../../schemes/veterans/scheme.ts";
import { testDatabase, type TestDatabase } from "../../../test/database.ts";
import { areas, completeAnswers, county, fictionalId, smallWorld, type World, type WorldActor } from "../../../test/world.ts";
import { newId } from "../../core/ids.ts";
import { Problem } from "../../core/problem.ts";
import type { Tx } from "../../platform/database.ts";
import { writeWorkbook } from "../../platform/spreadsheet.ts";
import type { Cell } from "../../platform/sheet-row.ts";
import { addBasePeople, headAnswers } from "../records/service.ts";
import { type Taken, takeFilled } from "./filled.ts";
import { sheetsOf } from "./sheets.ts";

let t: TestDatabase;
let w: World;
before(async () => {
  t = await testDatabase();
  w = await smallWorld(t);
});
after(() => t.close());

const as = <T>(actor: WorldActor, work: (tx: Tx) => Promise<T>): Promise<T> => t.database.write(w.actors[actor], work);
const [general] = sheetsOf(veterans);
assert.ok(general);
const LABELS = { name: "姓名", id: "身份证号", area: "户籍行政区划", phone: "联系电话", remark: "备注" } as const;
type Line = Partial<Record<keyof typeof LABELS, Cell>>;

/** A workbook under the template's own headings. */
async function workbook(...lines: Line[]): Promise<Buffer> {
  const headings = general!.columns.map((column) => column.heading);
  const at = (key: keyof typeof LABELS): number => headings.findIndex((heading) => heading.startsWith(LABELS[key]));
  const rows: Cell[][] = lines.map((line, i) => {
    const cells: Cell[] = [i + 1, ...headings.map(() => null)];
    for (const key of Object.keys(line) as (keyof typeof LABELS)[]) cells[at(key) + 1] = line[key] ?? null;
    return cells;
  });
  return Buffer.from(await writeWorkbook([{ name: general!.name, rows: [["序号*", ...headings], ...rows], headRows: 1, widths: [], textColumns: headings.map((_, i) => i + 1) }]));
}
const take = (actor: WorldActor, bytes: Buffer): Promise<Taken> => as(actor, (tx) => takeFilled(tx, w.platform, { campaign: w.campaign.id, file: { fileName: "填报.xlsx", mime: "application/octet-stream", bytes } }));
const outcomes = (taken: Taken): string[] => taken.rows.map((row) => row.outcome);

test("known people are updated, new ones added, and a second time nothing changes", async () => {
  const { added } = await as("countyLead", (tx) => addBasePeople(tx, w.platform, { campaign: w.campaign, batchId: newId(), people: [{ index: 0, area: areas.A1, answers: completeAnswers(1, { mobile: "13800000001" }) }] }));
  const bytes = await workbook(
    { name: "陈虚构", id: fictionalId(1), area: String(areas.A1), remark: "补充说明" },
    { name: "林虚设", id: fictionalId(2), area: String(areas.A2), phone: "13900000000" },
  );
  const first = await take("collectorA", bytes);
  assert.deepEqual(outcomes(first), ["updated", "added"]);
  assert.deepEqual([first.people, first.added, first.updated, first.unchanged, first.returned], [2, 1, 1, 0, 0]);
  const kept = (await as("collectorA", (tx) => headAnswers(tx, w.platform, county, [added[0]!.recordId]))).get(added[0]!.recordId);
  assert.equal(kept?.["general"]?.["mobile"], "13800000001", "a blank cell changes nothing");
  assert.equal(kept?.["general"]?.["remark"], "补充说明");
  assert.deepEqual(outcomes(await take("collectorA", bytes)), ["unchanged", "unchanged"]);
});

test("a person with a refused cell or outside the office comes back whole, with the reason, and the others stay", async () => {
  const { added } = await as("countyLead", (tx) => addBasePeople(tx, w.platform, { campaign: w.campaign, batchId: newId(), people: [{ index: 0, area: areas.B1, answers: completeAnswers(11, { domicile_region: String(areas.B1) }) }] }));
  const taken = await take("collectorA", await workbook({ name: "甲虚构", id: fictionalId(21), phone: "not a phone" }, { name: "乙虚构", id: fictionalId(22), remark: "原115师344团3连" }, { name: "丙虚构", id: fictionalId(23) }, { name: "丁虚构", id: fictionalId(11) }));
  assert.deepEqual(outcomes(taken).slice(0, 3), ["returned", "returned", "added"]);
  assert.ok(taken.rows[0]?.issues.some((issue) => issue.code === "not-a-phone"));
  assert.ok(taken.rows[1]?.issues.some((issue) => issue.code === "unit-designation"));
  assert.doesNotMatch(JSON.stringify(taken), /344/u);
  assert.equal(taken.people, taken.added + taken.updated + taken.unchanged + taken.returned);
  // Another township's person is not seen: a draft is made here as for anybody, and nothing tells that the number is held.
  assert.ok(taken.rows[3]?.record !== added[0]!.recordId && !taken.rows[3]?.issues.some((issue) => issue.code === "duplicate-person"));
});

test("what is no workbook of this scheme is refused in one sentence", async () => {
  const refused = (code: Problem["code"]) => (error: unknown) => error instanceof Problem && error.code === code;
  await assert.rejects(take("collectorA", Buffer.from("PK\u0003\u0004 broken")), refused("file-not-readable"));
  await assert.rejects(take("collectorA", Buffer.from(await writeWorkbook([{ name: "别的表", rows: [["a"]], headRows: 1, widths: [] }]))), refused("sheet-not-found"));
});
