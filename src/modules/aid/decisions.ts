// Decisions about applications: by a person, on papers; data collected for the register are cited only with the approval of the single case.
import { sql } from "kysely";
import { newId } from "../../core/ids.ts";
import { Problem } from "../../core/problem.ts";
import type { BodyOf, ReplyOf } from "../../core/route.ts";
import { audit } from "../../platform/audit.ts";
import type { Tx } from "../../platform/database.ts";
import { emit } from "../../platform/journal.ts";
import type { Platform } from "../../platform/platform.ts";
import type { askUse as askRoute, decideAid as decideRoute, settleUse as settleRoute } from "./contract.ts";
import { aidEvents } from "./events.ts";
import { itemInForce } from "./items.ts";
import { recheckDay } from "./rechecks.ts";
import { applicationLabels, collectedData, fenOf } from "./rules.ts";

type At = { readonly county: number; readonly id: string };
type Row = {
  readonly county: number;
  readonly id: string;
  readonly householdId: string;
  readonly area: number;
  readonly scheme: string;
  readonly item: string;
  readonly state: keyof typeof applicationLabels;
  readonly enteredBy: string;
  readonly appliedOn: string;
};

async function applicationForUpdate(tx: Tx, at: At): Promise<Row> {
  const { rows } = await sql<Row>`select county, id, household_id, area, scheme, item, state, entered_by, applied_on from aid_application where county = ${at.county}
      and id = ${at.id}::uuid for update`.execute(tx);
  const [row] = rows;
  if (!row) throw new Problem("not-found");
  return row;
}
const closed = (row: Row): Problem => new Problem("move-not-possible", { zh: `申请${applicationLabels[row.state].zh}`,
  en: `The application is ${applicationLabels[row.state].en.toLowerCase()}` });

const results = { grant: "granted", refuse: "refused", continue: "granted", change: "granted", stop: "ended" } as const;
type Terms = { readonly from: string | null; readonly to: string | null; readonly fen: number | null };
/** What was granted last, which a recheck repeats. */
const termsOf = async (tx: Tx, at: At): Promise<Terms | undefined> =>
  (await sql<Terms>`select from_on as "from", to_on as "to", amount_fen as fen from aid_decision where county = ${at.county} and application_id = ${at.id}::uuid and decision in ('grant', 'change')
    order by decided_on desc, at desc limit 1`.execute(tx)).rows[0];

/**
 * @throws Problem not-found, same-person (who entered it), move-not-possible (decided already), bad-request (money, days, an item that is not in force or gives less),
 * second-person-needed (collected data are cited without an approval of this case)
 */
export async function decideAid(tx: Tx, platform: Platform, at: At, given: BodyOf<typeof decideRoute>): Promise<ReplyOf<typeof decideRoute>> {
  const row = await applicationForUpdate(tx, at);
  const first = given.decision === "grant" || given.decision === "refuse";
  if (row.enteredBy === tx.actor.account) throw new Problem("same-person", { zh: "登记申请的人不能审批", en: "Whoever entered the application does not decide it" });
  if (first ? row.state !== "open" : row.state !== "granted") throw closed(row);
  const today = platform.clock.today();
  const item = await itemInForce(tx, row.scheme, row.item, row.area, row.appliedOn);
  if (!item) throw new Problem("bad-request", { zh: "该项目未执行", en: "The item is not in force" });
  const fen = given.amount === undefined ? undefined : fenOf(given.amount);
  const gives = given.decision === "grant" || given.decision === "change";
  if (given.amount !== undefined && (fen === undefined || (item.mostFen !== null && fen > item.mostFen)))
    throw new Problem("bad-request", { zh: "金额不可信，或超过每期上限", en: "The amount is absurd, or more than the item allows" });
  if (gives && item.form === "cash" && !fen) throw new Problem("bad-request", { zh: "请填写每期金额", en: "Say how much for each period" });
  if (gives && given.from === undefined) throw new Problem("bad-request", { zh: "请填写起始日期", en: "Say from which day" });
  if (given.from !== undefined && (given.from < row.appliedOn || (given.to !== undefined && given.to < given.from)))
    throw new Problem("bad-request", { zh: "起始日期不能早于申请日期，截止日期不能早于起始日期", en: "It begins after it was applied for and ends after it began" });
  await demandUses(tx, at, given.basis);
  const goesOn = given.decision === "continue";
  if (goesOn && (given.amount !== undefined || given.from !== undefined || given.to !== undefined))
    throw new Problem("bad-request", { zh: "复核后继续的，金额和日期不变；要改请选“调整”", en: "What goes on keeps its amount and days; choose “Change” to alter them" });
  const terms = goesOn ? await termsOf(tx, at) : { from: given.from ?? null, to: given.to ?? null, fen: fen ?? null };
  if (!terms) throw closed(row);
  if (goesOn && terms.to !== null && terms.to < today) throw new Problem("move-not-possible", { zh: `该项救助已于${terms.to}到期，须重新申请`, en: `This aid was over on ${terms.to}: it is applied for anew` });
  const id = newId();
  await sql`insert into aid_decision (county, id, application_id, household_id, area, scheme, item, decision, decided_on, from_on, to_on, amount_fen, basis, why, decided_by)
    values (${at.county}, ${id}::uuid, ${at.id}::uuid, ${row.householdId}::uuid, ${row.area}, ${row.scheme}, ${row.item}, ${given.decision}, ${today}::date, ${terms.from}::date,
      ${terms.to}::date, ${terms.fen}, ${[...new Set(given.basis)]}::text[], ${given.why}, ${tx.actor.account})`.execute(tx);
  const state = results[given.decision];
  const again = state === "granted" ? recheckDay(today, sql`${terms.to}::date`) : sql`null::date`;
  await sql`update aid_application a set state = ${state}, recheck_on = ${again} where a.county = ${at.county} and a.id = ${at.id}::uuid`.execute(tx);
  await emit(tx, [{ kind: aidEvents.decided, county: at.county, area: row.area, data: { application: at.id, household: row.householdId, item: row.item, decision: given.decision } }]);
  await audit(tx, { action: "aid.decide", county: at.county, area: row.area, detail: { application: at.id, decision: given.decision, basis: given.basis } });
  return { id, state };
}

