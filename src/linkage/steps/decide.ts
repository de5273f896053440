// One person on the left to one on the right: the heaviest pair that is best for both sides is taken, then the next among
// the rest. The margin is counted to the next different person on either side, also when that one is taken already. Rows of the left list that are
// one person (where it may hold a person twice) stand together.
import { levelColumns } from "../columns.ts";
import { block } from "./candidates.ts";
import { compare } from "./compare.ts";
import type { StepResult, Work } from "./step.ts";
import type { Scoring } from "./weights.ts";

const thousandths = (bits: number): number => Math.round(bits * 1000);

export async function decide({ db, settings }: Work): Promise<StepResult> {
  const { automatic, margin } = settings.thresholds;
  await db.run(`CREATE TABLE rivals AS
    WITH one AS (
      SELECT own, person, left_n, w, review FROM scored QUALIFY row_number() OVER (PARTITION BY own, person ORDER BY w DESC, left_n, right_n) = 1
    ), placed AS (
      SELECT *, first_value(w) OVER a AS left_best, lead(w) OVER a AS left_next, row_number() OVER a AS left_place,
        first_value(w) OVER b AS right_best, lead(w) OVER b AS right_next, row_number() OVER b AS right_place
      FROM one WINDOW a AS (PARTITION BY own ORDER BY w DESC, hash(left_n, person), person),
        b AS (PARTITION BY person ORDER BY w DESC, hash(left_n, person), left_n)
    )
    SELECT own, left_n, person, w, review OR w < ${thousandths(automatic)}
      OR w - CASE WHEN left_place = 1 THEN coalesce(left_next, w - ${thousandths(margin)}) ELSE left_best END < ${thousandths(margin)}
      OR w - CASE WHEN right_place = 1 THEN coalesce(right_next, w - ${thousandths(margin)}) ELSE right_best END < ${thousandths(margin)} AS review
    FROM placed`);
  await db.run(`CREATE TABLE chosen AS SELECT * FROM rivals WHERE false`);
  let rounds = 0;
  for (let left = 1; left > 0; rounds += 1) {
    await db.run(`CREATE TABLE round AS SELECT * FROM rivals
      QUALIFY row_number() OVER (PARTITION BY own ORDER BY w DESC, hash(left_n, person), person) = 1
        AND row_number() OVER (PARTITION BY person ORDER BY w DESC, hash(left_n, person), left_n) = 1`);
    await db.run(`INSERT INTO chosen SELECT * FROM round`);
    await db.run(`CREATE TABLE rest AS SELECT * FROM rivals ANTI JOIN round USING (own) ANTI JOIN round AS taken USING (person)`);
    await db.run(`DROP TABLE rivals; DROP TABLE round; ALTER TABLE rest RENAME TO rivals`);
    left = await db.number("SELECT count(*) FROM rivals");
  }
  const g = levelColumns(settings);
  await db.run(`INSERT INTO links
    SELECT s.left_n, s.right_n, s.w, NOT c.review AND NOT s.review AND s.w >= ${thousandths(automatic)}, 'scored',
      (row_number() OVER (PARTITION BY s.left_n ORDER BY s.w DESC, s.right_n) - 1)::INTEGER, ${g.map((each) => `s.${each}`).join(", ")}
    FROM scored s JOIN chosen c USING (own, person)`);
  return { rows: await db.number("SELECT count(*) FROM chosen"), notes: { rounds } };
}

/** Left rows that nobody is linked to, against right rows that are linked: the left list holds that person twice. */
export async function leftRepeats(work: Work, scoring: Scoring): Promise<number> {
  const { db, settings } = work;
  const { automatic, review, margin } = settings.thresholds;
  const g = levelColumns(settings);
  await db.run(`CREATE TABLE unlinked_left AS SELECT n FROM l WHERE n NOT IN (SELECT left_n FROM links); CREATE TABLE linked_right AS SELECT DISTINCT right_n AS n FROM links WHERE automatic`);
  await block(work, "left_repeat_pairs", "unlinked_left", "linked_right", settings.blocking);
  await compare(work, scoring, "left_repeat_pairs", "left_repeats");
  const before = await db.number("SELECT count(*) FROM links");
  await db.run(`INSERT INTO links
    WITH lighter AS (SELECT * REPLACE (w - ${thousandths(settings.priors.repeat)} AS w) FROM left_repeats WHERE NOT review),
    one AS (SELECT * FROM lighter QUALIFY row_number() OVER (PARTITION BY left_n, person ORDER BY w DESC, right_n) = 1),
    ranked AS (SELECT left_n, person, w, lead(w) OVER ranks AS rival, row_number() OVER ranks AS place FROM one WINDOW ranks AS (PARTITION BY left_n ORDER BY w DESC, hash(left_n, person), person))
    SELECT x.left_n, x.right_n, x.w, x.w >= ${thousandths(automatic)} AND (rival IS NULL OR ranked.w - rival >= ${thousandths(margin)}), 'repeat',
      (row_number() OVER (PARTITION BY x.left_n ORDER BY x.w DESC, x.right_n) - 1)::INTEGER, ${g.map((each) => `x.${each}`).join(", ")}
    FROM lighter x JOIN ranked USING (left_n, person) WHERE place = 1 AND x.w >= ${thousandths(review)}`);
  await db.run("DROP TABLE unlinked_left; DROP TABLE linked_right; DROP TABLE left_repeat_pairs; DROP TABLE left_repeats");
  return (await db.number("SELECT count(*) FROM links")) - before;
}
