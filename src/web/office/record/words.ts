// Phrases of the record page.
import { phrases } from "../../shared/words.ts";

export const recordWords = phrases({
  record: { zh: "档案：{name}", en: "Record: {name}" },
  area: { zh: "户籍区划", en: "Area" },
  origin: { zh: "来源", en: "Origin" },
  base: { zh: "底册", en: "Base list" },
  added: { zh: "新增", en: "Added" },
  collector: { zh: "采集人", en: "Collector" },
  updated: { zh: "更新时间", en: "Updated" },
  version: { zh: "表单版本", en: "Form version" },
  revision: { zh: "修订号", en: "Revision" },
  history: { zh: "历史", en: "History" },
  noHistory: { zh: "还没有记录", en: "Nothing yet" },
  changedItems: { zh: "改动 {n} 项：{items}", en: "{n} {n|item|items} changed: {items}" },
  faults: { zh: "检查结果", en: "Checks" },
  merged: { zh: "该档案已并入另一档案", en: "This record was merged into another" },
  openMerged: { zh: "打开保留的档案", en: "Open the record that stays" },
  signedDiffers: { zh: "签字后内容有改动，现内容与签字时不一致", en: "The content was changed after the person signed" },
  handover: { zh: "已提出移交至 {area}：{reason}", en: "Hand-over asked, to {area}: {reason}" },
  heldBelow: { zh: "{level}自 {since}（收到时间）起暂缓审核此档案的新修订；此处仍是上次上报的内容", en: "{level} has a newer revision of this record on hold (known since {since}); what stands here is what was sent last" },
  masked: { zh: "敏感信息已遮盖，点“查看”并选择目的后显示，查看会留痕。", en: "Sensitive values are masked; “Show” with a purpose reveals one, and that is recorded." },
  review: { zh: "进入审核", en: "Review" },
  cases: { zh: "未结核查任务 {n} 项", en: "{n} open cases" },
  request: { zh: "受理本人请求", en: "Take a request" },
  more: { zh: "等", en: "and more" },
});
