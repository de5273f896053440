// Several departments' lists of one round fused into a proposal for the base list: who is meant, which value is right, what differs.
// And the exchange of keyed digests, by which a department and the county learn who stands on both lists and nothing else.
import { Type } from "typebox";
import { route } from "../../core/route.ts";
import { bilingual, county, date, id, inCounty, literals, page } from "../shapes.ts";
import { blindStates, doubtDecisions, fusionStates, personStates } from "./rules.ts";

export const fusedList = Type.Object({ batch: id, department: Type.String(), departmentLabel: bilingual, asOf: date, rows: Type.Integer() });
export const fusionView = Type.Object({
  county,
  id,
  campaign: id,
  purpose: Type.String(),
  state: literals(fusionStates),
  lists: Type.Array(fusedList),
  task: Type.Optional(id),
  /** rows = fused + duplicates + leftOut; people = proposed + registered + added; conflicts, fieldConflicts, doubts, undecided; `out:<reason>` rows by reason. */
  counts: Type.Record(Type.String(), Type.Number()),
  steps: Type.Array(Type.Object({ step: Type.String(), rows: Type.Number(), seconds: Type.Number() })),
  askedBy: Type.String(),
  at: Type.String(),
  /** Why it cannot be accepted now; absent when it can. */
  notAcceptable: Type.Optional(bilingual),
  /** When its content was wiped with one of its lists; the figures stay. */
  wipedAt: Type.Optional(Type.String()),
});
export const startFusion = route({
  method: "POST",
  path: "/api/fusions",
  permission: "match.run",
  summary: { zh: "融合多份部门数据，生成底册建议", en: "Fuse departments' lists into a proposal for the base list" },
  body: Type.Object({ batches: Type.Array(id, { minItems: 2, maxItems: 12 }), purpose: Type.String({ maxLength: 200 }) }),
  reply: fusionView,
  problems: ["not-found", "move-not-possible", "purpose-missing", "unit-designation", "agreement-missing", "authorisation-missing"],
});
export const listFusions = route({ method: "GET", path: "/api/fusions", permission: "match.read", summary: { zh: "融合清单", en: "Fusions" }, reply: Type.Object({ rows: Type.Array(fusionView) }) });
export const getFusion = route({ method: "GET", path: "/api/fusions/:county/:id", permission: "match.read", summary: { zh: "融合详情", en: "One fusion" }, params: inCounty, reply: fusionView });

export const sourcedValue = Type.Object({ department: bilingual, list: Type.Integer(), row: Type.Integer(), asOf: date, value: bilingual });
export const fusedValue = Type.Object({
  path: Type.String(),
  label: bilingual,
  value: bilingual,
  from: sourcedValue,
  why: Type.String(),
  whyLabel: bilingual,
  agree: Type.Array(sourcedValue),
  differ: Type.Array(sourcedValue),
});
export const fusedPerson = Type.Object({
  no: Type.Integer(),
  name: Type.String(),
  state: literals(personStates),
  reason: Type.Optional(bilingual),
  conflicts: Type.Integer(),
  rows: Type.Array(Type.Object({ department: bilingual, list: Type.Integer(), row: Type.Integer() })),
  values: Type.Array(fusedValue),
  record: Type.Optional(id),
});
export const listFusedPeople = route({
  method: "GET",
  path: "/api/fusions/:county/:id/people",
  permission: "match.read",
  summary: { zh: "融合出的人员与各值来源", en: "People of a fusion with the source of every value" },
  params: inCounty,
  query: Type.Object({ state: Type.Optional(literals(personStates)), conflicts: Type.Optional(Type.String()), after: Type.Optional(Type.String()) }),
  reply: page(fusedPerson),
});
export const listFusionDoubts = route({
  method: "GET",
  path: "/api/fusions/:county/:id/doubts",
  permission: "match.read",
  summary: { zh: "待人工判断是否同一人", en: "Doubtful links that a person decides" },
  params: inCounty,
  reply: Type.Object({ rows: Type.Array(Type.Object({ no: Type.Integer(), weight: Type.Number(), probability: Type.Number(), why: bilingual, decision: literals(doubtDecisions), a: fusedPerson, b: fusedPerson })), total: Type.Integer() }),
});
export const decideFusionDoubt = route({
  method: "POST",
  path: "/api/fusions/:county/:id/doubts",
  permission: "match.decide",
  summary: { zh: "判断是否同一人", en: "Decide whether both are the same person" },
  params: inCounty,
  body: Type.Object({ no: Type.Integer(), same: Type.Boolean() }),
  reply: fusionView,
  problems: ["not-found", "move-not-possible"],
});
export const getFusionReport = route({ method: "GET", path: "/api/fusions/:county/:id/report.xlsx", permission: "match.read", summary: { zh: "下载融合冲突报告", en: "Conflict report as a workbook" }, params: inCounty, transfer: "file", problems: ["not-found", "move-not-possible"] });
export const acceptFusion = route({ method: "POST", path: "/api/fusions/:county/:id/accept", permission: "match.run", summary: { zh: "采纳为底册", en: "Take the proposal into the base list" }, params: inCounty, reply: fusionView, problems: ["not-found", "move-not-possible"] });
export const discardFusion = route({ method: "POST", path: "/api/fusions/:county/:id/discard", permission: "match.run", summary: { zh: "放弃融合结果", en: "Discard the proposal" }, params: inCounty, reply: fusionView, problems: ["not-found", "move-not-possible"] });

