// Warnings: raised by rules that are on, each once; dispatched to the township, checked, handled, fed back and filed by people.
import { sql } from "kysely";
import { countyOf, levelOf } from "../../core/area-code.ts";
import { Problem } from "../../core/problem.ts";
import type { BodyOf, QueryOf, ReplyOf } from "../../core/route.ts";
import { addWorkingDays, isDate } from "../../core/time.ts";
import { audit, partOfOneAct } from "../../platform/audit.ts";
import type { Tx } from "../../platform/database.ts";
import { emit } from "../../platform/journal.ts";
import type { Platform } from "../../platform/platform.ts";
import type { WarningDefinition } from "../../scheme/aid-model.ts";
import { areaNames } from "../areas/service.ts";
import { nameFor } from "../access/rules.ts";
import { holidays } from "../campaigns/service.ts";
import { demandAssessment } from "../safeguards/service.ts";
import type { listWarnings as listRoute, moveWarning as moveRoute, raiseWarnings as raiseRoute } from "./contract.ts";
import { enterApplication } from "./entries.ts";
import { aidEvents } from "./events.ts";
import { closedWarningMove, verdicts, type WarningMove, warningMoves, warningMoveTable, type WarningState, type ways } from "./rules.ts";
import { headName } from "./views.ts";
import { groundOf, type RuleRow, rulesOf } from "./warning-rules.ts";
import { candidatesOfAll, type Ground, planForAll, withoutLine } from "./warning-sql.ts";

type Raised = ReplyOf<typeof raiseRoute>;
export type At = { readonly county: number; readonly lo: number; readonly hi: number; readonly scheme: string; readonly on: string };

