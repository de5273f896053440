// A database of an early version, filled, is brought to this one: what stood in it stands there afterwards.
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { after, before, test } from "node:test";
import pg from "pg";
import { testDatabase, type TestDatabase } from "../test/database.ts";
import { migrate } from "../src/platform/migrate.ts";
import { openDatabase, systemActor } from "../src/platform/database.ts";

let t: TestDatabase;
let server: pg.Client;
let owner: pg.Client;
let config: pg.ClientConfig;
before(async () => {
  t = await testDatabase();
  server = new pg.Client(t.owner);
  await server.connect();
  const name = `old_${randomBytes(6).toString("hex")}`;
  await server.query(`create database ${name}`);
  config = { ...t.owner, database: name };
  await migrate({ owner: config, appPassword: "test-only", keys: t.keys, before: "0011" });
  owner = new pg.Client(config);
  await owner.connect();
  for (const statement of rows) await owner.query(statement);
});
after(async () => {
  await owner.end();
  await server.query(`drop database ${config.database!} with (force)`);
  await server.end();
  await t.close();
});

/** An id that says what it is of. */
const id = (kind: number, n: number): string => `'00000000-0000-7000-${String(8000 + kind)}-${String(n).padStart(12, "0")}'`;
const [office, account, campaign] = [id(1, 1), id(2, 1), id(3, 1)];
const people = [1, 2, 3, 4, 5, 6];
const states = ["listed", "draft", "submitted", "held", "accepted", "duplicate"];
const each = (line: (n: number) => string): string => people.map(line).join(", ");
const county = (n: number): number => (n <= 4 ? 350524 : 350525);
const village = (n: number): string => `${county(n)}100201`;

