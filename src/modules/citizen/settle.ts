// What the township does with a declaration: looks at it beside what the record says, asks back, does not take it in, or takes it in. Taking in is a capture like
// any other, through the self channel, by the officer's hand: whoever took it in does not review it, and an accepted record is corrected, never overwritten.
import { sql } from "kysely";
import { maskId } from "../../core/citizen-id.ts";
import { maskName } from "../../core/names.ts";
import { Problem } from "../../core/problem.ts";
import type { BodyOf, ReplyOf } from "../../core/route.ts";
import { audit, partOfOneAct } from "../../platform/audit.ts";
import type { Tx } from "../../platform/database.ts";
import type { Platform } from "../../platform/platform.ts";
import { sameAnswer } from "../../scheme/differences.ts";
import { answerAt, isRows, itemAt } from "../../scheme/layout.ts";
import type { Answers, Scheme, Value } from "../../scheme/model.ts";
import { accountNames } from "../access/service.ts";
import { permissionsOf, rolesIn } from "../access/rules.ts";
import { areaNames } from "../areas/service.ts";
import { type Campaign, campaignOf } from "../campaigns/service.ts";
import { addPerson, answersOfRevision, refuseDesignationIn, saveCapture } from "../records/service.ts";
import { loadScheme } from "../schemes/service.ts";
import type { decideDeclaration as decideRoute, getDeclaration as getRoute, listDeclarations as listRoute } from "./contract.ts";
import { addStep, contentOf, type Declared, type DeclarationKey, type DeclarationRow, declarationOf, shown, stepsOf, wordsOf } from "./declare.ts";
import { answersFrom } from "./forms.ts";
import { citizenEvents } from "./events.ts";
import { placesIn } from "./held.ts";
import { emit } from "../../platform/journal.ts";
import { officeMoves } from "./rules.ts";

type View = ReplyOf<typeof getRoute>;
type Row = View["declaration"];
const PAGE = 50;

async function rowView(tx: Tx, platform: Platform, row: DeclarationRow, places: Awaited<ReturnType<typeof areaNames>>): Promise<Row> {
  const { version } = await tx.selectFrom("campaign").select("version").where("id", "=", row.campaignId).executeTakeFirstOrThrow();
  const content = contentOf(platform, row);
  return {
    county: row.county, id: row.id, kind: row.kind, scheme: row.scheme, label: (await loadScheme(tx, row.scheme, version)).definition.label, area: { ...places.get(row.area)! }, state: row.state,
    person: content ? maskName(content.identity.name) : "—", sentAt: row.sentAt.toISOString(), ...(row.recordId !== null && { record: row.recordId }),
  };
}

/** Those that wait, the oldest first; those that are settled, the newest first. */
export async function listDeclarations(tx: Tx, platform: Platform, list: "waiting" | "settled", after?: string): Promise<ReplyOf<typeof listRoute>> {
  const skip = /^\d{1,6}$/u.test(after ?? "") ? Number(after) : 0;
  const states = list === "waiting" ? ["sent", "asked"] : ["accepted", "rejected", "withdrawn"];
  const { rows } = await sql<DeclarationRow>`select * from declaration where state = any (${states}::text[]) order by ${list === "waiting" ? sql`sent_at, id` : sql`settled_at desc, id`} offset ${skip} limit ${PAGE + 1}`.execute(tx);
  const total = (await sql<{ n: number }>`select count(*)::int as n from declaration where state = any (${states}::text[])`.execute(tx)).rows[0]?.n ?? 0;
  const places = await areaNames(tx, rows.map((row) => row.area));
  const views: Row[] = [];
  for (const row of rows.slice(0, PAGE)) views.push(await rowView(tx, platform, row, places));
  await audit(tx, { action: "declaration.list", people: views.length, detail: { list } });
  return { rows: views, total, ...(rows.length > PAGE && { next: String(skip + PAGE) }) };
}

