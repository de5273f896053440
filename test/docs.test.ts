// The commands that the documents show are real: the scripts exist, and the README's round runs and meets its promise.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { test } from "node:test";
import { projectRoot } from "../src/platform/config.ts";

const documents = ["README.md", "README.zh-CN.md", "CONTRIBUTING.md", "docs/operations.md", "docs/benchmarks.md", "docs/bundle-format.md"];
const read = (file: string): string => fs.readFileSync(path.join(projectRoot, file), "utf8");
const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
const blocks = (file: string): string[] => [...read(file).matchAll(/```sh\n([\s\S]*?)```/g)].flatMap((match) => match[1]!.trim().split("\n"));

test("every npm command in the documents is a script of the package", () => {
  for (const file of documents) {
    const named = [...read(file).matchAll(/npm (?:run )?([a-z]+)/g)].map((match) => match[1]!).filter((word) => !["packages", "come", "install", "registry", "ci", "and", "command"].includes(word));
    for (const name of named) assert.ok(scripts[name], `${file}: npm ${name}`);
  }
});

test("every picture and page that a document links to is there", () => {
  for (const file of documents) {
    for (const [, target] of read(file).matchAll(/\]\((?!http|#)([^)]+)\)/g)) assert.ok(fs.existsSync(path.join(projectRoot, path.dirname(file), target!)), `${file} → ${target}`);
  }
});

test("the commands that make papers from a definition, and the terminal's file, run as they are shown", () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "qingce-papers-"));
  const shown = blocks("README.md").filter((line) => line.includes("-- scheme "));
  assert.deepEqual(blocks("README.zh-CN.md").filter((line) => line.includes("-- scheme ")), shown);
  assert.ok(shown.length >= 6);
  for (const line of [...shown, ...blocks("README.md").filter((each) => each.includes("-- terminal "))]) {
    const out = / --out (\S+)/.exec(line)?.[1];
    const run = spawnSync("sh", ["-c", out === undefined ? line : line.replace(` --out ${out}`, ` --out ${path.join(folder, out)}`)], { cwd: projectRoot, encoding: "utf8" });
    assert.equal(run.status, 0, `${line}\n${run.stderr}`);
    if (out !== undefined) assert.ok(fs.statSync(path.join(folder, out)).size > 1000, line);
    else assert.match(run.stdout, /legal sets 223 of 4,095[\s\S]*faults 0/);
  }
  const wrong = spawnSync(process.execPath, [path.join(projectRoot, "src/cli/main.ts"), "scheme", "print", "veterans", "--form", "none", "--out", path.join(folder, "none.pdf")], { encoding: "utf8" });
  assert.equal(wrong.status, 1);
  assert.match(wrong.stderr, /there is no form “none”; known: general/);
  assert.doesNotMatch(wrong.stderr, /\n\s+at /);
  fs.rmSync(folder, { recursive: true, force: true });
});

test("the README's round ends 0, its states add up and its findings meet the truth", () => {
  const shown = blocks("README.md").find((line) => line.includes("--no-serve"))!;
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "qingce-docs-"));
  fs.chmodSync(folder, 0o711);
  // The command as it is shown, with fewer people and a folder of the test's own.
  const command = shown.replace(/--people \d+/, "--people 80").replace("/tmp/qingce-demo", path.join(folder, "data")).replace("round.json", path.join(folder, "round.json"));
  const run = spawnSync("sh", ["-c", command], { cwd: projectRoot, encoding: "utf8" });
  assert.equal(run.status, 0, run.stderr);
  const round = JSON.parse(fs.readFileSync(path.join(folder, "round.json"), "utf8")) as { states: { addUp: boolean; people: number; wrong: string[] }; findings: { precision: number; recall: number }; base: { rows: number; accepted: number; returned: number }; cases: { falseClosuresTried: number; falseClosuresRefused: number } };
  fs.rmSync(folder, { recursive: true, force: true });
  assert.ok(round.states.addUp && round.states.wrong.length === 0);
  assert.ok(round.findings.precision >= 0.99 && round.findings.recall >= 0.99);
  assert.equal(round.base.accepted + round.base.returned, round.base.rows);
  assert.deepEqual([round.cases.falseClosuresTried, round.cases.falseClosuresRefused], [1, 1]);
});
