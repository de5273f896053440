// Linking: Chinese synthetic lists against the targets, the exact stage beside the bare join, time for each row as lists grow, and
// Splink on the same files. One command goes through all of it and prints the sizes it uses.
//   BENCH_PEOPLE   rows of the register (default 1,000,000; the list has twice as many)
//   BENCH_SEEDS    lists of that size, one for each seed (default 1,2,3)
//   BENCH_LARGEST  rows of one more register for the growth of time, usually 10000000: about 40 GB of disk and 14 GB of memory; not run when not given
//   BENCH_PARTS    some of public, elsewhere, peer, seeds, join, largest (default all); largest takes the first seed's list along for the growth of time
//   BENCH_FOLDER   keeps the lists it makes there and takes those that are there already, so that a long part can be made in one turn and linked in another
//   BENCH_DATA     folder with public truth sets; without it they are left out
//   BENCH_SPLINK   a Python that has Splink
// Learning never sees the truth; it only measures.
import { execFile } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { personsInChina } from "../../src/linkage/chinese-persons.ts";
import { openSession } from "../../src/linkage/duckdb.ts";
import { exactPairs } from "../../src/linkage/steps/exact.ts";
import { normalise } from "../../src/linkage/steps/normalise.ts";
import { read } from "../../src/linkage/steps/read.ts";
import type { Bench, Figure } from "../run.ts";
import { childSeconds, link, suggested, type Measured } from "./run-link.ts";
import { KINDS, writeElsewhere } from "./elsewhere.ts";
import { type Lists, writeLists } from "./people.ts";

const run = promisify(execFile);
const people = Number(process.env["BENCH_PEOPLE"] ?? 1_000_000);
const seeds = (process.env["BENCH_SEEDS"] ?? "1,2,3").split(",").map(Number);
const largest = Number(process.env["BENCH_LARGEST"] ?? 0);
const data = path.resolve(process.env["BENCH_DATA"] ?? "no-public-sets");
const python = process.env["BENCH_SPLINK"] ?? "";
const parts = new Set((process.env["BENCH_PARTS"] ?? "public,elsewhere,peer,seeds,join,largest").split(","));
const kept = process.env["BENCH_FOLDER"];
const SPLINK_PEOPLE = 100_000;
const ELSEWHERE_PEOPLE = 7_000;
const matching = new Set(["trust", "exact", "weights", "accept", "candidates", "compare", "decide", "repeats"]);
const load = (): string => `load ${os.loadavg()[0]?.toFixed(1)}`;

const seconds = (measured: Measured): number => measured.report.steps.reduce((sum, step) => sum + (matching.has(step.step) ? step.seconds : 0), 0);

function chineseFigures(what: string, measured: Measured): Figure[] {
  const { overall, automatic } = measured.quality;
  const review = overall.links - automatic.links;
  return [
    { what: `${what}: precision, automatic`, value: automatic.precision.toFixed(5), beside: `target ≥ 0.9998; ${automatic.right} of ${automatic.links} links` },
    { what: `${what}: recall, automatic`, value: automatic.recall.toFixed(5), beside: `target ≥ 0.998; ${automatic.right} of ${automatic.truePairs} true pairs` },
    { what: `${what}: recall with review`, value: overall.recall.toFixed(5), beside: "target ≥ 0.9995" },
    { what: `${what}: review share`, value: `${((100 * review) / measured.report.counts.left).toFixed(2)} %`, beside: `target ≤ 0.7 %; ${review} pairs of ${measured.report.counts.left} rows of the register` },
    { what: `${what}: from CSV to links`, value: `${measured.seconds.toFixed(1)} s`, beside: `target ≤ 30 s at 1 M × 2 M; processor ${measured.cpu.toFixed(1)} s, ${load()}` },
    { what: `${what}: matching alone`, value: `${seconds(measured).toFixed(1)} s`, beside: `target ≤ 7 s at 1 M × 2 M; peak ${(measured.peakMb / 1024).toFixed(2)} GB` },
    { what: `${what}: steps, seconds`, value: "", beside: measured.report.steps.map((step) => `${step.step} ${step.seconds.toFixed(1)}`).join(", ") },
  ];
}

