// The lists for people: each link with its sentence, written by the engine; and links that stay the same from version to version.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { linkInChild } from "./child.ts";
import { personsInChina } from "./chinese-persons.ts";
import { dirtyPeople, writeCsv } from "./dirty-people.fixture.ts";
import { explain } from "./explain.ts";
import { readLinks } from "./results.ts";
import { all, scratchFolder } from "./runs.fixture.ts";

const folder = scratchFolder();
const settings = personsInChina("sentences", { id: "id", raw: true, name: "name", identifier: "id18", birth: "birth", sex: "sex", phone: "phone", place: "area12" });
const { left, right } = dirtyPeople({ people: 2500, strangers: 300, seed: 77 });
const lists = { left: writeCsv(join(folder, "l.csv"), left), right: writeCsv(join(folder, "r.csv"), right), settings };

const [machine, people] = [join(folder, "machine"), join(folder, "people")];
await linkInChild({ ...lists, workFolder: machine });
await linkInChild({ ...lists, workFolder: people, sentences: true, threads: 2 });

const cell = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

test("the engine's list for people holds the links in their order, numbers as they are written, each with its sentence", async () => {
  const lines = (await all(readLinks(machine))).map((link) => {
    const { zh, en } = explain(settings, link);
    return { review: link.decision === "review", line: `${cell(link.left_id)},${cell(link.right_id)},${link.weight},${link.probability},${link.decision},${cell(`${zh} ${en}`)}` };
  });
  const head = "left_id,right_id,weight,probability,decision,why";
  const expected = (some: typeof lines): string => `${[head, ...some.map((each) => each.line)].join("\n")}\n`;
  assert.ok(lines.length > 500 && lines.some((each) => each.review), "links of both kinds");
  assert.equal(readFileSync(join(people, "links.csv"), "utf8"), expected(lines));
  assert.equal(readFileSync(join(people, "review.csv"), "utf8"), expected(lines.filter((each) => each.review)));
});

test("lists for people are for their owner only and stand in place of the lines for machines", () => {
  for (const name of ["links.csv", "review.csv"]) assert.equal(statSync(join(people, name)).mode & 0o777, 0o600);
  assert.equal(existsSync(join(people, "links.ndjson")), false);
  assert.deepEqual(readFileSync(join(people, "links.parquet")), readFileSync(join(machine, "links.parquet")));
});

/** Changes only with a change of what is linked, how it is weighed or how it is written: then say so in the change log. */
const KNOWN = "d6a5dac263cbdda0845327e248c865669eb4143ad7b0a5f75b3954e1cfb42a2a";

test("a fixed list gives the links it always gave, byte for byte", () => {
  assert.equal(createHash("sha256").update(readFileSync(join(machine, "links.ndjson"))).digest("hex"), KNOWN);
});
