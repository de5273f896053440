// `npm run qingce -- simulate`: a round of a nation that does not exist, through the services of the offices, and the proof of its sums.
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { readConfig } from "../platform/config.ts";
import { openInstallation } from "../platform/start.ts";
import { type Flags, numberFlag } from "./flags.ts";
import { movedClock } from "./simulate/nation.ts";
import { serverSeconds } from "./simulate/processor.ts";
import { simulateRound, type Step } from "./simulate/round.ts";

const line = ({ step, records, seconds, perSecond, cpuMicrosecondsEach, databaseMicrosecondsEach }: Step): string =>
  `  ${step.padEnd(20)} ${records.toLocaleString("en").padStart(12)} ${`${seconds.toFixed(1)} s`.padStart(10)} ${`${perSecond.toLocaleString("en")}/s`.padStart(12)} ${`${cpuMicrosecondsEach} µs`.padStart(10)}${databaseMicrosecondsEach === undefined ? "" : ` + ${databaseMicrosecondsEach} µs`.padStart(12)}`;

export const simulate = {
  summary: "run a round of an invented nation through the services and prove its sums (--counties N --people N --json FILE)",
  options: { counties: { type: "string" as const } },
  async run(flags: Flags): Promise<void> {
    const counties = numberFlag(flags, "counties", 2, 1, 2800);
    const people = numberFlag(flags, "people", 2000, counties, 10_000_000);
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "qingce-simulate-"));
    fs.chmodSync(folder, 0o711);
    const clock = movedClock("2018-10-08T02:00:00Z");
    const installation = await openInstallation(readConfig({ data: path.join(folder, "data") }, {}), clock);
    try {
      console.log(`${counties} 个县 ${people.toLocaleString("en")} 人，全部虚构。${counties} counties, ${people.toLocaleString("en")} people, all invented.`);
      console.log("  步骤、记录数、用时、每秒、每条占用处理器（程序 + 数据库）。Step, records, time, a second, processor a record (program + database).");
      const result = await simulateRound(installation.platform, { counties, people, owner: installation.owner, clock, databaseSeconds: () => serverSeconds(installation.postgresPid()), onStep: (step) => console.log(line(step)), onProgress: (step, records) => console.log(`  ${step.padEnd(20)} ${records.toLocaleString("en").padStart(12)} …`) });
      console.log(`  各状态 states: ${Object.entries(result.states).map(([state, n]) => `${state} ${n}`).join(", ")}`);
      console.log(`  样本 samples: ${Object.entries(result.samples).map(([state, n]) => `${state} ${n}`).join(", ")}; 全国看板 the nation's board: ${result.boardMilliseconds} ms`);
      console.log(result.wrong.length === 0 ? "  合计相符：每人恰有一个结果。The sums hold: every person ends in exactly one state." : `  不符 wrong: ${result.wrong.join("; ")}`);
      if (typeof flags["json"] === "string") fs.writeFileSync(flags["json"], `${JSON.stringify(result, null, 2)}\n`);
      process.exitCode = result.wrong.length === 0 ? 0 : 1;
    } finally {
      await installation.stop();
      fs.rmSync(folder, { recursive: true, force: true });
    }
  },
};
