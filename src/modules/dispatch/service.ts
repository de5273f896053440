// Cases: answered by the office they went to, decided by the county, and closed by the check alone. No function here sets a
// finding's state; a case closes when all its findings are closed, and never otherwise.
import { sql } from "kysely";
import type { BodyOf } from "../../core/route.ts";
import { Problem } from "../../core/problem.ts";
import { scanFreeText } from "../../core/unit-designation.ts";
import { audit } from "../../platform/audit.ts";
import { systemActor, type Actor, type Tx } from "../../platform/database.ts";
import type { UploadedFile } from "../../platform/http.ts";
import { emit, type JournalEvent } from "../../platform/journal.ts";
import type { Platform } from "../../platform/platform.ts";
import { confirmOurs, moveFindings, recheck } from "../matching/service.ts";
import { withoutPngTexts, withoutSideData } from "../records/service.ts";
import { getCase, type CaseView } from "./case-view.ts";
import type { answerCase as answerRoute, decideCase as decideRoute } from "./contract.ts";
import { caseEvents } from "./events.ts";
import { openCases } from "./open-cases.ts";
import * as queries from "./queries.ts";
import { closedCaseMove, needsProof } from "./rules.ts";

export { openCases };
type At = { readonly county: number; readonly id: string };

function refuseDesignation(text: string | undefined): void {
  if (text !== undefined && scanFreeText(text).verdict === "refuse") throw new Problem("unit-designation");
}

/** Papers are pictures or PDF, told by their first bytes. */
function proofKind(bytes: Buffer): string | undefined {
  if (bytes.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff]))) return "image/jpeg";
  if (bytes.subarray(0, 8).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]))) return "image/png";
  return bytes.subarray(0, 5).toString("latin1") === "%PDF-" ? "application/pdf" : undefined;
}

/** The picture without captions and what a camera wrote beside it; a PDF as it is. @throws Problem proof-missing when it is damaged */
function paperOnly(bytes: Buffer, mime: string | undefined): Buffer {
  const clean = mime === "image/jpeg" ? withoutSideData(bytes) : mime === "image/png" ? withoutPngTexts(bytes) : bytes;
  if (clean === undefined) throw new Problem("proof-missing", { zh: "证明材料的图片已损坏，请重新拍摄", en: "The picture of the proof is damaged; take it again" });
  return clean;
}

const say = (file: queries.CaseRecord | queries.Moved, county: number, kind: string, data: Readonly<Record<string, unknown>> = {}) => ({
  kind,
  area: file.area,
  county,
  ...(file.subjectId !== null && { subjectId: file.subjectId }),
  ...(file.recordId !== null && { recordId: file.recordId }),
  data: { case: file.id, ...data },
});

async function lockedFor(tx: Tx, move: "answer" | "decide", { county, id }: At): Promise<queries.CaseRecord> {
  const file = await queries.lockCase(tx, county, id);
  if (file === undefined) throw new Problem("not-found");
  const closed = closedCaseMove(move, file.state);
  if (closed !== undefined) throw new Problem("move-not-possible", closed);
  return file;
}

/**
 * What the office found out. “Corrected” needs a revision newer than the findings; “ours is right” needs a paper.
 * An answer that is not decided yet may be replaced.
 * @throws Problem not-found, move-not-possible, proof-missing, unit-designation, disk-full
 */
export async function answerCase(tx: Tx, platform: Platform, at: At, input: BodyOf<typeof answerRoute>, file: UploadedFile | undefined): Promise<CaseView> {
  const { county, id } = at;
  refuseDesignation(input.note);
  const found = await lockedFor(tx, "answer", at);
  if (input.answer === "correct-ours" && !(await queries.correctedSince(tx, found))) {
    throw new Problem("move-not-possible", { zh: "档案在发现问题之后还没有修订，请先修订档案", en: "The record has not been corrected since the findings were raised; correct it first" });
  }
  const mime = file === undefined ? undefined : proofKind(file.bytes);
  if (file !== undefined && mime === undefined) throw new Problem("proof-missing", { zh: "证明材料须为 JPEG、PNG 图片或 PDF", en: "The proof must be a JPEG or PNG picture or a PDF" });
  if (needsProof.includes(input.answer) && file === undefined) throw new Problem("proof-missing");
  const proof = file === undefined ? undefined : await platform.blobs.put(county, paperOnly(file.bytes, mime));
  await tx
    .updateTable("caseFile")
    .set({ state: "answered", answer: input.answer, answerNote: input.note, answeredBy: tx.actor.account, answeredAt: sql<Date>`now()`, decidedBy: null, decidedAt: null, ...(proof !== undefined && { proofSha256: proof, proofMime: mime ?? null }) })
    .where("county", "=", county)
    .where("id", "=", id)
    .execute();
  await queries.addSteps(tx, county, [{ case: id, area: found.area, kind: "answered", note: input.note }]);
  await emit(tx, [say(found, county, caseEvents.answered, { answer: input.answer })]);
  await audit(tx, { action: "case.answer", county, area: found.area, ...(found.recordId !== null && { recordId: found.recordId }), detail: { case: id, answer: input.answer } });
  return getCase(tx, platform, county, id);
}

