// The console of the audit administrator: rows by person, reader, purpose, time and action; the chain; marked look-ups.
import { Type } from "typebox";
import { route } from "../../core/route.ts";
import { areaName, bilingual, date, id, inCounty, literals, nothing } from "../shapes.ts";
import { leastYears, markKinds } from "./rules.ts";

export const auditFilter = Type.Object({
  /** Calendar dates, China Standard Time; both ends count. Without: the last thirty days. */
  from: Type.Optional(date),
  to: Type.Optional(date),
  /** A record's id, or a whole ID number. */
  person: Type.Optional(Type.String({ minLength: 1, maxLength: 36 })),
  /** An account's login or id, or a duty of the system. */
  reader: Type.Optional(Type.String({ minLength: 1, maxLength: 80 })),
  purpose: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
  action: Type.Optional(Type.String({ minLength: 1, maxLength: 60 })),
});
export const auditRow = Type.Object({
  id: Type.Integer(),
  /** Number in the chain; absent until the sequencer has come by. */
  seq: Type.Optional(Type.Integer()),
  at: Type.String(),
  reader: Type.Object({ account: Type.String(), name: Type.String(), office: Type.Optional(Type.String()) }),
  action: Type.String(),
  label: bilingual,
  purpose: Type.Optional(Type.Object({ key: Type.String(), label: bilingual })),
  area: Type.Optional(areaName),
  record: Type.Optional(Type.Object({ county: Type.Integer(), id, name: Type.String() })),
  people: Type.Integer(),
  detail: Type.Record(Type.String(), Type.Unknown()),
});
export const findAudit = route({
  method: "POST",
  path: "/api/audit/entries",
  permission: "audit.read",
  summary: { zh: "查阅审计记录", en: "Read the audit" },
  reads: true,
  body: Type.Object({ ...auditFilter.properties, after: Type.Optional(Type.String({ maxLength: 60 })) }),
  reply: Type.Object({ rows: Type.Array(auditRow), next: Type.Optional(Type.String()), person: Type.Optional(Type.Object({ name: Type.String(), idNumber: Type.String(), records: Type.Integer() })) }),
  problems: ["bad-request"],
});
export const getAuditFile = route({
  method: "POST",
  path: "/api/audit/file",
  permission: "audit.read",
  summary: { zh: "导出所选审计记录（带签名）", en: "The rows chosen, as a signed file" },
  reads: true,
  body: auditFilter,
  transfer: "file",
  problems: ["bad-request", "file-too-large"],
});
export const auditCheck = Type.Object({ id, at: Type.String(), by: Type.String(), clean: Type.Boolean(), rows: Type.Integer(), toSeq: Type.Integer(), seconds: Type.Number(), fault: Type.Optional(Type.Object({ kind: Type.String(), row: Type.Integer(), entry: Type.Optional(Type.String()), message: bilingual })) });
export const getAuditState = route({
  method: "GET",
  path: "/api/audit/state",
  permission: "audit.read",
  summary: { zh: "审计链状态", en: "State of the chain" },
  reply: Type.Object({
    chained: Type.Integer(),
    /** Committed and not chained yet. */
    unchained: Type.Integer(),
    firstSeq: Type.Optional(Type.Integer()),
    checkpoint: Type.Optional(Type.Object({ no: Type.Integer(), seq: Type.Integer(), at: Type.String(), key: Type.String() })),
    years: Type.Integer(),
    removed: Type.Integer(),
    checks: Type.Array(auditCheck),
    purposes: Type.Array(Type.Object({ key: Type.String(), label: bilingual })),
    actions: Type.Array(Type.Object({ key: Type.String(), label: bilingual })),
  }),
});
export const verifyAudit = route({ method: "POST", path: "/api/audit/checks", permission: "audit.read", summary: { zh: "立即核验审计链", en: "Verify the chain now" }, reply: Type.Object({ task: id }) });
export const keepAudit = route({
  method: "PUT",
  path: "/api/audit/years",
  permission: "audit.read",
  summary: { zh: "设定审计保存年限", en: "Set the years for which the audit is kept" },
  body: Type.Object({ years: Type.Integer({ minimum: leastYears, maximum: 30 }) }),
  reply: nothing,
});
export const auditMark = Type.Object({
  county: Type.Integer(),
  id,
  at: Type.String(),
  kind: literals(markKinds),
  label: bilingual,
  reader: Type.Object({ account: Type.String(), name: Type.String() }),
  record: Type.Optional(Type.Object({ id, name: Type.String() })),
  detail: Type.Record(Type.String(), Type.Unknown()),
  seen: Type.Optional(Type.Object({ by: Type.String(), at: Type.String(), remark: Type.String() })),
});
export const listMarks = route({
  method: "GET",
  path: "/api/audit/marks",
  permission: "audit.read",
  summary: { zh: "每周重点查询清单", en: "Look-ups of a week that ask for a second look" },
  query: Type.Object({ /** Any day of the week; this week without. */ week: Type.Optional(date) }),
  reply: Type.Object({ from: date, to: date, rows: Type.Array(auditMark) }),
});
export const seeMark = route({
  method: "POST",
  path: "/api/audit/marks/:county/:id",
  permission: "audit.read",
  summary: { zh: "复核一次重点查询", en: "A second look at a marked look-up" },
  params: inCounty,
  body: Type.Object({ remark: Type.String({ minLength: 1, maxLength: 300 }) }),
  reply: nothing,
  problems: ["not-found", "move-not-possible"],
});
