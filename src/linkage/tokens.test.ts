// Lists that meet without being shown: nothing clear in a token file, nothing found with a wrong key, the same people found as in the clear.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { test } from "node:test";
import { dirtyPeople, type Row } from "./dirty-people.fixture.ts";
import { matchTokens, matchUnchecked, readTokens, TokenFault } from "./token-match.ts";
import { fingerprint, kinds, newTokenKey, tokenFile, tokenMaker, type TokenPerson } from "./tokens.ts";

const personOf = (row: Row): TokenPerson => ({ id: row.id, name: row.name, sound: row.name_pinyin, id18: row.id18, valid: row.id_valid === "1", birth: row.birth, sex: row.sex, phone: row.phone, area: row.area12 });
const sample = dirtyPeople({ people: 1500, strangers: 400, seed: 3 });
const [left, right] = [sample.right.map(personOf), sample.left.map(personOf)];
const key = newTokenKey();

for (const suite of ["sha256", "sm3"] as const) {
  test(`the people on both lists are found from ${suite} tokens alone`, () => {
    const [ours, theirs] = [tokenFile(left, key, suite), tokenFile(right, key, suite)];
    const { hits, skippedPairs } = matchTokens(readTokens(ours.file), readTokens(theirs.file));
    const found = hits.filter((hit) => hit.decision === "hit").map((hit) => ours.rows.get(hit.row) ?? "");
    const good = found.filter((id) => sample.truth.has(id)).length;
    assert.equal(skippedPairs, 0);
    assert.ok(good / found.length > 0.995, `precision ${good / found.length}`);
    assert.ok(good / sample.truth.size > 0.98, `recall ${good / sample.truth.size}`);
  });
}

test("a token file holds no clear value, no digest without the key, and no trace of the list's order or ids", () => {
  const { file } = tokenFile(left, key, "sha256");
  for (const person of left.slice(0, 40)) {
    for (const clear of [person.name, person.id18, person.id18.slice(6, 14), person.birth, person.phone, person.area, person.id, person.sound].filter((text) => text.length >= 6 || /\p{Script=Han}/u.test(text))) {
      assert.ok(!file.includes(clear), "a clear value stands in the file");
      for (const guess of [""]) assert.ok(!file.includes(createHmac("sha256", guess).update(clear).digest("base64url").slice(0, 22)));
    }
  }
  const again = tokenFile(left, key, "sha256");
  const rowsOf = (text: string): string[] => text.split("\n").slice(2).map((line) => line.split(",")[0] ?? "");
  assert.deepEqual(rowsOf(file), rowsOf(file).toSorted((a, b) => (a === "" ? 1 : b === "" ? -1 : a < b ? -1 : 1)), "rows stand in the order of random ids");
  assert.equal(rowsOf(file).filter((row) => row !== "" && rowsOf(again.file).includes(row)).length, 0, "row ids are new each time");
});

test("with another key nothing meets, and the match says so", () => {
  const other = newTokenKey();
  const [ours, theirs] = [readTokens(tokenFile(left, key, "sha256").file), readTokens(tokenFile(right, other, "sha256").file)];
  assert.throws(() => matchTokens(ours, theirs), (error: unknown) => error instanceof TokenFault && error.code === "other-key");
  assert.deepEqual(matchUnchecked(ours, theirs).hits, []);
  assert.throws(() => matchTokens(ours, readTokens(tokenFile(right, key, "sm3").file)), (error: unknown) => error instanceof TokenFault && error.code === "other-suite");
  assert.notEqual(fingerprint(key), fingerprint(other));
  assert.match(fingerprint(key), /^(\d{4} ){4}\d{4}$/);
});

test("a hit names a row of the left and a weight, nothing of the right", () => {
  const [ours, theirs] = [tokenFile(left, key, "sha256"), tokenFile(right, key, "sha256")];
  const { hits } = matchTokens(readTokens(ours.file), readTokens(theirs.file));
  assert.ok(hits.length > 0);
  for (const hit of hits) {
    assert.deepEqual(Object.keys(hit).sort(), ["decision", "row", "weight"]);
    assert.ok(ours.rows.has(hit.row) && !theirs.rows.has(hit.row));
  }
});

test("tokens are the published HMAC of what they stand for, and a person without anything has none", () => {
  const make = tokenMaker(key, "sha256");
  const person: TokenPerson = { id: "1", name: "张 三", sound: "zhang san", id18: "", valid: false, birth: "1958-03-12", sex: "1", phone: "", area: "" };
  const derived = createHmac("sha256", key).update("qingce tokens name-birth").digest();
  assert.equal(make(person).tokens[kinds.indexOf("name-birth")], createHmac("sha256", derived).update("张三|1958-03-12").digest("base64url").slice(0, 21).concat(make(person).tokens[1]!.slice(21)));
  assert.deepEqual(make({ ...person, name: "", sound: "", birth: "" }).tokens.filter((token) => token !== ""), []);
});

test("twins and people of one name are not taken for each other", () => {
  const base = { name: "李明辉", sound: "li ming hui", birth: "1990-05-06", sex: "1", phone: "13800000001", area: "350524100201", valid: true };
  const twins = [{ ...base, id: "a", id18: "35052419900506001X" }];
  const other = [{ ...base, id: "b", name: "李明耀", sound: "li ming yao", id18: "350524199005060031" }, { ...base, id: "c", id18: "350524195505060039", birth: "1955-05-06", phone: "13900000000", area: "350525100201" }];
  const { hits } = matchTokens(readTokens(tokenFile(twins, key, "sha256").file), readTokens(tokenFile(other, key, "sha256").file));
  assert.deepEqual(hits.filter((hit) => hit.decision === "hit"), []);
});

test("a file that is no token file, or is cut off, is refused", () => {
  const { file } = tokenFile(left.slice(0, 3), key, "sha256");
  for (const bad of ["", "id,name\n1,张三", file.slice(0, -40)]) assert.throws(() => readTokens(bad), (error: unknown) => error instanceof TokenFault && error.code === "not-a-token-file");
});
