// Levels, weight and vetoes of candidate pairs; what is rejected or too light falls out here.
import { levelColumns, levels, patternSql, peopleOf } from "../columns.ts";
import type { LinkageSettings, Veto } from "../model.ts";
import type { StepResult, Work } from "./step.ts";
import type { Scoring } from "./weights.ts";

/** Rejected candidates this far below the threshold for review are still worth a sentence; thousandths of a bit. */
const NEAR_THRESHOLD = 12_000;

function vetoed(settings: LinkageSettings, outcome: Veto["outcome"]): string {
  const conditions = settings.vetoes
    .filter((veto) => veto.outcome === outcome)
    .map((veto) => {
      const unless = (veto.unless ?? []).map((pattern) => patternSql(settings, pattern));
      const when = patternSql(settings, veto.when);
      const light = veto.below === undefined ? "" : ` AND w < ${Math.round(veto.below * 1000)}`;
      return unless.length === 0 ? `(${when}${light})` : `(${when}${light} AND NOT (${unless.join(" OR ")}))`;
    });
  return conditions.length === 0 ? "false" : conditions.join(" OR ");
}

/** Makes table `target`: left_n, right_n, own (the left row's person), person (of the right row), w, review (a veto asks for a person), levels. */
export async function compare(work: Work, scoring: Scoring, pairs: string, target: string): Promise<StepResult> {
  const { db, settings, cache, rejectedPerRow } = work;
  const least = Math.round(settings.thresholds.review * 1000);
  const g = levelColumns(settings).join(", ");
  // A table of its own: in one query the optimiser would copy the level expressions into every condition that reads them.
  const known = pairs === "pairs" && cache.levelsOfAll === true;
  await db.run(
    known
      ? `CREATE VIEW ${target}_levels AS SELECT * FROM training_levels`
      : `CREATE TABLE ${target}_levels AS SELECT l.n AS left_n, r.n AS right_n, ${peopleOf(settings)}, ${levels(settings)}
    FROM ${pairs} p JOIN l ON l.n = p.left_n JOIN r ON r.n = p.right_n`,
  );
  const weighed = `SELECT x.left_n, x.right_n, own, person, ${scoring.weight} AS w, ${g} FROM ${target}_levels x ${scoring.join("x")}`;
  const keep = target === "scored" && rejectedPerRow !== undefined;
  if (keep) await db.run(`CREATE TABLE ${target}_weighed AS ${weighed}`);
  const source = keep ? `${target}_weighed` : `(${weighed})`;
  await db.run(`CREATE TABLE ${target} AS SELECT left_n, right_n, own, person, w, ${vetoed(settings, "review")} AS review, ${g} FROM ${source}
    WHERE w >= ${least} AND NOT (${vetoed(settings, "reject")})`);
  if (keep) await keepRejected(work, rejectedPerRow, least);
  await db.run(`DROP ${known ? "VIEW" : "TABLE"} ${target}_levels`);
  return { rows: await db.number(`SELECT count(*) FROM ${target}`) };
}

/** Table `rejected`: the heaviest rejected candidates of each left row that are near the threshold or vetoed. */
async function keepRejected({ db, settings }: Work, perRow: number, least: number): Promise<void> {
  const g = levelColumns(settings).join(", ");
  await db.run(`CREATE TABLE rejected_all AS SELECT left_n, right_n, w, CASE WHEN w >= ${least} THEN 1 ELSE 0 END AS reason, ${g} FROM scored_weighed WHERE w >= ${least - NEAR_THRESHOLD} AND NOT (w >= ${least} AND NOT (${vetoed(settings, "reject")}))`);
  await db.run(`CREATE TABLE rejected AS SELECT * FROM rejected_all QUALIFY row_number() OVER (PARTITION BY left_n ORDER BY w DESC, right_n) <= ${perRow}`);
  await db.run("CREATE TABLE rejected_base AS SELECT (SELECT count(*) FROM scored_weighed) AS compared, (SELECT count(*) FROM rejected_all) AS near");
  await db.run("DROP TABLE rejected_all; DROP TABLE scored_weighed");
}
