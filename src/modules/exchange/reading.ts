// Files that others sent are read in a child process with limits of memory and time; this is the parent's side. A reader that grows too
// large, hangs or falls is ended, and the sender is told in a sentence.
import { type ChildProcess, fork } from "node:child_process";
import fs from "node:fs/promises";
import path from "node:path";
import { Problem } from "../../core/problem.ts";
import type { Platform } from "../../platform/platform.ts";
import type { SheetRow } from "../../platform/sheet-row.ts";
import { mostFileBytes } from "../../platform/spreadsheet.ts";
import { inWorkFolder, type Reading } from "./arrived-file.ts";
import type { Peek } from "./peek.ts";
import type { Answer, Question } from "./reading-child.ts";
import type { Target } from "./targets.ts";

export type Limits = { readonly memoryMb: number; readonly seconds: number };
/** Resident memory of a reader, and how long one question may take: a list of 64 MB stays below half of both. */
const limits: Limits = { memoryMb: 1024, seconds: 180 };
const LOOK_EVERY_MS = 50;
const AT_ONCE = 2;
const PAGE_BYTES = 4096;

const tooLarge = ({ memoryMb }: Limits): Problem => new Problem("file-too-large", { zh: `读取该文件需要的内存超过 ${memoryMb} MB，请分成几个文件上传`, en: `Reading the file takes more than ${memoryMb} MB of memory; split it` });
const tooSlow = ({ seconds }: Limits): Problem => new Problem("file-not-readable", { zh: `读取该文件超过 ${seconds} 秒，请分成几个文件，或另存为 xlsx、csv 后上传`, en: `Reading the file takes more than ${seconds} seconds; split it, or save it as xlsx or csv` });
const fallen = (): Problem => new Problem("file-not-readable", { zh: "文件无法读取，可能已损坏，请重新导出后上传", en: "The file cannot be read and is perhaps damaged; export it again" });

type Reader = {
  readonly limits: Limits;
  readonly ask: (question: Question) => Promise<Answer>;
  readonly end: () => void;
  readonly alive: () => boolean;
  /** True when it has answered everything and holds little memory. */
  readonly rested: () => Promise<boolean>;
  /** An idle reader does not keep the office from ending. */
  readonly rest: (resting: boolean) => void;
};

/** Resident memory of a process in MB; 0 where the system does not tell. */
async function memoryOf(child: ChildProcess): Promise<number> {
  const text = await fs.readFile(`/proc/${child.pid}/statm`, "latin1").catch(() => "");
  return (Number(text.split(" ")[1] ?? 0) * PAGE_BYTES) / (1 << 20);
}

function openReader(within: Limits): Reader {
  const child = fork(path.join(import.meta.dirname, "reading-child.ts"), [], {
    execArgv: [`--max-old-space-size=${Math.floor(within.memoryMb * 0.75)}`],
    serialization: "advanced",
    env: { PATH: process.env["PATH"], TMPDIR: process.env["TMPDIR"] },
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
  let waiting: { readonly done: (answer: Answer) => void; readonly fail: (error: unknown) => void } | undefined;
  let ended: unknown;
  let errors = "";
  const stop = (why: unknown): void => {
    ended ??= why;
    child.kill("SIGKILL");
    waiting?.fail(ended);
    waiting = undefined;
  };
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    errors = (errors + text).slice(-4000);
  });
  child.on("message", (answer: Answer) => {
    waiting?.done(answer);
    waiting = undefined;
  });
  child.on("error", stop);
  // The heap's own limit ends the child with an abort.
  child.on("exit", () => stop(/heap out of memory|Array buffer allocation failed/u.test(errors) ? tooLarge(within) : fallen()));
  let looking = false;
  const watch = setInterval(() => {
    if (looking || waiting === undefined) return;
    looking = true;
    void memoryOf(child).then((mb) => {
      looking = false;
      if (mb > within.memoryMb) stop(tooLarge(within));
    });
  }, LOOK_EVERY_MS);
  return {
    limits: within,
    async ask(question) {
      if (ended !== undefined) throw ended;
      const clock = setTimeout(() => stop(tooSlow(within)), within.seconds * 1000);
      try {
        const answer = await new Promise<Answer>((done, fail) => {
          waiting = { done, fail };
          child.send(question, (error) => error && stop(fallen()));
        });
        if (answer.say === "problem") throw new Problem(answer.code, answer.detail, answer.issues);
        if (answer.say === "broken") throw fallen();
        return answer;
      } finally {
        clearTimeout(clock);
      }
    },
    end() {
      clearInterval(watch);
      stop(fallen());
    },
    alive: () => ended === undefined,
    rested: async () => ended === undefined && waiting === undefined && (await memoryOf(child)) < RESTED_MB && ended === undefined,
    rest(resting) {
      const streams = [child, child.channel, child.stderr as unknown as { ref(): void; unref(): void } | null, watch];
      for (const each of streams) {
        if (resting) each?.unref();
        else each?.ref();
      }
    },
  };
}

