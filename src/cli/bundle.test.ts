// `qingce bundle`: the commands of docs/bundle-format.md run as they are shown, and each refusal has its exit code.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, test } from "node:test";
import { parseArgs } from "node:util";
import { projectRoot } from "../platform/config.ts";
import { bundle as command } from "./bundle.ts";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "qingce-bundle-"));
after(() => fs.rmSync(folder, { recursive: true, force: true }));
const at = (name: string): string => path.join(folder, name);

type Run = { readonly status: number; readonly out: string; readonly err: string };
/** The command within this process: a process of its own costs half a second each. */
async function bundle(...words: readonly string[]): Promise<Run> {
  const { values, positionals } = parseArgs({ args: [...words], allowPositionals: true, options: { ...command.options, out: { type: "string" }, key: { type: "string" }, suite: { type: "string" } } });
  const said = { log: "", error: "" };
  const { log, error } = console;
  for (const stream of ["log", "error"] as const) console[stream] = (text: string) => void (said[stream] += `${text}\n`);
  try {
    await command.run(values, positionals);
    return { status: Number(process.exitCode ?? 0), out: said.log, err: said.error };
  } finally {
    Object.assign(console, { log, error });
    process.exitCode = undefined;
  }
}
const answer = (run: Run): Record<string, unknown> => JSON.parse(run.out) as Record<string, unknown>;

test("the commands of the document run as they are shown, and the folder comes out as it went in", () => {
  const document = fs.readFileSync(path.join(projectRoot, "docs/bundle-format.md"), "utf8");
  const shown = /```sh\n([\s\S]*?)```/u.exec(document)![1]!.trim().split("\n");
  assert.ok(shown.length >= 6);
  for (const line of shown) {
    const run = spawnSync("sh", ["-c", line.replaceAll("/tmp/qingce-bundle", at("shown"))], { cwd: projectRoot, encoding: "utf8" });
    assert.equal(run.status, 0, `${line}\n${run.stdout}${run.stderr}`);
  }
  const example = path.join(projectRoot, "docs/examples/bundle");
  const read = (root: string, name: string): string => fs.readFileSync(path.join(root, name), "utf8");
  const lines = (root: string): unknown[] => read(root, "entries.jsonl").trim().split("\n").map((line) => JSON.parse(line) as unknown);
  assert.deepEqual(lines(at("shown/first")), lines(example));
  assert.equal(read(at("shown/first"), "files/2.bin"), read(example, "files/2.bin"));
  // Exit codes of the process: 1 for a bundle that is refused, 2 for a command that is wrong; no stack either way.
  for (const [words, status] of [[["verify", at("shown/first.qcb"), "--device", at("shown/office.public.json")], 1], [["keys", "--nothing"], 2]] as const) {
    const run = spawnSync(process.execPath, [path.join(projectRoot, "src/cli/main.ts"), "bundle", ...words], { encoding: "utf8" });
    assert.equal(run.status, status, run.stderr);
    assert.doesNotMatch(run.stderr, /\n\s+at /u);
  }
  assert.equal(fs.statSync(at("shown/device.json")).mode & 0o777, 0o600);
});

