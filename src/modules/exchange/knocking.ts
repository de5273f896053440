// Who knocks with a token, under which name they act, and the log of what they asked: for lists and for every other way in over HTTP.
import { createHash } from "node:crypto";
import { type RawBuilder, sql } from "kysely";
import { areaRange } from "../../core/area-code.ts";
import { newId } from "../../core/ids.ts";
import { Problem } from "../../core/problem.ts";
import { type Actor, systemActor, type Tx } from "../../platform/database.ts";
import type { Platform } from "../../platform/platform.ts";

export type Token = Awaited<ReturnType<typeof tokenBy>> & object;
export const digestOf = (token: string): Buffer => createHash("sha256").update(token).digest();

/** A supplier's machine: it may do what the contact of that department in that county may, under a name of its own. */
export const machine = (name: string, county: number, department: string): Actor => {
  const area = county * 1e6;
  return { account: name, name, office: null, department, roles: ["contact"], area, ...areaRange(area) };
};

export const door = systemActor("intake");
export type Knocked = { readonly token: Token; readonly actor: Actor };
const tokenBy = (tx: Tx, digest: Buffer) => tx.selectFrom("intakeToken").selectAll().where("digest", "=", digest).executeTakeFirst();

/** Who knocks. An unknown, ended, revoked or foreign token gets one and the same answer. @throws Problem not-signed-in */
export async function whoKnocks(platform: Platform, authorization: string | undefined, department: string): Promise<Knocked> {
  const given = /^Bearer ([\x21-\x7e]{20,200})$/u.exec(authorization ?? "")?.[1];
  const token = given === undefined ? undefined : await platform.database.read(door, (tx) => tokenBy(tx, digestOf(given)));
  if (!token || token.revokedAt !== null || token.endsOn < platform.clock.today() || token.department !== department) throw new Problem("not-signed-in", { zh: "令牌无效、已到期或已撤销", en: "The token is not known, has ended or was revoked" });
  return { token, actor: machine(`token:${token.id}`, token.county, token.department) };
}


/** Leaves a row in the log of requests. */
export const noteIn = (tx: Tx, token: Token, outcome: string, more: { readonly id?: string; readonly kind?: string; readonly people?: number; readonly key?: string; readonly requestDigest?: string; readonly batchId?: string }): Promise<unknown> =>
  tx.insertInto("intakeRequest").values({ county: token.county, id: newId(), area: token.area, tokenId: token.id, outcome, ...more }).execute();


type Tally = { readonly n: number; readonly people: number };
/** Requests of one kind today by any of the tokens, also refused ones, and the people that those answered were about. */
async function tallyOf(tx: Tx, county: number, tokens: RawBuilder<unknown>, today: string, kind?: string): Promise<Tally> {
  const { rows } = await sql<Tally>`select count(*)::int as n, coalesce(sum(people), 0)::int as people from intake_request
    where county = ${county} and token_id in (${tokens}) and (at at time zone 'Asia/Shanghai')::date >= ${today}::date and (${kind ?? null}::text is null or kind = ${kind ?? null})`.execute(tx);
  return rows[0] ?? { n: 0, people: 0 };
}
export const requestsToday = async (tx: Tx, token: Pick<Token, "county" | "id">, today: string, kind = "list"): Promise<number> =>
  (await tallyOf(tx, token.county, sql`${token.id}::uuid`, today, kind)).n;
/** The quota of people is the agreement's: all its tokens use it up together, also those that were revoked meanwhile. */
export const peopleToday = async (tx: Tx, { county, agreementId }: Pick<Token, "county" | "agreementId">, today: string): Promise<number> =>
  (await tallyOf(tx, county, sql`select t.id from intake_token t where t.county = ${county} and t.agreement_id = ${agreementId}::uuid`, today)).people;
