// Linking: Chinese synthetic lists against the targets, the exact stage beside the bare join, and Splink on the same files.
// BENCH_PEOPLE: rows of the register (default 1,000,000; the list has twice as many); BENCH_SEEDS (default 1,2,3);
// BENCH_GROWTH=10 also runs ten times as many; BENCH_DATA: folder with public truth sets (default ../shared/data);
// BENCH_SPLINK: a Python that has Splink. Learning never sees the truth; it only measures.
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
import { link, type Measured } from "./run-link.ts";
import { writeLists } from "./people.ts";

const run = promisify(execFile);
const people = Number(process.env["BENCH_PEOPLE"] ?? 1_000_000);
const seeds = (process.env["BENCH_SEEDS"] ?? "1,2,3").split(",").map(Number);
const growth = Number(process.env["BENCH_GROWTH"] ?? 0);
const data = path.resolve(process.env["BENCH_DATA"] ?? path.join(import.meta.dirname, "../../../shared/data"));
const python = process.env["BENCH_SPLINK"] ?? "";
const SPLINK_PEOPLE = 100_000;
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

type Peer = { readonly seconds: number; readonly cpu: number; readonly f1: number; readonly best: number };

async function splink(kind: string, left: string, truth: string, right?: string): Promise<Peer | undefined> {
  if (python === "") return undefined;
  const { stdout } = await run(python, [path.join(import.meta.dirname, "peer_splink.py"), kind, left, truth, ...(right === undefined ? [] : [right])], { maxBuffer: 1 << 26 });
  return JSON.parse(stdout.trim().split("\n").at(-1) ?? "") as Peer;
}

function besidePeer(what: string, ours: Measured, peer: Peer | undefined): Figure[] {
  const f1 = ours.quality.overall.f1;
  if (peer === undefined) return [{ what: `${what}: F1`, value: f1.toFixed(4), beside: `${ours.seconds.toFixed(1)} s (processor ${ours.cpu.toFixed(1)} s); no Splink` }];
  return [
    { what: `${what}: F1 ours`, value: f1.toFixed(4), beside: `Splink ${peer.f1.toFixed(4)} at p ≥ 0.5, ${peer.best.toFixed(4)} at its best threshold (chosen with the truth)` },
    { what: `${what}: faster than Splink`, value: `${(peer.seconds / ours.seconds).toFixed(1)} ×`, beside: `${ours.seconds.toFixed(1)} s and ${peer.seconds.toFixed(1)} s; processor ${ours.cpu.toFixed(1)} s and ${peer.cpu.toFixed(1)} s; ${load()}` },
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

export const bench: Bench = {
  summary: `Chinese lists of ${people.toLocaleString("en")} × ${(2 * people).toLocaleString("en")}, the bare join, and Splink on public and Chinese sets`,
  async run() {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "qingce-bench-linkage-"));
    const figures: Figure[] = [];
    const say = (...more: Figure[]): void => {
      figures.push(...more);
      for (const { what, value, beside } of more) console.error(`    ${what} ${value} ${beside ?? ""}`);
    };
    try {
      if (python === "") say({ what: "Splink", value: "skipped", beside: "python3 -m venv DIR && DIR/bin/pip install splink, then BENCH_SPLINK=DIR/bin/python" });
      for (const [name, kind, file, of] of PUBLIC) {
        const source = path.join(data, file);
        if (!fs.existsSync(source)) {
          say({ what: name, value: "skipped", beside: `${source} is not there (BENCH_DATA)` });
          continue;
        }
        const truth = publicTruth(folder, name, source, of);
        say(...besidePeer(name, await link(source, undefined, truth, path.join(folder, name)), await splink(kind, source, truth)));
      }
      const small = Math.min(people, SPLINK_PEOPLE);
      const lists = writeLists(folder, small, 2 * small, 99);
      say(...besidePeer(`Chinese, ${small.toLocaleString("en")} × ${(2 * small).toLocaleString("en")}`, await link(lists.left, lists.right, lists.truth, path.join(folder, "small")), await splink("chinese", lists.left, lists.truth, lists.right)));
      let perRow = 0;
      for (const seed of seeds) {
        const large = writeLists(folder, people, 2 * people, seed);
        const measured = await link(large.left, large.right, large.truth, path.join(folder, `large-${seed}`));
        say(...chineseFigures(`seed ${seed}`, measured));
        perRow = measured.seconds / people;
        if (seed === seeds.at(-1)) say(await exactStage(folder, large.left, large.right));
        for (const file of [large.left, large.right, large.truth]) fs.rmSync(file);
        fs.rmSync(path.join(folder, `large-${seed}`), { recursive: true });
      }
      if (growth > 1) {
        const huge = writeLists(folder, people * growth, 2 * people * growth, 1);
        const measured = await link(huge.left, huge.right, huge.truth, path.join(folder, "huge"));
        say(...chineseFigures(`${growth} times as many`, measured), { what: "time per row, grown", value: `${(measured.seconds / (people * growth) / perRow).toFixed(2)} ×`, beside: "target ≤ 1.3 ×" });
      }
      return figures;
    } finally {
      fs.rmSync(folder, { recursive: true, force: true });
    }
  },
};
