// A whole round through the services that the offices use: base list, visits, township, samples, county; and its sums at the end.
import { sql } from "kysely";
import type pg from "pg";
import { newId } from "../../core/ids.ts";
import { type Actor, refreshStatistics, systemActor } from "../../platform/database.ts";
import { inParallel } from "../../platform/lanes.ts";
import type { Platform } from "../../platform/platform.ts";
import { type Campaign, createCampaign, getProgress, takeCounts } from "../../modules/campaigns/service.ts";
import { addBasePeople, addPerson, saveCaptures, setOutcome } from "../../modules/records/service.ts";
import { finalStates, outcomes } from "../../modules/records/rules.ts";
import { answerRemark, decideBatch } from "../../modules/review/service.ts";
import { drawSample, getSampling, judgeSample, setPlan, takeRecapture } from "../../modules/sampling/service.ts";
import { publishScheme } from "../../modules/schemes/service.ts";
import { actorAt, answersOf, comesToStation, countyArea, isAway, isWalkIn, layAreas, type movedClock, outcomeOf, townshipArea, townshipsPerCounty, villageArea, villagesPerTownship } from "./nation.ts";
import { nationScheme } from "./scheme.ts";

export type Step = { readonly step: string; readonly records: number; readonly seconds: number; readonly perSecond: number; readonly cpuMicrosecondsEach: number; /** Of the database and all its connections; absent where the machine does not tell. */ readonly databaseMicrosecondsEach?: number };
export type Simulated = {
  readonly counties: number;
  readonly townships: number;
  readonly people: number;
  readonly steps: readonly Step[];
  readonly states: Readonly<Record<string, number>>;
  readonly samples: Readonly<Record<string, number>>;
  /** What does not add up; empty when the round is sound. */
  readonly wrong: readonly string[];
  readonly boardMilliseconds: number;
};
type Wish = { readonly counties: number; readonly people: number; readonly owner: pg.ClientConfig; readonly clock: ReturnType<typeof movedClock>; readonly onStep?: (step: Step) => void; /** Seconds of processor that the database has used so far. */ readonly databaseSeconds?: () => number | undefined; /** Told now and then how many records a step has done. */ readonly onProgress?: (step: string, records: number) => void };
type Listed = { /** Empty until the person is met, for walk-ins. */ id: string; readonly n: number; readonly area: number };
type Township = { readonly area: number; readonly collectors: readonly [Actor, Actor]; readonly reviewer: Actor; readonly people: Listed[]; careless: boolean };
type County = { readonly area: number; readonly county: number; readonly reviewer: Actor; readonly lead: Actor; readonly townships: Township[] };

/** Program and database share the processors: with four at work neither waits for the other. */
const lanes = 4;
/** What a terminal brings of a day or two. */
const inOneTransaction = 100;
type Upload = Parameters<typeof saveCaptures>[3];

/** Says that some more records are done. */
type Did = (records: number) => void;

const pieces = <T>(all: readonly T[], size: number): T[][] => Array.from({ length: Math.ceil(all.length / size) }, (_, i) => all.slice(i * size, (i + 1) * size));

/** Runs the round and proves its sums. @throws what a service throws: nothing of the simulation is refused in a sound product */
export async function simulateRound(platform: Platform, wish: Wish): Promise<Simulated> {
  const steps: Step[] = [];
  const measure = async (step: string, work: (did: Did) => Promise<number>): Promise<void> => {
    const [cpu, database, started] = [process.cpuUsage(), wish.databaseSeconds?.(), performance.now()];
    let [sum, told] = [0, started];
    const records = await work((some) => {
      sum += some;
      if (performance.now() - told < 10_000) return;
      told = performance.now();
      wish.onProgress?.(step, sum);
    });
    // What the duty of the worker does twice a minute.
    await takeCounts(platform.database);
    const [seconds, used] = [(performance.now() - started) / 1000, process.cpuUsage(cpu)];
    const inDatabase = database === undefined ? undefined : (wish.databaseSeconds?.() ?? Number.NaN) - database;
    const each = (microseconds: number): number => Math.round(microseconds / Math.max(1, records));
    const done = { step, records, seconds, perSecond: Math.round(records / seconds), cpuMicrosecondsEach: each(used.user + used.system), ...(inDatabase !== undefined && { databaseMicrosecondsEach: each(inDatabase * 1e6) }) };
    steps.push(done);
    wish.onStep?.(done);
    wish.clock.move(7);
  };
  await measure("areas", () => layAreas(wish.owner, wish.counties));
  const campaign = await open(platform, wish);
  const counties = Array.from({ length: wish.counties }, (_, n) => officesOf(n));
  await measure("base list", (did) => list(platform, campaign, counties, wish.people, did));
  await platform.database.write(systemActor("simulate"), refreshStatistics);
  await measure("visits", (did) => visit(platform, campaign, counties, wish.people, did));
  await platform.database.write(systemActor("simulate"), refreshStatistics);
  await measure("township samples", (did) => sampleAll(platform, campaign, counties, did));
  await measure("visits again", (did) => visitAgain(platform, campaign, counties, did));
  await measure("samples again", (did) => sampleAll(platform, campaign, counties, did));
  await measure("township review", (did) => approve(platform, campaign, counties.flatMap((county) => county.townships.map((township) => ({ reviewer: township.reviewer, area: township.area }))), "submitted", did));
  await measure("county review", (did) => approve(platform, campaign, counties.map((county) => ({ reviewer: county.reviewer, area: county.area })), "township-approved", did));
  return { ...(await prove(platform, campaign, wish, counties)), counties: wish.counties, townships: wish.counties * townshipsPerCounty, steps };
}

