// The program `audit verify` as an auditor runs it: beside the database at work, with the database stopped, and on a file without any.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import pg from "pg";
import { audit } from "../platform/audit.ts";
import { settleAudit } from "../platform/audit-chain.ts";
import { projectRoot } from "../platform/config.ts";
import { openDatabase, systemActor } from "../platform/database.ts";
import { type PostgresServer, startPostgres } from "../platform/embedded-postgres.ts";
import { openKeys } from "../platform/keys.ts";
import { migrate } from "../platform/migrate.ts";

let data: string;
let server: PostgresServer;
let owner: pg.Client;
const ownerOf = (): pg.ClientConfig => ({ host: server.socketDir, port: server.port, user: server.superuser, password: server.password, database: "qingce" });
type Ran = { readonly code: number | null; readonly out: string };
const run = (...words: string[]): Ran => {
  const done = spawnSync(process.execPath, [path.join(projectRoot, "src/cli/main.ts"), "audit", ...words], { encoding: "utf8", env: { PATH: process.env["PATH"] } });
  return { code: done.status, out: done.stdout + done.stderr };
};

before(async () => {
  data = fs.mkdtempSync(path.join(os.tmpdir(), "qingce-audit-"));
  fs.chmodSync(data, 0o711);
  server = await startPostgres(data);
  const first = new pg.Client({ ...ownerOf(), database: "postgres" });
  await first.connect();
  await first.query("create database qingce");
  await first.end();
  const keys = openKeys(data);
  await migrate({ owner: ownerOf(), appPassword: "test-only", keys });
  const database = openDatabase({ ...ownerOf(), user: "qingce_app", password: "test-only" }, keys, 2);
  const options = { folders: [path.join(data, "audit/checkpoints")], algorithm: "sha-256", now: () => new Date("2026-01-01T00:00:00Z"), everyRows: 10, everyMs: Infinity } as const;
  for (let n = 1; n <= 40; n += 1) {
    await database.write(systemActor("clerk", 350524000000, 350524999999), (tx) => audit(tx, { action: "record.open", county: 350524, detail: { no: n } }));
    if (n % 10 === 0) await settleAudit(database, options);
  }
  await settleAudit(database, options);
  await database.close();
  owner = new pg.Client(ownerOf());
  await owner.connect();
});
after(async () => {
  await owner.end().catch(() => undefined);
  await server.stop();
  fs.rmSync(data, { recursive: true, force: true });
});

test("a clean log ends with 0 and says how many rows a second were read, beside a database at work", () => {
  const { code, out } = run("verify", "--data", data);
  assert.equal(code, 0, out);
  assert.match(out, /40 rows, [\d,]+ rows\/s; 4 \+ 4 checkpoints/);
  const told = JSON.parse(run("verify", "--data", data, "--json").out) as { clean: boolean; rows: number; outside: number };
  assert.deepEqual([told.clean, told.rows, told.outside], [true, 40, 4]);
});

test("a file of a stretch is verified without the database, and every change in it is found", () => {
  const file = path.join(data, "stretch.txt");
  assert.equal(run("export", "--data", data, "--out", file, "--from", "11", "--to", "30").code, 0);
  const key = path.join(data, "audit/checkpoints", fs.readdirSync(path.join(data, "audit/checkpoints")).find((name) => name.startsWith("key-"))!);
  const clean = run("verify", "--file", file, "--key", key, "--checkpoints", path.join(data, "audit/checkpoints"));
  assert.equal(clean.code, 0, clean.out);
  const text = fs.readFileSync(file, "utf8");
  for (const [what, altered, row] of [["a value", text.replace('{"no": 17}', '{"no": 71}'), 17], ["a missing row", text.split("\n").toSpliced(7, 1).join("\n"), 17], ["a row less at the end", text.split("\n").toSpliced(20, 1).join("\n"), 30]] as const) {
    fs.writeFileSync(file, altered);
    const { code, out } = run("verify", "--file", file, "--key", key, "--checkpoints", path.join(data, "audit/checkpoints"));
    assert.equal(code, 1, what);
    assert.match(out, new RegExp(`row ${row}\\b`), `${what}: ${out}`);
  }
});

test("a tampered row ends with 1 and its number; the same with the database stopped", async () => {
  await owner.query("update audit_entry set account = 'system:nobody' where id = (select entry_id from audit_chain where seq = 23)");
  const beside = run("verify", "--data", data);
  assert.equal(beside.code, 1);
  assert.match(beside.out, /第23行.*\n.*row 23 .*changed/);
  await owner.end();
  await server.stop();
  const stopped = run("verify", "--data", data);
  assert.equal(stopped.code, 1);
  assert.match(stopped.out, /row 23 /);
  assert.ok(!fs.existsSync(path.join(data, "postgres/postmaster.pid")), "nothing stays behind");
});

test("what cannot be tried ends with 2 and one sentence", () => {
  assert.deepEqual([run("verify", "--data", path.join(data, "nowhere")).code, run("verify", "--file", path.join(data, "none")).code, run("look").code], [2, 2, 2]);
});