/**
 * The county accepts an answer, and the check runs at once with what was confirmed or corrected; or sends it back.
 * The one who answered cannot decide.
 * @throws Problem not-found, move-not-possible, same-person, changed-meanwhile, unit-designation
 */
export async function decideCase(tx: Tx, platform: Platform, at: At, input: BodyOf<typeof decideRoute>): Promise<CaseView> {
  const { county, id } = at;
  refuseDesignation(input.note);
  const file = await lockedFor(tx, "decide", at);
  if (file.answeredBy === tx.actor.account) throw new Problem("same-person", { zh: "答复人不能认定自己的答复", en: "Who answered a case cannot decide it" });
  if (file.decidedBy !== null) throw new Problem("move-not-possible", { zh: "该答复已认定", en: "This answer is decided already" });
  const note = input.note === undefined ? {} : { note: input.note };
  await (input.accept ? accept(tx, platform, file) : sendBack(tx, file));
  await queries.addSteps(tx, county, [{ case: id, area: file.area, kind: input.accept ? "accepted" : "sent-back", ...note }]);
  await emit(tx, [say(file, county, caseEvents.decided, { accept: input.accept, answer: file.answer })]);
  await audit(tx, { action: "case.decide", county, area: file.area, ...(file.recordId !== null && { recordId: file.recordId }), detail: { case: id, accept: input.accept } });
  if (input.accept) {
    await closeSettledCases(tx, county, [id]);
    await reopen(tx, county, { cases: [id] });
  }
  return getCase(tx, platform, county, id);
}

async function accept(tx: Tx, platform: Platform, file: queries.CaseRecord): Promise<void> {
  const { county, id } = file;
  if (file.answer === "confirm-ours" && file.recordId !== null && file.answeredAt !== null && (await queries.changedAfter(tx, county, file.recordId, file.answeredAt))) {
    throw new Problem("changed-meanwhile", { zh: "答复之后档案又有修订，请退回重新答复", en: "The record changed after the answer; send the case back" });
  }
  await tx.updateTable("caseFile").set({ decidedBy: tx.actor.account, decidedAt: sql<Date>`now()` }).where("county", "=", county).where("id", "=", id).execute();
  const open = await tx.selectFrom("finding").select("id").where("county", "=", county).where("caseId", "=", id).where("state", "=", "open").execute();
  const findings = { county, findingIds: open.map((finding) => finding.id) };
  await (file.answer === "confirm-ours" ? confirmOurs(tx, platform, findings) : recheck(tx, platform, findings));
}

const sendBack = (tx: Tx, file: queries.CaseRecord): Promise<unknown> =>
  tx
    .updateTable("caseFile")
    .set({ state: "open", timesReopened: file.timesReopened + 1, answer: null, answerNote: null, answeredBy: null, answeredAt: null, decidedBy: null, decidedAt: null })
    .where("county", "=", file.county)
    .where("id", "=", file.id)
    .execute();

/** Closes those of the cases whose findings are all closed. @returns how many */
export async function closeSettledCases(tx: Tx, county: number, caseIds: readonly string[]): Promise<number> {
  const closed = await queries.closeSettled(tx, county, caseIds);
  await queries.addSteps(tx, county, closed.map((file) => ({ case: file.id, area: file.area, kind: "closed" as const })));
  for (const part of queries.pieces(closed, 1000)) await emit(tx, part.map((file) => say(file, county, caseEvents.closed)));
  return closed.length;
}

/** Opens again what was called corrected, was accepted as such, and still differs. @returns how many */
async function reopen(tx: Tx, county: number, which: { readonly cases?: readonly string[]; readonly records?: readonly string[] }): Promise<number> {
  const moved = await queries.reopenContradicted(tx, county, which);
  await queries.addSteps(tx, county, moved.map((file) => ({ case: file.id, area: file.area, kind: "reopened" as const })));
  for (const part of queries.pieces(moved, 1000)) await emit(tx, part.map((file) => say(file, county, caseEvents.reopened)));
  return moved.length;
}