test("both suites and two signers go round; programs get JSON; 1 is a refusal and 2 a wrong command", async () => {
  for (const suite of ["international", "national"]) {
    const file = (name: string): string => at(`${suite}-${name}`);
    for (const name of ["device", "person", "office", "other"]) assert.equal((await bundle("keys", "--suite", suite, "--out", file(`${name}.json`))).status, 0);
    const [device, person] = [`--device=${file("device.public.json")}`, `--person=${file("person.public.json")}`];
    const sealed = await bundle("seal", "docs/examples/bundle", "--key", file("device.json"), "--person", file("person.json"), "--to", file("office.public.json"), "--out", file("b.qcb"), "--json");
    assert.deepEqual([sealed.status, answer(sealed)["entries"]], [0, 2], sealed.err);
    const looked = await bundle("inspect", file("b.qcb"), "--json");
    assert.deepEqual([answer(looked)["verified"], (answer(looked)["keys"] as { suite: string }).suite], [false, suite]);
    assert.match((await bundle("inspect", file("b.qcb"))).out, /未经核验[\s\S]*NOT VERIFIED/u);
    const verified = await bundle("verify", file("b.qcb"), device, person, "--json");
    assert.deepEqual([verified.status, answer(verified)["verified"]], [0, true]);
    const opened = await bundle("open", file("b.qcb"), device, person, "--key", file("office.json"), "--out", file("opened"), "--json");
    assert.deepEqual([opened.status, answer(opened)["digest"]], [0, answer(verified)["digest"]]);
    // What was opened is sealed again.
    assert.equal((await bundle("seal", file("opened"), "--key", file("device.json"), "--to", file("office.public.json"), "--out", file("again.qcb"))).status, 0);
    // Refusals are the same in both.
    if (suite === "international") continue;
    const altered = fs.readFileSync(file("b.qcb"));
    altered[500]! ^= 1;
    fs.writeFileSync(file("altered.qcb"), altered);
    const refusals: readonly (readonly [readonly string[], string])[] = [
      [["verify", file("altered.qcb"), device, person], "wrong-signature"],
      [["verify", file("b.qcb"), device], "wrong-signature"],
      [["open", file("b.qcb"), device, person, "--key", file("other.json"), "--out", file("none")], "not-for-us"],
      [["inspect", "package.json"], "not-a-bundle"],
    ];
    for (const [words, code] of refusals) {
      const run = await bundle(...words, "--json");
      assert.deepEqual([run.status, answer(run)["refused"]], [1, code]);
    }
    const said = await bundle("verify", file("b.qcb"), device);
    assert.deepEqual([said.status, said.out], [1, ""]);
    assert.match(said.err, /签名不对[\s\S]*wrong-signature/u);
    assert.ok(!fs.existsSync(file("none")));
  }
  const wrong: readonly (readonly string[])[] = [[], ["fly"], ["constructor"], ["verify"], ["verify", at("nothing")], ["keys"], ["keys", "--suite", "rot13", "--out", at("x")], ["keys", "--out", at("national-device.json")], ["seal", "docs", "--key", at("national-device.json"), "--to", at("national-office.public.json"), "--out", at("x.qcb")]];
  for (const words of wrong) assert.equal((await bundle(...words)).status, 2, words.join(" "));
  const mixed = await bundle("seal", "docs/examples/bundle", "--key", at("national-device.json"), "--to", at("international-office.public.json"), "--out", at("x.qcb"));
  assert.deepEqual([mixed.status, fs.existsSync(at("x.qcb"))], [2, false]);
  assert.deepEqual(fs.readdirSync(folder).filter((name) => name.includes(".part-")), []);
});

test("a folder that cannot be sealed leaves no bundle behind; a header cannot steer the screen", async () => {
  const keys = at("steer.json");
  await bundle("keys", "--out", keys);
  const bad = at("bad");
  fs.cpSync(path.join(projectRoot, "docs/examples/bundle"), bad, { recursive: true });
  const header = JSON.parse(fs.readFileSync(path.join(bad, "header.json"), "utf8")) as Record<string, unknown>;
  const sealWith = (over: Record<string, unknown>): Promise<Run> => {
    fs.writeFileSync(path.join(bad, "header.json"), JSON.stringify({ ...header, ...over }));
    return bundle("seal", bad, "--key", keys, "--to", at("steer.public.json"), "--out", at("steer.qcb"));
  };
  const refused = await sealWith({ seq: -1 });
  assert.deepEqual([refused.status, fs.existsSync(at("steer.qcb"))], [2, false]);
  assert.match(refused.err, /seq/u);
  assert.equal((await sealWith({ from: "\u001b[2Jx\u202e" })).status, 0);
  assert.doesNotMatch((await bundle("inspect", at("steer.qcb"))).out, /[\u001b\u202e]/u);
});
