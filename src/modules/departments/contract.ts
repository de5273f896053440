// What departments ask and tell over HTTP with the token of their agreement, what an agreement serves, and the county's page about it.
import { Type } from "typebox";
import { route } from "../../core/route.ts";
import { eventKinds } from "../../scheme/aid-model.ts";
import { bilingual, county, date, id, inCounty, literals } from "../shapes.ts";

const ofDepartment = Type.Object({ department: Type.String({ maxLength: 60 }) });
const proof = { permission: "public", params: ofDepartment } as const;
export const mostPeople = 500;

export const getOwnCatalogue = route({
  method: "GET",
  path: "/api/departments/:department/catalogue",
  ...proof,
  summary: { zh: "本部门的数据目录和协议（Authorization: Bearer 令牌）", en: "The department's catalogue: items, owner, meaning, freshness, agreement" },
  reply: Type.Object({
    department: Type.String(),
    agreement: Type.Object({ id, purpose: Type.String(), document: Type.String(), fromOn: date, toOn: date, state: Type.String() }),
    /** What the department sends. */
    sends: Type.Array(Type.Object({ key: Type.String(), label: bilingual, kind: Type.String(), inAgreement: Type.Boolean() })),
    /** What it may look up: the programme's items, who owns them, what they are for, as of when. */
    serves: Type.Array(Type.Object({ item: Type.String(), label: bilingual, kind: Type.String(), owner: bilingual, meaning: bilingual, sensitive: Type.Boolean() })),
    events: Type.Array(literals(eventKinds)),
    dailyPeople: Type.Integer(),
    freshness: bilingual,
    last: Type.Optional(Type.Object({ at: Type.String(), rows: Type.Integer(), accepted: Type.Integer() })),
  }),
  problems: ["not-signed-in", "too-many-requests"],
});
export const lookUp = route({
  method: "POST",
  path: "/api/departments/:department/lookups",
  ...proof,
  summary: { zh: "按协议查询（逐次留痕，限定用途、项目、人数）", en: "Look people up under the agreement: purpose, items, people a day; each request logged" },
  reads: true,
  body: Type.Object({
    purpose: Type.String({ minLength: 2, maxLength: 200 }),
    items: Type.Array(Type.String({ maxLength: 120 }), { minItems: 1, maxItems: 60 }),
    people: Type.Array(Type.Object({ ref: Type.String({ maxLength: 60 }), idNumber: Type.String({ maxLength: 18 }) }), { minItems: 1, maxItems: mostPeople }),
  }),
  /** In the order asked. Who is not in the register, only stored, or no valid number: `not-found` all alike. */
  reply: Type.Object({
    request: id,
    asOf: Type.String(),
    people: Type.Array(
      Type.Object({ ref: Type.String(), outcome: literals(["found", "not-found"]), asOf: Type.Optional(Type.String()), values: Type.Optional(Type.Record(Type.String(), Type.Unknown())) }),
    ),
  }),
  problems: ["not-signed-in", "too-many-requests", "quota-used", "agreement-missing", "bad-request", "frozen"],
});
export const tellEvents = route({
  method: "POST",
  path: "/api/departments/:department/events",
  ...proof,
  summary: { zh: "报送业务事件（重复、乱序均可）", en: "Tell business events: twice and out of order are harmless" },
  body: Type.Object({
    events: Type.Array(
      Type.Object({
        no: Type.String({ minLength: 1, maxLength: 80 }),
        kind: literals(eventKinds),
        on: date,
        idNumber: Type.String({ maxLength: 18 }),
        amount: Type.Optional(Type.Number()),
        detail: Type.Optional(Type.String({ pattern: "^[A-Za-z0-9_.-]{1,40}$" })),
      }),
      { minItems: 1, maxItems: mostPeople },
    ),
  }),
  /** `row` counts from 1. `known`: told before with the same content. */
  reply: Type.Object({
    request: id,
    taken: Type.Integer(),
    known: Type.Integer(),
    returned: Type.Array(Type.Object({ row: Type.Integer(), no: Type.String(), why: Type.String(), message: bilingual })),
  }),
  problems: ["not-signed-in", "too-many-requests", "quota-used", "agreement-missing", "bad-request", "unit-designation"],
});
export const readOutbox = route({
  method: "GET",
  path: "/api/departments/:department/outbox",
  ...proof,
  summary: { zh: "取回发给本部门的事件（按序号，逐件签名，可重取）", en: "Events for the department from a cursor, each signed; asked again, the same bytes" },
  query: Type.Object({ after: Type.Optional(Type.Integer({ minimum: 0 })), limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })) }),
  /** `body` is the text that is signed, as it stands: check the signature over `qingce-outbox-1`, the county, programme, department and number, and the body, each on a line. */
  reply: Type.Object({
    events: Type.Array(Type.Object({ county, scheme: Type.String(), no: Type.Integer(), body: Type.String(), keyId: Type.String(), signature: Type.String() })),
    next: Type.Integer(),
    keyId: Type.String(),
    publicKey: Type.String(),
  }),
  problems: ["not-signed-in", "too-many-requests"],
});

