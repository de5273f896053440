// Papers signed outside the records: the county's lead enters who signed, the scan, the days, and takes them back when somebody wishes so.
import { sql } from "kysely";
import { countyOf } from "../../core/area-code.ts";
import { checkCitizenId, maskId, normaliseCitizenId } from "../../core/citizen-id.ts";
import { Problem } from "../../core/problem.ts";
import type { BodyOf, ReplyOf } from "../../core/route.ts";
import { isDate } from "../../core/time.ts";
import { audit } from "../../platform/audit.ts";
import type { Tx } from "../../platform/database.ts";
import type { FileReply, UploadedFile } from "../../platform/http.ts";
import type { Platform } from "../../platform/platform.ts";
import { accountNames } from "../access/service.ts";
import { campaignOf } from "../campaigns/service.ts";
import type { enterAuthorisations as enterRoute, enterPaper as paperRoute, listAuthorisations as listRoute } from "./contract.ts";
import { agreementState, maySign } from "./rules.ts";
import { insertAuthorisations } from "./signatures.ts";

type Given = BodyOf<typeof enterRoute>;
type Paper = { readonly sha256: string; readonly mime: string };

/**
 * Enters who signed. Every number is checked; the people themselves are kept as digests, with their numbers masked for the eye.
 * @throws Problem not-allowed, bad-request (a number that is none, days that are none, a period that ends before it begins)
 */
export async function enterAuthorisations(tx: Tx, platform: Platform, given: Given, paper?: Paper): Promise<{ entered: number }> {
  if (!maySign(tx.actor)) throw new Problem("not-allowed");
  const campaign = await campaignOf(tx, given.campaign);
  if (!isDate(given.fromOn) || !isDate(given.toOn)) throw new Problem("bad-request", { zh: "日期应写作 2018-11-01", en: "Write days as 2018-11-01" });
  if (given.toOn < given.fromOn) throw new Problem("bad-request", { zh: "截止日期不能早于起始日期", en: "The period ends before it begins" });
  if (given.fromOn > platform.clock.today()) throw new Problem("bad-request", { zh: "签署日期不能晚于今天", en: "The paper cannot have been signed after today" });
  const numbers = given.idNumbers.map((number) => normaliseCitizenId(number));
  const wrong = numbers.findIndex((number) => !checkCitizenId(number).ok);
  if (wrong >= 0) throw new Problem("bad-request", { zh: `第${wrong + 1}个身份证号有误`, en: `Number ${wrong + 1} is no valid ID number` });
  const county = countyOf(tx.actor.area);
  await insertAuthorisations(tx, county, campaign.scheme, numbers.map((number) => ({ digest: platform.keys.blind(number).toString("hex"), from: given.fromOn, to: given.toOn, document: given.document.trim(), record: null, area: tx.actor.area, masked: maskId(number), ...(paper && { paper }) })));
  await audit(tx, { action: "authorisation.enter", county, area: tx.actor.area, people: numbers.length, detail: { scheme: campaign.scheme, from: given.fromOn, to: given.toOn, ...(paper && { paper: paper.sha256 }) } });
  return { entered: numbers.length };
}

const MOST_PEOPLE = 200;

/** The same with the scan of the paper. @throws Problem as above, file-not-readable when it is no picture and no PDF */
export async function enterPaper(tx: Tx, platform: Platform, given: BodyOf<typeof paperRoute>, file: UploadedFile | undefined): Promise<{ entered: number }> {
  if (!maySign(tx.actor)) throw new Problem("not-allowed");
  if (!file) throw new Problem("bad-request", { zh: "请选择授权书扫描件", en: "Choose the scan of the paper" });
  const mime = kindOf(file.bytes);
  if (mime === undefined) throw new Problem("file-not-readable", { zh: "扫描件应为 JPG、PNG 或 PDF", en: "The scan must be a JPG, PNG or PDF" });
  const idNumbers = given.idNumbers.split(/[\s,，;；、]+/u).filter((word) => word !== "");
  if (idNumbers.length === 0 || idNumbers.length > MOST_PEOPLE) throw new Problem("bad-request", { zh: `请填写1至${MOST_PEOPLE}个身份证号`, en: `Give 1 to ${MOST_PEOPLE} ID numbers` });
  if (given.document.trim() === "") throw new Problem("bad-request", { zh: "请填写授权书编号", en: "Give the paper's number" });
  const sha256 = await platform.blobs.put(countyOf(tx.actor.area), file.bytes);
  return enterAuthorisations(tx, platform, { ...given, idNumbers }, { sha256, mime });
}

function kindOf(bytes: Buffer): string | undefined {
  const head = bytes.toString("latin1", 0, 8);
  if (head.startsWith("\xff\xd8\xff")) return "image/jpeg";
  if (head === "\x89PNG\r\n\x1a\n") return "image/png";
  return head.startsWith("%PDF-") ? "application/pdf" : undefined;
}

