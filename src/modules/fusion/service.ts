// Fusions for people: asked for, looked at, doubts decided, the proposal taken into the base list or discarded.
import type { Static } from "typebox";
import { newId } from "../../core/ids.ts";
import { Problem } from "../../core/problem.ts";
import type { BodyOf, QueryOf, ReplyOf } from "../../core/route.ts";
import { scanFreeText } from "../../core/unit-designation.ts";
import { audit } from "../../platform/audit.ts";
import type { Tx } from "../../platform/database.ts";
import { open } from "../../platform/field-cipher.ts";
import type { Platform } from "../../platform/platform.ts";
import { accountNames } from "../access/service.ts";
import { areaNames } from "../areas/service.ts";
import { expectMatchable } from "../exchange/service.ts";
import { campaignOf } from "../campaigns/service.ts";
import { loadScheme } from "../schemes/service.ts";
import type { decideFusionDoubt, fusedPerson, fusionView, listFusedPeople, listFusionDoubts, startFusion as startRoute } from "./contract.ts";
import { fuse, type FusedList, type FusionGround, type Known } from "./fuse.ts";
import * as queries from "./queries.ts";
import { type FusionState, mayMove, whyNotAcceptable, wipedWithList } from "./rules.ts";
import { fusionGround, rowsOf, sealKnown } from "./run-fusion.ts";
import { areasSaid, labelOfDepartment, personView } from "./view.ts";

export type FusionView = Static<typeof fusionView>;
type Key = queries.FusionKey;

const notPossible = (zh: string, en: string): Problem => new Problem("move-not-possible", { zh, en });

/**
 * Asks for a fusion of lists that have come in whole, all of one round.
 * @throws Problem purpose-missing, unit-designation, not-found, move-not-possible, agreement-missing, authorisation-missing
 */
export async function startFusion(tx: Tx, platform: Platform, { batches, purpose }: BodyOf<typeof startRoute>): Promise<FusionView> {
  const why = purpose.trim();
  if (why === "") throw new Problem("purpose-missing", { zh: "请填写融合目的", en: "Say what the fusion is for" });
  if (scanFreeText(why).verdict === "refuse") throw new Problem("unit-designation");
  const ids = [...new Set(batches)];
  const found = new Map((await queries.doneBatches(tx, ids)).map((batch) => [batch.id, batch]));
  const chosen = ids.flatMap((id) => found.get(id) ?? []);
  const [first] = chosen;
  if (first === undefined || chosen.length < ids.length) throw new Problem("not-found", { zh: "只能融合已导入完成的部门数据", en: "Only departments' lists that have been imported can be fused" });
  if (ids.length < 2) throw notPossible("请选择至少两份部门数据", "Choose at least two lists");
  const { county, campaignId } = first;
  if (campaignId === null || chosen.some((batch) => batch.campaignId !== campaignId || batch.county !== county)) throw notPossible("所选数据必须属于同一轮次、同一县", "The lists must belong to one round of one county");
  const lists: FusedList[] = [];
  for (const batch of chosen) {
    const { leftOut } = await expectMatchable(tx, platform, county, batch.id);
    lists.push({ batch: batch.id, department: batch.department ?? "", asOf: batch.asOf ?? batch.at.toISOString().slice(0, 10), rows: batch.accepted - leftOut });
  }
  const key = { county, id: newId() };
  const area = county * 1e6;
  await tx.insertInto("fusion").values({ ...key, area, campaignId, purpose: why, lists: JSON.stringify(lists), askedBy: tx.actor.account }).execute();
  const taskId = await platform.queue.ask(tx, "fusion", { county, area }, key);
  await queries.setState(tx, key, "waiting", { taskId });
  await audit(tx, { action: "fusion.ask", purpose: why, county, area, people: 0, detail: { fusion: key.id, batches: ids } });
  return openFusion(tx, key);
}

/** @throws Problem not-found */
export async function openFusion(tx: Tx, key: Key): Promise<FusionView> {
  const fusion = await queries.fusionOf(tx, key);
  if (fusion === undefined) throw new Problem("not-found");
  return (await viewsOf(tx, [fusion]))[0] as FusionView;
}

/** The newest 200 inside the caller's area. */
export const listFusions = async (tx: Tx): Promise<{ rows: FusionView[] }> => ({ rows: await viewsOf(tx, await queries.fusions(tx)) });

