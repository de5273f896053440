// How much memory all processes of the product hold together. Memory that processes share counts once: the largest share is added to
// what each holds alone.
import fs from "node:fs";

const page = 4096;
const megabyte = 1 << 20;

/** Peak over this process, its descendants and the given ones, in MB, sampled once a second; NaN where the system does not tell. */
export function watchMemory(others: () => readonly number[]): { readonly peak: () => number; readonly stop: () => void } {
  let peak = Number.NaN;
  const sample = (): void => {
    const all = [...new Set([...family(process.pid), ...others().flatMap(family)])].map(held);
    const sum = all.reduce((total, each) => total + each.own, 0) + Math.max(0, ...all.map((each) => each.shared));
    if (sum > 0 && !(peak >= sum)) peak = sum;
  };
  const timer = setInterval(sample, 1000);
  return {
    peak: () => Math.round(peak / megabyte),
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

/** Bytes of one process: held alone, and shared with others; 0 when it has ended. */
function held(pid: number): { readonly own: number; readonly shared: number } {
  try {
    const [, resident = 0, shared = 0] = fs.readFileSync(`/proc/${pid}/statm`, "utf8").split(" ").map(Number);
    return { own: (resident - shared) * page, shared: shared * page };
  } catch {
    return { own: 0, shared: 0 };
  }
}
