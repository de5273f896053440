// Capture: what a person said is checked, stored as a new revision and, if asked, submitted; corrections of accepted records too.
import { countyOf } from "../../core/area-code.ts";
import { newId } from "../../core/ids.ts";
import type { Issue } from "../../core/issue.ts";
import { Problem } from "../../core/problem.ts";
import type { ReplyOf } from "../../core/route.ts";
import type { Tx } from "../../platform/database.ts";
import { personKey } from "../../platform/person-keys.ts";
import type { Platform } from "../../platform/platform.ts";
import { countsOf } from "../../scheme/across.ts";
import { countedOf } from "../../scheme/counted.ts";
import { changedPaths, sameAnswer } from "../../scheme/differences.ts";
import { answerAt, chosenCategories } from "../../scheme/layout.ts";
import type { Answers, Scheme } from "../../scheme/model.ts";
import { type Campaign, termsOf } from "../campaigns/service.ts";
import { bindNotice, type Given } from "../safeguards/service.ts";
import { type LoadedScheme, loadScheme } from "../schemes/service.ts";
import type { saveCapture as captureRoute } from "./contract.ts";
import { acrossIssues } from "./across.ts";
import { answeredItems, isPicture } from "./answered.ts";
import { CARRIED, UNCHANGED, unticked } from "./last-round.ts";
import { refuseDesignationIn, refuseDesignations } from "./designation.ts";
import { recordEvents } from "./events.ts";
import { domicileOf, nameEnds, type Person, personOf } from "./person.ts";
import { areasOfCounty, claimNumber, lockRecord, lockWholeRecords, type RecordRow, releaseNumber, replaceNameParts } from "./queries.ts";
import { type channels, moves, type State } from "./rules.ts";
import { fileKeyOf, type TakenPicture } from "./picture.ts";
import { demandUnlocked } from "./locks.ts";
import { headOf, shut } from "./sheet.ts";
import { demandCurrent, demandMove, demandOpenEntry } from "./standing.ts";
import { signedDigestOf } from "./signing.ts";
import { type Change, storeAll } from "./store.ts";
import * as say from "./wording.ts";

export type CaptureContent = {
  /** The day on which a terminal says, signed, that it was captured. */
  readonly capturedOn?: string | undefined;
  readonly answers: unknown;
  readonly provenance?: Readonly<Record<string, string>> | undefined;
  readonly channel: (typeof channels)[number];
  readonly signedDigest?: string | undefined;
  readonly reason?: string | undefined;
  /** Pictures that come with the answers, as from a terminal; those uploaded before are in the record already. */
  readonly pictures?: readonly TakenPicture[];
  /** Pictures of which the check at capture could not tell whether the head has its size and place: a reviewer says so. */
  readonly toJudge?: readonly string[] | undefined;
  readonly submit: boolean;
  /** How the person was given the notice, null when nobody said at a desk. Absent where none can be asked for, as from a terminal that had none. */
  readonly notice?: Given | null | undefined;
  /** The terminal that it was captured at. */
  readonly device?: string;
};
export type CaptureReply = ReplyOf<typeof captureRoute>;

/** Paths whose value was taken over from a department's list, with the department's key. Said by the server, never part of a request. */
type VouchedBy = Readonly<Record<string, string>>;

/**
 * Saves a capture based on the revision the caller has seen; submits in the same step if asked.
 * @throws Problem not-found, changed-meanwhile, move-not-possible, not-allowed, unit-designation, record-has-issues, remarks-unanswered, window-closed
 */
export async function saveCapture(tx: Tx, platform: Platform, input: CaptureContent & { readonly county: number; readonly id: string; readonly basedOn: number }, vouchedBy: VouchedBy = {}): Promise<CaptureReply> {
  const record = demandCurrent(await lockRecord(tx, input.county, input.id), input.basedOn);
  demandOpenEntry(tx, platform, record, input);
  return captureInto(tx, platform, record, input, vouchedBy);
}