/** A reader that is done is kept for the next file for a while: starting one takes longer than reading a small list. */
const RESTED_MB = 256;
const REST_MS = 20_000;
const idle: { readonly reader: Reader; readonly until: NodeJS.Timeout }[] = [];

function takeReader(within: Limits): Reader {
  const at = idle.findIndex(({ reader }) => reader.limits === within && reader.alive());
  if (at < 0) return openReader(within);
  const [{ reader, until } = { reader: openReader(within), until: undefined }] = idle.splice(at, 1);
  clearTimeout(until);
  reader.rest(false);
  return reader;
}

async function leaveReader(reader: Reader): Promise<void> {
  if (idle.length >= AT_ONCE || !(await reader.rested())) return reader.end();
  reader.rest(true);
  const until = setTimeout(() => {
    idle.splice(idle.findIndex((one) => one.reader === reader), 1);
    reader.end();
  }, REST_MS).unref();
  idle.push({ reader, until });
}

/** No more than two files are looked at at once; the others wait for their turn. */
const turns: (() => void)[] = [];
let busy = 0;
async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (busy >= AT_ONCE) await new Promise<void>((go) => turns.push(go));
  else busy += 1;
  try {
    return await work();
  } finally {
    const next = turns.shift();
    if (next) next();
    else busy -= 1;
  }
}

async function asked<K extends Answer["say"]>(reader: Reader, kind: K, question: Question): Promise<Extract<Answer, { say: K }>> {
  const answer = await reader.ask(question);
  if (answer.say !== kind) throw fallen();
  return answer as Extract<Answer, { say: K }>;
}

type Asked = { readonly targets: readonly Target[]; readonly remembered: Readonly<Record<string, string>>; readonly sheet?: string | undefined };
const asking = ({ targets, remembered, sheet }: Asked) => ({ targets, remembered, ...(sheet !== undefined && { sheet }) });

const withFile = <T>(platform: Platform, bytes: Buffer, within: Limits, work: (reader: Reader, file: string, folder: string) => Promise<T>): Promise<T> =>
  inWorkFolder(platform.workFolder, async (folder) => {
    const file = path.join(folder, "sent");
    await fs.writeFile(file, bytes, { mode: 0o600 });
    const reader = takeReader(within);
    try {
      return await work(reader, file, folder);
    } finally {
      await leaveReader(reader);
    }
  });

/**
 * What a file is that came in, which columns it holds, and what is kept of it: everything but texts that name a military unit.
 * @throws Problem file-not-readable in one sentence, file-too-large, sheet-not-found, unit-designation (name of a sheet)
 */
export async function readArrived(platform: Platform, bytes: Buffer, ask: Asked & { readonly parquet: boolean }, within: Limits = limits): Promise<{ readonly reading: Reading; readonly seen: Peek; readonly kept: Buffer }> {
  if (bytes.length > mostFileBytes) throw new Problem("file-too-large", { zh: "文件超过 64 MB，请分成几个文件上传", en: "The file is larger than 64 MB; split it" });
  return inTurn(() =>
    withFile(platform, bytes, within, async (reader, file, folder) => {
      const { reading, seen, kept } = await asked(reader, "arrived", { ask: "arrived", file, folder, parquet: ask.parquet, ...asking(ask) });
      return { reading, seen, kept: kept === file ? bytes : await fs.readFile(kept) };
    }),
  );
}

/** Another look at a file that is kept. @throws Problem sheet-not-found, file-not-readable */
export const peekAgain = (platform: Platform, bytes: Buffer, ask: Asked): Promise<Peek> =>
  inTurn(() => withFile(platform, bytes, limits, async (reader, file) => (await asked(reader, "peek", { ask: "peek", file, ...asking(ask) })).seen));

export type OpenSheet = { readonly expected: number; readonly rows: AsyncGenerator<readonly SheetRow[]> };

/** All rows of a sheet of a kept file, no faster than they are taken. @throws Problem as `rows` of a spreadsheet does */
export const withSheet = <T>(platform: Platform, bytes: Buffer, sheet: string, work: (open: OpenSheet) => Promise<T>): Promise<T> =>
  withFile(platform, bytes, limits, async (reader, file) => {
    const { expected } = await asked(reader, "open", { ask: "open", file, sheet });
    return work({ expected, rows: rowsOf(reader) });
  });

/** The next chunk is asked for while the last one is being used. */
async function* rowsOf(reader: Reader): AsyncGenerator<readonly SheetRow[]> {
  const next = (): Promise<readonly SheetRow[] | undefined> => asked(reader, "next", { ask: "next" }).then((answer) => answer.rows);
  let coming = next();
  for (;;) {
    const rows = await coming;
    if (rows === undefined) return;
    coming = next();
    coming.catch(() => undefined); // it is awaited in the next round
    yield rows;
  }
}
