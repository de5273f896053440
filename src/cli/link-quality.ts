// Precision and recall of links against known pairs. Truth is a CSV with the columns left_id, right_id (one line a true
// pair), or id, cluster (rows of one person share the cluster; one list, or ids of both lists together).
import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { join } from "node:path";

export type Quality = { readonly precision: number; readonly recall: number; readonly f1: number; readonly links: number; readonly right: number; readonly truePairs: number };
export type Truth = { readonly has: (left: string, right: string) => boolean; readonly pairs: number };

/** Cells of one CSV line; a quoted cell may hold commas, not line ends. */
export function cellsOf(line: string): string[] {
  if (!line.includes('"')) return line.split(",");
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map((cell) => cell[1]?.replaceAll('""', '"') ?? cell[2] ?? "");
}

async function* rows(path: string): AsyncGenerator<string[]> {
  let first = true;
  for await (const line of createInterface({ input: createReadStream(path, "utf8"), crlfDelay: Infinity })) {
    if (line === "") continue;
    yield cellsOf(first ? line.replace(/^\uFEFF/, "") : line).map((cell) => cell.trim());
    first = false;
  }
}

const GROUP = /^(cluster(_?id)?|ent(ity)?(_?id)?|person(_?id)?|pid|group(_?id)?)$/i;

/** `oneList`: pairs have no order. @throws Error when the file has neither form */
export async function readTruth(path: string, oneList: boolean): Promise<Truth> {
  const lines = rows(path);
  const head = (await lines.next()).value as string[] | undefined;
  if (head === undefined || head.length < 2) throw new Error("the truth needs the columns left_id, right_id or id, cluster");
  const key = (left: string, right: string): string => (oneList && right < left ? `${right}\n${left}` : `${left}\n${right}`);
  const group = head.findIndex((name) => GROUP.test(name));
  if (group < 0) {
    const at = (names: RegExp, otherwise: number): number => Math.max(head.findIndex((name) => names.test(name)), otherwise);
    const [left, right] = [at(/^(left_?id|id_?l(eft)?|unique_id_l|id_?a|id1)$/i, 0), at(/^(right_?id|id_?r(ight)?|unique_id_r|id_?b|id2)$/i, 1)];
    const pairs = new Set<string>();
    for await (const cells of lines) pairs.add(key(cells[left] ?? "", cells[right] ?? ""));
    return { has: (a, b) => pairs.has(key(a, b)), pairs: pairs.size };
  }
  const id = group === 0 ? 1 : 0;
  const clusterOf = new Map<string, string>();
  const sizes = new Map<string, number>();
  for await (const cells of lines) {
    const [row, cluster] = [cells[id] ?? "", cells[group] ?? ""];
    clusterOf.set(row, cluster);
    sizes.set(cluster, (sizes.get(cluster) ?? 0) + 1);
  }
  const pairs = [...sizes.values()].reduce((sum, n) => sum + (n * (n - 1)) / 2, 0);
  return { has: (a, b) => clusterOf.has(a) && clusterOf.get(a) === clusterOf.get(b), pairs };
}

/** `links` counted, `right` of them true. */
export function qualityOf(links: number, right: number, truePairs: number): Quality {
  const [precision, recall] = [links === 0 ? 1 : right / links, truePairs === 0 ? 1 : right / truePairs];
  return { precision, recall, f1: precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall), links, right, truePairs };
}

/** Links of a finished run in a folder against a file of known pairs: all of them, and those without a person's word. */
export async function qualityOfRun(out: string, truthFile: string, oneList: boolean): Promise<{ readonly overall: Quality; readonly automatic: Quality }> {
  const truth = await readTruth(truthFile, oneList);
  const seen = { all: 0, right: 0, automatic: 0, automaticRight: 0 };
  const lines = rows(join(out, "links.csv"));
  await lines.next();
  for await (const [left, other, , , decision] of lines) {
    const right = truth.has(left ?? "", other ?? "") ? 1 : 0;
    seen.all += 1;
    seen.right += right;
    if (decision === "automatic") [seen.automatic, seen.automaticRight] = [seen.automatic + 1, seen.automaticRight + right];
  }
  return { overall: qualityOf(seen.all, seen.right, truth.pairs), automatic: qualityOf(seen.automatic, seen.automaticRight, truth.pairs) };
}

export const qualityLine = (what: string, { precision, recall, f1, links, right, truePairs }: Quality): string =>
  `${what.padEnd(12)} precision ${precision.toFixed(5)} (${right} of ${links} links)  recall ${recall.toFixed(5)} (${right} of ${truePairs} true pairs)  F1 ${f1.toFixed(5)}`;
