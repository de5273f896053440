// What the worker does again and again without being asked: now, and then every so often, one round at a time.
import { Problem } from "../core/problem.ts";

export type Log = (line: Readonly<Record<string, unknown>>) => void;
export type Duty = { readonly stop: () => Promise<void> };
type Round = { readonly name: string; readonly everyMs: number; readonly log: Log; readonly work: (stopping: AbortSignal) => Promise<unknown> };

/** A round that fails is logged under the duty's name, without content, and tried again at the next; a database that is away for a moment is no news. `stop` tells the round at hand, which may end early, and waits for it. */
export function startDuty({ name, everyMs, log, work }: Round): Duty {
  let running: Promise<unknown> | undefined;
  const stopping = new AbortController();
  const round = (): void => {
    running ??= work(stopping.signal)
      .catch((error: unknown) => {
        if (!(error instanceof Problem && error.code === "database-away")) log({ level: "error", where: name, error: error instanceof Error ? `${error.name}: ${error.message}` : String(error) });
      })
      .finally(() => (running = undefined));
  };
  const timer = setInterval(round, everyMs);
  timer.unref();
  round();
  return {
    async stop() {
      clearInterval(timer);
      stopping.abort();
      await running;
    },
  };
}
