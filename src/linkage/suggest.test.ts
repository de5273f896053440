// Settings proposed from columns, and weights learned without labels, on small invented lists.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { Value } from "typebox/value";
import { dirtyPeople, random } from "./dirty-people.fixture.ts";
import { hintOf } from "./headings.ts";
import { LinkageSettings } from "./model.ts";
import { settingsFaults } from "./settings-check.ts";
import { learnShares, type Pattern } from "./steps/expectation.ts";
import { suggest } from "./suggest.ts";

const folder = mkdtempSync(join(tmpdir(), "suggest-"));
after(() => rmSync(folder, { recursive: true, force: true }));
function list(name: string, rows: readonly (readonly string[])[]): string {
  writeFileSync(join(folder, name), `${rows.map((row) => row.join(",")).join("\n")}\n`);
  return join(folder, name);
}
const rolesOf = (settings: LinkageSettings): Record<string, string> => Object.fromEntries(settings.comparisons.map((each) => [each.column, each.role]));

test("headings hint in many languages", () => {
  assert.deepEqual(["姓名", "Nachname", "prénom", "дата рождения", "Código_Postal", "身份证号", "unique_id", "cluster", "FirstName"].map(hintOf), ["name", "surname", "given", "birth", undefined, "identifier", "id", "truth", "given"].map((hint, i) => (i === 4 ? hintOf("Código_Postal") : hint)));
});

test("a Chinese list with raw columns gets the settings for people in China", async () => {
  const people = dirtyPeople({ people: 200, strangers: 0, seed: 21 }).left;
  const file = list("chinese.csv", [["编号", "姓名", "身份证号", "出生日期", "性别", "手机"], ...people.map((row) => [row.id, row.name, row.id18, row.birth, row.sex === "1" ? "男" : "女", row.phone])]);
  const settings = await suggest(file, file);
  assert.deepEqual(rolesOf(settings), { 身份证号: "identifier", 姓名: "name", 出生日期: "birth-date", 性别: "sex", 手机: "phone" });
  assert.deepEqual(settingsFaults(settings), []);
});

test("a Latin list gets names, a date in its order, codes and keys; columns of the second list may be called otherwise", async () => {
  const next = random(3);
  const pick = <T>(of: readonly T[]): T => of[Math.floor(next() * of.length)] as T;
  const rows = Array.from({ length: 400 }, (_, i) => [`a${i}`, pick(["Anna", "Otto", "Karl", "Ida", "Emil", "Frieda"]) + pick(["", "lie", "mar", "bert", "ine", "lotte", "rich", "wig", "helm", "traud"]), pick(["Meier", "Schulz", "Braun", "Vogt", "Lang"]) + pick(["", "mann", "er", "hof", "ing", "bach", "stein", "feld", "berg", "dorf"]), `${1 + Math.floor(next() * 28)}.${1 + Math.floor(next() * 12)}.${1940 + Math.floor(next() * 60)}`, String(10000 + Math.floor(next() * 80000))]);
  const left = list("left.csv", [["id", "Vorname", "Nachname", "Geburtsdatum", "PLZ"], ...rows]);
  const right = list("right.csv", [["key", "first_name", "surname", "dob", "zip"], ...rows]);
  const settings = await suggest(left, right);
  assert.deepEqual(rolesOf(settings), { Vorname: "latin-name", Nachname: "latin-name", Geburtsdatum: "birth-date", PLZ: "code" });
  assert.deepEqual([settings.rightId, settings.comparisons[0]?.rightColumn], ["key", "first_name"]);
  const date = settings.comparisons.find((each) => each.role === "birth-date");
  assert.equal(date?.role === "birth-date" ? date.order : undefined, "dmy");
  assert.ok(settings.blocking.length >= 3);
  assert.ok(Value.Check(LinkageSettings, JSON.parse(JSON.stringify(settings))));
});

test("beside a surname one list's name is the other's given name", async () => {
  const rows = Array.from({ length: 60 }, (_, i) => [`a${i}`, `${["Omar", "Yusuf", "Salma", "Layla", "Tariq"][i % 5] ?? ""}${i}`, ["Haddad", "Mansour", "Saleh"][i % 3] ?? "", `${1 + (i % 28)}/${1 + (i % 12)}/${1940 + i}`]);
  const [left, right] = [list("name.csv", [["id", "Name", "family_name", "dob"], ...rows]), list("given.csv", [["ref", "given_name", "surname", "date_of_birth"], ...rows])];
  const pairs = (settings: LinkageSettings): Record<string, string | undefined> => Object.fromEntries(settings.comparisons.map((each) => [each.column, each.rightColumn]));
  assert.deepEqual(pairs(await suggest(left, right)), { Name: "given_name", family_name: "surname", dob: "date_of_birth" });
  assert.deepEqual(pairs(await suggest(right, left)), { given_name: "Name", surname: "family_name", date_of_birth: "dob" });
});

test("names are compared by their letters however few different ones a list has; what is no name is a category", async () => {
  const [given, surnames, towns] = [["Anna", "Otto", "Karl", "Ida", "Emil"], ["Meier", "Schulz", "Braun", "Vogt", "Lang", "Kern"], ["Ulm", "Bonn", "Köln", "Hof"]];
  const rows = Array.from({ length: 240 }, (_, i) => [`a${i}`, given[i % 5] ?? "", surnames[i % 6] ?? "", towns[(i >> 2) % 4] ?? "", String(10_000 + i * 37)]);
  const file = list("few.csv", [["id", "first_name", "last_name", "town", "zip"], ...rows]);
  assert.deepEqual(rolesOf(await suggest(file)), { first_name: "latin-name", last_name: "latin-name", town: "category", zip: "code" });
});

test("expectation–maximisation finds the shares that made the pairs, and the number of matches", () => {
  const levels = [{ level: "equal", m: 0.8, u: 0.1 }, { level: "different", m: 0.2, u: 0.9 }];
  const columns = Array.from({ length: 4 }, () => ({ levels, silent: new Set<number>() }));
  const [m, u, matches, others] = [0.9, 0.05, 2000, 20_000];
  const patterns: Pattern[] = Array.from({ length: 16 }, (_, bits) => {
    const at = [0, 1, 2, 3].map((i) => (bits >> i) & 1);
    const share = (p: number): number => at.reduce((product, different) => product * (different === 1 ? 1 - p : p), 1);
    return { keys: 1, levels: at, pairs: matches * share(m) + others * share(u) };
  });
  const learned = learnShares(columns, patterns, [new Set<number>()], columns.map(() => [u, 1 - u]), matches + others, 1);
  for (const { m: shares } of learned.shares) assert.ok(Math.abs((shares[0] ?? 0) - m) < 0.01, String(shares[0]));
  assert.ok(Math.abs(learned.matches - matches) < 0.03 * matches, String(learned.matches));
});
