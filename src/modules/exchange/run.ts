// Working a file off: each row checked, each row one outcome, a thousand rows and what they make in one transaction.
// A run that was ended anywhere begins again at the top, checks the same rows the same way and writes only those behind the last committed.
import { createHash } from "node:crypto";
import type { Text } from "../../core/issue.ts";
import { blocks } from "../../core/issue.ts";
import { Problem } from "../../core/problem.ts";
import { audit } from "../../platform/audit.ts";
import { type Actor, refreshStatistics, type Tx } from "../../platform/database.ts";
import { emit } from "../../platform/journal.ts";
import type { Platform } from "../../platform/platform.ts";
import type { Cell, SheetRow } from "../../platform/sheet-row.ts";
import { closing, type TaskRun } from "../../platform/queue.ts";
import { type Campaign, campaignOf } from "../campaigns/service.ts";
import { addBasePeople } from "../records/service.ts";
import { loadScheme } from "../schemes/service.ts";
import { agreementById } from "./agreements.ts";
import type { Reading } from "./arrived-file.ts";
import { answersOf, type CheckedRow, preparedLine, type RowChecker, rowChecker } from "./check-row.ts";
import { importEvents } from "./events.ts";
import { cellText, isBlank, REFUSED } from "./peek.ts";
import * as queries from "./queries.ts";
import { type OpenSheet, withSheet } from "./reading.ts";
import { type ImportKind, mayMove } from "./rules.ts";
import { type Mapping, type Target, targetsOf } from "./targets.ts";
import { supplierWords, withWords } from "./supplier.ts";
import * as say from "./wording.ts";

export type ImportInput = queries.BatchKey;
export type ImportResult = { readonly rows: number; readonly accepted: number; readonly returned: number; readonly refused: number; readonly faults: Readonly<Record<string, number>> };
type Task = Pick<TaskRun<ImportInput>, "actor" | "signal" | "progress">;

const ROWS_A_TRANSACTION = 1000;
const stage: Text = { zh: "正在导入", en: "Importing" };

/** Everything the run needs, read once. */
type Work = {
  readonly batch: queries.Batch;
  readonly campaign: Campaign;
  readonly targets: readonly Target[];
  readonly checker: RowChecker;
  readonly idHeading: string;
  readonly headingRow: number;
  readonly done: Awaited<ReturnType<typeof queries.committed>>;
};
/** What is gathered over the whole file, also over rows that an earlier run committed. */
type Gathered = { readonly seen: Map<string, number>; readonly prepared: string[]; readonly returned: string[]; refused: number };
type Judged = { readonly row: SheetRow; readonly checked: CheckedRow; readonly repeats: number | undefined };

/** The task of kind `import`. @throws Problem task-cancelled, file-not-readable, move-not-possible; the import is then `failed` and may be run again */
export async function runImport(platform: Platform, key: ImportInput, task: Task): Promise<ImportResult> {
  const { database } = platform;
  const finished = await database.read(task.actor, async (tx) => ((await queries.batchOf(tx, key))?.state === "done" ? await resultOf(tx, key) : undefined));
  if (finished) return finished;
  const work = await database.write(task.actor, (tx) => begin(tx, platform, key));
  try {
    const gathered = await workOff(platform, work, task);
    const result = await close(platform, work, gathered, task.actor);
    await database.write(task.actor, refreshStatistics);
    return result;
  } catch (error) {
    const retried = task.signal.aborted || (error instanceof Problem && error.code === "database-away");
    if (!retried) await database.write(closing(task.actor), (tx) => queries.setState(tx, key, "failed"));
    throw error;
  }
}

async function begin(tx: Tx, platform: Platform, key: ImportInput): Promise<Work> {
  const batch = await queries.lockedBatch(tx, key);
  if (!batch || batch.campaignId === null) throw new Problem("not-found");
  if (!mayMove("resume", batch.state)) throw new Problem("move-not-possible");
  if (batch.state === "failed") await queries.setState(tx, key, "running");
  const campaign = await campaignOf(tx, batch.campaignId);
  const { definition } = await loadScheme(tx, campaign.scheme, campaign.version);
  const kind = batch.kind as ImportKind;
  const targets = withWords(targetsOf(definition, kind, batch.department), kind === "extract" ? await supplierWords(tx, { ...batch, kind }) : new Map());
  const { columns, headingRow } = batch.headings as unknown as queries.StoredPeek;
  const fields = batch.agreementId === null ? undefined : (await agreementById(tx, batch.county, batch.agreementId))?.fields;
  const mapping = (batch.mapping as unknown as Mapping).filter((one) => fields?.includes(one.target) ?? true);
  const context = { scheme: definition, kind, county: batch.county, villages: await queries.villagesOf(tx, batch.county), today: platform.clock.today(), ...(isText(batch) && { width: columns.length }) };
  const idTarget = targets.find((target) => (kind === "base-list" ? target.target === definition.identity?.idNumber : target.field?.join === "id-number"));
  const idColumn = mapping.find((one) => one.target === idTarget?.target)?.column;
  const idHeading = columns.find((one) => one.column === idColumn)?.heading ?? idTarget?.label.zh ?? "";
  return { batch, campaign, targets, headingRow, idHeading, checker: rowChecker(context, targets, columns, mapping), done: await queries.committed(tx, key) };
}

