// Names in lists: of a household the name of the head's record, of an application its item's. One place for the words that other statements put in.
import { type RawBuilder, sql } from "kysely";

/** The name of the head as the register has it; null for a household that is not registered yet. `county` and `id` name columns. */
export const headName = (county: "w.county" | "h.county" | "a.county" | "n.county" | "m.county", id: "w.household_id" | "h.id" | "a.household_id" | "n.household_id" | "m.household_id"): RawBuilder<string | null> =>
  sql<
    string | null
  >`(select s.name from household hh join record rr on rr.county = hh.county and rr.id = hh.record_id join subject s on s.county = rr.county and s.id = rr.subject_id
    where hh.county = ${sql.ref(county)} and hh.id = ${sql.ref(id)})`;

/** The item of an application `a` as `i`, by what stands at its place last: also of one that is not in force any more. */
export const itemOfApplication = sql`left join lateral (select i.label_zh, i.label_en, i.period from aid_item i where i.scheme = a.scheme and i.key = a.item and i.lo <= a.area and i.hi >= a.area
  order by i.lo desc, i.from_on desc limit 1) i on true`;
