// Weights without labels. u comes from random pairs. m comes from pairs with equal valid identifiers (`anchors`; the
// identifier's own from pairs that agree on name, birth date and phone), or from all candidates by expectation–maximisation
// (`em`). All lean on the settings' values until enough pairs are seen. Weights are whole thousandths of a bit, so that sums
// do not depend on their order. Equal values of frequent columns weigh by their own rarity.
import { countedByValue, levelColumn, levels, prefixIn, vocabulary, weighsByFrequency, wholeColumn } from "../columns.ts";
import type { Comparison, LinkageSettings, Weights } from "../model.ts";
import { trainingPairs } from "./candidates.ts";
import { learnShares, type LearnedColumn, type Pattern } from "./expectation.ts";
import type { StepResult, Work } from "./step.ts";

export type Scoring = {
  /** SQL: weight of a pair in thousandths of a bit, prior included. */
  readonly weight: string;
  /** SQL joins the weight needs, for a table with levels and `rareValues`. */
  readonly join: (alias: string) => string;
  readonly weights: Weights;
  readonly prior: number;
};

/** Rows of one list that may agree on all anchor columns. */
const MOST_ALIKE = 50;

type Tally = ReadonlyMap<number, number>;
type Share = { readonly m: number; readonly u: number };

async function tallies({ db, settings }: Work, source: string): Promise<Map<string, Tally>> {
  const rows = await db.rows(settings.comparisons.map((comparison, index) => `SELECT ${index} AS place, ${levelColumn(settings, comparison.column)} AS level, count(*) AS n FROM ${source} GROUP BY 2`).join(" UNION ALL "));
  return new Map(settings.comparisons.map((comparison, index) => [comparison.column, new Map(rows.filter((row) => row["place"] === index).map((row) => [Number(row["level"]), Number(row["n"])]))]));
}

/** Observed share that leans on the given one, never below half an observation. */
export function leaningShare(observed: number, of: number, given: number, strength: number): number {
  if (of === 0) return given;
  return Math.max((observed + strength * given) / (of + strength), Math.min(given, 0.5 / of));
}

/** A missing value says nothing; that anchors seldom lack one is how they were chosen. */
const SILENT: Share = { m: 1, u: 1 };

const total = (tally: Tally | undefined): number => [...(tally?.values() ?? [])].reduce((a, b) => a + b, 0);

function fromAnchorPairs(comparison: Comparison, m: Tally | undefined, u: Tally | undefined, strength: number): Map<string, Share> {
  const codes = vocabulary(comparison.role);
  const missing = codes.indexOf("missing");
  const [ofM, ofU] = [m, u].map((tally) => total(tally) - (tally?.get(missing) ?? 0)) as [number, number];
  return new Map(
    comparison.levels.map((each) => {
      const code = codes.indexOf(each.level);
      if (code === missing) return [each.level, SILENT];
      if ((m?.get(code) ?? 0) + (u?.get(code) ?? 0) === 0) return [each.level, { m: each.m, u: each.u }];
      return [each.level, { m: leaningShare(m?.get(code) ?? 0, ofM, each.m, strength), u: leaningShare(u?.get(code) ?? 0, ofU, each.u, strength) }];
    }),
  );
}

const thousandths = (bits: number): number => Math.round(bits * 1000);

/** A value both rows hold in all the given columns; used to find pairs that are surely, or surely not, one person. */
function agreement(settings: LinkageSettings, columns: readonly string[]): string {
  const conditions = columns.flatMap((name) => {
    const comparison = settings.comparisons.find((each) => each.column === name);
    if (comparison === undefined) return [];
    const whole = wholeColumn(settings, comparison);
    return [`l.${whole} = r.${whole}`];
  });
  return conditions.length === 0 ? "false" : conditions.join(" AND ");
}

