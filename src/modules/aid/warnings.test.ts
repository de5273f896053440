// Events and warnings: each thing once in whatever order, each rule on a case that raises it and one that does not, and the way of a warning through people.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { sql } from "kysely";
import { lowIncomeAid } from "../../../schemes/low-income/aid.ts";
import { aidGround, type AidGround, aidToday, memberId, refused } from "../../../test/aid-world.ts";
import { as } from "../../../test/people.ts";
import { areas, county } from "../../../test/world.ts";
import { type Actor, systemActor, type Tx } from "../../platform/database.ts";
import type { GivenEvents } from "./service.ts";
import * as aid from "./service.ts";
import { definitionOf, wordsOf } from "./warning-definition.ts";

let ground: AidGround;
let t: AidGround["t"];
let a: AidGround["a"];
let owner: AidGround["owner"];
let rows: AidGround["rows"];
const scheme = "low-income";
before(async () => {
  ground = await aidGround([{}, {}, {}, { area: areas.B1 }, { area: areas.B1 }]);
  ({ t, a, owner, rows } = ground);
});
after(() => ground.close());
type Event = GivenEvents["events"][number];
let no = 0;
const event = (n: number, kind: Event["kind"], on: string, amount?: number, more: Partial<Event> = {}): Event => ({
  idNumber: memberId(n, 1),
  kind,
  on,
  ...(amount !== undefined && { amount }),
  no: `e${(no += 1)}`,
  ...more,
});
const take = (...events: Event[]) => as(a.w, "countyReviewer", (tx) => aid.takeEvents(tx, a.w.platform, { scheme, source: "medical_insurance", events }));
const evaluate = (on = aidToday) => as(a.w, "countyReviewer", (tx) => aid.raiseWarnings(tx, a.w.platform, { scheme, on }));
const raisedBy = async (rule: string): Promise<unknown[]> =>
  (await rows("select m.person_digest as who from warning w join household_member m on m.county = w.county and m.household_id = w.household_id and m.no = 1 where w.rule_key = $1", [rule]))
    .map((row) => [1, 2, 3, 4, 5].find((n) => a.w.platform.keys.blind(memberId(n, 1)).equals(row["who"] as Buffer)))
    .sort();
const switchOn = async (key: string): Promise<void> => {
  const { rules } = await as(a.w, "countyLead", (tx) => aid.listRules(tx, scheme));
  const rule = rules.find((one) => one.key === key && one.state === "draft")!;
  await as(a.w, "countyReviewer", (tx) => aid.tryRule(tx, a.w.platform, rule.id, { on: aidToday }));
  await as(a.w, "countyLead", (tx) => aid.switchRule(tx, a.w.platform, rule.id, true));
};

test("an event comes once, in whatever order; the same number with another content, and what cannot be, goes back", async () => {
  const late = event(1, "medical-cost", "2019-09-02", 3100);
  const early = event(1, "medical-cost", "2019-08-02", 100);
  assert.deepEqual([(await take(late)).taken, (await take(early, late)).known], [1, 1]);
  const bad = await take(
    { ...early, amount: 200 },
    event(1, "medical-cost", "2019-09-03", -1),
    event(1, "income", "2019-09-03"),
    event(1, "death", "2019-09-31"),
    event(1, "death", "2019-09-11"),
    event(77, "death", "2019-09-01"),
    { ...event(1, "death", "2019-09-01"), idNumber: "1".repeat(18) },
    event(1, "medical-cost", "2019-09-03", 99_999_999_999),
  );
  assert.deepEqual(
    bad.returned.map(({ row, why }) => [row, why]),
    [
      [1, "source-used"],
      [2, "bad-money"],
      [3, "bad-money"],
      [4, "bad-day"],
      [5, "future"],
      [6, "not-registered"],
      [7, "bad-number"],
      [8, "bad-money"],
    ],
  );
  const twice = event(2, "unemployment", "2019-09-01");
  const both = await take(twice, twice);
  assert.deepEqual([both.taken, both.known], [1, 1], "twice in one call");
});

