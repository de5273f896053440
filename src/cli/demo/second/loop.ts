// The second county's round from civil affairs' lists to a snapshot with its index, through the services of the offices; each stage says what it found against
// what was planted, and every sum that does not add up is named.
import { sql } from "kysely";
import { lowIncomeAid } from "../../../../schemes/low-income/aid.ts";
import { shippedInsights } from "../../../../schemes/shipped.ts";
import { buildHouseholds, getCoverage } from "../../../modules/aid/service.ts";
import { compute, takeSnapshot, tryOut } from "../../../modules/insight/service.ts";
import { drawImages } from "../images.ts";
import type { Stages } from "../loop.ts";
import { apply, askedFor, check, closeWarnings, decide, deliver, foundBy, meets, putRight, runDuties, tell } from "./aid.ts";
import { answerSome, matchLists, type Score, scoreMatches, scoreOf } from "./cases.ts";
import { type Household, incomeOf, itemOf, makeHouseholds } from "./households.ts";
import { listOf, plantedIn } from "./lists.ts";
import { bringLists, isListed, type Records, signPapers, visit } from "./people.ts";
import { departments, enterPopulation, lines, scheme, type SecondWorld, switchRulesOn } from "./world.ts";

/** Rules that the demonstration switches on. */
const rulesOn = ["W1", "W2", "W3", "W4", "W5", "W6", "W7", "W8", "W9", "W10", "W11", "W12"];
const STRANGERS = 25;
/** Of warnings and of cases, so many go through people's hands. */
const MOST_BY_HAND = 120;

const n = (count: number): string => count.toLocaleString("en");
const rate = (score: Score): string => `precision ${score.precision.toFixed(4)} of ${n(score.raised)}, recall ${score.recall.toFixed(4)} of ${n(score.planted)}`;

export type SecondResult = Awaited<ReturnType<typeof runSecond>>;

/** @param count households, at least 300 so that everything occurs
 * @param visits so many of them are visited; those left stand in the register by their list */
