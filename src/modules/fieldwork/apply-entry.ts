// One piece of work of a terminal takes effect: exactly once, in one transaction with its outcome, under the collector's rights of this moment.
import { createHash } from "node:crypto";
import { areaRange } from "../../core/area-code.ts";
import type { CaptureEntry, PictureEntry } from "../../bundle/contents.ts";
import type { Issue, Text } from "../../core/issue.ts";
import { Problem, problems } from "../../core/problem.ts";
import { audit } from "../../platform/audit.ts";
import { chinaDate } from "../../platform/clock.ts";
import { type Actor, systemActor, type Tx } from "../../platform/database.ts";
import type { Platform } from "../../platform/platform.ts";
import type { Scheme } from "../../scheme/model.ts";
import { campaignOf } from "../campaigns/service.ts";
import { applyCapture, type Later, lockRecord, mutable, refuseDesignationIn, setOutcome, takePictures, type TakenPicture } from "../records/service.ts";
import { moves } from "../records/rules.ts";
import { answerRemark } from "../review/service.ts";
import { loadScheme } from "../schemes/service.ts";
import { type EntryRow, entryOf, forgetRefused, putEntry, repeatReceipt } from "./bundle-rows.ts";
import { handBack } from "./handed-back.ts";
import type { EnrolledDevice } from "./queries.ts";

export type Work = { readonly capture: CaptureEntry; readonly pictures: readonly { readonly entry: PictureEntry; readonly bytes: Uint8Array }[] };
/** Whose work it is and where it came from. `actor` is absent when the collector may not act any more, and `barred` says why. */
export type Sender = { readonly device: EnrolledDevice; readonly bundle: string; readonly operator: string; readonly actor: Actor | undefined; readonly barred?: Text };
export type EntryOutcome = "applied" | "merged" | "kept-apart" | "unchanged" | "refused" | "repeated";
export type Effect = { readonly outcome: Exclude<EntryOutcome, "refused" | "repeated">; readonly head: number; readonly state: string; readonly issues: readonly Issue[]; readonly why?: Text };

const duty = systemActor("terminals");
const say = (zh: string, en: string): Text => ({ zh, en });
/** Trouble that passes: the entry is tried again, not refused. */
const passing = new Set(["database-away", "disk-full", "scanner-away"]);
export const isPassing = (error: unknown): error is Problem => error instanceof Problem && passing.has(error.code);

/**
 * Gives the entry its outcome. An entry that has one keeps it; its receipt is sent again. Whatever goes wrong with one entry is its refusal, with words.
 * @throws Problem database-away, disk-full, scanner-away: the bundle goes on later
 */
export async function applyEntry(platform: Platform, sender: Sender, work: Work, log: (error: unknown) => void): Promise<EntryOutcome> {
  const { device, bundle } = sender;
  const { capture } = work;
  const before = await platform.database.read(duty, (tx) => entryOf(tx, device.county, capture.entry));
  if (before?.bundleId === bundle) return before.outcome as EntryOutcome;
  if (before && before.outcome !== "refused") return again(platform, sender, capture);
  if (before) await platform.database.write(duty, (tx) => forgetRefused(tx, device.county, capture.entry, bundle));
  try {
    if (!sender.actor) throw new Problem("not-allowed", sender.barred);
    const { actor } = sender;
    const pictures = await take(platform, actor, work);
    return await platform.database.write(actor, async (tx) => {
      const effect = await effectOf(tx, platform, sender, capture, pictures);
      await putEffect(tx, platform, sender, capture, actor, effect);
      return effect.outcome;
    });
  } catch (error) {
    if (isPassing(error)) throw error;
    const now = await platform.database.read(duty, (tx) => entryOf(tx, device.county, capture.entry));
    // Another worker was first, with this bundle or another.
    if (now) return now.bundleId === bundle ? (now.outcome as EntryOutcome) : again(platform, sender, capture);
    const problem = error instanceof Problem ? error : new Problem("internal");
    if (problem.code === "internal") log(error);
    return refuse(platform, sender, capture, { issues: mutable(problem.issues), why: problem.detail ?? problems[problem.code].title });
  }
}