async function open(platform: Platform, wish: Wish): Promise<Campaign> {
  const everywhere = { ...systemActor("simulate"), roles: ["county-lead"] };
  return platform.database.write(everywhere, async (tx) => {
    const { scheme, version } = await publishScheme(tx, nationScheme());
    const year = Number(wish.clock.today().slice(0, 4));
    const campaign = await createCampaign(tx, { scheme, version, name: { zh: "模拟轮次（虚构）", en: "Simulated round (fictional)" }, area: 0, referenceDate: `${year}-10-01`, startsOn: `${year}-10-01`, endsOn: `${year + 1}-12-31` });
    await setPlan(tx, { campaign: campaign.id, level: 4, lotLevel: 5, share: 0.05, least: 1, goodRate: 0.01, goodFails: 0.05, gate: true });
    return campaign;
  });
}

/** In each county one township writes its people down carelessly: its lots fail, go back whole and are captured again. */
function officesOf(n: number): County {
  const area = countyArea(n);
  return {
    area,
    county: area / 1e6,
    reviewer: actorAt(area, `县审核员${n + 1}`, "county-reviewer"),
    lead: actorAt(area, `县负责人${n + 1}`, "county-lead"),
    townships: Array.from({ length: townshipsPerCounty }, (_, t) => {
      const place = townshipArea(n, t);
      return { area: place, collectors: [actorAt(place, `采集员${n + 1}-${t + 1}甲`, "collector"), actorAt(place, `采集员${n + 1}-${t + 1}乙`, "collector")] as const, reviewer: actorAt(place, `乡镇审核员${n + 1}-${t + 1}`, "township-reviewer"), people: [], careless: t === n % townshipsPerCounty };
    }),
  };
}

/** All townships, those of one county far apart: two that draw their samples in one county wait for each other. */
const townshipsOf = (counties: readonly County[]): { readonly county: number; readonly township: Township }[] =>
  Array.from({ length: townshipsPerCounty }, (_, t) => counties.map(({ county, townships }) => ({ county, township: townships[t]! }))).flat();

/** The nth person of the nation lives here. */
const homeOf = (n: number, counties: number): { readonly county: number; readonly township: number; readonly village: number } => {
  const k = Math.floor(n / counties);
  return { county: n % counties, township: k % townshipsPerCounty, village: Math.floor(k / townshipsPerCounty) % villagesPerTownship };
};

async function list(platform: Platform, campaign: Campaign, counties: readonly County[], people: number, did: Did): Promise<number> {
  let listed = 0;
  await inParallel([...counties.entries()], lanes, async ([c, county]) => {
    const numbers = Array.from({ length: Math.ceil((people - c) / counties.length) }, (_, k) => c + k * counties.length).filter((n) => !isWalkIn(n));
    const rows = numbers.map((n, index) => {
      const home = homeOf(n, counties.length);
      const area = villageArea(c, home.township, home.village);
      const { general } = answersOf(n, area);
      return { n, index, township: home.township, area, answers: { general: { name: general?.["name"] ?? "", id_number: general?.["id_number"] ?? "", village: String(area) } } };
    });
    for (const part of pieces(rows, 5000)) {
      const { added, duplicates } = await platform.database.write(county.lead, (tx) => addBasePeople(tx, platform, { campaign, batchId: newId(), people: part }));
      if (duplicates.length > 0) throw new Error(`${duplicates.length} people of the simulated base list stand there twice`);
      const byIndex = new Map(part.map((row) => [row.index, row]));
      for (const { index, recordId } of added) {
        const row = byIndex.get(index);
        if (row) county.townships[row.township]?.people.push({ id: recordId, n: row.n, area: row.area });
      }
      listed += added.length;
      did(added.length);
    }
  });
  return listed;
}

