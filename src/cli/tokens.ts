// `qingce tokens`: two lists meet without being shown. key makes the agreed key, make turns a list into tokens, match tells which of
// your rows stand on the other list, read gives those rows their own ids again.
import { isUtf8 } from "node:buffer";
import fs from "node:fs";
import path from "node:path";
import Papa from "papaparse";
import { checkCitizenId, normaliseCitizenId } from "../core/citizen-id.ts";
import { parseDate } from "../core/time.ts";
import { matchTokens, readTokens, TokenFault } from "../linkage/token-match.ts";
import { fingerprint, KEY_BYTES, newTokenKey, suites, tokenFile, type TokenPerson } from "../linkage/tokens.ts";
import { simplified } from "../modules/matching/simplified.ts";
import { nameSyllables } from "../platform/pinyin.ts";
import type { Flags } from "./flags.ts";

const HEADINGS: Readonly<Record<keyof Omit<TokenPerson, "sound" | "valid">, readonly string[]>> = {
  id: ["id", "编号", "序号", "row_no"],
  name: ["name", "姓名"],
  id18: ["id18", "id_number", "idnumber", "身份证号", "公民身份号码", "身份证号码", "身份证件号码"],
  birth: ["birth", "birth_date", "出生日期"],
  sex: ["sex", "性别"],
  phone: ["phone", "mobile", "手机", "手机号码", "联系电话"],
  area: ["area12", "area", "行政区划代码", "户籍地行政区划", "户籍行政区划"],
};
const SEXES: Readonly<Record<string, string>> = { 男: "1", 女: "2", m: "1", f: "2", male: "1", female: "2" };

class Refused extends Error {
  readonly zh: string;
  constructor(zh: string, en: string) {
    super(en);
    this.zh = zh;
  }
}

function given(flags: Flags, name: string): string {
  const value = flags[name];
  if (typeof value !== "string" || value === "") throw new Refused(`请用 --${name} 指明文件`, `name the file with --${name}`);
  return path.resolve(value);
}

function read(file: string): string {
  try {
    const bytes = fs.readFileSync(file);
    return new TextDecoder(isUtf8(bytes) ? "utf-8" : "gb18030").decode(bytes);
  } catch {
    throw new Refused(`读不到文件 ${file}`, `cannot read ${file}`);
  }
}

/** Never over an existing file: a key that is gone cannot be made again. */
function write(file: string, text: string): void {
  try {
    fs.writeFileSync(file, text, { mode: 0o600, flag: "wx" });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") throw new Refused(`文件已存在：${file}`, `the file exists already: ${file}`);
    throw new Refused(`写不了文件 ${file}`, `cannot write ${file}`);
  }
}

function keyIn(file: string): Buffer {
  const key = Buffer.from(read(file).trim(), "hex");
  if (key.length !== KEY_BYTES) throw new Refused("密钥文件应为 64 位十六进制数字", "the key file holds 64 hexadecimal digits");
  return key;
}

/** Column names of the list for our names: `{"columns": {"name": "XM"}}`. */
function columnsIn(file: string | boolean | undefined): Readonly<Record<string, string>> {
  if (typeof file !== "string") return {};
  try {
    const columns = (JSON.parse(read(path.resolve(file))) as { readonly columns?: unknown }).columns;
    return typeof columns === "object" && columns !== null ? Object.fromEntries(Object.entries(columns).flatMap(([name, column]) => (typeof column === "string" ? [[name, column]] : []))) : {};
  } catch (error) {
    if (error instanceof Refused) throw error;
    throw new Refused("设置文件不是 JSON", "the settings are not JSON");
  }
}

function peopleIn(file: string, columns: Readonly<Record<string, string>>): TokenPerson[] {
  const { data, meta } = Papa.parse<Record<string, string>>(read(file).replace(/^\ufeff/u, ""), { header: true, skipEmptyLines: true });
  const headings = meta.fields ?? [];
  const columnOf = (name: keyof typeof HEADINGS): string | undefined => columns[name] ?? headings.find((heading) => HEADINGS[name].includes(heading.trim().toLowerCase()));
  const found = Object.fromEntries((Object.keys(HEADINGS) as (keyof typeof HEADINGS)[]).map((name) => [name, columnOf(name)]));
  if (found["name"] === undefined && found["id18"] === undefined) throw new Refused("名单中没有姓名列或身份证号列", "the list has neither a column of names nor one of ID numbers");
  return data.map((row, i) => {
    const cell = (name: string): string => row[found[name] ?? ""]?.trim() ?? "";
    const [name, raw, sex] = [simplified(cell("name")), cell("id18"), cell("sex")];
    const checked = checkCitizenId(raw);
    return {
      id: cell("id") || String(i + 2),
      name,
      sound: nameSyllables(name),
      id18: checked.ok ? checked.id : normaliseCitizenId(raw),
      valid: checked.ok,
      birth: parseDate(cell("birth")) ?? "",
      sex: SEXES[sex.toLowerCase()] ?? sex,
      phone: cell("phone").replace(/\D/gu, ""),
      area: /^\d{6,12}$/u.test(cell("area")) ? cell("area").padEnd(12, "0") : "",
    };
  });
}

