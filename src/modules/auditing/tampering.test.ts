// What somebody with all rights in the database could do to the audit, and that the verifier finds each and names the row.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";
import pg from "pg";
import { testDatabase, type TestDatabase } from "../../../test/database.ts";
import { audit } from "../../platform/audit.ts";
import { type ChainOptions, settleAudit } from "../../platform/audit-chain.ts";
import { chainDigest, chainStart } from "../../platform/audit-digest.ts";
import { retireAudit } from "../../platform/audit-retention.ts";
import { systemActor } from "../../platform/database.ts";
import { keysFrom } from "../../platform/keys.ts";
import { type DatabaseVerdict, lineOf, verifyDatabase, type VerifyOptions } from "./verify-database.ts";
import { type ChainLine, ChainWalk } from "./verify-lines.ts";

let t: TestDatabase;
let owner: pg.Client;
let options: ChainOptions;
let folder: string;
const rowsInAll = 57;
const clerk = systemActor("clerk", 350524000000, 350524999999);

before(async () => {
  t = await testDatabase();
  owner = new pg.Client(t.owner);
  await owner.connect();
  folder = path.join(t.folder, "outside");
  options = { folders: [folder], algorithm: "sha-256", now: () => new Date("2026-01-01T00:00:00Z"), everyRows: 10, everyMs: Infinity };
  for (let n = 1; n <= rowsInAll; n += 1) {
    await t.database.write(clerk, (tx) => audit(tx, { action: "record.open", county: 350524, purpose: n % 3 === 0 ? "verify\tidentity\n" : "view", detail: { no: n, said: "反斜杠 \\ 与制表\t" } }));
    // Transactions of other databases on the same server hold the sequencer back: it is waited for, and no checkpoint is made before the ten are whole.
    if (n % 10 === 0) await settleAudit(t.database, options);
  }
  await settleAudit(t.database, options);
});
after(async () => {
  await owner.end();
  await t.close();
});

const verdictOf = async (more: Partial<VerifyOptions> = {}): Promise<DatabaseVerdict> => verifyDatabase(owner, { folders: [folder], through: "tables", ...more });
/** Runs a tampering as a superuser with triggers and keys out of the way, looks, and takes it back. */
async function tamperedWith(statements: readonly string[], more: Partial<VerifyOptions> = {}): Promise<DatabaseVerdict> {
  await owner.query("begin");
  try {
    for (const text of statements) await owner.query(text);
    return await verdictOf(more);
  } finally {
    await owner.query("rollback");
  }
}
const entryAt = "(select entry_id from audit_chain where seq = 33)";

/** The chain computed anew from a row on, as its writer would. */
async function recompute(from: number): Promise<string[]> {
  const { rows } = await owner.query<{ seq: string; algorithm: string; digest: Buffer; line: string }>(
    `select c.seq, c.algorithm, c.digest, concat_ws(E'\\t', e.id, (extract(epoch from e.at) * 1000000)::bigint, e.txid, e.account, coalesce(e.office, '\\N'), e.action, replace(replace(e.purpose, E'\\t', '\\t'), E'\\n', '\\n'), e.county, e.area, coalesce(e.record_id::text, '\\N'), e.people, replace(e.detail::text, '\\', '\\\\')) as line
     from audit_chain c join audit_entry e on e.id = c.entry_id order by c.seq`);
  let digest: Buffer = chainStart;
  return rows.flatMap((row) => {
    digest = Number(row.seq) < from ? row.digest : chainDigest("sha-256", digest, Number(row.seq), row.line);
    return Number(row.seq) < from ? [] : [`update audit_chain set digest = '\\x${digest.toString("hex")}' where seq = ${row.seq}`];
  });
}

test("a clean chain is clean, with and without what stands outside, through the tables and through the service's functions", async () => {
  const verdict = await tamperedWith([]);
  assert.deepEqual([verdict.clean, verdict.rows, verdict.toSeq, verdict.without, verdict.ownKeyOnly], [true, rowsInAll, rowsInAll, [], false]);
  assert.ok(verdict.checkpoints >= 6 && verdict.outside === verdict.checkpoints);
  const alone = await tamperedWith([], { folders: [path.join(t.folder, "nowhere")] });
  assert.deepEqual([alone.clean, alone.without.length, alone.ownKeyOnly], [true, 1, true]);
  const within = await t.database.copy(systemActor("audit"), (client) => verifyDatabase(client, { folders: [folder], through: "functions" }));
  assert.deepEqual([within.clean, within.rows, within.digest], [true, rowsInAll, verdict.digest]);
});

