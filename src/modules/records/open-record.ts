// Opening a record: answers (masked unless opened for capture or review), history, sources, remarks, pictures and the moves open now.
import { type RawBuilder, sql } from "kysely";
import { levelOf } from "../../core/area-code.ts";
import type { Issue } from "../../core/issue.ts";
import { Problem } from "../../core/problem.ts";
import type { ReplyOf } from "../../core/route.ts";
import { audit } from "../../platform/audit.ts";
import type { Tx } from "../../platform/database.ts";
import type { Platform } from "../../platform/platform.ts";
import { changedPaths } from "../../scheme/differences.ts";
import { answerAt, itemAt } from "../../scheme/layout.ts";
import type { Answers, Scheme } from "../../scheme/model.ts";
import { permissionsOf, rolesIn } from "../access/rules.ts";
import { markKin, takeReveal } from "../auditing/service.ts";
import type { ReviewPlan } from "../campaigns/service.ts";
import { loadScheme } from "../schemes/service.ts";
import { mutable } from "./capture.ts";
import type { getRecord as recordRoute, revealValue as revealRoute } from "./contract.ts";
import { openDecoy, revealOfDecoy } from "./decoys.ts";
import { recordEvents } from "./events.ts";
import { heldBelow } from "./hold-below.ts";
import { maskAnswers } from "./masking.ts";
import { atTheirRows, type VouchWord } from "./members.ts";
import { accountId, type ListedRow, rowColumns, rowJoins, rowView } from "./rows.ts";
import { closedMove, type Move, moves } from "./rules.ts";
import { chainColumns, isContested } from "./queries.ts";
import { answersOfRevision, sealedOf, unshut } from "./sheet.ts";
import { signedDigestOf } from "./signing.ts";
import { isOthersWork, standingOf } from "./standing.ts";
import { duplicatePerson } from "./wording.ts";

type View = ReplyOf<typeof recordRoute>;
type Head = ListedRow & {
  readonly scheme: string;
  readonly version: string;
  readonly campaignId: string;
  readonly heldFrom: string | null;
  readonly mergedInto: string | null;
  readonly idDigest: Buffer | null;
  readonly issues: readonly Issue[];
  readonly answers: unknown;
  readonly sealed: Buffer | null;
  readonly provenance: Readonly<Record<string, string>> | null;
  readonly signedDigest: string | null;
  readonly plan: ReviewPlan;
  readonly approvedAt: number | null;
};
type Parts = {
  readonly remarks: View["remarks"] | null;
  readonly media: View["media"] | null;
  readonly vouches: readonly (VouchWord & { readonly member: string })[] | null;
  readonly revisions: readonly { no: number; kind: string; at: string; actor: string; note: string | null }[] | null;
  readonly events: readonly { kind: string; at: string; actor: string; data: Readonly<Record<string, unknown>> }[] | null;
  readonly handover: { id: string; toArea: number; name: string; fullName: string; reason: string; askedAt: string } | null;
};

async function headOf(tx: Tx, county: number, id: string): Promise<Head | undefined> {
  const { rows } = await sql<Head>`
    select ${rowColumns}, ${chainColumns(tx)}, s.id_digest, r.scheme, r.version, r.campaign_id, r.held_from, r.merged_into, r.issues, v.answers, ${sealedOf} as sealed, v.provenance, v.signed_digest
    from record r join subject s on s.county = r.county and s.id = r.subject_id join campaign c on c.id = r.campaign_id ${rowJoins}
    left join revision v on v.county = r.county and v.record_id = r.id and v.no = r.head
    where r.county = ${county} and r.id = ${id}::uuid`.execute(tx);
  return rows[0];
}

const who = (actor: RawBuilder<unknown>) => sql`coalesce((select w.name from account w where w.id = ${accountId(actor)}), ${actor})`;

