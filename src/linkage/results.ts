// Reads the results of a finished run line by line, without a database and without holding them in memory.
import { createReadStream } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { LinkResult } from "./model.ts";

async function* lines(path: string): AsyncGenerator<unknown> {
  for await (const line of createInterface({ input: createReadStream(path, "utf8"), crlfDelay: Infinity })) {
    if (line !== "") yield JSON.parse(line);
  }
}

/** Links in the order left_id, copy, right_id. */
export async function* readLinks(workFolder: string): AsyncGenerator<LinkResult> {
  for await (const row of lines(join(workFolder, "links.ndjson"))) yield row as LinkResult;
}

/** Ids of rows without a link, in their order. */
export async function* readUnmatched(workFolder: string, side: "left" | "right"): AsyncGenerator<string> {
  for await (const row of lines(join(workFolder, `unmatched_${side}.ndjson`))) yield (row as { id: string }).id;
}
