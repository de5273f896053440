// What bundles carry: a sequence of entries, each a small JSON object that may be followed by bytes (a picture).
// Terminal to office: captures and their pictures. Office to terminal: lease, schemes, people, receipts, the list of revoked devices.
import type { Issue, Text } from "../core/issue.ts";
import type { Json } from "../core/json.ts";

/** Answers as the scheme lays them out: form key → items and rows. */
export type BundledAnswers = Readonly<Record<string, Json>>;

/** One piece of work on one person, made at a terminal; `entry` is applied at most once, whatever is sent how often. */
export type CaptureEntry = {
  readonly type: "capture";
  readonly entry: string;
  readonly campaign: string;
  readonly scheme: string;
  readonly version: string;
  readonly hash: string;
  readonly county: number;
  /** Id of the record; of a person on no list the terminal made it. */
  readonly record: string;
  readonly fresh: boolean;
  readonly area: number;
  /** Revision the terminal began from; 0 for a fresh one. */
  readonly basedOn: number;
  /** What the form held when it began: merged by field against it when the office went on meanwhile. Absent with an outcome. */
  readonly before?: BundledAnswers;
  readonly answers?: BundledAnswers;
  /** Why nothing was captured; `to-office`: given back with a reason, the record stays as it is. */
  readonly outcome?: { readonly kind: "refused" | "not-found" | "deceased" | "moved" | "to-office"; readonly note?: string; readonly date?: string };
  /** Where values came from, by item path: card, declared, base, paper. */
  readonly provenance?: Readonly<Record<string, string>>;
  readonly channel: "station" | "home" | "employer" | "self" | "paper";
  readonly reason?: string;
  readonly signedDigest?: string;
  /** How the person was given the notice whose digest stands here, before they signed. */
  readonly notice?: { readonly how: "shown" | "read-aloud" | "printed"; readonly digest: string };
  readonly remarks?: readonly { readonly id: string; readonly answer: string }[];
  readonly submit: boolean;
  /** Ids of the pictures that follow as entries of their own; those of the answers that the office already has are not sent again. */
  readonly pictures: readonly string[];
  /** Pictures whose head size the check at capture left open; a reviewer ticks them. */
  readonly toJudge?: readonly string[];
  /** By the terminal's clock, RFC 3339. */
  readonly startedAt: string;
  readonly finishedAt: string;
};
/** Followed by the JPEG's bytes. */
export type PictureEntry = { readonly type: "picture"; readonly entry: string; readonly id: string; readonly path: string; readonly mime: "image/jpeg"; readonly sha256: string };

export type RemarkEntry = { readonly id: string; readonly path: string; readonly body: string; readonly author: string; readonly at: string; readonly answer?: string };
/** A person as the office knows them now. `answers` hold the items the terminal may have. */
export type PersonEntry = {
  readonly type: "person";
  readonly county: number;
  readonly record: string;
  readonly campaign: string;
  readonly area: number;
  readonly state: string;
  readonly head: number;
  readonly answers: BundledAnswers;
  readonly remarks: readonly RemarkEntry[];
  readonly issues: readonly Issue[];
  /** Picture entry that follows, when the office has one of the person. */
  readonly portrait?: string;
};
/** A person who is not the terminal's any more: moved to another area, merged, or the round has ended. */
export type GoneEntry = { readonly type: "gone"; readonly county: number; readonly record: string };
export type SchemeEntry = { readonly type: "scheme"; readonly key: string; readonly version: string; readonly hash: string; readonly definition: Json };
export type CampaignEntry = { readonly type: "campaign"; readonly id: string; readonly scheme: string; readonly version: string; readonly label: Text; readonly referenceDate: string; readonly area: number; readonly gate?: RoundGate; readonly notice?: NoticePaper; /** The page may ask the browser where a home visit is made. */ readonly place?: true };
/** What people are told before they sign, as it was in force when the bundle was made; absent where no office has put one in force. */
export type NoticePaper = { readonly no: number; readonly digest: string; readonly body: readonly { readonly heading: Text; readonly lines: readonly Text[] }[] };
/** On which days the round takes entries, as the office knew it when the bundle was made; absent in bundles of older offices. */
export type RoundGate = {
  readonly startsOn: string;
  readonly endsOn: string;
  readonly windows: readonly { readonly stage: string; readonly level: number; readonly from: string; readonly to: string | null }[] | null;
  readonly extensions: readonly { readonly from: string; readonly to: string | null }[] | null;
};
/** Rows `[code of 12 digits, name]`, the county first. */
export type AreasEntry = { readonly type: "areas"; readonly top: string; readonly rows: readonly (readonly [code: string, name: string])[] };
/** Until when the terminal may be opened; moments by the office's clock, RFC 3339. `secret` is one of the parts the store's key is made of. */
export type LeaseEntry = {
  readonly type: "lease";
  readonly device: string;
  readonly label: string;
  readonly area: number;
  readonly from: string;
  readonly until: string;
  readonly secret: string;
  readonly wipeAfterDays: number;
  readonly operators: readonly { readonly account: string; readonly name: string; readonly until: string }[];
};
export type RevocationsEntry = { readonly type: "revocations"; readonly no: number; readonly devices: readonly string[] };

export const receiptOutcomes = ["applied", "merged", "kept-apart", "unchanged", "refused", "repeated"] as const;
/** What became of one piece of work; the terminal keeps it until this comes. */
export type ReceiptEntry = {
  readonly type: "receipt";
  readonly entry: string;
  /** `kept-apart`: it contradicts what the office did meanwhile; both are kept and the office decides. `refused`: it must be worked on again, `why` says what. */
  readonly outcome: (typeof receiptOutcomes)[number];
  readonly county: number;
  readonly record: string;
  readonly head: number;
  readonly state: string;
  readonly issues: readonly Issue[];
  readonly why?: Text;
  readonly at: string;
};
/** Highest number of the terminal's bundles that the office has applied. */
export type TakenEntry = { readonly type: "taken"; readonly seq: number; readonly digest: string };
/** What the office tells whoever works with the terminal; shown until the day given (by Chinese dates, inclusive). */
export type NoticeEntry = { readonly type: "notice"; readonly id: string; readonly title: string; readonly body: string; readonly until: string; readonly at: string };

export type UpEntry = CaptureEntry | PictureEntry;
export type DownEntry = LeaseEntry | RevocationsEntry | SchemeEntry | CampaignEntry | AreasEntry | PersonEntry | GoneEntry | PictureEntry | ReceiptEntry | TakenEntry | NoticeEntry;
