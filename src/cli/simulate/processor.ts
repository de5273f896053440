// How long a database server that runs on this machine has used the processor.
import fs from "node:fs";

/** Seconds of the server with this process id and of all its backends so far, ended ones too; undefined where the system does not tell. */
export function serverSeconds(server: number | undefined): number | undefined {
  if (server === undefined || !fs.existsSync("/proc/self/stat")) return undefined;
  const ticks = (pid: string): readonly [parent: number, ticks: number] => {
    try {
      const text = fs.readFileSync(`/proc/${pid}/stat`, "utf8");
      const fields = text.slice(text.lastIndexOf(")") + 2).split(" ").map(Number);
      return [fields[1]!, fields[11]! + fields[12]! + (Number(pid) === server ? fields[13]! + fields[14]! : 0)];
    } catch {
      return [-1, 0]; // It ended while we looked.
    }
  };
  const all = fs.readdirSync("/proc").filter((name) => /^\d+$/.test(name)).map((name) => [Number(name), ...ticks(name)] as const);
  return all.reduce((sum, [pid, parent, used]) => (parent === server || pid === server ? sum + used : sum), 0) / 100;
}
