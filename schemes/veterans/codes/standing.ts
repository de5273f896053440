// Code sets by which older relief systems class a person: kind of object, kind of death, old grades of disability, place of support.
import { codeSet, option, options } from "../../../src/scheme/define.ts";
import type { CodeSet } from "../../../src/scheme/define.ts";

const objectType = codeSet("object-type", "优抚对象类型", "Class of entitled person", [
  option("11", "残疾军人", "Disabled soldier"),
  option("12", "伤残国家机关工作人员", "Disabled official"),
  option("13", "行政编制人民警察", "Disabled police officer (administrative post)", { alsoWritten: ["伤残人民警察"] }),
  option("14", "伤残民兵民工", "Disabled militia member or labourer", { alsoWritten: ["伤残预备役人员"] }),
  option("15", "因战因公伤残人员", "Person disabled in war or on duty", { alsoWritten: ["因公伤残人员"] }),
  option("16", "非行政编制人民警察", "Disabled police officer (other post)"),
  option("21", "烈士家属", "Family of a martyr", { alsoWritten: ["烈士遗属"] }),
  option("22", "因公牺牲军人家属", "Family of a soldier who died on duty", { alsoWritten: ["因公牺牲军人遗属"] }),
  option("23", "病故军人家属", "Family of a soldier who died of illness", { alsoWritten: ["病故军人遗属"] }),
  option("31", "在乡退伍红军老战士", "Red Army veteran", { alsoWritten: ["退伍红军老战士"] }),
  option("32", "在乡西路军红军老战士", "Veteran of the Western Route Army", { alsoWritten: ["西路军红军老战士"] }),
  option("33", "红军失散人员", "Separated from the Red Army"),
  option("41", "在乡复员军人", "Demobilised soldier living in the country", { alsoWritten: ["老复员军人"] }),
  option("42", "带病回乡退伍军人", "Veteran who returned with illness"),
  option("51", "参战退役人员", "Veteran of war", { alsoWritten: ["参战"] }),
  option("61", "参试退役人员", "Veteran of nuclear tests", { alsoWritten: ["参试"] }),
  option("81", "60周岁以上农村籍退役士兵", "Rural veteran soldier aged 60 or over", { alsoWritten: ["年满60周岁农村籍退役士兵"] }),
  option("B1", "部分烈士(错杀被平反人员)子女", "Certain martyrs' (rehabilitated persons') children", { alsoWritten: ["烈士老年子女"] }),
]);

const deathKind = codeSet(
  "death-kind",
  "去世情形",
  "Kind of death",
  options([
    ["martyr", "烈士", "Martyr"],
    ["duty", "因公牺牲", "Died on duty"],
    ["illness", "病故", "Died of illness"],
  ]),
);

const oldGrade = codeSet(
  "old-disability-grade",
  "原残疾等级(2005年以前)",
  "Old grade of disability (before 2005)",
  options([
    ["special", "特等残废", "Special class"],
    ["1", "一等残废", "First class"],
    ["2a", "二等甲级", "Second class A"],
    ["2b", "二等乙级", "Second class B"],
    ["3a", "三等甲级", "Third class A"],
    ["3b", "三等乙级", "Third class B"],
  ]),
);

const supportUnit = codeSet(
  "support-unit",
  "供养单位",
  "Institution of support",
  options([
    ["rehabilitation_hospital", "荣康医院", "Rehabilitation hospital"],
    ["psychiatric", "复退军人精神病院", "Veterans' psychiatric hospital"],
    ["chronic", "复退军人慢性病疗养院", "Veterans' sanatorium for chronic disease"],
    ["general", "综合性优抚医院", "General veterans' hospital"],
    ["home_of_honour", "光荣院", "Home of honour"],
    ["welfare", "社会福利机构", "Social welfare institution"],
    ["none", "无", "None"],
  ]),
);

/** Code sets of the classes older systems use. */
export const standingCodes: readonly CodeSet[] = [objectType, deathKind, oldGrade, supportUnit];
