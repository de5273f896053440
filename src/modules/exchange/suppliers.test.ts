// What a supplier's headings and words mean is kept for it, version by version; lists end, are due on days, and come from machines.
import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { Problem, type ProblemCode } from "../../core/problem.ts";
import { fixedClock } from "../../platform/clock.ts";
import { createHttp } from "../../platform/http.ts";
import { restingPlace } from "../../platform/resting.ts";
import { scanWith } from "../../platform/scanner.ts";
import type { FastifyInstance } from "fastify";
import { county, fictionalId } from "../../../test/world.ts";
import { type Lists, listsWorld, person, policeList } from "../../../test/lists-world.ts";
import { listAgreements, revokeAgreement } from "./agreements.ts";
import { catalogueOf } from "./catalogue.ts";
import { takeInboxUnlessResting } from "./duties.ts";
import { takeInbox } from "./inbox.ts";
import { issueToken, listTokens, revokeToken } from "./intake.ts";
import { wipeEnded } from "./retention.ts";
import { routes } from "./routes.ts";
import { dueDates, settleDues } from "./rules.ts";
import { makeErrorWorkbook, preparedExtract, setMapping, signAgreement, wipeImport } from "./service.ts";
import { setPlan } from "./timetable.ts";
import { listWords, revokeWord, sayWord, unknownWords } from "./unknown-words.ts";

let l: Lists;
let app: FastifyInstance;
const scanner = path.join(os.tmpdir(), `qingce-scanner-${process.pid}`);
const scan = scanWith(`/bin/sh ${scanner}`);
const inbox = fs.mkdtempSync(path.join(os.tmpdir(), "qingce-inbox-"));
before(async () => {
  fs.writeFileSync(scanner, "if grep -q HARM; then exit 1; fi");
  l = await listsWorld({ inboxFolder: inbox });
  app = await createHttp({ database: l.t.database, sessions: { actorOf: async () => undefined }, bindings: routes(l.platform), isSetUp: async () => true, scan });
});
after(async () => {
  await app.close();
  await l.close();
  fs.rmSync(inbox, { recursive: true, force: true });
  fs.rmSync(scanner, { force: true });
});
const refuses = (code: ProblemCode) => (error: unknown): boolean => error instanceof Problem && error.code === code;

test("a file with other headings than the supplier's last one says what changed; another supplier's headings do not count", async () => {
  const confirm = (view: { county: number; id: string; columns: readonly { column: number; target?: string }[] }, more: Record<number, string> = {}) =>
    l.t.database.write(l.police, (tx) => setMapping(tx, l.platform, view, { columns: view.columns.map(({ column, target }) => ({ column, ...((more[column] ?? target) && { target: more[column] ?? target }) })) }));
  const first = await l.send("名字甲,公民身份号码,身故日子\n虚构,,2018-01-01");
  assert.equal(first.changed, undefined);
  assert.deepEqual(first.missing, ["姓名"]);
  await confirm(first, { 0: "name", 2: "death_date" });
  const same = await l.send("名字甲,公民身份号码,身故日子\n虚构,,2018-01-02");
  assert.deepEqual([same.missing, same.changed, same.columns.map((column) => column.target)], [[], undefined, ["name", "id_number", "death_date"]]);
  await confirm(same);
  assert.equal((await l.sql("select max(version) as v from supplier_mapping where supplier = 'public_security'"))[0]?.["v"], 1);
  const other = await l.send("名字乙,公民身份号码,民族\n虚构,,汉族");
  assert.deepEqual(other.changed, { since: 1, added: ["名字乙", "民族"], gone: ["名字甲", "身故日子"] });
  await confirm(other, { 0: "name" });
  const versions = await l.sql("select version, headings from supplier_mapping where supplier = 'public_security' order by 1");
  assert.deepEqual(versions.map((row) => [row["version"], (row["headings"] as string[])[0]]), [[1, "名字甲"], [2, "名字乙"]]);
  assert.equal((await l.send("名字甲,公民身份号码\n虚构,")).columns[0]?.target, "name", "headings of earlier versions are still known");
  const neighbour = { ...l.police, department: "civil_affairs" };
  assert.deepEqual((await l.send("名字甲,公民身份号码\n虚构,", { department: "civil_affairs", actor: neighbour })).missing, ["姓名"]);
});

