// Rules of warnings as set-based SQL: one statement for all households of a county, whatever the rule. A definition is data; every word of SQL stands here.
import { type RawBuilder, sql } from "kysely";
import type { Line, Measure, WarningDefinition } from "../../scheme/aid-model.ts";
import type { Tx } from "../../platform/database.ts";
import { lineFor } from "./strata.ts";

/** Where and when a rule is held against the stored data: households of the range, events up to the day. */
export type Ground = { readonly county: number; readonly scheme: string; readonly lo: number; readonly hi: number; readonly from: string; readonly on: string };

/**
 * For the rest of the transaction: under row-level security the planner takes a scope for a two-hundredth of any table and would join a county's rows one by
 * one; rules read all of them, so rows are joined by hash, and sums are sorted in memory.
 */
export async function planForAll(tx: Tx): Promise<void> {
  await sql`set local enable_nestloop = off`.execute(tx);
  await sql`set local jit = off`.execute(tx);
  await sql`set local work_mem = '128MB'`.execute(tx);
}

/**
 * Rows `household_id, area, occurrence, value, line, base`: what would be warned of, with the figures it turns on.
 * Money in fen. An occurrence is named by what happened, not by when it was looked for: looking again finds the same.
 */
export function candidates(definition: WarningDefinition, at: Ground): RawBuilder<unknown> {
  switch (definition.kind) {
    case "threshold":
      return sql`select m.household_id, m.area, to_char(m.month, 'YYYY-MM') as occurrence, m.amount as value, l.line, null::bigint as base from (${monthly([definition.measure], at, 1)}) m
        join (${lines(definition.line, at)}) l on l.area = m.area
        where ${definition.below ? sql`m.amount < l.line` : sql`m.amount >= l.line`}`;
    case "share":
      return sql`select s.household_id, s.area, 'year-to-' || ${at.on.slice(0, 7)}::text as occurrence, s.amount as value, h.income_fen * ${definition.percent}::bigint / 100 as line,
        h.income_fen as base
        from (select e.household_id, e.area, sum(e.amount_fen)::bigint as amount from household_event e where ${told(definition.measures, at, 11)} group by 1, 2) s
        join household h on h.county = ${at.county} and h.id = s.household_id where h.income_fen is not null and s.amount * 100 > h.income_fen * ${definition.percent}::bigint`;
    case "jump":
      return sql`select j.* from (select m.household_id, m.area, to_char(m.month, 'YYYY-MM') as occurrence, m.amount as value, (${definition.times}::float8 * m.mean)::bigint as line,
        m.mean::bigint as base, m.month
          from (select x.*, avg(x.amount) over (partition by x.household_id order by x.month range between make_interval(months => ${definition.before}::int) preceding
            and interval '1 month' preceding) as mean from (${monthly([definition.measure], at, definition.before + 1)}) x) m) j
        where j.month >= date_trunc('month', ${at.on}::date) - interval '1 month' and j.value >= ${Math.round(definition.least * 100)}::bigint and j.base > 0 and j.value >= j.line`;
    case "trend":
      return sql`select t.household_id, t.area, to_char(t.month, 'YYYY-MM') as occurrence, t.amount as value, null::bigint as line, t.first as base from (
          select m.*, lag(m.amount, ${definition.months - 1}) over w as first, lag(m.month, ${definition.months - 1}) over w as since,
            bool_and(m.steps) over (partition by m.household_id order by m.month rows between ${definition.months - 2} preceding and current row) as rising
          from (select x.*, ${definition.falling ? sql`x.amount < lag(x.amount) over v` : sql`x.amount > lag(x.amount) over v`} as steps
            from (${monthly([definition.measure], at, definition.months)}) x window v as (partition by x.household_id order by x.month)) m
          window w as (partition by m.household_id order by m.month)) t
        where t.rising and t.since = t.month - make_interval(months => ${definition.months - 1}) and t.month >= date_trunc('month', ${at.on}::date) - interval '1 month'`;
    case "life-event":
      return sql`select e.household_id, e.area, e.kind || '-' || e.happened_on as occurrence, max(e.amount_fen) as value, null::bigint as line, null::bigint as base, e.kind, e.happened_on
        from household_event e
        where e.county = ${at.county} and e.scheme = ${at.scheme} and e.area between ${at.lo} and ${at.hi} and e.kind = any (${[...definition.events]}::text[])
          and e.happened_on between ${at.from}::date and ${at.on}::date group by e.household_id, e.area, e.kind, e.happened_on`;
    case "fall-after-leaving":
      return sql`select h.id as household_id, h.area, to_char(m.month, 'YYYY-MM') as occurrence, m.amount / h.people as value, l.line, m.amount as base
        from (select e.household_id, max(e.happened_on) as happened_on from household_event e where e.county = ${at.county} and e.kind = 'left-allowance'
          and e.happened_on between ${at.on}::date - make_interval(months => ${definition.months}::int) and ${at.on}::date group by 1) left_on
        join household h on h.county = ${at.county} and h.id = left_on.household_id and h.people > 0 and h.scheme = ${at.scheme} and h.area between ${at.lo} and ${at.hi}
          and h.ended_on is null
        join (${monthly(["income"], at, 1)}) m on m.household_id = h.id and m.month > left_on.happened_on join (${lines(definition.line, at)}) l on l.area = h.area
        where m.amount * 12 < l.line * h.people`;
    case "age":
      return sql`select m.household_id, m.area, m.no || '-' || a.age as occurrence, a.age::bigint as value, a.age::bigint as line, null::bigint as base from household_member m cross
        join unnest(${[...definition.ages]}::int[]) a (age)
        ${definition.categories ? sql`join household h on h.county = m.county and h.id = m.household_id and h.categories && ${[...definition.categories]}::text[]` : sql``}
        where m.county = ${at.county} and m.scheme = ${at.scheme} and m.area between ${at.lo} and ${at.hi} and m.until is null
          and m.birth_date + make_interval(years => a.age) between ${at.from}::date and ${at.on}::date`;
    case "helped-nowhere":
      return sql`select h.id as household_id, h.area, to_char(${at.on}::date, 'YYYY') as occurrence, h.hardships::bigint as value, ${definition.hardships}::bigint as line,
        null::bigint as base from household h
        where h.county = ${at.county} and h.scheme = ${at.scheme} and h.area between ${at.lo} and ${at.hi} and h.ended_on is null and h.hardships >= ${definition.hardships}
          and h.formed_on <= ${at.on}::date - interval '1 month'
          and not exists (select from aid_delivery d where d.county = ${at.county} and d.household_id = h.id and not d.taken_back
            and d.delivered_on between ${at.on}::date - make_interval(months => ${definition.months}::int) and ${at.on}::date)`;
    case "paid-twice":
      return sql`select d.household_id, d.area, d.item || '-' || d.period_on as occurrence, sum(d.amount_fen)::bigint as value, null::bigint as line, count(*)::bigint as base
        from aid_delivery d
        where d.county = ${at.county} and d.scheme = ${at.scheme} and d.area between ${at.lo} and ${at.hi} and not d.taken_back and d.delivered_on between ${at.from}::date and ${at.on}::date
          group by d.household_id, d.area, d.item, d.period_on having count(*) > 1`;
  }
}