/** The exact stage and the bare join of the same columns, in one database. */
async function exactStage(folder: string, left: string, right: string): Promise<Figure> {
  const db = await openSession({ folder, memoryLimitMb: 6000, threads: os.availableParallelism() });
  const settings = personsInChina("bench", { id: "id", raw: true, name: "name", identifier: "id_no", birth: "birth", sex: "sex", phone: "phone", place: "region", address: "address" });
  const work = { db, settings, cache: {} };
  await read(work, left, right);
  await normalise(work);
  const columns = ["nh", "yh", "zh", "c1", "c2", "c3", "c4"].map((each) => `l.k1_${each} AS l${each}, r.k1_${each} AS r${each}`);
  const times = { bare: Infinity, exact: Infinity };
  for (let again = 0; again < 3; again += 1) {
    let from = performance.now();
    await db.run(`CREATE OR REPLACE TABLE bare AS SELECT l.n AS ln, r.n AS rn, ${columns.join(", ")}, l.k2_x AS lx, r.k2_x AS rx, l.k4_v AS lp, r.k4_v AS rp, l.k5_v AS la, r.k5_v AS ra, l.k6_v AS lh, r.k6_v AS rh FROM l JOIN r ON l.k0_v = r.k0_v AND l.k0_ok AND r.k0_ok`);
    times.bare = Math.min(times.bare, performance.now() - from);
    await db.run("DROP TABLE IF EXISTS exact_pairs");
    from = performance.now();
    await exactPairs(work);
    times.exact = Math.min(times.exact, performance.now() - from);
  }
  db.close();
  return { what: "exact stage beside the bare join of the same columns", value: `${(times.exact / times.bare).toFixed(2)} ×`, beside: `target ≤ 1.5 ×; ${(times.exact / 1000).toFixed(2)} s and ${(times.bare / 1000).toFixed(2)} s, best of 3` };
}

/** Its own time, which begins after its libraries are loaded, and that of the whole process, as ours is measured. */
type Peer = { readonly seconds: number; readonly cpu: number; readonly f1: number; readonly best: number; readonly whole: number; readonly wholeCpu: number };

async function splink(kind: string, left: string, truth: string, right?: string): Promise<Peer | undefined> {
  if (python === "") return undefined;
  try {
    childSeconds();
    const began = performance.now();
    const { stdout } = await run(python, [path.join(import.meta.dirname, "peer_splink.py"), kind, left, truth, ...(right === undefined ? [] : [right])], { maxBuffer: 1 << 26 });
    const told = JSON.parse(stdout.trim().split("\n").at(-1) ?? "") as Omit<Peer, "whole" | "wholeCpu">;
    return { ...told, whole: (performance.now() - began) / 1000, wholeCpu: childSeconds() };
  } catch (error) {
    console.error(`    Splink on ${path.basename(left)} failed, the other figures go on: ${String(error).slice(-500)}`);
    return undefined;
  }
}

function besidePeer(what: string, ours: Measured, peer: Peer | undefined): Figure[] {
  const f1 = ours.quality.overall.f1;
  if (peer === undefined) return [{ what: `${what}: F1`, value: f1.toFixed(4), beside: `${ours.seconds.toFixed(1)} s (processor ${ours.cpu.toFixed(1)} s); no Splink` }];
  return [
    { what: `${what}: F1 ours`, value: f1.toFixed(4), beside: `Splink ${peer.f1.toFixed(4)} at p ≥ 0.5, ${peer.best.toFixed(4)} at its best threshold (chosen with the truth)` },
    { what: `${what}: faster than Splink`, value: `${(peer.seconds / ours.seconds).toFixed(1)} ×`, beside: `${ours.seconds.toFixed(1)} s and ${peer.seconds.toFixed(1)} s; processor ${ours.cpu.toFixed(1)} s and ${peer.cpu.toFixed(1)} s; ours with its start, Splink's without that of Python and its libraries; ${load()}` },
    { what: `${what}: faster, both with their start`, value: `${(peer.whole / ours.seconds).toFixed(1)} ×`, beside: `${ours.seconds.toFixed(1)} s and ${peer.whole.toFixed(1)} s; processor ${ours.cpu.toFixed(1)} s and ${peer.wholeCpu.toFixed(1)} s: ${(peer.wholeCpu / ours.cpu).toFixed(1)} ×` },
  ];
}

