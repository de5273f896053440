// The portrait of a group: how its people stand on every axis; and tags, rules over axes with an end, that stand on groups.
import { areaRange } from "../../core/area-code.ts";
import { newId } from "../../core/ids.ts";
import type { Text } from "../../core/issue.ts";
import { Problem } from "../../core/problem.ts";
import { audit } from "../../platform/audit.ts";
import type { Tx } from "../../platform/database.ts";
import type { Platform } from "../../platform/platform.ts";
import type { Insight } from "../../scheme/insight-model.ts";
import { demandFilter, type Filter, tally, tallyEach } from "./cross.ts";
import type { SnapshotRow } from "./queries.ts";
import { askSnapshot } from "./read.ts";
import { axisCells } from "./rules.ts";

export type Portrait = { readonly people: number | null; readonly of: number; readonly axes: readonly { readonly key: string; readonly label: Text; readonly values: readonly { readonly label: Text; readonly count: number | null }[] }[] };

/** @throws Problem bad-request, not-found, snapshot-damaged */
export async function portrait(tx: Tx, platform: Platform, snapshot: SnapshotRow, insight: Insight, asked: { readonly area: number; readonly filter: Filter }): Promise<Portrait> {
  const range = areaRange(asked.area);
  if (range.lo < tx.actor.lo || range.hi > tx.actor.hi) throw new Problem("not-found");
  demandFilter(insight, "people", asked.filter);
  const found = await askSnapshot(platform, snapshot, "people", range, async (session, from) => {
    const { each, whole, of } = await tallyEach(session, from, insight, asked);
    const rows = [...each].flatMap(([key, { rows: own, linked }]) => [...new Set(own.map(({ at }) => at[0]!))].map((at) => ({ key, at, n: linked.sum([key], [at], asked.filter) })));
    return { rows, of, people: whole.linked.sum([], [], asked.filter) };
  });
  if (!found) return { people: 0, of: 0, axes: [] };
  // Of a group that small, nothing is told.
  if (found.people === null) return { people: null, of: found.of, axes: [] };
  const axes = insight.axes.map(({ key, label, values, kind }) => {
    const own = found.rows.filter((row) => row.key === key);
    const positions = axisCells(values.length, own.map(({ at }) => at), kind === "year");
    return { key, label, values: positions.map((position) => ({ label: position === 0 ? { zh: "未填", en: "Not told" } : values[position - 1]!.label, count: own.some(({ at }) => at === position) ? own.find(({ at }) => at === position)!.n : 0 })) };
  });
  return { people: found.people, of: found.of, axes };
}

/** A rule in words: each axis with its values. */
export const ruleInWords = (insight: Insight, filter: Filter): Text => {
  const parts = Object.entries(filter).map(([key, positions]) => {
    const axis = insight.axes.find((each) => each.key === key);
    const values = positions.map((n) => (n === 0 ? { zh: "未填", en: "not told" } : (axis?.values[n - 1]?.label ?? { zh: "?", en: "?" })));
    return { zh: `${axis?.label.zh ?? key}：${values.map(({ zh }) => zh).join("、")}`, en: `${axis?.label.en ?? key}: ${values.map(({ en }) => en).join(", ")}` };
  });
  return { zh: parts.map(({ zh }) => zh).join("；"), en: parts.map(({ en }) => en).join("; ") };
};

export type TagView = { readonly id: string; readonly label: string; readonly rule: Text; readonly filter: Filter; readonly expiresOn: string; readonly expired: boolean; readonly people: number | null };

const MOST_TAGS = 30;
/** @throws Problem bad-request (a rule that is none, an end in the past), move-not-possible (there are as many as there may be), unit-designation */
export async function writeTag(tx: Tx, platform: Platform, insight: Insight, given: { readonly label: string; readonly filter: Filter; readonly expiresOn: string }): Promise<{ readonly id: string }> {
  if (Object.keys(given.filter).length === 0) throw new Problem("bad-request", { zh: "标签须有规则", en: "A tag has a rule" });
  demandFilter(insight, "people", given.filter);
  if (given.expiresOn < platform.clock.today()) throw new Problem("bad-request", { zh: "到期日不能早于今天", en: "It ends today at the earliest" });
  // Each is counted whenever the list is opened.
  const { n } = await tx.selectFrom("tagRule").select((eb) => eb.fn.countAll<number>().as("n")).where("area", "=", tx.actor.area).where("scheme", "=", insight.scheme).where("endedAt", "is", null).executeTakeFirstOrThrow();
  if (Number(n) >= MOST_TAGS) throw new Problem("move-not-possible", { zh: `最多${MOST_TAGS}个标签，请先停用不用的`, en: `${MOST_TAGS} tags at most: end one first` });
  const id = newId();
  await tx.insertInto("tagRule").values({ id, area: tx.actor.area, scheme: insight.scheme, label: given.label, rule: JSON.stringify(given.filter), writtenBy: tx.actor.account, writtenAt: platform.clock.now(), expiresOn: given.expiresOn }).execute();
  await audit(tx, { action: "tag.write", area: tx.actor.area, people: 0, detail: { tag: id } });
  return { id };
}

/** Tags with the size of their groups in the snapshot; an expired one keeps its rule and counts nobody. */
export async function listTags(tx: Tx, platform: Platform, snapshot: SnapshotRow | undefined, insight: Insight): Promise<TagView[]> {
  const rows = await tx.selectFrom("tagRule").selectAll().where("area", "=", tx.actor.area).where("scheme", "=", insight.scheme).where("endedAt", "is", null).orderBy("writtenAt", "desc").execute();
  const today = platform.clock.today();
  const views: TagView[] = [];
  for (const row of rows) {
    const filter = row.rule as unknown as Filter;
    const expired = row.expiresOn < today;
    const found = expired || !snapshot ? undefined : await askSnapshot(platform, snapshot, "people", areaRange(tx.actor.area), (session, from) => tally(session, from, { axes: [], area: tx.actor.area, filter }));
    views.push({ id: row.id, label: row.label, rule: ruleInWords(insight, filter), filter, expiresOn: row.expiresOn, expired, people: found ? found.linked.sum([], [], filter) : 0 });
  }
  return views;
}

/** @throws Problem not-found */
export async function endTag(tx: Tx, platform: Platform, id: string): Promise<Record<string, never>> {
  const { numUpdatedRows } = await tx.updateTable("tagRule").set({ endedAt: platform.clock.now() }).where("id", "=", id).where("area", "=", tx.actor.area).where("endedAt", "is", null).executeTakeFirst();
  if (numUpdatedRows === 0n) throw new Problem("not-found");
  await audit(tx, { action: "tag.end", area: tx.actor.area, people: 0, detail: { tag: id } });
  return {};
}
