// The round against its truth: every person's final state, and the findings' precision and recall.
import { sql } from "kysely";
import type { County } from "./county.ts";
import { DEPARTMENTS, type Planted } from "./facts.ts";
import type { Caught } from "./loop-capture.ts";
import { type Known, plantedKey } from "./loop-cases.ts";
import type { World } from "./world.ts";

export type FindingScore = { readonly planted: number; readonly raised: number; readonly matched: number; readonly precision: number; readonly recall: number };
export type StateScore = { readonly people: number; readonly base: number; readonly right: number; readonly wrong: readonly string[]; readonly states: Readonly<Record<string, number>>; readonly addUp: boolean };

/** Planted differences as the people of the demo know them. */
export function knownOf(county: County, caught: Caught): Known {
  const ofRecord = new Map<string, Planted>();
  const ofName = new Map<string, Planted>();
  for (const planted of county.truth().findings) {
    const record = caught.first.get(planted.person);
    if (record) ofRecord.set(plantedKey(record.id, planted.department, planted.class), planted);
    else ofName.set(plantedKey(listedName(county, planted), planted.department, planted.class), planted);
  }
  return { ofRecord, ofName };
}

const namesByDepartment = new WeakMap<County, Map<string, Map<string, string>>>();

/** The name under which somebody without a record stands on a department's list. */
function listedName(county: County, planted: Planted): string {
  const known = namesByDepartment.get(county) ?? new Map<string, Map<string, string>>();
  namesByDepartment.set(county, known);
  let names = known.get(planted.department);
  if (!names) {
    const extract = county.extract(planted.department);
    const department = county.scheme.departments.find((each) => each.key === planted.department)!;
    const column = department.fields.findIndex((field) => field.join === "name");
    names = new Map(extract.rows.map((row) => [row.person, row.cells[column] ?? ""]));
    known.set(planted.department, names);
  }
  return names.get(planted.person) ?? planted.person;
}

/** Findings ever raised, open or closed, against the planted ones. */
export async function scoreFindings(world: World, county: County, known: Known): Promise<FindingScore & { readonly byClass: Readonly<Record<string, FindingScore>> }> {
  const raised = await world.platform.database.read(world.countyLead, async (tx) => {
    const { rows } = await sql<{ department: string; class: string; recordId: string | null; personName: string | null }>`
      select f.department, f.class, f.record_id, c.person_name from finding f left join case_file c on c.county = f.county and c.id = f.case_id where f.county = ${world.county}`.execute(tx);
    return rows;
  });
  const keys = raised.map((row) => ({ class: row.class, hit: row.recordId ? known.ofRecord.has(`${row.recordId} ${row.department} ${row.class}`) : known.ofName.has(`${row.personName} ${row.department} ${row.class}`) }));
  const planted = DEPARTMENTS.flatMap((department) => county.extract(department).planted);
  const score = (kind?: string): FindingScore => {
    const mine = keys.filter((key) => kind === undefined || key.class === kind);
    const [matched, wanted] = [mine.filter((key) => key.hit).length, planted.filter((each) => kind === undefined || each.class === kind).length];
    return { planted: wanted, raised: mine.length, matched, precision: mine.length === 0 ? 1 : matched / mine.length, recall: wanted === 0 ? 1 : matched / wanted };
  };
  const classes = [...new Set([...planted.map((each) => each.class), ...keys.map((key) => key.class)])].sort();
  return { ...score(), byClass: Object.fromEntries(classes.map((kind) => [kind, score(kind)])) };
}

/** Every base-list person and every newly found person stands in exactly one final state, the one the truth says. */
export async function scoreStates(world: World, county: County, caught: Caught): Promise<StateScore> {
  const rows = await world.platform.database.read(world.countyLead, (tx) => tx.selectFrom("record").select(["id", "state", "origin"]).where("campaignId", "=", world.campaign.id).execute());
  const stateOf = new Map(rows.map((row) => [row.id, row.state]));
  const states: Record<string, number> = {};
  for (const row of rows) states[row.state] = (states[row.state] ?? 0) + 1;
  const wrong: string[] = [];
  for (const person of county.truth().persons) {
    const first = caught.first.get(person.key);
    const state = first && stateOf.get(first.id);
    if (state !== person.final) wrong.push(`${person.key}: ${state ?? "no record"} instead of ${person.final}`);
    const second = caught.second.get(person.key);
    if (second && stateOf.get(second.id) !== "duplicate") wrong.push(`${person.key}: its second record is ${stateOf.get(second.id)}`);
  }
  const finals = county.truth().finals;
  const addUp = Object.keys({ ...states, ...finals }).every((state) => (states[state] ?? 0) === (finals[state] ?? 0)) && rows.length === caught.first.size + caught.second.size;
  return { people: rows.length, base: rows.filter((row) => row.origin === "base").length, right: county.truth().persons.length - wrong.length, wrong: wrong.slice(0, 20), states, addUp };
}
