// A second reader of the format, written from docs/bundle-format.md with node:crypto alone: it opens what we seal, and what it seals we open.
// The ciphers of the national suite stand against OpenSSL's and another library's in second-ciphers.test.ts.
import assert from "node:assert/strict";
import crypto from "node:crypto";
import { test } from "node:test";
import { collected, header, party, sealedBy } from "./bundle.fixture.ts";
import { open } from "./open.ts";
import { sourceOf } from "./source.ts";

const all = party("international");
const sha = (...parts: readonly Uint8Array[]): Buffer => crypto.createHash("sha256").update(Buffer.concat(parts)).digest();
const edPublic = (raw: Uint8Array): crypto.KeyObject => crypto.createPublicKey({ key: Buffer.concat([Buffer.from("302a300506032b6570032100", "hex"), raw]), format: "der", type: "spki" });
const edSecret = (raw: Uint8Array): crypto.KeyObject => crypto.createPrivateKey({ key: Buffer.concat([Buffer.from("302e020100300506032b657004220420", "hex"), raw]), format: "der", type: "pkcs8" });
const xPublic = (raw: Uint8Array): crypto.KeyObject => crypto.createPublicKey({ key: Buffer.concat([Buffer.from("302a300506032b656e032100", "hex"), raw]), format: "der", type: "spki" });
const xSecret = (raw: Uint8Array): crypto.KeyObject => crypto.createPrivateKey({ key: Buffer.concat([Buffer.from("302e020100300506032b656e04220420", "hex"), raw]), format: "der", type: "pkcs8" });
const hkdf = (secret: Uint8Array, salt: Uint8Array, use: string): Buffer => Buffer.from(crypto.hkdfSync("sha256", secret, salt, use, 32));
const gcm = (key: Uint8Array, nonce: Uint8Array, text: Uint8Array): Buffer => {
  const cipher = crypto.createCipheriv("aes-256-gcm", key, nonce);
  return Buffer.concat([cipher.update(text), cipher.final(), cipher.getAuthTag()]);
};
const gcmOpen = (key: Uint8Array, nonce: Uint8Array, sealed: Uint8Array): Buffer => {
  const cipher = crypto.createDecipheriv("aes-256-gcm", key, nonce);
  cipher.setAuthTag(sealed.subarray(sealed.length - 16));
  return Buffer.concat([cipher.update(sealed.subarray(0, sealed.length - 16)), cipher.final()]);
};
const nonceOf = (index: number, last: boolean): Buffer => Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 0, index >> 8, index & 255, last ? 1 : 0]);
const cut = (bytes: Uint8Array, size: number): Uint8Array[] => Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) => bytes.subarray(i * size, (i + 1) * size));
const u32 = (value: number): Buffer => Buffer.from([value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255]);
const name = (key: Uint8Array): Buffer => sha(key).subarray(0, 16);

test("another program opens a bundle of three chunks from the description alone", async () => {
  const picture = crypto.randomBytes(150_000);
  const bundle = Buffer.from(await sealedBy("international", all, [{ entry: { type: "picture" }, bytes: picture }]));
  const headEnd = 64 + bundle.readUInt32BE(12) + 80;
  const body = bundle.subarray(headEnd, bundle.length - 128);
  const head = bundle.subarray(0, headEnd);
  const digest = sha(sha(head), ...cut(body, 65_552).map((chunk) => sha(chunk)));
  assert.ok(crypto.verify(null, Buffer.concat([Buffer.from("qingce bundle 1 device"), digest]), edPublic(all.device.publicKey), bundle.subarray(-128, -64)));
  assert.ok(crypto.verify(null, Buffer.concat([Buffer.from("qingce bundle 1 person"), digest]), edPublic(all.person.publicKey), bundle.subarray(-64)));
  const wrapped = head.subarray(-80);
  const shared = crypto.diffieHellman({ privateKey: xSecret(all.receiver.secretKey), publicKey: xPublic(wrapped.subarray(0, 32)) });
  const fileKey = gcmOpen(hkdf(shared, Buffer.concat([wrapped.subarray(0, 32), all.receiver.publicKey]), "qingce bundle 1 wrap"), Buffer.alloc(12), wrapped.subarray(32));
  const key = hkdf(fileKey, sha(head), "qingce bundle 1 chunks");
  const chunks = cut(body, 65_552);
  const text = Buffer.concat(chunks.map((chunk, i) => gcmOpen(key, nonceOf(i, i === chunks.length - 1), chunk)));
  assert.deepEqual([text.readUInt32BE(0), text.readUInt32BE(4)], [18, 150_000]);
  assert.equal(text.subarray(8, 26).toString(), '{"type":"picture"}');
  assert.ok(text.subarray(26, 150_026).equals(picture));
  const end = text.subarray(150_026);
  assert.equal(end.length, 128);
  assert.deepEqual(JSON.parse(end.subarray(8, 8 + end.readUInt32BE(0)).toString()), { digest: sha(...cut(text.subarray(0, 150_026), 65_536).map((block) => sha(block))).toString("hex"), entries: 1, type: "end" });
});

test("what another program seals from the description is opened here", async () => {
  const entry = Buffer.from('{"text":"字","type":"notice"}');
  const frames = Buffer.concat([u32(entry.length), u32(70_000), entry, Buffer.alloc(70_000, 5)]);
  const end = Buffer.from(JSON.stringify({ digest: sha(...cut(frames, 65_536).map((block) => sha(block))).toString("hex"), entries: 1, type: "end" }));
  const text = Buffer.concat([frames, u32(end.length), u32(120 - end.length), end, Buffer.alloc(120 - end.length)]);
  const json = Buffer.from(JSON.stringify({ created: header.created, expires: header.expires, format: 1, from: "a", kind: "node-up", previous: header.previous, seq: 7, to: "b" }));
  const ephemeral = crypto.generateKeyPairSync("x25519");
  const raw = ephemeral.publicKey.export({ format: "der", type: "spki" }).subarray(-32);
  const fileKey = crypto.randomBytes(32);
  const shared = crypto.diffieHellman({ privateKey: ephemeral.privateKey, publicKey: xPublic(all.receiver.publicKey) });
  const wrapped = Buffer.concat([raw, gcm(hkdf(shared, Buffer.concat([raw, all.receiver.publicKey]), "qingce bundle 1 wrap"), Buffer.alloc(12), fileKey)]);
  const head = Buffer.concat([Buffer.from("895143420d0a1a0a01010000", "hex"), u32(json.length), name(all.device.publicKey), Buffer.alloc(16), name(all.receiver.publicKey), json, wrapped]);
  const key = hkdf(fileKey, sha(head), "qingce bundle 1 chunks");
  const blocks = cut(text, 65_536);
  const chunks = blocks.map((block, i) => gcm(key, nonceOf(i, i === blocks.length - 1), block));
  const digest = sha(sha(head), ...chunks.map((chunk) => sha(chunk)));
  const bundle = Buffer.concat([head, ...chunks, crypto.sign(null, Buffer.concat([Buffer.from("qingce bundle 1 device"), digest]), edSecret(all.device.secretKey))]);
  const opened = await open(sourceOf(bundle), { device: all.device.publicKey, receiver: all.receiver });
  assert.equal(opened.digest, digest.toString("hex"));
  assert.equal(opened.header.seq, 7);
  assert.deepEqual(await collected(opened.pieces), [{ entry: { text: "字", type: "notice" }, bytes: new Uint8Array(70_000).fill(5) }]);
});