test("a word that no option knows is offered once, kept for the supplier, seen and revoked", async () => {
  const csv = policeList([person(40, "花腰"), person(41, "花腰"), person(42, "汉族"), person(43, "350524195803120013")], ["民族"]);
  const sent = await l.send(csv);
  const offered = await l.t.database.write(l.police, (tx) => unknownWords(tx, l.platform, sent));
  assert.deepEqual(offered.fields.map(({ field, words, different }) => ({ field, words, different })), [{ field: "ethnic", words: [{ word: "花腰", rows: 2 }], different: 2 }]);
  assert.ok((offered.fields[0]?.codes.length ?? 0) > 56);
  await assert.rejects(l.t.database.write(l.police, (tx) => sayWord(tx, sent, { field: "ethnic", word: "花腰", code: "nothing" })), refuses("bad-request"));
  await l.t.database.write(l.police, (tx) => sayWord(tx, sent, { field: "ethnic", word: "花腰", code: "97" }));
  assert.deepEqual((await l.t.database.write(l.police, (tx) => unknownWords(tx, l.platform, sent))).fields[0]?.words, []);
  const done = await l.run(sent);
  const ethnic = async (id: string): Promise<(string | undefined)[]> => (await l.t.database.read(l.lead, (tx) => preparedExtract(tx, l.platform, county, id))).toString("utf8").trim().split("\n").slice(1).map((line) => line.split(",")[4]);
  assert.deepEqual((await ethnic(done.id)).slice(0, 3), ["97", "97", "01"]);
  const known = (await l.t.database.read(l.lead, (tx) => listWords(tx, l.world.campaign.id))).rows;
  assert.deepEqual(known.map((row) => [row.word, row.code, row.revokedAt]), [["花腰", "97", undefined]]);
  await l.t.database.write(l.lead, (tx) => revokeWord(tx, known[0]!));
  assert.equal((await ethnic((await l.run(await l.send(csv))).id))[0], "花腰");
});

test("a wiped list is gone from the file store and the tables; its figures, digests and outcomes stay", async () => {
  const stored = (): string[] => fs.readdirSync(path.join(l.t.folder, "blobs", String(county)), { recursive: true, encoding: "utf8" }).filter((name) => /[0-9a-f]{64}$/u.test(name)).map((name) => path.basename(name));
  const csv = policeList([person(50, "2018-01-02", "秘密一"), person(51, "2018-13-01", "秘密二")], ["死亡日期", "内部备注"]);
  const done = await l.run(await l.send(csv));
  const [batch] = await l.sql("select file_sha256, prepared_sha256, returned_sha256 from import_batch where id = $1", [done.id]);
  const digests = Object.values(batch ?? {}).map(String);
  assert.ok(digests.length === 3 && digests.every((digest) => stored().includes(digest)));
  await assert.rejects(l.t.database.write(l.police, (tx) => wipeImport(tx, l.platform, done, "不该我来")), refuses("not-allowed"));
  const wiped = await l.t.database.write(l.lead, (tx) => wipeImport(tx, l.platform, done, "对方发错名单"));
  assert.deepEqual([wiped.state, wiped.rows, wiped.accepted, wiped.returned, wiped.wiped?.because], ["wiped", 2, 1, 1, "对方发错名单"]);
  assert.ok(digests.every((digest) => !stored().includes(digest)));
  assert.doesNotMatch(JSON.stringify(await l.sql("select to_jsonb(b) as b from import_batch b where id = $1", [done.id])), /虚构|秘密/);
  assert.equal((await l.sql("select count(*)::int as n from import_row where batch_id = $1", [done.id]))[0]?.["n"], 2);
  await assert.rejects(l.t.database.read(l.lead, (tx) => preparedExtract(tx, l.platform, county, done.id)), refuses("move-not-possible"));
  await assert.rejects(l.t.database.write(l.lead, (tx) => makeErrorWorkbook(tx, l.platform, done)), refuses("move-not-possible"));
  await assert.rejects(l.t.database.write(l.lead, (tx) => wipeImport(tx, l.platform, done, "再来一次")), refuses("move-not-possible"));
  assert.equal((await l.sql("select count(*)::int as n from audit_entry where action = 'import.wipe'"))[0]?.["n"], 1);
});

