// Signed authorisations for economic checks: from the records that hold the signatures, or from papers the county enters. A department's
// row is matched only while its person has one in force; the others are left out and counted.
import { sql } from "kysely";
import Papa from "papaparse";
import { countyOf } from "../../core/area-code.ts";
import { checkCitizenId, normaliseCitizenId } from "../../core/citizen-id.ts";
import { newId } from "../../core/ids.ts";
import { Problem } from "../../core/problem.ts";
import { isDate } from "../../core/time.ts";
import { audit } from "../../platform/audit.ts";
import type { Actor, Tx } from "../../platform/database.ts";
import type { Platform } from "../../platform/platform.ts";
import type { Answers, Group } from "../../scheme/model.ts";
import { campaignOf } from "../campaigns/service.ts";
import { streamHeads } from "../records/service.ts";
import { maySign, needsAuthorisation } from "./rules.ts";

type New = { readonly digest: string; readonly from: string; readonly to: string; readonly document: string; readonly record: string | null; readonly area: number };

/** Digests (hexadecimal) of the people who may be asked about today. */
export async function authorisedPeople(tx: Tx, county: number, scheme: string, today: string): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ digest: string }>`select distinct encode(person_digest, 'hex') as digest from authorisation
    where county = ${county} and scheme = ${scheme} and revoked_at is null and from_on <= ${today}::date and to_on >= ${today}::date`.execute(tx);
  return new Set(rows.map((row) => row.digest));
}

/** Enters papers signed outside the records. @throws Problem not-allowed, bad-request (a number that is none, a period that ends before it begins) */
export async function enterAuthorisations(tx: Tx, platform: Platform, given: { readonly campaign: string; readonly fromOn: string; readonly toOn: string; readonly document: string; readonly idNumbers: readonly string[] }): Promise<{ entered: number }> {
  if (!maySign(tx.actor)) throw new Problem("not-allowed");
  const campaign = await campaignOf(tx, given.campaign);
  if (given.toOn < given.fromOn) throw new Problem("bad-request", { zh: "截止日期不能早于起始日期", en: "The period ends before it begins" });
  const numbers = given.idNumbers.map((number) => normaliseCitizenId(number));
  const wrong = numbers.findIndex((number) => !checkCitizenId(number).ok);
  if (wrong >= 0) throw new Problem("bad-request", { zh: `第${wrong + 1}个身份证号有误`, en: `Number ${wrong + 1} is no valid ID number` });
  const county = countyOf(tx.actor.area);
  await insert(tx, county, campaign.scheme, numbers.map((number) => ({ digest: platform.keys.blind(number).toString("hex"), from: given.fromOn, to: given.toOn, document: given.document.trim(), record: null, area: tx.actor.area })));
  await audit(tx, { action: "authorisation.enter", county, area: tx.actor.area, people: numbers.length, detail: { scheme: campaign.scheme, from: given.fromOn, to: given.toOn } });
  return { entered: numbers.length };
}

/** Everything signed on a paper ends. @throws Problem not-allowed, not-found */
export async function revokeAuthorisations(tx: Tx, given: { readonly campaign: string; readonly document: string; readonly reason: string }): Promise<{ revoked: number }> {
  if (!maySign(tx.actor)) throw new Problem("not-allowed");
  const { scheme } = await campaignOf(tx, given.campaign);
  const county = countyOf(tx.actor.area);
  const { numUpdatedRows } = await tx.updateTable("authorisation").set({ revokedAt: sql<Date>`now()`, revokedBecause: given.reason }).where("county", "=", county).where("scheme", "=", scheme).where("document", "=", given.document).where("revokedAt", "is", null).executeTakeFirst();
  if (numUpdatedRows === 0n) throw new Problem("not-found");
  await audit(tx, { action: "authorisation.revoke", county, area: tx.actor.area, people: Number(numUpdatedRows), detail: { scheme } });
  return { revoked: Number(numUpdatedRows) };
}

