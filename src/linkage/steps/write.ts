// Results as Parquet and NDJSON, in a total order and by one thread, so that the same input gives the same bytes.
import { levelColumn } from "../columns.ts";
import type { LinkCounts } from "../model.ts";
import { text } from "../sql.ts";
import type { StepResult, Work } from "./step.ts";

export const RESULTS = ["links", "unmatched_left", "unmatched_right"] as const;
export type ResultName = (typeof RESULTS)[number];
export const FORMATS = ["parquet", "ndjson"] as const;

export async function write({ db, settings }: Work, folder: string): Promise<StepResult> {
  const levelOf = (name: string): string => `${text(name)}: ${levelColumn(settings, name)}`;
  await db.run(`CREATE TABLE final_links AS SELECT li.id AS left_id, ri.id AS right_id, w / 1000.0::DOUBLE AS weight,
      round(1 / (1 + pow(2, -least(w, 100000) / 1000.0::DOUBLE)), 6) AS probability,
      CASE WHEN automatic THEN 'automatic' ELSE 'review' END AS decision, stage, copy, {${settings.comparisons.map((each) => levelOf(each.column)).join(", ")}} AS levels
    FROM links JOIN left_ids li ON li.n = links.left_n JOIN right_ids ri ON ri.n = links.right_n`);
  await db.keepOrder();
  const queries: Record<ResultName, string> = {
    links: "SELECT * FROM final_links ORDER BY left_id, copy, right_id",
    unmatched_left: "SELECT id FROM left_ids WHERE n NOT IN (SELECT left_n FROM links) ORDER BY n",
    unmatched_right: "SELECT id FROM right_ids WHERE n NOT IN (SELECT right_n FROM links) ORDER BY n",
  };
  for (const name of RESULTS) {
    for (const format of FORMATS) {
      const options = format === "parquet" ? "FORMAT parquet, COMPRESSION zstd" : "FORMAT json";
      await db.run(`COPY (${queries[name]}) TO ${text(`${folder}/${name}.${format}`)} (${options})`);
    }
  }
  return { rows: await db.number("SELECT count(*) FROM final_links") };
}

export async function count({ db }: Work): Promise<Omit<LinkCounts, "skippedBlocks" | "skippedPairs" | "untrustedIdentifiers">> {
  const row = (
    await db.rows(`SELECT (SELECT count(*) FROM left_ids) AS left_n, (SELECT count(*) FROM right_ids) AS right_n,
      count(*) FILTER (stage = 'exact') AS exact, count(*) FILTER (stage = 'scored') AS scored, count(*) FILTER (stage = 'repeat') AS repeats,
      count(*) FILTER (automatic) AS automatic, count(*) FILTER (NOT automatic) AS review,
      count(DISTINCT links.left_n) AS matched_left, count(DISTINCT links.right_n) AS matched_right FROM links`)
  )[0];
  const value = (name: string): number => Number(row?.[name] ?? 0);
  return {
    left: value("left_n"),
    right: value("right_n"),
    exact: value("exact"),
    scored: value("scored"),
    repeats: value("repeats"),
    automatic: value("automatic"),
    review: value("review"),
    unmatchedLeft: value("left_n") - value("matched_left"),
    unmatchedRight: value("right_n") - value("matched_right"),
  };
}
