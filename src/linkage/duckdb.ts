// The only file that knows DuckDB: opens a private database that lives in or spills into the work folder and reaches nothing else.
import { DuckDBInstance } from "@duckdb/node-api";
import { column, text } from "./sql.ts";

export type Value = string | number | bigint | boolean | null;
export type Row = Readonly<Record<string, Value>>;

export type Session = {
  /** Runs statements for their effect. */
  readonly run: (sql: string) => Promise<void>;
  readonly rows: (sql: string) => Promise<Row[]>;
  /** First column of the first row as a number. */
  readonly number: (sql: string) => Promise<number>;
  /** Rows of whole numbers, one after the other, without holding them all. */
  readonly each: (sql: string, take: (row: readonly (number | null)[]) => void) => Promise<void>;
  /** Adds rows of whole numbers to a table of INTEGER columns. */
  readonly append: (table: string, rows: Iterable<readonly (number | null)[]>) => Promise<void>;
  /** Writes all tables into a database file. */
  readonly save: (path: string) => Promise<void>;
  /**
   * Reads a saved file: `links` as a table of its own, because it is written to, all others as views. `only` leaves out a table
   * (undefined) or takes some of its rows (a WHERE clause). */
  readonly open: (path: string, only: Readonly<Record<string, string | undefined>>) => Promise<void>;
  /** From here on only the work folder can be read or written; DuckDB does not let this be undone. */
  readonly lock: () => Promise<void>;
  /** Queries keep the order of sorted rows from here on. For writing results. */
  readonly keepOrder: () => Promise<void>;
  /** Acts with one thread. */
  readonly alone: (act: () => Promise<void>) => Promise<void>;
  readonly close: () => void;
};

/**
 * `folder` takes spilled data and results; `memoryLimitMb` is DuckDB's own limit, the process needs about 200 MB more. Tables
 * `onDisk` are compressed and leave memory without being written again; in memory they are about a quarter faster. */
export async function openSession(options: { folder: string; memoryLimitMb: number; threads: number; spillLimitMb?: number | undefined; onDisk?: boolean }): Promise<Session> {
  const instance = await DuckDBInstance.create(options.onDisk === true ? `${options.folder}/tables.duckdb` : ":memory:", {
    threads: String(options.threads),
    memory_limit: `${options.memoryLimitMb}MB`,
    temp_directory: `${options.folder}/spill`,
    autoinstall_known_extensions: "false",
    autoload_known_extensions: "false",
    preserve_insertion_order: "false",
  });
  const connection = await instance.connect();
  const run = async (sql: string): Promise<void> => {
    await connection.run(sql);
  };
  if (options.spillLimitMb !== undefined) await run(`SET max_temp_directory_size = '${options.spillLimitMb}MB'`);
  const rows = async (sql: string): Promise<Row[]> => (await connection.runAndReadAll(sql)).getRowObjectsJS() as Row[];
  return {
    run,
    rows,
    number: async (sql) => {
      const first = (await rows(sql))[0];
      return Number(first === undefined ? 0 : (Object.values(first)[0] ?? 0));
    },
    each: async (sql, take) => {
      const stream = await connection.stream(sql);
      for (let chunk = await stream.fetchChunk(); chunk !== null && chunk.rowCount > 0; chunk = await stream.fetchChunk()) {
        for (const row of chunk.getRows()) take(row.map((value) => (value === null ? null : Number(value))));
      }
    },
    append: async (table, list) => {
      const appender = await connection.createAppender(table);
      for (const row of list) {
        for (const value of row) {
          if (value === null) appender.appendNull();
          else appender.appendInteger(value);
        }
        appender.endRow();
      }
      appender.closeSync();
    },
    save: async (path) => {
      const tables = await rows("SELECT database_name AS base, table_name AS name FROM duckdb_tables() WHERE database_name = current_database() AND NOT temporary ORDER BY 2");
      await run(`ATTACH ${text(path)} AS saved`);
      for (const { base, name } of tables) await run(`CREATE TABLE saved.main.${column(String(name))} AS SELECT * FROM ${column(String(base))}.main.${column(String(name))}`);
      await run("CHECKPOINT saved");
      await run("DETACH saved");
    },
    open: async (path, only) => {
      await run(`ATTACH ${text(path)} AS saved (READ_ONLY)`);
      for (const row of await rows("SELECT table_name AS name FROM duckdb_tables() WHERE database_name = 'saved' ORDER BY 1")) {
        const name = String(row["name"]);
        if (name in only && only[name] === undefined) continue;
        await run(`CREATE ${name === "links" ? "TABLE" : "VIEW"} ${column(name)} AS SELECT * FROM saved.main.${column(name)} ${only[name] ?? ""}`);
      }
    },
    lock: async () => {
      await run(`SET allowed_directories = [${text(options.folder)}]`);
      await run("SET enable_external_access = false");
    },
    keepOrder: () => run("SET preserve_insertion_order = true"),
    alone: async (act) => {
      await run("SET threads = 1");
      await act();
      await run(`SET threads = ${options.threads}`);
    },
    close: () => {
      connection.closeSync();
      instance.closeSync();
    },
  };
}
