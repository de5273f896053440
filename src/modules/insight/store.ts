// Files of snapshots: Parquet by dataset and county, named by their own digest, so that files of unchanged counties are used again and nothing is
// ever written over. A manifest says which files make a snapshot; a file that is not what its name says is refused.
import { createHash, randomBytes } from "node:crypto";
import { createReadStream } from "node:fs";
import fs from "node:fs/promises";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { Problem } from "../../core/problem.ts";
import { column, text } from "../../linkage/sql.ts";
import type { Session } from "../../linkage/duckdb.ts";
import type { Platform } from "../../platform/platform.ts";
import { askedColumns, type Cell, type Dataset, type SnapshotColumn } from "./flatten.ts";

export type SnapshotFile = { readonly path: string; readonly digest: string; readonly rows: number; readonly bytes: number };
/** `known`: what was known of the county when its files were made; another mark makes them anew. `slices`: the same of each slice of its records (empty where none fell); those with another mark are made anew, the rest is taken over. `aid`: the same of its aid, whose file is taken over or made anew as a whole. */
export type CountyPart = { readonly county: number; readonly known: string; readonly slices?: readonly string[]; readonly aid?: string; readonly records: number; readonly people: number; readonly files: Readonly<Partial<Record<Dataset, SnapshotFile>>> };
/** Rows of many counties in one file, county by county, without pseudonyms: a hundred files cost more to open than to read. `of`: the digest of each county's own file that stands in it; another one supersedes its rows. */
export type Pack = SnapshotFile & { readonly of: Readonly<Record<string, string>> };
export type AxisList = { readonly key: string; readonly values: readonly { readonly key: string; readonly zh: string; readonly en: string }[] };
export type Manifest = {
  readonly format: "qingce-snapshot 1";
  readonly scheme: string;
  readonly version: string;
  readonly campaign: string;
  readonly asOf: string;
  readonly area: number;
  /** Values of the numbered columns `by_…`: 0 is not told, n the n-th. */
  readonly axes: readonly AxisList[];
  readonly columns: Readonly<Record<Dataset, readonly SnapshotColumn[]>>;
  readonly counties: readonly CountyPart[];
  /** Copies of counties' files for reading; a reader may leave them. */
  readonly packs?: Readonly<Partial<Record<Dataset, Pack>>>;
};

export const snapshotFolder = (platform: Platform): string => path.join(platform.dataFolder ?? platform.workFolder, "snapshots");

export async function digestOfFile(file: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(file), hash);
  return hash.digest("hex");
}

/** Writes what `select` gives as a Parquet file named by its digest, in whole or not at all. */
async function keepAs(session: Session, folder: string, place: string, select: string, compression: "zstd" | "snappy" = "zstd"): Promise<Omit<SnapshotFile, "rows">> {
  const work = path.join(folder, "unfinished");
  await fs.mkdir(work, { recursive: true, mode: 0o700 });
  const made = path.join(work, `${randomBytes(8).toString("hex")}.parquet`);
  try {
    await session.run(`COPY (${select}) TO ${text(made)} (FORMAT parquet, COMPRESSION ${compression})`);
    const digest = await digestOfFile(made);
    const own = path.join(place, `${digest.slice(0, 32)}.parquet`);
    await fs.mkdir(path.join(folder, place), { recursive: true, mode: 0o700 });
    await fs.rename(made, path.join(folder, own));
    const kept = await fs.stat(path.join(folder, own));
    checked.set(path.join(folder, own), markOf(digest, kept));
    const { size } = kept;
    return { path: own, digest, bytes: size };
  } finally {
    await fs.rm(made, { force: true });
  }
}

/** An earlier file of the county and the slices of it that are made anew. */
export type Standing = { readonly file: SnapshotFile; readonly without: readonly number[] };

/** Rows of one dataset and county as a Parquet file in their own order, behind those of an earlier file that stand. */
export async function writeParquet(session: Session, folder: string, where: { readonly scheme: string; readonly dataset: Dataset; readonly county: number }, columns: readonly SnapshotColumn[], rows: Iterable<readonly Cell[]>, standing?: Standing): Promise<SnapshotFile> {
  const work = path.join(folder, "unfinished");
  await fs.mkdir(work, { recursive: true, mode: 0o700 });
  const from = path.join(work, `${randomBytes(8).toString("hex")}.json`);
  try {
    const count = await writeLines(from, rows);
    const select = columns.map(({ name: own }, i) => `c${i} AS ${column(own)}`).join(", ");
    const types = columns.map(({ type }, i) => `c${i}: ${text(type)}`).join(", ");
    const fresh = `SELECT ${select} FROM read_json(${text(from)}, format = 'newline_delimited', columns = {${types}})`;
    const kept = standing && `FROM read_parquet(${text(path.join(folder, standing.file.path))}, hive_partitioning = false) WHERE slice NOT IN (${standing.without.join(", ")})`;
    const file = await keepAs(session, folder, path.join(where.scheme, where.dataset, `county=${where.county}`), kept ? `SELECT ${columns.map(({ name }) => column(name)).join(", ")} ${kept} UNION ALL ${fresh}` : fresh);
    return { ...file, rows: count + (kept ? await session.number(`SELECT count(*) ${kept}`) : 0) };
  } finally {
    await fs.rm(from, { force: true });
  }
}

