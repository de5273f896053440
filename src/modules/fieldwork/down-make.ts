// Makes the file of a bundle for a terminal: lease, revocations, rounds, definitions, areas, people, who is gone, receipts, the chain's head.
// People are read in batches and sealed as they come; memory stays small whatever the number.
import fs from "node:fs/promises";
import path from "node:path";
import type { DownEntry, LeaseEntry, NoticeEntry, PersonEntry, ReceiptEntry, RemarkEntry } from "../../bundle/contents.ts";
import type { Piece } from "../../bundle/frames.ts";
import { seal } from "../../bundle/seal.ts";
import { areaRange, formatAreaCode } from "../../core/area-code.ts";
import { Problem } from "../../core/problem.ts";
import { type Actor, actorFor, systemActor, type Tx } from "../../platform/database.ts";
import type { Platform } from "../../platform/platform.ts";
import { readPicture, unshutAnswers } from "../records/service.ts";
import { loadScheme } from "../schemes/service.ts";
import { noticeAt } from "../safeguards/service.ts";
import { worksOnTerminals } from "../access/rules.ts";
import { accountInUse } from "../access/service.ts";
import { toldOf } from "./bundle-rows.ts";
import * as rows from "./down-rows.ts";
import { noticesFor } from "./notices.ts";
import { officeKeys, officeName } from "./office-keys.ts";
import { contentFor, isOpen } from "./person-content.ts";
import { deviceById, type EnrolledDevice, isEnrolled, newestLease, operatorsOf, revokedDevices } from "./queries.ts";
import { downFileOf } from "./upload-files.ts";

const batch = 1000;
/** Portraits of people who are only listed are small, so that fifty thousand fit; those who are worked on have theirs as it is. */
const portraitBytes = { listed: 10 << 10, open: 300 << 10 };
const lifeDays = 30;
const first = "0".repeat(64);
const duty = systemActor("terminals");
const atWork = new Map<string, Promise<number>>();

/** Makes the file, says that it is ready and gives its bytes; a second call while it is made waits for the first. Made again after a kill. */
export function makeDown(platform: Platform, row: rows.DownRow): Promise<number> {
  const running = atWork.get(row.id);
  if (running) return running;
  const work = make(platform, row).finally(() => atWork.delete(row.id));
  atWork.set(row.id, work);
  return work;
}

type Background = { readonly device: EnrolledDevice; readonly since: rows.DownRow | undefined; readonly lease: LeaseEntry; readonly revoked: readonly string[]; readonly receipts: readonly rows.ReceiptRow[]; readonly notices: readonly NoticeEntry[] };

async function backgroundOf(tx: Tx, platform: Platform, row: rows.DownRow): Promise<Background> {
  const device = await deviceById(tx, row.deviceId);
  if (!isEnrolled(device)) throw new Problem("not-found");
  const since = row.sinceSeq === 0 ? undefined : await rows.downAt(tx, device, row.sinceSeq);
  return { device, since, lease: await leaseOf(tx, platform, device), revoked: row.revocationNo === 0 ? [] : await revokedDevices(tx, device.county), receipts: await rows.receiptsOf(tx, device, since), notices: await noticesFor(tx, device, since, platform.clock.today()) };
}

async function make(platform: Platform, row: rows.DownRow): Promise<number> {
  const background = await platform.database.read(duty, (tx) => backgroundOf(tx, platform, row));
  const { device, since } = background;
  const keys = officeKeys(platform.keys, device.suite);
  const file = downFileOf(platform, row);
  const made = `${file}.making`;
  const tally: Tally = { people: 0, done: 0, holds: [...row.holds] };
  await fs.mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  const created = platform.clock.now();
  const header = {
    kind: "terminal",
    from: officeName(device.county),
    to: device.id,
    seq: row.seq,
    previous: device.downDigest ?? first,
    created: created.toISOString(),
    expires: new Date(created.getTime() + lifeDays * 86_400_000).toISOString(),
    about: { whole: row.whole, ...cursorAfter(row, since) },
  } as const;
  const handle = await fs.open(made, "w", 0o600);
  try {
    let [size, digest] = [0, ""];
    const tell = (bytes: Uint8Array): void => void (digest = Buffer.from(bytes).toString("hex"));
    const pieces = piecesOf(platform, background, row, tally);
    for await (const chunk of seal({ suite: device.suite, header, pieces, device: keys.sign, receiver: Buffer.from(device.sealKey, "hex"), tell })) {
      await handle.write(chunk, 0, chunk.length, size);
      size += chunk.length;
    }
    await handle.sync();
    await fs.rename(made, file);
    await platform.database.write(duty, async (tx) => {
      await change(tx, row, { state: "ready", digest, bytes: size, people: tally.people, done: row.total, holds: tally.holds });
      await tx.updateTable("device").set({ downDigest: digest }).where("county", "=", row.county).where("id", "=", row.deviceId).where("downSeq", "=", row.seq).execute();
    });
    return size;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOSPC") throw new Problem("disk-full");
    throw error;
  } finally {
    await handle.close();
    await fs.rm(made, { force: true });
  }
}

