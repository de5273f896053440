// A draft as people read it: state, moves and why they are closed, faults, edits, the newest dry run of their area.
import type { Static } from "typebox";
import type { ReplyOf } from "../../core/route.ts";
import { Problem } from "../../core/problem.ts";
import { audit } from "../../platform/audit.ts";
import type { Tx } from "../../platform/database.ts";
import { definitionFaults } from "../../scheme/check-definition.ts";
import { breaksStored, compareSchemes } from "../../scheme/compare.ts";
import type { Overlay } from "../../scheme/model.ts";
import { accountNames } from "../access/service.ts";
import { areaNames } from "../areas/service.ts";
import { loadScheme } from "../schemes/service.ts";
import type { compareDraft, draftView, dryRunView, getDraftDefinition, listDrafts } from "./contract.ts";
import * as queries from "./queries.ts";
import { draftMoves, type DraftState, refusedDraftMove } from "./rules.ts";
import { definitionOf, type OptionInUse, standingOf } from "./service.ts";
import type { AreaCount, Counts, RuleCount } from "./tally.ts";

export async function drafts(tx: Tx): Promise<ReplyOf<typeof listDrafts>> {
  const rows = await queries.allDrafts(tx);
  const names = await accountNames(tx, rows.map((row) => row.author));
  return {
    drafts: rows.map(({ revision, updatedAt, author, state, ...row }) => ({ ...row, state: state as DraftState, edits: revision - 1, author: names.get(author) ?? author, updatedAt: updatedAt.toISOString() })),
  };
}

async function runView(tx: Tx, run: queries.DryRunRow, hash: string): Promise<Static<typeof dryRunView>> {
  const areas = run.areas as unknown as readonly AreaCount[];
  const samples = run.state === "done" ? await queries.samplesOf(tx, run.id) : [];
  if (samples.length > 0) await audit(tx, { action: "scheme.dry-run-samples", purpose: "scheme-dry-run", county: run.county, area: run.area, people: samples.length, detail: { run: run.id } });
  const names = await areaNames(tx, [run.area, ...areas.map((row) => row.area), ...samples.map((row) => row.area)]);
  const counts: Counts = { records: 0, before: 0, after: 0, newlyFailing: 0, resolved: 0, ...(run.counts as object) };
  return {
    county: run.county,
    id: run.id,
    area: names.get(run.area)!,
    state: run.state as Static<typeof dryRunView>["state"],
    current: run.hash === hash,
    ...(run.taskId !== null && { task: run.taskId }),
    counts,
    areas: areas.map((row) => ({ ...row, area: names.get(row.area)! })),
    rules: [...(run.rules as unknown as readonly RuleCount[])],
    options: [...(run.options as unknown as readonly OptionInUse[])],
    samples: samples.map(({ county, recordId, area, severity, rule, path }) => ({ county, record: recordId, area: names.get(area)!, severity: severity as RuleCount["severity"], rule, path })),
    askedBy: (await accountNames(tx, [run.askedBy])).get(run.askedBy) ?? run.askedBy,
    at: run.at.toISOString(),
    ...(run.finishedAt && { finishedAt: run.finishedAt.toISOString() }),
  };
}

/** @throws Problem not-found */
export async function draftWithAll(tx: Tx, id: string, overlays: readonly Overlay[]): Promise<Static<typeof draftView>> {
  const draft = await queries.draftOf(tx, id);
  if (!draft) throw new Problem("not-found");
  const [edits, run] = [await queries.editsOf(tx, id), await queries.newestRun(tx, id)];
  const definition = definitionOf(draft);
  const standing = standingOf(tx.actor, draft, run, edits.length);
  const names = await accountNames(tx, [...draft.hands, ...edits.map((edit) => edit.who), draft.approvedBy ?? "", draft.publishedBy ?? ""]);
  const name = (account: string): string => names.get(account) ?? account;
  const step = (by: string | null, at: Date | null): { by: string; at: string } | undefined => (by === null || at === null ? undefined : { by: name(by), at: at.toISOString() });
  const [submitted, approved, published] = [step(draft.submittedBy, draft.submittedAt), step(draft.approvedBy, draft.approvedAt), step(draft.publishedBy, draft.publishedAt)];
  return {
    id,
    scheme: draft.scheme,
    label: definition.label,
    baseVersion: draft.baseVersion,
    version: draft.version,
    state: draft.state as DraftState,
    revision: draft.revision,
    hash: draft.hash,
    author: name(draft.author),
    hands: draft.hands.map(name),
    createdAt: draft.createdAt.toISOString(),
    updatedAt: draft.updatedAt.toISOString(),
    ...(submitted && { submitted }),
    ...(approved && { approved }),
    ...(published && { published }),
    ...(draft.returnedBecause !== null && { returnedBecause: draft.returnedBecause }),
    moves: draftMoves.map((move) => {
      const refused = refusedDraftMove(move, standing);
      return { move, open: refused === undefined, ...(refused && { why: refused.why }) };
    }),
    faults: definitionFaults(definition).map(({ path, message }) => ({ path, message })),
    edits: edits.map(({ revision, at, who, edit, path, was, now }) => ({ revision, at: at.toISOString(), who: name(who), edit, path, ...(was !== null && { was }), ...(now !== null && { now }) })),
    ...(run && { dryRun: await runView(tx, run, draft.hash) }),
    overlays: overlays.filter((overlay) => overlay.scheme === draft.scheme).map(({ key, label }) => ({ key, label })),
  };
}

/** @throws Problem not-found */
export async function draftDefinition(tx: Tx, id: string): Promise<ReplyOf<typeof getDraftDefinition>> {
  const draft = await queries.draftOf(tx, id);
  if (!draft) throw new Problem("not-found");
  return { revision: draft.revision, definition: draft.definition };
}

/** What the draft changes, and the records of the caller's area that cite its base. @throws Problem not-found */
export async function comparison(tx: Tx, id: string): Promise<ReplyOf<typeof compareDraft>> {
  const draft = await queries.draftOf(tx, id);
  if (!draft) throw new Problem("not-found");
  const base = await loadScheme(tx, draft.scheme, draft.baseVersion);
  const changes = compareSchemes(base.definition, definitionOf(draft)).map((change) => {
    const { code, effect, path, sentence, was, now } = change;
    return { code, effect, path, sentence, ...(was && { was }), ...(now && { now }), breaks: breaksStored(change) !== undefined };
  });
  return { changes, records: await queries.recordsByState(tx, draft.scheme, draft.baseVersion) };
}
