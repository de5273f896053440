// Coming in: a provider says who somebody is, the person gets a token for half an hour, and acts under a scope that is theirs alone. Whether the person is
// in any register is neither looked up nor told here: a number that nobody holds gets the same answer.
import { createHash, randomBytes } from "node:crypto";
import { sql } from "kysely";
import { checkCitizenId, maskId } from "../../core/citizen-id.ts";
import { newId } from "../../core/ids.ts";
import { maskName, nameFault } from "../../core/names.ts";
import { Problem } from "../../core/problem.ts";
import type { BodyOf, ReplyOf } from "../../core/route.ts";
import { audit } from "../../platform/audit.ts";
import { selfActor, systemActor, type Tx } from "../../platform/database.ts";
import { open, seal } from "../../platform/field-cipher.ts";
import type { Platform } from "../../platform/platform.ts";
import type { listProviders as providersRoute, openSession as openRoute } from "./contract.ts";
import type { Identity, IdentityProvider } from "./identity.ts";
import { mostADay, SESSION_MINUTES, type Use } from "./rules.ts";

/** Stands at the door, and sees no area. */
const door = systemActor("citizen", 1, 0);
const digestOf = (token: string): Buffer => createHash("sha256").update(token).digest();
const sealedTo = (citizen: string): string => `citizen:${citizen}`;

export type Me = { readonly citizen: string; readonly identity: Identity };
type Tally = { readonly key: string; readonly use: Use };

/** Counts one use in a transaction of its own, also of what is refused afterwards. @throws Problem too-many-requests, quota-used */
async function count(tx: Tx, platform: Platform, { key, use }: Tally): Promise<boolean> {
  const { rows } = await sql<{ times: number }>`insert into citizen_use as u (key, on_day, times) values (${`${use}:${key}`}, ${platform.clock.today()}::date, 1)
    on conflict (key, on_day) do update set times = u.times + 1 returning times`.execute(tx);
  return (rows[0]?.times ?? 0) <= mostADay[use];
}

/** Of an address nobody has signed in from; its digest is kept for a day. */
const addressKey = (platform: Platform, from: string): string => `from:${platform.keys.blind(`address:${from}`).toString("hex")}`;

/** Lets an address ask what needs no proof, so many times a day. @throws Problem too-many-requests */
export async function asAnybody<T>(platform: Platform, from: string, work: (tx: Tx) => Promise<T>): Promise<T> {
  if (!(await platform.database.write(door, (tx) => count(tx, platform, { key: addressKey(platform, from), use: "ask" })))) throw new Problem("too-many-requests");
  return platform.database.read(systemActor("public", 1, 0), work);
}

export const listProviders = (providers: readonly IdentityProvider[]): ReplyOf<typeof providersRoute> => ({
  providers: providers.map(({ key, label, demo, how, address, fields }) => ({ key, label, demo, how, ...(address !== undefined && { address }), fields: fields.map((field) => ({ ...field })) })),
});

/** @throws Problem not-found (no such provider), too-many-requests, sign-in-failed */
export async function openSession(platform: Platform, providers: readonly IdentityProvider[], from: string, { provider: key, given }: BodyOf<typeof openRoute>): Promise<ReplyOf<typeof openRoute>> {
  if (!(await platform.database.write(door, (tx) => count(tx, platform, { key: addressKey(platform, from), use: "prove" })))) throw new Problem("too-many-requests");
  const provider = providers.find((one) => one.key === key);
  if (!provider) throw new Problem("not-found");
  const said = await provider.prove(given);
  const checked = said && checkCitizenId(said.idNumber, platform.clock.today());
  if (!said || !checked?.ok || nameFault(said.name) !== undefined) throw new Problem("sign-in-failed", { zh: "未能核验身份，请检查后重试", en: "Your identity could not be confirmed; please check and try again" });
  const identity: Identity = { name: said.name, idNumber: checked.id };
  const token = randomBytes(32).toString("base64url");
  await platform.database.write(door, async (tx) => {
    const { rows } = await sql<{ id: string }>`with made as (insert into citizen (id, person_digest) values (${newId()}::uuid, ${platform.keys.blind(checked.id)}) on conflict (person_digest) do nothing returning id)
      select id from made union all select id from citizen where person_digest = ${platform.keys.blind(checked.id)} limit 1`.execute(tx);
    const citizen = rows[0]?.id;
    if (citizen === undefined) throw new Problem("too-many-requests"); // The same person came in at the same moment elsewhere.
    const now = platform.clock.now();
    await tx.deleteFrom("citizenSession").where("expiresAt", "<", now).execute();
    await sql`delete from citizen_use where on_day < ${platform.clock.today()}::date - 2`.execute(tx);
    await tx.insertInto("citizenSession").values({ tokenDigest: digestOf(token), citizenId: citizen, provider: provider.key, sealed: seal(platform.keys, 0, sealedTo(citizen), identity), expiresAt: new Date(now.getTime() + SESSION_MINUTES * 60_000) }).execute();
    await audit(tx, { action: "self.sign-in", area: 0, detail: { citizen, provider: provider.key } });
  });
  return { token, name: maskName(identity.name), idMasked: maskId(identity.idNumber), minutes: SESSION_MINUTES };
}

const tokenIn = (authorization: string | undefined): string | undefined => /^Bearer ([\w-]{20,100})$/u.exec(authorization ?? "")?.[1];

export async function closeSession(platform: Platform, authorization: string | undefined): Promise<Record<string, never>> {
  const token = tokenIn(authorization);
  if (token !== undefined) await platform.database.write(door, (tx) => tx.deleteFrom("citizenSession").where("tokenDigest", "=", digestOf(token)).execute());
  return {};
}

/**
 * Work under the scope of whoever the token belongs to. The person comes from the session and nowhere else: nothing in the request names one.
 * @throws Problem not-signed-in, quota-used
 */
export async function asSelf<T>(platform: Platform, authorization: string | undefined, use: Use | undefined, work: (tx: Tx, me: Me) => Promise<T>): Promise<T> {
  const token = tokenIn(authorization);
  const known = token === undefined ? undefined : await platform.database.write(door, async (tx) => {
    const found = await tx.selectFrom("citizenSession").select(["citizenId", "sealed"]).where("tokenDigest", "=", digestOf(token)).where("expiresAt", ">", platform.clock.now()).executeTakeFirst();
    return found && { ...found, within: use === undefined || (await count(tx, platform, { key: found.citizenId, use })) };
  });
  if (!known) throw new Problem("not-signed-in", { zh: "请重新核验身份", en: "Please prove who you are again" });
  if (!known.within) throw new Problem("quota-used", use === "read" ? undefined : { zh: "今天提交的次数已用完，请明天再来，或到乡镇服务窗口办理", en: "Today's number of submissions is used up: come again tomorrow, or go to the township's desk" });
  const identity = open<Identity>(platform.keys, 0, sealedTo(known.citizenId), known.sealed);
  return platform.database.write(selfActor(known.citizenId), (tx) => work(tx, { citizen: known.citizenId, identity }));
}