export const blindView = Type.Object({
  county,
  id,
  campaign: id,
  department: Type.String(),
  departmentLabel: bilingual,
  purpose: Type.String(),
  suite: literals(["sha256", "sm3"]),
  state: literals(blindStates),
  task: Type.Optional(id),
  /** Compared by telephone: both sides hold the same key when it is the same. */
  fingerprint: Type.String(),
  people: Type.Integer(),
  asOf: Type.Optional(date),
  /** people, hits, perhaps, absent, raised, closed. */
  counts: Type.Record(Type.String(), Type.Number()),
  run: Type.Optional(id),
  madeBy: Type.String(),
  at: Type.String(),
  keepUntil: Type.Optional(date),
  /** When tokens and key were wiped. */
  wipedAt: Type.Optional(Type.String()),
});
export const makeBlindExchange = route({
  method: "POST",
  path: "/api/blind-exchanges",
  permission: "match.run",
  summary: { zh: "为一个部门生成加密标记文件", en: "Make a token file of the register for a department" },
  body: Type.Object({ campaign: id, department: Type.String({ maxLength: 60 }), purpose: Type.String({ maxLength: 200 }), suite: Type.Optional(literals(["sha256", "sm3"])) }),
  reply: blindView,
  problems: ["not-found", "purpose-missing", "unit-designation", "bad-request", "agreement-missing"],
});
export const listBlindExchanges = route({ method: "GET", path: "/api/blind-exchanges", permission: "match.read", summary: { zh: "不出明文比对清单", en: "Exchanges without showing lists" }, reply: Type.Object({ rows: Type.Array(blindView) }) });
export const getBlindTokens = route({ method: "GET", path: "/api/blind-exchanges/:county/:id/tokens.csv", permission: "match.run", summary: { zh: "下载标记文件", en: "The token file" }, params: inCounty, transfer: "file", problems: ["not-found", "move-not-possible"] });
export const getBlindKey = route({ method: "GET", path: "/api/blind-exchanges/:county/:id/key.txt", permission: "match.run", summary: { zh: "下载约定密钥", en: "The agreed key" }, params: inCounty, transfer: "file", problems: ["not-found"] });
export const takeBlindHits = route({
  method: "POST",
  path: "/api/blind-exchanges/:county/:id/hits",
  permission: "match.run",
  summary: { zh: "收回命中文件（后台处理，可看进度）", en: "Take the hits back; worked off in the background" },
  params: inCounty,
  transfer: "upload",
  body: Type.Object({ asOf: Type.Optional(Type.String()) }),
  reply: blindView,
  problems: ["not-found", "move-not-possible", "file-not-readable", "bad-request", "agreement-missing"],
});
