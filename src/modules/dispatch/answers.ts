// Answers to cases, one or many equal ones with the same note and paper. However many, each case is checked singly.
import type { BodyOf, ReplyOf } from "../../core/route.ts";
import { Problem, problems } from "../../core/problem.ts";
import { scanFreeText } from "../../core/unit-designation.ts";
import { audit, partOfOneAct } from "../../platform/audit.ts";
import type { Tx } from "../../platform/database.ts";
import { emit } from "../../platform/journal.ts";
import type { UploadedFile } from "../../platform/http.ts";
import type { Platform } from "../../platform/platform.ts";
import { patternsOf } from "../matching/service.ts";
import { withoutPngTexts, withoutSideData } from "../records/service.ts";
import { getCase, type CaseView } from "./case-view.ts";
import type { answerCase as answerRoute, answerCases as manyRoute } from "./contract.ts";
import { caseEvents } from "./events.ts";
import * as queries from "./queries.ts";
import { closedCaseMove, mostAtOnce, needsProof } from "./rules.ts";
import { factOf } from "./settling.ts";

type At = { readonly county: number; readonly id: string };
type Given = BodyOf<typeof answerRoute>;
/** What became of one case: its problem, or none. */
export type Result = { readonly id: string; readonly problem?: Problem };
export type Outcome = ReplyOf<typeof manyRoute>;

export function refuseDesignation(text: string | undefined): void {
  if (text !== undefined && scanFreeText(text).verdict === "refuse") throw new Problem("unit-designation");
}

/** Papers are pictures or PDF, told by their first bytes. */
function proofKind(bytes: Buffer): string | undefined {
  if (bytes.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff]))) return "image/jpeg";
  if (bytes.subarray(0, 8).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]))) return "image/png";
  return bytes.subarray(0, 5).toString("latin1") === "%PDF-" ? "application/pdf" : undefined;
}

/** The picture without captions and what a camera wrote beside it; a PDF as it is. @throws Problem proof-missing when it is damaged */
function paperOnly(bytes: Buffer, mime: string): Buffer {
  const clean = mime === "image/jpeg" ? withoutSideData(bytes) : mime === "image/png" ? withoutPngTexts(bytes) : bytes;
  if (clean === undefined) throw new Problem("proof-missing", { zh: "证明材料的图片已损坏，请重新拍摄", en: "The picture of the proof is damaged; take it again" });
  return clean;
}

/** @throws Problem proof-missing when the answer needs a paper and none came, or it is none */
function paperOf(answer: Given["answer"], file: UploadedFile | undefined): { readonly mime: string; readonly bytes: Buffer } | undefined {
  if (file === undefined) {
    if (needsProof.includes(answer)) throw new Problem("proof-missing");
    return undefined;
  }
  const mime = proofKind(file.bytes);
  if (mime === undefined) throw new Problem("proof-missing", { zh: "证明材料须为 JPEG、PNG 图片或 PDF", en: "The proof must be a JPEG or PNG picture or a PDF" });
  return { mime, bytes: paperOnly(file.bytes, mime) };
}

const notCorrected = (): Problem => new Problem("move-not-possible", { zh: "档案在发现问题之后还没有修订，请先修订档案", en: "The record has not been corrected since the findings were raised; correct it first" });
const notAlike = (): Problem => new Problem("move-not-possible", { zh: "与其他任务不同类，请单独答复", en: "Not equal to the other cases; answer it by itself" });
const notOpen = (): Problem => new Problem("move-not-possible", { zh: "已答复，不能批量更改", en: "Answered already; many answers are not changed at once" });

