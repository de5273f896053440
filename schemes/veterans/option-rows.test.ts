// Word by word: every option that the sources of the forms list is an option here, or another way of writing one.
import assert from "node:assert/strict";
import { test } from "node:test";
import { veterans } from "./scheme.ts";
import { veteransWords } from "./option-rows.ts";

const sets = new Map(veterans.codeSets.map((set) => [set.key, set]));

for (const [key, words] of Object.entries(veteransWords)) {
  test(`the code set ${key} has every word of its sources`, () => {
    const known = new Set(sets.get(key)?.options.flatMap((option) => [option.label.zh, ...(option.alsoWritten ?? [])]));
    assert.deepEqual(
      words.split(" ").filter((word) => !known.has(word)),
      [],
    );
  });
}

test("no two options of a code set are written the same way", () => {
  for (const set of veterans.codeSets) {
    const written = set.options.flatMap((option) => [option.label.zh, ...(option.alsoWritten ?? [])]);
    assert.deepEqual(
      written.filter((word, at) => written.indexOf(word) !== at),
      [],
      set.key,
    );
  }
});

test("options of several choices that say none exclude the others", () => {
  const several = new Set(veterans.forms.flatMap((form) => form.sections.flatMap((part) => part.items.filter((item) => item.kind === "codes").map((item) => item.codeSet ?? ""))));
  for (const key of several) {
    for (const option of sets.get(key)?.options ?? []) if (/^(?:无|不享受)$/u.test(option.label.zh)) assert.equal(option.exclusive, true, `${key} ${option.code}`);
  }
});
