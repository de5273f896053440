// The one intake for many at once: a department's list of applications, each row by the same rules as one that is typed, all in one statement. Rows that cannot
// enter go back with their reason; the same row again is known and changes nothing.
import { sql } from "kysely";
import { newId } from "../../core/ids.ts";
import type { BodyOf, ReplyOf } from "../../core/route.ts";
import { addWorkingDays, isDate } from "../../core/time.ts";
import { audit } from "../../platform/audit.ts";
import { refreshAfter, type Tx } from "../../platform/database.ts";
import { emit } from "../../platform/journal.ts";
import type { Platform } from "../../platform/platform.ts";
import { holidays } from "../campaigns/service.ts";
import type { enterMany as manyRoute } from "./contract.ts";
import { plansOf } from "./deliveries.ts";
import { aidEvents } from "./events.ts";
import { placesOf } from "./register.ts";
import { returnLabels, type ReturnReason } from "./rules.ts";

type Given = BodyOf<typeof manyRoute>;
type Known = { readonly county: number; readonly no: string; readonly household: string; readonly item: string; readonly on: string };
const contentOf = ({ household, item, on }: Omit<Known, "no" | "county">): string => `${household} ${item} ${on}`;

/** What the source told before under these numbers, by county and number. */
async function toldBefore(tx: Tx, source: string, counties: readonly number[], numbers: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await sql<Known>`select a.county, a.source_no as no, a.household_id as household, a.item, a.applied_on as on from aid_application a
    where a.county = any(${[...counties]}::int[]) and a.source = ${source} and a.source_no = any(${[...numbers]}::text[])`.execute(tx);
  return new Map(rows.map((row) => [`${row.county} ${row.no}`, contentOf(row)]));
}

/** Enters a list of at most some thousands of rows, in the name of the caller, who therefore does not decide them. One audit row. */
export async function enterMany(tx: Tx, platform: Platform, given: Given): Promise<ReplyOf<typeof manyRoute>> {
  const [today, days] = [platform.clock.today(), await holidays(tx)];
  const places = await placesOf(tx, platform, given.scheme, given.rows);
  const planOf = await plansOf(tx, given.scheme);
  const returned: { row: number; why: ReturnReason }[] = [];
  const sound: object[] = [];
  const counties = new Set(places.flatMap((place) => (typeof place === "object" ? [place.county] : [])));
  const told = await toldBefore(tx, given.source, [...counties], given.rows.map((row) => row.no));
  const dueOn = new Map<string, string>();
  const due = (on: string, after: number): string => {
    const key = `${on} ${after}`;
    const known = dueOn.get(key) ?? addWorkingDays(on, after, days) ?? on;
    dueOn.set(key, known);
    return known;
  };
  for (const [i, { item, on, no }] of given.rows.entries()) {
    const at = places[i];
    const plan = !isDate(on) ? "bad-day" : on > today ? "future" : typeof at !== "object" ? (at ?? "not-registered") : await planOf(at.area, item, on);
    if (typeof plan === "string" || typeof at !== "object") {
      returned.push({ row: i + 1, why: typeof plan === "string" ? plan : "not-registered" });
      continue;
    }
    const [number, content] = [`${at.county} ${no}`, contentOf({ household: at.household, item, on })];
    const before = told.get(number);
    told.set(number, before ?? content);
    if (before !== undefined && before !== content) returned.push({ row: i + 1, why: "source-used" });
    if (before === undefined) sound.push({ row: i + 1, id: newId(), county: at.county, household: at.household, area: at.area, item, department: plan.department, on, due: due(on, plan.decideDays), no });
  }
  const { rows: added } = await sql<{ id: string; county: number; area: number; household: string; item: string }>`
    with x as materialized (select * from json_to_recordset(${JSON.stringify(sound)}::json) as x (row int, id uuid, county int, household uuid, area bigint, item text, department text,
      "on" date, due date, no text)),
    first as materialized (select distinct on (x.county, x.household, x.item) x.* from x
      where not exists (select from aid_application a where a.county = x.county and a.household_id = x.household and a.item = x.item and a.member_no is null and a.state = 'open')
      order by x.county, x.household, x.item, x.row),
    added as (insert into aid_application (county, id, household_id, area, scheme, item, via, department, applied_on, due_on, source, source_no, entered_by)
      select f.county, f.id, f.household, f.area, ${given.scheme}, f.item, ${given.via}, f.department, f."on", f.due, ${given.source}, f.no, ${tx.actor.account} from first f returning id),
    asked as (update household h set asked_on = greatest(h.asked_on, f."on") from (select county, household, max("on") as "on" from first group by 1, 2) f where h.county = f.county
      and h.id = f.household)
    select f.id, f.county, f.area, f.household, f.item from first f join added a on a.id = f.id`.execute(tx);
  const intake = newId();
  const known = given.rows.length - added.length - returned.length;
  await sql`insert into aid_intake (county, id, area, scheme, department, rows, taken, known, returned, sent_by)
    values (${Math.floor(tx.actor.area / 1e6)}, ${intake}::uuid, ${tx.actor.area}, ${given.scheme}, ${given.source}, ${given.rows.length}, ${added.length}, ${known},
      ${JSON.stringify(returned)}::jsonb, ${tx.actor.account})`.execute(tx);
  await emit(
    tx,
    added.map((row) => ({ kind: aidEvents.applied, county: row.county, area: row.area, data: { application: row.id, household: row.household, item: row.item, via: given.via } })),
  );
  await refreshAfter(tx, added.length);
  await audit(tx, {
    action: "aid.apply",
    area: tx.actor.area,
    county: Math.floor(tx.actor.area / 1e6),
    people: given.rows.length,
    detail: { intake, source: given.source, taken: added.length, returned: returned.length },
  });
  return { id: intake, rows: given.rows.length, taken: added.length, known, returned: returned.map((one) => ({ ...one, message: { ...returnLabels[one.why] } })) };
}
