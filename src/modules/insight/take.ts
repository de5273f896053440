// Takes a snapshot: everything of one moment (repeatable read), only counties of which something else is known than last time, files first, the row last.
import { createHash, randomBytes } from "node:crypto";
import fs from "node:fs/promises";
import { type RawBuilder, sql } from "kysely";
import { areaRange, levelOf } from "../../core/area-code.ts";
import { newId } from "../../core/ids.ts";
import type { Text } from "../../core/issue.ts";
import { Problem } from "../../core/problem.ts";
import { openSession, type Session } from "../../linkage/duckdb.ts";
import { audit } from "../../platform/audit.ts";
import type { Actor, Tx } from "../../platform/database.ts";
import type { Platform } from "../../platform/platform.ts";
import type { TaskRun } from "../../platform/queue.ts";
import type { Answers } from "../../scheme/model.ts";
import { campaignOf } from "../campaigns/service.ts";
import { sealedOf, unrestricted, unshutAnswers } from "../records/service.ts";
import { loadScheme } from "../schemes/service.ts";
import { type AidColumns, aidColumns, aidHousehold, aidKnown, aidLineOf, aidOfCounty } from "./aid-rows.ts";
import { type Cell, columnsOf, type Dataset, flattener, type RecordRow } from "./flatten.ts";
import { newestSnapshot, type SnapshotRow } from "./queries.ts";
import { type Shipped, insightOf } from "./shipped.ts";
import { type CountyPart, isWhole, type Standing, type Manifest, manifestDigest, packsFor, snapshotFolder, writeManifest, writeParquet } from "./store.ts";

export type TakeInput = { readonly campaign: string };
export type Taken = { readonly id: string; readonly counties: number; readonly changed: number; readonly records: number; readonly people: number };
const reading: Text = { zh: "读取并写成快照", en: "Reading and writing the snapshot" };
/** States whose answers are those of a household that was visited; the rest is a list of people to be seen. */
const told = ["submitted", "township-approved", "accepted", "returned", "held"] as const;
const PAGE = 2000;
/** Datasets whose rows are those of records, slice by slice; the others are made of the whole county. */
const sliced: ReadonlySet<Dataset> = new Set(["register", "households", "people"]);
const MEMORY_MB = 512;
/** Files of this many newest snapshots of an area are kept. */
const KEPT = 3;

/** Into as many slices the records of a county fall by the end of their ids: one changed record makes this share of the county anew. */
const SLICES = 64;
const sliceOf = (record: RawBuilder<unknown>): RawBuilder<number> => sql<number>`(get_byte(uuid_send(${record}), 15) & 63)`;
const slice = sliceOf(sql`r.id`);
/** Of more changed slices than this the county is made anew as a whole. */
const MOST_SLICES = SLICES / 2;
type Known = { readonly whole: string; readonly slices: readonly string[]; readonly aid: string };
const digest = (of: unknown): string => createHash("sha256").update(JSON.stringify(of)).digest("hex").slice(0, 32);

/** What is known of each county, in one digest and of each slice of its records: which there are, where, in which state, revision and when they last changed, the aid they asked for and were given; findings. */
async function knownOf(tx: Tx, campaign: string): Promise<Map<number, Known>> {
  // Thousands of sums of as many rows as there are records, which the planner takes for few: it would sort them on disk.
  await sql`set local enable_sort = off`.execute(tx);
  const { rows } = await sql<{ county: number; slice: number; mark: string }>`
    select r.county, ${slice} as slice, count(*) || ':' || to_hex(bit_xor(hash_record_extended(row(r.id, r.area, r.state, r.head, r.updated_at), 0))) as mark
    from record r where r.campaign_id = ${campaign}::uuid group by 1, 2`.execute(tx);
  const aid = await aidKnown(tx, campaign, sliceOf);
  await sql`set local enable_sort = on`.execute(tx);
  const findings = await sql<{ county: number; known: string }>`
    select county, count(*) || ':' || count(*) filter (where state = 'open') || ':' || max(raised_at) || ':' || coalesce(max(closed_at)::text, '') as known from finding where campaign_id = ${campaign}::uuid group by county`.execute(tx);
  const found = new Map(findings.rows.map(({ county, known }) => [county, known]));
  const [byCounty, aidByCounty] = [Map.groupBy(rows, ({ county }) => county), Map.groupBy(aid, ({ county }) => county)];
  return new Map([...new Set([...byCounty.keys(), ...found.keys()])].map((county) => {
    const marksOf = (list: readonly { readonly slice: number; readonly mark: string }[] = []): ReadonlyMap<number, string> => new Map(list.map(({ slice, mark }) => [slice, mark]));
    const [own, given] = [marksOf(byCounty.get(county)), marksOf(aidByCounty.get(county))];
    const slices = Array.from({ length: SLICES }, (_, i) => (given.has(i) ? `${own.get(i) ?? ""}+${given.get(i)}` : (own.get(i) ?? "")));
    return [county, { whole: digest([slices, found.get(county) ?? ""]), slices, aid: digest([...given].toSorted(([a], [b]) => a - b)) }];
  }));
}

