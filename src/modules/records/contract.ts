// People and their records: search, open, capture, outcomes, photos.
import { Type } from "typebox";
import { route } from "../../core/route.ts";
import { noticeGiven } from "../safeguards/contract.ts";
import { revealPurposes } from "../auditing/rules.ts";
import { answers, area, areaName, bilingual, county, date, filesStay, id, inCounty, issue, literals, page } from "../shapes.ts";
import { channels, keptReasons, outcomes, states } from "./rules.ts";

export const recordRow = Type.Object({
  county,
  id,
  subjectId: id,
  name: Type.String(),
  idMasked: Type.String(),
  sex: Type.Optional(Type.String()),
  birthDate: Type.Optional(date),
  area: areaName,
  state: literals(states),
  /** The level at whose desk it is: 0 ministry … 5 village. */
  desk: Type.Optional(Type.Integer({ minimum: 0, maximum: 5 })),
  origin: literals(["base", "added"]),
  categories: Type.Array(Type.String()),
  head: Type.Integer(),
  openRemarks: Type.Integer(),
  openCases: Type.Integer(),
  collector: Type.Optional(Type.String()),
  updatedAt: Type.String(),
});
export const remarkView = Type.Object({
  id,
  path: Type.String(),
  revision: Type.Integer(),
  body: Type.String(),
  author: Type.String(),
  at: Type.String(),
  answer: Type.Optional(Type.String()),
  answeredBy: Type.Optional(Type.String()),
  answeredAt: Type.Optional(Type.String()),
});
export const historyEntry = Type.Object({
  at: Type.String(),
  actor: Type.String(),
  kind: Type.String(),
  revision: Type.Optional(Type.Integer()),
  changed: Type.Optional(Type.Array(Type.String())),
  note: Type.Optional(Type.String()),
  /** The level of another node that decided it. */
  level: Type.Optional(Type.Integer()),
});
/** Who says what of one value: where it came from, and which departments agree or differ. */
export const valueSource = Type.Object({
  path: Type.String(),
  from: Type.String(),
  vouches: Type.Array(Type.Object({ department: Type.String(), agrees: Type.Boolean(), asOf: date })),
});
export const mediaView = Type.Object({ id, path: Type.String(), mime: Type.String(), bytes: Type.Integer(), at: Type.String() });
export const recordView = Type.Object({
  record: recordRow,
  campaign: id,
  scheme: Type.String(),
  version: Type.String(),
  /** Sealed items are masked unless the record was opened for capture or review. */
  answers,
  masked: Type.Array(Type.String()),
  issues: Type.Array(issue),
  remarks: Type.Array(remarkView),
  history: Type.Array(historyEntry),
  sources: Type.Array(valueSource),
  media: Type.Array(mediaView),
  mergedInto: Type.Optional(id),
  signedVersionDiffers: Type.Boolean(),
  /** Opened for review by a level that approved an earlier revision: what changed since. */
  sinceApproval: Type.Optional(Type.Object({ revision: Type.Integer(), changed: Type.Array(Type.String()) })),
  /** At a node above: the level below that has the record, in review anew there, on hold; what stands here is what it sent last. */
  heldBelow: Type.Optional(Type.Object({ level: Type.Integer({ minimum: 0, maximum: 5 }), since: Type.String() })),
  /** Moves open to the caller now; each closed one says why. */
  moves: Type.Array(Type.Object({ move: Type.String(), open: Type.Boolean(), why: Type.Optional(Type.Object({ zh: Type.String(), en: Type.String() })) })),
  handover: Type.Optional(Type.Object({ id, toArea: areaName, reason: Type.String(), askedAt: Type.String() })),
});

