// Work in the background acts with the rights of whoever asked for it as they are now: disabled, moved or deprived, its asker's work stops without a further row.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import pg from "pg";
import { newId } from "../src/core/ids.ts";
import { Problem } from "../src/core/problem.ts";
import { actorOfAccount } from "../src/modules/access/sign-in.ts";
import { audit } from "../src/platform/audit.ts";
import type { Actor } from "../src/platform/database.ts";
import type { TaskKind, TaskRun } from "../src/platform/queue.ts";
import { taskKinds } from "../src/worker.ts";
import { testDatabase, type TestDatabase } from "./database.ts";
import { county, countyArea, smallWorld, type World } from "./world.ts";

let t: TestDatabase;
let w: World;
let owner: pg.Client;
const begun = new Map<string, PromiseWithResolvers<void>>();
const actorOf = (account: string): Promise<Actor | undefined> => actorOfAccount(w.platform, account);

/** Writes a row and says how far it is, until somebody stops it. */
const endless = {
  kind: "endless",
  run: async ({ id, actor, progress }: TaskRun<unknown>) => {
    for (let i = 0; ; i += 1) {
      await t.database.write(actor, (tx) => audit(tx, { action: `endless.${id}`, people: 0 }));
      await progress({ zh: "进行", en: "going on" }, i, 1_000_000);
      begun.get(id)?.resolve();
    }
  },
} as unknown as TaskKind;
/** One transaction that is still open when its asker goes. */
const inOne = {
  kind: "in-one",
  run: async ({ id, actor }: TaskRun<unknown>) => {
    await t.database.write(actor, async (tx) => {
      await audit(tx, { action: `endless.${id}`, people: 0 });
      begun.get(id)?.resolve();
      await new Promise((resolve) => actor.until?.addEventListener("abort", resolve));
    });
  },
} as unknown as TaskKind;

before(async () => {
  t = await testDatabase();
  w = await smallWorld(t, { queue: true });
  owner = new pg.Client(t.owner);
  await owner.connect();
  await w.platform.queue.work([endless, inOne], actorOf);
});
after(async () => {
  await owner.end();
  await w.close();
  await t.close();
});

async function start(kind: string, by: Actor): Promise<string> {
  const asker = await actorOf(by.account);
  assert.ok(asker);
  const id = await t.database.write(asker, async (tx) => {
    const asked = await w.platform.queue.ask(tx, kind, { county, area: countyArea }, {});
    begun.set(asked, Promise.withResolvers());
    return asked;
  });
  await begun.get(id)?.promise;
  return id;
}
const rowsOf = async (id: string): Promise<number> => Number((await owner.query<{ n: number }>("select count(*)::int as n from audit_entry where action = $1", [`endless.${id}`])).rows[0]?.n);

for (const [what, statement, undo] of [
  ["disabled", "update account set disabled_at = now() where id = $1", "update account set disabled_at = null where id = $1"],
  ["moved to another office", "update account set office_id = (select id from office where department = 'reviewerA') where id = $1", "update account set office_id = (select id from office where department = 'countyReviewer') where id = $1"],
  ["deprived of a right", "delete from account_role where account_id = $1", "insert into account_role (account_id, role, asked_by, confirmed_by, confirmed_at) values ($1, 'county-reviewer', 'x', 'x', now())"],
  ["held to one scheme", "update account_role set schemes = '{low-income}' where account_id = $1", "update account_role set schemes = null where account_id = $1"],
] as const) {
  test(`work of somebody who was ${what} stops within five seconds and writes nothing more`, async () => {
    const { account } = w.actors.countyReviewer;
    const id = await start("endless", w.actors.countyReviewer);
    const since = performance.now();
    await owner.query(statement, [account]);
    const ended = await w.platform.queue.wait(w.actors.countyLead, id);
    const seconds = (performance.now() - since) / 1000;
    const written = await rowsOf(id);
    assert.deepEqual([ended.state, (ended.problem as { code: string }).code], ["failed", "asker-left"]);
    assert.ok(seconds < 5, `${seconds} s`);
    assert.ok(written > 0);
    await owner.query(undo, [account]);
    assert.equal(await rowsOf(id), written);
  });
}

test("what is in the middle of a transaction when its asker goes is not committed", async () => {
  const id = await start("in-one", w.actors.countyReviewer);
  await owner.query("update account set disabled_at = now() where id = $1", [w.actors.countyReviewer.account]);
  assert.equal(((await w.platform.queue.wait(w.actors.countyLead, id)).problem as { code: string }).code, "asker-left");
  assert.equal(await rowsOf(id), 0);
  await owner.query("update account set disabled_at = null where id = $1", [w.actors.countyReviewer.account]);
});

test("every kind of work is refused its first transaction once its asker has gone, and leaves no row anywhere", async () => {
  const kinds = taskKinds(w.platform);
  assert.ok(kinds.length >= 7, kinds.map(({ kind }) => kind).join());
  const tables = (await owner.query<{ name: string }>("select c.oid::regclass::text as name from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition")).rows;
  const count = async (): Promise<unknown> => (await owner.query(tables.map(({ name }) => `select '${name}' as name, count(*) as n from ${name}`).join(" union all "))).rows;
  const earlier = await count();
  for (const { kind, run } of kinds) {
    const until = AbortSignal.abort(new Problem("asker-left"));
    const task = { id: newId(), input: { county, id: newId(), area: countyArea }, actor: { ...w.actors.countyLead, until }, signal: new AbortController().signal, progress: () => Promise.reject(new Problem("asker-left")) };
    await assert.rejects(run(task as never), (error: unknown) => error instanceof Problem && error.code === "asker-left", kind);
  }
  assert.deepEqual(await count(), earlier);
});
