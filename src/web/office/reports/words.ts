// Phrases of the pages of reports.
import { phrases } from "../../shared/words.ts";

export const reportsWords = phrases({
  title: { zh: "工作报告", en: "Reports" },
  make: { zh: "生成县级报告", en: "Make the county report" },
  makeHelp: { zh: "按此刻的数据生成一份固定的报告，以后不再变化。", en: "Makes a report of the data at this moment; it does not change afterwards." },
  none: { zh: "还没有报告", en: "There are no reports yet" },
  noCampaign: { zh: "还没有采集轮次，暂不能生成报告", en: "There is no campaign yet, so no report can be made" },
  report: { zh: "报告", en: "Report" },
  asOf: { zh: "统计时点", en: "Figures as of" },
  madeBy: { zh: "生成人", en: "Made by" },
  digest: { zh: "校验码", en: "Digest" },
  digestHelp: { zh: "两份报告的校验码相同，则数据完全相同", en: "Reports with the same digest hold the same figures" },
  back: { zh: "返回清单", en: "Back to the list" },
  workbook: { zh: "下载 Excel 工作簿", en: "Download the workbook (XLSX)" },
  documentZh: { zh: "下载 Word 文档（中文）", en: "Download the document (Chinese DOCX)" },
  documentEn: { zh: "下载 Word 文档（英文）", en: "Download the document (English DOCX)" },
  print: { zh: "打印", en: "Print" },
  fiction: { zh: "虚构演示数据，不得用于实际工作", en: "Fictional demonstration data; not for any real use" },
  figures: { zh: "主要数据", en: "Figures" },
  figure: { zh: "指标", en: "Figure" },
  count: { zh: "数量", en: "Count" },
  share: { zh: "占比（分子/分母）", en: "Share (part of base)" },
  chart: { zh: "各乡镇最终结果率", en: "With a final outcome, by township" },
  noRows: { zh: "没有数据", en: "Nothing to show" },
  page: { zh: "{area}　统计时点 {at}", en: "{area} — figures as of {at}" },
});
