// One round of the demonstration county from its base list to closed cases, through the same services as the HTTP routes.
import type { ImportView } from "../../modules/exchange/service.ts";
import { makeReport } from "../../modules/reports/service.ts";
import { reportDocument } from "../../modules/reports/document.ts";
import { reportWorkbook } from "../../modules/reports/workbook.ts";
import type { County } from "./county.ts";
import { DEPARTMENTS } from "./facts.ts";
import { makeVisits } from "./loop-capture.ts";
import { settleCases } from "./loop-cases.ts";
import { bringIn, matchDepartment, type MatchSum } from "./loop-match.ts";
import { review } from "./loop-review.ts";
import { knownOf, scoreFindings, scoreStates } from "./loop-truth.ts";
import { inParallel } from "../../platform/lanes.ts";
import type { World } from "./world.ts";

/** Shows a stage while it runs; returns what it did. */
export type Stages = <T>(name: string, work: (show: (done: number, total: number) => void) => Promise<readonly [T, string]>) => Promise<T>;

const n = (count: number): string => count.toLocaleString("en");
const rate = (share: number): string => share.toFixed(4);
const sums = ({ rows, accepted, returned }: ImportView): string => `${n(accepted)} + ${n(returned)} returned = ${n(rows)} rows`;

export async function runLoop(world: World, county: County, stage: Stages) {
  const { people } = county;
  const images = await stage("生成虚构县 invent the county", async () => {
    county.baseList();
    for (const department of DEPARTMENTS) county.extract(department);
    county.truth();
    return [await county.images(), `${n(people)} people, seed ${county.seed}`] as const;
  });
  const base = await stage("导入底册 import the base list", async () => {
    const view = await bringIn(world, world.countyLead, await county.baseListFile());
    return [view, sums(view)] as const;
  });
  const caught = await stage("采集 capture", async (show) => {
    const done = await makeVisits(world, county.captures(), images, (count) => show(count, people));
    return [done, `${n(done.first.size)} people, ${n(done.second.size)} captured twice`] as const;
  });
  const reviewed = await stage("审核 review", async (show) => {
    const counts = await review(world, caught, images, (count) => show(count, people));
    return [counts, `${n(counts.approved)} accepted, ${n(counts.returned)} returned and mended, ${n(counts.merged)} merged`] as const;
  });
  await stage("反应 reactions", async () => {
    await world.worker.settle();
    return [undefined, "up to date"] as const;
  });
  const extracts = await stage("接收部门数据 take in departments' lists", async (show) => {
    const views: ImportView[] = [];
    for (const department of DEPARTMENTS) {
      views.push(await bringIn(world, world.contacts[department]!, await county.extractFile(department), department, county.extract(department).asOf));
      show(views.length, DEPARTMENTS.length);
    }
    return [views, `${n(views.reduce((sum, view) => sum + view.rows, 0))} rows of ${views.length} departments, ${n(views.reduce((sum, view) => sum + view.returned, 0))} returned`] as const;
  });
  const matches = await stage("比对 match", async (show) => {
    const done: MatchSum[] = [];
    await inParallel(DEPARTMENTS.entries(), 2, async ([i, department]) => {
      done.push(await matchDepartment(world, county.extract(department), extracts[i]!.id, caught));
      show(done.length, DEPARTMENTS.length);
    });
    return [done, `${n(done.reduce((sum, match) => sum + match.decided, 0))} pairs decided by a person`] as const;
  });
  const known = knownOf(county, caught);
  const score = await stage("发现 findings → cases", async () => {
    await world.worker.settle();
    const findings = await scoreFindings(world, county, known);
    return [findings, `${n(findings.raised)} raised, precision ${rate(findings.precision)}, recall ${rate(findings.recall)} of ${n(findings.planted)} planted`] as const;
  });
  const cases = await stage("核查 settle cases", async (show) => {
    const sum = await settleCases(world, known, images, show);
    return [sum, `${n(sum.corrected)} corrected, ${n(sum.confirmed)} confirmed with proof, ${n(sum.unsettled)} cannot tell`] as const;
  });
  const states = await stage("最终状态 final states", async () => {
    const found = await scoreStates(world, county, caught);
    return [found, `${Object.entries(found.states).map(([state, count]) => `${state} ${n(count)}`).join(", ")} = ${n(found.people)}${found.addUp ? "" : "  DOES NOT ADD UP"}`] as const;
  });
  const report = await stage("县级报告 county report", async () => {
    const view = await world.platform.database.write(world.countyLead, (tx) => makeReport(tx, world.platform, { campaign: world.campaign.id }));
    const [xlsx, docx] = [await reportWorkbook(view), await reportDocument(view, "zh")];
    return [{ digest: view.digest, xlsxBytes: xlsx.length, docxBytes: docx.length }, `digest ${view.digest.slice(0, 16)}…`] as const;
  });
  return { base: outcome(base), captures: { people: caught.first.size, twice: caught.second.size }, review: reviewed, extracts: extracts.map(outcome), matches, findings: score, cases, states, report };
}

const outcome = ({ fileName, rows, accepted, returned }: ImportView): { fileName: string; rows: number; accepted: number; returned: number } => ({ fileName, rows, accepted, returned });
