// The week in which every township uploads: one transaction a township, under its collector, with row-level security and all triggers; then review.
import { sql } from "kysely";
import { actorAt, answersOf, countyArea, townshipArea, townshipsPerCounty } from "../../src/cli/simulate/nation.ts";
import { serverSeconds } from "../../src/cli/simulate/processor.ts";
import { takeCounts } from "../../src/modules/campaigns/service.ts";
import { saveCapture } from "../../src/modules/records/service.ts";
import { decideBatch } from "../../src/modules/review/service.ts";
import type { Actor } from "../../src/platform/database.ts";
import { everywhere, type Ground, inLanes, say } from "./ground.ts";

export type Cost = { readonly step: string; readonly records: number; readonly seconds: number; readonly cpuEach: number };
const lanes = 4;

/** Processor seconds of this process and of the embedded server so far. */
function cpuSeconds(ground: Ground): number {
  const own = process.cpuUsage();
  return (own.user + own.system) / 1e6 + (serverSeconds(ground.installation.postgresPid()) ?? 0);
}

/** How a step is measured: wall time and the processor of program and database. Prints when it is done. */
export async function measured(ground: Ground, step: string, work: () => Promise<number>): Promise<Cost> {
  const [cpu, started] = [cpuSeconds(ground), performance.now()];
  const records = await work();
  const seconds = (performance.now() - started) / 1000;
  const cpuEach = ((cpuSeconds(ground) - cpu) / Math.max(1, records)) * 1e6;
  say(`${step.padEnd(34)} ${records.toLocaleString("en").padStart(10)} records ${seconds.toFixed(0).padStart(6)} s ${Math.round(records / seconds).toLocaleString("en").padStart(8)}/s ${Math.round(cpuEach).toLocaleString("en").padStart(7)} µs of processor each`);
  return { step, records, seconds, cpuEach };
}

export const townshipsOf = (ground: Ground): number[] => Array.from({ length: ground.counties * townshipsPerCounty }, (_, n) => townshipArea(Math.floor(n / townshipsPerCounty), n % townshipsPerCounty));
const collector = (area: number): Actor => actorAt(area, "采集员", "collector");

/** What a submission stores, for a whole township in one statement: record, revision, two facts and the audit; the days of the week go round. */
const uploadTownship = (ground: Ground, area: number, daysAgo: number): Promise<number> => ground.installation.platform.database.write(collector(area), async (tx) => {
  const { rows } = await sql<{ n: number }>`
    with file as (
      update record r set state = 'submitted', head = 2, desk = 4, collector = ${tx.actor.account}, channel = case when hashtext(r.id::text) % 10 = 0 then 'station' else 'home' end,
        captured_at = now() - make_interval(days => ${daysAgo}), submitted_at = now() - make_interval(days => ${daysAgo}), updated_at = now()
      where r.county = ${Math.floor(area / 1e6)} and r.campaign_id = ${ground.campaign.id}::uuid and r.area between ${tx.actor.lo} and ${tx.actor.hi} and r.state = 'draft' returning r.county, r.id, r.subject_id, r.area
    ), sheet as (
      insert into revision (county, record_id, no, based_on, area, kind, answers, sealed, author, channel)
      select county, id, 2, 1, area, 'capture', jsonb_build_object('general', jsonb_build_object('village', area::text, 'rooms', 1 + abs(hashtext(id::text)) % 6, 'works', true, 'insured', false)), sha256(id::text::bytea) || sha256(subject_id::text::bytea), ${tx.actor.account}, 'home' from file
    ), fact as (
      insert into event (kind, area, county, actor, subject_id, record_id, data) select k, area, county, ${tx.actor.account}, subject_id, id, '{"revision":2}' from file, unnest(array['record.captured', 'record.submitted']) k
    ), audit as (select security.write_audit(${tx.actor.office}, 'record.submit', null, ${Math.floor(area / 1e6)}, ${area}, null, 1, null))
    select (select count(*)::int from file) as n from audit`.execute(tx);
  return rows[0]?.n ?? 0;
});