const cell = (text: string): string => (/[",\r\n]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

const verbs: Readonly<Record<string, (flags: Flags) => void>> = {
  key(flags) {
    const key = newTokenKey();
    write(given(flags, "out"), `${key.toString("hex")}\n`);
    console.log(`密钥指纹（电话核对）/ fingerprint, to be compared by telephone: ${fingerprint(key)}`);
  },
  make(flags) {
    const key = keyIn(given(flags, "key"));
    const suite = suites.find((each) => each === (flags["suite"] ?? "sha256"));
    if (suite === undefined) throw new Refused("--suite 只能是 sha256 或 sm3", "--suite is sha256 or sm3");
    const out = given(flags, "out");
    const people = peopleIn(given(flags, "list"), columnsIn(flags["settings"]));
    const { file, rows } = tokenFile(people, key, suite);
    write(out, file);
    const own = `${out.replace(/\.csv$/u, "")}.rows.csv`;
    write(own, `row,id\n${[...rows].map(([row, id]) => `${row},${cell(id)}\n`).join("")}`);
    console.log(`${people.length} 行 / rows → ${out}\n行号对照表只留在本单位，切勿交出 / the table of row ids stays with you, never hand it out: ${own}\n密钥指纹 / fingerprint: ${fingerprint(key)}`);
  },
  match(flags) {
    const match = matchTokens(readTokens(read(given(flags, "left"))), readTokens(read(given(flags, "right"))));
    const sure = match.hits.filter((hit) => hit.decision === "hit").length;
    write(given(flags, "out"), `row,decision,weight\n${match.hits.map((hit) => `${hit.row},${hit.decision},${hit.weight}\n`).join("")}`);
    console.log(`左 ${match.left} 行，右 ${match.right} 行：命中 ${sure}，可能 ${match.hits.length - sure}\n${match.left} rows left, ${match.right} right: ${sure} hits, ${match.hits.length - sure} perhaps`);
    if (match.skippedPairs > 0) console.log(`有 ${match.skippedTokens} 个标记的行数过多，未比较 ${match.skippedPairs} 对 / ${match.skippedTokens} tokens stood in too many rows; ${match.skippedPairs} pairs were not compared`);
  },
  read(flags) {
    const rows = new Map(Papa.parse<Record<string, string>>(read(given(flags, "right")), { header: true, skipEmptyLines: true }).data.map((line) => [line["row"] ?? "", line["id"] ?? ""]));
    const hits = Papa.parse<Record<string, string>>(read(given(flags, "left")), { header: true, skipEmptyLines: true }).data;
    const known = hits.flatMap((hit) => (rows.has(hit["row"] ?? "") ? [`${cell(rows.get(hit["row"] ?? "") ?? "")},${hit["decision"]},${hit["weight"]}\n`] : []));
    write(given(flags, "out"), `id,decision,weight\n${known.join("")}`);
    console.log(`${known.length} / ${hits.length} 行属于本单位 / rows are yours`);
  },
};

const faults: Readonly<Record<TokenFault["code"], string>> = { "not-a-token-file": "不是标记文件，或文件不完整", "other-suite": "两个文件使用的密码套件不同", "other-key": "两个文件使用的密钥不同：请电话核对密钥指纹" };

export const tokens = {
  summary: "lists that meet without being shown: tokens key | make | match | read（不出明文比对）",
  run: async (flags: Flags, words: readonly string[]): Promise<void> => {
    const act = verbs[words[0] ?? ""];
    try {
      if (act === undefined) throw new Refused("用法：tokens key --out F ｜ make --list A.csv --key F --out T.csv [--suite sm3] ｜ match --left T1.csv --right T2.csv --out HITS.csv ｜ read --left HITS.csv --right T1.rows.csv --out MINE.csv", "usage: as above; see docs/blind-exchange.md");
      act(flags);
    } catch (error) {
      if (!(error instanceof Refused) && !(error instanceof TokenFault)) throw error;
      console.error(`${error instanceof Refused ? error.zh : faults[error.code]}\n${error.message}`);
      process.exit(1);
    }
  },
};
