// Asks the files of a snapshot, in process: one DuckDB that sees the snapshots' folder and nothing else, shared by all questions, closed when nobody
// asks and renewed now and then, because it keeps some memory of every question.
import { openSession, type Session } from "../../linkage/duckdb.ts";
import { column, text } from "../../linkage/sql.ts";
import type { Platform } from "../../platform/platform.ts";
import { askedColumns, type Dataset } from "./flatten.ts";
import type { SnapshotRow } from "./queries.ts";
import { demandPack, demandWhole, inPack, LEAST_PACKED, snapshotFolder } from "./store.ts";

const MEMORY_MB = 1024;
const MOST_QUESTIONS = 500;
const IDLE_MS = 60_000;

type Reader = { readonly session: Promise<Session>; asked: number; busy: number; idle?: NodeJS.Timeout };
const readers = new Map<string, Reader>();

const end = (folder: string, reader: Reader): void => {
  if (readers.get(folder) === reader) readers.delete(folder);
  void reader.session.then((session) => session.close(), () => undefined);
};

async function ask<T>(folder: string, work: (session: Session) => Promise<T>): Promise<T> {
  let reader = readers.get(folder);
  if (!reader || reader.asked >= MOST_QUESTIONS) {
    const session = openSession({ folder, memoryLimitMb: MEMORY_MB, threads: 2 }).then(async (opened) => {
      await opened.lock();
      // Files never change under their names: where their columns stand is read once.
      await opened.run("SET parquet_metadata_cache = true");
      // Counts by numbered columns have a place each: up to a million of them, so that three axes with filters are counted like one.
      await opened.run("SET perfect_ht_threshold = 20");
      return opened;
    });
    reader = { session, asked: 0, busy: 0 };
    readers.set(folder, reader);
  }
  clearTimeout(reader.idle);
  reader.asked += 1;
  reader.busy += 1;
  try {
    return await work(await reader.session);
  } finally {
    reader.busy -= 1;
    if (reader.busy === 0) {
      const own = reader;
      if (readers.get(folder) !== own) end(folder, own);
      else own.idle = setTimeout(() => end(folder, own), IDLE_MS).unref();
    }
  }
}

/** Closes what is open, for the end of the process. */
export async function closeReaders(): Promise<void> {
  const open = [...readers.values()];
  readers.clear();
  for (const reader of open) {
    clearTimeout(reader.idle);
    (await reader.session).close();
  }
}

type Range = { readonly lo: number; readonly hi: number };
/** Whether a range of areas can hold something of a county. */
const touches = (range: Range, county: number): boolean => county * 1e6 <= range.hi && county * 1e6 + 999_999 >= range.lo;
const holds = (range: Range, county: number): boolean => county * 1e6 >= range.lo && county * 1e6 + 999_999 <= range.hi;
const select = (columns: string, files: readonly string[], conditions: readonly string[]): string => `SELECT ${columns} FROM read_parquet([${files.map(text).join(", ")}])${conditions.length > 0 ? ` WHERE ${conditions.join(" AND ")}` : ""}`;

/**
 * Runs a question over the rows of a dataset within a range of areas; undefined when there are none. `from` is what stands after FROM: rows without
 * pseudonyms, of one file of many counties where there is one, and of the own files of counties whose rows in it are superseded.
 * @throws Problem snapshot-damaged
 */
export async function askSnapshot<T>(platform: Platform, snapshot: SnapshotRow, dataset: Dataset, range: Range, work: (session: Session, from: string) => Promise<T>): Promise<T | undefined> {
  const folder = snapshotFolder(platform);
  const parts = snapshot.manifest.counties.filter(({ county, files }) => touches(range, county) && (files[dataset]?.rows ?? 0) > 0);
  if (parts.length === 0) return undefined;
  const pack = snapshot.manifest.packs?.[dataset];
  const standing = new Set(inPack(pack, parts, dataset));
  const usePack = pack !== undefined && standing.size >= LEAST_PACKED;
  const own = usePack ? parts.filter((part) => !standing.has(part)) : parts;
  const within = `area BETWEEN ${range.lo} AND ${range.hi}`;
  const columns = askedColumns(snapshot.manifest.columns[dataset]).map(column).join(", ");
  const sources: string[] = [];
  if (usePack) {
    const held = Object.keys(pack.of).map(Number);
    const stands = new Set([...standing].map(({ county }) => county));
    const superseded = held.filter((county) => touches(range, county) && !stands.has(county));
    const conditions = [...(held.every((county) => holds(range, county)) ? [] : [within]), ...(superseded.length > 0 ? [`area // 1000000 NOT IN (${superseded.join(", ")})`] : [])];
    sources.push(select(columns, [await demandPack(folder, pack)], conditions));
  }
  if (own.length > 0) sources.push(select(columns, await demandWhole(folder, own, dataset), own.every(({ county }) => holds(range, county)) ? [] : [within]));
  return ask(folder, (session) => work(session, `(${sources.join(" UNION ALL ")})`));
}