test("lists end on the day their agreement says, the same bytes sent twice with the last of them", async () => {
  const csv = policeList([person(60, "汉族")], ["民族"]);
  const early = await l.run(await l.send(csv));
  assert.equal(early.keepUntil, "2019-04-30");
  await l.t.database.write(l.lead, (tx) => signAgreement(tx, l.platform, { campaign: l.world.campaign.id, department: "public_security", purpose: "核对", fromOn: "2018-01-01", toOn: "2099-12-31", document: "续签", keepDays: 300 }));
  const late = await l.run(await l.send(csv));
  const at = (instant: string) => wipeEnded({ ...l.platform, clock: fixedClock(instant) });
  await at("2019-04-30T04:00:00Z");
  assert.equal((await l.view(early)).state, "done");
  assert.ok((await at("2019-05-01T04:00:00Z")) > 0);
  assert.deepEqual([(await l.view(early)).state, (await l.view(early)).wiped?.because, (await l.view(late)).state], ["wiped", "retention", "done"]);
  assert.match((await l.t.database.read(l.lead, (tx) => preparedExtract(tx, l.platform, county, late.id))).toString("utf8"), /虚构60/);
  await at("2020-01-01T04:00:00Z");
  await assert.rejects(l.t.blobs.get(county, String((await l.sql("select file_sha256 as f from import_batch where id = $1", [late.id]))[0]?.["f"])), refuses("not-found"));
});

test("due days follow the round; a list that comes late settles what was missed, one that comes early the next day", () => {
  assert.deepEqual(dueDates({ period: "monthly", day: 15 }, "2018-10-10", "2018-12-31"), ["2018-10-15", "2018-11-15", "2018-12-15"]);
  assert.deepEqual(dueDates({ period: "weekly", day: 1 }, "2018-10-10", "2018-10-24"), ["2018-10-15", "2018-10-22"]);
  assert.deepEqual(dueDates({ period: "quarterly", day: 1 }, "2018-10-01", "2019-04-30"), ["2018-10-01", "2019-01-01", "2019-04-01"]);
  assert.deepEqual(dueDates({ period: "once", day: 30 }, "2018-10-10", "2018-12-31"), ["2018-11-09"]);
  const dues = ["2018-10-15", "2018-11-15", "2018-12-15", "2019-01-15"];
  const states = (arrivals: readonly string[], today: string): string => settleDues(dues, arrivals, today, 3).map((due) => due.state).join();
  assert.equal(states([], "2018-10-10"), "later,later,later,later");
  assert.equal(states([], "2018-10-12"), "due,later,later,later");
  assert.equal(states([], "2018-11-16"), "late,late,later,later");
  assert.equal(states(["2018-10-14"], "2018-11-13"), "arrived,due,later,later");
  assert.equal(states(["2018-11-20"], "2018-11-20"), "arrived-late,arrived-late,later,later");
  assert.equal(states(["2018-10-15", "2018-10-16"], "2018-10-16"), "arrived,arrived,later,later");
});

test("the catalogue says what each department is asked for, under which agreement, what is late, and with what base", async () => {
  await l.t.database.write(l.lead, (tx) => setPlan(tx, "civil_affairs", { campaign: l.world.campaign.id, period: "monthly", day: 20 }));
  await assert.rejects(l.t.database.write(l.lead, (tx) => setPlan(tx, "civil_affairs", { campaign: l.world.campaign.id, period: "weekly", day: 9 })), refuses("bad-request"));
  await assert.rejects(l.t.database.write(l.police, (tx) => setPlan(tx, "civil_affairs", { campaign: l.world.campaign.id, period: "weekly", day: 1 })), refuses("not-allowed"));
  const all = await l.t.database.read(l.lead, (tx) => catalogueOf(tx, l.platform, l.world.campaign.id));
  assert.deepEqual([all.base, all.late, all.due], [all.departments.length, 1, 0]);
  const civil = all.departments.find((one) => one.department === "civil_affairs");
  assert.deepEqual(civil?.dues.map((due) => due.state), ["late", "later", "later", "later"].slice(0, civil?.dues.length));
  const police = all.departments.find((one) => one.department === "public_security");
  assert.equal(police?.agreement?.state, "in-force");
  assert.ok(police?.fields.some((field) => field.compares !== undefined && field.finding !== undefined) && police.fields.every((field) => field.inAgreement));
  assert.ok(police?.last !== undefined && (police.errors?.base ?? 0) > 0);
  assert.deepEqual((await l.t.database.read(l.police, (tx) => catalogueOf(tx, l.platform, l.world.campaign.id))).departments.map((one) => one.department), ["public_security"]);
});