/** Truth of a public set as id, cluster; read from its own columns. */
function publicTruth(folder: string, name: string, file: string, of: (cells: readonly string[]) => readonly [id: string, cluster: string]): string {
  const target = path.join(folder, `${name}-truth.csv`);
  const rows = fs.readFileSync(file, "utf8").split(/\r?\n/).slice(1).filter((line) => line !== "");
  fs.writeFileSync(target, `id,cluster\n${rows.map((line) => of(line.split(",").map((cell) => cell.trim())).join(",")).join("\n")}\n`);
  return target;
}

const febrl = (cells: readonly string[]): readonly [string, string] => [cells[0] ?? "", /rec-(\d+)/.exec(cells[0] ?? "")?.[1] ?? ""];
const PUBLIC: readonly (readonly [name: string, kind: string, file: string, of: (cells: readonly string[]) => readonly [string, string]])[] = [
  ["FEBRL 1", "febrl", "febrl/dataset1.csv", febrl],
  ["FEBRL 2", "febrl", "febrl/dataset2.csv", febrl],
  ["FEBRL 3", "febrl", "febrl/dataset3.csv", febrl],
  ["RLdata500", "rldata", "rldata/RLdata500.csv", (cells) => [cells.at(-2) ?? "", cells.at(-1) ?? ""]],
  ["fake_1000", "fake", "splink/fake_1000.csv", (cells) => [cells[0] ?? "", cells.at(-1) ?? ""]],
];

/** Lists of a size and seed, made unless they are kept from an earlier turn. */
function listsOf(folder: string, rows: number, seed: number): Lists {
  const home = kept === undefined ? folder : path.join(path.resolve(kept), String(rows));
  fs.mkdirSync(home, { recursive: true });
  const whole = path.join(home, `whole-${seed}.json`);
  if (fs.existsSync(whole)) return JSON.parse(fs.readFileSync(whole, "utf8")) as Lists;
  const from = performance.now();
  const lists = writeLists(home, rows, 2 * rows, seed);
  if (kept !== undefined) fs.writeFileSync(whole, JSON.stringify(lists));
  console.error(`    lists of ${sizes(rows)}, seed ${seed}, made in ${((performance.now() - from) / 1000).toFixed(0)} s`);
  return lists;
}

const sizes = (rows: number): string => `${rows.toLocaleString("en")} × ${(2 * rows).toLocaleString("en")}`;
/** Rows of the registers that the chosen parts link, without those beside Splink. */
const registers = [...(parts.has("seeds") || parts.has("join") ? [people] : []), ...(parts.has("largest") && largest > people ? [largest] : [])];

async function publicSets(folder: string, say: (...more: Figure[]) => void): Promise<void> {
  for (const [name, kind, file, of] of PUBLIC) {
    const source = path.join(data, file);
    if (!fs.existsSync(source)) {
      say({ what: name, value: "skipped", beside: `${source} is not there (BENCH_DATA)` });
      continue;
    }
    const truth = publicTruth(folder, name, source, of);
    say(...besidePeer(name, await link(source, undefined, truth, path.join(folder, name)), await splink(kind, source, truth)));
  }
}

/** Kinds of lists that no rule of ours was made for, with the settings that are proposed. */
async function elsewhere(folder: string, say: (...more: Figure[]) => void): Promise<void> {
  for (const kind of Object.keys(KINDS) as (keyof typeof KINDS)[]) {
    for (const seed of seeds) {
      const { left, right, truth } = writeElsewhere(folder, kind, ELSEWHERE_PEOPLE, seed);
      const { quality, seconds: took, cpu } = await link(left, right, truth, path.join(folder, kind));
      const { overall, automatic } = quality;
      say({ what: `${kind}, seed ${seed}: F1`, value: overall.f1.toFixed(4), beside: `precision ${overall.precision.toFixed(5)}, recall ${overall.recall.toFixed(5)}; automatic ${automatic.precision.toFixed(5)} and ${automatic.recall.toFixed(5)}; ${took.toFixed(1)} s, processor ${cpu.toFixed(1)} s` });
    }
  }
}

