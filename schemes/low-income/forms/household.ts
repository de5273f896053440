// The one form of the register, the household form with its member form inside: 低收入人群基本信息登记表, rebuilt from S4's list of
// contents, the 贫困户登记表, the allowance's tables and the data elements of the economic check.
import { grounded, text } from "../../../src/scheme/define.ts";
import type { Form } from "../../../src/scheme/define.ts";
import { assets, expenses, headFigures, incomes, insurances, period, totals } from "./economy.ts";
import { assistance, hardship, head } from "./household-head.ts";
import { housing, living } from "./housing.ts";
import { counts, members } from "./members.ts";
import { papers } from "./papers.ts";
import { accidents, aid, authorisations, changes, consents, declaration, economicCheck, help, review, supporters } from "./support.ts";

const plan = "低收入人群经济状况研究项目试点方案";
const law = "社会救助暂行办法";

const known = text("确认家庭身份、防止重复登记", "To establish the household and register nobody twice");
const sorted = text("按困难原因、程度、急缓分类分层救助", "To help by cause, degree and urgency");
const lived = text("掌握住房和生活条件，编制贫困指数", "To know housing and living, and to make the poverty index");
const counted = text("掌握家庭成员情况，对应救助需求", "To know the members and what each needs");
const economic = text("核对家庭经济状况，认定困难类别", "To check the economic situation and settle the category");
const helped = text("避免遗漏救助和重复救助", "To miss nobody and to pay nobody twice");
const consented = text("取得授权后方可核对", "The check needs consent");

/** The household form. */
export const household: Form = {
  key: "household",
  label: text("低收入人群基本信息登记表", "Low-income household register form"),
  sections: [
    grounded(known, `${plan} 二(三)1 信息登记基本规则`, head),
    grounded(sorted, `${plan} 二(一)1 登记对象、二(四)1 数据分类`, hardship),
    grounded(helped, `${plan} 二(三)5 数据完善和新增补录规则`, assistance),
    grounded(counted, `${plan} 二(一)2 登记事项：家庭成员信息`, members),
    grounded(counted, `${plan} 二(四)1 数据分类`, counts),
    grounded(lived, `${plan} 二(一)2 登记事项：住房状况`, housing),
    grounded(lived, `${plan} 二(一)2 登记事项：社会参与状况`, living),
    grounded(economic, `${law} 第五十八条 家庭经济状况核对`, period),
    grounded(economic, `${plan} 二(一)2 登记事项：收支状况`, incomes),
    grounded(economic, `${plan} 二(一)2 登记事项：收支状况`, expenses),
    grounded(economic, `${law} 第五十八条 家庭经济状况核对`, assets),
    grounded(economic, `${law} 第五十八条 家庭经济状况核对`, insurances),
    grounded(economic, `${plan} 二(四)1 数据分类：家庭收入段`, totals),
    grounded(economic, `${plan} 二(三)3 与相关系统校核比对`, headFigures),
    grounded(economic, `${plan} 二(一)2 登记事项：赡(抚、扶)养状况`, supporters),
    grounded(sorted, `${plan} 二(五)2 数据预警`, accidents),
    grounded(helped, `${plan} 二(六)1 统一录用`, aid),
    grounded(helped, `${plan} 二(四)1 数据分类：求助时间、救助时间、救助金额`, help),
    grounded(consented, `${law} 第五十八条 请求、委托查询核对`, authorisations),
    grounded(consented, `${law} 第五十八条 请求、委托查询核对`, economicCheck),
    grounded(known, `${plan} 二(三)1 与居民身份证、户口本保持一致`, papers),
    grounded(text("处理未成年人信息须经监护人同意", "A minor's data need the guardian's consent"), "个人信息保护法 第三十一条", consents),
    grounded(text("申请人对所报情况负责", "The applicant answers for what is declared"), `${law} 第五十八条 如实申报`, declaration),
    grounded(text("记录调查、评议、公示和审核结果", "To record the visit, the discussion, the notice and the opinion"), `${law} 第十一条`, review),
    grounded(text("登记以后的变动", "Changes after registration"), `${plan} 二(五)1 数据更新`, changes),
  ],
};
