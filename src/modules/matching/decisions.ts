// Decisions about pairs: who says what, two people where the pair is hard, used again on every list, and taken back with all
// that followed from them. Nothing is deleted: a revoked decision stays with its reason.
import type { BodyOf, ReplyOf } from "../../core/route.ts";
import { newId } from "../../core/ids.ts";
import { Problem } from "../../core/problem.ts";
import { open } from "../../platform/field-cipher.ts";
import { audit } from "../../platform/audit.ts";
import type { Actor, Tx } from "../../platform/database.ts";
import { emit } from "../../platform/journal.ts";
import type { Platform } from "../../platform/platform.ts";
import { permissionsOf } from "../access/rules.ts";
import type { decidePair as decideRoute, revokePair as revokeRoute } from "./contract.ts";
import { evidenceDigest } from "./decisions-evidence.ts";
import { afterOpinion, opinionMove, type PairMove, type PairStanding, type PairState, refusedPairMove } from "./decisions-rules.ts";
import * as store from "./decisions-store.ts";
import { matchEvents } from "./events.ts";
import { extractRows } from "./extract.ts";
import { groundOf } from "./ground.ts";
import { personOfListRow, type Prepared } from "./prepare.ts";
import * as queries from "./queries.ts";
import { rejudge } from "./rejudge.ts";
import type { ListRow } from "./values.ts";

type Reply = ReplyOf<typeof decideRoute>;
type Input = { readonly row: number; readonly record: string };

/** @throws Problem not-found, move-not-possible (not finished) */
export async function finishedRun(tx: Tx, county: number, id: string): Promise<queries.Run> {
  const run = await queries.runOf(tx, county, id);
  if (run === undefined) throw new Problem("not-found");
  if (run.state !== "done") throw new Problem("move-not-possible", { zh: "比对尚未完成", en: "The run has not ended yet" });
  return run;
}

/** What a list's row is sealed to. */
export const sealedTo = (run: string, row: number, record: string): string => `pair|${run}|${row}|${record}`;

/** The row as the list says it: kept with the link, or read from the list; empty when the list was wiped. */
export async function rowOfLink(tx: Tx, platform: Platform, run: queries.Run, link: store.PairLink): Promise<ListRow> {
  if (link.sealed !== null) return open<ListRow>(platform.keys, run.county, sealedTo(run.id, link.rowNo, link.recordId), link.sealed);
  if (await store.isWiped(tx, run.county, run.batchId)) return { no: link.rowNo, cells: {} };
  const [row] = await extractRows(tx, platform, run.county, run.batchId, new Set([link.rowNo]));
  return row ?? { no: link.rowNo, cells: {} };
}

export async function theirsOf(tx: Tx, platform: Platform, run: queries.Run, link: store.PairLink): Promise<Prepared> {
  const { department, sets } = await groundOf(tx, platform, { county: run.county, campaign: run.campaignId, department: run.department });
  return personOfListRow(department, sets, await rowOfLink(tx, platform, run, link));
}

/** Evidence digest of a pair; made once for pairs of runs before there were decisions. */
async function digestOf(tx: Tx, platform: Platform, run: queries.Run, link: store.PairLink): Promise<Buffer> {
  if (link.otherDigest !== null) return link.otherDigest;
  const digest = evidenceDigest(platform.keys, await theirsOf(tx, platform, run, link), { batch: run.batchId, no: link.rowNo });
  await store.keepEvidence(tx, run.county, link, digest);
  return digest;
}

/** How the caller stands to a pair: what the table of moves is asked with. */
export function standingOf(actor: Actor, pair: { readonly state: PairState; readonly hard: readonly unknown[]; readonly own: boolean }, said: readonly store.Opinion[]): PairStanding {
  return { state: pair.state, hard: pair.hard.length > 0, own: pair.own, permissions: permissionsOf(actor.roles), spoken: said.flatMap((each) => (each.kind === "revoked" ? [] : [each.author])), me: actor.account };
}

/** Why nothing can be decided by a list whose content is gone. */
export const wiped = { zh: "该名单已按期清除，不能再据此判断", en: "The list was wiped; nothing can be decided by it" };

function demand(move: PairMove, standing: PairStanding): void {
  const refused = refusedPairMove(move, standing);
  if (refused) throw new Problem(refused.code, refused.why);
}