/** The lock on purposes, said before the database says it. */
async function demandUses(tx: Tx, at: At, basis: readonly string[]): Promise<void> {
  const cited = basis.filter((one) => (collectedData as readonly string[]).includes(one));
  if (cited.length === 0) return;
  const { rows } = await sql<{ data: string }>`select data from aid_use where county = ${at.county} and application_id = ${at.id}::uuid and allowed`.execute(tx);
  if (cited.some((one) => !rows.some((row) => row.data === one)))
    throw new Problem("second-person-needed", {
      zh: "采集数据不作为享受待遇的依据；确需使用的，须逐案申请并经负责人批准",
      en: "Collected data are no basis of a benefit; where they must be cited, the lead approves the single case first",
    });
}

/** @throws Problem not-found, move-not-possible */
export async function withdrawAid(tx: Tx, at: At): Promise<Record<string, never>> {
  const row = await applicationForUpdate(tx, at);
  if (row.state !== "open") throw closed(row);
  await sql`update aid_application set state = 'withdrawn' where county = ${at.county} and id = ${at.id}::uuid`.execute(tx);
  await audit(tx, { action: "aid.withdraw", county: at.county, area: row.area, detail: { application: at.id } });
  return {};
}

/** Asks that collected data may be cited in this one case. @throws Problem not-found, move-not-possible */
export async function askUse(tx: Tx, at: At, given: BodyOf<typeof askRoute>): Promise<ReplyOf<typeof askRoute>> {
  const row = await applicationForUpdate(tx, at);
  // What was granted is decided about again: rechecked, changed, stopped.
  if (row.state !== "open" && row.state !== "granted") throw closed(row);
  const id = newId();
  await tx
    .insertInto("aidUse")
    .values({
      county: at.county,
      id,
      applicationId: at.id,
      area: row.area,
      scheme: row.scheme,
      data: given.data,
      reason: given.reason,
      askedBy: tx.actor.account,
      allowed: null,
      settledBy: null,
      settledAt: null,
    })
    .execute();
  await audit(tx, { action: "aid.ask-use", county: at.county, area: row.area, detail: { application: at.id, data: given.data, reason: given.reason } });
  return { id };
}

/** @throws Problem not-found, second-person-needed (who asked), move-not-possible (settled already) */
export async function settleUse(tx: Tx, platform: Platform, at: At, { allow }: BodyOf<typeof settleRoute>): Promise<ReplyOf<typeof settleRoute>> {
  const { rows } = await sql<{
    area: number;
    askedBy: string;
    allowed: boolean | null;
    applicationId: string;
  }>`select area, asked_by, allowed, application_id from aid_use where county = ${at.county} and id = ${at.id}::uuid for update`.execute(tx);
  const [row] = rows;
  if (!row) throw new Problem("not-found");
  if (row.askedBy === tx.actor.account) throw new Problem("second-person-needed");
  if (row.allowed !== null) throw new Problem("move-not-possible", { zh: "已办理", en: "It is settled" });
  await tx.updateTable("aidUse").set({ allowed: allow, settledBy: tx.actor.account, settledAt: platform.clock.now() }).where("county", "=", at.county).where("id", "=", at.id).execute();
  await audit(tx, { action: "aid.settle-use", county: at.county, area: row.area, detail: { application: row.applicationId, allowed: allow } });
  return {};
}
