// The chain of aid of the second county: applications, decisions and deliveries by the thousand; what is missed, doubled and without a result, found and put right.
import { sql } from "kysely";
import { idOf } from "../../../../schemes/low-income/sample-households.ts";
import { shippedAid } from "../../../../schemes/shipped.ts";
import { addDays } from "../../../core/time.ts";
import { aidDuties, changeHousehold, checkAid, decideMany, enterMany, type GivenEvents, listWarnings, moveWarning, takeBackDelivery, takeDeliveries } from "../../../modules/aid/service.ts";
import { systemActor } from "../../../platform/database.ts";
import { inParallel } from "../../../platform/lanes.ts";
import { tellThroughDoors } from "./doors.ts";
import { type Household, incomeOf, itemOf } from "./households.ts";
import type { Records } from "./people.ts";
import { scheme, type SecondWorld } from "./world.ts";

/** Rows of one call. */
const MANY = 3000;
type Asked = { readonly household: Household; readonly item: string; readonly amount?: number };
type Rows = Parameters<typeof takeDeliveries>[2]["rows"];

export type AidTruth = { readonly missed: number; readonly double: number; readonly contested: number; readonly late: number; readonly refused: number; readonly granted: number };

/** What each household applies for; who is missed does not. */
export function askedFor(households: readonly Household[]): readonly Asked[] {
  return households.flatMap((household): Asked[] => {
    if (household.kind === "relief") return household.relief === "none" ? [] : [{ household, item: "temporary-relief", amount: 2000 }];
    const { missed } = household;
    return [...(missed === "monthly" ? [] : [{ household, item: itemOf(household.kind), amount: household.kind === "extreme" ? 900 : 300 * household.members.length }]), ...(missed === "medical-premium" ? [] : [{ household, item: "medical-premium" }])];
  });
}

export type Entered = { readonly rows: number; readonly taken: number; readonly known: number; readonly returned: number };
/** Departments' lists of applications; the days of decision of late ones have passed. */
export async function apply(world: SecondWorld, asked: readonly Asked[], via: "department" | "missed-aid" = "department"): Promise<Entered> {
  const { platform, days } = world;
  const sum = { rows: 0, taken: 0, known: 0, returned: 0 };
  const before = addDays(days.today, -3) ?? days.today;
  const usual = before > days.owedFrom ? before : days.owedFrom;
  const long = addDays(days.today, -60) ?? days.today;
  for (let from = 0; from < asked.length; from += MANY) {
    const rows = asked.slice(from, from + MANY).map(({ household, item }) => ({ idNumber: household.head.idNumber, item, on: household.relief === "late" ? long : usual, no: `${via}-${household.index}-${item}` }));
    const reply = await platform.database.write(world.countyReviewer, (tx) => enterMany(tx, platform, { scheme, source: "demo-list", via, rows }));
    sum.rows += reply.rows;
    sum.taken += reply.taken;
    sum.known += reply.known;
    sum.returned += reply.returned.length;
  }
  return sum;
}

/** The second person decides on papers: what waits is granted or refused, late ones are left. @returns how many of each */
export async function decide(world: SecondWorld, byRecord: ReadonlyMap<string, Household>, also: "late" | "not-late" = "not-late"): Promise<{ granted: number; refused: number }> {
  const { platform, county, days } = world;
  const { rows } = await platform.database.read(world.secondReviewer, (tx) => sql<{ id: string; item: string; recordId: string; appliedOn: string }>`
    select a.id, a.item, h.record_id, a.applied_on from aid_application a join household h on h.county = a.county and h.id = a.household_id where a.county = ${county} and a.scheme = ${scheme} and a.state = 'open' order by a.id`.execute(tx));
  const of = rows.flatMap((row) => {
    const household = byRecord.get(row.recordId);
    return household ? [{ ...row, household }] : [];
  });
  const turns = also === "late" ? of.filter((row) => row.household.relief === "late") : of.filter((row) => row.household.relief !== "late");
  // A household of relief that declared itself asked for the allowance: its income lies above the line.
  const no = (row: (typeof of)[number]): boolean => row.household.relief === "refused" || row.household.relief === "late" || (row.household.kind === "relief" && row.item !== "temporary-relief");
  const sum = { granted: 0, refused: 0 };
  for (const [decision, list] of [["grant", turns.filter((row) => !no(row))], ["refuse", turns.filter(no)]] as const) {
    for (let from = 0; from < list.length; from += MANY) {
      const applications = list.slice(from, from + MANY).map(({ id, item, household }) => ({ id, ...(item !== "medical-premium" && { amount: item === "temporary-relief" ? 2000 : household.kind === "extreme" ? 900 : 300 * household.members.length }) }));
      const reply = await platform.database.write(world.secondReviewer, (tx) => decideMany(tx, platform, { county, scheme, decision, basis: ["application-papers", "home-visit"], why: decision === "grant" ? "meets-conditions" : "above-line", ...(decision === "grant" && { from: days.today }), applications }));
      if (reply.refused.length > 0) throw new Error(`a decision of the demonstration was refused: ${reply.refused[0]?.problem}`);
      sum[decision === "grant" ? "granted" : "refused"] += reply.decided;
    }
  }
  return sum;
}

