// Rules of warnings: written as drafts, tried on what is stored, switched on by another person. A rule that is on does not change; a new version takes its place.
import { sql } from "kysely";
import { areaRange, countyOf, levelOf } from "../../core/area-code.ts";
import { newId } from "../../core/ids.ts";
import { Problem } from "../../core/problem.ts";
import type { BodyOf, ReplyOf } from "../../core/route.ts";
import { addYears, isDate } from "../../core/time.ts";
import { audit } from "../../platform/audit.ts";
import type { Tx } from "../../platform/database.ts";
import type { Platform } from "../../platform/platform.ts";
import type { WarningDefinition, WarningLevel } from "../../scheme/aid-model.ts";
import { accountNames } from "../access/service.ts";
import { areaNames } from "../areas/service.ts";
import { demandAssessment } from "../safeguards/service.ts";
import type { listRules as listRoute, tryRule as tryRoute, writeRule as writeRoute } from "./contract.ts";
import { candidates, type Ground, house, planForRules, withoutLine } from "./warning-sql.ts";
import { definitionOf, wordsOf } from "./warning-definition.ts";

export type RuleRow = {
  readonly id: string;
  readonly scheme: string;
  readonly key: string;
  readonly version: number;
  readonly lo: number;
  readonly hi: number;
  readonly fromOn: string;
  readonly toOn: string | null;
  readonly labelZh: string;
  readonly labelEn: string;
  readonly level: WarningLevel;
  readonly definition: WarningDefinition;
  readonly days: number;
  readonly source: string;
  readonly state: "draft" | "on" | "off";
  readonly tried: unknown;
  readonly writtenBy: string;
  readonly switchedBy: string | null;
};
type View = ReplyOf<typeof tryRoute>;
type Tried = NonNullable<View["tried"]>;

/** Rules of a programme that hold for some of the caller's area. */
export async function rulesOf(tx: Tx, scheme: string, where = sql`true`): Promise<RuleRow[]> {
  const { rows } = await sql<RuleRow>`select id, scheme, key, version, lo, hi, from_on, to_on, label_zh, label_en, level, definition, days, source, state, tried, written_by, switched_by from warning_rule
    where scheme = ${scheme} and lo <= ${tx.actor.hi} and hi >= ${tx.actor.lo} and ${where} order by length(key), key, lo desc, version desc limit 1000`.execute(tx);
  return rows;
}

async function views(tx: Tx, rows: readonly RuleRow[]): Promise<View[]> {
  const people = await accountNames(
    tx,
    rows.flatMap((row) => [row.writtenBy, row.switchedBy].filter((one) => one !== null)).filter((one) => !one.startsWith("system:")),
  );
  const areas = await areaNames(
    tx,
    rows.flatMap((row) => [row.lo, ...(((row.tried ?? {}) as { byPlace?: { area: number }[] }).byPlace ?? []).map((one) => one.area)]),
  );
  const named = (code: number) => ({ ...(areas.get(code) ?? { code, name: String(code), fullName: String(code) }) });
  return rows.map((row) => {
    const tried = row.tried as (Omit<Tried, "byPlace"> & { byPlace: { area: number; would: number }[] }) | null;
    return {
      id: row.id,
      key: row.key,
      version: row.version,
      area: named(row.lo),
      label: { zh: row.labelZh, en: row.labelEn },
      level: row.level,
      days: row.days,
      source: row.source,
      definition: row.definition,
      words: { ...wordsOf(row.definition) },
      state: row.state,
      from: row.fromOn,
      ...(row.toOn !== null && { to: row.toOn }),
      ...(tried && { tried: { ...tried, byPlace: tried.byPlace.map((one) => ({ area: named(one.area), would: one.would })) } }),
      writtenBy: people.get(row.writtenBy) ?? row.writtenBy,
      ...(row.switchedBy !== null && { switchedBy: people.get(row.switchedBy) ?? row.switchedBy }),
    };
  });
}

