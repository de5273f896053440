// An office that looks: its person signed in at a server of its own, every request over HTTP as the pages send it, answers compressed, the right to look
// and the manifest read anew each time.
import assert from "node:assert/strict";
import pg from "pg";
import { lowIncome } from "../../schemes/low-income/scheme.ts";
import { areaRange } from "../../src/core/area-code.ts";
import { newId } from "../../src/core/ids.ts";
import { issueActivation } from "../../src/modules/access/activation.ts";
import { sessionsOf } from "../../src/modules/access/sign-in.ts";
import { auditRules } from "../../src/modules/auditing/coverage.ts";
import { createCampaign } from "../../src/modules/campaigns/service.ts";
import type { SnapshotRow } from "../../src/modules/insight/queries.ts";
import { manifestDigest } from "../../src/modules/insight/store.ts";
import { publishScheme } from "../../src/modules/schemes/service.ts";
import { systemActor } from "../../src/platform/database.ts";
import { createHttp } from "../../src/platform/http.ts";
import { allBindings, servePages } from "../../src/server.ts";
import type { TestDatabase } from "../../test/database.ts";
import { activatePerson, callerAt, signInWith, turnedClock } from "../../test/played-person.ts";
import type { World } from "../../test/world.ts";
import { type Place, TOWNSHIPS, villageOf } from "./generated.ts";

export type Office = {
  readonly campaign: string;
  readonly ask: <T>(method: "GET" | "POST", path: string, body?: unknown) => Promise<T>;
  readonly upload: (path: string, name: string, bytes: Buffer) => Promise<unknown>;
  readonly stop: () => Promise<void>;
};

/** The areas of a place, an office over it with one person, a round and its snapshot. */
export async function openOffice(t: TestDatabase, world: World, place: Place, snapshot: SnapshotRow): Promise<Office> {
  const range = areaRange(place.area);
  const owner = new pg.Client(t.owner);
  await owner.connect();
  const rows = place.counties.flatMap((county) => [
    [county * 1e6, 3, Math.floor(county / 100) * 1e8],
    ...Array.from({ length: TOWNSHIPS }, (_, township) => [villageOf(county, township, -1), 4, county * 1e6]),
    ...Array.from({ length: TOWNSHIPS * place.villages }, (_, i) => [villageOf(county, i % TOWNSHIPS, Math.floor(i / TOWNSHIPS)), 5, villageOf(county, i % TOWNSHIPS, -1)]),
  ]);
  const cities = [...new Set(place.counties.map((county) => Math.floor(county / 100)))].map((city) => [city * 1e8, 2, Math.floor(city / 100) * 1e10]);
  for (const all = [...cities, [Math.floor(place.area / 1e10) * 1e10, 1, 0], ...rows]; all.length > 0; ) {
    const some = all.splice(0, 5000);
    await owner.query(
      `insert into area (code, level, parent, hi, name, full_name, pinyin, initials, edition, valid_from)
       select code, level, parent, hi, '虚构' || code, '虚构' || code, '', '', 'bench', '2019-01-01' from unnest($1::bigint[], $2::int[], $3::bigint[], $4::bigint[]) as a (code, level, parent, hi) on conflict do nothing`,
      [some.map(([code]) => code), some.map(([, level]) => level), some.map(([, , parent]) => parent), some.map(([code]) => areaRange(code!).hi)],
    );
  }
  await owner.query("analyze area");
  const [office, account, login] = [newId(), newId(), `looker-${Math.floor(place.area / 1e6)}`];
  await owner.query("insert into office (id, area, department, name) values ($1, $2, $3, $3)", [office, place.area, login]);
  await owner.query("insert into account (id, login, name, office_id, password_hash, roles, ends_on) values ($1, $2, $2, $3, 'none', '{county-lead}', '2099-12-31')", [account, login, office]);
  const round = await t.database.write(systemActor("bench", range.lo, range.hi), async (tx) => {
    const { scheme, version } = await publishScheme(tx, lowIncome);
    return createCampaign(tx, { scheme, version, name: { zh: "看板", en: "Looking" }, area: place.area, referenceDate: "2019-08-01", startsOn: "2019-08-01", endsOn: "2020-07-31" });
  });
  const manifest = { ...snapshot.manifest, campaign: round.id };
  await owner.query("insert into snapshot (id, area, scheme, campaign_id, as_of, manifest, digest, counties, changed, records, people, made_by) values ($1, $2, 'low-income', $3, $4, $5, $6, $7, $7, $8, $9, 'bench')", [newId(), place.area, round.id, snapshot.asOf, JSON.stringify(manifest), manifestDigest(manifest), snapshot.counties, snapshot.records, snapshot.people]);
  await owner.end();
  const clock = turnedClock("2019-09-10T02:00:00Z");
  const platform = { ...world.platform, clock };
  const app = await createHttp({ database: t.database, sessions: sessionsOf(platform), bindings: allBindings(platform), isSetUp: async () => true, audits: auditRules });
  await servePages(app, "none");
  const address = await app.listen({ host: "127.0.0.1", port: 0 });
  const call = callerAt(address);
  const { code } = await t.database.write(systemActor("console"), (tx) => issueActivation(tx, platform, account));
  const { cookie } = await signInWith(call, clock, await activatePerson(call, clock, login, code, "Blue-kettle-42"));
  return {
    campaign: round.id,
    ask: async <T>(method: "GET" | "POST", path: string, body?: unknown): Promise<T> => {
      const { status, body: answer } = await call(method, path, body, cookie);
      assert.equal(status, 200, `${method} ${path}: ${JSON.stringify(answer).slice(0, 300)}`);
      return answer as T;
    },
    upload: async (path, name, bytes) => {
      const form = new FormData();
      form.set("file", new Blob([new Uint8Array(bytes)], { type: "application/geo+json" }), name);
      const reply = await fetch(address + path, { method: "POST", headers: { cookie, "idempotency-key": newId() }, body: form });
      const answer: unknown = await reply.json();
      assert.equal(reply.status, 200, JSON.stringify(answer));
      return answer;
    },
    stop: () => app.close(),
  };
}
