// Pages that are read in two languages take colons, commas and brackets from the language in force, not from the source.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { marksOf } from "./marks.ts";

const web = path.join(import.meta.dirname, "..");
const files = fs.readdirSync(web, { recursive: true, encoding: "utf8" }).filter((name) => /\.tsx?$/u.test(name) && !name.endsWith(".test.ts"));
const pages = files.filter((name) => name.endsWith(".tsx"));

test("no page of the office, the terminal, the offline form or of people themselves writes a Chinese mark for both languages", () => {
  assert.ok(pages.length >= 180, String(pages.length));
  // What is said in Chinese alone stands as `zh`, or as the first of a pair; a pattern names the marks that people type.
  const code = (file: string): string => fs.readFileSync(path.join(web, file), "utf8").replaceAll(/\/\*[^]*?\*\/|^\s*\/\/.*$/gmu, "").replaceAll(/\bzh: `[^`]*`|\bzh: "[^"]*"|\/\[[^\]]*\][^/]*\/u/gu, "");
  assert.deepEqual(pages.flatMap((file) => (code(file).match(/.{0,40}[（），。：；、　].{0,20}/gu) ?? []).map((found) => `${file}: ${found}`)), []);
  const joined = files.flatMap((file) => (code(file).match(/join\("[、，；：　]"\)|\? "[、，；：]" : /gu) ?? []).map((found) => `${file}: ${found}`));
  assert.deepEqual(joined.filter((found) => !["shared/client.ts", "office/aid/rule-draft.ts"].some((file) => found.startsWith(file))), []); // Which choose the language themselves; which write what people type.
});

test("a phrase that counts has the word for one, in the name of what it counts", () => {
  const found = files.flatMap((file) => [...fs.readFileSync(path.join(web, file), "utf8").matchAll(/(?:\ben: |\bt\("[^"]*", )"([^"]*\{\w+[^"]*)"/gu)].map(([, phrase]) => ({ file, phrase: phrase! })));
  assert.ok(found.length > 400, String(found.length));
  // What is no count: a name, a day, a code, before a verb or a preposition.
  const plain = /\{\w+\} (?!is\b|has\b|was\b|as\b|leaves\b|differs\b|agrees\b|stays\b|follows\b)(?:[a-z]+s|people)\b/gu;
  assert.deepEqual(found.flatMap(({ file, phrase }) => (phrase.match(plain) ?? []).map((one) => `${file}: ${one}`)), ["office/matching/words.ts: {reviewFrom} people"]);
  for (const { file, phrase } of found) for (const [, name] of phrase.matchAll(/\{(\w+)\|/gu)) assert.ok(phrase.includes(`{${name}}`), `${file}: ${phrase}`);
});

test("the marks of either language", () => {
  assert.deepEqual([marksOf.zh, marksOf.en].map((mark) => `${["a", "b"].join(mark.list)}${mark.inside("c")}${mark.colon}d${mark.comma}e${mark.semicolon}f`), ["a、b（c）：d，e；f", "a, b (c): d, e; f"]);
});
