// The command of lists that meet without being shown, as two offices use it.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { test } from "node:test";
import { projectRoot } from "../platform/config.ts";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "qingce-tokens-"));
const run = (...words: string[]) => spawnSync(process.execPath, [path.join(projectRoot, "src/cli/main.ts"), "tokens", ...words], { cwd: folder, encoding: "utf8" });
const read = (name: string): string => fs.readFileSync(path.join(folder, name), "utf8");

test("two offices make tokens of their lists and learn only which of their own rows meet", () => {
  fs.writeFileSync(path.join(folder, "a.csv"), "姓名,身份证号,出生日期,性别,手机\n陈建国,999999195803120011,1958-03-12,男,13800000000\n林志强,,1960-01-02,男,13811112222\n");
  fs.writeFileSync(path.join(folder, "b.csv"), "XH,XM,公民身份号码,出生日期,手机号码\nX1,林志強,,19600102,138-1111-2222\nX2,王五,,1970-01-01,\n");
  fs.writeFileSync(path.join(folder, "s.json"), JSON.stringify({ columns: { id: "XH", name: "XM" } }));
  const key = run("key", "--out", "key.txt");
  assert.match(key.stdout, /(\d{4} ){4}\d{4}/);
  assert.equal(run("make", "--list", "a.csv", "--key", "key.txt", "--out", "ta.csv", "--suite", "sm3").status, 0);
  assert.equal(run("make", "--list", "b.csv", "--key", "key.txt", "--out", "tb.csv", "--suite", "sm3", "--settings", "s.json").status, 0);
  assert.equal(run("match", "--left", "tb.csv", "--right", "ta.csv", "--out", "hits.csv").status, 0);
  assert.match(read("hits.csv"), /^row,decision,weight\n[\w-]{16},hit,[\d.]+\n$/);
  assert.equal(run("read", "--left", "hits.csv", "--right", "tb.rows.csv", "--out", "mine.csv").status, 0);
  assert.match(read("mine.csv"), /^id,decision,weight\nX1,hit,[\d.]+\n$/);
  for (const clear of ["陈建国", "林志强", "138", "1960-01-02"]) assert.ok(!read("ta.csv").includes(`${clear},`) && !read("hits.csv").includes(clear));
});

test("what cannot be done is said in both languages, and nothing is written over", () => {
  const again = run("key", "--out", "key.txt");
  assert.equal(again.status, 1);
  assert.match(again.stderr, /文件已存在[\s\S]*exists already/);
  run("key", "--out", "other.txt");
  run("make", "--list", "a.csv", "--key", "other.txt", "--out", "to.csv", "--suite", "sm3");
  const wrong = run("match", "--left", "to.csv", "--right", "ta.csv", "--out", "none.csv");
  assert.equal(wrong.status, 1);
  assert.match(wrong.stderr, /密钥不同[\s\S]*different keys/);
  assert.ok(!fs.existsSync(path.join(folder, "none.csv")));
  assert.equal(run("match", "--left", "a.csv", "--right", "ta.csv", "--out", "none.csv").status, 1);
  fs.rmSync(folder, { recursive: true });
});
