// Days that the State Council's yearly notice frees or makes working days; the clocks of cases count by them.
import { sql } from "kysely";
import type { BodyOf, ReplyOf } from "../../core/route.ts";
import { Problem } from "../../core/problem.ts";
import { isDate } from "../../core/time.ts";
import { audit } from "../../platform/audit.ts";
import type { Tx } from "../../platform/database.ts";
import type { listHolidays as listRoute, setHolidays as setRoute } from "./contract.ts";

export const listHolidays = async (tx: Tx): Promise<ReplyOf<typeof listRoute>> => ({ rows: await tx.selectFrom("holiday").select(["day", "worked", "source"]).orderBy("day").execute() });

/** Takes the place of the year's days. Cases that are open keep their day. @throws Problem bad-request when a day is not of the year */
export async function setHolidays(tx: Tx, year: number, input: BodyOf<typeof setRoute>): Promise<ReplyOf<typeof setRoute>> {
  if (!input.days.every(({ day }) => isDate(day) && day.startsWith(`${year}-`)) || new Set(input.days.map(({ day }) => day)).size !== input.days.length) throw new Problem("bad-request");
  await sql`delete from holiday where day between ${`${year}-01-01`}::date and ${`${year}-12-31`}::date`.execute(tx);
  if (input.days.length > 0) await tx.insertInto("holiday").values(input.days.map(({ day, worked }) => ({ day, worked, source: input.source }))).execute();
  await audit(tx, { action: "holidays.set", people: 0, detail: { year, days: input.days.length, source: input.source } });
  return { rows: input.days.length };
}
