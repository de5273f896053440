// The only file that knows DuckDB: opens a private in-memory database that spills into the work folder and reaches nothing else.
import { DuckDBInstance } from "@duckdb/node-api";
import { text } from "./sql.ts";

export type Value = string | number | bigint | boolean | null;
export type Row = Readonly<Record<string, Value>>;

export type Session = {
  /** Runs statements for their effect. */
  readonly run: (sql: string) => Promise<void>;
  readonly rows: (sql: string) => Promise<Row[]>;
  /** First column of the first row as a number. */
  readonly number: (sql: string) => Promise<number>;
  /** From here on only the work folder can be read or written; DuckDB does not let this be undone. */
  readonly lock: () => Promise<void>;
  /** Queries keep their order from here on: one thread, rows as sorted. For writing results. */
  readonly keepOrder: () => Promise<void>;
  readonly close: () => void;
};

/** `folder` takes spilled data and results; `memoryLimitMb` is DuckDB's own limit, the process needs about 150 MB more. */
export async function openSession(options: { folder: string; memoryLimitMb: number; threads: number }): Promise<Session> {
  const instance = await DuckDBInstance.create(":memory:", {
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
  const rows = async (sql: string): Promise<Row[]> => (await connection.runAndReadAll(sql)).getRowObjectsJS() as Row[];
  return {
    run,
    rows,
    number: async (sql) => {
      const first = (await rows(sql))[0];
      return Number(first === undefined ? 0 : (Object.values(first)[0] ?? 0));
    },
    lock: async () => {
      await run(`SET allowed_directories = [${text(options.folder)}]`);
      await run("SET enable_external_access = false");
    },
    keepOrder: async () => {
      await run("SET threads = 1");
      await run("SET preserve_insertion_order = true");
    },
    close: () => {
      connection.closeSync();
      instance.closeSync();
    },
  };
}
