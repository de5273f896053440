// Renewing keys while people work. A new version of the key-encryption key is used at once for all that is new; people's keys are wrapped
// anew in batches, and the former version is destroyed when nothing names it any more. A person's own key is renewed by sealing their
// values anew. Each batch is a transaction of its own and every value can be opened at every moment, so a run that was cut short goes on.
import { sql } from "kysely";
import { fieldSuites, type SuiteName } from "./ciphers.ts";
import { type Duty, type Log, startDuty } from "./duty.ts";
import { type Database, systemActor, type Tx } from "./database.ts";
import { open, sealFor } from "./field-cipher.ts";
import type { Keys } from "./keys.ts";
import type { KeyVersion } from "./key-store.ts";
import { suiteOf } from "./person-key.ts";
import { withPersonKey } from "./person-keys.ts";

const duty = systemActor("keys");
const nobody = "00000000-0000-0000-0000-000000000000";
const batch = 2000;
/** A transaction that began with a former key has ended by then: signed scopes last ten minutes. */
export const graceMs = 15 * 60_000;

type With = { readonly database: Database; readonly keys: Keys };
export type Progress = (done: number, total: number) => Promise<void> | void;
export type KeyStatus = {
  readonly suite: SuiteName;
  readonly versions: readonly (KeyVersion & { readonly newest: boolean; /** People's keys under it. */ readonly people: number })[];
  /** People whose values are still sealed under their county's key. */
  readonly without: number;
};

/** Versions of the key-encryption key and how many people's keys lie under each. */
export async function keyStatus({ database, keys }: With): Promise<KeyStatus> {
  const { rows } = await database.read(duty, (tx) => sql<{ version: number | null; keys: number; without: number }>`select * from security.count_keys()`.execute(tx));
  const counts = new Map(rows.map((row) => [row.version, row.keys]));
  const newest = keys.versions().at(-1)?.version;
  return {
    suite: keys.suite(),
    versions: keys.versions().map((one) => ({ ...one, newest: one.version === newest, people: counts.get(one.version) ?? 0 })),
    without: rows.reduce((sum, row) => sum + row.without, 0),
  };
}

/** Wraps every person's key under the newest version. @returns how many were wrapped */
export async function rewrapKeys({ database, keys }: With, progress: Progress = () => {}, stopping?: AbortSignal): Promise<number> {
  const newest = keys.versions().at(-1)?.version ?? 0;
  const status = await keyStatus({ database, keys });
  const total = status.versions.reduce((sum, one) => sum + (one.newest ? 0 : one.people), 0);
  let done = 0;
  let after = { county: 0, subject: nobody };
  let before = -1;
  for (;;) {
    if (stopping?.aborted) return done;
    const last = await database.write(duty, async (tx) => {
      const { rows } = await sql<{ county: number; subjectId: string; no: number; wrapped: Buffer }>`select * from security.keys_to_rewrap(${newest}::smallint, ${after.county}, ${after.subject}::uuid, ${batch})`.execute(tx);
      const next = rows.map((row) => keys.people.rewrap(row.county, row.wrapped));
      const { rows: said } = await sql<{ replaced: number }>`select security.rewrap_keys(${rows.map((row) => row.county)}::int[], ${rows.map((row) => row.subjectId)}::uuid[], ${rows.map((row) => row.no)}::smallint[],
        ${rows.map((row) => row.wrapped)}::bytea[], ${next}::bytea[]) as replaced`.execute(tx);
      done += said[0]?.replaced ?? 0;
      return rows.length === batch ? rows.at(-1) : undefined;
    });
    await progress(done, total);
    if (last) after = { county: last.county, subject: last.subjectId };
    else if (done === before) return done;
    else [after, before] = [{ county: 0, subject: nobody }, done]; // once more, for what was written meanwhile
  }
}

/** Destroys former versions that nothing names and nobody can still be writing under. @returns the versions destroyed */
export async function retireVersions({ database, keys }: With, now: Date, grace = graceMs): Promise<number[]> {
  const { versions } = await keyStatus({ database, keys });
  const newest = versions.at(-1);
  if (!newest || now.getTime() - Date.parse(newest.madeAt) < grace) return [];
  const unused = versions.filter((one) => !one.newest && one.people === 0).map((one) => one.version);
  for (const version of unused) keys.retire(version);
  return unused;
}

type Value = { readonly id: string; readonly no: number; readonly boundTo: string; readonly sealed: Buffer; readonly keyed: Buffer };

/** Values of one person that are sealed otherwise than under their newest key `no`. */
async function valuesOf(tx: Tx, county: number, subject: string, no: number): Promise<{ revisions: Value[]; kept: Value[]; files: Value[] }> {
  const stale = (column: string) => sql`length(${sql.ref(column)}) > 3 and (get_byte(${sql.ref(column)}, 0) <> 2 or get_byte(${sql.ref(column)}, 2) <> ${no})`;
  const keyed = (column: string) => withPersonKey(column, "r.county", "r.subject_id");
  const { rows: revisions } = await sql<Value>`select v.record_id as id, v.no, v.record_id as bound_to, v.sealed, ${keyed("v.sealed")} as keyed
    from record r join revision v on v.county = r.county and v.record_id = r.id where r.county = ${county} and r.subject_id = ${subject}::uuid and ${stale("v.sealed")}`.execute(tx);
  const { rows: kept } = await sql<Value>`select k.id, 0 as no, k.entry as bound_to, k.sealed, ${keyed("k.sealed")} as keyed
    from record r join kept_version k on k.county = r.county and k.record_id = r.id where r.county = ${county} and r.subject_id = ${subject}::uuid and ${stale("k.sealed")}`.execute(tx);
  const { rows: files } = await sql<Value>`select m.id, 0 as no, m.id as bound_to, m.file_key as sealed, ${keyed("m.file_key")} as keyed
    from record r join media m on m.county = r.county and m.record_id = r.id where r.county = ${county} and r.subject_id = ${subject}::uuid and ${stale("m.file_key")}`.execute(tx);
  return { revisions, kept, files };
}

