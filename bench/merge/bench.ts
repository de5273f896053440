// A million orders of two terminals, an office editor and an import on one person, held against a model that knows nothing of merging.
// MERGE_ORDERS: how many (default 1,000,000 of the 63,063,000 there are); MERGE_SEED: the first.
import { order, play, random, type Writer } from "../../src/modules/records/interleavings.fixture.ts";
import { FIELDS, officeInMemory } from "../../src/modules/records/interleavings-in-memory.fixture.ts";
import type { Bench } from "../run.ts";

const orders = Number(process.env["MERGE_ORDERS"] ?? 1_000_000);
const first = Number(process.env["MERGE_SEED"] ?? 1);
const letter: Readonly<Record<Writer, string>> = { "terminal-1": "1", "terminal-2": "2", editor: "e", import: "i" };
const count = (n: number): string => n.toLocaleString("en");

export const bench: Bench = {
  summary: `${count(orders)} orders of four writers, four steps each, on one person`,
  async run() {
    const distinct = new Set<string>();
    const totals = { taken: 0, kept: 0, refused: 0, overwritten: 0, unsafe: 0 };
    const from = performance.now();
    for (let seed = first; distinct.size < orders; seed += 1) {
      const next = random(seed);
      const steps = order(next);
      const name = steps.map((writer) => letter[writer]).join("");
      if (distinct.has(name)) continue;
      distinct.add(name);
      const played = await play(officeInMemory(), steps, FIELDS, next);
      totals.taken += played.taken;
      totals.kept += played.kept;
      totals.refused += played.refused;
      totals.overwritten += played.overwritten.length;
    }
    const seconds = (performance.now() - from) / 1000;
    const again = Math.min(orders, 10_000);
    for (let seed = first; seed < first + again; seed += 1) {
      const next = random(seed);
      totals.unsafe += (await play(officeInMemory(true), order(next), FIELDS, next)).overwritten.length;
    }
    return [
      { what: "distinct orders played", value: count(distinct.size), beside: `of 63,063,000; seeds from ${first}; ${seconds.toFixed(0)} s` },
      { what: "silent overwrites", value: count(totals.overwritten), beside: "aim 0" },
      { what: "saves taken or merged / kept apart / refused as stale", value: `${count(totals.taken)} / ${count(totals.kept)} / ${count(totals.refused)}` },
      { what: "silent overwrites when every capture is taken as it comes", value: count(totals.unsafe), beside: `in ${count(again)} orders: what the model would notice` },
    ];
  },
};
