// Statements over bundles made for terminals, and over what such a bundle holds.
import { type RawBuilder, sql } from "kysely";
import type { Issue, Text } from "../../core/issue.ts";
import type { Tx } from "../../platform/database.ts";
import { type EntryGate, gateOfRound } from "../campaigns/service.ts";
import type { State } from "../records/rules.ts";
import { sealedOf, storedKey, unerased, unrestricted } from "../records/service.ts";

export type DownRow = {
  readonly county: number;
  readonly deviceId: string;
  readonly seq: number;
  readonly id: string;
  readonly area: number;
  readonly way: "http" | "file";
  readonly state: "preparing" | "ready" | "failed";
  readonly whole: boolean;
  readonly withheld: boolean;
  readonly sinceSeq: number;
  readonly snapshot: string;
  readonly cluster: string;
  readonly revocationNo: number;
  readonly leaseNo: number;
  readonly takenSeq: number;
  readonly holds: readonly string[];
  readonly done: number;
  readonly total: number;
  readonly people: number;
  readonly bytes: number;
  readonly digest: string | null;
  readonly askedBy: string;
  readonly at: Date;
};
type Device = { readonly county: number; readonly id: string };
const rows = (tx: Tx) =>
  tx
    .selectFrom("downBundle")
    .select(["county", "deviceId", "seq", "id", "area", "way", "state", "whole", "withheld", "sinceSeq", "snapshot", "cluster", "revocationNo", "leaseNo", "takenSeq", "holds", "done", "total", "people", "bytes", "digest", "askedBy", "at"])
    .$castTo<DownRow>();

export const downById = (tx: Tx, id: string): Promise<DownRow | undefined> => rows(tx).where("id", "=", id).executeTakeFirst();
export const downAt = (tx: Tx, device: Device, seq: number): Promise<DownRow | undefined> => rows(tx).where("county", "=", device.county).where("deviceId", "=", device.id).where("seq", "=", seq).executeTakeFirst();
export const newestDown = (tx: Tx, device: Device): Promise<DownRow | undefined> => rows(tx).where("county", "=", device.county).where("deviceId", "=", device.id).orderBy("seq", "desc").executeTakeFirst();
export const downToMake = (tx: Tx, most: number): Promise<DownRow[]> => rows(tx).where("state", "=", "preparing").orderBy("at").limit(most).execute();

/** What can be seen at this moment, and in which cluster: transactions that are open now are not in it, whenever they commit. */
export async function snapshotNow(tx: Tx): Promise<{ readonly snapshot: string; readonly cluster: string }> {
  const { rows: found } = await sql<{ snapshot: string; cluster: string }>`select pg_current_snapshot()::text as snapshot, (select system_identifier::text from pg_control_system()) as cluster`.execute(tx);
  return found[0]!;
}

/** A row that the earlier bundle's snapshot did not see; every row without one. */
export const unseenBy = (changedIn: RawBuilder<unknown>, since: DownRow | undefined): RawBuilder<unknown> =>
  since ? sql`(${changedIn} is not null and not pg_visible_in_snapshot(${changedIn}, ${since.snapshot}::pg_snapshot))` : sql`true`;

/** `days`: digest of the days on which the rounds take entries. */
export type Reach = { readonly county: number; readonly lo: number; readonly hi: number; readonly campaigns: readonly string[]; readonly days?: string };
const inside = ({ county, lo, hi, campaigns }: Reach): RawBuilder<unknown> => sql`r.county = ${county} and r.area between ${lo} and ${hi} and r.campaign_id = any (${campaigns}::uuid[])`;

/** Whom a terminal may hold: nobody who was found to be a duplicate, whose data are only stored, or who was erased. */
const kept = sql`(r.state <> 'duplicate' and ${unrestricted} and ${unerased})`;

/** How many people of these rounds are new to the terminal, and how many records were found to be duplicates. */
export async function countPeople(tx: Tx, reach: Reach, since: DownRow | undefined): Promise<number> {
  const { rows: found } = await sql<{ people: number }>`select count(*)::int as people from record r where ${inside(reach)} and ${kept} and ${unseenBy(sql`r.changed_in`, since)}`.execute(tx);
  return found[0]?.people ?? 0;
}

export type PersonRow = {
  readonly id: string;
  readonly campaignId: string;
  readonly area: number;
  readonly state: State;
  readonly head: number;
  readonly issues: readonly Issue[];
  readonly scheme: string;
  readonly version: string;
  readonly openRemarks: number;
  readonly answers: unknown;
  readonly sealed: Buffer | null;
};

/** The next people in the order of their ids. */
export async function peopleAfter(tx: Tx, reach: Reach, since: DownRow | undefined, last: string, most: number): Promise<PersonRow[]> {
  const { rows: found } = await sql<PersonRow>`
    select r.id, r.campaign_id, r.area, r.state, r.head, r.issues, r.scheme, r.version, r.open_remarks, v.answers, ${sealedOf} as sealed
    from record r left join revision v on v.county = r.county and v.record_id = r.id and v.no = r.head
    where ${inside(reach)} and ${kept} and r.id > ${last}::uuid and ${unseenBy(sql`r.changed_in`, since)}
    order by r.id limit ${most}`.execute(tx);
  return found;
}

