// Rules for passwords by profile, the list of guessable ones, and the codes of RFC 6238 against its published examples.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { test } from "node:test";
import { Problem } from "../../core/problem.ts";
import { isBreached } from "./breached-passwords.ts";
import { demandRules } from "./passwords.ts";
import { isGuessable } from "./guessable-passwords.ts";
import { byProfile, faultsOf, isExpired, rulesInWords } from "./password-policy.ts";
import { newActivationCode } from "./second-factor.ts";
import { base32, codeAt, otpauth, stepOf, stepOfCode } from "./totp.ts";

const about = { login: "wang.li", name: "王丽" };
const codes = (password: string, profile: keyof typeof byProfile = "djbh-3"): string[] => faultsOf(password, byProfile[profile], about).map(({ code }) => code);

test("the default asks for ten characters of three classes, ASVS for fifteen of any", () => {
  assert.deepEqual(codes("Blue-kettle-42"), []);
  assert.deepEqual(codes("Bk-42"), ["password-too-short"]);
  assert.deepEqual(codes("bluekettles on fire"), ["password-too-plain"]);
  assert.deepEqual(codes("bluekettles on fire", "asvs"), []);
  assert.deepEqual(codes("Blue-kettle-42", "asvs"), ["password-too-short"]);
});

test("login and name do not stand inside, in any case", () => {
  assert.deepEqual(codes("x-WANG.li-Kettle-9"), ["password-holds-name"]);
  assert.deepEqual(codes("王丽Kettle-93-x"), ["password-holds-name"]);
});

test("words that are guessed first are found through digits, signs, leet spelling and doubling; words of one's own are not", () => {
  for (const bad of ["Password2026!", "P@ssw0rd123!", "Qwerty-123456", "qwertyuiop12", "1qaz2wsx3edc", "123456789012", "Admin@123456", "AdminAdmin12!", "woaini1314520", "Minzheng@2026", "aaaaaaaaaaaa", "abcabcabcabc", "20260101", "!!Welcome!!2026", "Test1234567!", "PasswordAdmin1!"]) assert.ok(isGuessable(bad), bad);
  for (const good of ["Blue-kettle-42", "correct horse battery", "Vogel-im-Baum-7", "demo-qingce-2026-x", "tT9#kLm2pQ", "木兰花慢-Ab-77"]) assert.ok(!isGuessable(good), good);
});

test("a password of the operator's list of breached ones is refused wherever it stands in the list, and no other is", (t) => {
  const file = path.join(os.tmpdir(), `qingce-breached-${process.pid}`);
  t.after(() => fs.rmSync(file, { force: true }));
  const digest = (text: string): string => createHash("sha1").update(text).digest("hex");
  const listed = ["Blue-kettle-42", "木兰花慢-Ab-77", ...Array.from({ length: 100 }, (_, n) => `Listed-${n}-xyz`)];
  const sorted = listed.map((text) => digest(text).toUpperCase()).toSorted();
  for (const write of [(one: string, n: number) => `${one}:${n * n}`, (one: string) => one, (one: string, n: number) => `${one.toLowerCase()}:${n}\r`]) {
    for (const end of ["", "\n"]) {
      fs.writeFileSync(file, sorted.map(write).join("\n") + end);
      assert.deepEqual(listed.filter((text) => !isBreached(file, text)), []);
      assert.equal(Array.from({ length: 100 }, (_, n) => isBreached(file, `Free-${n}-xyz`)).filter(Boolean).length, 0);
    }
  }
  fs.writeFileSync(file, "");
  assert.equal(isBreached(file, "Blue-kettle-42"), false);
  fs.writeFileSync(file, `${digest("Blue-kettle-42")}\n`);
  assert.throws(() => demandRules("Blue-kettle-42", byProfile["djbh-3"], about, { breachedPasswords: file }), (error) => error instanceof Problem && error.code === "password-not-accepted" && error.issues[0]?.code === "password-breached");
  demandRules("Blue-kettle-43", byProfile["djbh-3"], about, { breachedPasswords: file });
  demandRules("Blue-kettle-42", byProfile["djbh-3"], about, {});
});

test("a code that opens an account has sixteen of 32 letters, 80 bits, and each of them comes", () => {
  const codes = Array.from({ length: 200 }, () => newActivationCode());
  for (const code of codes) assert.match(code, /^(?:[A-HJ-NP-Z2-9]{4}-){3}[A-HJ-NP-Z2-9]{4}$/u);
  assert.equal(new Set(codes).size, 200);
  assert.equal(new Set(codes.join("").replaceAll("-", "")).size, 32);
});

test("a password's time runs out by the policy's days only", () => {
  const set = new Date("2026-01-01T00:00:00Z");
  assert.equal(isExpired(byProfile["djbh-3"], set, new Date("2026-04-01T00:00:00Z")), false);
  assert.equal(isExpired(byProfile["djbh-3"], set, new Date("2026-04-01T00:00:01Z")), true);
  assert.equal(isExpired(byProfile.asvs, set, new Date("2036-01-01T00:00:00Z")), false);
  assert.ok(rulesInWords(byProfile["djbh-3"]).every(({ zh, en }) => zh && en));
});

test("codes are those of RFC 6238, appendix B, and of the step before, at hand and after", () => {
  const secret = Buffer.from("12345678901234567890");
  for (const [seconds, code] of [[59, "287082"], [1111111109, "081804"], [1111111111, "050471"], [1234567890, "005924"], [2000000000, "279037"], [20000000000, "353130"]] as const) {
    const at = new Date(seconds * 1000);
    assert.equal(codeAt(secret, stepOf(at)), code);
    if (seconds > 100) for (const [shift, found] of [[-60, false], [-30, true], [0, true], [30, true], [60, false]] as const) assert.equal(stepOfCode(secret, code, new Date(at.getTime() + shift * 1000)), found ? stepOf(at) : undefined, `${seconds} ${shift}`);
  }
  assert.equal(base32(secret), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
  assert.match(otpauth("wang.li", secret), /^otpauth:\/\/totp\/Qingce%3Awang\.li\?secret=GEZDG\w+&issuer=Qingce$/);
  for (const odd of ["", "28708", "2870822", "28708x", "٢٨٧٠٨٢", "-87082"]) assert.equal(stepOfCode(secret, odd, new Date(59_000)), undefined, odd);
});
