// Every route by which a file goes out, and the rule that lets it: the table is held against all routes, so that a new file cannot leave
// without an entry.
import type { Text } from "../../core/issue.ts";

export const exitRules = ["no-personal-data", "own-work", "released-by-agreement", "to-the-person", "through-release"] as const;
export type ExitRule = (typeof exitRules)[number];
export const exitRuleLabels: Readonly<Record<ExitRule, Text>> = {
  "no-personal-data": { zh: "不含个人信息", en: "No personal data" },
  "own-work": { zh: "本岗位工作所需，不出系统使用范围", en: "Own work, within the system's offices" },
  "released-by-agreement": { zh: "按共享协议或上下级规程提供", en: "By agreement or treaty" },
  "to-the-person": { zh: "交给本人", en: "To the person themselves" },
  "through-release": { zh: "经审批导出", en: "Through a release" },
};
const exit = (rule: ExitRule, zh: string, en: string): { readonly rule: ExitRule; readonly why: Text } => ({ rule, why: { zh, en } });
const form = exit("no-personal-data", "空白表样和数据项定义", "Blank forms and definitions of items");

/** Method and path → rule and reason. */
export const exits: Readonly<Record<string, { readonly rule: ExitRule; readonly why: Text }>> = {
  "GET /api/schemes/:scheme/:version/template.xlsx": form,
  "GET /api/schemes/:scheme/:version/print.pdf": form,
  "GET /api/schemes/:scheme/:version/dictionary.xlsx": form,
  "GET /api/schemes/:scheme/:version/xlsform.xlsx": form,
  "GET /api/schemes/:scheme/:version/schema.json": form,
  "GET /api/schemes/:scheme/:version/offline.html": form,
  "GET /api/templates/:kind.xlsx": form,
  "GET /api/records/:county/:id/print.pdf": exit("own-work", "一人一表，供本人核对签字，逐次留痕", "One person's form, for that person to check and sign; each recorded"),
  "GET /api/records/:county/:id/media/:media": exit("own-work", "在页面上查看的照片", "A picture shown on a page"),
  "GET /api/cases/:county/:id/proof": exit("own-work", "办理核查任务时查看的证明材料", "A proof that is looked at while a case is worked on"),
  "GET /api/authorisations/paper": exit("own-work", "核对授权书扫描件，供本机构查验", "Scan of an authorisation, for the office that relies on it"),
  "GET /api/cases-league/file": exit("no-personal-data", "各机构办理数量", "Counts by office"),
  "GET /api/imports/:county/:id/errors.xlsx": exit("own-work", "退回给提交人的错误行，内容即其所交", "Faulty rows back to whoever sent them: their own content"),
  "GET /api/imports/:county/:id/returned": exit("own-work", "退回给提交人的错误行，内容即其所交", "Faulty rows back to whoever sent them: their own content"),
  "GET /api/departments/:department/lists/:id/returned": exit("released-by-agreement", "退回部门自己报送名单中的错误行，按共享协议，以部门令牌取回", "Faulty rows of a department's own list, under its agreement, fetched with its token"),
  "GET /api/returns/:county/:id/file": exit("released-by-agreement", "经核实的差错反馈数据来源部门，按共享协议，签名留痕", "Confirmed errors back to the department that sent them, under its agreement, signed"),
  "GET /api/returns/:county/:id/signature": exit("no-personal-data", "反馈文件的签名", "Signature of a returned file"),
  "GET /api/nodes/:name/bundles/:seq": exit("released-by-agreement", "上下级节点之间的加密数据包，只有登记的节点能解开", "Sealed bundle between nodes; only the registered node opens it"),
  "POST /api/fieldwork/devices/:id/bundle": exit("own-work", "发给已登记采集终端的加密数据包", "Sealed bundle for an enrolled terminal"),
  "GET /api/terminal/down/:id": exit("own-work", "发给已登记采集终端的加密数据包", "Sealed bundle for an enrolled terminal"),
  "GET /api/terminal/revocations": exit("no-personal-data", "已吊销终端编号", "Ids of revoked terminals"),
  "GET /api/fusions/:county/:id/report.xlsx": exit("own-work", "多源融合冲突报告，供本机构逐条处理", "Conflicts of a fusion, worked on by the office itself"),
  "GET /api/blind-exchanges/:county/:id/tokens.csv": exit("released-by-agreement", "不出明文比对的标记文件，不含可读个人信息", "Tokens of a blind exchange, in which nobody can be read"),
  "GET /api/blind-exchanges/:county/:id/key.txt": exit("no-personal-data", "与对方约定的密钥", "The key agreed with the other side"),
  "GET /api/cross-tables/table.xlsx": exit("no-personal-data", "汇总数，小于 5 的单元格及可据以推算的已隐藏", "Counts; cells below 5, and what would give them away, are hidden"),
  "GET /api/cross-tables/table.csv": exit("no-personal-data", "汇总数，小于 5 的单元格及可据以推算的已隐藏", "Counts; cells below 5, and what would give them away, are hidden"),
  "GET /api/indices/:id/table.xlsx": exit("no-personal-data", "汇总数，小于 5 的单元格及可据以推算的已隐藏", "Counts; cells below 5, and what would give them away, are hidden"),
  "GET /api/indices/:id/table.csv": exit("no-personal-data", "汇总数，小于 5 的单元格及可据以推算的已隐藏", "Counts; cells below 5, and what would give them away, are hidden"),
  "GET /api/what-if/table.xlsx": exit("no-personal-data", "汇总数，小于 5 的单元格及可据以推算的已隐藏", "Counts; cells below 5, and what would give them away, are hidden"),
  "GET /api/what-if/table.csv": exit("no-personal-data", "汇总数，小于 5 的单元格及可据以推算的已隐藏", "Counts; cells below 5, and what would give them away, are hidden"),
  "GET /api/reports/:county/:id/report.xlsx": exit("no-personal-data", "汇总数，小于 5 的单元格已隐藏", "Counts; cells below 5 are hidden"),
  "GET /api/reports/:county/:id/report.pdf": exit("no-personal-data", "汇总数，小于 5 的单元格已隐藏", "Counts; cells below 5 are hidden"),
  "GET /api/reports/:county/:id/report.docx": exit("no-personal-data", "汇总数，小于 5 的单元格已隐藏", "Counts; cells below 5 are hidden"),
  "GET /api/accounts/roster": exit("no-personal-data", "空白账号名册表样", "Blank workbook for a roster of accounts"),
  "GET /api/accounts/rosters/:id": exit("own-work", "花名册中退回的行，只涉及工作人员", "Lines of a roster that came back: officials only, nobody of the register"),
  "POST /api/audit/file": exit("own-work", "供外部审计核验的审计记录，只有编号和掩码后的内容", "Audit rows for an outside auditor: ids and masked content only"),
  "GET /api/releases/:county/:id/file": exit("through-release", "经第二人批准、加密、加标记、限期、登记", "Approved by a second person, sealed, marked, expiring, registered"),
  "GET /api/person-requests/:county/:id/copy": exit("to-the-person", "本人请求的信息副本，经县级另一人同意，只交给本人，摘要留存", "A person's own data that they asked for: granted by another person of the county, handed to them, its digest kept"),
  "GET /api/releases/office-key.json": exit("no-personal-data", "本机构公钥", "The office's public keys"),
  "GET /api/notices/file": exit("no-personal-data", "公示名单：固定表样，只有掩码后的姓名和证号", "Public list: fixed form, masked names and numbers only"),
};
