// The engine on dirty lists with known truth: precision, recall, the same bytes for any thread count, and lists that are no lists.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { linkInChild } from "./child.ts";
import { chinesePersons } from "./chinese-persons.ts";
import { checkDigit, COLUMNS, dirtyPeople, withId, withName, writeCsv, type Row, type Sample } from "./dirty-people.fixture.ts";
import { explain, waterfall } from "./explain.ts";
import { LinkageFault } from "./fault.ts";
import type { LinkageReport, LinkageTask, LinkResult } from "./model.ts";
import { readLinks, readUnmatched } from "./results.ts";
import { runLinkage } from "./run.ts";
import { settingsFaults } from "./settings-check.ts";

const folder = mkdtempSync(join(tmpdir(), "linkage-"));
after(() => rmSync(folder, { recursive: true, force: true }));
let runs = 0;

function task(left: readonly Row[], right: readonly Row[], more: Partial<LinkageTask> = {}): LinkageTask {
  runs += 1;
  return {
    left: writeCsv(join(folder, `${runs}-left.csv`), left),
    right: writeCsv(join(folder, `${runs}-right.csv`), right),
    settings: chinesePersons,
    workFolder: join(folder, `${runs}-out`),
    ...more,
  };
}

async function all<T>(rows: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const row of rows) list.push(row);
  return list;
}

async function linked(left: readonly Row[], right: readonly Row[], more: Partial<LinkageTask> = {}): Promise<{ report: LinkageReport; links: LinkResult[]; work: string }> {
  const it = task(left, right, more);
  const report = await runLinkage(it);
  return { report, links: await all(readLinks(it.workFolder)), work: it.workFolder };
}

function quality(sample: Sample, links: readonly LinkResult[]): { precision: number; recall: number; recallWithReview: number } {
  const right = links.filter((link) => sample.truth.get(link.right_id) === link.left_id);
  const automatic = links.filter((link) => link.decision === "automatic");
  const rightAutomatic = right.filter((link) => link.decision === "automatic");
  return {
    precision: rightAutomatic.length / automatic.length,
    recall: rightAutomatic.length / sample.truth.size,
    recallWithReview: right.length / sample.truth.size,
  };
}

for (const seed of [1, 2, 3]) {
  test(`dirty lists are linked with precision and recall of at least 0.99 (seed ${seed})`, async () => {
    const sample = dirtyPeople({ people: 2500, strangers: 1000, seed });
    const { links, report } = await linked(sample.left, sample.right);
    const { precision, recall, recallWithReview } = quality(sample, links);
    assert.ok(precision >= 0.999, `precision ${precision}`);
    assert.ok(recall >= 0.99, `recall ${recall}`);
    assert.ok(recallWithReview >= 0.995, `recall with review ${recallWithReview}`);
    assert.equal(report.counts.automatic + report.counts.review, links.length);
    assert.equal(report.counts.left, sample.left.length);
    assert.equal(report.counts.right, links.length + report.counts.unmatchedRight);
  });
}

const files = (work: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(work)
      .filter((name) => name !== "steps.json")
      .map((name) => [name, createHash("sha256").update(readFileSync(join(work, name))).digest("hex")]),
  );

test("the same lists give the same bytes with one thread or two, in any order of rows, and when memory is short", async () => {
  const sample = dirtyPeople({ people: 1200, strangers: 300, seed: 4 });
  const one = await linked(sample.left, sample.right, { threads: 1 });
  const two = await linked(sample.left.toReversed(), sample.right.toReversed(), { threads: 2 });
  const small = await linked(sample.left, sample.right, { threads: 2, memoryLimitMb: 96 });
  assert.deepEqual(Object.keys(files(one.work)).toSorted(), ["links.ndjson", "links.parquet", "unmatched_left.ndjson", "unmatched_left.parquet", "unmatched_right.ndjson", "unmatched_right.parquet"]);
  assert.deepEqual(files(two.work), files(one.work));
  assert.deepEqual(files(small.work), files(one.work));
});