test("a file in the inbox is taken once, moved with a receipt, and goes back whole when it cannot be taken", async () => {
  const folder = path.join(inbox, "public_security");
  const drop = (name: string, text: string): void => {
    fs.mkdirSync(folder, { recursive: true });
    fs.writeFileSync(path.join(folder, name), text);
  };
  const go = (settle = 0) => takeInbox(l.platform, new AbortController().signal, settle);
  const receiptsIn = (place: string): Record<string, unknown>[] => fs.existsSync(path.join(inbox, place, "public_security")) ? fs.readdirSync(path.join(inbox, place, "public_security")).filter((name) => name.endsWith(".receipt.json")).toSorted().map((name) => JSON.parse(fs.readFileSync(path.join(inbox, place, "public_security", name), "utf8")) as Record<string, unknown>) : [];
  const csv = policeList([person(70, "2018-01-02"), person(71, "2018-13-01")], ["死亡日期"]);
  drop("名单.csv", csv);
  drop("还在写.csv.part", "姓名");
  assert.equal(await go(60_000), 0, "a file that was just written rests first");
  assert.equal(await go(), 1);
  const [receipt] = receiptsIn("done");
  assert.deepEqual([receipt?.["state"], receipt?.["rows"], receipt?.["accepted"], receipt?.["returned"]], ["done", 2, 1, 1]);
  assert.deepEqual(fs.readdirSync(folder), ["还在写.csv.part"]);
  assert.equal(fs.readdirSync(path.join(inbox, "returned", "public_security")).length, 1, "the returned row");
  drop("名单-再发.csv", csv);
  drop("坏.parquet", "PAR1 broken");
  drop("没有列.csv", "甲,乙\n1,2");
  assert.equal(await go(), 3);
  assert.deepEqual(receiptsIn("returned").map((one) => one["problem"]).toSorted(), ["already-exists", "columns-missing", "file-not-readable"]);
  assert.equal((await l.sql("select count(*)::int as n from import_batch where came_by = 'inbox'"))[0]?.["n"], 1);
  fs.mkdirSync(path.join(inbox, "nobody"));
  fs.writeFileSync(path.join(inbox, "nobody", "x.csv"), csv);
  await go();
  assert.equal((JSON.parse(fs.readFileSync(path.join(inbox, "returned", "nobody", fs.readdirSync(path.join(inbox, "returned", "nobody")).find((name) => name.endsWith(".json"))!), "utf8")) as { problem: string }).problem, "agreement-missing");
  const [{ id } = {}] = await l.sql("select id from import_batch where came_by = 'inbox'");
  await l.t.database.write(l.lead, (tx) => wipeImport(tx, l.platform, { county, id: String(id) }, "测试清除"));
  assert.deepEqual(fs.readdirSync(path.join(inbox, "done", "public_security")).filter((name) => !name.endsWith(".json")), [], "the copy in the folder goes too");
});

test("a supplier's system sends a list with its token: once for a key, within its number a day, for its department, until it is revoked", async () => {
  const issue = (more: object = {}) => l.t.database.write(l.lead, (tx) => issueToken(tx, l.platform, { campaign: l.world.campaign.id, department: "public_security", label: "公安数据平台", endsOn: "2018-12-31", dailyRequests: 3, ...more }));
  const { token, view } = await issue();
  assert.doesNotMatch(JSON.stringify(await l.sql("select to_jsonb(x) from intake_token x")), new RegExp(token));
  await assert.rejects(l.t.database.write(l.police, (tx) => issueToken(tx, l.platform, { campaign: l.world.campaign.id, department: "public_security", label: "x", endsOn: "2018-12-31" })), refuses("not-allowed"));
  await assert.rejects(issue({ endsOn: "2100-01-01" }), refuses("bad-request"));
  const post = (csv: string, key: string, bearer = token, department = "public_security") => {
    const body = `--b\r\ncontent-disposition: form-data; name="asOf"\r\n\r\n2018-10-31\r\n--b\r\ncontent-disposition: form-data; name="file"; filename="list.csv"\r\ncontent-type: text/csv\r\n\r\n${csv}\r\n--b--\r\n`;
    return app.inject({ method: "POST", url: `/api/departments/${department}/lists`, headers: { "content-type": "multipart/form-data; boundary=b", authorization: `Bearer ${bearer}`, ...(key && { "idempotency-key": key }) }, payload: Buffer.from(body) });
  };
  const csv = policeList([person(80, "2018-01-02"), ["虚构", fictionalId(81), "2018-13-01"]], ["死亡日期"]);
  const first = await post(csv, "request-1");
  assert.equal(first.statusCode, 200, first.body);
  const receipt = first.json<Record<string, string>>();
  assert.deepEqual([receipt["state"], receipt["rows"], receipt["accepted"], receipt["returned"]], ["done", 2, 1, 1]);
  assert.deepEqual((await post(csv, "request-1")).json<Record<string, string>>()["id"], receipt["id"]);
  assert.equal((await post(csv + "\r\n", "request-1")).json<{ code: string }>().code, "key-reused");
  assert.equal((await post(csv, "")).json<{ code: string }>().code, "bad-request");
  const ask = (url: string, bearer = token) => app.inject({ method: "GET", url, headers: { authorization: `Bearer ${bearer}` } });
  assert.equal((await ask(receipt["status"]!)).json<Record<string, string>>()["state"], "done");
  assert.match((await ask(receipt["returnedRows"]!)).body, /2018-13-01/);
  assert.equal((await post(csv, "request-9")).json<{ code: string }>().code, "too-many-requests", "status and returned rows count too");
  for (const [bearer, department] of [["qcl_nothing_nothing_nothing", "public_security"], [token, "civil_affairs"]] as const) assert.equal((await post(csv, "request-3", bearer, department)).json<{ code: string }>().code, "not-signed-in");
  const second = await issue({ dailyRequests: 50 });
  assert.equal((await post("甲,乙\n1,2", "request-4", second.token)).json<{ code: string }>().code, "columns-missing");
  const outcomes = await l.sql("select outcome from intake_request where token_id in ($1, $2) order by at", [view.id, second.view.id]);
  assert.deepEqual(outcomes.map((row) => row["outcome"]), ["taken", "status", "returned", "columns-missing"]);
  const { rows: agreements } = await l.t.database.read(l.lead, (tx) => listAgreements(tx, l.platform, l.world.campaign.id));
  await l.t.database.write(l.lead, (tx) => revokeToken(tx, view));
  assert.equal((await post(csv, "request-5")).json<{ code: string }>().code, "not-signed-in");
  await l.t.database.write(l.lead, (tx) => revokeAgreement(tx, l.platform, agreements.find((row) => row.id === second.view.agreement)!, "合作结束"));
  assert.equal((await post(csv, "request-6", second.token)).json<{ code: string }>().code, "agreement-missing");
  const { rows } = await l.t.database.read(l.lead, (tx) => listTokens(tx, l.world.campaign.id));
  assert.deepEqual(rows.map((row) => [row.requests > 0, row.revokedAt !== undefined]), [[true, false], [true, true]]);
});

