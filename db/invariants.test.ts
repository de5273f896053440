// The database keeps its own promises: the wall has no hole, every hole that is made is found, named constraints refuse what they name.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import pg from "pg";
import { testDatabase, type TestDatabase } from "../test/database.ts";
import { holdsRowSecurity, migrate } from "../src/platform/migrate.ts";

let t: TestDatabase;
let owner: pg.Client;
before(async () => {
  t = await testDatabase();
  owner = new pg.Client(t.owner);
  await owner.connect();
});
after(async () => {
  await owner.end();
  await t.close();
});

const faults = async (): Promise<string[]> => (await owner.query<{ fault: string }>("select fault from security.faults()")).rows.map((row) => row.fault);

test("the wall has no hole", async () => {
  assert.deepEqual(await faults(), []);
});

for (const [hole, make, mend] of [
  ["a lost scope policy", "drop policy scope on record", "create policy scope on record as restrictive for all to qingce_app using (area between (select security.scope_lo()) and (select security.scope_hi())) with check (area between (select security.scope_lo()) and (select security.scope_hi()))"],
  ["a second opening", "create policy forgotten on record for select to qingce_app using (true)", "drop policy forgotten on record"],
  ["row security switched off", "alter table revision disable row level security", "alter table revision enable row level security"],
  ["row security not forced", "alter table subject no force row level security", "alter table subject force row level security"],
  ["a new table with an area and no policy", "create table loose (area bigint)", "drop table loose"],
  ["a view with its owner's eyes", "create view peek as select * from subject", "drop view peek"],
  ["a right to empty a table", "grant truncate on record to qingce_app", "revoke truncate on record from qingce_app"],
  ["a definer function with an open search path", "create function security.loose() returns int language sql security definer as 'select 1'; revoke all on function security.loose() from public", "drop function security.loose()"],
  ["a function that everybody may call", "create function security.loose() returns int language sql as 'select 1'", "drop function security.loose()"],
  ["a function that claims to leak nothing", "create function security.loose() returns int language sql immutable leakproof as 'select 1'; revoke all on function security.loose() from public", "drop function security.loose()"],
  ["a scope policy that looks right and is not", "drop policy scope on record; create policy scope on record as restrictive for all to qingce_app using (area between (select security.scope_lo()) and (select security.scope_hi()) or true) with check (area between (select security.scope_lo()) and (select security.scope_hi()))", "drop policy scope on record; create policy scope on record as restrictive for all to qingce_app using (area between (select security.scope_lo()) and (select security.scope_hi())) with check (area between (select security.scope_lo()) and (select security.scope_hi()))"],
  ["a scope policy for reading only", "drop policy scope on record; create policy scope on record as restrictive for select to qingce_app using (area between (select security.scope_lo()) and (select security.scope_hi()))", "drop policy scope on record; create policy scope on record as restrictive for all to qingce_app using (area between (select security.scope_lo()) and (select security.scope_hi())) with check (area between (select security.scope_lo()) and (select security.scope_hi()))"],
  ["row security without force on a table without areas", "alter table idempotency no force row level security", "alter table idempotency force row level security"],
  ["a way to the audit", "grant select on audit_entry to qingce_app", "revoke select on audit_entry from qingce_app"],
  ["a schema to put things in", "grant create on schema public to qingce_app", "revoke create on schema public from qingce_app"],
] as const) {
  test(`the check at the start finds ${hole}`, async () => {
    await owner.query(make);
    const found = await faults();
    await owner.query(mend);
    assert.equal(found.length, 1, found.join("; "));
    assert.deepEqual(await faults(), []);
  });
}

test("a server whose row security has known holes is not used", () => {
  assert.deepEqual([150013, 160010, 170005].filter(holdsRowSecurity), []);
  assert.deepEqual([170006, 170010, 180000, 180004, 190001].filter((version) => !holdsRowSecurity(version)), []);
});

test("a database with a hole is not opened", async () => {
  await owner.query("alter table media disable row level security");
  await assert.rejects(migrate({ owner: t.owner, appPassword: "test-only", keys: t.keys }), /protection is damaged: table media/);
  await owner.query("alter table media enable row level security");
});

test("every table that grows with people begins its key with the county", async () => {
  const { rows } = await owner.query<{ name: string; first: string }>(`
    select c.relname as name, (select a.attname from pg_attribute a where a.attrelid = i.indrelid and a.attnum = i.indkey[0]) as first
    from pg_index i join pg_class c on c.oid = i.indrelid
    where i.indisprimary and c.relnamespace = 'public'::regnamespace
      and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'county' and a.attnotnull)`);
  const others = rows.filter((row) => row.first !== "county").map((row) => row.name);
  // Journal and tasks are ordered by time; a number is claimed for the whole nation.
  assert.deepEqual(others.sort(), ["event", "identity_claim", "mark_claim", "task"]);
});

test("an import cannot be done unless every row has its outcome", async () => {
  const insert = (rows: number, accepted: number, returned: number): Promise<unknown> =>
    owner.query(
      `insert into import_batch (county, id, area, kind, scheme, file_name, file_sha256, file_bytes, state, rows, accepted, returned, sent_by)
       values (350524, gen_random_uuid(), 350524000000, 'base-list', 'veterans', 'x.xlsx', repeat('0', 64), 1, 'done', $1, $2, $3, 'x')`,
      [rows, accepted, returned],
    );
  await assert.rejects(insert(10, 8, 1), /import_every_row_has_one_outcome/);
  await insert(10, 8, 2);
});
