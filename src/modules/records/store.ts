// What became of records, stored in one statement: record, revision, subject, pictures, journal and audit, of one record or of many.
import { type RawBuilder, sql } from "kysely";
import type { Issue } from "../../core/issue.ts";
import { countAudit, isPartOfOneAct } from "../../platform/audit.ts";
import type { Tx } from "../../platform/database.ts";
import type { Fact } from "../../platform/journal.ts";
import { arrayOf } from "../../platform/many-rows.ts";
import type { Person } from "./person.ts";
import type { State } from "./rules.ts";
import type { StoredSheet } from "./sheet.ts";

export type NewRevision = StoredSheet & {
  readonly no: number;
  readonly basedOn: number;
  readonly kind: "base" | "capture" | "correction" | "outcome";
  readonly provenance: Readonly<Record<string, string>>;
  readonly signedDigest: string | null;
  readonly reason: string | null;
  readonly channel: string | null;
};
export type RecordChange = {
  readonly state: State;
  readonly heldFrom?: string | null;
  /** Absent: it stays at the desk it is at. */
  readonly desk?: number | null;
  readonly head?: number;
  readonly issues?: readonly Issue[];
  readonly categories?: readonly string[];
  /** What the tables of the scheme count it as (scheme/counted.ts). */
  readonly counted?: readonly string[];
  readonly collector?: string;
  readonly channel?: string;
  readonly openRemarks?: number;
  readonly mergedInto?: string;
  /** Which times are set to now. */
  readonly stamp?: readonly ("captured" | "submitted" | "decided")[];
};
export type Step = { readonly level: number; readonly seat?: string; readonly decision: "approve" | "return" | "hold" | "confirm" | "differ"; readonly revision: number };
export type Change = {
  readonly record: RecordChange;
  readonly revision?: NewRevision | undefined;
  readonly person?: Person | undefined;
  /** New pictures, each with its file's key sealed under the person's. */
  readonly pictures?: readonly { readonly id: string; readonly path: string; readonly sha256: string; readonly bytes: number; readonly fileKey: Buffer }[] | undefined;
  readonly facts: readonly Pick<Fact, "kind" | "data">[];
  /** A step of the chain: what the level, or a seat at it, decided on this revision. */
  readonly step?: Step | undefined;
  readonly audit: { readonly action: string; readonly detail?: Readonly<Record<string, unknown>> };
};
type Where = { readonly county: number; readonly id: string; readonly subjectId: string; readonly area: number };

export type Stored = { readonly at: Where; readonly change: Change };

/** Revision, record, subject, journal and audit in one statement: all of it, or nothing. */
export const store = (tx: Tx, at: Where, change: Change): Promise<void> => storeAll(tx, [{ at, change }]);

