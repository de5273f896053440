// Processor seconds, ours and the database's, beside the clock: on a machine that others use too, the clock alone tells little.
import fs from "node:fs";

/** Clock ticks a second in /proc (USER_HZ, 100 on every Linux). */
const ticks = 100;

/** User and system seconds of the server and all it has started, ended ones included; 0 where /proc is not there. */
function ofServer(postmaster: number | undefined): number {
  if (postmaster === undefined || !fs.existsSync("/proc/self/stat")) return 0;
  let sum = 0;
  for (const name of fs.readdirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    const stat = readStat(name);
    if (stat === undefined) continue;
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ").map(Number);
    const [parent = 0, utime = 0, stime = 0, cutime = 0, cstime = 0] = [fields[1], fields[11], fields[12], fields[13], fields[14]];
    if (Number(name) === postmaster) sum += utime + stime + cutime + cstime;
    else if (parent === postmaster) sum += utime + stime;
  }
  return sum / ticks;
}

function readStat(process: string): string | undefined {
  try {
    return fs.readFileSync(`/proc/${process}/stat`, "utf8");
  } catch {
    return undefined; // It has ended meanwhile.
  }
}

/** The server's own process, by one of its connections' (`pg_backend_pid()`); nothing where /proc is not there. */
export function serverOf(backend: number): number | undefined {
  const stat = readStat(String(backend));
  return stat === undefined ? undefined : Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
}

export type Measured<T> = { readonly result: T; readonly seconds: number; readonly ours: number; readonly database: number };

/** Runs `act` once. @returns seconds by the clock, and processor seconds of this process and of the database */
export async function measured<T>(postmaster: number | undefined, act: () => Promise<T> | T): Promise<Measured<T>> {
  const [from, own, server] = [performance.now(), process.cpuUsage(), ofServer(postmaster)];
  const result = await act();
  const { user, system } = process.cpuUsage(own);
  return { result, seconds: (performance.now() - from) / 1000, ours: (user + system) / 1e6, database: ofServer(postmaster) - server };
}
