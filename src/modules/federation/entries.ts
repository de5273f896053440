// What bundles between nodes carry: rounds with their schemes, records with their history, what departments said, returns, and how far the other side is.
import { Type } from "typebox";
import { Compile } from "typebox/compile";
import type { Json } from "../../core/json.ts";
import type { Window } from "../../scheme/calendar.ts";
import { stages } from "../campaigns/rules.ts";
import type { ReviewAcross } from "../campaigns/service.ts";
import { reportAnswer, reportReplica } from "../reports/contract.ts";
import type { ReportAnswer, ReportReplica } from "../reports/service.ts";
import type { Replica } from "../records/service.ts";
import type { DecisionFromAbove } from "../review/service.ts";
import { area, bilingual, county, date, id, literals } from "../shapes.ts";

const text = (maxLength: number) => Type.String({ maxLength });
const sha256 = Type.String({ pattern: "^[0-9a-f]{64}$" });
const none = <T extends Parameters<typeof Type.Array>[0]>(of: T) => Type.Union([of, Type.Null()]);
const revision = Type.Object({ no: Type.Integer({ minimum: 1 }), basedOn: Type.Integer({ minimum: 0 }), kind: text(20), answers: Type.Record(text(200), Type.Unknown()), provenance: Type.Record(text(200), text(100)), signedDigest: none(sha256), reason: none(text(2000)), author: text(100), channel: none(text(20)), at: text(40) });
const window = Type.Object({
  ...{ key: text(100), stage: literals(stages), level: Type.Integer({ minimum: 0, maximum: 5 }), label: bilingual, source: text(100), plannedFrom: none(date), plannedTo: none(date) },
  ...{ follows: none(text(100)), workingDays: none(Type.Integer({ minimum: 0, maximum: 400 })), startsOn: date, endsOn: none(date) },
});
const level = Type.Integer({ minimum: 0, maximum: 5 });
const review = Type.Object({
  offices: Type.Record(text(60), text(60)),
  seats: Type.Array(Type.Object({ department: text(60), level, paths: Type.Array(text(200), { minItems: 1, maxItems: 60 }), required: Type.Boolean() }), { maxItems: 40 }),
  locks: Type.Array(Type.Object({ id, lo: area, hi: Type.Integer(), level, place: text(130), reason: Type.String({ minLength: 1, maxLength: 500 }), by: text(100), at: text(40) }), { maxItems: 2000 }),
});
const remark = Type.Object({ id, path: text(200), body: Type.String({ minLength: 1, maxLength: 1000 }) });
const shapes = {
  "node-scheme": Type.Object({ type: Type.Literal("node-scheme"), scheme: text(100), version: text(50), hash: sha256, definition: Type.Unknown() }),
  "node-round": Type.Object({ type: Type.Literal("node-round"), id, scheme: text(100), version: text(50), nameZh: text(200), nameEn: text(200), area, hi: Type.Integer(), referenceDate: date, startsOn: date, endsOn: date, chain: Type.Optional(Type.Array(Type.Integer({ minimum: 0, maximum: 5 }), { minItems: 1, maxItems: 6 })), windows: Type.Optional(Type.Array(window, { maxItems: 60 })), review: Type.Optional(review) }),
  /** Followed by the JPEG's bytes, before the record that names it. */
  "node-picture": Type.Object({ type: Type.Literal("node-picture"), county, sha256 }),
  "node-record": Type.Object({
    type: Type.Literal("node-record"),
    county,
    record: id,
    subject: id,
    campaign: id,
    area,
    scheme: text(100),
    version: text(50),
    origin: text(10),
    state: text(30),
    /** The level at whose desk it waits, when it is in review. */
    desk: Type.Optional(none(Type.Integer({ minimum: 0, maximum: 5 }))),
    head: Type.Integer({ minimum: 0 }),
    collector: none(text(100)),
    channel: none(text(20)),
    mergedInto: none(id),
    issues: Type.Array(Type.Unknown(), { maxItems: 2000 }),
    capturedAt: none(text(40)),
    submittedAt: none(text(40)),
    decidedAt: none(text(40)),
    updatedAt: text(40),
    revisions: Type.Array(revision, { maxItems: 2000 }),
    pictures: Type.Array(Type.Object({ id, path: text(200), sha256, bytes: Type.Integer({ minimum: 1 }), at: text(40) }), { maxItems: 2000 }),
    /** What collectors answered to remarks that came from above. */
    answers: Type.Optional(Type.Array(Type.Object({ remark: id, answer: text(1000), at: text(40) }), { maxItems: 2000 })),
    /** What seats at the sender's levels said. */
    seats: Type.Optional(Type.Array(Type.Object({ department: text(60), level, decision: literals(["confirm", "differ"]), revision: Type.Integer({ minimum: 1 }), at: text(40) }), { maxItems: 2000 })),
  }),
  /** Of a record that the receiver has: whether its data are only stored (个人信息保护法 47) from now on. */
  "node-stored": Type.Object({ type: Type.Literal("node-stored"), county, record: id, area, stored: Type.Boolean() }),
  /** Of a record that the receiver has: the level of the sender's, or below it, that has it on hold while it is in review anew; null when none has any more. */
  "node-held": Type.Object({ type: Type.Literal("node-held"), county, record: id, area, level: none(level) }),
  /** Somebody whose record the receiver has was erased. */
  "node-erased": Type.Object({ type: Type.Literal("node-erased"), county, subject: id, area }),
  /** Where they were erased since: at the node below's word, at this node or one above it. */
  "node-erased-at": Type.Object({ type: Type.Literal("node-erased-at"), county, subject: id, node: Type.String({ pattern: "^node:[0-9]{12}$" }), at: text(40) }),
  "node-word": Type.Object({ type: Type.Literal("node-word"), county, campaign: id, department: text(60), record: id, field: text(100), theirs: Type.Unknown() }),
  "node-return": Type.Object({ type: Type.Literal("node-return"), county, record: id, basedOn: Type.Integer({ minimum: 1 }), remarks: Type.Array(Type.Object({ path: text(200), body: Type.String({ minLength: 1, maxLength: 1000 }) }), { minItems: 1, maxItems: 100 }) }),
  /** What a level of this chain, one above it, or a seat there decided about a record that rose from the receiver. */
  "node-decision": Type.Object({ type: Type.Literal("node-decision"), county, record: id, basedOn: Type.Integer({ minimum: 1 }), level: Type.Integer({ minimum: 0, maximum: 4 }), seat: Type.Optional(text(60)), decision: literals(["approve", "return", "hold", "confirm", "differ"]), remarks: Type.Array(remark, { maxItems: 100 }) }),
  "node-report": Type.Interface([reportReplica], { type: Type.Literal("node-report") }),
  "node-report-answer": Type.Interface([reportAnswer], { type: Type.Literal("node-report-answer") }),
  /** Highest number of the receiver's bundles that the sender has taken, with its digest: a receiver that was built again goes on from there. */
  "node-taken": Type.Object({ type: Type.Literal("node-taken"), seq: Type.Integer({ minimum: 0 }), digest: none(sha256) }),
} as const;

