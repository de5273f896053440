// Households, the chain of aid and warnings, as routes.
import { Type } from "typebox";
import { aidForms, aidPeriods, eventKinds, strata, warningLevels } from "../../scheme/aid-model.ts";
import { route } from "../../core/route.ts";
import { area, areaName, bilingual, county, date, id, inCounty, literals, page } from "../shapes.ts";
import { applicationStates, bases, changeKinds, collectedData, decisions, decisionWhys, leavings, returnReasons, supportKinds, takeBackReasons, useReasons, verdicts, vias,
  warningMoves, warningStates, ways } from "./rules.ts";

const yuan = Type.Number({ minimum: 0, maximum: 10_000_000_000 });
const key = Type.String({ pattern: "^[a-z][a-z0-9-]{1,39}$" });
const idNumber = Type.String({ minLength: 15, maxLength: 18 });
const scheme = Type.String({ minLength: 1, maxLength: 60 });
const word = (most: number) => Type.String({ minLength: 1, maxLength: most });
const move = Type.Object({ move: Type.String(), open: Type.Boolean(), why: Type.Optional(bilingual) });

export const householdRow = Type.Object({
  county, id, area: areaName,
  /** Of its head; masked above the county. */
  name: Type.String(),
  people: Type.Integer(),
  stratum: Type.Optional(literals(strata)),
  categories: Type.Array(Type.String()),
  degree: Type.Optional(Type.Integer()),
  urgency: Type.Optional(Type.Integer()),
  registered: Type.Boolean(),
  formedOn: date,
  endedOn: Type.Optional(date),
  openWarnings: Type.Integer(),
  contested: Type.Boolean(),
});
export const memberView = Type.Object({ no: Type.Integer(), name: Type.String(), idMasked: Type.Optional(Type.String()), sex: Type.Optional(Type.String()),
  birthDate: Type.Optional(date), /** GB/T 4761; empty where nobody said it. */ relation: Type.String(), relationLabel: bilingual, since: date, until: Type.Optional(date), whyLeft: Type.Optional(literals(leavings)),
  contested: Type.Boolean(), /** Whether an authorisation of theirs is in force; of adults. */ authorised: Type.Optional(Type.Boolean()) });
export const aidLine = Type.Object({
  application: id, item: Type.String(), itemLabel: bilingual, department: Type.String(), departmentLabel: bilingual, via: literals(vias), appliedOn: date, dueOn: date,
    late: Type.Boolean(), /** By which day granted aid is looked at again. */ recheckOn: Type.Optional(date), state: literals(applicationStates), memberNo: Type.Optional(Type.Integer()),
  decisions: Type.Array(Type.Object({ id, decision: literals(decisions), on: date, from: Type.Optional(date), to: Type.Optional(date), amount: Type.Optional(yuan),
    basis: Type.Array(literals(bases)), why: Type.Optional(literals(decisionWhys)), by: Type.String() })),
  deliveries: Type.Array(Type.Object({ id, form: literals(aidForms), period: date, on: date, amount: yuan, quantity: Type.Optional(Type.Number()), department: Type.String(),
    takenBack: Type.Boolean(), takenBackOn: Type.Optional(date), takenBackWhy: Type.Optional(literals(takeBackReasons)) })),
  uses: Type.Array(Type.Object({ id, data: literals(collectedData), reason: literals(useReasons), askedBy: Type.String(), allowed: Type.Optional(Type.Boolean()) })),
});
export const warningRow = Type.Object({ county, id, household: id, name: Type.String(), area: areaName, rule: Type.String(), ruleLabel: bilingual, level: literals(warningLevels),
  occurrence: Type.String(), state: literals(warningStates), raisedOn: date, dueOn: date, overdue: Type.Boolean(),
  /** Value and line in the unit. */
  evidence: Type.Object({ value: Type.Optional(Type.Number()), line: Type.Optional(Type.Number()), base: Type.Optional(Type.Number()), unit: literals(["yuan", "years", "kinds"]) }),
  verdict: Type.Optional(literals(verdicts)), way: Type.Optional(literals(ways)), moves: Type.Array(move) });
