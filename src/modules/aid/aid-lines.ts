// The line of aid of a household, from every department; and the list of all entries with their results.
import { sql } from "kysely";
import { Problem } from "../../core/problem.ts";
import type { BodyOf, QueryOf, ReplyOf } from "../../core/route.ts";
import { areaRange } from "../../core/area-code.ts";
import { isDate } from "../../core/time.ts";
import { audit } from "../../platform/audit.ts";
import type { Tx } from "../../platform/database.ts";
import type { Platform } from "../../platform/platform.ts";
import type { Scheme } from "../../scheme/model.ts";
import { nameFor } from "../access/rules.ts";
import { accountNames } from "../access/service.ts";
import { areaNames } from "../areas/service.ts";
import type { getAidPlan as planRoute, getHousehold as householdRoute, listEntries as listRoute, setStandard as standardRoute } from "./contract.ts";
import { itemsInForce, putStandard } from "./items.ts";
import { type Decision, fenOf, otherGivers, percentStandards, RECHECK_SOON, yuanOf } from "./rules.ts";
import { headName, itemOfApplication } from "./views.ts";

type Line = ReplyOf<typeof householdRoute>["aid"][number];
type TakeBackReason = NonNullable<Line["deliveries"][number]["takenBackWhy"]>;
type Found = {
  id: string;
  item: string;
  department: string;
  via: Line["via"];
  appliedOn: string;
  dueOn: string;
  state: Line["state"];
  memberNo: number | null;
  labelZh: string | null;
  labelEn: string | null;
  recheckOn: string | null;
};

/** Applications of a household with what was decided, and its `newest` deliveries. */
export async function aidLines(tx: Tx, platform: Platform, at: { readonly county: number; readonly id: string }, scheme: Scheme, newest: number): Promise<Line[]> {
  const here = sql`county = ${at.county} and household_id = ${at.id}::uuid`;
  const { rows } = await sql<Found>`select a.id, a.item, a.department, a.via, a.applied_on, a.due_on, a.state, a.member_no, i.label_zh, i.label_en, a.recheck_on from aid_application a ${itemOfApplication}
      where a.county = ${at.county} and a.household_id = ${at.id}::uuid order by a.applied_on desc, a.id`.execute(tx);
  const { rows: decided } = await sql<{
    id: string;
    applicationId: string;
    decision: Decision;
    decidedOn: string;
    fromOn: string | null;
    toOn: string | null;
    amountFen: number | null;
    basis: Line["decisions"][number]["basis"];
    why: Line["decisions"][number]["why"] | null;
    decidedBy: string;
  }>`select id, application_id, decision, decided_on, from_on, to_on, amount_fen, basis, why, decided_by from aid_decision where ${here} order by decided_on, at`.execute(tx);
  const { rows: given } = await sql<{
    id: string;
    applicationId: string;
    form: "cash" | "kind" | "service";
    periodOn: string;
    deliveredOn: string;
    amountFen: number;
    quantity: number | null;
    department: string;
    takenBack: boolean;
    takenBackOn: string | null;
    takenBackWhy: TakeBackReason | null;
  }>`select id, application_id, form, period_on, delivered_on, amount_fen, quantity, department, taken_back, taken_back_on, taken_back_why from aid_delivery where ${here}
    order by delivered_on desc, id limit ${newest}`.execute(tx);
  const { rows: uses } = await sql<{
    id: string;
    applicationId: string;
    data: Line["uses"][number]["data"];
    reason: Line["uses"][number]["reason"];
    askedBy: string;
    allowed: boolean | null;
  }>`select u.id, u.application_id, u.data, u.reason, u.asked_by, u.allowed from aid_use u where u.county = ${at.county} and u.application_id = any(${rows.map((row) => row.id)}::uuid[])
    order by u.asked_at`.execute(tx);
  const people = await accountNames(tx, [...decided.map((one) => one.decidedBy), ...uses.map((one) => one.askedBy)]);
  const today = platform.clock.today();
  const departmentLabel = (key: string) => ({ ...(scheme.departments.find((each) => each.key === key)?.label ?? otherGivers[key] ?? { zh: key, en: key }) });
  return rows.map((row) => ({
    application: row.id,
    item: row.item,
    itemLabel: { zh: row.labelZh ?? row.item, en: row.labelEn ?? row.item },
    department: row.department,
    departmentLabel: departmentLabel(row.department),
    via: row.via,
    appliedOn: row.appliedOn,
    dueOn: row.dueOn,
    late: row.state === "open" && row.dueOn < today,
    state: row.state,
    ...(row.memberNo !== null && { memberNo: row.memberNo }),
    ...(row.recheckOn !== null && { recheckOn: row.recheckOn }),
    decisions: decided
      .filter((one) => one.applicationId === row.id)
      .map((one) => ({
        id: one.id,
        decision: one.decision,
        on: one.decidedOn,
        basis: one.basis,
        by: people.get(one.decidedBy) ?? one.decidedBy,
        ...(one.fromOn !== null && { from: one.fromOn }),
        ...(one.toOn !== null && { to: one.toOn }),
        ...(one.amountFen !== null && { amount: yuanOf(one.amountFen) }),
        ...(one.why !== null && { why: one.why }),
      })),
    deliveries: given
      .filter((one) => one.applicationId === row.id)
      .map((one) => ({
        id: one.id,
        form: one.form,
        period: one.periodOn,
        on: one.deliveredOn,
        amount: yuanOf(one.amountFen),
        department: one.department,
        takenBack: one.takenBack,
        ...(one.quantity !== null && { quantity: one.quantity }),
        ...(one.takenBackOn !== null && { takenBackOn: one.takenBackOn }),
        ...(one.takenBackWhy !== null && { takenBackWhy: one.takenBackWhy }),
      })),
    uses: uses
      .filter((one) => one.applicationId === row.id)
      .map((one) => ({ id: one.id, data: one.data, reason: one.reason, askedBy: people.get(one.askedBy) ?? one.askedBy, ...(one.allowed !== null && { allowed: one.allowed }) })),
  }));
}