/** @param alike only cases that are open and equal to the first are answered */
async function answer(tx: Tx, platform: Platform, county: number, ids: readonly string[], input: Given, file: UploadedFile | undefined, alike: boolean): Promise<Result[]> {
  refuseDesignation(input.note);
  const files = new Map((await queries.lockCasesOf(tx, county, ids)).map((each) => [each.id, each]));
  const corrected = input.answer === "correct-ours" ? await queries.correctedSince(tx, county, [...files.keys()]) : undefined;
  const patterns = alike ? await patternsOf(tx, platform, county, [...files.keys()]) : undefined;
  const first = patterns === undefined ? undefined : ids.map((id) => patterns.get(id)?.text).find((text) => text !== undefined);
  const whyNot = (each: queries.CaseRecord | undefined): Problem | undefined => {
    if (each === undefined) return new Problem("not-found");
    const closed = closedCaseMove("answer", each.state);
    if (closed !== undefined) return new Problem("move-not-possible", closed);
    if (patterns !== undefined && each.state !== "open") return notOpen();
    if (patterns !== undefined && patterns.get(each.id)?.text !== first) return notAlike();
    return corrected === undefined || corrected.has(each.id) ? undefined : notCorrected();
  };
  const results = ids.map((id): Result => {
    const problem = whyNot(files.get(id));
    return problem === undefined ? { id } : { id, problem };
  });
  const done = results.flatMap(({ id, problem }) => (problem === undefined ? (files.get(id) ?? []) : []));
  const only = results.length === 1 ? results[0]?.problem : undefined;
  if (only !== undefined && !alike) throw only;
  const paper = paperOf(input.answer, file);
  if (done.length === 0) return results;
  const proof = paper === undefined ? undefined : await platform.blobs.put(county, paper.bytes);
  await queries.storeAnswers(tx, county, done.map((each) => each.id), { answer: input.answer, note: input.note, proof, mime: paper?.mime });
  await queries.addSteps(tx, county, done.map((each) => ({ case: each.id, area: each.area, kind: "answered" as const, note: input.note })));
  await emit(tx, done.map((each) => factOf(each, county, caseEvents.answered, { answer: input.answer, ...(alike && { together: done.length }) })));
  return results;
}

/**
 * What the office found out. “Corrected” needs a revision newer than the findings; “ours is right” needs a paper.
 * An answer that is not decided yet may be replaced.
 * @throws Problem not-found, move-not-possible, proof-missing, unit-designation, disk-full
 */
export async function answerCase(tx: Tx, platform: Platform, { county, id }: At, input: Given, file: UploadedFile | undefined): Promise<CaseView> {
  await answer(tx, platform, county, [id], input, file, false);
  const view = await partOfOneAct(tx, () => getCase(tx, platform, county, id));
  await audit(tx, { action: "case.answer", county, area: view.case.area.code, ...(view.case.record !== undefined && { recordId: view.case.record }), detail: { case: id, answer: input.answer } });
  return view;
}

/** How each of the cases came out, in the order asked for. */
export async function outcomeOf(tx: Tx, county: number, results: readonly Result[]): Promise<Outcome> {
  const states = await queries.statesOf(tx, county, results.map((each) => each.id));
  const rows = results.map(({ id, problem }) => ({
    case: id,
    done: problem === undefined,
    ...(states.has(id) && { state: states.get(id) as "open" | "answered" | "closed" }),
    ...(problem && { problem: { code: problem.code, title: { ...problems[problem.code].title }, ...(problem.detail && { detail: { ...problem.detail } }) } }),
  }));
  return { asked: rows.length, done: rows.filter((row) => row.done).length, results: rows };
}

/**
 * One note and one paper for up to 500 equal cases: the same findings with the same value pattern of theirs. Each is checked singly;
 * those that cannot be answered so are named with the reason and stay as they are.
 * @throws Problem bad-request (no list of ids, or too many), proof-missing, unit-designation, disk-full
 */
export async function answerCases(tx: Tx, platform: Platform, county: number, input: BodyOf<typeof manyRoute>, file: UploadedFile | undefined): Promise<Outcome> {
  const ids = [...new Set(input.cases.split(",").filter((id) => id !== ""))];
  if (ids.length === 0 || ids.length > mostAtOnce || !ids.every((id) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id))) throw new Problem("bad-request");
  if (input.note.trim() === "" || !["correct-ours", "confirm-ours", "cannot-tell", "unreachable"].includes(input.answer)) throw new Problem("bad-request");
  const results = await answer(tx, platform, county, ids, input, file, true);
  await audit(tx, { action: "case.answer-many", county, people: ids.length, detail: { answer: input.answer, cases: results.flatMap(({ id, problem }) => (problem === undefined ? [id] : [])) } });
  return outcomeOf(tx, county, results);
}