export const listRules = async (tx: Tx, scheme: string): Promise<ReplyOf<typeof listRoute>> => ({ rules: await views(tx, await rulesOf(tx, scheme)) });

async function ruleForUpdate(tx: Tx, id: string): Promise<RuleRow> {
  const { rows } = await sql<RuleRow>`select id, scheme, key, version, lo, hi, from_on, to_on, label_zh, label_en, level, definition, days, source, state, tried, written_by, switched_by from warning_rule
      where id = ${id}::uuid and lo >= ${tx.actor.lo} and hi <= ${tx.actor.hi} for update`.execute(tx);
  const [row] = rows;
  if (!row) throw new Problem("not-found");
  return row;
}

/** A new version as a draft for the caller's area. @throws Problem bad-request (a definition that is none) */
export async function writeRule(tx: Tx, given: BodyOf<typeof writeRoute>): Promise<ReplyOf<typeof writeRoute>> {
  const definition = definitionOf(given.definition);
  if (!definition) throw new Problem("bad-request", { zh: "规则定义不完整或超出范围", en: "The definition is not whole, or out of its bounds" });
  if (!isDate(given.from)) throw new Problem("bad-request", { zh: "日期不正确", en: "The day is none" });
  const { lo, hi } = areaRange(tx.actor.area);
  await sql`select pg_advisory_xact_lock(hashtextextended(${`warning-rule:${given.scheme}:${given.key}:${lo}`}, 0))`.execute(tx);
  const { rows } = await sql<{ version: number }>`select coalesce(max(version), 0)::int + 1 as version from warning_rule where scheme = ${given.scheme} and key = ${given.key}
    and lo = ${lo}`.execute(tx);
  const [id, version] = [newId(), rows[0]?.version ?? 1];
  await sql`insert into warning_rule (id, scheme, key, version, lo, hi, from_on, label_zh, label_en, level, definition, days, source, written_by)
    values (${id}::uuid, ${given.scheme}, ${given.key}, ${version}, ${lo}, ${hi}, ${given.from}::date, ${given.label.zh}, ${given.label.en}, ${given.level},
      ${JSON.stringify(definition)}::jsonb, ${given.days}, '本地', ${tx.actor.account})`.execute(tx);
  await audit(tx, { action: "warning-rule.write", area: tx.actor.area, people: 0, detail: { rule: id, key: given.key, version } });
  return { id, version };
}

/** The ground of a rule in a county of its area. */
export const groundOf = (rule: Pick<RuleRow, "scheme" | "lo" | "hi" | "fromOn">, at: { readonly county: number; readonly lo: number; readonly hi: number; readonly on: string }): Ground => {
  const yearBefore = addYears(at.on, -1) ?? at.on;
  return { county: at.county, scheme: rule.scheme, lo: Math.max(rule.lo, at.lo), hi: Math.min(rule.hi, at.hi), from: rule.fromOn > yearBefore ? rule.fromOn : yearBefore, on: at.on };
};

/** Counties of the caller's area that have households of a programme; leaps from county to county by the key. */
async function countiesWithHouseholds(tx: Tx, scheme: string): Promise<number[]> {
  const [from, to] = [countyOf(tx.actor.lo), countyOf(tx.actor.hi)];
  const { rows } = await sql<{ county: number }>`
    with recursive c as (select min(county) as county from household where county between ${from} and ${to}
      union all select (select min(h.county) from household h where h.county > c.county and h.county <= ${to}) from c where c.county is not null)
    select c.county from c where exists (select from household h where h.county = c.county and h.scheme = ${scheme} and h.area between ${tx.actor.lo} and ${tx.actor.hi})`.execute(tx);
  return rows.map(({ county }) => county);
}

/**
 * What the rule would have raised on a day, on what is stored; nothing is raised. Each county is looked at by itself, as its duty will; a county is told by its
 * townships, an office above by its counties. The counts stay with the rule.
 * @throws Problem not-found, bad-request (below a county; a day in the future)
 */