/** A person who was on no list: subject and record are made, then captured like any other. `area` lies in the caller's scope and the round; a terminal has given the record its `id`. */
export async function addPerson(tx: Tx, platform: Platform, input: CaptureContent & { readonly campaign: Campaign; readonly area: number; readonly id?: string }, later?: Later): Promise<CaptureReply> {
  const { campaign, area } = input;
  if (area < campaign.area || area > campaign.hi || area < tx.actor.lo || area > tx.actor.hi) throw new Problem("not-found");
  const record: RecordRow = {
    county: countyOf(area),
    id: input.id ?? newId(),
    subjectId: newId(),
    area,
    scheme: campaign.scheme,
    version: campaign.version,
    campaignId: campaign.id,
    referenceDate: campaign.referenceDate,
    origin: "added",
    state: "draft",
    heldFrom: null,
    head: 0,
    collector: null,
    channel: null,
    openRemarks: 0,
    issues: [],
    name: "",
    idDigest: null,
    idMasked: null,
    sex: null,
    birthDate: null,
    holdsNumber: false,
    kind: null,
    answers: {},
    sealed: null,
    personKey: null,
    provenance: null,
    signedDigest: null,
    reason: null,
    mediaIds: null,
    categories: [],
    desk: null,
    approvedAt: null,
    ...(await termsOf(tx, campaign.id, area)),
  };
  demandOpenEntry(tx, platform, record, input);
  const { county, id, subjectId, scheme, version, campaignId, state } = record;
  demandMove("capture", tx.actor, record);
  await tx.insertInto("subject").values({ county, id: subjectId, area, name: "", pinyin: "", initials: "" }).execute();
  await tx.insertInto("record").values({ county, id, subjectId, area, scheme, version, campaignId, state, origin: "added" }).execute();
  return captureInto(tx, platform, record, input, {}, later);
}

/**
 * Saves captures of many records of one county, as an upload of a day's work: the same decisions as one by one in the order given, with few statements for all of them.
 * A person comes once. One that is refused refuses all. @throws as `saveCapture`, and Problem bad-request when a person comes twice
 */
export async function saveCaptures(tx: Tx, platform: Platform, county: number, inputs: readonly (CaptureContent & { readonly id: string; readonly basedOn: number })[]): Promise<CaptureReply[]> {
  const locked = await lockWholeRecords(tx, county, inputs.map(({ id }) => id));
  const records = new Map(locked.map((record) => [record.id, record]));
  if (locked.length > records.size || new Set(locked.map(({ subjectId }) => subjectId)).size < records.size) throw new Problem("bad-request", { zh: "同一人在一批中出现两次", en: "A person stands twice in one batch" });
  const replies: CaptureReply[] = [];
  const waiting: Decided[] = [];
  for (const input of inputs) {
    const record = demandCurrent(records.get(input.id), input.basedOn);
    demandOpenEntry(tx, platform, record, input);
    const { definition } = await loadScheme(tx, record.scheme, record.version);
    // Who counts what was captured must find those before it.
    if (countsOf(definition).length > 0) await keep(tx, waiting.splice(0));
    waiting.push(await decide(tx, platform, record, input, {}));
    replies.push(waiting.at(-1)!.reply);
  }
  await keep(tx, waiting);
  return replies;
}

/** Captures into a record that the transaction holds locked. With `later` it is decided now and stored by `storeLater`. @throws as `saveCapture` */
export async function captureInto(tx: Tx, platform: Platform, record: RecordRow, input: CaptureContent, vouchedBy: VouchedBy = {}, later?: Later): Promise<CaptureReply> {
  const decided = await decide(tx, platform, record, input, vouchedBy);
  // Who counts what was captured must find those before it.
  const { definition } = await loadScheme(tx, record.scheme, record.version);
  if (later && countsOf(definition).length === 0) later.push(decided);
  else await keep(tx, [decided]);
  return decided.reply;
}

/**
 * Captures of one county and round that are decided and not stored yet. Each record stands here once: whoever has more to do on it stores these first. What was decided behind a
 * savepoint that is rolled back is taken out again.
 */
export type Later = Decided[];
/** Stores what waits, in few statements. */
export const storeLater = (tx: Tx, later: Later): Promise<void> => keep(tx, later.splice(0));

type Decided = { readonly record: RecordRow; readonly change: Change; readonly name: string; readonly reply: CaptureReply };

async function keep(tx: Tx, decided: readonly Decided[]): Promise<void> {
  await storeAll(tx, decided.map(({ record: at, change }) => ({ at, change })));
  for (const { record, name } of decided) if (name !== record.name) await replaceNameParts(tx, record, nameEnds(name));
}

