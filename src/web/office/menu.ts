// The left menu as data: which page shows for which permission. A page of nobody's permission is not in the menu.
import type { Text } from "../../core/issue.ts";
import type { Permission } from "../../modules/access/rules.ts";

/** Groups of the menu, in their order. */
export const menuGroups = {
  round: { zh: "轮次与采集点", en: "Round and stations" },
  people: { zh: "人员与审核", en: "People and review" },
  data: { zh: "部门比对", en: "Departments' data" },
  aid: { zh: "救助与研判", en: "Aid and insight" },
  reports: { zh: "报表与导出", en: "Reports and releases" },
  protection: { zh: "权益与防护", en: "Rights and protection" },
  office: { zh: "系统与授权", en: "Office and accounts" },
} as const satisfies Readonly<Record<string, Text>>;
export type MenuGroup = keyof typeof menuGroups;

/** `group`: none stands above all groups. */
export type MenuEntry = { readonly path: string; readonly group?: MenuGroup; readonly label: Text; readonly icon: string; readonly anyOf: readonly Permission[] };

export const menu: readonly MenuEntry[] = [
  { path: "/", label: { zh: "我的工作", en: "My work" }, icon: "work", anyOf: [] },
  { path: "/progress", group: "round", label: { zh: "采集进度", en: "Progress" }, icon: "progress", anyOf: ["progress.read"] },
  { path: "/calendar", group: "round", label: { zh: "本轮日程", en: "Calendar" }, icon: "calendar", anyOf: ["progress.read"] },
  { path: "/round", group: "round", label: { zh: "轮次安排", en: "The round" }, icon: "round", anyOf: ["round.keep", "record.review"] },
  { path: "/people", group: "people", label: { zh: "查找人员", en: "Find people" }, icon: "people", anyOf: ["record.search"] },
  { path: "/records", group: "people", label: { zh: "档案清单", en: "Records" }, icon: "records", anyOf: ["record.search"] },
  { path: "/records/new", group: "people", label: { zh: "新增对象", en: "Add a person" }, icon: "add", anyOf: ["record.capture"] },
  { path: "/records/offline", group: "people", label: { zh: "带回离线表", en: "Offline forms" }, icon: "offline", anyOf: ["record.capture"] },
  { path: "/review", group: "people", label: { zh: "审核", en: "Review" }, icon: "review", anyOf: ["record.review"] },
  { path: "/review/batch", group: "people", label: { zh: "批量通过", en: "Batch approval" }, icon: "batch", anyOf: ["record.review"] },
  { path: "/supervision", group: "round", label: { zh: "督导", en: "Supervision" }, icon: "supervision", anyOf: ["progress.read"] },
  { path: "/sampling", group: "round", label: { zh: "抽样复核", en: "Sampling" }, icon: "sampling", anyOf: ["sample.read"] },
  { path: "/recaptures", group: "round", label: { zh: "复核采集", en: "Second captures" }, icon: "recaptures", anyOf: ["sample.capture"] },
  { path: "/handovers", group: "people", label: { zh: "移交", en: "Hand-overs" }, icon: "handovers", anyOf: ["handover.settle", "record.capture"] },
  { path: "/emergency", group: "protection", label: { zh: "应急访问", en: "Emergency access" }, icon: "emergency", anyOf: ["emergency.read"] },
  { path: "/lookups", group: "protection", label: { zh: "重点查询复核", en: "Look-ups to look at" }, icon: "marks", anyOf: ["lookup.review"] },
  { path: "/decoys", group: "protection", label: { zh: "诱饵档案", en: "Decoys" }, icon: "decoys", anyOf: ["decoy.read"] },
  { path: "/contests", group: "people", label: { zh: "同号待核", en: "Contested numbers" }, icon: "contests", anyOf: ["record.unmerge"] },
  { path: "/stations", group: "round", label: { zh: "采集点和名册", en: "Stations and roster" }, icon: "stations", anyOf: ["fieldwork.read"] },
  { path: "/terminals", group: "round", label: { zh: "采集终端", en: "Terminals" }, icon: "terminals", anyOf: ["fieldwork.read"] },
  { path: "/nodes", group: "round", label: { zh: "上下级节点", en: "Nodes" }, icon: "nodes", anyOf: ["node.manage", "release.approve"] },
  { path: "/catalogue", group: "data", label: { zh: "部门数据目录", en: "Departments' data" }, icon: "catalogue", anyOf: ["import.read"] },
  { path: "/imports", group: "data", label: { zh: "数据导入", en: "Imports" }, icon: "imports", anyOf: ["import.read"] },
  { path: "/match-runs", group: "data", label: { zh: "数据比对", en: "Matching" }, icon: "matching", anyOf: ["match.read"] },
  { path: "/fusions", group: "data", label: { zh: "多源融合底册", en: "Fusion" }, icon: "fusion", anyOf: ["match.read"] },
  { path: "/blind-exchanges", group: "data", label: { zh: "不出明文比对", en: "Blind matching" }, icon: "blind", anyOf: ["match.read"] },
  { path: "/findings", group: "data", label: { zh: "比对发现", en: "Findings" }, icon: "findings", anyOf: ["finding.read"] },
  { path: "/cases", group: "data", label: { zh: "核查任务", en: "Cases" }, icon: "cases", anyOf: ["case.read"] },
  { path: "/returns", group: "data", label: { zh: "反馈部门的文件", en: "Files for departments" }, icon: "returns", anyOf: ["report.make", "release.approve"] },
  { path: "/reports", group: "reports", label: { zh: "工作报告", en: "Reports" }, icon: "reports", anyOf: ["report.read"] },
  { path: "/report-tables", group: "reports", label: { zh: "汇总表", en: "Summary tables" }, icon: "reportTables", anyOf: ["report.read"] },
  { path: "/households", group: "aid", label: { zh: "家庭名册", en: "Households" }, icon: "households", anyOf: ["aid.read"] },
  { path: "/aid", group: "aid", label: { zh: "救助申请", en: "Aid" }, icon: "aid", anyOf: ["aid.read"] },
  { path: "/aid/deliveries", group: "aid", label: { zh: "发放登记", en: "Deliveries" }, icon: "deliveries", anyOf: ["aid.deliver"] },
  { path: "/aid/offers", group: "aid", label: { zh: "慈善供需", en: "Charity" }, icon: "offers", anyOf: ["aid.read"] },
  { path: "/aid/plan", group: "aid", label: { zh: "标准和项目", en: "Lines and items" }, icon: "aidPlan", anyOf: ["aid.read"] },
  { path: "/warnings", group: "aid", label: { zh: "预警", en: "Warnings" }, icon: "warnings", anyOf: ["warning.read"] },
  { path: "/warning-rules", group: "aid", label: { zh: "预警规则", en: "Rules of warnings" }, icon: "warningRules", anyOf: ["warning.read"] },
  { path: "/insight", group: "aid", label: { zh: "交叉分析", en: "Cross-tables" }, icon: "insight", anyOf: ["insight.read"] },
  { path: "/insight/map", group: "aid", label: { zh: "分布地图", en: "Map" }, icon: "insightMap", anyOf: ["insight.read"] },
  { path: "/insight/indices", group: "aid", label: { zh: "贫困指数", en: "Indices" }, icon: "indices", anyOf: ["insight.read"] },
  { path: "/insight/what-if", group: "aid", label: { zh: "政策试算", en: "What if" }, icon: "whatIf", anyOf: ["insight.read"] },
  { path: "/insight/portraits", group: "aid", label: { zh: "群体画像", en: "Portraits" }, icon: "portraits", anyOf: ["insight.read"] },
  { path: "/plaques", group: "people", label: { zh: "光荣牌名册", en: "Plaques of honour" }, icon: "plaques", anyOf: ["record.search"] },
  { path: "/releases", group: "reports", label: { zh: "数据导出审批", en: "Releases" }, icon: "releases", anyOf: ["release.ask", "release.approve"] },
  { path: "/copies", group: "reports", label: { zh: "副本登记", en: "Copies" }, icon: "copies", anyOf: ["release.read"] },
  { path: "/notices", group: "reports", label: { zh: "公示名单", en: "Public lists" }, icon: "notices", anyOf: ["release.ask"] },
  { path: "/requests", group: "protection", label: { zh: "本人请求", en: "People's requests" }, icon: "requests", anyOf: ["rights.read"] },
  { path: "/serving", group: "data", label: { zh: "部门接口", en: "Departments' interface" }, icon: "serving", anyOf: ["serving.read"] },
  { path: "/declarations", group: "people", label: { zh: "自主申报", en: "Self-declarations" }, icon: "declarations", anyOf: ["declaration.read"] },
  { path: "/privacy-notice", group: "protection", label: { zh: "告知书", en: "Notice to people" }, icon: "privacy", anyOf: ["record.read", "assessment.write"] },
  { path: "/assessments", group: "protection", label: { zh: "影响评估", en: "Assessments" }, icon: "assessments", anyOf: ["assessment.read"] },
  { path: "/incidents", group: "protection", label: { zh: "应急处置", en: "Incidents" }, icon: "incidents", anyOf: ["incident.read"] },
  { path: "/schemes", group: "office", label: { zh: "业务专项", en: "Schemes" }, icon: "schemes", anyOf: ["scheme.read-drafts", "record.read", "report.read"] },
  { path: "/holidays", group: "round", label: { zh: "节假日", en: "Holidays" }, icon: "holidays", anyOf: ["calendar.keep"] },
  { path: "/keys", group: "office", label: { zh: "密钥轮换", en: "Renewal of keys" }, icon: "keys", anyOf: ["key.rotate"] },
  { path: "/accounts", group: "office", label: { zh: "机构与账号", en: "Accounts" }, icon: "accounts", anyOf: ["account.open"] },
  { path: "/accounts/roster", group: "office", label: { zh: "花名册建账号", en: "Accounts by a roster" }, icon: "roster", anyOf: ["account.open"] },
  { path: "/rights", group: "office", label: { zh: "授权", en: "Rights" }, icon: "rights", anyOf: ["account.empower"] },
  { path: "/policy", group: "office", label: { zh: "登录策略", en: "Policy of signing in" }, icon: "policy", anyOf: ["policy.change"] },
  { path: "/administrators", group: "office", label: { zh: "三员与移交", en: "Three administrators" }, icon: "administrators", anyOf: ["administrator.replace"] },
  { path: "/audit", group: "office", label: { zh: "审计记录", en: "Audit" }, icon: "audit", anyOf: ["audit.read"] },
  { path: "/audit/marks", group: "office", label: { zh: "重点查询", en: "Marked look-ups" }, icon: "marks", anyOf: ["audit.read"] },
  { path: "/audit/chain", group: "office", label: { zh: "审计链", en: "Audit chain" }, icon: "chain", anyOf: ["audit.read"] },
  { path: "/access-matrix", group: "office", label: { zh: "权限总表", en: "Who may do what" }, icon: "matrix", anyOf: [] },
];

