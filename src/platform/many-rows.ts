// Many rows in and out of the database: columns as arrays, pieces sent while the next is made, and rows by many keys. Under row-level
// security the planner takes a scope for a two-hundredth of any table and would rather walk a county's whole index by area than look up
// some hundred keys; so each key is looked up by itself, in some microseconds. Only for tables whose statistics are refreshed after a
// bulk (`refreshStatistics`): of a table that it takes for empty the planner would walk the whole index for each key.
import { type RawBuilder, sql } from "kysely";

/**
 * An item for `from`: the keys in their order as `x.id`, each with the rows that `found` selects by it.
 * @param found a `select` that names `x.id`; may end in `for update`, and then locks in the order of the keys
 */
export const eachByKey = (keys: readonly string[], found: RawBuilder<unknown>, as: "r" | "f" | "c" | "s" | "p" | "l", type: "uuid" | "text" | "bytea" = "uuid"): RawBuilder<unknown> =>
  sql`unnest(${keys as string[]}::${sql.raw(type)}[]) as x (id) cross join lateral (${found} offset 0) ${sql.raw(as)}`;

/** A column of many rows as a parameter of its own, `null` where a value is absent. */
export const arrayOf = (values: readonly unknown[], type: "text" | "uuid" | "int" | "bigint" | "boolean" | "bytea" | "date"): RawBuilder<unknown> => sql`${values.map((value) => value ?? null)}::${sql.raw(type)}[]`;

/** An array as the database reads it, of numbers and of texts without quotes, commas, braces and blanks: ids, digests, codes. */
export const columnOf = (values: readonly (string | number | null | undefined)[]): string => `{${values.map((value) => value ?? "NULL").join(",")}}`;

/** Sends rows in pieces; while the database stores one, the next is made. */
export async function sendAhead<T>(rows: Iterable<T>, size: number, send: (part: readonly T[]) => Promise<unknown>): Promise<void> {
  let underWay: Promise<unknown> = Promise.resolve();
  const pass = async (part: readonly T[]): Promise<void> => {
    await underWay;
    underWay = send(part);
    underWay.catch(() => undefined);
    // The statement leaves before the next piece is made.
    await new Promise((resolve) => setImmediate(resolve));
  };
  try {
    let part: T[] = [];
    for (const row of rows) {
      part.push(row);
      if (part.length < size) continue;
      await pass(part);
      part = [];
    }
    if (part.length > 0) await pass(part);
  } finally {
    await underWay;
  }
}
