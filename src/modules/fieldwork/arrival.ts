// A bundle that is here whole is opened: who made it, where it stands in the chain, whether it is too old; then its entries one by one.
// Every step can be taken again: a worker that is killed anywhere leaves a bundle that goes on where it was.
import fs from "node:fs/promises";
import type { Piece } from "../../bundle/frames.ts";
import { BundleFault } from "../../bundle/fault.ts";
import type { BundleHeader } from "../../bundle/header.ts";
import { keysNamed, open, type Opened } from "../../bundle/open.ts";
import { type ByteSource, sourceOf } from "../../bundle/source.ts";
import type { Text } from "../../core/issue.ts";
import { Problem } from "../../core/problem.ts";
import { audit } from "../../platform/audit.ts";
import { type Actor, systemActor, type Tx } from "../../platform/database.ts";
import type { Platform } from "../../platform/platform.ts";
import { accountInUse } from "../access/service.ts";
import { type EntryOutcome, refuse, type Sender, type Work } from "./apply-entry.ts";
import { applyTogether, TOGETHER } from "./apply-together.ts";
import { type BundleRow, bundleById, linkAt, outcomesOf, repeatReceipts, setBundle, waitingAt } from "./bundle-rows.ts";
import { asCapture, asPicture, idOf } from "./entries.ts";
import { officeKeys } from "./office-keys.ts";
import { deviceById, deviceByKey, type DeviceRow, type EnrolledDevice, isEnrolled, lockDevice, type OperatorRow, operatorsOf, raiseAlarm } from "./queries.ts";
import { chainVerdict, expiredWhy, limits, skewOf } from "./rules.ts";
import { fileOf } from "./upload-files.ts";
import { tellLooked } from "./wake.ts";

export type Log = (line: Readonly<Record<string, unknown>>) => void;
const duty = systemActor("terminals");
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
const say = (zh: string, en: string): Text => ({ zh, en });
const mostEntries = 20_000;
/** Up to this size the pieces stay in memory between looking and applying. */
const smallBytes = 16 << 20;

/** The terminal that a bundle names, in the caller's area. @throws Problem bundle-not-accepted */
export async function deviceNamed(tx: Tx, bytes: Uint8Array): Promise<DeviceRow> {
  try {
    const device = await deviceByKey(tx, hex((await keysNamed(sourceOf(bytes))).device));
    if (device) return device;
  } catch (error) {
    if (error instanceof BundleFault) throw new Problem("bundle-not-accepted", error.say);
    throw error;
  }
  throw new Problem("bundle-not-accepted", say("制作此数据包的终端未在本机构登记", "The terminal that made this bundle is not registered with this office"));
}

/** Works one bundle off as far as it goes; does nothing when it is settled. */
export async function workOffBundle(platform: Platform, id: string, log: Log): Promise<void> {
  const { row, device, operators } = await platform.database.read(duty, async (tx) => {
    const found = await bundleById(tx, id);
    const from = found?.deviceId ? await deviceById(tx, found.deviceId) : undefined;
    return { row: found, device: from, operators: from ? await operatorsOf(tx, from) : [] };
  });
  if (row?.state !== "queued" || !device) return;
  try {
    await look(platform, row, device, operators, log);
  } finally {
    tellLooked(platform, id);
  }
}

async function look(platform: Platform, row: BundleRow, device: DeviceRow, operators: readonly OperatorRow[], log: Log): Promise<void> {
  if (!isEnrolled(device) || device.state === "revoked") return refuseWhole(platform, row, device, say("终端已吊销，其数据包不再接收", "The terminal was revoked; its bundles are not taken any more"));
  const file = await fs.open(fileOf(platform, row), "r").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
  if (!file) return refuseWhole(platform, row, device, say("数据包文件已不在，请重新上传", "The file of the bundle is gone; upload it again"));
  try {
    await workOff(platform, row, device, operators, await sourceIn(file), log);
  } catch (error) {
    if (!(error instanceof BundleFault)) throw error;
    await refuseWhole(platform, row, device, error.say);
  } finally {
    await file.close();
  }
}

/** A small bundle is read at once, a large one by ranges. */
async function sourceIn(file: fs.FileHandle): Promise<ByteSource> {
  const { size } = await file.stat();
  if (size <= smallBytes) return sourceOf(await file.readFile());
  return { size, read: async (offset, length) => (await file.read(new Uint8Array(length), 0, length, offset)).buffer };
}

