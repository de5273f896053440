// Pairs worth comparing: rows that share the value of any blocking key. A block that exceeds the limit is cut by further
// columns; what is too large even so is left out for that key and counted, and the other keys still find its rows. One list against itself: each pair once, the
// smaller row number on the left. A piece of a run counts the blocks of the whole and makes the pairs of its own left rows.
import { blockParts, blockValue, hashedTogether, levels, peopleOf } from "../columns.ts";
import type { BlockingKey, KeyPart, LinkageSettings } from "../model.ts";
import { pieceSql, type StepResult, type Work } from "./step.ts";

export type Blocked = StepResult & { readonly skippedBlocks: number; readonly skippedPairs: number };

/** Most pairs that weights are learned from. */
const MOST_TRAINING_PAIRS = 1_500_000;
/** Bits of a signed 32-bit number. */
const MOST_KEYS = 30;
/** A cut of large blocks that would make more pairs than this for each of their rows is not made, and counted. */
const PAIRS_PER_ROW = 20;

/** Up to so many pairs of a key for each row of both sides, and in all, they are made at once and the blocks counted afterwards. */
const USUAL_PAIRS_PER_ROW = 0.5;
const MOST_PAIRS_AT_ONCE = 10_000_000;

/** A key with the columns of tables `parts_l` and `parts_r` that must be equal. */
type Joined = { readonly key: BlockingKey; readonly bit: string; readonly left: readonly string[]; readonly right: readonly string[] };

/** Table `parts_<side>`: n and one column for each different part of the keys, so that a value that several keys read is worked out once. A join proper, because the database would put the wide rows of a semi-join into its hash table. */
async function keyParts({ db, settings }: Work, side: "l" | "r", rows: string, of: readonly (readonly KeyPart[])[]): Promise<(readonly string[])[]> {
  const names = new Map<string, string>();
  const columns = of.map((parts) => (blockParts(settings, parts) ?? []).map((value) => names.get(value) ?? (names.set(value, `p${names.size}`), `p${names.size - 1}`)));
  await db.run(`CREATE TABLE parts_${side} AS SELECT ${["n", ...[...names].map(([value, name]) => `${value} AS ${name}`)].join(", ")} FROM ${side}${rows === side || rows === "everyone" ? "" : ` JOIN (SELECT n FROM ${rows}) USING (n)`}`);
  return columns;
}

/** Every pair of the key `fine` is one of the key `coarse`: it has all of its parts, or a longer beginning of a place. */
function within(fine: BlockingKey, coarse: BlockingKey): boolean {
  if (fine === coarse || (fine.rightParts ?? coarse.rightParts) !== undefined || fine.parts.length < coarse.parts.length) return false;
  const says = (part: KeyPart, less: KeyPart): boolean => part.column === less.column && part.take === less.take && (part.take === "prefix" ? (part.numbers?.[0] ?? 6) >= (less.numbers?.[0] ?? 6) : JSON.stringify(part.numbers) === JSON.stringify(less.numbers));
  return coarse.parts.every((less) => fine.parts.some((part) => says(part, less)));
}

