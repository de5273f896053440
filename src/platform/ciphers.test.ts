// The ciphers give what the standards print, agree with the openssl command, and a machine on which they do not is not started on.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createHmac, createSecretKey, randomBytes } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { test } from "node:test";
import { national } from "../bundle/national.ts";
import { sm2PublicKey, sm2Sign } from "../bundle/sm2.ts";
import { fieldSuites, knownAnswers, proveCiphers, type SuiteName } from "./ciphers.ts";
import { readConfig } from "./config.ts";
import { open, seal, sealFor } from "./field-cipher.ts";
import { keysFrom, openKeys } from "./keys.ts";
import { openInstallation } from "./start.ts";

const suites = ["international", "national"] as const;
const temporary = (): string => fs.mkdtempSync(path.join(os.tmpdir(), "qingce-keys-"));

test("the ciphers give what the standards print", () => {
  for (const { source, actual, expected } of knownAnswers) assert.equal(Buffer.from(actual()).toString("hex"), expected, source);
});

test("a service whose ciphers do otherwise does not start, and says which in both languages", async () => {
  const dataDir = temporary();
  for (const broken of knownAnswers) {
    const bent = knownAnswers.map((one) => (one === broken ? { ...one, actual: () => Buffer.from(one.actual()).map((byte, i) => (i === 0 ? byte ^ 1 : byte)) } : one));
    await assert.rejects(openInstallation(readConfig({ data: dataDir }), undefined, bent), (error: Error & { zh?: string }) => error.constructor.name === "StartRefused" && error.message.includes(broken.source) && /自检未通过/.test(error.zh ?? ""));
  }
  assert.throws(() => proveCiphers([{ source: "none", actual: () => { throw new Error("no such cipher"); }, expected: "00" }]), /none/);
  assert.deepEqual(fs.readdirSync(dataDir), []); // nothing was made
  fs.rmSync(dataDir, { recursive: true });
});

/** The openssl command of this machine, or why it cannot be asked. */
function openssl(args: readonly string[], input: Buffer): Buffer | string {
  const { status, stdout, stderr, error } = spawnSync("openssl", args, { input });
  return error ? error.message : status === 0 ? stdout : stderr.toString("utf8").slice(0, 200);
}
const demanded = (answer: Buffer | string): Buffer => (typeof answer === "string" ? assert.fail(answer) : answer);

const asked = openssl(["version"], Buffer.alloc(0));
const skip = typeof asked === "string" ? `no openssl command here: ${asked}` : false;

test("SM2 signatures agree with openssl under the identifier 1234567812345678, both ways", { skip }, (t) => {
  const folder = temporary();
  t.after(() => fs.rmSync(folder, { recursive: true }));
  const file = (name: string, bytes?: Uint8Array): string => {
    const at = path.join(folder, name);
    if (bytes) fs.writeFileSync(at, bytes);
    return at;
  };
  demanded(openssl(["genpkey", "-algorithm", "SM2", "-out", file("key.pem")], Buffer.alloc(0)));
  demanded(openssl(["pkey", "-in", file("key.pem"), "-pubout", "-out", file("public.pem")], Buffer.alloc(0)));
  const der = demanded(openssl(["ec", "-in", file("key.pem"), "-outform", "DER", "-conv_form", "uncompressed"], Buffer.alloc(0)));
  const secret = der.subarray(7, 39); // SEC 1: sequence, version, octet string of 32
  const publicKey = sm2PublicKey(secret);
  const ours = ["-pkeyopt", "distid:1234567812345678", "-rawin", "-digest", "sm3"];
  for (let i = 0; i < 8; i++) {
    const message = file("message", randomBytes(1 + i * 37));
    const theirs = fromDer(demanded(openssl(["pkeyutl", "-sign", "-inkey", file("key.pem"), "-in", message, ...ours], Buffer.alloc(0))));
    assert.equal(national.verify(publicKey, fs.readFileSync(message), theirs), true);
    const signature = file("signature", toDer(sm2Sign(secret, fs.readFileSync(message), randomBytes(32))));
    demanded(openssl(["pkeyutl", "-verify", "-pubin", "-inkey", file("public.pem"), "-in", message, "-sigfile", signature, ...ours], Buffer.alloc(0)));
    const other = openssl(["pkeyutl", "-verify", "-pubin", "-inkey", file("public.pem"), "-in", message, "-sigfile", signature, "-pkeyopt", "distid:somebody", "-rawin", "-digest", "sm3"], Buffer.alloc(0));
    assert.equal(typeof other, "string", "another identifier does not verify");
  }
});

/** The two numbers of a DER signature, 32 bytes each. */
function fromDer(der: Buffer): Buffer {
  const parts: Buffer[] = [];
  for (let at = 2; at < der.length; at += 2 + (der[at + 1] ?? 0)) parts.push(der.subarray(at + 2, at + 2 + (der[at + 1] ?? 0)));
  return Buffer.concat(parts.map((part) => Buffer.concat([Buffer.alloc(32), part]).subarray(-32)));
}
function toDer(signature: Uint8Array): Buffer {
  const number = (bytes: Buffer): Buffer => {
    const first = bytes.findIndex((byte) => byte !== 0);
    const body = bytes.subarray(first);
    const whole = (body[0] ?? 0) > 127 ? Buffer.concat([Buffer.of(0), body]) : body;
    return Buffer.concat([Buffer.of(2, whole.length), whole]);
  };
  const [r, s] = [number(Buffer.from(signature.subarray(0, 32))), number(Buffer.from(signature.subarray(32)))];
  return Buffer.concat([Buffer.of(0x30, r.length + s.length), r, s]);
}

