// Cases: findings sent to the office that answers for the person, side by side, with a clock.
import { Type } from "typebox";
import { route } from "../../core/route.ts";
import { area, areaName, bilingual, county, date, id, inCounty, literals, page } from "../shapes.ts";
import { findingView } from "../matching/contract.ts";
import { caseAnswers, caseStates, routings } from "./rules.ts";

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
  /** 0 at its office; late, 1 the county or 2 the city has it too, until `climbDueOn`. */
  climbed: Type.Integer(),
  climbDueOn: Type.Optional(date),
});
export const caseView = Type.Object({
  case: caseRow,
  routedBy: literals(routings),
  findings: Type.Array(findingView),
  answerNote: Type.Optional(Type.String()),
  answeredBy: Type.Optional(Type.String()),
  answeredAt: Type.Optional(Type.String()),
  hasProof: Type.Boolean(),
  recordState: Type.Optional(Type.String()),
  history: Type.Array(Type.Object({ at: Type.String(), actor: Type.String(), kind: Type.String(), note: Type.Optional(Type.String()) })),
  /** What the departments' lists offer for the record; a value that cannot be taken over says why. */
  proposals: Type.Array(Type.Object({ finding: id, department: Type.String(), path: Type.String(), why: Type.Optional(bilingual) })),
  /** An offer to another office that is not settled yet. */
  reroute: Type.Optional(Type.Object({ id, toArea: areaName, reason: Type.String(), askedAt: Type.String() })),
  moves: Type.Array(Type.Object({ move: Type.String(), open: Type.Boolean(), why: Type.Optional(bilingual) })),
});
export const listCases = route({
  method: "GET",
  path: "/api/cases",
  permission: "case.read",
  summary: { zh: "核查任务", en: "Cases" },
  query: Type.Object({ state: Type.Optional(literals(caseStates)), group: Type.Optional(Type.String()), area: Type.Optional(area), overdue: Type.Optional(Type.Boolean()), climbed: Type.Optional(Type.Integer({ minimum: 1, maximum: 2 })), after: Type.Optional(Type.String()) }),
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

/** The departments' values go into a correction of the record, each with its source; the correction goes through review like any other. */
export const takeValues = route({
  method: "POST",
  path: "/api/cases/:county/:id/values",
  permission: "case.take-values",
  summary: { zh: "采用部门数据，生成修订并送审", en: "Take the departments' values into a correction, which goes to review" },
  params: inCounty,
  body: Type.Object({ findings: Type.Array(id, { minItems: 1, maxItems: 50 }), reason: Type.String({ minLength: 1, maxLength: 500 }) }),
  reply: caseView,
  problems: ["not-found", "move-not-possible", "changed-meanwhile", "record-has-issues", "remarks-unanswered", "unit-designation"],
});

const reroute = Type.Object({
  county,
  id,
  case: id,
  person: Type.String(),
  groupLabel: bilingual,
  fromArea: areaName,
  toArea: areaName,
  reason: Type.String(),
  state: literals(["asked", "accepted", "declined"]),
  askedBy: Type.String(),
  askedAt: Type.String(),
  settledBy: Type.Optional(Type.String()),
  settledAt: Type.Optional(Type.String()),
  settleReason: Type.Optional(Type.String()),
  /** True when the caller may take or decline it. */
  mine: Type.Boolean(),
});
export const rerouteCase = route({
  method: "POST",
  path: "/api/cases/:county/:id/reroute",
  permission: "case.answer",
  summary: { zh: "转派核查任务", en: "Offer a case to another office" },
  params: inCounty,
  body: Type.Object({ toArea: area, reason: Type.String({ minLength: 1, maxLength: 500 }) }),
  reply: caseView,
  problems: ["not-found", "move-not-possible", "already-exists", "unit-designation"],
});
export const listReroutes = route({ method: "GET", path: "/api/case-reroutes", permission: "case.read", summary: { zh: "转派清单", en: "Cases offered to other offices" }, reply: Type.Object({ rows: Type.Array(reroute) }) });
export const settleReroute = route({
  method: "POST",
  path: "/api/case-reroutes/:county/:id",
  permission: "case.answer",
  summary: { zh: "接收或拒收转派", en: "Take or decline an offered case" },
  params: inCounty,
  body: Type.Object({ accept: Type.Boolean(), reason: Type.String({ minLength: 1, maxLength: 500 }) }),
  reply: Type.Object({ case: id, accepted: Type.Boolean() }),
  problems: ["not-found", "move-not-possible", "same-person", "unit-designation"],
});

const ids = Type.String({ minLength: 36, maxLength: 37 * 500 });
const result = Type.Object({ case: id, done: Type.Boolean(), state: Type.Optional(literals(caseStates)), problem: Type.Optional(Type.Object({ code: Type.String(), title: bilingual, detail: Type.Optional(bilingual) })) });
const outcome = Type.Object({ asked: Type.Integer(), done: Type.Integer(), results: Type.Array(result) });
export const listAlike = route({
  method: "GET",
  path: "/api/cases/:county/:id/alike",
  permission: "case.answer",
  summary: { zh: "同类核查任务", en: "Open cases equal to this one" },
  params: inCounty,
  reply: Type.Object({ pattern: Type.Array(Type.Object({ classLabel: bilingual, department: Type.String(), theirs: Type.Optional(bilingual) })), rows: Type.Array(caseRow), more: Type.Boolean() }),
});
export const answerCases = route({
  method: "POST",
  path: "/api/cases/:county/answers",
  permission: "case.answer",
  summary: { zh: "批量答复同类核查任务，逐件检查", en: "Answer equal cases at once; each is checked singly" },
  params: Type.Object({ county }),
  transfer: "upload",
  /** `cases`: up to 500 ids, separated by commas. */
  body: Type.Object({ cases: ids, answer: literals(caseAnswers), note: Type.String({ minLength: 1, maxLength: 1000 }) }),
  reply: outcome,
  problems: ["bad-request", "proof-missing", "move-not-possible", "unit-designation"],
});
export const decideCases = route({
  method: "POST",
  path: "/api/cases/:county/decisions",
  permission: "case.decide",
  summary: { zh: "批量认定答复，逐件重新核对", en: "Decide on answers at once; the check runs for each" },
  params: Type.Object({ county }),
  body: Type.Object({ cases: Type.Array(id, { minItems: 1, maxItems: 500 }), accept: Type.Boolean(), note: Type.Optional(Type.String({ maxLength: 1000 })) }),
  reply: outcome,
  problems: ["unit-designation"],
});

const repeatKinds = ["person", "item", "collector", "office"] as const;
export const listRepeats = route({
  method: "GET",
  path: "/api/cases-repeated",
  permission: "case.decide",
  summary: { zh: "反复出现的问题", en: "What comes back again and again" },
  query: Type.Object({ by: literals(repeatKinds) }),
  reply: Type.Object({
    rows: Type.Array(Type.Object({ key: Type.String(), label: bilingual, cases: Type.Integer(), reopened: Type.Integer(), cameBack: Type.Integer(), sample: Type.Optional(id), county: Type.Optional(county) })),
  }),
});

const rated = Type.Object({ count: Type.Integer(), base: Type.Integer() });
export const leagueRow = Type.Object({
  area: areaName,
  opened: Type.Integer(),
  answeredInTime: rated,
  closedByCheck: rated,
  reopened: rated,
  overdue: rated,
  climbed: rated,
  /** Working days from the opening to the closing: the middle one of the closed cases; absent when none is closed. */
  medianDays: Type.Optional(Type.Number()),
});
/** Late and due cases first, with their clock in working days, and how the whole area does. */
export const listUrgentCases = route({
  method: "GET",
  path: "/api/cases-urgent",
  permission: "case.read",
  summary: { zh: "逾期和将到期的核查任务", en: "Cases that are late or due" },
  reply: Type.Object({
    asOf: date,
    rows: Type.Array(Type.Object({ ...caseRow.properties, /** Working days until the day it is due, negative when late. */ workingDays: Type.Integer() })),
    open: Type.Integer(),
    late: rated,
    /** Due within three working days, late ones left out. */
    soon: rated,
    all: leagueRow,
    /** Years that the clocks reach whose holidays nobody has entered, or nobody has held against the notice. */
    years: Type.Array(Type.Object({ year: Type.Integer(), entered: Type.Boolean(), verified: Type.Boolean() })),
  }),
});

const leagueQuery = Type.Object({ from: Type.Optional(date), to: Type.Optional(date), area: Type.Optional(area), group: Type.Optional(Type.String()) });
export const getLeague = route({ method: "GET", path: "/api/cases-league", permission: "case.read", summary: { zh: "各机构办理情况", en: "How the offices do" }, query: leagueQuery, reply: Type.Object({ rows: Type.Array(leagueRow), all: leagueRow, asOf: date }) });
export const getLeagueFile = route({
  method: "GET",
  path: "/api/cases-league/file",
  permission: "case.read",
  summary: { zh: "下载各机构办理情况", en: "The table of the offices as a file" },
  query: Type.Object({ ...leagueQuery.properties, format: literals(["xlsx", "csv"]) }),
  transfer: "file",
});

const lawOfField = Type.Object({
  path: Type.Optional(Type.String()),
  group: Type.String(),
  groupLabel: bilingual,
  item: bilingual,
  department: Type.String(),
  departmentLabel: bilingual,
  field: Type.Optional(bilingual),
  /** Whose value is taken for right until the county shows otherwise; of several departments the first of the scheme. */
  authority: Type.String(),
  first: Type.Boolean(),
  rule: Type.String(),
  ruleLabel: bilingual,
  tolerance: Type.Optional(Type.Number()),
  conditional: Type.Boolean(),
  classes: Type.Array(Type.Object({ key: Type.String(), label: bilingual, days: Type.Integer() })),
});
export const getAuthority = route({
  method: "GET",
  path: "/api/authority",
  permission: "signed-in",
  summary: { zh: "以谁为准：逐项权威来源", en: "Who is right for which item" },
  query: Type.Object({ campaign: id }),
  reply: Type.Object({
    rows: Type.Array(lawOfField),
    lists: Type.Array(Type.Object({ department: Type.String(), label: bilingual, asOf: Type.Optional(date), ageDays: Type.Optional(Type.Integer()), matchedAt: Type.Optional(Type.String()), older: Type.Integer(), compared: Type.Integer(), agreed: Type.Integer() })),
  }),
});

export const returnView = Type.Object({
  county,
  id,
  department: Type.String(),
  departmentLabel: bilingual,
  campaign: id,
  rows: Type.Integer(),
  rates: Type.Array(Type.Object({ field: Type.String(), label: bilingual, errors: Type.Integer(), compared: Type.Integer() })),
  sha256: Type.String(),
  keyId: Type.String(),
  madeBy: Type.String(),
  at: Type.String(),
  /** It leaves when a second person has confirmed it in time. */
  state: literals(["waiting", "confirmed", "expired"]),
  validUntil: Type.Optional(Type.String()),
  confirmedBy: Type.Optional(Type.String()),
  confirmedAt: Type.Optional(Type.String()),
  /** Why the reader is not that person. */
  cannotConfirm: Type.Optional(bilingual),
  /** When its content went with a list that it cites. */
  wipedAt: Type.Optional(Type.String()),
});
export const makeReturn = route({
  method: "POST",
  path: "/api/returns",
  permission: "report.make",
  summary: { zh: "生成反馈文件（确认为对方有误的数据，附签名）", en: "Make the signed file of confirmed errors for a department" },
  body: Type.Object({ campaign: id, department: Type.String({ minLength: 1, maxLength: 60 }), county }),
  reply: returnView,
  problems: ["not-found", "disk-full"],
});
export const listReturns = route({ method: "GET", path: "/api/returns", permission: "release.read", summary: { zh: "反馈文件", en: "Files that went back to departments" }, reply: Type.Object({ rows: Type.Array(returnView) }) });
export const getReturnFile = route({ method: "GET", path: "/api/returns/:county/:id/file", permission: "report.make", summary: { zh: "下载反馈文件", en: "The workbook" }, params: inCounty, transfer: "file", problems: ["not-found", "move-not-possible", "second-person-needed"] });
export const confirmReturn = route({
  method: "POST",
  path: "/api/returns/:county/:id/confirm",
  permission: "release.approve",
  summary: { zh: "第二人确认反馈文件", en: "Confirm a file for a department as the second person" },
  params: inCounty,
  body: Type.Object({ sha256: Type.String({ pattern: "^[0-9a-f]{64}$" }) }),
  reply: returnView,
  problems: ["not-found", "move-not-possible", "second-person-needed", "changed-meanwhile"],
});
export const getReturnSignature = route({ method: "GET", path: "/api/returns/:county/:id/signature", permission: "report.make", summary: { zh: "下载签名文件", en: "Its detached signature" }, params: inCounty, transfer: "file", problems: ["not-found"] });
export const verifyReturn = route({
  method: "POST",
  path: "/api/returns/verification",
  permission: "signed-in",
  summary: { zh: "核验反馈文件的签名", en: "Verify a file and its signature" },
  transfer: "upload",
  /** `signature`: the text of the signature file. */
  body: Type.Object({ signature: Type.String({ minLength: 1, maxLength: 1_000_000 }) }),
  reply: Type.Object({ valid: Type.Boolean(), ours: Type.Boolean(), keyId: Type.String(), signedAt: Type.String(), why: bilingual }),
  problems: ["bad-request"],
});

const holidayYear = Type.Object({
  year: Type.Integer(),
  notice: Type.String(),
  title: Type.String(),
  publishedOn: Type.Optional(date),
  url: Type.String(),
  /** Somebody held the days against the notice itself. */
  verified: Type.Boolean(),
  free: Type.Integer(),
  worked: Type.Integer(),
  enteredBy: Type.String(),
  at: Type.String(),
});
export const listHolidays = route({
  method: "GET",
  path: "/api/holidays",
  permission: "signed-in",
  summary: { zh: "节假日安排", en: "Holidays and working weekends" },
  reply: Type.Object({ rows: Type.Array(Type.Object({ day: date, worked: Type.Boolean(), source: Type.String() })), years: Type.Array(holidayYear) }),
});
export const setHolidays = route({
  method: "PUT",
  path: "/api/holidays/:year",
  permission: "calendar.keep",
  summary: { zh: "录入某年的节假日安排", en: "Set a year's holidays by the State Council's notice" },
  params: Type.Object({ year: Type.Integer({ minimum: 2000, maximum: 2100 }) }),
  body: Type.Object({
    source: Type.String({ minLength: 1, maxLength: 100 }),
    days: Type.Array(Type.Object({ day: date, worked: Type.Boolean() }), { maxItems: 80 }),
    title: Type.Optional(Type.String({ maxLength: 200 })),
    publishedOn: Type.Optional(date),
    url: Type.Optional(Type.String({ maxLength: 300, pattern: "^(https?://[\\x21-\\x7e]+)?$" })),
    verified: Type.Optional(Type.Boolean()),
  }),
  reply: Type.Object({ rows: Type.Integer() }),
  problems: ["bad-request"],
});