/** People the terminal gives up: duplicates, those whose data are only stored now, who were erased, those who moved out of its area, those of rounds it no longer works in. */
export async function goneSince(tx: Tx, reach: Reach, since: DownRow, ended: readonly string[]): Promise<string[]> {
  const { county, lo, hi } = reach;
  const { rows: found } = await sql<{ id: string }>`
    select r.id from record r where ${inside(reach)} and not ${kept} and ${unseenBy(sql`r.changed_in`, since)}
    union
    select l.record_id from record_left l where l.county = ${county} and l.area between ${lo} and ${hi} and ${unseenBy(sql`l.changed_in`, since)}
      and not exists (select from record r where r.county = l.county and r.id = l.record_id and r.area between ${lo} and ${hi} and r.state <> 'duplicate')
    union
    select r.id from record r where r.county = ${county} and r.area between ${lo} and ${hi} and r.campaign_id = any (${ended}::uuid[])`.execute(tx);
  return found.map((row) => row.id);
}

export type RemarkRow = { readonly recordId: string; readonly id: string; readonly path: string; readonly body: string; readonly author: string; readonly at: Date; readonly answer: string | null };
export async function remarksOf(tx: Tx, county: number, records: readonly string[]): Promise<RemarkRow[]> {
  if (records.length === 0) return [];
  const { rows: found } = await sql<RemarkRow>`
    select m.record_id, m.id, m.path, m.body, coalesce(a.name, m.author) as author, m.at, m.answer
    from remark m left join account a on a.id::text = m.author
    where m.county = ${county} and m.record_id = any (${records}::uuid[]) order by m.at, m.id`.execute(tx);
  return found;
}

export type PortraitRow = { readonly recordId: string; readonly id: string; readonly path: string; readonly sha256: string; readonly fileKey: Buffer | null };
/** The newest picture of each face that is small enough. */
export async function portraitsOf(tx: Tx, county: number, records: readonly string[], mostBytes: number): Promise<PortraitRow[]> {
  if (records.length === 0) return [];
  const { rows: found } = await sql<PortraitRow>`
    select distinct on (m.record_id) m.record_id, m.id, m.path, m.sha256, ${storedKey} as file_key from media m join record r on r.county = m.county and r.id = m.record_id
    where m.county = ${county} and m.record_id = any (${records}::uuid[]) and m.bytes <= ${mostBytes} and (m.path like '%photo_recent' or m.path like '%chip_photo') order by m.record_id, m.at desc, m.id desc`.execute(tx);
  return found;
}

export type ReceiptRow = { readonly entry: string; readonly outcome: string; readonly recordCounty: number; readonly recordId: string; readonly head: number; readonly state: string; readonly sealed: Buffer; readonly at: Date };
export async function receiptsOf(tx: Tx, device: Device, since: DownRow | undefined): Promise<ReceiptRow[]> {
  const { rows: found } = await sql<ReceiptRow>`
    select entry, outcome, record_county, record_id, head, state, sealed, at from bundle_entry e
    where county = ${device.county} and device_id = ${device.id}::uuid and ${unseenBy(sql`e.changed_in`, since)} order by at, entry`.execute(tx);
  return found;
}
export async function countReceipts(tx: Tx, device: Device, since: DownRow | undefined): Promise<number> {
  const { rows: found } = await sql<{ count: number }>`select count(*)::int as count from bundle_entry e where county = ${device.county} and device_id = ${device.id}::uuid and ${unseenBy(sql`e.changed_in`, since)}`.execute(tx);
  return found[0]?.count ?? 0;
}

export type RoundRow = { readonly id: string; readonly scheme: string; readonly version: string; readonly nameZh: string; readonly nameEn: string; readonly area: number; readonly referenceDate: string; readonly gate: EntryGate };
export const nameOf = (round: RoundRow): Text => ({ zh: round.nameZh, en: round.nameEn });
/** Rounds in which terminals of the area work: the newest of each programme, and those that ended within the last thirty days. */
export async function roundsOf(tx: Tx, lo: number, hi: number, today: string): Promise<RoundRow[]> {
  const { rows: found } = await sql<RoundRow>`
    select id, scheme, version, name_zh, name_en, area, reference_date, ${gateOfRound(sql`${lo}::bigint`, sql`${hi}::bigint`)} as gate from (
      select c.*, row_number() over (partition by c.scheme order by c.starts_on desc, c.id desc) as n from campaign c where c.area <= ${hi} and c.hi >= ${lo}) c
    where n = 1 or c.ends_on >= ${today}::date - 30 order by scheme, starts_on, id`.execute(tx);
  return found;
}
/** Versions of definitions that records of the area cite. */
export async function versionsCited(tx: Tx, reach: Reach): Promise<{ readonly scheme: string; readonly version: string }[]> {
  const { rows: found } = await sql<{ scheme: string; version: string }>`select distinct r.scheme, r.version from record r where ${inside(reach)} and r.state <> 'duplicate'`.execute(tx);
  return found;
}
/** The county and everything in it, the county first. */
export async function areasOf(tx: Tx, county: number): Promise<{ readonly code: number; readonly name: string }[]> {
  const { rows: found } = await sql<{ code: number; name: string }>`select code, name from area where code between ${county * 1e6} and ${county * 1e6 + 999_999} and valid_to is null order by code`.execute(tx);
  return found;
}