export async function runSecond(world: SecondWorld, seed: number, { count, visits }: { readonly count: number; readonly visits: number }, stage: Stages) {
  const { platform, county, campaign } = world;
  const { database } = platform;
  const wrong: string[] = [];
  const expect = (what: string, found: number, wanted: number): void => void (found === wanted || wrong.push(`${what}: ${found}, not ${wanted}`));
  const sound = (what: string, score: Score): Score => (score.precision === 1 && score.recall === 1 ? score : (wrong.push(`${what}: ${rate(score)}`), score));
  const records: Records = new Map();

  const { households, images } = await stage("生成第二个县 second county", async () => {
    const made = makeHouseholds(seed, count, world.geography, world.days, visits);
    const people = made.reduce((sum, one) => sum + one.members.length, 0);
    return [{ households: made, images: await drawImages(seed) }, `${n(made.length)} households, ${n(people)} members, all invented`] as const;
  });
  const of = (which: (household: Household) => boolean): number => households.filter(which).length;
  const keysOf = (which: (household: Household) => boolean, mark = ""): Set<string> => new Set(households.filter(which).map((one) => `${mark}${one.index}`));

  const lists = await stage("民政名单 civil affairs' lists", async (show) => {
    const sum = await bringLists(world, households, records, show);
    expect("households on two lists", sum.duplicates, of((one) => one.twiceListed));
    expect("households of the lists", sum.rows - sum.duplicates, of(isListed));
    return [sum, `${n(sum.rows)} rows of 3 lists, ${n(sum.duplicates)} twice`] as const;
  });
  const signed = await stage("核对授权 authorisations", async () => {
    const sum = await signPapers(world, households);
    return [sum, `${n(sum.signed)} of ${n(sum.adults)} adults signed`] as const;
  });
  const build = await stage("建立家庭 households", async () => {
    const built = await buildHouseholds(platform, world.countyReviewer, lowIncomeAid, { county, campaign: campaign.id });
    expect("households built", built.households, of(isListed));
    expect("people claimed by two households", built.contested, of((one) => one.contested));
    return [built, `${n(built.households)} households, ${n(built.people)} people, ${n(built.contested)} claimed twice`] as const;
  });
  const met = await stage("入户和自主申报 visits, declarations", async (show) => {
    const sum = await visit(world, households, records, images.signature[0]!, show);
    const { rows } = await database.read(world.countyLead, (tx) => sql<{ state: string; n: number }>`select state, count(*)::int as n from record where county = ${county} and campaign_id = ${campaign.id}::uuid group by 1`.execute(tx));
    const states = Object.fromEntries(rows.map((row) => [row.state, row.n]));
    expect("accepted records", states["accepted"] ?? 0, sum.visited + sum.found + sum.declared);
    expect("records", rows.reduce((total, row) => total + row.n, 0), households.length);
    const { rows: stored } = await database.read(world.countyLead, (tx) => sql<{ households: number; people: number }>`select (select count(*)::int from household h where h.county = ${county} and h.scheme = ${scheme} and h.ended_on is null) as households, (select count(*)::int from household_member m where m.county = ${county} and m.scheme = ${scheme} and m.until is null) as people`.execute(tx));
    expect("households by themselves", stored[0]?.households ?? 0, households.length);
    expect("members", stored[0]?.people ?? 0, households.reduce((total, one) => total + one.members.length, 0));
    return [{ ...sum, states }, `${n(sum.visited)} visited, ${n(sum.found)} found, ${n(sum.declared)} declared; ${Object.entries(states).map(([state, each]) => `${state} ${n(each)}`).join(", ")} = ${n(households.length)}`] as const;
  });
  const coverage = await stage("覆盖率 coverage", async () => {
    await enterPopulation(world, build.people * 20);
    const row = (await database.read(world.countyLead, (tx) => getCoverage(tx, scheme))).rows.find((one) => one.base !== undefined);
    return [row, row?.base === undefined ? "no base" : `${n(row.people)} of ${n(row.base)} residents = ${((row.people / row.base) * 100).toFixed(2)} %`] as const;
  });
  const planted = plantedIn(households);
  const matched = await stage("部门比对 match lists", async (show) => {
    const sum = await matchLists(world, departments.map((department) => listOf(department, households, world.days.today)), records, show);
    expect("rows left out for want of an authorisation", sum.leftOut, planted.leftOut);
    expect("rows of the lists", sum.accepted + sum.returned, sum.rows);
    const score = sound("findings", await scoreMatches(world, households, records));
    return [{ ...sum, score }, `${n(sum.rows)} rows, ${n(sum.leftOut)} without authorisation; ${rate(score)}`] as const;
  });
  const cases = await stage("核查 cases", async () => {
    const sum = await answerSome(world, images.paper[0]!, MOST_BY_HAND);
    expect("cases closed by the check", sum.closed, sum.answered);
    return [sum, `${n(sum.answered)} answered with papers, ${n(sum.closed)} closed, ${n(sum.open)} open`] as const;
  });

  const byRecord = new Map([...records].map(([index, record]) => [record, households[index]!]));
  const indexOf = (recordIds: readonly string[]): string[] => recordIds.map((record) => String(byRecord.get(record)?.index ?? record));
  const asked = askedFor(households);
  const entered = await stage("救助申请 applications", async () => {
    const sum = await apply(world, asked);
    expect("applications known by declarations", sum.known, of((one) => one.way === "declared" && one.kind !== "relief"));
    expect("applications", sum.taken + sum.known + sum.returned, sum.rows);
    expect("applications that went back", sum.returned, 0);
    return [sum, `${n(sum.taken)} taken + ${n(sum.known)} known = ${n(sum.rows)} rows`] as const;
  });
  const decided = await stage("审批 decisions", async () => {
    const sum = await decide(world, byRecord);
    const declaredAbove = of((one) => one.way === "declared" && one.kind === "relief");
    expect("refused", sum.refused, of((one) => one.relief === "refused") + declaredAbove);
    expect("granted", sum.granted, asked.filter((one) => one.household.relief !== "refused" && one.household.relief !== "late").length);
    return [sum, `${n(sum.granted)} granted, ${n(sum.refused)} refused, each with its reason`] as const;
  });
  const delivered = await stage("发放 deliveries", async () => {
    const given = asked.filter((one) => one.household.relief !== "refused" && one.household.relief !== "late");
    const again = given.filter((one) => one.household.double && one.item === itemOf(one.household.kind));
    const sum = await deliver(world, given, again, STRANGERS);
    expect("deliveries to nobody", sum.returned, STRANGERS);
    expect("deliveries", sum.taken, given.length + again.length);
    return [sum, `${n(sum.taken)} taken + ${n(sum.returned)} returned = ${n(sum.rows)} rows`] as const;
  });
  const warnings = await stage("事件和预警 events, warnings", async () => {
    const told = await tell(world, households);
    expect("events", told.taken, told.rows);
    expect("people whom a department looked up", told.found, Math.min(400, of((one) => one.way === "visited")));
    const would = await switchRulesOn(world, rulesOn);
    const { warnings: raised, withoutResult } = await runDuties(world);
    expect("applications without a result", withoutResult, of((one) => one.relief === "late"));
    const truth = rulesOn.flatMap((rule) => [...keysOf((one) => meets(rule, one), `${rule} `)]);
    const score = sound("warnings", scoreOf(new Set(truth), [...raised].flatMap(([rule, of]) => indexOf(of).map((index) => `${rule} ${index}`))));
    const byRule = Object.fromEntries([...raised].map(([rule, each]) => [rule, each.length]));
    // Nobody of the second county stands in the veterans' register: W12 finds none.
    const planted = Object.fromEntries(rulesOn.map((rule) => [rule, of((one) => meets(rule, one))]).filter(([, count]) => Number(count) > 0));
    return [{ events: told.taken, would, byRule, planted, score }, `${n(told.taken)} events through departments' doors; ${Object.entries(byRule).map(([rule, each]) => `${rule} ${n(each)}`).join(", ")}; ${rate(score)}`] as const;
  });
  const closed = await stage("预警处置 warnings closed", async () => {
    const sum = await closeWarnings(world, records, households, MOST_BY_HAND);
    expect("warnings that held", sum.held, sum.truth);
    expect("warnings filed", sum.filed, sum.checked);
    return [sum, `${n(sum.filed)} filed, hit rate ${sum.checked === 0 ? "—" : (sum.held / sum.checked).toFixed(4)} of ${n(sum.checked)} checked`] as const;
  });
  const missedOf = keysOf((one) => one.missed !== undefined);
  const faults = await stage("漏助和重复 missed, double", async () => {
    const found = await check(world);
    const scores = { missed: sound("missed aid", scoreOf(missedOf, indexOf(await foundBy(world, "AID1")))), double: sound("double aid", scoreOf(keysOf((one) => one.double), indexOf(await foundBy(world, "AID2")))), late: sound("aid without a result", scoreOf(keysOf((one) => one.relief === "late"), indexOf(await foundBy(world, "AID4")))) };
    expect("people in two households", found.contested, 2 * of((one) => one.contested));
    expect("households without a stratum", found.notJudged, 0);
    return [{ ...found, scores }, `missed ${rate(scores.missed)}; double ${rate(scores.double)}`] as const;
  });
  const righted = await stage("整改复核 put right", async () => {
    const late = askedFor(households.filter((one) => one.missed !== undefined).map(({ missed: _, ...rest }) => rest)).filter((one) => !asked.some((before) => before.household.index === one.household.index && before.item === one.item));
    await apply(world, late, "missed-aid");
    await decide(world, byRecord);
    await decide(world, byRecord, "late");
    await deliver(world, late, [], 0);
    const done = await putRight(world);
    expect("deliveries taken back", done.takenBack, of((one) => one.double));
    expect("people settled", done.settled, of((one) => one.contested));
    const after = await check(world);
    for (const key of ["missed", "double", "contested", "withoutResult"] as const) expect(`${key} after it was put right`, after[key], 0);
    for (const kind of ["AID1", "AID2", "AID3", "AID4"] as const) expect(`open findings ${kind}`, (await foundBy(world, kind)).length, 0);
    return [{ ...done, closed: after.closed }, `${n(late.length)} helped, ${n(done.takenBack)} taken back, ${n(done.settled)} settled; ${n(after.closed)} closed by the check`] as const;
  });
  // Snapshots hold the register: what was accepted. What stands on a list only is no part of an index.
  const registered = households.filter((one) => one.way !== "listed");
  const snapshot = await stage("快照 snapshot", async () => {
    const taken = await takeSnapshot(platform, shippedInsights, world.countyLead, { campaign: campaign.id }, async () => {});
    expect("records of the snapshot", taken.records, registered.length);
    return [taken, `${n(taken.records)} households, ${n(taken.people)} people`] as const;
  });
  const index = await stage("贫困指数 index", async () => {
    const { result, digest } = await database.write(world.countyLead, (tx) => compute(tx, platform, shippedInsights, { scheme, campaign: campaign.id, set: "register" }));
    expect("households of the index", result.whole.households + result.missing.leftOut, registered.length);
    expect("households of its areas", result.areas.reduce((sum, part) => sum + (part.told?.households ?? 0), 0) + (result.areas.some((part) => part.hidden) ? result.whole.households - result.areas.reduce((sum, part) => sum + (part.told?.households ?? 0), 0) : 0), result.whole.households);
    const parts = result.whole.h.value * result.whole.a.value;
    expect("M0 in millionths", Math.round(result.whole.m0.value * 1e6), Math.round(parts * 1e6));
    return [{ h: result.whole.h, a: result.whole.a, m0: result.whole.m0, areas: result.areas.length, digest }, `H ${result.whole.h.value.toFixed(4)} × A ${result.whole.a.value.toFixed(4)} = M0 ${result.whole.m0.value.toFixed(4)} of ${n(result.whole.base)} people, ${result.areas.length} townships`] as const;
  });
  const whatIf = await stage("试算 what if", async () => {
    const line = lines["allowance-line"] / 100;
    const { money } = await database.read(world.countyLead, (tx) => tryOut(tx, platform, shippedInsights, { scheme, campaign: campaign.id, set: "register", line: { from: line, to: line + 1200, attached: 500 } }));
    expect("households below the line as it stands", money?.before.households ?? -1, registered.filter((one) => below(one, line)).length);
    return [money, `line ${n(line)} → ${n(line + 1200)} yuan: ${n(money?.before.households ?? 0)} → ${n(money?.after.households ?? 0)} households, ${n(money?.after.topUp ?? 0)} yuan a year, cliff ${n(money?.cliff.households ?? 0)}`] as const;
  });
  return { households: households.length, lists, signed, build, met, coverage, matched, cases, entered, decided, delivered, warnings, closed, faults, righted, snapshot, index, whatIf, wrong };
}

/** Income a head of the form below a line, in whole hundreds as snapshots keep it. */
function below(household: Household, line: number): boolean {
  return Math.floor(incomeOf(household) / household.members.length / 100) * 100 < line;
}