export const householdView = Type.Object({
  household: householdRow,
  scheme, campaign: id, record: Type.Optional(id),
  cause: Type.Optional(Type.String()), causeLabel: Type.Optional(bilingual), povertySince: Type.Optional(date),
  incomePeriod: Type.Optional(Type.Object({ from: date, to: date })), incomePerHead: Type.Optional(yuan), income: Type.Optional(yuan), rigid: Type.Optional(yuan),
    assets: Type.Optional(yuan), assessedOn: Type.Optional(date),
  /** Why there is no stratum, when there is none. */
  withoutStratum: Type.Optional(bilingual),
  unknown: Type.Array(Type.String()),
  tier: Type.Optional(Type.Object({ key: Type.String(), label: bilingual, owed: Type.Array(Type.Object({ item: Type.String(), label: bilingual, helped: Type.Boolean() })),
    withinDays: Type.Integer() })),
  members: Type.Array(memberView),
  support: Type.Array(Type.Object({ id, kind: literals(supportKinds), fee: yuan, since: date, until: Type.Optional(date), /** Names; empty for somebody outside the household. */ supported: Type.String(), supporter: Type.String() })),
  changes: Type.Array(Type.Object({ kind: literals(changeKinds), on: date, other: Type.Optional(id), by: Type.String() })),
  events: Type.Array(Type.Object({ kind: literals(eventKinds), on: date, amount: Type.Optional(yuan), source: Type.String(), memberNo: Type.Optional(Type.Integer()) })),
  aid: Type.Array(aidLine),
  /** What it needs of charity, and what it was given of it. */
  needs: Type.Array(Type.Object({ id, item: Type.String(), quantity: Type.Integer(), met: Type.Integer(), since: date, gifts: Type.Array(Type.Object({ giver: Type.String(), quantity: Type.Integer(), on: date })) })),
  warnings: Type.Array(warningRow),
  /** How many earlier ones are not in the lists above, which hold the newest thousand. */
  older: Type.Object({ events: Type.Integer(), deliveries: Type.Integer(), warnings: Type.Integer() }),
});

export const listHouseholds = route({
  method: "GET", path: "/api/households", permission: "aid.read", summary: { zh: "家庭名册", en: "Households" },
  query: Type.Object({ scheme, area: Type.Optional(area), stratum: Type.Optional(literals(strata)), contested: Type.Optional(Type.Boolean()),
    after: Type.Optional(Type.String()) }),
  reply: page(householdRow),
});
export const getHousehold = route({ method: "GET", path: "/api/households/:county/:id", permission: "aid.read",
  summary: { zh: "家庭详情：成员、救助、预警", en: "One household: members, aid, warnings" }, params: inCounty, reply: householdView, problems: ["not-found"] });
export const getCoverage = route({
  method: "GET", path: "/api/households/coverage", permission: "progress.read", summary: { zh: "入库人口占常住人口比例", en: "People in the register against resident population" },
  query: Type.Object({ scheme }),
  /** `base` absent: nobody entered the resident population of the area, so there is no rate. */
  reply: Type.Object({ goal: Type.Number(), rows: Type.Array(Type.Object({ area: areaName, households: Type.Integer(), people: Type.Integer(), base: Type.Optional(Type.Integer()),
    year: Type.Optional(Type.Integer()), source: Type.Optional(Type.String()) })) }),
});
export const setPopulation = route({ method: "PUT", path: "/api/households/population", permission: "aid.keep", summary: { zh: "登记常住人口", en: "Enter the resident population" },
  body: Type.Object({ scheme, area, year: Type.Integer({ minimum: 1990, maximum: 2100 }), people: Type.Integer({ minimum: 1, maximum: 200_000_000 }), source: word(200) }),
  reply: Type.Object({}), problems: ["not-found", "unit-designation"] });
export const buildRegister = route({ method: "POST", path: "/api/households/building", permission: "aid.keep",
  summary: { zh: "由档案建立家庭，接收救助项目和预警规则草案", en: "Make households from the records; take over items and drafts of rules" }, body: Type.Object({ campaign: id }),
  reply: Type.Object({ task: id, items: Type.Integer(), rules: Type.Integer() }), problems: ["not-found", "bad-request"] });
