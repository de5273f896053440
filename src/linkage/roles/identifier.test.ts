// What the engine's whole-number arithmetic makes of raw citizen numbers is what the standard's own arithmetic makes of them.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { checkCharacter } from "../../core/citizen-id.ts";
import { personsInChina } from "../chinese-persons.ts";
import { levels, vocabulary } from "../columns.ts";
import { openSession } from "../duckdb.ts";
import { text } from "../sql.ts";
import { exactPairs } from "../steps/exact.ts";
import { normalise, trust } from "../steps/normalise.ts";

const folder = mkdtempSync(join(tmpdir(), "identifier-"));
after(() => rmSync(folder, { recursive: true, force: true }));

/** Numbers of all kinds from one seed: right and wrong check characters, days that there are and are not, fifteen digits, placeholders. */
function written(): string[] {
  let state = 20_261_122;
  const upTo = (n: number): number => (state = (state * 1_103_515_245 + 12_345) % 2 ** 31) % n;
  const digits = (n: number): string => Array.from({ length: n }, () => upTo(10)).join("");
  const list = ["", "0", "111111111111111111", "11111111111111111X", "000000000000000000", "999999999999999999", "888888888888888888", "123", "B12345", "12345678901234E123", "51072319000229123X", "51072320000229123X", "5107231800010112", "99999919900101123X"];
  for (let i = 0; i < 20_000; i += 1) {
    const year = i % 7 === 0 ? digits(4) : String(1840 + upTo(270));
    const first = `${upTo(9)}${digits(5)}${year}${String(upTo(15)).padStart(2, "0")}${String(upTo(34)).padStart(2, "0")}${digits(3)}`;
    const right = first + checkCharacter(first);
    list.push(i % 5 === 0 ? first + digits(1) : i % 11 === 0 ? `${first.slice(0, 6)}${first.slice(8)}` : i % 13 === 0 ? ` ${right.toLowerCase()} ` : right);
  }
  return list;
}

test("check characters, birth dates and conversions of 20,000 written numbers are those of GB 11643", async () => {
  const numbers = written();
  const settings = personsInChina("test", { id: "id", raw: true, name: "name", identifier: "id_no" });
  const db = await openSession({ folder, memoryLimitMb: 256, threads: 1 });
  const rows = numbers.map((number, i) => `(${i}, ${number === "" ? "NULL" : text(number)}, '张三')`).join(", ");
  await db.run(`CREATE TABLE left_rows AS SELECT id_no AS in_id_no, name AS in_name FROM (VALUES ${rows}) t(n, id_no, name) ORDER BY n; CREATE TABLE right_rows AS SELECT * FROM left_rows WHERE false`);
  await db.run("CREATE TABLE left_ids AS SELECT rowid::INTEGER AS n, rowid AS place, in_id_no AS written FROM left_rows; CREATE TABLE right_ids AS SELECT * FROM left_ids WHERE false");
  await normalise({ db, settings, cache: {} });
  let [valid, converted] = [0, 0];
  for (const row of await db.rows("SELECT written, k0_v AS v, k0_birth::VARCHAR AS birth, k0_ok AS ok, k0_num::VARCHAR AS num FROM l JOIN left_ids USING (n)")) {
    const plain = String(row["written"] ?? "").trim().toUpperCase().replaceAll(/[^0-9A-Z]/g, "");
    const long = /^\d{15}$/.test(plain) ? `${plain.slice(0, 6)}19${plain.slice(6)}` : undefined;
    const full = long !== undefined ? long + checkCharacter(long) : /^(0+|1+|8+|9+)X?$/.test(plain) || plain === "" ? null : plain;
    assert.equal(row["v"], full);
    const first = full?.slice(0, 17) ?? "";
    const inRange = full?.length === 18 && /^[1-8]\d{16}$/.test(first) && first >= "11";
    const [year, month, day] = [full?.slice(6, 10) ?? "", full?.slice(10, 12) ?? "", full?.slice(12, 14) ?? ""];
    const date = new Date(`${year}-${month}-${day}T00:00:00Z`);
    const birth = inRange && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(`${year}-${month}-${day}`) && Number(year) > 0 ? `${year}-${month}-${day}` : null;
    if (Number(year) > 0) assert.equal(row["birth"], birth, plain);
    const ok = birth !== null && birth >= "1850-01-01" && birth <= "2100-01-01" && full?.at(17) === checkCharacter(first);
    assert.equal(row["ok"], ok, plain);
    assert.equal(row["num"], ok ? String(BigInt(first)) : null, plain);
    valid += ok ? 1 : 0;
    converted += long === undefined ? 0 : 1;
  }
  db.close();
  assert.ok(valid > 5000 && converted > 1000, `${valid} valid, ${converted} of fifteen digits`);
});