async function viewsOf(tx: Tx, fusions: readonly queries.Fusion[]): Promise<FusionView[]> {
  const names = await accountNames(tx, fusions.map((fusion) => fusion.askedBy));
  const views: FusionView[] = [];
  for (const fusion of fusions) {
    const campaign = await campaignOf(tx, fusion.campaignId);
    const { definition } = await loadScheme(tx, campaign.scheme, campaign.version);
    const counts = fusion.counts as unknown as Record<string, number>;
    const why = whyNotAcceptable(fusion.state, counts["certain"] ?? 0, fusion.wipedAt !== null);
    views.push({
      county: fusion.county,
      id: fusion.id,
      campaign: fusion.campaignId,
      purpose: fusion.purpose,
      state: fusion.state as FusionState,
      lists: queries.listsOf(fusion).map((list) => ({ ...list, departmentLabel: labelOfDepartment(definition, list.department) })),
      ...(fusion.taskId !== null && { task: fusion.taskId }),
      counts,
      steps: fusion.steps as unknown as FusionView["steps"],
      askedBy: names.get(fusion.askedBy) ?? fusion.askedBy,
      at: fusion.at.toISOString(),
      ...(why && { notAcceptable: why }),
      ...(fusion.wipedAt !== null && { wipedAt: fusion.wipedAt.toISOString() }),
    });
  }
  return views;
}

export const openKnown = (platform: Platform, key: Key, person: Pick<queries.StoredPerson, "no" | "sealed">): Known => open<Known>(platform.keys, key.county, `${key.id}:${person.no}`, person.sealed);

type Opened = { readonly fusion: queries.Fusion; readonly ground: FusionGround };
export async function opened(tx: Tx, platform: Platform, key: Key): Promise<Opened> {
  const fusion = await queries.fusionOf(tx, key);
  if (fusion === undefined) throw new Problem("not-found");
  expectKept(fusion);
  return { fusion, ground: await fusionGround(tx, platform, fusion) };
}
/** @throws Problem move-not-possible when its content went with a list */
function expectKept(fusion: queries.Fusion): void {
  if (fusion.wipedAt !== null) throw new Problem("move-not-possible", wipedWithList);
}

const PAGE = 50;
/** People of a fusion with the source of every value; numbers and phones are masked. The reading is recorded. @throws Problem not-found, move-not-possible (wiped) */
export async function listPeople(tx: Tx, platform: Platform, key: Key, query: QueryOf<typeof listFusedPeople>): Promise<ReplyOf<typeof listFusedPeople>> {
  const { fusion, ground } = await opened(tx, platform, key);
  const asked = { state: query.state, conflicts: query.conflicts === "yes" };
  const found = await queries.peoplePage(tx, key, { ...asked, after: /^\d{1,9}$/u.test(query.after ?? "") ? Number(query.after) : 0, most: PAGE + 1 });
  const rows = found.slice(0, PAGE);
  await audit(tx, { action: "fusion.people", purpose: fusion.purpose, county: fusion.county, area: fusion.area, people: rows.length, detail: { fusion: fusion.id } });
  const known = rows.map((row) => openKnown(platform, key, row));
  const areas = await areaNames(tx, known.flatMap(areasSaid));
  return { rows: rows.flatMap((row, i) => personView(ground, row, known[i] ?? { members: [] }, areas)), total: await queries.countPeople(tx, key, asked), ...(found.length > PAGE && { next: String(rows.at(-1)?.no) }) };
}

const MOST_DOUBTS = 100;
/** Undecided links first, the likeliest first. */
export async function listDoubts(tx: Tx, platform: Platform, key: Key): Promise<ReplyOf<typeof listFusionDoubts>> {
  const { fusion, ground } = await opened(tx, platform, key);
  const rows = await queries.doubts(tx, key, MOST_DOUBTS);
  const people = await queries.peopleByNo(tx, key, rows.flatMap((row) => [row.personA, row.personB]));
  const known = new Map([...people].map(([no, person]) => [no, openKnown(platform, key, person)]));
  const areas = await areaNames(tx, [...known.values()].flatMap(areasSaid));
  const side = (no: number): Static<typeof fusedPerson>[] => {
    const person = people.get(no);
    return person === undefined ? [] : [personView(ground, person, known.get(no) ?? { members: [] }, areas)];
  };
  await audit(tx, { action: "fusion.doubts", purpose: fusion.purpose, county: fusion.county, area: fusion.area, people: people.size, detail: { fusion: fusion.id } });
  return {
    rows: rows.flatMap(({ no, weight, probability, why, decision, personA, personB }) => {
      const [[a], [b]] = [side(personA), side(personB)];
      return a && b ? [{ no, weight, probability, why: why as { zh: string; en: string }, decision: decision as "undecided" | "same" | "different", a, b }] : [];
    }),
    total: (fusion.counts as unknown as Record<string, number>)["undecided"] ?? 0,
  };
}

