// Links of one list become clusters. Connected rows are one cluster, but chains are distrusted: links are taken from the
// strongest to the weakest (equal valid identifiers first, then by weight, then by row), and a link joins the two groups
// its rows are in by then only if
//   1. it is a link of equal valid identifiers, or at least `support` (half, when the settings do not say) of all pairs
//      across the two groups are linked, be it only for review; and
//   2. no row here has a valid identifier other than that of a row there, unless two rows with just these identifiers are
//      linked automatically.
// Before that, the pairs inside a connected group that no blocking key had found are compared too (groups of up to 60 rows).
// A link that did not join and whose rows end up in different clusters is left to a person.
import { levelColumns, prefixIn } from "../columns.ts";
import type { ClusterCounts } from "../model.ts";
import { compare } from "./compare.ts";
import type { Work } from "./step.ts";
import type { Scoring } from "./weights.ts";

const USUAL_SUPPORT = 0.5;
const LARGEST_COMPLETED = 60;

/** Table `stars`: every row of a connected group but the first, with the first (large-star and small-star in turn). */
async function connect({ db }: Work): Promise<void> {
  await db.run("CREATE TABLE stars AS SELECT DISTINCT right_n AS u, left_n AS v FROM links WHERE automatic");
  const signature = async (): Promise<string> => JSON.stringify(await db.rows("SELECT count(*)::VARCHAR AS n, sum(v)::VARCHAR AS v, bit_xor(hash(u, v))::VARCHAR AS h FROM stars"));
  let before = "";
  for (let now = await signature(); now !== before; now = await signature()) {
    before = now;
    await db.run(`CREATE TABLE large AS WITH ends AS (SELECT u, v FROM stars UNION ALL SELECT v, u FROM stars), least_of AS (SELECT u, least(u, min(v)) AS m FROM ends GROUP BY u)
      SELECT DISTINCT v AS u, m AS v FROM ends JOIN least_of USING (u) WHERE v > u`);
    await db.run(`CREATE TABLE small AS WITH least_of AS (SELECT u, min(v) AS m FROM large GROUP BY u)
      SELECT v AS u, m AS v FROM large JOIN least_of USING (u) WHERE v <> m UNION SELECT u, m FROM least_of`);
    await db.run("DROP TABLE stars; DROP TABLE large; ALTER TABLE small RENAME TO stars");
  }
  await db.run("CREATE TABLE connected AS SELECT n, c, count(*) OVER (PARTITION BY c) AS rows FROM (SELECT u AS n, v AS c FROM stars UNION SELECT v, v FROM stars)");
  await db.run("DROP TABLE stars");
}

type Group = { root: number; rows: number[]; identifiers: Set<number>; across: Map<Group, number[]>; weakest: number };
type Edge = { readonly a: number; readonly b: number; readonly w: number; readonly kind: number };

/** Rows of one connected group → clusters by the rule above. `kind`: 0 exact, 1 automatic, 2 review. Edges come strongest first. */
export function clustersOf(edges: readonly Edge[], identifierOf: ReadonlyMap<number, number>, support: number): { rows: number[]; weakest: Edge | undefined }[] {
  const groups = new Map<number, Group>();
  const at = (row: number): Group => {
    let group = groups.get(row);
    if (group === undefined) {
      const identifier = identifierOf.get(row);
      group = { root: row, rows: [row], identifiers: new Set(identifier === undefined ? [] : [identifier]), across: new Map(), weakest: -1 };
      groups.set(row, group);
    }
    return group;
  };
  const join = (into: Group, from: Group, links: readonly number[]): void => {
    for (const index of links) into.across.set(from, [...(into.across.get(from) ?? []), index]);
  };
  for (const [index, edge] of edges.entries()) {
    join(at(edge.a), at(edge.b), [index]);
    join(at(edge.b), at(edge.a), [index]);
  }
  const holds = (one: Group, other: Group, links: readonly number[], exact: boolean): boolean => {
    if (!exact && links.length < support * one.rows.length * other.rows.length) return false;
    for (const x of one.identifiers) {
      for (const y of other.identifiers) {
        if (x === y) continue;
        const linked = links.some((index) => {
          const { a, b, kind } = edges[index] as Edge;
          const [i, j] = [identifierOf.get(a), identifierOf.get(b)];
          return kind < 2 && ((i === x && j === y) || (i === y && j === x));
        });
        if (!linked) return false;
      }
    }
    return true;
  };
  for (const [index, edge] of edges.entries()) {
    const [one, other] = [at(edge.a), at(edge.b)];
    if (edge.kind === 2 || one === other) continue;
    if (!holds(one, other, one.across.get(other) ?? [], edge.kind === 0)) continue;
    const [into, from] = one.rows.length + one.across.size >= other.rows.length + other.across.size ? [one, other] : [other, one];
    for (const row of from.rows) {
      into.rows.push(row);
      groups.set(row, into);
    }
    for (const identifier of from.identifiers) into.identifiers.add(identifier);
    into.across.delete(from);
    for (const [third, links] of from.across) {
      third.across.delete(from);
      if (third === into) continue;
      const all = [...(into.across.get(third) ?? []), ...links];
      into.across.set(third, all);
      third.across.set(into, all);
    }
    const lightest = (i: number, j: number): number => (i < 0 || (j >= 0 && (edges[j] as Edge).w < (edges[i] as Edge).w) ? j : i);
    into.weakest = [from.weakest, into.weakest].reduce(lightest, index);
  }
  return [...new Set(groups.values())].map((group) => ({ rows: group.rows.toSorted((a, b) => a - b), weakest: edges[group.weakest] }));
}