/** Datasets that are asked while somebody waits. */
const packed = ["people", "households"] as const satisfies readonly Dataset[];
/** Fewer files than this are as quick to open one by one. */
export const LEAST_PACKED = 8;
/** A pack serves on until one county in this many has another file. */
const WORN = 8;
/** The counties whose rows in a pack are those of their own files. */
export const inPack = (pack: Pack | undefined, parts: readonly CountyPart[], dataset: Dataset): readonly CountyPart[] => (pack ? parts.filter(({ county, files }) => files[dataset] !== undefined && files[dataset].digest === pack.of[county]) : []);

/** Packs for a snapshot: those of the one before where enough of their rows stand, else new ones. The session keeps the order of rows. */
export async function packsFor(session: Session, folder: string, { scheme, counties, columns }: Pick<Manifest, "scheme" | "counties" | "columns">, before: Manifest["packs"]): Promise<NonNullable<Manifest["packs"]>> {
  const packs: Partial<Record<Dataset, Pack>> = {};
  for (const dataset of packed) {
    const parts = counties.filter(({ files }) => (files[dataset]?.rows ?? 0) > 0);
    if (parts.length < LEAST_PACKED) continue;
    const old = before?.[dataset];
    if (old && (parts.length - inPack(old, parts, dataset).length) * WORN <= parts.length && (await isWholeFile(folder, old))) packs[dataset] = old;
    else {
      const names = askedColumns(columns[dataset]).map(column);
      const files = parts.map(({ files: of }) => text(path.join(folder, of[dataset]!.path)));
      const file = await keepAs(session, folder, path.join(scheme, "packs", dataset), `SELECT ${names.join(", ")} FROM read_parquet([${files.join(", ")}], hive_partitioning = false)`, "snappy");
      packs[dataset] = { ...file, rows: parts.reduce((sum, { files: of }) => sum + of[dataset]!.rows, 0), of: Object.fromEntries(parts.map(({ county, files: of }) => [county, of[dataset]!.digest])) };
    }
  }
  return packs;
}

async function writeLines(file: string, rows: Iterable<readonly Cell[]>): Promise<number> {
  const handle = await fs.open(file, "wx", 0o600);
  let count = 0;
  let waiting = "";
  try {
    for (const row of rows) {
      count += 1;
      waiting += `{${row.map((cell, i) => `"c${i}":${JSON.stringify(cell)}`).join(",")}}\n`;
      if (waiting.length < 1 << 20) continue;
      await handle.writeFile(waiting);
      waiting = "";
    }
    await handle.writeFile(waiting);
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === "ENOSPC" ? new Problem("disk-full") : error;
  } finally {
    await handle.close();
  }
  return count;
}

export const manifestDigest = (manifest: Manifest): string => createHash("sha256").update(JSON.stringify(manifest)).digest("hex");

/** Beside the files, under the snapshot's id, for readers that have no access to the database. */
export async function writeManifest(folder: string, id: string, manifest: Manifest): Promise<void> {
  const target = path.join(folder, `${id}.json`);
  await fs.writeFile(`${target}.part`, `${JSON.stringify(manifest, null, 1)}\n`, { mode: 0o600 });
  await fs.rename(`${target}.part`, target);
}

/** Files that were found to be what their names say, by what the disk tells of them. */
const checked = new Map<string, string>();
const markOf = (digest: string, { ino, size, mtimeMs }: { readonly ino: number; readonly size: number; readonly mtimeMs: number }): string => `${digest} ${ino} ${size} ${mtimeMs}`;

/** Whether a file is there and what was written. */
async function isWholeFile(folder: string, file: SnapshotFile): Promise<boolean> {
  const place = path.join(folder, file.path);
  const found = await fs.stat(place).catch(() => undefined);
  if (!found || found.size !== file.bytes) return false;
  const mark = markOf(file.digest, found);
  if (checked.get(place) === mark) return true;
  if ((await digestOfFile(place)) !== file.digest) return false;
  checked.set(place, mark);
  return true;
}

/** @throws Problem snapshot-damaged, naming the county whose file is missing or not what was written */
export async function demandWhole(folder: string, parts: readonly CountyPart[], dataset: Dataset): Promise<string[]> {
  const files = await Promise.all(parts.map(async ({ county, files: of }): Promise<string | undefined> => {
    const file = of[dataset];
    if (!file || file.rows === 0) return undefined;
    if (!(await isWholeFile(folder, file))) throw new Problem("snapshot-damaged", { zh: `${county} 的快照文件缺失或已损坏，请重新生成快照`, en: `the snapshot's file of ${county} is missing or damaged; take the snapshot anew` });
    return path.join(folder, file.path);
  }));
  return files.filter((place) => place !== undefined);
}

/** @throws Problem snapshot-damaged */
export async function demandPack(folder: string, pack: Pack): Promise<string> {
  if (!(await isWholeFile(folder, pack))) throw new Problem("snapshot-damaged", { zh: "快照的合并文件缺失或已损坏，请重新生成快照", en: "the snapshot's file of many counties is missing or damaged; take the snapshot anew" });
  return path.join(folder, pack.path);
}

/** Whether the files of a county from an earlier snapshot can serve again: all there, and whole. */
export async function isWhole(folder: string, part: CountyPart): Promise<boolean> {
  for (const dataset of Object.keys(part.files) as Dataset[]) {
    try {
      await demandWhole(folder, [part], dataset);
    } catch (error) {
      if (error instanceof Problem && error.code === "snapshot-damaged") return false;
      throw error;
    }
  }
  return true;
}
