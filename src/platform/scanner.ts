// A program of the operator's that looks at every file before anything of it is read: it gets the bytes on its standard input and says by how
// it ends what it found, as `clamdscan -` does. None is shipped. A file that could not be looked at is not taken.
import { spawn } from "node:child_process";
import { Problem } from "../core/problem.ts";

/** @throws Problem file-harmful, scanner-away */
export type Scan = (bytes: Uint8Array) => Promise<void>;

const mostMs = 60_000;

/** @param command program and its arguments, divided by spaces; no shell reads it. It ends with 0 for a clean file and with 1 for one that does harm. One runs at a time: whoever sends files does not decide how many programs do. */
export function scanWith(command: string, withinMs = mostMs): Scan {
  const [program = "", ...given] = command.trim().split(/\s+/u);
  const look = (bytes: Uint8Array): Promise<void> =>
    new Promise((resolve, reject) => {
      const child = spawn(program, given, { stdio: ["pipe", "ignore", "ignore"] });
      const slow = setTimeout(() => child.kill("SIGKILL"), withinMs);
      const ended = (code: number | null): void => {
        clearTimeout(slow);
        if (code === 0) resolve();
        else reject(new Problem(code === 1 ? "file-harmful" : "scanner-away"));
      };
      child.once("error", () => ended(null));
      child.once("close", ended);
      child.stdin.on("error", () => {
        /* It may know enough before it has read everything. */
      });
      child.stdin.end(bytes);
    });
  let turn: Promise<void> = Promise.resolve();
  return (bytes) => {
    const mine = turn.then(() => look(bytes));
    turn = mine.catch(() => undefined);
    return mine;
  };
}
