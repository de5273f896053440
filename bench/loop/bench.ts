// The whole round at 20,000 and at 100,000 people: seconds, memory, and whether the time per person stays flat.
import { spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import path from "node:path";
import { projectRoot } from "../../src/platform/config.ts";
import type { Bench } from "../run.ts";

type Round = { readonly seconds: Record<string, number>; readonly peakMemoryMb: number; readonly findings: { readonly precision: number; readonly recall: number }; readonly states: { readonly addUp: boolean; readonly people: number } };
const sizes = (process.env["BENCH_PEOPLE"] ?? "20000,100000").split(",").map(Number);

async function round(people: number): Promise<Round> {
  const folder = path.join(projectRoot, ".cache", "bench", `loop-${people}-${process.pid}`);
  const json = `${folder}.json`;
  fs.mkdirSync(path.dirname(folder), { recursive: true });
  const child = spawn(process.execPath, ["src/cli/main.ts", "demo", "--no-serve", "--people", String(people), "--data", folder, "--json", json], { cwd: projectRoot, stdio: ["ignore", "ignore", "inherit"] });
  const [code] = (await once(child, "exit")) as [number];
  if (code !== 0) throw new Error(`the round of ${people} people ended with ${code}`);
  const result = JSON.parse(fs.readFileSync(json, "utf8")) as Round;
  fs.rmSync(folder, { recursive: true, force: true });
  fs.rmSync(json);
  return result;
}

export const bench: Bench = {
  summary: `npm run demo -- --no-serve --people ${sizes.join(" and ")}`,
  async run() {
    const figures = [];
    const perPerson: number[] = [];
    for (const people of sizes) {
      const { seconds, peakMemoryMb, findings, states } = await round(people);
      const total = Object.values(seconds).reduce((a, b) => a + b, 0);
      perPerson.push((total / people) * 1000);
      figures.push({ what: `${people.toLocaleString("en")} people: the loop`, value: `${total.toFixed(1)} s`, beside: `${((total / people) * 1000).toFixed(2)} ms a person; peak ${peakMemoryMb} MB over all processes` });
      for (const [stage, time] of Object.entries(seconds)) figures.push({ what: `    ${stage}`, value: `${time.toFixed(1)} s` });
      figures.push({ what: "    findings against the truth", value: `${findings.precision.toFixed(4)} / ${findings.recall.toFixed(4)}`, beside: `precision / recall; ${states.people.toLocaleString("en")} records, ${states.addUp ? "all states add up" : "STATES DO NOT ADD UP"}` });
    }
    if (perPerson.length > 1) figures.push({ what: `time per person, ${sizes.at(-1)!.toLocaleString("en")} : ${sizes[0]!.toLocaleString("en")} people`, value: `${(perPerson.at(-1)! / perPerson[0]!).toFixed(2)} ×`, beside: "1.00 is flat" });
    return figures;
  },
};
