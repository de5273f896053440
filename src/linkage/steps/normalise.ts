// Derived columns of every row (tables `l` and `r`), then the question which identifiers prove anything: one that many
// different names share is a placeholder or a loan, and counts as missing.
import { comparisonOf, derivations, prefixIn, type Derivation } from "../columns.ts";
import { loadCharacters } from "./characters.ts";
import { PAIR_BASE, POSITIONS } from "../roles/name.ts";
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
    const layer = Math.max(-1, ...reads(each).map((name) => layerOf.get(name) ?? -1)) + 1;
    layerOf.set(nameOf(each), layer);
    (layers[layer] ??= []).push(each);
  }
  return layers.reduce((sql, list) => `SELECT *, ${list.join(",\n")} FROM (${sql})`, from);
}

const reads = (expression: string): string[] => [...expression.slice(0, expression.lastIndexOf(" ")).matchAll(/\b(?:scratch_)?k\d+_\w+/g)].map((found) => found[0]);

/** The character table's columns of place `k`, joined by the code point `point`; without a join they are null. */
const CHARACTER = { simplified: "INTEGER", sound: "INTEGER", near: "INTEGER", letters: "VARCHAR" } as const;
const characterColumns = (p: string, k: number, value: (name: keyof typeof CHARACTER) => string): string => (Object.keys(CHARACTER) as (keyof typeof CHARACTER)[]).map((name) => `${value(name)} AS ${p}_h${k}_${name}`).join(", ");

/** Names of this many characters need no further places of the character table, and no letters. */
const SHORT_NAME = 4;

/**
 * Table `values_<prefix>`: each different value of the column in both lists with what is derived from it (`kept`) and how often it occurs;
 * columns that read other compared columns are left to the rows. Equal values that weigh by their rarity are counted here, where they are few. */
async function deriveValues({ db }: Pick<Work, "db">, { prefix: p, reads: inputs, derived, characters, after, counted }: Derivation, kept: readonly string[]): Promise<void> {
  const columns = inputs.map((name) => column(`in_${name}`)).join(", ");
  const first = layered(`SELECT ${columns}, count(*) AS occurrences FROM (SELECT ${columns} FROM left_rows UNION ALL SELECT ${columns} FROM right_rows) GROUP BY ${columns}`, derived);
  const select = (from: string): string => `SELECT ${[columns, "occurrences", ...kept].join(", ")} FROM (${from})`;
  const count = async (): Promise<void> => {
    if (counted !== undefined) await db.run(`CREATE TABLE occurrences_${p} AS SELECT ${counted} AS v, sum(occurrences)::BIGINT AS n FROM values_${p} WHERE ${counted} IS NOT NULL GROUP BY 1`);
  };
  if (characters.length === 0) {
    await db.run(`CREATE TABLE values_${p} AS ${select(first)}`);
    return count();
  }
  await db.run(`CREATE TABLE points_${p} AS ${first}`);
  const beyond = characters[SHORT_NAME];
  for (const short of beyond === undefined ? [false] : [false, true]) {
    const known = (k: number, name: keyof typeof CHARACTER): string => (short && (k > SHORT_NAME || name === "letters") ? `NULL::${CHARACTER[name]}` : name);
    const [looked, none] = [characters.slice(0, short ? SHORT_NAME : characters.length), short ? characters.slice(SHORT_NAME) : []];
    const places = looked.map((point, i) => `LEFT JOIN (SELECT point AS ${p}_h${i + 1}_point, ${characterColumns(p, i + 1, (name) => known(i + 1, name))} FROM han) ON ${p}_h${i + 1}_point = ${point}`);
    const columnsOfNone = none.map((_, i) => `, ${characterColumns(p, SHORT_NAME + i + 1, (name) => known(SHORT_NAME + i + 1, name))}`).join("");
    const where = beyond === undefined ? "" : `WHERE ${beyond} IS ${short ? "" : "NOT "}NULL`;
    await db.run(`${short ? `INSERT INTO values_${p}` : `CREATE TABLE values_${p} AS`} ${select(layered(`SELECT *${columnsOfNone} FROM points_${p} ${places.join(" ")} ${where}`, after))}`);
  }
  await db.run(`DROP TABLE points_${p}`);
  await count();
}

