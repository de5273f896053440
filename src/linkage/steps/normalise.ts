// Derived columns of every row (tables `l` and `r`), then the question which identifiers prove anything: one that many
// different names share is a placeholder or a loan, and counts as missing.
import { characterColumns, derivedColumns, prefixIn } from "../columns.ts";
import { loadCharacters } from "./characters.ts";
import { column } from "../sql.ts";
import type { StepResult, Work } from "./step.ts";

const nameOf = (derived: string): string => derived.slice(derived.lastIndexOf(" ") + 1);

/**
 * `SELECT` over `from` that adds the derived columns. DuckDB puts a column's whole expression wherever its name is used, so a
 * column that others read is made one query further in: what would grow with every use is worked out once. */
function layered(from: string, derived: readonly string[]): string {
  const layerOf = new Map<string, number>();
  const layers: string[][] = [];
  for (const each of derived) {
    const read = [...each.slice(0, each.lastIndexOf(" ")).matchAll(/\b(?:scratch_)?k\d+_\w+/g)].map((found) => layerOf.get(found[0]) ?? -1);
    const layer = Math.max(-1, ...read) + 1;
    layerOf.set(nameOf(each), layer);
    (layers[layer] ??= []).push(each);
  }
  return layers.reduce((sql, list) => `SELECT *, ${list.join(",\n")} FROM (${sql})`, from);
}

export async function normalise({ db, settings }: Work): Promise<StepResult> {
  const derived = derivedColumns(settings, (name) => column(`in_${name}`));
  const characters = characterColumns(settings);
  await loadCharacters({ db, settings });
  const kept = ["n", ...[...derived, ...characters.derived].map(nameOf).filter((name) => !name.startsWith("scratch_"))].join(", ");
  let rows = 0;
  for (const [table, side] of [
    ["l", "left"],
    ["r", "right"],
  ] as const) {
    const first = layered(`SELECT * FROM ${side}_rows`, derived);
    const joined = characters.derived.length === 0 ? first : layered(`SELECT * FROM (${first}) ${characters.joins.join(" ")}`, characters.derived);
    await db.run(`CREATE TABLE ${table} AS SELECT ${kept} FROM (${joined})`);
    await db.run(`CREATE TABLE ${side}_ids AS SELECT n, id FROM ${side}_rows`);
    await db.run(`DROP TABLE ${side}_rows`);
    rows += await db.number(`SELECT count(*) FROM ${table}`);
  }
  return { rows };
}

/** `rows` is the number of identifiers set aside. */
export async function trust({ db, settings }: Work): Promise<StepResult> {
  const exact = settings.exact;
  if (exact === undefined) return { rows: 0 };
  const prefixOf = prefixIn(settings);
  const v = `${prefixOf(exact.identifier)}_v`;
  const names = settings.comparisons.filter((comparison) => comparison.role === "name").map((comparison) => `${prefixOf(comparison.column)}_nh`);
  const name = names.length === 0 ? "0" : `hash(${names.join(", ")})`;
  const shared = (table: string, other: string): string =>
    `SELECT ${v} AS v FROM (SELECT ${v}, count(*) AS rows, count(DISTINCT ${name}) AS names FROM (SELECT ${v}, ${names.length === 0 ? "n" : names.join(", ")} FROM ${table} WHERE ${v} IN (SELECT ${v} FROM ${table} WHERE ${v} IS NOT NULL GROUP BY 1 HAVING count(*) > ${exact.mostNames})) GROUP BY 1) WHERE names > ${exact.mostNames}${other}`;
  await db.run(`CREATE TABLE untrusted AS ${shared("l", ` OR rows > ${exact.mostLeftRows}`)} UNION ${shared("r", "")}`);
  const rows = await db.number("SELECT count(*) FROM untrusted");
  if (rows > 0) {
    const filled = settings.comparisons.flatMap((comparison) =>
      comparison.role === "birth-date" && comparison.identifier === exact.identifier ? [`${prefixOf(comparison.column)}_x = ${prefixOf(comparison.column)}_own`] : [],
    );
    for (const table of ["l", "r"]) {
      await db.run(`UPDATE ${table} SET ${[`${v} = NULL`, `${prefixOf(exact.identifier)}_ok = false`, `${prefixOf(exact.identifier)}_birth = NULL`, ...filled].join(", ")} WHERE ${v} IN (SELECT v FROM untrusted)`);
    }
  }
  return { rows };
}
