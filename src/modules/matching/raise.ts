// Findings into the database: new ones added, known ones left as they are or renewed, and those that no longer hold
// handed to the check. Doing it again with the same judgement changes nothing.
import { sql } from "kysely";
import { newId } from "../../core/ids.ts";
import type { Value } from "../../scheme/model.ts";
import type { Tx } from "../../platform/database.ts";
import type { Platform } from "../../platform/platform.ts";
import { generationOf, openContent, pairDigest, samePair, sealContent, type FindingContent } from "./finding-content.ts";
import type { Ground } from "./ground.ts";
import { differenceKey, fieldsFor, type Judged, type Said, type Wanted } from "./judge.ts";
import * as queries from "./queries.ts";
import { recheck } from "./recheck.ts";

export type Raised = { readonly added: number; readonly renewed: number; readonly closed: number; readonly ids: readonly string[]; readonly outdated?: true };

/** Newest finding of each identity. */
function newest(stored: readonly queries.StoredFinding[]): Map<string, queries.StoredFinding> {
  const latest = new Map<string, queries.StoredFinding>();
  for (const finding of stored) {
    const { base, generation } = generationOf(finding.key);
    const known = latest.get(base);
    if (known === undefined || generationOf(known.key).generation < generation) latest.set(base, finding);
  }
  return latest;
}

/** True when a list of the same department that is of a later day was matched in the round. */
async function outvoted(tx: Tx, county: number, run: string): Promise<boolean> {
  const { rows } = await sql<{ outvoted: boolean }>`select exists (
    select from match_run me join import_batch mine on mine.county = me.county and mine.id = me.batch_id
      join match_run other on other.county = me.county and other.campaign_id = me.campaign_id and other.department = me.department and other.state = 'done' and other.id <> me.id
      join import_batch theirs on theirs.county = other.county and theirs.id = other.batch_id
    where me.county = ${county} and me.id = ${run} and coalesce(theirs.as_of, theirs.at::date) > coalesce(mine.as_of, mine.at::date)) as outvoted`.execute(tx);
  return rows[0]?.outvoted ?? false;
}

/** The rows' own numbers, as blind digests, by which two counties can be told that they claim the same person. */
async function replaceClaims(tx: Tx, platform: Platform, { county, campaign, department }: Ground, claims: Judged["claims"]): Promise<void> {
  await tx.deleteFrom("rowClaim").where("county", "=", county).where("campaignId", "=", campaign).where("department", "=", department.key).execute();
  for (const part of queries.pieces(claims)) {
    await sql`insert into row_claim (county, campaign_id, department, record_id, id_digest, area)
      select ${county}, ${campaign}, ${department.key}, x.record_id, decode(x.digest, 'hex'), x.area
      from unnest(${part.map((claim) => claim.recordId)}::uuid[], ${part.map((claim) => platform.keys.blind(claim.id18).toString("hex"))}::text[], ${part.map((claim) => claim.area)}::bigint[]) as x (record_id, digest, area)`.execute(tx);
  }
}

/** One writer of a county's findings at a time. */
const lockFindings = (tx: Tx, county: number): Promise<unknown> => sql`select pg_advisory_xact_lock(hashtextextended(${`findings:${county}`}, 0))`.execute(tx);

/**
 * @param whole true for a whole run: every open finding of the department that was not judged again is checked too
 * @returns ids of the findings added or renewed
 */