/** Fictional rows in every table that the early version had. */
const rows: readonly string[] = [
  `insert into area (code, level, parent, hi, name, full_name, pinyin, initials, edition, valid_from) values (350524000000, 3, 350500000000, 350524999999, '虚构县', '虚构县', '', '', 'test', '2018-01-01')`,
  `insert into area_load (edition, part, rows) values ('test', 'x', 1)`,
  `insert into office values (${office}, 350524000000, 'county-office', '虚构局')`,
  `insert into account (id, login, name, office_id, password_hash, roles, ends_on) values (${account}, 'lead', '虚构人', ${office}, 'hash', array['county-lead'], '2099-12-31')`,
  `insert into session (token_digest, account_id, expires_at) values ('\\x01', ${account}, '2099-01-01')`,
  `insert into login_attempt values ('account:lead', 2, null)`,
  `insert into installation (demo) values (false)`,
  `insert into scheme_version (scheme, version, hash, definition) values ('veterans', '2018.1', repeat('a', 64), '{"key":"veterans"}')`,
  `insert into campaign values (${campaign}, 'veterans', '2018.1', '轮次', 'Round', 350524000000, 350525999999, '2018-10-01', '2018-10-01', '2019-01-31')`,
  `insert into subject (county, id, area, name, pinyin, initials, sex, birth_date, id_digest, id_masked) values ${each((n) => `(${county(n)}, ${id(4, n)}, ${village(n)}, '虚构·𠀀${n}', 'xugou', 'xg', '1', '1958-03-12', '\\x0${n}', '9***')`)}`,
  `insert into subject_name_part values ${each((n) => `(${county(n)}, '构·𠀀${n}', ${village(n)}, ${id(4, n)})`)}`,
  `insert into record (county, id, subject_id, area, scheme, version, campaign_id, origin, state, held_from, categories, head) values ${each((n) => `(${county(n)}, ${id(5, n)}, ${id(4, n)}, ${village(n)}, 'veterans', '2018.1', ${campaign}, 'base', '${states[n - 1]}', ${n === 4 ? "'submitted'" : "null"}, array['soldier'], 2)`)}`,
  ...[1, 2].map((no) => `insert into revision (county, record_id, no, based_on, area, kind, answers, sealed, author) values ${each((n) => `(${county(n)}, ${id(5, n)}, ${no}, ${no - 1}, ${village(n)}, 'capture', '{"general":{"name":"虚构${n}"}}', '\\x0102', '${no === 1 ? "system:import" : "x"}')`)}`),
  `insert into remark (county, id, record_id, area, revision, path, body, author, answer, answered_by, answered_at) values (350524, ${id(6, 1)}, ${id(5, 1)}, ${village(1)}, 1, 'general.name', '请核对', 'x', '已核对', 'y', now()), (350524, ${id(6, 2)}, ${id(5, 2)}, ${village(2)}, 1, 'general.name', '请核对', 'x', null, null, null)`,
  `insert into media (county, id, record_id, area, path, sha256, mime, bytes) values (350524, ${id(7, 1)}, ${id(5, 1)}, ${village(1)}, 'general.photo', repeat('b', 64), 'image/jpeg', 3)`,
  `insert into vouch (county, record_id, path, department, area, agrees, extract_id, as_of) values ${each((n) => ["general.name", "general.sex", "general.housing"].flatMap((path, i) => ["public_security", "housing"].map((department) => `(${county(n)}, ${id(5, n)}, '${path}', '${department}', ${village(n)}, ${(n + i) % 3 !== 0}, ${id(8, 1)}, '2018-11-0${n}')`)).join(", "))}`,
  `insert into identity_claim values ${each((n) => `('veterans', '\\x0${n}', ${county(n)}, ${id(4, n)})`)}`,
  `insert into handover (county, id, record_id, area, to_area, person, reason, asked_by, state, settled_by, settled_at) values (350524, ${id(9, 1)}, ${id(5, 1)}, ${village(1)}, 350524101201, '虚*', '住在那里', 'x', 'asked', null, null), (350524, ${id(9, 2)}, ${id(5, 2)}, ${village(2)}, 350524101201, '虚*', '住在那里', 'x', 'declined', 'y', now())`,
  `insert into import_batch (county, id, area, kind, department, campaign_id, scheme, file_name, file_sha256, file_bytes, state, rows, accepted, returned, sent_by) values
    (350524, ${id(8, 1)}, 350524000000, 'extract', 'housing', ${campaign}, 'veterans', '名单.xlsx', repeat('c', 64), 9, 'done', 3, 2, 1, 'x'),
    (350524, ${id(8, 2)}, 350524000000, 'base-list', null, ${campaign}, 'veterans', '底册.xlsx', repeat('d', 64), 9, 'uploaded', 0, 0, 0, 'x'),
    (350524, ${id(8, 3)}, 350524000000, 'extract', 'public_security', ${campaign}, 'veterans', '旧名单.xlsx', repeat('e', 64), 9, 'wiped', 2, 1, 1, 'x')`,
  `insert into import_row (county, batch_id, row_no, area, outcome, issues, subject_id) values (350524, ${id(8, 1)}, 1, 350524000000, 'accepted', '[]', ${id(4, 1)}), (350524, ${id(8, 1)}, 2, 350524000000, 'returned', '[{"code":"x"}]', null)`,
  `insert into column_mapping (area, kind, department, mapping) values (350524000000, 'extract', 'housing', '{"姓名":"name","权利人证件号":"id_number"}')`,
  `insert into match_run (county, id, area, batch_id, department, campaign_id, state, counts, asked_by) values (350524, ${id(10, 1)}, 350524000000, ${id(8, 1)}, 'housing', ${campaign}, 'done', '{"rows":3}', 'x')`,
  `insert into link (county, run_id, row_no, area, record_id, subject_id, weight, probability, decision, why, decided_by) values ${["automatic", "review", "confirmed", "rejected"].map((decision, i) => `(350524, ${id(10, 1)}, ${i + 1}, ${village(i + 1)}, ${id(5, i + 1)}, ${id(4, i + 1)}, ${i}.5, 0.5, '${decision}', '[]', ${i > 1 ? "'x'" : "null"})`).join(", ")}`,
  `insert into finding (county, id, area, key, class, department, record_id, subject_id, person_key, campaign_id, run_id, sealed, state, closed_because, closed_at, case_id, confirmed_pair, confirmed_by) values
    (350524, ${id(11, 1)}, ${village(1)}, 'k1', 'Z01', 'housing', ${id(5, 1)}, ${id(4, 1)}, 'subject:1', ${campaign}, ${id(10, 1)}, '\\x01', 'open', null, null, ${id(12, 1)}, null, null),
    (350524, ${id(11, 2)}, ${village(2)}, 'k2', 'Z01', 'housing', ${id(5, 2)}, ${id(4, 2)}, 'subject:2', ${campaign}, ${id(10, 1)}, '\\x02', 'closed', 'confirmed-ours', now(), ${id(12, 2)}, '\\x03', 'x')`,
  `insert into listed_person values (350524, ${id(10, 1)}, '\\x01', 350524000000)`,
  `insert into case_file (county, id, area, class_group, subject_id, record_id, person_key, person_name, state, routed_by, due_on, answer, answer_note, answered_by, answered_at, closed_at) values
    (350524, ${id(12, 1)}, 350524100000, 'housing', ${id(4, 1)}, ${id(5, 1)}, 'subject:1', '虚构一', 'open', 'registration', '2018-12-01', null, null, null, null, null),
    (350524, ${id(12, 2)}, 350524100000, 'housing', ${id(4, 2)}, ${id(5, 2)}, 'subject:2', '虚构二', 'closed', 'collector', '2018-12-01', 'confirm-ours', '已核', 'x', now(), now())`,
  `insert into case_step (county, id, case_id, area, kind, actor, note) values (350524, ${id(13, 1)}, ${id(12, 2)}, 350524100000, 'answered', 'x', '已核'), (350524, ${id(13, 2)}, ${id(12, 2)}, 350524100000, 'closed', 'system:cases', null)`,
  `insert into report (county, id, area, kind, campaign_id, as_of, figures, digest, made_by) values (350524, ${id(14, 1)}, 350524000000, 'county', ${campaign}, now(), '{"n":1}', repeat('f', 64), 'x')`,
  `insert into event (kind, area, county, actor, record_id, data) values ${each((n) => `('record.captured', ${village(n)}, ${county(n)}, 'x', ${id(5, n)}, '{"revision":2}')`)}`,
  `insert into reaction_cursor values ('recheck-after-record', '0', 3)`,
  `insert into audit_entry (account, action, county, area, people, detail) values ('x', 'record.open', 350524, ${village(1)}, 1, '{"n":1}')`,
  `insert into idempotency (account, key, route, request_digest, status, body) values ('x', 'key-of-before', 'PUT /x', 'd', 200, '{"head":2}')`,
  `insert into task (id, kind, area, county, asked_by, state, input, result, finished_at) values (${id(15, 1)}, 'match', 350524000000, 350524, 'x', 'done', '{"a":1}', '{"b":2}', now())`,
];