test("what came before is looked up by its key, not gone through, even while the planner takes the table for empty", async () => {
  const plant = (from: number, to: number): Promise<unknown> => rows("insert into household_event (county, id, household_id, area, scheme, kind, happened_on, source, source_no, taken_by) select h.county, gen_random_uuid(), h.id, h.area, h.scheme, 'training', '2019-08-01', 'bulk', 'b' || n, 'test' from (select * from household where ended_on is null order by id limit 1) h cross join generate_series($1::int, $2::int) n", [from, to]);
  await plant(1, 6000);
  const given = Array.from({ length: 300 }, (_, i) => event(1, "training", "2019-08-01", undefined, { no: `b${i < 290 ? 7000 + i : i}` }));
  const { taken, read } = await as(a.w, "countyReviewer", async (tx) => {
    const reply = await aid.takeEvents(tx, a.w.platform, { scheme, source: "bulk", events: given });
    const { rows: [counts] } = await sql<{ read: number }>`select (seq_tup_read + idx_tup_fetch)::int as read from pg_stat_xact_user_tables where relname = 'household_event'`.execute(tx);
    return { taken: reply.taken, read: counts!.read };
  });
  await rows("delete from household_event where source = 'bulk'");
  assert.equal(taken, 290);
  assert.ok(read < 2000, `${read} of 6,000 events were read for 300`);
});

test("a rule is tried before it is on, switched on by another person, and only where automated decisions were assessed", async () => {
  const { rules } = await as(a.w, "countyLead", (tx) => aid.listRules(tx, scheme));
  assert.deepEqual(
    rules.map((rule) => rule.key),
    lowIncomeAid.rules.map((rule) => rule.key),
  );
  const w1 = rules[0]!;
  const turn = (actor: "countyLead" | "countyReviewer", on: boolean) => as(a.w, actor, (tx) => aid.switchRule(tx, a.w.platform, w1.id, on));
  await assert.rejects(turn("countyLead", true), refused("dry-run-needed"));
  const tried = await as(a.w, "countyReviewer", (tx) => aid.tryRule(tx, a.w.platform, w1.id, { on: aidToday }));
  assert.deepEqual([tried.tried?.households, tried.tried?.would, tried.tried?.withoutLine], [5, 1, 0]);
  assert.equal((await rows("select from warning")).length, 0, "a trial raises nothing");
  const own = await as(a.w, "countyReviewer", (tx) => aid.writeRule(tx, { scheme, key: "X1", label: { zh: "自拟", en: "Own" }, level: "info", days: 5, from: aidToday,
    definition: w1.definition }));
  await as(a.w, "countyReviewer", (tx) => aid.tryRule(tx, a.w.platform, own.id, { on: aidToday }));
  await assert.rejects(
    as(a.w, "countyReviewer", (tx) => aid.switchRule(tx, a.w.platform, own.id, true)),
    refused("second-person-needed"),
    "who wrote it; the shipped ones nobody here wrote",
  );
  await owner.query("update assessment set matter = 'sensitive' where matter = 'automated'");
  await assert.rejects(turn("countyLead", true), refused("assessment-missing"));
  await owner.query("update assessment set matter = 'automated' where matter = 'sensitive'");
  assert.equal((await turn("countyLead", true)).state, "on");
  await assert.rejects(turn("countyLead", true), refused("move-not-possible"));
});

test("an office above a county tries its own rule: every county by itself, told by counties; nobody else's rule, and no township", async () => {
  const other = county + 2;
  await owner.query(
    `insert into household (county, id, area, scheme, campaign_id, formed_on) select ${other}, gen_random_uuid(), ${other} * 1000000::bigint + 100201, scheme, campaign_id, formed_on from household limit 1`,
  );
  const province: Actor = { ...systemActor("province", 350_000_000_000, 359_999_999_999), area: 350_000_000_000 };
  const within = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => a.w.platform.database.write(province, work);
  const { definition } = lowIncomeAid.rules[0]!;
  const own = await within((tx) => aid.writeRule(tx, { scheme, key: "X2", label: { zh: "全省", en: "Province" }, level: "info", days: 5, from: aidToday, definition }));
  const { tried } = await within((tx) => aid.tryRule(tx, a.w.platform, own.id, { on: aidToday }));
  assert.deepEqual({ ...tried, byPlace: tried?.byPlace.map((one) => [one.area.code, one.would]) },
    { on: aidToday, households: 6, would: 1, withoutLine: 1, byPlace: [[county * 1e6, 1]] });
  await assert.rejects(as(a.w, "countyReviewer", (tx) => aid.tryRule(tx, a.w.platform, own.id, { on: aidToday })), refused("not-found"), "the province's rule is the province's");
  await assert.rejects(as(a.w, "reviewerA", (tx) => aid.tryRule(tx, a.w.platform, own.id, { on: aidToday })), refused("not-found"));
  await owner.query("delete from household where county = $1", [other]);
});