test("a change of any column of a row is found, and the row is named", async () => {
  for (const change of ["at = at + interval '1 microsecond'", "account = 'system:other'", "office = 'x'", "action = 'record.view'", "purpose = null", "county = 350525", "area = area + 1", "record_id = gen_random_uuid()", "people = 2", "detail = detail || '{\"no\": 0}'", "detail = null", "txid = '999999999'"]) {
    const { fault } = await tamperedWith([`update audit_entry set ${change} where id = ${entryAt}`]);
    assert.deepEqual([fault?.kind, fault?.row], ["row-changed", 33], change);
  }
});

test("a deleted row, a gap, swapped rows, a doubled row and an altered digest are found where they are", async () => {
  const cases: readonly (readonly [kind: string, row: number, ...statements: string[]])[] = [
    ["row-deleted", 33, `delete from audit_entry where id = ${entryAt}`],
    ["chain-gap", 33, "delete from audit_chain where seq = 33"],
    ["chain-gap", 1, "delete from audit_chain where seq <= 5"],
    ["row-changed", 20, "alter table audit_chain drop constraint audit_chain_holds_each_entry_once", "update audit_chain c set entry_id = o.entry_id from audit_chain o where (c.seq, o.seq) in ((20, 40), (40, 20))"],
    ["row-changed", 21, "alter table audit_chain drop constraint audit_chain_holds_each_entry_once", "update audit_chain set entry_id = (select entry_id from audit_chain where seq = 20) where seq = 21"],
    ["row-changed", 33, "update audit_chain set digest = decode(repeat('ab', 32), 'hex') where seq = 33"],
    ["row-changed", 33, "update audit_chain set algorithm = 'sm3' where seq = 33"],
  ];
  for (const [kind, row, ...statements] of cases) {
    const { fault } = await tamperedWith(statements);
    assert.deepEqual([fault?.kind, fault?.row], [kind, row], statements.join("; "));
  }
});

test("a row put in afterwards is found: beside the chain, and in its midst", async () => {
  const copy = `insert into audit_entry (id, at, account, action, county, txid) overriding system value select -id, at, account, 'record.hidden', county, txid from audit_entry where id = ${entryAt}`;
  const beside = await tamperedWith([copy]);
  assert.deepEqual([beside.fault?.kind, beside.fault?.row], ["row-inserted", 1]);
  const midst = await tamperedWith([copy, "alter table audit_chain drop constraint audit_chain_seq_check", "update audit_chain set seq = -seq where seq > 33", "update audit_chain set seq = -seq + 1 where seq < 0", `insert into audit_chain (seq, entry_id, algorithm, digest) select 34, -entry_id, algorithm, digest from audit_chain where seq = 33`]);
  assert.deepEqual([midst.fault?.kind, midst.fault?.row], ["row-changed", 34]);
});

test("a chain computed anew with right digests is found by the checkpoints, inside and outside", async () => {
  const change = `update audit_entry set action = 'record.view' where id = ${entryAt}`;
  await owner.query("begin");
  await owner.query(change);
  const anew = await recompute(33);
  await owner.query("rollback");
  const inside = await tamperedWith([change, ...anew]);
  assert.deepEqual([inside.fault?.kind, inside.fault?.row], ["chain-changed", 31], inside.fault?.message.en);
  // Checkpoints inside made to fit as well, without and with a key of one's own: what stands outside does not go along.
  const fit = "update audit_checkpoint p set digest = c.digest from audit_chain c where c.seq = p.seq";
  const outside = await tamperedWith([change, ...anew, fit]);
  assert.deepEqual([outside.fault?.kind, outside.fault?.row], ["chain-changed", 31]);
  const unsigned = await tamperedWith([change, ...anew, fit], { folders: [] });
  assert.deepEqual([unsigned.fault?.kind, unsigned.fault?.row], ["checkpoint-signature", 31]);
  const gone = await tamperedWith([change, ...anew, "delete from audit_checkpoint"]);
  assert.deepEqual([gone.fault?.kind, gone.fault?.row], ["chain-changed", 31]);
});