async function visit(platform: Platform, campaign: Campaign, counties: readonly County[], people: number, did: Did): Promise<number> {
  for (let n = 0; n < people; n += 1) {
    if (!isWalkIn(n)) continue;
    const home = homeOf(n, counties.length);
    counties[home.county]?.townships[home.township]?.people.push({ id: "", n, area: villageArea(home.county, home.township, home.village) });
  }
  const townships = townshipsOf(counties);
  let done = 0;
  await inParallel(townships, lanes, async ({ county, township }) => {
    for (const part of pieces(township.people, inOneTransaction)) {
      await platform.database.write(township.collectors[0], async (tx) => {
        const captures: Upload[number][] = [];
        for (const one of part) {
          const { id, n, area } = one;
          const answers = answersOf(n, area, township.careless);
          const content = { answers, channel: comesToStation(n) ? ("station" as const) : ("home" as const), submit: true };
          const ending = outcomes[outcomeOf(n, outcomes.length) ?? -1];
          if (id === "") one.id = (await addPerson(tx, platform, { ...content, campaign, area })).id;
          else if (ending) await setOutcome(tx, platform, { county, id, basedOn: 1, outcome: ending });
          else captures.push({ ...content, id, basedOn: 1 });
        }
        await saveCaptures(tx, platform, county, captures);
      });
      done += part.length;
      did(part.length);
    }
  });
  return done;
}

type Person = { readonly record: string; readonly area: number };
/** People of a sample, in the order they were drawn. */
async function drawnPeople(platform: Platform, actor: Actor, county: number, sample: string): Promise<readonly Person[]> {
  const { rows } = await platform.database.read(actor, (tx) =>
    sql<Person>`select p.record_id as record, p.area from sample_person p where p.county = ${county} and p.sample_id = ${sample}::uuid order by p.place`.execute(tx));
  return rows;
}

/** Draws every lot that waits, captures its sample again as people really answer, and judges it. @returns people captured again */
async function sampleAll(platform: Platform, campaign: Campaign, counties: readonly County[], did: Did): Promise<number> {
  const truth = new Map<string, number>();
  for (const county of counties) for (const township of county.townships) for (const { id, n } of township.people) truth.set(id, n);
  let again = 0;
  await inParallel(townshipsOf(counties), lanes, async ({ county, township }) => {
    const { database } = platform;
    const { lots } = await database.write(township.reviewer, (tx) => getSampling(tx, { campaign: campaign.id }));
    for (const lot of lots) await measureLot(lot.area.code);
    async function measureLot(area: number, tries = 1): Promise<void> {
      const sample = await database.write(township.reviewer, (tx) => drawSample(tx, { campaign: campaign.id, area, kind: "visit" }));
      const people = await drawnPeople(platform, township.reviewer, county, sample.id);
      await database.write(township.collectors[1], async (tx) => {
        for (const { record, area } of people) {
          const n = truth.get(record);
          if (n === undefined) throw new Error("a sampled record belongs to nobody of the simulation");
          // Here and there somebody is away on the second day; whoever is asked for a third time is there.
          await takeRecapture(tx, platform, { county, sample: sample.id, record }, tries < 3 && isAway(n) ? { unreachable: true } : { answers: answersOf(n, area) });
        }
      });
      const judged = await database.write(township.reviewer, (tx) => judgeSample(tx, platform, { county, id: sample.id }));
      again += people.length;
      did(people.length);
      // Nobody of the sample was there: it measures nothing, and the lot is drawn anew.
      if (judged.state === "void") await measureLot(area, tries + 1);
    }
  });
  return again;
}