type Entry = {
  county: number;
  id: string;
  household: string;
  area: number;
  name: string | null;
  item: string;
  labelZh: string | null;
  labelEn: string | null;
  via: Line["via"];
  appliedOn: string;
  dueOn: string;
  state: Line["state"];
  delivered: number;
  deliveries: number;
  waitingUse: boolean;
  recheckOn: string | null;
};
const PAGE = 50;
export async function listEntries(tx: Tx, platform: Platform, query: QueryOf<typeof listRoute>): Promise<ReplyOf<typeof listRoute>> {
  const today = platform.clock.today();
  const [on, id] = query.after?.split("~") ?? [];
  if (query.after !== undefined && (on === undefined || !isDate(on) || !/^[0-9a-f-]{36}$/.test(id ?? ""))) throw new Problem("bad-request");
  const toRecheck = sql`a.recheck_on <= ${today}::date + ${RECHECK_SOON}::int`;
  const within = sql`a.scheme = ${query.scheme} and a.county between ${Math.floor(tx.actor.lo / 1e6)} and ${Math.floor(tx.actor.hi / 1e6)}
    and ${query.area === undefined ? sql`true` : sql`a.area between ${query.area} and coalesce((select x.hi from area x where x.code = ${query.area}), ${query.area})`}`;
  const filter = sql`${within} and ${query.state === undefined ? sql`true` : sql`a.state = ${query.state}`} and ${query.item === undefined ? sql`true` : sql`a.item = ${query.item}`}
    and ${query.late ? sql`a.state = 'open' and a.due_on < ${today}::date` : sql`true`} and ${query.recheck ? toRecheck : sql`true`}`;
  // What is rechecked is listed by that day, all else by the day of its result.
  const by = query.recheck ? sql`a.recheck_on` : sql`a.due_on`;
  const { rows } = await sql<Entry>`select a.county, a.id, a.household_id as household, a.area, ${headName("a.county", "a.household_id")} as name, a.item, i.label_zh, i.label_en, a.via, a.applied_on,
      a.due_on, a.recheck_on, a.state,
      g.fen as delivered, g.n as deliveries, exists (select from aid_use u where u.county = a.county and u.application_id = a.id and u.allowed is null) as waiting_use
    from aid_application a ${itemOfApplication} cross join lateral (select coalesce(sum(d.amount_fen), 0)::bigint as fen, count(*)::int as n from aid_delivery d where d.county = a.county
      and d.household_id = a.household_id and d.application_id = a.id and not d.taken_back) g
    where ${filter} and ${on === undefined ? sql`true` : sql`(${by}, a.id) > (${on}::date, ${id}::uuid)`} order by ${by}, a.id limit ${PAGE + 1}`.execute(tx);
  const { rows: total } = await sql<{ n: number }>`select count(*)::int as n from aid_application a where ${filter}`.execute(tx);
  const { rows: counts } = await sql<
    ReplyOf<typeof listRoute>["counts"]
  >`select (count(*) filter (where state = 'open'))::int as open, (count(*) filter (where state = 'open' and due_on < ${today}::date))::int as late,
    (count(*) filter (where ${toRecheck}))::int as recheck, (count(*) filter (where state = 'granted'))::int as granted, (count(*) filter (where state = 'refused'))::int as refused, (count(*) filter (where state = 'withdrawn'))::int as withdrawn,
    (count(*) filter (where state = 'ended'))::int as ended from aid_application a where ${within}`.execute(tx);
  const areas = await areaNames(
    tx,
    rows.map((row) => row.area),
  );
  await audit(tx, { action: "aid.list", people: Math.min(rows.length, PAGE) });
  const last = rows.length > PAGE ? rows[PAGE - 1] : undefined;
  return {
    rows: rows
      .slice(0, PAGE)
      .map(({ labelZh, labelEn, name, delivered, recheckOn, ...row }) => ({
        ...row,
        ...(recheckOn !== null && { recheckOn }),
        name: nameFor(tx.actor, name ?? ""),
        area: { ...(areas.get(row.area) ?? { code: row.area, name: String(row.area), fullName: String(row.area) }) },
        itemLabel: { zh: labelZh ?? row.item, en: labelEn ?? row.item },
        late: row.state === "open" && row.dueOn < today,
        delivered: yuanOf(delivered),
      })),
    total: total[0]?.n ?? 0,
    ...(last && { next: `${query.recheck ? last.recheckOn : last.dueOn}~${last.id}` }),
    counts: counts[0]!,
  };
}

