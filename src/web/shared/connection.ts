// What the client knows of the line to the server: reachable, database away, or no answer; and what to do when the session has ended.
import { useSyncExternalStore } from "react";
import type { Text } from "../../core/issue.ts";

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

let because: Text | undefined;
/** Why the session ended, for the login page; kept until the next one begins. */
export const signedOutBecause = (): Text | undefined => because;
export function signedIn(): void {
  because = undefined;
}

export function signedOut(why?: Text): void {
  because = why ?? because;
  onSignedOut();
}
