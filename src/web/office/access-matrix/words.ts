// Phrases of the page of who may do what.
import { phrases } from "../../shared/words.ts";

export const matrixWords = phrases({
  title: { zh: "权限总表", en: "Who may do what" },
  help: { zh: "每项操作一行，由程序中的路由和岗位生成，与系统实际执行的一致。有岗位也只能办理辖区之内的事；三员不能查看个人信息。个人信息默认掩码，不掩码的逐项列明并说明理由。", en: "One row an operation, made from the program's own routes and roles, so it says what the system really does. A role reaches only what lies in its office's area; the three administrators see nothing of people. People are shown masked; whatever is shown in full is named with its reason." },
  role: { zh: "岗位", en: "Role" },
  allRoles: { zh: "全部岗位", en: "All roles" },
  search: { zh: "查找操作", en: "Find an operation" },
  operation: { zh: "操作", en: "Operation" },
  reach: { zh: "范围", en: "Reach" },
  personal: { zh: "涉及个人信息", en: "Shows people" },
  comma: { zh: "、", en: ", " },
  masked: { zh: "掩码", en: "masked" },
  plain: { zh: "不掩码：{values}", en: "in full: {values}" },
  nearby: { zh: "（仅县及以下）", en: " (county and below only)" },
  yes: { zh: "是", en: "Yes" },
  may: { zh: "可以", en: "may" },
  mayNot: { zh: "不可以", en: "may not" },
  everybody: { zh: "所有已登录的人", en: "everybody who has signed in" },
  nobody: { zh: "不需登录", en: "nobody signs in" },
  counted: { zh: "共 {n} 项操作，显示 {shown} 项", en: "{shown} of {n} {n|operation|operations}" },
  none: { zh: "没有符合条件的操作", en: "No operation fits" },
  file: { zh: "下载 JSON", en: "Download as JSON" },
});
