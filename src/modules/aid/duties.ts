// What is looked at on its day without being asked, for every county that has households: warnings and applications without a result each day, missed and double
// aid each month. Each is one transaction under the county's own rights, with its audit row, and done once a day: doing it again changes nothing.
// Counties do not wait for each other: as many as there are processors are looked at together, and one that fails holds up none.
import os from "node:os";
import { sql } from "kysely";
import { addDays } from "../../core/time.ts";
import { audit } from "../../platform/audit.ts";
import { systemActor, type Tx } from "../../platform/database.ts";
import { type Duty, type Log, startDuty } from "../../platform/duty.ts";
import { inParallel } from "../../platform/lanes.ts";
import type { Platform } from "../../platform/platform.ts";
import type { AidPlan } from "../../scheme/aid-model.ts";
import { isAssessed } from "../safeguards/service.ts";
import { checkMonth, checkResults } from "./standing-rules.ts";
import { evaluateRules, foldWarningCounts } from "./warnings.ts";

const EVERY_MS = 10 * 60_000;

export type Kind = "warnings" | "results" | "check";
type At = { readonly county: number; readonly scheme: string };
export type DutiesDone = { readonly done: readonly (At & { readonly kind: Kind; readonly outcome: Readonly<Record<string, unknown>> })[] };

/** The newest day on which the month before is checked, and that month. @param day of the month, 1 to 28 */
export function checkDay(today: string, day: number): { readonly on: string; readonly month: string } {
  const before = (month: string): string => (addDays(`${month}-01`, -1) ?? month).slice(0, 7);
  const inMonth = (month: string): string => `${month}-${String(day).padStart(2, "0")}`;
  const own = today.slice(0, 7);
  const on = inMonth(own) <= today ? inMonth(own) : inMonth(before(own));
  return { on, month: before(on.slice(0, 7)) };
}

type Turn = At & { readonly kind: Kind; readonly on: string; readonly month: string };
/** What is still to do today, for all counties in one question; leaps from county to county by the key. Warnings wait for a rule that is on. */
async function toDo(tx: Tx, plans: readonly AidPlan[], today: string): Promise<Turn[]> {
  const due = plans.flatMap(({ scheme, checkedOn }) => {
    const check = checkDay(today, checkedOn);
    return ([["warnings", today], ["results", today], ["check", check.on]] as const).map(([kind, on], place) => ({ scheme, kind, on, place, month: check.month }));
  });
  const { rows } = await sql<Turn>`
    with recursive c as (select min(county) as county from household union all select (select min(h.county) from household h where h.county > c.county) from c where c.county is not null),
    due as (select * from json_to_recordset(${JSON.stringify(due)}::json) as d (scheme text, kind text, "on" date, place int, month text))
    select c.county, d.scheme, d.kind, d."on", d.month from c cross join due d
    where c.county is not null and exists (select from household h where h.county = c.county and h.scheme = d.scheme and h.ended_on is null)
      and not exists (select from aid_duty done where done.county = c.county and done.scheme = d.scheme and done.kind = d.kind and done.on_day = d."on")
      and (d.kind <> 'warnings' or exists (select from warning_rule w where w.scheme = d.scheme and w.state = 'on' and w.lo <= c.county * 1000000::bigint and w.hi >= c.county * 1000000::bigint + 999999))
    order by c.county, d.scheme, d.place`.execute(tx);
  return rows;
}

/** Each reads a county's rows in one process of the database, with its memory; more than there are processors would wait for each other, and people work beside. */
const atOnce = Math.min(4, os.availableParallelism());

/**
 * All counties of the installation, however many.
 * @param stopping no further county is begun
 * @returns what was done now, by county; nothing when the day's duties are done
 * @throws the failure of the first county that failed, when all others are done; it is tried again at the next round
 */
