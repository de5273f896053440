// One line per stage: a bar while it runs (on a terminal), its seconds and sum when it ends.

export type ProgressBar = { readonly show: (done: number, total: number) => void; readonly end: (sum?: string) => number };

const width = 28;

/** Starts a stage; `end` prints how long it took and returns the seconds. */
export function progressBar(stage: string): ProgressBar {
  const started = performance.now();
  const live = process.stderr.isTTY;
  let last = 0;
  const line = (share: number, text: string): string => `${label(stage)} ${"█".repeat(Math.round(share * width)).padEnd(width, "░")} ${text}`;
  if (!live) process.stderr.write(`${stage} …\n`);
  return {
    show(done, total) {
      const now = performance.now();
      if (!live || (now - last < 100 && done < total)) return;
      last = now;
      process.stderr.write(`\r\x1b[K${line(total > 0 ? Math.min(1, done / total) : 0, `${done.toLocaleString("en")} / ${total.toLocaleString("en")}`)}`);
    },
    end(sum = "") {
      const seconds = (performance.now() - started) / 1000;
      process.stderr.write(`${live ? "\r\x1b[K" : ""}${line(1, `${seconds.toFixed(1)} s  ${sum}`)}\n`);
      return Number(seconds.toFixed(2));
    },
  };
}

/** Pads to a column, counting Han characters as two cells. */
function label(stage: string): string {
  const cells = [...stage].reduce((n, c) => n + (/\p{Script=Han}/u.test(c) ? 2 : 1), 0);
  return stage + " ".repeat(Math.max(0, 34 - cells));
}