/** Makes table `target` (left_n, right_n, distinct; `keys` a bit for every key, when asked) from the rows of `leftRows` and `rightRows` (column n). */
export async function block(work: Work, target: string, leftRows: string, rightRows: string, keys: readonly BlockingKey[], marked = false): Promise<Blocked> {
  const { db, settings, sameList, piece } = work;
  const usable = keys.flatMap((key, index) => ([key.parts, key.rightParts ?? key.parts].every((parts) => blockParts(settings, parts) !== undefined) ? [{ key, bit: marked ? `, ${1 << (index % MOST_KEYS)}` : "" }] : []));
  await db.run(`CREATE TABLE raw_pairs (left_n INTEGER, right_n INTEGER${marked ? ", keys INTEGER" : ""})`);
  const left = await keyParts(work, "l", leftRows, usable.map(({ key }) => key.parts));
  const right = await keyParts(work, "r", rightRows, usable.map(({ key }) => key.rightParts ?? key.parts));
  const rows = await db.number("SELECT (SELECT count(*) FROM parts_l) + (SELECT count(*) FROM parts_r)");
  const most = Math.max(settings.largestBlock, Math.min(MOST_PAIRS_AT_ONCE, Math.ceil(USUAL_PAIRS_PER_ROW * rows)));
  const notes: Record<string, number> = {};
  let [skippedBlocks, skippedPairs] = [0, 0];
  const whole = new Set<BlockingKey>();
  // What another key finds too is only looked for when that one had to leave blocks out; where keys teach, each says what it finds.
  const coarser = ({ key }: { readonly key: BlockingKey }): BlockingKey | undefined => (marked ? undefined : usable.find((other) => within(key, other.key) && !within(other.key, key))?.key);
  const joined = usable.map((each, i): Joined => ({ ...each, left: left[i] ?? [], right: right[i] ?? [] })).toSorted((a, b) => Number(coarser(a) !== undefined) - Number(coarser(b) !== undefined));
  for (const each of joined) {
    const { key, bit } = each;
    const known = coarser(each);
    if (known !== undefined && whole.has(known)) {
      whole.add(key);
      continue;
    }
    const crossed = key.rightParts !== undefined;
    const [one, two] = sameList === true && crossed ? ["least(a, b)", "greatest(a, b)"] : ["a", "b"];
    const kept = [...(sameList === true && crossed ? ["a <> b"] : []), ...(piece === undefined ? [] : [pieceSql(piece, one, two)])];
    const pair = `${one}, ${two}${bit}`;
    const where = kept.length === 0 ? "" : ` WHERE ${kept.join(" AND ")}`;
    const pairs = await db.number(`CREATE TABLE met AS SELECT a.n AS a, b.n AS b, hash(${each.left.map((name) => `a.${name}`).join(", ")}) AS v
      FROM parts_l a JOIN parts_r b ON ${each.left.map((name, i) => `a.${name} = b.${each.right[i]}`).join(" AND ")}${sameList === true && !crossed ? " WHERE a.n < b.n" : ""} LIMIT ${most + 1}`);
    const sound = pairs <= settings.largestBlock || (pairs <= most && (await db.number(`SELECT count(*) FROM (SELECT v FROM met GROUP BY v HAVING count(*) > ${settings.largestBlock})`)) === 0);
    if (sound) {
      notes[key.key] = await db.number(`INSERT INTO raw_pairs SELECT ${pair} FROM met${where}`);
      whole.add(key);
    }
    await db.run("DROP TABLE met");
    if (sound) continue;
    const { found, blocks, ...more } = await byBlocks(work, each, where, pair);
    notes[key.key] = found;
    Object.assign(notes, blocks);
    skippedBlocks += more.skippedBlocks;
    skippedPairs += more.skippedPairs;
  }
  await db.run("DROP TABLE parts_l; DROP TABLE parts_r");
  await db.run(`CREATE TABLE ${target} AS ${marked ? "SELECT left_n, right_n, bit_or(keys) AS keys FROM raw_pairs GROUP BY 1, 2" : "SELECT DISTINCT left_n, right_n FROM raw_pairs"}`);
  await db.run("DROP TABLE raw_pairs");
  return { rows: await db.number(`SELECT count(*) FROM ${target}`), notes, skippedBlocks, skippedPairs };
}

/** The pairs of a key that has blocks too large, or so many pairs that its blocks are counted first; the large ones are refined. */
async function byBlocks(work: Work, { key, left, right }: Joined, where: string, pair: string): Promise<{ found: number; blocks: Record<string, number>; skippedBlocks: number; skippedPairs: number }> {
  const { db, settings, sameList } = work;
  for (const [side, columns] of [["l", left], ["r", right]] as const) await db.run(`CREATE TABLE keys_${side} AS SELECT n, v FROM (SELECT n, ${hashedTogether(columns)} AS v FROM parts_${side}) WHERE v IS NOT NULL`);
  const [short, long] = (await db.number("SELECT count(*) FROM keys_l")) <= (await db.number("SELECT count(*) FROM keys_r")) ? ["l", "r"] : ["r", "l"];
  // One look at the longer side: only its rows whose value the shorter side has too go on, and they tell how large the blocks are.
  await db.run(`CREATE TABLE met AS SELECT b.n, b.v, a.rows FROM keys_${long} b JOIN (SELECT v, count(*) AS rows FROM keys_${short} GROUP BY 1) a USING (v)`);
  const crossed = key.rightParts !== undefined;
  const [leftRows, rightRows] = short === "l" ? ["any_value(rows)", "count(*)"] : ["count(*)", "any_value(rows)"];
  const pairs = sameList === true && !crossed ? "left_rows * (left_rows - 1) // 2" : "left_rows * right_rows";
  await db.run(`CREATE TABLE large_blocks AS SELECT *, ${pairs} AS pairs FROM (SELECT v, ${leftRows} AS left_rows, ${rightRows} AS right_rows FROM met GROUP BY v) WHERE ${pairs} > ${settings.largestBlock}`);
  const large = (await db.rows("SELECT count(*) AS blocks, coalesce(sum(left_rows), 0)::DOUBLE AS left_rows, coalesce(sum(right_rows), 0)::DOUBLE AS right_rows FROM large_blocks"))[0];
  const [few, other] = ["(SELECT n, v FROM met WHERE v NOT IN (SELECT v FROM large_blocks))", `keys_${short}`];
  const of = (from: string): string => `SELECT ${pair} FROM (${from}${sameList === true && !crossed ? " WHERE a.n < b.n" : ""})${where}`;
  let found = await db.number(`INSERT INTO raw_pairs ${of(`SELECT a.n AS a, b.n AS b FROM ${short === "l" ? other : few} a JOIN ${short === "l" ? few : other} b USING (v)`)}`);
  const blocks: Record<string, number> = {};
  let [skippedBlocks, skippedPairs] = [0, 0];
  if (Number(large?.["blocks"] ?? 0) > 0) {
    const cut = await refined(work, refinements(settings), key, of);
    found += cut.rows;
    blocks[`${key.key}: blocks too large, refined`] = Number(large?.["blocks"]);
    blocks[`${key.key}: rows in them, left`] = Number(large?.["left_rows"] ?? 0);
    blocks[`${key.key}: rows in them, right`] = Number(large?.["right_rows"] ?? 0);
    blocks[`${key.key}: refined blocks still too large`] = cut.blocks;
    [skippedBlocks, skippedPairs] = [cut.blocks, cut.pairs];
  }
  await db.run("DROP TABLE large_blocks; DROP TABLE met; DROP TABLE keys_l; DROP TABLE keys_r");
  return { found, blocks, skippedBlocks, skippedPairs };
}

