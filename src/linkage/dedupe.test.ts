// One list against itself: who stands in it more than once, clusters and their weakest links, chains that are cut.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { chinesePersons } from "./chinese-persons.ts";
import { dirtyPeople, withId, withName, writeCsv, type Row } from "./dirty-people.fixture.ts";
import type { ClusterResult, LinkageReport, LinkResult } from "./model.ts";
import { readClusters, readLinks, readUnmatched } from "./results.ts";
import { runLinkage } from "./run.ts";
import { all, scratchFolder } from "./runs.fixture.ts";
import { clustersOf } from "./steps/clusters.ts";

const folder = scratchFolder();
let runs = 0;
async function deduped(rows: readonly Row[], settings = chinesePersons): Promise<{ report: LinkageReport; links: LinkResult[]; clusters: ClusterResult[]; work: string }> {
  runs += 1;
  const work = join(folder, `${runs}-out`);
  const report = await runLinkage({ left: writeCsv(join(folder, `${runs}.csv`), rows), settings, workFolder: work });
  return { report, links: await all(readLinks(work)), clusters: await all(readClusters(work)), work };
}
const clusterOf = (clusters: readonly ClusterResult[], row: string): string | undefined => clusters.find((each) => each.row_id === row)?.cluster_id;

for (const seed of [31, 32]) {
  test(`people who stand several times in a dirty list are found (seed ${seed})`, async () => {
    const { left, right, truth } = dirtyPeople({ people: 1500, strangers: 300, seed });
    const rows = [...left, ...right];
    const person = (row: string): string => truth.get(row) ?? row;
    const { clusters, report, links, work } = await deduped(rows);
    const members = Map.groupBy(clusters, (row) => row.cluster_id);
    let [true_, false_] = [0, 0];
    for (const { row_id: a, cluster_id } of clusters) {
      for (const { row_id: b } of members.get(cluster_id) ?? []) {
        if (a >= b) continue;
        if (person(a) === person(b)) true_ += 1;
        else false_ += 1;
      }
    }
    let expected = 0;
    for (const same of Map.groupBy(rows, (row) => person(row.id)).values()) expected += (same.length * (same.length - 1)) / 2;
    assert.ok(true_ / (true_ + false_) >= 0.999, `precision ${true_ / (true_ + false_)}`);
    assert.ok(true_ / expected >= 0.99, `recall ${true_ / expected}`);
    assert.equal(clusters.length, rows.length, "every row is in one cluster");
    assert.equal(report.counts.clusters?.clusters, [...members.values()].filter((each) => each.length > 1).length);
    assert.equal(report.counts.clusters?.largest, Math.max(...[...members.values()].map((each) => each.length)));
    assert.equal(report.counts.automatic + report.counts.review, links.length);
    assert.ok(links.every((link) => link.left_id < link.right_id));
    const alone = new Set(await all(readUnmatched(work, "left")));
    assert.deepEqual([...alone].toSorted(), rows.map((row) => row.id).filter((id) => !links.some((link) => link.left_id === id || link.right_id === id)).toSorted());
    const lines = readFileSync(join(work, "clusters.csv"), "utf8").trimEnd().split("\n");
    assert.equal(lines[0], "row_id,cluster_id,size,weakest_weight,weakest_left_id,weakest_right_id");
    assert.equal(lines.length, rows.length + 1);
  });
}

test("each cluster tells its size, its first row and the link that holds it by least", async () => {
  const { left } = dirtyPeople({ people: 300, strangers: 0, seed: 33 });
  const one = left[0] as Row;
  const rows = [...left.slice(1), { ...one, id: "A" }, { ...one, id: "B", phone: "" }, { ...withId(one, ""), id: "C" }];
  const { clusters, links } = await deduped(rows);
  const cluster = clusters.filter((row) => row.cluster_id === "A");
  assert.deepEqual(cluster.map((row) => [row.row_id, row.size]), [["A", 3], ["B", 3], ["C", 3]]);
  const weakest = cluster[0];
  const link = links.find((each) => each.left_id === weakest?.weakest_left_id && each.right_id === weakest.weakest_right_id);
  assert.equal(link?.weight, weakest?.weakest_weight);
  assert.equal(link?.right_id, "C", "the row without a number hangs by the lightest link");
});

