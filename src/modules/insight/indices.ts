// Indices over a snapshot: computed, frozen with formula, version, inputs, date and the rule for what is missing; ranked with what chance allows; compared with the round before.
import { createHash } from "node:crypto";
import { areaRange, levelOf, parentOf } from "../../core/area-code.ts";
import { newId } from "../../core/ids.ts";
import type { Text } from "../../core/issue.ts";
import { Problem } from "../../core/problem.ts";
import { column } from "../../linkage/sql.ts";
import type { Session } from "../../linkage/duckdb.ts";
import { audit } from "../../platform/audit.ts";
import { chinaDate } from "../../platform/clock.ts";
import type { Tx } from "../../platform/database.ts";
import type { Platform } from "../../platform/platform.ts";
import type { Insight } from "../../scheme/insight-model.ts";
import { changeOf, collected, type Deprivation, deprivation, type Measured, type ParameterSet } from "../../statistics/deprivation.ts";
import { type Development, development, type DevelopmentSet } from "../../statistics/development.ts";
import { linesOver } from "../aid/service.ts";
import { areaNames } from "../areas/service.ts";
import { demandAssessment } from "../safeguards/service.ts";
import { partOf } from "./cross.ts";
import { type Part, partsTold } from "./parts.ts";
import { missingSql, profilesOf, profileSql } from "./profile-sql.ts";
import type { SnapshotRow } from "./queries.ts";
import { askSnapshot } from "./read.ts";
import { manifestDigest } from "./store.ts";

export const FORMULA = "Alkire-Foster 2011, M0 = H × A";
export type IndexResult = {
  readonly formula: string;
  readonly set: ParameterSet;
  readonly snapshot: { readonly id: string; readonly asOf: string; readonly digest: string; readonly campaign: string };
  readonly missing: { readonly households: number; readonly leftOut: number; readonly of: readonly { readonly key: string; readonly households: number }[] };
  readonly notCollected: readonly string[];
  readonly whole: Deprivation;
  readonly areas: readonly Part[];
  readonly groups?: { readonly axis: string; readonly label: Text; readonly parts: readonly Part[] };
  readonly development?: { readonly set: DevelopmentSet; /** Local standards that stood for the full value of a part: in fen, whose, since when, and for which areas; values of the first version have none. */ readonly lines?: readonly LineUsed[]; readonly whole?: Development; readonly areas: readonly { readonly code: string; readonly told?: Development }[] };
};

type LineUsed = { readonly key: string; readonly value: number; readonly of: string; readonly name: string; readonly from: string; readonly areas: readonly string[] };

const digestOf = (value: unknown): string => createHash("sha256").update(JSON.stringify(value)).digest("hex");
/** What the numbers depend on: files, definition, area, group, and the local lines in force. */
const inputsOf = (snapshot: SnapshotRow, { set, development, area, group }: Asked, lines: readonly LineUsed[]): string =>
  digestOf([manifestDigest(snapshot.manifest), set, development ?? null, lines, area, group ?? null]);

/** Lines that stand for the full value of a part, for the whole and each of its parts, on the day of the snapshot. */
async function linesFor(tx: Tx, snapshot: SnapshotRow, set: DevelopmentSet, codes: readonly number[]): Promise<{ readonly at: (code: number) => ReadonlyMap<string, number>; readonly used: LineUsed[] }> {
  const keys = set.parts.flatMap(({ line }) => line ?? []);
  const found = keys.length === 0 ? [] : await linesOver(tx, { scheme: snapshot.scheme, keys, on: chinaDate(snapshot.asOf) }, codes);
  const names = await areaNames(tx, found.map(({ of }) => of));
  const used = [...Map.groupBy(found, ({ key, of, from }) => `${key} ${of} ${from}`).values()].map((same): LineUsed => ({ key: same[0]!.key, value: same[0]!.value, of: String(same[0]!.of), name: names.get(same[0]!.of)?.name ?? String(same[0]!.of), from: same[0]!.from, areas: same.map(({ code }) => String(code)) }));
  return { used, at: (code) => new Map(found.filter((one) => one.code === code).map(({ key, value }) => [key, value / 100])) };
}

