// Equal valid identifiers: `exact_pairs` with levels (before weights are learned), then `links` of stage exact from the
// pairs that pass a look at name or phone. A right row goes to its best left row; a tie is for a person to decide.
import { levelColumns, levels, patternSql, rareValues, sameIdentifier } from "../columns.ts";
import type { StepResult, Work } from "./step.ts";
import type { Scoring } from "./weights.ts";

/** Left rows with one valid identifier whose weights for a right row are no further apart are one person twice. */
const SAME_PERSON_BITS = 20;

/** Makes `exact_pairs` of the pairs that `from` joins (rows `l` and `r`). */
export async function withLevels({ db, settings }: Work, from: string): Promise<number> {
  if (settings.exact === undefined) {
    // No pairs, and a table of the same columns: what compares them need not be planned.
    await db.run(`CREATE TABLE exact_pairs AS SELECT ${["l.n AS left_n", "l.n AS right_n", ...levelColumns(settings).map((g) => `0::UTINYINT AS ${g}`), ...rareValues(settings)].join(", ")}, false AS sane FROM l WHERE false`);
    return 0;
  }
  const sane = settings.exact.sane.map((pattern) => patternSql(settings, pattern));
  const pairs = `SELECT ${["l.n AS left_n", "r.n AS right_n", levels(settings, { equal: settings.exact.identifier }), ...rareValues(settings)].join(", ")} ${from}`;
  await db.run(`CREATE TABLE exact_pairs AS SELECT *, ${sane.length === 0 ? "false" : sane.join(" OR ")} AS sane FROM (${pairs})`);
  return db.number("SELECT count(*) FROM exact_pairs");
}

export async function exactPairs(work: Work): Promise<StepResult> {
  const exact = work.settings.exact;
  return { rows: await withLevels(work, `FROM l JOIN r ON ${exact === undefined ? "false" : sameIdentifier(work.settings, exact.identifier)}`) };
}

/** Makes `links`: left_n, right_n, w (thousandths of a bit), automatic, stage, copy, levels. */
export async function acceptExact({ db, settings }: Work, scoring: Scoring): Promise<StepResult> {
  const margin = Math.round(settings.thresholds.margin * 1000);
  const g = levelColumns(settings).join(", ");
  const every = settings.leftRepeats === "link";
  await db.run(`CREATE TABLE weighed AS SELECT x.left_n, x.right_n, ${g}, ${scoring.weight} AS w FROM exact_pairs x ${scoring.join("x")} WHERE sane`);
  // Nearly every row has one partner only: the few others are ranked, not all.
  const crowded = (table: string, side: string): string => `(SELECT ${side} FROM ${table} GROUP BY 1 HAVING count(*) > 1)`;
  await db.run(`CREATE TABLE accepted AS
    SELECT left_n, right_n, w, true AS automatic, ${g} FROM weighed WHERE right_n NOT IN ${crowded("weighed", "right_n")}
    UNION ALL SELECT left_n, right_n, w, ${every ? "true" : `rival IS NULL OR w - rival >= ${margin}`}, ${g} FROM (
      SELECT *, lead(w) OVER ranks AS rival, first_value(w) OVER ranks AS best, row_number() OVER ranks AS place
      FROM weighed WHERE right_n IN ${crowded("weighed", "right_n")} WINDOW ranks AS (PARTITION BY right_n ORDER BY w DESC, hash(left_n, right_n), left_n)
    ) WHERE place = 1 ${every ? `OR best - w <= ${SAME_PERSON_BITS * 1000}` : ""}`);
  await db.run(`CREATE TABLE links AS
    SELECT left_n, right_n, w, automatic, 'exact' AS stage, 0::INTEGER AS copy, ${g} FROM accepted WHERE left_n NOT IN ${crowded("accepted", "left_n")}
    UNION ALL SELECT left_n, right_n, w, automatic, 'exact', (row_number() OVER (PARTITION BY left_n ORDER BY w DESC, right_n) - 1)::INTEGER, ${g} FROM accepted WHERE left_n IN ${crowded("accepted", "left_n")}`);
  await db.run("DROP TABLE weighed; DROP TABLE accepted");
  return { rows: await db.number("SELECT count(*) FROM links") };
}