/** What became of many records of one county, each once, in one statement; an audit row for each. */
export async function storeAll(tx: Tx, all: readonly Stored[]): Promise<void> {
  const [first] = all;
  if (!first) return;
  const { county } = first.at;
  const list = (...columns: RawBuilder<unknown>[]): RawBuilder<unknown> => sql`unnest(${sql.join(columns)})`;
  const texts = <T>(rows: readonly T[], of: (row: T) => string | null | undefined): RawBuilder<unknown> => arrayOf(rows.map(of), "text");
  const column = <T>(rows: readonly T[], of: (row: T) => unknown, type: Parameters<typeof arrayOf>[1]): RawBuilder<unknown> => arrayOf(rows.map(of), type);
  const json = (value: unknown): string | null => (value === undefined ? null : JSON.stringify(value));
  const stamped = (which: "captured" | "submitted" | "decided"): RawBuilder<unknown> => column(all, ({ change }) => change.record.stamp?.includes(which) ?? false, "boolean");
  const id = <T extends { readonly at: Where }>(rows: readonly T[]): RawBuilder<unknown> => column(rows, ({ at }) => at.id, "uuid");
  const area = <T extends { readonly at: Where }>(rows: readonly T[]): RawBuilder<unknown> => column(rows, ({ at }) => at.area, "bigint");
  const parts = [sql`file as (
      update record r set state = x.state, held_from = x.held_from, updated_at = now(), desk = case when x.moves then x.desk else r.desk end, head = coalesce(x.head, r.head), issues = coalesce(x.issues::jsonb, r.issues),
        categories = coalesce(string_to_array(x.categories, ','), r.categories), counted = coalesce(string_to_array(x.counted, ','), r.counted), collector = coalesce(x.collector, r.collector),
        channel = coalesce(x.channel, r.channel), open_remarks = coalesce(x.open_remarks, r.open_remarks), merged_into = coalesce(x.merged_into, r.merged_into),
        captured_at = case when x.captured then now() else r.captured_at end, submitted_at = case when x.submitted then now() else r.submitted_at end, decided_at = case when x.decided then now() else r.decided_at end
      from ${list(id(all), texts(all, ({ change }) => change.record.state), texts(all, ({ change }) => change.record.heldFrom), column(all, ({ change }) => change.record.desk !== undefined, "boolean"), column(all, ({ change }) => change.record.desk, "int"),
        column(all, ({ change }) => change.record.head, "int"), texts(all, ({ change }) => json(change.record.issues)), texts(all, ({ change }) => change.record.categories?.join(",")), texts(all, ({ change }) => change.record.counted?.join(",")),
        texts(all, ({ change }) => change.record.collector), texts(all, ({ change }) => change.record.channel), column(all, ({ change }) => change.record.openRemarks, "int"), column(all, ({ change }) => change.record.mergedInto, "uuid"),
        stamped("captured"), stamped("submitted"), stamped("decided"))}
        as x (id, state, held_from, moves, desk, head, issues, categories, counted, collector, channel, open_remarks, merged_into, captured, submitted, decided)
      where r.county = ${county} and r.id = x.id)`];
  const sheets = all.flatMap(({ at, change: { revision } }) => (revision ? [{ at, revision }] : []));
  if (sheets.length > 0) {
    parts.push(sql`sheet as (
      insert into revision (county, record_id, no, based_on, area, kind, answers, sealed, provenance, signed_digest, reason, author, channel)
      select ${county}, x.id, x.no, x.based_on, x.area, x.kind, x.answers::jsonb, x.sealed, x.provenance::jsonb, x.digest, x.reason, ${tx.actor.account}, x.channel
      from ${list(id(sheets), area(sheets), column(sheets, ({ revision }) => revision.no, "int"), column(sheets, ({ revision }) => revision.basedOn, "int"), texts(sheets, ({ revision }) => revision.kind), texts(sheets, ({ revision }) => revision.answers),
        column(sheets, ({ revision }) => revision.sealed, "bytea"), texts(sheets, ({ revision }) => json(revision.provenance)), texts(sheets, ({ revision }) => revision.signedDigest), texts(sheets, ({ revision }) => revision.reason), texts(sheets, ({ revision }) => revision.channel))}
        as x (id, area, no, based_on, kind, answers, sealed, provenance, digest, reason, channel))`);
  }
  const steps = all.flatMap(({ at, change: { step } }) => (step ? [{ at, step }] : []));
  if (steps.length > 0) {
    parts.push(sql`step as (insert into record_step (county, record_id, area, level, seat, decision, revision, by, office)
      select ${county}, x.id, x.area, x.level, x.seat, x.decision, x.revision, ${tx.actor.account}, ${tx.actor.office}
      from ${list(id(steps), area(steps), column(steps, ({ step }) => step.level, "int"), texts(steps, ({ step }) => step.seat), texts(steps, ({ step }) => step.decision), column(steps, ({ step }) => step.revision, "int"))} as x (id, area, level, seat, decision, revision))`);
  }
  const people = all.flatMap(({ at, change: { person } }) => (person ? [{ at, person }] : []));
  if (people.length > 0) {
    parts.push(sql`person as (update subject s set name = x.name, pinyin = x.pinyin, initials = x.initials, sex = x.sex, birth_date = x.birth, id_digest = x.digest, id_masked = x.masked
      from ${list(column(people, ({ at }) => at.subjectId, "uuid"), texts(people, ({ person }) => person.name), texts(people, ({ person }) => person.pinyin), texts(people, ({ person }) => person.initials), texts(people, ({ person }) => person.sex),
        column(people, ({ person }) => person.birthDate, "date"), column(people, ({ person }) => person.idDigest, "bytea"), texts(people, ({ person }) => person.idMasked))} as x (id, name, pinyin, initials, sex, birth, digest, masked)
      where s.county = ${county} and s.id = x.id)`);
  }
  const pictures = all.flatMap(({ at, change }) => (change.pictures ?? []).map((picture) => ({ at, picture })));
  if (pictures.length > 0) {
    parts.push(sql`pictures as (
      insert into media (county, id, record_id, area, path, sha256, mime, bytes, file_key)
      select ${county}, x.id, x.record_id, x.area, x.path, x.sha256, 'image/jpeg', x.bytes, x.key
      from ${list(column(pictures, ({ picture }) => picture.id, "uuid"), id(pictures), area(pictures), texts(pictures, ({ picture }) => picture.path), texts(pictures, ({ picture }) => picture.sha256), column(pictures, ({ picture }) => picture.bytes, "int"),
        column(pictures, ({ picture }) => picture.fileKey, "bytea"))} as x (id, record_id, area, path, sha256, bytes, key))`);
  }
  const facts = all.flatMap(({ at, change }) => change.facts.map((fact) => ({ at, fact })));
  if (facts.length > 0) {
    parts.push(sql`fact as (
      insert into event (kind, area, county, actor, subject_id, record_id, data)
      select x.kind, x.area, ${county}, ${tx.actor.account}, x.subject_id, x.id, x.data::jsonb
      from unnest(${sql.join([id(facts), area(facts), column(facts, ({ at }) => at.subjectId, "uuid"), texts(facts, ({ fact }) => fact.kind), texts(facts, ({ fact }) => json(fact.data))])}) with ordinality as x (id, area, subject_id, kind, data, n) order by x.n)`);
  }
  // The parts are written whatever is selected from them.
  if (isPartOfOneAct(tx)) return void (await sql`with ${sql.join(parts)} select 1`.execute(tx));
  await sql`with ${sql.join(parts)} select security.write_audit(${tx.actor.office}, x.action, null, ${county}, x.area, x.id, 1, x.detail::jsonb)
    from ${list(id(all), area(all), texts(all, ({ change }) => change.audit.action), texts(all, ({ change }) => json(change.audit.detail)))} as x (id, area, action, detail)`.execute(tx);
  countAudit(tx);
}