test("a warning is raised once for its occurrence, goes to the township, and a place without a line says that it was not judged", async () => {
  const first = await evaluate();
  assert.deepEqual(first.rules, [{ rule: "W1", raised: 1, known: 0, withoutLine: 0 }]);
  assert.deepEqual((await evaluate()).rules, [{ rule: "W1", raised: 0, known: 1, withoutLine: 0 }]);
  const [warning] = await rows("select * from warning");
  assert.deepEqual([warning!["state"], Number(warning!["to_area"]), warning!["occurrence"], warning!["evidence"]], ["dispatched", areas.A, "2019-09", { value: 310_000, line: 300_000 }]);
  await owner.query("update aid_standard set to_on = '2018-12-31' where key = 'medical-month-line'");
  assert.deepEqual((await evaluate()).rules, [{ rule: "W1", raised: 0, known: 0, withoutLine: 5 }]);
  await owner.query("update aid_standard set to_on = null where key = 'medical-month-line'");
  await assert.rejects(evaluate("2019-12-01"), refused("bad-request"));
});

test("each shipped rule finds its households and nobody else", async () => {
  for (const rule of lowIncomeAid.rules) if (rule.key !== "W1") await switchOn(rule.key);
  await take(
    event(3, "disability-certificate", "2019-08-20"),
    event(3, "death", "2019-07-20"),
    event(4, "disaster", "2019-09-01"),
    event(4, "property", "2019-09-01"),
    event(4, "education-cost", "2019-03-01", 14_101),
    event(5, "education-cost", "2019-03-01", 14_099),
    event(5, "left-allowance", "2018-10-01"),
    event(5, "income", "2019-09-01", 1700),
    event(4, "left-allowance", "2017-08-01"),
    event(4, "income", "2019-09-01", 10),
    event(3, "left-allowance", "2018-10-01"),
    event(3, "income", "2019-09-01", 1900),
  );
  await owner.query("update household_member set birth_date = '2001-09-09' where no = 3 and household_id in (select household_id from household_member where person_digest = $1)", [
    a.w.platform.keys.blind(memberId(2, 1)),
  ]);
  await owner.query("update household set formed_on = '2019-08-11' where id in (select household_id from household_member where person_digest = $1)",
    [a.w.platform.keys.blind(memberId(1, 1))]);
  // The register knows it too: one of another household is missing, and of whom a department told, the death stands on the form as well.
  const gone = (n: number, until: string, why: string) => owner.query("update household_member set since = least(since, $2::date), until = $2::date, why_left = $3 where no = 2 and household_id in (select household_id from household_member where person_digest = $1)", [a.w.platform.keys.blind(memberId(n, 1)), until, why]);
  await gone(1, "2019-09-02", "missing");
  await gone(2, "2019-09-02", "married-out");
  await gone(3, "2019-07-20", "died");
  // Property above the line by the register's own figures; of household 4 a department has told it already.
  await owner.query("insert into aid_standard (scheme, key, lo, hi, from_on, value, set_by) values ($1, 'property-line', $2, $3, '2018-01-01', 5000000, 'test')", [scheme, county * 1e6, county * 1e6 + 999_999]);
  await owner.query("update household h set assets_fen = h.people * 5000000 + case when m.n in (2, 4) then 1 else 0 end from (select household_id as id, case when person_digest = $1 then 2 when person_digest = $2 then 4 end as n from household_member where no = 1) m where m.id = h.id",
    [2, 4].map((n) => a.w.platform.keys.blind(memberId(n, 1))));
  // Three heads turn 55; one stands in the veterans' register as a veteran, one as a martyr's family, one's record there is not accepted.
  const heads = [1, 3, 4].map((n) => a.w.platform.keys.blind(memberId(n, 1)));
  await owner.query("update household_member set birth_date = '1964-09-08' where person_digest = any ($1::bytea[])", [heads]);
  await owner.query("set session_replication_role = replica");
  for (const [i, category, state] of [[0, "retired_soldier", "submitted"], [1, "retired_soldier", "accepted"], [2, "martyr_family", "accepted"]] as const) {
    await owner.query("insert into subject (county, id, area, name, pinyin, initials, id_digest) values ($1, gen_random_uuid(), $2, '虚构', '', '', $3)", [county, areas.A1, heads[i]]);
    await owner.query("insert into record (county, id, subject_id, area, scheme, version, campaign_id, origin, state, categories) select $1, gen_random_uuid(), id, area, 'veterans', '1', gen_random_uuid(), 'base', $4, $3 from subject where id_digest = $2 and name = '虚构'", [county, heads[i], [category], state]);
  }
  await owner.query("set session_replication_role = origin");
  const [w12] = await rows("select id from warning_rule where key = 'W12' and state = 'on'");
  const trialBy = async (schemes?: readonly string[]) => (await a.w.platform.database.write({ ...a.w.actors.countyReviewer, ...(schemes && { schemes }) }, (tx) => aid.tryRule(tx, a.w.platform, String(w12!["id"]), { on: aidToday }))).tried?.would;
  assert.deepEqual([await trialBy(), await trialBy([scheme])], [1, 0], "whoever may not see the veterans' register learns nothing of it");
  const outcome = await evaluate();
  assert.equal((await rows("select from warning where rule_key = 'W6'")).length, 2, "what a department and the register both tell is told once");
  assert.deepEqual(
    outcome.rules.map((one) => one.rule),
    lowIncomeAid.rules.map((rule) => rule.key),
  );
  for (const [rule, who] of [
    ["W1", [1]],
    ["W2", [2]],
    ["W3", [3]],
    ["W4", [4]],
    ["W5", [5]],
    ["W6", [1, 3]],
    ["W7", [4]],
    ["W8", [2, 3, 4, 5]],
    ["W9", []],
    ["W10", [2, 4]],
    ["W11", [2]],
    ["W12", [3]],
  ] as const)
    assert.deepEqual(await raisedBy(rule), [...who], rule);
  assert.deepEqual((await rows("select occurrence, evidence from warning where rule_key = 'W10' order by 1")).map((row) => [row["occurrence"], (row["evidence"] as { line?: number }).line]),
    [["assets-2019-07", 15_000_000], ["property-2019-09-01", undefined]], "what a department has told is not told again");
  assert.equal((await rows("select from warning where level = 'info' and state <> 'raised'")).length, 0, "notes wait at the county");
});