async function randomPairs({ db, settings, sameList }: Work): Promise<void> {
  const { randomRows, seed } = settings.training;
  const p = settings.exact === undefined ? undefined : prefixIn(settings)(settings.exact.identifier);
  const samePerson = [p === undefined ? "false" : `l.${p}_v = r.${p}_v`, agreement(settings, settings.training.anchorColumns.slice(0, 2))];
  for (const side of ["l", "r"]) await db.run(`CREATE TABLE sample_${side} AS SELECT * FROM ${side} WHERE n IN (SELECT n FROM ${side} ORDER BY hash(n, ${seed}), n LIMIT ${randomRows})`);
  // So few rows would be the work of one thread: two halves are of two.
  const half = (odd: number): string => `SELECT ${levels(settings)} FROM (SELECT * FROM sample_l WHERE n % 2 = ${odd}) l, sample_r r
    WHERE (${samePerson.map((each) => `(${each})`).join(" OR ")}) IS NOT TRUE ${sameList === true ? "AND l.n < r.n" : ""}`;
  await db.run(`CREATE TABLE random_pairs AS ${half(0)} UNION ALL ${half(1)}`);
  await db.run("DROP TABLE sample_l; DROP TABLE sample_r");
}

async function identifierAnchors({ db, settings }: Work): Promise<void> {
  const { anchorRows, anchorColumns, seed } = settings.training;
  const wholes = settings.comparisons.filter((each) => anchorColumns.includes(each.column)).map((each) => wholeColumn(settings, each));
  await db.run(`CREATE TABLE anchor_rows AS SELECT * FROM l WHERE n IN (SELECT n FROM l ORDER BY hash(n, ${seed + 1}), n LIMIT ${anchorRows})`);
  // Values that very many rows share teach nothing, and their pairs would never end.
  const of = `hash(${wholes.length === 0 ? "0" : wholes.join(", ")})`;
  await db.run(`CREATE TABLE anchor_partners AS SELECT n FROM (SELECT n, count(*) OVER (PARTITION BY v) AS rows FROM (SELECT n, ${of} AS v FROM r WHERE ${of} IN (SELECT ${of} FROM anchor_rows))) WHERE rows <= ${MOST_ALIKE}`);
  await db.run(`CREATE TABLE anchor_pairs AS SELECT ${levels(settings)} FROM anchor_rows l JOIN (SELECT r.* FROM r JOIN anchor_partners USING (n)) r ON ${agreement(settings, anchorColumns)}`);
  await db.run("DROP TABLE anchor_rows; DROP TABLE anchor_partners");
}

/**
 * Anchors have identifiers by choice, so a wrong birth date is at level `in-identifier` there; rows that lack one need to know
 * how birth dates go wrong. Its pairs count once more, at the level they would have without identifiers. */
async function withoutIdentifier({ db, settings }: Work, exact: Map<string, Tally>): Promise<void> {
  for (const [index, comparison] of settings.comparisons.entries()) {
    const tally = exact.get(comparison.column);
    if (comparison.role !== "birth-date" || comparison.identifier === undefined || tally === undefined) continue;
    const rows = await db.rows(`SELECT g${index} AS level, count(*) AS n FROM (SELECT ${levels(settings, { without: "in-identifier" })}
      FROM (SELECT left_n, right_n FROM exact_pairs WHERE sane AND g${index} = ${vocabulary(comparison.role).indexOf("in-identifier")}) x JOIN l ON l.n = x.left_n JOIN r ON r.n = x.right_n) GROUP BY 1`);
    const more = new Map(tally);
    for (const row of rows) more.set(Number(row["level"]), (more.get(Number(row["level"])) ?? 0) + Number(row["n"]));
    exact.set(comparison.column, more);
  }
}

async function byAnchors(work: Work): Promise<{ shares: Map<string, Share>[]; prior: number; rows: number; notes?: Record<string, number> }> {
  const { db, settings } = work;
  await randomPairs(work);
  await identifierAnchors(work);
  const [exact, random, anchors] = [await tallies(work, "exact_pairs WHERE sane"), await tallies(work, "random_pairs"), await tallies(work, "anchor_pairs")];
  await withoutIdentifier(work, exact);
  const larger = Math.max(await db.number("SELECT count(*) FROM l"), await db.number("SELECT count(*) FROM r"), 1);
  const rows = await db.number("SELECT (SELECT count(*) FROM random_pairs) + (SELECT count(*) FROM anchor_pairs) + (SELECT count(*) FROM exact_pairs WHERE sane)");
  await db.run("DROP TABLE random_pairs; DROP TABLE anchor_pairs");
  const shares = settings.comparisons.map((comparison) => fromAnchorPairs(comparison, (comparison.role === "identifier" ? anchors : exact).get(comparison.column), random.get(comparison.column), settings.priors.strength));
  return { shares, prior: Math.log2(settings.priors.matchShare / larger), rows };
}

