// Phrases of authorisations for economic checks.
import { phrases } from "../../shared/words.ts";

export const authorisationWords = phrases({
  intro: { zh: "经济状况核对只比对已签授权书且在有效期内的人员：家庭中每一名成年成员都须签署，赡（抚、扶）养人由本人签署。档案中的签字在每次比对前自动读取；纸质授权书在此登记。", en: "An economic check matches only people with a signed authorisation in force: every adult of the household must have signed, and supporters for themselves. Signatures in the records are read before each match; papers are entered here." },
  notNeeded: { zh: "本业务没有需要核对授权的部门。", en: "No department of this programme needs an authorisation." },
  inRecords: { zh: "档案中已签字的人员，其中目前有效：", en: "People who signed in the records, of them in force:" },
  none: { zh: "还没有登记纸质授权书", en: "No paper has been entered yet" },
  enter: { zh: "登记纸质授权书", en: "Enter a paper authorisation" },
  save: { zh: "登记", en: "Enter" },
  entered: { zh: "已登记 {n} 人的授权", en: "Entered for {n} {n|person|people}" },
  document: { zh: "授权书编号", en: "Number of the paper" },
  who: { zh: "签署人身份证号", en: "ID numbers of who signed" },
  whoHelp: { zh: "一份授权书由多人签署的，每行一个；身份证号只以摘要保存。", en: "One a line where several signed; numbers are kept as digests only." },
  signedOn: { zh: "签署日期", en: "Signed on" },
  expiresOn: { zh: "有效期止", en: "Expires on" },
  people: { zh: "人数", en: "People" },
  scan: { zh: "扫描件（JPG、PNG、PDF）", en: "Scan (JPG, PNG, PDF)" },
  scanMissing: { zh: "请选择扫描件", en: "Choose the scan" },
  look: { zh: "查看", en: "See" },
  revokeHelp: { zh: "撤回后，本授权书上的人员不再参与经济状况核对。", en: "Nobody on this paper takes part in economic checks any more." },
  leftOut: { zh: "未比对的行", en: "Rows left out" },
  noLeftOut: { zh: "没有因授权而未比对的行", en: "No row was left out for want of an authorisation" },
});