test("a tail that was cut is found by the checkpoints, also when those of the database are cut with it", async () => {
  const cut = ["delete from audit_entry where id in (select entry_id from audit_chain where seq > 45)", "delete from audit_chain where seq > 45"];
  for (const more of [[], ["delete from audit_checkpoint where seq > 45"]]) {
    const { fault } = await tamperedWith([...cut, ...more]);
    assert.deepEqual([fault?.kind, fault?.row], ["tail-cut", 46]);
  }
});

test("checkpoints that were altered, left out or made by another key are found", async () => {
  assert.equal((await tamperedWith(["update audit_checkpoint set at = at + interval '1 day' where no = 3"], { folders: [] })).fault?.kind, "checkpoint-signature");
  assert.deepEqual((({ kind, row }) => [kind, row])((await tamperedWith(["delete from audit_checkpoint where no = 3"], { folders: [] })).fault!), ["checkpoint-missing", 21]);
  const other = keysFrom(Buffer.alloc(32, 9)).signing();
  assert.equal((await tamperedWith([], { key: { id: other.keyId, pem: other.publicKey } })).fault?.kind, "checkpoint-signature");
  const altered = path.join(t.folder, "altered");
  fs.cpSync(folder, altered, { recursive: true });
  const file = path.join(altered, "checkpoints.jsonl");
  fs.writeFileSync(file, fs.readFileSync(file, "utf8").split("\n").filter((_, n) => n !== 2).join("\n"));
  assert.equal((await tamperedWith([], { folders: [altered] })).fault?.kind, "checkpoint-missing");
});

test("the walk goes wrong with no forged proof: rows beyond the number, other algorithms, lines of another shape", () => {
  const anchors = { stubs: [], inside: [], outside: [], keys: new Map<string, string>() };
  const line = "1\t0\t1\tx\t\\N\tx\t\\N\t\\N\t\\N\t\\N\t1\t\\N";
  const row: ChainLine = { seq: 1, algorithm: "sha-256", digest: chainDigest("sha-256", chainStart, 1, line).toString("hex"), entryId: "1", line };
  const told = (...rows: ChainLine[]): string | undefined => {
    const walk = new ChainWalk(anchors);
    for (const one of rows) walk.take(one);
    return walk.end().fault?.kind;
  };
  assert.equal(told(row), undefined);
  assert.equal(told({ ...row, digest: "" }), "row-changed");
  assert.equal(told({ ...row, algorithm: "md5" }), "unknown-algorithm");
  assert.equal(told({ ...row, seq: 2 }), "chain-gap");
  assert.equal(told(row, row), "chain-gap");
  assert.equal(told({ ...row, line: line.replace("\t1\t\\N", "\t1\t") }), "row-changed");
  assert.equal(lineOf("7\tsm3\tab\t9\t\\N\t\\N").line, undefined);
});

test("what was deleted after its years leaves a stub from which the rest verifies; a stub without a right signature is found", async () => {
  await owner.query("update audit_checkpoint set at = at - interval '4 years' where no <= 2");
  await owner.query("alter table audit_entry disable trigger all");
  await owner.query("create temporary table kept_at as select id, at from audit_entry");
  // Only the database's clock decides about years: these rows were written four years ago.
  const old = "update audit_entry set at = at - interval '4 years' where id in (select entry_id from audit_chain where seq <= 20)";
  await owner.query(old);
  const removed = await retireAudit(t.database, options);
  assert.equal(removed, 20);
  await owner.query("update audit_checkpoint set at = at + interval '4 years' where no <= 2");
  await settleAudit(t.database, options);
  const verdict = await tamperedWith([]);
  assert.deepEqual([verdict.clean, verdict.fromSeq, verdict.rows], [true, 21, rowsInAll - 20 + 1], verdict.fault?.message.en);
  assert.deepEqual((({ kind, row }) => [kind, row])((await tamperedWith([`update audit_entry set people = 9 where id = ${entryAt}`])).fault!), ["row-changed", 33]);
  assert.equal((await tamperedWith(["update audit_stub set removed = 19"])).fault?.kind, "stub-wrong");
  assert.equal((await tamperedWith(["delete from audit_stub"])).fault?.kind, "chain-gap");
});
