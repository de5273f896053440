// The figures of a county report, gathered in one transaction, and their canonical form with its digest.
import { createHash } from "node:crypto";
import { sql } from "kysely";
import type { Static } from "typebox";
import type { Text } from "../../core/issue.ts";
import type { Scheme } from "../../scheme/model.ts";
import { canonicalJson } from "../../core/json.ts";
import type { Tx } from "../../platform/database.ts";
import type { Platform } from "../../platform/platform.ts";
import { getProgress } from "../campaigns/service.ts";
import { caseCounts } from "../dispatch/service.ts";
import { answerLabels } from "../dispatch/rules.ts";
import { type FindingCount, findingCounts } from "../matching/service.ts";
import { finalStates, stateLabels, states, type State } from "../records/rules.ts";
import type { figure, figureTable } from "./contract.ts";

type Table = Static<typeof figureTable>;
export type Figures = { readonly title: Text; readonly paragraphs: readonly Text[]; readonly figures: readonly Static<typeof figure>[]; readonly tables: readonly Table[] };

const t = (zh: string, en: string): Text => ({ zh, en });
const share = (part: number, base: number): string => (base === 0 ? "—" : `${((part / base) * 100).toFixed(1)}%`);

export type ReportGround = { readonly campaign: string; readonly county: number; readonly area: number; readonly areaName: string; readonly fictional: boolean; readonly scheme: Scheme };

/** Everything the report says, from rows as they stand in this transaction. */
export async function gatherFigures(tx: Tx, platform: Platform, ground: ReportGround): Promise<Figures> {
  const progress = await getProgress(tx, platform, { campaign: ground.campaign, area: ground.area });
  const { whole, parts } = progress;
  const count = (state: State): number => whole.states[state] ?? 0;
  const settled = finalStates.reduce((sum, state) => sum + count(state), 0);
  const categories = await categoryCounts(tx, ground);
  const findings = byClass(await findingCounts(tx, ground.county, ground.campaign));
  const cases = await caseCounts(tx, ground.county);
  const imports = await importSums(tx, ground.county);
  const raised = findings.reduce((sum, row) => sum + row.open + row.closed, 0);
  const closed = findings.reduce((sum, row) => sum + row.closed, 0);
  const caseTotal = cases.open + cases.answered + cases.closed;
  const figures = [
    { key: "people", label: t("登记对象总数", "People in the register"), count: whole.total },
    { key: "base", label: t("其中：底册对象", "of them on the base list"), count: whole.base, base: whole.total },
    { key: "added", label: t("其中：新增对象", "of them newly found"), count: whole.added, base: whole.total },
    { key: "settled", label: t("已有最终结果", "With a final outcome"), count: settled, base: whole.total },
    ...finalStates.map((state) => ({ key: `state:${state}`, label: stateLabels[state], count: count(state), base: whole.total })),
    { key: "findings", label: t("比对发现的问题", "Findings of the cross-match"), count: raised },
    { key: "findings-closed", label: t("其中：复核通过办结", "of them closed by the same check"), count: closed, base: raised },
    { key: "cases", label: t("核查任务", "Cases"), count: caseTotal },
    { key: "cases-closed", label: t("其中：已办结", "of them closed"), count: cases.closed, base: caseTotal },
  ];
  const classLabel = new Map(ground.scheme.findingClasses.map((each) => [each.key, each.label]));
  const departmentLabel = new Map(ground.scheme.departments.map((each) => [each.key, each.label]));
  const shown = states.filter((state) => whole.states[state]);
  const tables: Table[] = [
    {
      key: "townships",
      title: t("分乡镇采集情况", "Collection by township"),
      columns: [t("乡镇", "Township"), t("对象数", "People"), ...shown.map((state) => stateLabels[state]), t("最终结果率", "With a final outcome")],
      rows: parts.map((part) => {
        const done = finalStates.reduce((sum, state) => sum + (part.states[state] ?? 0), 0);
        return [part.area.name, part.total, ...shown.map((state) => part.states[state] ?? 0), `${share(done, part.total)} (${done}/${part.total})`];
      }),
    },
    {
      key: "categories",
      title: t("分类别入库情况（一人可属多类）", "Accepted people by category (a person may belong to several)"),
      columns: [t("类别", "Category"), t("人数", "People"), t("占已入库", "Share of accepted")],
      rows: ground.scheme.categories.map((category) => {
        const n = categories.get(category.key) ?? 0;
        return [category.label, n, `${share(n, count("accepted"))} (${n}/${count("accepted")})`];
      }),
    },
    {
      key: "findings",
      title: t("比对发现与办结", "Findings and their closing"),
      columns: [t("部门", "Department"), t("问题代码", "Class"), t("问题", "Finding"), t("发现", "Raised"), t("办结", "Closed"), t("办结率", "Closed rate")],
      rows: findings.map((row) => {
        const all = row.open + row.closed;
        return [departmentLabel.get(row.department) ?? row.department, row.class, classLabel.get(row.class) ?? row.class, all, row.closed, `${share(row.closed, all)} (${row.closed}/${all})`];
      }),
    },
    {
      key: "answers",
      title: t("核查答复", "Answers to cases"),
      columns: [t("答复", "Answer"), t("任务数", "Cases")],
      rows: Object.entries(answerLabels).map(([key, label]) => [label, cases.answers[key] ?? 0]),
    },
    {
      key: "imports",
      title: t("数据导入", "Imports"),
      columns: [t("文件", "File"), t("行数", "Rows"), t("接收", "Accepted"), t("退回", "Returned")],
      rows: imports.map((row) => [row.fileName, row.rows, row.accepted, row.returned]),
    },
  ];
  const paragraphs = [
    t(
      `截至统计时点，${ground.areaName}登记退役军人和其他优抚对象${whole.total}人，其中底册${whole.base}人、新增${whole.added}人；${settled}人已有最终结果（${share(settled, whole.total)}），其中入库${count("accepted")}人。`,
      `At the time of the figures ${ground.areaName} has ${whole.total} people in the register, ${whole.base} from the base list and ${whole.added} newly found; ${settled} have a final outcome (${share(settled, whole.total)}), ${count("accepted")} of them accepted.`,
    ),
    t(
      `自愿放弃${count("refused")}人、查无此人${count("not-found")}人、去世${count("deceased")}人、迁出${count("moved")}人、重复合并${count("duplicate")}人，均已逐人登记，不再追采。`,
      `${count("refused")} refused, ${count("not-found")} were not found, ${count("deceased")} have died, ${count("moved")} moved away and ${count("duplicate")} were duplicates; each is recorded and not asked again.`,
    ),
    t(
      `与部门数据比对发现问题${raised}条，形成核查任务${caseTotal}件；经同一规则复核通过办结问题${closed}条（${share(closed, raised)}）、任务${cases.closed}件（${share(cases.closed, caseTotal)}）。`,
      `Matching with the departments' data raised ${raised} findings in ${caseTotal} cases; the same checks have since closed ${closed} findings (${share(closed, raised)}) and ${cases.closed} cases (${share(cases.closed, caseTotal)}).`,
    ),
    t("本次采集数据不作为享受待遇的依据，各类待遇以现有待遇体系数据为准。", "What was collected is not a basis for benefits; the registers of benefits remain what counts."),
  ];
  const title = t(`${ground.areaName}${ground.scheme.label.zh.replace(/信息采集$/u, "")}信息采集工作报告${ground.fictional ? "（虚构演示数据）" : ""}`, `${ground.areaName}: report on the collection, ${ground.scheme.label.en}${ground.fictional ? " (fictional demonstration data)" : ""}`);
  return { title, paragraphs, figures, tables };
}

