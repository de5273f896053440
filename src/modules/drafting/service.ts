// Drafts of schemes by use case: begin, edit, compare, submit, approve by a second person, publish. A draft never touches a record:
// records cite their version for ever, and a published version is another one.
import { newId } from "../../core/ids.ts";
import { Problem } from "../../core/problem.ts";
import type { BodyOf } from "../../core/route.ts";
import { audit, partOfOneAct } from "../../platform/audit.ts";
import type { Actor, Tx } from "../../platform/database.ts";
import type { Platform } from "../../platform/platform.ts";
import { definitionFaults } from "../../scheme/check-definition.ts";
import type { Overlay, Scheme } from "../../scheme/model.ts";
import { canonicalJson } from "../../core/json.ts";
import { schemeHash } from "../../scheme/publish.ts";
import { permissionsOf } from "../access/rules.ts";
import { loadScheme, publishScheme } from "../schemes/service.ts";
import type { createDraft } from "./contract.ts";
import { applyEdit, type Edit } from "./edits.ts";
import * as queries from "./queries.ts";
import { type DraftMove, type DraftStanding, type DraftState, moves, refusedDraftMove } from "./rules.ts";

export type Revised = { readonly revision: number };
export type OptionInUse = { readonly codeSet: string; readonly code: string; readonly label: { readonly zh: string; readonly en: string }; readonly records: number; readonly replacedBy?: string };

export const definitionOf = (draft: Pick<queries.DraftRow, "definition">): Scheme => draft.definition as unknown as Scheme;

/** @throws Problem already-exists when the version is published */
async function demandFreeVersion(tx: Tx, scheme: string, version: string): Promise<void> {
  if (await queries.isPublished(tx, scheme, version)) throw new Problem("already-exists", { zh: `版本“${version}”已经发布，请换一个版本号`, en: `The version “${version}” is published already; choose another name` });
}

/** @throws Problem edit-not-possible with the reason */
function edited(scheme: Scheme, edit: Edit, overlays: readonly Overlay[] = []): Extract<ReturnType<typeof applyEdit>, { ok: true }> {
  const outcome = applyEdit(scheme, edit, overlays);
  if (!outcome.ok) throw new Problem("edit-not-possible", outcome.why);
  return outcome;
}

/** Begins a draft as a copy of a published version under a new name. @throws Problem not-found, already-exists, edit-not-possible */
export async function beginDraft(tx: Tx, platform: Platform, wish: BodyOf<typeof createDraft>): Promise<{ readonly id: string }> {
  const { definition } = await loadScheme(tx, wish.scheme, wish.baseVersion);
  await demandFreeVersion(tx, wish.scheme, wish.version);
  const { scheme } = edited({ ...definition, follows: wish.baseVersion }, { kind: "version", version: wish.version });
  const id = newId();
  await queries.insertDraft(tx, { id, ...wish, definition: canonicalJson(scheme), hash: await schemeHash(scheme) }, platform.clock.now());
  await audit(tx, { action: "scheme.draft", people: 0, detail: { draft: id, ...wish } });
  return { id };
}

/** How the caller stands to the draft, with the newest dry run that their area shows. */
export function standingOf(actor: Actor, draft: queries.DraftRow, run: queries.DryRunRow | undefined, edits: number): DraftStanding {
  const current = run !== undefined && run.hash === draft.hash ? run : undefined;
  const options = (current?.options ?? []) as unknown as readonly OptionInUse[];
  return {
    state: draft.state as DraftState,
    permissions: permissionsOf(actor.roles),
    hadAHand: draft.hands.includes(actor.account),
    faults: definitionFaults(definitionOf(draft)).length,
    edits,
    dryRun: current === undefined || current.state === "failed" ? "none" : current.state === "done" ? "done" : "under-way",
    optionsWithoutMapping: options.filter((option) => option.replacedBy === undefined).length,
  };
}

/** The draft, locked, when the caller saw its newest revision and may make the move. @throws Problem not-found, draft-changed and why the move is closed */
async function demandMove(tx: Tx, id: string, revision: number, move: DraftMove): Promise<queries.DraftRow> {
  const draft = await queries.lockedDraft(tx, id);
  if (!draft) throw new Problem("not-found");
  const refused = refusedDraftMove(move, standingOf(tx.actor, draft, await queries.newestRun(tx, id), draft.revision - 1));
  if (refused) throw new Problem(refused.code, refused.why);
  if (draft.revision !== revision) throw new Problem("draft-changed");
  return draft;
}

const withHand = (draft: queries.DraftRow, account: string): string[] => [...new Set([...draft.hands, account])];
const json = (value: unknown): string | null => (value === undefined ? null : canonicalJson(value));

/** Uploaded definitions are checked wholly before they take the draft's place: what is stored can always be read. */
function demandSound(draft: queries.DraftRow, definition: unknown): void {
  const faults = definitionFaults(definition);
  if (faults.length > 0) {
    const issues = faults.slice(0, 200).map(({ path, message }) => ({ severity: "block" as const, code: "definition", paths: [path], message: { zh: `${path} ${message.zh}`, en: `${path} ${message.en}` } }));
    throw new Problem("definition-has-faults", { zh: `共 ${faults.length} 处`, en: `${faults.length} in all` }, issues);
  }
  if ((definition as Scheme).key !== draft.scheme) throw new Problem("edit-not-possible", { zh: `上传的定义属于“${(definition as Scheme).key}”，不是“${draft.scheme}”`, en: `The uploaded definition is of “${(definition as Scheme).key}”, not of “${draft.scheme}”` });
}