/** Of the look-alikes only those stay whose characters both occur in a name: each statement that compares names reads them all. */
async function keepWhatOccurs({ db, settings }: Pick<Work, "db" | "settings">): Promise<void> {
  const prefixOf = prefixIn(settings);
  const names = settings.comparisons.filter((comparison) => comparison.role === "name").map((comparison) => prefixOf(comparison.column));
  if (names.length === 0) return;
  await db.run(`CREATE TABLE present AS ${names.map((p) => `SELECT unnest([${POSITIONS.map((k) => `${p}_c${k}`).join(", ")}]) AS point FROM values_${p}`).join(" UNION ")};
    CREATE TABLE occurring AS SELECT pair FROM alike WHERE pair // ${PAIR_BASE} IN (SELECT point FROM present) AND pair % ${PAIR_BASE} IN (SELECT point FROM present);
    DROP TABLE present; DROP TABLE alike; ALTER TABLE occurring RENAME TO alike`);
}

/**
 * Tables `l` and `r`. Columns whose values occur again and again are derived once for each value and joined; the others, and what reads
 * other columns, in one pass over the rows, which also gives them their numbers. */
export async function normalise({ db, settings }: Work): Promise<StepResult> {
  const all = derivations(settings, (name) => column(`in_${name}`));
  await loadCharacters({ db, settings });
  const keptOf = (list: readonly string[]): string[] => list.map(nameOf).filter((name) => !name.startsWith("scratch_"));
  const [inRows, joins, values]: [string[], string[], string[]] = [[], [], []];
  for (const each of all) {
    if (!each.valuesRepeat) {
      inRows.push(...each.derived);
      continue;
    }
    const own = (derived: string): boolean => reads(derived).every((name) => name.replace("scratch_", "").startsWith(`${each.prefix}_`));
    const [derived, others] = [each.derived.filter(own), each.derived.filter((one) => !own(one))];
    const kept = keptOf([...derived, ...each.after]);
    await deriveValues({ db }, { ...each, derived }, kept);
    inRows.push(...others);
    values.push(...kept.map((name) => `values_${each.prefix}.${name}`));
    joins.push(`LEFT JOIN values_${each.prefix} ON ${each.reads.map((name) => `values_${each.prefix}.${column(`in_${name}`)} IS NOT DISTINCT FROM side.${column(`in_${name}`)}`).join(" AND ")}`);
  }
  const kept = ["n", ...keptOf(all.flatMap((each) => [...each.derived, ...each.after]))].join(", ");
  let rows = 0;
  for (const [table, side] of [
    ["l", "left"],
    ["r", "right"],
  ] as const) {
    const given = [`${side}_ids.n`, "side.*", ...values].join(", ");
    await db.run(`CREATE TABLE ${table} AS SELECT ${kept} FROM (${layered(`SELECT ${given} FROM ${side}_rows side JOIN ${side}_ids ON ${side}_ids.place = side.rowid ${joins.join(" ")}`, inRows)})`);
    await db.run(`DROP TABLE ${side}_rows; ALTER TABLE ${side}_ids DROP COLUMN place`);
    rows += await db.number(`SELECT count(*) FROM ${table}`);
  }
  await keepWhatOccurs({ db, settings });
  for (const each of all) if (each.valuesRepeat) await db.run(`DROP TABLE values_${each.prefix}`);
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
    `SELECT ${v} AS v FROM (SELECT ${v}, count(*) AS rows, count(DISTINCT ${name}) AS names FROM (SELECT ${v}, ${names.length === 0 ? "n" : names.join(", ")} FROM ${table} WHERE hash(${v}) IN (SELECT hash(${v}) FROM ${table} WHERE ${v} IS NOT NULL GROUP BY 1 HAVING count(*) > ${exact.mostNames})) GROUP BY 1) WHERE rows > ${exact.mostNames} AND (names > ${exact.mostNames}${other})`;
  await db.run(`CREATE TABLE untrusted AS ${shared("l", ` OR rows > ${exact.mostLeftRows}`)} UNION ${shared("r", "")}`);
  const rows = await db.number("SELECT count(*) FROM untrusted");
  if (rows > 0) {
    const identifier = comparisonOf(settings, exact.identifier);
    const filled = settings.comparisons.flatMap((comparison) =>
      comparison.role === "birth-date" && comparison.identifier === exact.identifier ? [`${prefixOf(comparison.column)}_x = ${prefixOf(comparison.column)}_own`] : [],
    );
    for (const table of ["l", "r"]) {
      await db.run(`UPDATE ${table} SET ${[`${v} = NULL`, `${prefixOf(exact.identifier)}_ok = false`, `${prefixOf(exact.identifier)}_birth = NULL`, ...(identifier?.role === "identifier" && identifier.kind === "cn-resident" ? [`${prefixOf(exact.identifier)}_num = NULL`] : []), ...filled].join(", ")} WHERE ${v} IN (SELECT v FROM untrusted)`);
    }
  }
  return { rows };
}