export const servingView = Type.Object({
  county,
  id,
  agreement: id,
  department: Type.String(),
  items: Type.Array(Type.Object({ path: Type.String(), label: bilingual })),
  events: Type.Array(literals(eventKinds)),
  dailyPeople: Type.Integer(),
  state: literals(["asked", "accepted", "refused"]),
  askedBy: Type.String(),
  /** Asked by whoever looks: another lets it. */ mine: Type.Boolean(),
  askedAt: Type.String(),
  decidedBy: Type.Optional(Type.String()),
});
export const listServing = route({
  method: "GET",
  path: "/api/agreements-serving",
  permission: "serving.read",
  summary: { zh: "各部门接口：可查项目、事件、调用情况", en: "What departments may ask and tell over HTTP, and what they did" },
  query: Type.Object({ campaign: id }),
  reply: Type.Object({
    rows: Type.Array(servingView),
    /** Agreements in force that may be asked for, and the items that may be served. */
    agreements: Type.Array(Type.Object({ county, id, department: Type.String(), document: Type.String() })),
    items: Type.Array(Type.Object({ path: Type.String(), label: bilingual, sensitive: Type.Boolean() })),
    /** Of the last thirty days, by kind and outcome. */
    requests: Type.Array(
      Type.Object({
        department: Type.String(),
        kind: literals(["list", "lookup", "events", "outbox", "catalogue"]),
        outcome: Type.String(),
        requests: Type.Integer(),
        people: Type.Integer(),
        last: Type.String(),
      }),
    ),
    outbox: Type.Array(Type.Object({ department: Type.String(), events: Type.Integer() })),
  }),
});
export const askServing = route({
  method: "POST",
  path: "/api/agreements/:county/:id/serving",
  permission: "match.run",
  summary: { zh: "申请向部门开放查询项目和事件接口", en: "Ask that an agreement serves items and takes events" },
  params: inCounty,
  body: Type.Object({
    items: Type.Array(Type.String({ maxLength: 120 }), { maxItems: 60 }),
    events: Type.Array(literals(eventKinds), { maxItems: 40 }),
    dailyPeople: Type.Integer({ minimum: 0, maximum: 100000 }),
  }),
  reply: servingView,
  problems: ["not-found", "not-allowed", "agreement-missing", "bad-request", "already-exists", "assessment-missing"],
});
export const decideServing = route({
  method: "POST",
  path: "/api/agreements-serving/:county/:id/decision",
  permission: "release.approve",
  summary: { zh: "第二人同意或不同意开放接口", en: "The second person of what an agreement serves" },
  params: inCounty,
  body: Type.Object({ accept: Type.Boolean() }),
  reply: servingView,
  problems: ["not-found", "second-person-needed", "move-not-possible"],
});
