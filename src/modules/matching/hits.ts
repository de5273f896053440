// A department's list of which only the hits are known: who of the register stands on it. It proves absences like a list that was
// shown, and nothing else: no value was seen, so no value is compared and nobody vouches.
import { sql } from "kysely";
import { newId } from "../../core/ids.ts";
import type { Text } from "../../core/issue.ts";
import type { Tx } from "../../platform/database.ts";
import { emit } from "../../platform/journal.ts";
import type { Platform } from "../../platform/platform.ts";
import { headAnswers } from "../records/service.ts";
import type { State } from "../records/rules.ts";
import { matchEvents } from "./events.ts";
import { groundOf, onlyRead } from "./ground.ts";
import { type Head, headOf, judge } from "./judge.ts";
import * as queries from "./queries.ts";
import { raise } from "./raise.ts";

export type BlindHit = { readonly record: string; readonly weight: number; readonly sure: boolean };
export type BlindRun = { readonly run: string; readonly counts: Record<string, number> };

const why: Text = { zh: "加密标记相符，未出示明文", en: "Keyed tokens agree; no list was shown" };

/**
 * @param asked the records that were in the token file; others are not judged
 * @param watch is told how many of them were looked at; what it throws ends the work
 * @returns the run that stands for it, with its counts
 */
export async function raiseFromHits(tx: Tx, platform: Platform, list: { readonly county: number; readonly campaign: string; readonly department: string; readonly batch: string; readonly asked: readonly string[]; readonly hits: readonly BlindHit[] }, watch: (done: number, total: number) => Promise<void> = async () => {}): Promise<BlindRun> {
  const { county, campaign, department, batch } = list;
  const ground = await groundOf(tx, platform, { county, campaign, department });
  const area = county * 1e6;
  const run = newId();
  await tx.insertInto("matchRun").values({ county, id: run, area, batchId: batch, department, campaignId: campaign, askedBy: tx.actor.account, state: "running" }).execute();
  const hits = new Map(list.hits.map((hit) => [hit.record, hit]));
  const heads = await headsOf(tx, platform, ground, list.asked, hits, watch);
  const links: queries.NewLink[] = [];
  const joined = [...heads.values()].flatMap((head) => {
    const hit = hits.get(head.recordId);
    if (hit === undefined) return [];
    const row = joinedRow(links.length, hit.sure);
    if (hit.sure) links.push({ row_no: row, area: head.area, record_id: head.recordId, subject_id: head.subjectId, member: "", weight: hit.weight, probability: probabilityOf(hit.weight), decision: "automatic", why, weighing: null, veto: null, hard: [], other_digest: null, sealed: null, pair_state: null, decision_id: null });
    return [{ recordId: head.recordId, member: "", row, sure: hit.sure }];
  });
  await queries.replaceLinks(tx, county, run, links);
  await tx.updateTable("matchRun").set({ state: "done", finishedAt: sql<Date>`now()` }).where("county", "=", county).where("id", "=", run).execute();
  const rows = new Map(links.map((link) => [link.row_no, { no: link.row_no, cells: {} }]));
  const judged = judge(ground, platform.keys, heads, rows, new Map(), joined);
  const raised = await raise(tx, platform, ground, run, judged, true);
  const byClass: Record<string, number> = {};
  for (const wanted of judged.wanted.values()) byClass[wanted.class] = (byClass[wanted.class] ?? 0) + 1;
  const counts = { records: heads.size, rows: hits.size, automatic: links.length, review: hits.size - links.length, unmatchedRecords: heads.size - joined.length, unmatchedRows: 0, compared: 0, agreed: 0, differing: judged.wanted.size, raised: raised.added, closed: raised.closed, ...byClass };
  await queries.describeRun(tx, county, run, counts, []);
  await emit(tx, [{ kind: matchEvents.finished, area, county, data: { run, department, raised: raised.added } }]);
  return { run, counts };
}

/** Doubtful hits have no row of their own: they only keep an absence from being claimed. */
const joinedRow = (links: number, sure: boolean): number => (sure ? links + 1 : 0);
const probabilityOf = (weight: number): number => Math.round(1e6 / (1 + 2 ** -weight)) / 1e6;
const PART = 2000;

/** Answers are opened only of people who did not meet: of the others nothing is judged. Members were not in the token file, so nobody misses them. */
async function headsOf(tx: Tx, platform: Platform, ground: Awaited<ReturnType<typeof groundOf>>, asked: readonly string[], hits: ReadonlyMap<string, BlindHit>, watch: (done: number, total: number) => Promise<void>): Promise<Map<string, Head>> {
  const heads = new Map<string, Head>();
  const only = onlyRead(ground);
  for (let from = 0; from < asked.length; from += PART) {
    await watch(from, asked.length);
    const part = asked.slice(from, from + PART);
    const rows = await tx.selectFrom("record").select(["id", "subjectId", "area", "state"]).where("county", "=", ground.county).where("campaignId", "=", ground.campaign).where("id", "in", part).orderBy("id").execute();
    const answers = await headAnswers(tx, platform, ground.county, rows.filter((row) => row.state === "accepted" && !hits.has(row.id)).map((row) => row.id));
    for (const row of rows) {
      const own = answers.get(row.id);
      heads.set(row.id, headOf(ground, { recordId: row.id, subjectId: row.subjectId, area: row.area, state: (own === undefined && row.state === "accepted" ? "submitted" : row.state) as State }, own === undefined ? {} : only(own), undefined));
    }
  }
  return heads;
}