/** The same person: their rows become one, and the values are chosen again. @throws Problem not-found, move-not-possible */
export async function decideDoubt(tx: Tx, platform: Platform, key: Key, { no, same }: BodyOf<typeof decideFusionDoubt>): Promise<FusionView> {
  const fusion = await queries.lockedFusion(tx, key);
  if (fusion === undefined) throw new Problem("not-found");
  expectKept(fusion);
  if (!mayMove("decide", fusion.state)) throw new Problem("move-not-possible");
  const doubt = await queries.lockedDoubt(tx, key, no);
  if (doubt === undefined) throw new Problem("not-found");
  if (doubt.decision !== "undecided") throw notPossible("此关联已判断", "This link has been decided");
  const { personA: a, personB: b } = doubt;
  if (same) await unite(tx, platform, fusion, a, b);
  await queries.decideBetween(tx, key, a, b, same ? "same" : "different");
  if (same) await queries.pointAt(tx, key, b, a);
  await audit(tx, { action: "fusion.decide", purpose: fusion.purpose, county: fusion.county, area: fusion.area, people: 2, detail: { fusion: key.id, doubt: no, same } });
  await queries.recount(tx, key);
  return openFusion(tx, key);
}

async function unite(tx: Tx, platform: Platform, fusion: queries.Fusion, a: number, b: number): Promise<void> {
  const people = await queries.peopleByNo(tx, fusion, [a, b]);
  const [one, other] = [people.get(a), people.get(b)];
  if (one === undefined || other === undefined) throw new Problem("not-found");
  const [first, second] = [openKnown(platform, fusion, one), openKnown(platform, fusion, other)];
  if (first.record !== undefined && second.record !== undefined && first.record !== second.record) throw notPossible("两人在名册中各有档案，请到审核中合并档案", "Both have records of their own; merge these in review");
  const record = first.record ?? second.record;
  const known: Known = { members: [...first.members, ...second.members], ...(record !== undefined && { record }) };
  const ground = await fusionGround(tx, platform, fusion);
  const fused = fuse(ground, known);
  await queries.changePerson(tx, fusion, { no: a, state: fused.state, reason: fused.reason ?? null, conflicts: fused.conflicts, sealed: sealKnown(platform, fusion, a, known), record: record ?? null });
  await queries.changePerson(tx, fusion, { no: b, state: "merged", reason: null, conflicts: 0, sealed: sealKnown(platform, fusion, b, { members: [] }), record: null });
  await queries.addRows(tx, fusion, rowsOf(ground, known, fused, a));
}

/** Asks that the certain people be taken into the base list; those of undecided links wait. @throws Problem not-found, move-not-possible */
export async function acceptFusion(tx: Tx, platform: Platform, key: Key): Promise<FusionView> {
  const fusion = await queries.lockedFusion(tx, key);
  if (fusion === undefined) throw new Problem("not-found");
  expectKept(fusion);
  const counts = await queries.recount(tx, key);
  const why = whyNotAcceptable(fusion.state, counts["certain"] ?? 0);
  if (why) throw new Problem("move-not-possible", why);
  const taskId = await platform.queue.ask(tx, "fusion-accept", { county: fusion.county, area: fusion.area }, key);
  await queries.setState(tx, key, "accepting", { taskId });
  await audit(tx, { action: "fusion.accept", purpose: fusion.purpose, county: fusion.county, area: fusion.area, people: counts["certain"] ?? 0, detail: { fusion: key.id } });
  return openFusion(tx, key);
}

/** What was made is wiped, the fusion itself stays with its counts. @throws Problem not-found, move-not-possible */
export async function discardFusion(tx: Tx, key: Key): Promise<FusionView> {
  const fusion = await queries.lockedFusion(tx, key);
  if (fusion === undefined) throw new Problem("not-found");
  const counts = fusion.counts as unknown as Record<string, number>;
  if (!mayMove("discard", fusion.state) || (counts["added"] ?? 0) > 0) throw notPossible("已采纳的融合不能放弃", "A proposal that was taken in cannot be discarded");
  await queries.clear(tx, key);
  await queries.setState(tx, key, "discarded", { settledBy: tx.actor.account });
  await audit(tx, { action: "fusion.discard", purpose: fusion.purpose, county: fusion.county, area: fusion.area, people: 0, detail: { fusion: key.id } });
  return openFusion(tx, key);
}
