// What a person sends: an application to a round, or another value for items of their own record. It is kept sealed beside the record, which it never changes;
// the person sees where it stands, answers what the township asks, and may withdraw.
import { sql } from "kysely";
import { countyOf } from "../../core/area-code.ts";
import type { Issue } from "../../core/issue.ts";
import { Problem } from "../../core/problem.ts";
import type { BodyOf, ReplyOf } from "../../core/route.ts";
import { audit } from "../../platform/audit.ts";
import type { Tx } from "../../platform/database.ts";
import { open, seal } from "../../platform/field-cipher.ts";
import type { Platform } from "../../platform/platform.ts";
import { itemAt, textOf } from "../../scheme/layout.ts";
import type { Answers, Value } from "../../scheme/model.ts";
import type { SelfService } from "../../scheme/self-service.ts";
import { areaNames } from "../areas/service.ts";
import { applicationLabels, returnLabels, whyLabels, yuanOf } from "../aid/rules.ts";
import { stateLabels as recordStates } from "../records/rules.ts";
import { noticeAt } from "../safeguards/service.ts";
import { loadScheme } from "../schemes/service.ts";
import type { declare as declareRoute, listOwn as listRoute, moveOwn as moveRoute } from "./contract.ts";
import { answersFrom, askedBy, faultsOf, mayCorrect, withIdentity } from "./forms.ts";
import { answersOf, heldRows, isMine } from "./held.ts";
import type { Identity } from "./identity.ts";
import { closedToday, roundOf } from "./offers.ts";
import type { Act, DeclarationState, Kind } from "./rules.ts";
import { selfMoves } from "./rules.ts";
import type { Me } from "./sessions.ts";

/** What is sealed: the person as they were proved, and the declared answers whole (an application) or the changed values by path (a correction). */
export type Declared = { readonly identity: Identity; readonly answers?: Answers; readonly changes?: Readonly<Record<string, Value>>; readonly said?: string; /** Digest of the notice that was read. */ readonly notice?: string };
export type DeclarationKey = { readonly county: number; readonly id: string };
export type DeclarationRow = DeclarationKey & { readonly area: number; readonly scheme: string; readonly campaignId: string; readonly citizenId: string; readonly kind: Kind; readonly recordId: string | null; readonly basedOn: number | null; readonly state: DeclarationState; readonly sealed: Buffer; readonly sentAt: Date; readonly settledAt: Date | null };
export type Step = { readonly no: number; readonly act: Act; readonly account: string; readonly at: Date; readonly words: Buffer | null };
type Own = ReplyOf<typeof declareRoute>;

const boundTo = (key: DeclarationKey, no?: number): string => `declaration:${key.id}${no === undefined ? "" : `:${no}`}`;
export const contentOf = (platform: Platform, row: DeclarationRow): Declared | undefined => (row.sealed.length === 0 ? undefined : open<Declared>(platform.keys, row.county, boundTo(row), row.sealed));
export const wordsOf = (platform: Platform, key: DeclarationKey, step: Step): string | undefined => (step.words === null ? undefined : open<string>(platform.keys, key.county, boundTo(key, step.no), step.words));

export const declarationOf = async (tx: Tx, key: DeclarationKey, lock = false): Promise<DeclarationRow | undefined> => {
  const found = tx.selectFrom("declaration").selectAll().where("county", "=", key.county).where("id", "=", key.id);
  return (await (lock ? found.forUpdate() : found).executeTakeFirst()) as DeclarationRow | undefined;
};
export const stepsOf = async (tx: Tx, key: DeclarationKey): Promise<readonly Step[]> =>
  (await tx.selectFrom("declarationStep").select(["no", "act", "account", "at", "words"]).where("county", "=", key.county).where("declarationId", "=", key.id).orderBy("no").execute()) as readonly Step[];

/** Writes the next step; two at the same moment meet at its number. */
export async function addStep(tx: Tx, platform: Platform, row: Pick<DeclarationRow, "county" | "id" | "area" | "citizenId">, act: Act, words?: string): Promise<void> {
  const no = ((await stepsOf(tx, row)).at(-1)?.no ?? 0) + 1;
  await tx.insertInto("declarationStep").values({ county: row.county, declarationId: row.id, no, area: row.area, citizenId: row.citizenId, act, account: tx.actor.account, words: words === undefined ? null : seal(platform.keys, row.county, boundTo(row, no), words) }).execute();
}

const refuse = (faults: readonly Issue[]): void => {
  if (faults.length > 0) throw new Problem("record-has-issues", { zh: "有几项需要改正", en: "Some items need to be put right" }, faults);
};

type Made = { readonly area: number; readonly scheme: string; readonly campaignId: string; readonly recordId: string | null; readonly basedOn: number | null; readonly content: Declared };