export async function aidDuties(platform: Platform, plans: readonly AidPlan[], stopping?: AbortSignal): Promise<DutiesDone> {
  const today = platform.clock.today();
  const turns = await platform.database.read(systemActor("aid"), (tx) => toDo(tx, plans, today));
  const ofCounties = [...Map.groupBy(turns, ({ county }) => county).values()];
  const done: DutiesDone["done"][number][] = [];
  const failures: unknown[] = [];
  await inParallel(ofCounties, atOnce, async (ofCounty) => {
    if (stopping?.aborted) return;
    try {
      for (const turn of ofCounty) {
        const outcome = await once(platform, turn);
        if (outcome === undefined) continue;
        done.push({ county: turn.county, scheme: turn.scheme, kind: turn.kind, outcome });
      }
    } catch (error) {
      failures.push(error);
    }
  });
  if (done.length > 0) await platform.database.write(systemActor("aid"), foldWarningCounts);
  if (failures.length > 0) throw failures[0];
  return { done: done.toSorted((a, b) => a.county - b.county) };
}

/** One duty of a day, unless it is done; two processes at the same moment wait for each other. */
const once = (platform: Platform, turn: Turn): Promise<Readonly<Record<string, unknown>> | undefined> => {
  const { county, scheme, kind, on } = turn;
  return platform.database.write(systemActor("aid", county * 1e6, county * 1e6 + 999_999), async (tx) => {
    const isDone = async (): Promise<boolean> =>
      (await tx.selectFrom("aidDuty").select("kind").where("county", "=", county).where("scheme", "=", scheme).where("kind", "=", kind).where("onDay", "=",
        on).executeTakeFirst()) !== undefined;
    if (await isDone()) return undefined;
    await sql`select pg_advisory_xact_lock(hashtextextended(${`aid-duty:${county}:${scheme}:${kind}`}, 0))`.execute(tx);
    if (await isDone()) return undefined;
    const found = await work(tx, platform, turn);
    if (found === undefined) return undefined;
    await tx
      .insertInto("aidDuty")
      .values({ county, scheme, kind, onDay: on, area: county * 1e6, outcome: JSON.stringify(found.outcome) })
      .execute();
    await audit(tx, {
      action: kind === "warnings" ? "warning.evaluate" : "aid.check",
      purpose: kind === "warnings" ? "warning" : "standing-rules",
      county,
      area: county * 1e6,
      people: found.people,
      detail: { on, kind, ...found.outcome },
    });
    return found.outcome;
  });
};

type Found = { readonly people: number; readonly outcome: Readonly<Record<string, unknown>> };
async function work(tx: Tx, platform: Platform, { county, scheme, kind, on, month }: Turn): Promise<Found | undefined> {
  const at = { county, scheme };
  if (kind === "results") {
    const outcome = await checkResults(tx, platform, at);
    return { people: outcome.withoutResult + outcome.notRechecked, outcome };
  }
  if (kind === "check") {
    const { households, ...outcome } = await checkMonth(tx, platform, { ...at, month });
    return { people: households, outcome: { month, ...outcome } };
  }
  // No assessment of automated decisions is in force: nothing is judged, and it is asked again.
  if (!(await mayEvaluate(tx, platform, at))) return undefined;
  const { households, rules } = await evaluateRules(tx, platform, { county, lo: county * 1e6, hi: county * 1e6 + 999_999, scheme, on });
  return { people: households, outcome: { raised: rules.reduce((sum, rule) => sum + rule.raised, 0) } };
}

const mayEvaluate = (tx: Tx, platform: Platform, { county, scheme }: At): Promise<boolean> =>
  isAssessed(tx, platform, { matter: "automated", scheme, area: county * 1e6 });

/** The standing rules at once, whatever the day, from the command line. */
export const checkAidOf = (platform: Platform, at: At & { readonly month: string }): Promise<{ readonly raised: number; readonly closed: number }> =>
  platform.database.write(systemActor("aid", at.county * 1e6, at.county * 1e6 + 999_999), async (tx) => {
    const [late, month] = [await checkResults(tx, platform, at), await checkMonth(tx, platform, at)];
    await audit(tx, {
      action: "aid.check",
      purpose: "standing-rules",
      county: at.county,
      people: month.households,
      detail: { month: at.month, missed: month.missed, double: month.double, contested: month.contested, withoutResult: late.withoutResult, notRechecked: late.notRechecked },
    });
    return { raised: late.raised + month.raised, closed: late.closed + month.closed };
  });

/** Now and every ten minutes; each duty is done once on its day. @param log gets what went wrong, without content */
export const startAidDuties = (platform: Platform, plans: readonly AidPlan[], log: Log): Duty => startDuty({ name: "aid duties", everyMs: EVERY_MS, log,
  work: (stopping) => aidDuties(platform, plans, stopping) });
