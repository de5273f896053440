// What an attacker could try who can run any statement under the runtime role, inside a request of one township: each attempt fails. The
// scope of a request is signed by the server, so whoever slips a statement into it has that scope and no other.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import pg from "pg";
import { testDatabase, type TestDatabase } from "../test/database.ts";
import { type Held, submitted } from "../test/people.ts";
import { asScope, type Statement } from "../test/scoped-sql.ts";
import { areas, county, countyArea, smallWorld, type World } from "../test/world.ts";
import { newId } from "../src/core/ids.ts";
import { type Actor, openDatabase, signScope, systemActor } from "../src/platform/database.ts";

let t: TestDatabase;
let w: World;
let owner: pg.Client;
let ours: Held;
let theirs: Held;
before(async () => {
  t = await testDatabase();
  w = await smallWorld(t, { queue: true });
  owner = new pg.Client(t.owner);
  await owner.connect();
  ours = await submitted(w, 1);
  theirs = await submitted(w, 2);
  // Their person lives in the neighbouring township: not in reach of whoever works in township A.
  for (const [table, key] of [["record", "id"], ["revision", "record_id"], ["media", "record_id"]]) await owner.query(`update ${table} set area = $1 where ${key} = $2`, [areas.B1, theirs.id]);
  await owner.query("update subject set area = $1 where id = (select subject_id from record where id = $2)", [areas.B1, theirs.id]);
  await owner.query("update subject_name_part set area = $1 where subject_id = (select subject_id from record where id = $2)", [areas.B1, theirs.id]);
});
after(async () => {
  await owner.end();
  await w.close();
  await t.close();
});

type Row = Record<string, unknown>;
const as = (actor: Actor, statements: readonly Statement[]): Promise<Row[]> => asScope(t, actor, statements);
const attacker = (): Actor => w.actors.collectorA;
const attempt = (text: string, ...values: unknown[]): Promise<Row[]> => as(attacker(), [[text, ...values]]);
const known = async (text: string, ...values: unknown[]): Promise<Row[]> => (await owner.query<Row>(text, values)).rows;
const refused = /permission denied|row-level security|outside the scope|by duties only|by the duty only|by the sign-in only|administrator|would stand elsewhere|must be owner|in the name of another|superuser|needs a signed scope|by the federation only|by its administrator|by their duty only|by its asker only|by duties only|its administrator only/;

test("these tests run as the runtime role, which is nothing but a role that may log in", async () => {
  const [role] = await attempt("select current_user as name, rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication as strong from pg_roles where rolname = current_user");
  assert.deepEqual(role, { name: "qingce_app", strong: false });
});

test("every relation shows a township nothing that lies elsewhere", async () => {
  const tables = await known("select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'v', 'm', 'p') and a.attname = 'area' and not a.attisdropped and has_any_column_privilege('qingce_app', c.oid, 'select')");
  assert.ok(tables.length > 30);
  let elsewhere = 0;
  const { lo, hi } = attacker();
  // Where offices and rounds are is no secret; what is offered to an office is seen by it.
  for (const { name } of tables.filter((table) => !["office", "campaign"].includes(String(table["name"])))) {
    const either = ["handover", "case_reroute"].includes(String(name)) ? " and to_area not between $1 and $2" : "";
    const query = `select count(*)::int as n from ${String(name)} where area not between $1 and $2${either}`;
    elsewhere += Number((await known(query, lo, hi))[0]?.["n"]);
    assert.equal((await attempt(query, lo, hi))[0]?.["n"], 0, String(name));
  }
  assert.ok(elsewhere > 10, "there is something elsewhere to be seen");
});

test("tables that hold no area and are readable hold no people, or are closed to other accounts", async () => {
  const open = await known(`select c.relname as name from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and has_any_column_privilege('qingce_app', c.oid, 'select')
    and not exists (select from pg_policy p where p.polrelid = c.oid and p.polname in ('scope', 'own', 'duties')) order by 1`);
  // Officials' names and logins are known inside the administration; their passwords are not readable.
  const withoutPeople = ["access_policy", "aid_item", "aid_standard", "aid_tier", "resident_population", "warning_rule", "account", "account_batch", "account_role", "administrator_handover", "area", "area_change", "area_load", "campaign", "campaign_move", "campaign_seat", "campaign_window", "count_start", "count_taken", "holiday", "holiday_year", "installation", "node_bundle", "node_peer", "office", "sampling_plan", "scheme_draft", "scheme_edit", "scheme_version", "section_lock", "window_extension"];
  assert.deepEqual(open.map((table) => String(table["name"])).filter((name) => !withoutPeople.includes(name)), []);
});