/** An outcome for what cannot be applied at all. */
export async function refuse(platform: Platform, sender: Sender, capture: Pick<CaptureEntry, "entry" | "record" | "county"> & { readonly campaign?: string; readonly basedOn?: number }, told: { readonly issues: readonly Issue[]; readonly why: Text }): Promise<"refused"> {
  const now = await platform.database.read(duty, (tx) => tx.selectFrom("record").select(["head", "state"]).where("county", "=", capture.county).where("id", "=", capture.record).executeTakeFirst());
  const effect = { outcome: "refused", head: now?.head ?? 0, state: now?.state ?? "unknown" } as const;
  await platform.database.write(duty, async (tx) => {
    await putEntry(tx, platform, rowOf(sender, capture, sender.actor?.area ?? sender.device.area, effect), told);
    await audit(tx, { action: "terminal.refuse-entry", county: sender.device.county, area: sender.device.area, detail: { device: sender.device.id, bundle: sender.bundle, entry: capture.entry } });
  });
  return "refused";
}

async function again(platform: Platform, { device }: Sender, capture: CaptureEntry): Promise<"repeated"> {
  await platform.database.write(duty, (tx) => repeatReceipt(tx, device.county, capture.entry));
  return "repeated";
}

const rowOf = ({ device, bundle, operator }: Sender, capture: Parameters<typeof refuse>[2], area: number, effect: { readonly outcome: string; readonly head: number; readonly state: string }): EntryRow => ({
  county: device.county,
  entry: capture.entry,
  area,
  deviceId: device.id,
  bundleId: bundle,
  operator,
  campaignId: capture.campaign ?? null,
  recordId: capture.record,
  recordCounty: capture.county,
  outcome: effect.outcome,
  head: effect.head,
  state: effect.state,
});

/** The outcome of the work in the transaction of its effect. */
export const putEffect = (tx: Tx, platform: Platform, sender: Sender, capture: CaptureEntry, actor: Actor, effect: Effect) =>
  putEntry(tx, platform, rowOf(sender, capture, actor.area, effect), { issues: effect.issues, ...(effect.why && { why: effect.why }) });

async function take(platform: Platform, actor: Actor, work: Work): Promise<TakenPicture[]> {
  if (work.pictures.length === 0) return [];
  const { definition } = await platform.database.read(actor, (tx) => loadScheme(tx, work.capture.scheme, work.capture.version));
  return picturesOf(platform, definition, work);
}

/** Pictures are looked at by the operator's scanner and by the standard of their items, and stored as files before the transaction; the answers name them by the terminal's ids. */
export async function picturesOf(platform: Platform, definition: Scheme, { capture, pictures }: Work): Promise<TakenPicture[]> {
  const taken: TakenPicture[] = [];
  for (const { entry, bytes } of pictures) {
    const given = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (createHash("sha256").update(given).digest("hex") !== entry.sha256) throw new Problem("photo-not-accepted", say("照片与其摘要不符", "A picture is not what its digest says"));
    await platform.scan?.(given);
    const [one] = await takePictures(platform, definition, capture.county, [{ path: entry.path, bytes: given }]);
    if (one) taken.push({ ...one, id: entry.id });
  }
  return taken;
}

/** What the work comes to, in the caller's transaction; with `later` the caller stores what is captured. @throws Problem */
export async function effectOf(tx: Tx, platform: Platform, sender: Sender, capture: CaptureEntry, pictures: readonly TakenPicture[], later?: Later): Promise<Effect> {
  const { device } = sender;
  const { county, record: id } = capture;
  const range = areaRange(device.area);
  const held = await tx.selectFrom("record").select(["area", "head", "state"]).where("county", "=", county).where("id", "=", id).executeTakeFirst();
  const at = held?.area ?? capture.area;
  if (county !== device.county || at < range.lo || at > range.hi) throw new Problem("not-found", say("此人不在这台终端的管辖范围内，可能已移交其他乡镇", "This person is not in the terminal's area; the record may have been handed over"));
  if (!held && !capture.fresh) throw new Problem("not-found", say("档案不在您的管辖范围内，可能已移交其他乡镇", "The record is not in your area; it may have been handed over"));
  if (capture.outcome) return outcomeOf(tx, platform, sender, capture, capture.outcome);
  for (const { id: remark, answer } of capture.remarks ?? []) await answerOnce(tx, platform, capture, remark, answer);
  const fresh = held ? undefined : { campaign: await campaignOf(tx, capture.campaign), area: capture.area };
  const applied = await applyCapture(tx, platform, {
    county,
    id,
    entry: capture.entry,
    device: device.id,
    version: capture.version,
    basedOn: capture.basedOn,
    given: capture.before ?? {},
    answers: capture.answers ?? {},
    provenance: capture.provenance,
    channel: capture.channel,
    signedDigest: capture.signedDigest,
    notice: capture.notice,
    reason: capture.reason,
    pictures: await notHeld(tx, capture, pictures),
    submit: capture.submit,
    toJudge: capture.toJudge,
    capturedOn: dayOf(capture),
    ...(fresh && { fresh }),
  }, later);
  return { outcome: applied.outcome, head: applied.head, state: applied.state, issues: applied.issues };
}

