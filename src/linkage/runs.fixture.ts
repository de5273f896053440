// What several tests of the linkage need: a folder for a run's files, and the digests of its results.
import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import { LinkageFault } from "./fault.ts";

/** A folder that goes when the test file is done. */
export function scratchFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "linkage-"));
  after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** File name → SHA-256 of every result but steps.json, which tells seconds. */
export function digests(work: string): Record<string, string> {
  return Object.fromEntries(
    readdirSync(work, { withFileTypes: true })
      .filter((entry) => entry.name !== "steps.json" && entry.isFile())
      .map(({ name }) => [name, createHash("sha256").update(readFileSync(join(work, name))).digest("hex")]),
  );
}

export async function all<T>(rows: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const row of rows) list.push(row);
  return list;
}

/** The fault a run ends with. */
export async function faultOf(run: Promise<unknown>): Promise<LinkageFault> {
  return run.then(
    () => {
      throw new Error("the run went through");
    },
    (error: unknown) => {
      if (error instanceof LinkageFault) return error;
      throw error;
    },
  );
}