/** GB/T 4761, to the head. */
const relation = Type.String({ pattern: "^[0-9]{1,2}$" });
export const changeHousehold = route({
  method: "POST", path: "/api/households/:county/:id/changes", permission: "aid.enter", summary: { zh: "登记家庭变动", en: "Enter a change of a household" },
  params: inCounty,
  body: Type.Union([
    Type.Object({ change: Type.Literal("leave"), on: date, member: Type.Integer({ minimum: 1 }), why: literals(leavings) }),
    Type.Object({ change: Type.Literal("split"), on: date, members: Type.Array(Type.Integer({ minimum: 1 }), { minItems: 1, maxItems: 30 }) }),
    Type.Object({ change: Type.Literal("merge"), on: date, other: id }),
    Type.Object({ change: Type.Literal("relations"), on: date, relations: Type.Array(Type.Object({ member: Type.Integer({ minimum: 1 }), relation }), { minItems: 1, maxItems: 30 }) }),
    Type.Object({ change: Type.Literal("join"), on: date, name: word(50), idNumber, relation }),
    Type.Object({ change: Type.Literal("settle"), on: date, member: Type.Integer({ minimum: 1 }), here: Type.Boolean() }),
  ]),
  reply: Type.Object({ household: id, other: Type.Optional(id), contested: Type.Boolean() }),
  problems: ["not-found", "bad-request", "move-not-possible", "changed-meanwhile", "unit-designation"],
});
export const addSupport = route({ method: "POST", path: "/api/households/:county/:id/support", permission: "aid.enter", summary: { zh: "登记赡（抚、扶）养", en: "Enter a duty of support" },
  params: inCounty, body: Type.Object({ member: Type.Integer({ minimum: 1 }), supporter: idNumber, kind: literals(supportKinds), fee: yuan, since: date }),
  reply: Type.Object({ id }), problems: ["not-found", "bad-request", "already-exists", "move-not-possible"] });
export const endSupport = route({ method: "POST", path: "/api/households/:county/:id/support/:duty/end", permission: "aid.enter",
  summary: { zh: "终止赡（抚、扶）养", en: "End a duty of support" }, params: Type.Object({ county, id, duty: id }), body: Type.Object({ on: date }), reply: Type.Object({}),
  problems: ["not-found", "bad-request"] });
const returnedRow = Type.Object({ row: Type.Integer(), why: literals(returnReasons), message: bilingual });
const person = { household: Type.Optional(id), idNumber: Type.Optional(idNumber) };
export const enterEvents = route({
  method: "POST", path: "/api/households/events", permission: "aid.enter", summary: { zh: "登记家庭事件", en: "Enter events of households" },
  body: Type.Object({ scheme, source: word(40), events: Type.Array(Type.Object({ ...person, kind: literals(eventKinds), on: Type.String(), amount: Type.Optional(Type.Number()),
    detail: Type.Optional(Type.String({ pattern: "^[A-Za-z0-9_.-]{1,40}$" })), no: word(80) }), { minItems: 1, maxItems: 3000 }) }),
  reply: Type.Object({ taken: Type.Integer(), known: Type.Integer(), returned: Type.Array(returnedRow) }),
  problems: ["not-found"],
});

const itemView = Type.Object({ key: Type.String(), label: bilingual, form: literals(aidForms), period: literals(aidPeriods), department: Type.String(),
  strata: Type.Array(literals(strata)), categories: Type.Array(Type.String()), exclusiveWith: Type.Array(Type.String()), decideDays: Type.Integer(), most: Type.Optional(yuan),
  /** Months after the last decision; `able` where somebody is able to work. */ recheck: Type.Optional(Type.Object({ months: Type.Integer(), able: Type.Optional(Type.Integer()) })) });
