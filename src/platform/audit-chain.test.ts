// The chain of the audit: gapless, in the order of transactions, nothing missed behind an open one; checkpoints inside and outside; years.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";
import pg from "pg";
import { testDatabase, type TestDatabase } from "../../test/database.ts";
import { audit } from "./audit.ts";
import { chainAudit, type ChainOptions, settleAudit } from "./audit-chain.ts";
import { retireAudit } from "./audit-retention.ts";
import { type Actor, signScope, systemActor } from "./database.ts";

let t: TestDatabase;
let owner: pg.Client;
let options: ChainOptions;
let folder: string;
const clerk: Actor = systemActor("clerk", 350524000000, 350524999999);
const act = (n: number): Promise<void> => t.database.write(clerk, (tx) => audit(tx, { action: "record.open", county: 350524, detail: { no: n } }));
const one = async (text: string, ...values: unknown[]): Promise<Record<string, unknown>> => (await owner.query<Record<string, unknown>>(text, values)).rows[0]!;

before(async () => {
  t = await testDatabase();
  owner = new pg.Client(t.owner);
  await owner.connect();
  folder = path.join(t.folder, "outside");
  options = { folders: [folder, path.join(t.folder, "second")], algorithm: "sha-256", now: () => new Date("2026-01-01T00:00:00Z") };
});
after(async () => {
  await owner.end();
  await t.close();
});

test("an entry behind an open transaction waits, and none is missed or taken twice", async () => {
  await act(1);
  await settleAudit(t.database, options);
  const open = new pg.Client(t.app);
  await open.connect();
  await open.query("begin");
  await open.query("select set_config('app.context', $1, true)", [signScope(t.keys, clerk)]);
  await open.query("select security.write_audit(null, 'record.open', null, 350524, null, null, 1, '{\"no\": 2}')");
  await act(3);
  assert.equal(await chainAudit(t.database, options), 0, "nothing that lies behind the open transaction");
  await open.query("commit");
  await open.end();
  await settleAudit(t.database, options);
  const { rows } = await owner.query<{ seq: number; n: number }>("select c.seq, (e.detail ->> 'no')::int as n from audit_chain c join audit_entry e on e.id = c.entry_id order by c.seq");
  assert.deepEqual(rows, [{ seq: 1, n: 1 }, { seq: 2, n: 2 }, { seq: 3, n: 3 }]);
});

test("sequencers at once chain each entry once, without a gap", async () => {
  const base = Number((await one("select seq from audit_cursor"))["seq"]);
  await Promise.all([...Array.from({ length: 40 }, (_, n) => act(n)), ...Array.from({ length: 10 }, () => chainAudit(t.database, options))]);
  await settleAudit(t.database, options);
  assert.deepEqual(await one("select count(*)::int as n, max(seq)::int as last, count(distinct entry_id)::int as entries from audit_chain"), { n: base + 40, last: base + 40, entries: base + 40 });
});

test("checkpoints are the same in the database and in every folder; a folder that was away gets what it missed", async () => {
  const lines = (at: string): { no: number; seq: number; digest: string }[] => fs.readFileSync(path.join(at, "checkpoints.jsonl"), "utf8").trim().split("\n").map((line) => JSON.parse(line) as { no: number; seq: number; digest: string });
  const kept = (await owner.query<{ no: number; seq: number; digest: string }>("select no, seq, encode(digest, 'hex') as digest from audit_checkpoint order by no")).rows;
  assert.ok(kept.length >= 2);
  for (const at of options.folders) assert.deepEqual(lines(at).map(({ no, seq, digest }) => ({ no, seq, digest })), kept);
  const late = path.join(t.folder, "late");
  await act(99);
  await settleAudit(t.database, { ...options, folders: [late] });
  await act(100);
  await settleAudit(t.database, options);
  assert.equal(fs.readFileSync(path.join(folder, "checkpoints.jsonl"), "utf8").split("\n").length, kept.length + 3);
  await settleAudit(t.database, { ...options, folders: [late] });
  assert.deepEqual(lines(late), lines(folder));
});

test("a line that a power cut left half does not stop the file", async () => {
  const half = path.join(t.folder, "half");
  fs.mkdirSync(half);
  fs.writeFileSync(path.join(half, "checkpoints.jsonl"), '{"no":1,"seq":');
  await settleAudit(t.database, { ...options, folders: [half] });
  const whole = fs.readFileSync(path.join(half, "checkpoints.jsonl"), "utf8").split("\n").filter((line) => line.endsWith("}"));
  assert.deepEqual(whole, fs.readFileSync(path.join(folder, "checkpoints.jsonl"), "utf8").trim().split("\n"));
});