export const searchPeople = route({
  method: "POST",
  path: "/api/people/search",
  permission: "record.search",
  summary: { zh: "按姓名、拼音、首字母或身份证号查人", en: "Find people by name, pinyin, initials or ID number" },
  reads: true,
  unscanned: { q: "what is searched for is stored nowhere" },
  body: Type.Object({ campaign: id, q: Type.String({ minLength: 1, maxLength: 40 }), area: Type.Optional(area) }),
  reply: Type.Object({ rows: Type.Array(recordRow), more: Type.Boolean() }),
  problems: ["search-too-wide"],
});
export const listRecords = route({
  method: "GET",
  path: "/api/records",
  permission: "record.search",
  summary: { zh: "档案清单", en: "Records, by area and state" },
  query: Type.Object({
    campaign: id,
    area: Type.Optional(area),
    state: Type.Optional(literals(states)),
    category: Type.Optional(Type.String()),
    mine: Type.Optional(Type.Boolean()),
    /** Only those beside which a terminal's version waits. */
    kept: Type.Optional(Type.Boolean()),
    /** Only those at the desk of this level; without a state those that wait there for a decision. */
    desk: Type.Optional(Type.Integer({ minimum: 0, maximum: 5 })),
    after: Type.Optional(Type.String()),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })),
  }),
  reply: page(recordRow),
  problems: ["search-too-wide"],
});
export const getWork = route({
  method: "GET",
  path: "/api/work",
  permission: "signed-in",
  summary: { zh: "我的工作", en: "What waits for me" },
  query: Type.Object({ campaign: id }),
  reply: Type.Object({
    queues: Type.Array(Type.Object({ key: Type.String(), count: Type.Integer(), oldest: Type.Optional(Type.String()) })),
  }),
});
export const getRecord = route({
  method: "GET",
  path: "/api/records/:county/:id",
  permission: "record.read",
  summary: { zh: "打开档案", en: "Open a record" },
  params: inCounty,
  query: Type.Object({ for: Type.Optional(literals(["view", "capture", "review"])) }),
  reply: recordView,
});
export const revealValue = route({
  method: "POST",
  path: "/api/records/:county/:id/reveal",
  permission: "record.read",
  summary: { zh: "查看一项完整信息（留痕）", en: "Show one masked value in full (recorded)" },
  reads: true,
  params: inCounty,
  body: Type.Object({ path: Type.String(), purpose: literals(revealPurposes) }),
  reply: Type.Object({ value: Type.Unknown() }),
  problems: ["quota-used"],
});

/** The rule engine scans every answer and its key, and tells item and position; nothing it refuses is stored. */
const unscanned = { answers: "scanned item by item by the rule engine" };
const capture = {
  answers,
  /** Where values came from, by item path: card, declared, base, paper. */
  provenance: Type.Optional(Type.Record(Type.String(), Type.String())),
  channel: literals(channels),
  /** Digest of the answers shown when the person signed. */
  signedDigest: Type.Optional(Type.String()),
  reason: Type.Optional(Type.String({ maxLength: 500 })),
  submit: Type.Boolean(),
  /** How the person was given the notice that is in force. */
  notice: Type.Optional(noticeGiven),
};
export const captureReply = Type.Object({ county, id, head: Type.Integer(), state: literals(states), issues: Type.Array(issue) });
export const addPerson = route({
  method: "POST",
  path: "/api/records",
  permission: "record.capture",
  summary: { zh: "新增对象并采集", en: "Add a person who is not on the base list, and capture" },
  body: Type.Object({ campaign: id, area, ...capture }),
  reply: captureReply,
  unscanned,
  problems: ["unit-designation", "record-has-issues", "window-closed"],
});
export const saveCapture = route({
  method: "PUT",
  path: "/api/records/:county/:id/capture",
  permission: "record.capture",
  summary: { zh: "保存采集内容，可同时提交", en: "Save what was captured; submit in the same step if asked" },
  params: inCounty,
  body: Type.Object({ basedOn: Type.Integer({ minimum: 0 }), ...capture }),
  reply: captureReply,
  unscanned,
  problems: ["changed-meanwhile", "move-not-possible", "unit-designation", "record-has-issues", "remarks-unanswered", "window-closed", "notice-missing"],
});
export const setOutcome = route({
  method: "POST",
  path: "/api/records/:county/:id/outcome",
  permission: "record.capture",
  summary: { zh: "登记未采集的结果：自愿放弃、查无此人、死亡、迁出", en: "Record why nothing was captured: refused, not found, deceased, moved away" },
  params: inCounty,
  body: Type.Object({ basedOn: Type.Integer({ minimum: 0 }), outcome: literals(outcomes), note: Type.Optional(Type.String({ maxLength: 500 })), date: Type.Optional(date) }),
  reply: captureReply,
  problems: ["changed-meanwhile", "move-not-possible", "unit-designation", "window-closed"],
});
export const listKept = route({
  method: "GET",
  path: "/api/records/:county/:id/kept",
  permission: "record.capture",
  summary: { zh: "终端带回、与办公室不一致而另存的版本", en: "Versions from terminals that were kept apart" },
  params: inCounty,
  reply: Type.Object({
    kept: Type.Array(
      Type.Object({
        id,
        operator: Type.String(),
        at: Type.String(),
        reason: literals(keptReasons),
        basedOn: Type.Integer(),
        /** What the collector gave as reason. */
        said: Type.Optional(Type.String()),
        /** Rows of a repeating section are one value. */
        choices: Type.Array(Type.Object({ path: Type.String(), label: bilingual, office: Type.Unknown(), terminal: Type.Unknown(), contradict: Type.Boolean() })),
      }),
    ),
  }),
});
export const settleKept = route({
  method: "POST",
  path: "/api/records/:county/:id/kept/:kept",
  permission: "record.capture",
  summary: { zh: "逐项选定另存的版本", en: "Settle a kept version, field by field" },
  params: Type.Object({ county, id, kept: id }),
  body: Type.Object({ basedOn: Type.Integer({ minimum: 0 }), choices: Type.Array(Type.Object({ path: Type.String({ maxLength: 200 }), take: literals(["office", "terminal"]) }), { maxItems: 2000 }), reason: Type.String({ minLength: 1, maxLength: 500 }) }),
  reply: captureReply,
  problems: ["changed-meanwhile", "move-not-possible", "record-has-issues", "unit-designation"],
});
export const addMedia = route({
  method: "POST",
  path: "/api/records/:county/:id/media",
  permission: "record.capture",
  summary: { zh: "上传照片、证件或签字", en: "Upload a photo, a paper or a signature" },
  params: inCounty,
  transfer: "upload",
  body: Type.Object({ path: Type.String() }),
  reply: mediaView,
  problems: ["photo-not-accepted", "file-too-large"],
});
export const getMedia = route({
  method: "GET",
  path: "/api/records/:county/:id/media/:media",
  permission: "record.file",
  summary: { zh: "查看照片", en: "A photo, paper or signature" },
  refusal: filesStay,
  params: Type.Object({ county, id, media: id }),
  transfer: "file",
});