/** The same paper again takes its period; what was taken back stands again only when it was signed anew, later. */
const insert = (tx: Tx, county: number, scheme: string, rows: readonly New[]) =>
  sql`insert into authorisation (county, id, area, scheme, person_digest, from_on, to_on, document, record_id, entered_by)
    select distinct on (x.digest, x.document) ${county}, x.id, x.area, ${scheme}, decode(x.digest, 'hex'), x.from_on, x.to_on, x.document, x.record, ${tx.actor.account}
    from json_to_recordset(${JSON.stringify(rows.map((row) => ({ id: newId(), area: row.area, digest: row.digest, from_on: row.from, to_on: row.to, document: row.document, record: row.record })))}::json)
      as x (id uuid, area bigint, digest text, from_on date, to_on date, document text, record uuid)
    order by x.digest, x.document, x.to_on desc
    on conflict on constraint authorisation_once_per_paper do update set from_on = excluded.from_on, to_on = excluded.to_on,
      revoked_at = case when authorisation.revoked_because = 'record' or excluded.from_on > authorisation.from_on then null else authorisation.revoked_at end,
      revoked_because = case when authorisation.revoked_because = 'record' or excluded.from_on > authorisation.from_on then null else authorisation.revoked_because end`.execute(tx);

/**
 * Reads the signatures of the round's households (authorisations with signature, day and end, by member) into the table; what a record no
 * longer says ends. Nothing happens for departments that need none.
 */
export async function gatherAuthorisations(platform: Platform, actor: Actor, at: { readonly county: number; readonly campaign: string; readonly department: string }): Promise<void> {
  const { scheme } = await platform.database.read(actor, (tx) => campaignOf(tx, at.campaign));
  if (!needsAuthorisation(scheme, at.department)) return;
  await streamHeads(platform, actor, { county: at.county, campaign: at.campaign, purpose: "authorisation" }, async (heads) => {
    const rows = heads.flatMap((head) => signedIn(head.answers).map((one): New => ({ digest: platform.keys.blind(one.idNumber).toString("hex"), from: one.from, to: one.to, document: `record:${head.recordId}:${one.no}`, record: head.recordId, area: head.area })));
    await platform.database.write(actor, async (tx) => {
      await sql`update authorisation set revoked_at = now(), revoked_because = 'record' where county = ${at.county} and scheme = ${scheme} and revoked_at is null
        and record_id = any(${heads.map((head) => head.recordId)}::uuid[]) and document <> all(${rows.map((row) => row.document)}::text[])`.execute(tx);
      if (rows.length > 0) await insert(tx, at.county, scheme, rows);
    });
  });
}

type Signed = { readonly no: number; readonly idNumber: string; readonly from: string; readonly to: string };
/** Members of a household who signed, with the period they signed for. */
export function signedIn(answers: Answers): readonly Signed[] {
  const rows = (section: string): readonly Group[] => {
    const value = answers["household"]?.[section];
    return Array.isArray(value) ? (value as readonly Group[]) : [];
  };
  const members = new Map(rows("members").map((member, i) => [Number(member["member_no"] ?? i + 1), member]));
  return rows("authorisations").flatMap((row): Signed[] => {
    const [no, from, to] = [Number(row["member_no"]), row["signed_on"], row["expires_on"]];
    const idNumber = members.get(no)?.["id_number"];
    if (!row["signature"] || typeof from !== "string" || typeof to !== "string" || !isDate(from) || !isDate(to) || to < from || typeof idNumber !== "string" || !checkCitizenId(idNumber).ok) return [];
    return [{ no, idNumber, from, to }];
  });
}

/** The prepared rows of people with an authorisation; the others are counted. Rows without a valid number have nothing to show one by. */
export function withAuthorisation(platform: Platform, prepared: Buffer, idField: string, people: ReadonlySet<string>): { readonly kept: Buffer; readonly leftOut: number } {
  const { data } = Papa.parse<string[]>(prepared.toString("utf8"), { skipEmptyLines: true });
  const at = data[0]?.indexOf(idField) ?? -1;
  const isAuthorised = (cells: readonly string[]): boolean => checkCitizenId(cells[at] ?? "").ok && people.has(platform.keys.blind(cells[at] ?? "").toString("hex"));
  const kept = data.filter((cells, i) => i === 0 || isAuthorised(cells));
  return { kept: Buffer.from(`${Papa.unparse(kept, { newline: "\n" })}\n`), leftOut: data.length - kept.length };
}
