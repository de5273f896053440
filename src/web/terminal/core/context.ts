// What the parts of the core share while a terminal is open: the store, the device's row, and in memory the keys, heads and work.
import type { SealKeys, SignKeys } from "../../../bundle/suite.ts";
import type { AreasEntry, CampaignEntry, NoticeEntry, PersonEntry } from "../../../bundle/contents.ts";
import type { Scheme } from "../../../scheme/model.ts";
import type { Head } from "./heads.ts";
import type { BrowserKeys } from "./keys.ts";
import type { Bytes } from "./seal.ts";
import type { Device, Ended, Store } from "./store.ts";
import { isDevice } from "./store.ts";
import { TerminalFault } from "./fault.ts";
import type { WorkRow } from "./work.ts";

export type HeldScheme = { readonly key: string; readonly version: string; readonly hash: string; readonly definition: Scheme };
/** The store key as bytes, to be wrapped anew under another lease, and as the cipher takes it. */
export type OpenStore = { readonly raw: Bytes; readonly key: CryptoKey };

/** Keys after a PIN. `store` is absent when the lease has ended or none has come yet. */
export type Session = {
  readonly account: string;
  readonly name: string;
  readonly terminalKey: Bytes;
  readonly device: { readonly seal: SealKeys; readonly sign: SignKeys };
  readonly person: SignKeys;
  store?: OpenStore;
};

export type NewKeys = { readonly browser: BrowserKeys; readonly terminalKey: Bytes; readonly device: Session["device"]; readonly person: SignKeys };

/** What lies open in memory; emptied by locking. */
export type Memory = {
  readonly heads: Map<string, Head>;
  readonly works: Map<string, WorkRow>;
  /** Pictures held here: id → record. */
  readonly pictures: Map<string, string>;
  readonly schemes: Map<string, HeldScheme>;
  campaigns: readonly CampaignEntry[];
  areas: AreasEntry | undefined;
  /** The newest last. */
  notices: readonly NoticeEntry[];
  /** People as they were when a page opened them: what new work begins from. */
  readonly opened: Map<string, { readonly person: PersonEntry; readonly fresh: boolean; readonly scheme: HeldScheme }>;
  /** Entries of work that was packed meanwhile → the entry that goes on. */
  readonly goesOn: Map<string, string>;
};

export const emptyMemory = (): Memory => ({ heads: new Map(), works: new Map(), pictures: new Map(), schemes: new Map(), campaigns: [], areas: undefined, notices: [], opened: new Map(), goesOn: new Map() });

export type Context = {
  readonly store: Store;
  device: Device | Ended | undefined;
  session: Session | undefined;
  memory: Memory;
  /** The clock of the machine, milliseconds; another in tests. */
  readonly now: () => number;
  /** Keys of an enrolment that the office may have registered although its answer did not arrive: the same code tries with the same keys. */
  pending: { readonly code: string; readonly keys: NewKeys } | undefined;
  readonly fetch: typeof fetch;
  /** Rounds of PBKDF2; fewer in tests only. */
  readonly rounds: number;
  /** One step after the other: what writes waits here. */
  readonly alone: <T>(step: () => Promise<T>) => Promise<T>;
  /** Take-ins wait for each other, not for saving. */
  readonly oneIntake: <T>(step: () => Promise<T>) => Promise<T>;
  /** The status may have changed. */
  readonly changed: () => void;
};

export const schemeName = (key: string, version: string): string => `${key}@${version}`;

/** @throws TerminalFault erased, revoked, not-open */
export function deviceOf(context: Context): Device {
  if (isDevice(context.device)) return context.device;
  throw new TerminalFault(context.device?.why ?? "not-open");
}

/** Keys after a PIN, also while the lease has ended. @throws TerminalFault not-open */
export function sessionOf(context: Context): Session {
  if (!context.session) throw new TerminalFault(isDevice(context.device) || !context.device ? "not-open" : context.device.why);
  return context.session;
}

/** The key of the rows. @throws TerminalFault not-open, lease-ended */
export function rowKey(context: Context): CryptoKey {
  const { store } = sessionOf(context);
  if (!store) throw new TerminalFault("lease-ended");
  return store.key;
}

/** Steps that wait for each other, in the order they came; one that fails does not hold up the next. */
export function queue(): <T>(step: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return <T>(step: () => Promise<T>): Promise<T> => {
    const turn = last.then(step, step);
    last = turn.catch(() => undefined);
    return turn;
  };
}
