// A linkage run in a process of its own, so that its memory goes back to the machine: this file is the parent's function
// and, started as a program, the child. One JSON line in, JSON lines out; the child ends when its parent goes away.
import { spawn } from "node:child_process";
import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { LinkageFault, type LinkageFaultCode } from "./fault.ts";
import type { LinkageProgress, LinkageReport, LinkageTask } from "./model.ts";
import type { PieceOf, PieceReport } from "./partition.ts";

/** What the child is asked for: the whole run; all pieces of it one by one; one piece; the results of all pieces. */
type Asked = { readonly task: LinkageTask; readonly part: "whole" | { readonly pieces: number } | { readonly piece: PieceOf } | { readonly gather: number } };
type Options = { readonly signal?: AbortSignal; readonly onProgress?: (progress: LinkageProgress) => void };
/** Largest memory of the child, in MB. */
type Peak = { readonly peakMemoryMb: number };

type Line =
  | { readonly kind: "progress"; readonly progress: LinkageProgress }
  | { readonly kind: "report"; readonly report: (LinkageReport | PieceReport) & Peak }
  | { readonly kind: "fault"; readonly code: LinkageFaultCode; readonly detail: string };

/** One line of JSON; node:readline takes U+2028 and U+2029 for line ends too, so they are escaped. */
function oneLine(value: unknown): string {
  return `${JSON.stringify(value).replaceAll("\u2028", "\\u2028").replaceAll("\u2029", "\\u2029")}\n`;
}

/**
 * Checks the settings and runs the linkage in a child process; with `pieces`, in that many pieces (with `partitionBy` of the task, in one for
 * each value of the column) of which those that an earlier, ended run has made are kept. An abort kills the child; the work folder can be used again at once.
 * @throws LinkageFault; the signal's reason when aborted.
 */
export async function linkInChild(task: LinkageTask, options: Options & { readonly pieces?: number } = {}): Promise<LinkageReport & Peak> {
  return (await inChild({ task, part: task.partitionBy !== undefined ? { pieces: 0 } : options.pieces === undefined ? "whole" : { pieces: options.pieces } }, options)) as LinkageReport & Peak;
}

/** One piece (`runPiece` of partition.ts) in a child process. @throws LinkageFault */
export async function pieceInChild(task: LinkageTask, piece: PieceOf, options: Options = {}): Promise<PieceReport & Peak> {
  return (await inChild({ task, part: { piece } }, options)) as PieceReport & Peak;
}

/** The results of all pieces (`gather` of partition.ts) in a child process. @throws LinkageFault */
export async function gatherInChild(task: LinkageTask, pieces: number, options: Options = {}): Promise<LinkageReport & Peak> {
  return (await inChild({ task, part: { gather: pieces } }, options)) as LinkageReport & Peak;
}

/** A child that was killed leaves what it had spilled; complete pieces stay. */
async function sweep(workFolder: string, pid: number | undefined): Promise<void> {
  await rm(join(workFolder, "unfinished"), { recursive: true, force: true });
  const inside = await readdir(workFolder).catch(() => []);
  for (const pieces of inside.filter((name) => name.startsWith("pieces-"))) {
    for (const name of await readdir(join(workFolder, pieces))) {
      if (name.startsWith("unfinished-") && name.includes(`-${pid}-`)) await rm(join(workFolder, pieces, name), { recursive: true, force: true });
    }
  }
}

async function inChild(asked: Asked, options: Options): Promise<(LinkageReport | PieceReport) & Peak> {
  const { task } = asked;
  const { signal, onProgress } = options;
  signal?.throwIfAborted();
  const { requireUsable } = await import("./settings-check.ts");
  requireUsable(task.settings);
  const child = spawn(process.execPath, [import.meta.filename], { stdio: ["pipe", "pipe", "pipe"], env: { PATH: process.env["PATH"], TMPDIR: process.env["TMPDIR"] } });
  const kill = (): void => {
    child.kill("SIGKILL");
  };
  signal?.addEventListener("abort", kill, { once: true });
  let outcome: Line | undefined;
  let errors = "";
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
    errors = (errors + chunk).slice(-4000);
  });
  child.stdin.on("error", () => undefined); // a child that died early; its exit says why
  child.stdin.write(oneLine(asked));
  const ended = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, killedBy) => resolve({ code, signal: killedBy }));
  });
  const lines = createInterface({ input: child.stdout });
  lines.on("line", (text) => {
    const line = JSON.parse(text) as Line;
    if (line.kind === "progress") onProgress?.(line.progress);
    else outcome = line;
  });
  try {
    const end = await ended;
    signal?.throwIfAborted();
    if (outcome?.kind === "report") return outcome.report;
    if (outcome?.kind === "fault") throw new LinkageFault(outcome.code, outcome.detail);
    throw new LinkageFault("child-ended", end.signal === null ? `exit code ${end.code}: ${errors.trim().slice(-1000)}` : `killed by ${end.signal}, perhaps for lack of memory`);
  } finally {
    signal?.removeEventListener("abort", kill);
    kill();
    if (outcome === undefined) await sweep(task.workFolder, child.pid);
  }
}

/** Waits until the parent has it: a pipe is written in the background, and the process ends right after. */
function say(line: Line): Promise<void> {
  return new Promise((resolve) => process.stdout.write(oneLine(line), () => resolve()));
}

/** Imports only here: the parent never loads DuckDB. */
async function act({ task, part }: Asked, onProgress: (progress: LinkageProgress) => void): Promise<LinkageReport | PieceReport> {
  if (part === "whole") return (await import("./run.ts")).runChecked(task, onProgress);
  const { gather, runInPieces, runPiece } = await import("./partition.ts");
  if ("pieces" in part) return runInPieces(task, part.pieces, onProgress);
  return "piece" in part ? runPiece(task, part.piece, onProgress) : gather(task, part.gather, onProgress);
}

async function main(): Promise<void> {
  const input = createInterface({ input: process.stdin });
  let started = false;
  input.on("close", () => process.exit(1)); // the parent is gone
  for await (const line of input) {
    if (started) continue;
    started = true;
    try {
      const report = await act(JSON.parse(line) as Asked, (progress) => void say({ kind: "progress", progress }));
      await say({ kind: "report", report: { ...report, peakMemoryMb: Math.round(process.resourceUsage().maxRSS / 1024) } });
      process.exit(0);
    } catch (error) {
      if (!(error instanceof LinkageFault)) throw error;
      await say({ kind: "fault", code: error.code, detail: error.detail });
      process.exit(0);
    }
  }
}

if (process.argv[1] === import.meta.filename) await main();
