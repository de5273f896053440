// Warnings over many households: what the set-based rules find is what is reckoned by hand on random ground; the board's kept counts are what stands.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { lowIncomeAid } from "../../../schemes/low-income/aid.ts";
import { aidGround, type AidGround, aidToday } from "../../../test/aid-world.ts";
import { as } from "../../../test/people.ts";
import { areas, county } from "../../../test/world.ts";
import { systemActor } from "../../platform/database.ts";
import * as aid from "./service.ts";
import { foldWarningCounts } from "./warnings.ts";

let ground: AidGround;
let t: AidGround["t"];
let a: AidGround["a"];
let owner: AidGround["owner"];
let rows: AidGround["rows"];
const scheme = "low-income";
let seed = 20260117;
const random = (below: number): number => {
  seed = (seed + 0x6d2b79f5) | 0;
  const mixed = Math.imul(seed ^ (seed >>> 15), seed | 1);
  return ((mixed ^ (mixed >>> 13)) >>> 0) % below;
};
const dayOf = (days: number): string => new Date(Date.UTC(2018, 5, 1) + days * 86_400_000).toISOString().slice(0, 10);

before(async () => {
  ground = await aidGround([{}]);
  ({ t, a, owner, rows } = ground);
  const households = Array.from({ length: 150 }, (_, n) => {
    const income = [null, 0, 100_000, 600_000][n % 4]!;
    return { id: `00000000-0000-7000-8000-${String(n).padStart(12, "0")}`, area: [areas.A1, areas.A2, areas.B1][n % 3]!, income_fen: income, people: n % 5, hardships: n % 4, formed_on: n % 7 === 0 ? "2019-08-20" : "2018-08-01", ended: n % 29 === 0 };
  });
  const any = () => households[random(households.length)]!;
  const money = ["medical-cost", "education-cost", "income"] as const;
  const events = Array.from({ length: 2400 }, (_, n) => {
    const kind: string = n % 12 === 0 ? (["left-allowance", "unemployment", "death"] as const)[random(3)]! : money[random(3)]!;
    const { id, area } = any();
    return { household_id: id, area, kind, happened_on: dayOf(random(470)), amount_fen: n % 12 === 0 ? null : n % 9 === 0 ? 250_000 + random(200_000) : random(40_000), source_no: `r${n}` };
  });
  // Costs of exactly half of the income, and one fen more; an income of the month in which the allowance was left, and of the month after.
  const [half, over, left] = [0, 1, 2].map((n) => ({ id: `00000000-0000-7000-9000-${String(n).padStart(12, "0")}`, area: areas.A1, income_fen: 100_000, people: 2, hardships: 0, formed_on: "2018-08-01", ended: false }));
  households.push(half!, over!, left!);
  for (const [household, kind, on, fen] of [[half, "medical-cost", "2019-03-01", 50_000], [over, "medical-cost", "2019-03-01", 50_001], [left, "left-allowance", "2019-08-15", null], [left, "income", "2019-08-20", 100], [left, "income", "2019-09-02", 100]] as const)
    events.push({ household_id: household!.id, area: areas.A1, kind, happened_on: on, amount_fen: fen, source_no: `s${household!.id}${on}` });
  // Months in a row, which chance alone seldom gives.
  for (const { id, area } of households.slice(60, 110))
    for (const month of ["06", "07", "08", "09"]) for (const kind of ["medical-cost", "income"] as const) events.push({ household_id: id, area, kind, happened_on: `2019-${month}-05`, amount_fen: random(90_000), source_no: `m${id}${month}${kind}` });
  // What departments have told of property, the year before the day and earlier.
  for (const [n, { id, area }] of households.entries()) if (n % 5 === 2) events.push({ household_id: id, area, kind: "property", happened_on: n % 2 === 0 ? "2019-01-05" : "2018-09-09", amount_fen: null, source_no: `p${id}` });
  const assets = households.map(({ id }, n) => ({ id, assets: [null, 0, 3_000_000, 9_000_000][Math.floor(n / 3) % 4]! }));
  const deliveries = Array.from({ length: 160 }, (_, n) => {
    const { id, area } = households[random(60)]!;
    const period = ["2018-08-01", "2019-07-01", "2019-08-01"][random(3)]!;
    return { household_id: id, area, item: ["allowance", "temporary-relief"][random(2)], period_on: period, delivered_on: period.replace(/01$/, "12"), amount_fen: 1000 + n, source_no: `d${n}`, taken_back: n % 6 === 0 };
  });
  const members = households.flatMap(({ id, area }) => [0, 1].map((no) => ({ household_id: id, area, no: no + 1, birth_date: random(3) === 0 ? ["2001-09-10", "2001-09-11", "2000-09-10", "1997-09-10", "1996-02-29", "2000-09-09"][random(6)] : dayOf(-random(9000)), until: random(15) === 0 ? "2019-01-01" : null })));
  await owner.query("set session_replication_role = replica");
  await owner.query(`insert into household (county, id, area, scheme, campaign_id, formed_on, ended_on, ended_because, people, hardships, period_from, period_to, income_fen)
    select $1, id, area, $2, $3, formed_on, case when ended then date '2019-08-30' end, case when ended then 'dissolved' end, people, hardships, date '2018-08-01', date '2019-07-31', income_fen
    from json_to_recordset($4::json) as x (id uuid, area bigint, formed_on date, ended boolean, people smallint, hardships smallint, income_fen bigint)`, [county, scheme, a.campaign.id, JSON.stringify(households)]);
  await owner.query("update household h set assets_fen = x.assets from json_to_recordset($1::json) as x (id uuid, assets bigint) where h.id = x.id", [JSON.stringify(assets)]);
  await owner.query("insert into aid_standard (scheme, key, lo, hi, from_on, value, set_by) values ($1, 'property-line', $2, $3, '2018-01-01', 2000000, 'test')", [scheme, areas.A, areas.A + 999]);
  await owner.query(`insert into household_event (county, id, household_id, area, scheme, kind, happened_on, amount_fen, source, source_no, taken_by)
    select $1, gen_random_uuid(), household_id, area, $2, kind, happened_on, amount_fen, 'random', source_no, 'test' from json_to_recordset($3::json) as x (household_id uuid, area bigint, kind text, happened_on date, amount_fen bigint, source_no text)`, [county, scheme, JSON.stringify(events)]);
  await owner.query(`insert into aid_delivery (county, id, application_id, household_id, area, scheme, item, form, department, period_on, delivered_on, amount_fen, source, source_no, taken_back)
    select $1, gen_random_uuid(), gen_random_uuid(), household_id, area, $2, item, 'cash', 'civil_affairs', period_on, delivered_on, amount_fen, 'random', source_no, taken_back
    from json_to_recordset($3::json) as x (household_id uuid, area bigint, item text, period_on date, delivered_on date, amount_fen bigint, source_no text, taken_back boolean)`, [county, scheme, JSON.stringify(deliveries)]);
  await owner.query(`insert into household_member (county, household_id, no, area, scheme, relation, birth_date, since, until, why_left)
    select $1, household_id, no, area, $2, '99', birth_date, '2018-01-01', until, case when until is not null then 'moved' end from json_to_recordset($3::json) as x (household_id uuid, area bigint, no smallint, birth_date date, until date)`, [county, scheme, JSON.stringify(members)]);
  await owner.query("set session_replication_role = origin");
  for (const [key, definition] of [
    ["J1", { kind: "jump", measure: "medical-cost", times: 2, before: 3, least: 100 }],
    ["T1", { kind: "trend", measure: "medical-cost", months: 3 }],
    ["T2", { kind: "trend", measure: "income", months: 3, falling: true }],
  ] as const) await as(a.w, "countyReviewer", (tx) => aid.writeRule(tx, { scheme, key, label: { zh: key, en: key }, level: "yellow", days: 5, from: "2018-01-01", definition }));
  await owner.query("update warning_rule set state = 'on', tried = '{}', switched_by = 'somebody'");
});
after(() => ground.close());