type Content = ReadonlyMap<string, { readonly columns: readonly string[]; readonly rows: readonly string[] }>;
async function content(wanted?: Content): Promise<Content> {
  const { rows: tables } = await owner.query<{ name: string; columns: string[] }>(`select c.relname as name, array_agg(a.attname::text order by a.attname) as columns
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'v') and c.relname not like 'pg_%' group by 1`);
  const found = new Map<string, { columns: readonly string[]; rows: readonly string[] }>();
  for (const { name, columns } of tables) {
    const asked = wanted ? wanted.get(name)?.columns : columns;
    if (asked === undefined || name === "migration") continue;
    const { rows: lines } = await owner.query<{ line: string }>(`select jsonb_build_array(${asked.map((column) => `x."${column}"`).join(", ")})::text as line from ${name} x order by 1`);
    found.set(name, { columns: asked, rows: lines.map((row) => row.line) });
  }
  return found;
}

test("every table of the early version holds something", async () => {
  const empty = [...(await content())].filter(([, table]) => table.rows.length === 0).map(([name]) => name);
  assert.deepEqual(empty, []);
});

test("what stood in the early version stands in this one, value by value", async () => {
  const old = await content();
  await migrate({ owner: config, appPassword: "test-only", keys: t.keys });
  const now = await content(old);
  // The headings a supplier used moved to a table with versions; everything else is where it was.
  assert.deepEqual([...old.keys()].filter((name) => !now.has(name)), ["column_mapping"]);
  const { rows: mappings } = await owner.query<{ mapping: unknown }>("select mapping from supplier_mapping");
  assert.deepEqual(mappings.map((row) => row.mapping), [{ 姓名: "name", 权利人证件号: "id_number" }]);
  for (const [name, table] of now) assert.deepEqual(table.rows, old.get(name)!.rows, name);
});

test("the upgraded database is like a new one: the same tables, columns, constraints, policies, functions and rights", async () => {
  const shape = async (client: pg.Client): Promise<string[]> =>
    (
      await client.query<{ line: string }>(`
        select 'column ' || table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable || ' ' || coalesce(column_default, '') as line from information_schema.columns where table_schema in ('public', 'security')
        union all select 'constraint ' || conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) from pg_constraint where connamespace = 'public'::regnamespace
        union all select 'index ' || indexdef from pg_indexes where schemaname = 'public'
        union all select 'policy ' || tablename || ' ' || policyname || ' ' || permissive || ' ' || roles::text || ' ' || cmd || ' ' || coalesce(qual, '') || ' ' || coalesce(with_check, '') from pg_policies where schemaname = 'public'
        union all select 'trigger ' || pg_get_triggerdef(oid) from pg_trigger where not tgisinternal
        union all select 'function ' || oid::regprocedure || ' ' || md5(prosrc) || ' ' || coalesce(array_to_string(proconfig, ','), '') || ' ' || prosecdef from pg_proc where pronamespace = 'security'::regnamespace
        union all select 'right ' || table_name || ' ' || column_name || ' ' || privilege_type from information_schema.column_privileges where grantee = 'qingce_app' and table_schema = 'public'
        order by 1`)
    ).rows.map((row) => row.line);
  assert.deepEqual(await shape(owner), await shape(server));
});

test("the upgraded database opens, and the county sees its people through the wall", async () => {
  const database = openDatabase({ ...t.app, database: config.database! }, t.keys, 2);
  const seen = async (lo: number, hi: number): Promise<number> => database.read(systemActor("test", lo, hi), async (tx) => (await tx.selectFrom("record").select("id").execute()).length);
  assert.equal(await seen(350524000000, 350524999999), 4);
  assert.equal(await seen(350525000000, 350525999999), 2);
  assert.equal(await seen(350526000000, 350526999999), 0);
  await database.close();
});