/** A number that nobody holds. */
const nobody = idOf("99999919010101997");
const departmentOf: Readonly<Record<string, string>> = { "medical-premium": "medical_insurance" };
/** What departments paid and gave; `again` pays some twice. Rows without an application, and of nobody, go back. */
export async function deliver(world: SecondWorld, given: readonly Asked[], again: readonly Asked[], strangers: number): Promise<{ rows: number; taken: number; returned: number }> {
  const { platform, days } = world;
  const rowOf = ({ household, item, amount }: Asked, mark: string): Rows[number] => ({ idNumber: household.head.idNumber, item, on: days.today, ...(amount !== undefined && { amount }), no: `${mark}-${household.index}-${item}` });
  const all = [...given.map((one) => [one.item, rowOf(one, "first")] as const), ...again.map((one) => [one.item, rowOf(one, "second")] as const), ...Array.from({ length: strangers }, (_, n) => ["temporary-relief", { idNumber: nobody, item: "temporary-relief", on: days.today, amount: 500, no: `stranger-${n}` }] as const)];
  const sum = { rows: 0, taken: 0, returned: 0 };
  for (const [department, of] of Map.groupBy(all, ([item]) => departmentOf[item] ?? "civil_affairs")) {
    for (let from = 0; from < of.length; from += MANY) {
      const rows = of.slice(from, from + MANY).map(([, row]) => row);
      const reply = await platform.database.write(world.contacts[department]!, (tx) => takeDeliveries(tx, platform, { scheme, department, rows }));
      sum.rows += reply.rows;
      sum.taken += reply.taken;
      sum.returned += reply.returned.length;
    }
  }
  return sum;
}

type Told = GivenEvents["events"][number];
const befallen = { W2: "unemployment", W3: "disability-certificate", W6: "missing", W7: "accident", W10: "property" } as const;
/** What a household's events of the month say; each that befalls it raises the rule it is named by. */
function eventsOf(household: Household, today: string): readonly Told[] {
  const { head: { idNumber }, index, event, members } = household;
  const at = { idNumber, on: today };
  const plain: Told = { ...at, kind: "medical-cost", amount: medicalOf(household), no: `m-${index}` };
  switch (event) {
    case undefined:
    case "W1":
      return [plain];
    case "W4":
      return [plain, { ...at, kind: "education-cost", amount: schoolingOf(household), no: `e-${index}` }];
    case "W5":
      // The allowance ended two months ago, and the month's income lies far below the line.
      return [plain, { ...at, kind: "left-allowance", on: addDays(today, -60) ?? today, no: `l-${index}` }, { ...at, kind: "income", amount: 200 * members.length, no: `i-${index}` }];
    default:
      return [plain, { ...at, kind: befallen[event], no: `e-${index}` }];
  }
}
const medicalOf = ({ event, index }: Household): number => (event === "W1" ? 4000 : 100 + (index % 50));
const schoolingOf = (household: Household): number => (household.event === "W4" ? Math.ceil(incomeOf(household) * 0.6) : 0);

/** Whether a rule that is on must find a household; what is planted for one rule may meet another too. */
export function meets(rule: string, household: Household): boolean {
  if (rule === "W4") return (medicalOf(household) + schoolingOf(household)) * 2 > incomeOf(household);
  if (rule === "W8") return household.helpedNowhere;
  return rule === "W9" ? household.double : rule === "W11" ? household.comesOfAge : household.event === rule;
}

/** A month of ordinary events, and those that raise a warning, told by the departments that know of them. */
export const tell = (world: SecondWorld, households: readonly Household[]): Promise<{ rows: number; taken: number; found: number }> =>
  tellThroughDoors(world, households.flatMap((household) => eventsOf(household, world.days.today)), households.filter(({ way }) => way === "visited").slice(0, 400).map(({ head }) => head.idNumber));