const evaluate = () => as(a.w, "countyReviewer", (tx) => aid.raiseWarnings(tx, a.w.platform, { scheme, on: aidToday }));
type Found = { rule: string; household: string; occurrence: string; value?: number; line?: number; base?: number };
const texts = (found: readonly Found[]): string[] => found.map((one) => [one.rule, one.household, one.occurrence, one.value, one.line, one.base].join(" ")).toSorted();

/** Whom a rule of 18 and 22 years finds on a day: turned so old in the year before it, 29 February on the 28th of a common year. */
const turning = (born: string, on: string): number[] =>
  [18, 22].filter((age) => {
    const year = Number(born.slice(0, 4)) + age;
    const turns = `${year}${born.slice(4) === "-02-29" && year % 4 !== 0 ? "-02-28" : born.slice(4)}`;
    return turns >= `${Number(on.slice(0, 4)) - 1}${on.slice(4)}` && turns <= on;
  });

/** The rules in words of a loop, household by household. */
async function reckoned(): Promise<Found[]> {
  const found: Found[] = [];
  const day = (text: string): string => `to_char(${text}, 'YYYY-MM-DD')`;
  const households = (await rows(`select id, area::float8 as area, people, hardships, income_fen::float8 as income, assets_fen::float8 as assets, ${day("formed_on")} as formed, ${day("period_to")} as until from household where ended_on is null`)) as { id: string; area: number; assets: number | null; until: string; people: number; hardships: number; income: number | null; formed: string }[];
  const events = (await rows(`select household_id as id, kind, ${day("happened_on")} as on, amount_fen::float8 as fen from household_event`)) as { id: string; kind: string; on: string; fen: number }[];
  const given = (await rows(`select household_id as id, item, ${day("period_on")} as period, ${day("delivered_on")} as on, amount_fen::float8 as fen from aid_delivery where not taken_back`)) as { id: string; item: string; period: string; on: string; fen: number }[];
  const members = (await rows(`select household_id as id, no, ${day("birth_date")} as born from household_member where until is null`)) as { id: string; no: number; born: string }[];
  const sum = (list: readonly { fen: number }[]): number => list.reduce((whole, { fen }) => whole + fen, 0);
  for (const { id, area, people, hardships, income, assets, formed, until } of households) {
    const own = events.filter((one) => one.id === id && one.on <= aidToday);
    for (const month of ["2019-08", "2019-09"]) {
      const medical = sum(own.filter((one) => one.kind === "medical-cost" && one.on.startsWith(month)));
      if (medical >= 300_000) found.push({ rule: "W1", household: id, occurrence: month, value: medical, line: 300_000 });
      const left = own.filter((one) => one.kind === "left-allowance" && one.on >= "2017-09-10").map((one) => one.on).toSorted().at(-1);
      const earned = own.filter((one) => one.kind === "income" && one.on.startsWith(month));
      if (left !== undefined && earned.length > 0 && `${month}-01` > left && people > 0 && sum(earned) * 12 < 720_000 * people) found.push({ rule: "W5", household: id, occurrence: month, value: Math.floor(sum(earned) / people), line: 720_000, base: sum(earned) });
    }
    const months = (kind: string): ReadonlyMap<string, number> => {
      const sums = new Map<string, number>();
      for (const one of own.filter((each) => each.kind === kind)) sums.set(one.on.slice(0, 7), (sums.get(one.on.slice(0, 7)) ?? 0) + one.fen);
      return sums;
    };
    const back = (month: string, n: number): string => new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)) - 1 - n, 1)).toISOString().slice(0, 7);
    for (const month of ["2019-08", "2019-09"]) {
      const medical = months("medical-cost");
      const [value, earlier] = [medical.get(month) ?? 0, [1, 2, 3].flatMap((n) => medical.get(back(month, n)) ?? [])];
      const mean = earlier.reduce((whole, one) => whole + one, 0) / earlier.length;
      if (value >= 10_000 && Math.round(mean) > 0 && value >= Math.round(2 * mean)) found.push({ rule: "J1", household: id, occurrence: month, value, line: Math.round(2 * mean), base: Math.round(mean) });
      for (const [rule, kind, sign] of [["T1", "medical-cost", 1], ["T2", "income", -1]] as const) {
        const [first, second, last] = [2, 1, 0].map((n) => months(kind).get(back(month, n)));
        if (first !== undefined && second !== undefined && last !== undefined && (second - first) * sign > 0 && (last - second) * sign > 0) found.push({ rule, household: id, occurrence: month, value: last, base: first });
      }
    }
    const costs = own.filter((one) => (one.kind === "medical-cost" || one.kind === "education-cost") && one.on >= "2018-10-01");
    if (income !== null && costs.length > 0 && sum(costs) * 100 > income * 50) found.push({ rule: "W4", household: id, occurrence: "year-to-2019-09", value: sum(costs), line: income / 2, base: income });
    const property = own.filter((one) => one.kind === "property" && one.on >= "2018-09-10").map((one) => one.on);
    for (const on of new Set(property)) found.push({ rule: "W10", household: id, occurrence: `property-${on}` });
    if (property.length === 0 && area < areas.A + 1000 && people > 0 && assets !== null && assets > 2_000_000 * people) found.push({ rule: "W10", household: id, occurrence: `assets-${until.slice(0, 7)}`, value: assets, line: 2_000_000 * people });
    const aided = given.filter((one) => one.id === id && one.on >= "2018-09-10" && one.on <= aidToday);
    if (hardships >= 2 && formed <= "2019-08-10" && aided.length === 0) found.push({ rule: "W8", household: id, occurrence: "2019", value: hardships, line: 2 });
    for (const key of new Set(aided.map((one) => `${one.item}-${one.period}`))) {
      const same = aided.filter((one) => `${one.item}-${one.period}` === key);
      if (same.length > 1) found.push({ rule: "W9", household: id, occurrence: key, value: sum(same), base: same.length });
    }
    for (const { no, born } of members.filter((one) => one.id === id))
      for (const age of turning(born, aidToday)) found.push({ rule: "W11", household: id, occurrence: `${no}-${age}`, value: age, line: age });
  }
  return found;
}

