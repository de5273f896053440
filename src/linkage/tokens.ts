// People as keyed digests, so that two lists can meet without being shown: exact tokens of the number and of combinations of
// name, sound, birth, phone and place (HMAC-SHA-256 or HMAC-SM3), and one folded Bloom filter of the parts of name, birth and place.
// What this protects and what it does not: docs/blind-exchange.md.
import { createHmac, hash, randomBytes } from "node:crypto";
import { matchName } from "../core/names.ts";

export const suites = ["sha256", "sm3"] as const;
export type Suite = (typeof suites)[number];
export const KEY_BYTES = 32;

/** A person as the linkage reads them (see model.ts); everything but `id` may be empty. */
export type TokenPerson = {
  readonly id: string;
  /** In simplified characters. */
  readonly name: string;
  /** Syllables without tones, one blank between. */
  readonly sound: string;
  readonly id18: string;
  readonly valid: boolean;
  readonly birth: string;
  readonly sex: string;
  readonly phone: string;
  readonly area: string;
};

/** Columns of a token file, in order; see `partsOf`. */
export const kinds = ["number", "name-birth", "name-id-birth", "sound-birth", "name-phone", "sound-year-county", "number-front", "number-back", "number-ends", "birth-county-surname", "birth-12", "birth-13", "birth-23", "phone-year", "name-township"] as const;
export type TokenKind = (typeof kinds)[number];

/** Bits of a filter: twice as many are set and folded onto each other by exclusive or, so that no bit can be read back alone. */
export const FILTER_BITS = 1024;
const UNFOLDED = FILTER_BITS * 2;

export type TokenRow = { readonly tokens: readonly string[]; readonly filter: Buffer };
export type TokenMaker = (person: TokenPerson) => TokenRow;

export const newTokenKey = (): Buffer => randomBytes(KEY_BYTES);

/** Five groups of four digits, read out over the telephone: both sides hold the same key when they hear the same. */
export function fingerprint(key: Buffer): string {
  const digest = createHmac("sha256", key).update("qingce key fingerprint").digest();
  return Array.from({ length: 5 }, (_, i) => String(digest.readUInt32BE(i * 4) % 10_000).padStart(4, "0")).join(" ");
}

/** Tells whether two token files were made with one key, without telling anything of the key. */
export const keyCheck = (key: Buffer, suite: Suite): string => createHmac(suite, key).update("qingce key check").digest().subarray(0, 9).toString("base64url");

const is18 = (id: string): boolean => /^\d{17}[\dX]$/u.test(id);
const isDay = (birth: string): boolean => /^\d{4}-\d{2}-\d{2}$/u.test(birth);

/** What each token is made of; undefined where a part is missing, and then there is no token. */
function partsOf(person: TokenPerson): (string | undefined)[] {
  const name = matchName(person.name);
  const syllables = person.sound.split(" ").filter((syllable) => syllable !== "");
  const [first = "", second = "", third = ""] = syllables;
  const sound = syllables.join(" ");
  const id = is18(person.id18) ? person.id18 : "";
  const birth = isDay(person.birth) ? person.birth : "";
  const inId = id === "" ? "" : `${id.slice(6, 10)}-${id.slice(10, 12)}-${id.slice(12, 14)}`;
  const born = birth || inId;
  const phone = person.phone.length >= 7 ? person.phone : "";
  const county = person.area.slice(0, 6);
  const all = (...parts: readonly string[]): string | undefined => (parts.includes("") ? undefined : parts.join("|"));
  return [
    person.valid ? all(id) : undefined,
    all(name, born),
    inId === born ? undefined : all(name, inId),
    all(sound, born),
    all(name, phone),
    all(sound, born.slice(0, 4), county),
    all(id.slice(0, 14), first),
    all(id.slice(6)),
    all(id.slice(0, 6), id.slice(14), first),
    all(born, county, first),
    all(born, first, second),
    all(born, first, third),
    all(born, second, third),
    all(phone, born.slice(0, 4)),
    all(name, person.area.length === 12 && !person.area.endsWith("000000") ? person.area.slice(0, 9) : ""),
  ];
}

const pairsOf = (marks: readonly string[]): string[] => ["", ...marks].map((mark, i) => `${mark}_${marks[i] ?? ""}`);