type Person = { readonly county: number; readonly subjectId: string; readonly area: number; readonly no: number | null; readonly wrapped: Buffer | null };

/** Seals one person's values under a key that is new, or under the newest when `fresh` is not asked. Former keys stay until nothing names them. */
async function resealPerson(tx: Tx, keys: Keys, person: Person, fresh: boolean): Promise<void> {
  const { county, subjectId, area } = person;
  const make = fresh || person.wrapped === null;
  const no = make ? (person.no ?? 0) + 1 : (person.no ?? 0);
  const key = make || person.wrapped === null ? keys.people.make(county, no) : person.wrapped;
  if (make) await tx.insertInto("subjectKey").values({ county, subjectId, no, area, wrapped: key }).execute();
  const { revisions, kept, files } = await valuesOf(tx, county, subjectId, no);
  const anew = (value: Value): Buffer => sealFor(keys, key, county, value.boundTo, open(keys, county, value.boundTo, value.keyed));
  if (revisions.length > 0) {
    await sql`select security.reseal_revisions(${county}, ${revisions.map((one) => one.id)}::uuid[], ${revisions.map((one) => one.no)}::int[], ${revisions.map((one) => one.sealed)}::bytea[], ${revisions.map(anew)}::bytea[])`.execute(tx);
  }
  const others = (values: Value[]) => sql`${county}, ${values.map((one) => one.id)}::uuid[], ${values.map((one) => one.sealed)}::bytea[], ${values.map(anew)}::bytea[]`;
  if (kept.length > 0) await sql`select security.reseal_kept(${others(kept)})`.execute(tx);
  if (files.length > 0) await sql`select security.reseal_media(${others(files)})`.execute(tx);
}

/**
 * Goes once through all people and brings their values under a key of their own in the suite in use: those sealed before people had keys,
 * those in the other suite, those of a renewal that was cut short. Drops former keys that nothing names any more. @returns people sealed anew
 */
export async function resealPeople({ database, keys }: With, now: Date, progress: Progress = () => {}, stopping?: AbortSignal, grace = graceMs): Promise<number> {
  let after = { county: 0, subject: nobody };
  let done = 0;
  for (;;) {
    if (stopping?.aborted) return done;
    const suite = keys.suite();
    const people = await database.read(duty, async (tx) => (await sql<Person>`select * from security.people_to_reseal(${after.county}, ${after.subject}::uuid, ${200}, ${fieldSuites[suite].id}::smallint)`.execute(tx)).rows);
    for (const person of people) {
      await database.write(duty, async (tx) => {
        await resealPerson(tx, keys, person, person.wrapped !== null && suiteOf(person.wrapped) !== suite);
        for (let no = 1; no < (person.no ?? 0); no++) await sql`select security.drop_former_key(${person.county}, ${person.subjectId}::uuid, ${no}::smallint, ${new Date(now.getTime() - grace)})`.execute(tx);
      });
      done += 1;
    }
    await progress(done, done);
    const last = people.at(-1);
    if (!last) return done;
    after = { county: last.county, subject: last.subjectId };
  }
}

/** A new key for one person: their values are sealed anew under it. The former one goes with the next round of the duty, when nothing names it. */
export async function renewPersonKey({ database, keys }: With, at: { readonly county: number; readonly subjectId: string }): Promise<void> {
  await database.write(duty, async (tx) => {
    const { rows } = await sql<Person>`select s.county, s.id as subject_id, s.area, k.no, k.wrapped from subject s
      left join lateral (select x.no, x.wrapped from subject_key x where x.county = s.county and x.subject_id = s.id order by x.no desc limit 1) k on true
      where s.county = ${at.county} and s.id = ${at.subjectId}::uuid and s.erased_at is null for update of s`.execute(tx);
    if (rows[0]) await resealPerson(tx, keys, rows[0], true);
  });
}

/**
 * One round of a renewal: takes up a version that the command line has made, wraps what is not under it, seals what is in the other suite,
 * and destroys the former version when nothing names it any more. Does nothing when there is one version.
 */
export async function endRenewal(given: With, now: Date, grace = graceMs): Promise<void> {
  given.keys.refresh();
  if (given.keys.versions().length < 2) return;
  await rewrapKeys(given);
  await resealPeople(given, now, undefined, undefined, grace);
  await retireVersions(given, now, grace);
}

/** Does so now and every minute. */
export const startRenewals = (given: With, log: Log): Duty => startDuty({ name: "keys", everyMs: 60_000, log, work: () => endRenewal(given, new Date()) });
