// Records of one node on another: given whole, with their history, opened from this node's seals and shut again under the other's.
import { chinaDate } from "../../platform/clock.ts";
import { sql } from "kysely";
import type { OwnFile } from "../../platform/blobs.ts";
import type { Tx } from "../../platform/database.ts";
import { newestPersonKey } from "../../platform/person-keys.ts";
import type { Platform } from "../../platform/platform.ts";
import { countedOf } from "../../scheme/counted.ts";
import { chosenCategories } from "../../scheme/layout.ts";
import type { Answers } from "../../scheme/model.ts";
import { loadScheme } from "../schemes/service.ts";
import { recordEvents } from "./events.ts";
import { storedKey } from "./media.ts";
import { nameEnds, personOf } from "./person.ts";
import { fileKeyOf, type StoredPicture } from "./picture.ts";
import { claimNumber } from "./queries.ts";
import type { State } from "./rules.ts";
import { sealedOf, shut, unshut } from "./sheet.ts";

export type ReplicaRevision = {
  readonly no: number;
  readonly basedOn: number;
  readonly kind: string;
  readonly answers: Answers;
  readonly provenance: Readonly<Record<string, string>>;
  readonly signedDigest: string | null;
  readonly reason: string | null;
  readonly author: string;
  readonly channel: string | null;
  readonly at: string;
};
export type ReplicaAnswer = { readonly remark: string; readonly answer: string; readonly at: string };
/** What a seat at one of the sender's levels said. */
export type ReplicaSeat = { readonly department: string; readonly level: number; readonly decision: "confirm" | "differ"; readonly revision: number; readonly at: string };
export type ReplicaPicture = { readonly id: string; readonly path: string; readonly sha256: string; readonly bytes: number; readonly at: string };
/** One record with the revisions and pictures that the other node does not have yet. */
export type Replica = {
  readonly county: number;
  readonly record: string;
  readonly subject: string;
  readonly campaign: string;
  readonly area: number;
  readonly scheme: string;
  readonly version: string;
  readonly origin: string;
  readonly state: State;
  /** The level at whose desk it waits, when it is in review. */
  readonly desk?: number | null;
  readonly head: number;
  readonly collector: string | null;
  readonly channel: string | null;
  readonly mergedInto: string | null;
  readonly issues: readonly unknown[];
  readonly capturedAt: string | null;
  readonly submittedAt: string | null;
  readonly decidedAt: string | null;
  readonly updatedAt: string;
  readonly revisions: readonly ReplicaRevision[];
  readonly pictures: readonly ReplicaPicture[];
  /** To remarks that came from the node above. */
  readonly answers?: readonly ReplicaAnswer[];
  readonly seats?: readonly ReplicaSeat[];
};
type Wanted = { readonly county: number; readonly id: string; /** Highest revision that the other node has, 0 for none. */ readonly has: number };
type Row = Omit<Replica, "record" | "subject" | "campaign" | "revisions" | "pictures" | "answers" | "seats"> & { readonly said: readonly ReplicaSeat[] | null; readonly answered: readonly ReplicaAnswer[] | null; readonly id: string; readonly subjectId: string; readonly campaignId: string; readonly has: number; readonly sheets: readonly Sheet[] | null; readonly media: readonly ReplicaPicture[] | null };
type Sheet = Omit<ReplicaRevision, "answers"> & { readonly answers: unknown; readonly sealed: string | null };

