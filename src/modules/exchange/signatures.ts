// Whose signatures stand in the records: read from where the scheme says that they are, before a list for an economic check is matched.
import { sql } from "kysely";
import { checkCitizenId } from "../../core/citizen-id.ts";
import { newId } from "../../core/ids.ts";
import { addYears, isDate } from "../../core/time.ts";
import type { Actor, Tx } from "../../platform/database.ts";
import type { Keys } from "../../platform/keys.ts";
import type { Platform } from "../../platform/platform.ts";
import type { Answers, Group, Scheme } from "../../scheme/model.ts";
import { campaignOf } from "../campaigns/service.ts";
import { streamHeads } from "../records/service.ts";
import { loadScheme } from "../schemes/service.ts";
import { needsAuthorisation } from "./rules.ts";

/** People are keyed digests in hexadecimal. */
export type Signed = { readonly digest: string; readonly from: string; readonly to: string; readonly mark: string };
export type Need = { readonly person: string; readonly adults: readonly string[] };
export type NewAuthorisation = { readonly digest: string; readonly from: string; readonly to: string; readonly document: string; readonly record: string | null; readonly area: number; readonly masked?: string; readonly paper?: { readonly sha256: string; readonly mime: string } };

const OF_AGE = 18;

function rowsAt(answers: Answers, path: string): readonly Group[] {
  const [form = "", section = ""] = path.split(".");
  const value = answers[form]?.[section];
  return Array.isArray(value) ? (value as readonly Group[]) : [];
}

/** A person without a valid number is known by the record and the row's number, so that their signature can be asked for all the same. */
function digestOf(keys: Keys, record: string, no: number, idNumber: unknown): string {
  const checked = typeof idNumber === "string" ? checkCitizenId(idNumber) : undefined;
  return keys.blind(checked?.ok ? checked.id : `member|${record}|${no}`).toString("hex");
}

/** Whether somebody is of age on a day; who tells neither number nor birth counts as of age. */
function isAdult(idNumber: unknown, birthDate: unknown, today: string): boolean {
  const checked = typeof idNumber === "string" ? checkCitizenId(idNumber) : undefined;
  const birth = checked?.ok ? `${checked.id.slice(6, 10)}-${checked.id.slice(10, 12)}-${checked.id.slice(12, 14)}` : birthDate;
  return typeof birth !== "string" || !isDate(birth) || (addYears(birth, OF_AGE) ?? birth) <= today;
}

/** What a record says: who signed for which time, and whose signatures a row about each of its people needs. A child alone needs the one given for it. */
export function signedIn(scheme: Scheme, keys: Keys, record: string, answers: Answers, today: string): { readonly signed: readonly Signed[]; readonly needs: readonly Need[] } {
  const { people, signed, others } = scheme.authorisations ?? {};
  if (!people || !signed) return { signed: [], needs: [] };
  const members = rowsAt(answers, people.rows).map((row, i) => {
    const no = Number(row[people.no] ?? i + 1);
    const concerned = people.concerned === undefined || people.concerned.in.includes(String(row[people.concerned.item] ?? ""));
    return { no, digest: digestOf(keys, record, no, row[people.idNumber]), concerned, adult: isAdult(row[people.idNumber], row[people.birthDate], today) };
  });
  const byNo = new Map(members.map((member) => [member.no, member.digest]));
  const own = rowsAt(answers, signed.rows).flatMap((row): (Signed & { readonly no: number })[] => {
    const [no, from, to] = [Number(row[signed.no]), row[signed.from], row[signed.to]];
    const digest = byNo.get(no);
    if (!row[signed.signature] || digest === undefined || typeof from !== "string" || typeof to !== "string" || !isDate(from) || !isDate(to) || to < from) return [];
    return [{ digest, from, to, mark: String(no), no }];
  });
  const besides = others === undefined ? [] : rowsAt(answers, others.rows).flatMap((row, i): Signed[] => {
    const period = own.find((one) => one.no === Number(row[others.no]));
    const idNumber = row[others.idNumber];
    if (!row[others.signature] || period === undefined || typeof idNumber !== "string" || !checkCitizenId(idNumber).ok) return [];
    return [{ digest: digestOf(keys, record, i, idNumber), from: period.from, to: period.to, mark: `other-${i + 1}` }];
  });
  const here = members.filter((member) => member.concerned);
  const adults = [...new Set(here.flatMap((member) => (member.adult ? [member.digest] : [])))];
  return { signed: [...own.map(({ digest, from, to, mark }) => ({ digest, from, to, mark })), ...besides], needs: here.map(({ digest }) => ({ person: digest, adults: adults.length > 0 ? adults : [digest] })) };
}

