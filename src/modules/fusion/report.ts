// The conflict report of a fusion as a workbook: what was chosen and why, which links are doubtful, which rows went out.
import { audit } from "../../platform/audit.ts";
import { Problem } from "../../core/problem.ts";
import type { Tx } from "../../platform/database.ts";
import type { FileReply } from "../../platform/http.ts";
import type { Platform } from "../../platform/platform.ts";
import type { Cell } from "../../platform/sheet-row.ts";
import { writeWorkbook } from "../../platform/spreadsheet.ts";
import * as queries from "./queries.ts";
import { mayMove, reasonLabels } from "./rules.ts";
import { opened, openKnown } from "./service.ts";
import { labelOfDepartment, personView, type PersonView } from "./view.ts";

const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const PART = 2000;
const two = ({ zh, en }: { readonly zh: string; readonly en: string }): string => `${zh} ${en}`;
const said = (one: PersonView["values"][number]["from"]): string => `${one.department.zh}（${one.asOf}，第${one.row}行）：${one.value.zh}`;

/** @throws Problem not-found, move-not-possible before the fusion has ended */
export async function makeReport(tx: Tx, platform: Platform, key: queries.FusionKey): Promise<FileReply> {
  const { fusion, ground } = await opened(tx, platform, key);
  if (!mayMove("report", fusion.state)) throw new Problem("move-not-possible");
  const counts = await queries.recount(tx, key);
  const conflicts: Cell[][] = [["序号 No", "姓名 Name", "状态 State", "项目 Item", "采用值 Chosen", "来源 From", "理由 Why", "不同的值 Others"]];
  const left: Cell[][] = [["名单 List", "数据时点 As of", "行号 Row", "姓名 Name", "原因 Reason"]];
  const people: Cell[][] = [["序号 No", "姓名 Name", "状态 State", "原因 Reason", "来源名单行 Rows", "冲突项 Conflicts"]];
  const names = new Map<number, string>();
  let seen = 0;
  for (let after = 0; ; ) {
    const part = await queries.peoplePage(tx, key, { after, most: PART });
    for (const row of part) {
      const person = personView(ground, row, openKnown(platform, key, row));
      names.set(person.no, person.name);
      people.push([person.no, person.name, stateWord(person.state), person.reason === undefined ? "" : two(person.reason), person.rows.map((one) => `${one.department.zh} ${one.row}`).join("、"), person.conflicts]);
      for (const value of person.values) {
        if (value.differ.length > 0) conflicts.push([person.no, person.name, stateWord(person.state), two(value.label), value.value.zh, `${value.from.department.zh} ${value.from.asOf}`, two(value.whyLabel), value.differ.map(said).join("；")]);
      }
    }
    seen += part.length;
    after = part.at(-1)?.no ?? after;
    if (part.length < PART) break;
  }
  for (const row of await queries.rowsLeftOut(tx, key)) {
    const list = ground.lists.find((each) => each.batch === row.batchId);
    left.push([labelOfDepartment(ground.scheme, list?.department ?? "").zh, list?.asOf ?? "", row.rowNo, row.personNo === null ? "" : (names.get(row.personNo) ?? ""), two(reasonLabels[row.reason ?? ""] ?? { zh: "", en: "" })]);
  }
  const doubts: Cell[][] = [["编号 No", "甲 A", "乙 B", "概率 Probability", "依据 Why", "判断 Decision"]];
  for (const doubt of await queries.doubts(tx, key, 5000)) {
    const why = doubt.why as unknown as { readonly zh: string; readonly en: string };
    doubts.push([doubt.no, `${doubt.personA} ${names.get(doubt.personA) ?? ""}`, `${doubt.personB} ${names.get(doubt.personB) ?? ""}`, doubt.probability, two(why), doubt.decision]);
  }
  const n = (name: string): number => counts[name] ?? 0;
  const explain: Cell[][] = [
    ["融合冲突报告", "Conflict report of a fusion"],
    ...ground.lists.map((list): Cell[] => [`${labelOfDepartment(ground.scheme, list.department).zh}，时点 ${list.asOf}，${list.rows} 行`, `${labelOfDepartment(ground.scheme, list.department).en}, as of ${list.asOf}, ${list.rows} rows`]),
    [`共 ${n("rows")} 行 = 合入 ${n("fused")} + 重复 ${n("duplicates")} + 未纳入 ${n("leftOut")}`, `${n("rows")} rows = ${n("fused")} fused + ${n("duplicates")} duplicates + ${n("leftOut")} left out`],
    [`人员 ${n("people")}：建议 ${n("proposed")}，名册已有 ${n("registered")}，已采纳 ${n("added")}`, `${n("people")} people: ${n("proposed")} proposed, ${n("registered")} registered before, ${n("added")} taken in`],
    [`有冲突的人员 ${n("conflicts")}，冲突项 ${n("fieldConflicts")}；存疑关联 ${n("undecided")} 待判断`, `${n("conflicts")} people with conflicts in ${n("fieldConflicts")} values; ${n("undecided")} doubtful links to decide`],
    ["采用值的次序：身份证号以校验有效者为先；其次按业务方案中该项的权威部门；再次按数据时点较新者。", "Order of choice: a valid ID number first; then the department that the scheme holds against the item; then the newer list."],
  ];
  await audit(tx, { action: "fusion.report", purpose: fusion.purpose, county: fusion.county, area: fusion.area, people: seen, detail: { fusion: fusion.id } });
  const bytes = await writeWorkbook([
    { name: "说明", rows: explain, headRows: 1, widths: [80, 100] },
    { name: "冲突", rows: conflicts, headRows: 1, widths: [8, 14, 14, 24, 24, 24, 30, 60], wrap: true },
    { name: "待判断", rows: doubts, headRows: 1, widths: [8, 18, 18, 12, 80, 14], wrap: true },
    { name: "未纳入", rows: left, headRows: 1, widths: [24, 14, 10, 14, 60] },
    { name: "人员", rows: people, headRows: 1, widths: [8, 14, 22, 50, 40, 12] },
  ]);
  return { fileName: "融合冲突报告.xlsx", mime: XLSX, bytes };
}

const stateWord = (state: string): string => ({ proposed: "建议纳入 proposed", registered: "名册已有 registered", added: "已采纳 taken in", "left-out": "未纳入 left out", merged: "已合并 merged" })[state] ?? state;
