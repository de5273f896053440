// Match runs: a department's list against the register; links, findings, and pairs a person decides.
import { Type } from "typebox";
import { route } from "../../core/route.ts";
import { areaName, bilingual, county, id, inCounty, literals, page } from "../shapes.ts";

export const matchRunView = Type.Object({
  county,
  id,
  batch: id,
  department: Type.String(),
  campaign: id,
  state: literals(["waiting", "running", "done", "failed"]),
  task: Type.Optional(id),
  /** records, rows, automatic, review, unmatchedRecords, unmatchedRows, findings by class … */
  counts: Type.Record(Type.String(), Type.Number()),
  steps: Type.Array(Type.Object({ step: Type.String(), rows: Type.Number(), seconds: Type.Number() })),
  askedBy: Type.String(),
  at: Type.String(),
});
export const startMatch = route({
  method: "POST",
  path: "/api/match-runs",
  permission: "match.run",
  summary: { zh: "开始比对", en: "Match a department's list with the register" },
  body: Type.Object({ batch: id }),
  reply: matchRunView,
  problems: ["not-found", "move-not-possible", "purpose-missing"],
});
export const listMatchRuns = route({ method: "GET", path: "/api/match-runs", permission: "match.read", summary: { zh: "比对清单", en: "Match runs" }, reply: Type.Object({ rows: Type.Array(matchRunView) }) });
export const getMatchRun = route({ method: "GET", path: "/api/match-runs/:county/:id", permission: "match.read", summary: { zh: "比对详情", en: "One match run" }, params: inCounty, reply: matchRunView });
export const pairSide = Type.Record(Type.String(), Type.Union([Type.String(), Type.Null()]));
export const listPairs = route({
  method: "GET",
  path: "/api/match-runs/:county/:id/pairs",
  permission: "match.read",
  summary: { zh: "待人工判断的配对", en: "Pairs that a person decides" },
  params: inCounty,
  reply: Type.Object({
    rows: Type.Array(Type.Object({ row: Type.Integer(), record: id, weight: Type.Number(), probability: Type.Number(), decision: Type.String(), why: bilingual, ours: pairSide, theirs: pairSide })),
  }),
});
export const decidePair = route({
  method: "POST",
  path: "/api/match-runs/:county/:id/pairs",
  permission: "match.decide",
  summary: { zh: "判断是否同一人", en: "Decide whether both are the same person" },
  params: inCounty,
  body: Type.Object({ row: Type.Integer(), record: id, same: Type.Boolean() }),
  reply: Type.Object({ decision: Type.String(), findings: Type.Integer() }),
  problems: ["not-found", "move-not-possible"],
});
export const findingView = Type.Object({
  county,
  id,
  class: Type.String(),
  classLabel: bilingual,
  department: Type.String(),
  departmentLabel: bilingual,
  path: Type.Optional(Type.String()),
  itemLabel: Type.Optional(bilingual),
  ours: Type.Optional(Type.String()),
  theirs: Type.Optional(Type.String()),
  /** Who is right for this item by the scheme: the department's key, or `register`. */
  authority: Type.String(),
  state: literals(["open", "closed"]),
  closedBecause: Type.Optional(Type.String()),
  raisedAt: Type.String(),
  closedAt: Type.Optional(Type.String()),
  record: Type.Optional(id),
  case: Type.Optional(id),
  area: areaName,
});
export const listFindings = route({
  method: "GET",
  path: "/api/findings",
  permission: "finding.read",
  summary: { zh: "比对发现", en: "Findings" },
  query: Type.Object({ run: Type.Optional(id), class: Type.Optional(Type.String()), state: Type.Optional(literals(["open", "closed"])), after: Type.Optional(Type.String()) }),
  reply: page(findingView),
});
