// A case that came to the wrong office is offered to another one of the county, which takes or declines it; both are told why.
import type { BodyOf, ReplyOf } from "../../core/route.ts";
import { sql } from "kysely";
import { newId } from "../../core/ids.ts";
import { maskName } from "../../core/names.ts";
import { Problem } from "../../core/problem.ts";
import { audit, partOfOneAct } from "../../platform/audit.ts";
import type { Tx } from "../../platform/database.ts";
import { emit } from "../../platform/journal.ts";
import type { Platform } from "../../platform/platform.ts";
import { accountNames } from "../access/service.ts";
import { areaNames } from "../areas/service.ts";
import { refuseDesignation } from "./answers.ts";
import { getCase, groupLabelOf, type CaseView } from "./case-view.ts";
import type { listReroutes as listRoute, rerouteCase as rerouteRoute, settleReroute as settleRoute } from "./contract.ts";
import { caseEvents } from "./events.ts";
import * as queries from "./queries.ts";
import { whyNotReroute } from "./rules.ts";
import { factOf } from "./settling.ts";

type At = { readonly county: number; readonly id: string };

/** @throws Problem not-found, move-not-possible, already-exists (an offer is open), unit-designation */
export async function rerouteCase(tx: Tx, platform: Platform, { county, id }: At, input: BodyOf<typeof rerouteRoute>): Promise<CaseView> {
  refuseDesignation(input.reason);
  const file = await queries.lockCase(tx, county, id);
  if (file === undefined) throw new Problem("not-found");
  const why = whyNotReroute(file.state, file.area, input.toArea);
  if (why !== undefined) throw new Problem("move-not-possible", why);
  const townships = await queries.townshipsOf(tx, county);
  if (input.toArea !== county * 1e6 && !townships.has(input.toArea)) throw new Problem("move-not-possible", { zh: "请选择乡镇或县级机构", en: "Choose a township or the county" });
  await tx.insertInto("caseReroute").values({ county, id: newId(), caseId: id, area: file.area, toArea: input.toArea, classGroup: file.classGroup, person: maskName(file.personName), reason: input.reason, askedBy: tx.actor.account }).execute();
  await queries.addSteps(tx, county, [{ case: id, area: file.area, kind: "reroute-asked", note: input.reason }]);
  await audit(tx, { action: "case.reroute-ask", county, area: file.area, ...(file.recordId !== null && { recordId: file.recordId }), detail: { case: id, to: input.toArea } });
  return partOfOneAct(tx, () => getCase(tx, platform, county, id));
}

const open = (row: { readonly state: string }): boolean => row.state === "asked";

/** Offers from and to the caller's area, the open ones first, then the newest. */
export async function listReroutes(tx: Tx): Promise<ReplyOf<typeof listRoute>> {
  const rows = await tx.selectFrom("caseReroute").selectAll().orderBy(sql`state <> 'asked'`).orderBy("askedAt", "desc").limit(200).execute();
  const names = await areaNames(tx, rows.flatMap((row) => [row.area, row.toArea]));
  const people = await accountNames(tx, rows.flatMap((row) => [row.askedBy, ...(row.settledBy === null ? [] : [row.settledBy])]));
  await audit(tx, { action: "case.reroutes", people: rows.length });
  const place = (code: number) => names.get(code) ?? { code, name: String(code), fullName: String(code) };
  return {
    rows: rows.map((row) => ({
      county: row.county,
      id: row.id,
      case: row.caseId,
      person: row.person,
      groupLabel: groupLabelOf(row.classGroup),
      fromArea: place(row.area),
      toArea: place(row.toArea),
      reason: row.reason,
      state: row.state as "asked" | "accepted" | "declined",
      askedBy: people.get(row.askedBy) ?? row.askedBy,
      askedAt: row.askedAt.toISOString(),
      ...(row.settledBy !== null && { settledBy: people.get(row.settledBy) ?? row.settledBy }),
      ...(row.settledAt !== null && { settledAt: row.settledAt.toISOString() }),
      ...(row.settleReason !== null && { settleReason: row.settleReason }),
      mine: open(row) && row.toArea >= tx.actor.lo && row.toArea <= tx.actor.hi && row.askedBy !== tx.actor.account,
    })),
  };
}

/**
 * The receiving office takes the case with its history and findings, or declines.
 * @throws Problem not-found (no open offer to the caller's area), same-person, move-not-possible (answered meanwhile: it can only be declined), unit-designation
 */
export async function settleReroute(tx: Tx, { county, id }: At, input: BodyOf<typeof settleRoute>): Promise<ReplyOf<typeof settleRoute>> {
  refuseDesignation(input.reason);
  const row = await tx.selectFrom("caseReroute").selectAll().where("county", "=", county).where("id", "=", id).where("state", "=", "asked").executeTakeFirst();
  if (row === undefined || row.toArea < tx.actor.lo || row.toArea > tx.actor.hi) throw new Problem("not-found");
  if (row.askedBy === tx.actor.account) throw new Problem("same-person", { zh: "转派人不能自己接收", en: "Who offered a case cannot take it" });
  const { rows } = await sql<{ case: string | null }>`select security.settle_case_reroute(${county}, ${id}::uuid, ${input.accept}, ${input.reason}) as "case"`.execute(tx);
  if (rows[0]?.case == null) throw new Problem("move-not-possible", { zh: "该任务已答复或办结，只能拒收", en: "The case was answered or closed meanwhile; it can only be declined" });
  if (input.accept) await emit(tx, [factOf({ id: row.caseId, area: row.toArea, recordId: null, subjectId: null }, county, caseEvents.rerouted, { from: row.area })]);
  await audit(tx, { action: "case.reroute-settle", county, area: row.toArea, detail: { case: row.caseId, accept: input.accept } });
  return { case: row.caseId, accepted: input.accept };
}