/** Everything signed on a paper ends. @throws Problem not-allowed, not-found */
export async function revokeAuthorisations(tx: Tx, given: { readonly campaign: string; readonly document: string; readonly reason: string }): Promise<{ revoked: number }> {
  if (!maySign(tx.actor)) throw new Problem("not-allowed");
  const { scheme } = await campaignOf(tx, given.campaign);
  const county = countyOf(tx.actor.area);
  const { numUpdatedRows } = await tx.updateTable("authorisation").set({ revokedAt: sql<Date>`now()`, revokedBecause: given.reason }).where("county", "=", county).where("scheme", "=", scheme).where("document", "=", given.document).where("recordId", "is", null).where("revokedAt", "is", null).executeTakeFirst();
  if (numUpdatedRows === 0n) throw new Problem("not-found");
  await audit(tx, { action: "authorisation.revoke", county, area: tx.actor.area, people: Number(numUpdatedRows), detail: { scheme } });
  return { revoked: Number(numUpdatedRows) };
}

type PaperRow = { document: string; fromOn: string; toOn: string; people: number; masked: string[]; enteredBy: string; at: Date; revokedBecause: string | null; inForce: number; paper: boolean };
const SHOWN = 20;

/** The county's papers, the newest first, and how many people signed in the records themselves. @throws Problem not-allowed */
export async function listAuthorisations(tx: Tx, platform: Platform, campaignId: string): Promise<ReplyOf<typeof listRoute>> {
  if (!maySign(tx.actor)) throw new Problem("not-allowed");
  const { scheme } = await campaignOf(tx, campaignId);
  const [county, today] = [countyOf(tx.actor.area), platform.clock.today()];
  const { rows } = await sql<PaperRow>`
    select document, min(from_on) as from_on, max(to_on) as to_on, count(*)::int as people, coalesce((array_agg(id_masked order by id_masked) filter (where id_masked is not null))[1:${sql.lit(SHOWN)}], '{}') as masked,
      (array_agg(entered_by order by at))[1] as entered_by, min(at) as at, max(revoked_because) filter (where revoked_at is not null) as revoked_because,
      (count(*) filter (where revoked_at is null and from_on <= ${today}::date and to_on >= ${today}::date))::int as in_force, bool_or(paper_sha256 is not null) as paper
    from authorisation where county = ${county} and scheme = ${scheme} and record_id is null group by document order by min(at) desc, document limit 500`.execute(tx);
  const { rows: counted } = await sql<{ all: number; inForce: number }>`
    select count(distinct person_digest)::int as all, (count(distinct person_digest) filter (where revoked_at is null and from_on <= ${today}::date and to_on >= ${today}::date))::int as in_force
    from authorisation where county = ${county} and scheme = ${scheme} and record_id is not null`.execute(tx);
  const names = await accountNames(tx, rows.map((row) => row.enteredBy));
  await audit(tx, { action: "authorisation.list", county, area: tx.actor.area, people: rows.reduce((sum, row) => sum + row.people, 0), detail: { scheme } });
  return {
    rows: rows.map(({ at, enteredBy, revokedBecause, inForce, ...row }) => ({
      ...row,
      state: revokedBecause !== null && inForce === 0 ? "revoked" : agreementState({ fromOn: row.fromOn, toOn: row.toOn, revoked: false }, today),
      enteredBy: names.get(enteredBy) ?? enteredBy,
      at: at.toISOString(),
      ...(revokedBecause !== null && { revokedBecause }),
    })),
    records: { signed: counted[0]?.all ?? 0, inForce: counted[0]?.inForce ?? 0 },
  };
}

/** The scan of a paper. The reading is recorded. @throws Problem not-allowed, not-found */
export async function paperOf(tx: Tx, platform: Platform, given: { readonly campaign: string; readonly document: string }): Promise<FileReply> {
  if (!maySign(tx.actor)) throw new Problem("not-allowed");
  const { scheme } = await campaignOf(tx, given.campaign);
  const county = countyOf(tx.actor.area);
  const row = await tx.selectFrom("authorisation").select(["paperSha256", "paperMime"]).where("county", "=", county).where("scheme", "=", scheme).where("document", "=", given.document).where("paperSha256", "is not", null).executeTakeFirst();
  if (!row?.paperSha256 || !row.paperMime) throw new Problem("not-found");
  const bytes = await platform.blobs.get(county, row.paperSha256);
  await audit(tx, { action: "authorisation.paper", purpose: "authorisation", county, area: tx.actor.area, people: 1, detail: { scheme, sha256: row.paperSha256 } });
  return { fileName: `authorisation.${row.paperMime.split("/").at(-1)}`, mime: row.paperMime, bytes, inline: true };
}
