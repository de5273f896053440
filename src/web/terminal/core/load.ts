// Opens the store into memory: heads from their segments, papers, work; and puts away what is over.
import type { AreasEntry, CampaignEntry, NoticeEntry, SchemeEntry } from "../../../bundle/contents.ts";
import type { Scheme } from "../../../scheme/model.ts";
import { momentOf } from "./clock.ts";
import { type Context, deviceOf, emptyMemory, type HeldScheme, type Memory, rowKey, schemeName } from "./context.ts";
import { kept } from "./fault.ts";
import { nameSpeller } from "./spelling.ts";
import { headOfWork } from "./head-of-work.ts";
import { type Head, layOver, type Segment } from "./heads.ts";
import { unsealJson } from "./seal.ts";
import { isOver, type WorkRow } from "./work.ts";

export const segmentPlace = (generation: number, no: number): string => `segment/${generation}/${no}`;
export const paperPlace = (id: string): string => `paper/${id}`;
export const workPlace = (entry: string): string => `work/${entry}`;
export const picturePlace = (id: string): string => `picture/${id}`;
export const personPlace = (record: string): string => `person/${record}`;

type Paper = SchemeEntry | CampaignEntry | AreasEntry | NoticeEntry;

/** A scheme as the engine takes it; its hash was checked by the office that published it, and the bundle is signed. */
export const heldScheme = (entry: SchemeEntry): HeldScheme => ({ key: entry.key, version: entry.version, hash: entry.hash, definition: entry.definition as unknown as Scheme });

/** Papers into memory. `whole`: the campaigns among them are all there are. */
export function hold(memory: Memory, papers: readonly Paper[], whole: boolean): void {
  for (const paper of papers) {
    if (paper.type === "scheme") memory.schemes.set(schemeName(paper.key, paper.version), heldScheme(paper));
    if (paper.type === "areas") memory.areas = paper;
  }
  const notices = papers.filter((paper) => paper.type === "notice");
  memory.notices = [...(whole ? [] : memory.notices.filter(({ id }) => !notices.some((notice) => notice.id === id))), ...notices].toSorted((a, b) => (a.at < b.at ? -1 : 1));
  const campaigns = papers.filter((paper) => paper.type === "campaign");
  const others = memory.campaigns.filter(({ id }) => !campaigns.some((campaign) => campaign.id === id));
  if (campaigns.length > 0) memory.campaigns = whole ? campaigns : [...others, ...campaigns];
}

/** Heads of the base list in force. `from`: segments before it are in `heads` already. */
export async function loadHeads(context: Context, heads: Map<string, Head>, works: Iterable<WorkRow>, from = 0): Promise<void> {
  const { generation, segments } = deviceOf(context);
  const key = rowKey(context);
  const keeping = new Set([...works].filter(({ state }) => state !== "settled").map(({ record }) => record));
  const rows = await context.store.segments.where("[generation+no]").between([generation, from], [generation, segments], true, false).toArray();
  const opened = await Promise.all(rows.map((row) => unsealJson<Segment>(key, segmentPlace(generation, row.no), row.rows)));
  for (const segment of opened) layOver(heads, segment, (record) => keeping.has(record));
}

/** Everything that pages ask for without waiting. */
export async function loadMemory(context: Context): Promise<void> {
  const key = rowKey(context);
  const { store } = context;
  const memory = emptyMemory();
  const [papers, works] = await Promise.all([
    store.papers.toArray().then((rows) => Promise.all(rows.map((row) => unsealJson<Paper>(key, paperPlace(row.id), row.sealed)))),
    store.work.toArray().then((rows) => Promise.all(rows.map((row) => unsealJson<WorkRow>(key, workPlace(row.id), row.sealed)))),
    store.pictures.orderBy("record").eachKey((record, { primaryKey }) => memory.pictures.set(primaryKey as string, record as string)),
  ]);
  hold(memory, papers, true);
  for (const row of works) memory.works.set(row.entry, row);
  await loadHeads(context, memory.heads, works);
  // People who stand on no list here: what was filled in is all there is of them.
  const spell = works.some(({ record }) => !memory.heads.has(record)) ? await nameSpeller() : undefined;
  for (const row of works) {
    const scheme = memory.schemes.get(schemeName(row.scheme, row.version));
    if (spell && scheme && !memory.heads.get(row.record)?.spot) memory.heads.set(row.record, { ...headOfWork(row, scheme.definition, spell), ...(!row.fresh && { gone: true as const }) });
  }
  context.memory = memory;
}

/** Deletes settled work whose days are over, with its pictures, and parts of take-ins that were cut. Repeatable. */
export async function putAway(context: Context): Promise<void> {
  const { store, memory } = context;
  const device = deviceOf(context);
  const moment = momentOf(device.clock, context.now());
  const over = [...memory.works.values()].filter((row) => isOver(row, moment, device.wipeAfterDays));
  const busy = new Set([...memory.works.values()].filter((row) => !over.includes(row)).map(({ record }) => record));
  const pictures = [...memory.pictures].filter(([, record]) => over.some((row) => row.record === record) && !busy.has(record)).map(([id]) => id);
  await kept(() =>
    store.transaction("rw", [store.work, store.pictures, store.segments, store.pages], async () => {
      await store.work.bulkDelete(over.map(({ entry }) => entry));
      await store.pictures.bulkDelete(pictures);
      const { generation } = device;
      for (const [table, count] of [[store.segments, device.segments], [store.pages, device.pages]] as const) {
        await table.where("[generation+no]").below([generation, 0]).delete();
        await table.where("[generation+no]").aboveOrEqual([generation, count]).delete();
      }
    }),
  );
  for (const { entry } of over) memory.works.delete(entry);
  for (const id of pictures) memory.pictures.delete(id);
}