async function developmentOf(session: Session, from: string, set: DevelopmentSet, part: string): Promise<Map<number, Record<string, number | null>>> {
  const sums = set.parts.flatMap((each) => [`sum(CAST(round(${column(each.sum)}${each.ofEach ? " * people" : ""}) AS BIGINT))::BIGINT AS ${column(`s_${each.key}`)}`, `sum(CAST(${each.per === "people" ? "people" : column(each.per)} AS BIGINT))::BIGINT AS ${column(`p_${each.key}`)}`]);
  const rows = await session.rows(`SELECT ${part} AS part, ${sums.join(", ")} FROM ${from} WHERE people > 0 GROUP BY ALL ORDER BY part`);
  return new Map(rows.map((row) => [Number(row["part"]), Object.fromEntries(set.parts.map(({ key }) => [key, row[`s_${key}`] === null || Number(row[`p_${key}`]) === 0 ? null : Number(row[`s_${key}`]) / Number(row[`p_${key}`])]))]));
}

const tooFew = (): Problem => new Problem("nothing-to-measure", { zh: "户数太少，不单独计算", en: "There are too few households for figures of their own" });
/** An area below the office's own is told by itself only where the index of the area above tells it as a part. @throws Problem nothing-to-measure */
async function demandTold(tx: Tx, platform: Platform, snapshot: SnapshotRow, set: ParameterSet, area: number): Promise<void> {
  const above = area === tx.actor.area ? undefined : parentOf(area);
  if (above === undefined || levelOf(above) < levelOf(tx.actor.area)) return;
  const byArea = await askSnapshot(platform, snapshot, "households", areaRange(above), async (session, from) => profilesOf(set, await session.rows(profileSql(set, from, partOf(above)))));
  const whole = byArea && deprivation(set, [...byArea.values()].flat());
  const parts = whole ? partsTold(set, [...byArea].map(([code, profiles]) => ({ key: String(code), label: { zh: "", en: "" }, profiles })), whole) : [];
  if (parts.find(({ key }) => key === String(area))?.hidden) throw tooFew();
  await demandTold(tx, platform, snapshot, set, above);
}

export type Asked = { readonly insight: Insight; readonly development: DevelopmentSet | undefined; readonly set: ParameterSet; readonly area: number; readonly group?: string | undefined };

/** Computes without keeping. @throws Problem nothing-to-measure, snapshot-damaged, bad-request */
export async function measure(tx: Tx, platform: Platform, snapshot: SnapshotRow, { insight, development: ds, set, area, group }: Asked): Promise<IndexResult> {
  const axis = group === undefined ? undefined : insight.axes.find(({ key, per }) => key === group && per === "record");
  if (group !== undefined && !axis) throw new Problem("bad-request", { zh: "不能按此分组", en: "not an axis of households" });
  const range = areaRange(area);
  if (range.lo < tx.actor.lo || range.hi > tx.actor.hi) throw new Problem("not-found");
  const found = await askSnapshot(platform, snapshot, "households", range, async (session, from) => {
    const byArea = profilesOf(set, await session.rows(profileSql(set, from, partOf(area))));
    const byGroup = axis && profilesOf(set, await session.rows(profileSql(set, from, column(`by_${axis.key}`))));
    const missing = (await session.rows(missingSql(set, from)))[0]!;
    return { byArea, byGroup, missing, areas: ds && (await developmentOf(session, from, ds, partOf(area))), all: ds && (await developmentOf(session, from, ds, "0")) };
  });
  const whole = found && deprivation(set, [...found.byArea.values()].flat());
  if (!found || !whole) throw new Problem("nothing-to-measure");
  await demandTold(tx, platform, snapshot, set, area);
  const names = await areaNames(tx, [...found.byArea.keys()]);
  const areas = partsTold(set, [...found.byArea].map(([code, profiles]) => ({ key: String(code), label: { zh: names.get(code)?.name ?? String(code), en: names.get(code)?.name ?? String(code) }, profiles })), whole);
  const groups = axis && { axis: axis.key, label: axis.label, parts: partsTold(set, [...found.byGroup!].map(([n, profiles]) => ({ key: String(n), label: n === 0 ? { zh: "未填", en: "Not told" } : axis.values[n - 1]!.label, profiles })), whole) };
  const households = Number(found.missing["households"]);
  const shown = new Set(areas.filter(({ hidden }) => !hidden).map(({ key }) => key));
  const lines = ds && (await linesFor(tx, snapshot, ds, [area, ...found.areas!.keys()]));
  const all = ds && found.all?.get(0) && development(ds, found.all.get(0)!, lines!.at(area));
  return {
    formula: FORMULA,
    set,
    snapshot: { id: snapshot.id, asOf: snapshot.asOf.toISOString(), digest: snapshot.digest, campaign: snapshot.manifest.campaign },
    missing: { households, leftOut: households - whole.households, of: collected(set).map(({ key }, i) => ({ key, households: Number(found.missing[`m${i}`]) })) },
    notCollected: set.indicators.filter(({ measure }) => measure === undefined).map(({ key }) => key),
    whole,
    areas,
    ...(groups && { groups }),
    ...(ds && { development: { set: ds, lines: lines!.used, ...(all && { whole: all }), areas: [...found.areas!].filter(([code]) => shown.has(String(code))).map(([code, values]) => ({ code: String(code), ...(development(ds, values, lines!.at(code)) && { told: development(ds, values, lines!.at(code))! }) })) } }),
  };
}

