// Sub-forms of the families of martyrs (annex 10), of soldiers who died on duty (11) and of illness (12): one table.
import { addYears, and, eq, grounded, item, or, missing, section, text, value } from "../../../src/scheme/define.ts";
import type { Form, Section } from "../../../src/scheme/define.ts";
import { certificatePictures, noted, sizes } from "./marks.ts";
import { payBlock, settled } from "./pay-block.ts";
import { plaqueBlock } from "./plaque-block.ts";
import { lostItems } from "./service-block.ts";

const purpose = text("认定遗属身份与抚恤", "To establish the family's standing and pension");

/** What the annex fixes: the kind of death and the class of the old system. */
const fixedBy: { readonly [form: string]: readonly [death: string, objectType: string] } = {
  martyr_family: ["martyr", "21"],
  duty_death_family: ["duty", "22"],
  illness_death_family: ["illness", "23"],
};

function kinship(form: string, martyr: boolean): Section {
  const at = (key: string): string => `${form}.${key}`;
  const holder = eq(at("is_holder"), true);
  const lost = eq(at("cert_lost"), true);
  const holderKept = and(holder, or(missing(at("cert_lost")), eq(at("cert_lost"), false)));
  const paid = ["has", ["ref", at("state_benefit")], ["regular_pension", "regular_subsidy"]] as const;
  const youngChild = and(eq(at("relation"), ["const", "2"]), [">", addYears("general.birth_date", 22), ["reference-date"]]);
  const rehabilitated = item(
    "rehabilitated_child",
    "yes-no",
    "建国前错杀后被平反人员子女",
    "Child of a person wrongly executed before 1949 and rehabilitated",
    ["S2", "XH"],
    { required: true },
  );
  const isRehabilitated = eq(at("rehabilitated_child"), true);
  const rehabilitation = item("rehabilitation_photo", "photo", "平反文件照片", "Document of rehabilitation", ["S2", "XH"], {
    shownIf: isRehabilitated,
    required: isRehabilitated,
    maxBytes: sizes.paper,
  });
  return section("kinship", "遗属情况", "Family member", [
    item("relation", "code", "与烈士(牺牲、病故军人)关系", "Relation to the deceased", ["XH", "S2", "CJ"], {
      codeSet: "bereaved-relation",
      required: true,
    }),
    ...(martyr ? [rehabilitated, rehabilitation] : []),
    item("is_holder", "yes-no", "是否持证人", "Holds the certificate", ["XH", "CJ", "SD"], { required: true }),
    item("cert_lost", "yes-no", "证明书遗失", "Certificate lost", ["CJ"], { shownIf: holder }),
    ...lostItems(form, "证明书", lost),
    item("cert_no", "text", "证明书编号", "Certificate number", ["XH", "CJ"], {
      required: holderKept,
      text: "certificate",
      maxLength: 60,
      sensitivity: "identity",
      help: text("照证书填写，如“闽烈字第…号”", "As on the certificate"),
    }),
    ...certificatePictures("证明书", ["S2", "CJ"], holderKept),
    item("pay_cert_no", "text", "定期抚恤(领取)证编号", "Number of the pension book", ["XH"], {
      shownIf: paid,
      required: paid,
      text: "certificate",
      maxLength: 40,
      sensitivity: "identity",
    }),
    item("city_or_rural", "code", "城乡分区", "Urban or rural", ["SD"], { codeSet: "residence-class", required: true }),
    item("studying", "yes-no", "是否正在上学", "At school", ["XH"], {
      required: youngChild,
      shownIf: youngChild,
      ...noted(["XH", "R"], "Asked of children under 22, the age at which the old system raised an alarm"),
    }),
    item("disabled_flag", "yes-no", "是否残疾", "Disabled", ["XH"], { required: true, sensitivity: "health" }),
    item("orphan", "yes-no", "是否孤儿", "Orphan", ["XH"], { required: true }),
  ]);
}