async function application(tx: Tx, platform: Platform, services: readonly SelfService[], me: Me, body: BodyOf<typeof declareRoute>): Promise<Made> {
  const { campaign, area } = body;
  if (campaign === undefined || area === undefined) throw new Problem("bad-request");
  const round = await roundOf(tx, services, campaign, area);
  if (area < round.area || area > round.hi) throw new Problem("not-found");
  if (!(await tx.selectFrom("area").select("code").where("code", "=", area).where("validTo", "is", null).executeTakeFirst())) throw new Problem("not-found");
  const today = platform.clock.today();
  const closed = closedToday(round, today);
  if (closed) throw new Problem("window-closed", closed);
  const scheme = await loadScheme(tx, round.scheme, round.version);
  const asked = askedBy(round.service);
  const answers = withIdentity(scheme.definition, round.service, answersFrom(body.answers, (path) => asked.has(path)), me.identity, area);
  refuse(faultsOf(scheme, answers, asked, { today, referenceDate: round.referenceDate }));
  const notice = await noticeAt(tx, platform, { scheme: round.scheme, area });
  if (notice && notice.digest !== body.notice) throw new Problem("notice-missing", { zh: "请先阅读告知书并勾选", en: "Please read the notice and tick that you have" });
  return { area, scheme: round.scheme, campaignId: round.id, recordId: null, basedOn: null, content: { identity: me.identity, answers, ...(notice && { notice: notice.digest }), ...(body.said !== undefined && { said: body.said }) } };
}

async function correction(tx: Tx, platform: Platform, me: Me, body: BodyOf<typeof declareRoute>): Promise<Made> {
  const row = (await heldRows(tx)).find((one) => one.recordId === body.record && one.county === body.county && isMine(one, me));
  if (!row) throw new Problem("not-found");
  if (body.basedOn !== row.head) throw new Problem("changed-meanwhile");
  const scheme = await loadScheme(tx, row.scheme, row.version);
  const { definition } = scheme;
  const paths = new Set(Object.keys(body.answers));
  const allowed = (path: string): boolean => {
    const place = itemAt(definition, path);
    return place !== undefined && !place.section.repeats && mayCorrect(definition, path, place.item);
  };
  if (paths.size === 0 || paths.size > 40) throw new Problem("bad-request", { zh: "请至少更正一项", en: "Correct at least one item" });
  const answers = answersFrom(body.answers, allowed, answersOf(platform, row));
  refuse(faultsOf(scheme, answers, paths, { today: platform.clock.today() }));
  return { area: row.area, scheme: row.scheme, campaignId: row.campaignId, recordId: row.recordId, basedOn: row.head, content: { identity: me.identity, changes: body.answers as Readonly<Record<string, Value>>, ...(body.said !== undefined && { said: body.said }) } };
}

/**
 * Takes what a person declares. The same id again is the same declaration; another of the kind while one is open is refused.
 * @throws Problem bad-request, not-found, window-closed, record-has-issues, unit-designation, changed-meanwhile, already-exists
 */
export async function declare(tx: Tx, platform: Platform, services: readonly SelfService[], me: Me, body: BodyOf<typeof declareRoute>): Promise<Own> {
  const before = await tx.selectFrom("declaration").select(["county", "id"]).where("citizenId", "=", me.citizen).where("id", "=", body.id).executeTakeFirst();
  if (before) return ownView(tx, platform, before);
  const made = body.kind === "apply" ? await application(tx, platform, services, me, body) : await correction(tx, platform, me, body);
  const { content, ...rest } = made;
  const row = { county: countyOf(made.area), id: body.id, ...rest, citizenId: me.citizen, kind: body.kind };
  await tx.insertInto("declaration").values({ ...row, state: "sent", sealed: seal(platform.keys, row.county, boundTo(row), content) }).execute();
  await addStep(tx, platform, row, "sent");
  await audit(tx, { action: "self.declare", purpose: "self", county: row.county, area: row.area, ...(row.recordId !== null && { recordId: row.recordId }), detail: { declaration: row.id, kind: row.kind } });
  return ownView(tx, platform, row);
}

/** @throws Problem not-found */
async function ownView(tx: Tx, platform: Platform, key: DeclarationKey): Promise<Own> {
  const row = await declarationOf(tx, key);
  if (!row) throw new Problem("not-found");
  return (await viewsOf(tx, platform, [row]))[0]!;
}

type OwnAid = { readonly declaration: string; readonly item: string; readonly labelZh: string | null; readonly labelEn: string | null; readonly state: Own["aid"][number]["state"]; readonly appliedOn: string; readonly dueOn: string | null; readonly decidedOn: string | null; readonly amountFen: number | null; readonly why: string | null };
const whys: Readonly<Record<string, { readonly zh: string; readonly en: string }>> = { ...returnLabels, ...whyLabels };
const notEntered = { zh: "未能登记", en: "Could not be entered" };

