// A refusal: one typed table of codes, each with its HTTP status and its wording for people (RFC 9457 over HTTP).
import type { Issue, Text } from "./issue.ts";

const t = (status: number, zh: string, en: string): { readonly status: number; readonly title: Text } => ({ status, title: { zh, en } });

export const problems = {
  "bad-request": t(400, "请求内容不符合要求，请检查后重试", "The request is not of the expected form"),
  "not-signed-in": t(401, "请先登录", "Please sign in"),
  "sign-in-failed": t(401, "账号、密码或口令不正确，或账号暂时不可用", "Account, password or code is not right, or the account cannot be used now"),
  "not-allowed": t(403, "您的岗位没有此项权限", "Your role does not include this"),
  "own-account": t(403, "不能操作本人的账号和权限", "Nobody acts on the own account or rights"),
  "last-administrator": t(409, "这是最后一名在用的此类管理员，须先移交", "This is the last active administrator of the kind; hand the duty over first"),
  "asker-left": t(403, "提出任务的人已停用、调动或权限已变，任务已停止", "Whoever asked for this was disabled, moved or lost rights; the work was stopped"),
  "wrong-origin": t(403, "请求来源不被接受", "This request came from a place that is not accepted"),
  "not-found": t(404, "没有找到，或不在您的管辖范围内", "Not found, or outside your area"),
  "already-exists": t(409, "已经存在", "It exists already"),
  "changed-meanwhile": t(409, "此档案已被他人更新，请重新打开后再修改", "Somebody changed this record meanwhile; open it again before you change it"),
  "move-not-possible": t(409, "当前状态下不能进行此操作", "This cannot be done in the present state"),
  "lot-not-sampled": t(409, "所在批次尚未通过抽样复核，不能上报", "The lot has not passed its sample yet, nothing rises from it"),
  "same-person": t(403, "登记或采集的人不能自己审核、审批", "Whoever entered or captured it does not review or decide it"),
  "section-locked": t(409, "该部分已锁定，不能修改", "This section is locked and cannot be changed"),
  "seat-missing": t(409, "会审部门尚未确认", "A department at the review has not confirmed yet"),
  "window-closed": t(409, "不在采集期内，不能录入", "The round takes no entries now"),
  "remarks-unanswered": t(409, "还有批注未答复，请逐条答复后再提交", "Some remarks are not answered yet"),
  "record-has-issues": t(422, "档案还有必须改正的问题", "The record still has faults that must be mended"),
  "key-reused": t(409, "同一请求编号已用于不同的内容", "The same request key was used with another content"),
  "unit-designation": t(422, "内容疑似含部队番号，未予保存；请改填部队代号或删除", "The text seems to hold a unit designation and was not stored; use the cover code or leave it out"),
  "file-not-readable": t(422, "文件无法读取", "The file cannot be read"),
  "file-too-large": t(413, "文件过大", "The file is too large"),
  "file-harmful": t(422, "杀毒程序认为文件有害，未接收", "The scanner found harm in the file; it was not taken"),
  "scanner-away": t(503, "杀毒程序没有应答，文件未接收，请稍后重试", "The scanner did not answer and the file was not taken; please try again shortly"),
  "sheet-not-found": t(422, "工作簿中没有可用的数据表", "The workbook holds no sheet with data"),
  "columns-missing": t(422, "缺少必需的列", "Required columns are missing"),
  "photo-not-accepted": t(422, "照片不符合要求", "The photo does not meet the standard"),
  "purpose-missing": t(422, "请填写比对目的", "State the purpose of the match"),
  "agreement-missing": t(422, "没有有效的数据共享协议", "There is no agreement in force"),
  "authorisation-missing": t(422, "没有有效的核对授权书，不能进行经济状况核对", "Nobody has an authorisation in force: no economic check can run"),
  "statistics-locked": t(403, "本轮次统计数据尚未发布，只限报告办理人员查看", "The statistics of this round are not released; only those who work on its reports see them"),
  "assessment-missing": t(422, "没有有效的个人信息保护影响评估", "There is no impact assessment in force"),
  "snapshot-missing": t(409, "还没有快照，请先生成快照", "There is no snapshot yet; take one first"),
  "snapshot-damaged": t(409, "快照文件缺失或已损坏，请重新生成", "A file of the snapshot is missing or damaged; take it anew"),
  "nothing-to-measure": t(422, "所选范围内没有可计算的家庭", "There are no households to measure in this area"),
  "notice-missing": t(422, "请先向本人告知并选择告知方式，再提交", "Give the person the notice first, and say how"),
  "frozen": t(423, "正在应急处置，数据暂停外出", "An incident is being dealt with: nothing leaves now"),
  "proof-missing": t(422, "请附上证明材料", "Attach the proof"),
  "draft-changed": t(409, "草案已被他人修改，请刷新后再操作", "Somebody changed this draft meanwhile; load it again before you go on"),
  "edit-not-possible": t(422, "不能这样修改", "This edit is not possible"),
  "definition-has-faults": t(422, "业务定义有错误", "The definition has faults"),
  "dry-run-needed": t(409, "须先试运行", "A dry run is needed first"),
  "option-in-use": t(409, "有档案正在使用已删除的选项", "Records use options that were removed"),
  "second-person-needed": t(403, "须由第二人批准", "A second person must approve"),
  "code-not-valid": t(422, "激活码不正确、已使用或已过期", "The activation code is wrong, used or out of date"),
  "password-not-accepted": t(422, "密码不符合要求", "The password does not meet the rules"),
  "factor-code-wrong": t(422, "动态口令不正确或已用过，请等下一个", "The code is wrong or was used before; wait for the next one"),
  "bundle-not-accepted": t(422, "数据包不能接收", "The bundle cannot be accepted"),
  "wrong-offset": t(409, "上传位置不符，请从服务器所说的位置继续", "The upload stands elsewhere; go on from where the server says"),
  "device-not-known": t(401, "终端未登记、已吊销或签名不符", "The terminal is not registered, was revoked, or its signature is wrong"),
  "task-cancelled": t(409, "任务已取消", "The task was cancelled"),
  "search-too-wide": t(400, "查找范围过宽", "The search is too wide"),
  "quota-used": t(429, "今天可查看的次数已用完", "Today's number is used up"),
  "too-many-requests": t(429, "操作过于频繁，请稍后再试", "Too many requests; please wait a little"),
  "set-up-needed": t(503, "系统尚未初始化", "The system has not been set up yet"),
  "set-up-done": t(409, "系统已经初始化", "The system has been set up already"),
  "database-away": t(503, "数据库暂时不可用，系统会自动恢复，请稍后重试", "The database is away for a moment; please try again shortly"),
  "disk-full": t(507, "磁盘空间不足，内容未保存", "The disk is full; nothing was stored"),
  "internal": t(500, "系统内部错误，已记录编号，请联系管理员", "An internal error; it was logged under a number, please tell the administrator"),
} as const;

