// Keeping drafts while one writes: one save after another, never two at once, and what must be kept before the terminal locks.

const pending = new Set<() => Promise<void>>();

/** Registers what is to be kept before the store is shut. Returns the way to take it back. */
export function keepBeforeLocking(keep: () => Promise<void>): () => void {
  pending.add(keep);
  return () => void pending.delete(keep);
}

/** Runs everything that waits; a failure of one keeps none of the others from being saved. */
export async function beforeLocking(): Promise<void> {
  await Promise.allSettled([...pending].map((keep) => keep()));
}

export type Saver<T> = {
  /** Keeps `value` after the one being kept now; of several that wait only the newest is kept. Rejects when it could not be kept. */
  readonly save: (value: T) => Promise<void>;
  /** Waits until nothing is being kept any more, whether it went well or not. */
  readonly idle: () => Promise<void>;
};

export function saverOf<T>(store: (value: T) => Promise<void>): Saver<T> {
  let running: Promise<void> | undefined;
  let next: { readonly value: T; readonly done: PromiseWithResolvers<void> } | undefined;
  const start = async (value: T): Promise<void> => {
    try {
      await store(value);
    } finally {
      running = undefined;
      const waiting = next;
      next = undefined;
      if (waiting) {
        running = start(waiting.value);
        running.then(waiting.done.resolve, waiting.done.reject);
      }
    }
  };
  return {
    save(value) {
      if (!running) return (running = start(value));
      const done = next?.done ?? Promise.withResolvers<void>();
      next = { value, done };
      return done.promise;
    },
    async idle() {
      while (running) await running.catch(() => undefined);
    },
  };
}