/** One more part of every compared column, each a way to cut a block that is too large. */
function refinements(settings: LinkageSettings): KeyPart[] {
  return settings.comparisons.flatMap((comparison): KeyPart[] => {
    const part: KeyPart = { column: comparison.column, take: "whole" };
    return comparison.role === "sex" || comparison.role === "category" || blockValue(settings, [part]) === undefined ? [] : [part];
  });
}

/**
 * Blocks too large for a key are cut by every further column in turn: their rows meet where that column agrees too. What is too
 * large even then is left out for that cut, and counted; its rows can still meet by the other cuts and the other keys. */
async function refined(work: Work, refine: readonly KeyPart[], key: BlockingKey, of: (from: string) => string): Promise<{ blocks: number; pairs: number; rows: number }> {
  const { db, settings, sameList } = work;
  let [blocks, pairs, added] = [0, 0, 0];
  for (const part of refine) {
    if (key.parts.some((each) => each.column === part.column && each.take === "whole")) continue;
    const value = blockValue(settings, [part]);
    if (value === undefined) continue;
    for (const side of ["l", "r"]) await db.run(`CREATE TABLE cut_${side} AS SELECT n, hash(v, more) AS v FROM (SELECT k.n, k.v, ${value} AS more FROM keys_${side} k JOIN ${side} USING (n) WHERE k.v IN (SELECT v FROM large_blocks)) WHERE more IS NOT NULL`);
    await db.run(`CREATE TABLE cut_blocks AS SELECT v, ${sameList === true ? "a.n * (a.n - 1) // 2" : "a.n * b.n"} AS pairs FROM (SELECT v, count(*) AS n FROM cut_l GROUP BY v) a JOIN (SELECT v, count(*) AS n FROM cut_r GROUP BY v) b USING (v)`);
    const [rows, wanted] = [await db.number("SELECT (SELECT count(*) FROM cut_l) + (SELECT count(*) FROM cut_r)"), await db.number(`SELECT coalesce(sum(pairs), 0)::DOUBLE FROM cut_blocks WHERE pairs <= ${settings.largestBlock}`)];
    await db.run(`CREATE TABLE cut_large AS SELECT v, pairs FROM cut_blocks WHERE pairs > ${wanted > PAIRS_PER_ROW * rows ? 0 : settings.largestBlock}`);
    const large = (await db.rows("SELECT count(*) AS blocks, coalesce(sum(pairs), 0)::DOUBLE AS pairs FROM cut_large"))[0];
    blocks += Number(large?.["blocks"] ?? 0);
    pairs += Number(large?.["pairs"] ?? 0);
    added += await db.number(`INSERT INTO raw_pairs ${of("SELECT a.n AS a, b.n AS b FROM (SELECT * FROM cut_l WHERE v NOT IN (SELECT v FROM cut_large)) a JOIN cut_r b USING (v)")}`);
    await db.run("DROP TABLE cut_l; DROP TABLE cut_r; DROP TABLE cut_blocks; DROP TABLE cut_large");
  }
  return { blocks, pairs, rows: added };
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
  const blocked = await block(work, "pairs", "l", "r", settings.blocking, true);
  const nth = Math.max(1, Math.ceil(blocked.rows / MOST_TRAINING_PAIRS));
  work.cache.levelsOfAll = nth === 1 && settings.exact === undefined;
  const people = work.cache.levelsOfAll ? `${peopleOf(settings)}, ` : "";
  const source = nth === 1 ? "pairs" : `(SELECT * FROM pairs WHERE hash(left_n, right_n, ${settings.training.seed}) % ${nth} = 0)`;
  await db.run(`CREATE TABLE training_levels AS SELECT left_n, right_n, keys, ${people}${levels(settings)} FROM ${source} p JOIN l ON l.n = p.left_n JOIN r ON r.n = p.right_n`);
  work.cache.blocked = blocked;
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
    ${work.piece === undefined ? "" : `AND ${pieceSql(work.piece, "left_n", "right_n")}`} AND left_n IN (SELECT n FROM open_l) AND right_n IN (SELECT n FROM open_r) EXCEPT SELECT left_n, right_n FROM pairs`);
  return { ...blocked, rows: await db.number("SELECT count(*) FROM pairs") };
}
