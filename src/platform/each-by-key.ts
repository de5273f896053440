// Rows by many keys. Under row-level security the planner takes a scope for a two-hundredth of any table and would rather walk a whole
// county's index by area than look up some hundred keys; so each key is looked up by itself, which costs some microseconds.
import { type RawBuilder, sql } from "kysely";

/**
 * An item for `from`: the keys in their order as `x.id`, each with the rows that `found` selects by it.
 * @param found a `select` that names `x.id`; may end in `for update`, and then locks in the order of the keys
 */
export const eachByKey = (keys: readonly string[], found: RawBuilder<unknown>, as: "r" | "f" | "c" | "s" | "p" | "l", type: "uuid" | "text" | "bytea" = "uuid"): RawBuilder<unknown> =>
  sql`unnest(${keys as string[]}::${sql.raw(type)}[]) as x (id) cross join lateral (${found} offset 0) ${sql.raw(as)}`;
