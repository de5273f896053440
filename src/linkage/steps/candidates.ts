// Pairs worth comparing: rows that share the value of any blocking key. A value so common that its block exceeds the limit
// is left out for that key and counted; the other keys still find those rows. One list against itself: each pair once, the
// smaller row number on the left. A piece of a run counts the blocks of the whole and makes the pairs of its own left rows.
import { blockValue, levels } from "../columns.ts";
import type { BlockingKey } from "../model.ts";
import type { StepResult, Work } from "./step.ts";

export type Blocked = StepResult & { readonly skippedBlocks: number; readonly skippedPairs: number };

/** Most pairs that weights are learned from. */
const MOST_TRAINING_PAIRS = 1_500_000;
/** Bits of a signed 32-bit number. */
const MOST_KEYS = 30;

/** Makes table `target` (left_n, right_n, distinct; `keys` a bit for every key, when asked) from the rows of `leftRows` and `rightRows` (column n). */
export async function block({ db, settings, sameList, piece }: Work, target: string, leftRows: string, rightRows: string, keys: readonly BlockingKey[], marked = false): Promise<Blocked> {
  await db.run(`CREATE TABLE raw_pairs (left_n INTEGER, right_n INTEGER${marked ? ", keys INTEGER" : ""})`);
  const notes: Record<string, number> = {};
  let [skippedBlocks, skippedPairs, before] = [0, 0, 0];
  for (const [index, key] of keys.entries()) {
    const left = blockValue(settings, key.parts);
    const right = blockValue(settings, key.rightParts ?? key.parts);
    if (left === undefined || right === undefined) continue;
    await db.run(`CREATE TABLE block_l AS SELECT n, v FROM (SELECT n, ${left} AS v FROM l SEMI JOIN ${leftRows} USING (n)) WHERE v IS NOT NULL`);
    await db.run(`CREATE TABLE block_r AS SELECT n, v FROM (SELECT n, ${right} AS v FROM r SEMI JOIN ${rightRows} USING (n)) WHERE v IN (SELECT v FROM block_l)`);
    const crossed = key.rightParts !== undefined;
    const pairsOfBlock = sameList === true && !crossed ? "a.n * (a.n - 1) // 2" : "a.n * b.n";
    await db.run(`CREATE TABLE large_blocks AS SELECT a.v, ${pairsOfBlock} AS pairs FROM (SELECT v, count(*) AS n FROM block_l GROUP BY v) a
      JOIN (SELECT v, count(*) AS n FROM block_r GROUP BY v) b USING (v) WHERE ${pairsOfBlock} > ${settings.largestBlock}`);
    const large = (await db.rows("SELECT count(*) AS blocks, coalesce(sum(pairs), 0)::DOUBLE AS pairs FROM large_blocks"))[0];
    const blocks = Number(large?.["blocks"] ?? 0);
    const without = blocks === 0 ? "block_l" : "(SELECT * FROM block_l ANTI JOIN large_blocks USING (v))";
    const [one, other] = sameList === true && crossed ? ["least(a.n, b.n)", "greatest(a.n, b.n)"] : ["a.n", "b.n"];
    const kept = [...(sameList === true ? [crossed ? "a.n <> b.n" : "a.n < b.n"] : []), ...(piece === undefined ? [] : [`${one} % ${piece.of} = ${piece.number}`])];
    await db.run(`INSERT INTO raw_pairs SELECT ${one}, ${other}${marked ? `, ${1 << (index % MOST_KEYS)}` : ""} FROM ${without} a JOIN block_r b USING (v)${kept.length === 0 ? "" : ` WHERE ${kept.join(" AND ")}`}`);
    await db.run("DROP TABLE block_l; DROP TABLE block_r; DROP TABLE large_blocks");
    const after = await db.number("SELECT count(*) FROM raw_pairs");
    notes[key.key] = after - before;
    before = after;
    if (blocks > 0) {
      notes[`${key.key}: blocks too large`] = blocks;
      skippedBlocks += blocks;
      skippedPairs += Number(large?.["pairs"] ?? 0);
    }
  }
  await db.run(`CREATE TABLE ${target} AS ${marked ? "SELECT left_n, right_n, bit_or(keys) AS keys FROM raw_pairs GROUP BY 1, 2" : "SELECT DISTINCT left_n, right_n FROM raw_pairs"}`);
  await db.run("DROP TABLE raw_pairs");
  return { rows: await db.number(`SELECT count(*) FROM ${target}`), notes, skippedBlocks, skippedPairs };
}

/** Rows without an exact link on both sides. */
async function open({ db }: Work): Promise<void> {
  await db.run(`CREATE TABLE open_l AS SELECT n FROM l WHERE n NOT IN (SELECT left_n FROM links)`);
  await db.run(`CREATE TABLE open_r AS SELECT n FROM r WHERE n NOT IN (SELECT right_n FROM links)`);
}

/**
 * Candidates for learning: tables `pairs` with the keys that found each, and `training_levels`, of a seeded part when there are
 * very many. Without an exact stage these are also the candidates of the run, and their levels are not worked out again.
 */
export async function trainingPairs(work: Work): Promise<{ keys: readonly BlockingKey[]; pairs: number }> {
  const { db, settings } = work;
  const keys = settings.blocking.slice(0, MOST_KEYS);
  await db.run("CREATE TABLE all_l AS SELECT n FROM l; CREATE TABLE all_r AS SELECT n FROM r");
  const blocked = await block(work, "pairs", "all_l", "all_r", settings.blocking, true);
  await db.run("DROP TABLE all_l; DROP TABLE all_r");
  const nth = Math.max(1, Math.ceil(blocked.rows / MOST_TRAINING_PAIRS));
  const source = nth === 1 ? "pairs" : `(SELECT * FROM pairs WHERE hash(left_n, right_n, ${settings.training.seed}) % ${nth} = 0)`;
  await db.run(`CREATE TABLE training_levels AS SELECT left_n, right_n, keys, ${levels(settings)} FROM ${source} p JOIN l ON l.n = p.left_n JOIN r ON r.n = p.right_n`);
  work.cache.blocked = blocked;
  work.cache.levelsOfAll = nth === 1;
  return { keys, pairs: blocked.rows };
}

/** Rows without an exact link on both sides; pairs with one identifier that failed the look at the name come along. */
export async function candidates(work: Work): Promise<Blocked> {
  const { db, settings } = work;
  const done = work.cache.blocked;
  if (done !== undefined && settings.exact === undefined) return done;
  if (done !== undefined) await db.run("DROP TABLE pairs; DROP TABLE training_levels");
  work.cache.levelsOfAll = false;
  await open(work);
  const blocked = await block(work, "pairs", "open_l", "open_r", settings.blocking);
  await db.run(`INSERT INTO pairs SELECT left_n, right_n FROM exact_pairs WHERE NOT sane
    ${work.piece === undefined ? "" : `AND left_n % ${work.piece.of} = ${work.piece.number}`} AND left_n IN (SELECT n FROM open_l) AND right_n IN (SELECT n FROM open_r) EXCEPT SELECT left_n, right_n FROM pairs`);
  return { ...blocked, rows: await db.number("SELECT count(*) FROM pairs") };
}
