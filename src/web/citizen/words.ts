// What the page says, in Chinese and English, and which of the two.
import { createContext, useContext } from "react";
import { type Fill, filled } from "../shared/filled.ts";
import { type Marks, marksOf } from "../shared/marks.ts";

export type Lang = "zh" | "en";
export type Text = { readonly zh: string; readonly en: string };
const KEY = "qingce-lang";
export const storedLang = (): Lang => (localStorage.getItem(KEY) === "en" ? "en" : "zh");
export const keepLang = (lang: Lang): void => localStorage.setItem(KEY, lang);
export const LangContext = createContext<Lang>("zh");

const t = (zh: string, en: string): Text => ({ zh, en });
/** Levels of places in the order in which they are chosen. */
export const placeLevels = [t("省（区、市）", "province"), t("市（州）", "city"), t("县（区）", "county"), t("乡镇（街道）", "township"), t("村（社区）", "village")] as const;

export const words = {
  title: t("本人办理", "For yourself"),
  lead: t("申请登记、查看和更正系统中关于您的信息、查看办理进度。", "Apply to be registered, see and correct what is held about you, follow your requests."),
  proposes: t("您填的是申报：乡镇受理、审核后才写入档案，不会直接改动原有内容。", "What you enter is a declaration: your township takes it in and reviews it before anything is written. It changes nothing by itself."),
  language: t("English", "中文"),
  signIn: t("核验身份", "Prove who you are"),
  signInHelp: t("只能查看和办理本人的事项。查看会留下记录。", "You see and act for yourself only. Each look is recorded."),
  noProvider: t("本单位尚未接入身份核验，请到就近采集点办理。政策问答和采集点可以照常查看。", "No sign-in is connected here yet: please go to a station nearby. Answers and stations can be read without one."),
  demo: t("演示：不核验身份，数据均为虚构", "Demonstration: identity is not checked, all data are fictional"),
  enter: t("进入", "Come in"),
  goOn: t("前往核验", "Go and prove it"),
  leave: t("退出", "Leave"),
  privacy: t("个人信息：只收集办理所需的内容，加密保存，仅供经办单位依职责使用；您可随时在本页查看、更正，查看会留下记录。", "Your data: only what this needs is asked, it is kept encrypted and used by the offices in charge alone. You can see and correct it here at any time; each look is recorded."),
  notice: t("个人信息处理告知书（第 {n} 版）", "Notice about your data, version {n}"),
  readNotice: t("打开全文", "Open the whole text"),
  told: t("我已阅读告知书", "I have read the notice"),
  apply: t("申请登记", "Apply"),
  held: t("查看和更正我的信息", "See and correct what is held about me"),
  follow: t("我的申报进度", "Follow my requests"),
  policy: t("政策问答", "Answers"),
  answers: t("政策问答和就近采集点", "Answers and nearest station"),
  home: t("返回首页", "Back"),
  loading: t("正在读取…", "Loading…"),
  again: t("重试", "Try again"),
  place: t("所在地", "Where you live"),
  choose: t("请选择", "Please choose"),
  chooseLevel: t("请选择{level}", "Choose the {level}"),
  nothingHere: t("此地目前没有可以自行申报的业务。可到采集点咨询。", "Nothing can be declared at this place now. Please ask at a station."),
  which: t("申请哪一项", "What do you apply for"),
  until: t("申报截止 {d}", "Open until {d}"),
  mustFill: t("必填", "required"),
  member: t("家庭成员 {n}", "Household member {n}"),
  addMember: t("添加一名家庭成员", "Add a member of the household"),
  removeMember: t("删除这名成员", "Remove this member"),
  membersHelp: t("本人不用填，其他共同生活的家庭成员逐个添加。", "Leave yourself out; add each other person who lives with you."),
  said: t("还想说明的（可不填）", "Anything else (may stay empty)"),
  send: t("提交申报", "Send"),
  sending: t("正在提交…", "Sending…"),
  sent: t("已提交，等待乡镇受理。可在“我的申报进度”查看。", "Sent; it waits for your township. Look under “Follow my requests”."),
  none: t("系统中没有关于您的登记信息。", "Nothing is held about you."),
  otherName: t("有 {n} 份档案使用了您的身份证号但姓名不同，请带身份证到乡镇核实，此处不显示其内容。", "{n} {n|record carries|records carry} your ID number with another name. Please settle it at your township with your ID card; nothing of them is shown here."),
  asMember: t("您是一户登记家庭的成员（{d}）。内容由户主查看；需要时可到乡镇查阅本人部分。", "You are listed as a member of a household ({d}). Its head can see it here; your own part can be read at the township."),
  others: t("另有 {n} 名家庭成员，此处不显示。", "{n} other {n|member of the household is|members of the household are} not shown here."),
  index: t("多维贫困指数的构成：我家哪些项算在内", "Parts of the poverty index: what counts for my household"),
  indexBy: t("按“{set}”第 {v} 版，依本页所列登记内容计算；内容更正后随之改变。", "By “{set}”, version {v}, from what is registered here; it changes when that is corrected."),
  masked: t("（敏感项只显示部分）", " (sensitive, partly hidden)"),
  from: t("来源：", "From: "),
  correct: t("更正", "Correct"),
  newValue: t("改为", "Should be"),
  reason: t("说明（可不填）", "Why (may stay empty)"),
  cancel: t("取消", "Cancel"),
  sendCorrections: t("提交 {n} 项更正", "Send {n} {n|correction|corrections}"),
  older: t("更早的申报", "Older ones"),
  noDeclarations: t("还没有申报。", "Nothing was sent yet."),
  yuan: t("每期 {n} 元", "{n} yuan a period"),
  dueOn: t("{d} 前答复", "answer due by {d}"),
  answer: t("补充说明", "Answer"),
  withdraw: t("撤回", "Withdraw"),
  recordState: t("档案状态", "The record is now"),
  stations: t("就近采集点", "Nearest stations"),
  noStations: t("县里还没有登记采集点，请联系乡镇民政办。", "No station is entered for this county; please ask your township."),
  near: t("村内", "in the village"),
  nearTownship: t("本乡镇", "in the township"),
  nearCounty: t("本县", "in the county"),
  source: t("依据：", "Source: "),
  engines: t("本页不附带证件拍照识别和语音听写组件，请直接填写；安装单位可按接口接入。", "No engine for reading cards from photos or for dictation ships with this page; please type. An installation may connect one."),
  yes: t("是", "Yes"),
  no: t("否", "No"),
} as const satisfies Readonly<Record<string, Text>>;
export type Word = keyof typeof words;

/** The page's words, with what stands in braces filled in; and any text in the chosen language. */
export function useWords(): { readonly say: (word: Word, fill?: Fill) => string; readonly read: (text: Text) => string; readonly lang: Lang; readonly mark: Marks } {
  const lang = useContext(LangContext);
  return { lang, mark: marksOf[lang], read: (text) => text[lang], say: (word, fill) => filled(words[word][lang], fill) };
}
