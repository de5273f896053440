// The ground every module stands on: scope, journal, audit, tasks, sealing, files.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import pg from "pg";
import { sql } from "kysely";
import { testDatabase, type TestDatabase } from "../../test/database.ts";
import { newId } from "../core/ids.ts";
import { audit } from "./audit.ts";
import { signScope, systemActor, type Actor } from "./database.ts";
import { open, seal } from "./field-cipher.ts";
import { emit, react, settleReactions } from "./journal.ts";
import { openQueue } from "./queue.ts";

let t: TestDatabase;
before(async () => void (t = await testDatabase()));
after(() => t.close());

const township = (code: number): Actor => ({ ...systemActor("test", code, code + 999), account: `account-${code}` });
const here = township(350524100000);
const there = township(350524101000);
const fact = (area: number) => ({ kind: "test.happened", area, county: 350524, data: { n: 1 } });

test("a transaction sees its own area and nothing of its neighbour", async () => {
  await t.database.write(here, (tx) => emit(tx, [fact(350524100201)]));
  const seen = (actor: Actor) => t.database.read(actor, (tx) => tx.selectFrom("event").select("id").execute());
  assert.equal((await seen(here)).length, 1);
  assert.equal((await seen(there)).length, 0);
});

test("a row outside the scope cannot be written", async () => {
  await assert.rejects(t.database.write(here, (tx) => emit(tx, [fact(350524101201)])), /row-level security/);
});

test("without a scope, after a scope, with a forged or altered one, no row is seen", async () => {
  const client = new pg.Client(t.app);
  await client.connect();
  const count = async (): Promise<number> => Number((await client.query<{ n: number }>("select count(*)::int as n from event")).rows[0]?.n);
  assert.equal(await count(), 0, "no scope");
  await client.query(`begin; select set_config('app.context', '${signScope(t.keys, here)}', true)`);
  assert.equal(await count(), 1, "signed scope");
  await client.query("commit");
  assert.equal(await count(), 0, "after the transaction");
  const forged = [`x|0|999999999999|9999999999|${"0".repeat(64)}`, signScope(t.keys, here).replace("|350524100000|", "|0|"), signScope(t.keys, here, 0), "", "a|b"];
  for (const token of forged) {
    await client.query(`begin; select set_config('app.context', '${token}', true)`);
    assert.equal(await count(), 0, token);
    await client.query("rollback");
  }
  await client.end();
});

test("journal, revisions and audit cannot be changed or removed by the runtime role", async () => {
  for (const statement of [sql`update event set kind = 'x'`, sql`delete from event`, sql`update revision set author = 'x'`, sql`delete from revision`, sql`select * from audit_entry`, sql`delete from audit_entry`, sql`select * from identity_claim`, sql`select * from security.context_key`]) {
    await assert.rejects(t.database.write(here, (tx) => statement.execute(tx)), /permission denied/);
  }
});

test("an audit row commits with its act and goes with it when the act fails", async () => {
  const owner = new pg.Client(t.owner);
  await owner.connect();
  const rows = async (): Promise<number> => Number((await owner.query("select from audit_entry")).rowCount);
  await t.database.write(here, (tx) => audit(tx, { action: "record.open", area: 350524100201 }));
  await assert.rejects(
    t.database.write(here, async (tx) => {
      await audit(tx, { action: "record.open" });
      throw new Error("changed my mind");
    }),
    /changed my mind/,
  );
  assert.equal(await rows(), 1);
  await owner.end();
});

test("a reaction sees each committed fact in order, once more after a crash, and not again when done", async () => {
  await t.database.write(here, (tx) => emit(tx, [{ ...fact(350524100201), kind: "crash.test" }]));
  const seen: number[] = [];
  let crash = true;
  const reaction = {
    name: "test",
    kinds: ["crash.test"],
    handle: async (events: readonly { id: number }[]) => {
      seen.push(...events.map((e) => e.id));
      if (crash) throw new Error("killed");
    },
  };
  await assert.rejects(settleReactions(t.database, [reaction]), /killed/);
  crash = false;
  await settleReactions(t.database, [reaction]);
  assert.equal(await react(t.database, [reaction]), 0);
  assert.equal(seen.length, 2);
  assert.equal(seen[0], seen[1]);
});

test("a task asked for in a transaction that fails never starts; a committed one runs and keeps its result", async () => {
  const queue = await openQueue(t.database, t.app);
  const ran: unknown[] = [];
  await queue.work([{ kind: "add", run: async ({ input, progress }: { input: { a: number; b: number }; progress: (s: { zh: string; en: string }, d: number, n: number) => Promise<void> }) => (ran.push(input), await progress({ zh: "加", en: "add" }, 1, 1), input.a + input.b) } as never], async () => here);
  const where = { county: 350524, area: 350524100201 };
  await assert.rejects(
    t.database.write(here, async (tx) => {
      await queue.ask(tx, "add", where, { a: 9, b: 9 });
      throw new Error("rolled back");
    }),
  );
  const id = await t.database.write(here, (tx) => queue.ask(tx, "add", where, { a: 1, b: 2 }));
  const done = await queue.wait(here, id);
  assert.equal(done.state, "done");
  assert.equal(done.result, 3);
  assert.deepEqual(ran, [{ a: 1, b: 2 }]);
  await queue.stop();
});

test("a sealed value opens for its owner only, and not after a change of one bit", () => {
  const sealed = seal(t.keys, 350524, "record-1", { phone: "13800000000" });
  assert.deepEqual(open(t.keys, 350524, "record-1", sealed), { phone: "13800000000" });
  assert.throws(() => open(t.keys, 350525, "record-1", sealed));
  assert.throws(() => open(t.keys, 350524, "record-2", sealed));
  const bent = Buffer.from(sealed);
  bent[20]! ^= 1;
  assert.throws(() => open(t.keys, 350524, "record-1", bent));
});

test("a file is stored once under its content and comes back whole", async () => {
  const bytes = Buffer.from(newId());
  const sha = await t.blobs.put(350524, bytes);
  assert.equal(await t.blobs.put(350524, bytes), sha);
  assert.deepEqual(await t.blobs.get(350524, sha), bytes);
  await assert.rejects(t.blobs.get(350524, "0".repeat(64)), /not-found/);
});
