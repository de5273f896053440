// Rounds of collection and how far they are.
import { Type } from "typebox";
import { route } from "../../core/route.ts";
import { area, areaName, bilingual, date, id, literals } from "../shapes.ts";
import { stages } from "./rules.ts";

export const campaignView = Type.Object({ id, scheme: Type.String(), version: Type.String(), name: bilingual, area: areaName, referenceDate: date, startsOn: date, endsOn: date, /** The round before it, where it names one. */ previous: Type.Optional(id) });
export const listCampaigns = route({
  method: "GET",
  path: "/api/campaigns",
  permission: "signed-in",
  summary: { zh: "采集轮次", en: "Campaigns" },
  reply: Type.Object({ campaigns: Type.Array(campaignView) }),
});
/** Counts by record state; `total` is the base of every rate. */
export const stateCounts = Type.Record(Type.String(), Type.Integer());
export const progressRow = Type.Object({ area: areaName, level: Type.Integer(), total: Type.Integer(), base: Type.Integer(), added: Type.Integer(), states: stateCounts, openCases: Type.Integer() });
export const getProgress = route({
  method: "GET",
  path: "/api/progress",
  permission: "progress.read",
  summary: { zh: "本级及下一级区划的进度", en: "Progress of an area and of the areas directly under it" },
  query: Type.Object({ campaign: id, area: Type.Optional(area), /** As known at the end of this day. */ knownOn: Type.Optional(date) }),
  reply: Type.Object({ asOf: Type.String(), knownOn: Type.Optional(date), whole: progressRow, parts: Type.Array(progressRow) }),
});

const span = Type.Object({ from: date, to: Type.Optional(date) });
const windowView = Type.Object({
  key: Type.String(),
  stage: literals(stages),
  level: Type.Integer({ minimum: 0, maximum: 5 }),
  label: bilingual,
  /** Marks of the plan that says so. */
  source: Type.String(),
  startsOn: date,
  endsOn: Type.Optional(date),
  /** The last day that the plan names, or that somebody set. */
  plannedTo: Type.Optional(date),
  follows: Type.Optional(Type.String()),
  workingDays: Type.Optional(Type.Integer()),
});
const moveView = Type.Object({ key: Type.String(), cause: Type.String(), was: span, now: span });
const extensionView = Type.Object({
  id,
  area: areaName,
  from: date,
  until: date,
  reason: Type.String(),
  /** `over`: it was approved and its last day has passed. */
  state: literals(["asked", "approved", "declined", "over"]),
  askedBy: Type.String(),
  askedAt: Type.String(),
  decidedBy: Type.Optional(Type.String()),
  decidedAt: Type.Optional(Type.String()),
  note: Type.Optional(Type.String()),
  /** The caller's office is the one above, and may decide. */
  mayDecide: Type.Boolean(),
});
const byId = Type.Object({ id });
const words = Type.String({ minLength: 1, maxLength: 500 });
export const listCalendars = route({
  method: "GET",
  path: "/api/campaigns/calendars",
  permission: "signed-in",
  summary: { zh: "随方案提供的采集日程", en: "Calendars that ship with the programmes" },
  reply: Type.Object({ calendars: Type.Array(Type.Object({ key: Type.String(), scheme: Type.String(), label: bilingual, year: Type.Integer(), referenceDate: Type.String() })) }),
});
const roundWish = {
  scheme: Type.String({ maxLength: 100 }),
  version: Type.String({ maxLength: 50 }),
  area,
  calendar: Type.String({ maxLength: 100 }),
  year: Type.Integer({ minimum: 2000, maximum: 2100 }),
  /** Absent: the calendar's own. */
  referenceDate: Type.Optional(date),
  /** The round before it. */
  previous: Type.Optional(id),
  /** Last days that are set otherwise than the plan has them; what follows moves along. */
  ends: Type.Optional(Type.Array(Type.Object({ window: Type.String({ maxLength: 100 }), endsOn: date }), { maxItems: 50 })),
};
export const previewRound = route({
  method: "POST",
  path: "/api/campaigns/preview",
  permission: "round.keep",
  summary: { zh: "开展前预览日程并检查", en: "The days of a round before it is opened, and what speaks against it" },
  reads: true,
  body: Type.Object(roundWish),
  reply: Type.Object({ referenceDate: date, startsOn: date, endsOn: date, windows: Type.Array(windowView), faults: Type.Array(bilingual) }),
});
export const openRound = route({
  method: "POST",
  path: "/api/campaigns",
  permission: "round.keep",
  summary: { zh: "开展一轮采集", en: "Open a round of collection" },
  body: Type.Object({ ...roundWish, name: Type.Object({ zh: Type.String({ minLength: 1, maxLength: 200 }), en: Type.String({ minLength: 1, maxLength: 200 }) }) }),
  reply: Type.Object({ id }),
});
export const getCalendar = route({
  method: "GET",
  path: "/api/campaigns/:id/calendar",
  permission: "signed-in",
  summary: { zh: "本轮日程、变动和延期", en: "The round's calendar, what moved and what was extended" },
  params: byId,
  reply: Type.Object({
    today: date,
    startsOn: date,
    endsOn: date,
    referenceDate: date,
    windows: Type.Array(windowView),
    moves: Type.Array(Type.Object({ ...moveView.properties, why: Type.String(), by: Type.String(), at: Type.String() })),
    extensions: Type.Array(extensionView),
    /** Whether the caller's office may enter something today. */
    entry: Type.Object({ open: Type.Boolean(), why: Type.Optional(bilingual) }),
    mayMove: Type.Boolean(),
  }),
});
export const moveWindow = route({
  method: "POST",
  path: "/api/campaigns/:id/moves",
  permission: "round.keep",
  summary: { zh: "调整某一环节的截止日，其后各环节随之推算", en: "Move the last day of a window; what follows it moves along" },
  params: byId,
  body: Type.Object({ window: Type.String({ maxLength: 100 }), endsOn: date, why: words }),
  reply: Type.Object({ moved: Type.Array(moveView) }),
});
export const askExtension = route({
  method: "POST",
  path: "/api/campaigns/:id/extensions",
  permission: "round.extend",
  summary: { zh: "申请延期录入", en: "Ask for more days to enter" },
  params: byId,
  body: Type.Object({ area, until: date, reason: words }),
  reply: extensionView,
  problems: ["already-exists"],
});
export const decideExtension = route({
  method: "POST",
  path: "/api/campaigns/:id/extensions/:extension",
  permission: "round.keep",
  summary: { zh: "批准或不批准延期（上一级）", en: "Approve or decline an extension, by the level above" },
  params: Type.Object({ id, extension: id }),
  body: Type.Object({ approve: Type.Boolean(), note: Type.Optional(Type.String({ maxLength: 500 })) }),
  reply: extensionView,
  problems: ["move-not-possible", "second-person-needed"],
});

