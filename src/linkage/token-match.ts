// Two token files meet: which rows of the left stand on the right, and how sure that is. Neither key nor clear values are needed.
// Weights are learned from the files: pairs with one number against pairs with two valid numbers, by how alike they are otherwise.
import { FILTER_BITS, kinds, type Suite, suites, type TokenHead, type TokenKind } from "./tokens.ts";

export class TokenFault extends Error {
  readonly code: "not-a-token-file" | "other-suite" | "other-key";
  constructor(code: TokenFault["code"], detail: string) {
    super(detail);
    this.name = "TokenFault";
    this.code = code;
  }
}

const WORDS = FILTER_BITS / 32;
export type TokenList = { readonly head: TokenHead; readonly rows: readonly string[]; readonly tokens: readonly (readonly string[])[]; readonly filters: Uint32Array; readonly ones: Uint16Array };

/** @throws TokenFault not-a-token-file */
export function readTokens(text: string): TokenList {
  const lines = text.split("\n").filter((line) => line !== "");
  const [mark, version, suite, check] = (lines[0] ?? "").trim().split(",");
  const known = suites.find((each): each is Suite => each === suite);
  if (mark !== "#qingce-tokens" || version !== "1" || known === undefined || check === undefined || lines[1]?.trim() !== `row,${kinds.join(",")},filter`) throw new TokenFault("not-a-token-file", "the file is not a token file");
  const count = lines.length - 2;
  const rows: string[] = [];
  const tokens: string[][] = kinds.map(() => []);
  const filters = new Uint32Array(count * WORDS);
  const ones = new Uint16Array(count);
  for (let n = 0; n < count; n += 1) {
    const cells = (lines[n + 2] ?? "").trim().split(",");
    const filter = Buffer.from(cells[kinds.length + 1] ?? "", "base64url");
    if (cells.length !== kinds.length + 2 || filter.length !== FILTER_BITS / 8) throw new TokenFault("not-a-token-file", `line ${n + 3} is not whole`);
    rows.push(cells[0] ?? "");
    for (let kind = 0; kind < kinds.length; kind += 1) tokens[kind]?.push(cells[kind + 1] ?? "");
    let sum = 0;
    for (let word = 0; word < WORDS; word += 1) {
      const value = filter.readUInt32LE(word * 4);
      filters[n * WORDS + word] = value;
      sum += bitsIn(value);
    }
    ones[n] = sum;
  }
  return { head: { suite: known, check }, rows, tokens, filters, ones };
}