/** The day in China on which the terminal says, under its signature, that the work was finished; work of an open day is taken whenever it arrives. */
const dayOf = ({ finishedAt }: CaptureEntry): string | undefined => {
  const at = Date.parse(finishedAt);
  return Number.isNaN(at) ? undefined : chinaDate(new Date(at));
};

/** Why nothing was captured. `to-office`: the record stays as it is, and the office has it in its list until it says what was done. */
async function outcomeOf(tx: Tx, platform: Platform, sender: Sender, capture: CaptureEntry, outcome: NonNullable<CaptureEntry["outcome"]>): Promise<Effect> {
  const { county, record: id } = capture;
  const record = await lockRecord(tx, county, id);
  if (!record) throw new Problem("not-found");
  if (outcome.kind === "to-office") {
    refuseDesignationIn(tx, platform, [outcome.note], record);
    await handBack(tx, platform, { county, entry: capture.entry, area: record.area, recordId: id, deviceId: sender.device.id, operator: sender.operator, reason: outcome.note ?? "" });
    await audit(tx, { action: "terminal.to-office", county, area: record.area, recordId: id, detail: { entry: capture.entry } });
    const note = outcome.note ?? "";
    return { outcome: "unchanged", head: record.head, state: record.state, issues: record.issues, why: say(`退回办公室：${note}`, `Given back to the office: ${note}`) };
  }
  if (record.state === outcome.kind) return { outcome: "unchanged", head: record.head, state: record.state, issues: record.issues };
  const reply = await setOutcome(tx, platform, { county, id, basedOn: capture.basedOn, outcome: outcome.kind, note: outcome.note, date: outcome.date, capturedOn: dayOf(capture) });
  const parked = reply.issues.find((issue) => issue.code === "parked-fact");
  return { outcome: "applied", head: reply.head, state: reply.state, issues: reply.issues, ...(parked && { why: parked.message }) };
}

/** A remark that somebody answered meanwhile keeps that answer. */
async function answerOnce(tx: Tx, platform: Platform, { county, record: id }: CaptureEntry, remark: string, answer: string): Promise<void> {
  const open = await tx
    .selectFrom("remark as m")
    .innerJoin("record as r", (join) => join.onRef("r.county", "=", "m.county").onRef("r.id", "=", "m.recordId"))
    .select("r.state")
    .where("m.county", "=", county)
    .where("m.recordId", "=", id)
    .where("m.id", "=", remark)
    .where("m.answer", "is", null)
    .executeTakeFirst();
  if (open && moves.capture.from.includes(open.state as never)) await answerRemark(tx, platform, { county, id, remark, answer });
}

/** Pictures that the record does not hold yet. */
async function notHeld(tx: Tx, { county, record }: CaptureEntry, pictures: readonly TakenPicture[]): Promise<readonly TakenPicture[]> {
  if (pictures.length === 0) return pictures;
  const rows = await tx.selectFrom("media").select(["id", "recordId"]).where("county", "=", county).where("id", "in", pictures.map((picture) => picture.id)).execute();
  if (rows.some((row) => row.recordId !== record)) throw new Problem("bad-request", say("照片编号已用于其他档案", "The number of a picture is used by another record"));
  const held = new Set(rows.map((row) => row.id));
  return pictures.filter((picture) => !held.has(picture.id));
}