export async function raise(tx: Tx, platform: Platform, ground: Ground, run: string, judged: Judged, whole: boolean): Promise<Raised> {
  const { county, campaign, department } = ground;
  await lockFindings(tx, county);
  // An older list does not outvote a newer one: it raises, renews and closes nothing.
  if (await outvoted(tx, county, run)) return { added: 0, renewed: 0, closed: 0, ids: [], outdated: true };
  if (whole) await replaceClaims(tx, platform, ground, judged.claims);
  const agreeing = (said: Said): { readonly key: string; readonly theirs: Value | undefined }[] =>
    fieldsFor(department, said.member).flatMap((field, index) => (said.verdicts[index] === "a" ? [{ key: differenceKey(ground, field, said.recordId, said.member), theirs: said.theirs[index] }] : []));
  const stored = whole
    ? await queries.findingsOfDepartment(tx, county, campaign, department.key)
    : await queries.findingsByKeys(tx, county, department.key, [...judged.wanted.keys(), ...judged.found.keys(), ...judged.said.flatMap((said) => agreeing(said).map(({ key }) => key))]);
  const known = newest(stored);
  const added: { readonly id: string; readonly wanted: Wanted; readonly generation: number }[] = [];
  const renewed: queries.Renewed[] = [];
  const contentOf = (finding: queries.StoredFinding): FindingContent => openContent(platform.keys, county, finding.id, finding.sealed);
  const renew = (finding: queries.StoredFinding, kind: string, row: number | null, content: FindingContent): void =>
    void renewed.push({ id: finding.id, class: kind, run_id: run, row_no: row, sealed: sealContent(platform.keys, county, finding.id, content).toString("hex") });
  const add = (wanted: Wanted, generation: number): void => void added.push({ id: newId(), wanted, generation });
  const before = whole ? underOtherNumbers(ground, known, judged, contentOf) : new Map<string, string>();
  for (const wanted of judged.wanted.values()) {
    const finding = known.get(before.get(wanted.key) ?? wanted.key);
    if (finding === undefined) add(wanted, 1);
    else if (finding.state === "open") {
      // A whole run leaves what did not change; after a decision the finding also stands on another row.
      const moved = !whole && (finding.runId !== run || (finding.rowNo ?? undefined) !== wanted.row);
      if (moved || finding.class !== wanted.class || !samePair(contentOf(finding), wanted.content)) renew(finding, wanted.class, wanted.row ?? null, wanted.content);
    } else if (!stillConfirmed(platform, finding, wanted.content)) add(wanted, generationOf(finding.key).generation + 1);
  }
  const still = new Set(before.values());
  const toCheck = new Set(whole ? [...known].flatMap(([key, finding]) => (finding.state === "open" && !judged.wanted.has(key) && !still.has(key) ? [finding.id] : [])) : []);
  const differing = new Set(stored.flatMap((finding) => (finding.state === "open" && finding.path !== null && finding.recordId !== null ? [finding.recordId] : [])));
  for (const said of judged.said) {
    if (!differing.has(said.recordId)) continue;
    for (const { key, theirs } of agreeing(said)) {
      const finding = known.get(key);
      if (finding?.state !== "open" || theirs === undefined) continue;
      renew(finding, finding.class, said.row, { ...contentOf(finding), theirs });
      toCheck.add(finding.id);
    }
  }
  for (const [key, row] of judged.found) {
    const finding = known.get(key);
    if (finding?.state !== "open") continue;
    renew(finding, finding.class, row, contentOf(finding));
    toCheck.add(finding.id);
  }
  await queries.addFindings(tx, { county, campaign, department: department.key, run }, sealed(platform, county, added));
  await queries.renewFindings(tx, county, renewed);
  const { closed } = toCheck.size > 0 ? await recheck(tx, platform, { county, findingIds: [...toCheck] }) : { closed: [] };
  return { added: added.length, renewed: renewed.length, closed: closed.length, ids: [...added, ...renewed].map((each) => each.id) };
}

/**
 * A member whose number was put right is known by another digest: findings open under the old one go on, and no second one is raised.
 * @returns key wanted now → key it stands under
 */
function underOtherNumbers(ground: Ground, known: ReadonlyMap<string, queries.StoredFinding>, judged: Judged, contentOf: (finding: queries.StoredFinding) => FindingContent): Map<string, string> {
  const found = new Map<string, string>();
  if (ground.scheme.members === undefined) return found;
  const sameMatter = (recordId: string | null | undefined, kind: string, { field, name, member }: FindingContent): string => JSON.stringify([recordId, field ?? kind, name, member?.birth]);
  const open = new Map<string, string>();
  for (const [key, finding] of known) {
    if (finding.state !== "open" || judged.wanted.has(key) || !finding.personKey.includes("#")) continue;
    open.set(sameMatter(finding.recordId, finding.class, contentOf(finding)), key);
  }
  if (open.size === 0) return found;
  for (const wanted of judged.wanted.values()) {
    if (wanted.content.member === undefined || known.has(wanted.key)) continue;
    const key = open.get(sameMatter(wanted.recordId, wanted.class, wanted.content));
    if (key !== undefined) found.set(wanted.key, key);
  }
  return found;
}

const stillConfirmed = (platform: Platform, finding: queries.StoredFinding, content: FindingContent): boolean =>
  finding.closedBecause === "confirmed-ours" && finding.confirmedPair !== null && finding.confirmedPair.equals(pairDigest(platform.keys, content));

function* sealed(platform: Platform, county: number, added: Iterable<{ readonly id: string; readonly wanted: Wanted; readonly generation: number }>): Generator<queries.NewFinding> {
  for (const { id, wanted, generation } of added) {
    const { area, path, recordId: record_id, subjectId: subject_id, personKey: person_key, row: row_no } = wanted;
    const key = generation === 1 ? wanted.key : `${wanted.key}.${generation}`;
    yield { id, key, area, class: wanted.class, path, record_id, subject_id, person_key, row_no, sealed: sealContent(platform.keys, county, id, wanted.content).toString("hex") };
  }
}