test("an empty list gives an empty result with everybody of the other list unmatched", async () => {
  const sample = dirtyPeople({ people: 30, strangers: 0, seed: 5 });
  for (const [left, right] of [
    [sample.left, []],
    [[], sample.right],
    [[], []],
  ] as const) {
    const { links, report, work } = await linked(left, right);
    assert.deepEqual(links, []);
    assert.equal((await all(readUnmatched(work, "left"))).length, left.length);
    assert.equal((await all(readUnmatched(work, "right"))).length, right.length);
    assert.equal(report.counts.unmatchedRight, right.length);
  }
});

test("without any identity number people are found by name, birth date, phone and place", async () => {
  const sample = dirtyPeople({ people: 2000, strangers: 600, seed: 6, missingIds: true });
  const { precision, recall, recallWithReview } = quality(sample, (await linked(sample.left, sample.right)).links);
  assert.ok(precision >= 0.999, `precision ${precision}`);
  // one other character in the name and no number may be a twin: a person decides
  assert.ok(recall >= 0.95, `recall ${recall}`);
  assert.ok(recallWithReview >= 0.99, `recall with review ${recallWithReview}`);
});

test("one name for everybody neither hangs nor links strangers", async () => {
  const sample = dirtyPeople({ people: 2000, strangers: 600, seed: 7, oneName: true });
  // The block of the name is cut by further columns; with a smaller limit some cuts are too large as well, and counted.
  for (const largestBlock of [20_000, 20]) {
    const { links, report } = await linked(sample.left, sample.right, { settings: { ...chinesePersons, largestBlock } });
    const { precision, recallWithReview } = quality(sample, links);
    assert.ok(precision >= 0.999, `precision ${precision}`);
    assert.ok(recallWithReview >= 0.99, `recall with review ${recallWithReview}`);
    assert.equal(report.counts.skippedBlocks > 0, largestBlock === 20, `${report.counts.skippedBlocks} blocks left out at ${largestBlock}`);
  }
});

test("a number that a hundred different people use proves nothing, and its owner is still found", async () => {
  const sample = dirtyPeople({ people: 500, strangers: 0, seed: 8 });
  const owner = sample.left[0] as Row;
  const others = dirtyPeople({ people: 1, strangers: 99, seed: 9 }).right.slice(-99);
  const right = [{ ...owner, id: "owner" }, ...others.map((row, i) => ({ ...row, id: `borrower-${i}`, id18: owner.id18, id_valid: "1" }))];
  const { links, report } = await linked(sample.left, right);
  assert.equal(report.counts.untrustedIdentifiers, 1);
  assert.deepEqual(
    links.map((link) => [link.left_id, link.right_id, link.decision]),
    [[owner.id, "owner", "automatic"]],
  );
});

test("several rows of one person on the right are one person: the first is the link, the others are copies", async () => {
  const sample = dirtyPeople({ people: 200, strangers: 0, seed: 10 });
  const [one, other] = [sample.left[0] as Row, sample.left[1] as Row];
  const right = [
    { ...one, id: "a" },
    { ...one, id: "b", phone: "" },
    { ...withId(one, ""), id: "c" },
    { ...withId(other, ""), id: "d" },
    { ...withId(other, ""), id: "e" },
  ];
  const { links } = await linked(sample.left, right);
  assert.deepEqual(
    links.map((link) => [link.left_id, link.right_id, link.copy, link.stage, link.decision]),
    [
      [one.id, "a", 0, "exact", "automatic"],
      [one.id, "b", 1, "exact", "automatic"],
      [one.id, "c", 2, "repeat", "automatic"],
      [other.id, "d", 0, "scored", "automatic"],
      [other.id, "e", 1, "scored", "automatic"],
    ],
  );
});

test("one number with two names goes to a person, two valid numbers are two people, and a number that contradicts its row's birth date proves neither", async () => {
  const sample = dirtyPeople({ people: 300, strangers: 0, seed: 11 });
  const [one, other] = [withName(sample.left[0] as Row, "王伟强"), sample.left[1] as Row];
  const [stranger, third] = [sample.left[2] as Row, sample.left[3] as Row];
  const seventeen = `110101${third.birth.replaceAll("-", "")}016`;
  const right = [
    { ...withName(one, "刘芳"), phone: "", id: "borrowed" },
    { ...withId(third, `${seventeen}${checkDigit(seventeen)}`), id: "namesake", phone: "", area12: "" },
    { ...withId(other, stranger.id18), id: "contradicted", phone: "", area12: "" },
  ];
  const { links } = await linked([one, other, third, ...sample.left.slice(4)], right);
  assert.deepEqual(
    links.map((link) => [link.left_id, link.right_id, link.decision]),
    [
      [one.id, "borrowed", "review"],
      [other.id, "contradicted", "review"],
    ].toSorted(),
  );
});