test("nobody's person is taken by offering oneself a hand-over of their record", async () => {
  const id = newId();
  const offer = ["insert into handover (county, id, record_id, area, to_area, person, reason, asked_by) values ($1, $2, $3, $4, $4, 'x', 'x', $5)", county, id, theirs.id, areas.A1, attacker().account] as const;
  await assert.rejects(as(attacker(), [offer]), refused);
  // Nor by an offer that stands already, from before.
  await owner.query("alter table handover disable trigger stands_with_its_record");
  await owner.query(offer[0], offer.slice(1));
  await owner.query("alter table handover enable trigger stands_with_its_record");
  assert.equal((await attempt("select security.settle_handover($1, $2, true, 'mine now') as record", county, id))[0]?.["record"], null);
  assert.equal((await known("select area from record where id = $1", theirs.id))[0]?.["area"], areas.B1);
  await owner.query("delete from handover where id = $1", [id]);
});

test("nothing is hung on a record that stands elsewhere", async () => {
  const { account } = attacker();
  await assert.rejects(attempt("insert into revision (county, record_id, no, based_on, area, kind, answers, author) values ($1, $2, 99, 1, $3, 'capture', '{}', $4)", county, theirs.id, areas.A1, account), refused);
  await assert.rejects(attempt("insert into remark (county, id, record_id, area, revision, path, body, author) values ($1, $2, $3, $4, 1, 'x', 'x', $5)", county, newId(), theirs.id, areas.A1, account), refused);
  await assert.rejects(attempt("insert into media (county, id, record_id, area, path, sha256, mime, bytes) values ($1, $2, $3, $4, 'x', repeat('0', 64), 'x', 1)", county, newId(), theirs.id, areas.A1), refused);
  // On one's own it goes, but not with another's area, nor in another's name.
  const own = "insert into remark (county, id, record_id, area, revision, path, body, author) values ($1, $2, $3, $4, 1, 'x', 'x', $5)";
  await attempt(own, county, newId(), ours.id, areas.A1, account);
  await assert.rejects(attempt(own, county, newId(), ours.id, areas.A2, account), refused);
  await assert.rejects(attempt(own, county, newId(), ours.id, areas.A1, w.actors.reviewerA.account), refused);
});

test("no row is moved, renumbered or given to another record by an update", async () => {
  for (const [table, column, value] of [["record", "area", areas.A2], ["record", "subject_id", newId()], ["record", "county", 350525], ["subject", "area", areas.A2], ["subject", "id", newId()], ["remark", "record_id", theirs.id], ["remark", "author", "x"], ["remark", "area", areas.A2], ["task", "asked_by", "system:x"], ["task", "input", "{}"], ["revision", "answers", "{}"]] as const) {
    await assert.rejects(attempt(`update ${table} set ${column} = $1`, value), /permission denied/, `${table}.${column}`);
  }
});

test("nobody acts in another's name: no fact, no revision, and no task, which would run with the other's rights", async () => {
  const lead = w.actors.countyLead.account;
  for (const name of [lead, "system:reactions"]) {
    await assert.rejects(attempt("insert into event (kind, area, county, actor, data) values ('record.accepted', $1, $2, $3, '{}')", areas.A1, county, name), refused);
    await assert.rejects(attempt("insert into task (id, kind, area, county, asked_by, input) values ($1, 'match', $2, $3, $4, '{}')", newId(), areas.A1, county, name), refused);
    await assert.rejects(attempt("insert into revision (county, record_id, no, based_on, area, kind, answers, author) values ($1, $2, 99, 1, $3, 'capture', '{}', $4)", county, ours.id, areas.A1, name), refused);
  }
});