/** Pairs of all rows with equal values, by column; counted from how often each value occurs. */
async function equalPairs({ db, settings, sameList }: Work): Promise<number[]> {
  const counts: number[] = [];
  for (const comparison of settings.comparisons) {
    const v = wholeColumn(settings, comparison);
    const count = (table: string): string => `(SELECT ${v} AS v, count(*) AS n FROM ${table} WHERE ${v} IS NOT NULL GROUP BY 1)`;
    counts.push(await db.number(sameList === true ? `SELECT sum(n * (n - 1) / 2)::DOUBLE FROM ${count("l")}` : `SELECT sum(a.n * b.n)::DOUBLE FROM ${count("l")} a JOIN ${count("r")} b USING (v)`));
  }
  return counts;
}

async function byExpectation(work: Work): Promise<{ shares: Map<string, Share>[]; prior: number; rows: number; notes?: Record<string, number> }> {
  const { db, settings, sameList } = work;
  const { strength } = settings.priors;
  await randomPairs(work);
  const random = await tallies(work, "random_pairs");
  const randomRows = await db.number("SELECT count(*) FROM random_pairs");
  await db.run("DROP TABLE random_pairs");
  const [nl, nr] = [await db.number("SELECT count(*) FROM l"), await db.number("SELECT count(*) FROM r")];
  const allPairs = Math.max(1, sameList === true ? (nl * (nl - 1)) / 2 : nl * nr);
  const codes = settings.comparisons.map((comparison) => comparison.levels.map((each) => vocabulary(comparison.role).indexOf(each.level)));
  const columns: LearnedColumn[] = settings.comparisons.map((comparison) => ({
    levels: comparison.levels,
    silent: new Set(comparison.levels.flatMap((each, i) => (each.level === "missing" ? [i] : []))),
  }));
  const { keys } = await trainingPairs(work);
  const found = await db.rows(`SELECT keys, ${settings.comparisons.map((_, i) => `g${i}`).join(", ")}, count(*)::INTEGER AS pairs FROM training_levels GROUP BY ALL ORDER BY ALL`);
  const places = codes.map((list, i) => new Map(list.map((code, at) => [code, columns[i]?.silent.has(at) === true ? -1 : at])));
  const patterns: Pattern[] = found.map((row) => ({ keys: Number(row["keys"]), levels: places.map((place, i) => place.get(Number(row[`g${i}`])) ?? -1), pairs: Number(row["pairs"]) }));
  const keyColumns = keys.map((key) => new Set([...key.parts, ...(key.rightParts ?? [])].map((part) => settings.comparisons.findIndex((each) => each.column === part.column))));
  const equal = await equalPairs(work);
  const present = random.size === 0 ? [] : settings.comparisons.map((comparison, i) => {
    const tally = random.get(comparison.column);
    const silent = codes[i]?.filter((_, at) => columns[i]?.silent.has(at)).reduce((sum, code) => sum + (tally?.get(code) ?? 0), 0) ?? 0;
    return { tally, of: total(tally) - silent };
  });
  /** Random pairs hold some matches; those that the candidates are expected to hold are taken off the equal ones. */
  const unmatched = (matched: readonly (readonly number[])[] | undefined): number[][] =>
    settings.comparisons.map((comparison, i) => {
      const { tally, of = 0 } = present[i] ?? {};
      const shareCompared = randomRows === 0 ? 1 : Math.max(of / randomRows, 1e-6);
      const list = comparison.levels.map((each, at) => (columns[i]?.silent.has(at) === true ? 1 : leaningShare(tally?.get(codes[i]?.[at] ?? -1) ?? 0, of, each.u, Math.max(strength, 1))));
      const at = comparison.levels.findIndex((each) => each.level === "equal");
      if (at >= 0) {
        const pairs = allPairs * shareCompared;
        list[at] = Math.max(((equal[i] ?? 0) - (matched?.[i]?.[at] ?? 0)) / pairs, 0.02 * ((equal[i] ?? 0) / pairs), 0.5 / pairs, 1e-9);
      }
      return list;
    });
  let u = unmatched(undefined);
  let learned = learnShares(columns, patterns, keyColumns, u, allPairs, strength);
  for (let again = 0; again < 2; again += 1) {
    u = unmatched(learned.matched);
    learned = learnShares(columns, patterns, keyColumns, u, allPairs, strength);
  }
  const shares = settings.comparisons.map((comparison, i) => {
    const { m, u: others } = learned.shares[i] ?? { m: [], u: [] };
    return new Map(comparison.levels.map((each, at) => [each.level, columns[i]?.silent.has(at) === true ? { m: 1, u: 1 } : { m: Math.max(m[at] ?? 0, 1e-6), u: others[at] ?? 1 }]));
  });
  const matches = Math.max(learned.matches, 1);
  return {
    shares,
    prior: Math.log2(matches / Math.max(allPairs - matches, 1)),
    rows: randomRows + patterns.reduce((sum, each) => sum + each.pairs, 0),
    notes: { patterns: patterns.length, rounds: learned.rounds, expectedMatches: Math.round(matches) },
  };
}

