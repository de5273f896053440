// What an agreement serves over HTTP: asked by the county's lead, let by a second person of another office, held against the agreement each time it is used.
import { sql } from "kysely";
import { Problem } from "../../core/problem.ts";
import { newId } from "../../core/ids.ts";
import type { BodyOf, ReplyOf } from "../../core/route.ts";
import { countyOf } from "../../core/area-code.ts";
import { audit } from "../../platform/audit.ts";
import type { Tx } from "../../platform/database.ts";
import type { Platform } from "../../platform/platform.ts";
import { isSealed } from "../../scheme/differences.ts";
import { itemAt, placesOf } from "../../scheme/layout.ts";
import { accountNames, demandSecondPerson, officeOf } from "../access/service.ts";
import { campaignOf } from "../campaigns/service.ts";
import { agreementById, agreementsOf, stateOf } from "../exchange/service.ts";
import { demandAssessment } from "../safeguards/service.ts";
import { loadScheme, versionsOf } from "../schemes/service.ts";
import type { Scheme } from "../../scheme/model.ts";
import type { askServing as askRoute, decideServing as decideRoute, listServing as listRoute } from "./contract.ts";
import { putOut } from "./outbox.ts";

type Key = { readonly county: number; readonly id: string };
export type ServingRow = Key & {
  readonly agreementId: string;
  readonly area: number;
  readonly scheme: string;
  readonly department: string;
  readonly items: readonly string[];
  readonly events: readonly string[];
  readonly dailyPeople: number;
  readonly askedBy: string;
  readonly askedOffice: string | null;
  readonly askedAt: Date;
  readonly accepted: boolean | null;
  readonly decidedBy: string | null;
};
type View = ReplyOf<typeof askRoute>;

export const newestDefinition = async (tx: Tx, scheme: string): Promise<Scheme> => {
  const [version] = await versionsOf(tx, scheme);
  if (version === undefined) throw new Problem("not-found");
  return (await loadScheme(tx, scheme, version)).definition;
};

/** What may be served: values outside rows; no pictures and no signatures. */
const mayServe = (definition: Scheme, path: string): boolean => {
  const place = itemAt(definition, path);
  return place !== undefined && !place.section.repeats && !["photo", "document", "signature"].includes(place.item.kind);
};

const viewOf = (account: string, row: ServingRow, definition: Scheme, names: ReadonlyMap<string, string>): View => ({
  county: row.county,
  id: row.id,
  agreement: row.agreementId,
  department: row.department,
  items: row.items.map((path) => ({ path, label: itemAt(definition, path)?.item.label ?? { zh: path, en: path } })),
  events: [...row.events] as View["events"],
  dailyPeople: row.dailyPeople,
  state: row.accepted === null ? "asked" : row.accepted ? "accepted" : "refused",
  askedBy: names.get(row.askedBy) ?? row.askedBy,
  mine: row.askedBy === account,
  askedAt: row.askedAt.toISOString(),
  ...(row.decidedBy !== null && { decidedBy: names.get(row.decidedBy) ?? row.decidedBy }),
});
const seen = async (tx: Tx, row: ServingRow): Promise<View> => viewOf(tx.actor.account, row, await newestDefinition(tx, row.scheme),
  await accountNames(tx, [row.askedBy, row.decidedBy ?? ""]));

/** @throws Problem not-found, agreement-missing, assessment-missing, bad-request (an item that is none or cannot be served), already-exists (one waits) */
export async function askServing(tx: Tx, platform: Platform, key: Key, given: BodyOf<typeof askRoute>): Promise<View> {
  const agreement = await agreementById(tx, key.county, key.id);
  if (!agreement) throw new Problem("not-found");
  if (stateOf(agreement, platform.clock.today()) !== "in-force") throw new Problem("agreement-missing");
  await demandAssessment(tx, platform, { matter: "sharing", scheme: agreement.scheme, area: agreement.area });
  const definition = await newestDefinition(tx, agreement.scheme);
  const wrong = given.items.find((path) => !mayServe(definition, path));
  if (wrong !== undefined) throw new Problem("bad-request", { zh: `不能开放这一项：${wrong}`, en: `This item cannot be served: ${wrong}` });
  if (given.items.length + given.events.length === 0) throw new Problem("bad-request", { zh: "请至少选择一项", en: "Choose something to serve" });
  const row = (await tx
    .insertInto("serving")
    .values({
      county: key.county,
      id: newId(),
      agreementId: agreement.id,
      area: agreement.area,
      scheme: agreement.scheme,
      department: agreement.department,
      items: [...new Set(given.items)],
      events: [...new Set(given.events)],
      dailyPeople: given.dailyPeople,
      askedBy: tx.actor.account,
      askedOffice: await officeOf(tx, tx.actor.account),
    })
    .returningAll()
    .executeTakeFirstOrThrow()) as unknown as ServingRow;
  await audit(tx, {
    action: "serving.ask",
    county: key.county,
    area: row.area,
    people: 0,
    detail: { serving: row.id, agreement: agreement.id, department: row.department, items: row.items.length, events: row.events.length },
  });
  return seen(tx, row);
}

