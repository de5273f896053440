// Rejected candidates with their sentences, pieces by a column, and blocks too large for their key.
import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { linkInChild } from "./child.ts";
import { chinesePersons } from "./chinese-persons.ts";
import { checkDigit, dirtyPeople, withId, writeCsv, type Row } from "./dirty-people.fixture.ts";
import { explainRejection } from "./explain.ts";
import type { LinkageReport, LinkageTask, LinkResult, Rejection } from "./model.ts";
import { piecesByColumn } from "./partition.ts";
import { readLinks, readRejected } from "./results.ts";
import { digests, faultOf, scratchFolder } from "./runs.fixture.ts";

const folder = scratchFolder();
const { left, right } = dirtyPeople({ people: 500, strangers: 100, seed: 91 });
let runs = 0;
function task(l: readonly Row[], r: readonly Row[], more: Partial<LinkageTask> = {}): LinkageTask {
  runs += 1;
  return { left: writeCsv(join(folder, `${runs}-l.csv`), l), right: writeCsv(join(folder, `${runs}-r.csv`), r), settings: chinesePersons, workFolder: join(folder, `${runs}-out`), ...more };
}
async function all<T>(rows: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const row of rows) list.push(row);
  return list;
}

const person = left[0] as Row;
const seventeen = `110101${person.birth.replaceAll("-", "")}016`;
const namesake: Row = { ...withId(person, `${seventeen}${checkDigit(seventeen)}`), id: "namesake", phone: "", area12: "110101001001" };

test("a rejected candidate is kept with its levels and a sentence, at most so many for each left row, and the step says of how many", async () => {
  const it = task(left, [...right.filter((row) => row.name !== person.name), namesake, { ...namesake, id: "another", phone: "13000000000" }], { rejectedPerRow: 1 });
  const report = await linkInChild(it);
  const rejected = await all<Rejection>(readRejected(it.workFolder));
  const mine = rejected.filter((each) => each.left_id === person.id);
  assert.equal(mine.length, 1);
  assert.equal(mine[0]?.reason, "veto");
  const { zh, en } = explainRejection(chinesePersons, mine[0] as Rejection);
  assert.match(zh, /^两个有效身份证号.*姓名相同.*；有相反证据，不作为同一人。$/);
  assert.match(en, /^Two .*valid ID numbers.*evidence against one person, not linked\.$/);
  const links = new Set((await all<LinkResult>(readLinks(it.workFolder))).map((link) => `${link.left_id} ${link.right_id}`));
  assert.ok(rejected.every((each) => !links.has(`${each.left_id} ${each.right_id}`)), "what is linked is not rejected");
  assert.equal(new Set(rejected.map((each) => each.left_id)).size, rejected.length);
  const notes = report.steps.find((step) => step.step === "write")?.notes ?? {};
  assert.equal(notes["rejections kept"], rejected.length);
  assert.ok((notes["rejected near the threshold, vetoed or outbid"] ?? 0) > rejected.length);
  assert.ok((notes["candidates compared"] ?? 0) >= (notes["rejected near the threshold, vetoed or outbid"] ?? 0));
  const two = { ...it, rejectedPerRow: 2, workFolder: join(folder, "two") };
  await linkInChild(two);
  assert.equal((await all<Rejection>(readRejected(two.workFolder))).filter((each) => each.left_id === person.id).length, 2);
});

test("pieces by county and a last one for people who moved give the bytes of a run in one go, rejections included", async () => {
  const more = { rejectedPerRow: 2 } as const;
  const whole = task(left, right, more);
  const { counts } = await linkInChild(whole);
  const moved = (await all<LinkResult>(readLinks(whole.workFolder))).filter((link) => left.find((row) => row.id === link.left_id)?.area12.slice(0, 6) !== right.find((row) => row.id === link.right_id)?.area12.slice(0, 6));
  assert.ok(moved.length > 0, "somebody moved to another county");
  const byCounty = { ...whole, partitionBy: "area12", workFolder: join(folder, "by-county") };
  const counties = new Set(left.map((row) => row.area12.slice(0, 6)).filter((county) => county !== "" && right.some((row) => row.area12.startsWith(county))));
  assert.equal(await piecesByColumn(byCounty), counties.size + 1);
  const report = await linkInChild(byCounty);
  assert.deepEqual(report.counts, counts);
  assert.deepEqual(digests(byCounty.workFolder), digests(whole.workFolder));
  assert.equal((await faultOf(linkInChild({ ...byCounty, partitionBy: "colour" }))).code, "settings");
});

test("a block too large for its key is cut by further columns, and what is still too large is told with its rows", async () => {
  // Everybody is born on one day in one county: the key of birth date and county makes one block of all.
  const together = (rows: readonly Row[]): Row[] => rows.map((row, i) => ({ ...row, id18: "", id_valid: "0", birth: "1980-05-05", area12: "510104001001", phone: row.phone === "" ? `139${String(i).padStart(8, "0")}` : row.phone }));
  const settings = { ...chinesePersons, largestBlock: 2000, blocking: chinesePersons.blocking.filter((key) => key.key === "birth date and county") };
  const it = task(together(left), together(right), { settings });
  const report: LinkageReport = await linkInChild(it);
  const notes = report.steps.find((step) => step.step === "candidates")?.notes ?? {};
  assert.equal(notes["birth date and county: blocks too large, refined"], 1);
  assert.equal(notes["birth date and county: rows in them, left"], left.length);
  assert.ok((notes["birth date and county"] ?? 0) > 100, "rows meet where a further column agrees");
  assert.ok((notes["birth date and county: refined blocks still too large"] ?? 0) >= 1);
  assert.ok(report.counts.skippedPairs >= left.length * right.length, "what one cut leaves out is counted");
  assert.ok(report.counts.automatic + report.counts.review > 100);
});
