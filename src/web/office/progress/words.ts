// Phrases of the progress page.
import { phrases } from "../../shared/words.ts";

export const progressWords = phrases({
  title: { zh: "采集进度", en: "Progress" },
  asOf: { zh: "截至 {at}", en: "As of {at}" },
  area: { zh: "区划", en: "Area" },
  whole: { zh: "合计", en: "Whole" },
  total: { zh: "应采集（基数）", en: "To be captured (base)" },
  fromBase: { zh: "底册", en: "Base list" },
  added: { zh: "新增", en: "Added" },
  finished: { zh: "已办结", en: "Finished" },
  bar: { zh: "各状态占比", en: "Shares by state" },
  cases: { zh: "未结核查", en: "Open cases" },
  none: { zh: "本区划没有下级数据", en: "Nothing under this area" },
  records: { zh: "查看档案", en: "Records" },
  open: { zh: "查看{area}的下级", en: "Parts of {area}" },
  up: { zh: "返回上级", en: "One level up" },
  wrong: { zh: "各状态之和与总数不符，请联系管理员", en: "The states do not add up to the total; please tell the administrator" },
  noCampaign: { zh: "还没有采集轮次", en: "There is no campaign yet" },
  pick: { zh: "转到区划", en: "Go to an area" },
});
