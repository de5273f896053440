// Digests of blocks, one after another, in one piece of memory: thirty-two bytes for each block, where an array of arrays would take hundreds.

export type DigestList = {
  readonly add: (digest: Uint8Array) => void;
  /** All of them joined, as the digest over them takes it. */
  readonly joined: () => Uint8Array;
};

/** @param first digests that stand before all others; all have 32 bytes */
export function digestList(...first: readonly Uint8Array[]): DigestList {
  let bytes = new Uint8Array(1024);
  let length = 0;
  const add = (digest: Uint8Array): void => {
    if (length + digest.length > bytes.length) {
      const wider = new Uint8Array(2 * bytes.length);
      wider.set(bytes);
      bytes = wider;
    }
    bytes.set(digest, length);
    length += digest.length;
  };
  first.forEach(add);
  return { add, joined: () => bytes.subarray(0, length) };
}
