// The command that verifies a file from a county, as a department uses it: exit code, and what was altered in words.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, test } from "node:test";
import { signFile } from "../modules/dispatch/return-signature.ts";
import { projectRoot } from "../platform/config.ts";
import { keysFrom } from "../platform/keys.ts";
import { writeWorkbook } from "../platform/spreadsheet.ts";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "qingce-return-"));
after(() => fs.rmSync(folder, { recursive: true }));
const keys = keysFrom(Buffer.alloc(32, 5));
const write = (name: string, content: string | Uint8Array): void => fs.writeFileSync(path.join(folder, name), content);
const run = (...words: string[]) => spawnSync(process.execPath, [path.join(projectRoot, "src/cli/main.ts"), "return", ...words], { cwd: folder, encoding: "utf8" });
const book = (value: string, second = "说明") => writeWorkbook([{ name: "确认有误的数据", rows: [["行号", "贵方数据"], [7, value], [9, "另一行"]] }, { name: second, rows: [["虚构"]] }]);

const good = await book("旧值");
const signature = await signFile(keys, good, "2018-11-01T02:00:00.000Z");
const stored = JSON.parse(JSON.stringify(Object.fromEntries(Object.entries(signature).toReversed()))) as typeof signature;
write("back.xlsx", good);
write("back.xlsx.sig.json", JSON.stringify(stored));
write("key.pem", keys.signing().publicKey);
write("other.pem", keysFrom(Buffer.alloc(32, 6)).signing().publicKey);

test("a file as it was signed passes, with the trusted key and without one", () => {
  const sure = run("verify", "back.xlsx", "--key", "key.pem");
  assert.deepEqual([sure.status, sure.stderr], [0, ""]);
  assert.match(sure.stdout, /通过[\s\S]*签名有效[\s\S]*Valid[\s\S]*[0-9a-f]{16}/);
  const alone = run("verify", "back.xlsx");
  assert.equal(alone.status, 0);
  assert.match(alone.stdout, /电话核对密钥编号/);
  write("bare.json", JSON.stringify({ ...stored, sheets: stored.sheets?.map(({ name, digest }) => ({ name, digest })) }));
  assert.equal(run("verify", "back.xlsx", "--signature", "bare.json", "--key", "key.pem").status, 0);
});

test("what was altered is named: the row, the sheet, the signature file, the key", async () => {
  const failing = async (what: RegExp, file: Uint8Array, given: object = stored, more: readonly string[] = []): Promise<void> => {
    write("bad.xlsx", file);
    write("bad.xlsx.sig.json", JSON.stringify(given));
    const { status, stderr } = run("verify", "bad.xlsx", ...more);
    assert.equal(status, 1, stderr);
    assert.match(stderr, what);
  };
  await failing(/工作表“确认有误的数据”第 2 行被改动[\s\S]*row 2 changed/, await book("新值"));
  await failing(/缺少工作表“说明”；多出工作表“其他”/, await book("旧值", "其他"));
  await failing(/不能作为工作簿读取/, good.subarray(0, 900));
  await failing(/其中的文件摘要/, good, { ...stored, sha256: "0".repeat(64) });
  await failing(/签名时间/, good, { ...stored, signedAt: "2019-01-01T00:00:00.000Z" });
  await failing(/密钥编号/, good, { ...stored, keyId: "0".repeat(16) });
  await failing(/公钥与密钥编号不符/, good, { ...stored, publicKey: keysFrom(Buffer.alloc(32, 6)).signing().publicKey });
  await failing(/逐行摘要/, await book("新值"), { ...stored, sheets: stored.sheets?.map((sheet) => ({ ...sheet, rows: "2:aaaaaaaa" })) });
  await failing(/不是签名文件/, good, { hello: 1 });
  await failing(/不是 --key 所给的密钥/, good, stored, ["--key", "other.pem"]);
});

test("what cannot be tried is said, and the installation's public key is written out", () => {
  assert.match(run("verify", "none.xlsx").stderr, /读不到文件[\s\S]*cannot read/);
  assert.equal(run("verify", "back.xlsx", "--key", "back.xlsx").status, 1);
  fs.mkdirSync(path.join(folder, "data", "keys"), { recursive: true });
  write("data/keys/master", Buffer.alloc(32, 5));
  assert.equal(run("key", "--data", path.join(folder, "data"), "--out", "mine.pem").status, 0);
  assert.equal(fs.readFileSync(path.join(folder, "mine.pem"), "utf8"), keys.signing().publicKey);
  assert.equal(run("verify").status, 1);
});