const judged = ["W1", "W4", "W5", "W8", "W9", "W10", "W11", "J1", "T1", "T2"];
test("what rules find in sets is what a loop over households finds, with the figures they turn on", async () => {
  const expected = await reckoned();
  const { households, rules } = await evaluate();
  const stored = (await rows("select rule_key as rule, household_id as household, occurrence, evidence from warning where rule_key = any ($1)", [judged])).map(({ evidence, ...one }) => ({ ...one, ...(evidence as object) }) as Found);
  for (const rule of judged) assert.ok(expected.filter((one) => one.rule === rule).length >= 3, `${rule} has cases`);
  assert.deepEqual(texts(stored), texts(expected));
  for (const { rule, raised, known, withoutLine } of rules) {
    if (judged.includes(rule)) assert.deepEqual([raised, known], [expected.filter((one) => one.rule === rule).length, 0], rule);
    if (rule !== "W4" && rule !== "W10") assert.equal(withoutLine, 0, rule);
  }
  const open = await rows(`select count(*)::int as n, (count(*) filter (where income_fen is null))::int as without, (count(*) filter (where area >= ${areas.B}))::int as b from household where ended_on is null`);
  assert.deepEqual([households, ...["W4", "W10"].map((key) => rules.find((one) => one.rule === key)!.withoutLine)], [open[0]!["n"], open[0]!["without"], open[0]!["b"]], "where no line of property is set, that is said");
  assert.ok((await evaluate()).rules.every((one) => one.raised === 0), "looking again raises nothing");
  const [rule] = await rows("select id from warning_rule where key = 'W4'");
  const { tried } = await as(a.w, "countyReviewer", (tx) => aid.tryRule(tx, a.w.platform, rule!["id"] as string, { on: aidToday }));
  const [ages] = await rows("select id from warning_rule where key = 'W11'");
  const born = (await rows("select to_char(m.birth_date, 'YYYY-MM-DD') as born from household_member m join household h on h.county = m.county and h.id = m.household_id and h.ended_on is null where m.until is null")).map((one) => one["born"] as string);
  for (const on of ["2018-02-27", "2018-02-28", "2019-02-28"]) {
    const { tried } = await as(a.w, "countyReviewer", (tx) => aid.tryRule(tx, a.w.platform, ages!["id"] as string, { on }));
    assert.equal(tried?.would, born.flatMap((one) => turning(one, on)).length, `ages on ${on}`);
  }
  assert.deepEqual([tried?.would, tried?.households, tried?.withoutLine], [expected.filter((one) => one.rule === "W4").length, open[0]!["n"], open[0]!["without"]], "a trial finds the same");
});

