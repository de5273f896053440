// Levels, weight and vetoes of candidate pairs; what is rejected or too light falls out here.
import { levelColumns, levels, patternSql, personValue } from "../columns.ts";
import type { LinkageSettings, Veto } from "../model.ts";
import type { StepResult, Work } from "./step.ts";
import type { Scoring } from "./weights.ts";

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
export async function compare({ db, settings, cache }: Work, scoring: Scoring, pairs: string, target: string): Promise<StepResult> {
  const least = Math.round(settings.thresholds.review * 1000);
  const g = levelColumns(settings).join(", ");
  const personOf = (side: "l" | "r"): string => personValue(settings).replaceAll(/\bk(\d+)_/g, `${side}.k$1_`);
  const people = `${personOf("r")} AS person, ${settings.leftRepeats === "link" ? personOf("l") : "left_n"} AS own`;
  // A table of its own: in one query the optimiser would copy the level expressions into every condition that reads them.
  await db.run(
    pairs === "pairs" && cache.levelsOfAll === true
      ? `CREATE TABLE ${target}_levels AS SELECT left_n, right_n, ${people}, ${g} FROM training_levels JOIN l ON l.n = left_n JOIN r ON r.n = right_n`
      : `CREATE TABLE ${target}_levels AS SELECT l.n AS left_n, r.n AS right_n, ${people}, ${levels(settings)}
    FROM ${pairs} p JOIN l ON l.n = p.left_n JOIN r ON r.n = p.right_n`,
  );
  await db.run(`CREATE TABLE ${target} AS
    SELECT left_n, right_n, own, person, w, ${vetoed(settings, "review")} AS review, ${g} FROM (
      SELECT x.left_n, x.right_n, own, person, ${scoring.weight} AS w, ${g} FROM ${target}_levels x ${scoring.join("x")})
    WHERE w >= ${least} AND NOT (${vetoed(settings, "reject")})`);
  await db.run(`DROP TABLE ${target}_levels`);
  return { rows: await db.number(`SELECT count(*) FROM ${target}`) };
}
