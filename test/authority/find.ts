// Which of many texts stand in some bytes, in one pass over the bytes however many texts there are: answers hold fonts and maps of megabytes, and
// hundreds of texts are looked for in each.
export type Finder = (bytes: Buffer) => ReadonlySet<string>;

/** Texts of four bytes or more are met at their last four bytes; shorter ones are looked for one by one. */
const tail = 4;
const slotOf = (word: number): number => Math.imul(word, 0x9e3779b1) >>> 16;

/** @param texts are looked for as UTF-8 */
export function finderOf(texts: Iterable<string>): Finder {
  const slots = new Uint8Array(1 << 16);
  const byTail = new Map<number, { readonly text: string; readonly bytes: Buffer }[]>();
  const short: string[] = [];
  for (const text of new Set(texts)) {
    const bytes = Buffer.from(text);
    if (bytes.length < tail) {
      short.push(text);
      continue;
    }
    const word = bytes.readInt32BE(bytes.length - tail);
    slots[slotOf(word)] = 1;
    byTail.set(word, [...(byTail.get(word) ?? []), { text, bytes }]);
  }
  return (inside) => {
    const found = new Set(short.filter((text) => inside.includes(text)));
    let word = 0;
    for (let i = 0; i < inside.length; i += 1) {
      word = (word << 8) | inside[i]!;
      if (slots[slotOf(word)] === 0) continue;
      for (const { text, bytes } of byTail.get(word) ?? []) {
        const from = i + 1 - bytes.length;
        if (from >= 0 && !found.has(text) && inside.compare(bytes, 0, bytes.length, from, i + 1) === 0) found.add(text);
      }
    }
    return found;
  };
}