/** Parts of a filter with the number of bits each sets: what tells more about a person weighs more. */
function* gramsOf(person: TokenPerson): Generator<readonly [gram: string, bits: number]> {
  const syllables = person.sound.split(" ").filter((syllable) => syllable !== "");
  for (const pair of pairsOf([...matchName(person.name)])) yield [`n${pair}`, 10];
  for (const pair of pairsOf(syllables)) yield [`s${pair}`, 8];
  for (const syllable of syllables) yield [`y${syllable}`, 8];
  const birth = isDay(person.birth) ? person.birth : is18(person.id18) ? `${person.id18.slice(6, 10)}-${person.id18.slice(10, 12)}-${person.id18.slice(12, 14)}` : "";
  if (birth !== "") {
    const [year = "", month = "", day = ""] = birth.split("-");
    yield* [[`by${year}`, 14], [`bm${month}`, 8], [`bd${day}`, 10], [`bym${year}${month}`, 8], [`bmd${month}${day}`, 12], [`byd${year}${day}`, 8]] as const;
  }
  if (person.sex !== "") yield [`x${person.sex}`, 4];
  for (const digits of [4, 6, 9, 12]) if (person.area.length === 12) yield [`a${person.area.slice(0, digits)}`, 5];
}

const MOST_CACHED = 400_000;

/** HMAC (RFC 2104; block of 64 bytes in both suites) by two one-shot hashes: several times as fast as an object for each of millions of tokens. */
function mac(suite: Suite, key: Buffer): (text: string) => Buffer {
  const pad = (byte: number): Buffer => Buffer.from(Uint8Array.from({ length: 64 }, (_, i) => (key[i] ?? 0) ^ byte));
  const [inner, outer] = [pad(0x36), pad(0x5c)];
  return (text) => hash(suite, Buffer.concat([outer, hash(suite, Buffer.concat([inner, Buffer.from(text, "utf8")]), "buffer")]), "buffer");
}

/** Makes the tokens of people under one key. The same person gives the same tokens; without the key nobody can make or test one. */
export function tokenMaker(key: Buffer, suite: Suite = "sha256"): TokenMaker {
  if (key.length !== KEY_BYTES) throw new RangeError("a token key has 32 bytes");
  const use = (purpose: string): ((text: string) => Buffer) => mac(suite, createHmac(suite, key).update(`qingce tokens ${purpose}`).digest());
  const perKind = kinds.map((kind) => use(kind === "name-id-birth" ? "name-birth" : kind));
  const ofGram = use("filter");
  const places = new Map<string, Uint16Array>();
  /** Sixteen independent places of a part, from one digest. */
  const placesOf = (gram: string): Uint16Array => {
    let found = places.get(gram);
    if (found === undefined) {
      const digest = ofGram(gram);
      found = Uint16Array.from({ length: 16 }, (_, i) => digest.readUInt16BE(i * 2) % UNFOLDED);
      if (places.size >= MOST_CACHED) places.clear();
      places.set(gram, found);
    }
    return found;
  };
  return (person) => {
    const tokens = partsOf(person).map((part, i) => (part === undefined ? "" : (perKind[i]?.(part) ?? Buffer.alloc(0)).toString("base64url", 0, 16)));
    const bits = new Uint8Array(UNFOLDED / 8);
    for (const [gram, count] of gramsOf(person)) for (const place of placesOf(gram).subarray(0, count)) bits[place >> 3] = (bits[place >> 3] ?? 0) | (1 << (place & 7));
    const half = bits.length / 2;
    return { tokens, filter: Buffer.from(Uint8Array.from({ length: half }, (_, i) => (bits[i] ?? 0) ^ (bits[i + half] ?? 0))) };
  };
}

/** What a token file says of itself. */
export type TokenHead = { readonly suite: Suite; readonly check: string };
export const tokenHeader = ({ suite, check }: TokenHead): string => `#qingce-tokens,1,${suite},${check}\nrow,${kinds.join(",")},filter\n`;
export const tokenLine = (row: string, { tokens, filter }: TokenRow): string => `${row},${tokens.join(",")},${filter.toString("base64url")}\n`;

/** A row id that says nothing; new for every exchange. */
export const newRowId = (): string => randomBytes(12).toString("base64url");

/**
 * A token file: rows under random ids in the order of these, so that neither tells where a person stood in the list.
 * @returns the file, and the ids of the list by row id, which stay with the list's owner
 */
export function tokenFile(people: Iterable<TokenPerson>, key: Buffer, suite: Suite, rowIdOf: (person: TokenPerson) => string = newRowId): { readonly file: string; readonly rows: ReadonlyMap<string, string> } {
  const make = tokenMaker(key, suite);
  const made: [string, string, string][] = [];
  for (const person of people) {
    const row = rowIdOf(person);
    made.push([row, person.id, tokenLine(row, make(person))]);
  }
  made.sort(([a], [b]) => (a < b ? -1 : 1));
  return { file: tokenHeader({ suite, check: keyCheck(key, suite) }) + made.map(([, , line]) => line).join(""), rows: new Map(made.map(([row, id]) => [row, id])) };
}