function deceased(form: string, martyr: boolean): Section {
  const burial = item("d_burial_kind", "code", "烈士安葬情况", "Burial", ["CJ"], { codeSet: "burial-kind", required: true });
  return section("deceased", martyr ? "烈士情况" : "牺牲、病故军人情况", "The deceased", [
    item("death_kind", "code", "去世情形", "Kind of death", ["S2"], { codeSet: "death-kind", forced: value(fixedBy[form]?.[0] ?? "martyr") }),
    item("d_name", "text", martyr ? "烈士姓名" : "军人姓名", "Name of the deceased", ["XH", "CJ", "SD"], {
      required: true,
      text: "name",
      maxLength: 50,
    }),
    item("d_sex", "code", "性别", "Sex", ["XH", "CJ", "SD", "FE"], { codeSet: "sex", required: true }),
    item("d_birth", "date", "出生日期", "Date of birth", ["XH", "CJ", "SD", "FE"]),
    item("d_ethnic", "code", "民族", "Ethnic group", ["XH", "CJ", "SD", "FE"], { codeSet: "ethnic" }),
    item("d_native_place", "text", "籍贯", "Native place", ["XH", "CJ", "SD", "FE"], { maxLength: 80 }),
    item("d_join_date", "date", "入伍(参加革命、工作)时间", "Joined on", ["XH", "FE", "SD"]),
    item("d_unit", "text", "生前所在单位", "Last unit", ["XH", "CJ", "FE"], {
      maxLength: 60,
      help: text("历史名称可如实填写，严禁填写番号", "A historical name may be written; never a true designation"),
    }),
    item("d_duty", "text", "生前职务", "Last duty", ["XH", "CJ", "FE"], { maxLength: 40 }),
    item("d_political", "code", "政治面貌", "Political status", ["FE"], { codeSet: "political" }),
    item("d_death_date", "date", martyr ? "牺牲时间" : "牺牲、病故时间", "Date of death", ["XH", "CJ", "FE"], { required: true }),
    item("d_death_place", "text", martyr ? "牺牲地点" : "牺牲、病故地点", "Place of death", ["XH", "CJ", "FE"], { maxLength: 80 }),
    item("d_death_reason", "text", martyr ? "牺牲原因" : "牺牲、病故原因", "Cause of death", ["XH", "CJ", "FE"], { maxLength: 200 }),
    item("d_approved_at", "date", "评定(认定)时间", "Recognised on", ["XH", "CJ", "SD"]),
    item("d_approved_by", "text", "评定(批准)单位", "Recognised by", ["XH", "CJ", "SD"], { maxLength: 80 }),
    ...(martyr ? [burial] : []),
    item("d_burial_place", "text", "安葬地点", "Burial place", ["FE", "SD", "CJ"], { maxLength: 80 }),
    item("d_deeds", "text", "简要事迹", "Deeds in short", ["FE", "SD", "CJ"], { text: "long", maxLength: 500 }),
  ]);
}

function bereavedForm(key: string, annex: string, zh: string, en: string): Form {
  const martyr = key === "martyr_family";
  const basis = `安政办〔2018〕157号 一、附件${annex}`;
  return {
    key,
    label: text(`${zh}信息采集分表`, `${en}: sub-form`),
    annex,
    category: key,
    sections: [grounded(purpose, basis, kinship(key, martyr)), grounded(purpose, basis, deceased(key, martyr)), payBlock(key, settled(fixedBy[key]?.[1] ?? "21")), plaqueBlock(key)],
  };
}

/** Annex 10. */
export const martyrFamily: Form = bereavedForm("martyr_family", "10", "烈士遗属", "Families of martyrs");
/** Annex 11. */
export const dutyDeathFamily: Form = bereavedForm("duty_death_family", "11", "因公牺牲军人遗属", "Families of soldiers who died on duty");
/** Annex 12. */
export const illnessDeathFamily: Form = bereavedForm("illness_death_family", "12", "病故军人遗属", "Families of soldiers who died of illness");