/** Every rule that is on, for the households of a range of one county; what is known already is counted and left. The caller writes the audit row. */
export async function evaluateRules(tx: Tx, platform: Platform, at: At): Promise<Raised> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`warnings:${at.county}`}, 0))`.execute(tx);
  await planForAll(tx);
  // A scope of a two-hundredth would be sorted to be summed: it is the whole.
  await sql`set local enable_sort = off`.execute(tx);
  const days = await holidays(tx);
  const all = await rulesOf(tx, at.scheme, sql`state = 'on' and lo <= ${at.lo} and hi >= ${at.hi} and from_on <= ${at.on}::date and (to_on is null or to_on >= ${at.on}::date)`);
  const today = platform.clock.today();
  // The nearest area's rule of a key counts.
  const rules = all
    .filter((rule, i) => all.findIndex(({ key }) => key === rule.key) === i)
    .map((rule) => ({ ...rule, ground: groundOf(rule, at), dueOn: addWorkingDays(today, rule.days, days) ?? today }));
  const counts = rules.length === 0 ? [] : await raiseAll(tx, at, today, rules);
  const outcome: Raised["rules"] = [];
  for (const [n, { key, definition, ground }] of rules.entries()) {
    const without = withoutLine(definition, ground);
    const { found, raised } = counts.find((one) => one.n === n) ?? { found: 0, raised: 0 };
    outcome.push({ rule: key, raised, known: found - raised, withoutLine: without ? ((await without.execute(tx)).rows[0]?.n ?? 0) : 0 });
  }
  const { rows: judged } = await sql<{
    n: number;
  }>`select count(*)::int as n from household where county = ${at.county} and scheme = ${at.scheme} and area between ${at.lo} and ${at.hi} and ended_on is null`.execute(tx);
  const raised = outcome.filter((one) => one.raised > 0);
  if (raised.length > 0) await emit(tx, [{ kind: aidEvents.raised, county: at.county, area: at.lo, data: { rules: Object.fromEntries(raised.map((one) => [one.rule, one.raised])) } }]);
  return { households: judged[0]?.n ?? 0, rules: outcome };
}

type Standing = RuleRow & { readonly ground: Ground; readonly dueOn: string };
/**
 * All rules in one statement: what they find is sorted once, held against the households and against what is known, and stored in the order of the index
 * that keeps an occurrence to one warning. Notes wait at the county; what is yellow or red goes to the township at once.
 */
async function raiseAll(tx: Tx, at: At, today: string, rules: readonly Standing[]): Promise<readonly { readonly n: number; readonly found: number; readonly raised: number }[]> {
  const { rows } = await sql<{ n: number; found: number; raised: number }>`
    with rule as materialized (select * from unnest(${rules.map((_, n) => n)}::int[], ${rules.map(({ id }) => id)}::uuid[], ${rules.map(({ key }) => key)}::text[],
      ${rules.map(({ level }) => level)}::text[], ${rules.map(({ dueOn }) => dueOn)}::date[]) as r (n, id, key, level, due_on)),
    c as materialized (select distinct on (x.household_id, x.n, x.occurrence collate "C") x.n, x.household_id, h.area, x.occurrence, x.value, x.line, x.base
      from (${candidatesOfAll(rules)}) x join household h on h.county = ${at.county} and h.id = x.household_id and h.ended_on is null and h.area between ${at.lo} and ${at.hi}
        order by x.household_id, x.n, x.occurrence collate "C"),
    added as (insert into warning (county, id, household_id, area, scheme, rule_id, rule_key, level, occurrence, evidence, state, raised_on, raised_by, due_on, to_area)
      select ${at.county}, uuidv7(), c.household_id, c.area, ${at.scheme}, r.id, r.key, r.level, c.occurrence,
        jsonb_strip_nulls(jsonb_build_object('value', c.value, 'line', c.line, 'base', c.base)),
        case r.level when 'info' then 'raised' else 'dispatched' end, ${today}::date, ${tx.actor.account}, r.due_on, case r.level when 'info' then null else c.area / 1000 * 1000 end
      from c join rule r on r.n = c.n where not exists (select from warning w where w.county = ${at.county} and w.household_id = c.household_id and w.rule_key = r.key
        and w.occurrence = c.occurrence) returning rule_key)
    select r.n, coalesce(f.n, 0)::int as found, coalesce(a.n, 0)::int as raised from rule r left join (select n as rule, count(*) as n from c group by 1) f on f.rule = r.n left
      join (select rule_key, count(*) as n from added group by 1) a on a.rule_key = r.key`.execute(tx);
  return rows;
}

/** @throws Problem assessment-missing, bad-request (above a county; a day that is none or in the future) */
export async function raiseWarnings(tx: Tx, platform: Platform, given: BodyOf<typeof raiseRoute>): Promise<Raised> {
  if (levelOf(tx.actor.area) !== 3) throw new Problem("bad-request", { zh: "由县级计算", en: "A county evaluates" });
  if (!isDate(given.on) || given.on > platform.clock.today()) throw new Problem("bad-request", { zh: "日期不正确或晚于今天", en: "The day is none, or in the future" });
  await demandAssessment(tx, platform, { matter: "automated", scheme: given.scheme, area: tx.actor.area });
  const county = countyOf(tx.actor.area);
  const outcome = await evaluateRules(tx, platform, { county, lo: tx.actor.lo, hi: tx.actor.hi, ...given });
  await audit(tx, {
    action: "warning.evaluate",
    purpose: "warning",
    county,
    area: tx.actor.area,
    people: outcome.households,
    detail: { on: given.on, raised: outcome.rules.reduce((sum, one) => sum + one.raised, 0) },
  });
  return outcome;
}

type Row = {
  readonly county: number;
  readonly id: string;
  readonly householdId: string;
  readonly area: number;
  readonly ruleKey: string;
  readonly ruleKind: WarningDefinition["kind"];
  readonly labelZh: string;
  readonly labelEn: string;
  readonly level: "red" | "yellow" | "info";
  readonly occurrence: string;
  readonly evidence: unknown;
  readonly state: WarningState;
  readonly raisedOn: string;
  readonly dueOn: string;
  readonly verdict: (typeof verdicts)[number] | null;
  readonly handledByWay: (typeof ways)[number] | null;
  readonly name: string | null;
};
type View = ReplyOf<typeof listRoute>["rows"][number];
export const warningColumns = sql`w.county, w.id, w.household_id, w.area, w.rule_key, r.label_zh, r.label_en, r.definition->>'kind' as rule_kind, w.level, w.occurrence, w.evidence, w.state,
  w.raised_on, w.due_on, w.verdict, w.handled_by_way, ${headName("w.county", "w.household_id")} as name`;

/** Kinds whose figures are counts or years; those of all others are fen. */
const plain: ReadonlySet<WarningDefinition["kind"]> = new Set(["age", "helped-nowhere"]);
export async function warningViews(tx: Tx, platform: Platform, rows: readonly Row[]): Promise<View[]> {
  const areas = await areaNames(
    tx,
    rows.map((row) => row.area),
  );
  const [level, today] = [levelOf(tx.actor.area), platform.clock.today()];
  return rows.map((row) => {
    // Figures of money are fen; they are shown in yuan.
    const figures = row.evidence as { value?: number; line?: number; base?: number };
    const scale = plain.has(row.ruleKind) ? 1 : 100;
    const shown = (value: number | undefined) => (value === undefined ? undefined : value / scale);
    const [value, line, base] = [shown(figures.value), shown(figures.line), row.ruleKind === "paid-twice" ? figures.base : shown(figures.base)];
    return {
      county: row.county,
      id: row.id,
      household: row.householdId,
      name: nameFor(tx.actor, row.name ?? ""),
      area: { ...(areas.get(row.area) ?? { code: row.area, name: String(row.area), fullName: String(row.area) }) },
      rule: row.ruleKey,
      ruleLabel: { zh: row.labelZh, en: row.labelEn },
      level: row.level,
      occurrence: row.occurrence,
      state: row.state,
      raisedOn: row.raisedOn,
      dueOn: row.dueOn,
      overdue: row.dueOn < today && row.state !== "filed",
      evidence: { ...(value !== undefined && { value }), ...(line !== undefined && { line }), ...(base !== undefined && { base }) },
      ...(row.verdict !== null && { verdict: row.verdict }),
      ...(row.handledByWay !== null && { way: row.handledByWay }),
      moves: warningMoves.map((move) => {
        const why = closedWarningMove(move, row.state, level);
        return { move, open: why === undefined, ...(why && { why }) };
      }),
    };
  });
}
export async function warningsWhere(tx: Tx, platform: Platform, where = sql`true`, limit = 50): Promise<View[]> {
  const { rows } = await sql<Row>`select ${warningColumns} from warning w join warning_rule r on r.id = w.rule_id where ${where} order by w.due_on, w.id limit ${limit}`.execute(tx);
  return warningViews(tx, platform, rows);
}

const PAGE = 50;
/** The board: the earliest due first, and counts by rule with the base of each rate. */
export async function listWarnings(tx: Tx, platform: Platform, query: QueryOf<typeof listRoute>): Promise<ReplyOf<typeof listRoute>> {
  const today = platform.clock.today();
  const within = sql`w.scheme = ${query.scheme} and w.county between ${Math.floor(tx.actor.lo / 1e6)} and ${Math.floor(tx.actor.hi / 1e6)}
    and ${query.area === undefined ? sql`true` : sql`w.area between ${query.area} and coalesce((select a.hi from area a where a.code = ${query.area}), ${query.area})`}`;
  const filter = sql`${within} and ${query.state === undefined ? sql`w.state <> 'filed'` : sql`w.state = ${query.state}`}
    and ${query.rule === undefined ? sql`true` : sql`w.rule_key = ${query.rule}`} and ${query.level === undefined ? sql`true` : sql`w.level = ${query.level}`}
    and ${query.overdue ? sql`w.due_on < ${today}::date` : sql`true`}`;
  const [on, id] = query.after?.split("~") ?? [];
  if (query.after !== undefined && (on === undefined || !isDate(on) || !/^[0-9a-f-]{36}$/.test(id ?? ""))) throw new Problem("bad-request");
  const rows = await warningsWhere(tx, platform, sql`${filter} and ${on === undefined ? sql`true` : sql`(w.due_on, w.id) > (${on}::date, ${id}::uuid)`}`, PAGE + 1);
  const { rows: total } = await sql<{ n: number }>`select count(*)::int as n from warning w where ${filter}`.execute(tx);
  const { rows: counts } = await sql<{ rule: string; zh: string; en: string; level: View["level"]; open: number; overdue: number; filed: number; held: number; checked: number }>`
    select w.rule_key as rule, min(r.label_zh) as zh, min(r.label_en) as en, min(w.level) as level, (count(*) filter (where w.state <> 'filed'))::int as open,
      (count(*) filter (where w.state <> 'filed' and w.due_on < ${today}::date))::int as overdue, (count(*) filter (where w.state = 'filed'))::int as filed,
      (count(*) filter (where w.verdict = 'holds'))::int as held, (count(*) filter (where w.verdict is not null))::int as checked from warning w join warning_rule r on r.id = w.rule_id
        where ${within} group by 1 order by length(w.rule_key), w.rule_key`.execute(tx);
  await audit(tx, { action: "warning.list", people: Math.min(rows.length, PAGE) });
  const last = rows.length > PAGE ? rows[PAGE - 1] : undefined;
  return { rows: rows.slice(0, PAGE), total: total[0]?.n ?? 0, ...(last && { next: `${last.dueOn}~${last.id}` }),
    counts: counts.map(({ zh, en, ...rest }) => ({ ...rest, label: { zh, en } })) };
}

/** @throws Problem not-found, bad-request (a verdict or a way is missing), move-not-possible, and those of an application */
export async function moveWarning(tx: Tx, platform: Platform, at: { readonly county: number; readonly id: string }, given: BodyOf<typeof moveRoute>): Promise<ReplyOf<typeof moveRoute>> {
  const { rows } = await sql<{
    area: number;
    scheme: string;
    state: WarningState;
    householdId: string;
    ruleKey: string;
  }>`select area, scheme, state, household_id, rule_key from warning where county = ${at.county} and id = ${at.id}::uuid for update`.execute(tx);
  const [row] = rows;
  if (!row) throw new Problem("not-found");
  const why = closedWarningMove(given.move, row.state, levelOf(tx.actor.area));
  if (why) throw new Problem("move-not-possible", why);
  if (given.move === "check" && !given.verdict) throw new Problem("bad-request", { zh: "请填写核查结果", en: "Say whether it holds" });
  if (given.move === "handle" && (!given.way || (given.way === "aid-applied" && !given.item)))
    throw new Problem("bad-request", { zh: "请填写处置方式；转救助申请的须选择项目", en: "Say how it was handled; for an application, of which item" });
  const item = given.item;
  const application =
    given.move === "handle" && given.way === "aid-applied" && item !== undefined
      ? (await partOfOneAct(tx, () => enterApplication(tx, platform, { county: at.county, household: row.householdId, item, via: "warning", appliedOn: platform.clock.today() }))).id
      : undefined;
  const state = warningMoveTable[given.move].to;
  await applyMove(tx, at, given, row);
  await sql`insert into warning_step (county, warning_id, area, scheme, move, by) values (${at.county}, ${at.id}::uuid, ${row.area}, ${row.scheme}, ${given.move},
    ${tx.actor.account})`.execute(tx);
  await emit(tx, [{ kind: aidEvents.moved, county: at.county, area: row.area, data: { warning: at.id, household: row.householdId, rule: row.ruleKey, state } }]);
  await audit(tx, { action: "warning.move", county: at.county, area: row.area, detail: { warning: at.id, move: given.move, ...(application !== undefined && { application }) } });
  return { state, ...(application !== undefined && { application }) };
}

async function applyMove(
  tx: Tx,
  at: { readonly county: number; readonly id: string },
  given: { readonly move: WarningMove; readonly verdict?: string; readonly way?: string },
  row: { readonly area: number },
): Promise<void> {
  const state = warningMoveTable[given.move].to;
  const set = {
    dispatch: sql`to_area = ${Math.floor(row.area / 1000) * 1000}`,
    check: sql`verdict = ${given.verdict ?? null}, checked_by = ${tx.actor.account}`,
    handle: sql`handled_by_way = ${given.way ?? null}`,
    "feed-back": sql`state = ${state}`,
    file: sql`state = ${state}`,
    "send-back": sql`verdict = null, checked_by = null, handled_by_way = null`,
  }[given.move];
  await (
    given.move === "feed-back" || given.move === "file"
      ? sql`update warning set ${set} where county = ${at.county} and id = ${at.id}::uuid`
      : sql`update warning set state = ${state}, ${set} where county = ${at.county} and id = ${at.id}::uuid`
  ).execute(tx);
}
