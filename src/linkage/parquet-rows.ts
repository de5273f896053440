// Parquet in and out as text: a list that came as Parquet becomes a CSV in its own column order, and returned rows go back as Parquet.
// DuckDB sees only the folder it is given; what a file unpacks to is measured before it is unpacked.
import fs from "node:fs/promises";
import path from "node:path";
import { openSession, type Session } from "./duckdb.ts";
import { LinkageFault } from "./fault.ts";
import { column, text } from "./sql.ts";

const PLAIN = /^(?:VARCHAR|BOOLEAN|DATE|TIME|UUID|U?(?:TINY|SMALL|BIG|HUGE)?INT(?:EGER)?|FLOAT|DOUBLE|DECIMAL\(\d+,\d+\)|TIMESTAMP(?:_S|_MS|_NS| WITH TIME ZONE)?|ENUM\(.*\))$/u;
const MEMORY_MB = 256;

async function inFolder<T>(folder: string, work: (session: Session) => Promise<T>): Promise<T> {
  const session = await openSession({ folder, memoryLimitMb: MEMORY_MB, threads: 1 });
  try {
    await session.lock();
    await session.keepOrder();
    return await work(session);
  } finally {
    session.close();
  }
}

const unreadable = (error: unknown): LinkageFault => new LinkageFault("unreadable", error instanceof Error ? error.name : "not Parquet");

/**
 * Writes `<folder>/list.csv` (UTF-8, RFC 4180, headings first, dates ISO, nulls empty) from Parquet bytes.
 * @param most bytes that the file may hold when unpacked
 * @throws LinkageFault unreadable (truncated or no Parquet), settings (columns that are lists or structures), no-memory (unpacks to more than `most`)
 */
export async function parquetToCsv(bytes: Uint8Array, folder: string, most: number): Promise<Buffer> {
  const [from, to] = [path.join(folder, "list.parquet"), path.join(folder, "list.csv")];
  await fs.writeFile(from, bytes, { mode: 0o600 });
  return inFolder(folder, async (session) => {
    const columns = await session.rows(`SELECT column_name AS name, column_type AS type FROM (DESCRIBE SELECT * FROM read_parquet(${text(from)}))`).catch((error: unknown) => Promise.reject(unreadable(error)));
    const odd = columns.filter((each) => !PLAIN.test(String(each["type"])));
    if (odd.length > 0) throw new LinkageFault("settings", `columns are not plain: ${odd.length}`);
    const size = await session.number(`SELECT coalesce(sum(total_uncompressed_size), 0) FROM parquet_metadata(${text(from)})`);
    if (size > most) throw new LinkageFault("no-memory", `unpacks to ${size} bytes`);
    const plain = columns.map(({ name, type }) => `${String(type).startsWith("TIMESTAMP") ? `strftime(${column(String(name))}, '%Y-%m-%d')` : `CAST(${column(String(name))} AS VARCHAR)`} AS ${column(String(name))}`);
    await session.run(`COPY (SELECT ${plain.join(", ")} FROM read_parquet(${text(from)})) TO ${text(to)} (FORMAT csv, HEADER true)`).catch((error: unknown) => Promise.reject(unreadable(error)));
    const csv = await fs.readFile(to);
    if (csv.length > most) throw new LinkageFault("no-memory", `unpacks to ${csv.length} bytes`);
    return csv;
  });
}

/** Rows of texts as Parquet, every column VARCHAR, empty texts as nulls. */
export async function rowsToParquet(headings: readonly string[], rows: readonly (readonly string[])[], folder: string): Promise<Buffer> {
  const [from, to] = [path.join(folder, "back.json"), path.join(folder, "back.parquet")];
  const names = headings.map((heading, i) => (headings.indexOf(heading) === i && heading !== "" ? heading : `${heading}_${i + 1}`));
  await fs.writeFile(from, rows.map((row) => JSON.stringify(Object.fromEntries(names.map((_, i) => [`c${i}`, row[i] === "" ? null : (row[i] ?? null)])))).join("\n"), { mode: 0o600 });
  return inFolder(folder, async (session) => {
    const types = names.map((_, i) => `c${i}: 'VARCHAR'`).join(", ");
    await session.run(`COPY (SELECT ${names.map((name, i) => `c${i} AS ${column(name)}`).join(", ")} FROM read_json(${text(from)}, format = 'newline_delimited', columns = {${types}})) TO ${text(to)} (FORMAT parquet)`);
    return fs.readFile(to);
  });
}
