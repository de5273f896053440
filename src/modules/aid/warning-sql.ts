// Rules of warnings as set-based SQL: one statement for all households of a county, whatever the rule. A definition is data; every word of SQL stands here.
import { type RawBuilder, sql } from "kysely";
import type { EventKind, Line, Measure, Registered, WarningDefinition } from "../../scheme/aid-model.ts";
import type { Tx } from "../../platform/database.ts";
import type { Leaving } from "./rules.ts";
import { lineFor } from "./strata.ts";

/** Events that the register knows by itself, and why the member has left then. */
const whyGone: Partial<Readonly<Record<EventKind, Leaving>>> = { death: "died", prison: "prison", missing: "missing" };

/** Where and when a rule is held against the stored data: households of the range, events up to the day. */
export type Ground = { readonly county: number; readonly scheme: string; readonly lo: number; readonly hi: number; readonly from: string; readonly on: string };

/**
 * For the rest of the transaction: under row-level security the planner takes a scope for a two-hundredth of any table and would join a county's rows one by
 * one; rules read all of them, so rows are joined by hash, and sums are kept in memory.
 */
export async function planForAll(tx: Tx): Promise<void> {
  await sql`set local enable_nestloop = off`.execute(tx);
  await sql`set local jit = off`.execute(tx);
  await sql`set local work_mem = '128MB'`.execute(tx);
}

/** The same for rules of warnings, whose rows would be sorted to be summed: they come in the order of an index where order helps. */
export async function planForRules(tx: Tx): Promise<void> {
  await planForAll(tx);
  await sql`set local enable_sort = off`.execute(tx);
}

/**
 * Rows `household_id, area, occurrence, value, line, base`: what would be warned of, with the figures it turns on.
 * To be read after `house`. Money in fen. An occurrence is named by what happened, not by when it was looked for: looking again finds the same.
 */
