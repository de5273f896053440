// What people ask for themselves from their telephone, and what the township does with what they declare.
import { Type } from "typebox";
import { route } from "../../core/route.ts";
import { area, areaName, bilingual, county, date, id, inCounty, issue, literals, nothing, page } from "../shapes.ts";
import { noticeView } from "../safeguards/contract.ts";
import { acts, decisions, kinds, ownMoves, states } from "./rules.ts";

const proof = { permission: "public" } as const;
const words = Type.String({ minLength: 2, maxLength: 500 });

export const listProviders = route({
  method: "GET",
  path: "/api/self/providers",
  ...proof,
  summary: { zh: "本人身份核验方式", en: "Ways to prove who one is" },
  reply: Type.Object({
    /** `form`: the fields are asked here; `elsewhere`: the person is sent to `address` and comes back. */
    providers: Type.Array(Type.Object({ key: Type.String(), label: bilingual, demo: Type.Boolean(), how: literals(["form", "elsewhere"]), address: Type.Optional(Type.String()), fields: Type.Array(Type.Object({ key: Type.String(), label: bilingual })) })),
  }),
});
export const openSession = route({
  method: "POST",
  path: "/api/self/session",
  ...proof,
  summary: { zh: "核验身份后进入", en: "Come in with a proof of identity" },
  body: Type.Object({ provider: Type.String({ maxLength: 40 }), given: Type.Record(Type.String({ maxLength: 40 }), Type.String({ maxLength: 2000 })) }),
  reply: Type.Object({ token: Type.String(), name: Type.String(), idMasked: Type.String(), minutes: Type.Integer() }),
  problems: ["sign-in-failed", "too-many-requests", "not-found"],
});
export const closeSession = route({ method: "POST", path: "/api/self/session/end", ...proof, summary: { zh: "退出", en: "Leave" }, body: nothing, reply: nothing });

export const listPlaces = route({
  method: "GET",
  path: "/api/self/places",
  ...proof,
  summary: { zh: "选择所在地", en: "Areas, one level at a time" },
  query: Type.Object({ within: Type.Optional(Type.Integer({ minimum: 0, maximum: 999999999999 })) }),
  reply: Type.Object({ places: Type.Array(Type.Object({ code: area, name: Type.String(), last: Type.Boolean() })) }),
  problems: ["too-many-requests"],
});
export const listOffers = route({
  method: "GET",
  path: "/api/self/offers",
  ...proof,
  summary: { zh: "可以申报的业务、政策问答和就近采集点", en: "What can be declared at a place, answers about policy, the nearest stations" },
  query: Type.Object({ area }),
  reply: Type.Object({
    area: areaName,
    rounds: Type.Array(Type.Object({ campaign: id, scheme: Type.String(), label: bilingual, name: bilingual, until: date })),
    answers: Type.Array(Type.Object({ scheme: Type.String(), question: bilingual, answer: bilingual, source: Type.String() })),
    /** The nearest first: of the village, the township, the county. */
    stations: Type.Array(Type.Object({ name: Type.String(), area: areaName, address: Type.String(), near: literals(["village", "township", "county"]) })),
  }),
  problems: ["not-found", "too-many-requests"],
});

export const field = Type.Object({
  path: Type.String(),
  label: bilingual,
  kind: Type.String(),
  required: Type.Boolean(),
  help: Type.Optional(bilingual),
  maxLength: Type.Optional(Type.Integer()),
  options: Type.Optional(Type.Array(Type.Object({ code: Type.String(), label: bilingual }))),
});
export const getForm = route({
  method: "GET",
  path: "/api/self/forms/:campaign",
  ...proof,
  summary: { zh: "申报表", en: "What is asked in a round" },
  params: Type.Object({ campaign: id }),
  query: Type.Object({ area: Type.Optional(area) }),
  /** `notice`: the one in force at the area that was asked for; read before anything is sent. */
  reply: Type.Object({ campaign: id, notice: Type.Optional(noticeView), label: bilingual, fields: Type.Array(field), rows: Type.Optional(Type.Object({ section: Type.String(), label: bilingual, most: Type.Integer(), fields: Type.Array(field) })) }),
  problems: ["not-found", "too-many-requests"],
});

export const heldItem = Type.Object({ path: Type.String(), label: bilingual, value: Type.Unknown(), shown: bilingual, masked: Type.Boolean(), from: bilingual, mayCorrect: Type.Optional(field) });
export const getHeld = route({
  method: "GET",
  path: "/api/self/held",
  ...proof,
  summary: { zh: "查看系统中关于我的信息（敏感项掩码，留痕）", en: "What is held about me; sensitive items masked, each look recorded" },
  reply: Type.Object({
    records: Type.Array(
      Type.Object({
        county, id, campaign: id, scheme: Type.String(), label: bilingual, area: areaName, state: bilingual, head: Type.Integer(), updatedAt: Type.String(),
        items: Type.Array(heldItem),
        /** Others of the household, of whom nothing is shown. */
        others: Type.Integer(),
        /** The parts of the household's index in words; `of-members`: judged member by member, said of the person alone. */
        index: Type.Optional(Type.Object({ set: bilingual, version: Type.Integer(), words: bilingual, parts: Type.Array(Type.Object({ key: Type.String(), dimension: bilingual, standing: literals(["deprived", "not-deprived", "not-known", "of-members"]), weight: Type.Number(), words: bilingual })) })),
      }),
    ),
    /** Held in somebody else's household form: that it is so, and where. */
    asMember: Type.Array(Type.Object({ label: bilingual, area: areaName })),
    /** Records under this number with another name: to be settled at the township, nothing of them is shown. */
    otherName: Type.Integer(),
  }),
  problems: ["not-signed-in", "quota-used"],
});