test("counties looked at together, by two duties and an officer at the same moment, find what one alone finds, each warning once", async () => {
  const expected = texts(await reckoned());
  const [other, shift] = [county + 2, 2_000_000];
  const moved: Readonly<Record<string, string>> = { county: `county + 2`, area: `area + ${shift}`, lo: `lo + ${shift}`, hi: `hi + ${shift}` };
  const grounds = ["household", "household_member", "household_event", "aid_delivery"];
  await owner.query("set session_replication_role = replica");
  for (const table of [...grounds, "aid_standard", "warning_rule", "assessment"]) {
    const columns = (await rows("select column_name as name from information_schema.columns where table_schema = 'public' and table_name = $1 and is_generated = 'NEVER'", [table])).map(({ name }) => name as string);
    const values = columns.map((name) => (name === "id" && !grounds.includes(table) ? "gen_random_uuid()" : (moved[name] ?? name)));
    await rows(`insert into ${table} (${columns.join(", ")}) select ${values.join(", ")} from ${table}`);
  }
  await owner.query(`delete from warning; delete from warning_tally;
    insert into aid_duty (county, scheme, kind, on_day, area, outcome) select c, 'low-income', k, '2019-09-10', c * 1000000::bigint, '{}' from unnest(array[${county}, ${other}]) c cross join unnest(array['results', 'check']) k;
    set session_replication_role = origin`);
  const duty = () => aid.aidDuties(a.w.platform, [lowIncomeAid]);
  const [one, two] = await Promise.all([duty(), duty(), evaluate()]);
  const found = async (of: number): Promise<string[]> =>
    texts((await rows("select rule_key as rule, household_id as household, occurrence, evidence from warning where county = $1 and rule_key = any ($2)", [of, judged])).map(({ evidence, ...each }) => ({ ...each, ...(evidence as object) }) as Found));
  assert.deepEqual(await found(county), expected);
  assert.deepEqual(await found(other), expected, "the same ground elsewhere");
  assert.deepEqual(await rows("select from warning where area / 1000000 <> county"), []);
  assert.deepEqual([...one.done, ...two.done].map((each) => each.county).toSorted(), [county, other], "each county's duty is done by one of them");
  assert.deepEqual((await rows("select county from audit_entry where action = 'warning.evaluate' and account = 'system:aid' order by 1")).map((row) => row["county"]), [county, other]);
  await owner.query("set session_replication_role = replica");
  for (const table of [...grounds, "warning", "warning_tally"]) await rows(`delete from ${table} where county = $1`, [other]);
  for (const table of ["aid_standard", "warning_rule"]) await rows(`delete from ${table} where lo between $1 and $2`, [other * 1e6, other * 1e6 + 999_999]);
  await owner.query("set session_replication_role = origin");
});