const isText = (batch: queries.Batch): boolean => (batch.reading as unknown as Partial<Reading>).format === "csv";

const workOff = async (platform: Platform, work: Work, task: Task): Promise<Gathered> =>
  withSheet(platform, await fileOf(platform, work.batch), work.batch.sheet ?? "", (sheet) => workOffRows(platform, work, task, sheet));

async function workOffRows(platform: Platform, work: Work, task: Task, sheet: OpenSheet): Promise<Gathered> {
  const { done } = work;
  const expected = Math.max(0, sheet.expected - work.headingRow);
  const gathered: Gathered = { seen: new Map(), prepared: [`row_no,${work.targets.map((target) => target.target).join(",")}\n`], returned: [], refused: 0 };
  let waiting: Judged[] = [];
  let rows = 0;
  // While the database writes one thousand rows, the next are read and checked; commits stay in the order of the file.
  let writing: Promise<void> = Promise.resolve();
  const write = async (judged: readonly Judged[], sofar: number): Promise<void> => {
    const returned = await platform.database.write(task.actor, (tx) => writeRows(tx, platform, work, judged));
    for (const one of judged) gather(work, gathered, one, returned.has(one.row.no));
    await task.progress(stage, sofar, Math.max(sofar, expected));
  };
  const flush = async (): Promise<void> => {
    await writing;
    task.signal.throwIfAborted();
    if (waiting.length > 0) writing = write(waiting, rows);
    writing.catch(() => undefined); // it is awaited before the next write and at the end
    waiting = [];
  };
  try {
    for await (const chunk of sheet.rows) {
      for (const row of chunk) {
        if (row.no <= work.headingRow || isBlank(row)) continue;
        rows += 1;
        const judged = judge(work, gathered, row);
        if (row.no <= done.last) gather(work, gathered, judged, done.returned.has(row.no));
        else waiting.push(judged);
        if (waiting.length >= ROWS_A_TRANSACTION) await flush();
      }
    }
    await flush();
  } finally {
    await writing;
  }
  return gathered;
}

/** The file as it was sent; it is gone when the same file was worked off before and held what may not be kept. */
async function fileOf(platform: Platform, batch: queries.Batch): Promise<Buffer> {
  try {
    return await platform.blobs.get(batch.county, batch.fileSha256);
  } catch (error) {
    if (!(error instanceof Problem && error.code === "not-found")) throw error;
    throw new Problem("file-not-readable", { zh: "原文件已不再保存，请重新上传", en: "The file is no longer kept; upload it again" });
  }
}

/** Checks a row, and whether the file said it before: a base list by the number, a department's list by the whole row. */
function judge(work: Work, { seen }: Gathered, row: SheetRow): Judged {
  const checked = work.checker(row);
  if (blocks(checked.issues)) return { row, checked, repeats: undefined };
  const key = work.batch.kind === "base-list" ? checked.idNumber : createHash("sha1").update(preparedLine(0, work.targets, checked.values)).digest("base64");
  const first = key === undefined ? undefined : seen.get(key);
  if (key !== undefined && first === undefined) seen.set(key, row.no);
  return { row, checked, repeats: first };
}

function gather(work: Work, gathered: Gathered, { row, checked }: Judged, returned: boolean): void {
  gathered.refused += checked.refused.length;
  if (returned) gathered.returned.push(`${JSON.stringify([row.no, row.cells.map((cell, column) => (checked.refused.includes(column) ? REFUSED : plain(cell)))])}\n`);
  else if (work.batch.kind === "extract") gathered.prepared.push(`${preparedLine(row.no, work.targets, checked.values)}\n`);
}
const plain = (cell: Cell): Cell => (cell instanceof Date ? cellText(cell) : typeof cell === "string" && cell.length > 4000 ? `${cell.slice(0, 4000)}…` : cell);

