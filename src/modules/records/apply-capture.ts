// A capture that was made at a terminal some time ago: taken as it is when the office has not moved on, merged by field when it has, and
// kept apart when both changed the same or the record is past capturing. Nothing is overwritten that the collector had not seen.
import { sql } from "kysely";
import { Problem } from "../../core/problem.ts";
import type { Tx } from "../../platform/database.ts";
import type { Platform } from "../../platform/platform.ts";
import { carryForward } from "../../scheme/carry.ts";
import type { Answers, Scheme } from "../../scheme/model.ts";
import { loadScheme, versionsOf } from "../schemes/service.ts";
import { decideBrought } from "./brought.ts";
import { addPerson, captureInto, type Later, mutable } from "./capture.ts";
import { type Applied, keepVersion, type TerminalCapture } from "./kept.ts";
import { lockRecord } from "./queries.ts";
import { type KeptReason, moves } from "./rules.ts";
import { answersOfRevision, headOf } from "./sheet.ts";
import { demandOpenEntry } from "./standing.ts";

/**
 * Applies one capture under the collector's rights of this moment. Runs inside the caller's transaction, once for each piece of work.
 * With `later` what is taken is stored by `storeLater`.
 * @throws Problem as `saveCapture`, when the work must go back to the collector; bad-request when it says it began from what the office never gave
 */
export async function applyCapture(tx: Tx, platform: Platform, input: TerminalCapture, later?: Later): Promise<Applied> {
  const record = await lockRecord(tx, input.county, input.id);
  if (!record) return addFresh(tx, platform, input, later);
  const { definition } = await loadScheme(tx, record.scheme, record.version);
  const brought = await inVersion(tx, record, definition, input);
  const start = await answersOfRevision(tx, platform, { ...record, no: input.basedOn });
  if (start === undefined) throw notOurs();
  const alone = record.head === input.basedOn;
  const ours = alone ? start : headOf(platform.keys, record);
  const decision = decideBrought(definition, { start, ours, ...brought, open: moves.capture.from.includes(record.state) });
  const keep = (why: KeptReason, paths: readonly string[]): Promise<Applied> => keepVersion(tx, platform, record, definition, { ...input, ...brought, why, paths });
  if (decision.kind === "not-ours") throw notOurs();
  if (decision.kind === "keep-apart") return keep(decision.why, decision.paths);
  const nothingNew = decision.kind === "nothing-new" || (!alone && decision.taken.length === 0 && !input.submit);
  if (nothingNew) return { outcome: "unchanged", head: record.head, state: record.state, issues: mutable(record.issues), paths: [] };
  demandOpenEntry(tx, platform, record, input);
  if (!alone) await sql`savepoint before_capture`.execute(tx);
  try {
    const reply = await captureInto(tx, platform, record, { ...input, answers: decision.answers }, {}, later);
    return { outcome: alone ? "applied" : "merged", head: reply.head, state: reply.state, issues: reply.issues, paths: decision.taken };
  } catch (error) {
    // Faults that only the merge made are nobody's mistake: the office looks at both.
    if (alone || !(error instanceof Problem) || error.code !== "record-has-issues") throw error;
    await sql`rollback to savepoint before_capture`.execute(tx);
    return keep("faults", decision.taken);
  }
}

const notOurs = (): Problem => new Problem("bad-request", { zh: "终端所用的底稿与办公室发出的不一致，未予采用", en: "The terminal did not begin from what the office had given it; nothing was taken" });

async function addFresh(tx: Tx, platform: Platform, input: TerminalCapture, later: Later | undefined): Promise<Applied> {
  if (!input.fresh) throw new Problem("not-found");
  const { campaign, area } = input.fresh;
  const { definition } = await loadScheme(tx, campaign.scheme, campaign.version);
  const { theirs, dropped } = await inVersion(tx, campaign, definition, input);
  const reply = await addPerson(tx, platform, { ...input, answers: theirs, campaign, area, submit: input.submit && dropped.length === 0 }, later);
  return { outcome: "applied", head: reply.head, state: reply.state, issues: reply.issues, paths: [] };
}

type InVersion = { readonly given: Answers; readonly theirs: Answers; readonly dropped: readonly string[] };
const VERSIONS_BACK = 2;

/** The terminal's answers under the record's version of the scheme. Up to two published versions back are accepted. */
async function inVersion(tx: Tx, record: { readonly scheme: string; readonly version: string }, definition: Scheme, input: TerminalCapture): Promise<InVersion> {
  const [given, theirs] = [asAnswers(input.given), asAnswers(input.answers)];
  if (input.version === record.version) return { given, theirs, dropped: [] };
  const back = (await versionsOf(tx, record.scheme)).indexOf(input.version);
  if (back < 0 || back > VERSIONS_BACK) throw new Problem("bad-request", { zh: "终端上的方案版本过旧或不是本系统发布的，请更新终端后重新采集", en: "The terminal's version of the scheme is too old or not one of this office; update the terminal and capture again" });
  const { definition: theirScheme } = await loadScheme(tx, record.scheme, input.version);
  const now = carryForward(theirScheme, definition, theirs);
  return { given: carryForward(theirScheme, definition, given).answers, theirs: now.answers, dropped: now.dropped.map((one) => one.path) };
}

const asAnswers = (value: unknown): Answers => (typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Answers) : {});
