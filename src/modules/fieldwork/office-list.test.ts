// What goes between the office and those who work with terminals in words: notices down, people given back up; and what uploads leave behind.
import assert from "node:assert/strict";
import fs from "node:fs/promises";
import path from "node:path";
import { after, before, test } from "node:test";
import { areas } from "../../../test/world.ts";
import type { NoticeEntry } from "../../bundle/contents.ts";
import { newId } from "../../core/ids.ts";
import { type TakenIn, workOn } from "../../../test/played-terminal.ts";
import { openOfficeForTerminals, type TestOffice } from "../../../test/terminals-office.ts";
import { veterans } from "../../../schemes/veterans/scheme.ts";
import { clearOrphans } from "./duties.ts";
import { bundleFolder } from "./upload-files.ts";

let o: TestOffice;
before(async () => void (o = await openOfficeForTerminals(4)));
after(() => o?.close());

const noticesIn = (taken: TakenIn | undefined): string[] => (taken?.entries ?? []).filter((entry): entry is NoticeEntry => entry.type === "notice").map((notice) => notice.title);
type Listed = { title: string; received: { id: string }[]; awaited: { id: string }[] };
const listed = async (title: string): Promise<Listed> => ((await o.ok("countyLead", "GET", "/api/fieldwork/notices")).body["notices"] as Listed[]).find((one) => one.title === title)!;

test("a notice reaches the terminals of its area once, only those it is for, until its day, and the office sees who has it", async () => {
  const [a, b] = [await o.enrolled(areas.A), await o.enrolled(areas.B, "collectorB")];
  const write = (title: string, more: object) => o.ask("countyLead", "POST", "/api/fieldwork/notices", { title, body: "内容", area: areas.A, until: "2018-11-20", ...more });
  assert.equal((await write("全镇", {})).status, 200);
  assert.equal((await write("只给乙", { area: 350524000000, devices: [b.device] })).status, 200);
  assert.deepEqual((await listed("全镇")).awaited.map((one) => one.id), [a.device]);
  assert.deepEqual([noticesIn(await a.terminal.fetch()), noticesIn(await b.terminal.fetch())], [["全镇"], ["只给乙"]]);
  assert.deepEqual((await listed("全镇")).received, [], "fetched is not yet shown to be held");
  assert.equal(await a.terminal.fetch(), undefined);
  const now = await listed("全镇");
  assert.deepEqual([now.received.map((one) => one.id), now.awaited], [[a.device], []]);
  assert.deepEqual(noticesIn((await o.enrolled(areas.A)).down), ["全镇"], "a terminal that comes later hears it too");

  assert.equal((await write("过期", { until: "2018-10-31" })).body["code"], "bad-request");
  assert.equal((await write("别的县", { area: 350525000000 })).body["code"], "not-allowed");
  assert.equal((await write("不在该镇", { devices: [b.device] })).body["code"], "not-allowed");
  assert.equal((await write("番号", { body: "步兵第112师336团" })).body["code"], "unit-designation");
  assert.equal((await o.ask("collectorA", "POST", "/api/fieldwork/notices", { title: "x", body: "x", area: areas.A, until: "2018-11-20" })).status, 403);
  const at = o.clock.at;
  o.clock.at = new Date("2018-11-21T02:00:00Z");
  await o.ok("countyLead", "POST", `/api/fieldwork/devices/${a.device}/lease`, { leaseDays: 14 });
  a.terminal.forget();
  assert.deepEqual(noticesIn(await a.terminal.fetch()), [], "its day is over");
  o.clock.at = at;
});

test("a person whom a terminal gives back stands in the office's list with who and why, until somebody says what was done", async () => {
  const e = await o.enrolled();
  const [person] = e.down.people as [(typeof e.down.people)[0]];
  const { answers: _, before: __, ...work } = workOn(person, veterans, undefined, { outcome: { kind: "to-office", note: "户主要求与镇里当面谈" } });
  await e.terminal.upload(await e.terminal.pack([{ entry: work }]));
  await o.apply();
  type Person = { entry: string; name: string; reason: string; collector: string; device: { label: string }; settled?: { as: string; note: string } };
  const list = async (actor: "reviewerA" | "reviewerB" | "countyReviewer", more = ""): Promise<Person[]> => (await o.ok(actor, "GET", `/api/fieldwork/handed-back${more}`)).body["people"] as Person[];
  assert.deepEqual(await list("reviewerB"), []);
  assert.equal((await list("countyReviewer")).length, 1);
  const [given] = (await list("reviewerA")) as [Person];
  assert.deepEqual([given.entry, given.reason, given.device.label, given.collector !== ""], [work.entry, "户主要求与镇里当面谈", "collectorA 终端 international", true]);
  assert.notEqual(given.name, "");
  const { rows } = await o.owner.query("select row_to_json(h)::text as text from handed_back h");
  assert.ok(!(rows as { text: string }[]).some((row) => row.text.includes("当面谈")), "the reason lies sealed");

  const settle = (actor: "reviewerA" | "reviewerB" | "collectorA", body: object) => o.ask(actor, "POST", `/api/fieldwork/handed-back/350524/${work.entry}`, body);
  assert.equal((await settle("reviewerB", { as: "closed", note: "x" })).status, 404);
  assert.equal((await settle("collectorA", { as: "closed", note: "x" })).status, 403);
  assert.equal((await settle("reviewerA", { as: "contacted", note: "已电话联系，周三上门" })).status, 200);
  assert.equal((await settle("reviewerA", { as: "closed", note: "x" })).body["code"], "move-not-possible");
  assert.deepEqual(await list("reviewerA"), []);
  assert.deepEqual((await list("reviewerA", "?settled=true"))[0]?.settled?.note, "已电话联系，周三上门");
});

test("a file that an upload left without a row goes a day later; files that a row knows stay", async () => {
  const e = await o.enrolled();
  const begun = await e.terminal.signed("POST", "/api/terminal/uploads", { json: { bytes: 1000, sha256: "a".repeat(64) } });
  const known = String(begun.body["id"]);
  await e.terminal.signed("PUT", `/api/terminal/uploads/${known}?offset=0`, { bytes: Buffer.alloc(100) });
  const folder = path.join(bundleFolder(o.platform), "in", "350524");
  const [orphan, young] = [path.join(folder, newId()), path.join(folder, newId())];
  const ago = new Date(o.clock.at.getTime() - 25 * 3_600_000);
  for (const file of [orphan, young]) await fs.writeFile(file, "left");
  for (const file of [orphan, path.join(folder, known)]) await fs.utimes(file, ago, ago);
  await fs.utimes(young, o.clock.at, o.clock.at);
  assert.equal(await clearOrphans(o.platform), 1);
  assert.deepEqual((await fs.readdir(folder)).toSorted(), [known, path.basename(young)].toSorted());
});