const kinds = "county, area, scheme, rule_id, rule_key, level, state, case when state <> 'filed' then due_on end as due_on, verdict";
const keptIsWhatStands = async (when: string): Promise<void> => {
  const kept = await rows("select county, area, scheme, rule_id, rule_key, level, state, due_on, verdict, sum(n)::int as n from warning_tally group by 1, 2, 3, 4, 5, 6, 7, 8, 9 having sum(n) <> 0 order by 1, 2, 3, 4, 5, 6, 7, 8, 9");
  assert.deepEqual(kept, await rows(`select ${kinds}, count(*)::int as n from warning group by 1, 2, 3, 4, 5, 6, 7, 8, 9 order by 1, 2, 3, 4, 5, 6, 7, 8, 9`), when);
};

test("the board's counts are kept as warnings come and move on, through folding, and each version of a rule has its own hit rate", async () => {
  await keptIsWhatStands("raised");
  const some = (k: number): string => `where get_byte(uuid_send(id), 15) % 5 = ${k}`;
  const step = async (text: string): Promise<void> => {
    await rows(text);
    await keptIsWhatStands(text);
  };
  await step(`update warning set state = 'filed', to_area = area, verdict = 'holds', checked_by = 'p', handled_by_way = 'visit' ${some(1)}`);
  await step(`update warning set state = 'checked', to_area = area, verdict = 'does-not-hold', checked_by = 'p' ${some(2)}`);
  await step(`update warning set due_on = due_on - 60 ${some(3)}`);
  for (let day = 1; day <= 120; day += 1) await rows("update warning set due_on = due_on - $1::int where id in (select id from warning where state <> 'filed' order by id offset $1 limit 2)", [day]);
  const fold = () => a.w.platform.database.write(systemActor("aid"), foldWarningCounts);
  assert.deepEqual([await fold(), await fold()], [1, 0], "folded once, and then there is nothing to fold");
  await keptIsWhatStands("folded");
  await assert.rejects(as(a.w, "countyLead", foldWarningCounts), /by duties only/);
  // A second version of W1 judges anew; what the first raised keeps its own rate.
  const own = await as(a.w, "countyReviewer", (tx) => aid.writeRule(tx, { scheme, key: "W1", label: { zh: "新", en: "New" }, level: "info", days: 5, from: "2018-01-01", definition: { kind: "threshold", measure: "medical-cost", line: { value: 100 } } }));
  await owner.query("update warning_rule set state = 'off' where key = 'W1' and id <> $1", [own.id]);
  await owner.query("update warning_rule set state = 'on', tried = '{}', switched_by = 'somebody' where id = $1", [own.id]);
  await evaluate();
  await rows("update warning set state = 'checked', to_area = area, verdict = 'holds', checked_by = 'p' where id in (select id from warning where rule_id = $1 order by id limit 3)", [own.id]);
  await rows("update warning set state = 'checked', to_area = area, verdict = 'does-not-hold', checked_by = 'p', handled_by_way = null where id in (select id from warning where rule_key = 'W1' and rule_id <> $1 order by id limit 2)", [own.id]);
  const { counts } = await as(a.w, "countyReviewer", (tx) => aid.listWarnings(tx, a.w.platform, { scheme }));
  const stands = await rows("select rule_id as id, (count(*) filter (where verdict = 'holds'))::int as held, count(verdict)::int as checked, (count(*) filter (where state <> 'filed'))::int as open, (count(*) filter (where state = 'filed'))::int as filed, (count(*) filter (where state <> 'filed' and due_on < $1))::int as overdue from warning group by 1", [aidToday]);
  for (const one of stands) {
    const { held, checked, open, filed, overdue } = counts.find(({ id }) => id === one["id"])!;
    assert.deepEqual({ id: one["id"], held, checked, open, filed, overdue }, one);
  }
  const versions = counts.filter(({ rule }) => rule === "W1");
  assert.deepEqual(versions.map(({ version, level, label }) => [version, level, label.en]), [[2, "info", "New"], [1, "red", lowIncomeAid.rules[0]!.label.en]]);
  assert.deepEqual([versions[0]!.held, versions[0]!.checked], [3, 3]);
  assert.ok(versions[1]!.checked > 0 && versions[1]!.held < versions[1]!.checked, "the first version's own");
});

