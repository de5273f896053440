// The header of a bundle: canonical JSON in the clear, signed, with nothing about people in it.
import { canonicalJson, readCanonicalJson, type Json } from "../core/json.ts";
import { textOf, utf8 } from "./bytes.ts";
import { BundleFault } from "./fault.ts";
import { FORMAT, HEADER_LIMIT } from "./preamble.ts";

export const bundleKinds = ["captures", "terminal", "node-up", "node-down", "release"] as const;
export type BundleKind = (typeof bundleKinds)[number];

export type BundleHeader = {
  readonly format: 1;
  readonly kind: BundleKind;
  /** Device id, or name of a node such as `office:350524`. */
  readonly from: string;
  readonly to: string;
  /** Number in the chain, from 1. */
  readonly seq: number;
  /** Digest of the bundle before in this chain, 64 hexadecimal digits; zeros for the first. */
  readonly previous: string;
  /** By the maker's clock, RFC 3339. */
  readonly created: string;
  readonly expires: string;
  /** Entries in the bundle; it stands in the sealed last frame, since the header is written first. */
  readonly entries: number;
  readonly about?: Json;
};
/** The header as it stands in the file. */
export type WrittenHeader = Omit<BundleHeader, "entries">;

export const NO_PREVIOUS = "0".repeat(64);

const moment = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:\.\d{1,9})?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/u;
const text = (value: unknown): boolean => typeof value === "string" && value.length >= 1 && value.length <= 200;
const rules: Readonly<Record<Exclude<keyof WrittenHeader, "about">, (value: unknown) => boolean>> = {
  format: (value) => value === FORMAT,
  kind: (value) => bundleKinds.some((kind) => kind === value),
  from: text,
  to: text,
  seq: (value) => Number.isSafeInteger(value) && (value as number) >= 1,
  previous: (value) => typeof value === "string" && /^[0-9a-f]{64}$/u.test(value),
  created: (value) => typeof value === "string" && moment.test(value),
  expires: (value) => typeof value === "string" && moment.test(value),
};

/** The first member that is missing, wrong or unknown. */
function wrongMember(header: Readonly<Record<string, unknown>>): string | undefined {
  return Object.entries(rules).find(([key, holds]) => !holds(header[key]))?.[0] ?? Object.keys(header).find((key) => !Object.hasOwn(rules, key) && key !== "about");
}

/** @throws TypeError naming the member that is wrong */
export function writeHeader(header: Omit<WrittenHeader, "format">): Uint8Array {
  const { kind, from, to, seq, previous, created, expires, about } = header;
  const written = { format: FORMAT, kind, from, to, seq, previous, created, expires, about };
  const wrong = wrongMember(written);
  if (wrong) throw new TypeError(`the header's ${wrong} is not right`);
  const json = canonicalJson(written);
  const bytes = utf8(json);
  if (bytes.length > HEADER_LIMIT || readCanonicalJson(json) === undefined) throw new TypeError("the header is too long or its text is not Unicode");
  return bytes;
}

/** @throws BundleFault damaged, for anything but the canonical JSON of a header */
export function readHeader(bytes: Uint8Array): WrittenHeader {
  const json = textOf(bytes);
  const value = json === undefined ? undefined : readCanonicalJson(json);
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new BundleFault("damaged", "the header is not canonical JSON");
  const wrong = wrongMember(value as Readonly<Record<string, unknown>>);
  if (wrong) throw new BundleFault("damaged", "a member of the header is wrong or unknown");
  return value as unknown as WrittenHeader;
}