test("SM4 in counter mode and HMAC with SM3 agree with openssl for lengths around the block", { skip }, () => {
  for (const length of [0, 1, 15, 16, 17, 64, 1000]) {
    const [key, nonce, text] = [randomBytes(32), randomBytes(12), randomBytes(length)];
    const sealed = fieldSuites.national.key(key).seal(nonce, Buffer.alloc(0), text);
    const theirs = demanded(openssl(["enc", "-sm4-ctr", "-K", key.subarray(0, 16).toString("hex"), "-iv", `${nonce.toString("hex")}00000002`], text));
    assert.deepEqual(sealed.subarray(16), theirs);
    const mac = demanded(openssl(["dgst", "-sm3", "-mac", "HMAC", "-macopt", `hexkey:${key.toString("hex")}`, "-binary"], text));
    assert.deepEqual(fieldSuites.national.mac(createSecretKey(key), text), mac);
  }
});

for (const suite of suites) {
  test(`values sealed in the ${suite} suite open for whom and what they belong to, and for nothing else`, () => {
    const keys = keysFrom(Buffer.alloc(32, 1), suite);
    const content = { phone: "13800000000", 地址: "虚构路1号" };
    const sealed = seal(keys, 350524, "record-1", content);
    assert.deepEqual(open(keys, 350524, "record-1", sealed), content);
    assert.throws(() => open(keys, 350525, "record-1", sealed));
    assert.throws(() => open(keys, 350524, "record-2", sealed));
    for (let i = 0; i < sealed.length; i++) assert.throws(() => open(keys, 350524, "record-1", sealed.map((byte, at) => (at === i ? byte ^ 1 : byte)) as Buffer), `byte ${i}`);
    const person = keys.people.make(350524, 1);
    const own = sealFor(keys, person, 350524, "record-1", content);
    assert.deepEqual(open(keys, 350524, "record-1", Buffer.concat([person, own])), content);
    assert.throws(() => open(keys, 350524, "record-1", own), /without the key/);
    assert.throws(() => open(keys, 350524, "record-1", Buffer.concat([keys.people.make(350524, 1), own])));
    assert.throws(() => open(keys, 350525, "record-1", Buffer.concat([person, own])));
    for (let i = 0; i < person.length; i++) assert.throws(() => keys.people.open(350524, Buffer.from(person.map((byte, at) => (at === i ? byte ^ 1 : byte)))), `wrapped byte ${i}`);
  });
}

test("what a county sealed in one suite stays readable when the other is used", () => {
  const keys = keysFrom(Buffer.alloc(32, 1), "international");
  const [before, person] = [seal(keys, 1, "x", 1), keys.people.make(1, 1)];
  const own = Buffer.concat([person, sealFor(keys, person, 1, "x", 2)]);
  keys.renew("national");
  const after = seal(keys, 1, "x", 3);
  assert.deepEqual([before[1], after[1]], [1, 2]);
  assert.deepEqual([open(keys, 1, "x", before), open(keys, 1, "x", own), open(keys, 1, "x", after)], [1, 2, 3]);
  const again = keys.people.rewrap(1, person);
  assert.deepEqual([again[1], again[2], again[3]], [2, 2, 1]); // version, its suite, and the suite of the key within
  keys.retire(1);
  assert.equal(open(keys, 1, "x", Buffer.concat([again, own.subarray(person.length)])), 2);
});

test("keys on the disk: the root lies under a version of the key-encryption key, renewed and retired; a root that stood open is put under a key", () => {
  for (const suite of suites) {
    const dataDir = temporary();
    const folder = path.join(dataDir, "keys");
    fs.mkdirSync(folder);
    fs.writeFileSync(path.join(folder, "master"), Buffer.alloc(32, 9), { mode: 0o600 });
    const before = keysFrom(Buffer.alloc(32, 9));
    const keys = openKeys(dataDir, suite);
    assert.equal(fs.existsSync(path.join(folder, "master")), false);
    assert.deepEqual(keys.blind("x"), before.blind("x")); // what was blinded is found again
    assert.deepEqual(keys.context, before.context);
    const person = keys.people.make(1, 1);
    assert.equal(keys.renew(suite as SuiteName), 2);
    assert.throws(() => keys.retire(2), /in use/);
    const again = keys.people.rewrap(1, person);
    keys.retire(1);
    assert.deepEqual(fs.readdirSync(folder).sort(), ["kek-2.json", "root.json"]);
    const reopened = openKeys(dataDir);
    assert.deepEqual(reopened.context, before.context);
    assert.equal(open(reopened, 1, "x", Buffer.concat([again, sealFor(keys, person, 1, "x", "y")])), "y");
    assert.throws(() => reopened.people.open(1, person), /not in the key store/);
    for (const name of fs.readdirSync(folder)) {
      assert.equal(fs.statSync(path.join(folder, name)).mode & 0o777, 0o600, name);
      assert.ok(!fs.readFileSync(path.join(folder, name)).includes(Buffer.alloc(32, 9).toString("base64url")), name);
    }
    fs.rmSync(dataDir, { recursive: true });
  }
});

test("a new installation of the national suite blinds with SM3", () => {
  const keys = keysFrom(Buffer.alloc(32, 1), "national");
  assert.notDeepEqual(keys.blind("x"), keysFrom(Buffer.alloc(32, 1)).blind("x"));
  assert.deepEqual(fieldSuites.national.mac(createSecretKey(Buffer.alloc(3, 1)), "x"), createHmac("sm3", Buffer.alloc(3, 1)).update("x").digest());
});
