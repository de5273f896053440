// Sets of cutoffs and weights: those that ship, and local ones that are written, tried on stored data and put in force by a second person; they hold below too, until a place below
// puts its own in force.
import { createHash } from "node:crypto";
import { sql } from "kysely";
import { areaRange } from "../../core/area-code.ts";
import { newId } from "../../core/ids.ts";
import { Problem } from "../../core/problem.ts";
import { audit } from "../../platform/audit.ts";
import type { Tx } from "../../platform/database.ts";
import type { Platform } from "../../platform/platform.ts";
import { faultsOf, type ParameterSet } from "../../statistics/deprivation.ts";
import { areaNames } from "../areas/service.ts";
import { measure } from "./indices.ts";
import type { SnapshotRow } from "./queries.ts";
import { setState, type SetState } from "./rules.ts";
import type { ShippedInsight } from "./shipped.ts";

export const digestOfSet = (set: ParameterSet): string => createHash("sha256").update(JSON.stringify(set)).digest("hex");
type Row = Awaited<ReturnType<typeof rowOf>>;
const rowOf = async (tx: Tx, id: string) => {
  const row = await tx.selectFrom("parameterSet").selectAll().where("id", "=", id).where("area", "=", tx.actor.area).forUpdate().executeTakeFirst();
  if (!row) throw new Problem("not-found");
  return row;
};
export type SetView = {
  readonly id?: string;
  readonly state: SetState;
  readonly set: ParameterSet;
  readonly mine: boolean;
  readonly shipped: boolean;
  /** The area above that put it in force. */
  readonly from?: string;
  /** What is computed when its key is asked for; another one of the same key goes before the rest. */
  readonly applies: boolean;
  readonly tried?: { readonly before: number; readonly after: number; readonly base: number };
};
const viewOf = (tx: Tx, row: Row, applies: boolean): SetView => ({ applies, id: row.id, state: setState(row), set: row.definition as unknown as ParameterSet, mine: row.writtenBy === tx.actor.account, shipped: false, ...(row.tried !== null && row.triedDigest === row.digest && { tried: row.tried as unknown as NonNullable<SetView["tried"]> }) });

/** In force at an area or above it, the nearest area first, of one area the newest version first; without an area, at the caller's. */
async function inForce(tx: Tx, scheme: string, at: number | null = null): Promise<readonly { readonly area: number; readonly set: ParameterSet }[]> {
  const { rows } = await sql<{ area: number; definition: ParameterSet }>`select area, definition from security.parameter_sets_above(${scheme}, ${at})`.execute(tx);
  const width = (area: number): number => areaRange(area).hi - area;
  return rows.map(({ area, definition }) => ({ area: Number(area), set: definition })).toSorted((a, b) => width(a.area) - width(b.area) || b.set.version - a.set.version);
}

/** One of the caller's area as it stands now. */
async function oneOf(tx: Tx, scheme: string, id: string): Promise<SetView> {
  const row = await rowOf(tx, id);
  const first = (await inForce(tx, scheme)).find(({ set }) => set.key === row.key);
  return viewOf(tx, row, setState(row) === "in-force" && first?.area === row.area && first.set.version === row.version);
}

/** The area's own, newest first and without drafts that were thrown away; those in force above; those that ship. */
export async function listSets(tx: Tx, shipped: ShippedInsight): Promise<SetView[]> {
  const { scheme } = shipped.insight;
  const rows = await tx.selectFrom("parameterSet").selectAll().where("area", "=", tx.actor.area).where("scheme", "=", scheme).where((eb) => eb.or([eb("endedAt", "is", null), eb("approvedBy", "is not", null)])).orderBy("writtenAt", "desc").execute();
  const all = await inForce(tx, scheme);
  const above = all.filter(({ area }) => area !== tx.actor.area);
  const first = (key: string) => all.find(({ set }) => set.key === key);
  const isFirst = (area: number, { key, version }: Pick<ParameterSet, "key" | "version">): boolean => first(key)?.area === area && first(key)?.set.version === version;
  const names = await areaNames(tx, above.map(({ area }) => area));
  return [
    ...rows.map((row) => viewOf(tx, row, setState(row) === "in-force" && isFirst(row.area, row))),
    ...above.map(({ area, set }): SetView => ({ state: "in-force", set, mine: false, shipped: false, applies: isFirst(area, set), from: names.get(area)?.fullName ?? String(area) })),
    ...shipped.sets.map((set): SetView => ({ state: "in-force", set, mine: false, shipped: true, applies: first(set.key) === undefined })),
  ];
}

/** A set that may be computed with: in force at the area (the caller's, where none is named), else at the nearest area above, else shipped. @throws Problem not-found */
export async function setInForce(tx: Tx, shipped: ShippedInsight, key: string, at?: number): Promise<ParameterSet> {
  const found = (await inForce(tx, shipped.insight.scheme, at)).find(({ set }) => set.key === key)?.set ?? shipped.sets.find((set) => set.key === key);
  if (!found) throw new Problem("not-found", { zh: `没有生效的参数组“${key}”`, en: `There is no set “${key}” in force` });
  return found;
}

/** @throws Problem bad-request with every fault of the set */
export function demandSound(shipped: ShippedInsight, set: ParameterSet): void {
  const faults = faultsOf(set, shipped.insight.measures.map(({ key }) => key));
  if (faults.length > 0) throw new Problem("bad-request", { zh: faults.map(({ zh }) => zh).join("；"), en: faults.map(({ en }) => en).join("; ") });
}

