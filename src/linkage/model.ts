// Record linkage as data: what the columns are, how they are compared, what decides. The engine knows columns, not people.
//
// Prepared input (a CSV in UTF-8 with a header row, or Parquet; made by the caller, because reading extracts, pinyin and the
// check of identity numbers belong to it):
//   id           unique and never empty; how the caller finds the row again
//   <identifier> normalised: half-width, upper case, no separators; 15-digit numbers converted to 18; empty when missing
//   <valid>      `1`/`true` when the identifier passes its own check (for GB 11643: length, calendar, check digit), else `0`/`false`
//   <name>       the name as written, in simplified characters; dots and spaces may stay, the engine takes them out
//   <sound>      its syllables without tones, lower case, separated by one space (`zhang san feng`); empty when unknown
//   <birth>      YYYY-MM-DD; anything else counts as missing
//   <sex>        any two or more code values, the same on both sides; empty when missing
//   <phone>      digits only, or empty
//   <place>      a hierarchical area code of 12 digits (6 or 9 are filled up with zeros), or empty
//   <address>    free text, or empty
// Left is the register, one row a person. Right is a list that may hold several rows of one person.
// A column named in the settings that one list lacks counts as missing in all its rows.
// With `kind`, `han` and `order` the engine cleans raw columns itself (full-width digits, 15-digit numbers, check digits,
// traditional characters, sounds, dates in any order), and <valid> and <sound> are not needed.
import { Type, type Static } from "typebox";

export { LinkageFault, type LinkageFaultCode } from "./fault.ts";

const level = Type.Object({
  level: Type.String({ description: "key from the vocabulary of the column's role (roles/*.ts), tried in the vocabulary's order" }),
  m: Type.Number({ exclusiveMinimum: 0, maximum: 1, description: "share of true pairs at this level, before learning" }),
  u: Type.Number({ exclusiveMinimum: 0, maximum: 1, description: "share of random pairs at this level, before learning" }),
});

const base = {
  column: Type.String({ minLength: 1 }),
  rightColumn: Type.Optional(Type.String({ minLength: 1, description: "name of the column in the right list, when it has another" })),
  levels: Type.Array(level, { minItems: 2 }),
  frequency: Type.Optional(Type.Boolean({ description: "an equal value weighs the more, the rarer it is" })),
  label: Type.Optional(Type.Object({ zh: Type.String(), en: Type.String() }, { description: "how explanations call the column" })),
};

const comparison = Type.Union([
  Type.Object({
    role: Type.Literal("identifier"),
    ...base,
    valid: Type.Optional(Type.String()),
    birthAt: Type.Optional(Type.Integer({ minimum: 1, description: "position of the first of eight digits YYYYMMDD inside an 18-character identifier" })),
    birth: Type.Optional(Type.String({ description: "birth-date column of the same row; a number that contradicts it proves no other person" })),
    kind: Type.Optional(Type.Literal("cn-resident", { description: "raw citizen numbers (GB 11643): the engine cleans, converts 15 digits to 18 and checks them" })),
  }),
  Type.Object({
    role: Type.Literal("name"),
    ...base,
    sound: Type.Optional(Type.String()),
    han: Type.Optional(Type.Boolean({ description: "raw Chinese names: the engine makes simplified forms and sounds" })),
  }),
  Type.Object({
    role: Type.Literal("birth-date"),
    ...base,
    identifier: Type.Optional(Type.String({ description: "identifier column that fills a missing birth date" })),
    order: Type.Optional(Type.Union([Type.Literal("ymd"), Type.Literal("dmy"), Type.Literal("mdy")], { description: "order of the parts in raw dates, with or without separators" })),
    parts: Type.Optional(Type.Array(Type.String(), { minItems: 2, maxItems: 2, description: "columns of month and day when the date stands in three columns; `column` is the year" })),
  }),
  Type.Object({ role: Type.Literal("sex"), ...base }),
  Type.Object({ role: Type.Literal("phone"), ...base }),
  Type.Object({ role: Type.Literal("place"), ...base }),
  Type.Object({ role: Type.Literal("address"), ...base }),
  Type.Object({
    role: Type.Literal("latin-name"),
    ...base,
    other: Type.Optional(Type.String({ description: "compared column that holds the other half of the name; the two may be exchanged" })),
  }),
  Type.Object({ role: Type.Literal("code"), ...base }),
  Type.Object({ role: Type.Literal("category"), ...base }),
  Type.Object({ role: Type.Literal("number"), ...base }),
  Type.Object({ role: Type.Literal("text"), ...base }),
]);

