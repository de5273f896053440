// Identity numbers (all fictional): vectors, slips and proposals.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { checkCharacter, checkCitizenId, citizenIdFacts, convert15, maskId, normaliseCitizenId, proposeIds } from "./citizen-id.ts";
import { FICTIONAL_REGION, regionPrefixes, regionStanding } from "./region-prefixes.ts";
import { addDays } from "./time.ts";

const validId = fc.tuple(fc.constantFrom(...regionPrefixes()), fc.integer({ min: 0, max: 40_000 }), fc.integer({ min: 0, max: 999 })).map(([region, day, sequence]) => {
  const first17 = `${region}${(addDays("1910-01-01", day) ?? "").replaceAll("-", "")}${String(sequence).padStart(3, "0")}`;
  return first17 + checkCharacter(first17);
});

test("published vectors are accepted and tell birth date and sex", () => {
  for (const id of ["350524197806150017", "620502198512033044", "360802194910010010", "810000199003070015", "830000198808080025", "11010519491231002X"])
    assert.deepEqual(checkCitizenId(id), { ok: true, id });
  assert.deepEqual(citizenIdFacts("620502198512033044"), { region6: "620502", birthDate: "1985-12-03", sex: "2" });
  assert.deepEqual(checkCitizenId("350524780615001"), { ok: true, id: "350524197806150017", converted: true });
});

test("typed variants become one number", () => {
  for (const typed of [" 11010519491231002x", "１１０１０５１９４９１２３１００２Ｘ", "'110105 19491231 002x", "110105\u200b19491231002X"]) assert.equal(normaliseCitizenId(typed), "11010519491231002X");
});

test("fifteen digits become eighteen; a centenarian's sequence means the century before", () => {
  const year = (fifteen: string) => convert15(fifteen).slice(6, 10);
  assert.equal(year("350524780615001"), "1978");
  assert.equal(year("350524840615997"), "1884");
  assert.equal(year("350524990615996"), "1899");
  assert.equal(year("350524580312997"), "1958");
  assert.deepEqual(checkCitizenId("350524840615997"), { ok: true, id: convert15("350524840615997"), converted: true });
  assert.equal(checkCitizenId("350524840230997").ok, false);
});

test("a region is refused when there is no such province; withdrawn counties and unknown ones of a province pass", () => {
  const made = (region: string) => { const first17 = `${region}19580312001`; return checkCitizenId(first17 + checkCharacter(first17)); };
  for (const region of ["352124", "510202", "440582", "810000", "820000", "830000", "350524", FICTIONAL_REGION]) assert.ok(made(region).ok, region);
  assert.equal(regionStanding("350599"), "unlisted");
  assert.ok(made("350599").ok);
  for (const region of ["000000", "010101", "160101", "250101", "380101", "590101", "700101", "810001", "840000", "900000", "999998", "990000", "911000"]) assert.deepEqual(made(region), { ok: false, reason: "region" }, region);
});

test("each fault is named", () => {
  const reason = (text: string) => { const r = checkCitizenId(text, "2026-01-01"); return r.ok ? "ok" : r.reason; };
  assert.equal(reason("  "), "empty");
  assert.equal(reason("B35052400001"), "pseudo");
  assert.equal(reason("000000000000000000"), "pseudo");
  assert.equal(reason("111111111111111111"), "pseudo");
  assert.equal(reason("35052419780615001"), "length");
  assert.equal(reason("35052419780615OO17"), "characters");
  assert.equal(reason("3505241978X6150017"), "characters");
  assert.equal(reason("650105199002290011"), "calendar");
  assert.equal(reason("350524197806150018"), "check-digit");
  const first17 = "35052420990101001";
  assert.equal(reason(first17 + checkCharacter(first17)), "future");
  assert.equal(reason("无身份证号码"), "characters");
});

test("every number with a right check character passes, and every change of one digit fails", () => {
  fc.assert(fc.property(validId, (id) => checkCitizenId(id).ok));
  fc.assert(fc.property(validId, fc.nat(16), fc.integer({ min: 1, max: 9 }), (id, i, by) => {
    const digit = (Number(id[i]) + by) % 10;
    return !checkCitizenId(id.slice(0, i) + digit + id.slice(i + 1)).ok;
  }));
});

test("swapped neighbours and look-alikes lead back to the number", () => {
  assert.ok(proposeIds("350524197806150071").includes("350524197806150017"));
  assert.deepEqual(proposeIds("35O524I978O6I5OOI7"), ["350524197806150017"]);
  assert.ok(proposeIds("11010519491231002*").includes("11010519491231002X"));
  assert.ok(proposeIds("35052419780615017", { birthDate: "1978-06-15" }).includes("350524197806150017"));
  assert.deepEqual(proposeIds("350524197806150017"), []);
  assert.deepEqual(proposeIds("abc"), []);
  fc.assert(fc.property(validId, fc.nat(15), (id, i) => {
    if (id[i] === id[i + 1]) return true;
    const slip = id.slice(0, i) + id[i + 1] + id[i] + id.slice(i + 2);
    const facts = citizenIdFacts(id)!;
    const proposals = proposeIds(slip, facts);
    return proposals.length <= 6 && (i < 6 || proposals.includes(id) || proposals.every((p) => citizenIdFacts(p)?.birthDate === facts.birthDate)) && proposals.every((p) => checkCitizenId(p).ok);
  }));
  fc.assert(fc.property(fc.string({ maxLength: 25 }), (text) => Array.isArray(proposeIds(text)) && typeof checkCitizenId(text).ok === "boolean"));
});

test("masks keep the first six and the last four", () => {
  assert.equal(maskId("350524197806150017"), "350524********0017");
  assert.equal(maskId("350524780615001"), "350524*****5001");
  assert.equal(maskId("12345"), "*****");
});
