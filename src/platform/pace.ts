// How many requests one account may make in a minute: far more than a person's pages ask for, far fewer than a program that reads a register page
// by page. Counted in memory by each process, minute by minute; nothing of it is kept.
export type Pace = {
  /** Counts a request. `first` is the first one too many of a minute, which is worth telling; `over` each after it. */
  readonly take: (account: string) => "goes" | "first" | "over";
};

const minute = 60_000;

export function openPace(perMinute: number, now: () => number = () => performance.now()): Pace {
  let since = now();
  const counts = new Map<string, number>();
  return {
    take(account) {
      if (now() - since >= minute) {
        counts.clear();
        since = now();
      }
      const count = (counts.get(account) ?? 0) + 1;
      counts.set(account, count);
      if (count <= perMinute) return "goes";
      return count === perMinute + 1 ? "first" : "over";
    },
  };
}
