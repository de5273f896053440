// JSON as a type, and its canonical text (RFC 8785): keys in order of their UTF-16 code units, no blanks, nothing undefined. Equal data give
// equal bytes, so that data can be hashed and signed; reading it strictly refuses every other spelling of the same data.

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** JSON with sorted keys and without undefined members: equal data give equal bytes. @throws TypeError for what JSON cannot hold exactly (a cycle overflows the stack) */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((part) => (part === undefined ? "null" : canonicalJson(part))).join(",")}]`;
  if (typeof value === "object" && value !== null) {
    if ("toJSON" in value && typeof value.toJSON === "function") return canonicalJson(value.toJSON());
    const members = Object.entries(value).filter(([, part]) => part !== undefined);
    members.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    return `{${members.map(([key, part]) => `${JSON.stringify(key)}:${canonicalJson(part)}`).join(",")}}`;
  }
  if (typeof value === "number" && !Number.isFinite(value)) throw new TypeError("JSON holds finite numbers only");
  const text = JSON.stringify(value) as string | undefined;
  if (text === undefined) throw new TypeError(`JSON holds no ${typeof value}`);
  return text;
}

/** Reads canonical JSON and nothing else: another order, a blank, a key twice, `1.0`, an escape that is not needed, half a surrogate pair or a key
 *  `__proto__` are not read. Undefined when the text is not canonical. Nesting beyond 100 levels is not read either. */
export function readCanonicalJson(text: string): Json | undefined {
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
  // Where no text in it can be broken and all keys come in order, the engine's own writer spells it as `canonicalJson` does, several times faster.
  if (!text.includes("\\u") && !text.includes("__proto__") && text.isWellFormed() && ordered(value, 100)) return JSON.stringify(value) === text ? value : undefined;
  return plain(value, 100) && canonicalJson(value) === text ? value : undefined;
}

/** Do the keys of all objects come in order, within so many levels? Keys that look like numbers come first whatever the text says: then `false` is an answer for the slow way. */
function ordered(value: Json, levels: number): boolean {
  if (typeof value !== "object" || value === null) return true;
  if (levels === 0) return false;
  if (Array.isArray(value)) {
    for (const part of value as readonly Json[]) if (typeof part === "object" && !ordered(part, levels - 1)) return false;
    return true;
  }
  let last: string | undefined;
  for (const key in value) {
    if (last !== undefined && key <= last) return false;
    last = key;
    const part = (value as { readonly [key: string]: Json })[key]!;
    if (typeof part === "object" && !ordered(part, levels - 1)) return false;
  }
  return true;
}

function plain(value: Json, levels: number): boolean {
  if (typeof value === "string") return value.isWellFormed();
  // `1e999` is JSON, and infinite.
  if (typeof value === "number") return Number.isFinite(value);
  if (typeof value !== "object" || value === null) return true;
  if (levels === 0) return false;
  if (Array.isArray(value)) return value.every((part) => plain(part as Json, levels - 1));
  return Object.entries(value).every(([key, part]) => key !== "__proto__" && key.isWellFormed() && plain(part as Json, levels - 1));
}