/** Writes the outcomes of these rows, and the people they make; returns the numbers of the returned rows. */
async function writeRows(tx: Tx, platform: Platform, work: Work, judged: readonly Judged[]): Promise<Set<number>> {
  const { batch } = work;
  const good = judged.filter((one) => !blocks(one.checked.issues) && one.repeats === undefined);
  const people = batch.kind === "base-list" ? await addPeople(tx, platform, work, good) : undefined;
  const outcomes = judged.map(({ row, checked, repeats }): queries.Outcome => {
    if (blocks(checked.issues)) return { no: row.no, outcome: "returned", issues: checked.issues };
    if (repeats !== undefined) return { no: row.no, outcome: "returned", issues: [...checked.issues, say.duplicateInFile(work.idHeading, repeats)] };
    const subjectId = people?.added.get(row.no);
    if (people && subjectId === undefined) return { no: row.no, outcome: "returned", issues: [...checked.issues, say.alreadyListed(work.idHeading)] };
    return { no: row.no, outcome: "accepted", issues: checked.issues, ...(subjectId !== undefined && { subjectId }) };
  });
  await queries.insertOutcomes(tx, batch, outcomes);
  const returned = new Set(outcomes.flatMap((one) => (one.outcome === "returned" ? [one.no] : [])));
  await queries.addCounts(tx, batch, { rows: outcomes.length, accepted: outcomes.length - returned.size, returned: returned.size });
  return returned;
}

async function addPeople(tx: Tx, platform: Platform, work: Work, good: readonly Judged[]): Promise<{ readonly added: ReadonlyMap<number, string> }> {
  if (good.length === 0) return { added: new Map() };
  const { batch, campaign } = work;
  const people = good.map(({ row, checked }) => ({ index: row.no, area: batch.area, answers: answersOf(checked.values) }));
  const { added } = await addBasePeople(tx, platform, { campaign, batchId: batch.id, people });
  return { added: new Map(added.map((one) => [one.index, one.subjectId])) };
}

/** Keeps what the run made, then says it is done. The file itself goes when a cell of it named a military unit. */
async function close(platform: Platform, { batch }: Work, gathered: Gathered, actor: Actor): Promise<ImportResult> {
  const prepared = batch.kind === "extract" ? Buffer.from(gathered.prepared.join(""), "utf8") : undefined;
  const returnedRows = gathered.returned.length > 0 ? Buffer.from(gathered.returned.join(""), "utf8") : undefined;
  const made = { preparedSha256: prepared ? sha256Of(prepared) : null, returnedSha256: returnedRows ? sha256Of(returnedRows) : null };
  await announce(platform, batch, made, actor);
  for (const bytes of [prepared, returnedRows]) if (bytes) await platform.blobs.put(batch.county, bytes);
  const result = await platform.database.write(actor, async (tx) => {
    await queries.finish(tx, batch, { ...made, refused: gathered.refused, at: platform.clock.now() });
    const counts = await resultOf(tx, batch);
    const { rows, accepted, returned, refused } = counts;
    const data = { batch: batch.id, kind: batch.kind, ...(batch.department !== null && { department: batch.department }), rows, accepted, returned, refused };
    await emit(tx, [{ kind: importEvents.finished, area: batch.area, county: batch.county, data }]);
    await audit(tx, { action: "import.run", county: batch.county, area: batch.area, people: rows, detail: data, ...(batch.purpose !== null && { purpose: batch.purpose }) });
    return counts;
  });
  if (gathered.refused > 0) await platform.blobs.remove(batch.county, batch.fileSha256);
  return result;
}

type Made = { readonly preparedSha256: string | null; readonly returnedSha256: string | null };
const sha256Of = (bytes: Buffer): string => createHash("sha256").update(bytes).digest("hex");

/** The list says which files are its own before they are written, so that a wipe finds them although the run was ended in between. */
async function announce(platform: Platform, batch: queries.Batch, made: Made, actor: Actor): Promise<void> {
  const before = await platform.database.write(actor, async (tx) => {
    const now = await queries.lockedBatch(tx, batch);
    await queries.setFiles(tx, batch, made);
    return now;
  });
  for (const sha256 of [before?.preparedSha256, before?.returnedSha256]) {
    if (!sha256 || sha256 === made.preparedSha256 || sha256 === made.returnedSha256) continue;
    if (!(await platform.database.read(actor, (tx) => queries.keptElsewhere(tx, batch.county, sha256, batch.id)))) await platform.blobs.remove(batch.county, sha256);
  }
}

async function resultOf(tx: Tx, key: ImportInput): Promise<ImportResult> {
  const batch = await queries.batchOf(tx, key);
  if (!batch) throw new Problem("not-found");
  return { rows: batch.rows, accepted: batch.accepted, returned: batch.returned, refused: batch.refused, faults: await queries.faultCounts(tx, key) };
}
