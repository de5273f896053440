// The header row of a prepared CSV. Read here, so that DuckDB is told the columns and guesses nothing about the file.
import { open } from "node:fs/promises";
import { LinkageFault } from "../fault.ts";

const LONGEST_HEADER = 64 * 1024;

/**
 * Column names of a UTF-8 CSV in their order.
 * @throws LinkageFault unreadable, when there is no header row or it repeats a name
 */
export async function csvHeader(path: string): Promise<string[]> {
  const file = await open(path);
  let start: string;
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(LONGEST_HEADER), 0, LONGEST_HEADER, 0);
    start = buffer.toString("utf8", 0, bytesRead).replace(/^\uFEFF/, "");
  } finally {
    await file.close();
  }
  const names = [...(/^[^\r\n]*/.exec(start)?.[0] ?? "").matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map((cell) => cell[1]?.replaceAll('""', '"') ?? cell[2] ?? "");
  if (names.every((name) => name === "")) throw new LinkageFault("unreadable", "the file has no header row");
  if (new Set(names).size < names.length) throw new LinkageFault("unreadable", "the header row repeats a column name");
  return names;
}