/** Where the terminal stands with this bundle; without a lease it stays where it was. */
const cursorAfter = (row: rows.DownRow, since: rows.DownRow | undefined): { readonly cursor?: string } => {
  const at = row.withheld ? since : row;
  return at ? { cursor: `${at.seq}.${at.id}` } : {};
};

type Tally = { people: number; done: number; holds: string[] };
const change = (tx: Tx, row: rows.DownRow, set: { readonly state?: string; readonly digest?: string; readonly bytes?: number; readonly people?: number; readonly done?: number; readonly holds?: string[] }) =>
  tx.updateTable("downBundle").set(set).where("county", "=", row.county).where("deviceId", "=", row.deviceId).where("seq", "=", row.seq).execute();
const entry = (one: DownEntry): Piece => ({ entry: one });

async function* piecesOf(platform: Platform, { device, since, lease, revoked, receipts, notices }: Background, row: rows.DownRow, tally: Tally): AsyncGenerator<Piece> {
  const range = areaRange(device.area);
  const reader = systemActor("terminal-bundle", range.lo, range.hi);
  yield entry(lease);
  yield entry({ type: "revocations", no: row.revocationNo, devices: revoked });
  if (!row.withheld) for (const notice of notices) yield entry(notice);
  // Without a lease nobody can open the terminal: nothing personal goes out, but what it sent is answered.
  if (!row.withheld) yield* ground(platform, reader, device, row, since, tally);
  for (const receipt of receipts) yield entry(receiptOf(platform, device, receipt));
  yield entry({ type: "taken", seq: device.seq, digest: device.headDigest ?? first });
}

/** Who may open the terminal today: trained, in use, and still somebody who works on terminals. */
export async function operatorsInForce(tx: Tx, platform: Platform, device: EnrolledDevice): Promise<LeaseEntry["operators"]> {
  const operators = [];
  for (const row of await operatorsOf(tx, device)) {
    const account = row.activatedAt && row.until >= platform.clock.today() ? await accountInUse(tx, platform.clock.today(), row.account) : undefined;
    if (account && worksOnTerminals(account.actor.roles)) operators.push({ account: row.account, name: row.name, until: row.until });
  }
  return operators;
}

/** The programmes for which those who may open the terminal today may capture; undefined: all of them. */
export async function schemesInForce(tx: Tx, platform: Platform, device: EnrolledDevice): Promise<ReadonlySet<string> | undefined> {
  const held = new Set<string>();
  const operators = await operatorsInForce(tx, platform, device);
  for (const { account } of operators) {
    const found = await accountInUse(tx, platform.clock.today(), account);
    const schemes = found && actorFor(found.actor, "record.capture").schemes;
    if (!schemes) return undefined;
    for (const scheme of schemes) held.add(scheme);
  }
  return operators.length === 0 ? undefined : held;
}

async function leaseOf(tx: Tx, platform: Platform, device: EnrolledDevice): Promise<LeaseEntry> {
  const lease = await newestLease(tx, device);
  const inForce = lease !== undefined && lease.untilAt > platform.clock.now();
  const operators = await operatorsInForce(tx, platform, device);
  const [from, until] = [lease?.fromAt ?? new Date(0), lease?.untilAt ?? new Date(0)];
  return {
    type: "lease",
    device: device.id,
    label: device.label,
    area: device.area,
    from: from.toISOString(),
    until: until.toISOString(),
    secret: inForce ? platform.keys.lease(device.id).toString("base64url") : "",
    wipeAfterDays: device.wipeAfterDays,
    operators,
  };
}

type Ground = { readonly papers: readonly DownEntry[]; readonly reach: rows.Reach; readonly gone: readonly string[] };

/** Rounds, definitions, areas and who is gone. */
async function groundOf(tx: Tx, platform: Platform, device: EnrolledDevice, row: rows.DownRow, since: rows.DownRow | undefined, tally: Tally): Promise<Ground> {
  const { lo, hi } = areaRange(device.area);
  const rounds = (await rows.roundsOf(tx, lo, hi, platform.clock.today())).filter((round) => row.holds.includes(`campaign:${round.id}`));
  const reach: rows.Reach = { county: device.county, lo, hi, campaigns: rounds.map((round) => round.id) };
  const papers: DownEntry[] = [];
  const cited = [...rounds, ...(await rows.versionsCited(tx, reach))];
  for (const { scheme, version } of new Map(cited.map((one) => [`${one.scheme}@${one.version}`, one])).values()) {
    const name = `scheme:${scheme}@${version}`;
    tally.holds.push(name);
    if (since?.holds.includes(name)) continue;
    const { definition, hash } = await loadScheme(tx, scheme, version);
    papers.push({ type: "scheme", key: scheme, version, hash, definition: definition as never });
  }
  for (const round of rounds) {
    const notice = await noticeAt(tx, platform, { scheme: round.scheme, area: device.area });
    papers.push({ type: "campaign", id: round.id, scheme: round.scheme, version: round.version, label: rows.nameOf(round), referenceDate: round.referenceDate, area: round.area, gate: round.gate, ...(notice && { notice: { no: notice.no, digest: notice.digest, body: notice.body } }), ...(platform.asksPlace === true && { place: true as const }) });
  }
  if (!since) {
    const areas = await rows.areasOf(tx, device.county);
    papers.push({ type: "areas", top: formatAreaCode(device.county * 1e6), rows: areas.map((one) => [formatAreaCode(one.code), one.name] as const) });
  }
  const ended = (since?.holds ?? []).filter((one) => one.startsWith("campaign:") && !row.holds.includes(one)).map((one) => one.slice("campaign:".length));
  return { papers, reach, gone: since ? await rows.goneSince(tx, reach, since, ended) : [] };
}