/** What becomes of a record that the transaction holds locked. Numbers, marks and notices are claimed and bound at once, the rest waits to be kept. */
async function decide(tx: Tx, platform: Platform, record: RecordRow, input: CaptureContent, vouchedBy: VouchedBy): Promise<Decided> {
  const correction = record.state === "accepted";
  demandMove(correction ? "correct" : "capture", tx.actor, record);
  refuseDesignationIn(tx, platform, [input.reason], record);
  const scheme = await loadScheme(tx, record.scheme, record.version);
  const { definition } = scheme;
  const checked = await checkAnswers(tx, platform, scheme, record, input);
  refuseDesignations(tx, platform, checked.issues, record);
  if (correction && !input.submit) throw new Problem("move-not-possible", say.correctionIsSubmitted);
  if (correction && !input.reason) throw new Problem("record-has-issues", say.reasonMissing);

  const before = headOf(platform.keys, record);
  const after = checked.answers;
  const changed = changedPaths(definition, before, after);
  demandUnlocked(definition, record.plan.locks, changed);
  const person = personOf(definition, platform.keys, after);
  const issues = [...checked.issues, ...belonging(definition, record, after), ...toBeJudged(definition, record, before, after, input.toJudge)];
  const duplicate = await claim(tx, definition.key, record, person.idDigest);
  issues.push(...(await acrossIssues(tx, platform.keys, record, definition, platform.clock.today(), before, after)));
  if (duplicate) issues.push(say.duplicatePerson(definition.identity?.idNumber ?? definition.generalForm));

  const carried = record.kind === "capture" || record.kind === "correction";
  const reason = input.reason ?? (carried && !correction ? record.reason : null);
  const provenance = provenanceOf(definition, record, before, after, input, vouchedBy);
  if (input.submit) demandSubmittable([...issues, ...unticked(definition, after, provenance)], reason, record);
  const signedDigest = digestOf(input) ?? record.signedDigest;
  const ticked = Object.entries(provenance).some(([path, from]) => from === UNCHANGED && record.provenance?.[path] === CARRIED);
  const stored = changed.length > 0 || ticked || record.head === 0 || record.kind === "base" || (input.reason !== undefined && input.reason !== record.reason) || signedDigest !== record.signedDigest;
  const no = stored ? record.head + 1 : record.head;
  const state: State = input.submit ? "submitted" : record.state === "returned" ? "returned" : "draft";
  const kind = correction ? "correction" : "capture";
  if (input.notice !== undefined && (input.submit || input.notice !== null)) await bindNotice(tx, platform, { county: record.county, id: record.id, area: record.area, scheme: record.scheme, revision: no, signedDigest: signedDigestOf(definition, after) }, input.notice, input.device !== undefined ? "field" : input.submit ? "desk" : "draft");
  const key = record.personKey ?? (stored || input.pictures?.length ? await personKey(tx, platform.keys, record) : Buffer.alloc(0));
  const change: Change = {
    record: {
      state,
      head: no,
      ...(input.submit && { desk: record.plan.chain[0] ?? null }),
      issues,
      ...(stored && { collector: tx.actor.account, channel: input.channel }),
      categories: chosenCategories(definition, after),
      counted: countedOf(definition, after, record.referenceDate),
      stamp: [...(stored ? (["captured"] as const) : []), ...(input.submit ? (["submitted"] as const) : [])],
    },
    revision: stored
      ? {
          ...shut(definition, platform.keys, key, record.county, record.id, after),
          no,
          basedOn: record.head,
          kind,
          provenance,
          signedDigest,
          reason,
          channel: input.channel,
        }
      : undefined,
    person: stored && !isKnownAs(record, person) ? person : undefined,
    pictures: input.pictures?.map(({ key: file, ...picture }) => ({ ...picture, fileKey: fileKeyOf(platform.keys, key, record.county, { id: picture.id, key: file }) })),
    facts: [
      ...(stored ? [{ kind: recordEvents.captured, data: { revision: no, kind, changed } }] : []),
      ...(input.submit ? [{ kind: recordEvents.submitted, data: { revision: no, ...(correction && { correction: true }) } }] : []),
    ],
    audit: { action: input.submit ? "record.submit" : "record.capture", detail: { revision: no, changed: changed.length } },
  };
  return { record, change, name: person.name, reply: { county: record.county, id: record.id, head: no, state, issues: mutable(issues) } };
}

async function checkAnswers(tx: Tx, platform: Platform, scheme: LoadedScheme, record: RecordRow, { answers, pictures: brought = [] }: CaptureContent): Promise<{ answers: Answers; issues: Issue[] }> {
  const areas = await areasOfCounty(tx, record.county);
  const known = (code: number): boolean => areas.size === 0 || countyOf(code) !== record.county || areas.has(code);
  const checked = scheme.check(answers, { today: platform.clock.today(), referenceDate: record.referenceDate, known: { area: known } });
  return { answers: checked.answers, issues: [...checked.issues, ...missingMedia(scheme.definition, checked.answers, new Set([...(record.mediaIds ?? []), ...brought.map((picture) => picture.id)]))] };
}

/** Pictures named in the answers that this record does not hold. */
function missingMedia(scheme: Scheme, answers: Answers, held: ReadonlySet<string>): Issue[] {
  return answeredItems(scheme, answers, isPicture).flatMap(({ path, item, value }) => (held.has(String(value)) ? [] : [say.mediaMissing(path, item.label)]));
}