function bitsIn(word: number): number {
  let v = word - ((word >>> 1) & 0x55555555);
  v = (v & 0x33333333) + ((v >>> 2) & 0x33333333);
  return Math.imul((v + (v >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** Dice coefficient of two filters, 0–1. */
function alike(left: TokenList, l: number, right: TokenList, r: number): number {
  let both = 0;
  const [a, b] = [l * WORDS, r * WORDS];
  for (let word = 0; word < WORDS; word += 1) both += bitsIn((left.filters[a + word] ?? 0) & (right.filters[b + word] ?? 0));
  const sum = (left.ones[l] ?? 0) + (right.ones[r] ?? 0);
  return sum === 0 ? 0 : (2 * both) / sum;
}

const at = (kind: TokenKind): number => kinds.indexOf(kind);
/** Kinds that bring pairs together; name with birth also meets name with the birth that stands in the number. */
const meetings: readonly (readonly [number, number])[] = [...kinds.map((_, kind) => [kind, kind] as const), [at("name-birth"), at("name-id-birth")], [at("name-id-birth"), at("name-birth")]];

/** 0 equal, 1 near (a part with the birth or both ends equal), 2 its front equal, 3 one is missing, 4 differ and not both valid, 5 two valid numbers. */
type NumberRelation = 0 | 1 | 2 | 3 | 4 | 5;
const [NUMBER, FRONT, BACK, ENDS] = [at("number"), at("number-front"), at("number-back"), at("number-ends")];

export type Hit = { readonly row: string; readonly decision: "hit" | "perhaps"; /** log2 of the odds that it is one person, rounded to 0.01. */ readonly weight: number };
export type TokenMatch = {
  /** Rows of the left file only, in their order. */
  readonly hits: readonly Hit[];
  readonly left: number;
  readonly right: number;
  readonly pairs: number;
  /** Tokens shared by so many rows that their pairs were left out, and those pairs. */
  readonly skippedTokens: number;
  readonly skippedPairs: number;
};

export type TokenMatchOptions = { readonly hit?: number; readonly perhaps?: number; readonly largestBlock?: number };
const BINS = 16;
/** Bits that the numbers add to what the rest says. */
const numberBits: readonly number[] = [14, 8, 3, 0, -3, -10];
const STRENGTH = 12;
const REPEAT_BITS = 3;

/**
 * @param options `hit` and `perhaps`: least weights in bits (4.5 and 0)
 * @throws TokenFault other-suite, other-key: then nothing could meet
 */
export function matchTokens(left: TokenList, right: TokenList, options: TokenMatchOptions = {}): TokenMatch {
  if (left.head.suite !== right.head.suite) throw new TokenFault("other-suite", `the files were made with ${left.head.suite} and ${right.head.suite}`);
  if (left.head.check !== right.head.check) throw new TokenFault("other-key", "the files were made with different keys");
  return matchUnchecked(left, right, options);
}

/** As `matchTokens`, without asking whether the keys are the same: with different keys it finds nothing. */
export function matchUnchecked(left: TokenList, right: TokenList, { hit = 4.5, perhaps = 0, largestBlock = 100_000 }: TokenMatchOptions = {}): TokenMatch {
  const met = meet(left, right, largestBlock);
  const seen = look(left, right, met.pairs);
  const weights = weigh(seen);
  return { hits: decide(left, right, met.pairs, seen, weights, hit, perhaps), left: left.rows.length, right: right.rows.length, pairs: met.pairs.length, skippedTokens: met.skippedTokens, skippedPairs: met.skippedPairs };
}

/** Pairs that share a token, as left × rows right + right, in order. */
function meet(left: TokenList, right: TokenList, largest: number): { pairs: Float64Array; skippedTokens: number; skippedPairs: number } {
  const pairs = new Set<number>();
  let [skippedTokens, skippedPairs] = [0, 0];
  for (const [l, r] of meetings) {
    const blocks = new Map<string, { readonly left: number[]; readonly right: number[] }>();
    for (const [n, token] of (right.tokens[r] ?? []).entries()) {
      if (token === "") continue;
      const block = blocks.get(token);
      if (block === undefined) blocks.set(token, { left: [], right: [n] });
      else block.right.push(n);
    }
    for (const [n, token] of (left.tokens[l] ?? []).entries()) if (token !== "") blocks.get(token)?.left.push(n);
    for (const block of blocks.values()) {
      const size = block.left.length * block.right.length;
      if (size > largest) [skippedTokens, skippedPairs] = [skippedTokens + 1, skippedPairs + size];
      else for (const a of block.left) for (const b of block.right) pairs.add(a * right.rows.length + b);
    }
  }
  return { pairs: Float64Array.from(pairs).sort(), skippedTokens, skippedPairs };
}

type Seen = { readonly cells: Uint16Array; readonly numbers: Uint8Array; readonly dice: Float32Array };

function look(left: TokenList, right: TokenList, pairs: Float64Array): Seen {
  const cells = new Uint16Array(pairs.length);
  const numbers = new Uint8Array(pairs.length);
  const dice = new Float32Array(pairs.length);
  const token = (list: TokenList, kind: number, n: number): string => list.tokens[kind]?.[n] ?? "";
  const same = (kind: number, l: number, r: number, other = kind): boolean => token(left, kind, l) !== "" && token(left, kind, l) === token(right, other, r);
  const [name, inId, sound, namePhone, phone] = [at("name-birth"), at("name-id-birth"), at("sound-birth"), at("name-phone"), at("phone-year")];
  const syllables = [at("birth-12"), at("birth-13"), at("birth-23")];
  for (const [i, pair] of pairs.entries()) {
    const l = Math.floor(pair / right.rows.length);
    const r = pair - l * right.rows.length;
    const value = alike(left, l, right, r);
    dice[i] = value;
    const who = same(name, l, r) || same(name, l, r, inId) || same(inId, l, r, name) ? 0 : same(sound, l, r) ? 1 : syllables.some((kind) => same(kind, l, r)) ? 2 : 3;
    const called = same(namePhone, l, r) || same(phone, l, r) ? 0 : token(left, phone, l) === "" || token(right, phone, r) === "" ? 1 : 2;
    cells[i] = (Math.min(BINS - 1, Math.floor(Math.max(0, value - 0.2) * 1.25 * BINS)) * 4 + who) * 3 + called;
    numbers[i] = numberRelation(token(left, NUMBER, l), token(right, NUMBER, r), same(BACK, l, r) || same(ENDS, l, r), same(FRONT, l, r), token(left, BACK, l) !== "" && token(right, BACK, r) !== "");
  }
  return { cells, numbers, dice };
}

function numberRelation(a: string, b: string, near: boolean, front: boolean, both: boolean): NumberRelation {
  if (a !== "" && a === b) return 0;
  if (near) return 1;
  if (a !== "" && b !== "") return 5;
  if (front) return 2;
  return both ? 4 : 3;
}

/** Bits of each cell: how many pairs in it have one number, how many two valid ones; few pairs lean on what is usual. */
function weigh({ cells, numbers }: Seen): Float64Array {
  const size = BINS * 4 * 3;
  const [one, two] = [new Float64Array(size), new Float64Array(size)];
  for (const [i, cell] of cells.entries()) {
    if (numbers[i] === 0) one[cell] = (one[cell] ?? 0) + 1;
    else if (numbers[i] === 5) two[cell] = (two[cell] ?? 0) + 1;
  }
  return Float64Array.from({ length: size }, (_, cell) => {
    const [called, who, bin] = [cell % 3, Math.floor(cell / 3) % 4, Math.floor(cell / 12)];
    const bits = (bin - 10) * 1.4 + ([5, 3, -1, -4][who] ?? 0) + ([6, 0, -1][called] ?? 0);
    const usual = 1 / (1 + 2 ** -bits);
    const share = ((one[cell] ?? 0) + STRENGTH * usual) / ((one[cell] ?? 0) + (two[cell] ?? 0) + STRENGTH);
    return Math.log2(Math.max(1e-6, share) / Math.max(1e-6, 1 - share));
  });
}

function decide(left: TokenList, right: TokenList, pairs: Float64Array, { cells, numbers, dice }: Seen, weights: Float64Array, hit: number, perhaps: number): Hit[] {
  const likely: { readonly l: number; readonly r: number; readonly weight: number; readonly sure: boolean; readonly dice: number; readonly exact: boolean }[] = [];
  for (const [i, pair] of pairs.entries()) {
    const [number, cell, value] = [numbers[i] ?? 3, cells[i] ?? 0, dice[i] ?? 0];
    const weight = (weights[cell] ?? 0) + (numberBits[number] ?? 0);
    if (weight < perhaps) continue;
    const l = Math.floor(pair / right.rows.length);
    // One number and quite another person, or two valid numbers: at most perhaps.
    const doubtful = (number === 0 && value < 0.4) || number === 5;
    likely.push({ l, r: pair - l * right.rows.length, weight, sure: weight >= hit && !doubtful, dice: value, exact: number === 0 });
  }
  likely.sort((a, b) => Number(b.sure) - Number(a.sure) || Number(b.exact) - Number(a.exact) || b.weight - a.weight || b.dice - a.dice || ((left.rows[a.l] ?? "") < (left.rows[b.l] ?? "") ? -1 : 1) || a.r - b.r);
  const taken = new Set<number>();
  const found = new Map<number, Hit>();
  for (const { l, r, weight, sure, exact } of likely) {
    // Another row of the left has this one already: a further row of the same person needs more evidence.
    if (found.has(l) || (taken.has(r) && !exact && weight - REPEAT_BITS < hit)) continue;
    taken.add(r);
    found.set(l, { row: left.rows[l] ?? "", decision: sure ? "hit" : "perhaps", weight: Math.round(weight * 100) / 100 });
  }
  return [...found].sort(([a], [b]) => a - b).map(([, each]) => each);
}