test("jumps and trends look at the months before, whatever the order in which these came", async () => {
  const write = (key: string, definition: object) =>
    as(a.w, "countyReviewer", (tx) => aid.writeRule(tx, { scheme, key, label: { zh: key, en: key }, level: "yellow", days: 5, from: "2018-01-01", definition }));
  await write("J1", { kind: "jump", measure: "medical-cost", times: 3, before: 3, least: 500 });
  await write("T1", { kind: "trend", measure: "medical-cost", months: 3 });
  await take(
    event(2, "medical-cost", "2019-09-05", 900),
    event(2, "medical-cost", "2019-07-05", 100),
    event(2, "medical-cost", "2019-08-05", 300),
    event(5, "medical-cost", "2019-09-05", 900),
    event(5, "medical-cost", "2019-08-05", 800),
    event(5, "medical-cost", "2019-06-05", 700),
  );
  await switchOn("J1");
  await switchOn("T1");
  await evaluate();
  // 1 had 100 and 3,100; 2 rose from 100 by 300 to 900; of 5 a month is missing, and 900 is no jump from 750.
  assert.deepEqual([await raisedBy("J1"), await raisedBy("T1")], [[1, 2], [2]]);
});

test("a warning goes dispatched, checked, handled, fed back, filed; each step by who may, and the hit rate has its base", async () => {
  const board = await as(a.w, "reviewerA", (tx) => aid.listWarnings(tx, a.w.platform, { scheme, rule: "W1" }));
  const [warning] = board.rows;
  assert.deepEqual([board.total, `${warning!.evidence.value} ${warning!.evidence.unit}`, warning!.moves.filter((one) => one.open).map((one) => one.move)], [1, "3100 yuan", ["check"]]);
  const move = (actor: "reviewerA" | "reviewerB" | "countyReviewer", given: Parameters<typeof aid.moveWarning>[3]) =>
    as(a.w, actor, (tx) => aid.moveWarning(tx, a.w.platform, { county, id: warning!.id }, given));
  await assert.rejects(move("reviewerB", { move: "check", verdict: "holds" }), refused("not-found"));
  await assert.rejects(move("reviewerA", { move: "check" }), refused("bad-request"));
  await assert.rejects(move("reviewerA", { move: "handle", way: "visit" }), refused("move-not-possible"));
  await move("reviewerA", { move: "check", verdict: "holds" });
  await assert.rejects(owner.query("update warning set checked_by = 'system:warnings' where id = $1", [warning!.id]), /warning_is_checked_by_a_person/);
  await assert.rejects(move("reviewerA", { move: "handle", way: "aid-applied" }), refused("bad-request"));
  const { application } = await move("reviewerA", { move: "handle", way: "aid-applied", item: "medical-aid" });
  assert.equal((await rows("select via from aid_application where id = $1", [application]))[0]!["via"], "warning");
  await move("reviewerA", { move: "feed-back" });
  await assert.rejects(move("reviewerA", { move: "file" }), refused("move-not-possible"));
  await move("countyReviewer", { move: "send-back" });
  await move("reviewerA", { move: "check", verdict: "does-not-hold" });
  for (const given of [{ move: "handle", way: "nothing-needed" }, { move: "feed-back" }, { move: "file" }] as const) await move("countyReviewer", given);
  await assert.rejects(move("countyReviewer", { move: "send-back" }), refused("move-not-possible"));
  const counts = (await as(a.w, "countyReviewer", (tx) => aid.listWarnings(tx, a.w.platform, { scheme }))).counts.find((one) => one.rule === "W1")!;
  assert.deepEqual([counts.held, counts.checked, counts.filed, counts.open], [0, 1, 1, 0]);
  const line = await as(a.w, "countyReviewer", (tx) => aid.getHousehold(tx, a.w.platform, { county, id: warning!.household }));
  assert.deepEqual([line.aid.length, line.warnings.some((one) => one.state === "filed")], [1, true]);
});

