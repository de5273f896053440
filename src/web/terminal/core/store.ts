// The terminal's tables in IndexedDB. Keys are random ids and running numbers; everything about people lies inside sealed rows.
// Transactions are durable before they are acknowledged.
import { Dexie, type Table } from "dexie";
import type { Bytes } from "./seal.ts";
import type { BrowserKeys } from "./keys.ts";
import type { Clock } from "./clock.ts";

export const STORE_NAME = "qingce-terminal";
/** Remembered outside the store: tells a new browser from one whose store the browser threw away. Holds nothing but the word. */
export const KNOWN = "qingce-terminal-known";
export const LOCK = "qingce-terminal";

/** What the terminal is; the only row that is not sealed. Holds ids, numbers and public keys. */
export type Device = {
  readonly id: string;
  readonly label: string;
  readonly area: number;
  readonly suite: "international" | "national";
  readonly officeSeal: Bytes;
  readonly officeSign: Bytes;
  readonly keys: BrowserKeys;
  /** Device's secret keys under the terminal key. */
  readonly secrets: Bytes;
  /** Store key under terminal key and lease; absent until the first lease. */
  readonly store?: Bytes;
  /** Secret of the lease under the browser's key; deleted when the lease ends. */
  readonly lease?: Bytes;
  readonly leaseFrom?: string;
  readonly leaseUntil?: string;
  readonly wipeAfterDays: number;
  readonly wrongPins: number;
  readonly clock: Clock;
  /** Chain of our bundles. */
  readonly seq: number;
  readonly previous: string;
  /** Highest number of ours that the office said it has applied. */
  readonly taken: number;
  /** Chain of the office's bundles. */
  readonly downSeq: number;
  readonly downDigest: string;
  readonly cursor?: string;
  readonly revocationsNo: number;
  /** The base list in force, and how many of its segments and pages are valid: what lies beyond is the rest of a take-in that was cut. */
  readonly generation: number;
  readonly segments: number;
  readonly pages: number;
  readonly lastExchange?: string;
  /** The terminal's clock minus the office's at the last `hello`, in seconds. */
  readonly skewSeconds?: number;
};
/** Why there is no device any more. */
export type Ended = { readonly why: "erased" | "revoked" };

/** `name` lies under the browser's key, `wrapped` (terminal key) and `sign` (secret key of the person) under the PIN. */
export type OperatorRow = { readonly account: string; readonly name: Bytes; readonly salt: Bytes; readonly wrapped: Bytes; readonly sign: Bytes; readonly until?: string };
/** `no` counts from 0 within a generation; `rows` is one sealed list of heads, or sealed people one after another. */
export type PartRow = { readonly generation: number; readonly no: number; readonly rows: Bytes };
export type SealedRow = { readonly id: string; readonly sealed: Bytes };
/** A sealed bundle of ours, kept until the office has confirmed all of it. */
export type BundleRow = { readonly seq: number; readonly file: Blob; readonly digest: string; readonly entries: number; readonly createdAt: string; readonly expires: string };
/** Bytes of a bundle of the office that is being fetched. */
export type FetchRow = { readonly offset: number; readonly bytes: Bytes };

export class Store extends Dexie {
  declare readonly device: Table<Device | Ended, string>;
  declare readonly operators: Table<OperatorRow, string>;
  declare readonly segments: Table<PartRow, [number, number]>;
  declare readonly pages: Table<PartRow, [number, number]>;
  /** Schemes, campaigns, areas, notices. */
  declare readonly papers: Table<SealedRow, string>;
  declare readonly work: Table<SealedRow, string>;
  declare readonly pictures: Table<SealedRow & { readonly record: string }, string>;
  declare readonly bundles: Table<BundleRow, number>;
  declare readonly fetched: Table<FetchRow, number>;

  constructor(name: string = STORE_NAME) {
    super(name, { chromeTransactionDurability: "strict" });
    this.version(1).stores({ device: "", operators: "account", segments: "[generation+no]", pages: "[generation+no]", papers: "id", work: "id", pictures: "id,record", bundles: "seq", fetched: "offset" });
  }
}

/** The one row of the table `device`. */
export const SELF = "self";

export const isDevice = (row: Device | Ended | undefined): row is Device => row !== undefined && "id" in row;

/** Changes fields of the device's row; inside the caller's transaction where there is one. */
export async function changeDevice(store: Store, change: Partial<Device>): Promise<void> {
  await store.device.update(SELF, change);
}

/** Deletes everything and remembers why. One transaction: either all is there or nothing. */
export async function eraseAll(store: Store, why: Ended["why"]): Promise<void> {
  await store.transaction("rw", store.tables, async () => {
    for (const table of store.tables) await table.clear();
    await store.device.put({ why }, SELF);
  });
}