/** Rounds, definitions, areas, who is gone, and people. */
async function* ground(platform: Platform, reader: Actor, device: EnrolledDevice, row: rows.DownRow, since: rows.DownRow | undefined, tally: Tally): AsyncGenerator<Piece> {
  const { papers, reach, gone } = await platform.database.read(reader, (tx) => groundOf(tx, platform, device, row, since, tally));
  for (const paper of papers) yield entry(paper);
  for (const id of gone) yield entry({ type: "gone", county: device.county, record: id });
  const fresh = reach.campaigns.filter((id) => since && !since.holds.includes(`campaign:${id}`));
  const known = reach.campaigns.filter((id) => !fresh.includes(id));
  yield* people(platform, reader, { ...reach, campaigns: known }, since, row, tally);
  if (fresh.length > 0) yield* people(platform, reader, { ...reach, campaigns: fresh }, undefined, row, tally);
}

async function* people(platform: Platform, reader: Actor, reach: rows.Reach, since: rows.DownRow | undefined, row: rows.DownRow, tally: Tally): AsyncGenerator<Piece> {
  let last = "00000000-0000-0000-0000-000000000000";
  for (;;) {
    const found = await platform.database.read(reader, async (tx) => {
      const people = await rows.peopleAfter(tx, reach, since, last, batch);
      const ids = people.map((one) => one.id);
      const open = people.filter((one) => isOpen(one.state)).map((one) => one.id);
      return {
        people,
        remarks: Map.groupBy(await rows.remarksOf(tx, reach.county, open), (one) => one.recordId),
        portraits: new Map([...(await rows.portraitsOf(tx, reach.county, ids, portraitBytes.listed)), ...(await rows.portraitsOf(tx, reach.county, open, portraitBytes.open))].map((one) => [one.recordId, one])),
        schemes: new Map(await Promise.all([...new Set(people.map((one) => `${one.scheme}@${one.version}`))].map(async (name) => [name, await loadScheme(tx, name.slice(0, name.lastIndexOf("@")), name.slice(name.lastIndexOf("@") + 1))] as const))),
      };
    });
    const pictures = new Map(await Promise.all([...found.portraits.values()].map(async (one) => [one.recordId, await readPicture(platform, reach.county, one)] as const)));
    for (const one of found.people) {
      const { definition } = found.schemes.get(`${one.scheme}@${one.version}`)!;
      const portrait = found.portraits.get(one.id);
      const whole = one.head === 0 ? {} : unshutAnswers(platform.keys, reach.county, one.id, one.answers, one.sealed);
      yield entry({
        type: "person",
        county: reach.county,
        record: one.id,
        campaign: one.campaignId,
        area: one.area,
        state: one.state,
        head: one.head,
        answers: contentFor(definition, one.state, whole) as PersonEntry["answers"],
        remarks: (found.remarks.get(one.id) ?? []).map(remarkOf),
        issues: isOpen(one.state) ? one.issues : [],
        ...(portrait && { portrait: portrait.id }),
      });
      if (portrait) yield { entry: { type: "picture", entry: one.id, id: portrait.id, path: portrait.path, mime: "image/jpeg", sha256: portrait.sha256 } satisfies DownEntry, bytes: pictures.get(one.id)! };
    }
    tally.people += found.people.length;
    if (found.people.length < batch) return;
    last = found.people.at(-1)!.id;
    await platform.database.write(duty, (tx) => change(tx, row, { done: Math.min(tally.people, row.total) }));
  }
}

const remarkOf = (one: rows.RemarkRow): RemarkEntry => ({ id: one.id, path: one.path, body: one.body, author: one.author, at: one.at.toISOString(), ...(one.answer !== null && { answer: one.answer }) });

function receiptOf(platform: Platform, device: EnrolledDevice, row: rows.ReceiptRow): ReceiptEntry {
  const told = toldOf(platform, { county: device.county, entry: row.entry, sealed: row.sealed });
  return {
    type: "receipt",
    entry: row.entry,
    outcome: row.outcome as ReceiptEntry["outcome"],
    county: row.recordCounty,
    record: row.recordId,
    head: row.head,
    state: row.state,
    issues: told.issues,
    ...(told.why && { why: told.why }),
    at: row.at.toISOString(),
  };
}