export async function getAidPlan(tx: Tx, platform: Platform, scheme: string): Promise<ReplyOf<typeof planRoute>> {
  const items = await itemsInForce(tx, scheme, tx.actor.area, platform.clock.today());
  const { rows: tiers } = await sql<{
    key: string;
    zh: string;
    en: string;
    degree: number;
    urgency: number;
    causes: string[];
    owed: string[];
    days: number;
  }>`select key, label_zh as zh, label_en as en, degree_at_least as degree, urgency_at_least as urgency, causes, owed, within_days as days from aid_tier where scheme = ${scheme}
    order by place`.execute(tx);
  const { rows: standards } = await sql<{
    key: string;
    lo: number;
    fromOn: string;
    toOn: string | null;
    value: number;
  }>`select key, lo, from_on, to_on, value from aid_standard where scheme = ${scheme} and lo <= ${tx.actor.hi} and hi >= ${tx.actor.lo} order by key, lo, from_on limit 500`.execute(tx);
  const areas = await areaNames(
    tx,
    standards.map((row) => row.lo),
  );
  return {
    items: items.map((item) => ({
      key: item.key,
      label: { zh: item.labelZh, en: item.labelEn },
      form: item.form,
      period: item.period,
      department: item.department,
      strata: item.strata,
      categories: item.categories,
      exclusiveWith: item.exclusiveWith,
      decideDays: item.decideDays,
      ...(item.mostFen !== null && { most: yuanOf(item.mostFen) }),
      ...(item.recheckMonths !== null && { recheck: { months: item.recheckMonths, ...(item.recheckAbleMonths !== null && { able: item.recheckAbleMonths }) } }),
    })),
    tiers: tiers.map((tier) => ({
      key: tier.key,
      label: { zh: tier.zh, en: tier.en },
      degreeAtLeast: tier.degree,
      urgencyAtLeast: tier.urgency,
      causes: tier.causes,
      owed: tier.owed,
      withinDays: tier.days,
    })),
    standards: standards.map((row) => ({
      key: row.key,
      area: { ...(areas.get(row.lo) ?? { code: row.lo, name: String(row.lo), fullName: String(row.lo) }) },
      from: row.fromOn,
      ...(row.toOn !== null && { to: row.toOn }),
      value: percentStandards.has(row.key) ? row.value : yuanOf(row.value),
      unit: percentStandards.has(row.key) ? ("percent" as const) : ("yuan" as const),
    })),
  };
}

/** @throws Problem not-found (outside the caller's area), bad-request (a value or a day that is none), already-exists (one begins that day) */
export async function setStandard(tx: Tx, given: BodyOf<typeof standardRoute>): Promise<Record<string, never>> {
  const { lo, hi } = areaRange(given.area);
  if (lo < tx.actor.lo || hi > tx.actor.hi) throw new Problem("not-found");
  const value = percentStandards.has(given.key) ? given.value : fenOf(given.value);
  if (value === undefined || !Number.isInteger(value) || !isDate(given.from)) throw new Problem("bad-request", { zh: "标准或日期不正确", en: "The value or the day is none" });
  const known = await tx
    .selectFrom("aidStandard")
    .select("key")
    .where("scheme", "=", given.scheme)
    .where("key", "=", given.key)
    .where("lo", "=", lo)
    .where("fromOn", ">=", given.from)
    .executeTakeFirst();
  if (known) throw new Problem("already-exists", { zh: "该日期或之后已有标准", en: "A line begins on that day or later" });
  await putStandard(tx, { scheme: given.scheme, key: given.key, area: given.area, from: given.from, value });
  await audit(tx, { action: "aid.standard", area: lo, people: 0, detail: { key: given.key, from: given.from, value } });
  return {};
}
