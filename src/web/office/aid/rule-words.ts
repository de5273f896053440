// Phrases of the editor of a rule of warnings.
import type { WarningDefinition } from "../../../scheme/aid-model.ts";
import { phrases } from "../../shared/words.ts";

export const ruleWords = phrases({
  write: { zh: "编写规则", en: "Write a rule" },
  newVersion: { zh: "修订", en: "Revise" },
  help: { zh: "保存为草案：先用已有数据试算，再由另一人启用。启用后不改，修订另成新版本。", en: "It is kept as a draft: tried on stored data, then switched on by another person. A rule that is on does not change; a revision becomes a new version." },
  key: { zh: "规则编号", en: "Key of the rule" },
  keyHelp: { zh: "大写字母开头，如 X1；用已有编号即成为新版本", en: "Begins with a capital, e.g. X1; a key that is there gets a new version" },
  nameZh: { zh: "名称（中文）", en: "Name in Chinese" },
  nameEn: { zh: "名称（英文）", en: "Name in English" },
  level: { zh: "等级", en: "Level" },
  days: { zh: "核查时限（工作日）", en: "Working days to check it" },
  from: { zh: "起用日期", en: "From" },
  kind: { zh: "什么情况产生预警", en: "What raises it" },
  measure: { zh: "看哪项数额", en: "Which sum" },
  measures: { zh: "看哪些数额（合计）", en: "Which sums (together)" },
  below: { zh: "方向", en: "Direction" },
  reaches: { zh: "达到或超过", en: "Reaches it" },
  fallsBelow: { zh: "低于", en: "Is below it" },
  line: { zh: "标准", en: "Line" },
  fixed: { zh: "固定金额", en: "A fixed sum" },
  lineValue: { zh: "金额（元）", en: "Yuan" },
  percent: { zh: "超过年收入的百分之几", en: "Above so many per cent of the year's income" },
  times: { zh: "是以往平均的几倍", en: "So many times the mean before" },
  before: { zh: "以往几个月", en: "Of so many months before" },
  least: { zh: "且不低于（元）", en: "And at least (yuan)" },
  months: { zh: "几个月", en: "Months" },
  falling: { zh: "方向", en: "Direction" },
  rises: { zh: "逐月上升", en: "Rises" },
  falls: { zh: "逐月下降", en: "Falls" },
  events: { zh: "发生哪些事件", en: "Which events" },
  ages: { zh: "年满几周岁（可多个，用逗号分开）", en: "Ages (several by comma)" },
  hardships: { zh: "困难类别数不少于", en: "So many hardships or more" },
  save: { zh: "保存草案", en: "Keep the draft" },
  saved: { zh: "已保存草案，版本 {version}", en: "Kept as a draft, version {version}" },
  required: { zh: "请填写", en: "Please fill in" },
  badKey: { zh: "大写字母开头，20个字母、数字或短横以内", en: "A capital first, then letters, digits or hyphens, 20 at most" },
  badAges: { zh: "请填1至120的整数，用逗号分开", en: "Whole numbers from 1 to 120, by comma" },
  twoPeople: { zh: "由编写人以外的人启用", en: "Another person than its writer switches it on" },
});

export const kindWords = phrases({
  threshold: { zh: "当月数额达到（低于）标准", en: "A month's sum reaches (is below) a line" },
  share: { zh: "近12个月支出占收入过高", en: "Twelve months' expenses too high a share of income" },
  jump: { zh: "当月数额比以往骤增", en: "A month's sum jumps" },
  trend: { zh: "数额连续几个月上升（下降）", en: "A sum rises (falls) month after month" },
  "life-event": { zh: "发生某类事件", en: "Something happened" },
  "fall-after-leaving": { zh: "退出低保、特困后收入下降", en: "Income falls after leaving the allowance" },
  age: { zh: "成员到某年龄", en: "A member reaches an age" },
  "helped-nowhere": { zh: "多类困难而无任何救助", en: "Several hardships, helped nowhere" },
  "paid-twice": { zh: "同一项目同一期间重复发放", en: "Delivered twice for one item and period" },
} satisfies Record<WarningDefinition["kind"], { zh: string; en: string }>);

export const measureWords = phrases({
  "medical-cost": { zh: "医疗自付", en: "Own medical cost" },
  "education-cost": { zh: "教育支出", en: "Cost of schooling" },
  income: { zh: "收入", en: "Income" },
});
