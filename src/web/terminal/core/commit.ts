// The end of a take-in: one transaction that puts the new people in force, settles work by its receipts, renews the lease and moves the chain on.
import type { TakenEntry } from "../../../bundle/contents.ts";
import { NO_PREVIOUS } from "../../../bundle/header.ts";
import type { Brought } from "./brought.ts";
import { chineseDate, momentOf, toldBy } from "./clock.ts";
import { type Context, deviceOf, type Memory, sessionOf } from "./context.ts";
import { kept, TerminalFault } from "./fault.ts";
import { type Head, segmentOf } from "./heads.ts";
import { leaseKey, wrap } from "./keys.ts";
import { hold, loadHeads, paperPlace, putAway, segmentPlace, workPlace } from "./load.ts";
import { close, endLease, operatorNamePlace } from "./opening.ts";
import { seal, sealJson, utf8 } from "./seal.ts";
import { type BundleRow, type Device, type OperatorRow, type PartRow, SELF } from "./store.ts";
import { answeredBy, movedBy, onRefused, type WorkRow } from "./work.ts";

export type Commit = {
  readonly brought: Brought;
  readonly bundle: { readonly seq: number; readonly digest: string; readonly created: number; readonly whole: boolean; readonly cursor?: string };
  readonly place: { readonly generation: number; readonly segments: number; readonly pages: number };
  readonly fresh: boolean;
};

/** More segments than this are written anew as a few: opening reads them all. */
const MOST_SEGMENTS = 400;

/**
 * The chain, where bundles of ours grew too old before the office had them: it says that it never took them and takes none that old, so
 * their work is packed anew after the last one it has.
 */
function chainAnew(bundles: readonly BundleRow[], taken: TakenEntry | undefined, created: number): Pick<Device, "seq" | "previous"> | undefined {
  if (!taken || !bundles.some(({ seq, expires }) => seq > taken.seq && Date.parse(expires) < created)) return undefined;
  return { seq: taken.seq, previous: taken.seq === 0 ? NO_PREVIOUS : taken.digest };
}

/** Work as it stands after the receipts and the people of the bundle. */
function changedWork(memory: Memory, { receipts, people }: Brought, moment: number, lastTaken: number): Map<string, WorkRow> {
  const changed = new Map<string, WorkRow>();
  const now = (entry: string): WorkRow | undefined => changed.get(entry) ?? memory.works.get(entry);
  for (const receipt of receipts) {
    const row = now(receipt.entry);
    const answered = row && answeredBy(row, receipt, moment);
    if (!answered) continue;
    changed.set(answered.entry, answered);
    if (answered.state !== "refused") continue;
    const later = [...memory.works.values()].map((other) => now(other.entry)!).find((other) => other.record === answered.record && other.entry !== answered.entry && (other.state === "draft" || other.state === "finished"));
    if (later) changed.set(later.entry, onRefused(later, answered));
  }
  for (const { entry } of memory.works.values()) {
    const row = now(entry)!;
    if ((row.seq ?? 0) > lastTaken && movedBy(row.state, "out-of-date") === "finished") changed.set(entry, { ...row, state: "finished", seq: undefined });
    const head = people.get(row.record);
    if (head !== undefined && row.receipt && head > row.receipt.head && movedBy(row.state, "newer") === "settled") changed.set(entry, { ...row, state: "settled", settledAt: moment });
  }
  return changed;
}

/** Bundles that the office has applied and whose work all has its receipt, and those that are packed anew. */
function bundlesToLetGo(memory: Memory, bundles: readonly BundleRow[], changed: ReadonlyMap<string, WorkRow>, taken: number, lastTaken: number): number[] {
  const waiting = new Set([...memory.works.values()].map(({ entry }) => changed.get(entry) ?? memory.works.get(entry)!).filter(({ state }) => state === "packed").map(({ seq }) => seq));
  return bundles.map(({ seq }) => seq).filter((seq) => seq > lastTaken || (seq <= taken && !waiting.has(seq)));
}

/** What the lease changes: of the device, and who may open it. @throws TerminalFault bundle-not-ours for another device's lease */
async function underLease(context: Context, { lease }: Brought): Promise<{ readonly part: Partial<Device>; readonly operators?: readonly OperatorRow[] }> {
  if (!lease) return { part: {} };
  const device = deviceOf(context);
  const { terminalKey, store } = sessionOf(context);
  if (lease.device !== device.id || !store) throw new TerminalFault("bundle-not-ours");
  const { box } = device.keys;
  const operators = await Promise.all(
    (await context.store.operators.toArray()).flatMap((row) => {
      const allowed = lease.operators.find(({ account }) => account === row.account);
      return allowed ? [seal(box, operatorNamePlace(row.account), utf8(allowed.name)).then((name): OperatorRow => ({ ...row, name, until: allowed.until }))] : [];
    }),
  );
  return {
    part: {
      label: lease.label,
      area: lease.area,
      lease: await seal(box, "lease", utf8(lease.secret)),
      store: await wrap(await leaseKey(terminalKey, lease.secret), "store", store.raw),
      leaseFrom: lease.from,
      leaseUntil: lease.until,
      wipeAfterDays: lease.wipeAfterDays,
    },
    operators,
  };
}

const paperId = (paper: Brought["papers"][number]): string => (paper.type === "scheme" ? `scheme/${paper.key}@${paper.version}` : paper.type === "campaign" || paper.type === "notice" ? `${paper.type}/${paper.id}` : "areas");

