// A filled workbook comes back: each person in it becomes a draft, or changes the draft that is there, or is handed back whole with its
// reasons. Blank cells change nothing. The file itself is never stored.
import { sql } from "kysely";
import { countyOf } from "../../core/area-code.ts";
import { checkCitizenId } from "../../core/citizen-id.ts";
import type { Issue } from "../../core/issue.ts";
import { Problem, problems } from "../../core/problem.ts";
import type { ReplyOf } from "../../core/route.ts";
import { audit } from "../../platform/audit.ts";
import type { Tx } from "../../platform/database.ts";
import type { UploadedFile } from "../../platform/http.ts";
import type { Platform } from "../../platform/platform.ts";
import { openSpreadsheet } from "../../platform/spreadsheet.ts";
import type { Cell } from "../../platform/sheet-row.ts";
import { changedPaths } from "../../scheme/differences.ts";
import { answerAt } from "../../scheme/layout.ts";
import type { Answers, FormAnswers, Scheme } from "../../scheme/model.ts";
import { type Campaign, campaignOf } from "../campaigns/service.ts";
import { addPerson, headAnswers, lockRecord, saveCapture } from "../records/service.ts";
import { loadScheme } from "../schemes/service.ts";
import type { takeFilledWorkbook } from "./contract.ts";
import { MOST_SUBJECTS, type ReadSubject, readSheets, sheetsOf } from "./sheets.ts";

export type Taken = ReplyOf<typeof takeFilledWorkbook>;
type Row = Taken["rows"][number];
type Ground = { readonly tx: Tx; readonly platform: Platform; readonly campaign: Campaign; readonly scheme: Scheme };

/**
 * Takes in a workbook made from the template of the round's scheme; every person in it has one outcome: added, updated, unchanged or returned.
 * Drafts are saved, never submitted. About five milliseconds a person, in one transaction.
 * @throws Problem bad-request (no file), file-not-readable, sheet-not-found (no sheet of the template), file-too-large (more people than a workbook may hold)
 */
export async function takeFilled(tx: Tx, platform: Platform, input: { readonly campaign: string; readonly file: UploadedFile | undefined }): Promise<Taken> {
  if (!input.file) throw new Problem("bad-request", { zh: "请选择文件", en: "Choose a file" });
  const campaign = await campaignOf(tx, input.campaign);
  const { definition: scheme } = await loadScheme(tx, campaign.scheme, campaign.version);
  const subjects = readSheets(scheme, await filledSheets(scheme, input.file.bytes));
  if (subjects.length > MOST_SUBJECTS) throw new Problem("file-too-large", { zh: `一个工作簿最多${MOST_SUBJECTS}人，请分开上传`, en: `A workbook takes at most ${MOST_SUBJECTS} people; please split it` });
  const ground = { tx, platform, campaign, scheme };
  const rows: Row[] = [];
  for (const subject of subjects) rows.push(await takeOne(ground, subject));
  const count = (outcome: Row["outcome"]): number => rows.filter((row) => row.outcome === outcome).length;
  const counts = { people: rows.length, added: count("added"), updated: count("updated"), unchanged: count("unchanged"), returned: count("returned") };
  await audit(tx, { action: "record.take-workbook", area: tx.actor.area, people: rows.length, detail: { campaign: campaign.id, ...counts } });
  return { ...counts, rows };
}

async function filledSheets(scheme: Scheme, bytes: Buffer): Promise<{ name: string; rows: Cell[][] }[]> {
  const book = openSpreadsheet(bytes);
  const wanted = sheetsOf(scheme).filter((sheet) => book.sheets.includes(sheet.name));
  if (wanted.length === 0) throw new Problem("sheet-not-found");
  const sheets: { name: string; rows: Cell[][] }[] = [];
  for (const { name } of wanted) {
    const rows: Cell[][] = [];
    for await (const chunk of book.rows(name)) rows.push(...chunk.map((row) => [...row.cells]));
    sheets.push({ name, rows });
  }
  return sheets;
}

