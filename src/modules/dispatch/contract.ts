// Cases: findings sent to the office that answers for the person, side by side, with a clock.
import { Type } from "typebox";
import { route } from "../../core/route.ts";
import { area, areaName, bilingual, county, date, id, inCounty, literals, page } from "../shapes.ts";
import { findingView } from "../matching/contract.ts";
import { caseAnswers, caseStates } from "./rules.ts";

export const caseRow = Type.Object({
  county,
  id,
  personName: Type.String(),
  area: areaName,
  group: Type.String(),
  groupLabel: bilingual,
  state: literals(caseStates),
  findings: Type.Integer(),
  openFindings: Type.Integer(),
  openedAt: Type.String(),
  dueOn: date,
  overdue: Type.Boolean(),
  record: Type.Optional(id),
  answer: Type.Optional(literals(caseAnswers)),
  timesReopened: Type.Integer(),
  /** The county accepted an answer that settles nothing (cannot tell, cannot be reached): still open work, never counted as closed. */
  unsettled: Type.Boolean(),
});
export const caseView = Type.Object({
  case: caseRow,
  routedBy: literals(["registration", "residence", "collector", "person"]),
  findings: Type.Array(findingView),
  answerNote: Type.Optional(Type.String()),
  answeredBy: Type.Optional(Type.String()),
  answeredAt: Type.Optional(Type.String()),
  hasProof: Type.Boolean(),
  recordState: Type.Optional(Type.String()),
  history: Type.Array(Type.Object({ at: Type.String(), actor: Type.String(), kind: Type.String(), note: Type.Optional(Type.String()) })),
  moves: Type.Array(Type.Object({ move: Type.String(), open: Type.Boolean(), why: Type.Optional(bilingual) })),
});
export const listCases = route({
  method: "GET",
  path: "/api/cases",
  permission: "case.read",
  summary: { zh: "核查任务", en: "Cases" },
  query: Type.Object({ state: Type.Optional(literals(caseStates)), group: Type.Optional(Type.String()), area: Type.Optional(area), overdue: Type.Optional(Type.Boolean()), after: Type.Optional(Type.String()) }),
  reply: page(caseRow),
});
export const getCase = route({ method: "GET", path: "/api/cases/:county/:id", permission: "case.read", summary: { zh: "核查任务详情", en: "One case, side by side" }, params: inCounty, reply: caseView });
export const getCaseProof = route({
  method: "GET",
  path: "/api/cases/:county/:id/proof",
  permission: "case.read",
  summary: { zh: "查看证明材料", en: "The paper that was attached to the answer" },
  params: inCounty,
  transfer: "file",
  problems: ["not-found"],
});
/** The correction itself is a new revision of the record (`saveCapture`); this says what was found out. */
export const answerCase = route({
  method: "POST",
  path: "/api/cases/:county/:id/answer",
  permission: "case.answer",
  summary: { zh: "答复核查任务", en: "Answer a case" },
  params: inCounty,
  transfer: "upload",
  body: Type.Object({ answer: literals(caseAnswers), note: Type.String({ minLength: 1, maxLength: 1000 }) }),
  reply: caseView,
  problems: ["proof-missing", "move-not-possible", "unit-designation"],
});
export const decideCase = route({
  method: "POST",
  path: "/api/cases/:county/:id/decision",
  permission: "case.decide",
  summary: { zh: "县级认定答复；认定后重新核对，由核对结果办结", en: "County accepts or sends back an answer; the check then runs again and decides" },
  params: inCounty,
  body: Type.Object({ accept: Type.Boolean(), note: Type.Optional(Type.String({ maxLength: 1000 })) }),
  reply: caseView,
  problems: ["move-not-possible", "same-person", "unit-designation"],
});