test("rules that are on are evaluated on each day by the county's own duty, once, and only where automated decisions were assessed", async () => {
  await take(event(5, "disaster", "2019-09-10"));
  const duty = async () => (await aid.aidDuties(a.w.platform, [lowIncomeAid])).done.filter((one) => one.kind === "warnings");
  await owner.query("update assessment set matter = 'sensitive' where matter = 'automated'");
  assert.deepEqual(await duty(), []);
  await owner.query("update assessment set matter = 'automated' where matter = 'sensitive'");
  assert.deepEqual(
    (await duty()).map((one) => one.outcome["raised"]),
    [1],
  );
  assert.deepEqual(await raisedBy("W7"), [4, 5]);
  assert.deepEqual(
    (await rows("select distinct w.raised_by as by from warning w where w.occurrence like '%2019-09-10%' and w.rule_key = 'W7'")).map((row) => row["by"]),
    ["system:aid"],
  );
  assert.deepEqual(await duty(), []);
  assert.equal((await rows("select from audit_entry where action = 'warning.evaluate' and account = 'system:aid'")).length, 1);
});

test("a county whose duty fails holds up no other: theirs are done, the failure is told, and the next round does what is left", async () => {
  const other = county + 2;
  await owner.query(
    `insert into household (county, id, area, scheme, campaign_id, formed_on) select ${other}, gen_random_uuid(), ${other} * 1000000::bigint + 100201, scheme, campaign_id, formed_on from household limit 1`,
  );
  await owner.query("update aid_duty set on_day = on_day - 1");
  await owner.query(`create function pg_temp_fail() returns trigger language plpgsql as $$ begin raise exception 'no room for %', new.county; end $$;
    create trigger fails before insert on aid_duty for each row when (new.county = ${county} and new.kind = 'results') execute function pg_temp_fail()`);
  const doneToday = async () => (await rows("select county, kind from aid_duty where on_day = '2019-09-10' order by 1, 2")).map((row) => `${String(row["county"])} ${String(row["kind"])}`);
  await assert.rejects(aid.aidDuties(a.w.platform, [lowIncomeAid]), /no room for/);
  assert.deepEqual(await doneToday(), [`${county} warnings`, `${other} check`, `${other} results`], "what stood before the failure, and the county after it");
  await owner.query("drop trigger fails on aid_duty; drop function pg_temp_fail()");
  const { done } = await aid.aidDuties(a.w.platform, [lowIncomeAid]);
  assert.deepEqual(done.map((one) => `${one.county} ${one.kind}`), [`${county} results`, `${county} check`]);
  // However many counties: all in one round, unless it is told to end.
  await owner.query(
    `insert into household (county, id, area, scheme, campaign_id, formed_on) select c, gen_random_uuid(), c * 1000000::bigint + 100201, scheme, campaign_id, formed_on from (select * from household where county = ${other}) h cross join generate_series(${other} + 1, ${other} + 60) c`,
  );
  assert.deepEqual((await aid.aidDuties(a.w.platform, [lowIncomeAid], AbortSignal.abort())).done, []);
  assert.equal(new Set((await aid.aidDuties(a.w.platform, [lowIncomeAid])).done.map((one) => one.county)).size, 60);
  await owner.query("delete from household where county >= $1", [other]);
});

