// Requests of departments' machines: the token of an agreement says who knocks, the agreement what for; each request is logged with its outcome, also a refused
// one. Agreement and token are held while a request is answered: a revocation that comes meanwhile waits for its end, one that came before refuses it.
import { sql } from "kysely";
import { areaRange } from "../../core/area-code.ts";
import { checkCitizenId } from "../../core/citizen-id.ts";
import { newId } from "../../core/ids.ts";
import { Problem } from "../../core/problem.ts";
import type { BodyOf, ReplyOf } from "../../core/route.ts";
import { audit, partOfOneAct } from "../../platform/audit.ts";
import type { Tx } from "../../platform/database.ts";
import type { Platform } from "../../platform/platform.ts";
import { isSealed } from "../../scheme/differences.ts";
import { answerAt, itemAt } from "../../scheme/layout.ts";
import { takeEvents } from "../aid/service.ts";
import { type AgreementRow, agreementById, knock, type Knocked, noteRequest, peopleToday, requestsToday, stateOf } from "../exchange/service.ts";
import { sealedOf, unrestricted, unshutAnswers } from "../records/service.ts";
import { demandOpen } from "../safeguards/service.ts";
import { loadScheme } from "../schemes/service.ts";
import type { getOwnCatalogue as catalogueRoute, lookUp as lookUpRoute, readOutbox as outboxRoute, tellEvents as tellRoute } from "./contract.ts";
import { linesAfter, putOut } from "./outbox.ts";
import { newestDefinition, servingOf, type ServingRow } from "./serving.ts";

type Request = { readonly id: string; readonly knocked: Knocked; readonly agreement: AgreementRow; readonly serving: ServingRow | undefined };
type Kind = "lookup" | "events" | "outbox" | "catalogue";
export type Asked = { readonly department: string; readonly authorization: string | undefined };

/** Most requests a day by one token that bring no list; lists have the number in the token. */
const mostRequests = 5000;

/** One request: held, counted, logged. @throws Problem not-signed-in, too-many-requests, agreement-missing, and what `work` refuses, which is logged too */
async function answered<T>(platform: Platform, asked: Asked, kind: Kind, people: number, work: (tx: Tx, request: Request) => Promise<T>): Promise<T> {
  const knocked = await knock(platform, asked.authorization, asked.department);
  const { token } = knocked;
  try {
    return await platform.database.write(knocked.actor, async (tx) => {
      // Held until the answer is written: a revocation waits. The token is looked at again, for it may have gone since the knock.
      const { rows } = await sql<{ revoked: boolean }>`select t.revoked_at is not null as revoked from intake_token t join agreement a on a.county = t.county and a.id = t.agreement_id
        where t.county = ${token.county} and t.id = ${token.id}::uuid for share of t, a`.execute(tx);
      if (rows[0]?.revoked !== false) throw new Problem("not-signed-in", { zh: "令牌无效、已到期或已撤销", en: "The token is not known, has ended or was revoked" });
      const agreement = await agreementById(tx, token.county, token.agreementId);
      if (!agreement || stateOf(agreement, platform.clock.today()) !== "in-force")
        throw new Problem("agreement-missing", { zh: "数据共享协议已到期或已撤销", en: "The agreement has ended or was revoked" });
      // Requests of one agreement stand in one line, whichever of its tokens they come by: together they have one quota.
      await sql`select pg_advisory_xact_lock(hashtextextended(${`department:${token.county}:${token.agreementId}`}, 0))`.execute(tx);
      if ((await requestsToday(tx, token, platform.clock.today(), kind)) >= mostRequests) throw new Problem("too-many-requests");
      const id = newId();
      const result = await work(tx, { id, knocked, agreement, serving: await servingOf(tx, { county: agreement.county, id: agreement.id }) });
      await noteRequest(tx, token, "answered", { id, kind, people });
      return result;
    });
  } catch (error) {
    await platform.database.write(knocked.actor, (tx) => noteRequest(tx, token, error instanceof Problem ? error.code : "internal", { id: newId(), kind, people: 0 }));
    throw error;
  }
}

async function withinQuota(tx: Tx, platform: Platform, { knocked: { token }, serving }: Request, more: number): Promise<void> {
  if ((await peopleToday(tx, token, platform.clock.today())) + more > (serving?.dailyPeople ?? 0))
    throw new Problem("quota-used", { zh: `超出协议每日人数（${serving?.dailyPeople ?? 0}）`, en: `More people than the agreement allows a day (${serving?.dailyPeople ?? 0})` });
}

type Held = {
  readonly digest: string;
  readonly county: number;
  readonly id: string;
  readonly version: string;
  readonly decidedAt: Date | null;
  readonly updatedAt: Date;
  readonly answers: unknown;
  readonly sealed: Buffer | null;
};