test("functions that look past the wall refuse whoever has no business with them", async () => {
  const subject = (await known("select subject_id as id from record where id = $1", theirs.id))[0]?.["id"];
  const calls: Readonly<Record<string, readonly [string, ...unknown[]]>> = {
    events_between: ["select * from security.events_between('0', 0, pg_current_xact_id(), 999999, array['record.submitted'], 100)"],
    unfinished_tasks: ["select * from security.unfinished_tasks()"],
    forget_answers: ["select security.forget_answers(now() - interval '30 days')"],
    claim_identities: ["select security.claim_identities('veterans', 350525, array['\\x00'::bytea], array[$1::uuid])", newId()],
    contest_numbers: ["select security.contest_numbers('veterans', 350525, array['\\x00'::bytea], array[$1::uuid])", newId()],
    contest_people: ["select * from security.contest_people(350525, 'low-income', array['00'])"],
    uncontest_people: ["select security.uncontest_people(350525, 'low-income', array['00'])"],
    release_identity: ["select security.release_identity('veterans', $1, $2)", county, subject],
    claim_marks: ["select security.claim_marks('veterans', $1, $2, array['x'], array['\\x00'::bytea])", county, subject],
    held_elsewhere: ["select * from security.held_elsewhere('veterans', $1)", county],
    password_of: ["select security.password_of('collectora')"],
    set_password: ["select security.set_password($1, 'x', now())", w.actors.countyLead.account],
    open_activation: ["select security.open_activation($1, '\\x01', now())", w.actors.countyLead.account],
    forgive: ["select security.forgive('account:x')"],
    forget_sign_ins: ["select security.forget_sign_ins(now())"],
    end_sessions: ["select security.end_sessions($1)", w.actors.countyLead.account],
    // People's keys are handled by their duty; a person is erased where they are.
    keys_to_rewrap: ["select * from security.keys_to_rewrap(2::smallint, 0, $1, 10)", newId()],
    rewrap_keys: ["select security.rewrap_keys(array[350524], array[$1::uuid], array[1::smallint], array['\\x00'::bytea], array['\\x00'::bytea])", subject],
    count_keys: ["select * from security.count_keys()"],
    people_to_reseal: ["select * from security.people_to_reseal(0, $1, 10, 1::smallint)", newId()],
    reseal_revisions: ["select security.reseal_revisions($1, array[$2::uuid], array[1], array['\\x00'::bytea], array['\\x00'::bytea])", county, theirs.id],
    reseal_kept: ["select security.reseal_kept($1, array[$2::uuid], array['\\x00'::bytea], array['\\x00'::bytea])", county, newId()],
    reseal_media: ["select security.reseal_media($1, array[$2::uuid], array['\\x00'::bytea], array['\\x00'::bytea])", county, newId()],
    drop_former_key: ["select security.drop_former_key($1, $2, 1::smallint, now())", county, subject],
    erase_person: ["select * from security.erase_person($1, $2, array[]::uuid[], array[]::bytea[], array[]::text[], array[]::text[])", county, subject],
    // The chain of the audit belongs to its duty, its rows to the audit administrator; each is tried one by one in src/platform/audit-chain.test.ts.
    audit_unchained: ["select * from security.audit_unchained(10)"],
    audit_end: ["select * from security.audit_end()"],
    chain_audit: ["select security.chain_audit(1, array[1::bigint], array['\\x00'::bytea], 'sm3')"],
    audit_chained: ["select * from security.audit_chained(0, 10)"],
    audit_checkpoints: ["select * from security.audit_checkpoints(0, 10)"],
    last_audit_checkpoint: ["select * from security.last_audit_checkpoint()"],
    sign_audit: ["select security.sign_audit(1, 1, '\\x00', 1, 'sm3', now(), 'x', 'x', '\\x00')"],
    audit_stubs: ["select * from security.audit_stubs()"],
    audit_past_retention: ["select * from security.audit_past_retention()"],
    retire_audit: ["select security.retire_audit(1, '\\x00', 1, now(), 'x', 'x', '\\x00')"],
    keep_audit: ["select security.keep_audit(30)"],
    audit_slipped_in: ["select * from security.audit_slipped_in()"],
    find_audit: ["select * from security.find_audit(now(), now(), null, null, null, null, null, null, 10)"],
    audit_state: ["select * from security.audit_state()"],
    fold_case_counts: ["select security.fold_case_counts()"],
    fold_warning_counts: ["select security.fold_warning_counts()"],
    emergency_readings: ["select * from security.emergency_readings($1)", newId()],
    fold_counts: ["select security.fold_counts()"],
    take_counts: ["select security.take_counts()"],
    // Whom an incident touches is told to who asked for it.
    read_in_incident: ["select * from security.read_in_incident($1, now(), now(), null)", newId()],
    open_work: ["select * from security.open_work($1, 0, 999999999999, 4::smallint)", w.actors.collectorA.account],
    wipe_declarations: ["select * from security.wipe_declarations('low-income', '2999-01-01', 10)"],
    take_replica: ["select security.take_replica('{}', '{}', '[]', '[]', '{}')"],
  };
  const all = await known("select p.proname::text as name from pg_proc p where p.pronamespace = 'security'::regnamespace and p.prosecdef and p.prorettype <> 'trigger'::regtype and has_function_privilege('qingce_app', p.oid, 'execute') order by 1");
  const names = all.map((row) => String(row["name"]));
  for (const name of names) if (calls[name]) await assert.rejects(as(attacker(), [calls[name]]), refused, name);
  // These tell nothing of people, act under the caller's own name, or move only what was offered to the caller (tested above; of emergency accesses in src/modules/lookups).
  const harmless = ["administrator_roles", "notice_was", "ask_emergency", "asks_handover", "audit_waiting", "campaign_ids", "confirms_handover", "is_administrator", "may_empower", "schemes", "settle_administrator", "settle_contest", "settle_emergency", "reads_audit", "context", "decide_emergency", "end_emergency", "event_horizon", "events_waiting", "holds", "hour_of_grants", "is_superior", "mark_kin", "may_open_accounts", "note_sign_in", "refresh_statistics", "settle_case_reroute", "settle_handover", "statistics_released", "take_reveal", "write_audit", "holds_own_number", "is_assessed", "is_frozen", "notice_at", "ask_decoy", "find_decoys", "list_decoys", "open_decoy", "passes_for_record", "plant_decoy",
    // Cutoffs and weights that hold for the caller, put in force above (src/modules/insight/indices.test.ts).
    "parameter_sets_above",
    // Takes the person out of the signed scope and from nowhere else (src/modules/citizen/self-scope.test.ts).
    "held_about_me", "aid_i_declared"];
  assert.deepEqual(names.filter((name) => !(name in calls) && !harmless.includes(name)), [], "a function nobody tried");
});

