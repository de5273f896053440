// What the marks, kinds, grades and severities of a definition mean, in words for people who read a scheme.
import type { Severity, Text } from "../../../core/issue.ts";
import type { Kind, Sensitivity, SourceMark } from "../../../scheme/model.ts";

const t = (zh: string, en: string): Text => ({ zh, en });

/** How far a source can be trusted: the colours of its tag follow. */
export type Trust = "primary" | "system" | "unsure";
export const marks: Readonly<Record<SourceMark, { readonly trust: Trust; readonly means: Text }>> = {
  S0: { trust: "primary", means: t("2018年国家方案（扫描件）", "National plan of 2018 (scanned copy)") },
  S1: { trust: "primary", means: t("区级方案（水政办〔2018〕73号）", "District plan (2018, no. 73)") },
  S2: { trust: "primary", means: t("县级方案（安政办〔2018〕157号），最详细", "County plan (2018, no. 157), the most detailed") },
  S3: { trust: "primary", means: t("残疾人动态更新省级方案（2016年）", "Provincial plan for the disability update (2016)") },
  S4: { trust: "primary", means: t("低收入人群经济状况研究试点方案", "Pilot plan of the low-income study") },
  FE: { trust: "system", means: t("在用的省级退役军人系统采集页面", "Capture pages of a provincial veterans' system in use") },
  SD: { trust: "system", means: t("在用的省级退役军人系统数据表", "Data tables of another provincial veterans' system") },
  CJ: { trust: "system", means: t("在用的市级退役军人系统建档立卡", "File layout of a city veterans' system") },
  XH: { trust: "system", means: t("在用的民政综合业务系统", "A civil-affairs system in use") },
  DC: { trust: "system", means: t("市级平台数据字典", "Data dictionary of a city platform") },
  QA: { trust: "system", means: t("信息采集工作官方问答", "Official questions and answers on the collection") },
  P: { trust: "system", means: t("其他公开网页", "Another public page") },
  LAW: { trust: "primary", means: t("法律法规条文", "Text of a law or regulation") },
  STD: { trust: "primary", means: t("国家或行业标准", "National or industry standard") },
  K: { trust: "unsure", means: t("一般业务常识，未经来源证实，请核对", "General knowledge of the field, not confirmed by a source: verify it") },
  R: { trust: "unsure", means: t("据文意重建，未见原表，请与正式表样核对", "Reconstructed from the meaning; the original form was not seen: compare it with the official one") },
};
export const trustColours: Readonly<Record<Trust, { readonly ink: string; readonly ground: string }>> = {
  primary: { ink: "#14532d", ground: "#dcf3e2" },
  system: { ink: "#0b4a8f", ground: "#e3eefa" },
  unsure: { ink: "#5c3d00", ground: "#ffe9a8" },
};
export const trustLabels: Readonly<Record<Trust, Text>> = {
  primary: t("正式来源：方案、法律、标准", "Primary: plans, laws, standards"),
  system: t("在用系统或公开页面", "Systems in use and public pages"),
  unsure: t("重建或常识，须核对", "Reconstructed or general knowledge: to be verified"),
};

export const kindLabels: Readonly<Record<Kind, Text>> = {
  text: t("文字", "text"),
  integer: t("整数", "whole number"),
  decimal: t("小数", "decimal"),
  money: t("金额", "amount"),
  date: t("日期", "date"),
  month: t("年月", "month"),
  code: t("单选", "one option"),
  codes: t("多选", "several options"),
  "yes-no": t("是否", "yes or no"),
  "id-number": t("身份证号", "identity number"),
  phone: t("电话", "telephone"),
  area: t("行政区划", "area"),
  address: t("地址", "address"),
  photo: t("照片", "photo"),
  document: t("材料", "paper"),
  signature: t("签名", "signature"),
  computed: t("自动计算", "computed"),
};
export const sensitivityLabels: Readonly<Record<Sensitivity, Text>> = {
  plain: t("一般", "plain"),
  identity: t("身份", "identity"),
  contact: t("联系方式", "contact"),
  money: t("经济", "money"),
  health: t("健康", "health"),
  appeal: t("诉求", "appeal"),
  image: t("影像", "image"),
};
export const severityLabels: Readonly<Record<Severity, Text>> = {
  block: t("必须改正", "Must be mended"),
  explain: t("须说明原因", "Needs a reason"),
  note: t("提示", "Note"),
};

/** Rules that are the engine's own, not a check of the scheme. */
export const ruleLabels: Readonly<Record<string, Text>> = {
  required: t("必填项目未填写", "A required item is empty"),
  "sub-form-missing": t("分表未填写", "A sub-form is not filled in"),
  "not-an-option": t("选项不在范围内", "Not one of the options"),
  "below-minimum": t("小于最小值", "Below the minimum"),
  "above-maximum": t("大于最大值", "Above the maximum"),
  "too-long": t("文字过长", "Text too long"),
  "wrong-type": t("数据格式不对", "Wrong kind of data"),
  "not-an-integer": t("应为整数", "Not a whole number"),
  "too-many-decimals": t("小数位过多", "Too many decimal places"),
  "too-many-rows": t("行数过多", "Too many rows"),
  "exclusive-option": t("互斥选项同选", "Options that exclude each other"),
  "category-combination": t("类别组合不符合规定", "Combination of categories not allowed"),
  "unknown-category": t("没有此类别", "No such category"),
  "unknown-item": t("没有此项目", "No such item"),
  "unknown-form": t("没有此表", "No such form"),
  "answer-lost": t("已填内容在新版本中无处安放", "An answer has no place in the new version"),
};
