// Terminals: enrolment, leases, bundles going both ways, and the overview of devices.
import { Type } from "typebox";
import { route } from "../../core/route.ts";
import { area, areaName, bilingual, county, date, id, issue, literals } from "../shapes.ts";
import { bundleStates, deviceStates, settlements } from "./rules.ts";

const operatorView = Type.Object({ account: id, name: Type.String(), trainedOn: date, activatedAt: Type.Optional(Type.String()), until: date });
export const deviceView = Type.Object({
  id,
  label: Type.String(),
  area: areaName,
  state: literals(deviceStates),
  suite: Type.Optional(literals(["international", "national"])),
  operators: Type.Array(operatorView),
  lastSeen: Type.Optional(Type.String()),
  leaseUntil: Type.Optional(Type.String()),
  /** Number of the last bundle taken in, and the first 16 digits of its digest. */
  seq: Type.Integer(),
  headDigest: Type.Optional(Type.String()),
  /** The terminal's clock minus the office's, in seconds, at the last bundle. */
  skewSeconds: Type.Optional(Type.Integer()),
  waitingBundles: Type.Integer(),
  undeliveredReturns: Type.Integer(),
  undeliveredReceipts: Type.Integer(),
  waitingConflicts: Type.Integer(),
  alarm: Type.Optional(bilingual),
});
export const bundleView = Type.Object({
  id,
  device: Type.Optional(Type.Object({ id, label: Type.String() })),
  way: literals(["http", "file"]),
  state: literals(bundleStates),
  seq: Type.Optional(Type.Integer()),
  bytes: Type.Integer(),
  received: Type.Integer(),
  at: Type.String(),
  problem: Type.Optional(bilingual),
  outcomes: Type.Record(Type.String(), Type.Integer()),
});

export const listDevices = route({
  method: "GET",
  path: "/api/fieldwork/devices",
  permission: "fieldwork.read",
  summary: { zh: "采集终端概览", en: "Terminals at a glance" },
  /** `unfetchedReturns`: returned records that no terminal has fetched, also where there is none. */
  reply: Type.Object({ devices: Type.Array(deviceView), revocationsNo: Type.Integer(), officeTime: Type.String(), unfetchedReturns: Type.Integer() }),
});
export const addDevice = route({
  method: "POST",
  path: "/api/fieldwork/devices",
  permission: "fieldwork.manage",
  summary: { zh: "登记一台终端", en: "Register a terminal" },
  body: Type.Object({ label: Type.String({ minLength: 1, maxLength: 60 }), area, leaseDays: Type.Integer({ minimum: 1, maximum: 14 }), wipeAfterDays: Type.Integer({ minimum: 0, maximum: 60 }) }),
  reply: deviceView,
});
export const addOperator = route({
  method: "POST",
  path: "/api/fieldwork/devices/:id/operators",
  permission: "fieldwork.manage",
  summary: { zh: "为经过培训的采集员开通终端，给出一次性激活码", en: "Let a trained collector use the terminal: gives an activation code, shown once" },
  params: Type.Object({ id }),
  body: Type.Object({ account: id, trainedOn: date }),
  reply: Type.Object({ code: Type.String(), expiresAt: Type.String() }),
  problems: ["move-not-possible"],
});
/** Who may be put on a terminal: collectors of the caller's area. */
export const listCollectors = route({
  method: "GET",
  path: "/api/fieldwork/collectors",
  permission: "fieldwork.manage",
  summary: { zh: "可以使用终端的采集员", en: "Collectors who may use terminals" },
  reply: Type.Object({ collectors: Type.Array(Type.Object({ account: id, name: Type.String(), login: Type.String(), office: Type.String(), area: areaName })) }),
});
export const renewLease = route({
  method: "POST",
  path: "/api/fieldwork/devices/:id/lease",
  permission: "fieldwork.manage",
  summary: { zh: "续期", en: "Renew a lease" },
  params: Type.Object({ id }),
  body: Type.Object({ leaseDays: Type.Integer({ minimum: 1, maximum: 14 }) }),
  reply: deviceView,
});
export const revokeDevice = route({
  method: "POST",
  path: "/api/fieldwork/devices/:id/revoke",
  permission: "fieldwork.manage",
  summary: { zh: "吊销终端", en: "Revoke a terminal" },
  params: Type.Object({ id }),
  body: Type.Object({ reason: Type.String({ minLength: 1, maxLength: 300 }) }),
  reply: deviceView,
});
export const listBundles = route({
  method: "GET",
  path: "/api/fieldwork/bundles",
  permission: "fieldwork.read",
  summary: { zh: "收到的数据包", en: "Bundles received" },
  query: Type.Object({ device: Type.Optional(id), state: Type.Optional(literals(bundleStates)) }),
  reply: Type.Object({ bundles: Type.Array(bundleView) }),
});
export const getBundle = route({
  method: "GET",
  path: "/api/fieldwork/bundles/:id",
  permission: "fieldwork.read",
  summary: { zh: "一个数据包和每条的结果", en: "One bundle with the outcome of each entry" },
  params: Type.Object({ id }),
  reply: Type.Object({
    bundle: bundleView,
    entries: Type.Array(Type.Object({ entry: id, record: Type.Object({ county: Type.Integer(), id }), name: Type.String(), outcome: Type.String(), issues: Type.Array(issue), why: Type.Optional(bilingual), at: Type.String() })),
  }),
});
/** The file that came by USB stick; the same door as over the network. */
export const bringBundle = route({
  method: "POST",
  path: "/api/fieldwork/bundles",
  permission: "fieldwork.exchange",
  summary: { zh: "读入终端带来的数据包文件", en: "Take in a bundle file brought from a terminal" },
  transfer: "upload",
  body: Type.Object({}),
  /** The newest bundle of the file; `more` when the file is a parcel of several. */
  reply: Type.Object({ ...bundleView.properties, more: Type.Optional(Type.Array(bundleView)) }),
  problems: ["file-too-large", "bundle-not-accepted"],
});
/** What the terminal would get over the network, as a file to carry. */
export const takeBundle = route({
  method: "POST",
  path: "/api/fieldwork/devices/:id/bundle",
  permission: "fieldwork.exchange",
  summary: { zh: "给终端的数据包文件（租期、底册、退回、回执）", en: "The bundle file for a terminal: lease, people, returns, receipts" },
  params: Type.Object({ id }),
  body: Type.Object({ whole: Type.Optional(Type.Boolean()) }),
  transfer: "file",
  problems: ["move-not-possible"],
});