test("a warning names a rule of its programme, a household where it stands and whoever raised it; the database refuses it otherwise", async () => {
  const again = (rule: string, area: string) =>
    owner.query(
      `insert into warning (county, id, household_id, area, scheme, rule_id, rule_key, level, occurrence, evidence, state, raised_on, raised_by, due_on, to_area)
        select county, gen_random_uuid(), household_id, ${area}, scheme, ${rule}, rule_key, level, 'another', evidence, 'dispatched', raised_on, raised_by, due_on, area from warning
        limit 1`,
    );
  await assert.rejects(again("gen_random_uuid()", "area"), /names no rule of its programme/);
  await assert.rejects(again("(select r.id from warning_rule r where r.key <> rule_key limit 1)", "area"), /names no rule of its programme/);
  await assert.rejects(again("rule_id", "area + 1"), /would stand elsewhere than its household/);
  const inAnothersName =
    "insert into warning (county, id, household_id, area, scheme, rule_id, rule_key, level, occurrence, evidence, state, raised_on, raised_by, due_on, to_area) select county, gen_random_uuid(), household_id, area, scheme, rule_id, rule_key, level, 'another', evidence, 'dispatched', raised_on, 'somebody', due_on, area from warning limit 1";
  await assert.rejects(
    as(a.w, "countyReviewer", (tx) => sql.raw(inAnothersName).execute(tx)),
    /row-level security/,
  );
  assert.equal((await rows("select from warning where raised_by not like 'system:%' and raised_by <> $1", [a.w.actors.countyReviewer.account])).length, 0);
});

test("what hangs on a household, an application or a warning stands where that stands; the database refuses it elsewhere", async () => {
  const elsewhere = {
    household:
      "insert into household_event (county, id, household_id, area, scheme, kind, happened_on, source, source_no, taken_by) select county, gen_random_uuid(), id, $1, scheme, 'death', '2019-01-01', 'x', 'elsewhere', 'x' from household limit 1",
    record:
      "insert into household (county, id, area, scheme, campaign_id, record_id, formed_on, ended_on, ended_because) select county, gen_random_uuid(), $1, scheme, campaign_id, record_id, formed_on, formed_on, 'merged' from household where record_id is not null limit 1",
    aid_application:
      "insert into aid_use (county, id, application_id, area, scheme, data, reason, asked_by) select county, gen_random_uuid(), id, $1, scheme, 'register', 'emergency', 'x' from aid_application limit 1",
    warning: "insert into warning_step (county, warning_id, area, scheme, move, by) select county, id, $1, scheme, 'check', 'x' from warning limit 1",
  };
  for (const [parent, text] of Object.entries(elsewhere)) await assert.rejects(owner.query(text, [areas.A2]), new RegExp(`would stand elsewhere than its ${parent}$`), parent);
});

test("a definition is whole or none, and is said in words of both languages", () => {
  for (const rule of lowIncomeAid.rules) {
    const { zh, en } = wordsOf(definitionOf(rule.definition)!);
    assert.ok(/[一-龥]/.test(zh) && /^[\x20-\x7e“”]+$/.test(en), `${rule.key}: ${zh} / ${en}`);
  }
  for (const bad of [
    null,
    [],
    {},
    { kind: "nobody-knows" },
    { kind: "constructor" },
    { kind: "threshold", measure: "medical-cost" },
    { kind: "threshold", measure: "shoe-size", line: { value: 1 } },
    { kind: "threshold", measure: "income", line: { value: -1 } },
    { kind: "threshold", measure: "income", line: { standard: "x'; drop table" } },
    { kind: "share", measures: [], percent: 50 },
    { kind: "jump", measure: "income", times: 1, before: 3, least: 0 },
    { kind: "trend", measure: "income", months: 2 },
    { kind: "age", ages: [0] },
    { kind: "life-event", events: ["death", "birthday"] },
    { kind: "paid-twice", sql: "1" },
  ])
    assert.equal(definitionOf(bad), undefined, JSON.stringify(bad));
});