export const getAidPlan = route({
  method: "GET", path: "/api/aid/plan", permission: "aid.read", summary: { zh: "救助项目、分层和标准", en: "Items of aid, tiers and lines" }, query: Type.Object({ scheme }),
  reply: Type.Object({ items: Type.Array(itemView), tiers: Type.Array(Type.Object({ key: Type.String(), label: bilingual, degreeAtLeast: Type.Integer(),
    urgencyAtLeast: Type.Integer(), causes: Type.Array(Type.String()), owed: Type.Array(Type.String()), withinDays: Type.Integer() })),
    standards: Type.Array(Type.Object({ key: Type.String(), area: areaName, from: date, to: Type.Optional(date), value: Type.Number(), unit: literals(["yuan", "percent"]) })) }),
});
export const setStandard = route({ method: "PUT", path: "/api/aid/standards", permission: "aid.keep", summary: { zh: "设定本地标准", en: "Set a line of the area" },
  body: Type.Object({ scheme, key, area, from: date, value: yuan }), reply: Type.Object({}), problems: ["not-found", "bad-request", "already-exists"] });
export const entryRow = Type.Object({ county, id, household: id, name: Type.String(), area: areaName, item: Type.String(), itemLabel: bilingual, via: literals(vias),
  appliedOn: date, dueOn: date, late: Type.Boolean(), /** By which day granted aid is looked at again. */ recheckOn: Type.Optional(date), state: literals(applicationStates), delivered: yuan, deliveries: Type.Integer(), waitingUse: Type.Boolean() });
export const listEntries = route({
  method: "GET", path: "/api/aid/applications", permission: "aid.read", summary: { zh: "救助申请和结果", en: "Applications for aid and their results" },
  query: Type.Object({ scheme, state: Type.Optional(literals(applicationStates)), item: Type.Optional(key), area: Type.Optional(area), late: Type.Optional(Type.Boolean()), /** To be rechecked within thirty days, or overdue. */ recheck: Type.Optional(Type.Boolean()),
    after: Type.Optional(Type.String()) }),
  /** Every entry leads to a result: counts of all that the filter's area holds. */
  reply: Type.Object({ ...page(entryRow).properties, counts: Type.Object({ open: Type.Integer(), late: Type.Integer(), recheck: Type.Integer(), granted: Type.Integer(), refused: Type.Integer(),
    withdrawn: Type.Integer(), ended: Type.Integer() }) }),
});
export const applyForAid = route({
  method: "POST", path: "/api/aid/applications", permission: "aid.enter", summary: { zh: "登记救助申请", en: "Enter an application for aid" },
  body: Type.Object({ county, household: id, item: key, member: Type.Optional(Type.Integer({ minimum: 1 })), via: literals(vias), appliedOn: date }),
  reply: Type.Object({ id, dueOn: date }), problems: ["not-found", "bad-request", "already-exists", "move-not-possible"],
});
export const decideAid = route({
  method: "POST", path: "/api/aid/applications/:county/:id/decision", permission: "aid.decide", summary: { zh: "审批救助申请", en: "Decide an application" }, params: inCounty,
  body: Type.Object({ decision: literals(decisions), basis: Type.Array(literals(bases), { minItems: 1, maxItems: 6 }), why: literals(decisionWhys), from: Type.Optional(date),
    to: Type.Optional(date), amount: Type.Optional(yuan) }),
  reply: Type.Object({ id, state: literals(applicationStates) }), problems: ["not-found", "bad-request", "second-person-needed", "move-not-possible", "same-person"],
});
/** Lists of applications by a department or an office; each row by the same rules as one that is typed. */
const sourceName = Type.String({ pattern: "^(?!self$)[a-z][a-z0-9_-]{1,39}$" });
export const enterMany = route({
  method: "POST", path: "/api/aid/application-lists", permission: "aid.enter", summary: { zh: "成批登记救助申请", en: "Enter a list of applications for aid" },
  body: Type.Object({ scheme, /** Who keeps the list; with it, `no` names a row. */ source: sourceName, via: literals(vias),
    rows: Type.Array(Type.Object({ ...person, item: Type.String({ maxLength: 40 }), on: Type.String({ maxLength: 30 }), no: word(80) }), { minItems: 1, maxItems: 3000 }) }),
  /** `known`: the same row again, or one of an item that waits already. */
  reply: Type.Object({ id, rows: Type.Integer(), taken: Type.Integer(), known: Type.Integer(), returned: Type.Array(returnedRow) }), problems: ["bad-request"],
});
export const decideMany = route({
  method: "POST", path: "/api/aid/decision-lists", permission: "aid.decide", summary: { zh: "成批审批救助申请", en: "Decide many applications on their papers" },
  body: Type.Object({ county, scheme, decision: literals(["grant", "refuse"]), basis: Type.Array(literals(bases), { minItems: 1, maxItems: 6 }), why: literals(decisionWhys), from: Type.Optional(date),
    applications: Type.Array(Type.Object({ id, /** Of each period; cash. */ amount: Type.Optional(yuan) }), { minItems: 1, maxItems: 3000 }) }),
  /** Those that were not decided, each with its reason; the others are. */
  reply: Type.Object({ decided: Type.Integer(), refused: Type.Array(Type.Object({ id, problem: Type.String(), title: bilingual })) }), problems: ["bad-request"],
});
export const withdrawAid = route({ method: "POST", path: "/api/aid/applications/:county/:id/withdrawal", permission: "aid.enter",
  summary: { zh: "撤回救助申请", en: "Withdraw an application" }, params: inCounty, body: Type.Object({}), reply: Type.Object({}), problems: ["not-found", "move-not-possible"] });