async function workOff(platform: Platform, row: BundleRow, device: EnrolledDevice, operators: readonly OperatorRow[], source: ByteSource, log: Log): Promise<void> {
  const named = await keysNamed(source);
  const operator = named.person && operatorOf(operators, hex(named.person));
  if (!operator) return refuseWhole(platform, row, device, say("数据包不是由这台终端的采集员签名的", "The bundle is not signed by a collector of this terminal"));
  const keys = { device: Buffer.from(device.signKey, "hex"), person: Buffer.from(operator.key, "hex"), receiver: officeKeys(platform.keys, device.suite).seal };
  const openAgain = (): Promise<Opened> => open(source, keys, { maxSize: limits.bundleBytes, maxEntries: mostEntries, maxBytes: 4 << 20, maxJson: 4 << 20 });
  const { header, digest, pieces } = await openAgain();
  // Nothing is applied before the end was read: what is wrong inside shows at its place.
  const small: Piece[] = [];
  for await (const piece of pieces) if (source.size <= smallBytes) small.push(piece);
  if (header.kind !== "captures" || header.from !== device.id) return refuseWhole(platform, row, device, say("这不是这台终端的采集数据包", "This is not a bundle of captures of this terminal"));
  const turn = await placeInChain(platform, row, header, digest, operator.row);
  if (!turn) return;

  const lapsed = operator.row.until < platform.clock.today();
  const sender: Sender = {
    device,
    bundle: row.id,
    operator: operator.row.account,
    actor: lapsed ? undefined : turn.actor,
    barred: lapsed ? say("采集员的培训已过期", "The collector's training is out of date") : say("采集员账号已停用", "The collector's account is disabled"),
  };
  const counts = new Map<EntryOutcome | "unreadable", number>();
  const count = (outcome: EntryOutcome | "unreadable"): void => void counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  let works: Work[] = [];
  const settle = async (): Promise<void> => {
    const outcomes = await applyTogether(platform, sender, works, (work, error) => log({ level: "error", where: "terminal entry", entry: work.capture.entry, error: error instanceof Error ? error.stack : String(error) }));
    outcomes.forEach(count);
    works = [];
  };
  for await (const work of worksOf(source.size <= smallBytes ? small : (await openAgain()).pieces)) {
    if ("capture" in work) {
      // The same work twice in one bundle: the second hears what became of the first.
      if (works.length === TOGETHER || works.some((one) => one.capture.entry === work.capture.entry)) await settle();
      works.push(work);
    } else count(await unreadOutcome(platform, sender, work));
  }
  await settle();
  await finish(platform, row, device, header, digest, counts);
}

type Unread = { readonly unread: unknown };
/** Captures with the pictures that follow them. */
async function* worksOf(pieces: AsyncIterable<Piece> | Iterable<Piece>): AsyncGenerator<Work | Unread> {
  let open: { capture: Work["capture"]; pictures: Work["pictures"][number][] } | undefined;
  for await (const { entry, bytes } of pieces) {
    const picture = asPicture(entry);
    if (picture && bytes && open?.capture.entry === picture.entry) {
      open.pictures.push({ entry: picture, bytes });
      continue;
    }
    if (open) yield open;
    const capture = asCapture(entry);
    open = capture && { capture, pictures: [] };
    if (!capture) yield { unread: entry };
  }
  if (open) yield open;
}

async function unreadOutcome(platform: Platform, sender: Sender, work: Unread): Promise<EntryOutcome | "unreadable"> {
  const entry = idOf(work.unread);
  if (entry === undefined) return "unreadable";
  // Its terminal hears that it is not understood; a picture that belongs to nothing needs no receipt.
  if ((work.unread as { type?: unknown }).type !== "capture") return "unreadable";
  const known = await platform.database.read(duty, (tx) => tx.selectFrom("bundleEntry").select("entry").where("county", "=", sender.device.county).where("entry", "=", entry).executeTakeFirst());
  if (known) return "repeated";
  return refuse(platform, sender, { entry, record: entry, county: sender.device.county }, { issues: [], why: say("内容格式不正确，请更新终端程序", "The content is not of the expected form; update the terminal's program") });
}

/** The operator whose key it is, with that key: the present one or one of an earlier activation. */
function operatorOf(operators: readonly OperatorRow[], name: string): { readonly row: OperatorRow; readonly key: string } | undefined {
  for (const row of operators) {
    if (row.keyName === name && row.signKey !== null) return { row, key: row.signKey };
    const former = row.formerKeys.find((one) => one.startsWith(`${name}:`));
    if (former) return { row, key: former.slice(name.length + 1) };
  }
  return undefined;
}

