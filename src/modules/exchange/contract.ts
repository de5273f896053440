// Files in: base lists and departments' extracts. Upload, map the columns, run, read every row's outcome, take the error workbook.
import { Type } from "typebox";
import { route } from "../../core/route.ts";
import { areaName, bilingual, county, date, id, inCounty, issue, literals, nothing, page } from "../shapes.ts";

export const importKinds = ["base-list", "extract"] as const;
export const importStates = ["uploaded", "mapped", "running", "done", "failed", "wiped"] as const;
export const waysIn = ["page", "inbox", "http"] as const;
export const agreementStates = ["in-force", "not-yet", "ended", "revoked"] as const;
export const leftOutReasons = ["no-number", "not-signed", "not-yet", "expired", "revoked", "adult-not-signed"] as const;
export const arrivalPeriods = ["once", "weekly", "monthly", "quarterly"] as const;
export const dueStates = ["arrived", "arrived-late", "late", "due", "later"] as const;

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
  cameBy: literals(waysIn),
  /** As what the file was read, and why. */
  reading: Type.Optional(Type.Object({ format: Type.String(), evidence: Type.Optional(bilingual) })),
  /** Headings that differ from the supplier's file before; absent for its first. */
  changed: Type.Optional(Type.Object({ since: Type.Integer(), added: Type.Array(Type.String()), gone: Type.Array(Type.String()) })),
  /** Columns that are not read: nothing asks for them, or the agreement leaves them out. */
  unread: Type.Array(Type.Object({ heading: Type.String(), because: literals(["not-asked", "outside-agreement"]) })),
  agreement: Type.Optional(id),
  /** Accepted rows left out of the last match: no authorisation in force. */
  leftOut: Type.Integer(),
  /** Why, where one import is looked at. */
  leftOutBecause: Type.Optional(Type.Array(Type.Object({ reason: literals(leftOutReasons), label: bilingual, rows: Type.Integer() }))),
  keepUntil: Type.Optional(date),
  wiped: Type.Optional(Type.Object({ at: Type.String(), by: Type.String(), because: Type.String() })),
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
  problems: ["file-not-readable", "file-too-large", "sheet-not-found", "unit-designation", "purpose-missing", "agreement-missing"],
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
  problems: ["columns-missing", "move-not-possible", "agreement-missing"],
});
export const listImportRows = route({
  method: "GET",
  path: "/api/imports/:county/:id/rows",
  permission: "import.read",
  summary: { zh: "逐行结果", en: "Outcome of each row" },
  params: inCounty,
  query: Type.Object({ outcome: Type.Optional(literals(["accepted", "returned", "left-out"])), after: Type.Optional(Type.String()) }),
  reply: page(Type.Object({ row: Type.Integer(), outcome: literals(["accepted", "returned", "left-out"]), issues: Type.Array(issue) })),
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
export const getReturnedFile = route({
  method: "GET",
  path: "/api/imports/:county/:id/returned",
  permission: "import.read",
  summary: { zh: "下载退回行（与来件同一格式）", en: "The returned rows in the format in which the file came" },
  params: inCounty,
  transfer: "file",
});
export const wipeImport = route({
  method: "POST",
  path: "/api/imports/:county/:id/wipe",
  permission: "match.run",
  summary: { zh: "提前清除数据，保留统计数和摘要", en: "Wipe the data before their time; figures and digests stay" },
  params: inCounty,
  body: Type.Object({ reason: Type.String({ minLength: 2, maxLength: 200 }) }),
  reply: importView,
  problems: ["move-not-possible", "not-allowed"],
});

/** A word of the file that no option knows, the field, how often, and the codes it may stand for. */
export const listUnknownWords = route({
  method: "GET",
  path: "/api/imports/:county/:id/words",
  permission: "import.read",
  summary: { zh: "文件中未识别的取值", en: "Words of the file that no option knows" },
  params: inCounty,
  reply: Type.Object({
    fields: Type.Array(
      Type.Object({
        field: Type.String(),
        label: bilingual,
        heading: Type.String(),
        words: Type.Array(Type.Object({ word: Type.String(), rows: Type.Integer() })),
        /** Different words in all; those past fifty, and long ones, are not shown: the column is perhaps another. */
        different: Type.Integer(),
        codes: Type.Array(Type.Object({ code: Type.String(), label: bilingual })),
      }),
    ),
  }),
});
export const sayWord = route({
  method: "POST",
  path: "/api/imports/:county/:id/words",
  permission: "import.upload",
  summary: { zh: "确认取值对应的选项，下次自动采用", en: "Say which code a word stands for; it is remembered for this supplier" },
  params: inCounty,
  body: Type.Object({ field: Type.String(), word: Type.String({ minLength: 1, maxLength: 60 }), code: Type.String() }),
  reply: nothing,
  problems: ["move-not-possible", "not-allowed", "unit-designation"],
});
export const supplierWordView = Type.Object({
  county, id, department: Type.String(), supplier: Type.String(), field: Type.String(), fieldLabel: bilingual, word: Type.String(), code: Type.String(), codeLabel: bilingual,
  saidBy: Type.String(), at: Type.String(), revokedAt: Type.Optional(Type.String()),
});
export const listSupplierWords = route({
  method: "GET",
  path: "/api/supplier-words",
  permission: "import.read",
  summary: { zh: "各来源单位的取值对应", en: "Words of suppliers and the codes they stand for" },
  query: Type.Object({ campaign: id }),
  reply: Type.Object({ rows: Type.Array(supplierWordView) }),
});
export const revokeSupplierWord = route({
  method: "POST",
  path: "/api/supplier-words/:county/:id/revoke",
  permission: "import.upload",
  summary: { zh: "撤销取值对应", en: "Revoke what a word stands for" },
  params: inCounty,
  reply: nothing,
});

export const agreementView = Type.Object({
  county, id, department: Type.String(), purpose: Type.String(), fields: Type.Array(Type.String()), fromOn: date, toOn: date, document: Type.String(), keepDays: Type.Integer(),
  state: literals(agreementStates), signedBy: Type.String(), at: Type.String(), revokedAt: Type.Optional(Type.String()), revokedBecause: Type.Optional(Type.String()),
});
export const listAgreements = route({ method: "GET", path: "/api/agreements", permission: "import.read", summary: { zh: "数据共享协议", en: "Agreements with departments" }, query: Type.Object({ campaign: id }), reply: Type.Object({ rows: Type.Array(agreementView) }) });
export const signAgreement = route({
  method: "POST",
  path: "/api/agreements",
  permission: "match.run",
  summary: { zh: "登记数据共享协议", en: "Enter a signed agreement" },
  body: Type.Object({
    campaign: id,
    department: Type.String(),
    purpose: Type.String({ minLength: 2, maxLength: 200 }),
    fields: Type.Optional(Type.Array(Type.String(), { minItems: 1, maxItems: 200 })),
    fromOn: date,
    toOn: date,
    document: Type.String({ minLength: 1, maxLength: 100 }),
    keepDays: Type.Optional(Type.Integer({ minimum: 1, maximum: 3650 })),
  }),
  reply: agreementView,
  problems: ["not-allowed", "unit-designation"],
});
export const revokeAgreement = route({
  method: "POST",
  path: "/api/agreements/:county/:id/revoke",
  permission: "match.run",
  summary: { zh: "撤销数据共享协议", en: "Revoke an agreement" },
  params: inCounty,
  body: Type.Object({ reason: Type.String({ minLength: 2, maxLength: 200 }) }),
  reply: agreementView,
  problems: ["not-allowed", "move-not-possible", "unit-designation"],
});
export const enterAuthorisations = route({
  method: "POST",
  path: "/api/authorisations",
  permission: "match.run",
  summary: { zh: "登记核对授权书", en: "Enter signed authorisations for economic checks" },
  body: Type.Object({ campaign: id, document: Type.String({ minLength: 1, maxLength: 100 }), fromOn: date, toOn: date, idNumbers: Type.Array(Type.String({ maxLength: 30 }), { minItems: 1, maxItems: 5000 }) }),
  reply: Type.Object({ entered: Type.Integer() }),
  problems: ["not-allowed", "unit-designation"],
});
export const enterPaper = route({
  method: "POST",
  path: "/api/authorisations/papers",
  permission: "match.run",
  summary: { zh: "登记纸质核对授权书（含扫描件）", en: "Enter a paper authorisation with its scan" },
  transfer: "upload",
  /** `fromOn` is the day it was signed; `idNumbers` of all who signed, parted by blanks, commas or lines. */
  body: Type.Object({ campaign: id, document: Type.String({ minLength: 1, maxLength: 100 }), fromOn: date, toOn: date, idNumbers: Type.String({ minLength: 1, maxLength: 6000 }) }),
  reply: Type.Object({ entered: Type.Integer() }),
  problems: ["not-allowed", "bad-request", "file-not-readable", "unit-designation"],
});
export const listAuthorisations = route({
  method: "GET",
  path: "/api/authorisations",
  permission: "match.run",
  summary: { zh: "核对授权书清单", en: "Authorisations on paper, and how many people signed in the records" },
  query: Type.Object({ campaign: id }),
  reply: Type.Object({
    rows: Type.Array(
      Type.Object({
        document: Type.String(), fromOn: date, toOn: date, people: Type.Integer(), masked: Type.Array(Type.String()), state: literals(agreementStates), paper: Type.Boolean(), enteredBy: Type.String(), at: Type.String(), revokedBecause: Type.Optional(Type.String()),
      }),
    ),
    records: Type.Object({ signed: Type.Integer(), inForce: Type.Integer() }),
  }),
  problems: ["not-allowed"],
});
export const getPaper = route({ method: "GET", path: "/api/authorisations/paper", permission: "match.run", summary: { zh: "查看授权书扫描件", en: "The scan of a paper" }, query: Type.Object({ campaign: id, document: Type.String({ minLength: 1, maxLength: 100 }) }), transfer: "file", problems: ["not-allowed", "not-found"] });
export const revokeAuthorisations = route({
  method: "POST",
  path: "/api/authorisations/revoke",
  permission: "match.run",
  summary: { zh: "撤回核对授权", en: "Take back the authorisations of a paper" },
  body: Type.Object({ campaign: id, document: Type.String({ minLength: 1, maxLength: 100 }), reason: Type.String({ minLength: 2, maxLength: 200 }) }),
  reply: Type.Object({ revoked: Type.Integer() }),
  problems: ["not-allowed"],
});

const due = Type.Object({ on: date, state: literals(dueStates), arrived: Type.Optional(date) });
const plan = Type.Object({ period: literals(arrivalPeriods), day: Type.Integer(), remindDays: Type.Integer() });
export const catalogueEntry = Type.Object({
  department: Type.String(),
  label: bilingual,
  fields: Type.Array(
    Type.Object({
      key: Type.String(),
      label: bilingual,
      kind: Type.String(),
      headings: Type.Array(Type.String()),
      join: Type.Optional(Type.String()),
      compares: Type.Optional(bilingual),
      rule: Type.Optional(Type.String()),
      tolerance: Type.Optional(Type.Number()),
      finding: Type.Optional(Type.Object({ key: Type.String(), label: bilingual })),
      inAgreement: Type.Boolean(),
    }),
  ),
  absences: Type.Array(Type.Object({ key: Type.String(), label: bilingual })),
  economicCheck: Type.Boolean(),
  office: Type.Optional(Type.Object({ name: Type.String() })),
  agreement: Type.Optional(agreementView),
  plan: Type.Optional(plan),
  dues: Type.Array(due),
  last: Type.Optional(Type.Object({ county, id, state: literals(importStates), at: Type.String(), asOf: Type.Optional(date), days: Type.Integer(), rows: Type.Integer(), accepted: Type.Integer(), returned: Type.Integer() })),
  /** Rows in which the county showed that the department was wrong, of the rows of its lists that were matched. */
  errors: Type.Optional(Type.Object({ wrong: Type.Integer(), base: Type.Integer() })),
});
export const getCatalogue = route({
  method: "GET",
  path: "/api/catalogue",
  permission: "import.read",
  summary: { zh: "数据目录：各部门、数据项、协议、到达时间", en: "Catalogue of departments: items, agreements, timetable, what came" },
  query: Type.Object({ campaign: id }),
  reply: Type.Object({ today: date, base: Type.Integer(), due: Type.Integer(), late: Type.Integer(), departments: Type.Array(catalogueEntry) }),
});
export const setArrivalPlan = route({
  method: "PUT",
  path: "/api/catalogue/:department/plan",
  permission: "match.run",
  summary: { zh: "设定数据到达时间", en: "Say when a department's lists are due" },
  params: Type.Object({ department: Type.String() }),
  body: Type.Object({ campaign: id, period: literals(arrivalPeriods), day: Type.Integer({ minimum: 0, maximum: 366 }), remindDays: Type.Optional(Type.Integer({ minimum: 0, maximum: 60 })) }),
  reply: plan,
  problems: ["not-allowed"],
});

export const intakeTokenView = Type.Object({
  county, id, department: Type.String(), label: Type.String(), agreement: id, dailyRequests: Type.Integer(), endsOn: date, issuedBy: Type.String(), at: Type.String(),
  revokedAt: Type.Optional(Type.String()), requests: Type.Integer(), lastAt: Type.Optional(Type.String()),
});
export const listIntakeTokens = route({ method: "GET", path: "/api/intake-tokens", permission: "match.run", summary: { zh: "接口令牌", en: "Tokens for sending lists" }, query: Type.Object({ campaign: id }), reply: Type.Object({ rows: Type.Array(intakeTokenView) }) });
export const issueIntakeToken = route({
  method: "POST",
  path: "/api/intake-tokens",
  permission: "match.run",
  summary: { zh: "签发接口令牌（只显示一次）", en: "Issue a token; it is shown once" },
  body: Type.Object({ campaign: id, department: Type.String(), label: Type.String({ minLength: 1, maxLength: 80 }), endsOn: date, dailyRequests: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000 })) }),
  reply: Type.Object({ token: Type.String(), view: intakeTokenView }),
  problems: ["agreement-missing", "not-allowed", "unit-designation"],
});
export const revokeIntakeToken = route({ method: "POST", path: "/api/intake-tokens/:county/:id/revoke", permission: "match.run", summary: { zh: "撤销接口令牌", en: "Revoke a token" }, params: inCounty, reply: nothing, problems: ["not-allowed"] });