type Held = { readonly run: queries.Run; readonly link: store.PairLink; readonly ofRow: readonly store.PairLink[]; readonly digest: Buffer; readonly decision: store.Decision | undefined; readonly said: readonly store.Opinion[]; readonly standing: PairStanding };

/** The pair with its row, locked, and what has been said on it. */
async function hold(tx: Tx, platform: Platform, county: number, id: string, { row, record }: Input): Promise<Held> {
  const run = await finishedRun(tx, county, id);
  await store.lockCounty(tx, county);
  const ofRow = await store.lockRow(tx, county, id, row);
  const link = ofRow.find((each) => each.recordId === record);
  if (link === undefined) throw new Problem("not-found");
  if (link.pairState === null) throw new Problem("move-not-possible", { zh: "该配对由程序直接关联，无须判断", en: "The engine linked this pair; nobody was asked" });
  const digest = await digestOf(tx, platform, run, link);
  const decision = await store.lockDecision(tx, county, { subjectId: link.subjectId, member: link.member, otherDigest: digest });
  const said = decision ? await store.opinionsOn(tx, county, [decision.id]) : [];
  const own = link.decisionId === null || link.decisionId === decision?.id;
  return { run, link, ofRow, digest, decision, said, standing: standingOf(tx.actor, { state: link.pairState, hard: decision?.hard ?? link.hard, own }, said) };
}

const sure = (link: Pick<store.PairLink, "decision">): boolean => link.decision === "automatic" || link.decision === "confirmed";

/**
 * An opinion on a pair: the first settles it unless it is hard; then another person agrees or disagrees, and the county lead ends a
 * dispute. The same person: the row's other doubtful pairs fall, and its values are compared as if it had been linked at once. Not
 * the same: both sides may now be missing on the other. What is settled holds for every list that says the same of this person.
 * @throws Problem not-found, move-not-possible, not-allowed, same-person, changed-meanwhile
 */
export async function decidePair(tx: Tx, platform: Platform, county: number, id: string, input: BodyOf<typeof decideRoute>): Promise<Reply> {
  return opine(tx, platform, await hold(tx, platform, county, id, input), input, "match.decide");
}

/** As `decidePair`, for the county lead: only where two people disagree. */
export async function settlePair(tx: Tx, platform: Platform, county: number, id: string, input: BodyOf<typeof decideRoute>): Promise<Reply> {
  return opine(tx, platform, await hold(tx, platform, county, id, input), input, "match.settle");
}

async function opine(tx: Tx, platform: Platform, held: Held, input: BodyOf<typeof decideRoute>, by: "match.decide" | "match.settle"): Promise<Reply> {
  const { run, link, ofRow, digest, said, standing } = held;
  const { county } = run;
  const { same } = input;
  demand(by === "match.settle" ? "settle" : opinionMove(standing.state), standing);
  if (await store.isWiped(tx, county, run.batchId)) throw new Problem("move-not-possible", wiped);
  if (same && ofRow.some((each) => sure(each) && each.recordId !== link.recordId)) throw new Problem("move-not-possible", { zh: "该行已与另一份档案对应", en: "This row belongs to another record already" });
  const state = afterOpinion(standing.state, standing.hard, same, said.find((each) => each.kind === "first")?.same ?? undefined);
  const decision: store.Decision = held.decision ?? { id: newId(), area: link.area, subjectId: link.subjectId, member: link.member, otherDigest: digest, state, hard: link.hard, recordId: link.recordId, runId: run.id, rowNo: link.rowNo, department: run.department };
  await (held.decision ? store.moveDecision(tx, county, decision.id, state) : store.addDecision(tx, county, decision));
  const kind = standing.state === "undecided" ? "first" : standing.state === "second-needed" ? "second" : "lead";
  await store.addOpinion(tx, county, { decision, run: run.id, row: link.rowNo }, { kind, same, note: input.note ?? null });
  const findings = await carryOut(tx, platform, county, { ...decision, state });
  await say(tx, run, link, "match.decide", { kind, same, state });
  return { decision: state === "confirmed" || state === "rejected" ? state : "review", state, findings };
}

async function say(tx: Tx, run: queries.Run, link: store.PairLink, action: string, what: Readonly<Record<string, unknown>>): Promise<void> {
  const { county } = run;
  await emit(tx, [{ kind: action === "match.revoke" ? matchEvents.pairRevoked : matchEvents.pairDecided, area: link.area, county, subjectId: link.subjectId, recordId: link.recordId, data: { run: run.id, row: link.rowNo, ...what } }]);
  await audit(tx, { action, county, area: link.area, recordId: link.recordId, detail: { run: run.id, row: link.rowNo, ...what } });
}