/** Rows of `links` from what was compared; exact pairs stand by themselves. */
async function gatherLinks({ db, settings }: Work, scoring: Scoring): Promise<void> {
  const g = levelColumns(settings).join(", ");
  const sure = Math.round(settings.thresholds.automatic * 1000);
  await db.run(`CREATE TABLE links AS
    SELECT x.left_n, x.right_n, ${scoring.weight} AS w, true AS automatic, 'exact' AS stage, 0::INTEGER AS copy, ${g} FROM exact_pairs x ${scoring.join("x")} WHERE sane
    UNION ALL SELECT left_n, right_n, w, NOT review AND w >= ${sure}, 'scored', 0::INTEGER, ${g} FROM scored`);
}

/** Compares the pairs inside small connected groups that have not met yet. */
async function complete(work: Work, scoring: Scoring): Promise<void> {
  const { db, settings } = work;
  const sure = Math.round(settings.thresholds.automatic * 1000);
  await db.run(`CREATE TABLE unmet AS SELECT a.n AS left_n, b.n AS right_n FROM connected a JOIN connected b ON a.c = b.c AND a.n < b.n AND a.rows BETWEEN 3 AND ${LARGEST_COMPLETED}
    EXCEPT SELECT left_n, right_n FROM links`);
  if ((await db.number("SELECT count(*) FROM unmet")) === 0) return db.run("DROP TABLE unmet");
  await compare(work, scoring, "unmet", "met");
  await db.run(`INSERT INTO links SELECT left_n, right_n, w, NOT review AND w >= ${sure}, 'scored', 0::INTEGER, ${levelColumns(settings).join(", ")} FROM met`);
  await db.run("DROP TABLE unmet; DROP TABLE met");
}

/** Makes `links` (as for two lists; both sides are rows of the one list) and `clustered`: n, c, rows, w, a, b of every row in a cluster of two or more. */
export async function clusters(work: Work, scoring: Scoring): Promise<ClusterCounts> {
  const { db, settings } = work;
  await gatherLinks(work, scoring);
  await connect(work);
  await complete(work, scoring);
  const identifier = settings.exact === undefined ? undefined : prefixIn(settings)(settings.exact.identifier);
  const identifiers = new Map<number, number>();
  if (identifier !== undefined) {
    const query = `SELECT n, dense_rank() OVER (ORDER BY ${identifier}_v) FROM everyone SEMI JOIN (SELECT n FROM connected WHERE rows > 2) USING (n) WHERE ${identifier}_ok`;
    await db.each(query, ([n, rank]) => void identifiers.set(n ?? 0, rank ?? 0));
  }
  const support = settings.clusters?.support ?? USUAL_SUPPORT;
  const found: (readonly (number | null)[])[] = [];
  let [split, current] = [0, -1];
  let edges: Edge[] = [];
  const settle = (): void => {
    if (edges.length === 0) return;
    const parts = clustersOf(edges, identifiers, support);
    if (parts.length > 1) split += 1;
    for (const { rows, weakest } of parts) {
      if (rows.length > 1) for (const row of rows) found.push([row, rows[0] ?? row, rows.length, weakest?.w ?? null, weakest?.a ?? null, weakest?.b ?? null]);
    }
    edges = [];
  };
  // A review link may cross two connected groups; it supports neither.
  await db.each(
    `SELECT x.c, left_n, right_n, w, CASE WHEN stage = 'exact' THEN 0 WHEN automatic THEN 1 ELSE 2 END AS kind FROM links JOIN connected x ON x.n = left_n JOIN connected y ON y.n = right_n AND y.c = x.c
      WHERE x.rows > 2 ORDER BY x.c, stage = 'exact' DESC, w DESC, left_n, right_n`,
    ([c, a, b, w, kind]) => {
      if (c !== current) settle();
      current = c ?? -1;
      edges.push({ a: a ?? 0, b: b ?? 0, w: w ?? 0, kind: kind ?? 2 });
    },
  );
  settle();
  await db.run("CREATE TABLE clustered (n INTEGER, c INTEGER, rows INTEGER, w INTEGER, a INTEGER, b INTEGER)");
  await db.append("clustered", found);
  await db.run(`INSERT INTO clustered WITH two AS (SELECT left_n, right_n, w FROM links JOIN connected ON n = left_n WHERE automatic AND rows = 2)
    SELECT left_n, left_n, 2, w, left_n, right_n FROM two UNION ALL SELECT right_n, left_n, 2, w, left_n, right_n FROM two`);
  await db.run(`CREATE TABLE unsupported AS SELECT left_n, right_n FROM links LEFT JOIN clustered x ON x.n = left_n LEFT JOIN clustered y ON y.n = right_n
    WHERE automatic AND (x.c IS NULL OR y.c IS NULL OR x.c <> y.c)`);
  await db.run("UPDATE links SET automatic = false FROM unsupported u WHERE u.left_n = links.left_n AND u.right_n = links.right_n");
  const row = (await db.rows("SELECT count(DISTINCT c) AS clusters, count(*) AS rows, coalesce(max(rows), 0) AS largest, (SELECT count(*) FROM unsupported) AS unsupported FROM clustered"))[0];
  await db.run("DROP TABLE connected; DROP TABLE unsupported");
  return { clusters: Number(row?.["clusters"]), rows: Number(row?.["rows"]), largest: Number(row?.["largest"]), split, unsupported: Number(row?.["unsupported"]) };
}
