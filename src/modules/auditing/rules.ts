// What the audit's words mean to people: actions, purposes, kinds of marked look-ups; and what may be asked for.
import type { Text } from "../../core/issue.ts";

const t = (zh: string, en: string): Text => ({ zh, en });

/** Days that are shown when nobody says from when. */
export const usualDays = 30;
/** Rows of one page, and of one file. */
export const pageRows = 100;
export const mostFileRows = 50_000;
/** Years for which rows are kept at least (PIPL 56, Network Data Regulation 12). */
export const leastYears = 3;

/** Kinds of look-ups that ask for a second look by the superior office. */
export const markKinds = ["relative", "same-surname", "colleague", "self", "emergency", "decoy", "many"] as const;
export type MarkKind = (typeof markKinds)[number];
export const markLabels: Readonly<Record<MarkKind, Text>> = {
  relative: t("查询亲属", "A relative"),
  "same-surname": t("查询同姓人员", "The same surname"),
  colleague: t("查询同事", "A colleague"),
  self: t("查询本人", "One's own record"),
  emergency: t("应急访问", "Emergency access"),
  decoy: t("触及诱饵档案", "A decoy was read"),
  many: t("查询量异常", "Unusually many"),
};

/** What a masked value may be looked at in full for: the closed list that records, pairs and pages use. */
export const revealPurposes = ["verify-identity", "contact-person", "settle-case", "answer-request"] as const;
export type RevealPurpose = (typeof revealPurposes)[number];
export const purposeLabels: Readonly<Record<string, Text>> = {
  view: t("查看", "To view"),
  self: t("本人查阅", "For oneself"),
  capture: t("采集", "To capture"),
  review: t("审核", "To review"),
  "verify-identity": t("核对身份", "Verify identity"),
  "contact-person": t("联系本人", "Contact the person"),
  "settle-case": t("办理核查任务", "Settle a case"),
  "answer-request": t("答复本人查询", "Answer the person's request"),
  "return-to-source": t("反馈来源部门", "Return to the source"),
  terminal: t("下发采集终端", "For a terminal"),
  match: t("数据比对", "Matching"),
  authorisation: t("授权核对", "Authorisations"),
  "scheme-dry-run": t("方案试运行", "Dry run of a scheme"),
};

