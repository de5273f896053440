// Events of households as departments tell them: taken once each, in whatever order they come.
import { sql } from "kysely";
import type { BodyOf, ReplyOf } from "../../core/route.ts";
import { isDate } from "../../core/time.ts";
import { audit } from "../../platform/audit.ts";
import { refreshAfter, type Tx } from "../../platform/database.ts";
import { emit } from "../../platform/journal.ts";
import type { Platform } from "../../platform/platform.ts";
import { measures } from "../../scheme/aid-model.ts";
import type { enterEvents as enterRoute } from "./contract.ts";
import { aidEvents } from "./events.ts";
import { placesOf, type Stand } from "./register.ts";
import { fenOf, returnLabels, type ReturnReason } from "./rules.ts";

export type Given = BodyOf<typeof enterRoute>;
export type Taken = ReplyOf<typeof enterRoute>;
type EventRow = Given["events"][number];

/** Why a row goes back, before its household is looked for. */
function faultOf(row: EventRow, today: string): ReturnReason | undefined {
  if (!isDate(row.on)) return "bad-day";
  if (row.on > today) return "future";
  const needsMoney = (measures as readonly string[]).includes(row.kind);
  return (needsMoney && row.amount === undefined) || (row.amount !== undefined && fenOf(row.amount) === undefined) ? "bad-money" : undefined;
}

/**
 * Takes events in. Each is looked up among those that came before by the key of its source, one by one: a plan for all at once, made while the table looked empty, held each of
 * them against every one. `source` and `no` name an event: the same once more is `known` and changes nothing; the same number with another content goes back.
 * A household is named by its id or by a member's ID number. Order of arrival means nothing. One audit row.
 */
export async function takeEvents(tx: Tx, platform: Platform, given: Given): Promise<Taken> {
  const today = platform.clock.today();
  const places = await placesOf(tx, platform, given.scheme, given.events);
  const returned: { row: number; why: ReturnReason }[] = [];
  const rows: { row: number; at: Stand; event: EventRow; fen: number | undefined }[] = [];
  given.events.forEach((event, i) => {
    const at = places[i];
    const why = faultOf(event, today) ?? (typeof at === "object" ? undefined : at);
    if (why !== undefined || typeof at !== "object") returned.push({ row: i + 1, why: why ?? "not-registered" });
    else rows.push({ row: i + 1, at, event, fen: event.amount === undefined ? undefined : fenOf(event.amount) });
  });
  const content = rows.map(({ row, at, event, fen }) => ({
    row,
    county: at.county,
    household: at.household,
    area: at.area,
    member: at.member === 0 ? undefined : at.member,
    kind: event.kind,
    on: event.on,
    fen,
    detail: event.detail,
    no: event.no,
  }));
  const { rows: outcomes } = await sql<{ row: number; outcome: "taken" | "known" | "used" }>`
    with x as materialized (select * from json_to_recordset(${JSON.stringify(content)}::json) as x (row int, county int, household uuid, area bigint, member smallint, kind text, "on" date,
      fen bigint, detail text, no text)),
    before as materialized (select x.row, b.same from x cross join lateral (select (e.household_id, e.kind, e.happened_on, e.amount_fen, e.detail) is not distinct
        from (x.household, x.kind, x."on", x.fen, x.detail) as same
        from household_event e where e.county = x.county and e.source = ${given.source} and e.source_no = x.no limit 1) b),
    first as materialized (select distinct on (x.county, x.no) x.* from x where x.row not in (select b.row from before b) order by x.county, x.no, x.row),
    added as (insert into household_event (county, id, household_id, area, scheme, member_no, kind, happened_on, amount_fen, detail, source, source_no, taken_by)
      select f.county, gen_random_uuid(), f.household, f.area, ${given.scheme}, f.member, f.kind, f."on", f.fen, f.detail, ${given.source}, f.no, ${tx.actor.account} from first f
        returning source_no)
    select x.row, case when b.row is not null then case when b.same then 'known' else 'used' end when f.row is not null then 'taken'
        when exists (select from first g where g.county = x.county and g.no = x.no and (g.household, g.kind, g."on", g.fen, g.detail) is not distinct
          from (x.household, x.kind, x."on", x.fen, x.detail)) then 'known' else 'used' end as outcome
    from x left join before b on b.row = x.row left join first f on f.row = x.row, (select count(*) from added) a`.execute(tx);
  for (const { row, outcome } of outcomes) if (outcome === "used") returned.push({ row, why: "source-used" });
  const taken = outcomes.filter((one) => one.outcome === "taken").length;
  const counties = new Set(rows.map(({ at }) => at.county));
  await emit(tx, taken === 0 ? [] : [...counties].map((county) => ({ kind: aidEvents.eventsTaken, county, area: county * 1e6, data: { source: given.source, taken } })));
  await refreshAfter(tx, taken);
  await audit(tx, {
    action: "household.events",
    ...(counties.size === 1 && { county: [...counties][0]! }),
    area: tx.actor.area,
    people: taken,
    detail: { source: given.source, rows: given.events.length, returned: returned.length },
  });
  return {
    taken,
    known: outcomes.filter((one) => one.outcome === "known").length,
    returned: returned.toSorted((a, b) => a.row - b.row).map((one) => ({ ...one, message: { ...returnLabels[one.why] } })),
  };
}
