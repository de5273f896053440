// Use cases of looking: which snapshot answers, for whom, and what goes with every answer (base, moment, filter in words).
import type { BodyOf, QueryOf, ReplyOf } from "../../core/route.ts";
import { countyOf } from "../../core/area-code.ts";
import { Problem } from "../../core/problem.ts";
import { audit } from "../../platform/audit.ts";
import type { Tx } from "../../platform/database.ts";
import type { Platform } from "../../platform/platform.ts";
import { areaNames } from "../areas/service.ts";
import { accountNames } from "../access/service.ts";
import { campaignOf, listCampaigns } from "../campaigns/service.ts";
import { demandTold } from "../reports/service.ts";
import { demandAssessment } from "../safeguards/service.ts";
import type * as contract from "./contract.ts";
import { crossTable } from "./cross.ts";
import { computeIndex, indexHeads, indexValue } from "./indices.ts";
import { portrait, ruleInWords } from "./portraits.ts";
import { newestSnapshot, snapshotHeads, type SnapshotRow } from "./queries.ts";
import type { ParameterSet } from "../../statistics/deprivation.ts";
import { approveSet, dropSet, endSet, listSets, setInForce, trySet, writeSet } from "./sets.ts";
import { insightOf, type Shipped, type ShippedInsight } from "./shipped.ts";
import { whatIf } from "./what-if.ts";

export { takeSnapshot } from "./take.ts";
export { closeReaders } from "./read.ts";
export { ownParts } from "./household.ts";
export type { Shipped } from "./shipped.ts";
export { approveSet, dropSet, endSet };

/** @throws Problem not-found */
export function ownInsight(shipped: Shipped, scheme: string): ShippedInsight {
  const own = insightOf(shipped, scheme);
  if (!own) throw new Problem("not-found", { zh: "该业务没有可分析的口径", en: "This programme has no axes to look along" });
  return own;
}

/** The newest snapshot, when the statistics of its round may be told to the caller. @throws Problem snapshot-missing, statistics-locked */
export async function snapshotFor(tx: Tx, of: { readonly scheme: string; readonly campaign?: string | undefined }): Promise<SnapshotRow> {
  const snapshot = await newestSnapshot(tx, of);
  if (!snapshot) throw new Problem("snapshot-missing");
  await demandTold(tx, snapshot.manifest.campaign);
  return snapshot;
}

export async function askSnapshotTask(tx: Tx, platform: Platform, { campaign }: { readonly campaign: string }): Promise<{ task: string }> {
  await campaignOf(tx, campaign);
  const task = await platform.queue.ask(tx, "snapshot", { county: countyOf(tx.actor.area), area: tx.actor.area }, { campaign });
  await audit(tx, { action: "snapshot.ask", area: tx.actor.area, people: 0, detail: { task, campaign } });
  return { task };
}

const headOf = ({ id, scheme, campaignId, asOf, digest, counties, changed, records, people, madeBy }: Omit<SnapshotRow, "manifest" | "madeAt" | "area">, names: ReadonlyMap<string, string>) => ({ id, scheme, campaign: campaignId, asOf: asOf.toISOString(), digest, counties, changed, records, people, madeBy: names.get(madeBy) ?? madeBy });

export async function listSnapshots(tx: Tx): Promise<ReplyOf<typeof contract.listSnapshots>> {
  const rows = await snapshotHeads(tx);
  const names = await accountNames(tx, rows.map(({ madeBy }) => madeBy));
  return { rows: rows.map((row) => headOf(row, names)) };
}

export async function insightView(tx: Tx, shipped: Shipped, query: QueryOf<typeof contract.getInsight>): Promise<ReplyOf<typeof contract.getInsight>> {
  const { insight } = ownInsight(shipped, query.scheme);
  const snapshot = await newestSnapshot(tx, query);
  const { campaigns } = await listCampaigns(tx);
  return {
    scheme: insight.scheme,
    area: tx.actor.area,
    axes: insight.axes.map(({ key, label, per, values }) => ({ key, label: { ...label }, households: per === "record", values: values.map((value) => ({ ...value.label })) })),
    measures: insight.measures.map(({ key, label, unit }) => ({ key, label: { ...label }, ...(unit && { unit: { ...unit } }) })),
    ...(snapshot && { snapshot: headOf(snapshot, await accountNames(tx, [snapshot.madeBy])) }),
    campaigns: campaigns.filter(({ scheme }) => scheme === query.scheme).map(({ id, name }) => ({ id, name })),
  };
}

export async function cross(tx: Tx, platform: Platform, shipped: Shipped, body: BodyOf<typeof contract.crossTable>): Promise<ReplyOf<typeof contract.crossTable>> {
  const { insight } = ownInsight(shipped, body.scheme);
  const snapshot = await snapshotFor(tx, body);
  const area = body.area ?? tx.actor.area;
  const table = await crossTable(tx, platform, snapshot, insight, { axes: body.axes, of: body.of, area, filter: body.filter ?? {} });
  const name = (await areaNames(tx, [area])).get(area) ?? { code: area, name: String(area), fullName: String(area) };
  return {
    of: body.of,
    area: { ...name },
    asOf: snapshot.asOf.toISOString(),
    digest: snapshot.digest,
    base: table.cells.at(-1)?.at(-1) ?? (table.cells.length === 0 ? 0 : null),
    filter: { ...ruleInWords(insight, body.filter ?? {}) },
    axes: table.axes.map(({ key, label }) => ({ key, label: { ...label } })),
    rows: table.rows.map(({ key, label }) => ({ key, label: { ...label } })),
    columns: table.columns.map((values) => values.map(({ key, label }) => ({ key, label: { ...label } }))),
    cells: table.cells.map((row) => [...row]),
    hidden: table.hidden,
  };
}

