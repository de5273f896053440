// What the client knows of the line to the server: reachable, database away, or no answer; and what to do when the session has ended.
import { useSyncExternalStore } from "react";

export type Connection = "ok" | "database-away" | "no-answer";

let current: Connection = "ok";
let onSignedOut: () => void = () => {};
const listeners = new Set<() => void>();

/** Told by the client after every answer, or when none came. */
export function setConnection(next: Connection): void {
  if (next === current) return;
  current = next;
  for (const listener of listeners) listener();
}

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export function useConnection(): Connection {
  return useSyncExternalStore(subscribe, () => current, () => current);
}

/** Sets what happens when an answer says that nobody is signed in. */
export function whenSignedOut(act: () => void): void {
  onSignedOut = act;
}

export function signedOut(): void {
  onSignedOut();
}