export type CaseCounts = { readonly open: number; readonly answered: number; readonly closed: number; readonly unsettled: number; readonly overdue: number; readonly reopened: number; readonly answers: Readonly<Record<string, number>> };
/** A county's cases. `unsettled` of the answered ones were accepted as “cannot tell” or “cannot be reached”: never counted as closed. */
export async function caseCounts(tx: Tx, county: number): Promise<CaseCounts> {
  const { rows } = await sql<{ state: string; answer: string | null; n: number; unsettled: number; overdue: number; reopened: number }>`
    select state, answer, count(*)::integer as n, (count(*) filter (where state = 'answered' and decided_at is not null and answer in ('cannot-tell', 'unreachable')))::integer as unsettled,
      (count(*) filter (where state <> 'closed' and due_on < (now() at time zone 'Asia/Shanghai')::date))::integer as overdue, (count(*) filter (where times_reopened > 0))::integer as reopened
    from case_file where county = ${county} group by 1, 2`.execute(tx);
  const sum = (pick: (row: (typeof rows)[number]) => number): number => rows.reduce((total, row) => total + pick(row), 0);
  const inState = (state: string): number => sum((row) => (row.state === state ? row.n : 0));
  const answers: Record<string, number> = {};
  for (const row of rows) if (row.answer !== null) answers[row.answer] = (answers[row.answer] ?? 0) + row.n;
  return { open: inState("open"), answered: inState("answered"), closed: inState("closed"), unsettled: sum((row) => row.unsettled), overdue: sum((row) => row.overdue), reopened: sum((row) => row.reopened), answers };
}

const dutyIn = (duty: string, county: number): Actor => systemActor(duty, county * 1e6, county * 1e6 + 999_999);
const textsOf = (value: unknown): string[] => (Array.isArray(value) ? value.filter((each) => typeof each === "string") : []);

/** A list was matched: its findings become cases. */
export async function onMatchFinished(platform: Platform, events: readonly JournalEvent[]): Promise<void> {
  for (const county of new Set(events.map((event) => event.county))) await platform.database.write(dutyIn("cases", county), (tx) => openCases(tx, platform, { county }));
}

/** The check closed findings: cases that have no open one left are closed. */
export async function onFindingClosed(platform: Platform, events: readonly JournalEvent[]): Promise<void> {
  for (const [county, ofCounty] of Map.groupBy(events, (event) => event.county)) {
    const named = ofCounty.flatMap((event) => textsOf(event.data["cases"]));
    const findings = ofCounty.flatMap((event) => textsOf(event.data["findings"]));
    await platform.database.write(dutyIn("cases", county), async (tx) => {
      // A finding may have got its case after the fact was written.
      const { rows } = await sql<{ caseId: string }>`select distinct case_id from finding where county = ${county} and id = any(${findings}::uuid[]) and case_id is not null`.execute(tx);
      const cases = [...new Set([...named, ...rows.map((row) => row.caseId)])];
      if (cases.length > 0) await closeSettledCases(tx, county, cases);
    });
  }
}

/**
 * A correction is in the register: cases answered “corrected”, accepted by the county, whose findings still differ are open again.
 * The check runs first, for this fact may be seen before the check saw it.
 */
export async function onCorrectionAccepted(platform: Platform, events: readonly JournalEvent[]): Promise<void> {
  for (const [county, ofCounty] of Map.groupBy(events, (event) => event.county)) {
    const records = [...new Set(ofCounty.flatMap((event) => event.recordId ?? []))];
    await platform.database.write(dutyIn("cases", county), async (tx) => {
      const claimed = await queries.claimedCorrected(tx, county, records);
      if (claimed.length === 0) return;
      await recheck(tx, platform, { county, recordIds: claimed });
      await reopen(tx, county, { records: claimed });
    });
  }
}

/** A person was handed over: the findings and cases that hang on the record go to the office that has it now. */
export async function onHandedOver(platform: Platform, events: readonly JournalEvent[]): Promise<void> {
  for (const [county, ofCounty] of Map.groupBy(events, (event) => event.county)) {
    const records = [...new Set(ofCounty.flatMap((event) => event.recordId ?? []))];
    await platform.database.write(dutyIn("cases", county), async (tx) => {
      await moveFindings(tx, county, records);
      await queries.moveCases(tx, county, records);
    });
  }
}
