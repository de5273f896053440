// Makes, lists and opens reports. A report is frozen: opening it later shows the figures of its moment.
import type { Static } from "typebox";
import { countyOf, levelOf } from "../../core/area-code.ts";
import { newId } from "../../core/ids.ts";
import { Problem } from "../../core/problem.ts";
import type { ReplyOf } from "../../core/route.ts";
import { audit } from "../../platform/audit.ts";
import type { Tx } from "../../platform/database.ts";
import type { Platform } from "../../platform/platform.ts";
import { accountNames, setUpState } from "../access/service.ts";
import { areaNames } from "../areas/service.ts";
import { campaignOf } from "../campaigns/service.ts";
import { loadScheme } from "../schemes/service.ts";
import type { listReports, reportView } from "./contract.ts";
import { digestOf, gatherFigures, type Figures } from "./figures.ts";

export type ReportView = Static<typeof reportView>;
type Frozen = Figures & { readonly fictional: boolean };

/** @throws Problem not-allowed unless the caller's office is a county's */
export async function makeReport(tx: Tx, platform: Platform, campaignId: string): Promise<ReportView> {
  if (levelOf(tx.actor.area) !== 3) throw new Problem("not-allowed", { zh: "县级报告由县级机构生成", en: "A county report is made by the county's office" });
  const campaign = await campaignOf(tx, campaignId);
  const scheme = await loadScheme(tx, campaign.scheme, campaign.version);
  const area = (await areaNames(tx, [tx.actor.area])).get(tx.actor.area)!;
  const county = countyOf(tx.actor.area);
  const fictional = (await setUpState(tx)).demo;
  const figures = await gatherFigures(tx, platform, { campaign: campaignId, county, area: tx.actor.area, areaName: area.name, fictional, scheme: scheme.definition });
  const id = newId();
  const frozen: Frozen = { ...figures, fictional };
  await tx
    .insertInto("report")
    .values({ county, id, area: tx.actor.area, kind: "county", campaignId, asOf: platform.clock.now(), figures: JSON.stringify(frozen), digest: digestOf(figures), madeBy: tx.actor.account })
    .execute();
  await audit(tx, { action: "report.make", county, area: tx.actor.area, people: 0, detail: { report: id } });
  return openReport(tx, county, id);
}

export async function openReport(tx: Tx, county: number, id: string): Promise<ReportView> {
  const row = await tx.selectFrom("report").selectAll().where("county", "=", county).where("id", "=", id).executeTakeFirst();
  if (!row) throw new Problem("not-found");
  const { fictional, ...figures } = row.figures as unknown as Frozen;
  return {
    county,
    id,
    kind: row.kind,
    campaign: row.campaignId,
    area: (await areaNames(tx, [row.area])).get(row.area)!,
    asOf: row.asOf.toISOString(),
    digest: row.digest,
    madeBy: (await accountNames(tx, [row.madeBy])).get(row.madeBy) ?? row.madeBy,
    title: figures.title,
    fictional,
    paragraphs: [...figures.paragraphs],
    figures: [...figures.figures],
    tables: [...figures.tables],
  };
}

export async function reports(tx: Tx): Promise<ReplyOf<typeof listReports>> {
  const rows = await tx.selectFrom("report").select(["county", "id"]).orderBy("at", "desc").limit(200).execute();
  const views: ReportView[] = [];
  for (const row of rows) views.push(await openReport(tx, row.county, row.id));
  return { rows: views.map(({ county, id, kind, title, asOf, digest, madeBy }) => ({ county, id, kind, title, asOf, digest, madeBy })) };
}
