// One outlet and one return: what departments paid, gave and did comes in as rows. A row without a register entry, or without a decision before
// it, goes back with its reason; the same row again is known and changes nothing.
import { sql } from "kysely";
import { newId } from "../../core/ids.ts";
import { Problem } from "../../core/problem.ts";
import type { BodyOf, ReplyOf } from "../../core/route.ts";
import { isDate } from "../../core/time.ts";
import { audit } from "../../platform/audit.ts";
import { refreshAfter, type Tx } from "../../platform/database.ts";
import { emit } from "../../platform/journal.ts";
import type { Platform } from "../../platform/platform.ts";
import type { takeDeliveries as takeRoute } from "./contract.ts";
import { aidEvents } from "./events.ts";
import { ownDepartment } from "./given.ts";
import { type ItemRow, itemsInForce } from "./items.ts";
import { placesOf, type Stand } from "./register.ts";
import { fenOf, MOST_YUAN, periodEnd, periodStart, returnLabels, type ReturnReason } from "./rules.ts";

type Given = BodyOf<typeof takeRoute>;
type Row = Given["rows"][number];
type Sound = { readonly row: number; readonly at: Stand; readonly item: ItemRow; readonly given: Row; readonly fen: number };

/** Items by key and day: few days' plans stand for many rows. */
export async function plansOf(tx: Tx, scheme: string): Promise<(area: number, key: string, on: string) => Promise<ItemRow | "unknown-item" | "not-in-force">> {
  const { rows } = await sql<{ key: string }>`select distinct key from aid_item where scheme = ${scheme}`.execute(tx);
  const keys = new Set(rows.map((row) => row.key));
  const plans = new Map<string, Promise<readonly ItemRow[]>>();
  return async (area, key, on) => {
    if (!keys.has(key)) return "unknown-item";
    const at = `${area} ${on}`;
    const plan = plans.get(at) ?? itemsInForce(tx, scheme, area, on);
    plans.set(at, plan);
    return (await plan).find((item) => item.key === key) ?? "not-in-force";
  };
}

/** A department's contact sends what the own department gave. @throws Problem not-found (another department) */
function expectOwn(tx: Tx, given: Given): void {
  const own = ownDepartment(tx, given.scheme);
  if (own !== undefined && own !== given.department) throw new Problem("not-found");
}

/** @throws Problem not-found (a contact of another department) */
export async function takeDeliveries(tx: Tx, platform: Platform, given: Given): Promise<ReplyOf<typeof takeRoute>> {
  expectOwn(tx, given);
  const today = platform.clock.today();
  const places = await placesOf(tx, platform, given.scheme, given.rows);
  const planOf = await plansOf(tx, given.scheme);
  const returned: { row: number; why: ReturnReason }[] = [];
  const sound: Sound[] = [];
  for (const [i, row] of given.rows.entries()) {
    const at = places[i];
    const found = await judge(row);
    if (typeof found === "string") returned.push({ row: i + 1, why: found });
    else sound.push({ ...found, row: i + 1 });
    async function judge(each: Row): Promise<ReturnReason | Omit<Sound, "row">> {
      if (!isDate(each.on)) return "bad-day";
      if (each.on > today) return "future";
      if (typeof at !== "object") return at ?? "not-registered";
      const item = await planOf(at.area, each.item, each.on);
      if (typeof item === "string") return item;
      if (item.department !== given.department) return "wrong-department";
      const fen = each.amount === undefined ? 0 : fenOf(each.amount);
      if (fen === undefined || fen > MOST_YUAN / 100 || (item.form === "cash" && fen === 0)) return "bad-money";
      if (each.quantity !== undefined && !(each.quantity > 0 && each.quantity <= 1e6)) return "bad-money";
      return item.mostFen !== null && fen > item.mostFen ? "too-much" : { at, item, given: each, fen };
    }
  }
  const intake = newId();
  const outcomes = await store(tx, given, intake, sound);
  for (const { row, outcome } of outcomes) if (outcome !== "taken" && outcome !== "known") returned.push({ row, why: outcome });
  const count = (outcome: string): number => outcomes.filter((one) => one.outcome === outcome).length;
  const [taken, known] = [count("taken"), count("known")];
  const sorted = returned.toSorted((a, b) => a.row - b.row);
  await sql`insert into aid_intake (county, id, area, scheme, department, rows, taken, known, returned, sent_by)
    values (${Math.floor(tx.actor.area / 1e6)}, ${intake}::uuid, ${tx.actor.area}, ${given.scheme}, ${given.department}, ${given.rows.length}, ${taken}, ${known},
      ${JSON.stringify(sorted)}::jsonb, ${tx.actor.account})`.execute(tx);
  await emit(tx, [{ kind: aidEvents.delivered, county: Math.floor(tx.actor.area / 1e6), area: tx.actor.area, data: { intake, taken, returned: sorted.length } }]);
  await refreshAfter(tx, taken);
  await audit(tx, {
    action: "aid.deliver",
    area: tx.actor.area,
    county: Math.floor(tx.actor.area / 1e6),
    people: given.rows.length,
    detail: { intake, department: given.department, taken, returned: sorted.length },
  });
  return { id: intake, rows: given.rows.length, taken, known, returned: sorted.map((one) => ({ ...one, message: { ...returnLabels[one.why] } })) };
}

