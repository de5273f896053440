// Reads the results of a finished run line by line, without a database and without holding them in memory.
import { createReadStream, existsSync } from "node:fs";
import { join } from "node:path";
import type { ClusterResult, LinkResult, Rejection } from "./model.ts";

/** One JSON value per line; only a line feed ends a line (node:readline would also split at U+2028 inside an id). */
async function* lines(path: string): AsyncGenerator<unknown> {
  let rest = "";
  for await (const chunk of createReadStream(path, "utf8") as AsyncIterable<string>) {
    const parts = (rest + chunk).split("\n");
    rest = parts.pop() ?? "";
    for (const line of parts) if (line !== "") yield JSON.parse(line);
  }
  if (rest !== "") yield JSON.parse(rest);
}

/** Links in the order left_id, copy, right_id. */
export async function* readLinks(workFolder: string): AsyncGenerator<LinkResult> {
  for await (const row of lines(join(workFolder, "links.ndjson"))) yield row as LinkResult;
}

/** Rejected candidates that the task asked to keep (`rejectedPerRow`), in the order left_id, weight downwards, right_id; none when it did not ask. */
export async function* readRejected(workFolder: string): AsyncGenerator<Rejection> {
  const path = join(workFolder, "rejected.ndjson");
  if (existsSync(path)) for await (const row of lines(path)) yield row as Rejection;
}

/** Ids of rows without a link, in their order. */
export async function* readUnmatched(workFolder: string, side: "left" | "right"): AsyncGenerator<string> {
  for await (const row of lines(join(workFolder, `unmatched_${side}.ndjson`))) yield (row as { id: string }).id;
}

/** Rows of a list that was compared with itself, in the order cluster_id, row_id. */
export async function* readClusters(workFolder: string): AsyncGenerator<ClusterResult> {
  for await (const row of lines(join(workFolder, "clusters.ndjson"))) yield row as ClusterResult;
}
