// Results as Parquet and NDJSON, and for people as CSV with a sentence, in a total order, so that the same input gives the same bytes.
import { chmod } from "node:fs/promises";
import { levelColumn } from "../columns.ts";
import { explain } from "../explain.ts";
import type { Decision, LinkCounts, Stage } from "../model.ts";
import { text } from "../sql.ts";
import type { StepResult, Work } from "./step.ts";

export const FORMATS = ["parquet", "ndjson"] as const;

/** Names of the files of these results. */
export function resultFiles(names: readonly string[]): string[] {
  return names.flatMap((name) => FORMATS.map((format) => `${name}.${format}`));
}

const OPTIONS = { parquet: "FORMAT parquet, COMPRESSION zstd", ndjson: "FORMAT json", csv: "FORMAT csv, HEADER" } as const;

/** Lines keep their order with any number of threads; how Parquet is cut into groups is the same only with one. */
async function copy({ db }: Work, folder: string, name: string, query: string, formats: readonly (keyof typeof OPTIONS)[] = FORMATS): Promise<void> {
  for (const format of formats) {
    const write = (): Promise<void> => db.run(`COPY (${query}) TO ${text(`${folder}/${name}.${format}`)} (${OPTIONS[format]})`);
    await (format === "parquet" ? db.alone(write) : write());
  }
}

/** Whole thousandths (or other decimal places) as JavaScript writes the number: no zeros at the end. */
function decimal(whole: string, places: number): string {
  const rest = `abs(${whole}) % ${10 ** places}`;
  return `(CASE WHEN ${whole} < 0 THEN '-' ELSE '' END || abs(${whole}) // ${10 ** places} || CASE WHEN ${rest} = 0 THEN '' ELSE '.' || rtrim(lpad((${rest})::VARCHAR, ${places}, '0'), '0') END)`;
}

/** links.csv and review.csv: each link with its sentence. There are only some thousands of different sentences in a long list. */
async function writeSentences(work: Work, folder: string): Promise<void> {
  const { db, settings } = work;
  const g = settings.comparisons.map((each) => levelColumn(settings, each.column));
  await db.run(`CREATE TABLE reasons AS SELECT row_number() OVER () AS reason, * FROM (SELECT DISTINCT decision, stage, ${g.join(", ")} FROM final_links)`);
  const told: string[] = [];
  for (const row of await db.rows("SELECT * FROM reasons ORDER BY reason")) {
    const levels = Object.fromEntries(settings.comparisons.map((each, i) => [each.column, Number(row[`g${i}`] ?? -1)]));
    const { zh, en } = explain(settings, { levels, decision: row["decision"] as Decision, stage: row["stage"] as Stage, weight: 0 });
    told.push(`${zh} ${en}`);
  }
  await db.run(`CREATE TABLE sentences AS SELECT unnest(range(1, ${told.length + 1})) AS reason, unnest([${told.map(text).join(", ")}]::VARCHAR[]) AS why`);
  await db.run(`CREATE TABLE told_links AS SELECT left_n, copy, right_n, left_id, right_id, ${decimal("w", 3)} AS weight, ${decimal("round(probability * 1000000)::BIGINT", 6)} AS probability, decision, why
    FROM final_links JOIN (SELECT * FROM reasons JOIN sentences USING (reason)) USING (decision, stage, ${g.join(", ")}) ORDER BY left_n, copy, right_n`);
  for (const [name, which] of [["links", ""], ["review", "WHERE decision = 'review'"]] as const) {
    await copy(work, folder, name, `SELECT left_id, right_id, weight, probability, decision, why FROM told_links ${which}`, ["csv"]);
    await chmod(`${folder}/${name}.csv`, 0o600);
  }
  await db.run("DROP TABLE reasons; DROP TABLE sentences; DROP TABLE told_links");
}

/** `rightIds`: the table with the ids of the right rows, whose numbers are in the order of the ids. Rows keep their order from here on. */
async function writeLinks(work: Work, folder: string, rightIds: string): Promise<number> {
  const { db, settings } = work;
  const levelOf = (name: string): string => `${text(name)}: ${levelColumn(settings, name)}`;
  const g = settings.comparisons.map((each) => levelColumn(settings, each.column)).join(", ");
  await db.keepOrder();
  await db.run(`CREATE TABLE final_links AS SELECT left_n, right_n, li.id AS left_id, ri.id AS right_id, w, round(1 / (1 + pow(2, -least(w, 100000) / 1000.0::DOUBLE)), 6) AS probability,
      CASE WHEN automatic THEN 'automatic' ELSE 'review' END AS decision, stage, copy, ${g}
    FROM links JOIN left_ids li ON li.n = links.left_n JOIN ${rightIds} ri ON ri.n = links.right_n ORDER BY left_n, copy, right_n`);
  const formats = work.sentences === true ? (["parquet"] as const) : FORMATS;
  await copy(work, folder, "links", `SELECT left_id, right_id, w / 1000.0::DOUBLE AS weight, probability, decision, stage, copy, {${settings.comparisons.map((each) => levelOf(each.column)).join(", ")}} AS levels FROM final_links`, formats);
  if (work.sentences === true) await writeSentences(work, folder);
  const rows = await db.number("SELECT count(*) FROM final_links");
  await db.run("DROP TABLE final_links");
  return rows;
}