export const askUse = route({ method: "POST", path: "/api/aid/applications/:county/:id/uses", permission: "aid.enter",
  summary: { zh: "申请逐案使用采集数据", en: "Ask to cite collected data in this case" }, params: inCounty,
  body: Type.Object({ data: literals(collectedData), reason: literals(useReasons) }), reply: Type.Object({ id }), problems: ["not-found", "move-not-possible"] });
export const settleUse = route({ method: "POST", path: "/api/aid/uses/:county/:id", permission: "aid.approve",
  summary: { zh: "批准或拒绝逐案使用采集数据", en: "Allow or refuse that collected data are cited" }, params: inCounty, body: Type.Object({ allow: Type.Boolean() }), reply: Type.Object({}),
  problems: ["not-found", "second-person-needed", "move-not-possible"] });
export const takeDeliveries = route({
  method: "POST", path: "/api/aid/deliveries", permission: "aid.deliver", summary: { zh: "接收部门发放和服务记录", en: "Take in what departments paid and gave" },
  body: Type.Object({ scheme, department: key2(), rows: Type.Array(Type.Object({ ...person, item: Type.String({ maxLength: 40 }), on: Type.String({ maxLength: 30 }),
    amount: Type.Optional(Type.Number()), quantity: Type.Optional(Type.Number()), no: word(80) }), { minItems: 1, maxItems: 3000 }) }),
  reply: Type.Object({ id, rows: Type.Integer(), taken: Type.Integer(), known: Type.Integer(), returned: Type.Array(returnedRow) }), problems: ["not-found", "bad-request"],
});
export const deliveryRow = Type.Object({ county, id, item: Type.String(), itemLabel: bilingual, department: Type.String(), form: literals(aidForms), period: date, on: date,
  amount: yuan, quantity: Type.Optional(Type.Number()), /** The department's own number of it. */ no: Type.String(), takenBackOn: Type.Optional(date),
  takenBackWhy: Type.Optional(literals(takeBackReasons)) });
