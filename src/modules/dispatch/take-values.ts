// A departmental value never overwrites: it proposes. Taking it makes a correction of the record with the department as the source,
// and the correction goes through review like any other.
import type { BodyOf } from "../../core/route.ts";
import { Problem } from "../../core/problem.ts";
import type { Answers } from "../../scheme/model.ts";
import { audit, partOfOneAct } from "../../platform/audit.ts";
import type { Tx } from "../../platform/database.ts";
import type { Platform } from "../../platform/platform.ts";
import { proposalsOf, takenValues } from "../matching/service.ts";
import { openRecord, saveCapture } from "../records/service.ts";
import { getCase, type CaseView } from "./case-view.ts";
import type { takeValues as takeRoute } from "./contract.ts";
import * as queries from "./queries.ts";
import { closedCaseMove } from "./rules.ts";

/**
 * @throws Problem not-found, move-not-possible (closed, no record, nothing that can be taken over), and those of a correction:
 * changed-meanwhile, record-has-issues, remarks-unanswered, unit-designation
 */
export async function takeValues(tx: Tx, platform: Platform, { county, id }: { readonly county: number; readonly id: string }, input: BodyOf<typeof takeRoute>): Promise<CaseView> {
  const file = await queries.lockCase(tx, county, id);
  if (file === undefined) throw new Problem("not-found");
  const closed = closedCaseMove("answer", file.state);
  if (closed !== undefined) throw new Problem("move-not-possible", closed);
  if (file.recordId === null) throw new Problem("move-not-possible", { zh: "名册中没有此人，请新增", en: "The person is not in the register; add them" });
  const ofCase = new Set(await queries.findingIdsOf(tx, county, id));
  const proposals = await proposalsOf(tx, platform, county, input.findings.filter((finding) => ofCase.has(finding)));
  const { recordId } = file;
  const opened = await partOfOneAct(tx, () => openRecord(tx, platform, { county, id: recordId, for: "capture" }));
  const { answers, vouchedBy } = takenValues(opened.answers as Answers, proposals);
  const departments = [...new Set(Object.values(vouchedBy))];
  if (departments.length === 0) throw new Problem("move-not-possible", { zh: "没有可以直接采用的部门数据，请到档案中修订", en: "Nothing can be taken over as it is; correct the record by hand" });
  await partOfOneAct(tx, () => saveCapture(tx, platform, { county, id: recordId, basedOn: opened.record.head, answers, channel: "station", reason: input.reason, submit: true }, vouchedBy));
  await queries.addSteps(tx, county, [{ case: id, area: file.area, kind: "value-taken", note: input.reason }]);
  await audit(tx, { action: "case.take-values", purpose: "settle-case", county, area: file.area, recordId: file.recordId, detail: { case: id, paths: Object.keys(vouchedBy), departments } });
  return partOfOneAct(tx, () => getCase(tx, platform, county, id));
}