const keyPart = Type.Object({
  column: Type.String(),
  /**
   * `whole`; name: `sound`, `syllables`; birth date: `year`, `month-day`; identifier: `slice`, `birth`; place: `prefix`;
   * latin-name: `sound`, `initial`, `slice`; code: `slice`, `tail`; text: `slice` (its first words), `numbers`. */
  take: Type.Union([
    Type.Literal("whole"),
    Type.Literal("sound"),
    Type.Literal("syllables"),
    Type.Literal("year"),
    Type.Literal("slice"),
    Type.Literal("birth"),
    Type.Literal("prefix"),
    Type.Literal("month-day"),
    Type.Literal("initial"),
    Type.Literal("tail"),
    Type.Literal("numbers"),
  ]),
  /** `syllables`: which of the first four, from 1. `slice`: from and length. `prefix`: length. */
  numbers: Type.Optional(Type.Array(Type.Integer({ minimum: 1 }))),
});

const blockingKey = Type.Object({
  key: Type.String(),
  parts: Type.Array(keyPart, { minItems: 1 }),
  /** Other parts on the right side, for cross comparisons (birth date here against birth date inside the identifier there). */
  rightParts: Type.Optional(Type.Array(keyPart, { minItems: 1 })),
  /** Also used to find further rows of a person who is linked already. */
  findsRepeats: Type.Optional(Type.Boolean()),
});

const pattern = Type.Record(Type.String(), Type.Array(Type.String()), { description: "column → levels; all columns must agree" });

const veto = Type.Object({
  key: Type.String(),
  when: pattern,
  /** The veto falls when any of these holds. */
  unless: Type.Optional(Type.Array(pattern)),
  /** Holds only for pairs lighter than this many bits. */
  below: Type.Optional(Type.Number()),
  /** `review`: a person must decide. `reject`: the pair is not a candidate. */
  outcome: Type.Union([Type.Literal("review"), Type.Literal("reject")]),
});

export const LinkageSettings = Type.Object({
  key: Type.String(),
  id: Type.String({ description: "column with the row's id, in both lists" }),
  rightId: Type.Optional(Type.String({ description: "column with the row's id in the right list, when it has another name" })),
  comparisons: Type.Array(comparison, { minItems: 1 }),
  /** Equal valid identifiers are linked at once when one of `sane` holds. */
  exact: Type.Optional(
    Type.Object({
      identifier: Type.String(),
      sane: Type.Array(pattern, { minItems: 1 }),
      /** An identifier written with more different names than this in one list proves nothing and counts as missing. */
      mostNames: Type.Integer({ minimum: 1 }),
      /** …and so does one that more left rows than this share. */
      mostLeftRows: Type.Integer({ minimum: 1 }),
    }),
  ),
  blocking: Type.Array(blockingKey),
  /** A block (rows left × rows right of one key value) larger than this is left out for that key, and counted in the step. */
  largestBlock: Type.Integer({ minimum: 1 }),
  vetoes: Type.Array(veto),
  /** A further row of a person who is linked already is a link without a person's word only when one of these holds; always, when there is none. */
  repeatsNeed: Type.Optional(Type.Array(pattern)),
  /** Weights in bits (log2 of odds). */
  thresholds: Type.Object({
    automatic: Type.Number(),
    review: Type.Number(),
    /** Smallest distance to the next different person, on either side, for an automatic link. */
    margin: Type.Number({ minimum: 0 }),
  }),
  /** The left list may hold a person twice: `review` (default) asks which row is meant, `link` links a right row to all of them. */
  leftRepeats: Type.Optional(Type.Union([Type.Literal("review"), Type.Literal("link")])),
  priors: Type.Object({
    /** Expected share of the smaller list that is also in the larger one. */
    matchShare: Type.Number({ exclusiveMinimum: 0, exclusiveMaximum: 1 }),
    /** How many observed pairs the given m and u are worth when weights are learned. */
    strength: Type.Integer({ minimum: 1 }),
    /** Bits taken off a second row of a person who is linked already. */
    repeat: Type.Number({ minimum: 0 }),
    /** Largest weight of an equal name, however rare it is. */
    rarestName: Type.Number({ minimum: 0 }),
  }),
  /** For a list compared with itself, see steps/clusters.ts. */
  clusters: Type.Optional(
    Type.Object({
      support: Type.Number({ minimum: 0, maximum: 1, description: "two groups of rows become one cluster when at least this share of the pairs across is linked; 0.5 when not given" }),
    }),
  ),
  training: Type.Object({
    /** Rows taken from each list for random pairs. */
    randomRows: Type.Integer({ minimum: 0 }),
    /** Left rows taken for anchors of the identifier's own weights. */
    anchorRows: Type.Integer({ minimum: 0 }),
    seed: Type.Integer({ minimum: 0 }),
    /** Pairs that agree on these columns teach the identifier's weights. */
    anchorColumns: Type.Array(Type.String()),
    /** `anchors`: m from equal valid identifiers; `em`: m and the number of matches from all candidate pairs, without labels. */
    method: Type.Optional(Type.Union([Type.Literal("anchors"), Type.Literal("em")])),
  }),
}, { $id: "qingce:linkage-settings", title: "Settings of a record linkage", description: "What the columns of the lists are, how they are compared, and what decides. `qingce link --suggest A.csv [B.csv]` proposes them." });