export const listDeliveries = route({
  method: "GET", path: "/api/aid/deliveries", permission: "aid.deliver", summary: { zh: "部门发放记录", en: "What departments delivered" },
    query: Type.Object({ scheme, after: Type.Optional(Type.String()) }),
  /** A contact's own department only; of nobody is it said who they are. */
  reply: Type.Object({ ...page(deliveryRow).properties, items: Type.Array(Type.Object({ key: Type.String(), label: bilingual, department: Type.String(), form: literals(aidForms),
    period: literals(aidPeriods) })) }),
});
export const takeBackDelivery = route({
  method: "POST", path: "/api/aid/deliveries/:county/:id/return", permission: "aid.deliver", summary: { zh: "收回已发放的救助", en: "Take a delivery back" }, params: inCounty,
  body: Type.Object({ on: date, why: literals(takeBackReasons) }), reply: Type.Object({}), problems: ["not-found", "bad-request", "move-not-possible"],
});
function key2() {
  return Type.String({ pattern: "^[a-z][a-z_]{1,39}$" });
}
export const checkAid = route({
  method: "POST", path: "/api/aid/check", permission: "aid.decide", summary: { zh: "按常设规则查漏助、重复救助", en: "Look for missed and double aid by the standing rules" },
  body: Type.Object({ scheme, month: Type.String({ pattern: "^\\d{4}-\\d{2}$" }) }),
  reply: Type.Object({ missed: Type.Integer(), double: Type.Integer(), contested: Type.Integer(),
    /** Applications past their day, and grants of which nothing came. */ withoutResult: Type.Integer(),
    /** Recurring aid that nobody looked at again by its day. */ notRechecked: Type.Integer(), raised: Type.Integer(), closed: Type.Integer(), cases: Type.Integer(),
    /** Households whose stratum cannot be told: no line in force, or income not known. */ notJudged: Type.Integer(), households: Type.Integer() }),
  problems: ["not-found", "bad-request"],
});
const offerView = Type.Object({ county, id, area: areaName, giver: Type.String(), item: Type.String(), quantity: Type.Integer(), remaining: Type.Integer(), until: date,
  /** Open needs of its item in its area. */ waiting: Type.Object({ households: Type.Integer(), quantity: Type.Integer() }) });
const giftView = Type.Object({ county, id, household: id, name: Type.String(), area: areaName, giver: Type.String(), item: Type.String(), quantity: Type.Integer(), on: date });
const needView = Type.Object({ county, id, household: id, name: Type.String(), area: areaName, item: Type.String(), quantity: Type.Integer(), met: Type.Integer(),
  degree: Type.Optional(Type.Integer()), urgency: Type.Optional(Type.Integer()) });
export const listOffers = route({ method: "GET", path: "/api/aid/offers", permission: "aid.read", summary: { zh: "慈善供需", en: "What charity offers and households need" },
  query: Type.Object({ scheme }), 
  reply: Type.Object({ offers: Type.Array(offerView), needs: Type.Array(needView), gifts: Type.Array(giftView),
    /** Of all there are; the lists hold the first two hundred. */ totals: Type.Object({ offers: Type.Integer(), needs: Type.Integer(), gifts: Type.Integer() }) }) });
export const addOffer = route({ method: "POST", path: "/api/aid/offers", permission: "aid.enter", summary: { zh: "登记慈善供给", en: "Enter an offer" },
  body: Type.Object({ scheme, area, giver: word(80), item: word(40), quantity: Type.Integer({ minimum: 1, maximum: 1_000_000 }), until: date }), reply: Type.Object({ id }),
  problems: ["not-found", "bad-request", "unit-designation"] });
export const addNeed = route({ method: "POST", path: "/api/aid/needs", permission: "aid.enter", summary: { zh: "登记家庭需求", en: "Enter a need of a household" },
  body: Type.Object({ county, household: id, item: word(40), quantity: Type.Integer({ minimum: 1, maximum: 1000 }) }), reply: Type.Object({ id }),
  problems: ["not-found", "already-exists", "unit-designation"] });
export const matchOffer = route({ method: "POST", path: "/api/aid/offers/:county/:id/matches", permission: "aid.enter",
  summary: { zh: "将供给分给最急需的家庭", en: "Give an offer to the households that need it most" }, params: inCounty, body: Type.Object({}),
  reply: Type.Object({ households: Type.Integer(), given: Type.Integer(), remaining: Type.Integer() }), problems: ["not-found", "move-not-possible"] });

