// Items of aid, tiers and lines: what stands for an area and a day, and how a county takes over the plan that ships with the product.
import { sql } from "kysely";
import { areaRange } from "../../core/area-code.ts";
import { newId } from "../../core/ids.ts";
import type { Tx } from "../../platform/database.ts";
import type { AidForm, AidPeriod, AidPlan, Stratum } from "../../scheme/aid-model.ts";

export type ItemRow = {
  readonly key: string;
  readonly lo: number;
  readonly labelZh: string;
  readonly labelEn: string;
  readonly form: AidForm;
  readonly period: AidPeriod;
  readonly department: string;
  readonly strata: Stratum[];
  readonly categories: string[];
  readonly exclusiveWith: string[];
  readonly decideDays: number;
  readonly mostFen: number | null;
  readonly recheckMonths: number | null;
  readonly recheckAbleMonths: number | null;
  readonly fromOn: string;
  readonly toOn: string | null;
};

/** Items in force for an area on a day; a nearer area's item takes the place of one of the same key above. */
export async function itemsInForce(tx: Tx, scheme: string, area: number, on: string): Promise<ItemRow[]> {
  const { rows } = await sql<ItemRow>`select distinct on (key) key, lo, label_zh, label_en, form, period, department, strata, categories, exclusive_with, decide_days, most_fen, recheck_months, recheck_able_months, from_on, to_on from aid_item
    where scheme = ${scheme} and lo <= ${area} and hi >= ${area} and from_on <= ${on}::date and (to_on is null or to_on >= ${on}::date) order by key, lo desc, from_on desc`.execute(tx);
  return rows;
}
export const itemInForce = async (tx: Tx, scheme: string, key: string, area: number, on: string): Promise<ItemRow | undefined> =>
  (await itemsInForce(tx, scheme, area, on)).find((item) => item.key === key);

/** Whoever takes the shipped rules over has not written them, and may switch them on after a trial. */
const shipped = "system:shipped";

/** Takes the shipped plan over for an area: items from a day on, tiers, and the rules of warnings as drafts. What is there already stays as it is. The caller writes the audit row. */
export async function takePlan(tx: Tx, plan: AidPlan, at: { readonly area: number; readonly from: string }): Promise<{ readonly items: number; readonly rules: number }> {
  const { lo, hi } = areaRange(at.area);
  const items = plan.items.map((item) => ({
    key: item.key,
    zh: item.label.zh,
    en: item.label.en,
    form: item.form,
    period: item.period,
    department: item.department,
    strata: item.strata ?? [],
    categories: item.categories ?? [],
    exclusive: item.exclusiveWith ?? [],
    days: item.decideDays,
    most: item.most === undefined ? null : Math.round(item.most * 100),
    recheck: item.recheck?.months ?? null,
    able: item.recheck?.able ?? null,
  }));
  const added = await sql`insert into aid_item (scheme, key, lo, hi, from_on, label_zh, label_en, form, period, department, strata, categories, exclusive_with, decide_days, most_fen, recheck_months, recheck_able_months)
    select ${plan.scheme}, x.key, ${lo}, ${hi}, ${at.from}::date, x.zh, x.en, x.form, x.period, x.department, x.strata, x.categories, x.exclusive, x.days, x.most, x.recheck, x.able
    from json_to_recordset(${JSON.stringify(items)}::json) as x (key text, zh text, en text, form text, period text, department text, strata text[], categories text[], exclusive text[],
      days smallint, most bigint, recheck smallint, able smallint)
    where not exists (select from aid_item i where i.scheme = ${plan.scheme} and i.key = x.key and i.lo = ${lo})`.execute(tx);
  const tiers = plan.tiers.map((tier, place) => ({
    key: tier.key,
    place,
    zh: tier.label.zh,
    en: tier.label.en,
    degree: tier.degreeAtLeast,
    urgency: tier.urgencyAtLeast,
    causes: tier.causes ?? [],
    owed: tier.owed,
    days: tier.withinDays,
  }));
  await sql`insert into aid_tier (scheme, key, place, label_zh, label_en, degree_at_least, urgency_at_least, causes, owed, within_days)
    select ${plan.scheme}, x.key, x.place, x.zh, x.en, x.degree, x.urgency, x.causes, x.owed, x.days
    from json_to_recordset(${JSON.stringify(tiers)}::json) as x (key text, place smallint, zh text, en text, degree smallint, urgency smallint, causes text[], owed text[], days smallint)
    where not exists (select from aid_tier t where t.scheme = ${plan.scheme} and t.key = x.key)`.execute(tx);
  const rules = plan.rules.map((rule) => ({ id: newId(), key: rule.key, zh: rule.label.zh, en: rule.label.en, level: rule.level, definition: rule.definition, days: rule.days,
    source: rule.source }));
  const drafts = await sql`insert into warning_rule (id, scheme, key, version, lo, hi, from_on, label_zh, label_en, level, definition, days, source, written_by)
    select x.id, ${plan.scheme}, x.key, 1, ${lo}, ${hi}, ${at.from}::date, x.zh, x.en, x.level, x.definition, x.days, x.source, ${shipped}
    from json_to_recordset(${JSON.stringify(rules)}::json) as x (id uuid, key text, zh text, en text, level text, definition jsonb, days smallint, source text)
    where not exists (select from warning_rule r where r.scheme = ${plan.scheme} and r.key = x.key and r.lo = ${lo})`.execute(tx);
  const counts = { items: Number(added.numAffectedRows ?? 0), rules: Number(drafts.numAffectedRows ?? 0) };
  return counts;
}

/** Sets a line (fen, or percent) for an area from a day on; the one before ends the day before. The caller writes the audit row. */
export async function putStandard(tx: Tx, given: { readonly scheme: string; readonly key: string; readonly area: number; readonly from: string; readonly value: number }): Promise<void> {
  const { lo, hi } = areaRange(given.area);
  await sql`update aid_standard set to_on = ${given.from}::date - 1 where scheme = ${given.scheme} and key = ${given.key} and lo = ${lo} and from_on < ${given.from}::date
    and (to_on is null or to_on >= ${given.from}::date)`.execute(tx);
  await tx.insertInto("aidStandard").values({ scheme: given.scheme, key: given.key, lo, hi, fromOn: given.from, toOn: null, value: given.value, setBy: tx.actor.account }).execute();
}

export type LineOver = { readonly code: number; readonly key: string; readonly value: number; readonly of: number; readonly from: string };
/** The lines in force on a day over the whole of each range: the nearest area's, the latest begun. Values in fen, or percent; `of` and `from` say whose, and since when. */
export async function linesOver(tx: Tx, { scheme, keys, on }: { readonly scheme: string; readonly keys: readonly string[]; readonly on: string }, codes: readonly number[]): Promise<LineOver[]> {
  const ranges = codes.map(areaRange);
  const { rows } = await sql<LineOver>`select r.code, k.key, s.value, s.lo as of, s.from_on as "from"
    from unnest(${[...codes]}::bigint[], ${ranges.map(({ lo }) => lo)}::bigint[], ${ranges.map(({ hi }) => hi)}::bigint[]) as r (code, lo, hi) cross join unnest(${[...keys]}::text[]) as k (key)
    cross join lateral (select s.value, s.lo, s.from_on from aid_standard s where s.scheme = ${scheme} and s.key = k.key and s.lo <= r.lo and s.hi >= r.hi and s.from_on <= ${on}::date
      and (s.to_on is null or s.to_on >= ${on}::date) order by s.lo desc, s.from_on desc limit 1) s order by k.key, r.code`.execute(tx);
  return rows;
}