type Outcome = { readonly row: number; readonly outcome: "taken" | "known" | "source-used" | "no-decision" | "before-decision" | "stopped" | "not-yet" };
/**
 * One statement for all rows: each hangs on the newest application of its household and item that was granted by the day, unless what was decided about it since
 * ended it before the period began, or let it begin after the period. Whoever begins or is stopped in the middle of a month may be paid for that month.
 */
async function store(tx: Tx, given: Given, intake: string, sound: readonly Sound[]): Promise<Outcome[]> {
  const content = sound.map(({ row, at, item, given: each, fen }) => ({
    row,
    county: at.county,
    household: at.household,
    area: at.area,
    item: item.key,
    form: item.form,
    on: each.on,
    period: periodStart(item.period, each.on),
    ends: periodEnd(item.period, each.on),
    fen,
    quantity: each.quantity,
    no: each.no,
  }));
  const { rows } = await sql<Outcome>`
    with x as materialized (select * from json_to_recordset(${JSON.stringify(content)}::json) as x (row int, county int, household uuid, area bigint, item text, form text, "on" date,
      period date, ends date, fen bigint, quantity float8, no text)),
    judged as materialized (select x.*, before.same, granted.application, decided.early, coalesce(last.over_on < x.period, false) as over, coalesce(first.from_on > x.ends, false) as not_yet, row_number() over (partition by x.county, x.no order by x.row) as nth from x
      left join lateral (select (d.household_id, d.item, d.delivered_on, d.amount_fen, d.quantity) is not distinct from (x.household, x.item, x."on", x.fen, x.quantity) as same
        from aid_delivery d where d.county = x.county and d.source = ${given.department} and d.source_no = x.no) before on true
      left join lateral (select d.application_id as application from aid_decision d where d.county = x.county and d.household_id = x.household and d.item = x.item and d.decision = 'grant'
        and d.decided_on <= x."on" order by d.decided_on desc, d.id desc limit 1) granted on true
      left join lateral (select case d.decision when 'stop' then coalesce(d.from_on, d.decided_on) else d.to_on end as over_on from aid_decision d where d.county = x.county
        and d.household_id = x.household and d.item = x.item and d.application_id = granted.application and d.decided_on <= x."on" order by d.decided_on desc, d.at desc limit 1) last on true
      left join lateral (select min(d.from_on) as from_on from aid_decision d where d.county = x.county and d.household_id = x.household and d.item = x.item
        and d.application_id = granted.application and d.decision in ('grant', 'change') and d.decided_on <= x."on") first on true
      left join lateral (select true as early from aid_decision d where d.county = x.county and d.household_id = x.household and d.item = x.item and d.decision = 'grant'
        limit 1) decided on true),
    outcome as materialized (select j.*, case when j.same then 'known' when j.same is not null or j.nth > 1 then 'source-used' when j.over then 'stopped' when j.not_yet then 'not-yet' when j.application is not null then 'taken'
      when j.early then 'before-decision' else 'no-decision' end as outcome from judged j),
    added as (insert into aid_delivery (county, id, application_id, household_id, area, scheme, item, form, department, period_on, delivered_on, amount_fen, quantity, intake_id, source,
      source_no)
      select o.county, gen_random_uuid(), o.application, o.household, o.area, ${given.scheme}, o.item, o.form, ${given.department}, o.period, o."on", o.fen, o.quantity, ${intake}::uuid,
        ${given.department}, o.no from outcome o where o.outcome = 'taken' returning 1)
    select o.row, o.outcome from outcome o, (select count(*) from added) a order by o.row`.execute(tx);
  return rows;
}
