// Published examples of every primitive, worked out at each start: a build or a machine that computes them otherwise seals nothing.
// A round trip would not show it: what is wrong both ways agrees with itself.
import { x25519 } from "@noble/curves/ed25519.js";
import { equal, fromHex, joined, toHex, utf8 } from "./bytes.ts";
import { international } from "./international.ts";
import { national } from "./national.ts";
import { sm2Decrypt, sm2Encrypt, sm2PublicKey, sm2Sign } from "./sm2.ts";
import { sm4Block, sm4Key } from "./sm4.ts";
import { sm4Gcm } from "./sm4-gcm.ts";

type Example = { readonly source: string; readonly actual: () => Uint8Array | Promise<Uint8Array>; readonly expected: string };

const bytes = fromHex;
const sm2Secret = bytes("3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8");
const sm2Nonce = "59276e27d506861a16680f3ad9c02dccef3cc1fa3cdbe4ce6d54b80deac1bc21";
const sm2Public = "0409f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13";
const sm2Signature = "f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa";
const sm2Sealed =
  "0404ebfc718e8d1798620432268e77feb6415e2ede0e073c0f4f640ecd2e149a73e858f9d81e5430a57b36daab8f950a3c64e6ee6a63094d99283aff767e124df0" +
  "59983c18f809e262923c53aec295d30383b54e39d609d160afcb1908d0bd8766" +
  "21886ca989ca9c7d58087307ca93092d651efa";
const sm4Secret = bytes("0123456789abcdeffedcba9876543210");
const gcmText = "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b391aafd255";
const alice = bytes("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a");
const bob = bytes("de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f");
const signer = bytes("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb");

const truth = (holds: boolean): Uint8Array => Uint8Array.of(holds ? 1 : 0);

function sm4Once(): Uint8Array {
  const block = Int32Array.of(0x01234567, 0x89abcdef, 0xfedcba98, 0x76543210);
  sm4Block(sm4Key(sm4Secret), block);
  return bytes([...block].map((word) => (word >>> 0).toString(16).padStart(8, "0")).join(""));
}

/** What the standards print, in their order. */
export const examples: readonly Example[] = [
  { source: "RFC 7748, 6.1: public key of Alice", actual: () => international.newSealKeys(alice).publicKey, expected: "8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a" },
  { source: "RFC 7748, 6.1: shared secret", actual: () => x25519.getSharedSecret(alice, bob), expected: "4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742" },
  { source: "RFC 8032, 7.1: public key of test 2", actual: () => international.newSignKeys(signer).publicKey, expected: "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c" },
  {
    source: "RFC 8032, 7.1: signature of test 2",
    actual: () => international.sign(signer, bytes("72")),
    expected: "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
  },
  { source: "FIPS 180-4: SHA-256 of abc", actual: () => international.digest(utf8("abc")), expected: "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" },
  { source: "RFC 5869, A.3: HKDF with SHA-256", actual: () => international.hkdf(new Uint8Array(22).fill(0x0b), new Uint8Array(0), "", 42), expected: "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8" },
  {
    source: "GCM specification, test case 15: AES-256",
    actual: async () => (await international.cipher(bytes("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308"))).seal(bytes("cafebabefacedbaddecaf888"), bytes(gcmText)),
    expected: "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662898015adb094dac5d93471bdec1a502270e3cc6c",
  },
  { source: "GB/T 32905-2016, A.1: SM3 of abc", actual: () => national.digest(utf8("abc")), expected: "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0" },
  { source: "GB/T 32905-2016, A.2: SM3 of 512 bits", actual: () => national.digest(utf8("abcd".repeat(16))), expected: "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732" },
  { source: "GB/T 32907-2016, A.1: SM4", actual: sm4Once, expected: "681edf34d206965e86b3e94f536e4246" },
  {
    source: "RFC 8998, A.1: SM4-GCM",
    actual: () => sm4Gcm(sm4Secret).seal(bytes("00001234567800000000abcd"), joined(...["aa", "bb", "cc", "dd", "ee", "ff", "ee", "aa"].map((pair) => bytes(pair.repeat(8)))), bytes("feedfacedeadbeeffeedfacedeadbeefabaddad2")),
    expected: "17f399f08c67d5ee19d0dc9969c4bb7d5fd46fd3756489069157b282bb200735d82710ca5c22f0ccfa7cbf93d496ac15a56834cbcf98c397b4024a2691233b8d83de3541e4c2b58177e065a9bf7b62ec",
  },
  { source: "GB/T 32918.5-2017, A.2: public key", actual: () => sm2PublicKey(sm2Secret), expected: sm2Public },
  { source: "GB/T 32918.5-2017, A.2: signature", actual: () => sm2Sign(sm2Secret, utf8("message digest"), new Uint8Array(0), BigInt(`0x${sm2Nonce}`)), expected: sm2Signature },
  { source: "GB/T 32918.5-2017, A.2: verification", actual: () => truth(national.verify(bytes(sm2Public), utf8("message digest"), bytes(sm2Signature))), expected: "01" },
  { source: "GB/T 32918.5-2017, A.2: another message", actual: () => truth(national.verify(bytes(sm2Public), utf8("message digesT"), bytes(sm2Signature))), expected: "00" },
  { source: "GB/T 32918.5-2017, C.2: encryption", actual: () => sm2Encrypt(bytes(sm2Public), utf8("encryption standard"), bytes(sm2Nonce)), expected: sm2Sealed },
  { source: "GB/T 32918.5-2017, C.2: decryption", actual: () => sm2Decrypt(sm2Secret, bytes(sm2Sealed)) ?? new Uint8Array(0), expected: toHex(utf8("encryption standard")) },
];

/** Works out the published examples. @throws Error naming the first that comes out otherwise */
export async function selfTest(): Promise<void> {
  for (const { source, actual, expected } of examples) {
    if (!equal(await actual(), bytes(expected))) throw new Error(`the ciphers do not work as published on this machine: ${source}`);
  }
}