/** A new version of a set, as a draft; `id`: the draft that is changed. @throws Problem bad-request, not-allowed, move-not-possible */
export async function writeSet(tx: Tx, platform: Platform, shipped: ShippedInsight, given: ParameterSet, id?: string): Promise<SetView> {
  demandSound(shipped, given);
  const scheme = shipped.insight.scheme;
  const old = id === undefined ? undefined : await rowOf(tx, id);
  if (old && old.writtenBy !== tx.actor.account) throw new Problem("not-allowed");
  if (old && setState(old) !== "draft" && setState(old) !== "tried") throw new Problem("move-not-possible");
  const { newest } = await tx.selectFrom("parameterSet").select((eb) => eb.fn.max("version").as("newest")).where("area", "=", tx.actor.area).where("scheme", "=", scheme).where("key", "=", given.key).executeTakeFirstOrThrow();
  const others = [...(await inForce(tx, scheme)).map(({ set }) => set), ...shipped.sets].filter(({ key }) => key === given.key);
  const set = { ...given, version: old?.version ?? Math.max(newest ?? 0, ...others.map(({ version }) => version)) + 1, key: old?.key ?? given.key };
  const stored = { definition: JSON.stringify(set), digest: digestOfSet(set), writtenAt: platform.clock.now() };
  const own = old?.id ?? newId();
  if (old) await tx.updateTable("parameterSet").set(stored).where("id", "=", own).execute();
  else await tx.insertInto("parameterSet").values({ id: own, area: tx.actor.area, scheme, key: set.key, version: set.version, ...stored, writtenBy: tx.actor.account }).execute();
  await audit(tx, { action: "parameter-set.write", area: tx.actor.area, people: 0, detail: { set: own, key: set.key, version: set.version } });
  return oneOf(tx, scheme, own);
}

/** Tries a draft on the newest snapshot: what M0 becomes. Nothing of it is kept but the two figures. @throws Problem snapshot-missing, nothing-to-measure */
export async function trySet(tx: Tx, platform: Platform, shipped: ShippedInsight, snapshot: SnapshotRow, id: string): Promise<SetView> {
  const row = await rowOf(tx, id);
  if (row.approvedBy !== null || row.endedAt !== null) throw new Problem("move-not-possible");
  const set = row.definition as unknown as ParameterSet;
  const figures = async (of: ParameterSet): Promise<{ m0: number; base: number }> => {
    const { whole } = await measure(tx, platform, snapshot, { insight: shipped.insight, development: undefined, set: of, area: tx.actor.area });
    return { m0: whole.m0.value, base: whole.base };
  };
  const before = await setInForce(tx, shipped, set.key).catch((error: unknown) => (error instanceof Problem && error.code === "not-found" ? shipped.sets[0]! : Promise.reject(error)));
  const [old, now] = [await figures(before), await figures(set)];
  await tx.updateTable("parameterSet").set({ triedDigest: row.digest, tried: JSON.stringify({ before: old.m0, after: now.m0, base: now.base }) }).where("id", "=", id).execute();
  await audit(tx, { action: "parameter-set.try", area: tx.actor.area, people: 0, detail: { set: id, snapshot: snapshot.id } });
  return oneOf(tx, row.scheme, id);
}

/** @throws Problem second-person-needed, move-not-possible (not tried as it stands) */
export async function approveSet(tx: Tx, platform: Platform, id: string): Promise<SetView> {
  const row = await rowOf(tx, id);
  if (row.writtenBy === tx.actor.account) throw new Problem("second-person-needed");
  if (setState(row) !== "tried") throw new Problem("move-not-possible");
  await tx.updateTable("parameterSet").set({ approvedBy: tx.actor.account, approvedAt: platform.clock.now() }).where("id", "=", id).execute();
  await audit(tx, { action: "parameter-set.approve", area: tx.actor.area, people: 0, detail: { set: id, key: row.key, version: row.version } });
  return oneOf(tx, row.scheme, id);
}

/** Throws an own draft away. @throws Problem not-found, not-allowed, move-not-possible (in force) */
export async function dropSet(tx: Tx, platform: Platform, id: string): Promise<Record<string, never>> {
  const row = await rowOf(tx, id);
  if (row.writtenBy !== tx.actor.account) throw new Problem("not-allowed");
  if (setState(row) !== "draft" && setState(row) !== "tried") throw new Problem("move-not-possible");
  return ended(tx, platform, row, "parameter-set.drop");
}

/** Ends a set in force: what the area above has in force holds again, else what ships. Values that were computed with it keep it. @throws Problem not-found, move-not-possible */
export async function endSet(tx: Tx, platform: Platform, id: string): Promise<Record<string, never>> {
  const row = await rowOf(tx, id);
  if (setState(row) !== "in-force") throw new Problem("move-not-possible");
  return ended(tx, platform, row, "parameter-set.end");
}
async function ended(tx: Tx, platform: Platform, row: Row, action: "parameter-set.drop" | "parameter-set.end"): Promise<Record<string, never>> {
  await tx.updateTable("parameterSet").set({ endedAt: platform.clock.now() }).where("id", "=", row.id).execute();
  await audit(tx, { action, area: tx.actor.area, people: 0, detail: { set: row.id, key: row.key, version: row.version } });
  return {};
}