export const listWarnings = route({
  method: "GET", path: "/api/warnings", permission: "warning.read", summary: { zh: "预警", en: "Warnings" },
  query: Type.Object({ scheme, state: Type.Optional(literals(warningStates)), rule: Type.Optional(Type.String()), level: Type.Optional(literals(warningLevels)),
    area: Type.Optional(area), overdue: Type.Optional(Type.Boolean()), after: Type.Optional(Type.String()) }),
  reply: Type.Object({ ...page(warningRow).properties, counts: Type.Array(Type.Object({ /** Of the version of the rule. */ id, rule: Type.String(), version: Type.Integer(), area: areaName, label: bilingual, level: literals(warningLevels), open: Type.Integer(),
    overdue: Type.Integer(), filed: Type.Integer(), /** Of `checked` warnings so many held. */ held: Type.Integer(), checked: Type.Integer() })) }),
});
export const moveWarning = route({ method: "POST", path: "/api/warnings/:county/:id/moves", permission: "warning.handle", summary: { zh: "办理预警", en: "Move a warning on" },
  params: inCounty, body: Type.Object({ move: literals(warningMoves), verdict: Type.Optional(literals(verdicts)), way: Type.Optional(literals(ways)), item: Type.Optional(key) }),
  reply: Type.Object({ state: literals(warningStates), application: Type.Optional(id) }), problems: ["not-found", "bad-request", "move-not-possible", "already-exists"] });
export const raiseWarnings = route({
  method: "POST", path: "/api/warnings/evaluation", permission: "warning.keep", summary: { zh: "按规则计算预警", en: "Evaluate the rules of warnings" },
    body: Type.Object({ scheme, on: date }),
  reply: Type.Object({ households: Type.Integer(), rules: Type.Array(Type.Object({ rule: Type.String(), raised: Type.Integer(), known: Type.Integer(),
    /** Households for which its line is not set. */ withoutLine: Type.Integer() })) }),
  problems: ["not-found", "assessment-missing", "bad-request"],
});
export const ruleView = Type.Object({ id, key: Type.String(), version: Type.Integer(), area: areaName, label: bilingual, level: literals(warningLevels), days: Type.Integer(),
  source: Type.String(), definition: Type.Unknown(), words: bilingual, state: literals(["draft", "on", "off"]), from: date, to: Type.Optional(date),
  tried: Type.Optional(Type.Object({ on: date, households: Type.Integer(), would: Type.Integer(), withoutLine: Type.Integer(),
  byPlace: Type.Array(Type.Object({ area: areaName, would: Type.Integer() })) })), writtenBy: Type.String(), switchedBy: Type.Optional(Type.String()) });
export const listRules = route({ method: "GET", path: "/api/warning-rules", permission: "warning.read", summary: { zh: "预警规则", en: "Rules of warnings" },
  query: Type.Object({ scheme }), reply: Type.Object({ rules: Type.Array(ruleView) }) });
export const writeRule = route({ method: "POST", path: "/api/warning-rules", permission: "warning.keep", summary: { zh: "编写预警规则（草案）", en: "Write a rule as a draft" },
  body: Type.Object({ scheme, key: Type.String({ pattern: "^[A-Z][A-Za-z0-9-]{0,19}$" }), label: Type.Object({ zh: word(60), en: word(120) }), level: literals(warningLevels),
  days: Type.Integer({ minimum: 1, maximum: 90 }), from: date, definition: Type.Unknown() }), reply: Type.Object({ id, version: Type.Integer() }),
  problems: ["bad-request", "not-found", "unit-designation"] });
export const tryRule = route({ method: "POST", path: "/api/warning-rules/:id/trial", permission: "warning.keep", summary: { zh: "用已有数据试算规则", en: "Try a rule on stored data" },
  params: Type.Object({ id }), body: Type.Object({ on: date }), reply: ruleView, problems: ["not-found", "move-not-possible", "bad-request"] });
export const switchRule = route({ method: "POST", path: "/api/warning-rules/:id/switch", permission: "warning.approve", summary: { zh: "启用或停用规则", en: "Switch a rule on or off" },
  params: Type.Object({ id }), body: Type.Object({ on: Type.Boolean() }), reply: ruleView,
  problems: ["not-found", "move-not-possible", "second-person-needed", "assessment-missing", "dry-run-needed"] });