const step = Type.Object({ act: literals(acts), at: Type.String(), byMe: Type.Boolean(), words: Type.Optional(Type.String()) });
/** What became of an application for aid that a declaration was: `returned` did not get in. Of a refusal and a return the reason is said. */
const ownAid = Type.Object({ item: Type.String(), label: bilingual, state: literals(["open", "granted", "refused", "withdrawn", "ended", "returned"]), stateLabel: bilingual, appliedOn: date, dueOn: Type.Optional(date), decidedOn: Type.Optional(date), amount: Type.Optional(Type.Number()), why: Type.Optional(bilingual) });
export const ownDeclaration = Type.Object({ aid: Type.Array(ownAid), county, id, kind: literals(kinds), label: bilingual, area: areaName, state: literals(states), sentAt: Type.String(), steps: Type.Array(step), record: Type.Optional(Type.Object({ state: bilingual, updatedAt: Type.String() })) });
export const declare = route({
  method: "POST",
  path: "/api/self/declarations",
  ...proof,
  summary: { zh: "提交申请或更正（只是申报，不直接改档案）", en: "Send an application or a correction: it proposes and overwrites nothing" },
  /** `id` is made by the page: sent twice it is one. `notice`: digest of the one that was read, for an application where one is in force. `answers` by path; a row of a repeating section as `section[0].item`. */
  body: Type.Object({ id, kind: literals(kinds), campaign: Type.Optional(id), area: Type.Optional(area), county: Type.Optional(county), record: Type.Optional(id), basedOn: Type.Optional(Type.Integer({ minimum: 1 })), notice: Type.Optional(Type.String({ pattern: "^[0-9a-f]{64}$" })), answers: Type.Record(Type.String({ maxLength: 120 }), Type.Unknown()), said: Type.Optional(Type.String({ maxLength: 500 })) }),
  reply: ownDeclaration,
  unscanned: { answers: "scanned item by item by the rule engine" },
  problems: ["not-signed-in", "quota-used", "not-found", "bad-request", "already-exists", "window-closed", "record-has-issues", "unit-designation", "changed-meanwhile", "notice-missing"],
});
export const listOwn = route({ method: "GET", path: "/api/self/declarations", ...proof, summary: { zh: "我的申报", en: "My declarations and where they stand" }, query: Type.Object({ after: Type.Optional(Type.Integer({ minimum: 0, maximum: 100_000 })) }), reply: Type.Object({ rows: Type.Array(ownDeclaration), /** Ask again with it for older ones. */ next: Type.Optional(Type.Integer()) }), problems: ["not-signed-in"] });
export const moveOwn = route({
  method: "POST",
  path: "/api/self/declarations/:county/:id/moves",
  ...proof,
  summary: { zh: "补充或撤回我的申报", en: "Answer what was asked, or withdraw" },
  params: inCounty,
  body: Type.Object({ move: literals(ownMoves), words: Type.Optional(words) }),
  reply: ownDeclaration,
  problems: ["not-signed-in", "not-found", "move-not-possible", "bad-request", "unit-designation"],
});

export const declarationRow = Type.Object({ county, id, kind: literals(kinds), scheme: Type.String(), label: bilingual, area: areaName, state: literals(states), /** Masked. */ person: Type.String(), sentAt: Type.String(), record: Type.Optional(id) });
export const listDeclarations = route({
  method: "GET",
  path: "/api/declarations",
  permission: "declaration.read",
  summary: { zh: "自主申报清单", en: "Self-declarations of the area" },
  query: Type.Object({ list: literals(["waiting", "settled"]), after: Type.Optional(Type.String()) }),
  reply: page(declarationRow),
});
export const declarationView = Type.Object({
  declaration: declarationRow,
  name: Type.String(),
  idMasked: Type.String(),
  said: Type.Optional(Type.String()),
  /** What is declared, with what the record says now where there is one. */
  items: Type.Array(Type.Object({ path: Type.String(), label: bilingual, declared: bilingual, now: Type.Optional(bilingual), differs: Type.Boolean(), /** Changed in the record since the person saw it. */ changedMeanwhile: Type.Boolean() })),
  issues: Type.Array(issue),
  // `by` is empty where the person acted: the act says so.
  steps: Type.Array(Type.Object({ act: literals(acts), at: Type.String(), by: Type.String(), words: Type.Optional(Type.String()) })),
  /** The record of this person in the round that the caller may see. */
  record: Type.Optional(Type.Object({ county, id, state: Type.String(), head: Type.Integer() })),
  mayDecide: Type.Boolean(),
});
export const getDeclaration = route({ method: "GET", path: "/api/declarations/:county/:id", permission: "declaration.read", summary: { zh: "一件自主申报", en: "One self-declaration" }, params: inCounty, reply: declarationView, problems: ["not-found"] });
export const decideDeclaration = route({
  method: "POST",
  path: "/api/declarations/:county/:id/decision",
  permission: "declaration.decide",
  summary: { zh: "受理、不受理或请本人补充", en: "Take a self-declaration in, do not, or ask back" },
  params: inCounty,
  body: Type.Object({ decision: literals(decisions), words: Type.Optional(words) }),
  reply: declarationView,
  problems: ["not-found", "move-not-possible", "bad-request", "changed-meanwhile", "window-closed", "record-has-issues", "unit-designation", "already-exists"],
});
