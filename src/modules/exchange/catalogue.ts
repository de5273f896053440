// The catalogue: what each department of a round's scheme is asked for and what it means, under which agreement, when it is due, what came.
import { sql } from "kysely";
import { countyOf } from "../../core/area-code.ts";
import { daysBetween } from "../../core/time.ts";
import type { ReplyOf } from "../../core/route.ts";
import type { Tx } from "../../platform/database.ts";
import type { Platform } from "../../platform/platform.ts";
import { itemAt } from "../../scheme/layout.ts";
import type { Department, Scheme } from "../../scheme/model.ts";
import { accountNames } from "../access/service.ts";
import { campaignOf } from "../campaigns/service.ts";
import { loadScheme } from "../schemes/service.ts";
import { type AgreementRow, stateOf, viewOf } from "./agreements.ts";
import type { getCatalogue as route } from "./contract.ts";
import { type ImportState, needsAuthorisation } from "./rules.ts";
import { duesOf, plansOf } from "./timetable.ts";

type Catalogue = ReplyOf<typeof route>;
type Entry = Catalogue["departments"][number];
type Last = { readonly id: string; readonly department: string; readonly state: string; readonly at: Date; readonly day: string; readonly asOf: string | null; readonly rows: number; readonly accepted: number; readonly returned: number };

const lists = async (tx: Tx, county: number, campaign: string): Promise<readonly Last[]> =>
  (
    await sql<Last>`select id, department, state, at, (at at time zone 'Asia/Shanghai')::date as day, as_of, rows, accepted, returned from import_batch
      where county = ${county} and campaign_id = ${campaign}::uuid and kind = 'extract' and (state = 'done' or (state = 'wiped' and accepted + returned = rows and finished_at is not null)) order by at desc, id desc limit 5000`.execute(tx)
  ).rows;

/** Findings that the county closed by showing that ours is right, by department; read of another module's table, for figures only. */
const confirmedErrors = async (tx: Tx, county: number, campaign: string): Promise<ReadonlyMap<string, number>> => {
  const { rows } = await sql<{ department: string; n: number }>`select department, count(*)::int as n from finding
    where county = ${county} and campaign_id = ${campaign}::uuid and closed_because = 'confirmed-ours' group by department`.execute(tx);
  return new Map(rows.map((row) => [row.department, row.n]));
};

/** A contact sees the own department only. @throws Problem not-found */
export async function catalogueOf(tx: Tx, platform: Platform, campaignId: string): Promise<Catalogue> {
  const campaign = await campaignOf(tx, campaignId);
  const { definition } = await loadScheme(tx, campaign.scheme, campaign.version);
  const county = countyOf(tx.actor.area);
  const today = platform.clock.today();
  const [came, plans, wrong] = [await lists(tx, county, campaign.id), await plansOf(tx, county, campaign.id), await confirmedErrors(tx, county, campaign.id)];
  const agreements = await tx.selectFrom("agreement").selectAll().where("county", "=", county).where("scheme", "=", campaign.scheme).orderBy("at", "desc").orderBy("id", "desc").execute();
  const offices = await tx.selectFrom("office").select(["department", "name"]).where("area", "=", county * 1e6).execute();
  const names = await accountNames(tx, agreements.map((row) => row.signedBy));
  const ofCounty = !tx.actor.roles.includes("contact") || tx.actor.roles.includes("county-lead");
  const departments = definition.departments
    .filter((department) => ofCounty || department.key === tx.actor.department)
    .map((department): Entry => {
      const own = came.filter((list) => list.department === department.key);
      const [last] = own;
      const signed = agreements.filter((row) => row.department === department.key);
      const agreement = signed.find((row) => stateOf(row, today) === "in-force") ?? signed[0];
      const office = offices.find((one) => one.department === department.key);
      const plan = plans.get(department.key);
      const base = own.reduce((sum, list) => sum + list.accepted, 0);
      return {
        department: department.key,
        label: department.label,
        ...itemsOf(definition, department, agreement && stateOf(agreement, today) === "in-force" ? agreement : undefined),
        economicCheck: needsAuthorisation(definition, department.key),
        ...(office && { office: { name: office.name } }),
        ...(agreement && { agreement: viewOf(agreement, today, names) }),
        ...(plan && { plan }),
        dues: duesOf(plan, campaign, own.map((list) => list.day), today).map((due) => ({ ...due })),
        ...(last && { last: { county, id: last.id, state: last.state as ImportState, at: last.at.toISOString(), ...(last.asOf !== null && { asOf: last.asOf }), days: daysBetween(last.asOf ?? last.day, today) ?? 0, rows: last.rows, accepted: last.accepted, returned: last.returned } }),
        ...(base > 0 && { errors: { wrong: wrong.get(department.key) ?? 0, base } }),
      };
    });
  const has = (state: string): number => departments.filter((one) => one.dues.some((due) => due.state === state)).length;
  return { today, base: departments.length, due: has("due"), late: has("late"), departments };
}

function itemsOf(scheme: Scheme, department: Department, agreement: AgreementRow | undefined): Pick<Entry, "fields" | "absences"> {
  const classOf = (key: string): { key: string; label: Entry["label"] } => ({ key, label: scheme.findingClasses.find((one) => one.key === key)?.label ?? { zh: key, en: key } });
  return {
    fields: department.fields.map((field) => {
      const compared = field.compares === undefined ? undefined : itemAt(scheme, field.compares)?.item.label;
      return {
        key: field.key,
        label: field.label,
        kind: field.kind,
        headings: [...field.headings],
        ...(field.join !== undefined && { join: field.join }),
        ...(compared && { compares: compared }),
        ...(field.rule !== undefined && { rule: field.rule }),
        ...(field.tolerance !== undefined && { tolerance: field.tolerance }),
        ...(field.finding !== undefined && { finding: classOf(field.finding) }),
        inAgreement: agreement?.fields.includes(field.key) ?? false,
      };
    }),
    absences: department.absences.map((absence) => classOf(absence.finding)),
  };
}