type Standing = { readonly county: number; readonly id: string; readonly state: string; readonly head: number };
/** The record that it would go into: the one it names, or the person's in the round, in the caller's reach. */
async function recordOf(tx: Tx, platform: Platform, row: DeclarationRow, content: Declared): Promise<Standing | undefined> {
  const { rows } = row.recordId === null
    ? await sql<Standing>`select r.county, r.id, r.state, r.head from subject s join record r on r.county = s.county and r.subject_id = s.id
        where s.county = ${row.county} and s.id_digest = ${platform.keys.blind(content.identity.idNumber)} and r.campaign_id = ${row.campaignId}::uuid and r.merged_into is null limit 1`.execute(tx)
    : await sql<Standing>`select county, id, state, head from record where county = ${row.county} and id = ${row.recordId}::uuid`.execute(tx);
  return rows[0];
}

/** What is declared by path, rows of repeating sections each by their own. */
function declaredValues(scheme: Scheme, content: Declared): ReadonlyMap<string, Value> {
  if (content.changes) return new Map(Object.entries(content.changes));
  const found = new Map<string, Value>();
  for (const [form, given] of Object.entries(content.answers ?? {})) {
    for (const [key, value] of Object.entries(given ?? {})) {
      if (isRows(value)) value.forEach((row, i) => Object.entries(row).forEach(([item, one]) => one !== undefined && found.set(`${form}.${key}[${i}].${item}`, one)));
      else if (value !== undefined && itemAt(scheme, `${form}.${key}`)) found.set(`${form}.${key}`, value as Value);
    }
  }
  return found;
}

const roundOfRow = async (tx: Tx, row: DeclarationRow): Promise<Campaign> => campaignOf(tx, row.campaignId);

async function viewOf(tx: Tx, platform: Platform, row: DeclarationRow): Promise<View> {
  const content = contentOf(platform, row);
  const declaration = await rowView(tx, platform, row, await areaNames(tx, [row.area]));
  const steps = await stepsOf(tx, row);
  const names = await accountNames(tx, steps.map((step) => step.account).filter((account) => !account.startsWith("self:")));
  const record = content && (await recordOf(tx, platform, row, content));
  const { definition } = await loadScheme(tx, row.scheme, (await roundOfRow(tx, row)).version);
  const now = record ? ((await answersOfRevision(tx, platform, { ...record, no: record.head })) ?? {}) : undefined;
  const seen = record && row.basedOn !== null ? ((await answersOfRevision(tx, platform, { ...record, no: row.basedOn })) ?? {}) : undefined;
  const rule = officeMoves.reject;
  const places = content ? await placesIn(tx, definition, content.answers ?? {}) : new Map<string, string>();
  const inWords = (path: string, value: Value): { zh: string; en: string } => {
    const place = itemAt(definition, path)?.item.kind === "area" ? places.get(String(value)) : undefined;
    return place === undefined ? shown(definition, path, value) : { zh: place, en: place };
  };
  return {
    declaration,
    name: content?.identity.name ?? "—",
    idMasked: content ? maskId(content.identity.idNumber) : "—",
    ...(content?.said !== undefined && { said: content.said }),
    items: content ? [...declaredValues(definition, content)].map(([path, value]) => {
      const held = now && answerAt(now, path);
      return { path, label: itemAt(definition, path)?.item.label ?? { zh: path, en: path }, declared: inWords(path, value), ...(held !== undefined && { now: inWords(path, held) }), differs: !sameAnswer(held, value), changedMeanwhile: seen !== undefined && now !== undefined && !sameAnswer(answerAt(seen, path), held) };
    }) : [],
    issues: [],
    steps: steps.map((step) => {
      const words = wordsOf(platform, row, step);
      return { act: step.act, at: step.at.toISOString(), by: step.account.startsWith("self:") ? "" : (names.get(step.account) ?? step.account), ...(words !== undefined && { words }) };
    }),
    ...(record && { record }),
    mayDecide: rule.from.includes(row.state) && permissionsOf(rolesIn(tx.actor, row.scheme)).includes("declaration.decide"),
  };
}

/** @throws Problem not-found */
export async function getDeclaration(tx: Tx, platform: Platform, key: DeclarationKey): Promise<View> {
  const row = await declarationOf(tx, key);
  if (!row) throw new Problem("not-found");
  await audit(tx, { action: "declaration.open", county: row.county, area: row.area, ...(row.recordId !== null && { recordId: row.recordId }), detail: { declaration: row.id } });
  return viewOf(tx, platform, row);
}

