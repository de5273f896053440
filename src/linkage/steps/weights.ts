// Weights without labels: m from pairs with equal valid identifiers (the identifier's own from pairs that agree on name,
// birth date and phone), u from random pairs; both lean on the settings' values until enough pairs are seen. Weights are
// whole thousandths of a bit, so that sums do not depend on their order.
import { levelColumn, levels, prefixIn, vocabulary } from "../columns.ts";
import type { Comparison, LinkageSettings, Weights } from "../model.ts";
import type { StepResult, Work } from "./step.ts";

export type Scoring = {
  /** SQL: weight of a pair in thousandths of a bit, prior included. */
  readonly weight: string;
  /** SQL joins the weight needs, for a table with the left row number in `<alias>.left_n`. */
  readonly join: (alias: string) => string;
  readonly weights: Weights;
  readonly prior: number;
};

type Tally = ReadonlyMap<number, number>;

async function tallies({ db, settings }: Work, source: string): Promise<Map<string, Tally>> {
  const result = new Map<string, Tally>();
  for (const comparison of settings.comparisons) {
    const rows = await db.rows(`SELECT ${levelColumn(settings, comparison.column)} AS level, count(*) AS n FROM ${source} GROUP BY 1`);
    result.set(comparison.column, new Map(rows.map((row) => [Number(row["level"]), Number(row["n"])])));
  }
  return result;
}

/** Observed share that leans on the given one, never below half an observation. */
export function leaningShare(observed: number, of: number, given: number, strength: number): number {
  if (of === 0) return given;
  return Math.max((observed + strength * given) / (of + strength), Math.min(given, 0.5 / of));
}

function learned(comparison: Comparison, m: Tally | undefined, u: Tally | undefined, strength: number): Map<string, { m: number; u: number }> {
  const sum = (tally: Tally | undefined): number => [...(tally?.values() ?? [])].reduce((a, b) => a + b, 0);
  const [ofM, ofU] = [sum(m), sum(u)];
  const codes = vocabulary(comparison.role);
  return new Map(
    comparison.levels.map((each) => {
      const code = codes.indexOf(each.level);
      if ((m?.get(code) ?? 0) + (u?.get(code) ?? 0) === 0) return [each.level, { m: each.m, u: each.u }];
      return [each.level, { m: leaningShare(m?.get(code) ?? 0, ofM, each.m, strength), u: leaningShare(u?.get(code) ?? 0, ofU, each.u, strength) }];
    }),
  );
}

const thousandths = (bits: number): number => Math.round(bits * 1000);

function isWholeName(comparison: Comparison): boolean {
  return comparison.role === "name" && comparison.levels.some((each) => each.level === "equal");
}

/** A value both rows hold in all the given columns; used to find pairs that are surely, or surely not, one person. */
function agreement(settings: LinkageSettings, columns: readonly string[]): string {
  const prefixOf = prefixIn(settings);
  const conditions = columns.flatMap((name) => {
    const comparison = settings.comparisons.find((each) => each.column === name);
    if (comparison === undefined) return [];
    const derived = comparison.role === "name" ? "nh" : comparison.role === "birth-date" ? "x" : "v";
    return [`l.${prefixOf(name)}_${derived} = r.${prefixOf(name)}_${derived}`];
  });
  return conditions.length === 0 ? "false" : conditions.join(" AND ");
}

async function randomPairs({ db, settings }: Work): Promise<void> {
  const { randomRows, seed } = settings.training;
  const p = settings.exact === undefined ? undefined : prefixIn(settings)(settings.exact.identifier);
  const samePerson = [p === undefined ? "false" : `l.${p}_v = r.${p}_v`, agreement(settings, settings.training.anchorColumns.slice(0, 2))];
  const sample = (table: string): string => `(SELECT * FROM ${table} WHERE n IN (SELECT n FROM ${table} ORDER BY hash(n, ${seed}), n LIMIT ${randomRows}))`;
  await db.run(`CREATE TABLE random_pairs AS SELECT ${levels(settings)} FROM ${sample("l")} l, ${sample("r")} r WHERE (${samePerson.map((each) => `(${each})`).join(" OR ")}) IS NOT TRUE`);
}

