// A run in pieces: for lists that one process or one machine should not do in one go. Everything passes through files in
// `<workFolder>/pieces-<hash of engine, inputs and settings>`, so the pieces can be made in any order, by any number of processes
// or machines that share the folder (or whose piece files are copied into one), and a run killed at any point goes on where
// it was. What must see all rows (exact stage, trust, weights, size of the blocks) is prepared once; a piece then makes and
// scores the candidates of every n-th left row; decisions are made at the end over all scored pairs. Hence the links are
// those of a run in one go, byte for byte.
//   prepared.duckdb, prepared.json        the prepared tables; what was learned
//   piece-3-of-16.parquet, …json          scored pairs in the order of their rows; counts
// A file appears under its name only when it is complete, the .json after its companion.
import { createHash } from "node:crypto";
import { createReadStream, existsSync } from "node:fs";
import { mkdir, open, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join, resolve } from "node:path";
import { blockValue, comparisonOf, wholeColumn } from "./columns.ts";
import { asTwoLists } from "./dedupe.ts";
import type { Session } from "./duckdb.ts";
import { LinkageFault } from "./fault.ts";
import type { LinkageProgress, LinkageReport, LinkageSettings, LinkageTask, StepReport } from "./model.ts";
import { clearResults, inSession, publish, reportOf, stagesOf, UNFINISHED } from "./run.ts";
import { text } from "./sql.ts";
import { NOTHING_SKIPPED, type Prepared, type Skipped } from "./stages.ts";
import { pieceSql, recorder, type Piece, type Work } from "./steps/step.ts";

/** Piece `number` (from 1) of `of`. */
export type PieceOf = { readonly number: number; readonly of: number };
export type PieceReport = Skipped & { readonly piece: PieceOf; readonly steps: readonly StepReport[] };
type OnProgress = ((progress: LinkageProgress) => void) | undefined;

const ALIAS = "@alias@";
const MOST_PIECES = 100_000;

type Stored = {
  readonly steps: readonly StepReport[];
  readonly weight: string;
  readonly join: string;
  readonly weights: Prepared["scoring"]["weights"];
  readonly prior: number;
  readonly untrustedIdentifiers: number;
  readonly cache: Work["cache"];
  /** With `partitionBy`: the values of the pieces but the last, which takes what is left. */
  readonly values?: readonly string[];
};

async function digest(path: string): Promise<string> {
  const hash = createHash("sha256");
  try {
    for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) hash.update(chunk);
  } catch {
    throw new LinkageFault("unreadable", "the file does not exist or cannot be opened");
  }
  return hash.digest("hex");
}

/** Digest of the engine's own files, so that pieces of two versions never meet. */
async function engine(): Promise<string> {
  const files = (await readdir(import.meta.dirname, { recursive: true })).filter((name) => /\.(ts|txt)$/.test(name) && !/\.(test|fixture)\.ts$/.test(name)).toSorted();
  const digests: string[] = [];
  for (const name of files) digests.push(`${name} ${await digest(join(import.meta.dirname, name))}`);
  return createHash("sha256").update(digests.join("\n")).digest("hex");
}

/** Folder of the pieces of these inputs and settings; threads and memory do not count. */
export async function piecesFolder(task: LinkageTask): Promise<string> {
  const content = [await engine(), process.versions.node, task.settings, task.rejectedPerRow ?? null, task.partitionBy ?? null, await digest(task.left), task.right === undefined ? null : await digest(task.right)];
  return join(resolve(task.workFolder), `pieces-${createHash("sha256").update(JSON.stringify(content)).digest("hex").slice(0, 16)}`);
}

/** A folder for unfinished work of this process; those of dead processes of this machine go. */
async function ownFolder(folder: string, what: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  const host = hostname().replaceAll(/[^A-Za-z0-9.]/g, "_");
  for (const name of await readdir(folder)) {
    const [, of, pid] = /^unfinished-(.*)-(\d+)-[a-z0-9-]+$/.exec(name) ?? [];
    if (of !== host || pid === undefined) continue;
    try {
      process.kill(Number(pid), 0);
      if (Number(pid) !== process.pid) continue;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ESRCH") continue;
    }
    await rm(join(folder, name), { recursive: true, force: true });
  }
  const own = join(folder, `unfinished-${host}-${process.pid}-${what}`);
  await mkdir(own);
  return own;
}

/** Moves complete files to their place, each on the disk before its name is. */
async function place(own: string, folder: string, names: readonly string[]): Promise<void> {
  for (const name of names) {
    const file = await open(join(own, name), "r+");
    await file.sync();
    await file.close();
    await rename(join(own, name), join(folder, name));
  }
  await rm(own, { recursive: true, force: true });
}

async function stored<T>(path: string): Promise<T | undefined> {
  return existsSync(path) ? (JSON.parse(await readFile(path, "utf8")) as T) : undefined;
}

