// Indices, sets of cutoffs, trends, what-if and the parts of one household; the program that takes snapshots and tells indices.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import pg from "pg";
import { lowIncome } from "../../../schemes/low-income/scheme.ts";
import { shippedInsights } from "../../../schemes/shipped.ts";
import { type TestDatabase } from "../../../test/database.ts";
import { areas, countyArea, type World } from "../../../test/world.ts";
import { addYears } from "../../core/time.ts";
import { Problem } from "../../core/problem.ts";
import { projectRoot } from "../../platform/config.ts";
import type { Actor } from "../../platform/database.ts";
import { systemActor } from "../../platform/database.ts";
import { putStandard } from "../aid/service.ts";
import { type Campaign, createCampaign } from "../campaigns/service.ts";
import { approveAssessment, writeAssessment } from "../safeguards/service.ts";
import { measure, resultDigest } from "./indices.ts";
import { householdParts, partsOfHousehold } from "./household.ts";
import { type Made, storeHouseholds } from "../../../test/low-income-households.ts";
import { newestSnapshot } from "./queries.ts";
import { fullValues } from "./rules.ts";
import { approve, compute, dropSet, endSet, indices, sets, takeSnapshot, trial, tryOut, write } from "./service.ts";
import { setInForce } from "./sets.ts";
import { type Looking, lookingWorld, refused, scheme, villages } from "../../../test/looking-world.ts";

let looking: Looking;
let t: TestDatabase;
let world: World;
let round: Campaign;
let made: readonly Made[];
let as: Looking["as"];
let take: Looking["take"];
const lead = (): Actor => looking.lead;
before(async () => {
  looking = await lookingWorld();
  ({ t, world, round, as, take } = looking);
  made = [...looking.made, ...(await storeHouseholds(t.owner, round, 4, (n) => (n === 240 ? areas.A1 : areas.B1), 240))];
  await take();
});
after(() => looking.close());

const scored = (): Promise<unknown> => as(lead(), (tx) => compute(tx, world.platform, shippedInsights, { scheme, set: "register" }));

test("no index without an impact assessment in force", async () => {
  await assert.rejects(scored(), refused("assessment-missing"));
  const { id } = await as(lead(), (tx) => writeAssessment(tx, world.platform, { matter: "automated", title: "指数评估", purpose: "测试", effect: "测试", measures: "测试", risk: "low", madeOn: world.platform.clock.today(), untilOn: addYears(world.platform.clock.today(), 3)! }));
  await as(world.actors.approver, (tx) => approveAssessment(tx, world.platform, id));
});

test("an index tells its parts, and the same files give the same bytes", async () => {
  const first = await as(lead(), (tx) => compute(tx, world.platform, shippedInsights, { scheme, set: "register", group: "cause" }));
  const second = await as(lead(), (tx) => compute(tx, world.platform, shippedInsights, { scheme, set: "register", group: "cause" }));
  assert.equal(second.digest, first.digest);
  assert.equal(second.inputsDigest, first.inputsDigest);
  const { whole, areas: parts, groups, missing } = first.result;
  assert.ok(whole.m0.value > 0 && Math.abs(whole.m0.value - whole.h.value * whole.a.value) < 1e-12);
  assert.equal(missing.households, whole.households);
  for (const list of [parts, groups!.parts]) assert.ok(Math.abs(list.reduce((sum, { ofM0 }) => sum + ofM0!, 0) - 1) < 1e-9);
  assert.ok(Math.abs(whole.dimensions.reduce((sum, { share }) => sum + share, 0) - 1) < 1e-9);
  assert.ok(first.result.development!.whole!.value > 0 && first.result.development!.whole!.value < 1);
  assert.deepEqual(parts.map(({ place }) => place!.from <= place!.to), [true, true]);
});

