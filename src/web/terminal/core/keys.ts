// The terminal's keys. A PIN and a key that the browser never gives out open the terminal key; the terminal key opens the device's own keys and,
// together with the secret of the lease, the store key. Without the lease the people stay closed; without the PIN or the browser, everything.
import { type Bytes, seal, unseal, utf8 } from "./seal.ts";

/** PBKDF2 rounds for PINs (OWASP 2023 for HMAC-SHA-256). */
export const ROUNDS = 600_000;
/** Digits or characters of a PIN. */
export const SHORTEST_PIN = 6;
/** Wrong PINs in a row after which everything is erased. */
export const MOST_TRIES = 10;

/** Keys that never leave the browser: `mac` has its part in every PIN, `box` closes what must be read before a PIN is given. */
export type BrowserKeys = { readonly mac: CryptoKey; readonly box: CryptoKey };

/** Makes the keys of this browser; neither can be exported. */
export async function newBrowserKeys(): Promise<BrowserKeys> {
  const mac = (await crypto.subtle.generateKey({ name: "HMAC", hash: "SHA-256", length: 256 }, false, ["sign"])) as CryptoKey;
  const box = (await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"])) as CryptoKey;
  return { mac, box };
}

export const random = (length: number): Bytes => crypto.getRandomValues(new Uint8Array(length));

const hkdf = async (secret: Bytes, salt: Bytes, purpose: string): Promise<CryptoKey> =>
  crypto.subtle.deriveKey({ name: "HKDF", hash: "SHA-256", salt, info: utf8(`QINGCE-TERMINAL ${purpose}`) }, await crypto.subtle.importKey("raw", secret, "HKDF", false, ["deriveKey"]), { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);

/** The key a PIN makes in this browser. The same PIN typed in full width gives the same key (NFKC). About half a second on an old PC. */
export async function pinKey(pin: string, salt: Bytes, mac: CryptoKey, rounds: number = ROUNDS): Promise<CryptoKey> {
  const typed = await crypto.subtle.importKey("raw", utf8(pin.normalize("NFKC")), "PBKDF2", false, ["deriveBits"]);
  const bits = await crypto.subtle.deriveBits({ name: "PBKDF2", hash: "SHA-256", salt, iterations: rounds }, typed, 256);
  const bound = await crypto.subtle.sign("HMAC", mac, bits);
  return hkdf(new Uint8Array(bound), salt, "pin");
}

/** Closes the device's own keys. */
export const deviceKey = (terminalKey: Bytes): Promise<CryptoKey> => hkdf(terminalKey, new Uint8Array(32), "device keys");

/** Closes the store key: needs the terminal key and the lease's secret, both. */
export const leaseKey = (terminalKey: Bytes, secret: string): Promise<CryptoKey> => hkdf(terminalKey, utf8(secret), "store key");

/** The key of every row, as the cipher takes it. */
export const storeKey = (raw: Bytes): Promise<CryptoKey> => crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]);

export const wrap = (key: CryptoKey, what: string, secret: Bytes): Promise<Bytes> => seal(key, `key/${what}`, secret);

/** @returns undefined when the key is not the one that wrapped: a wrong PIN, another lease */
export async function unwrap(key: CryptoKey, what: string, wrapped: Bytes): Promise<Bytes | undefined> {
  try {
    return await unseal(key, `key/${what}`, wrapped);
  } catch (error) {
    if ((error as Error).name === "OperationError") return undefined;
    throw error;
  }
}

/** False where the page is not allowed to encrypt: plain http to another machine, or a very old browser. */
export const canEncrypt = (): boolean => (globalThis as { readonly crypto?: { readonly subtle?: unknown } }).crypto?.subtle !== undefined;
