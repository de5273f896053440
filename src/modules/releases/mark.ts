// Marks of a copy. Each row carries a code: its number and a tag that only the copy's secret makes. Beside it, within stretches of rows, the
// order is one that only this secret gives. A file is traced by either; what that proves and what not stands in docs/releases.md.
import { createCipheriv, createHmac, hash, randomBytes } from "node:crypto";
import type { Cell } from "./fields.ts";

export type MarkKeys = { readonly tags: Buffer; readonly order: string };
/** Rows that are put in the copy's order together. */
export const STRETCH = 4096;
export const CODE_HEADING = "行码 Row code";

export const newMark = (): string => randomBytes(32).toString("hex");

/** The two keys of a copy from its secret. */
export function markKeys(secret: string): MarkKeys {
  const derive = (use: string): Buffer => createHmac("sha256", Buffer.from(secret, "hex")).update(use).digest();
  return { tags: derive("row-tags").subarray(0, 16), order: derive("row-order").toString("hex") };
}

/** Without letters that look like others (Crockford). */
const LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** Tags of consecutive row numbers: 40 bits of AES-128 of the number, in eight letters. */
export function tagsOf(keys: MarkKeys, first: number, count: number): string[] {
  const blocks = Buffer.alloc(16 * count);
  for (let i = 0; i < count; i += 1) blocks.writeUIntBE(first + i, 16 * i + 10, 6);
  const sealed = createCipheriv("aes-128-ecb", keys.tags, null).setAutoPadding(false).update(blocks);
  return Array.from({ length: count }, (_, i) => {
    let text = "";
    for (let bits = sealed.readUIntBE(16 * i, 5), k = 0; k < 8; k += 1) {
      text = LETTERS[bits % 32] + text;
      bits = Math.floor(bits / 32);
    }
    return text;
  });
}

export const codeOf = (no: number, tag: string): string => `${no}-${tag}`;
const CODE = /^(\d{1,10})-([0-9A-HJKMNP-TV-Z]{8})$/u;

/** Where a row stands in the copy's order: 48 bits of a keyed digest of its values as they are written. */
export function placeOf(keys: MarkKeys, cells: readonly Cell[]): number {
  return Buffer.from(hash("sha256", keys.order + rowText(cells), "buffer").subarray(0, 6)).readUIntBE(0, 6);
}
const rowText = (cells: readonly Cell[]): string => cells.map((cell) => (cell === null ? "" : String(cell))).join("\u001f");

/** Rows in the copy's order. */
export function inOrder<Row extends { readonly cells: readonly Cell[] }>(keys: MarkKeys, rows: readonly Row[]): Row[] {
  return rows
    .map((row, i) => ({ row, i, at: placeOf(keys, row.cells) }))
    .sort((a, b) => a.at - b.at || a.i - b.i)
    .map(({ row }) => row);
}

export type Evidence = {
  /** Row codes whose tag is this copy's. */
  readonly codes: number;
  /** Neighbouring rows that differ, and how many of these pairs stand in this copy's order. */
  readonly pairs: number;
  readonly ordered: number;
  /** True when chance alone would give as much less than once in a million copies. */
  readonly sure: boolean;
};

/** What speaks for one copy. `codes` are found anywhere in the rows; `rows` are the values without the codes. */
export function evidenceFor(secret: string, codes: readonly string[], rows: readonly (readonly Cell[])[]): Evidence {
  const keys = markKeys(secret);
  let fitting = 0;
  for (const code of codes) {
    const [, no = "0", tag] = CODE.exec(code) ?? [];
    if (tagsOf(keys, Number(no), 1)[0] === tag) fitting += 1;
  }
  let [pairs, ordered] = [0, 0];
  const places = rows.map((cells) => placeOf(keys, cells));
  for (let i = 1; i < places.length; i += 1) {
    if (places[i] === places[i - 1]) continue;
    pairs += 1;
    if (places[i]! > places[i - 1]!) ordered += 1;
  }
  // By chance half of the pairs ascend; the deviation of the count is √n/2 (less for neighbours, which share a row).
  const surplus = pairs === 0 ? 0 : (ordered - pairs / 2) / (Math.sqrt(pairs) / 2);
  return { codes: fitting, pairs, ordered: pairs === 0 ? 0 : ordered / pairs, sure: fitting >= 1 || (pairs >= 24 && surplus > 4.8) };
}

export const isCode = (cell: unknown): cell is string => typeof cell === "string" && CODE.test(cell);