test("without a signed scope, or with a national scope in an account's name, they refuse as well", async () => {
  const journal = "select * from security.events_between('0', 0, pg_current_xact_id(), 999999, array['record.submitted'], 100)";
  const client = new pg.Client(t.app);
  await client.connect();
  await assert.rejects(client.query(journal), refused);
  await assert.rejects(client.query("select security.claim_identities('veterans', 350524, array['\\x00'::bytea], array[gen_random_uuid()])"), refused);
  await client.end();
  await assert.rejects(as({ ...w.actors.countyLead, lo: 0, hi: 999_999_999_999 }, [[journal]]), refused);
  assert.ok((await as(systemActor("reactions"), [[journal]])).length > 0);
});

test("an answer to a claim is the same for a number that is held out of sight and for one that nobody holds", async () => {
  const digest = (await known("select id_digest as d from identity_claim c join record r on r.subject_id = c.subject_id where r.id = $1", theirs.id))[0]?.["d"];
  const mine = newId();
  const claim = (number: unknown) => attempt("select * from security.claim_identities('veterans', $1, array[$2::bytea], array[$3::uuid]) as held", county, number, mine);
  assert.deepEqual(await claim(digest), await claim(Buffer.alloc(32, 7)));
  const holds = (id: string) => attempt("select security.holds_own_number('veterans', r.county, r.subject_id) as holds from (select $1::integer as county, $2::uuid as subject_id) r", county, id);
  const [about] = await known("select subject_id as id from record where id = $1", theirs.id);
  assert.deepEqual(await holds(String(about?.["id"])), [{ holds: false }], "whether somebody out of sight holds a number is not told");
  await assert.rejects(as(w.actors.countyLead, [["insert into contested_number (county, id, side, area, scheme, subject_id, other_county) values (350524, gen_random_uuid(), 'holds', 350524000000, 'veterans', gen_random_uuid(), 350525)"]]), /permission denied/);
  assert.deepEqual(await attempt("select * from contested_number"), [], "what waits between offices is the county's to see");
});