/** Entries for the holder of these permissions. */
export function menuFor(permissions: readonly string[]): readonly MenuEntry[] {
  return menu.filter((entry) => entry.anyOf.length === 0 || entry.anyOf.some((permission) => permissions.includes(permission)));
}

/** So many entries are read at a glance; more stand in groups. */
const AT_A_GLANCE = 12;

/** Entries as the menu shows them: all in one list without a group when they are few; else group by group, in the order of the groups. */
export function grouped(entries: readonly MenuEntry[]): readonly { readonly group: MenuGroup | undefined; readonly entries: readonly MenuEntry[] }[] {
  if (entries.length <= AT_A_GLANCE) return [{ group: undefined, entries }];
  const groups: readonly (MenuGroup | undefined)[] = [undefined, ...(Object.keys(menuGroups) as MenuGroup[])];
  return groups.map((group) => ({ group, entries: entries.filter((entry) => entry.group === group) })).filter((each) => each.entries.length > 0);
}

/** The entry a path belongs to: the longest that it equals or begins with. */
export function currentEntry(entries: readonly MenuEntry[], path: string): MenuEntry | undefined {
  return entries.filter((entry) => (entry.path === "/" ? path === "/" : path === entry.path || path.startsWith(`${entry.path}/`))).toSorted((a, b) => b.path.length - a.path.length)[0];
}