export type SchemeEntry = { readonly type: "node-scheme"; readonly scheme: string; readonly version: string; readonly hash: string; readonly definition: Json };
export type RoundEntry = { readonly type: "node-round"; readonly id: string; readonly scheme: string; readonly version: string; readonly nameZh: string; readonly nameEn: string; readonly area: number; readonly hi: number; readonly referenceDate: string; readonly startsOn: string; readonly endsOn: string; readonly chain?: readonly number[]; readonly windows?: readonly Window[]; readonly review?: ReviewAcross };
export type PictureEntry = { readonly type: "node-picture"; readonly county: number; readonly sha256: string };
export type RecordEntry = { readonly type: "node-record" } & Replica;
export type StoredEntry = { readonly type: "node-stored"; readonly county: number; readonly record: string; readonly area: number; readonly stored: boolean };
export type HeldEntry = { readonly type: "node-held"; readonly county: number; readonly record: string; readonly area: number; readonly level: number | null };
export type ErasedEntry = { readonly type: "node-erased"; readonly county: number; readonly subject: string; readonly area: number };
export type ErasedAtEntry = { readonly type: "node-erased-at"; readonly county: number; readonly subject: string; readonly node: string; readonly at: string };
export type WordEntry = { readonly type: "node-word"; readonly county: number; readonly campaign: string; readonly department: string; readonly record: string; readonly field: string; readonly theirs: Json };
export type ReturnEntry = { readonly type: "node-return"; readonly county: number; readonly record: string; readonly basedOn: number; readonly remarks: readonly { readonly path: string; readonly body: string }[] };
export type DecisionEntry = { readonly type: "node-decision" } & DecisionFromAbove;
export type ReportEntry = { readonly type: "node-report" } & ReportReplica;
export type ReportAnswerEntry = { readonly type: "node-report-answer" } & ReportAnswer;
export type TakenEntry = { readonly type: "node-taken"; readonly seq: number; readonly digest: string | null };
export type NodeEntry = SchemeEntry | RoundEntry | PictureEntry | RecordEntry | StoredEntry | HeldEntry | ErasedEntry | ErasedAtEntry | WordEntry | ReturnEntry | DecisionEntry | ReportEntry | ReportAnswerEntry | TakenEntry;

const compiled = new Map(Object.entries(shapes).map(([type, shape]) => [type, Compile(shape)]));

/** The entry when it has one of the known shapes, in every part. */
export function asNodeEntry(entry: unknown): NodeEntry | undefined {
  const type = typeof entry === "object" && entry !== null ? (entry as { readonly type?: unknown }).type : undefined;
  return typeof type === "string" && compiled.get(type)?.Check(entry) === true ? (entry as NodeEntry) : undefined;
}