export const bench: Bench = {
  summary: `${parts.has("public") ? "public sets, " : ""}${parts.has("elsewhere") ? "voters and romanised names, " : ""}Chinese lists of ${[...(parts.has("peer") ? [Math.min(people, SPLINK_PEOPLE)] : []), ...registers].map(sizes).join(", ")} (seeds ${seeds.join(", ")}), the bare join, and Splink`,
  async run() {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "qingce-bench-linkage-"));
    const figures: Figure[] = [];
    const say = (...more: Figure[]): void => {
      figures.push(...more);
      for (const { what, value, beside } of more) console.error(`    ${what} ${value} ${beside ?? ""}`);
    };
    try {
      if (python === "" && (parts.has("public") || parts.has("peer"))) say({ what: "Splink", value: "skipped", beside: "python3 -m venv DIR && DIR/bin/pip install splink, then BENCH_SPLINK=DIR/bin/python" });
      if (parts.has("public")) await publicSets(folder, say);
      if (parts.has("elsewhere")) await elsewhere(folder, say);
      const measure = async (rows: number, seed: number): Promise<{ lists: Lists; measured: Measured; drop: () => void }> => {
        const lists = listsOf(folder, rows, seed);
        const out = path.join(folder, `out-${rows}-${seed}`);
        const measured = await link(lists.left, lists.right, lists.truth, out, ["--settings", suggested(folder, lists.left, lists.right)]);
        return {
          lists,
          measured,
          drop: () => {
            if (kept === undefined) for (const file of [lists.left, lists.right, lists.truth]) fs.rmSync(file);
            fs.rmSync(out, { recursive: true });
          },
        };
      };
      const perRow: [rows: number, seconds: number][] = [];
      const grown = (rows: number, measured: Measured): void => {
        const before = perRow.at(-1);
        perRow.push([rows, measured.seconds / rows]);
        if (before !== undefined && before[0] < rows) say({ what: `time for each row, ${sizes(rows)} beside ${sizes(before[0])}`, value: `${(measured.seconds / rows / before[1]).toFixed(2)} ×`, beside: "target ≤ 1.3 × from 1 M to 10 M" });
      };
      if (parts.has("peer")) {
        const small = Math.min(people, SPLINK_PEOPLE);
        const first = await measure(small, 99);
        say(...chineseFigures(sizes(small), first.measured), ...besidePeer(`Chinese, ${sizes(small)}`, first.measured, await splink("chinese", first.lists.left, first.lists.truth, first.lists.right)));
        grown(small, first.measured);
        first.drop();
      }
      // The growth of time needs one list of the usual size beside the largest.
      const wanted = parts.has("seeds") ? seeds : parts.has("largest") && largest > people ? seeds.slice(0, 1) : [];
      for (const seed of wanted) {
        const { lists, measured, drop } = await measure(people, seed);
        say(...chineseFigures(`${sizes(people)}, seed ${seed}`, measured));
        if (seed === wanted[0]) grown(people, measured);
        if (parts.has("join") && seed === wanted.at(-1)) say(await exactStage(folder, lists.left, lists.right));
        drop();
      }
      if (parts.has("join") && wanted.length === 0) {
        const { left, right } = listsOf(folder, people, seeds.at(-1) ?? 1);
        say(await exactStage(folder, left, right));
      }
      if (parts.has("largest") && largest > people) {
        const { measured, drop } = await measure(largest, 1);
        say(...chineseFigures(`${sizes(largest)}, seed 1`, measured));
        grown(largest, measured);
        drop();
      }
      return figures;
    } finally {
      fs.rmSync(folder, { recursive: true, force: true });
    }
  },
};
