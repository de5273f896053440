// Files in: base lists and departments' extracts. Upload, map the columns, run, read every row's outcome, take the error workbook.
import { Type } from "typebox";
import { route } from "../../core/route.ts";
import { areaName, county, date, id, inCounty, issue, literals, page } from "../shapes.ts";

export const importKinds = ["base-list", "extract"] as const;
export const importStates = ["uploaded", "mapped", "running", "done", "failed", "wiped"] as const;

/** One column of the file and the target it feeds; `target` is an item path (base list) or a department's field key. */
export const mappedColumn = Type.Object({ column: Type.Integer(), heading: Type.String(), target: Type.Optional(Type.String()), sample: Type.Array(Type.String()) });
export const importTarget = Type.Object({ target: Type.String(), label: Type.Object({ zh: Type.String(), en: Type.String() }), required: Type.Boolean() });
export const importView = Type.Object({
  county,
  id,
  kind: literals(importKinds),
  department: Type.Optional(Type.String()),
  campaign: Type.Optional(id),
  area: areaName,
  fileName: Type.String(),
  fileBytes: Type.Integer(),
  sheet: Type.Optional(Type.String()),
  sheets: Type.Array(Type.String()),
  state: literals(importStates),
  columns: Type.Array(mappedColumn),
  targets: Type.Array(importTarget),
  missing: Type.Array(Type.String()),
  asOf: Type.Optional(date),
  purpose: Type.Optional(Type.String()),
  rows: Type.Integer(),
  accepted: Type.Integer(),
  returned: Type.Integer(),
  task: Type.Optional(id),
  sentBy: Type.String(),
  at: Type.String(),
});
export const uploadImport = route({
  method: "POST",
  path: "/api/imports",
  permission: "import.upload",
  summary: { zh: "上传底册或比对数据", en: "Upload a base list or an extract (XLSX; CSV in UTF-8 or GB18030)" },
  transfer: "upload",
  body: Type.Object({
    kind: literals(importKinds),
    campaign: Type.Optional(id),
    department: Type.Optional(Type.String()),
    asOf: Type.Optional(date),
    purpose: Type.Optional(Type.String({ maxLength: 200 })),
    sheet: Type.Optional(Type.String()),
  }),
  reply: importView,
  problems: ["file-not-readable", "file-too-large", "sheet-not-found", "unit-designation", "purpose-missing"],
});
export const listImports = route({
  method: "GET",
  path: "/api/imports",
  permission: "import.read",
  summary: { zh: "导入清单", en: "Imports" },
  query: Type.Object({ kind: Type.Optional(literals(importKinds)) }),
  reply: Type.Object({ rows: Type.Array(importView) }),
});
export const getImport = route({ method: "GET", path: "/api/imports/:county/:id", permission: "import.read", summary: { zh: "导入详情", en: "One import" }, params: inCounty, reply: importView });
export const mapImport = route({
  method: "PUT",
  path: "/api/imports/:county/:id/mapping",
  permission: "import.upload",
  summary: { zh: "确认列对应", en: "Set which column feeds which item" },
  params: inCounty,
  body: Type.Object({ sheet: Type.Optional(Type.String()), columns: Type.Array(Type.Object({ column: Type.Integer(), target: Type.Optional(Type.String()) })) }),
  reply: importView,
  problems: ["columns-missing", "move-not-possible"],
});
export const runImport = route({
  method: "POST",
  path: "/api/imports/:county/:id/run",
  permission: "import.upload",
  summary: { zh: "开始导入", en: "Run the import" },
  params: inCounty,
  reply: importView,
  problems: ["columns-missing", "move-not-possible"],
});
export const listImportRows = route({
  method: "GET",
  path: "/api/imports/:county/:id/rows",
  permission: "import.read",
  summary: { zh: "逐行结果", en: "Outcome of each row" },
  params: inCounty,
  query: Type.Object({ outcome: Type.Optional(literals(["accepted", "returned"])), after: Type.Optional(Type.String()) }),
  reply: page(Type.Object({ row: Type.Integer(), outcome: literals(["accepted", "returned"]), issues: Type.Array(issue) })),
});
export const getErrorWorkbook = route({
  method: "GET",
  path: "/api/imports/:county/:id/errors.xlsx",
  permission: "import.read",
  summary: { zh: "下载退回行工作簿（含原因）", en: "Workbook of the returned rows with their reasons" },
  params: inCounty,
  transfer: "file",
});
export const getTemplate = route({
  method: "GET",
  path: "/api/templates/:kind.xlsx",
  permission: "import.read",
  summary: { zh: "下载导入模板", en: "Template workbook" },
  params: Type.Object({ kind: Type.String() }),
  query: Type.Object({ campaign: id }),
  transfer: "file",
});
