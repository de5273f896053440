// When departments' lists are due in a round, and whether they came.
import { countyOf } from "../../core/area-code.ts";
import { Problem } from "../../core/problem.ts";
import type { BodyOf, ReplyOf } from "../../core/route.ts";
import { audit } from "../../platform/audit.ts";
import type { Tx } from "../../platform/database.ts";
import { type Campaign, campaignOf } from "../campaigns/service.ts";
import { loadScheme } from "../schemes/service.ts";
import { arrivalPeriods, type setArrivalPlan as planRoute } from "./contract.ts";
import { type ArrivalPlan, dayFits, type Due, dueDates, maySign, settleDues } from "./rules.ts";
import { departmentOf } from "./targets.ts";

/** @throws Problem not-allowed, bad-request (unknown department, a day that is none of the period) */
export async function setPlan(tx: Tx, department: string, given: BodyOf<typeof planRoute>): Promise<ReplyOf<typeof planRoute>> {
  if (!maySign(tx.actor)) throw new Problem("not-allowed");
  const campaign = await campaignOf(tx, given.campaign);
  departmentOf((await loadScheme(tx, campaign.scheme, campaign.version)).definition, department);
  if (!dayFits(given)) throw new Problem("bad-request", { zh: "日期不在周期内：每周填1–7，每月、每季填1–28", en: "No such day in the period: weekly 1–7, monthly and quarterly 1–28" });
  const county = countyOf(tx.actor.area);
  const plan = { period: given.period, day: given.day, remindDays: given.remindDays ?? 3 };
  await tx
    .insertInto("arrivalPlan")
    .values({ county, campaignId: campaign.id, department, area: tx.actor.area, setBy: tx.actor.account, ...plan })
    .onConflict((conflict) => conflict.columns(["county", "campaignId", "department"]).doUpdateSet({ ...plan, setBy: tx.actor.account, at: new Date() }))
    .execute();
  await audit(tx, { action: "arrival.plan", county, area: tx.actor.area, people: 0, detail: { campaign: campaign.id, department, period: plan.period } });
  return plan;
}

/** Plans of a county's round by department. */
export async function plansOf(tx: Tx, county: number, campaign: string): Promise<ReadonlyMap<string, ArrivalPlan>> {
  const rows = await tx.selectFrom("arrivalPlan").select(["department", "period", "day", "remindDays"]).where("county", "=", county).where("campaignId", "=", campaign).execute();
  return new Map(rows.flatMap(({ department, period, day, remindDays }) => {
    const known = arrivalPeriods.find((one) => one === period);
    return known === undefined ? [] : [[department, { period: known, day, remindDays }] as const];
  }));
}

/** @param arrivals days (China Standard Time) on which whole lists came */
export const duesOf = (plan: ArrivalPlan | undefined, campaign: Campaign, arrivals: readonly string[], today: string): readonly Due[] =>
  plan === undefined ? [] : settleDues(dueDates(plan, campaign.startsOn, campaign.endsOn), arrivals, today, plan.remindDays);