const objects: Readonly<Record<string, Text>> = {
  people: t("人员", "People"), record: t("档案", "Record"), value: t("敏感项", "Sensitive value"), media: t("照片附件", "Picture"), remark: t("批注", "Remark"), handover: t("移交", "Hand-over"), contest: t("同号核处", "Contested number"),
  terminal: t("采集终端", "Terminal"), scheme: t("业务方案", "Scheme"), import: t("导入数据", "List"), supplier: t("来源用词", "Supplier's word"), agreement: t("共享协议", "Agreement"), authorisation: t("授权书", "Authorisation"),
  arrival: t("报送计划", "Arrival plan"), intake: t("接入令牌", "Intake token"), match: t("比对", "Match"), finding: t("发现", "Finding"), fusion: t("融合", "Fusion"), blind: t("不出明文比对", "Blind matching"), case: t("核查任务", "Case"),
  return: t("反馈文件", "Return file"), holidays: t("节假日", "Holidays"), report: t("报告", "Report"), node: t("节点", "Node"), account: t("账号", "Account"), office: t("机构", "Office"), rights: t("权限", "Rights"), campaign: t("采集轮次", "Round"),
  audit: t("审计", "Audit"), task: t("任务", "Task"), release: t("数据导出", "Release"), notice: t("公示", "Public notice"), authority: t("权威来源", "Authority"), text: t("填写内容", "Text"), policy: t("安全策略", "Policy"), "sign-in": t("登录", "Sign-in"),
  "sign-out": t("退出", "Sign-out"), "second-factor": t("第二因素", "Second factor"), "set-up": t("初始化", "Set-up"), password: t("密码", "Password"), answer: t("答复", "Answer"), keys: t("密钥", "Keys"), lookup: t("查询", "Look-up"), emergency: t("应急访问", "Emergency access"), decoy: t("诱饵档案", "Decoy"), role: t("角色", "Role"), session: t("会话", "Session"), "handed-back": t("退回终端的数据", "Handed back to a terminal"), administrator: t("三员更替", "Change of an administrator"),
  household: t("家庭", "Household"), aid: t("救助", "Aid"), warning: t("预警", "Warning"), "warning-rule": t("预警规则", "Rule of warnings"),
  snapshot: t("快照", "Snapshot"), index: t("指数", "Index"), "parameter-set": t("指数参数", "Parameters of an index"), boundary: t("边界文件", "Boundaries"), tag: t("标签", "Tag"),
  round: t("轮次安排", "Calendar of a round"), seat: t("联审席位", "Joint review"), area: t("区划", "Area"), station: t("采集点", "Station"), roster: t("采集员名册", "Roster"), visit: t("走访", "Visit"), supervision: t("督导", "Supervision"), sample: t("抽查", "Sample"), recapture: t("盲采复核", "Blind re-capture"), statistics: t("统计发布锁", "Lock of statistics"),
  plaque: t("光荣牌", "Plaques"), assessment: t("影响评估", "Impact assessment"), consent: t("同意", "Consent"), incident: t("安全事件", "Incident"), person: t("本人信息", "A person's data"), "person-request": t("本人请求", "A person's request"), self: t("本人自助", "For oneself"), declaration: t("自主申报", "Self-declaration"),
};
const verbs: Readonly<Record<string, Text>> = {
  search: t("查找", "search"), list: t("清单", "list"), open: t("查看", "open"), reveal: t("显示明文", "reveal"), add: t("新增", "add"), save: t("保存", "save"), capture: t("采集", "capture"), submit: t("提交", "submit"), outcome: t("登记结果", "outcome"),
  approve: t("通过", "approve"), return: t("退回", "return"), hold: t("暂挂", "hold"), "approve-batch": t("批量通过", "approve many"), merge: t("合并", "merge"), unmerge: t("撤销合并", "undo a merge"), print: t("打印", "print"), ask: t("申请", "ask"), take: t("接收", "take"),
  decline: t("拒绝", "decline"), answer: t("答复", "answer"), decide: t("决定", "decide"), settle: t("裁定", "settle"), revoke: t("撤销", "revoke"), upload: t("上传", "upload"), run: t("执行", "run"), rows: t("查看逐行结果", "see rows"), errors: t("下载退回行", "take returned rows"),
  wipe: t("清除", "wipe"), words: t("用词", "words"), word: t("登记", "enter"), "word-revoke": t("撤销", "revoke"), map: t("列对应", "map columns"), sign: t("签订", "sign"), enter: t("登记", "enter"), paper: t("查看原件", "see the paper"), plan: t("设定", "set"), issue: t("签发", "issue"),
  pair: t("查看一对", "open a pair"), pairs: t("一对对清单", "list pairs"), people: t("人员清单", "list people"), doubts: t("疑点", "doubts"), report: t("下载报告", "take the report"), accept: t("采纳", "accept"), discard: t("放弃", "discard"), "hand-out": t("交出令牌", "hand out tokens"),
  key: t("取密钥", "take the key"), hits: t("命中结果", "hits"), "hits-in": t("收回命中", "take hits in"), tokens: t("生成令牌", "make tokens"), proof: t("查看佐证", "see the proof"), "take-values": t("采用对方值", "take values"), "reroute-ask": t("申请改派", "ask to reroute"), reroutes: t("改派清单", "list reroutes"),
  "reroute-settle": t("处理改派", "settle a reroute"), alike: t("同类任务", "alike"), "answer-many": t("批量答复", "answer many"), "decide-many": t("批量决定", "decide many"), repeats: t("反复出现", "repeats"), urgent: t("紧急清单", "urgent"), "league-file": t("下载排名", "take the league"), route: t("派发", "route"),
  make: t("生成", "make"), download: t("下载", "download"), signature: t("取签名", "take the signature"), set: t("设定", "set"), end: t("停用", "end"), pack: t("打包", "pack"), fetch: t("取数据包", "fetch"), read: t("查阅", "read"), verify: t("核验", "verify"), export: t("导出", "export"), keep: t("保存年限", "set the years"),
  build: t("建立家庭", "build"), "ask-build": t("要求建立家庭", "ask to build"), population: t("登记常住人口", "enter the population"), events: t("接收事件", "take events"), support: t("登记赡养", "enter support"), "support-end": t("终止赡养", "end support"),
  apply: t("登记申请", "apply"), "take-back": t("追回发放", "take a delivery back"), "ask-use": t("申请使用采集数据", "ask to cite data"), "settle-use": t("审批使用采集数据", "settle the citing of data"), deliver: t("接收发放记录", "take deliveries"), "list-deliveries": t("发放清单", "list deliveries"), standard: t("设定标准", "set a line"), offer: t("登记供给", "enter an offer"), need: t("登记需求", "enter a need"), "list-needs": t("供需清单", "list offers and needs"),
  match: t("供需匹配", "match offers and needs"), compute: t("计算", "compute"), load: t("载入", "load"), parts: t("查看指数构成", "see the parts of its index"), work: t("查看未办结工作", "see the open work"),
  evaluate: t("计算预警", "evaluate"), try: t("试算", "try"), switch: t("启用停用", "switch"),
  let: t("批准", "let"), declare: t("申报回避信息", "declare relatives"), plant: t("布设", "plant"),
  state: t("查看链的状态", "see the chain's state"), "ask-check": t("要求核验", "ask for a verification"), retire: t("到期删除", "delete after its years"), seen: t("复核", "see"), create: t("新建", "create"), disable: t("停用", "disable"), change: t("更改", "change"), cancel: t("取消", "cancel"), repeat: t("重复请求", "asked again"), refused: t("被拒", "refused"), move: t("调整", "move"), preview: t("预览", "preview"),
  "open-bundle": t("查看数据包", "open a bundle"), "take-bundle": t("取数据包", "take a bundle"), "bring-bundle": t("送数据包", "bring a bundle"), "apply-bundle": t("写入数据包", "apply a bundle"), "refuse-bundle": t("拒收数据包", "refuse a bundle"), "refuse-entry": t("拒收一项", "refuse an entry"), "read-people": t("下发底册", "read people"),
  register: t("登记", "register"), operator: t("指定操作人", "name an operator"), renew: t("续期", "renew"), enrol: t("启用", "enrol"), alarm: t("告警", "alarm"), "to-office": t("转办", "to the office"), "open-kept": t("查看另存版本", "open kept versions"), "settle-kept": t("处理另存版本", "settle a kept version"), "keep-apart": t("另存", "keep apart"),
  "merge-view": t("查看合并情况", "see its merge"), "take-workbook": t("读入工作簿", "take a workbook"), "refuse-designation": t("拒收部队番号", "refuse a unit designation"), "dry-run": t("试运行", "dry run"), "dry-run-samples": t("试运行样例", "samples of a dry run"), draft: t("起草", "draft"), edit: t("修改", "edit"), withdraw: t("撤回", "withdraw"), publish: t("发布", "publish"),
  "add-base": t("读入底册", "take the base list"), "read-all": t("批量读取", "read all"), "return-from-above": t("上级退回", "returned from above"), "approve-from-above": t("上级通过", "approved from above"), "hold-from-above": t("上级暂缓", "held above"), "confirm-from-above": t("上级席位确认", "confirmed by a seat above"), made: t("生成", "made"), trace: t("溯源", "trace"), passphrase: t("查看口令", "see the passphrase"), destroyed: t("登记已销毁", "enter its destruction"), fail: t("失败", "fail"), expire: t("过期", "expire"), notice: t("通知", "notice"), sending: t("设定发送", "set the sending"), administrator: t("开通管理员", "open an administrator"), activate: t("激活", "activate"), activation: t("签发激活码", "issue an activation code"), rename: t("改名", "rename"), close: t("关闭", "close"),
  transfer: t("调动", "transfer"), enable: t("启用", "enable"), confirm: t("确认", "confirm"), refuse: t("驳回", "refuse"), unlock: t("解锁", "unlock"), roster: t("按名册开户", "open by roster"), idle: t("闲置停用", "disabled when idle"),
  "ask-extension": t("申请延期", "ask for an extension"), extend: t("批准延期", "grant an extension"), "decline-extension": t("不予延期", "decline an extension"), "compare-rounds": t("对比上一轮", "compare with the last round"), "ask-carry": t("结转上一轮", "carry the last round over"), review: t("设定审核链", "set the chain of review"), lock: t("锁定", "lock"), park: t("留待下一轮", "keep for the next round"), "settle-parked": t("处理留待事项", "settle what the last round left"),
  training: t("登记培训", "enter training"), leave: t("离岗", "leave"), phone: t("查看电话", "see the telephone"), signals: t("查看信号", "see signals"), judge: t("判定", "judge"), message: t("发送消息", "send a message"), "read-message": t("阅读消息", "read a message"), draw: t("抽样", "draw"), "return-lot": t("整批退回", "return the lot"),
  write: t("填写", "write"), check: t("校核", "check"), seal: t("盖章", "seal"), lift: t("解除", "lift"), give: t("登记同意", "enter"), "agree-left-out": t("同意未告知提交", "agree to leave it out"), drop: t("撤回", "drop"), describe: t("说明", "describe"), "lift-ask": t("申请解除", "ask to lift"), find: t("查找受影响人员", "find whom it touches"), tell: t("登记告知", "enter who was told"),
  erase: t("删除", "erase"), copy: t("取副本", "take the copy"), "hand-over": t("交付", "hand over"), explain: t("说明理由", "explain"), "refuse-erasure": t("不同意删除", "refuse the erasure"), "end-restriction": t("解除限制", "end the restriction"), rotate: t("更换", "renew"),
};
const whole: Readonly<Record<string, Text>> = {
  "department.lookup": t("部门接口：查询", "Department: look-up"), "department.events": t("部门接口：报送事件", "Department: events"), "serving.ask": t("部门接口开放：申请", "Serving a department: ask"), "serving.approve": t("部门接口开放：同意", "Serving a department: let"), "serving.refuse": t("部门接口开放：不同意", "Serving a department: refuse"),
  "self.declare": t("本人自助：提交申报", "For oneself: declare"), "self.sign-in": t("本人自助：核验身份", "For oneself: prove who one is"), "declaration.wipe": t("自主申报：到期清除内容", "Self-declaration: content wiped after its days"), "declaration.reject": t("自主申报：不受理", "Self-declaration: not taken in"), "declaration.accept": t("自主申报：受理", "Self-declaration: take in"), "declaration.ask": t("自主申报：请本人补充", "Self-declaration: ask back"),
  "incident.keep": t("安全事件：继续封存", "Incident: go on"), "notice.write": t("个人信息告知：填写", "Privacy notice: write"), "notice.agree-left-out": t("个人信息告知：同意未告知提交", "Privacy notice: agree to leave it out"),
  denied: t("拒绝访问", "Denied"), "sign-in": t("登录", "Signed in"), "sign-out": t("退出", "Signed out"), "answer.repeat": t("再次返回已存答复", "A stored answer shown again") };

/** What an action is called; an action nobody has named yet stands as it is. */
export function actionLabel(action: string): Text {
  const [object = "", verb = ""] = action.split(".");
  const [what, does] = [objects[object], verbs[verb]];
  return whole[action] ?? (what && does ? { zh: `${what.zh}：${does.zh}`, en: `${what.en}: ${does.en}` } : { zh: action, en: action });
}
export const purposeLabel = (purpose: string): Text => purposeLabels[purpose] ?? { zh: purpose, en: purpose };
/** True when people are told more than the bare word. */
export const isNamed = (action: string): boolean => actionLabel(action).zh !== action;