test("income is full at the local disposable income where it is set, and the value says whose; other inputs are another digest", async () => {
  const compute1 = () => as(lead(), (tx) => compute(tx, world.platform, shippedInsights, { scheme, set: "register" }));
  const before = await compute1();
  const living = (value: Awaited<ReturnType<typeof compute1>>) => value.result.development!.whole!.parts.find(({ key }) => key === "living")!;
  const told = (value: Awaited<ReturnType<typeof compute1>>) => fullValues(value.result.development!)[0]!.en;
  assert.equal(living(before).most, 39_218);
  assert.match(told(before), /^Income per head: 39218 yuan \(no local line/);
  const half = Math.round(living(before).raw * 2) * 100;
  await as(lead(), (tx) => putStandard(tx, { scheme, key: "disposable-income", area: countyArea, from: "2018-01-01", value: half }));
  const after = await compute1();
  assert.deepEqual([living(after).most, living(after).raw], [half / 100, living(before).raw]);
  assert.ok(Math.abs(living(after).index - 0.5) < 0.001);
  assert.deepEqual(after.result.development!.lines?.map(({ key, value, of, from, areas: where }) => [key, value, of, from, where.length]), [["disposable-income", half, String(countyArea), "2018-01-01", after.result.areas.length + 1]]);
  assert.match(told(after), new RegExp(`^Income per head: ${half / 100} yuan \\(.+, from 2018-01-01\\)$`));
  assert.notEqual(after.inputsDigest, before.inputsDigest);
  const again = await compute1();
  assert.deepEqual([again.digest, again.inputsDigest], [after.digest, after.inputsDigest], "the same bytes again");
});

test("an area below is told by itself only where the area above tells it as a part", async () => {
  const snapshot = (await as(lead(), (tx) => newestSnapshot(tx, { scheme, campaign: round.id })))!;
  const seen: boolean[] = [];
  for (const k of [4, 6]) {
    const set = { ...shippedInsights[0]!.sets[0]!, k: { of: k, in: 10 } };
    const of = (area: number) => as(lead(), (tx) => measure(tx, world.platform, snapshot, { insight: shippedInsights[0]!.insight, development: undefined, set, area }));
    for (const { key, hidden } of (await of(areas.A)).areas) {
      seen.push(hidden);
      if (hidden) await assert.rejects(of(Number(key)), refused("nothing-to-measure"), `${k} ${key}`);
      else assert.ok((await of(Number(key))).whole.households >= 5);
    }
  }
  assert.deepEqual([...new Set(seen)].toSorted(), [false, true], "both were there");
});

test("an index of an area without households is refused, not nought", async () => {
  await assert.rejects(as(lead(), (tx) => compute(tx, world.platform, shippedInsights, { scheme, set: "register", area: 350524109000 })), refused("nothing-to-measure"));
});

test("a local set is drafted, tried, approved by another and then computed with; one without its cutoff is refused", async () => {
  const [register] = shippedInsights[0]!.sets;
  const local = JSON.parse(JSON.stringify(register)) as Parameters<typeof write>[3]["set"];
  const broken = { ...local, indicators: local.indicators.map((each, i) => (i === 0 ? { ...each, cutoff: Number.NaN } : each)) };
  await assert.rejects(as(lead(), (tx) => write(tx, world.platform, shippedInsights, { scheme, set: broken })), (error: unknown) => error instanceof Problem && /缺少剥夺临界值/.test(error.detail?.zh ?? ""));
  const draft = await as(lead(), (tx) => write(tx, world.platform, shippedInsights, { scheme, set: { ...local, indicators: local.indicators.map((each) => (each.key === "income" ? { ...each, cutoff: 20_000 } : each)) } }));
  assert.deepEqual([draft.state, draft.set.version], ["draft", 2]);
  await assert.rejects(as(world.actors.approver, (tx) => approve(tx, world.platform, draft.id!)), refused("move-not-possible"));
  const tried = await as(lead(), (tx) => trial(tx, world.platform, shippedInsights, draft.id!, scheme));
  assert.ok(tried.state === "tried" && tried.tried!.after > tried.tried!.before);
  await assert.rejects(as(lead(), (tx) => approve(tx, world.platform, draft.id!)), refused("second-person-needed"));
  assert.equal((await as(world.actors.approver, (tx) => approve(tx, world.platform, draft.id!))).state, "in-force");
  const value = await as(lead(), (tx) => compute(tx, world.platform, shippedInsights, { scheme, set: "register" }));
  assert.equal(value.result.set.version, 2);
  assert.equal(value.result.whole.m0.value, tried.tried!.after);
});

test("the trend between two rounds is the change of their newest values, with the error of both; the same round again is no trend", async () => {
  const { insight } = shippedInsights[0]!;
  const set = shippedInsights[0]!.sets.find(({ key }) => key === "shaanxi-2018")!;
  /** M0 by hand: each household's own parts, weighted by its people. */
  const byHand = (households: readonly Made[]): number => {
    const scored = households.map(({ answers }) => ({ people: (answers["household"]!["members"] as unknown[]).length, ...partsOfHousehold(set, insight, answers, { today: world.platform.clock.today(), referenceDate: "2019-08-01" }) }));
    return scored.reduce((sum, { people, score, poor }) => sum + (poor ? score * people : 0), 0) / scored.reduce((sum, { people }) => sum + people, 0);
  };
  const rounds = await as(systemActor("world"), (tx) => Promise.all(["甲轮", "乙轮"].map((zh) => createCampaign(tx, { scheme, version: lowIncome.version, name: { zh, en: zh }, area: countyArea, referenceDate: "2019-08-01", startsOn: "2019-08-01", endsOn: "2020-07-31" }))));
  const [first, second] = [await storeHouseholds(t.owner, rounds[0]!, 120, (n) => villages[n % 4]!, 2000), await storeHouseholds(t.owner, rounds[1]!, 60, (n) => villages[n % 4]!, 2040)];
  const value = async (campaign: Campaign) => {
    await takeSnapshot(world.platform, shippedInsights, lead(), { campaign: campaign.id }, () => Promise.resolve());
    return as(lead(), (tx) => compute(tx, world.platform, shippedInsights, { scheme, campaign: campaign.id, set: set.key }));
  };
  const before = await value(rounds[0]!);
  const [since] = [await value(rounds[1]!), await value(rounds[1]!)];
  assert.ok(Math.abs(before.result.whole.m0.value - byHand(first)) < 1e-12 && Math.abs(since.result.whole.m0.value - byHand(second)) < 1e-12);
  const heads = (await as(lead(), (tx) => indices(tx, scheme))).rows.filter(({ setKey }) => setKey === set.key);
  assert.deepEqual(heads.map(({ change }) => change !== undefined), [true, true, false]);
  for (const { change } of heads.slice(0, 2)) {
    assert.ok(Math.abs(change!.change - (byHand(second) - byHand(first))) < 1e-12);
    assert.ok(Math.abs(change!.error - Math.hypot(before.result.whole.m0.error, since.result.whole.m0.error)) < 1e-12);
    assert.equal(change!.told, Math.abs(change!.change) > 1.959963984540054 * change!.error);
  }
});

test("what-if says who enters and leaves, what it costs and where the cliff is, and leaves register and values alone", async () => {
  const before = await as(lead(), (tx) => tx.selectFrom("indexValue").select((eb) => eb.fn.countAll<number>().as("n")).executeTakeFirstOrThrow());
  const found = await as(lead(), (tx) => tryOut(tx, world.platform, shippedInsights, { scheme, campaign: round.id, set: "register", cutoffs: { income: 30_000 }, line: { from: 6000, to: 9000, attached: 5000 } }));
  assert.ok(found.whole.enter! > 0 && found.whole.leave === 0);
  assert.ok(found.money!.after.topUp! > found.money!.before.topUp!);
  // Counted by hand from the households: at or above the line, and by less than what is lost with it.
  const incomes = [...made.map(({ answers }) => answers["household"]!)].map((form) => ({ income: Math.floor((form["income_per_head"] as number) / 100) * 100, people: form["member_count"] as number }));
  const cliff = incomes.filter(({ income, people }) => income >= 9000 && (income - 9000) * people < 5000).length;
  assert.equal(found.money!.cliff.households, cliff);
  assert.deepEqual(await as(lead(), (tx) => tx.selectFrom("indexValue").select((eb) => eb.fn.countAll<number>().as("n")).executeTakeFirstOrThrow()), before);
  await assert.rejects(as(lead(), (tx) => tryOut(tx, world.platform, shippedInsights, { scheme, set: "register", cutoffs: { nothing: 1 } })), refused("bad-request"));
});

test("a household sees its parts in words, in both languages", async () => {
  const { id } = made[0]!;
  const parts = await as(world.actors.countyReviewer, (tx) => householdParts(tx, world.platform, shippedInsights, { county: 350524, id }, undefined));
  assert.equal(parts.parts.length, 9);
  assert.match(parts.words.zh, /只供参考/);
  assert.match(parts.words.en, /decides nothing by itself/);
  assert.equal(parts.parts.find(({ key }) => key === "illness")!.standing, "deprived");
  assert.ok(!JSON.stringify(parts).includes("虚0构"));
});

test("the program takes a snapshot, checks its files and tells an index, in JSON for other programs; a damaged file ends it with a sentence", async () => {
  const data = fs.mkdtempSync(path.join(os.tmpdir(), "qingce-snapshots-"));
  try {
    fs.mkdirSync(path.join(data, "keys"), { mode: 0o700 });
    fs.writeFileSync(path.join(data, "keys/master"), Buffer.alloc(32, 7), { mode: 0o600 });
    fs.writeFileSync(path.join(data, "keys/runtime-password"), String(t.app.password), { mode: 0o600 });
    const address = ({ user, password, host, port, database }: pg.ClientConfig): string => `postgresql://${user}:${encodeURIComponent(String(password))}@localhost/${database}?host=${encodeURIComponent(host!)}&port=${port}`;
    const run = (...words: string[]) => spawnSync(process.execPath, [path.join(projectRoot, "src/cli/main.ts"), ...words, "--data", data, "--round", round.id, "--json"], { encoding: "utf8", env: { PATH: process.env["PATH"], DATABASE_URL: address(t.app), DATABASE_OWNER_URL: address(t.owner) } });
    const told = (...words: string[]): Record<string, unknown> => {
      const { status, stdout, stderr } = run(...words);
      assert.equal(status, 0, stderr);
      return JSON.parse(stdout) as Record<string, unknown>;
    };
    const taken = told("snapshot", "take");
    const { records } = (await as(lead(), (tx) => newestSnapshot(tx, { scheme, campaign: round.id })))!;
    assert.deepEqual([taken["records"], taken["counties"], taken["changed"]], [records, 1, 1]);
    const checked = told("snapshot", "check");
    assert.deepEqual([checked["id"], checked["whole"], checked["counties"]], [taken["id"], true, 1]);
    const { result } = await as(lead(), (tx) => compute(tx, { ...world.platform, dataFolder: data }, shippedInsights, { scheme, campaign: round.id, set: "global-mpi" }));
    const index = told("index", "--set", "global-mpi");
    assert.deepEqual([index["digest"], index["whole"]], [resultDigest(result), JSON.parse(JSON.stringify(result.whole))]);
    const unknown = run("index", "--set", "nobody-knows");
    assert.equal(unknown.status, 1);
    assert.match(unknown.stderr, /^未完成：.*没有生效的参数组“nobody-knows”\nNot done: .*no set “nobody-knows” in force\n$/u);
    const [file] = fs.readdirSync(path.join(data, "snapshots"), { recursive: true, encoding: "utf8" }).filter((name) => name.includes("households") && name.endsWith(".parquet"));
    fs.truncateSync(path.join(data, "snapshots", file!), 40);
    const damaged = run("snapshot", "check");
    assert.equal(damaged.status, 1);
    assert.match(damaged.stderr, /快照文件缺失或已损坏[\s\S]*missing or damaged/);
    assert.doesNotMatch(damaged.stderr, /\n\s+at /);
  } finally {
    fs.rmSync(data, { recursive: true, force: true });
  }
});

test("a set in force holds below its area until a place below has its own, and beside it not; drafts are thrown away by who wrote them, what is in force is ended", async () => {
  const [city, aside] = [350500000000, 350600000000].map((area) => ({ ...systemActor("world", area, area + 99_999_999), area, account: `lead-${area}` }));
  const second = { ...city!, account: "second" };
  const register = shippedInsights[0]!.sets.find(({ key }) => key === "register")!;
  const written = (actor: Actor, cutoff: number, more: object = {}) => as(actor, (tx) => write(tx, world.platform, shippedInsights, { scheme, set: JSON.parse(JSON.stringify({ ...register, ...more, indicators: register.indicators.map((each) => (each.key === "income" ? { ...each, cutoff } : each)) })) }));
  const cutoff = (actor: Actor, key = "register") => as(actor, async (tx) => (await setInForce(tx, shippedInsights[0]!, key)).indicators.find((each) => each.key === "income")!.cutoff);
  const township = { ...lead(), area: areas.A, lo: areas.A, hi: areas.A + 999 };
  const owner = new pg.Client(t.owner);
  await owner.connect();
  const tried = (id: string) => owner.query("update parameter_set set tried_digest = digest, tried = '{\"before\":0,\"after\":0,\"base\":1}' where id = $1", [id]);
  // Of the city; the county has one of its own since the test before.
  const draft = await written(city!, 15_000, { key: "local-1" });
  await tried(draft.id!);
  await assert.rejects(cutoff(lead(), "local-1"), refused("not-found"), "a draft above is no set");
  await as(second, (tx) => approve(tx, world.platform, draft.id!));
  const above = await written(city!, 16_000);
  assert.equal(above.set.version, 2);
  await tried(above.id!);
  await as(second, (tx) => approve(tx, world.platform, above.id!));
  assert.deepEqual([await cutoff(city!, "local-1"), await cutoff(lead(), "local-1"), await cutoff(township, "local-1")], [15_000, 15_000, 15_000]);
  await assert.rejects(cutoff(aside!, "local-1"), refused("not-found"));
  assert.deepEqual([await cutoff(lead()), await cutoff(township), await cutoff(city!), await cutoff(aside!)], [20_000, 20_000, 16_000, 9600]);
  const listed = (await as(township, (tx) => sets(tx, shippedInsights, scheme))).rows;
  assert.deepEqual(listed.filter(({ from }) => from !== undefined).map(({ set, applies }) => [set.key, set.version, applies]).toSorted(), [["local-1", 1, true], ["register", 2, false], ["register", 2, true]], "the county's goes before the city's");
  const own = await written(lead(), 12_000, { key: "local-2" });
  await assert.rejects(as({ ...lead(), account: "another" }, (tx) => dropSet(tx, world.platform, own.id!)), refused("not-allowed"));
  await assert.rejects(as(township, (tx) => dropSet(tx, world.platform, own.id!)), refused("not-found"));
  await assert.rejects(as(lead(), (tx) => endSet(tx, world.platform, own.id!)), refused("move-not-possible"), "a draft is not in force");
  await as(lead(), (tx) => dropSet(tx, world.platform, own.id!));
  const mine = (await as(lead(), (tx) => sets(tx, shippedInsights, scheme))).rows;
  assert.ok(!mine.some(({ set }) => set.key === "local-2"));
  const inForce = mine.find(({ set, state, id }) => set.key === "register" && state === "in-force" && id !== undefined)!;
  await assert.rejects(as(lead(), (tx) => dropSet(tx, world.platform, inForce.id!)), refused("move-not-possible"));
  await as(world.actors.approver, (tx) => endSet(tx, world.platform, inForce.id!));
  assert.deepEqual([await cutoff(lead()), await cutoff(township)], [16_000, 16_000], "the city's holds again");
  // A household is measured by what holds where it lives, also for an office above.
  const ofTheCounty = await written(lead(), 12_000, { key: "local-3" });
  await tried(ofTheCounty.id!);
  await as(world.actors.approver, (tx) => approve(tx, world.platform, ofTheCounty.id!));
  await assert.rejects(cutoff(city!, "local-3"), refused("not-found"));
  const parts = await as(city!, (tx) => householdParts(tx, world.platform, shippedInsights, { county: 350524, id: made[0]!.id }, "local-3"));
  assert.deepEqual([parts.setKey, parts.parts.length], ["local-3", 9]);
  await as(second, (tx) => endSet(tx, world.platform, above.id!));
  assert.deepEqual([await cutoff(lead()), (await as(lead(), (tx) => sets(tx, shippedInsights, scheme))).rows.find(({ id }) => id === inForce.id)?.state], [9600, "ended"]);
  await owner.end();
});