/** What was returned is captured again, rightly, its remarks answered by the new answers. */
async function visitAgain(platform: Platform, campaign: Campaign, counties: readonly County[], did: Did): Promise<number> {
  const { database } = platform;
  let done = 0;
  await inParallel(townshipsOf(counties), lanes, async ({ county, township }) => {
    const truth = new Map(township.people.map((one) => [one.id, one]));
    township.careless = false;
    const [collector] = township.collectors;
    const { rows } = await database.read(collector, (tx) => sql<{ id: string; head: number; area: number; remarks: string[] }>`
      select r.id, r.head, r.area, array(select m.id::text from remark m where m.county = r.county and m.record_id = r.id and m.answer is null) as remarks
      from record r where r.county = ${county} and r.campaign_id = ${campaign.id}::uuid and r.area between ${collector.lo} and ${collector.hi} and r.state = 'returned' order by r.id`.execute(tx));
    for (const part of pieces(rows, inOneTransaction)) {
      await database.write(collector, async (tx) => {
        const captures: Upload[number][] = [];
        for (const { id, head, area, remarks } of part) {
          const person = truth.get(id);
          if (!person) throw new Error("a returned record belongs to nobody of the simulation");
          for (const remark of remarks) await answerRemark(tx, platform, { county, id, remark, answer: "已重新核实" });
          captures.push({ id, basedOn: head, answers: answersOf(person.n, area), channel: "home", submit: true });
        }
        await saveCaptures(tx, platform, county, captures);
      });
      done += part.length;
      did(part.length);
    }
  });
  return done;
}

async function approve(platform: Platform, campaign: Campaign, desks: readonly { readonly reviewer: Actor; readonly area: number }[], state: string, did: Did): Promise<number> {
  let approved = 0;
  await inParallel(desks, lanes, async ({ reviewer }) => {
    const { rows } = await platform.database.read(reviewer, (tx) => sql<{ county: number; id: string; basedOn: number }>`
      select county, id, head as based_on from record where county = ${Math.floor(reviewer.lo / 1e6)} and campaign_id = ${campaign.id}::uuid and area between ${reviewer.lo} and ${reviewer.hi} and state = ${state}`.execute(tx));
    for (const part of pieces(rows, 500)) {
      const reply = await platform.database.write(reviewer, (tx) => decideBatch(tx, platform, { records: part }));
      if (reply.refused.length > 0) throw new Error(`an approval of the simulation was refused: ${reply.refused[0]?.problem}`);
      approved += reply.approved;
      did(reply.approved);
    }
  });
  return approved;
}

async function prove(platform: Platform, campaign: Campaign, wish: Wish, counties: readonly County[]): Promise<Pick<Simulated, "people" | "states" | "samples" | "wrong" | "boardMilliseconds">> {
  const nation = { ...actorAt(0, "虚构部", "county-lead"), lo: 0, hi: 999_999_999_999 };
  const wrong: string[] = [];
  const expect = (what: string, found: number, wanted: number): void => void (found === wanted || wrong.push(`${what}: ${found}, not ${wanted}`));
  const started = performance.now();
  const board = await platform.database.write(nation, (tx) => getProgress(tx, platform, { campaign: campaign.id, area: 0 }));
  const boardMilliseconds = Math.round(performance.now() - started);
  const { states } = board.whole;
  expect("people of the whole", board.whole.total, wish.people);
  expect("the states' sum", Object.values(states).reduce((sum, n) => sum + n, 0), wish.people);
  expect("people in a final state", finalStates.reduce((sum, state) => sum + (states[state] ?? 0), 0), wish.people);
  expect("the provinces' sum", board.parts.reduce((sum, part) => sum + part.total, 0), wish.people);
  const numbers = Array.from({ length: wish.people }, (_, n) => n);
  expect("walk-ins", board.whole.added, numbers.filter(isWalkIn).length);
  const { rows } = await platform.database.read(nation, (tx) => sql<{ people: number; records: number }>`select count(distinct (county, subject_id))::int as people, count(*)::int as records from record where campaign_id = ${campaign.id}::uuid`.execute(tx));
  expect("people with exactly one record", rows[0]?.people ?? 0, rows[0]?.records ?? -1);
  for (const [c, county] of counties.entries()) {
    const own = await platform.database.write(county.lead, (tx) => getProgress(tx, platform, { campaign: campaign.id, area: county.area }));
    expect(`people of county ${c + 1}`, own.whole.total, Math.ceil((wish.people - c) / wish.counties));
    expect(`the townships' sum of county ${c + 1}`, own.parts.reduce((sum, part) => sum + part.total, 0), own.whole.total);
  }
  const { rows: drawn } = await platform.database.read(nation, (tx) => sql<{ state: string; n: number; rated: number }>`
    select state, count(*)::int as n, (count(*) filter (where fields > 0 and measured > 0))::int as rated from sample where campaign_id = ${campaign.id}::uuid group by state`.execute(tx));
  for (const row of drawn) if (row.state === "passed" || row.state === "failed") expect(`samples ${row.state} with the base of their rate`, row.rated, row.n);
  expect("samples left open", drawn.find((row) => row.state === "open")?.n ?? 0, 0);
  return { people: board.whole.total, states, samples: Object.fromEntries(drawn.map((row) => [row.state, row.n])), wrong, boardMilliseconds };
}
