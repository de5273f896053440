// The register of impact assessments, and the gate: sharing, releases of sensitive fields in full and scoring do not begin without one in force.
import { sql } from "kysely";
import type { Static } from "typebox";
import { areaRange } from "../../core/area-code.ts";
import { newId } from "../../core/ids.ts";
import { Problem } from "../../core/problem.ts";
import type { BodyOf, ReplyOf } from "../../core/route.ts";
import { audit } from "../../platform/audit.ts";
import type { Tx } from "../../platform/database.ts";
import type { Platform } from "../../platform/platform.ts";
import { accountNames } from "../access/service.ts";
import { areaNames } from "../areas/service.ts";
import { listPublished } from "../schemes/service.ts";
import type { assessmentView, listAssessments as listRoute, writeAssessment as writeRoute } from "./contract.ts";
import { assessmentState, type Matter, matterLabels, periodRefusal } from "./rules.ts";

type View = Static<typeof assessmentView>;
const all = (tx: Tx) => tx.selectFrom("assessment").selectAll();
type Row = Awaited<ReturnType<ReturnType<typeof all>["executeTakeFirstOrThrow"]>>;

type About = { readonly matter: Matter; readonly scheme: string; readonly area: number };
/** Whether an assessment of the matter is in force for the scheme at the area: written, approved by a second person, in its time, not ended. */
export async function isAssessed(tx: Tx, platform: Platform, about: About): Promise<boolean> {
  const { rows } = await sql<{ there: boolean }>`select security.is_assessed(${about.matter}, ${about.scheme}, ${about.area}, ${platform.clock.today()}::date) as there`.execute(tx);
  return rows[0]?.there === true;
}

/** @throws Problem assessment-missing */
export async function demandAssessment(tx: Tx, platform: Platform, about: About): Promise<void> {
  if (await isAssessed(tx, platform, about)) return;
  const { zh, en } = matterLabels[about.matter];
  throw new Problem("assessment-missing", { zh: `“${zh}”须先完成个人信息保护影响评估并经批准`, en: `“${en}” needs an impact assessment that was approved and is in force` });
}

async function viewsOf(tx: Tx, platform: Platform, rows: readonly Row[]): Promise<View[]> {
  const names = await accountNames(tx, rows.flatMap((row) => [row.writtenBy, row.approvedBy, row.endedBy].filter((one) => one !== null)));
  const areas = await areaNames(tx, rows.map((row) => row.area));
  const who = (by: string, at: Date) => ({ by: names.get(by) ?? by, at: at.toISOString() });
  const today = platform.clock.today();
  return rows.map((row) => ({
    id: row.id,
    area: { ...(areas.get(row.area) ?? { code: row.area, name: String(row.area), fullName: String(row.area) }) },
    matter: row.matter as Matter,
    ...(row.scheme !== null && { scheme: row.scheme }),
    ...{ title: row.title, purpose: row.purpose, effect: row.effect, measures: row.measures, risk: row.risk as View["risk"], madeOn: row.madeOn, untilOn: row.untilOn },
    state: assessmentState(row, today),
    written: who(row.writtenBy, row.writtenAt),
    ...(row.approvedBy !== null && row.approvedAt !== null && { approved: who(row.approvedBy, row.approvedAt) }),
    ...(row.endedBy !== null && row.endedAt !== null && { ended: { ...who(row.endedBy, row.endedAt), because: row.endedBecause ?? "" } }),
    mine: row.writtenBy === tx.actor.account,
  }));
}

export async function listAssessments(tx: Tx, platform: Platform): Promise<ReplyOf<typeof listRoute>> {
  const rows = await all(tx).orderBy("writtenAt", "desc").limit(500).execute();
  const labels = new Map((await listPublished(tx)).map(({ scheme, label }) => [scheme, label]));
  return { rows: await viewsOf(tx, platform, rows), schemes: [...labels].map(([key, label]) => ({ key, label: { ...label } })) };
}

async function locked(tx: Tx, id: string): Promise<Row> {
  const row = await all(tx).where("id", "=", id).forUpdate().executeTakeFirst();
  if (!row) throw new Problem("not-found");
  return row;
}
const note = (tx: Tx, action: string, { id, area, matter }: Pick<Row, "id" | "area" | "matter">): Promise<void> => audit(tx, { action, area, people: 0, detail: { assessment: id, matter } });
const viewOf = async (tx: Tx, platform: Platform, id: string): Promise<View> => (await viewsOf(tx, platform, [await locked(tx, id)]))[0]!;

/** For the caller's area. @throws Problem bad-request (period, unknown scheme) */
export async function writeAssessment(tx: Tx, platform: Platform, given: BodyOf<typeof writeRoute>): Promise<View> {
  const why = periodRefusal(given.madeOn, given.untilOn, platform.clock.today());
  if (why) throw new Problem("bad-request", why);
  if (given.scheme !== undefined && !(await listPublished(tx)).some(({ scheme }) => scheme === given.scheme)) throw new Problem("bad-request", { zh: "没有这一业务", en: "There is no such programme" });
  const { lo, hi } = areaRange(tx.actor.area);
  const id = newId();
  await tx.insertInto("assessment").values({ id, area: lo, hi, ...given, scheme: given.scheme ?? null, writtenBy: tx.actor.account, writtenAt: platform.clock.now() }).execute();
  await note(tx, "assessment.write", { id, area: lo, matter: given.matter });
  return viewOf(tx, platform, id);
}

/** @throws Problem second-person-needed, move-not-possible */
export async function approveAssessment(tx: Tx, platform: Platform, id: string): Promise<View> {
  const row = await locked(tx, id);
  if (row.writtenBy === tx.actor.account) throw new Problem("second-person-needed");
  if (assessmentState(row, platform.clock.today()) !== "waiting") throw new Problem("move-not-possible");
  await tx.updateTable("assessment").set({ approvedBy: tx.actor.account, approvedAt: platform.clock.now() }).where("id", "=", id).execute();
  await note(tx, "assessment.approve", row);
  return viewOf(tx, platform, id);
}

/** What began under it goes on to the end of its own time; nothing new begins. @throws Problem move-not-possible */
export async function endAssessment(tx: Tx, platform: Platform, id: string, reason: string): Promise<View> {
  const row = await locked(tx, id);
  if (row.endedAt !== null) throw new Problem("move-not-possible");
  await tx.updateTable("assessment").set({ endedBy: tx.actor.account, endedAt: platform.clock.now(), endedBecause: reason.trim() }).where("id", "=", id).execute();
  await note(tx, "assessment.end", row);
  return viewOf(tx, platform, id);
}
