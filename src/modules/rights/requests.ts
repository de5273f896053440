// A person's request from the desk to its end: taken by one, decided by the county, an erasure confirmed by a third; each step in the audit.
import { newId } from "../../core/ids.ts";
import { Problem } from "../../core/problem.ts";
import type { BodyOf, ReplyOf } from "../../core/route.ts";
import { addWorkingDays } from "../../core/time.ts";
import { audit, partOfOneAct } from "../../platform/audit.ts";
import type { Tx } from "../../platform/database.ts";
import { eraseSubject } from "../../platform/erasure.ts";
import { sealFor } from "../../platform/field-cipher.ts";
import { personKey } from "../../platform/person-keys.ts";
import type { Platform } from "../../platform/platform.ts";
import { itemAt } from "../../scheme/layout.ts";
import { holidays } from "../campaigns/service.ts";
import { lockRecord, endRestriction as lift, refuseDesignationIn, restrict } from "../records/service.ts";
import { withdrawConsents } from "../safeguards/service.ts";
import { loadScheme } from "../schemes/service.ts";
import type { confirmRequest as confirmRoute, decideRequest as decideRoute, listRequests as listRoute, takeRequest as takeRoute } from "./contract.ts";
import { type Key, requestCounts, requestOf, type RequestRow, requestsIn, setRequest } from "./queries.ts";
import { afterDecision, confirmationRefusal, decisionRefusal, kindRules, outcomeRefusal, proofsFor, restricts } from "./rules.ts";
import { listNodesToErase } from "./receivers.ts";
import { callerOf, rowsOf, type View, viewOf } from "./view.ts";

/** The one audit row of each step. */
const note = (tx: Tx, action: string, row: Pick<RequestRow, "county" | "area" | "recordId" | "id" | "kind">, detail: Readonly<Record<string, unknown>> = {}): Promise<void> =>
  audit(tx, { action, county: row.county, area: row.area, recordId: row.recordId, detail: { request: row.id, kind: row.kind, ...detail } });

/**
 * Taken at the desk; the day by which it must be settled is counted from today in working days.
 * @throws Problem not-found, bad-request (proof, items, ground), already-exists (one of the kind is open), unit-designation
 */
export async function takeRequest(tx: Tx, platform: Platform, given: BodyOf<typeof takeRoute>): Promise<View> {
  const record = await lockRecord(tx, given.county, given.record);
  if (!record) throw new Problem("not-found");
  refuseDesignationIn(tx, platform, [given.said], record);
  if (!proofsFor(given.asker).includes(given.proof)) throw new Problem("bad-request", { zh: "这种证明不能说明请求人的身份", en: "This proof does not show who the asker is" });
  const { definition } = await loadScheme(tx, record.scheme, record.version);
  const paths = given.kind === "correction" ? [...new Set(given.paths ?? [])] : [];
  if (given.kind === "correction" && (paths.length === 0 || paths.some((path) => itemAt(definition, path) === undefined))) throw new Problem("bad-request", { zh: "请选择要更正的项目", en: "Choose the items to be corrected" });
  if (given.kind === "deletion" && given.ground === undefined) throw new Problem("bad-request", { zh: "请选择删除的情形", en: "Choose the ground of the deletion" });
  const already = await tx.selectFrom("personRequest").select("id").where("county", "=", record.county).where("recordId", "=", record.id).where("kind", "=", given.kind).where("state", "in", ["asked", "accepted", "confirming"]).executeTakeFirst();
  if (already) throw new Problem("already-exists", { zh: "同类请求正在办理", en: "A request of this kind is open already" });
  const id = newId();
  const today = platform.clock.today();
  const said = (given.said ?? "").trim();
  const key = said === "" ? undefined : await personKey(tx, platform.keys, record);
  await tx
    .insertInto("personRequest")
    .values({
      ...{ county: record.county, id, area: record.area, scheme: record.scheme, recordId: record.id, subjectId: record.subjectId, kind: given.kind, asker: given.asker, proof: given.proof, paths },
      said: key === undefined ? null : sealFor(platform.keys, key, record.county, id, said),
      ground: given.kind === "deletion" ? (given.ground ?? null) : null,
      askedOn: today,
      dueOn: addWorkingDays(today, kindRules[given.kind].days, await holidays(tx)) ?? today,
      takenBy: tx.actor.account,
      takenAt: platform.clock.now(),
    })
    .execute();
  const row = await requestOf(tx, { county: record.county, id });
  await note(tx, "rights.take", row, { asker: given.asker, paths });
  return viewOf(tx, platform, row);
}

