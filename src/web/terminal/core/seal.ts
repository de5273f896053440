// How rows lie in the browser's store: a nonce of 12 bytes, then AES-256-GCM of the contents with the row's place as additional data,
// so that a row cannot be put in another's place. Pure: the same in Node and in a browser.

export type Bytes = Uint8Array<ArrayBuffer>;
const NONCE = 12;
/** Bytes that sealing adds: nonce and tag. */
export const SEAL_BYTES: number = NONCE + 16;

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true });
export const utf8 = (text: string): Bytes => encoder.encode(text);
export const textOf = (bytes: Uint8Array): string => decoder.decode(bytes);

/** Seals bytes for one place (`table/key`), with a nonce of its own. */
export async function seal(key: CryptoKey, place: string, plain: Uint8Array): Promise<Bytes> {
  const iv = crypto.getRandomValues(new Uint8Array(NONCE));
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: utf8(place) }, key, plain as Bytes);
  const row = new Uint8Array(NONCE + sealed.byteLength);
  row.set(iv);
  row.set(new Uint8Array(sealed), NONCE);
  return row;
}

/** Opens what `seal` made for the same place. @throws OperationError for another key, another place or changed bytes */
export async function unseal(key: CryptoKey, place: string, row: Uint8Array): Promise<Bytes> {
  const iv = row.subarray(0, NONCE) as Bytes;
  return new Uint8Array(await crypto.subtle.decrypt({ name: "AES-GCM", iv, additionalData: utf8(place) }, key, row.subarray(NONCE) as Bytes));
}

export const sealJson = (key: CryptoKey, place: string, value: unknown): Promise<Bytes> => seal(key, place, utf8(JSON.stringify(value)));
/** The caller vouches for the type: only this program writes rows, and no other key opens them. */
export const unsealJson = async <T>(key: CryptoKey, place: string, row: Uint8Array): Promise<T> => JSON.parse(textOf(await unseal(key, place, row))) as T;