/** When the bundle is the next of its chain and its entries are to be applied now: its collector, with the rights of this moment. */
function placeInChain(platform: Platform, row: BundleRow, header: BundleHeader, digest: string, operator: OperatorRow): Promise<{ readonly actor: Actor | undefined } | undefined> {
  const now = platform.clock.now();
  return platform.database.write(duty, async (tx) => {
    const device = await lockDevice(tx, row.county, row.deviceId!);
    const current = await bundleById(tx, row.id);
    if (!device || current?.state !== "queued") return undefined;
    const link = await linkAt(tx, device, header.seq);
    const said = { seq: header.seq, digest, previous: header.previous, madeAt: new Date(header.created), operator: operator.account };
    const skew = skewOf(header.about as Parameters<typeof skewOf>[0], header.created);
    if (skew !== undefined && skew !== device.skewSeconds) await tx.updateTable("device").set({ skewSeconds: skew }).where("county", "=", device.county).where("id", "=", device.id).execute();
    const verdict = chainVerdict({ seq: device.seq, headDigest: device.headDigest, digestAt: () => link?.digest ?? undefined }, { seq: header.seq, digest, previous: header.previous });
    const broken = verdict.kind === "broken" ? verdict.why : verdict.kind === "wait" ? await otherThatWaits(tx, device, header.seq, digest) : undefined;
    if (broken) {
      await setBundle(tx, row, { ...said, state: "refused", problem: JSON.stringify(broken), settledAt: now });
      await raiseAlarm(tx, device, broken);
      await audit(tx, { action: "terminal.alarm", county: device.county, area: device.area, people: 0, detail: { device: device.id, bundle: row.id, seq: header.seq } });
      return undefined;
    }
    if (verdict.kind === "repeat") {
      if (link) await repeatReceipts(tx, device, link.id);
      await setBundle(tx, row, { ...said, state: "applied", outcomes: JSON.stringify({ repeated: header.entries }), settledAt: now });
      return undefined;
    }
    if (verdict.kind === "wait") {
      await setBundle(tx, row, { ...said, state: "waiting" });
      return undefined;
    }
    const expired = expiredWhy(header, row.completeAt ?? now);
    if (!expired) {
      await setBundle(tx, row, said);
      return { actor: (await accountInUse(tx, platform.clock.today(), operator.account))?.actor };
    }
    // A link of the chain all the same: the terminal packs the work again under the next number.
    await setBundle(tx, row, { ...said, state: "refused", problem: JSON.stringify(expired), inChain: true, settledAt: now });
    await advance(tx, device, header.seq, digest);
    return undefined;
  });
}

async function otherThatWaits(tx: Tx, device: DeviceRow, seq: number, digest: string): Promise<Text | undefined> {
  const others = await waitingAt(tx, device, seq);
  return others.some((other) => other.digest !== digest) ? say(`第 ${seq} 号数据包来了两份不同的内容：终端可能被复制`, `Bundle number ${seq} came with two contents: the terminal may have been copied`) : undefined;
}

/** The chain's new end; what waited for it comes next. */
async function advance(tx: Tx, device: { readonly county: number; readonly id: string }, seq: number, digest: string): Promise<void> {
  await tx.updateTable("device").set({ seq, headDigest: digest }).where("county", "=", device.county).where("id", "=", device.id).execute();
  await tx.updateTable("upBundle").set({ state: "queued" }).where("county", "=", device.county).where("deviceId", "=", device.id).where("seq", "=", seq + 1).where("state", "=", "waiting").execute();
}

async function finish(platform: Platform, row: BundleRow, device: EnrolledDevice, header: BundleHeader, digest: string, counts: ReadonlyMap<string, number>): Promise<void> {
  await platform.database.write(duty, async (tx) => {
    const now = await lockDevice(tx, device.county, device.id);
    // Another worker did it meanwhile.
    if (now?.seq !== header.seq - 1) return;
    const outcomes = await outcomesOf(tx, row);
    const others = Object.fromEntries([...counts].filter(([outcome]) => outcome === "repeated" || outcome === "unreadable"));
    await setBundle(tx, row, { state: "applied", inChain: true, outcomes: JSON.stringify({ ...outcomes, ...others }), settledAt: platform.clock.now() });
    await advance(tx, device, header.seq, digest);
    await audit(tx, { action: "terminal.apply-bundle", county: device.county, area: device.area, people: header.entries, detail: { device: device.id, bundle: row.id, seq: header.seq, outcomes } });
  });
  await fs.rm(fileOf(platform, row), { force: true });
}

/** The whole bundle is not taken; why is shown at the office and told to the terminal. */
async function refuseWhole(platform: Platform, row: BundleRow, device: DeviceRow, why: Text): Promise<void> {
  await platform.database.write(duty, async (tx) => {
    const current = await bundleById(tx, row.id);
    if (current?.state !== "queued") return;
    await setBundle(tx, row, { state: "refused", problem: JSON.stringify(why), settledAt: platform.clock.now() });
    await audit(tx, { action: "terminal.refuse-bundle", county: row.county, area: row.area, people: 0, detail: { device: device.id, bundle: row.id } });
  });
  await fs.rm(fileOf(platform, row), { force: true });
}