/** SHA-256 of the canonical JSON: the same figures have the same digest. */
export const digestOf = (figures: Figures): string => createHash("sha256").update(canonicalJson(figures)).digest("hex");

type ClassCount = { readonly department: string; readonly class: string; readonly open: number; readonly closed: number };

/** Open and closed findings of each department and class, in the order of department and class. */
function byClass(rows: readonly FindingCount[]): ClassCount[] {
  return [...Map.groupBy(rows, (row) => `${row.department} ${row.class}`).values()].map((group) => {
    const sum = (state: string): number => group.filter((row) => row.state === state).reduce((n, row) => n + row.n, 0);
    return { department: group[0]!.department, class: group[0]!.class, open: sum("open"), closed: sum("closed") };
  });
}

async function categoryCounts(tx: Tx, { county, campaign }: ReportGround): Promise<Map<string, number>> {
  const { rows } = await sql<{ category: string; n: number }>`
    select c as category, count(*)::int as n from record r cross join unnest(r.categories) c
    where r.county = ${county} and r.campaign_id = ${campaign} and r.state = 'accepted' group by c`.execute(tx);
  return new Map(rows.map((row) => [row.category, row.n]));
}

const importSums = (tx: Tx, county: number) =>
  tx.selectFrom("importBatch").select(["fileName", "rows", "accepted", "returned"]).where("county", "=", county).where("state", "=", "done").orderBy("at").orderBy("id").execute();
