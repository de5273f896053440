// The general form (总表) of the veterans' register: identity, category, living conditions, demands, capture.
// Which images are required is this version's choice: only the recent photo and the signature (see `imageChoice`).
import { grounded, text } from "../../../src/scheme/define.ts";
import type { Form } from "../../../src/scheme/define.ts";
import { capture, changes, demandsSection } from "./general-capture.ts";
import { category, papers } from "./general-category.ts";
import { identity, otherIdentity } from "./general-identity.ts";
import { living } from "./general-living.ts";
import { plaquePlace } from "./general-plaque.ts";

const plan = "安政办〔2018〕157号";

/** Annex 1: filled once for every person of any category. */
export const general: Form = {
  key: "general",
  label: text("退役军人和其他优抚对象信息采集总表", "Veterans and preferential-treatment persons: general form"),
  annex: "1",
  sections: [
    grounded(text("确认身份、防止重复采集", "To establish identity and capture nobody twice"), `${plan} 二(一) 身份信息`, identity),
    grounded(text("联系本人、统计基本情况", "To reach the person and describe the population"), `${plan} 二(一) 身份信息`, otherIdentity),
    grounded(text("确定对象类别，打开相应分表", "To settle the categories and open their sub-forms"), `${plan} 二(二) 对象类别信息`, category),
    grounded(text("核对证件与填报内容", "To check the answers against the papers"), `${plan} 四(二) 照片标准要求`, papers),
    grounded(text("掌握基本生活状况，与部门数据比对", "To know living conditions and compare with departments"), `${plan} 二(三) 基本生活状况信息`, living),
    grounded(text("自愿反映的困难与诉求；不主动询问", "Difficulties and demands, told of one's own will"), `${plan} 二(四) 主要诉求信息`, demandsSection),
    grounded(text("悬挂光荣牌，一户一块", "To hang the plaque of honour, one for each household"), "国办发〔2018〕72号", plaquePlace),
    grounded(text("本人确认所填内容", "To have the person confirm what was written"), `${plan} 三(二)4 现场审核`, capture),
    grounded(text("采集以后的变动", "Changes after capture"), `${plan} 四(五) 数据定期更新`, changes),
  ],
};