/** Puts a bundle in force. Runs alone; what it throws leaves everything as it was. @throws TerminalFault bundle-not-ours, storage-full, lease-ended */
export async function commit(context: Context, { brought, bundle, place, fresh }: Commit): Promise<void> {
  const { store, memory } = context;
  const key = sessionOf(context).store!.key;
  const device = deviceOf(context);
  const clock = toldBy(device.clock, bundle.created, context.now(), fresh);
  const moment = momentOf(clock, context.now());
  const bundles = await store.bundles.toArray();
  const anew = chainAnew(bundles, brought.taken, bundle.created);
  const lastTaken = anew?.seq ?? Number.POSITIVE_INFINITY;
  const changed = changedWork(memory, brought, moment, lastTaken);
  const { part, operators } = await underLease(context, brought);
  if (!device.store && !part.store) throw new TerminalFault("lease-ended");
  const works = await Promise.all([...changed.values()].map(async (row) => ({ id: row.entry, sealed: await sealJson(key, workPlace(row.entry), row) })));
  const papers = await Promise.all(brought.papers.map(async (paper) => ({ id: paperId(paper), sealed: await sealJson(key, paperPlace(paperId(paper)), paper) })));
  const taken = Math.max(device.taken, brought.taken?.seq ?? 0);
  const letGo = bundlesToLetGo(memory, bundles, changed, taken, lastTaken);
  const next: Device = {
    ...device,
    ...part,
    ...place,
    ...anew,
    clock,
    taken,
    downSeq: bundle.seq,
    downDigest: bundle.digest,
    ...(bundle.cursor !== undefined && { cursor: bundle.cursor }),
    revocationsNo: Math.max(device.revocationsNo, brought.revocations?.no ?? 0),
    lastExchange: new Date(moment).toISOString(),
  };
  const today = chineseDate(moment);
  const over = memory.notices.filter(({ until }) => until < today).map((notice) => paperId(notice));
  const campaigns = brought.papers.some(({ type }) => type === "campaign");
  await kept(() =>
    store.transaction("rw", [store.device, store.operators, store.papers, store.work, store.bundles, store.fetched], async () => {
      // A round that is not named any more has ended; its scheme stays for work that was begun.
      if (bundle.whole && campaigns) await store.papers.where("id").startsWith("campaign/").delete();
      if (bundle.whole) await store.papers.where("id").startsWith("notice/").delete();
      await store.papers.bulkDelete(over);
      await store.papers.bulkPut(papers);
      await store.work.bulkPut(works);
      await store.bundles.bulkDelete(letGo);
      if (operators) {
        await store.operators.clear();
        await store.operators.bulkPut([...operators]);
      }
      await store.fetched.clear();
      await store.device.put(next, SELF);
    }),
  );
  context.device = next;
  await inMemory(context, { brought, changed, from: bundle.whole ? 0 : device.segments, whole: bundle.whole });
  context.changed();
  if (operators && !operators.some(({ account }) => account === context.session?.account)) close(context);
  else if (!(await endLease(context))) await tidy(context);
}

/** The same in memory, once the store has it. */
async function inMemory(context: Context, { brought, changed, from, whole }: { readonly brought: Brought; readonly changed: ReadonlyMap<string, WorkRow>; readonly from: number; readonly whole: boolean }): Promise<void> {
  const { memory } = context;
  hold(memory, brought.papers, whole);
  for (const [entry, row] of changed) memory.works.set(entry, row);
  if (whole) {
    const heads = new Map<string, Head>();
    await loadHeads(context, heads, memory.works.values());
    // People of whom only work done here exists stay.
    for (const [record, head] of memory.heads) if (!heads.has(record) && [...memory.works.values()].some((row) => row.record === record)) heads.set(record, head.spot ? { ...head, spot: undefined, gone: true } : head);
    memory.heads.clear();
    for (const [record, head] of heads) memory.heads.set(record, head);
  } else await loadHeads(context, memory.heads, memory.works.values(), from);
  for (const { record } of changed.values()) {
    const gone = memory.heads.get(record)?.gone && ![...memory.works.values()].some((row) => row.record === record && row.state !== "settled");
    if (gone) memory.heads.delete(record);
  }
  memory.opened.clear();
}

/** Old generations, wiped work, too many small segments. */
async function tidy(context: Context): Promise<void> {
  await putAway(context);
  const device = deviceOf(context);
  if (device.segments <= MOST_SEGMENTS) return;
  const { key } = sessionOf(context).store!;
  const heads = [...context.memory.heads.values()].filter(({ spot }) => spot);
  const { generation } = device;
  const rows: PartRow[] = [];
  for (let from = 0; from < heads.length; from += 2000) {
    const part = heads.slice(from, from + 2000);
    const segment = segmentOf([...part, ...part.filter(({ gone }) => gone).map(({ record }) => ({ gone: record }))]);
    rows.push({ generation, no: rows.length, rows: await sealJson(key, segmentPlace(generation, rows.length), segment) });
  }
  const next: Device = { ...device, segments: rows.length };
  await kept(() =>
    context.store.transaction("rw", [context.store.device, context.store.segments], async () => {
      await context.store.segments.where("[generation+no]").aboveOrEqual([generation, rows.length]).delete();
      await context.store.segments.bulkPut(rows);
      await context.store.device.put(next, SELF);
    }),
  );
  context.device = next;
}