/** Declared over what stands: item by item, rows of a section as a whole. */
function over(scheme: Scheme, base: Answers, content: Declared): Answers {
  if (content.changes) return answersFrom(content.changes, () => true, base);
  const merged: Record<string, Answers[string]> = { ...base };
  for (const [form, given] of Object.entries(content.answers ?? {})) merged[form] = { ...merged[form], ...given };
  return merged;
}

/** Where the declared values came from, for the revision. */
const provenanceOf = (paths: Iterable<string>): Record<string, string> => Object.fromEntries([...paths].map((path) => [path, "self"]));

async function takeIn(tx: Tx, platform: Platform, row: DeclarationRow, content: Declared): Promise<string> {
  const campaign = await roundOfRow(tx, row);
  const { definition } = await loadScheme(tx, row.scheme, campaign.version);
  const record = await recordOf(tx, platform, row, content);
  const declared = declaredValues(definition, content);
  const notice = content.notice === undefined ? undefined : { how: "shown" as const, digest: content.notice };
  const input = { channel: "self" as const, provenance: provenanceOf(declared.keys()), ...(notice && { notice }) };
  if (!record) {
    if (row.kind === "correct") throw new Problem("not-found");
    return (await addPerson(tx, platform, { ...input, campaign, area: row.area, answers: content.answers ?? {}, submit: false })).id;
  }
  const now = (await answersOfRevision(tx, platform, { ...record, no: record.head })) ?? {};
  if (row.basedOn !== null && row.basedOn !== record.head) {
    const then = (await answersOfRevision(tx, platform, { ...record, no: row.basedOn })) ?? {};
    if ([...declared].some(([path, value]) => !sameAnswer(answerAt(then, path), answerAt(now, path)) && !sameAnswer(answerAt(now, path), value))) throw new Problem("changed-meanwhile", { zh: "本人查看后，同一项已另有修订；请与本人核实后请其补充或不受理", en: "The same item was changed after the person saw it: ask back, or do not take it in" });
  }
  const corrects = record.state === "accepted";
  await saveCapture(tx, platform, { ...input, county: record.county, id: record.id, basedOn: record.head, answers: over(definition, now, content), submit: corrects, ...(corrects && { reason: `本人自主申报更正${content.said === undefined ? "" : `：${content.said}`}`.slice(0, 500) }) });
  return record.id;
}

/** @throws Problem not-found, move-not-possible, bad-request (no reason), changed-meanwhile, and what a capture refuses */
export async function decideDeclaration(tx: Tx, platform: Platform, key: DeclarationKey, { decision, words }: BodyOf<typeof decideRoute>): Promise<View> {
  const row = await declarationOf(tx, key, true);
  if (!row) throw new Problem("not-found");
  const rule = officeMoves[decision];
  if (!rule.from.includes(row.state)) throw new Problem("move-not-possible");
  if (rule.needsWords && words === undefined) throw new Problem("bad-request", { zh: "请写明理由或要补充的内容，本人会看到", en: "Write the reason or what is missing: the person will read it" });
  refuseDesignationIn(tx, platform, [words], row);
  const content = contentOf(platform, row);
  if (!content) throw new Problem("move-not-possible");
  const recordId = decision === "accept" ? await partOfOneAct(tx, () => takeIn(tx, platform, row, content)) : row.recordId;
  await tx.updateTable("declaration").set({ state: rule.to, recordId, ...(rule.to !== "asked" && { settledAt: sql<Date>`now()` }) }).where("county", "=", key.county).where("id", "=", key.id).execute();
  await addStep(tx, platform, row, rule.act, words);
  await emit(tx, [{ kind: citizenEvents.decided, area: row.area, county: row.county, ...(recordId !== null && { recordId }), data: { declaration: row.id, kind: row.kind, decision, on: platform.clock.today() } }]);
  await audit(tx, { action: `declaration.${decision}`, county: row.county, area: row.area, ...(recordId !== null && { recordId }), detail: { declaration: row.id, kind: row.kind } });
  return viewOf(tx, platform, (await declarationOf(tx, key))!);
}
