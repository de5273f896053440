// What departments delivered, newest first, and taking a delivery back: the row stays, marked with the day, the reason and who did it.
import { sql } from "kysely";
import { Problem } from "../../core/problem.ts";
import type { BodyOf, QueryOf, ReplyOf } from "../../core/route.ts";
import { isDate } from "../../core/time.ts";
import { audit } from "../../platform/audit.ts";
import type { Tx } from "../../platform/database.ts";
import type { Platform } from "../../platform/platform.ts";
import { rolesIn } from "../access/rules.ts";
import type { listDeliveries as listRoute, takeBackDelivery as backRoute } from "./contract.ts";
import { itemsInForce } from "./items.ts";
import { yuanOf } from "./rules.ts";

type At = { readonly county: number; readonly id: string };
type Row = ReplyOf<typeof listRoute>["rows"][number];
type Found = Pick<Row, "county" | "id" | "item" | "department" | "form"> & {
  readonly labelZh: string | null;
  readonly labelEn: string | null;
  readonly periodOn: string;
  readonly deliveredOn: string;
  readonly amountFen: number;
  readonly quantity: number | null;
  readonly sourceNo: string;
  readonly takenBackOn: string | null;
  readonly takenBackWhy: Row["takenBackWhy"] | null;
};

/** The one department a contact speaks for; undefined for offices that see all. */
export function ownDepartment(tx: Tx, scheme: string): string | undefined {
  const roles = rolesIn(tx.actor, scheme);
  return roles.includes("contact") && !roles.includes("county-reviewer") ? (tx.actor.department ?? "") : undefined;
}

const PAGE = 50;
/** Deliveries with the department's own numbers; a contact sees those of the own department. @throws Problem bad-request (a cursor that is none) */
export async function listDeliveries(tx: Tx, platform: Platform, query: QueryOf<typeof listRoute>): Promise<ReplyOf<typeof listRoute>> {
  const own = ownDepartment(tx, query.scheme);
  const [on, id] = query.after?.split("~") ?? [];
  if (query.after !== undefined && (on === undefined || !isDate(on) || !/^[0-9a-f-]{36}$/.test(id ?? ""))) throw new Problem("bad-request");
  const within = sql`d.scheme = ${query.scheme} and d.county between ${Math.floor(tx.actor.lo / 1e6)} and ${Math.floor(tx.actor.hi / 1e6)}
    and ${own === undefined ? sql`true` : sql`d.department = ${own}`}`;
  const { rows } = await sql<Found>`
    select d.county, d.id, d.item, d.department, d.form, i.label_zh, i.label_en, d.period_on, d.delivered_on, d.amount_fen, d.quantity, d.source_no, d.taken_back_on, d.taken_back_why
    from aid_delivery d
      left join lateral (select x.label_zh, x.label_en from aid_item x where x.scheme = d.scheme and x.key = d.item and x.lo <= d.area and x.hi >= d.area order by x.lo desc, x.from_on desc
        limit 1) i on true
    where ${within} and ${on === undefined ? sql`true` : sql`(d.delivered_on, d.id) < (${on}::date, ${id}::uuid)`} order by d.delivered_on desc, d.id desc limit ${PAGE + 1}`.execute(tx);
  const { rows: total } = await sql<{ n: number }>`select count(*)::int as n from aid_delivery d where ${within}`.execute(tx);
  const items = (await itemsInForce(tx, query.scheme, tx.actor.area, platform.clock.today())).filter((item) => own === undefined || item.department === own);
  await audit(tx, { action: "aid.list-deliveries", people: Math.min(rows.length, PAGE) });
  const last = rows.length > PAGE ? rows[PAGE - 1] : undefined;
  return {
    items: items.map((item) => ({ key: item.key, label: { zh: item.labelZh, en: item.labelEn }, department: item.department, form: item.form, period: item.period })),
    total: total[0]?.n ?? 0,
    ...(last && { next: `${last.deliveredOn}~${last.id}` }),
    rows: rows
      .slice(0, PAGE)
      .map((row) => ({
        county: row.county,
        id: row.id,
        item: row.item,
        itemLabel: { zh: row.labelZh ?? row.item, en: row.labelEn ?? row.item },
        department: row.department,
        form: row.form,
        period: row.periodOn,
        on: row.deliveredOn,
        amount: yuanOf(row.amountFen),
        no: row.sourceNo,
        ...(row.quantity !== null && { quantity: row.quantity }),
        ...(row.takenBackOn !== null && { takenBackOn: row.takenBackOn }),
        ...(row.takenBackWhy && { takenBackWhy: row.takenBackWhy }),
      })),
  };
}

/** @throws Problem not-found (another department's), move-not-possible (taken back already), bad-request (a day that is none, before the delivery or in the future) */
export async function takeBackDelivery(tx: Tx, platform: Platform, at: At, given: BodyOf<typeof backRoute>): Promise<Record<string, never>> {
  const { rows } = await sql<{
    area: number;
    scheme: string;
    department: string;
    deliveredOn: string;
    takenBack: boolean;
  }>`select area, scheme, department, delivered_on, taken_back from aid_delivery where county = ${at.county} and id = ${at.id}::uuid for update`.execute(tx);
  const [row] = rows;
  const own = row && ownDepartment(tx, row.scheme);
  if (!row || (own !== undefined && own !== row.department)) throw new Problem("not-found");
  if (row.takenBack) throw new Problem("move-not-possible", { zh: "已收回", en: "It was taken back already" });
  if (!isDate(given.on) || given.on > platform.clock.today() || given.on < row.deliveredOn)
    throw new Problem("bad-request", { zh: "收回日期不能早于发放日期或晚于今天", en: "It is taken back after it was delivered, and not in the future" });
  await sql`update aid_delivery set taken_back = true, taken_back_on = ${given.on}::date, taken_back_by = ${tx.actor.account}, taken_back_why = ${given.why} where county = ${at.county}
    and id = ${at.id}::uuid`.execute(tx);
  await audit(tx, { action: "aid.take-back", county: at.county, area: row.area, detail: { delivery: at.id, department: row.department, why: given.why } });
  return {};
}