/** The same paper again takes its period; what was taken back stands again only when it was signed anew, later. */
export const insertAuthorisations = (tx: Tx, county: number, scheme: string, rows: readonly NewAuthorisation[]) =>
  sql`insert into authorisation (county, id, area, scheme, person_digest, from_on, to_on, document, record_id, entered_by, id_masked, paper_sha256, paper_mime)
    select distinct on (x.digest, x.document) ${county}, x.id, x.area, ${scheme}, decode(x.digest, 'hex'), x.from_on, x.to_on, x.document, x.record, ${tx.actor.account}, x.masked, x.sha256, x.mime
    from json_to_recordset(${JSON.stringify(rows.map((row) => ({ id: newId(), area: row.area, digest: row.digest, from_on: row.from, to_on: row.to, document: row.document, record: row.record, masked: row.masked, sha256: row.paper?.sha256, mime: row.paper?.mime })))}::json)
      as x (id uuid, area bigint, digest text, from_on date, to_on date, document text, record uuid, masked text, sha256 text, mime text)
    order by x.digest, x.document, x.to_on desc
    on conflict on constraint authorisation_once_per_paper do update set from_on = excluded.from_on, to_on = excluded.to_on,
      paper_sha256 = coalesce(excluded.paper_sha256, authorisation.paper_sha256), paper_mime = coalesce(excluded.paper_mime, authorisation.paper_mime),
      revoked_at = case when authorisation.revoked_because = 'record' or excluded.from_on > authorisation.from_on then null else authorisation.revoked_at end,
      revoked_because = case when authorisation.revoked_because = 'record' or excluded.from_on > authorisation.from_on then null else authorisation.revoked_because end`.execute(tx);

/**
 * Reads the round's signatures, and who needs whose, into the tables; what a record no longer says ends. Nothing happens for departments
 * that need none.
 */
export async function gatherSignatures(platform: Platform, actor: Actor, at: { readonly county: number; readonly campaign: string; readonly department: string }): Promise<void> {
  const { scheme, definition } = await platform.database.read(actor, async (tx) => {
    const campaign = await campaignOf(tx, at.campaign);
    return { scheme: campaign.scheme, definition: (await loadScheme(tx, campaign.scheme, campaign.version)).definition };
  });
  if (!needsAuthorisation(definition, at.department) || definition.authorisations === undefined) return;
  const today = platform.clock.today();
  await streamHeads(platform, actor, { county: at.county, campaign: at.campaign, purpose: "authorisation" }, async (heads) => {
    const read = heads.map((head) => ({ head, ...signedIn(definition, platform.keys, head.recordId, head.answers, today) }));
    const rows = read.flatMap(({ head, signed }) => signed.map((one): NewAuthorisation => ({ digest: one.digest, from: one.from, to: one.to, document: `record:${head.recordId}:${one.mark}`, record: head.recordId, area: head.area })));
    const needs = read.flatMap(({ head, needs: own }) => own.map((need) => ({ record: head.recordId, area: head.area, ...need })));
    const records = heads.map((head) => head.recordId);
    await platform.database.write(actor, async (tx) => {
      await sql`update authorisation set revoked_at = now(), revoked_because = 'record' where county = ${at.county} and scheme = ${scheme} and revoked_at is null
        and record_id = any(${records}::uuid[]) and document <> all(${rows.map((row) => row.document)}::text[])`.execute(tx);
      if (rows.length > 0) await insertAuthorisations(tx, at.county, scheme, rows);
      await sql`delete from authorisation_need where county = ${at.county} and scheme = ${scheme} and record_id = any(${records}::uuid[])`.execute(tx);
      await sql`insert into authorisation_need (county, scheme, record_id, person_digest, area, adult_digests)
        select distinct on (x.record, x.person) ${at.county}::int, ${scheme}, x.record, decode(x.person, 'hex'), x.area, array(select decode(d, 'hex') from json_array_elements_text(x.adults) d)
        from json_to_recordset(${JSON.stringify(needs)}::json) as x (record uuid, area bigint, person text, adults json)`.execute(tx);
    });
  });
}