async function partsOf(tx: Tx, county: number, id: string): Promise<Parts> {
  const own = (alias: string) => sql`${sql.ref(`${alias}.county`)} = ${county} and ${sql.ref(`${alias}.recordId`)} = ${id}::uuid`;
  const { rows } = await sql<Parts>`select
    (select json_agg(json_strip_nulls(json_build_object('id', m.id, 'path', m.path, 'revision', m.revision, 'body', m.body, 'author', ${who(sql`m.author`)}, 'at', m.at,
      'answer', m.answer, 'answeredBy', ${who(sql`m.answered_by`)}, 'answeredAt', m.answered_at)) order by m.at, m.id) from remark m where ${own("m")}) as remarks,
    (select json_agg(json_build_object('id', m.id, 'path', m.path, 'mime', m.mime, 'bytes', m.bytes, 'at', m.at) order by m.at, m.id) from media m where ${own("m")}) as media,
    (select json_agg(json_build_object('path', v.path, 'department', v.department, 'agrees', v.agrees, 'asOf', v.as_of, 'member', v.member) order by v.path, v.department, v.member) from vouch v where ${own("v")}) as vouches,
    (select json_agg(json_build_object('no', v.no, 'kind', v.kind, 'at', v.at, 'actor', ${who(sql`v.author`)}, 'note', v.reason) order by v.no) from revision v where ${own("v")}) as revisions,
    (select json_agg(json_build_object('kind', e.kind, 'at', e.at, 'actor', ${who(sql`e.actor`)}, 'data', e.data) order by e.id) from event e where ${own("e")}) as events,
    (select json_build_object('id', h.id, 'toArea', h.to_area, 'name', coalesce(a.name, h.to_area::text), 'fullName', coalesce(a.full_name, h.to_area::text), 'reason', h.reason, 'askedAt', h.asked_at)
      from handover h left join area a on a.code = h.to_area where ${own("h")} and h.state = 'asked') as handover`.execute(tx);
  return rows[0] as Parts;
}

const iso = (at: string): string => new Date(at).toISOString();

/** @throws Problem not-found, not-allowed (asked for more than the role may see) */
export async function openRecord(tx: Tx, platform: Platform, input: { readonly county: number; readonly id: string; readonly for?: "view" | "capture" | "review" | undefined }): Promise<View> {
  const purpose = input.for ?? "view";
  const head = await headOf(tx, input.county, input.id);
  if (!head) return openDecoy(tx, platform, input, purpose);
  if (isOthersWork(tx.actor, head)) throw new Problem("not-found");
  if (purpose !== "view" && !permissionsOf(rolesIn(tx.actor, head.scheme)).includes(`record.${purpose}`)) throw new Problem("not-allowed");
  const parts = await partsOf(tx, input.county, input.id);
  const { definition } = await loadScheme(tx, head.scheme, head.version);
  const answers = unshut(platform.keys, head.county, head.id, head.answers, head.sealed);
  const shown = purpose === "view" ? maskAnswers(definition, answers) : { answers, masked: [] };
  const standing = standingOf(tx.actor, head);
  const since = purpose === "review" ? await sinceApproval(tx, platform, definition, head, answers) : undefined;
  const doubted = standing.permissions.includes("record.unmerge") && (await isContested(tx, head.scheme, head));
  const below = await heldBelow(tx, { county: head.county, recordId: head.id });
  await audit(tx, { action: "record.open", purpose, county: head.county, area: head.area, recordId: head.id, detail: { revision: head.head } });
  if (purpose === "view") await markCloseness(tx, head);
  return {
    record: rowView(head),
    campaign: head.campaignId,
    scheme: head.scheme,
    version: head.version,
    answers: { ...shown.answers },
    masked: shown.masked,
    issues: mutable(doubted && !head.issues.some((issue) => issue.code === "duplicate-person") ? [...head.issues, duplicatePerson(definition.identity?.idNumber ?? definition.generalForm)] : head.issues),
    remarks: (parts.remarks ?? []).map((remark) => ({ ...remark, at: iso(remark.at), ...(remark.answeredAt !== undefined && { answeredAt: iso(remark.answeredAt) }) })),
    history: historyOf(parts),
    sources: sourcesOf(head.provenance ?? {}, atTheirRows(definition, platform.keys, answers, parts.vouches ?? [])),
    media: (parts.media ?? []).map((one) => ({ ...one, at: iso(one.at) })),
    ...(head.mergedInto !== null && { mergedInto: head.mergedInto }),
    signedVersionDiffers: head.signedDigest !== null && head.signedDigest !== signedDigestOf(definition, answers),
    ...(since && { sinceApproval: since }),
    ...(below && { heldBelow: { level: below.level, since: below.since.toISOString() } }),
    moves: (Object.keys(moves) as Move[]).map((move) => {
      const why = closedMove(move, standing);
      return { move, open: why === undefined, ...(why !== undefined && { why }) };
    }),
    ...(parts.handover && {
      handover: { id: parts.handover.id, toArea: { code: parts.handover.toArea, name: parts.handover.name, fullName: parts.handover.fullName }, reason: parts.handover.reason, askedAt: iso(parts.handover.askedAt) },
    }),
  };
}