/** @throws Problem not-found, move-not-possible, second-person-needed */
export async function decideServing(tx: Tx, platform: Platform, key: Key, { accept }: BodyOf<typeof decideRoute>): Promise<View> {
  const row = (await tx.selectFrom("serving").selectAll().where("county", "=", key.county).where("id", "=", key.id).executeTakeFirst()) as unknown as ServingRow | undefined;
  if (!row) throw new Problem("not-found");
  if (row.accepted !== null) throw new Problem("move-not-possible");
  await demandSecondPerson(tx, { askedBy: row.askedBy, askedOffice: row.askedOffice ?? "", askedArea: row.area });
  const decided = { accepted: accept, decidedBy: tx.actor.account, decidedAt: platform.clock.now() };
  const { numUpdatedRows } = await tx.updateTable("serving").set(decided).where("county", "=", key.county).where("id", "=", key.id).where("accepted", "is", null).executeTakeFirst();
  if (numUpdatedRows === 0n) throw new Problem("move-not-possible"); // Somebody else decided at the same moment.
  if (accept)
    await putOut(tx, platform, row, {
      origin: `serving:${row.id}`,
      kind: "serving.changed",
      data: { agreement: row.agreementId, items: [...row.items], events: [...row.events], dailyPeople: row.dailyPeople },
    });
  await audit(tx, { action: accept ? "serving.approve" : "serving.refuse", county: row.county, area: row.area, people: 0, detail: { serving: row.id, department: row.department } });
  return seen(tx, { ...row, ...decided });
}

/** The newest that was let, of an agreement. */
export async function servingOf(tx: Tx, key: Key): Promise<ServingRow | undefined> {
  return (await tx
    .selectFrom("serving")
    .selectAll()
    .where("county", "=", key.county)
    .where("agreementId", "=", key.id)
    .where("accepted", "=", true)
    .orderBy("decidedAt", "desc")
    .limit(1)
    .executeTakeFirst()) as unknown as ServingRow | undefined;
}

/** What stands, what waits, and what was asked over HTTP in thirty days; a contact sees the own department. */
export async function listServing(tx: Tx, platform: Platform, campaignId: string): Promise<ReplyOf<typeof listRoute>> {
  const campaign = await campaignOf(tx, campaignId);
  const { definition } = await loadScheme(tx, campaign.scheme, campaign.version);
  const county = countyOf(tx.actor.area);
  const mine = (department: string): boolean => !tx.actor.roles.includes("contact") || tx.actor.roles.includes("county-lead") || department === tx.actor.department;
  const rows = (
    (await tx.selectFrom("serving").selectAll().where("county", "=", county).where("scheme", "=", campaign.scheme).orderBy("askedAt", "desc").execute()) as unknown as ServingRow[]
  ).filter((row) => mine(row.department));
  const names = await accountNames(
    tx,
    rows.flatMap((row) => [row.askedBy, row.decidedBy ?? ""]),
  );
  const { rows: requests } = await sql<{ department: string; kind: "list" | "lookup" | "events" | "outbox" | "catalogue"; outcome: string; requests: number; people: number; last: Date }>`
    select t.department, q.kind, q.outcome, count(*)::int as requests, sum(q.people)::int as people, max(q.at) as last from intake_request q join intake_token t on t.county = q.county
      and t.id = q.token_id
    where q.county = ${county} and t.scheme = ${campaign.scheme} and q.at > ${platform.clock.now()}::timestamptz - interval '30 days' group by 1, 2, 3 order by 1, 2, 3`.execute(tx);
  const { rows: outbox } = await sql<{
    department: string;
    events: number;
  }>`select department, last::int as events from outbox_head where county = ${county} and scheme = ${campaign.scheme} order by 1`.execute(tx);
  const agreements = (await agreementsOf(tx, county, campaign.scheme)).filter((row) => stateOf(row, platform.clock.today()) === "in-force" && mine(row.department));
  return {
    agreements: agreements.map((row) => ({ county: row.county, id: row.id, department: row.department, document: row.document })),
    items: placesOf(definition).flatMap(({ path, item }) => (mayServe(definition, path) ? [{ path, label: item.label, sensitive: isSealed(item) }] : [])),
    rows: rows.map((row) => viewOf(tx.actor.account, row, definition, names)),
    requests: requests.filter((row) => mine(row.department)).map((row) => ({ ...row, last: row.last.toISOString() })),
    outbox: outbox.filter((row) => mine(row.department)),
  };
}
