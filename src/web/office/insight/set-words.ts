// Phrases of the editor of a set of cutoffs and weights, and of the list of sets.
import type { Operator, ParameterSet } from "../../../modules/insight/rules.ts";
import { phrases } from "../../shared/words.ts";

export const setWords = phrases({
  write: { zh: "编写参数组", en: "Write a set" },
  revise: { zh: "修订", en: "Revise" },
  reviseTitle: { zh: "修订参数组", en: "Revise a set" },
  edit: { zh: "修改草案", en: "Change the draft" },
  drop: { zh: "丢弃草案", en: "Throw the draft away" },
  dropHelp: { zh: "草案将不再显示，不能恢复。", en: "The draft is gone from the list and does not come back." },
  end: { zh: "停用", en: "End" },
  endHelp: { zh: "停用后改用上级或随产品提供的同名参数组；已算出的指数保留当时的参数。", en: "Then the set of that name of the area above, or the one that ships, is computed with. Indices that were computed keep theirs." },
  yes: { zh: "确定", en: "Yes" },
  no: { zh: "取消", en: "Cancel" },
  help: { zh: "保存为草案：先用快照试算，再由另一人批准生效，本地区及下级都按它计算。生效后不改，修订另成新版本。", en: "It is kept as a draft: tried on the snapshot, then put in force by another person, here and below. A set in force does not change; a revision becomes a new version." },
  as: { zh: "保存为", en: "Keep it as" },
  asVersion: { zh: "“{name}”的新版本，生效后代替它", en: "A new version of “{name}”, in its place once in force" },
  asOwn: { zh: "另一个参数组，与已有的并列", en: "A set of its own, beside the others" },
  nameZh: { zh: "名称（中文）", en: "Name in Chinese" },
  nameEn: { zh: "名称（英文）", en: "Name in English" },
  sourceZh: { zh: "依据：临界值和权重从何而来（中文）", en: "Where cutoffs and weights come from, in Chinese" },
  sourceEn: { zh: "依据（英文）", en: "Where they come from, in English" },
  k: { zh: "贫困临界值k（占权重的%）", en: "Poverty cutoff k (% of weights)" },
  missing: { zh: "数据缺失时", en: "Where a value is not known" },
  counts: { zh: "按什么计数", en: "What is counted" },
  dimensions: { zh: "维度", en: "Dimensions" },
  dimension: { zh: "维度", en: "Dimension" },
  dimensionZh: { zh: "维度名称（中文）", en: "Dimension in Chinese" },
  dimensionEn: { zh: "维度名称（英文）", en: "Dimension in English" },
  addDimension: { zh: "增加维度", en: "Add a dimension" },
  indicators: { zh: "指标：达到临界值即为该项被剥夺", en: "Indicators: whoever meets the cutoff is deprived in it" },
  measure: { zh: "数据项", en: "Measure" },
  operator: { zh: "比较", en: "Comparison" },
  cutoff: { zh: "临界值", en: "Cutoff" },
  weight: { zh: "权重（份）", en: "Weight (parts)" },
  share: { zh: "占比", en: "Share" },
  addIndicator: { zh: "增加指标", en: "Add an indicator" },
  remove: { zh: "删除", en: "Remove" },
  removeThis: { zh: "删除：{name}", en: "Remove: {name}" },
  isSo: { zh: "是", en: "is so" },
  notCollected: { zh: "另有{n}项来源中的指标本登记不采集，随参数组保留，不计入。", en: "{n} more indicators of the source are not collected here; they stay with the set and do not count." },
  total: { zh: "共{n}份", en: "{n} {n|part|parts} together" },
  save: { zh: "保存草案", en: "Keep the draft" },
  saved: { zh: "已保存草案：{name} v{version}，请先试算", en: "Kept as a draft: {name} v{version}; try it next" },
  required: { zh: "请填写", en: "Please fill in" },
  noIndicator: { zh: "至少一个指标", en: "One indicator at least" },
  noDimension: { zh: "至少一个维度", en: "One dimension at least" },
  applies: { zh: "现在按它计算", en: "Computed with now" },
  replaced: { zh: "已由更近或更新的一组代替", en: "A nearer or newer one goes before it" },
  fromAbove: { zh: "来自{area}", en: "From {area}" },
  own: { zh: "本地", en: "Local" },
  inIt: { zh: "{n}项指标，k = {k}", en: "{n} {n|indicator|indicators}, k = {k}" },
  notCounted: { zh: "不采集", en: "not collected" },
  twoPeople: { zh: "由编写人以外的人批准", en: "Another person than its writer puts it in force" },
});

export const operatorWords = phrases({
  "<": { zh: "低于", en: "below" },
  "<=": { zh: "不高于", en: "at most" },
  ">": { zh: "高于", en: "above" },
  ">=": { zh: "不低于", en: "at least" },
  "=": { zh: "等于", en: "exactly" },
} satisfies Record<Operator, { zh: string; en: string }>);

export const missingWords = phrases({
  "not-deprived": { zh: "该项视为未被剥夺，报出户数", en: "Not deprived in it; number told" },
  "left-out": { zh: "该户不计入，报出户数", en: "Household left out; number told" },
} satisfies Record<ParameterSet["missing"], { zh: string; en: string }>);

export const countsWords = phrases({
  people: { zh: "人（每户按人数）", en: "People of households" },
  households: { zh: "户", en: "Households" },
} satisfies Record<ParameterSet["counts"], { zh: string; en: string }>);