export async function tryRule(tx: Tx, platform: Platform, id: string, { on }: BodyOf<typeof tryRoute>): Promise<View> {
  const rule = await ruleForUpdate(tx, id);
  const level = levelOf(tx.actor.area);
  if (level > 3) throw new Problem("bad-request", { zh: "由县级以上试算", en: "A county tries it, or an office above" });
  if (!isDate(on) || on > platform.clock.today()) throw new Problem("bad-request", { zh: "日期不正确或晚于今天", en: "The day is none, or in the future" });
  const counties = await countiesWithHouseholds(tx, rule.scheme);
  await planForRules(tx);
  const tried = { on, households: 0, would: 0, withoutLine: 0, byPlace: [] as { area: number; would: number }[] };
  for (const county of counties) {
    // A trial looks at the year before the day, whenever the rule would begin.
    const ground = groundOf({ ...rule, fromOn: "1990-01-01" }, { county, lo: tx.actor.lo, hi: tx.actor.hi, on });
    const { rows } = await sql<{ area: number | null; would: number; households: number; without: number }>`with ${house(ground)}
      select x.area, coalesce(x.would, 0) as would, (select count(*)::int from house) as households, ${withoutLine(rule.definition, ground)} as without
        from (select) one left join (select h.area / 1000 * 1000 as area, count(*)::int as would from (${candidates(rule.definition, ground)}) c join house h on h.id = c.household_id group by 1) x on true
        order by 1`.execute(tx);
    const places = rows.flatMap(({ area, would }) => (area === null ? [] : [{ area, would }]));
    const would = places.reduce((sum, row) => sum + row.would, 0);
    tried.households += rows[0]!.households;
    tried.withoutLine += rows[0]!.without;
    tried.would += would;
    tried.byPlace.push(...(level === 3 ? places : would > 0 ? [{ area: county * 1e6, would }] : []));
  }
  await sql`update warning_rule set tried = ${JSON.stringify(tried)}::jsonb where id = ${id}::uuid`.execute(tx);
  await audit(tx, { action: "warning-rule.try", ...(level === 3 && { county: countyOf(tx.actor.area) }), area: tx.actor.area, people: tried.households, detail: { rule: id, would: tried.would } });
  return (await views(tx, [{ ...rule, tried }]))[0]!;
}

/**
 * Another person than its writer switches a rule on, after a trial and with an impact assessment of automated decisions in force.
 * @throws Problem not-found, dry-run-needed, second-person-needed, assessment-missing, move-not-possible
 */
export async function switchRule(tx: Tx, platform: Platform, id: string, on: boolean): Promise<View> {
  const rule = await ruleForUpdate(tx, id);
  if (on === (rule.state === "on")) throw new Problem("move-not-possible", on ? { zh: "规则已启用", en: "The rule is on" } : { zh: "规则未启用", en: "The rule is not on" });
  if (on) {
    if (rule.tried === null) throw new Problem("dry-run-needed", { zh: "启用前须先试算", en: "Try it on stored data first" });
    if (rule.writtenBy === tx.actor.account) throw new Problem("second-person-needed");
    await demandAssessment(tx, platform, { matter: "automated", scheme: rule.scheme, area: rule.lo });
    await sql`update warning_rule set state = 'off' where scheme = ${rule.scheme} and key = ${rule.key} and lo = ${rule.lo} and state = 'on'`.execute(tx);
  }
  const state = on ? "on" : "off";
  await sql`update warning_rule set state = ${state}, switched_by = ${tx.actor.account}, switched_at = ${platform.clock.now()} where id = ${id}::uuid`.execute(tx);
  await audit(tx, { action: "warning-rule.switch", area: tx.actor.area, people: 0, detail: { rule: id, key: rule.key, version: rule.version, on } });
  return (await views(tx, [{ ...rule, state, switchedBy: tx.actor.account }]))[0]!;
}