test("no password is read, no account or office opened, no session of another's taken or made", async () => {
  const { account } = attacker();
  const admin = (await known("select id from account where login = 'countylead'"))[0]?.["id"];
  await assert.rejects(attempt("select password_hash from account"), /permission denied/);
  await assert.rejects(attempt("select * from account"), /permission denied/);
  await assert.rejects(attempt("update account set roles = array['system-administrator']"), /permission denied/);
  await assert.rejects(attempt("insert into office (id, area, department, name) values ($1, 0, 'x', 'x')", newId()), refused);
  await assert.rejects(attempt("insert into account (id, login, name, office_id, password_hash, roles, ends_on) select gen_random_uuid(), 'evil', 'x', office_id, 'x', array['system-administrator'], '2099-12-31' from account limit 1"), refused);
  assert.equal((await as(attacker(), [["update account set disabled_at = now() returning id"]])).length, 0);
  await owner.query("insert into session (token_digest, account_id, expires_at) values ('\\x01', $1, now() + interval '1 hour')", [admin]);
  assert.equal((await attempt("select * from session")).length, 0);
  assert.equal((await attempt("delete from session returning token_digest")).length, 0);
  await assert.rejects(attempt("insert into session (token_digest, account_id, expires_at) values ('\\x02', $1, now() + interval '1 hour')", admin), refused);
  await assert.rejects(attempt("update session set account_id = $1", admin), /permission denied/);
  await attempt("insert into session (token_digest, account_id, expires_at) values ('\\x03', $1, now() + interval '1 hour')", account);
});

test("a stored answer is another account's secret", async () => {
  await as(w.actors.countyLead, [["insert into idempotency (account, key, route, request_digest, status) values ($1, 'key-of-the-lead', 'x', 'x', 200)", w.actors.countyLead.account]]);
  assert.equal((await attempt("select * from idempotency")).length, 0);
  await assert.rejects(attempt("insert into idempotency (account, key, route, request_digest, status) values ($1, 'another-key', 'x', 'x', 200)", w.actors.countyLead.account), refused);
  await assert.rejects(attempt("delete from idempotency"), /permission denied/);
});

test("no scheme is published without a second person's approval, and no draft loses its hands", async () => {
  await assert.rejects(attempt("insert into scheme_version (scheme, version, hash, definition) values ('veterans', '9', repeat('0', 64), '{}')"), refused);
  const draft = newId();
  await attempt("insert into scheme_draft (id, scheme, base_version, version, definition, hash, author, hands) select $1, scheme, version, '9', '{}', repeat('0', 64), $2, array[$2] from scheme_version limit 1", draft, attacker().account);
  await assert.rejects(attempt("update scheme_draft set hands = '{}' where id = $1", draft), refused);
  await assert.rejects(attempt("update scheme_draft set state = 'approved', submitted_by = $2, approved_by = $3 where id = $1", draft, attacker().account, w.actors.countyLead.account), refused);
  await assert.rejects(attempt("insert into scheme_version (scheme, version, hash, definition) values ('veterans', '9', repeat('0', 64), '{}')"), refused);
});

test("the text of a running statement shows no signed scope to another session of the role", async () => {
  const held = Promise.withResolvers<void>();
  const begun = Promise.withResolvers<void>();
  const duty = t.database.read(systemActor("reactions"), async () => {
    begun.resolve();
    await held.promise;
  });
  await begun.promise;
  const texts = (await attempt("select query from pg_stat_activity where usename = 'qingce_app'")).map((row) => String(row["query"]));
  held.resolve();
  await duty;
  assert.ok(texts.some((text) => text.includes("set_config('app.context'")), "the other session is seen");
  assert.deepEqual(texts.filter((text) => /\|\d+\|\d+\|\d+\|[0-9a-f]{64}/.test(text)), []);
});

test("the planner's statistics tell nothing of protected columns", async () => {
  await owner.query("analyze");
  const told = await attempt("select tablename, attname from pg_stats where schemaname = 'public' and (tablename in ('subject', 'record', 'revision', 'finding', 'event', 'idempotency', 'session', 'identity_claim', 'mark_claim', 'audit_entry') or attname = 'password_hash')");
  assert.deepEqual(told, []);
  assert.ok((await known("select from pg_stats where tablename = 'subject'")).length > 0);
});

test("the role has no place to put things and no way out of the database", async () => {
  for (const statement of [
    "create temp table record (id int)",
    "create table loose (id int)",
    "create function security.loose() returns int language sql as 'select 1'",
    "create schema loose",
    "copy record to '/tmp/qingce-attack'",
    "copy (select 1) to program 'true'",
    "select pg_read_file('PG_VERSION')",
    "select lo_import('/etc/passwd')",
    "set role postgres",
    "alter role qingce_app superuser",
    "alter table record disable row level security",
    "drop policy scope on record",
    "truncate record",
    "select * from security.context_key",
    "select security.protect('record')",
    "lock table record in access exclusive mode nowait",
  ]) {
    await assert.rejects(attempt(statement), /permission denied|must be owner|does not exist|Only roles/, statement);
  }
  await assert.rejects(as(attacker(), [["set local row_security = off"], ["select * from record"]]), /would be affected by row-level security/);
  assert.deepEqual(await known("select c.relname from (select oid, relname from pg_class where relkind = 'S' and relnamespace = 'public'::regnamespace offset 0) c where has_sequence_privilege('qingce_app', c.oid, 'usage, select, update')"), []);
});

