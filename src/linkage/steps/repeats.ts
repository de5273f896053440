// Further rows of a person who is linked already (no usable identifier, other spelling): compared with that person's left
// row, so that they are not reported as people the register does not know. What any veto doubts is another person here.
import { levelColumns, patternSql } from "../columns.ts";
import { block, type Blocked } from "./candidates.ts";
import { compare } from "./compare.ts";
import type { Work } from "./step.ts";
import type { Scoring } from "./weights.ts";

export async function repeats(work: Work, scoring: Scoring): Promise<Blocked> {
  const { db, settings } = work;
  const { automatic, review, margin } = settings.thresholds;
  const [sure, least, apart, less] = [automatic, review, margin, settings.priors.repeat].map((bits) => Math.round(bits * 1000));
  await db.run(`CREATE TABLE linked_l AS SELECT DISTINCT left_n AS n FROM links`);
  await db.run(`CREATE TABLE unlinked_r AS SELECT n FROM r WHERE n NOT IN (SELECT right_n FROM links)`);
  const blocked = await block(work, "repeat_pairs", "linked_l", "unlinked_r", settings.blocking.filter((key) => key.findsRepeats === true));
  await compare(work, scoring, "repeat_pairs", "repeats");
  const before = await db.number("SELECT count(*) FROM links");
  const needs = (settings.repeatsNeed ?? []).map((need) => patternSql(settings, need));
  const g = levelColumns(settings);
  await db.run(`INSERT INTO links
    WITH lighter AS (SELECT left_n, right_n, w - ${less} AS w, ${g.join(", ")} FROM repeats WHERE NOT review),
    ranked AS (
      SELECT *, lead(w) OVER best AS rival, row_number() OVER best AS place FROM lighter
      WINDOW best AS (PARTITION BY right_n ORDER BY w DESC, hash(left_n, right_n), left_n)
    )
    SELECT x.left_n, x.right_n, x.w, x.w >= ${sure} AND (${needs.length === 0 ? "true" : needs.join(" OR ")}) AND (rival IS NULL OR x.w - rival >= ${apart}), 'repeat',
      (last + row_number() OVER (PARTITION BY x.left_n ORDER BY x.w DESC, x.right_n))::INTEGER, ${g.map((each) => `x.${each}`).join(", ")}
    FROM ranked x JOIN (SELECT left_n, max(copy) AS last FROM links GROUP BY 1) USING (left_n) WHERE place = 1 AND w >= ${least}`);
  return { ...blocked, rows: (await db.number("SELECT count(*) FROM links")) - before };
}
