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
import { candidatesOfAll, type Ground, house, planForRules, withoutLine } from "./warning-sql.ts";

type Raised = ReplyOf<typeof raiseRoute>;
export type At = { readonly county: number; readonly lo: number; readonly hi: number; readonly scheme: string; readonly on: string };

/** Every rule that is on, for the households of a range of one county; what is known already is counted and left. The caller writes the audit row. */
export async function evaluateRules(tx: Tx, platform: Platform, at: At): Promise<Raised> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`warnings:${at.county}`}, 0))`.execute(tx);
  await planForRules(tx);
  const days = await holidays(tx);
  const all = await rulesOf(tx, at.scheme, sql`state = 'on' and lo <= ${at.lo} and hi >= ${at.hi} and from_on <= ${at.on}::date and (to_on is null or to_on >= ${at.on}::date)`);
  const today = platform.clock.today();
  // The nearest area's rule of a key counts.
  const rules = all
    .filter((rule, i) => all.findIndex(({ key }) => key === rule.key) === i)
    .map((rule) => ({ ...rule, ground: groundOf(rule, at), dueOn: addWorkingDays(today, rule.days, days) ?? today }));
  const { households, counts } = await raiseAll(tx, at, today, rules);
  const outcome: Raised["rules"] = rules.map(({ key }, n) => {
    const { found, raised, without } = counts[n]!;
    return { rule: key, raised, known: found - raised, withoutLine: without };
  });
  const raised = outcome.filter((one) => one.raised > 0);
  if (raised.length > 0) await emit(tx, [{ kind: aidEvents.raised, county: at.county, area: at.lo, data: { rules: Object.fromEntries(raised.map((one) => [one.rule, one.raised])) } }]);
  return { households, rules: outcome };
}

type Standing = RuleRow & { readonly ground: Ground; readonly dueOn: string };
type Count = { readonly found: number; readonly raised: number; readonly without: number };
/**
 * All rules in one statement: what they find is held against the households and against what is known, sorted once, and stored in the order of the index
 * that keeps an occurrence to one warning. Notes wait at the county; what is yellow or red goes to the township at once.
 */
async function raiseAll(tx: Tx, at: At, today: string, rules: readonly Standing[]): Promise<{ readonly households: number; readonly counts: readonly Count[] }> {
  if (rules.length === 0) return { households: (await sql<{ n: number }>`with ${house(at)} select count(*)::int as n from house`.execute(tx)).rows[0]!.n, counts: [] };
  const notes = rules.flatMap(({ level }, n) => (level === "info" ? [n] : []));
  const keys = sql`${rules.map(({ key }) => key)}::text[]`;
  const { rows } = await sql<{ households: number } & Count>`
    with ${house(at)},
    c as materialized (select distinct on (x.household_id, x.n, x.occurrence collate "C") x.n, x.household_id, h.area, x.occurrence, x.value, x.line, x.base, w.rule_key is not null as known
      from (${candidatesOfAll(rules)}) x join house h on h.id = x.household_id
        left join warning w on w.county = ${at.county} and w.household_id = x.household_id and w.rule_key = (${keys})[x.n + 1] and w.occurrence = x.occurrence
        order by x.household_id, x.n, x.occurrence collate "C"),
    added as (insert into warning (county, id, household_id, area, scheme, rule_id, rule_key, level, occurrence, evidence, state, raised_on, raised_by, due_on, to_area)
      select ${at.county}, uuidv7(), c.household_id, c.area, ${at.scheme}, (${rules.map(({ id }) => id)}::uuid[])[c.n + 1], (${keys})[c.n + 1], (${rules.map(({ level }) => level)}::text[])[c.n + 1], c.occurrence,
        jsonb_strip_nulls(jsonb_build_object('value', c.value, 'line', c.line, 'base', c.base)),
        case when c.n = any (${notes}::int[]) then 'raised' else 'dispatched' end, ${today}::date, ${tx.actor.account}, (${rules.map(({ dueOn }) => dueOn)}::date[])[c.n + 1],
        case when c.n = any (${notes}::int[]) then null else c.area / 1000 * 1000 end from c where not c.known)
    select (select count(*)::int from house) as households, coalesce(f.found, 0) as found, coalesce(f.raised, 0) as raised, r.without
      from (${sql.join(rules.map(({ definition, ground }, n) => sql`select ${n}::int as n, ${withoutLine(definition, ground)} as without`), sql` union all `)}) r
      left join (select c.n, count(*)::int as found, (count(*) filter (where not c.known))::int as raised from c group by 1) f on f.n = r.n order by r.n`.execute(tx);
  return { households: rows[0]!.households, counts: rows };
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

/** Kinds whose figures are years or kinds of hardship; those of all others are money, kept in fen. */
const unitOf = (kind: WarningDefinition["kind"]): "yuan" | "years" | "kinds" => (kind === "age" ? "years" : kind === "helped-nowhere" ? "kinds" : "yuan");
export async function warningViews(tx: Tx, platform: Platform, rows: readonly Row[]): Promise<View[]> {
  const areas = await areaNames(
    tx,
    rows.map((row) => row.area),
  );
  const [level, today] = [levelOf(tx.actor.area), platform.clock.today()];
  return rows.map((row) => {
    // Figures of money are fen; they are shown in yuan.
    const figures = row.evidence as { value?: number; line?: number; base?: number };
    const unit = unitOf(row.ruleKind);
    const scale = unit === "yuan" ? 100 : 1;
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
      evidence: { ...(value !== undefined && { value }), ...(line !== undefined && { line }), ...(base !== undefined && { base }), unit },
      ...(row.verdict !== null && { verdict: row.verdict }),
      ...(row.handledByWay !== null && { way: row.handledByWay }),
      moves: warningMoves.map((move) => {
        const why = closedWarningMove(move, row.state, level);
        return { move, open: why === undefined, ...(why && { why }) };
      }),
    };
  });
}
export async function warningsWhere(tx: Tx, platform: Platform, where = sql`true`, limit = 50, of = sql`warning`): Promise<View[]> {
  const { rows } = await sql<Row>`select ${warningColumns} from ${of} w join warning_rule r on r.id = w.rule_id where ${where} order by w.due_on, w.id limit ${limit}`.execute(tx);
  return warningViews(tx, platform, rows);
}

const PAGE = 50;
/** The board: the earliest due first, and counts by rule and version with the base of each rate, from the kept counts. */
export async function listWarnings(tx: Tx, platform: Platform, query: QueryOf<typeof listRoute>): Promise<ReplyOf<typeof listRoute>> {
  const today = platform.clock.today();
  const { lo, hi } = tx.actor;
  // The caller's counties and area, said beside the policies so that the planner knows them.
  const within = sql`w.scheme = ${query.scheme} and w.county between ${Math.floor(lo / 1e6)} and ${Math.floor(hi / 1e6)} and w.area between ${lo} and ${hi}
    and ${query.area === undefined ? sql`true` : sql`w.area between ${query.area} and coalesce((select a.hi from area a where a.code = ${query.area}), ${query.area})`}`;
  const filter = sql`${within} and ${query.state === "filed" ? sql`w.state = 'filed'` : query.state === undefined ? sql`w.state <> 'filed'` : sql`w.state <> 'filed' and w.state = ${query.state}`}
    and ${query.rule === undefined ? sql`true` : sql`w.rule_key = ${query.rule}`} and ${query.level === undefined ? sql`true` : sql`w.level = ${query.level}`}
    and ${query.overdue ? sql`w.state <> 'filed' and w.due_on < ${today}::date` : sql`true`}`;
  const [on, id] = query.after?.split("~") ?? [];
  if (query.after !== undefined && (on === undefined || !isDate(on) || !/^[0-9a-f-]{36}$/.test(id ?? ""))) throw new Problem("bad-request");
  const { rows: kept } = await sql<Kept>`select w.rule_id as id, sum(w.n) filter (where w.state <> 'filed') as open, sum(w.n) filter (where w.state <> 'filed' and w.due_on < ${today}::date) as overdue,
      sum(w.n) filter (where w.state = 'filed') as filed, sum(w.n) filter (where w.verdict = 'holds') as held, sum(w.n) filter (where w.verdict is not null) as checked,
      sum(w.n) filter (where ${filter}) as chosen from warning_tally w where ${within} group by 1 having sum(w.n) <> 0`.execute(tx);
  const total = kept.reduce((sum, { chosen }) => sum + Number(chosen ?? 0), 0);
  // The first of each county by the index of days, then the first of those; where none is counted, none is looked for.
  const after = on === undefined ? sql`true` : sql`(w.due_on, w.id) > (${on}::date, ${id}::uuid)`;
  const first = sql`select w.* from (select distinct w.county from warning_tally w where ${within}) k cross join lateral (
    select w.* from warning w where w.county = k.county and ${filter} and ${after} order by w.due_on, w.id limit ${PAGE + 1}) w order by w.due_on, w.id limit ${PAGE + 1}`;
  const rows = total === 0 ? [] : await warningsWhere(tx, platform, sql`true`, PAGE + 1, sql`(${first})`);
  await audit(tx, { action: "warning.list", people: Math.min(rows.length, PAGE) });
  const last = rows.length > PAGE ? rows[PAGE - 1] : undefined;
  return { rows: rows.slice(0, PAGE), total, ...(last && { next: `${last.dueOn}~${last.id}` }), counts: await countViews(tx, kept) };
}

/** Puts the rows of kept counts together where many have come. @returns how many counties were folded */
export async function foldWarningCounts(tx: Tx): Promise<number> {
  const { rows } = await sql<{ n: number }>`select security.fold_warning_counts() as n`.execute(tx);
  return rows[0]?.n ?? 0;
}

type Kept = { readonly id: string } & Readonly<Record<"open" | "overdue" | "filed" | "held" | "checked" | "chosen", string | null>>;
/** Counts of one version each: a rate says how often that definition was right, not what stood under its key before. */
async function countViews(tx: Tx, kept: readonly Kept[]): Promise<ReplyOf<typeof listRoute>["counts"]> {
  if (kept.length === 0) return [];
  const { rows } = await sql<{ id: string; rule: string; version: number; lo: number; zh: string; en: string; level: View["level"] }>`
    select id, key as rule, version, lo, label_zh as zh, label_en as en, level from warning_rule where id = any (${kept.map(({ id }) => id)}::uuid[])
    order by length(key), key, lo, version desc`.execute(tx);
  const areas = await areaNames(tx, rows.map(({ lo }) => lo));
  return rows.map(({ id, rule, version, lo, zh, en, level }) => {
    const of = kept.find((one) => one.id === id)!;
    const [open, overdue, filed, held, checked] = [of.open, of.overdue, of.filed, of.held, of.checked].map((n) => Number(n ?? 0)) as [number, number, number, number, number];
    return { id, rule, version, area: { ...(areas.get(lo) ?? { code: lo, name: String(lo), fullName: String(lo) }) }, label: { zh, en }, level, open, overdue, filed, held, checked };
  });
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