test("a scope that is altered while a statement or a cursor runs shows nothing more than the signed one", async () => {
  const signed = signScope(t.keys, { ...attacker(), schemes: ["low-income"] });
  const parts = signed.split("|");
  const altered = (at: number, value: string): string => parts.with(at, value).join("|");
  const client = new pg.Client(t.app);
  await client.connect();
  // First a row elsewhere, for which the bounds are read; then, with the setting altered, one of which only the schemes say no, or the bounds.
  const walk = (then: string): string => `select r.id from (values (1, '${theirs.id}'::uuid), (2, '${ours.id}'), (3, '${theirs.id}')) v (n, id)
    cross join lateral (select v.id, ${then} offset 0) x join lateral (select id from record r where r.county = ${county} and r.id = x.id offset 0) r on true`;
  const begin = async (): Promise<void> => {
    await client.query("begin");
    await client.query("set local enable_seqscan = off; set local enable_material = off; set local enable_memoize = off");
    await client.query("select set_config('app.context', $1, true)", [signed]);
  };
  for (const forged of [altered(4, "*"), altered(4, "veterans"), altered(1, "0"), altered(2, "999999999999")]) {
    await begin();
    assert.deepEqual((await client.query(walk("set_config('app.context', case when v.n = 1 then $1 else $2 end, true)"), [signed, forged])).rows, [], forged);
    await client.query("rollback");
    await begin();
    await client.query(`declare c cursor for select v.n, r.id from (values (1, '${theirs.id}'::uuid), (2, null), (3, '${ours.id}'), (4, '${theirs.id}')) v (n, id) left join lateral (select id from record r where r.county = ${county} and r.id = v.id offset 0) r on true`);
    assert.deepEqual((await client.query("fetch 1 from c")).rows, [{ n: 1, id: null }]);
    await client.query(`set local app.context = '${forged}'`);
    assert.deepEqual((await client.query<{ id: string | null }>("fetch all from c")).rows.filter((row) => row.id !== null), [], forged);
    await client.query("rollback");
  }
  // Nor does it outlive a savepoint, its transaction, or a reset.
  const count = async (): Promise<unknown> => (await client.query("select count(*)::int as n from record")).rows[0]?.["n"];
  await client.query("begin");
  await client.query("savepoint before");
  await client.query("select set_config('app.context', $1, true)", [signScope(t.keys, attacker())]);
  assert.equal(await count(), 1);
  await client.query("rollback to before");
  assert.equal(await count(), 0);
  await client.query("select set_config('app.context', $1, true)", [signScope(t.keys, attacker())]);
  await client.query("commit");
  assert.equal(await count(), 0);
  await client.query("select set_config('app.context', $1, false)", [signScope(t.keys, attacker())]);
  assert.equal(await count(), 1);
  await client.query("reset app.context");
  assert.equal(await count(), 0);
  await client.end();
});

