// Pairs that the engine leaves to a person: shown side by side, decided once, and then treated like any other link.
import type { BodyOf, ReplyOf } from "../../core/route.ts";
import { maskId } from "../../core/citizen-id.ts";
import { maskPhone } from "../../core/names.ts";
import { Problem } from "../../core/problem.ts";
import type { Answers } from "../../scheme/model.ts";
import { audit } from "../../platform/audit.ts";
import type { Tx } from "../../platform/database.ts";
import { emit } from "../../platform/journal.ts";
import type { Platform } from "../../platform/platform.ts";
import { areaNames } from "../areas/service.ts";
import { headAnswers } from "../records/service.ts";
import type { State } from "../records/rules.ts";
import type { decidePair as decidePairRoute, listPairs as listPairsRoute } from "./contract.ts";
import { matchEvents } from "./events.ts";
import { extractRows } from "./extract.ts";
import { groundOf, type Ground } from "./ground.ts";
import { headOf, judge, peopleOf, type Head, type Joined } from "./judge.ts";
import { personOfAnswers, personOfListRow, type Prepared } from "./prepare.ts";
import * as queries from "./queries.ts";
import { raise } from "./raise.ts";
import { recheck } from "./recheck.ts";
import type { ListRow } from "./values.ts";

const most = 500;
type Side = ReplyOf<typeof listPairsRoute>["rows"][number]["ours"];

async function finishedRun(tx: Tx, county: number, id: string): Promise<queries.Run> {
  const run = await queries.runOf(tx, county, id);
  if (run === undefined) throw new Problem("not-found");
  if (run.state !== "done") throw new Problem("move-not-possible", { zh: "比对尚未完成", en: "The run has not ended yet" });
  return run;
}

/** Names and dates in full, for that is what is decided by; numbers masked in the middle. The reading is recorded. @throws Problem not-found, move-not-possible */
export async function listPairs(tx: Tx, platform: Platform, county: number, id: string): Promise<ReplyOf<typeof listPairsRoute>> {
  const run = await finishedRun(tx, county, id);
  const ground = await groundOf(tx, platform, { county, campaign: run.campaignId, department: run.department });
  const links = await queries.doubtfulLinks(tx, county, id, most);
  if (links.length === 0) return { rows: [] };
  const wanted = new Set(links.map((link) => link.rowNo));
  const rows = new Map((await extractRows(tx, platform, county, run.batchId, wanted)).map((row) => [row.no, row]));
  const answers = await headAnswers(tx, platform, county, links.map((link) => link.recordId));
  const people = links.map((link) => ({ link, ours: personOfAnswers(ground.identity, answers.get(link.recordId) ?? {}), theirs: theirsOf(ground, rows.get(link.rowNo)) }));
  const areas = await areaNames(tx, people.flatMap(({ ours, theirs }) => [ours.area, theirs.area].filter((code) => code.length === 12).map(Number)));
  const side = (person: Prepared): Side => ({
    name: person.name || null,
    idNumber: person.id18 === "" ? null : maskId(person.id18),
    birth: person.birth || null,
    sex: ground.sets.get("sex")?.options.find((option) => option.code === person.sex)?.label.zh ?? (person.sex || null),
    phone: person.phone === "" ? null : maskPhone(person.phone),
    area: areas.get(Number(person.area))?.fullName ?? null,
  });
  await audit(tx, { action: "match.pairs", county, area: run.area, people: links.length, detail: { run: id } });
  return {
    rows: people.map(({ link, ours, theirs }) => ({
      row: link.rowNo,
      record: link.recordId,
      weight: link.weight,
      probability: link.probability,
      decision: link.decision,
      why: link.why as { zh: string; en: string },
      ours: side(ours),
      theirs: side(theirs),
    })),
  };
}

const theirsOf = (ground: Ground, row: ListRow | undefined): Prepared => personOfListRow(ground.department, ground.sets, row ?? { no: 0, cells: {} });

/**
 * Same person: the row's other doubtful pairs fall, and its values are compared as if it had been linked at once. Not the same:
 * both sides may now be missing on the other.
 * @throws Problem not-found, move-not-possible (decided already, or the row belongs to another record)
 */
export async function decidePair(tx: Tx, platform: Platform, county: number, id: string, input: BodyOf<typeof decidePairRoute>): Promise<ReplyOf<typeof decidePairRoute>> {
  const run = await finishedRun(tx, county, id);
  const ofRow = await queries.linksOfRows(tx, county, id, [input.row]);
  const link = ofRow.find((each) => each.recordId === input.record);
  if (link === undefined) throw new Problem("not-found");
  if (link.decision !== "review") throw new Problem("move-not-possible", { zh: "该配对已有结论", en: "This pair is decided already" });
  const sure = (each: queries.LinkRow): boolean => each.decision === "automatic" || each.decision === "confirmed";
  if (input.same && ofRow.some(sure)) throw new Problem("move-not-possible", { zh: "该行已与另一份档案对应", en: "This row belongs to another record already" });
  const falling = input.same ? ofRow.filter((each) => each.decision === "review" && each.recordId !== input.record).map((each) => each.recordId) : [];
  const decision = input.same ? "confirmed" : "rejected";
  await queries.decideLinks(tx, county, id, input.row, [input.record], decision);
  if (falling.length > 0) await queries.decideLinks(tx, county, id, input.row, falling, "rejected");
  await audit(tx, { action: "match.decide", county, area: link.area, recordId: input.record, people: 1 + falling.length, detail: { run: id, row: input.row, same: input.same } });
  const findings = await judgeAgain(tx, platform, run, [input.record, ...falling], input.row);
  return { decision, findings };
}

/** Judges these records and this row anew, with all their links of the run. @returns findings raised */
async function judgeAgain(tx: Tx, platform: Platform, run: queries.Run, recordIds: readonly string[], row: number): Promise<number> {
  const { county, id } = run;
  const ground = await groundOf(tx, platform, { county, campaign: run.campaignId, department: run.department });
  const links = (await queries.linksAround(tx, county, id, recordIds, row)).filter((link) => link.decision !== "rejected");
  const joined: Joined[] = links.map((link) => ({ recordId: link.recordId, row: link.rowNo, sure: link.decision !== "review" }));
  const wanted = new Set([row, ...joined.map((link) => link.row)]);
  const rows = new Map((await extractRows(tx, platform, county, run.batchId, wanted)).map((each) => [each.no, each]));
  const records = await queries.recordStates(tx, county, recordIds);
  const answers: ReadonlyMap<string, Answers> = await headAnswers(tx, platform, county, recordIds);
  const heads = new Map<string, Head>();
  for (const record of records) {
    const person = personOfAnswers(ground.identity, answers.get(record.recordId) ?? {});
    heads.set(record.recordId, headOf(ground, { ...record, state: record.state as State }, answers.get(record.recordId) ?? {}, person.valid ? person.id18 : undefined));
  }
  const raised = await raise(tx, platform, ground, id, judge(ground, platform.keys, heads, rows, peopleOf(ground, rows), joined), false);
  await recheck(tx, platform, { county, recordIds });
  if (raised.added > 0) await emit(tx, [{ kind: matchEvents.finished, area: run.area, county, data: { run: id, department: run.department, raised: raised.added } }]);
  return raised.added;
}