/** The county's own duty of the day. @returns what it raised by rule, and how many applications had no result */
export async function runDuties(world: SecondWorld): Promise<{ warnings: ReadonlyMap<string, readonly string[]>; withoutResult: number }> {
  const { platform, county } = world;
  const { done } = await aidDuties(platform, shippedAid);
  const { rows } = await platform.database.read(world.countyReviewer, (tx) => sql<{ rule: string; recordId: string }>`select w.rule_key as rule, h.record_id from warning w join household h on h.county = w.county and h.id = w.household_id where w.county = ${county} and w.scheme = ${scheme}`.execute(tx));
  const results = done.find((one) => one.county === county && one.kind === "results");
  return { warnings: new Map([...Map.groupBy(rows, (row) => row.rule)].map(([rule, of]) => [rule, of.map((row) => row.recordId)])), withoutResult: Number(results?.outcome["withoutResult"] ?? 0) };
}

export const check = (world: SecondWorld) => world.platform.database.write(world.countyReviewer, (tx) => checkAid(tx, world.platform, { scheme, month: world.days.today.slice(0, 7) }));

/** Households of open findings of a class. */
export async function foundBy(world: SecondWorld, kind: "AID1" | "AID2" | "AID3" | "AID4"): Promise<readonly string[]> {
  const { rows } = await world.platform.database.read(world.countyReviewer, (tx) => sql<{ recordId: string }>`select record_id from finding where county = ${world.county} and campaign_id = ${world.campaign.id}::uuid and department = 'aid' and class = ${kind} and state = 'open'`.execute(tx));
  return rows.map((row) => row.recordId);
}

/** The second of two deliveries is taken back; who stands in two households belongs to the one that said so first. */
export async function putRight(world: SecondWorld): Promise<{ takenBack: number; settled: number }> {
  const { platform, county, days } = world;
  const { rows } = await platform.database.read(world.secondReviewer, (tx) => sql<{ id: string }>`select id from aid_delivery where county = ${county} and source_no like 'second-%' and not taken_back`.execute(tx));
  for (const { id } of rows) await platform.database.write(world.secondReviewer, (tx) => takeBackDelivery(tx, platform, { county, id }, { on: days.today, why: "double" }));
  const { rows: contested } = await platform.database.read(world.countyReviewer, (tx) => sql<{ household: string; no: number }>`select distinct on (person_digest) household_id as household, no from household_member where county = ${county} and contested and until is null order by person_digest, relation`.execute(tx));
  for (const { household, no } of contested) await platform.database.write(world.countyReviewer, (tx) => changeHousehold(tx, platform, { county, id: household }, { change: "settle", on: days.today, member: no, here: true }));
  return { takenBack: rows.length, settled: contested.length };
}

export type Closed = { readonly filed: number; readonly held: number; readonly checked: number; readonly truth: number };
/** Some warnings of each rule go their whole way through people, as somebody who looks would find them. */
export async function closeWarnings(world: SecondWorld, records: Records, households: readonly Household[], most: number): Promise<Closed> {
  const { platform, county } = world;
  const byRecord = new Map([...records].map(([index, record]) => [record, households[index]!]));
  const { rows } = await platform.database.read(world.countyReviewer, (tx) => sql<{ id: string; recordId: string; state: string }>`select w.id, h.record_id, w.state from warning w join household h on h.county = w.county and h.id = w.household_id where w.county = ${county} order by w.rule_key, w.id`.execute(tx));
  const every = Math.max(1, Math.ceil(rows.length / most));
  const some = rows.filter((_, i) => i % every === 0);
  let truth = 0;
  await inParallel(some, 4, async ({ id, recordId, state }) => {
    const household = byRecord.get(recordId)!;
    const holds = household.trueWarning;
    if (holds) truth += 1;
    const move = (actor: SecondWorld["countyReviewer"], given: Parameters<typeof moveWarning>[3]): Promise<unknown> => platform.database.write(actor, (tx) => moveWarning(tx, platform, { county, id }, given));
    const township = world.reviewers[household.township]!;
    if (state === "raised") await move(world.countyReviewer, { move: "dispatch" });
    await move(township, { move: "check", verdict: holds ? "holds" : "does-not-hold" });
    await move(township, { move: "handle", way: holds ? "visit" : "nothing-needed" });
    await move(township, { move: "feed-back" });
    await move(world.countyReviewer, { move: "file" });
  });
  const { counts } = await platform.database.write(world.countyReviewer, (tx) => listWarnings(tx, platform, { scheme }));
  const sum = (key: "filed" | "held" | "checked"): number => counts.reduce((total, one) => total + one[key], 0);
  return { filed: sum("filed"), held: sum("held"), checked: sum("checked"), truth };
}

export const dutyActor = (world: SecondWorld) => systemActor("demo", world.county * 1e6, world.county * 1e6 + 999_999);