export async function compute(tx: Tx, platform: Platform, shipped: Shipped, body: BodyOf<typeof contract.computeIndex>): Promise<ReplyOf<typeof contract.computeIndex>> {
  const own = ownInsight(shipped, body.scheme);
  const snapshot = await snapshotFor(tx, body);
  const set = await setInForce(tx, own, body.set);
  return plain(await computeIndex(tx, platform, snapshot, { insight: own.insight, development: own.development, set, area: body.area ?? tx.actor.area, group: body.group }));
}
/** As it goes out and as it is stored: plain JSON. */
const plain = <T>(value: unknown): T => JSON.parse(JSON.stringify(value)) as T;

export async function indices(tx: Tx, scheme: string): Promise<ReplyOf<typeof contract.listIndices>> {
  const { heads, older } = await indexHeads(tx, scheme);
  const told: typeof heads = [];
  for (const row of heads) if (await isTold(tx, row.campaign)) told.push(row);
  return plain({ rows: told, older });
}
const isTold = async (tx: Tx, campaign: string): Promise<boolean> =>
  demandTold(tx, campaign).then(
    () => true,
    (error: unknown) => (error instanceof Problem && error.code === "statistics-locked" ? false : Promise.reject(error)),
  );

export async function openIndex(tx: Tx, id: string): Promise<ReplyOf<typeof contract.getIndex>> {
  const value = await indexValue(tx, id);
  await demandTold(tx, value.result.snapshot.campaign);
  return plain({ ...value, area: (await areaNames(tx, [value.area])).get(value.area)?.fullName ?? String(value.area) });
}

export async function sets(tx: Tx, shipped: Shipped, scheme: string): Promise<ReplyOf<typeof contract.listSets>> {
  const own = ownInsight(shipped, scheme);
  return plain({ rows: await listSets(tx, own), measures: own.insight.measures.map(({ key, label, unit, yes }) => ({ key, label, ...(unit && { unit }), yes: yes === true })) });
}
export const write = async (tx: Tx, platform: Platform, shipped: Shipped, { scheme, set, id }: BodyOf<typeof contract.writeSet>): Promise<ReplyOf<typeof contract.writeSet>> => plain(await writeSet(tx, platform, ownInsight(shipped, scheme), set, id));
export async function trial(tx: Tx, platform: Platform, shipped: Shipped, id: string, scheme: string): Promise<ReplyOf<typeof contract.trySet>> {
  await demandAssessment(tx, platform, { matter: "automated", scheme, area: tx.actor.area });
  return plain(await trySet(tx, platform, ownInsight(shipped, scheme), await snapshotFor(tx, { scheme }), id));
}
export const approve = async (tx: Tx, platform: Platform, id: string): Promise<ReplyOf<typeof contract.approveSet>> => plain(await approveSet(tx, platform, id));

export async function tryOut(tx: Tx, platform: Platform, shipped: Shipped, body: BodyOf<typeof contract.whatIf>): Promise<ReplyOf<typeof contract.whatIf>> {
  const own = ownInsight(shipped, body.scheme);
  const snapshot = await snapshotFor(tx, body);
  await demandAssessment(tx, platform, { matter: "automated", scheme: body.scheme, area: tx.actor.area });
  const found = await whatIf(tx, platform, snapshot, own, { set: await setInForce(tx, own, body.set), move: { k: body.k, cutoffs: body.cutoffs, weights: body.weights }, area: body.area ?? tx.actor.area, line: body.line });
  return plain({ asOf: snapshot.asOf.toISOString(), ...found });
}

/** The area of a what-if in full, and the set in force that it moves. */
export async function named(tx: Tx, shipped: Shipped, asked: BodyOf<typeof contract.whatIf>): Promise<{ readonly area: string; readonly set: ParameterSet }> {
  const code = asked.area ?? tx.actor.area;
  const names = await areaNames(tx, [code]);
  return { area: names.get(code)?.fullName ?? String(code), set: await setInForce(tx, ownInsight(shipped, asked.scheme), asked.set) };
}

export async function openPortrait(tx: Tx, platform: Platform, shipped: Shipped, body: BodyOf<typeof contract.getPortrait>): Promise<ReplyOf<typeof contract.getPortrait>> {
  const { insight } = ownInsight(shipped, body.scheme);
  const snapshot = await snapshotFor(tx, body);
  const filter = body.filter ?? {};
  return plain({ asOf: snapshot.asOf.toISOString(), filter: ruleInWords(insight, filter), ...(await portrait(tx, platform, snapshot, insight, { area: body.area ?? tx.actor.area, filter })) });
}