const deviceNamed = Type.Object({ id, label: Type.String() });
const noticeView = Type.Object({
  id,
  title: Type.String(),
  body: Type.String(),
  area: areaName,
  until: date,
  writtenBy: Type.String(),
  at: Type.String(),
  /** Terminals that have shown to hold it, and those it is still on its way to. */
  received: Type.Array(deviceNamed),
  awaited: Type.Array(deviceNamed),
});
export const listNotices = route({
  method: "GET",
  path: "/api/fieldwork/notices",
  permission: "fieldwork.read",
  summary: { zh: "发给终端的通知和接收情况", en: "Notices to terminals, and which have them" },
  reply: Type.Object({ notices: Type.Array(noticeView) }),
});
export const addNotice = route({
  method: "POST",
  path: "/api/fieldwork/notices",
  permission: "fieldwork.manage",
  summary: { zh: "给终端发通知", en: "Write a notice to terminals" },
  body: Type.Object({ title: Type.String({ minLength: 1, maxLength: 60 }), body: Type.String({ minLength: 1, maxLength: 1000 }), area, /** Absent: all terminals of the area. */ devices: Type.Optional(Type.Array(id, { minItems: 1, maxItems: 200 })), until: date }),
  reply: Type.Object({ id }),
  problems: ["unit-designation"],
});
const handedBack = Type.Object({
  entry: id,
  record: Type.Object({ county, id }),
  name: Type.String(),
  area: areaName,
  reason: Type.String(),
  collector: Type.String(),
  device: deviceNamed,
  at: Type.String(),
  settled: Type.Optional(Type.Object({ as: literals(settlements), note: Type.String(), by: Type.String(), at: Type.String() })),
});
export const listHandedBack = route({
  method: "GET",
  path: "/api/fieldwork/handed-back",
  permission: "record.review",
  summary: { zh: "终端退回办公室的人员", en: "People whom terminals gave back to the office" },
  query: Type.Object({ settled: Type.Optional(Type.Boolean()) }),
  reply: Type.Object({ people: Type.Array(handedBack) }),
});
export const settleHandedBack = route({
  method: "POST",
  path: "/api/fieldwork/handed-back/:county/:entry",
  permission: "record.review",
  summary: { zh: "处理终端退回办公室的人员", en: "Settle a person whom a terminal gave back" },
  params: Type.Object({ county, entry: id }),
  body: Type.Object({ as: literals(settlements), note: Type.String({ minLength: 1, maxLength: 500 }) }),
  reply: Type.Object({ entry: id }),
  problems: ["move-not-possible", "unit-designation"],
});