test("what is remembered of a checked scope is the whole of it, is forgotten with its transaction, and is not written by who it binds", async () => {
  const remembered = "select current_setting('backtrace_functions') as mark, security.account() as who";
  const marked = (token: string): string => Buffer.from(token).toString("hex");
  const signed = signScope(t.keys, attacker());
  const forged = [signed.replace(`|${attacker().lo}|`, "|0|"), signed.replace(attacker().account, "system:linkage"), `${signed.slice(0, -64)}${"0".repeat(64)}`];
  const client = new pg.Client(t.app);
  await client.connect();
  await client.query("begin");
  await client.query("select set_config('app.context', $1, true)", [signed]);
  await client.query("select count(*) from record");
  assert.deepEqual((await client.query(remembered)).rows, [{ mark: marked(signed), who: attacker().account }]);
  for (const token of forged) {
    for (const by of [`select set_config('backtrace_functions', '${marked(token)}', true)`, `select set_config('backtrace_functions', '${marked(token)}', false)`, `set local backtrace_functions = '${marked(token)}'`, `alter role qingce_app set backtrace_functions = '${marked(token)}'`, `update pg_settings set setting = '${marked(token)}' where name = 'backtrace_functions'`]) {
      await client.query("savepoint before");
      await assert.rejects(client.query(by), /permission denied/, by);
      await client.query("rollback to before");
    }
    // With the true one remembered, with none, and with another true one.
    for (const first of [signed, "", signScope(t.keys, w.actors.collectorB)]) {
      await client.query("select set_config('app.context', $1, true)", [first]);
      await client.query("select security.account()");
      await client.query("select set_config('app.context', $1, true)", [token]);
      assert.deepEqual((await client.query("select security.account() as who, (select count(*)::int from record) as n")).rows, [{ who: null, n: 0 }]);
    }
  }
  await client.query("commit");
  assert.deepEqual((await client.query(remembered)).rows, [{ mark: "", who: null }]);
  await client.end();
  const optioned = new pg.Client({ ...t.app, options: `-c backtrace_functions=${marked(forged[0]!)}` });
  await assert.rejects(optioned.connect(), /permission denied/);
});

test("the key that signs scopes shows in no plan and in no message", async () => {
  const client = new pg.Client(t.app);
  await client.connect();
  const told: string[] = [];
  client.on("notice", (notice) => told.push(`${notice.message} ${notice.detail ?? ""}`));
  await client.query("set client_min_messages = debug5; set debug_print_parse = on; set debug_print_rewritten = on; set debug_print_plan = on");
  await client.query("select set_config('app.context', $1, false)", [signScope(t.keys, attacker())]);
  for (let round = 0; round < 8; round += 1) await client.query("select security.scope_lo(), security.schemes(), (select count(*) from record)");
  await client.end();
  const key = t.keys.context;
  // Plans print bytes as signed decimal numbers.
  const printed = [key.toString("hex"), [...key.subarray(0, 8)].map((byte) => (byte > 127 ? byte - 256 : byte)).join(" ")];
  assert.ok(told.some((text) => text.includes("PLANNEDSTMT")), "plans are told");
  assert.deepEqual(told.filter((text) => printed.some((form) => text.includes(form))), []);
});

test("what the queue carries is the number of a task and nothing else", async () => {
  const id = await w.platform.database.write(w.actors.collectorA, (tx) => w.platform.queue.ask(tx, "match", { county, area: areas.A1 }, { name: "虚构人" }));
  const jobs = await known("select data from queue.job where name = 'task'");
  assert.ok(jobs.some((job) => (job["data"] as { id: string }).id === id));
  for (const { data } of jobs) assert.deepEqual(Object.keys(data as object), ["id"]);
});

test("on one connection that serves two townships in turn neither sees the other's, nor does who comes without a scope", async () => {
  const one = openDatabase(t.app, t.keys, 1);
  const count = (actor: Actor): Promise<number> => one.read(actor, async (tx) => Number((await tx.selectFrom("record").select((e) => e.fn.countAll().as("n")).executeTakeFirstOrThrow()).n));
  for (let round = 0; round < 200; round += 1) assert.deepEqual([await count(w.actors.collectorA), await count(w.actors.collectorB), await count(w.actors.countyLead)], [1, 1, 2]);
  for (const table of ["record", "subject", "revision", "event"]) assert.equal((await one.pool.query(`select from ${table}`)).rowCount, 0, table);
  await one.close();
});

test("no number or telephone of a person stands in plain anywhere in the database", async () => {
  const columns = await known(`select n.nspname as schema, c.relname as table, a.attname as column from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
    where n.nspname in ('public', 'queue', 'security') and c.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped and format_type(a.atttypid, null) in ('text', 'text[]', 'json', 'jsonb')
      and not (n.nspname = 'queue' and c.relkind = 'p')`);
  const found: string[] = [];
  for (const { schema, table, column } of columns) {
    const place = `${String(table)}.${String(column)}`;
    const hits = await known(`select 1 from ${String(schema)}.${String(table)} where ${String(column)}::text ~ '(999999(19|20)[0-9]{9}[0-9X])|13800000000' limit 1`);
    if (hits.length > 0) found.push(place);
  }
  assert.ok(columns.length > 100);
  assert.deepEqual(found, []);
  assert.equal((await known("select from record where area = $1", countyArea)).length, 0);
});
