// Checking records: the engine that reads rules from the definition beside the same rules written by hand, a peer's engine, and bulk SQL.
import { isDeepStrictEqual } from "node:util";
import { soundRecord } from "../../schemes/veterans/sample-records.ts";
import { veterans } from "../../schemes/veterans/scheme.ts";
import { checker } from "../../src/scheme/check.ts";
import type { Answers } from "../../src/scheme/model.ts";
import { damagedRecords } from "../../test/damaged-records.ts";
import type { Bench, Figure } from "../run.ts";
import { bulkFigures } from "./bulk.ts";
import { checkByHand } from "./by-hand.ts";
import { peerFigures } from "./peer.ts";

const TODAY = "2018-11-20";
const check = checker(veterans);
const byEngine = (answers: Answers) => check(answers, { today: TODAY }).issues;
const byHand = (answers: Answers) => checkByHand(answers, TODAY, veterans.referenceDate);

/** Records a second of processor time (other programs on the machine do not count): the best of several rounds. */
const pace = (records: readonly Answers[], of: (answers: Answers) => readonly unknown[]): number => {
  let best = 0;
  for (let round = 0; round < 4; round += 1) {
    const started = process.cpuUsage();
    let [done, spent] = [0, 0];
    while (spent < 1e6) {
      for (let i = 0; i < 200; i += records.length) for (const record of records) of(record);
      done += Math.ceil(200 / records.length) * records.length;
      const { user, system } = process.cpuUsage(started);
      spent = user + system;
    }
    best = Math.max(best, (done / spent) * 1e6);
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
  const { compared, differing, kinds, first } = differences(6000);
  if (first !== undefined) console.log(`    first difference: ${first}`);
  const damaged = damagedRecords(veterans, [oneForm], 1200, 6).filter(inScope);
  const figures: Figure[] = [{ what: "damaged records on which both find the same", value: `${compared - differing} of ${compared}`, beside: `${kinds} kinds of fault` }];
  for (const [what, records] of [["general form and one sub-form, sound", [oneForm]], ["the same with up to six damages", damaged]] as const) {
    const [hand, engine] = [pace(records, byHand), pace(records, byEngine)];
    figures.push({ what: `${what}: engine, records on one core`, value: rate(engine), beside: `by hand ${rate(hand)}: the engine takes ${(hand / engine).toFixed(2)} × as long` });
  }
  figures.push({ what: "general form and two sub-forms: engine", value: rate(pace([twoForms], byEngine)) }, { what: "general form and three sub-forms: engine", value: rate(pace([soundRecord], byEngine)) });
  return figures;
}

export const bench: Bench = {
  summary: "checking veterans' records: the engine, the same rules by hand, a peer, and a million records in SQL",
  async run() {
    return [...checkerFigures(), ...(await peerFigures(oneForm["general"] ?? {})), ...(await bulkFigures(2))];
  },
};
