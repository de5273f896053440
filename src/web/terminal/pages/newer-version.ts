// A newer version of the app that waits: offered to the person at the terminal, taken when they say so.
let takeOver: (() => void) | undefined;
const listeners = new Set<() => void>();

/** Says that a newer version is there, and how it is taken. */
export function offerNewer(take: () => void): void {
  takeOver = take;
  for (const listener of listeners) listener();
}

export const newerVersion = (): (() => void) | undefined => takeOver;
export const watchNewer = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};
