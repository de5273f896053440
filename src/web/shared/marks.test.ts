// Pages that are read in two languages take colons, commas and brackets from the language in force, not from the source.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { marksOf } from "./marks.ts";

const web = path.join(import.meta.dirname, "..");
const pages = ["office/aid", "office/insight", "office/declarations", "office/serving", "citizen"].flatMap((folder) => fs.readdirSync(path.join(web, folder)).filter((name) => name.endsWith(".tsx")).map((name) => path.join(folder, name)));

test("no page of aid, insight, declarations, serving or of people themselves writes a Chinese mark for both languages", () => {
  assert.ok(pages.length >= 35);
  const code = (file: string): string => fs.readFileSync(path.join(web, file), "utf8").replaceAll(/\/\*[^]*?\*\/|^\s*\/\/.*$/gmu, "").replaceAll(/\{ zh: `[^`]*`|\{ zh: "[^"]*"/gu, "");
  assert.deepEqual(pages.flatMap((file) => (code(file).match(/.{0,40}[（），。：；、　].{0,20}/gu) ?? []).map((found) => `${file}: ${found}`)), []);
});

test("the marks of either language", () => {
  assert.deepEqual([marksOf.zh, marksOf.en].map((mark) => `${["a", "b"].join(mark.list)}${mark.inside("c")}${mark.colon}d${mark.comma}e${mark.semicolon}f`), ["a、b（c）：d，e；f", "a, b (c): d, e; f"]);
});