export function candidates(definition: WarningDefinition, at: Ground): RawBuilder<unknown> {
  const delivered = sql`d.county = ${at.county} and not d.taken_back and d.delivered_on between ${at.from}::date and ${at.on}::date`;
  switch (definition.kind) {
    case "threshold":
      return sql`select m.household_id, m.area, to_char(m.month, 'YYYY-MM') as occurrence, m.amount as value, l.line, null::bigint as base from (${monthly([definition.measure], at, 1)}) m
        join (${lines(definition.line, at)}) l on l.area = m.area
        where ${definition.below ? sql`m.amount < l.line` : sql`m.amount >= l.line`}`;
    case "share":
      // A year is most of what there is: it comes household by household in the order of the index, and no table of sums is kept.
      return sql`select h.id as household_id, h.area, 'year-to-' || ${at.on.slice(0, 7)}::text as occurrence, s.amount as value, h.income_fen * ${definition.percent}::bigint / 100 as line,
        h.income_fen as base
        from (select e.household_id, sum(e.amount_fen)::bigint as amount from (select e.household_id, e.amount_fen from household_event e
            where ${told(definition.measures, at, 11)} and ${ofGround(at)} order by e.household_id offset 0) e group by 1) s
        join house h on h.id = s.household_id where h.income_fen is not null and s.amount * 100 > h.income_fen * ${definition.percent}::bigint`;
    case "jump":
      // What is high this month or the last is few; only of these the months before are read.
      return sql`select m.household_id, m.area, to_char(m.month, 'YYYY-MM') as occurrence, m.amount as value, (${definition.times}::float8 * p.mean)::bigint as line, p.mean::bigint as base
        from (${monthly([definition.measure], at, 1)} having sum(e.amount_fen)::bigint >= ${Math.round(definition.least * 100)}::bigint) m
        cross join lateral (select avg(x.amount) as mean from (${monthly([definition.measure], at, definition.before + 1, sql`m.household_id`)}) x
          where x.month between m.month - make_interval(months => ${definition.before}::int) and m.month - interval '1 month') p
        where p.mean::bigint > 0 and m.amount >= (${definition.times}::float8 * p.mean)::bigint`;
    case "trend":
      // The last step is looked at first; only where it goes the rule's way the months before it are read.
      return sql`select m.household_id, m.area, to_char(m.month, 'YYYY-MM') as occurrence, m.amount as value, null::bigint as line, t.first as base
        from (select s.household_id, s.area, v.month::date as month, v.amount from (select e.household_id, e.area, ${sql.join([0, 1, 2].map((back) => sql`sum(e.amount_fen) filter (where
              date_trunc('month', e.happened_on) = ${monthBefore(at, back)})::bigint as ${sql.ref(`m${back}`)}`))}
            from household_event e where ${told([definition.measure], at, 2)} and ${ofGround(at)} group by 1, 2) s
          cross join lateral (values (${monthBefore(at, 0)}, s.m0, s.m1), (${monthBefore(at, 1)}, s.m1, s.m2)) v (month, amount, before)
          where ${definition.falling ? sql`v.amount < v.before` : sql`v.amount > v.before`}) m
        cross join lateral (select count(*) as months, bool_and(y.steps) as steps, (array_agg(y.amount order by y.month))[1] as first
          from (select x.month, x.amount, ${definition.falling ? sql`x.amount < lag(x.amount) over v` : sql`x.amount > lag(x.amount) over v`} as steps
            from (${monthly([definition.measure], at, definition.months, sql`m.household_id`)}) x
            where x.month between m.month - make_interval(months => ${definition.months - 1}::int) and m.month window v as (order by x.month)) y) t
        where t.months = ${definition.months} and t.steps`;
    case "life-event": {
      // What departments tell, and what the register itself says of its members: whoever died, is in prison or missing has left the household on that day.
      const happened = sql`select e.household_id, e.area, e.kind || '-' || e.happened_on as occurrence, max(e.amount_fen) as value, null::bigint as line, null::bigint as base, e.kind, e.happened_on
        from (select e.household_id, e.area, e.kind, e.happened_on, e.amount_fen from household_event e
            where e.county = ${at.county} and e.scheme = ${at.scheme} and e.area between ${at.lo} and ${at.hi} and e.kind = any (${[...definition.events]}::text[])
              and e.happened_on between ${at.from}::date and ${at.on}::date
          union all select m.household_id, m.area, w.kind, m.until, null from household_member m join unnest(${Object.keys(whyGone)}::text[], ${Object.values(whyGone)}::text[]) as w (kind, why)
            on w.why = m.why_left where m.county = ${at.county} and m.scheme = ${at.scheme} and m.area between ${at.lo} and ${at.hi} and w.kind = any (${[...definition.events]}::text[])
              and m.until between ${at.from}::date and ${at.on}::date) e group by e.household_id, e.area, e.kind, e.happened_on`;
      return definition.assets ? sql`${happened} union all select w.*, null, null from (${wealthy(definition.assets, definition.events, at)}) w` : happened;
    }
    case "fall-after-leaving":
      return sql`select h.id as household_id, h.area, to_char(m.month, 'YYYY-MM') as occurrence, m.amount / h.people as value, l.line, m.amount as base
        from (select e.household_id, max(e.happened_on) as happened_on from household_event e where e.county = ${at.county} and e.kind = 'left-allowance'
          and e.happened_on between ${at.on}::date - make_interval(months => ${definition.months}::int) and ${at.on}::date group by 1) left_on
        join house h on h.id = left_on.household_id and h.people > 0 join (${lines(definition.line, at)}) l on l.area = h.area
        cross join lateral (${monthly(["income"], at, 1, sql`h.id`)}) m where m.month > left_on.happened_on and m.amount * 12 < l.line * h.people`;
    case "age":
      return sql`select m.household_id, m.area, m.no || '-' || a.age as occurrence, a.age::bigint as value, a.age::bigint as line, null::bigint as base from household_member m cross
        join unnest(${[...definition.ages]}::int[]) a (age)
        ${definition.categories ? sql`join household h on h.county = m.county and h.id = m.household_id and h.categories && ${[...definition.categories]}::text[]` : sql``}
        where m.county = ${at.county} and m.scheme = ${at.scheme} and m.area between ${at.lo} and ${at.hi} and m.until is null
          and ${definition.registered ? registeredAs(definition.registered) : sql`true`} and (${sql.join(definition.ages.map((age) => born(age, at)), sql` or `)})
          and m.birth_date + make_interval(years => a.age) between ${at.from}::date and ${at.on}::date`;
    case "helped-nowhere":
      return sql`select h.id as household_id, h.area, to_char(${at.on}::date, 'YYYY') as occurrence, h.hardships::bigint as value, ${definition.hardships}::bigint as line,
        null::bigint as base from house h where h.hardships >= ${definition.hardships} and h.formed_on <= ${at.on}::date - interval '1 month'
          and not exists (select from aid_delivery d where d.county = ${at.county} and d.household_id = h.id and not d.taken_back
            and d.delivered_on between ${at.on}::date - make_interval(months => ${definition.months}::int) and ${at.on}::date)`;
    case "paid-twice":
      // What came once is most of it: what came twice is found by its key alone, and summed afterwards.
      return sql`select t.household_id, t.area, t.item || '-' || t.period_on as occurrence, s.amount as value, null::bigint as line, t.times as base
        from (select d.household_id, d.area, d.item, d.period_on, count(*)::bigint as times from aid_delivery d where d.scheme = ${at.scheme} and d.area between ${at.lo} and ${at.hi} and ${delivered}
          group by d.household_id, d.area, d.item, d.period_on having count(*) > 1 offset 0) t
        cross join lateral (select sum(d.amount_fen)::bigint as amount from aid_delivery d where d.household_id = t.household_id and d.item = t.item and d.period_on = t.period_on and ${delivered}) s`;
  }
}