/** Rows of `candidates` with the number of their rule, `n`; what befalls people is read once for all rules of that kind. */
export function candidatesOfAll(rules: readonly { readonly definition: WarningDefinition; readonly ground: Ground }[]): RawBuilder<unknown> {
  const befalls = rules.flatMap(({ definition }, n) => (definition.kind === "life-event" ? definition.events.map((kind) => ({ n, kind })) : []));
  const from = rules.flatMap(({ definition, ground }) => (definition.kind === "life-event" ? [ground.from] : [])).toSorted()[0];
  const others = rules.flatMap(({ definition, ground }, n) =>
    definition.kind === "life-event"
      ? []
      : [sql`select ${n}::int as n, x.household_id, x.occurrence, x.value::bigint as value, x.line::bigint as line, x.base::bigint as base from (${candidates(definition, ground)}) x`],
  );
  const [first] = rules;
  if (befalls.length === 0 || from === undefined || !first) return sql.join(others, sql` union all `);
  const kinds = [...new Set(befalls.map(({ kind }) => kind))];
  const began = rules.map(({ ground }) => ground.from);
  const events = sql`select k.n, x.household_id, x.occurrence, x.value, x.line, x.base from (${candidates({ kind: "life-event", events: kinds }, { ...first.ground, from })}) x
    join unnest(${befalls.map(({ n }) => n)}::int[], ${befalls.map(({ kind }) => kind)}::text[], ${befalls.map(({ n }) => began[n]!)}::date[]) as k (n, kind, began) on k.kind = x.kind
      and k.began <= x.happened_on`;
  return sql.join([events, ...others], sql` union all `);
}

/** Events of some measures, from the first of the month so many before the day's own. */
const told = (of: readonly Measure[], at: Ground, monthsBefore: number): RawBuilder<unknown> =>
  sql`e.county = ${at.county} and e.scheme = ${at.scheme} and e.area between ${at.lo} and ${at.hi} and e.kind = any (${[...of]}::text[])
    and e.happened_on between (date_trunc('month', ${at.on}::date) - make_interval(months => ${monthsBefore}::int))::date and ${at.on}::date`;

/** A month's sum of a household, of the day's own month and so many before it: a rule reads no further back than it looks. */
const monthly = (of: readonly Measure[], at: Ground, monthsBefore: number): RawBuilder<unknown> =>
  sql`select e.household_id, e.area, date_trunc('month', e.happened_on)::date as month, sum(e.amount_fen)::bigint as amount from household_event e where ${told(of, at, monthsBefore)}
    group by 1, 2, 3`;

/** The line at each place that has households; places without one are not in it. */
const lines = (line: Line, at: Ground): RawBuilder<unknown> =>
  "value" in line
    ? sql`select distinct h.area, ${Math.round(line.value * 100)}::bigint as line from household h where h.county = ${at.county} and h.scheme = ${at.scheme}`
    : sql`select p.area, p.line from (select a.area, ${lineFor(at.scheme, line.standard, sql`a.area`, sql`${at.on}::date`)} as line
      from (select distinct h.area from household h where h.county = ${at.county} and h.scheme = ${at.scheme}) a offset 0) p where p.line is not null`;

/** Households for which the rule's line is not set: it says nothing of them, and that is said. */
export function withoutLine(definition: WarningDefinition, at: Ground): RawBuilder<{ n: number }> | undefined {
  if (!("line" in definition) || !("standard" in definition.line))
    return definition.kind === "share"
      ? sql<{
          n: number;
        }>`select count(*)::int as n from household h where h.county = ${at.county} and h.scheme = ${at.scheme} and h.area between ${at.lo} and ${at.hi} and h.ended_on is null
          and h.income_fen is null`
      : undefined;
  return sql<{
    n: number;
  }>`select count(*)::int as n from household h where h.county = ${at.county} and h.scheme = ${at.scheme} and h.area between ${at.lo} and ${at.hi} and h.ended_on is null
    and h.area not in (select l.area from (${lines(definition.line, at)}) l)`;
}