/** Every waiting link of this person and evidence takes the decision's state, on all lists; what follows is judged for the lists that count now. */
async function carryOut(tx: Tx, platform: Platform, county: number, decision: store.Decision): Promise<number> {
  const { state } = decision;
  if (state === "revoked") return 0;
  const pairs = (await store.lockPairs(tx, county, decision)).filter((pair) => pair.decision === "review");
  if (state !== "confirmed" && state !== "rejected") {
    await store.standLinks(tx, county, pairs, { decision: "review", state, decisionId: decision.id });
    return 0;
  }
  let findings = 0;
  for (const pair of pairs) {
    const others = state === "confirmed" ? (await store.lockRow(tx, county, pair.runId, pair.rowNo)).filter((each) => each.recordId !== pair.recordId) : [];
    if (others.some(sure)) continue;
    const falling = others.filter((each) => each.decision === "review");
    await store.standLinks(tx, county, [pair], { decision: state, state, decisionId: decision.id });
    if (falling.length > 0) await store.standLinks(tx, county, falling, { decision: "rejected", state: "rejected", decisionId: decision.id });
    findings += await rejudge(tx, platform, county, pair.runId, [pair.recordId, ...falling.map((each) => each.recordId)], pair.rowNo);
  }
  return findings;
}

/**
 * Takes a decision back with a reason, or one's own first opinion: the pairs it settled wait again, what fell with them too, and the
 * findings that stood on the link close as withdrawn. History stays; new lists ask again.
 * @throws Problem not-found, not-allowed, move-not-possible
 */
export async function revokePair(tx: Tx, platform: Platform, county: number, id: string, input: BodyOf<typeof revokeRoute>): Promise<Reply> {
  const { run, link, decision, standing } = await hold(tx, platform, county, id, input);
  demand(standing.state === "second-needed" ? "take-back" : "revoke", standing);
  // A pair decided before decisions were kept, or one that never had any: it waits again, and that is said.
  if (decision === undefined) {
    await store.standLinks(tx, county, [link], { decision: "review", state: "undecided", decisionId: null });
    const raised = await rejudge(tx, platform, county, run.id, [link.recordId], link.rowNo);
    await say(tx, run, link, "match.revoke", { from: standing.state });
    return { decision: "review", state: "undecided", findings: raised };
  }
  await store.moveDecision(tx, county, decision.id, "revoked");
  await store.addOpinion(tx, county, { decision, run: run.id, row: link.rowNo }, { kind: "revoked", same: null, note: input.reason });
  const settled = await store.lockSettledBy(tx, county, decision.id);
  await store.standLinks(tx, county, settled, { decision: "review", state: "undecided", decisionId: null });
  let findings = 0;
  for (const [place, links] of Map.groupBy(settled, (each) => `${each.runId} ${each.rowNo}`)) {
    const [of = ""] = place.split(" ");
    findings += await rejudge(tx, platform, county, of, links.map((each) => each.recordId), links[0]?.rowNo ?? 0);
  }
  await say(tx, run, link, "match.revoke", { from: standing.state, decision: decision.id, links: settled.length });
  return { decision: "review", state: "undecided", findings };
}

/** After a run: decisions made or revoked while it worked take effect on its links too. */
export async function catchUp(tx: Tx, platform: Platform, county: number, before: readonly { readonly id: string; readonly state: string }[]): Promise<void> {
  const known = new Map(before.map((each) => [each.id, each.state]));
  const now = await store.decisionsInForce(tx, county);
  for (const each of now) {
    if (known.get(each.id) === each.state) continue;
    const decision = await store.decisionById(tx, county, each.id);
    if (decision) await carryOut(tx, platform, county, decision);
  }
  const inForce = new Set(now.map((each) => each.id));
  for (const { id } of before) {
    if (inForce.has(id)) continue;
    const settled = await store.lockSettledBy(tx, county, id);
    await store.standLinks(tx, county, settled, { decision: "review", state: "undecided", decisionId: null });
    for (const link of settled) await rejudge(tx, platform, county, link.runId, [link.recordId], link.rowNo);
  }
}
