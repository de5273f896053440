// What services work with besides their transaction.
import type { Blobs } from "./blobs.ts";
import type { Clock } from "./clock.ts";
import type { Database } from "./database.ts";
import type { Keys } from "./keys.ts";
import type { Queue } from "./queue.ts";
import type { Scan } from "./scanner.ts";

export type Platform = {
  readonly database: Database;
  readonly keys: Keys;
  readonly blobs: Blobs;
  readonly queue: Queue;
  readonly clock: Clock;
  /** Folder of the installation, which holds the keys beside the database; absent in worlds made for a test. */
  readonly dataFolder?: string;
  /** Folder for work files that may be wiped at any time. */
  readonly workFolder: string;
  /** Folder of bundles that are on their way in or out; kept through restarts. Default: `bundles` among the work files. */
  readonly bundleFolder?: string;
  /** Folder into which departments put their lists, a folder each; absent when the installation has none. */
  readonly inboxFolder?: string;
  /** The operator's look at files that come in; absent when there is none. */
  readonly scan?: Scan;
  /** Rounds tell terminals that they may ask the browser where a home visit is made; absent: they do not. */
  readonly asksPlace?: boolean;
  /** List of passwords known from breaches (file of SHA-1 digests in order); absent when the operator has none. */
  readonly breachedPasswords?: string;
  /** Folders that take the checkpoints of the audit; the first is the installation's own. Default: `audit` among the work files. */
  readonly auditFolders?: readonly string[];
};
