// Derived columns of every row (tables `l` and `r`), then the question which identifiers prove anything: one that many
// different names share is a placeholder or a loan, and counts as missing.
import { derivedColumns, prefixIn } from "../columns.ts";
import { column } from "../sql.ts";
import type { StepResult, Work } from "./step.ts";

export async function normalise({ db, settings }: Work): Promise<StepResult> {
  const derived = derivedColumns(settings, (name) => column(`in_${name}`));
  const kept = ["n", ...derived.map((each) => each.slice(each.lastIndexOf(" ") + 1)).filter((name) => !name.startsWith("scratch_"))].join(", ");
  let rows = 0;
  for (const [table, side] of [
    ["l", "left"],
    ["r", "right"],
  ] as const) {
    await db.run(`CREATE TABLE ${table} AS SELECT ${kept} FROM (SELECT n, ${derived.join(",\n")} FROM ${side}_rows)`);
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