/** Weight of an equal value by how often it occurs in both lists together: table `value_weight_<n>`. */
async function valueWeights({ db, settings, sameList }: Work, index: number, { m, u }: Share): Promise<void> {
  const { strength, rarestName } = settings.priors;
  const comparison = settings.comparisons[index];
  if (comparison === undefined) return;
  const v = wholeColumn(settings, comparison);
  const counted = countedByValue(comparison) ? `SELECT v, n FROM occurrences_${prefixIn(settings)(comparison.column)}` : `SELECT v, count(*) AS n FROM (SELECT ${v} AS v FROM l ${sameList === true ? "" : `UNION ALL SELECT ${v} FROM r`}) WHERE v IS NOT NULL GROUP BY 1`;
  const values = await db.number(`SELECT sum(n)::DOUBLE FROM (${counted})`);
  await db.run(`CREATE TABLE value_weight_${index} AS SELECT v, CAST(round(1000 * least(${rarestName}, ${Math.log2(m)} - log2((n + ${strength * u}::DOUBLE) / ${values + strength}::DOUBLE))) AS INTEGER) AS w FROM (${counted})`);
}

export async function learnWeights(work: Work): Promise<{ result: StepResult; scoring: Scoring }> {
  const { settings } = work;
  const { shares, prior, rows, notes } = settings.training.method === "em" ? await byExpectation(work) : await byAnchors(work);
  const terms: string[] = [String(thousandths(prior))];
  const rare: number[] = [];
  const weights: Record<string, Record<string, number>> = {};
  for (const [index, comparison] of settings.comparisons.entries()) {
    const codes = vocabulary(comparison.role);
    const equal = shares[index]?.get("equal");
    const byValue = weighsByFrequency(comparison) && equal !== undefined;
    if (byValue) {
      await valueWeights(work, index, equal);
      rare.push(index);
    }
    const cases = [...(shares[index] ?? [])].map(([level, share]) => {
      const bits = thousandths(Math.log2(share.m / share.u));
      (weights[comparison.column] ??= {})[level] = bits / 1000;
      return `WHEN ${codes.indexOf(level)} THEN ${byValue && level === "equal" ? `vw${index}.w` : bits}`;
    });
    terms.push(`(CASE g${index} ${cases.join(" ")} ELSE 0 END)`);
  }
  const join = (alias: string): string => rare.map((index) => `LEFT JOIN value_weight_${index} vw${index} ON vw${index}.v = ${alias}.f${index}`).join(" ");
  return { result: { rows, ...(notes === undefined ? {} : { notes }) }, scoring: { weight: `(${terms.join(" + ")})::INTEGER`, join, weights, prior: thousandths(prior) / 1000 } };
}