test("two equal namesakes without numbers are left to a person, never chosen by chance", async () => {
  const sample = dirtyPeople({ people: 300, strangers: 0, seed: 12 });
  const base = withId(sample.left[0] as Row, "");
  const twins = [
    { ...base, id: "one", phone: "" },
    { ...base, id: "two", phone: "" },
  ];
  const { links } = await linked([...twins, ...sample.left.slice(1)], [{ ...base, id: "row", phone: "" }]);
  assert.equal(links.length, 1);
  assert.equal(links[0]?.decision, "review");
});

test("every link can say why in Chinese and in English", async () => {
  const sample = dirtyPeople({ people: 400, strangers: 100, seed: 13 });
  const { links, report } = await linked(sample.left, sample.right);
  for (const link of links) {
    const sum = waterfall(chinesePersons, report, link).reduce((bits, bar) => bits + bar.bits, 0);
    assert.ok(Math.abs(sum - link.weight) < 0.001, "the bars sum up to the weight");
    const { zh, en } = explain(chinesePersons, link);
    assert.match(zh, /^[^，；]+(，[^，；]+)*；.+。$/);
    assert.match(en, /^[A-Z].+\.$/);
  }
  const first = links.find((link) => link.stage === "exact" && link.levels["name"] === 0);
  assert.ok(first !== undefined && explain(chinesePersons, first).zh.startsWith("身份证号相同，姓名相同，出生日期相同"));
  const levels = { id18: 0, name: 1, birth: 0, sex: 0, phone: 3, area12: 2 };
  assert.equal(explain(chinesePersons, { levels, decision: "automatic", stage: "exact", weight: 30 }).zh, "身份证号相同，姓名为同音字，出生日期相同，同县（市、区）；判为同一人。");
});

test("names of ethnic groups are compared by characters, with or without the dot", async () => {
  const sample = dirtyPeople({ people: 300, strangers: 0, seed: 14 });
  const base = withId(sample.left[0] as Row, "");
  const one = { ...base, name: "阿卜杜拉·买买提", name_pinyin: "a bu du la mai mai ti" };
  const { links } = await linked([one, ...sample.left.slice(1)], [{ ...base, id: "row", name: "阿不都拉．买买提", name_pinyin: "a bu dou la mai mai ti" }]);
  assert.deepEqual([links[0]?.left_id, links[0]?.decision], [one.id, "automatic"]);
  assert.equal(links[0]?.levels["name"], 5);
});

test("odd cells do no harm: control characters, quotes, a megabyte of text, impossible dates, letters in the phone", async () => {
  const sample = dirtyPeople({ people: 50, strangers: 0, seed: 15 });
  const odd: Row[] = [
    { id: "x\u0001\u2028y", name: '"王",\n伟', name_pinyin: "", id18: "'; DROP TABLE l; --", id_valid: "1", birth: "1999-02-30", sex: "男", phone: "abc", area12: "五一" },
    { id: "big", name: "王".repeat(350_000), name_pinyin: "wang ".repeat(200_000), id18: "1".repeat(100_000), id_valid: "no", birth: "9".repeat(1000), sex: "1".repeat(1000), phone: "1".repeat(1000), area12: "1".repeat(1000) },
  ];
  const { links, report, work } = await linked(sample.left, [...sample.right, ...odd]);
  assert.ok(links.length >= sample.truth.size - 1);
  assert.equal(report.counts.right, sample.right.length + 2);
  assert.ok((await all(readUnmatched(work, "right"))).includes("x\u0001\u2028y"));
});

async function fault(it: LinkageTask, run: typeof runLinkage | typeof linkInChild = runLinkage): Promise<string> {
  return run(it).then(
    () => "no fault",
    (error: unknown) => (error instanceof LinkageFault ? error.code : String(error)),
  );
}