const level = Type.Integer({ minimum: 0, maximum: 5 });
const seat = Type.Object({ department: Type.String({ minLength: 1, maxLength: 60 }), /** At whose desk it speaks; the county's where nothing is said. */ level: Type.Optional(level), paths: Type.Array(Type.String({ maxLength: 200 }), { minItems: 1, maxItems: 60 }), required: Type.Boolean() });
const offices = Type.Record(Type.String({ maxLength: 60 }), Type.String({ minLength: 1, maxLength: 60 }));
const reviewView = Type.Object({
  /** Levels that review, from below: 5 village … 0 ministry. */
  chain: Type.Array(level),
  /** Category → department whose office at the county reviews it. */
  offices,
  seats: Type.Array(seat),
  locks: Type.Array(Type.Object({ id, area: areaName, level, place: Type.String(), reason: Type.String(), by: Type.String(), at: Type.String(), mayRelease: Type.Boolean() })),
  /** The round lies wholly in the caller's area, whose lead sets this. */
  maySet: Type.Boolean(),
  /** Records are in review: the levels stay as they are. */
  inReview: Type.Boolean(),
});
export const getReview = route({
  method: "GET",
  path: "/api/campaigns/:id/review",
  permission: "signed-in",
  summary: { zh: "本轮审核的层级、席位和锁定", en: "The round's chain of review, its seats and locked sections" },
  params: byId,
  reply: reviewView,
});
export const setReview = route({
  method: "PUT",
  path: "/api/campaigns/:id/review",
  permission: "round.keep",
  summary: { zh: "设定审核层级、归口部门和会审席位", en: "Set the chain of review, offices by category, and seats" },
  params: byId,
  body: Type.Object({ chain: Type.Array(level, { minItems: 1, maxItems: 6 }), offices, seats: Type.Array(seat, { maxItems: 20 }) }),
  reply: reviewView,
  problems: ["move-not-possible"],
});
export const lockSection = route({
  method: "POST",
  path: "/api/campaigns/:id/locks",
  permission: "record.review",
  summary: { zh: "锁定某一部分的内容", en: "Lock a section in an area" },
  params: byId,
  body: Type.Object({ area, place: Type.String({ minLength: 1, maxLength: 130 }), reason: words }),
  reply: reviewView,
  problems: ["already-exists"],
});
export const releaseSection = route({
  method: "POST",
  path: "/api/campaigns/:id/locks/:lock/release",
  permission: "record.review",
  summary: { zh: "解除锁定", en: "Let a locked section go" },
  params: Type.Object({ id, lock: id }),
  body: Type.Object({ reason: words }),
  reply: reviewView,
});
