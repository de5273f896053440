// Rows by many keys and in pieces, on a real database under row-level security.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { sql } from "kysely";
import { testDatabase, type TestDatabase } from "../../test/database.ts";
import { systemActor } from "./database.ts";
import { columnOf, eachByKey, sendAhead } from "./many-rows.ts";

const actor = systemActor("test");
let t: TestDatabase;
before(async () => void (t = await testDatabase()));
after(() => t.close());

test("rows come in the order of their keys, none for a key that is not there", async () => {
  const { rows } = await t.database.read(actor, (tx) =>
    sql<{ id: string; n: number }>`select x.id, r.n from ${eachByKey(["c", "a", "none", "b"], sql`select n from (values ('a', 1), ('b', 2), ('c', 3)) as v (key, n) where v.key = x.id`, "r", "text")}`.execute(tx),
  );
  assert.deepEqual(rows, [{ id: "c", n: 3 }, { id: "a", n: 1 }, { id: "b", n: 2 }]);
});

test("a column holds numbers, ids and gaps", async () => {
  const { rows } = await t.database.read(actor, (tx) => sql<{ n: number | null; id: string | null }>`select * from unnest(${columnOf([1, null, 3])}::integer[], ${columnOf(["a-b", undefined, "c:d"])}::text[]) as x (n, id)`.execute(tx));
  assert.deepEqual(rows, [{ n: 1, id: "a-b" }, { n: null, id: null }, { n: 3, id: "c:d" }]);
});

test("pieces leave one after the other, while the next is made; after a failure nothing more is sent", async () => {
  const log: string[] = [];
  const numbers = function* (): Generator<number> {
    for (let n = 1; n <= 5; n++) {
      log.push(`made ${n}`);
      yield n;
    }
  };
  const send = async (part: readonly number[]): Promise<void> => {
    log.push(`sent ${part.join()}`);
    await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
    log.push(`stored ${part.join()}`);
    if (part.includes(4)) throw new Error("no");
  };
  await assert.rejects(sendAhead(numbers(), 2, send), /no/);
  assert.deepEqual(log, ["made 1", "made 2", "sent 1,2", "made 3", "made 4", "stored 1,2", "sent 3,4", "made 5", "stored 3,4"]);
  log.length = 0;
  await sendAhead([7], 2, send);
  assert.deepEqual(log, ["sent 7", "stored 7"]);
  await sendAhead([], 2, send);
});

test("a statement under way is waited for when the next piece cannot be made", async () => {
  let stored = false;
  const rows = function* (): Generator<number> {
    yield 1;
    throw new Error("cannot be sealed");
  };
  await assert.rejects(
    sendAhead(rows(), 1, async () => {
      await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
      stored = true;
    }),
    /cannot be sealed/,
  );
  assert.ok(stored);
});
