// Runs `qingce link` as a user would and measures it: seconds, processor seconds, peak memory of the engine, quality.
import { spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import type { Quality } from "../../src/cli/link-quality.ts";
import type { LinkageReport } from "../../src/linkage/model.ts";

const root = path.join(import.meta.dirname, "../..");

export type Measured = { readonly seconds: number; readonly cpu: number; readonly peakMb: number; readonly report: LinkageReport; readonly quality: { readonly overall: Quality; readonly automatic: Quality } };

/** Highest resident memory of a process and those it started, in MB (Linux; 0 elsewhere). */
function peakMb(pid: number): number {
  try {
    const own = Number(/VmHWM:\s+(\d+)/.exec(fs.readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) / 1024;
    const children = fs.readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(" ").filter(Boolean).map(Number);
    return Math.max(own, ...children.map(peakMb));
  } catch {
    return 0; // ended in between, or no /proc
  }
}

/** @throws Error with what the command said when it failed */
export async function link(left: string, right: string | undefined, truth: string, out: string, more: readonly string[] = []): Promise<Measured> {
  const began = performance.now();
  childSeconds();
  const child = spawn(process.execPath, [path.join(root, "src/cli/main.ts"), "link", "--left", left, ...(right === undefined ? [] : ["--right", right]), "--out", out, "--truth", truth, ...more], { stdio: ["ignore", "ignore", "pipe"] });
  let [said, peak] = ["", 0];
  child.stderr.setEncoding("utf8").on("data", (text: string) => (said = (said + text).slice(-2000)));
  const watch = setInterval(() => (peak = Math.max(peak, child.pid === undefined ? 0 : peakMb(child.pid))), 100);
  const code = await new Promise((resolve) => child.once("close", resolve));
  clearInterval(watch);
  if (code !== 0) throw new Error(said);
  const seconds = (performance.now() - began) / 1000;
  return {
    seconds,
    cpu: childSeconds(),
    peakMb: peak,
    report: JSON.parse(fs.readFileSync(path.join(out, "steps.json"), "utf8")) as LinkageReport,
    quality: JSON.parse(fs.readFileSync(path.join(out, "quality.json"), "utf8")) as Measured["quality"],
  };
}

let counted = 0;
/** Processor seconds of the children that ended since the last call (fields 16 and 17 of /proc/self/stat, in ticks of 10 ms). */
function childSeconds(): number {
  try {
    const fields = fs.readFileSync("/proc/self/stat", "utf8").replace(/^.*\) /, "").split(" ");
    const now = (Number(fields[13]) + Number(fields[14])) / 100;
    const since = now - counted;
    counted = now;
    return since;
  } catch {
    return 0;
  }
}
