// What the terminal's pages ask of its core: a locked store, work on people, and bundles in and out. The core is tested without pages.
import type { CaptureEntry, NoticePaper, PersonEntry } from "../../bundle/contents.ts";
import type { Text } from "../../core/issue.ts";
import type { Answers, Scheme } from "../../scheme/model.ts";

/** Why the terminal cannot do something; `say` is for people. */
export type TerminalFaultCode =
  | "wrong-pin" | "erased" | "lease-ended" | "revoked" | "code-not-valid" | "not-reachable" | "bundle-not-ours" | "bundle-damaged" | "bundle-old"
  | "storage-full" | "clock-wrong" | "not-open" | "newer-format" | "no-cipher" | "other-tab" | "refused-by-office"
  | "not-complete" | "unit-designation" | "not-here" | "window-closed";
export type Stage = "new" | "locked" | "open" | "lease-ended" | "revoked" | "erased";

/** One line of the list and of the search. */
export type PersonRow = {
  readonly county: number;
  readonly record: string;
  readonly name: string;
  readonly idNumber: string;
  readonly area: number;
  /** State at the office; `work` is what was done here and is not confirmed yet. */
  readonly state: string;
  readonly work?: "draft" | "finished" | "packed" | "refused" | "kept-apart";
  readonly returned: boolean;
};
/** A person with what was begun here. */
export type PersonFile = { readonly person: PersonEntry; readonly scheme: Scheme; readonly portrait?: Blob; readonly draft?: Draft };
export type Draft = {
  readonly entry: string;
  readonly record: string;
  readonly answers: Answers;
  /** Item path → card, declared, base, paper. */
  readonly provenance: Readonly<Record<string, string>>;
  readonly channel: CaptureEntry["channel"];
  readonly reason?: string;
  readonly signedDigest?: string;
  /** How the person was given the notice, and which. */
  readonly notice?: NonNullable<CaptureEntry["notice"]>;
  readonly remarkAnswers: Readonly<Record<string, string>>;
  readonly toJudge: readonly string[];
  readonly startedAt: string;
  readonly savedAt: string;
};
export type Work = Omit<Draft, "savedAt">;
export type Status = {
  readonly stage: Stage;
  readonly device?: { readonly id: string; readonly label: string; readonly area: number };
  readonly operators: readonly { readonly account: string; readonly name: string }[];
  readonly operator?: { readonly account: string; readonly name: string };
  readonly leaseUntil?: string;
  readonly people: number;
  readonly drafts: number;
  readonly finished: number;
  /** Packed into a bundle and not confirmed by a receipt. */
  readonly unconfirmed: number;
  readonly returned: number;
  readonly keptApart: number;
  readonly lastExchange?: string;
  /** The terminal's clock minus the office's, in seconds, at the last exchange. */
  readonly skewSeconds?: number;
  /** Bytes used and granted by the browser; `persistent` false means the browser may evict. */
  readonly storage?: { readonly used: number; readonly quota: number; readonly persistent: boolean };
};
export type Progress = { readonly step: "sending" | "applying" | "preparing" | "fetching" | "reading"; readonly done: number; readonly total: number };
export type TakenIn = { readonly people: number; readonly gone: number; readonly receipts: number; readonly returned: number; readonly whole: boolean };

export type TerminalCore = {
  readonly status: () => Promise<Status>;
  /** Called whenever the status may have changed. Returns the way to stop. */
  readonly watch: (listener: () => void) => () => void;
  /** Registers this browser's keys with the office and sets the operator's PIN. */
  readonly enrol: (input: { readonly code: string; readonly pin: string; readonly suite?: "international" | "national" }) => Promise<void>;
  readonly unlock: (account: string, pin: string) => Promise<void>;
  readonly lock: () => Promise<void>;
  readonly campaigns: () => readonly { readonly id: string; readonly label: Text; readonly scheme: Scheme; readonly referenceDate: string; readonly notice?: NoticePaper; readonly place?: true }[];
  /** What the office tells whoever works here, the newest last; those whose day is over are gone. */
  readonly notices: () => readonly { readonly id: string; readonly title: string; readonly body: string; readonly at: string }[];
  readonly areas: () => { readonly top: string; readonly rows: readonly (readonly [code: string, name: string])[] } | undefined;
  /** By ID number, name, pinyin, initials or area code or name; at most `limit`, best first, with the number of all. At most 50 ms at 50,000 people. */
  readonly search: (query: { readonly text: string; readonly campaign: string; readonly show?: "all" | "to-do" | "draft" | "returned" | "unsent" | "kept-apart"; readonly area?: number }, limit: number) => { readonly rows: readonly PersonRow[]; readonly total: number };
  readonly open: (record: string) => Promise<PersonFile>;
  /** A person on no list. */
  readonly begin: (campaign: string, area: number) => Promise<PersonFile>;
  readonly saveDraft: (work: Work) => Promise<void>;
  /** Done here: goes into the next bundle. @throws when the check finds what blocks */
  readonly finish: (work: Work) => Promise<void>;
  readonly setOutcome: (record: string, outcome: NonNullable<CaptureEntry["outcome"]>) => Promise<void>;
  /** Takes finished work back as a draft while it is not packed. */
  readonly reopen: (record: string) => Promise<PersonFile>;
  readonly storePicture: (record: string, path: string, jpeg: Blob) => Promise<string>;
  readonly picture: (id: string) => Promise<Blob | undefined>;
  /** Everything that the office has not confirmed, as a sealed file; packing twice without new work gives the same bytes. */
  readonly pack: () => Promise<{ readonly file: Blob; readonly name: string; readonly entries: number }>;
  readonly takeIn: (file: Blob, onProgress: (progress: Progress) => void) => Promise<TakenIn>;
  /** Both ways over the network; goes on where it was cut. */
  readonly exchange: (onProgress: (progress: Progress) => void) => Promise<TakenIn & { readonly sent: number }>;
};