/** Makes one edit and keeps what stood there before. @throws Problem draft-changed, edit-not-possible, definition-has-faults, already-exists, move-not-possible */
export async function editDraft(tx: Tx, platform: Platform, input: { readonly id: string; readonly revision: number; readonly edit: Edit }, overlays: readonly Overlay[] = []): Promise<Revised & { readonly path: string }> {
  const { id, edit } = input;
  const draft = await demandMove(tx, id, input.revision, "edit");
  if (edit.kind === "replace") demandSound(draft, edit.definition);
  const outcome = edited(definitionOf(draft), edit, overlays);
  const definition = edit.kind === "replace" ? { ...outcome.scheme, version: draft.version, follows: draft.baseVersion } : outcome.scheme;
  if (definition.version !== draft.version) await demandFreeVersion(tx, draft.scheme, definition.version);
  const [at, revision, hash] = [platform.clock.now(), draft.revision + 1, await schemeHash(definition)];
  if (hash === draft.hash) throw new Problem("edit-not-possible", { zh: "与现有内容相同，没有改动", en: "This is what stands there already" });
  // A definition as a whole is not kept twice: its hashes say what was before and after.
  const [was, now] = edit.kind === "replace" ? [draft.hash, hash] : [outcome.was, outcome.now];
  await queries.insertEdit(tx, { draftId: id, revision, edit: canonicalJson(edit.kind === "replace" ? { kind: edit.kind } : edit), path: outcome.path, was: json(was), now: json(now) }, at);
  await queries.storeEdited(tx, id, { definition: canonicalJson(definition), hash, version: definition.version, revision, hands: withHand(draft, tx.actor.account) }, at);
  await audit(tx, { action: "scheme.edit", people: 0, detail: { draft: id, revision, kind: edit.kind, path: outcome.path } });
  return { revision, path: outcome.path };
}

/** The steps that move a draft on; `step` says what is kept besides the new state. */
async function take(tx: Tx, platform: Platform, id: string, revision: number, move: DraftMove, step: (draft: queries.DraftRow, at: Date) => Parameters<typeof queries.storeStep>[3]): Promise<queries.DraftRow> {
  const draft = await demandMove(tx, id, revision, move);
  const at = platform.clock.now();
  await queries.storeStep(tx, id, moves[move].to ?? (draft.state as DraftState), step(draft, at), at);
  await audit(tx, { action: `scheme.${move}`, people: 0, detail: { draft: id, revision, scheme: draft.scheme, version: draft.version, hash: draft.hash } });
  return draft;
}

/** @throws Problem definition-has-faults, dry-run-needed, option-in-use, draft-changed, move-not-possible */
export async function submitDraft(tx: Tx, platform: Platform, id: string, revision: number): Promise<Revised> {
  const draft = await take(tx, platform, id, revision, "submit", (draft, at) => ({ hands: withHand(draft, tx.actor.account), submittedBy: tx.actor.account, submittedAt: at, returnedBecause: null }));
  await demandFreeVersion(tx, draft.scheme, draft.version);
  return { revision };
}

/** @throws Problem second-person-needed when the caller had a hand in the draft */
export async function approveDraft(tx: Tx, platform: Platform, id: string, revision: number): Promise<Revised> {
  await take(tx, platform, id, revision, "approve", (_, at) => ({ approvedBy: tx.actor.account, approvedAt: at }));
  return { revision };
}

export async function returnDraft(tx: Tx, platform: Platform, id: string, revision: number, reason: string): Promise<Revised> {
  await take(tx, platform, id, revision, "return", () => ({ submittedBy: null, submittedAt: null, returnedBecause: reason }));
  return { revision };
}

export async function withdrawDraft(tx: Tx, platform: Platform, id: string, revision: number): Promise<Revised> {
  await take(tx, platform, id, revision, "withdraw", () => ({}));
  return { revision };
}

/** Publishes exactly what was approved. @throws Problem already-exists when the version was published meanwhile with other content */
export async function publishDraft(tx: Tx, platform: Platform, id: string, revision: number): Promise<Revised> {
  const draft = await take(tx, platform, id, revision, "publish", (_, at) => ({ publishedBy: tx.actor.account, publishedAt: at }));
  const { hash } = await partOfOneAct(tx, () => publishScheme(tx, definitionOf(draft)));
  if (hash !== draft.hash) throw new Error("the published definition is not the approved one");
  return { revision };
}

/** Asks for a dry run of the draft as it stands over the records of the caller's area; `DryRun` in jobs.ts works it off. */
export async function startDryRun(tx: Tx, platform: Platform, id: string, revision: number): Promise<{ readonly county: number; readonly id: string; readonly task: string }> {
  const draft = await demandMove(tx, id, revision, "dry-run");
  const key = { county: Math.floor(tx.actor.area / 1e6), id: newId() };
  await queries.insertRun(tx, { ...key, area: tx.actor.area, draftId: id, hash: draft.hash }, platform.clock.now());
  const task = await platform.queue.ask(tx, "scheme-dry-run", { county: key.county, area: tx.actor.area }, key);
  await queries.setRun(tx, key, { taskId: task });
  await audit(tx, { action: "scheme.dry-run", people: 0, detail: { draft: id, revision, run: key.id } });
  return { ...key, task };
}
