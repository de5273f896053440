// Match runs: a department's list against the register; links, findings, and pairs a person decides.
import { Type } from "typebox";
import { route } from "../../core/route.ts";
import { revealPurposes } from "../auditing/rules.ts";
import { areaName, bilingual, county, id, inCounty, literals, page } from "../shapes.ts";
import { pairStates } from "./decisions-rules.ts";

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
  problems: ["not-found", "move-not-possible", "purpose-missing", "agreement-missing"],
});
export const listMatchRuns = route({ method: "GET", path: "/api/match-runs", permission: "match.read", summary: { zh: "比对清单", en: "Match runs" }, reply: Type.Object({ rows: Type.Array(matchRunView) }) });
export const getMatchRun = route({ method: "GET", path: "/api/match-runs/:county/:id", permission: "match.read", summary: { zh: "比对详情", en: "One match run" }, params: inCounty, reply: matchRunView });
/** Where the decision about a pair stands; see decisions-rules.ts. */
export const pairState = literals(pairStates);
const inPair = Type.Object({ county, id, row: Type.Integer({ minimum: 0 }), record: id });
const pairKey = { row: Type.Integer({ minimum: 0 }), record: id };
const note = Type.String({ minLength: 1, maxLength: 500 });
const pairFilter = {
  /** Absent: those nobody has decided. */
  state: Type.Optional(pairState),
  /** Weights in bits: from (included) to (not included). */
  from: Type.Optional(Type.Number()),
  to: Type.Optional(Type.Number()),
  after: Type.Optional(Type.String({ maxLength: 200 })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
};
const pairRow = Type.Object({ run: id, ...pairKey, weight: Type.Number(), probability: Type.Number(), decision: Type.String(), state: pairState, hard: Type.Array(Type.String()), why: bilingual });
const pairPage = Type.Object({
  rows: Type.Array(pairRow),
  next: Type.Optional(Type.String()),
  /** All pairs of these runs by state, whatever the filter. */
  counts: Type.Object({ undecided: Type.Integer(), secondNeeded: Type.Integer(), disputed: Type.Integer(), confirmed: Type.Integer(), rejected: Type.Integer(), all: Type.Integer() }),
});
export const listPairs = route({
  method: "GET",
  path: "/api/match-runs/:county/:id/pairs",
  permission: "match.read",
  summary: { zh: "一次比对中由人判断的配对", en: "Pairs of a run that people decide, the heaviest first" },
  params: inCounty,
  query: Type.Object(pairFilter),
  reply: pairPage,
});
export const listAllPairs = route({
  method: "GET",
  path: "/api/pairs",
  permission: "match.read",
  summary: { zh: "全部部门最近比对中由人判断的配对", en: "Pairs that people decide, of the newest run of every department" },
  query: Type.Object({ county, department: Type.Optional(Type.String()), ...pairFilter }),
  reply: Type.Object({ ...pairPage.properties, departments: Type.Array(Type.String()) }),
});
export const getPair = route({
  method: "GET",
  path: "/api/match-runs/:county/:id/pairs/:row/:record",
  permission: "match.read",
  summary: { zh: "一个配对：双方信息、权重、判断经过", en: "One pair: both sides, its weights, and what was decided" },
  params: inPair,
  reply: Type.Object({
    county,
    run: id,
    department: Type.String(),
    departmentLabel: bilingual,
    ...pairKey,
    weight: Type.Number(),
    probability: Type.Number(),
    /** Weights from which a pair is linked at once, and from which it is asked about. */
    automaticFrom: Type.Number(),
    reviewFrom: Type.Number(),
    decision: Type.String(),
    state: pairState,
    why: bilingual,
    hard: Type.Array(Type.Object({ key: Type.String(), text: bilingual })),
    veto: Type.Optional(bilingual),
    bars: Type.Array(Type.Object({ column: Type.String(), level: Type.String(), label: bilingual, text: bilingual, bits: Type.Number(), sum: Type.Number() })),
    /** `marks`: places at which masked values differ, counted from 0. */
    lines: Type.Array(Type.Object({ key: Type.String(), ours: Type.Union([Type.String(), Type.Null()]), theirs: Type.Union([Type.String(), Type.Null()]), masked: Type.Boolean(), marks: Type.Optional(Type.Array(Type.Integer())) })),
    /** What was said on this person and this evidence, on any list; the oldest first. */
    opinions: Type.Array(Type.Object({ kind: literals(["first", "second", "lead", "revoked"]), same: Type.Optional(Type.Boolean()), by: Type.String(), at: Type.String(), note: Type.Optional(Type.String()), department: Type.String(), inForce: Type.Boolean() })),
    /** The decision was made on another list and used here. */
    reused: Type.Boolean(),
    /** It fell because the row belongs to another record. */
    fallen: Type.Boolean(),
    moves: Type.Array(Type.Object({ move: literals(["decide", "second", "settle", "take-back", "revoke"]), open: Type.Boolean(), why: Type.Optional(bilingual) })),
  }),
  problems: ["not-found", "move-not-possible"],
});
export const revealPair = route({
  method: "POST",
  path: "/api/match-runs/:county/:id/pairs/:row/:record/reveal",
  permission: "match.read",
  summary: { zh: "查看配对双方的一项完整信息（留痕）", en: "Show one masked line of a pair in full (recorded)" },
  reads: true,
  params: inPair,
  body: Type.Object({ line: literals(["idNumber", "phone"]), purpose: literals(revealPurposes) }),
  reply: Type.Object({ ours: Type.Union([Type.String(), Type.Null()]), theirs: Type.Union([Type.String(), Type.Null()]) }),
  problems: ["quota-used"],
});
const decidedReply = Type.Object({ decision: Type.String(), state: pairState, findings: Type.Integer() });
export const decidePair = route({
  method: "POST",
  path: "/api/match-runs/:county/:id/pairs",
  permission: "match.decide",
  summary: { zh: "判断是否同一人（疑难配对须两人）", en: "Decide whether both are the same person; hard pairs need two people" },
  params: inCounty,
  body: Type.Object({ ...pairKey, same: Type.Boolean(), note: Type.Optional(note) }),
  reply: decidedReply,
  problems: ["not-found", "move-not-possible", "same-person", "changed-meanwhile", "unit-designation"],
});
export const settlePair = route({
  method: "POST",
  path: "/api/match-runs/:county/:id/pairs/settle",
  permission: "match.settle",
  summary: { zh: "裁定两人意见不一的配对", en: "Settle a pair on which two people disagree" },
  params: inCounty,
  body: Type.Object({ ...pairKey, same: Type.Boolean(), note: Type.Optional(note) }),
  reply: decidedReply,
  problems: ["not-found", "move-not-possible", "same-person", "unit-designation"],
});
export const revokePair = route({
  method: "POST",
  path: "/api/match-runs/:county/:id/pairs/revoke",
  permission: "match.read",
  summary: { zh: "撤销判断或撤回本人意见", en: "Revoke a decision, or take one's own opinion back" },
  params: inCounty,
  body: Type.Object({ ...pairKey, reason: note }),
  reply: decidedReply,
  problems: ["not-found", "not-allowed", "move-not-possible", "unit-designation"],
});
export const findingView = Type.Object({
  county,
  id,
  class: Type.String(),
  classLabel: bilingual,
  department: Type.String(),
  departmentLabel: bilingual,
  path: Type.Optional(Type.String()),
  /** The member of the record it is about, masked; absent: the subject. The path then names the members' rows, `form.section[].item`. */
  member: Type.Optional(Type.Object({ name: Type.String(), idNumber: Type.Optional(Type.String()) })),
  itemLabel: Type.Optional(bilingual),
  /** Values in words of both languages; names, numbers and days are the same in both. */
  ours: Type.Optional(bilingual),
  theirs: Type.Optional(bilingual),
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