/** Tables `piece_l` and `piece_r`: the value of the column in each row, of a place its county. */
async function pieceRows(db: Session, settings: LinkageSettings, by: string): Promise<void> {
  const comparison = comparisonOf(settings, by);
  if (comparison === undefined) throw new LinkageFault("settings", `the pieces cannot be made by ${by}: that column is not compared`);
  const value = blockValue(settings, [{ column: by, take: "whole" }]) === undefined ? undefined : wholeColumn(settings, comparison);
  if (value === undefined) throw new LinkageFault("settings", `the pieces cannot be made by ${by}: rows have no single value of it`);
  const of = comparison.role === "place" ? `${value} // 1000000` : value;
  for (const side of ["l", "r"]) await db.run(`CREATE TABLE piece_${side} AS SELECT n, (${of})::VARCHAR AS v FROM ${side} WHERE ${value} IS NOT NULL`);
}

/** Number of pieces of a task with `partitionBy`; prepares the run when that is not done yet. */
export async function piecesByColumn(task: LinkageTask, onProgress?: (progress: LinkageProgress) => void, known?: string): Promise<number> {
  return ((await prepared(task, known ?? (await piecesFolder(task)), onProgress)).values?.length ?? 0) + 1;
}

async function prepared(task: LinkageTask, folder: string, onProgress: OnProgress): Promise<Stored> {
  const found = await stored<Stored>(join(folder, "prepared.json"));
  if (found !== undefined) return found;
  const stages = stagesOf(task);
  const own = await ownFolder(folder, "prepared");
  const result = await inSession(task, own, async (db): Promise<Stored> => {
    const work: Work = { db, settings: task.settings, sameList: stages.oneList, cache: {} };
    const { steps, step } = recorder(onProgress, stages.steps);
    const { scoring, untrustedIdentifiers } = await stages.prepare(work, task, step);
    if (task.partitionBy !== undefined) await pieceRows(db, task.settings, task.partitionBy);
    const values = task.partitionBy === undefined ? undefined : (await db.rows("SELECT DISTINCT v FROM piece_l WHERE v IN (SELECT v FROM piece_r) ORDER BY v")).map((row) => String(row["v"]));
    await db.save(join(own, "prepared.duckdb"));
    return { steps, weight: scoring.weight, join: scoring.join(ALIAS), weights: scoring.weights, prior: scoring.prior, untrustedIdentifiers, cache: work.cache, ...(values === undefined ? {} : { values }) };
  });
  await writeFile(join(own, "prepared.json"), JSON.stringify(result));
  await place(own, folder, ["prepared.duckdb", "prepared.json"]);
  return result;
}

function preparedOf(found: Stored): Prepared {
  const { weight, weights, prior, untrustedIdentifiers } = found;
  return { scoring: { weight, weights, prior, join: (alias) => found.join.replaceAll(ALIAS, alias) }, untrustedIdentifiers };
}

const nameOf = ({ number, of }: PieceOf): string => `piece-${number}-of-${of}`;

/** Tables that a piece hands on beside its scored pairs. */
const kept = (task: LinkageTask): readonly string[] => (task.rejectedPerRow === undefined ? [] : ["rejected", "rejected_base"]);

function requirePiece({ number, of }: PieceOf): void {
  if (!Number.isInteger(of) || of < 1 || of > MOST_PIECES || !Number.isInteger(number) || number < 1 || number > of) {
    throw new LinkageFault("settings", `there is no piece ${number} of ${of}; pieces are 1 to n, at most ${MOST_PIECES}`);
  }
}

/**
 * Makes one piece (and what must be prepared first, when it is not there), or finds it made already. Settings are taken as checked.
 * @throws LinkageFault
 */
export async function runPiece(task: LinkageTask, piece: PieceOf, onProgress?: (progress: LinkageProgress) => void, known?: string): Promise<PieceReport> {
  requirePiece(piece);
  const folder = known ?? (await piecesFolder(task));
  const name = nameOf(piece);
  const done = await stored<PieceReport>(join(folder, `${name}.json`));
  if (done !== undefined) return done;
  const stages = stagesOf(task);
  const ground = await prepared(task, folder, onProgress);
  const { scoring } = preparedOf(ground);
  if (ground.values !== undefined && piece.of !== ground.values.length + 1) throw new LinkageFault("settings", `by ${task.partitionBy} there are ${ground.values.length + 1} pieces, not ${piece.of}`);
  const own = await ownFolder(folder, name);
  const report = await inSession(task, own, async (db): Promise<PieceReport> => {
    const share: Piece = ground.values === undefined ? { number: piece.number - 1, of: piece.of } : { value: ground.values[piece.number - 1] ?? null };
    const [before, reused] = [ground.steps.length, task.settings.exact === undefined && ground.cache.blocked !== undefined];
    const mine = `WHERE ${pieceSql(share, "left_n", "right_n", "saved.main.")}`;
    await db.open(join(folder, "prepared.duckdb"), { pairs: reused ? mine : undefined, training_levels: reused ? mine : undefined });
    await db.lock();
    const work: Work = { db, settings: task.settings, sameList: stages.oneList, rejectedPerRow: task.rejectedPerRow, piece: share, cache: reused ? ground.cache : {} };
    if (stages.oneList) await asTwoLists(work);
    const { steps, step } = recorder(onProgress, stages.steps, ground.steps);
    const skipped = await stages.pairs(work, scoring, step);
    await db.keepOrder();
    const copy = (query: string, file: string): Promise<void> => db.alone(() => db.run(`COPY (${query}) TO ${text(join(own, file))} (FORMAT parquet, COMPRESSION zstd)`));
    await copy("SELECT * FROM scored ORDER BY left_n, right_n", `${name}.parquet`);
    for (const table of kept(task)) await copy(`SELECT * FROM ${table} ORDER BY ALL`, `${name}.${table}.parquet`);
    return { piece, skippedBlocks: skipped.skippedBlocks, skippedPairs: skipped.skippedPairs, steps: steps.slice(before) };
  });
  await writeFile(join(own, `${name}.json`), JSON.stringify(report));
  await place(own, folder, [`${name}.parquet`, ...kept(task).map((table) => `${name}.${table}.parquet`), `${name}.json`]);
  return report;
}