test("valid numbers that are equal make a pair however they are written, and one that many names share makes none", async () => {
  const full = (first: string): string => first + checkCharacter(first);
  const [own, old, lent] = [full("51072320000229123"), full("51072319560229123"), full("51072319800229123")];
  const settings = personsInChina("test", { id: "id", raw: true, name: "name", identifier: "id_no" });
  const db = await openSession({ folder, memoryLimitMb: 256, threads: 1 });
  const list = (side: string, rows: readonly (readonly [string, string])[]): Promise<void> =>
    db.run(`CREATE TABLE ${side}_rows AS SELECT * FROM (VALUES ${rows.map(([number, name]) => `(${text(number)}, ${text(name)})`).join(", ")}) t(in_id_no, in_name);
      CREATE TABLE ${side}_ids AS SELECT rowid::INTEGER AS n, rowid AS place FROM ${side}_rows`);
  await list("left", [[own, "张三"], [old, "李四"], [lent, "王五"], [`${own.slice(0, 17)}4`, "赵六"]]);
  await list("right", [[` ${own.toLowerCase()} `, "张三"], [`${old.slice(0, 6)}${old.slice(8, 17)}`, "李四"], ...["王五", "赵六", "孙七", "周八"].map((name): readonly [string, string] => [lent, name]), [`${own.slice(0, 17)}4`, "赵六"]]);
  const work = { db, settings, cache: {} };
  await normalise(work);
  assert.equal((await trust(work)).rows, 1);
  await exactPairs(work);
  assert.deepEqual((await db.rows("SELECT left_n, right_n, g0, sane FROM exact_pairs ORDER BY 1, 2")).map((row) => Object.values(row)), [[0, 0, 0, true], [1, 1, 0, true]]);
  db.close();
});

test("each kind of difference between two numbers, and between two dates, is at its level", async () => {
  const full = (first: string): string => first + checkCharacter(first);
  const settings = personsInChina("test", { id: "id", raw: true, name: "name", identifier: "id_no", birth: "birth" });
  const number = full("51072319800229123");
  const [digit, swapped] = [`${number.slice(0, 9)}${(Number(number[9]) + 1) % 10}${number.slice(10)}`, `${number.slice(0, 3)}${number[4]}${number[3]}${number.slice(5)}`];
  const numbers: readonly (readonly [string, string, string])[] = [
    [number, number, "equal"], [number, full("51072319800229890"), "conflict-same-birth"], [number, full("51072319800228890"), "reissued"], [number, full("11010119660815345"), "conflict"], [number, full("51072319800209123"), "conflict-near"],
    [number, digit, "one-digit"], [number, swapped, "transposed"], [number, number.slice(0, 17), "digit-lost"], ["A1234567890", "B7654321", "different"], ["", number, "missing"],
  ];
  const dates: readonly (readonly [string, string, string])[] = [
    ["1980-02-05", "1980-02-05", "equal"], ["1980-02-05", "1980-05-02", "swapped"], ["1980-02-05", "1981-02-05", "next-year"], ["1980-02-05", "1990-02-05", "one-digit"], ["1980-02-05", "1967-02-05", "two-of-three"], ["1980-02-05", "1980-02-21", "other-day"],
    ["1980-02-05", "1980-11-05", "other-month"], ["1980-02-05", "1980-11-21", "same-year"], ["1980-02-05", "1981-02-06", "different"], ["1980-02-05", "1967-11-05", "different"], ["1980-02-05", "", "missing"],
  ];
  const pairs = [...numbers.map(([a, b]) => [a, b, "", ""]), ...dates.map(([a, b]) => ["", "", a, b])];
  const db = await openSession({ folder, memoryLimitMb: 256, threads: 1 });
  for (const [side, i] of [["left", 0], ["right", 1]] as const) {
    const rows = pairs.map((cells, n) => `(${n}, ${[cells[i], "张三", cells[i + 2]].map((cell) => (cell === "" ? "NULL::VARCHAR" : text(cell ?? ""))).join(", ")})`);
    await db.run(`CREATE TABLE ${side}_rows AS SELECT in_id_no, in_name, in_birth FROM (VALUES ${rows.join(", ")}) t(n, in_id_no, in_name, in_birth) ORDER BY n; CREATE TABLE ${side}_ids AS SELECT rowid::INTEGER AS n, rowid AS place FROM ${side}_rows`);
  }
  await normalise({ db, settings, cache: {} });
  const found = await db.rows(`SELECT ${levels(settings)} FROM l JOIN r USING (n) ORDER BY n`);
  assert.deepEqual(found.slice(0, numbers.length).map((row) => vocabulary("identifier")[Number(row["g0"])]), numbers.map(([, , level]) => level));
  assert.deepEqual(found.slice(numbers.length).map((row) => vocabulary("birth-date")[Number(row["g2"])]), dates.map(([, , level]) => level));
  db.close();
});