/** @throws Problem not-found, bad-request (below the county) */
export async function takeSnapshot(platform: Platform, shipped: Shipped, actor: Actor, input: TakeInput, progress: TaskRun<TakeInput>["progress"]): Promise<Taken> {
  if (levelOf(actor.area) > 3) throw new Problem("bad-request", { zh: "快照由县级及以上机构生成", en: "Snapshots are taken by the county and offices above it" });
  const folder = snapshotFolder(platform);
  await fs.mkdir(folder, { recursive: true, mode: 0o700 });
  const taken = await platform.database.withLock(`snapshot:${actor.area}:${input.campaign}`, () =>
    platform.database.atOneMoment(actor, async (tx) => {
      await sql`set local statement_timeout = '9min'`.execute(tx);
      const session = await openSession({ folder, memoryLimitMb: MEMORY_MB, threads: 2 });
      try {
        await session.lock();
        await session.keepOrder();
        return await take(tx, platform, shipped, session, folder, input.campaign, progress);
      } finally {
        session.close();
      }
    }),
  );
  if (!taken) throw new Problem("move-not-possible", { zh: "另一快照正在生成", en: "Another snapshot is being taken" });
  await sweep(platform, actor);
  return taken;
}

async function take(tx: Tx, platform: Platform, shipped: Shipped, session: Session, folder: string, campaignId: string, progress: TaskRun<TakeInput>["progress"]): Promise<Taken> {
  const campaign = await campaignOf(tx, campaignId);
  const scheme = (await loadScheme(tx, campaign.scheme, campaign.version)).definition;
  const insight = insightOf(shipped, scheme.key)?.insight;
  const columns = columnsOf(scheme, insight);
  const axes = (insight?.axes ?? []).map(({ key, values }) => ({ key, values: values.map((value) => ({ key: value.key, zh: value.label.zh, en: value.label.en })) }));
  const layout = createHash("sha256").update(JSON.stringify([campaign.version, campaign.referenceDate, columns, insight])).digest("hex").slice(0, 16);
  const { rows: moments } = await sql<{ at: Date }>`select transaction_timestamp() as at`.execute(tx);
  const last = (await newestSnapshot(tx, { scheme: scheme.key, campaign: campaign.id }))?.manifest;
  const before = new Map(last?.counties.map((part) => [part.county, part]) ?? []);
  const known = [...(await knownOf(tx, campaign.id))].toSorted(([a], [b]) => a - b);
  const parts: CountyPart[] = [];
  let changed = 0;
  for (const [i, [county, { whole, slices, aid }]] of known.entries()) {
    const now = `${layout}:${whole}`;
    const old = before.get(county);
    const stands = old !== undefined && old.known.startsWith(`${layout}:`) && (await isWhole(folder, old));
    if (stands && old.known === now) parts.push(old);
    else {
      changed += 1;
      const anew = stands ? slices.flatMap((mark, slice) => (old.slices?.[slice] === mark ? [] : [slice])) : [];
      const partly = stands && old.slices !== undefined && anew.length <= MOST_SLICES;
      const flatten = flattener(scheme, insight, { today: platform.clock.today(), referenceDate: campaign.referenceDate }, randomBytes(32));
      const rows: Record<Dataset, (readonly Cell[])[]> = { register: [], households: [], people: [], findings: [], aid: [] };
      if (!partly || anew.length > 0) await eachRecord(tx, platform, { county, campaign: campaign.id, ...(partly && { slices: anew }) }, (record, answers) => {
        const flat = flatten(record, answers);
        rows.register.push(flat.register);
        if (flat.household) rows.households.push(flat.household);
        rows.people.push(...flat.people);
      });
      rows.findings = await findingRows(tx, county, campaign.id);
      const sameAid = stands && old.aid === aid;
      if (!sameAid) rows.aid = await aidOfCounty(tx, county, campaign.id);
      const files: Partial<Record<Dataset, CountyPart["files"][Dataset]>> = {};
      for (const dataset of Object.keys(rows) as Dataset[]) {
        // What of its old file is made anew; nothing stands of one without a say.
        const without = dataset === "aid" ? (sameAid ? [] : undefined) : partly && sliced.has(dataset) ? anew : undefined;
        const file = without && old?.files[dataset];
        const standing: Standing | undefined = file && { file, without };
        if (file && without.length === 0) files[dataset] = file;
        else if (file || rows[dataset].length > 0) {
          const made = await writeParquet(session, folder, { scheme: scheme.key, dataset, county }, columns[dataset], rows[dataset], standing);
          if (made.rows > 0) files[dataset] = made;
        }
      }
      parts.push({ county, known: now, slices, aid, records: files.register?.rows ?? 0, people: files.people?.rows ?? 0, files: files as CountyPart["files"] });
    }
    await progress(reading, i + 1, known.length);
  }
  const manifest: Manifest = { format: "qingce-snapshot 1", scheme: scheme.key, version: campaign.version, campaign: campaign.id, asOf: moments[0]!.at.toISOString(), area: tx.actor.area, axes, columns, counties: parts, packs: await packsFor(session, folder, { scheme: scheme.key, columns, counties: parts }, last?.packs) };
  const id = newId();
  const sum = (of: (part: CountyPart) => number): number => parts.reduce((total, part) => total + of(part), 0);
  const totals = { counties: parts.length, changed, records: sum(({ records }) => records), people: sum(({ people }) => people) };
  await writeManifest(folder, id, manifest);
  await tx.insertInto("snapshot").values({ id, area: tx.actor.area, scheme: scheme.key, campaignId: campaign.id, asOf: moments[0]!.at, manifest: JSON.stringify(manifest), digest: manifestDigest(manifest), ...totals, madeBy: tx.actor.account }).execute();
  await audit(tx, { action: "snapshot.take", area: tx.actor.area, people: totals.records, detail: { snapshot: id, campaign: campaign.id, counties: totals.counties, changed } });
  return { id, ...totals };
}

