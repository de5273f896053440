// Findings of the second county against what was planted, and some of their cases answered with papers, accepted and closed by the same check.
import { sql } from "kysely";
import { getCase, listCases } from "../../../modules/dispatch/case-view.ts";
import { answerCase, decideCase } from "../../../modules/dispatch/service.ts";
import { inParallel } from "../../../platform/lanes.ts";
import type { List } from "./lists.ts";
import { plantedIn } from "./lists.ts";
import type { Household } from "./households.ts";
import { bringIn, matchDepartment } from "../loop-match.ts";
import { openBatch } from "../../../modules/exchange/service.ts";
import type { Records } from "./people.ts";
import { departments, type SecondWorld } from "./world.ts";

export type Score = { readonly planted: number; readonly raised: number; readonly matched: number; readonly precision: number; readonly recall: number };
export const scoreOf = (planted: ReadonlySet<string>, raised: readonly string[]): Score => {
  const matched = raised.filter((one) => planted.has(one)).length;
  return { planted: planted.size, raised: raised.length, matched, precision: raised.length === 0 ? 1 : matched / raised.length, recall: planted.size === 0 ? 1 : new Set(raised.filter((one) => planted.has(one))).size / planted.size };
};

export type Matched = { readonly rows: number; readonly accepted: number; readonly returned: number; readonly leftOut: number };
/** Departments' lists come in and are matched; rows about people without an authorisation in force are left out of the economic check. */
export async function matchLists(world: SecondWorld, lists: readonly List[], records: Records, show: (done: number, total: number) => void): Promise<Matched> {
  const caught = { first: new Map([...records].map(([index, id]) => [String(index), { county: world.county, id, head: 1 }])), second: new Map(), faulty: new Map() };
  const sum = { rows: 0, accepted: 0, returned: 0, leftOut: 0 };
  for (const [i, list] of lists.entries()) {
    const department = departments[i]!;
    const view = await bringIn(world, world.contacts[department]!, { fileName: list.fileName, bytes: list.bytes }, department, list.asOf);
    await matchDepartment(world, list, view.id, caught);
    const after = await world.platform.database.read(world.countyLead, (tx) => openBatch(tx, { county: world.county, id: view.id }));
    sum.rows += view.rows;
    sum.accepted += view.accepted;
    sum.returned += view.returned;
    sum.leftOut += after.leftOut;
    show(i + 1, lists.length);
  }
  await world.worker.settle();
  return sum;
}

/** Differences by record, and people on a list whom nobody knows by count. */
export async function scoreMatches(world: SecondWorld, households: readonly Household[], records: Records): Promise<Score> {
  const { differences, strangers } = plantedIn(households);
  const indexOf = new Map([...records].map(([index, record]) => [record, index]));
  const { rows } = await world.platform.database.read(world.countyLead, (tx) => sql<{ department: string; class: string; recordId: string | null }>`select department, class, record_id from finding where county = ${world.county} and campaign_id = ${world.campaign.id}::uuid and department <> 'aid'`.execute(tx));
  let unknown = 0;
  const raised = rows.map((row) => (row.recordId === null ? `${row.department} ${row.class} stranger-${(unknown += 1)}` : `${row.department} ${row.class} ${indexOf.get(row.recordId) ?? row.recordId}`));
  return scoreOf(new Set([...differences, ...Array.from({ length: strangers }, (_, n) => `civil_affairs M04 stranger-${n + 1}`)]), raised);
}

/** Answers some cases about records: the paper shows that ours is right; the county accepts; the check closes them. */
export async function answerSome(world: SecondWorld, paper: Buffer, most: number): Promise<{ answered: number; closed: number; open: number }> {
  const { platform, county } = world;
  const { rows } = await platform.database.read(world.countyReviewer, (tx) => sql<{ id: string; area: number }>`select c.id, c.area from case_file c where c.county = ${county} and c.state = 'open' and c.record_id is not null and exists (select from finding f where f.county = c.county and f.case_id = c.id and f.department <> 'aid') order by c.id limit ${most}`.execute(tx));
  await inParallel(rows, 4, async ({ id, area }) => {
    const township = world.reviewers.findIndex((reviewer) => reviewer.area === Math.floor(area / 1000) * 1000);
    const collector = world.collectors[township]![0];
    await platform.database.write(collector, (tx) => getCase(tx, platform, county, id));
    await platform.database.write(collector, (tx) => answerCase(tx, platform, { county, id }, { answer: "confirm-ours", note: "已核对材料并与本人确认（虚构示例）" }, { fileName: "证明材料（虚构）.jpg", mime: "image/jpeg", bytes: paper }));
    await platform.database.write(world.countyReviewer, (tx) => decideCase(tx, platform, { county, id }, { accept: true }));
  });
  await world.worker.settle();
  const { rows: closed } = await platform.database.read(world.countyReviewer, (tx) => sql<{ n: number }>`select count(*)::int as n from case_file where county = ${county} and id = any(${rows.map((row) => row.id)}::uuid[]) and state = 'closed'`.execute(tx));
  const { total } = await platform.database.write(world.countyReviewer, (tx) => listCases(tx, platform, { state: "open" }));
  return { answered: rows.length, closed: closed[0]?.n ?? 0, open: total ?? 0 };
}
