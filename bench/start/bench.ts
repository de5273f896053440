// From a fresh clone to an open office, part by part, and the second start until it is ready.
import { spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import path from "node:path";
import { projectRoot } from "../../src/platform/config.ts";
import type { Bench } from "../run.ts";

const port = 7399;

/** Starts the server as its users do; resolves with the seconds until it prints that it is ready. */
async function start(folder: string): Promise<{ seconds: number; parts: string[] }> {
  const started = performance.now();
  const child = spawn("npm", ["start", "--", "--data", folder, "--port", String(port)], { cwd: projectRoot, stdio: ["ignore", "pipe", "pipe"] });
  let text = "";
  child.stderr.on("data", (chunk: Buffer) => (text += chunk.toString()));
  await new Promise<void>((resolve, reject) => {
    child.stdout.on("data", (chunk: Buffer) => chunk.toString().includes("is ready") && resolve());
    child.once("exit", (code) => reject(new Error(`the server ended with ${code}: ${text}`)));
  });
  const seconds = (performance.now() - started) / 1000;
  child.kill("SIGTERM");
  await once(child, "exit");
  return { seconds, parts: text.split("\n").filter((line) => line.includes(" s ")).map((line) => line.replace(/[█░]+\s*/g, "").trim()) };
}

export const bench: Bench = {
  summary: "fresh data folder → ready, and the second start",
  async run() {
    const folder = path.join(projectRoot, ".cache", "bench", `start-${process.pid}`);
    fs.rmSync(path.join(projectRoot, "dist"), { recursive: true, force: true });
    const installed = path.join(projectRoot, "node_modules/.qingce-install-seconds");
    const first = await start(folder);
    const second = await start(folder);
    fs.rmSync(folder, { recursive: true, force: true });
    return [
      ...(fs.existsSync(installed) ? [{ what: "npm ci of this clone, when it was installed", value: `${fs.readFileSync(installed, "utf8")} s` }] : []),
      ...first.parts.map((part) => ({ what: `    ${part}`, value: "" })),
      { what: "first start, database and areas made anew → ready", value: `${first.seconds.toFixed(1)} s` },
      { what: "second start → ready", value: `${second.seconds.toFixed(1)} s`, beside: "aim ≤ 5 s" },
    ];
  },
};