test("the board's pages are all that match, each once, the earliest due first, for each filter and each level", async () => {
  type Query = Parameters<typeof aid.listWarnings>[2];
  const cases: readonly [Omit<Query, "scheme">, string][] = [
    [{}, "state <> 'filed'"],
    [{ state: "filed" }, "state = 'filed'"],
    [{ state: "checked", rule: "W4" }, "state = 'checked' and rule_key = 'W4'"],
    [{ level: "red", overdue: true }, `state <> 'filed' and level = 'red' and due_on < '${aidToday}'`],
    [{ area: areas.A1 }, `state <> 'filed' and area = ${areas.A1}`],
    [{ state: "filed", overdue: true }, "false"],
    [{ rule: "W99" }, "false"],
  ];
  for (const [actor, inside] of [["countyReviewer", "true"], ["reviewerA", `area between ${areas.A} and ${areas.A + 999}`]] as const)
    for (const [query, where] of cases) {
      const seen: string[] = [];
      let total = 0;
      for (let after: string | undefined = ""; after !== undefined; ) {
        const page = await as(a.w, actor, (tx) => aid.listWarnings(tx, a.w.platform, { scheme, ...query, ...(after && { after }) }));
        seen.push(...page.rows.map(({ id }) => id));
        [total, after] = [page.total, page.next];
      }
      const expected = (await rows(`select id from warning where ${where} and ${inside} order by due_on, id`)).map(({ id }) => id);
      assert.deepEqual([total, seen], [expected.length, expected], `${actor} ${JSON.stringify(query)}`);
    }
});

test("many warnings at once are held to their households in one pass, and one that stands elsewhere is refused; where villages merge, the counts go along", async () => {
  const many = (area: string): string => `insert into warning (county, id, household_id, area, scheme, rule_id, rule_key, level, occurrence, evidence, state, raised_on, raised_by, due_on, to_area)
    select w.county, uuidv7(), w.household_id, ${area}, w.scheme, w.rule_id, w.rule_key, w.level, 'many-' || n, '{}', 'dispatched', w.raised_on, 'x', w.due_on, w.area from (select * from warning order by id limit 1) w cross join generate_series(1, 12600) n`;
  await assert.rejects(rows(many("case n when 12345 then w.area + 1 else w.area end")), /would stand elsewhere than its household/);
  await rows(many("w.area"));
  await keptIsWhatStands("many");
  await rows("select security.change_area($1, $2, '2019-09-10', 'test', null)", [areas.A2, areas.A1]);
  assert.equal((await rows("select from warning where area = $1", [areas.A2])).length, 0);
  await keptIsWhatStands("merged");
});
