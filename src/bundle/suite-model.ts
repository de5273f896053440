// What a cipher suite offers to the format.
export type SuiteName = "international" | "national";
/** X25519 (32 and 32 bytes) or SM2 (65 uncompressed and 32): whom bundles are sealed to. */
export type SealKeys = { readonly publicKey: Uint8Array; readonly secretKey: Uint8Array };
/** Ed25519 (32 bytes and a seed of 32) or SM2 (65 and 32): who signs bundles. */
export type SignKeys = { readonly publicKey: Uint8Array; readonly secretKey: Uint8Array };

/** Randomness by length; only test vectors bring their own. */
export type Random = (length: number) => Uint8Array;

/** Authenticated encryption under one key; a nonce has 12 bytes, a tag 16. */
export type Cipher = {
  readonly seal: (nonce: Uint8Array, text: Uint8Array) => Promise<Uint8Array>;
  /** Undefined when the tag is wrong. */
  readonly open: (nonce: Uint8Array, sealed: Uint8Array) => Promise<Uint8Array | undefined>;
};

export type Suite = {
  readonly name: SuiteName;
  readonly id: 1 | 2;
  readonly sealKeyLength: number;
  readonly signKeyLength: number;
  /** Length of a wrapped file key. */
  readonly wrappedLength: number;
  readonly signatureLength: number;
  /** New keys from the system's generator, or always the same from a seed of 40 bytes. */
  readonly newSealKeys: (seed?: Uint8Array) => SealKeys;
  readonly newSignKeys: (seed?: Uint8Array) => SignKeys;
  /** 32 bytes. */
  readonly digest: (bytes: Uint8Array) => Promise<Uint8Array>;
  /** The same digest at once, for short texts. */
  readonly digestNow: (bytes: Uint8Array) => Uint8Array;
  readonly hkdf: (secret: Uint8Array, salt: Uint8Array, use: string, length: number) => Uint8Array;
  readonly sign: (secretKey: Uint8Array, message: Uint8Array, random?: Random) => Uint8Array;
  /** False for anything that is not a signature of the message; never throws for what comes from outside. */
  readonly verify: (publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array) => boolean;
  /** The file key (32 bytes) for the holder of the receiver's secret key. */
  readonly wrap: (receiver: Uint8Array, fileKey: Uint8Array, random?: Random) => Promise<Uint8Array>;
  /** Undefined when it was wrapped to another key or altered. */
  readonly unwrap: (receiver: SealKeys, wrapped: Uint8Array) => Promise<Uint8Array | undefined>;
  /** Cipher for the chunks under a key from HKDF: `keyLength` bytes. */
  readonly keyLength: number;
  readonly cipher: (key: Uint8Array) => Promise<Cipher>;
};