/** Steps of the same name as one: rows and seconds added up. */
function added(reports: readonly PieceReport[]): StepReport[] {
  const steps = new Map<string, StepReport>();
  for (const each of reports.flatMap((report) => report.steps)) {
    const before = steps.get(each.step);
    steps.set(each.step, { step: each.step, rows: (before?.rows ?? 0) + each.rows, seconds: Math.round(((before?.seconds ?? 0) + each.seconds) * 1000) / 1000 });
  }
  return [...steps.values()];
}

/**
 * Decides over all pieces and writes the results of the run; then the pieces of the work folder go, whatever run they are of.
 * @param of number of pieces
 * @throws LinkageFault pieces-incomplete, when some are missing
 */
export async function gather(task: LinkageTask, of: number, onProgress?: (progress: LinkageProgress) => void, known?: string): Promise<LinkageReport> {
  requirePiece({ number: of, of });
  const folder = known ?? (await piecesFolder(task));
  const pieces: PieceReport[] = [];
  const missing: number[] = [];
  for (let number = 1; number <= of; number += 1) {
    const found = await stored<PieceReport>(join(folder, `${nameOf({ number, of })}.json`));
    if (found === undefined) missing.push(number);
    else pieces.push(found);
  }
  if (missing.length > 0) throw new LinkageFault("pieces-incomplete", `${missing.length} of ${of} pieces are missing: ${missing.slice(0, 20).join(", ")}${missing.length > 20 ? " …" : ""}`);
  const ground = await prepared(task, folder, onProgress);
  const stages = stagesOf(task);
  const target = resolve(task.workFolder);
  const own = join(target, UNFINISHED);
  await rm(own, { recursive: true, force: true });
  await clearResults(stages, target);
  const report = await inSession(task, own, async (db) => {
    await db.open(join(folder, "prepared.duckdb"), {});
    const files = pieces.map(({ piece }) => text(join(folder, `${nameOf(piece)}.parquet`)));
    await db.run(`CREATE TABLE scored AS SELECT * FROM read_parquet([${files.join(", ")}])`);
    for (const table of kept(task)) await db.run(`CREATE TABLE ${table} AS SELECT * FROM read_parquet([${pieces.map(({ piece }) => text(join(folder, `${nameOf(piece)}.${table}.parquet`))).join(", ")}])`);
    await db.lock();
    const work: Work = { db, settings: task.settings, sameList: stages.oneList, rejectedPerRow: task.rejectedPerRow, sentences: task.sentences, cache: {} };
    if (stages.oneList) await asTwoLists(work);
    const before = [...ground.steps, ...added(pieces)];
    const { steps, step } = recorder(onProgress, stages.steps, before);
    const ready = preparedOf(ground);
    // Every piece counts the blocks of the whole.
    return reportOf(steps, ready, pieces[0] ?? NOTHING_SKIPPED, await stages.finish(work, ready.scoring, own, step));
  });
  await publish(task, own, target, report);
  // Also those of earlier inputs, settings or versions: they hold people's data and nobody will come back for them.
  for (const name of await readdir(target)) if (name.startsWith("pieces-")) await rm(join(target, name), { recursive: true, force: true });
  return report;
}

/** All pieces one after the other (with `partitionBy` there are as many as the column has values, and one more), those that are there already left out, then the results. */
export async function runInPieces(task: LinkageTask, of: number, onProgress?: (progress: LinkageProgress) => void): Promise<LinkageReport> {
  const folder = await piecesFolder(task);
  const pieces = task.partitionBy === undefined ? of : await piecesByColumn(task, onProgress, folder);
  for (let number = 1; number <= pieces; number += 1) await runPiece(task, { number, of: pieces }, onProgress, folder);
  return gather(task, pieces, onProgress, folder);
}
