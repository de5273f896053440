// A DuckDB in memory for tests and benchmarks, with the macros of translated expressions.
import { DuckDBInstance } from "@duckdb/node-api";
import { sqlMacros } from "../src/scheme/sql-macros.ts";

export type DuckDb = {
  readonly run: (sql: string, values?: Record<string, string>) => Promise<void>;
  readonly rows: (sql: string, values?: Record<string, string>) => Promise<readonly (readonly unknown[])[]>;
  readonly close: () => void;
};

/** `folder` takes what does not fit into memory. */
export async function openDuckDb(options: { threads?: number; memoryMb?: number; folder?: string } = {}): Promise<DuckDb> {
  const instance = await DuckDBInstance.create(":memory:", {
    threads: String(options.threads ?? 1),
    memory_limit: `${options.memoryMb ?? 1024}MB`,
    autoinstall_known_extensions: "false",
    autoload_known_extensions: "false",
    preserve_insertion_order: "false",
    ...(options.folder === undefined ? {} : { temp_directory: `${options.folder}/spill` }),
  });
  const connection = await instance.connect();
  for (const macro of sqlMacros()) await connection.run(macro);
  return {
    run: async (sql, values) => void (await connection.run(sql, values)),
    rows: async (sql, values) => (await connection.runAndReadAll(sql, values)).getRowsJS(),
    close: () => {
      connection.closeSync();
      instance.closeSync();
    },
  };
}