/** One's own work is no curiosity: who captured a record is not marked for looking at it. */
const markCloseness = async (tx: Tx, head: Head): Promise<void> => void (head.collector !== tx.actor.account && (await markKin(tx, { ...head, recordId: head.id })));

/** What changed since the caller's level approved the record last; undefined when it never did. */
async function sinceApproval(tx: Tx, platform: Platform, definition: Scheme, head: Head, answers: Answers): Promise<View["sinceApproval"]> {
  const { rows } = await sql<{ revision: number }>`
    select revision from record_step where county = ${head.county} and record_id = ${head.id}::uuid and level = ${levelOf(tx.actor.area)} and decision = 'approve' order by no desc limit 1`.execute(tx);
  const revision = rows[0]?.revision;
  if (revision === undefined || revision >= head.head) return undefined;
  const then = await answersOfRevision(tx, platform, { county: head.county, id: head.id, no: revision });
  return { revision, changed: changedPaths(definition, then ?? {}, answers) };
}

/** Revisions and moves in the order they happened. Revisions move with the record; moves made under another office stay in its journal. */
function historyOf(parts: Parts): View["history"] {
  const changed = new Map<number, string[]>();
  for (const event of parts.events ?? []) if (event.kind === recordEvents.captured) changed.set(Number(event.data["revision"]), event.data["changed"] as string[]);
  const told = new Set((parts.events ?? []).filter((event) => event.kind === recordEvents.outcome).map((event) => Number(event.data["revision"])));
  const shown = (parts.revisions ?? []).filter(({ no, kind, note }) => kind !== "outcome" || note !== null || !told.has(no));
  const revisions = shown.map(({ no, kind, at, actor, note }) => ({
    at: iso(at),
    actor,
    kind: kind === "outcome" ? recordEvents.outcome : `revision.${kind}`,
    revision: no,
    ...(changed.has(no) && { changed: changed.get(no) }),
    ...(note !== null && { note }),
  }));
  const moved = (parts.events ?? [])
    .filter((event) => event.kind !== recordEvents.captured)
    .map(({ kind, at, actor, data }) => ({ at: iso(at), actor, kind, ...(typeof data["revision"] === "number" && { revision: data["revision"] }), ...(typeof data["outcome"] === "string" && { note: data["outcome"] }), ...(data["above"] === true && typeof data["level"] === "number" && { level: data["level"] }) }));
  return [...revisions, ...moved].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

function sourcesOf(provenance: Readonly<Record<string, string>>, vouches: readonly VouchWord[]): View["sources"] {
  const paths = new Set([...Object.keys(provenance), ...vouches.map((vouch) => vouch.path)]);
  return [...paths].map((path) => ({
    path,
    from: provenance[path] ?? "",
    vouches: vouches.filter((vouch) => vouch.path === path).map(({ department, agrees, asOf }) => ({ department, agrees, asOf })),
  }));
}

/** One value in full, for a purpose that is kept; counted. @throws Problem not-found, quota-used */
export async function revealValue(tx: Tx, platform: Platform, input: { readonly county: number; readonly id: string; readonly path: string; readonly purpose: string }): Promise<ReplyOf<typeof revealRoute>> {
  const head = await headOf(tx, input.county, input.id);
  if (!head) return revealOfDecoy(tx, platform, input);
  if (isOthersWork(tx.actor, head)) throw new Problem("not-found");
  const { definition } = await loadScheme(tx, head.scheme, head.version);
  if (!itemAt(definition, input.path)) throw new Problem("not-found");
  await takeReveal(tx);
  const value = answerAt(unshut(platform.keys, head.county, head.id, head.answers, head.sealed), input.path);
  await audit(tx, { action: "value.reveal", purpose: input.purpose, county: head.county, area: head.area, recordId: head.id, detail: { path: input.path } });
  await markCloseness(tx, head);
  return { value: value ?? null };
}
