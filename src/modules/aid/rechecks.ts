// Recurring aid is looked at again: the day by which that is due, set with each decision.
import { type RawBuilder, sql } from "kysely";

/**
 * The day by which application `a`, decided `on`, is looked at again: months after the decision by its item as it stands at its place, fewer where somebody in the household is able to work.
 * Null where the item says nothing of it, or the aid is over (`to`) before.
 */
export const recheckDay = (on: string, to: RawBuilder<unknown>): RawBuilder<unknown> => sql`(select case when ${to} < i.due then null else i.due end from (
    select (${on}::date + make_interval(months => case when exists (select from household_member m where m.county = a.county and m.household_id = a.household_id and m.until is null and m.able)
      then coalesce(i.recheck_able_months, i.recheck_months) else i.recheck_months end))::date as due
    from aid_item i where i.scheme = a.scheme and i.key = a.item and i.lo <= a.area and i.hi >= a.area order by i.lo desc, i.from_on desc limit 1) i)`;