export type LinkageSettings = Static<typeof LinkageSettings>;
export type Comparison = Static<typeof comparison>;
export type RoleName = Comparison["role"];
export type LevelSetting = Static<typeof level>;
export type BlockingKey = Static<typeof blockingKey>;
export type KeyPart = Static<typeof keyPart>;
export type LevelPattern = Static<typeof pattern>;
export type Veto = Static<typeof veto>;

export type Decision = "automatic" | "review";
/** `exact`: equal valid identifiers; `scored`: by weight; `repeat`: one more row of a person who is linked already. */
export type Stage = "exact" | "scored" | "repeat";

/** One row of links: ids as the caller gave them, in the order left_id, copy, right_id. */
export type LinkResult = {
  readonly left_id: string;
  readonly right_id: string;
  /** log2 of the odds that both rows are one person, rounded to 0.001. */
  readonly weight: number;
  /** 0–1, rounded to 0.000001. */
  readonly probability: number;
  readonly decision: Decision;
  readonly stage: Stage;
  /** 0 for the link itself; 1, 2 … for further rows of the same person on the right. */
  readonly copy: number;
  /** Column → code of the level in the vocabulary of its role; see `levelKey` in explain.ts. */
  readonly levels: Readonly<Record<string, number>>;
};

/** `light`: too little speaks for it; `veto`: evidence against it; `outbid`: another pair of either row fits better. */
export type RejectionReason = "light" | "veto" | "outbid";

/** A candidate that was rejected, in the order left_id, weight downwards, right_id. */
export type Rejection = {
  readonly left_id: string;
  readonly right_id: string;
  readonly weight: number;
  readonly reason: RejectionReason;
  readonly levels: Readonly<Record<string, number>>;
};

export type StepReport = {
  readonly step: string;
  /** Rows the step made. */
  readonly rows: number;
  readonly seconds: number;
  /** Counts worth knowing: blocks left out, identifiers not trusted … */
  readonly notes?: Readonly<Record<string, number>>;
};

export type LinkCounts = {
  readonly left: number;
  readonly right: number;
  readonly exact: number;
  readonly scored: number;
  readonly repeats: number;
  readonly automatic: number;
  readonly review: number;
  readonly unmatchedLeft: number;
  readonly unmatchedRight: number;
  /** Blocks that were too large for one key (see `largestBlock`), and the pairs they would have made. */
  readonly skippedBlocks: number;
  readonly skippedPairs: number;
  readonly untrustedIdentifiers: number;
  /** Only when a list is compared with itself. */
  readonly clusters?: ClusterCounts;
};

export type ClusterCounts = {
  /** Clusters of two rows or more, the rows in them, and the rows of the largest. */
  readonly clusters: number;
  readonly rows: number;
  readonly largest: number;
  /** Groups of linked rows that fell apart because a bridge lacked support, and the links that were left to a person for it. */
  readonly split: number;
  readonly unsupported: number;
};

/** One row of a list that was compared with itself, in the order cluster_id, row_id. */
export type ClusterResult = {
  readonly row_id: string;
  /** The smallest row id of the cluster. */
  readonly cluster_id: string;
  readonly size: number;
  /** The lightest link that holds the cluster together; null for a row alone. */
  readonly weakest_weight: number | null;
  readonly weakest_left_id: string | null;
  readonly weakest_right_id: string | null;
};

/** Learned weights in bits, as used: column → level key → weight. */
export type Weights = Readonly<Record<string, Readonly<Record<string, number>>>>;
export type LinkageReport = { readonly steps: readonly StepReport[]; readonly counts: LinkCounts; readonly weights: Weights; readonly prior: number };

export type LinkageProgress = { readonly step: string; readonly done: number; readonly of: number; readonly rows: number; readonly seconds: number };

export type LinkageTask = {
  /** Path of a CSV (UTF-8, header) or Parquet file, see the contract above. */
  readonly left: string;
  /** Without it the left list is compared with itself: who stands in it more than once? The result then has clusters. */
  readonly right?: string;
  readonly settings: LinkageSettings;
  /** Receives links, unmatched_left, unmatched_right (each .parquet and .ndjson) and steps.json, which is written last. */
  readonly workFolder: string;
  /** At least 64. Work beyond it spills into the work folder. */
  readonly memoryLimitMb?: number;
  /** Most that may be spilled; the disk's free space when not given. */
  readonly spillLimitMb?: number;
  readonly threads?: number;
  /** A run in pieces: one for each value of this compared column (of a place: for each county) that both lists have, and a last one for pairs across values. */
  readonly partitionBy?: string;
  /** Keeps up to so many rejected candidates for each left row (1–20), with what spoke for and against them; none when not given. */
  readonly rejectedPerRow?: number;
  /** Writes links.csv and review.csv (left_id, right_id, weight, probability, decision, why; the latter with what a person must decide) in place of links.ndjson. */
  readonly sentences?: boolean;
};