/** `house`, read once for all rules: the households of the range that have not ended. */
export const house = (at: Pick<Ground, "county" | "scheme" | "lo" | "hi">): RawBuilder<unknown> =>
  sql`house as materialized (select h.id, h.area, h.people, h.income_fen, h.hardships, h.formed_on, h.period_to, h.assets_fen from household h where h.county = ${at.county} and h.scheme = ${at.scheme}
    and h.area between ${at.lo} and ${at.hi} and h.ended_on is null)`;

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
  const rich = rules.flatMap(({ definition, ground }, n) =>
    definition.kind === "life-event" && definition.assets
      ? [sql`select ${n}::int as n, x.household_id, x.occurrence, x.value::bigint as value, x.line::bigint as line, x.base from (${wealthy(definition.assets, definition.events, ground)}) x`]
      : [],
  );
  const events = sql`select k.n, x.household_id, x.occurrence, x.value, x.line, x.base from (${candidates({ kind: "life-event", events: kinds }, { ...first.ground, from })}) x
    join unnest(${befalls.map(({ n }) => n)}::int[], ${befalls.map(({ kind }) => kind)}::text[], ${befalls.map(({ n }) => began[n]!)}::date[]) as k (n, kind, began) on k.kind = x.kind
      and k.began <= x.happened_on`;
  return sql.join([events, ...rich, ...others], sql` union all `);
}

/** Events of some measures, from the first of the month so many before the day's own. */
const told = (of: readonly Measure[], at: Ground, monthsBefore: number): RawBuilder<unknown> =>
  sql`e.county = ${at.county} and e.kind = any (${[...of]}::text[])
    and e.happened_on between (date_trunc('month', ${at.on}::date) - make_interval(months => ${monthsBefore}::int))::date and ${at.on}::date`;

/** A month's sum of each household, or of one, of the day's own month and so many before it: a rule reads no further back than it looks. */
const monthly = (of: readonly Measure[], at: Ground, monthsBefore: number, one?: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`select e.household_id, e.area, date_trunc('month', e.happened_on)::date as month, sum(e.amount_fen)::bigint as amount from household_event e where ${told(of, at, monthsBefore)}
    and ${one ? sql`e.household_id = ${one}` : ofGround(at)} group by 1, 2, 3`;

const ofGround = (at: Ground): RawBuilder<unknown> => sql`e.scheme = ${at.scheme} and e.area between ${at.lo} and ${at.hi}`;
/** The first of the month so many before the day's own. */
const monthBefore = (at: Ground, back: number): RawBuilder<unknown> => sql`date_trunc('month', ${at.on}::date) - make_interval(months => ${back}::int)`;

/** Members with an accepted record of another programme, by their number. Whoever may not see that programme finds none; the county's duty does. */
const registeredAs = ({ scheme, categories }: Registered): RawBuilder<unknown> =>
  sql`exists (select from subject s join record r on r.county = s.county and r.subject_id = s.id where s.county = m.county and s.id_digest = m.person_digest and r.scheme = ${scheme}
    and r.state = 'accepted' and r.categories && ${[...categories]}::text[])`;

/**
 * Households whose property a head lies above the line by the register's own figures, once for the period of these; unless a department has told one of these
 * events of them since, which is the same doubt and told already.
 */
const wealthy = (line: Line, events: readonly EventKind[], at: Ground): RawBuilder<unknown> =>
  sql`select h.id as household_id, h.area, 'assets-' || coalesce(to_char(h.period_to, 'YYYY-MM'), to_char(h.formed_on, 'YYYY-MM')) as occurrence, h.assets_fen as value, l.line * h.people as line,
    null::bigint as base from house h join (${lines(line, at)}) l on l.area = h.area where h.people > 0 and h.assets_fen > l.line * h.people
      and (select true from household_event e where e.county = ${at.county} and e.household_id = h.id and e.kind = any (${[...events]}::text[])
        and e.happened_on between ${at.from}::date and ${at.on}::date limit 1) is null`;

/** Who may turn an age between the days, to the day on either side: a comparison of dates, where the exact one reckons a calendar for each person. */
const born = (age: number, at: Ground): RawBuilder<unknown> =>
  sql`m.birth_date between (${at.from}::date - make_interval(years => ${age}::int) - interval '1 day')::date and (${at.on}::date - make_interval(years => ${age}::int) + interval '1 day')::date`;

/** The line at each place that has households; places without one are not in it. */
const lines = (line: Line, at: Ground): RawBuilder<unknown> =>
  "value" in line
    ? sql`select distinct h.area, ${Math.round(line.value * 100)}::bigint as line from house h`
    : sql`select p.area, p.line from (select a.area, ${lineFor(at.scheme, line.standard, sql`a.area`, sql`${at.on}::date`)} as line
      from (select distinct h.area from house h) a offset 0) p where p.line is not null`;

/** How many of `house` the rule says nothing of, because its line is not set for them; that is said. */
export function withoutLine(definition: WarningDefinition, at: Ground): RawBuilder<number> {
  if (definition.kind === "share") return sql`(select count(*)::int from house h where h.income_fen is null)`;
  const line = "line" in definition ? definition.line : "assets" in definition ? definition.assets : undefined;
  return line && "standard" in line ? sql`(select count(*)::int from house h where h.area not in (select l.area from (${lines(line, at)}) l))` : sql`0`;
}