export async function week(ground: Ground): Promise<Cost> {
  const { database } = ground.installation.platform;
  const all = townshipsOf(ground);
  return measured(ground, "every township uploads", async () => {
    let [records, taking] = [0, Promise.resolve(0)];
    await inLanes(all, lanes, async (area, done) => {
      const uploaded = await uploadTownship(ground, area, done % 7);
      records += uploaded;
      // The duty adds up while the week goes on.
      if (done % 500 === 499) taking = taking.then(() => takeCounts(database));
      if (done % 4000 === 3999) say(`${(done + 1).toLocaleString("en")} of ${all.length.toLocaleString("en")} townships have uploaded`);
    });
    await taking;
    await takeCounts(database);
    return records;
  });
}

/** The service of one capture, forty in a transaction, at the first townships. */
export const captures = (ground: Ground, people: number): Promise<Cost> => measured(ground, "capture service, one by one", async () => {
  const { platform } = ground.installation;
  let done = 0;
  await inLanes(townshipsOf(ground).slice(0, Math.ceil(people / 40)), 3, async (area) => {
    const { rows } = await platform.database.read(collector(area), (tx) => sql<{ county: number; id: string; area: number }>`select county, id, area from record where county = ${Math.floor(area / 1e6)} and campaign_id = ${ground.campaign.id}::uuid and area between ${area} and ${area + 999} and state = 'draft' limit 40`.execute(tx));
    await platform.database.write(collector(area), async (tx) => {
      for (const { county, id, area: village } of rows) await saveCapture(tx, platform, { county, id, basedOn: 1, answers: answersOf(done++, village), channel: "home", submit: true });
    });
  });
  return done;
});

/** Township and county approve by the service, in batches as the queue's button sends them. `share` of the counties. */
export async function review(ground: Ground, share: number): Promise<Cost[]> {
  const { platform } = ground.installation;
  const counties = Array.from({ length: Math.max(1, Math.round(ground.counties * share)) }, (_, n) => n);
  const approve = async (area: number, role: string, state: string): Promise<number> => {
    const reviewer = actorAt(area, "审核员", role);
    const { rows } = await platform.database.read(reviewer, (tx) => sql<{ county: number; id: string; basedOn: number }>`select county, id, head as based_on from record where county = ${Math.floor(area / 1e6)} and campaign_id = ${ground.campaign.id}::uuid and area between ${reviewer.lo} and ${reviewer.hi} and state = ${state}`.execute(tx));
    let approved = 0;
    for (let at = 0; at < rows.length; at += 500) {
      const reply = await platform.database.write(reviewer, (tx) => decideBatch(tx, platform, { records: rows.slice(at, at + 500) }));
      if (reply.refused.length > 0) throw new Error(`an approval was refused: ${reply.refused[0]?.problem}`);
      approved += reply.approved;
    }
    return approved;
  };
  const through = (areas: readonly number[], role: string, state: string) => async (): Promise<number> => {
    let n = 0;
    await inLanes(areas, 3, async (area, done) => {
      const approved = await approve(area, role, state);
      n += approved;
      if (done % 1000 === 999) say(`${(done + 1).toLocaleString("en")} of ${areas.length.toLocaleString("en")} offices have approved`);
    });
    await takeCounts(platform.database);
    return n;
  };
  const townships = counties.flatMap((n) => Array.from({ length: townshipsPerCounty }, (_, t) => townshipArea(n, t)));
  return [
    await measured(ground, "township review, by batch", through(townships, "township-reviewer", "submitted")),
    await measured(ground, "county review, by batch", through(counties.map(countyArea), "county-reviewer", "township-approved")),
  ];
}

/** Bytes of the database. */
export const databaseBytes = async (ground: Ground): Promise<number> => (await ground.installation.platform.database.read(everywhere, (tx) => sql<{ n: number }>`select pg_database_size(current_database()) as n`.execute(tx))).rows[0]?.n ?? 0;