/** What a machine learns of the list it sent. `status` is the path to ask again. */
export const receipt = Type.Object({
  id,
  department: Type.String(),
  fileName: Type.String(),
  sha256: Type.String(),
  state: literals(importStates),
  rows: Type.Integer(),
  accepted: Type.Integer(),
  returned: Type.Integer(),
  unread: Type.Array(Type.String()),
  status: Type.String(),
  returnedRows: Type.Optional(Type.String()),
});
export const sendList = route({
  method: "POST",
  path: "/api/departments/:department/lists",
  permission: "public",
  summary: { zh: "部门系统报送比对数据（Authorization: Bearer 令牌，Idempotency-Key）", en: "A department's system sends a list (Authorization: Bearer token, Idempotency-Key)" },
  transfer: "upload",
  params: Type.Object({ department: Type.String() }),
  body: Type.Object({ asOf: Type.Optional(date), campaign: Type.Optional(id) }),
  reply: receipt,
  problems: ["not-signed-in", "too-many-requests", "agreement-missing", "columns-missing", "file-not-readable", "key-reused", "unit-designation"],
});
export const getSentList = route({ method: "GET", path: "/api/departments/:department/lists/:id", permission: "public", summary: { zh: "查询报送结果", en: "What became of a list" }, params: Type.Object({ department: Type.String(), id }), reply: receipt, problems: ["not-signed-in"] });
export const getSentListRows = route({
  method: "GET",
  path: "/api/departments/:department/lists/:id/returned",
  permission: "public",
  summary: { zh: "取回退回的行", en: "The returned rows of a list that was sent" },
  params: Type.Object({ department: Type.String(), id }),
  transfer: "file",
  problems: ["not-signed-in"],
});
