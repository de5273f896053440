// How much memory all processes of the product hold together: proportional set sizes, so that shared pages count once.
import fs from "node:fs";

/** Peak of the sum over this process, its descendants and the given ones, in MB, sampled twice a second; NaN where the system does not tell. */
export function watchMemory(others: () => readonly number[]): { readonly peak: () => number; readonly stop: () => void } {
  let peak = Number.NaN;
  const sample = (): void => {
    const sum = [...new Set([...family(process.pid), ...others().flatMap(family)])].map(held).reduce((a, b) => a + b, 0);
    if (sum > 0 && !(peak >= sum)) peak = sum;
  };
  const timer = setInterval(sample, 500);
  return {
    peak: () => Math.round(peak),
    stop: () => clearInterval(timer),
  };
}

function family(pid: number): number[] {
  try {
    const children = fs.readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim();
    return [pid, ...(children ? children.split(" ").flatMap((child) => family(Number(child))) : [])];
  } catch {
    return [pid];
  }
}

/** Megabytes of one process; 0 when it has ended. */
function held(pid: number): number {
  try {
    const kilobytes = /^Pss:\s+(\d+)/m.exec(fs.readFileSync(`/proc/${pid}/smaps_rollup`, "utf8"))?.[1];
    return Number(kilobytes ?? 0) / 1024;
  } catch {
    return 0;
  }
}
