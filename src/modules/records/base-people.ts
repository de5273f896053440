// People of a base list become subjects and records, thousands in one go: each identity number once in the programme.
import { sql } from "kysely";
import { countyOf } from "../../core/area-code.ts";
import { newId } from "../../core/ids.ts";
import { audit } from "../../platform/audit.ts";
import type { Tx } from "../../platform/database.ts";
import { emit } from "../../platform/journal.ts";
import type { Platform } from "../../platform/platform.ts";
import { chosenCategories, isRows } from "../../scheme/layout.ts";
import type { Answers } from "../../scheme/model.ts";
import type { Campaign } from "../campaigns/service.ts";
import { type LoadedScheme, loadScheme } from "../schemes/service.ts";
import { recordEvents } from "./events.ts";
import { homeArea, nameEnds, type Person, personOf } from "./person.ts";
import { shut } from "./sheet.ts";

export type BasePerson = { readonly index: number; readonly area: number; readonly answers: Answers; readonly provenanceNote?: string };
export type BasePeople = { readonly campaign: Campaign; readonly batchId: string; readonly people: readonly BasePerson[] };
export type AddedPeople = { readonly added: readonly { readonly index: number; readonly recordId: string; readonly subjectId: string }[]; readonly duplicates: readonly number[] };

type Made = { readonly index: number; readonly county: number; readonly area: number; readonly recordId: string; readonly subjectId: string; readonly answers: Answers; readonly person: Person; readonly note: string | undefined };

/**
 * Adds people with their base answers (kinds already read from the file's cells). People whose number is already in the programme,
 * or came before in the same call, are named in `duplicates` and not added. Everything happens in the caller's transaction.
 */
export async function addBasePeople(tx: Tx, platform: Platform, input: BasePeople): Promise<AddedPeople> {
  const { campaign } = input;
  const scheme = await loadScheme(tx, campaign.scheme, campaign.version);
  const made = input.people.map(({ index, area, answers, provenanceNote }): Made => {
    const home = homeArea(scheme.definition, answers, area);
    return { index, county: countyOf(home), area: home, recordId: newId(), subjectId: newId(), answers, person: personOf(scheme.definition, platform.keys, answers), note: provenanceNote };
  });
  const taken = new Set<string>();
  for (const county of new Set(made.map((one) => one.county))) {
    const claiming = made.filter((one) => one.county === county && one.person.idDigest !== null);
    const { rows } = await sql<{ subject: string }>`select security.claim_identities(${campaign.scheme}, ${county}, ${claiming.map((one) => one.person.idDigest)}::bytea[], ${claiming.map((one) => one.subjectId)}::uuid[]) as subject`.execute(tx);
    for (const { subject } of rows) taken.add(subject);
  }
  const fresh = made.filter((one) => !taken.has(one.subjectId));
  for (let from = 0; from < fresh.length; from += 2000) await insert(tx, platform, campaign, scheme, fresh.slice(from, from + 2000));
  if (fresh.length > 0) {
    await emit(tx, [{ kind: recordEvents.listed, area: campaign.area >= tx.actor.lo ? campaign.area : tx.actor.area, county: countyOf(campaign.area), data: { batch: input.batchId, people: fresh.length, duplicates: taken.size } }]);
  }
  await audit(tx, { action: "people.add-base", area: campaign.area, county: countyOf(campaign.area), people: fresh.length, detail: { batch: input.batchId, duplicates: taken.size } });
  return { added: fresh.map(({ index, recordId, subjectId }) => ({ index, recordId, subjectId })), duplicates: made.filter((one) => taken.has(one.subjectId)).map((one) => one.index) };
}

async function insert(tx: Tx, platform: Platform, campaign: Campaign, scheme: LoadedScheme, people: readonly Made[]): Promise<void> {
  const column = <T>(of: (one: Made) => T): T[] => people.map(of);
  const sheets = people.map((one) => shut(scheme.definition, platform.keys, one.county, one.recordId, one.answers));
  const parts = people.flatMap((one) => nameEnds(one.person.name).map((part) => ({ county: one.county, part, area: one.area, subject: one.subjectId })));
  await sql`
    with person as (
      insert into subject (county, id, area, name, pinyin, initials, sex, birth_date, id_digest, id_masked)
      select * from unnest(${column((p) => p.county)}::int[], ${column((p) => p.subjectId)}::uuid[], ${column((p) => p.area)}::bigint[], ${column((p) => p.person.name)}::text[],
        ${column((p) => p.person.pinyin)}::text[], ${column((p) => p.person.initials)}::text[], ${column((p) => p.person.sex)}::text[], ${column((p) => p.person.birthDate)}::date[],
        ${column((p) => p.person.idDigest)}::bytea[], ${column((p) => p.person.idMasked)}::text[])
    ), part as (
      insert into subject_name_part (county, part, area, subject_id)
      select * from unnest(${parts.map((p) => p.county)}::int[], ${parts.map((p) => p.part)}::text[], ${parts.map((p) => p.area)}::bigint[], ${parts.map((p) => p.subject)}::uuid[])
    ), file as (
      insert into record (county, id, subject_id, area, scheme, version, campaign_id, origin, state, categories, head)
      select x.county, x.id, x.subject, x.area, ${campaign.scheme}, ${campaign.version}, ${campaign.id}::uuid, 'base', 'listed', string_to_array(x.categories, ','), 1
      from unnest(${column((p) => p.county)}::int[], ${column((p) => p.recordId)}::uuid[], ${column((p) => p.subjectId)}::uuid[], ${column((p) => p.area)}::bigint[],
        ${column((p) => chosenCategories(scheme.definition, p.answers).join(","))}::text[]) as x (county, id, subject, area, categories)
    )
    insert into revision (county, record_id, no, based_on, area, kind, answers, sealed, provenance, reason, author)
    select x.county, x.id, 1, 0, x.area, 'base', x.answers::jsonb, x.sealed, x.provenance::jsonb, x.note, ${tx.actor.account}
    from unnest(${column((p) => p.county)}::int[], ${column((p) => p.recordId)}::uuid[], ${column((p) => p.area)}::bigint[], ${sheets.map((s) => s.answers)}::text[],
      ${sheets.map((s) => s.sealed)}::bytea[], ${column((p) => JSON.stringify(fromBase(p.answers)))}::text[], ${column((p) => p.note ?? null)}::text[]) as x (county, id, area, answers, sealed, provenance, note)`.execute(tx);
}

/** Every answered item came from the base list. */
function fromBase(answers: Answers): Record<string, string> {
  const provenance: Record<string, string> = {};
  for (const [form, items] of Object.entries(answers)) {
    for (const [key, value] of Object.entries(items ?? {})) if (value !== undefined && !isRows(value)) provenance[`${form}.${key}`] = "base";
  }
  return provenance;
}