test("a row that fits two people with different valid numbers joins one of them and leaves the other to a person", async () => {
  const { left } = dirtyPeople({ people: 300, strangers: 0, seed: 34 });
  const [one, other] = [{ ...(left[0] as Row), id: "X1" }, left[1] as Row];
  const same = { name: one.name, name_pinyin: one.name_pinyin, birth: one.birth, sex: one.sex };
  const rows = [...left.slice(2), one, { ...withId(one, ""), id: "X2" }, { ...other, ...same, area12: "320102001001", phone: "13900000001", id: "X3" }];
  const { clusters, links } = await deduped(rows);
  assert.equal(clusterOf(clusters, "X2"), "X1");
  assert.equal(clusterOf(clusters, "X3"), "X3");
  assert.ok(links.every((link) => !(link.right_id === "X3" && link.decision === "automatic")));
});

test("one number that a hundred rows of one name use is one cluster of a hundred; with a hundred names it proves nothing", async () => {
  const { left } = dirtyPeople({ people: 400, strangers: 0, seed: 35 });
  const one = left[0] as Row;
  const alike = Array.from({ length: 100 }, (_, i) => ({ ...one, id: `H${String(i).padStart(3, "0")}` }));
  const { report } = await deduped([...left.slice(1), ...alike]);
  assert.deepEqual([report.counts.clusters?.clusters, report.counts.clusters?.largest, report.counts.exact], [1, 100, 4950]);
  const star = await deduped([...left.slice(1), ...alike], { ...chinesePersons, largestBlock: 1000 });
  assert.deepEqual([star.report.counts.clusters?.clusters, star.report.counts.clusters?.largest, star.report.counts.exact], [1, 100, 99], "too many pairs: each row with the first");
  assert.ok(star.report.counts.skippedBlocks > 0, "blocks left out are counted");
  const borrowed = left.slice(1, 101).map((row) => withId(row, one.id18));
  const names = await deduped([...left.slice(101), ...borrowed.map((row, i) => withName(row, `${row.name.slice(0, 1)}${"伟芳娜静丽强磊军洋勇"[i % 10]}${"艳杰涛明超秀霞平刚桂"[Math.floor(i / 10)]}`))]);
  assert.equal(names.report.counts.untrustedIdentifiers, 1);
  assert.equal(names.report.counts.exact, 0);
});

test("an empty list and a list of one row have no duplicates", async () => {
  const { left } = dirtyPeople({ people: 1, strangers: 0, seed: 36 });
  for (const rows of [[], left]) {
    const { links, clusters, report } = await deduped(rows);
    assert.deepEqual([links.length, clusters.length, report.counts.clusters?.clusters], [0, rows.length, 0]);
  }
});

const edge = (a: number, b: number, w: number, kind = 1): { a: number; b: number; w: number; kind: number } => ({ a, b, w, kind });
const parts = (...given: Parameters<typeof clustersOf>): number[][] => clustersOf(...given).map((each) => each.rows).toSorted((x, y) => (x[0] ?? 0) - (y[0] ?? 0));

test("two groups that only one of four pairs bridges stay two clusters; with half of the pairs they are one", () => {
  const groups = [edge(1, 2, 20), edge(3, 4, 19)];
  assert.deepEqual(parts([...groups, edge(2, 3, 8)], new Map(), 0.5), [[1, 2], [3, 4]]);
  assert.deepEqual(parts([...groups, edge(2, 3, 8), edge(1, 4, 2, 2)], new Map(), 0.5), [[1, 2, 3, 4]], "a link for review supports");
  assert.deepEqual(parts([...groups, edge(2, 3, 8)], new Map(), 0.25), [[1, 2, 3, 4]], "the share is a setting");
  assert.equal(clustersOf([...groups, edge(2, 3, 8), edge(1, 4, 2, 2)], new Map(), 0.5)[0]?.weakest?.w, 8);
});

test("links for review join nothing, and valid numbers that differ keep clusters apart", () => {
  assert.deepEqual(parts([edge(1, 2, 20), edge(2, 3, 5, 2), edge(1, 3, 5, 2)], new Map(), 0.5), [[1, 2], [3]]);
  assert.deepEqual(parts([edge(1, 2, 20), edge(2, 3, 15)], new Map([[1, 7], [3, 8]]), 0.5), [[1, 2], [3]]);
  assert.deepEqual(parts([edge(1, 2, 20), edge(1, 3, 16), edge(2, 3, 15)], new Map([[1, 7], [3, 8]]), 0.5), [[1, 2, 3]], "unless just these two are linked");
});

test("a long chain does not become one person", () => {
  const chain = Array.from({ length: 40 }, (_, i) => edge(i, i + 1, 10));
  assert.ok(Math.max(...parts(chain, new Map(), 0.5).map((rows) => rows.length)) <= 3);
});