export async function listRequests(tx: Tx, platform: Platform, list: "open" | "settled", record: string | undefined): Promise<ReplyOf<typeof listRoute>> {
  const rows = await requestsIn(tx, list, record);
  await audit(tx, { action: "rights.list", people: rows.length, detail: { list } });
  return { rows: await rowsOf(tx, platform, rows), ...(await requestCounts(tx, platform.clock.today())) };
}

export async function getRequest(tx: Tx, platform: Platform, key: Key): Promise<View> {
  const row = await requestOf(tx, key);
  await note(tx, "rights.open", row);
  return viewOf(tx, platform, row);
}

/** @throws Problem second-person-needed, move-not-possible, bad-request, unit-designation */
export async function decideRequest(tx: Tx, platform: Platform, key: Key, { outcome, reason }: BodyOf<typeof decideRoute>): Promise<View> {
  const row = await requestOf(tx, key, true);
  refuseDesignationIn(tx, platform, [reason], row);
  const why = decisionRefusal(row, callerOf(tx, row));
  if (why) throw new Problem(why.code, why.why);
  const cannot = outcomeRefusal(row.kind, outcome, row.ground, reason);
  if (cannot) throw new Problem("bad-request", cannot);
  const state = afterDecision(row.kind, outcome);
  const now = platform.clock.now();
  const said = (reason ?? "").trim();
  await setRequest(tx, key, { state, outcome, decidedBy: tx.actor.account, decidedAt: now, reason: said === "" ? null : said, ...((state === "done" || state === "declined") && { doneAt: now }) });
  if (restricts(row.kind, outcome)) await restrict(tx, row, row.id);
  const consents = row.kind === "withdrawal" ? await withdrawConsents(tx, platform, row) : 0;
  await note(tx, "rights.decide", row, { outcome, ...(row.kind === "withdrawal" && { consents }) });
  return viewOf(tx, platform, await requestOf(tx, key));
}

/** The second person of an erasure: the keys of the person are destroyed in this transaction, or it is refused. @throws as `decideRequest` */
export async function confirmRequest(tx: Tx, platform: Platform, key: Key, { agree, reason }: BodyOf<typeof confirmRoute>): Promise<View> {
  const row = await requestOf(tx, key, true);
  refuseDesignationIn(tx, platform, [reason], row);
  const why = confirmationRefusal(row, callerOf(tx, row));
  if (why) throw new Problem(why.code, why.why);
  if (!agree && (reason ?? "").trim().length < 2) throw new Problem("bad-request", { zh: "不同意须说明理由", en: "A refusal says why" });
  const now = platform.clock.now();
  const settled = { confirmedBy: tx.actor.account, confirmedAt: now, doneAt: now };
  await setRequest(tx, key, agree ? { ...settled, state: "done" } : { ...settled, state: "declined", outcome: "declined", reason: (reason ?? "").trim() });
  if (agree) {
    await partOfOneAct(tx, () => eraseSubject(tx, platform, row));
    await listNodesToErase(tx, row);
  }
  await note(tx, agree ? "person.erase" : "person-request.refuse-erasure", row, { subject: row.subjectId });
  return viewOf(tx, platform, await requestOf(tx, key));
}

/** A copy was handed over, an explanation was given. @throws Problem move-not-possible; also for a copy that nobody made */
export async function finishRequest(tx: Tx, platform: Platform, key: Key): Promise<View> {
  const row = await requestOf(tx, key, true);
  if (row.state !== "accepted" || row.kind === "correction") throw new Problem("move-not-possible");
  if (row.kind === "copy" && row.handedDigest === null) throw new Problem("move-not-possible", { zh: "请先生成副本", en: "Make the copy first" });
  await setRequest(tx, key, { state: "done", doneAt: platform.clock.now() });
  await note(tx, "person-request.hand-over", row);
  return viewOf(tx, platform, await requestOf(tx, key));
}

/** @throws Problem not-found */
export async function endRestriction(tx: Tx, platform: Platform, { county, id }: Key, reason: string): Promise<Record<string, never>> {
  const record = await lockRecord(tx, county, id);
  if (!record) throw new Problem("not-found");
  refuseDesignationIn(tx, platform, [reason], record);
  await lift(tx, { county, recordId: id }, reason.trim());
  await audit(tx, { action: "person-request.end-restriction", county, area: record.area, recordId: id });
  return {};
}
