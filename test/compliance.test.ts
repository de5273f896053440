// The compliance sheets say nothing that is not there: each line has one standing, each named test, document and section exists, counts are right.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { projectRoot } from "../src/platform/config.ts";

const read = (file: string): string => fs.readFileSync(path.join(projectRoot, file), "utf8");
const standings = ["test", "document", "operator", "not applicable", "not met, in part only", "not met"] as const;
type Standing = (typeof standings)[number];
type Line = { readonly id: string; readonly cells: readonly string[]; readonly parts: readonly string[] };
type Sheet = { readonly title: string; readonly counts: string; readonly lines: readonly Line[] };

const sheets: readonly Sheet[] = read("docs/compliance.md")
  .split(/^## /mu)
  .slice(1)
  .map((text) => {
    const rows = text.split("\n");
    const lines = rows
      .filter((row) => /^\| [A-Z]/u.test(row))
      .map((row) => row.slice(2, -2).split(" | "))
      .map((cells) => ({ id: cells[0]!, cells, parts: cells.at(-1)!.split("<br>") }));
    return { title: rows[0]!, counts: rows.find((row) => row.startsWith("Counts: ")) ?? "", lines };
  });
const all = sheets.flatMap(({ lines }) => lines);
const wordOf = (part: string): string => /^[^:]*/u.exec(part)![0];
const standingOf = (line: Line): Standing => {
  const found = standings.find((each) => wordOf(line.parts[0]!) === each);
  assert.ok(found, `${line.id}: no standing in “${line.parts[0]!}”`);
  return found;
};

test("every line has exactly one standing, and says why where nothing proves it", () => {
  assert.deepEqual(sheets.map(({ title }) => title.split(" ")[0]), ["等保三级", "个人信息保护法", "Other", "OWASP"]);
  for (const { title, lines } of sheets) {
    assert.equal(new Set(lines.map(({ id }) => id)).size, lines.length, `${title}: an id stands twice`);
    assert.equal(new Set(lines.map(({ cells }) => cells.length)).size, 1, `${title}: lines of different widths`);
  }
  for (const line of all) {
    const standing = standingOf(line);
    const further = line.parts.slice(1).map(wordOf);
    if (standing === "test") assert.ok(further.every((word) => word === "test"), `${line.id}: ${further.join(", ")} beside a test`);
    else if (standing === "not met, in part only") assert.ok(further.every((word) => word === "held"), line.id);
    else assert.deepEqual(further, [], `${line.id} has more than one standing`);
    if (standing !== "test") assert.ok(line.parts[0]!.slice(standing.length + 2).length >= 5, `${line.id} does not say why`);
  }
});

test("every named test stands in the named file", () => {
  let named = 0;
  for (const { id, parts } of all) {
    for (const part of parts.filter((each) => /^(?:test|held): /u.test(each))) {
      const [, file, name] = /^(?:test|held): `([^`]+\.test\.ts)` › (.+)$/u.exec(part) ?? [];
      assert.ok(file !== undefined && name !== undefined, `${id}: ${part}`);
      assert.ok(fs.existsSync(path.join(projectRoot, file)), `${id}: there is no ${file}`);
      const names = [...read(file).matchAll(/\btest\(\s*(?:"((?:[^"\\\n]|\\.)*)"|'((?:[^'\\\n]|\\.)*)'|`((?:[^`\\]|\\.)*)`)/gu)].map(([, a, b, c]) => (a ?? b ?? c)!.replaceAll(/\\(.)/gu, "$1"));
      assert.ok(names.includes(name), `${id}: ${file} has no test “${name}”`);
      named += 1;
    }
  }
  assert.ok(named > 150);
});

test("every named document has the named section", () => {
  const documents = all.flatMap(({ id, parts }) => parts.filter((each) => each.startsWith("document: ")).map((part) => [id, /^document: (\S+\.md) § (.+)$/u.exec(part)] as const));
  assert.ok(documents.length > 0);
  for (const [id, found] of documents) {
    assert.ok(found, id);
    const headings = read(found[1]!).split("\n").filter((row) => row.startsWith("#")).map((row) => row.replace(/^#+ /u, ""));
    assert.ok(headings.includes(found[2]!), `${id}: ${found[1]!} has no section ${found[2]!}`);
  }
});

test("the counts at the head of each sheet are those of its lines", (t) => {
  for (const { title, counts, lines } of sheets) {
    const counted = standings.map((each) => `${each} ${lines.filter((line) => standingOf(line) === each).length}`);
    const right = `Counts: ${lines.length} lines · ${counted.join(" · ")}`;
    t.diagnostic(`${title} — ${right}`);
    assert.equal(counts, right, title);
  }
});

test("the sheet of ASVS has each requirement of the levels 1 and 2", () => {
  const lines = sheets.at(-1)!.lines;
  // ASVS 5.0.0: 70 requirements of level 1 and 183 of level 2 in 17 chapters.
  assert.equal(lines.filter(({ cells }) => cells[1] === "L1").length, 70);
  assert.equal(lines.filter(({ cells }) => cells[1] === "L2").length, 183);
  assert.deepEqual([...new Set(lines.map(({ id }) => Number(/^V(\d+)\.\d+\.\d+$/u.exec(id)![1])))], Array.from({ length: 17 }, (_, i) => i + 1));
});