/** One person, in a savepoint: what a refusal had written is taken back, and the others stay. */
async function takeOne(ground: Ground, subject: ReadSubject): Promise<Row> {
  const { tx } = ground;
  const refused = subject.issues.filter((issue) => issue.severity === "block");
  if (refused.length > 0) return { number: subject.number, outcome: "returned", changed: 0, issues: copied(refused) };
  await sql`savepoint one_person`.execute(tx);
  try {
    const row = await save(ground, subject);
    await sql`release savepoint one_person`.execute(tx);
    return row;
  } catch (error) {
    if (!(error instanceof Problem) || error.status >= 500) throw error;
    await sql`rollback to savepoint one_person`.execute(tx);
    return { number: subject.number, outcome: "returned", changed: 0, issues: [...copied(error.issues), { severity: "block", code: error.code, paths: [], message: error.detail ?? problems[error.code].title }] };
  }
}

async function save(ground: Ground, { number, answers, issues }: ReadSubject): Promise<Row> {
  const { tx, platform, campaign, scheme } = ground;
  const known = await recordOf(ground, answers);
  if (known === undefined) {
    const area = homeOf(ground, answers);
    const reply = await addPerson(tx, platform, { campaign, area, answers, channel: "paper", submit: false });
    return { number, outcome: "added", county: reply.county, record: reply.id, changed: 0, issues: copied([...issues, ...reply.issues]) };
  }
  const before = (await headAnswers(tx, platform, known.county, [known.id])).get(known.id) ?? {};
  const after = overlaid(before, answers);
  const changed = changedPaths(scheme, before, after).length;
  if (changed === 0) return { number, outcome: "unchanged", county: known.county, record: known.id, changed, issues: copied(issues) };
  const reply = await saveCapture(tx, platform, { county: known.county, id: known.id, basedOn: known.head, answers: after, channel: "paper", submit: false });
  return { number, outcome: "updated", county: reply.county, record: reply.id, changed, issues: copied([...issues, ...reply.issues]) };
}

/** The record of the person's number in this round, inside the caller's area. */
async function recordOf({ tx, platform, campaign, scheme }: Ground, answers: Answers): Promise<{ county: number; id: string; head: number } | undefined> {
  const number = scheme.identity === undefined ? undefined : answerAt(answers, scheme.identity.idNumber);
  const checked = typeof number === "string" && scheme.unit !== "community" ? checkCitizenId(number) : undefined;
  const blind = scheme.unit === "community" && typeof number === "string" ? `area:${number}` : checked?.ok ? checked.id : undefined;
  if (blind === undefined) return undefined;
  const { rows } = await sql<{ county: number; id: string }>`
    select r.county, r.id from subject s join record r on r.county = s.county and r.subject_id = s.id and r.campaign_id = ${campaign.id}::uuid
    where s.id_digest = ${platform.keys.blind(blind)} and r.state <> 'duplicate' limit 1`.execute(tx);
  const [found] = rows;
  const record = found && (await lockRecord(tx, found.county, found.id));
  return record && { county: record.county, id: record.id, head: record.head };
}

/** Where a new person belongs: the area of registration inside the caller's own area, else the caller's area. */
function homeOf({ tx, scheme }: Ground, answers: Answers): number {
  const said = scheme.identity === undefined ? undefined : answerAt(answers, scheme.identity.area);
  const code = typeof said === "string" ? Number(said) : Number.NaN;
  return Number.isSafeInteger(code) && countyOf(code) === countyOf(tx.actor.area) && code >= tx.actor.lo && code <= tx.actor.hi ? code : tx.actor.area;
}

/** What was there, with every answered item of the workbook in its place; rows of a repeating section replace the rows. */
function overlaid(before: Answers, given: Answers): Answers {
  const forms = new Set([...Object.keys(before), ...Object.keys(given)]);
  return Object.fromEntries([...forms].map((form): [string, FormAnswers] => [form, { ...before[form], ...given[form] }]));
}

const copied = (issues: readonly Issue[]): Row["issues"] => issues.map((issue) => ({ ...issue, paths: [...issue.paths] }));