test("what cannot be linked is refused with a code", async () => {
  const sample = dirtyPeople({ people: 10, strangers: 0, seed: 16 });
  const base = task(sample.left, sample.right);
  const file = (name: string, content: string | Buffer): string => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };
  assert.equal(await fault({ ...base, left: join(folder, "absent.csv") }), "unreadable");
  assert.equal(await fault({ ...base, left: file("nothing.csv", "") }), "unreadable");
  assert.equal(await fault({ ...base, left: file("gb18030.csv", Buffer.from([0x69, 0x64, 0x2c, 0x6e, 0x61, 0x6d, 0x65, 0x0a, 0x31, 0x2c, 0xcd, 0xf5, 0x0a])) }), "encoding");
  assert.equal(await fault({ ...base, left: file("cut.parquet", Buffer.from("PAR1 and no more")) }), "unreadable");
  assert.equal(await fault({ ...base, left: file("other.csv", "key,name\n1,王\n") }), "no-id-column");
  assert.equal(await fault({ ...base, left: file("foreign.csv", "id,colour\n1,red\n") }), "no-common-column");
  assert.equal(await fault({ ...base, left: file("twice.csv", `${COLUMNS.join(",")}\n1,王,,,,,,,\n1,李,,,,,,,\n`) }), "id-repeated");
  assert.equal(await fault({ ...base, left: file("noid.csv", `${COLUMNS.join(",")}\n,王,,,,,,,\n`) }), "id-empty");
  assert.equal(await fault({ ...base, settings: { ...chinesePersons, id: "nothing" } }), "no-id-column");
  assert.equal(await fault({ ...base, settings: { ...chinesePersons, blocking: [{ key: "x", parts: [{ column: "sex", take: "year" }] }] } }), "settings");
  assert.equal(await fault({ ...base, left: join(folder, "absent.csv") }, linkInChild), "unreadable");
  assert.equal(await fault(base, linkInChild), "no fault");
});

test("the settings that come with the engine have no fault", () => {
  assert.deepEqual(settingsFaults(chinesePersons), []);
  assert.deepEqual(settingsFaults(JSON.parse(JSON.stringify(chinesePersons))), []);
});

test("a run killed at any step leaves nothing that the next run trips over", async () => {
  const sample = dirtyPeople({ people: 400, strangers: 100, seed: 17 });
  const it = task(sample.left, sample.right);
  await linkInChild(it);
  const whole = files(it.workFolder);
  for (const step of ["read", "weights", "repeats"]) {
    const stop = new AbortController();
    await assert.rejects(
      linkInChild(it, {
        signal: stop.signal,
        onProgress: (progress) => {
          if (progress.step === step) stop.abort();
        },
      }),
      { name: "AbortError" },
    );
    assert.ok(!readdirSync(it.workFolder).includes("steps.json"), `no result after a stop at ${step}`);
  }
  const seen: string[] = [];
  await linkInChild(it, { onProgress: (progress) => seen.push(`${progress.step} ${progress.done}/${progress.of}`) });
  assert.deepEqual(files(it.workFolder), whole);
  assert.deepEqual([seen[0], seen.at(-1)], ["read 1/11", "write 11/11"]);
});

test("a list may have a byte order mark, Windows line ends, quoted cells or columns in another order", async () => {
  const row = (dirtyPeople({ people: 1, strangers: 0, seed: 18 }).left as Row[]).map((each) => ({ ...each, id: "left" }));
  const cells = COLUMNS.map((name) => [name, row[0]?.[name] ?? ""] as const);
  const lines = (order: typeof cells, end: string, quote: string): string => [0, 1].map((at) => order.map((cell) => quote + cell[at] + quote).join(",") + end).join("");
  for (const [i, content] of [lines(cells, "\r\n", ""), `\uFEFF${lines(cells, "\n", '"')}`, lines(cells.toReversed(), "\n", "")].entries()) {
    const it = task([], row.map((each) => ({ ...each, id: "right" })));
    const left = join(folder, `form-${i}.csv`);
    writeFileSync(left, content);
    await runLinkage({ ...it, left });
    assert.deepEqual((await all(readLinks(it.workFolder))).map((link) => [link.left_id, link.right_id, link.decision]), [["left", "right", "automatic"]]);
  }
});