test("a database older than its outside checkpoints is told, not written over", async () => {
  const ahead = path.join(t.folder, "ahead");
  fs.mkdirSync(ahead);
  fs.writeFileSync(path.join(ahead, "checkpoints.jsonl"), '{"no":999,"seq":99999}\n');
  await assert.rejects(chainAudit(t.database, { ...options, folders: [ahead] }), /older than its checkpoints/);
  assert.equal(fs.readFileSync(path.join(ahead, "checkpoints.jsonl"), "utf8"), '{"no":999,"seq":99999}\n');
});

test("the runtime role reads, writes, changes and deletes nothing of it, and its functions refuse everybody but the duty", async () => {
  for (const table of ["audit_entry", "audit_chain", "audit_checkpoint", "audit_stub", "audit_cursor", "audit_retention"]) {
    for (const text of [`select * from ${table}`, `delete from ${table}`, `update ${table} set only_row = true`, `insert into ${table} default values`, `truncate ${table}`]) {
      const client = new pg.Client(t.app);
      await client.connect();
      await assert.rejects(client.query(text), /permission denied|does not exist/, text);
      await client.end();
    }
  }
  const national = systemActor("retention");
  for (const text of ["select * from security.audit_unchained(10)", "select * from security.audit_end()", "select security.chain_audit(1, array[1::bigint], array['\\x00'::bytea], 'sm3')", "select * from security.audit_chained(0, 10)", "select * from security.audit_checkpoints(0, 10)", "select security.sign_audit(1, 1, '\\x00', 1, 'sm3', now(), 'x', 'x', '\\x00')", "select security.retire_audit(1, '\\x00', 1, now(), 'x', 'x', '\\x00')", "select * from security.audit_stubs()", "select * from security.audit_past_retention()", "select security.keep_audit(3)", "select * from security.find_audit(now(), now(), null, null, null, null, null, null, 10)", "select * from security.audit_state()"]) {
    for (const actor of [national, clerk]) {
      const client = new pg.Client(t.app);
      await client.connect();
      await client.query("begin");
      await client.query("select set_config('app.context', $1, true)", [signScope(t.keys, actor)]);
      await assert.rejects(client.query(text), /by duties only|its administrator/, text);
      await client.end();
    }
  }
});

test("a copy of the database restored elsewhere, where transactions are counted anew, is chained on without a gap", async () => {
  const end = Number((await one("select seq from audit_cursor"))["seq"]);
  // As if the rows so far came from a server that had counted far ahead; one of them was not chained yet.
  await act(1);
  await owner.query("update audit_entry set txid = (txid::text::bigint + 1000000000)::text::xid8");
  await owner.query("update audit_cursor set txid = (txid::text::bigint + 1000000000)::text::xid8");
  await act(2);
  // Work of another database of the same server, begun before: settling waits for it, also while the cursor stands ahead.
  const elsewhere = new pg.Client({ ...t.owner, database: "postgres" });
  await elsewhere.connect();
  await elsewhere.query("begin; select pg_current_xact_id()");
  await act(3);
  const settled = settleAudit(t.database, options);
  await new Promise((resolve) => setTimeout(resolve, 100));
  await elsewhere.query("commit");
  await elsewhere.end();
  await settled;
  const { rows } = await owner.query<{ n: number }>("select (e.detail ->> 'no')::int as n from audit_chain c join audit_entry e on e.id = c.entry_id where c.seq > $1 order by c.seq", [end]);
  assert.deepEqual(rows.map(({ n }) => n), [1, 2, 3]);
});

test("rows past their years go up to a checkpoint and leave a signed stub; no younger row goes, whatever the clock says", async () => {
  assert.equal(await retireAudit(t.database, { now: () => new Date("2099-01-01T00:00:00Z") }), 0, "everything is young");
  const { rows } = await owner.query<{ n: number }>("select count(*)::int as n from audit_entry");
  await owner.query("update audit_entry set at = at - interval '4 years'");
  await owner.query("update audit_checkpoint set at = at - interval '4 years'");
  await act(1);
  await owner.query("update audit_retention set years = 5");
  assert.equal(await retireAudit(t.database, options), 0, "the years that are set count");
  await assert.rejects(owner.query("update audit_retention set years = 2"), /audit_is_kept_three_years/);
  await owner.query("update audit_retention set years = 3");
  assert.equal(await retireAudit(t.database, options), rows[0]!.n);
  await settleAudit(t.database, options);
  const left = (await owner.query<{ action: string; seq: number }>("select e.action, c.seq::int as seq from audit_entry e join audit_chain c on c.entry_id = e.id order by c.seq")).rows;
  assert.deepEqual(left, [{ action: "record.open", seq: rows[0]!.n + 1 }, { action: "audit.retire", seq: rows[0]!.n + 2 }]);
  assert.deepEqual(await one("select to_seq::int as to_seq, removed::int as removed from audit_stub"), { to_seq: rows[0]!.n, removed: rows[0]!.n });
});
