// Phrases of the bars around every page.
import { phrases } from "../shared/words.ts";

export const layoutWords = phrases({
  name: { zh: "清册", en: "Qingce" },
  skip: { zh: "跳到正文", en: "Skip to the content" },
  fiction: { zh: "演示系统：所有人员和数据均为虚构", en: "Demonstration: all people and data are fictional" },
  away: { zh: "数据库暂时不可用，正在自动重试，请勿关闭页面", en: "The database is away for a moment; trying again by itself, keep this page open" },
  noAnswer: { zh: "连不上服务器，正在自动重试，请勿关闭页面", en: "The server does not answer; trying again by itself, keep this page open" },
  search: { zh: "查人：姓名、拼音、首字母或身份证号", en: "Find a person: name, pinyin, initials or ID number" },
  searchKey: { zh: "按 / 键查人", en: "Press / to search" },
  myAccount: { zh: "我的账号", en: "My account" },
  signOut: { zh: "退出登录", en: "Sign out" },
  language: { zh: "English", en: "中文" },
  languageLabel: { zh: "Switch to English", en: "切换为中文" },
  menu: { zh: "功能菜单", en: "Menu" },
  campaign: { zh: "采集轮次", en: "Campaign" },
  user: { zh: "当前用户", en: "Signed in as" },
});
