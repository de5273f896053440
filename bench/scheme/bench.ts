// Checking records: the engine that reads rules from the definition beside the same rules written by hand, a peer's engine, and bulk SQL.
import { isDeepStrictEqual } from "node:util";
import { soundRecord } from "../../schemes/veterans/sample-records.ts";
import { veterans } from "../../schemes/veterans/scheme.ts";
import { checker } from "../../src/scheme/check.ts";
import type { Answers } from "../../src/scheme/model.ts";
import { damagedRecords } from "../../test/damaged-records.ts";
import type { Bench, Figure } from "../run.ts";
import { bulkFigures, progress } from "./bulk.ts";
import { checkByHand } from "./by-hand.ts";
import { peerFigures } from "./peer.ts";

const TODAY = "2018-11-20";
const check = checker(veterans);
const byEngine = (answers: Answers) => check(answers, { today: TODAY }).issues;
const byHand = (answers: Answers) => checkByHand(answers, TODAY, veterans.referenceDate);

type Measured = (answers: Answers) => readonly unknown[];
const ROUNDS = 6;

/** Records a second of processor time (other programs on the machine do not count): the best of several rounds, the sides taking turns. */
const paces = (records: readonly Answers[], sides: readonly Measured[]): readonly number[] => {
  const best = sides.map(() => 0);
  for (let round = 0; round < ROUNDS; round += 1) {
    sides.forEach((of, side) => {
      const started = process.cpuUsage();
      let [done, spent] = [0, 0];
      while (spent < 0.5e6) {
        for (let i = 0; i < 200; i += records.length) for (const record of records) of(record);
        done += Math.ceil(200 / records.length) * records.length;
        const { user, system } = process.cpuUsage(started);
        spent = user + system;
      }
      best[side] = Math.max(best[side] ?? 0, (done / spent) * 1e6);
    });
  }
  return best;
};

const oneForm: Answers = {
  general: { ...soundRecord["general"], categories: ["retired_soldier"], state_pension: ["rural_60"], health: "10" },
  retired_soldier: soundRecord["retired_soldier"],
};
const twoForms: Answers = {
  general: { ...soundRecord["general"], categories: ["retired_soldier", "disabled_soldier"] },
  retired_soldier: soundRecord["retired_soldier"],
  disabled_soldier: soundRecord["disabled_soldier"],
};

const codesOf = (issues: readonly { readonly code: string }[]): string[] => issues.map((issue) => issue.code).toSorted();
const inScope = (answers: Answers): boolean => {
  const chosen = answers["general"]?.["categories"];
  if (Object.keys(answers).some((form) => form !== "general" && form !== "retired_soldier")) return false;
  return !Array.isArray(chosen) || chosen.every((key) => key === "retired_soldier" || key === "zz");
};

/** Records on which the two differ, with the first of them. */
export function differences(n: number): { readonly compared: number; readonly differing: number; readonly kinds: number; readonly first?: string } {
  const records = damagedRecords(veterans, [oneForm], n, 5).filter(inScope);
  const kinds = new Set<string>();
  let differing = 0;
  let first: string | undefined;
  for (const record of records) {
    const [engine, hand] = [codesOf(byEngine(record)), codesOf(byHand(record))];
    for (const code of engine) kinds.add(code);
    if (isDeepStrictEqual(engine, hand)) continue;
    differing += 1;
    first ??= `${JSON.stringify(engine)} / ${JSON.stringify(hand)} ${JSON.stringify(record)}`;
  }
  return { compared: records.length, differing, kinds: kinds.size, first };
}

const rate = (perSecond: number): string => `${Math.round(perSecond).toLocaleString("en")}/s`;

/** The engine beside the rules written by hand. */
export function checkerFigures(): readonly Figure[] {
  progress("comparing what both find");
  const { compared, differing, kinds, first } = differences(6000);
  if (first !== undefined) console.log(`    first difference: ${first}`);
  const damaged = damagedRecords(veterans, [oneForm], 1200, 6).filter(inScope);
  const figures: Figure[] = [{ what: "damaged records on which both find the same", value: `${compared - differing} of ${compared}`, beside: `${kinds} kinds of fault` }];
  for (const [what, records] of [["general form and one sub-form, sound", [oneForm]], ["the same with up to six damages", damaged]] as const) {
    progress(what);
    const [hand = 0, engine = 0] = paces(records, [byHand, byEngine]);
    progress(`engine ${rate(engine)}, by hand ${rate(hand)}`);
    figures.push({ what: `${what}: engine, records on one core`, value: rate(engine), beside: `by hand ${rate(hand)}: the engine takes ${(hand / engine).toFixed(2)} × as long` });
  }
  progress("more sub-forms");
  const [two = 0] = paces([twoForms], [byEngine]);
  const [three = 0] = paces([soundRecord], [byEngine]);
  figures.push({ what: "general form and two sub-forms: engine", value: rate(two) }, { what: "general form and three sub-forms: engine", value: rate(three) });
  return figures;
}

export const bench: Bench = {
  summary: "checking veterans' records: the engine, the same rules by hand, a peer, and a million records in SQL",
  async run() {
    return [...checkerFigures(), ...(await peerFigures(oneForm["general"] ?? {})), ...(await bulkFigures(2))];
  },
};