const iso = (column: string) => sql`to_char(${sql.ref(column)} at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

/** The records as another node stores them. The caller writes the audit row: it knows the purpose. @param level of this node: words of seats from there down go along */
export async function replicasOf(tx: Tx, platform: Platform, wanted: readonly Wanted[], level: number): Promise<Replica[]> {
  const { rows } = await sql<Row>`
    select r.county, r.id, r.subject_id, r.campaign_id, r.area, r.scheme, r.version, r.origin, r.state, r.desk, r.head, r.collector, r.channel, r.merged_into, r.issues, x.has,
      ${iso("r.capturedAt")} as captured_at, ${iso("r.submittedAt")} as submitted_at, ${iso("r.decidedAt")} as decided_at, ${iso("r.updatedAt")} as updated_at,
      (select json_agg(json_build_object('no', v.no, 'basedOn', v.based_on, 'kind', v.kind, 'answers', v.answers, 'sealed', encode(${sealedOf}, 'base64'), 'provenance', v.provenance, 'signedDigest', v.signed_digest,
        'reason', v.reason, 'author', v.author, 'channel', v.channel, 'at', ${iso("v.at")}) order by v.no) from revision v where v.county = r.county and v.record_id = r.id and v.no > x.has) as sheets,
      (select json_agg(json_build_object('id', m.id, 'path', m.path, 'sha256', m.sha256, 'bytes', m.bytes, 'at', ${iso("m.at")}) order by m.id) from media m where m.county = r.county and m.record_id = r.id
        and (x.has = 0 or m.at > (select v.at from revision v where v.county = r.county and v.record_id = r.id and v.no = x.has) - interval '1 day')) as media,
      (select json_agg(json_build_object('remark', m.id, 'answer', m.answer, 'at', ${iso("m.answeredAt")}) order by m.id) from remark m where m.county = r.county and m.record_id = r.id and m.author = 'system:federation' and m.answer is not null) as answered,
      (select json_agg(json_build_object('department', t.seat, 'level', t.level, 'decision', t.decision, 'revision', t.revision, 'at', ${iso("t.at")}) order by t.no) from record_step t where t.county = r.county and t.record_id = r.id and t.seat is not null and t.level >= ${level}) as said
    from unnest(${wanted.map((one) => one.county)}::int[], ${wanted.map((one) => one.id)}::uuid[], ${wanted.map((one) => one.has)}::int[]) as x (county, id, has)
    join record r on r.county = x.county and r.id = x.id order by r.county, r.id`.execute(tx);
  return rows.map(({ id, subjectId, campaignId, has: _, sheets, media, answered, said, ...record }) => ({
    ...record,
    record: id,
    subject: subjectId,
    campaign: campaignId,
    revisions: (sheets ?? []).map(({ answers, sealed, ...sheet }) => ({ ...sheet, answers: unshut(platform.keys, record.county, id, answers, sealed === null ? null : Buffer.from(sealed, "base64")) })),
    pictures: media ?? [],
    answers: answered ?? [],
    ...(said && { seats: said }),
  }));
}

/**
 * Stores a record as its own node has it. Runs under the duty `federation` within the range of that node; pictures are in the store already.
 * @param files by digest, those of its pictures that came along
 * @throws for a record outside the range, a rewritten history, or a missing revision: the whole bundle is refused
 */
export async function takeReplica(tx: Tx, platform: Platform, replica: Replica, files: ReadonlyMap<string, OwnFile> = new Map()): Promise<"added" | "updated" | "same" | "older"> {
  const { county, record: id, subject, area } = replica;
  const { definition } = await loadScheme(tx, replica.scheme, replica.version);
  const newest = replica.revisions.at(-1);
  const stored = newest === undefined ? await newestAnswers(tx, platform, county, id) : newest.answers;
  const person = personOf(definition, platform.keys, stored ?? {});
  const { rows: had } = await sql<{ key: Buffer | null; referenceDate: string | null }>`select ${newestPersonKey(sql`${county}::int`, sql`${subject}::uuid`)} as key, (select reference_date from campaign where id = ${replica.campaign}::uuid) as reference_date`.execute(tx);
  const known = had[0]?.key ?? undefined;
  const key = known ?? platform.keys.people.make(county, 1);
  const rows = replica.revisions.map((revision) => {
    const { answers, sealed } = shut(definition, platform.keys, key, county, id, revision.answers);
    return { county, record_id: id, no: revision.no, based_on: revision.basedOn, area, kind: revision.kind, answers: JSON.parse(answers) as unknown, sealed: hex(sealed), provenance: revision.provenance, signed_digest: revision.signedDigest, reason: revision.reason, author: revision.author, channel: revision.channel, at: revision.at };
  });
  const subjectRow = { county, id: subject, area, name: person.name, pinyin: person.pinyin, initials: person.initials, sex: person.sex, birth_date: person.birthDate, id_digest: hex(person.idDigest), id_masked: person.idMasked, created_at: replica.updatedAt };
  // Days on which somebody met the person, the latest first; no list of this node has the record yet.
  const [seenLast = null, seenBefore = null] = [...new Set(replica.revisions.flatMap(({ kind, at }) => (kind === "capture" || kind === "correction" ? [chinaDate(new Date(at))] : [])))].toSorted().toReversed();
  const recordRow = { county, id, subject_id: subject, area, scheme: replica.scheme, version: replica.version, campaign_id: replica.campaign, origin: replica.origin, state: replica.state, desk: replica.desk ?? null, held_from: null, categories: chosenCategories(definition, stored ?? {}), counted: countedOf(definition, stored ?? {}, had[0]?.referenceDate ?? definition.referenceDate), head: replica.head, collector: replica.collector, channel: replica.channel, merged_into: replica.mergedInto, listed: false, seen_last: seenLast, seen_before: seenBefore, open_remarks: 0, issues: replica.issues, captured_at: replica.capturedAt, submitted_at: replica.submittedAt, decided_at: replica.decidedAt, updated_at: replica.updatedAt };
  const keyed = ({ id: picture, sha256 }: ReplicaPicture): Buffer | null => {
    const file = files.get(sha256);
    return file ? fileKeyOf(platform.keys, key, county, { id: picture, key: file.key }) : null;
  };
  const media = replica.pictures.map((picture) => ({ county, id: picture.id, record_id: id, area, path: picture.path, sha256: picture.sha256, mime: "image/jpeg", bytes: picture.bytes, at: picture.at, file_key: hex(keyed(picture)) }));
  const { rows: said } = await sql<{ outcome: "added" | "updated" | "same" | "older" }>`
    select security.take_replica(${JSON.stringify(subjectRow)}::jsonb, ${JSON.stringify(recordRow)}::jsonb, ${JSON.stringify(rows)}::jsonb, ${JSON.stringify(media)}::jsonb, ${nameEnds(person.name)}::text[]) as outcome`.execute(tx);
  const outcome = said[0]?.outcome ?? "older";
  if (known === undefined && outcome !== "older") await tx.insertInto("subjectKey").values({ county, subjectId: subject, no: 1, area, wrapped: key }).execute();
  if (outcome !== "older") {
    await takeAnswers(tx, county, id, replica.answers ?? []);
    await takeSeats(tx, replica);
  }
  if (outcome === "added" || outcome === "updated") {
    if (person.idDigest !== null) await claimNumber(tx, replica.scheme, { county, id, subjectId: subject, area }, person.idDigest);
    const kind = replica.state === "accepted" ? recordEvents.accepted : replica.state === "duplicate" ? recordEvents.merged : replica.desk != null ? recordEvents.approved : recordEvents.outcome;
    await tx.insertInto("event").values({ kind, area, county, actor: tx.actor.account, subjectId: subject, recordId: id, data: JSON.stringify({ revision: replica.head, replica: true, ...(kind === recordEvents.outcome && { outcome: replica.state }) }) }).execute();
  }
  return outcome;
}

/** Answers to remarks that this node, or one above it, wrote; others are the node's own affair. */
async function takeAnswers(tx: Tx, county: number, record: string, answers: readonly ReplicaAnswer[]): Promise<void> {
  if (answers.length === 0) return;
  await sql`update remark m set answer = x.answer, answered_by = ${tx.actor.account}, answered_at = x.at from unnest(${answers.map((one) => one.remark)}::uuid[], ${answers.map((one) => one.answer)}::text[], ${answers.map((one) => one.at)}::timestamptz[]) as x (id, answer, at)
    where m.county = ${county} and m.record_id = ${record}::uuid and m.id = x.id and m.answer is null`.execute(tx);
}

/** Words of seats that this node does not have yet: each stands once in the history of the record. */
async function takeSeats(tx: Tx, { county, record, area, seats = [] }: Replica): Promise<void> {
  if (seats.length === 0) return;
  await sql`insert into record_step (county, record_id, area, level, seat, decision, revision, by, at)
    select ${county}, ${record}::uuid, ${area}, x.level, x.department, x.decision, x.revision, ${tx.actor.account}, x.at from json_to_recordset(${JSON.stringify(seats)}::json) as x (department text, level smallint, decision text, revision integer, at timestamptz)
    where not exists (select from record_step t where t.county = ${county} and t.record_id = ${record}::uuid and (t.level, t.seat, t.decision, t.revision) = (x.level, x.department, x.decision, x.revision)) order by x.at`.execute(tx);
}

/** Pictures of replicas as they are stored, by digest. */
export type StoredFiles = ReadonlyMap<string, StoredPicture & { readonly county: number }>;

export async function storedFiles(tx: Tx, replicas: readonly Replica[]): Promise<StoredFiles> {
  const wanted = replicas.flatMap((replica) => replica.pictures.map((picture) => ({ county: replica.county, id: picture.id })));
  const { rows } = await sql<StoredPicture & { county: number }>`
    select m.county, m.id, m.sha256, ${storedKey} as file_key from unnest(${wanted.map((one) => one.county)}::int[], ${wanted.map((one) => one.id)}::uuid[]) as x (county, id)
    join media m on m.county = x.county and m.id = x.id join record r on r.county = m.county and r.id = m.record_id`.execute(tx);
  return new Map(rows.map((row) => [`${row.county} ${row.sha256}`, row]));
}

const hex = (bytes: Buffer | null): string | null => (bytes === null ? null : `\\x${bytes.toString("hex")}`);

async function newestAnswers(tx: Tx, platform: Platform, county: number, id: string): Promise<Answers | undefined> {
  const { rows } = await sql<{ answers: unknown; sealed: Buffer | null }>`
    select v.answers, ${sealedOf} as sealed from revision v join record r on r.county = v.county and r.id = v.record_id where v.county = ${county} and v.record_id = ${id}::uuid order by v.no desc limit 1`.execute(tx);
  const [row] = rows;
  return row && unshut(platform.keys, county, id, row.answers, row.sealed);
}