// Terminals speak for themselves: every request but the first two is signed by the device's key over a challenge of the office (header `x-qingce-device`).
const signed = { permission: "public" as const };
export const hello = route({
  method: "GET",
  path: "/api/terminal/hello",
  ...signed,
  summary: { zh: "终端：对时和应答码", en: "Terminal: the office's time and a challenge" },
  reply: Type.Object({ time: Type.String(), challenge: Type.String() }),
});
/** Base64url of 32 to 65 bytes. */
const publicKey = Type.String({ pattern: "^[A-Za-z0-9_-]{36,100}$" });
export const enrol = route({
  method: "POST",
  path: "/api/terminal/enrol",
  ...signed,
  summary: { zh: "终端：用激活码登记密钥", en: "Terminal: register keys with an activation code" },
  body: Type.Object({
    code: Type.String({ maxLength: 60 }),
    suite: literals(["international", "national"]),
    /** Public keys in base64url: the device's for sealing and signing (once), the operator's for signing. */
    deviceSeal: publicKey,
    deviceSign: publicKey,
    operatorSign: publicKey,
  }),
  unscanned: { code: "a secret: only its digest is kept" },
  reply: Type.Object({ device: id, label: Type.String(), operator: Type.Object({ account: id, name: Type.String() }), officeSeal: Type.String(), officeSign: Type.String(), time: Type.String() }),
  problems: ["code-not-valid"],
});
/** Asked by a terminal that is not known any more (`device-not-known`): a bundle sealed to it that holds the list of revoked devices and nothing else. */
export const getRevocations = route({
  method: "GET",
  path: "/api/terminal/revocations",
  ...signed,
  summary: { zh: "终端：办公室签名的吊销清单", en: "Terminal: the signed list of revoked devices" },
  query: Type.Object({ device: id }),
  transfer: "file",
  problems: ["not-found"],
});
export const beginUpload = route({
  method: "POST",
  path: "/api/terminal/uploads",
  ...signed,
  summary: { zh: "终端：开始或接着上传一个数据包", en: "Terminal: begin an upload, or go on with it" },
  body: Type.Object({ bytes: Type.Integer({ minimum: 1 }), sha256: Type.String({ pattern: "^[0-9a-f]{64}$" }) }),
  reply: Type.Object({ id, offset: Type.Integer(), state: literals(bundleStates) }),
});
export const putChunk = route({
  method: "PUT",
  path: "/api/terminal/uploads/:id",
  ...signed,
  summary: { zh: "终端：上传一块（偏移必须相符）", en: "Terminal: one piece; its offset must be where the upload stands" },
  params: Type.Object({ id }),
  query: Type.Object({ offset: Type.Integer({ minimum: 0 }) }),
  transfer: "bytes",
  reply: Type.Object({ id, offset: Type.Integer(), state: literals(bundleStates) }),
  problems: ["wrong-offset", "file-too-large", "bundle-not-accepted"],
});
export const getUpload = route({
  method: "GET",
  path: "/api/terminal/uploads/:id",
  ...signed,
  summary: { zh: "终端：上传到哪里、处理得怎样", en: "Terminal: how far an upload is" },
  params: Type.Object({ id }),
  /** Seconds for which the answer may wait until a bundle that is here whole was looked at. */
  query: Type.Object({ wait: Type.Optional(Type.Integer({ minimum: 0, maximum: 10 })) }),
  reply: Type.Object({ id, offset: Type.Integer(), state: literals(bundleStates), problem: Type.Optional(bilingual) }),
});
export const askDown = route({
  method: "POST",
  path: "/api/terminal/down",
  ...signed,
  summary: { zh: "终端：请办公室打包（租期、底册或变化、退回、回执）", en: "Terminal: asks for what is new: lease, people or changes, returns, receipts" },
  body: Type.Object({ cursor: Type.Optional(Type.String({ maxLength: 100 })), peopleHeld: Type.Optional(Type.Integer()), unsent: Type.Optional(Type.Integer()) }),
  reply: Type.Object({ id, state: literals(["preparing", "ready", "nothing-new"]), bytes: Type.Integer(), done: Type.Integer(), total: Type.Integer() }),
});
export const getDown = route({
  method: "GET",
  path: "/api/terminal/down/:id",
  ...signed,
  summary: { zh: "终端：取数据包的一段", en: "Terminal: a piece of the bundle" },
  params: Type.Object({ id }),
  query: Type.Object({ offset: Type.Integer({ minimum: 0 }), length: Type.Integer({ minimum: 1, maximum: 8_388_608 }) }),
  transfer: "file",
});