test("every file that is sent or laid down is looked at first: one that does harm is not taken, and none is while nobody looks", async () => {
  const post = (text: string) => {
    const body = `--b\r\ncontent-disposition: form-data; name="file"; filename="list.csv"\r\ncontent-type: text/csv\r\n\r\n${text}\r\n--b--\r\n`;
    return app.inject({ method: "POST", url: "/api/departments/public_security/lists", headers: { "content-type": "multipart/form-data; boundary=b", authorization: "Bearer qcl_nothing_nothing_nothing", "idempotency-key": "request-20" }, payload: Buffer.from(body) });
  };
  const answered = async (text: string): Promise<unknown> => (await post(text)).json<{ code: string }>().code;
  assert.equal(await answered("姓名\nHARM"), "file-harmful");
  assert.equal(await answered("姓名\n虚构"), "not-signed-in", "only then is it asked who sends it");
  const folder = path.join(inbox, "public_security");
  const back = path.join(inbox, "returned", "public_security");
  const laid = (name: string, text: string): void => fs.writeFileSync(path.join(folder, name), text);
  const go = () => takeInbox({ ...l.platform, scan }, new AbortController().signal, 0);
  laid("有害.csv", policeList([person(90, "HARM")], ["死亡日期"]));
  await go();
  const receipt = fs.readdirSync(back).find((name) => name.endsWith("有害.csv.receipt.json"))!;
  assert.equal((JSON.parse(fs.readFileSync(path.join(back, receipt), "utf8")) as { problem: string }).problem, "file-harmful");
  fs.writeFileSync(scanner, "exit 2");
  assert.equal(await answered("姓名\n虚构"), "scanner-away");
  laid("等待.csv", policeList([person(91, "2018-01-02")], ["死亡日期"]));
  await assert.rejects(go(), refuses("scanner-away"));
  assert.ok(fs.existsSync(path.join(folder, "等待.csv")), "it stays and is taken up with the next round");
  let [now, looks] = [0, 0];
  const resting = restingPlace(() => now);
  const told: unknown[] = [];
  const counted = { ...l.platform, scan: (bytes: Uint8Array) => ((looks += 1), scan(bytes)) };
  const round = () => takeInboxUnlessResting(counted, new AbortController().signal, 0, resting, (error) => told.push(error));
  for (now of [0, 3_000, 59_999]) await round();
  assert.deepEqual([looks, told.length], [1, 1], "tried once a minute while the scanner is away, and no failure of it goes further");
  now = 60_000;
  await round();
  fs.writeFileSync(scanner, "if grep -q HARM; then exit 1; fi");
  now = 120_000;
  await round();
  assert.deepEqual([looks, told.length, fs.existsSync(path.join(folder, "等待.csv"))], [3, 2, false]);
});
