// What people hold in hand, made from a published definition: workbook, printed forms, dictionary, XLSForm; and one record on paper.
import { Type } from "typebox";
import { route } from "../../core/route.ts";
import { inCounty, literals } from "../shapes.ts";

const version = Type.Object({ scheme: Type.String(), version: Type.String() });
const lang = Type.Optional(literals(["zh", "en"]));

export const getSchemeTemplate = route({
  method: "GET",
  path: "/api/schemes/:scheme/:version/template.xlsx",
  permission: "signed-in",
  summary: { zh: "下载填报工作簿（下拉选项、填表说明）", en: "Workbook to fill in, with choices and notes" },
  params: version,
  transfer: "file",
});
export const getBlankForms = route({
  method: "GET",
  path: "/api/schemes/:scheme/:version/print.pdf",
  permission: "signed-in",
  summary: { zh: "打印空白表（A4）", en: "Blank forms on A4, one or all" },
  params: version,
  query: Type.Object({ form: Type.Optional(Type.String()), lang }),
  transfer: "file",
});
export const getDictionary = route({
  method: "GET",
  path: "/api/schemes/:scheme/:version/dictionary.xlsx",
  permission: "signed-in",
  summary: { zh: "下载数据字典", en: "Data dictionary" },
  params: version,
  transfer: "file",
});
export const getXlsForm = route({
  method: "GET",
  path: "/api/schemes/:scheme/:version/xlsform.xlsx",
  permission: "signed-in",
  summary: { zh: "下载 XLSForm（ODK、KoboToolbox）", en: "XLSForm for ODK and KoboToolbox" },
  params: version,
  transfer: "file",
});
export const getAnswersSchema = route({
  method: "GET",
  path: "/api/schemes/:scheme/:version/schema.json",
  permission: "signed-in",
  summary: { zh: "下载档案的 JSON Schema", en: "JSON Schema of a record's answers" },
  params: version,
  transfer: "file",
});
export const printRecord = route({
  method: "GET",
  path: "/api/records/:county/:id/print.pdf",
  permission: "record.read",
  summary: { zh: "打印一份档案（留痕；采集、审核时可打印全部内容）", en: "One record on paper (recorded); in full for capture or review" },
  params: inCounty,
  query: Type.Object({ for: Type.Optional(literals(["view", "capture", "review"])), form: Type.Optional(Type.String()), lang }),
  transfer: "file",
  problems: ["not-allowed"],
});
