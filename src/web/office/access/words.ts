// Phrases of signing in and of the first-run set-up.
import { phrases } from "../../shared/words.ts";

export const accessWords = phrases({
  product: { zh: "清册 · 社会保障对象登记册", en: "Qingce · registers for social protection" },
  signIn: { zh: "登录", en: "Sign in" },
  login: { zh: "账号", en: "Account" },
  password: { zh: "密码", en: "Password" },
  demoAccounts: { zh: "演示账号（点击填入）", en: "Demo accounts (click to fill in)" },
  demoPassword: { zh: "演示密码：{password}", en: "Demo password: {password}" },
  fiction: { zh: "演示系统：所有人员和数据均为虚构。", en: "Demonstration: all people and data are fictional." },
  setUp: { zh: "首次初始化", en: "First-run set-up" },
  setUpIntro: { zh: "系统尚未初始化。请填写控制台上显示的初始化码，并设立第一个机构和管理员账号。", en: "This installation has not been set up. Enter the code shown on the server's console and create the first office and its administrator." },
  setUpDone: { zh: "系统已经初始化。", en: "This installation has been set up already." },
  setUpOk: { zh: "初始化完成，请用刚才设置的账号登录", en: "Set-up is done; sign in with the account just made" },
  code: { zh: "初始化码", en: "Set-up code" },
  codeHelp: { zh: "启动服务时显示在控制台上", en: "Shown on the console when the server started" },
  name: { zh: "姓名", en: "Name" },
  area: { zh: "行政区划", en: "Area" },
  areaHelp: { zh: "可选到县级或以下", en: "A county, or anything below or above it" },
  officeName: { zh: "机构名称", en: "Name of the office" },
  loginHelp: { zh: "3—60位小写字母、数字、点、横线，以字母或数字开头", en: "3–60 lower-case letters, digits, dots and dashes, beginning with a letter or digit" },
  passwordHelp: { zh: "至少10位", en: "At least 10 characters" },
  required: { zh: "请填写", en: "Please fill in" },
  create: { zh: "完成初始化", en: "Set up" },
  toLogin: { zh: "去登录", en: "To the login page" },
});