/**
 * Rejected candidates as files, with those that lost against another pair. Notes say how many there were, and how many were
 * compared at all.
 */
export async function writeRejected(work: Work, folder: string, rightIds: string): Promise<StepResult> {
  const { db, settings, rejectedPerRow } = work;
  if (rejectedPerRow === undefined) return { rows: 0 };
  const g = settings.comparisons.map((_, i) => `g${i}`).join(", ");
  const levelOf = (name: string): string => `${text(name)}: ${levelColumn(settings, name)}`;
  await db.run(`CREATE TABLE outbid AS SELECT s.left_n, s.right_n, s.w, 2 AS reason, ${g} FROM scored s ANTI JOIN links USING (left_n, right_n)`);
  await db.run(`CREATE TABLE all_rejected AS SELECT left_n, right_n, w, reason, ${g} FROM rejected ANTI JOIN links USING (left_n, right_n) UNION ALL SELECT * FROM outbid`);
  await db.run(`CREATE TABLE final_rejected AS SELECT li.id AS left_id, ri.id AS right_id, w / 1000.0::DOUBLE AS weight, CASE reason WHEN 0 THEN 'light' WHEN 1 THEN 'veto' ELSE 'outbid' END AS reason,
      {${settings.comparisons.map((each) => levelOf(each.column)).join(", ")}} AS levels
    FROM (SELECT * FROM all_rejected QUALIFY row_number() OVER (PARTITION BY left_n ORDER BY w DESC, right_n) <= ${rejectedPerRow}) x JOIN left_ids li ON li.n = x.left_n JOIN ${rightIds} ri ON ri.n = x.right_n`);
  await copy(work, folder, "rejected", "SELECT * FROM final_rejected ORDER BY left_id, weight DESC, right_id");
  const base = (await db.rows("SELECT sum(compared)::DOUBLE AS compared, sum(near)::DOUBLE + (SELECT count(*) FROM outbid) AS near FROM rejected_base"))[0];
  const rows = await db.number("SELECT count(*) FROM final_rejected");
  return { rows, notes: { "rejections kept": rows, "rejections kept, at most for each left row": rejectedPerRow, "rejected near the threshold, vetoed or outbid": Number(base?.["near"] ?? 0), "candidates compared": Number(base?.["compared"] ?? 0) } };
}

export async function writeLists(work: Work, folder: string): Promise<StepResult> {
  const rows = await writeLinks(work, folder, "right_ids");
  for (const side of ["left", "right"]) {
    await work.db.run(`CREATE TABLE unmatched AS SELECT id FROM ${side}_ids WHERE n NOT IN (SELECT ${side}_n FROM links) ORDER BY n`);
    await copy(work, folder, `unmatched_${side}`, "SELECT id FROM unmatched");
    await work.db.run("DROP TABLE unmatched");
  }
  const { notes } = await writeRejected(work, folder, "right_ids");
  return { rows, ...(notes === undefined ? {} : { notes }) };
}

/** Every row is in `clusters`, alone with size 1 when it has no other; `unmatched_left` are the rows without any link. */
export async function writeOneList(work: Work, folder: string): Promise<StepResult> {
  const rows = await writeLinks(work, folder, "left_ids");
  await work.db.run(`CREATE TABLE final_clusters AS SELECT i.id AS row_id, coalesce(ci.id, i.id) AS cluster_id, coalesce(c.rows, 1)::INTEGER AS size,
      c.w / 1000.0::DOUBLE AS weakest_weight, a.id AS weakest_left_id, b.id AS weakest_right_id
    FROM left_ids i LEFT JOIN clustered c USING (n) LEFT JOIN left_ids ci ON ci.n = c.c LEFT JOIN left_ids a ON a.n = c.a LEFT JOIN left_ids b ON b.n = c.b`);
  await copy(work, folder, "clusters", "SELECT * FROM final_clusters ORDER BY cluster_id, row_id", [...FORMATS, "csv"]);
  await copy(work, folder, "unmatched_left", "SELECT id FROM left_ids WHERE n NOT IN (SELECT left_n FROM links UNION SELECT right_n FROM links) ORDER BY n");
  const { notes } = await writeRejected(work, folder, "left_ids");
  return { rows, ...(notes === undefined ? {} : { notes }) };
}

type Counts = Omit<LinkCounts, "skippedBlocks" | "skippedPairs" | "untrustedIdentifiers" | "clusters">;

/** `right` and `unmatchedRight` are 0 for one list. */
export async function countOneList({ db }: Work): Promise<Counts> {
  const row = (
    await db.rows(`SELECT (SELECT count(*) FROM left_ids) AS left_n, count(*) FILTER (stage = 'exact') AS exact, count(*) FILTER (stage = 'scored') AS scored,
      count(*) FILTER (automatic) AS automatic, count(*) FILTER (NOT automatic) AS review,
      (SELECT count(*) FROM (SELECT left_n FROM links UNION SELECT right_n FROM links)) AS matched FROM links`)
  )[0];
  const value = (name: string): number => Number(row?.[name] ?? 0);
  const [left, matched] = [value("left_n"), value("matched")];
  return { left, right: 0, exact: value("exact"), scored: value("scored"), repeats: 0, automatic: value("automatic"), review: value("review"), unmatchedLeft: left - matched, unmatchedRight: 0 };
}

export async function count({ db }: Work): Promise<Counts> {
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