/** Records of a county, or of some of its slices, with their newest answers and their aid line, without those whose data may only be stored, in the order of their ids, page by page of the same moment. */
async function eachRecord(tx: Tx, platform: Platform, { county, campaign, slices }: { readonly county: number; readonly campaign: string; readonly slices?: readonly number[] }, act: (record: RecordRow, answers: Answers) => void): Promise<void> {
  const within = slices ? sql`and ${slice} = any(${[...slices]}::int[])` : sql``;
  let after = "00000000-0000-0000-0000-000000000000";
  for (;;) {
    const { rows } = await sql<RecordRow & AidColumns & { answers: unknown; sealed: Buffer | null }>`
      select r.id, ${slice} as slice, r.area, r.state, r.origin, r.categories, v.answers, ${sealedOf} as sealed, ${aidColumns}
      from record r join revision v on v.county = r.county and v.record_id = r.id and v.no = r.head ${aidHousehold}
      where r.county = ${county} and r.campaign_id = ${campaign}::uuid and r.id > ${after}::uuid and r.state = any(${[...told]}) and ${unrestricted} ${within} order by r.id limit ${PAGE}`.execute(tx);
    for (const row of rows) act(row, { ...unshutAnswers(platform.keys, county, row.id, row.answers, row.sealed), aid_line: aidLineOf(row) });
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) return;
    after = last.id;
  }
}

async function findingRows(tx: Tx, county: number, campaign: string): Promise<(readonly Cell[])[]> {
  const rows = await tx.selectFrom("finding").select(["area", "class", "department", "state", "closedBecause", "raisedAt", "closedAt"]).where("county", "=", county).where("campaignId", "=", campaign).orderBy("id").execute();
  const month = (at: Date | null): string | null => at?.toISOString().slice(0, 7) ?? null;
  return rows.map((row) => [row.area, row.class, row.department, row.state, row.closedBecause, month(row.raisedAt), month(row.closedAt)]);
}

/** Takes away files that none of the newest snapshots of any area holds, an hour after they were made: another office may be about to name them. */
async function sweep(platform: Platform, actor: Actor): Promise<void> {
  const folder = snapshotFolder(platform);
  const all = await platform.database.read({ ...actor, account: "system:snapshots", lo: 0, hi: 999_999_999_999, roles: ["system"] }, (tx) => sql<Pick<SnapshotRow, "id" | "manifest">>`
    select id, manifest from (select id, manifest, row_number() over (partition by area, scheme, campaign_id order by as_of desc) as n from snapshot) as s where n <= ${KEPT}`.execute(tx));
  const kept = new Set(all.rows.flatMap(({ id, manifest }) => [`${id}.json`, ...manifest.counties.flatMap(({ files }) => Object.values(files).map(({ path }) => path)), ...Object.values(manifest.packs ?? {}).map(({ path }) => path)]));
  const entries = await fs.readdir(folder, { recursive: true, withFileTypes: true });
  for (const entry of entries) {
    if (!entry.isFile() || !/\.(parquet|json)$/.test(entry.name) || entry.parentPath.includes("unfinished")) continue;
    const place = `${entry.parentPath}/${entry.name}`;
    if (kept.has(place.slice(folder.length + 1)) || Date.now() - (await fs.stat(place)).mtimeMs < 3_600_000) continue;
    await fs.rm(place, { force: true });
  }
}