/** Without what names the taking: the same files and definition give this digest again. */
export const resultDigest = ({ snapshot: _, ...rest }: IndexResult): string => digestOf(rest);

/** Computes and keeps. Scoring begins only with an impact assessment in force. @throws Problem assessment-missing and those of `measure` */
export async function computeIndex(tx: Tx, platform: Platform, snapshot: SnapshotRow, asked: Asked): Promise<{ readonly id: string; readonly inputsDigest: string; readonly digest: string; readonly result: IndexResult }> {
  await demandAssessment(tx, platform, { matter: "automated", scheme: snapshot.scheme, area: tx.actor.area });
  const result = await measure(tx, platform, snapshot, asked);
  const [id, inputsDigest, digest] = [newId(), inputsOf(snapshot, asked, result.development?.lines ?? []), resultDigest(result)];
  await tx.insertInto("indexValue").values({ id, area: asked.area, scheme: snapshot.scheme, campaignId: snapshot.campaignId, snapshotId: snapshot.id, setKey: asked.set.key, setVersion: asked.set.version, inputsDigest, digest, result: JSON.stringify(result), madeBy: tx.actor.account }).execute();
  await audit(tx, { action: "index.compute", area: asked.area, people: result.whole.households, detail: { value: id, set: `${asked.set.key} ${asked.set.version}`, snapshot: snapshot.id, digest } });
  return { id, inputsDigest, digest, result };
}

export type IndexHead = { readonly id: string; readonly setKey: string; readonly setVersion: number; readonly campaign: string; readonly asOf: string; readonly madeAt: string; readonly digest: string; readonly area: number; readonly m0: Measured; readonly h: Measured; readonly change?: ReturnType<typeof changeOf> };

/** The newest fifty values with the change against the newest value of the round before, of the same set and area; and how many are older. */
export async function indexHeads(tx: Tx, scheme: string): Promise<{ readonly heads: IndexHead[]; readonly older: number }> {
  const rows = await tx.selectFrom("indexValue").selectAll().where("scheme", "=", scheme).orderBy("madeAt", "desc").limit(50).execute();
  const { n } = await tx.selectFrom("indexValue").select((eb) => eb.fn.countAll<number>().as("n")).where("scheme", "=", scheme).executeTakeFirstOrThrow();
  const heads = rows.map((row): IndexHead => {
    const result = row.result as unknown as IndexResult;
    return { id: row.id, setKey: row.setKey, setVersion: row.setVersion, campaign: row.campaignId ?? "", asOf: result.snapshot.asOf, madeAt: row.madeAt.toISOString(), digest: row.digest, area: row.area, m0: result.whole.m0, h: result.whole.h };
  });
  const changed = heads.map((head, i) => {
    const before = heads.slice(i + 1).find((each) => each.setKey === head.setKey && each.setVersion === head.setVersion && each.area === head.area && each.campaign !== head.campaign && each.asOf < head.asOf);
    return before ? { ...head, change: changeOf(before.m0, head.m0) } : head;
  });
  return { heads: changed, older: Number(n) - rows.length };
}

export async function indexValue(tx: Tx, id: string): Promise<{ readonly id: string; readonly area: number; readonly inputsDigest: string; readonly digest: string; readonly result: IndexResult }> {
  const row = await tx.selectFrom("indexValue").selectAll().where("id", "=", id).executeTakeFirst();
  if (!row) throw new Problem("not-found");
  return { id: row.id, area: row.area, inputsDigest: row.inputsDigest, digest: row.digest, result: row.result as unknown as IndexResult };
}