export type ProblemCode = keyof typeof problems;

/** Thrown for a refusal a person can understand and act on. `detail` says what exactly; `issues` list faults in data. */
export class Problem extends Error {
  readonly code: ProblemCode;
  readonly detail: Text | undefined;
  readonly issues: readonly Issue[];
  constructor(code: ProblemCode, detail?: Text, issues: readonly Issue[] = []) {
    super(`${code}${detail ? `: ${detail.en}` : ""}`);
    this.name = "Problem";
    this.code = code;
    this.detail = detail;
    this.issues = issues;
  }
  get status(): number {
    return problems[this.code].status;
  }
}

/** The body of an `application/problem+json` answer. */
export type ProblemBody = {
  readonly type: string;
  readonly code: ProblemCode;
  readonly status: number;
  readonly title: Text;
  readonly detail?: Text;
  readonly issues?: readonly Issue[];
  readonly instance?: string;
};

export function problemBody(problem: Problem, instance?: string): ProblemBody {
  return {
    type: `urn:qingce:problem:${problem.code}`,
    code: problem.code,
    status: problem.status,
    title: problems[problem.code].title,
    ...(problem.detail && { detail: problem.detail }),
    ...(problem.issues.length > 0 && { issues: problem.issues }),
    ...(instance && { instance }),
  };
}