/** Pictures that wait for a reviewer's tick: those named now, and those named before that are still the same. */
function toBeJudged(scheme: Scheme, record: RecordRow, before: Answers, after: Answers, named: readonly string[] = []): Issue[] {
  const waiting = new Set(record.issues.filter((issue) => issue.code === say.PICTURE_TO_JUDGE).flatMap((issue) => issue.paths));
  if (named.length === 0 && waiting.size === 0) return [];
  return answeredItems(scheme, after, isPicture).flatMap(({ path, item, value }) => {
    const waits = named.includes(String(value)) || (waiting.has(path) && answerAt(before, path) === value);
    return waits ? [say.pictureToJudge(path, item.label)] : [];
  });
}

/** Registered in another county or another township: said where the record is, settled by hand-over or an outcome. */
function belonging(scheme: Scheme, record: RecordRow, answers: Answers): Issue[] {
  const domicile = domicileOf(scheme, answers);
  if (domicile === undefined) return [];
  const path = scheme.identity?.area ?? "";
  if (countyOf(domicile) !== record.county) return [say.registeredElsewhere(path)];
  const township = (code: number): number => Math.floor(code / 1000);
  return township(record.area) % 1000 !== 0 && township(domicile) !== township(record.area) ? [say.registeredInOtherTownship(path)] : [];
}

/** Claims the number, gives an old one up; true when another subject that the caller may see holds the number. Elsewhere is not told: the county's offices settle it. */
async function claim(tx: Tx, scheme: string, record: RecordRow, digest: Buffer | null): Promise<boolean> {
  const same = sameDigest(digest, record.idDigest);
  if (same && record.holdsNumber) return false;
  if (!same && record.idDigest !== null) await releaseNumber(tx, scheme, record);
  return digest !== null && !(await claimNumber(tx, scheme, record, digest));
}

const sameDigest = (a: Buffer | null, b: Buffer | null): boolean => (a === null ? b === null : b !== null && a.equals(b));
/** Whether the subject says of the person what the answers say; sound keys follow the name. */
const isKnownAs = (record: RecordRow, person: Person): boolean =>
  person.name === record.name && person.sex === record.sex && person.birthDate === record.birthDate && person.idMasked === record.idMasked && sameDigest(person.idDigest, record.idDigest);

function demandSubmittable(issues: readonly Issue[], reason: string | null, record: RecordRow): void {
  const blocking = issues.filter((issue) => issue.severity === "block" && issue.code !== "duplicate-person");
  if (blocking.length > 0) throw new Problem("record-has-issues", undefined, blocking);
  const explain = issues.filter((issue) => issue.severity === "explain");
  if (explain.length > 0 && !reason) throw new Problem("record-has-issues", say.reasonMissing, explain);
  if (record.openRemarks > 0) throw new Problem("remarks-unanswered");
}

/** A digest is 64 hexadecimal digits; anything else is not kept. */
const digestOf = (input: CaptureContent): string | undefined => (input.signedDigest !== undefined && /^[0-9a-f]{64}$/u.test(input.signedDigest) ? input.signedDigest : undefined);
const origins = new Set(["card", "declared", "self", "base", "paper", "manual", "device", UNCHANGED]);

/** Where each answered value came from: said by the caller for what changed, kept for what did not. */
function provenanceOf(scheme: Scheme, record: RecordRow, before: Answers, after: Answers, input: CaptureContent, vouchedBy: VouchedBy): Record<string, string> {
  const usual = input.channel === "paper" ? "paper" : "declared";
  const provenance: Record<string, string> = {};
  for (const { path, value } of answeredItems(scheme, after)) {
    const given = input.provenance?.[path];
    const kept = sameAnswer(answerAt(before, path), value) ? record.provenance?.[path] : undefined;
    const department = vouchedBy[path];
    // Under a signature on the terminal the person has seen each answer: that is the tick.
    const ticked = kept === CARRIED && input.capturedOn !== undefined && digestOf(input) !== undefined;
    provenance[path] = department !== undefined ? `department:${department}` : given !== undefined && origins.has(given) && (given !== UNCHANGED || kept === CARRIED || kept === UNCHANGED) ? given : ticked ? UNCHANGED : (kept ?? usual);
  }
  return provenance;
}

/** Issues in the shape of replies. */
export const mutable = (issues: readonly Issue[]): CaptureReply["issues"] => issues.map((issue) => ({ ...issue, paths: [...issue.paths] }));

/** States in which pictures may be added: those in which something can be captured or corrected. */
export const takesMedia: readonly State[] = [...moves.capture.from, ...moves.correct.from];