/** Values of the asked items for people of the county's register, as they are accepted. @throws Problem agreement-missing (an item it does not serve), quota-used, frozen */
export const lookUp = (platform: Platform, asked: Asked, body: BodyOf<typeof lookUpRoute>): Promise<ReplyOf<typeof lookUpRoute>> =>
  answered(platform, asked, "lookup", body.people.length, async (tx, request) => {
    const { agreement, serving } = request;
    const outside = body.items.find((path) => !serving?.items.includes(path));
    if (outside !== undefined) throw new Problem("agreement-missing", { zh: `协议不含这一项：${outside}`, en: `The agreement does not serve this item: ${outside}` });
    await demandOpen(tx, areaRange(agreement.county * 1e6));
    await withinQuota(tx, platform, request, body.people.length);
    const numbers = body.people.map(({ idNumber }) => checkCitizenId(idNumber));
    const digests = numbers.map((number) => (number.ok ? platform.keys.blind(number.id) : undefined));
    const { rows } = await sql<Held>`select distinct on (s.id_digest) encode(s.id_digest, 'hex') as digest, r.county, r.id, r.version, r.decided_at, r.updated_at, v.answers,
      ${sealedOf} as sealed
      from subject s join record r on r.county = s.county and r.subject_id = s.id join revision v on v.county = r.county and v.record_id = r.id and v.no = r.head
      where s.county = ${agreement.county} and s.id_digest = any (${digests.filter((digest) => digest !== undefined)}::bytea[]) and r.scheme = ${agreement.scheme} and r.state = 'accepted'
        and ${unrestricted}
      order by s.id_digest, r.updated_at desc`.execute(tx);
    const held = new Map(rows.map((row) => [row.digest, row]));
    const people: ReplyOf<typeof lookUpRoute>["people"] = [];
    let found = 0;
    for (const [i, { ref }] of body.people.entries()) {
      const row = held.get(digests[i]?.toString("hex") ?? "");
      if (!row) {
        people.push({ ref, outcome: "not-found" });
        continue;
      }
      found += 1;
      const answers = unshutAnswers(platform.keys, row.county, row.id, row.answers, row.sealed);
      const { definition } = await loadScheme(tx, agreement.scheme, row.version);
      const values = Object.fromEntries(body.items.flatMap((path) => (itemAt(definition, path) && answerAt(answers, path) !== undefined ? [[path, answerAt(answers, path)]] : [])));
      people.push({ ref, outcome: "found", asOf: (row.decidedAt ?? row.updatedAt).toISOString(), values });
    }
    await audit(tx, {
      action: "department.lookup",
      purpose: agreement.purpose,
      county: agreement.county,
      area: agreement.area,
      people: found,
      detail: { request: request.id, agreement: agreement.id, department: agreement.department, said: body.purpose, asked: body.people.length, items: body.items },
    });
    return { request: request.id, asOf: platform.clock.now().toISOString(), people };
  });

/** Events of people to the life line of their household; the department's own number of an event makes it one. @throws Problem agreement-missing (a kind it does not tell), quota-used */
export const tellEvents = (platform: Platform, asked: Asked, { events }: BodyOf<typeof tellRoute>): Promise<ReplyOf<typeof tellRoute>> =>
  answered(platform, asked, "events", events.length, async (tx, request) => {
    const { agreement, serving, id } = request;
    const outside = events.find((event) => !serving?.events.includes(event.kind));
    if (outside) throw new Problem("agreement-missing", { zh: `协议不含这类事件：${outside.kind}`, en: `The agreement does not take this kind of event: ${outside.kind}` });
    await withinQuota(tx, platform, request, events.length);
    const taken = await partOfOneAct(tx, () => takeEvents(tx, platform, { scheme: agreement.scheme, source: agreement.department.slice(0, 40), events: [...events] }));
    const returned = taken.returned.map((one) => ({ row: one.row, no: events[one.row - 1]?.no ?? "", why: one.why, message: { ...one.message } }));
    await putOut(tx, platform, agreement, {
      origin: `events:${id}`,
      kind: "events.taken",
      data: { request: id, taken: taken.taken, known: taken.known, returned: returned.map(({ no, why }) => ({ no, why })) },
    });
    await audit(tx, {
      action: "department.events",
      purpose: agreement.purpose,
      county: agreement.county,
      area: agreement.area,
      people: events.length,
      detail: { request: id, agreement: agreement.id, department: agreement.department, taken: taken.taken, known: taken.known, returned: returned.length },
    });
    return { request: id, taken: taken.taken, known: taken.known, returned };
  });

export const readOutbox = (platform: Platform, asked: Asked, after: number, limit: number): Promise<ReplyOf<typeof outboxRoute>> =>
  answered(platform, asked, "outbox", 0, (tx, { agreement }) => linesAfter(tx, platform, agreement, after, limit));

const owner = { zh: "登记机关（县级）", en: "The registering authority of the county" };
export const getOwnCatalogue = (platform: Platform, asked: Asked): Promise<ReplyOf<typeof catalogueRoute>> =>
  answered(platform, asked, "catalogue", 0, async (tx, { agreement, serving }) => {
    const definition = await newestDefinition(tx, agreement.scheme);
    const { rows } = await sql<{
      at: Date;
      rows: number;
      accepted: number;
    }>`select at, rows, accepted from import_batch where county = ${agreement.county} and scheme = ${agreement.scheme} and department = ${agreement.department} and kind = 'extract'
      order by at desc limit 1`.execute(tx);
    const [last] = rows;
    return {
      department: agreement.department,
      agreement: { id: agreement.id, purpose: agreement.purpose, document: agreement.document, fromOn: agreement.fromOn, toOn: agreement.toOn,
        state: stateOf(agreement, platform.clock.today()) },
      sends: (definition.departments.find((one) => one.key === agreement.department)?.fields ?? []).map((field) => ({
        key: field.key,
        label: field.label,
        kind: field.kind,
        inAgreement: agreement.fields.includes(field.key),
      })),
      serves: (serving?.items ?? []).flatMap((path) => {
        const place = itemAt(definition, path);
        return place
          ? [{ item: path, label: place.item.label, kind: place.item.kind, owner, meaning: place.item.help ?? place.item.purpose ?? place.section.label, sensitive: isSealed(place.item) }]
          : [];
      }),
      events: [...(serving?.events ?? [])] as ReplyOf<typeof catalogueRoute>["events"],
      dailyPeople: serving?.dailyPeople ?? 0,
      freshness: { zh: "以审核入库的最新版本为准，每人答复中注明时间", en: "The newest version accepted into the register; each answer says as of when" },
      ...(last && { last: { at: last.at.toISOString(), rows: last.rows, accepted: last.accepted } }),
    };
  });
