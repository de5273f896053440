// Days that the State Council's yearly notice frees or makes working days; the clocks of cases count by them. Each year names its notice, and
// whether somebody held the days against it.
import { sql } from "kysely";
import type { BodyOf, ReplyOf } from "../../core/route.ts";
import { Problem } from "../../core/problem.ts";
import { isDate } from "../../core/time.ts";
import { audit } from "../../platform/audit.ts";
import type { Tx } from "../../platform/database.ts";
import { accountNames } from "../access/service.ts";
import type { listHolidays as listRoute, setHolidays as setRoute } from "./contract.ts";

export async function listHolidays(tx: Tx): Promise<ReplyOf<typeof listRoute>> {
  const rows = await tx.selectFrom("holiday").select(["day", "worked", "source"]).orderBy("day").execute();
  const years = await tx.selectFrom("holidayYear").selectAll().orderBy("year", "desc").execute();
  const names = await accountNames(tx, years.map((year) => year.enteredBy));
  const days = (year: number, worked: boolean): number => rows.filter((row) => row.worked === worked && row.day.startsWith(`${year}-`)).length;
  return {
    rows,
    years: years.map(({ year, notice, title, publishedOn, url, verified, enteredBy, at }) => ({
      ...{ year, notice, title, url, verified },
      ...(publishedOn !== null && { publishedOn }),
      free: days(year, false),
      worked: days(year, true),
      enteredBy: names.get(enteredBy) ?? enteredBy,
      at: at.toISOString(),
    })),
  };
}

/**
 * Takes the place of the year's days. Cases that are open keep their day. Free days are weekdays and worked ones lie on weekends: others
 * would say nothing.
 * @throws Problem bad-request when a day is not of the year, stands twice, or is free or worked anyway
 */
export async function setHolidays(tx: Tx, year: number, input: BodyOf<typeof setRoute>): Promise<ReplyOf<typeof setRoute>> {
  if (!input.days.every(({ day }) => isDate(day) && day.startsWith(`${year}-`)) || new Set(input.days.map(({ day }) => day)).size !== input.days.length) throw new Problem("bad-request", { zh: `日期应在${year}年内，且不重复`, en: `Days lie in ${year} and stand once` });
  const odd = input.days.find(({ day, worked }) => [0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay()) !== worked);
  if (odd) throw new Problem("bad-request", odd.worked ? { zh: `${odd.day} 本来就是工作日，不必列为调休上班`, en: `${odd.day} is a working day anyway` } : { zh: `${odd.day} 本来就是周末，不必列为放假`, en: `${odd.day} lies on a weekend anyway` });
  await sql`delete from holiday where day between ${`${year}-01-01`}::date and ${`${year}-12-31`}::date`.execute(tx);
  if (input.days.length > 0) await tx.insertInto("holiday").values(input.days.map(({ day, worked }) => ({ day, worked, source: input.source }))).execute();
  const { source: notice, title = "", url = "", verified = false } = input;
  const said = { notice, title, url, verified, publishedOn: input.publishedOn ?? null, enteredBy: tx.actor.account, at: sql<Date>`now()` };
  await tx.insertInto("holidayYear").values({ year, ...said }).onConflict((conflict) => conflict.column("year").doUpdateSet(said)).execute();
  await audit(tx, { action: "holidays.set", people: 0, detail: { year, days: input.days.length, source: input.source, verified } });
  return { rows: input.days.length };
}
