// Phrases of the page that takes filled workbooks in.
import { phrases } from "../../shared/words.ts";

export const workbookWords = phrases({
  title: { zh: "上传填报工作簿", en: "Take in a filled workbook" },
  noCampaign: { zh: "没有可用的采集轮次", en: "There is no round to work on" },
  template: { zh: "下载填报模板", en: "Download the template" },
  help: { zh: "每人一行，选项从下拉列表选择；同一人的多行栏目在各自的工作表，用序号对应", en: "One row a person, options from the lists; sections with several rows have sheets of their own, joined by the number" },
  file: { zh: "填好的工作簿", en: "The filled workbook" },
  take: { zh: "上传并存为草稿", en: "Take in as drafts" },
  taking: { zh: "正在检查并保存…", en: "Checking and saving…" },
  drafts: { zh: "只存为草稿，不会提交；空白单元格不改动已有内容；有问题的行整行退回", en: "Saved as drafts, never submitted; blank cells change nothing; a row with a fault comes back whole" },
  sum: { zh: "共 {people} 人：新增 {added}，更新 {updated}，无变化 {unchanged}，退回 {returned}", en: "{people} {people|person|people}: {added} added, {updated} updated, {unchanged} unchanged, {returned} returned" },
  number: { zh: "序号", en: "Number" },
  outcome: { zh: "结果", en: "Outcome" },
  added: { zh: "新增草稿", en: "Added" },
  updated: { zh: "更新草稿", en: "Updated" },
  unchanged: { zh: "无变化", en: "Unchanged" },
  returned: { zh: "退回", en: "Returned" },
  changes: { zh: "改动项目", en: "Items changed" },
  faults: { zh: "原因和待改正", en: "Reasons and what to mend" },
  none: { zh: "没有问题", en: "No faults" },
  open: { zh: "打开档案", en: "Open" },
});