export const getLastRound = route({
  method: "GET",
  path: "/api/records/:county/:id/last-round",
  permission: "record.read",
  summary: { zh: "与上一轮相比的变化", en: "What differs from the round before" },
  params: inCounty,
  reply: Type.Object({
    known: Type.Boolean(),
    changes: Type.Array(Type.Object({ path: Type.String(), label: bilingual, before: Type.Unknown(), after: Type.Unknown() })),
    /** What happened after a round's reference date: `waits` for the next round, `here` in the one that takes it up. */
    parked: Type.Array(Type.Object({ id, kind: literals(outcomes), happenedOn: date, note: Type.Optional(Type.String()), by: Type.String(), at: Type.String(), state: literals(["waits", "here", "taken-over", "not-so"]) })),
  }),
});
export const settleParked = route({
  method: "POST",
  path: "/api/records/:county/:id/parked/:fact",
  permission: "record.capture",
  summary: { zh: "处理上一轮留待的变更：登记，或不属实", en: "Take over what the last round left for this one, or say that it does not hold" },
  params: Type.Object({ county, id, fact: id }),
  body: Type.Object({ basedOn: Type.Integer({ minimum: 0 }), holds: Type.Boolean() }),
  reply: captureReply,
  problems: ["changed-meanwhile", "move-not-possible", "window-closed"],
});
export const getLastRoundByArea = route({
  method: "GET",
  path: "/api/progress/last-round",
  permission: "progress.read",
  summary: { zh: "各村与上一轮相比", en: "Villages against the round before" },
  query: Type.Object({ campaign: id, area: Type.Optional(area) }),
  /** `base`: people whom the last round had there. */
  reply: Type.Object({ rows: Type.Array(Type.Object({ area: areaName, base: Type.Integer(), changed: Type.Integer(), unchanged: Type.Integer(), added: Type.Integer(), gone: Type.Integer() })) }),
});
export const askCarry = route({
  method: "POST",
  path: "/api/campaigns/:id/carry",
  permission: "round.keep",
  summary: { zh: "把上一轮的答案带入本轮", en: "Carry the last round's answers into this one" },
  params: Type.Object({ id }),
  body: Type.Object({ county }),
  reply: Type.Object({ task: id }),
});
