// SM3, the national hash (GB/T 32905-2016): 256 bits from blocks of 512, on the Merkle–Damgård frame of @noble/hashes, so that HMAC and
// HKDF work over it unchanged.
import { HashMD } from "@noble/hashes/_md.js";
import { createHasher, rotl } from "@noble/hashes/utils.js";

const start = [0x7380166f, 0x4914b2b9, 0x172442d7, 0xda8a0600, 0xa96f30bc, 0x163138aa, 0xe38dee4d, 0xb0fb0e4e] as const;
/** T_j rotated by j, as each round needs it (section 4.3). */
const constants = Int32Array.from({ length: 64 }, (_, j) => rotl(j < 16 ? 0x79cc4519 : 0x7a879d8a, j % 32));
const words = new Int32Array(68);

class Sm3 extends HashMD<Sm3> {
  private readonly state = Int32Array.from(start);
  constructor() {
    super(64, 32, 8, false);
  }
  protected get(): number[] {
    return [...this.state];
  }
  protected set(...state: number[]): void {
    this.state.set(state);
  }
  protected process(block: DataView, offset: number): void {
    for (let i = 0; i < 16; i++) words[i] = block.getInt32(offset + i * 4);
    for (let i = 16; i < 68; i++) {
      const x = words[i - 16]! ^ words[i - 9]! ^ ((words[i - 3]! << 15) | (words[i - 3]! >>> 17));
      const p1 = x ^ ((x << 15) | (x >>> 17)) ^ ((x << 23) | (x >>> 9));
      words[i] = p1 ^ ((words[i - 13]! << 7) | (words[i - 13]! >>> 25)) ^ words[i - 6]!;
    }
    const state = this.state;
    let a = state[0]!;
    let b = state[1]!;
    let c = state[2]!;
    let d = state[3]!;
    let e = state[4]!;
    let f = state[5]!;
    let g = state[6]!;
    let h = state[7]!;
    for (let j = 0; j < 64; j++) {
      const a12 = (a << 12) | (a >>> 20);
      const sum = (a12 + e + constants[j]!) | 0;
      const ss1 = (sum << 7) | (sum >>> 25);
      const ff = j < 16 ? a ^ b ^ c : (a & b) | (a & c) | (b & c);
      const gg = j < 16 ? e ^ f ^ g : (e & f) | (~e & g);
      const tt1 = (ff + d + (ss1 ^ a12) + (words[j]! ^ words[j + 4]!)) | 0;
      const tt2 = (gg + h + ss1 + words[j]!) | 0;
      d = c;
      c = (b << 9) | (b >>> 23);
      b = a;
      a = tt1;
      h = g;
      g = (f << 19) | (f >>> 13);
      f = e;
      e = tt2 ^ ((tt2 << 9) | (tt2 >>> 23)) ^ ((tt2 << 17) | (tt2 >>> 15));
    }
    state[0]! ^= a;
    state[1]! ^= b;
    state[2]! ^= c;
    state[3]! ^= d;
    state[4]! ^= e;
    state[5]! ^= f;
    state[6]! ^= g;
    state[7]! ^= h;
  }
  protected roundClean(): void {
    words.fill(0);
  }
  destroy(): void {
    this.destroyed = true;
    this.state.fill(0);
    this.buffer.fill(0);
  }
  _cloneInto(to: Sm3 = new Sm3()): Sm3 {
    to.set(...this.state);
    return this._cloneIntoMeta(to);
  }
}

/** SM3 of bytes; `sm3.create()` takes them piece by piece. */
export const sm3 = createHasher(() => new Sm3());