async function identifierAnchors({ db, settings }: Work): Promise<void> {
  const { anchorRows, anchorColumns, seed } = settings.training;
  await db.run(`CREATE TABLE anchor_pairs AS SELECT ${levels(settings)}
    FROM (SELECT * FROM l WHERE n IN (SELECT n FROM l ORDER BY hash(n, ${seed + 1}), n LIMIT ${anchorRows})) l JOIN r ON ${agreement(settings, anchorColumns)}`);
}

/** Weight of an equal name by how often it occurs in both lists together: table `name_weight_<n>`. */
async function nameWeights({ db, settings }: Work, index: number, m: number, u: number): Promise<void> {
  const { strength, rarestName } = settings.priors;
  await db.run(`CREATE TABLE name_weight_${index} AS
    WITH counted AS (SELECT h, count(*) AS n FROM (SELECT k${index}_nh AS h FROM l UNION ALL SELECT k${index}_nh FROM r) WHERE h IS NOT NULL GROUP BY 1)
    SELECT h, CAST(round(1000 * least(${rarestName}, ${Math.log2(m)} - log2((n + ${strength * u}) / ((SELECT sum(n) FROM counted) + ${strength})))) AS INTEGER) AS w FROM counted`);
}

export async function learnWeights(work: Work): Promise<{ result: StepResult; scoring: Scoring }> {
  const { db, settings } = work;
  await randomPairs(work);
  await identifierAnchors(work);
  const [fromExact, fromRandom, fromAnchors] = [await tallies(work, "exact_pairs WHERE sane"), await tallies(work, "random_pairs"), await tallies(work, "anchor_pairs")];
  const larger = Math.max(await db.number("SELECT count(*) FROM l"), await db.number("SELECT count(*) FROM r"), 1);
  const prior = thousandths(Math.log2(settings.priors.matchShare / larger));

  const terms: string[] = [String(prior)];
  const named: number[] = [];
  const weights: Record<string, Record<string, number>> = {};
  for (const [index, comparison] of settings.comparisons.entries()) {
    const m = comparison.role === "identifier" ? fromAnchors : fromExact;
    const shares = learned(comparison, m.get(comparison.column), fromRandom.get(comparison.column), settings.priors.strength);
    const codes = vocabulary(comparison.role);
    const byName = isWholeName(comparison);
    const equal = shares.get("equal");
    if (byName && equal !== undefined) {
      await nameWeights(work, index, equal.m, equal.u);
      named.push(index);
    }
    const cases = [...shares].map(([level, share]) => {
      const bits = thousandths(Math.log2(share.m / share.u));
      (weights[comparison.column] ??= {})[level] = bits / 1000;
      return `WHEN ${codes.indexOf(level)} THEN ${byName && level === "equal" ? `nw${index}.w` : bits}`;
    });
    terms.push(`(CASE g${index} ${cases.join(" ")} ELSE 0 END)`);
  }
  const join = (alias: string): string =>
    named.length === 0 ? "" : `JOIN l AS lw ON lw.n = ${alias}.left_n ${named.map((index) => `LEFT JOIN name_weight_${index} nw${index} ON nw${index}.h = lw.k${index}_nh`).join(" ")}`;
  const rows = await db.number("SELECT (SELECT count(*) FROM random_pairs) + (SELECT count(*) FROM anchor_pairs) + (SELECT count(*) FROM exact_pairs WHERE sane)");
  await db.run("DROP TABLE random_pairs; DROP TABLE anchor_pairs");
  return { result: { rows }, scoring: { weight: `(${terms.join(" + ")})::INTEGER`, join, weights, prior: prior / 1000 } };
}