/** What became of the applications for aid that the person's declarations were. */
async function aidOf(tx: Tx): Promise<ReadonlyMap<string, Own["aid"]>> {
  const { rows } = await sql<OwnAid>`select declaration, item, label_zh, label_en, state, applied_on, due_on, decided_on, amount_fen, why from security.aid_i_declared() order by item`.execute(tx);
  const views = rows.map((row) => ({ declaration: row.declaration, view: {
    item: row.item, label: { zh: row.labelZh ?? row.item, en: row.labelEn ?? row.item }, state: row.state, stateLabel: { ...(row.state === "returned" ? notEntered : applicationLabels[row.state]) }, appliedOn: row.appliedOn,
    ...(row.dueOn !== null && { dueOn: row.dueOn }),
    ...(row.decidedOn !== null && { decidedOn: row.decidedOn }),
    ...(row.amountFen !== null && row.state === "granted" && { amount: yuanOf(row.amountFen) }),
    ...(row.why !== null && whys[row.why] !== undefined && { why: { ...whys[row.why]! } }),
  } }));
  return new Map([...Map.groupBy(views, (one) => one.declaration)].map(([declaration, of]) => [declaration, of.map((one) => one.view)]));
}

async function viewsOf(tx: Tx, platform: Platform, rows: readonly DeclarationRow[]): Promise<Own[]> {
  const held = rows.some((row) => row.recordId !== null) ? await heldRows(tx) : [];
  const places = await areaNames(tx, rows.map((row) => row.area));
  const aid = rows.some((row) => row.state === "accepted" && row.kind === "apply") ? await aidOf(tx) : new Map<string, Own["aid"]>();
  const views: Own[] = [];
  for (const row of rows) {
    const { version } = await tx.selectFrom("campaign").select("version").where("id", "=", row.campaignId).executeTakeFirstOrThrow();
    const record = held.find((one) => one.recordId === row.recordId && one.county === row.county && !one.asMember);
    views.push({
      county: row.county,
      id: row.id,
      kind: row.kind,
      label: (await loadScheme(tx, row.scheme, version)).definition.label,
      area: { ...places.get(row.area)! },
      state: row.state,
      sentAt: row.sentAt.toISOString(),
      aid: aid.get(row.id) ?? [],
      steps: (await stepsOf(tx, row)).map((step) => {
        const words = wordsOf(platform, row, step);
        return { act: step.act, at: step.at.toISOString(), byMe: step.account === tx.actor.account, ...(words !== undefined && { words }) };
      }),
      ...(record && row.state === "accepted" && { record: { state: recordStates[record.state], updatedAt: record.updatedAt.toISOString() } }),
    });
  }
  return views;
}

const PAGE = 20;
/** The newest first, so many at a time. */
export async function listOwn(tx: Tx, platform: Platform, skip = 0): Promise<ReplyOf<typeof listRoute>> {
  // Whose they are is said by the scope; the condition is for the index.
  const { rows } = await sql<DeclarationRow>`select * from declaration where citizen_id = security.self() order by sent_at desc, id offset ${skip} limit ${PAGE + 1}`.execute(tx);
  return { rows: await viewsOf(tx, platform, rows.slice(0, PAGE)), ...(rows.length > PAGE && { next: skip + PAGE }) };
}

/** @throws Problem not-found, move-not-possible, bad-request (nothing said) */
export async function moveOwn(tx: Tx, platform: Platform, key: DeclarationKey, { move, words }: BodyOf<typeof moveRoute>): Promise<Own> {
  const row = await declarationOf(tx, key, true);
  if (!row) throw new Problem("not-found");
  const rule = selfMoves[move];
  if (!rule.from.includes(row.state)) throw new Problem("move-not-possible");
  if (move === "answer" && words === undefined) throw new Problem("bad-request", { zh: "请填写补充说明", en: "Please write your answer" });
  await tx.updateTable("declaration").set({ state: rule.to, ...(rule.to === "withdrawn" && { settledAt: sql<Date>`now()` }) }).where("county", "=", key.county).where("id", "=", key.id).execute();
  await addStep(tx, platform, row, rule.act, words);
  await audit(tx, { action: `self.${move}`, purpose: "self", county: row.county, area: row.area, detail: { declaration: row.id } });
  return ownView(tx, platform, key);
}

/** A declared value in words. */
export const shown = (scheme: Parameters<typeof textOf>[0], path: string, value: Value | undefined): { zh: string; en: string } => {
  const place = itemAt(scheme, path);
  return place && value !== undefined ? textOf(scheme, place.item, value) : { zh: "—", en: "—" };
};
