// The county's decision on answers, one or many. Accepting runs the check at once with what was confirmed or corrected; only the check
// closes findings, and only closed findings close a case.
import type { BodyOf } from "../../core/route.ts";
import { Problem } from "../../core/problem.ts";
import { audit, partOfOneAct } from "../../platform/audit.ts";
import type { Tx } from "../../platform/database.ts";
import { emit } from "../../platform/journal.ts";
import type { Platform } from "../../platform/platform.ts";
import { recheck } from "../matching/service.ts";
import { outcomeOf, refuseDesignation, type Outcome, type Result } from "./answers.ts";
import { getCase, type CaseView } from "./case-view.ts";
import type { decideCase as decideRoute, decideCases as manyRoute } from "./contract.ts";
import { caseEvents } from "./events.ts";
import * as queries from "./queries.ts";
import { closedCaseMove } from "./rules.ts";
import { closeSettledCases, factOf, reopenContradicted } from "./settling.ts";

type At = { readonly county: number; readonly id: string };

async function decide(tx: Tx, platform: Platform, county: number, ids: readonly string[], accept: boolean, note: string | undefined): Promise<Result[]> {
  refuseDesignation(note);
  const files = new Map((await queries.lockCasesOf(tx, county, ids)).map((each) => [each.id, each]));
  const changed = accept ? await queries.changedSinceAnswered(tx, county, [...files.keys()]) : new Set<string>();
  const whyNot = (file: queries.CaseRecord | undefined): Problem | undefined => {
    if (file === undefined) return new Problem("not-found");
    const closed = closedCaseMove("decide", file.state);
    if (closed !== undefined) return new Problem("move-not-possible", closed);
    if (file.answeredBy === tx.actor.account) return new Problem("same-person", { zh: "答复人不能认定自己的答复", en: "Who answered a case cannot decide it" });
    if (file.decidedBy !== null) return new Problem("move-not-possible", { zh: "该答复已认定", en: "This answer is decided already" });
    return changed.has(file.id) ? new Problem("changed-meanwhile", { zh: "答复之后档案又有修订，请退回重新答复", en: "The record changed after the answer; send the case back" }) : undefined;
  };
  const results = ids.map((id): Result => {
    const problem = whyNot(files.get(id));
    return problem === undefined ? { id } : { id, problem };
  });
  const decided = results.flatMap(({ id, problem }) => (problem === undefined ? (files.get(id) ?? []) : []));
  if (decided.length === 0) return results;
  const decidedIds = decided.map((file) => file.id);
  if (accept) {
    await queries.markDecided(tx, county, decidedIds);
    const open = await queries.openFindingsByAnswer(tx, county, decidedIds);
    const of = (confirmed: boolean): string[] => open.flatMap((finding) => ((finding.answer === "confirm-ours") === confirmed ? [finding.id] : []));
    const [toConfirm, toCheck] = [of(true), of(false)];
    if (toConfirm.length > 0) await recheck(tx, platform, { county, findingIds: toConfirm, confirmed: true });
    if (toCheck.length > 0) await recheck(tx, platform, { county, findingIds: toCheck });
  } else await queries.sendBack(tx, county, decidedIds);
  await queries.addSteps(tx, county, decided.map((file) => ({ case: file.id, area: file.area, kind: accept ? ("accepted" as const) : ("sent-back" as const), ...(note !== undefined && { note }) })));
  await emit(tx, decided.map((file) => factOf(file, county, caseEvents.decided, { accept, answer: file.answer })));
  if (accept) {
    await closeSettledCases(tx, county, decidedIds);
    await reopenContradicted(tx, county, { cases: decidedIds });
  }
  return results;
}

/**
 * The county accepts an answer, and the check runs at once; or sends it back. The one who answered cannot decide.
 * @throws Problem not-found, move-not-possible, same-person, changed-meanwhile, unit-designation
 */
export async function decideCase(tx: Tx, platform: Platform, { county, id }: At, input: BodyOf<typeof decideRoute>): Promise<CaseView> {
  const [result] = await decide(tx, platform, county, [id], input.accept, input.note);
  if (result?.problem !== undefined) throw result.problem;
  const view = await partOfOneAct(tx, () => getCase(tx, platform, county, id));
  await audit(tx, { action: "case.decide", county, area: view.case.area.code, ...(view.case.record !== undefined && { recordId: view.case.record }), detail: { case: id, accept: input.accept } });
  return view;
}

/** Up to 500 answers at once; each is checked singly, and those that cannot be decided are named with the reason. @throws Problem unit-designation */
export async function decideCases(tx: Tx, platform: Platform, county: number, input: BodyOf<typeof manyRoute>): Promise<Outcome> {
  const ids = [...new Set(input.cases)];
  const results = await decide(tx, platform, county, ids, input.accept, input.note);
  await audit(tx, { action: "case.decide-many", county, people: ids.length, detail: { accept: input.accept, cases: results.flatMap(({ id, problem }) => (problem === undefined ? [id] : [])) } });
  return outcomeOf(tx, county, results);
}
