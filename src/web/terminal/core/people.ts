// A person of the base list as one sealed row: length of the JSON (4 bytes), the JSON, then the portrait's JPEG. Rows lie one after another in pages.
import type { PersonEntry } from "../../../bundle/contents.ts";
import { type Context, deviceOf, rowKey } from "./context.ts";
import { TerminalFault } from "./fault.ts";
import type { Head, Spot } from "./heads.ts";
import { personPlace } from "./load.ts";
import { type Bytes, seal, textOf, unseal, utf8 } from "./seal.ts";

/** Pages stay below what browsers keep inside a row of their store. */
export const PAGE_BYTES = 60_000;

export type HeldPerson = { readonly person: PersonEntry; readonly portrait: Bytes | undefined };

/** Seals a person with their portrait. */
export function sealPerson(key: CryptoKey, person: PersonEntry, portrait: Uint8Array | undefined): Promise<Bytes> {
  const words = utf8(JSON.stringify(person));
  const plain = new Uint8Array(4 + words.length + (portrait?.length ?? 0));
  new DataView(plain.buffer).setUint32(0, words.length);
  plain.set(words, 4);
  if (portrait) plain.set(portrait, 4 + words.length);
  return seal(key, personPlace(person.record), plain);
}

/** Cuts sealed rows into pages; `no` of the first page. */
export function pagesOf(rows: readonly Bytes[], no: number): { readonly pages: readonly Bytes[]; readonly spots: readonly Spot[] } {
  const pages: Bytes[] = [];
  const spots: Spot[] = [];
  let held: Bytes[] = [];
  let size = 0;
  const close = (): void => {
    const page = new Uint8Array(size);
    let offset = 0;
    for (const row of held) {
      page.set(row, offset);
      offset += row.length;
    }
    pages.push(page);
    held = [];
    size = 0;
  };
  for (const row of rows) {
    if (size > 0 && size + row.length > PAGE_BYTES) close();
    spots.push({ page: no + pages.length, offset: size, length: row.length });
    held.push(row);
    size += row.length;
  }
  if (size > 0) close();
  return { pages, spots };
}

/** The person behind a head. @throws TerminalFault bundle-damaged when the row cannot be read */
export async function readPerson(context: Context, { record, spot }: Head): Promise<HeldPerson | undefined> {
  if (!spot) return undefined;
  const page = await context.store.pages.get([deviceOf(context).generation, spot.page]);
  if (!page) throw new TerminalFault("bundle-damaged");
  const plain = await unseal(rowKey(context), personPlace(record), page.rows.subarray(spot.offset, spot.offset + spot.length));
  const length = new DataView(plain.buffer).getUint32(0);
  const portrait = plain.subarray(4 + length);
  return { person: JSON.parse(textOf(plain.subarray(4, 4 + length))) as PersonEntry, portrait: portrait.length > 0 ? portrait.slice() : undefined };
}
