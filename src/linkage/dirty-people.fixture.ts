// A seeded generator of fictional people and of what departments make of them; used by the tests of the linkage.
// Everything is invented: names from a short list of characters, identity numbers with a right check digit by chance.
import { writeFileSync } from "node:fs";

export type Row = { id: string; name: string; name_pinyin: string; id18: string; id_valid: string; birth: string; sex: string; phone: string; area12: string };
export type Dirt = "clean" | "one-digit" | "transposed" | "no-id" | "from-15" | "homophone" | "other-character" | "moved" | "phone";
export type Sample = { left: Row[]; right: Row[]; /** right id → left id */ truth: Map<string, string>; dirt: Map<string, Dirt> };

const SURNAMES = "王wang 李li 张zhang 刘liu 陈chen 杨yang 赵zhao 黄huang 周zhou 吴wu 徐xu 孙sun 胡hu 朱zhu 高gao 林lin 何he 郭guo 马ma 罗luo";
const GIVEN =
  "伟wei 维wei 芳fang 方fang 娜na 静jing 敬jing 丽li 力li 强qiang 磊lei 军jun 君jun 洋yang 阳yang 勇yong 永yong 艳yan 燕yan 杰jie 洁jie 涛tao 明ming 鸣ming 超chao 秀xiu 霞xia 平ping 萍ping 刚gang 桂gui 贵gui 英ying 瑛ying 华hua 花hua 建jian 健jian 国guo 文wen 玉yu 宇yu 兰lan 红hong 鸿hong 志zhi 智zhi 海hai 春chun 梅mei 飞fei 菲fei 云yun 德de 峰feng 锋feng 龙long 雪xue 波bo 宁ning 清qing 青qing 忠zhong 中zhong 新xin 欣xin";
const parse = (list: string): [string, string][] => list.split(" ").map((entry) => [entry.slice(0, 1), entry.slice(1)]);
const surnames = parse(SURNAMES);
const given = parse(GIVEN);
const soundOf = new Map([...surnames, ...given]);
const FACTORS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** mulberry32 */
export function random(seed: number): () => number {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const two = (n: number): string => String(n).padStart(2, "0");

export function checkDigit(seventeen: string): string {
  return "10X98765432".charAt([...seventeen].reduce((sum, digit, i) => sum + Number(digit) * (FACTORS[i] ?? 0), 0) % 11);
}

function isValid(id18: string): string {
  const date = `${id18.slice(6, 10)}-${id18.slice(10, 12)}-${id18.slice(12, 14)}`;
  const real = /^\d{17}[\dX]$/.test(id18) && !Number.isNaN(Date.parse(date)) && new Date(date).toISOString().startsWith(date);
  return real && checkDigit(id18.slice(0, 17)) === id18[17] ? "1" : "0";
}

export function withName(row: Row, name: string): Row {
  return { ...row, name, name_pinyin: [...name].map((character) => soundOf.get(character) ?? "").join(" ") };
}

export function withId(row: Row, id18: string): Row {
  return { ...row, id18, id_valid: id18 === "" ? "0" : isValid(id18) };
}

export function dirtyPeople(options: { people: number; strangers: number; seed: number; missingIds?: boolean; oneName?: boolean }): Sample {
  const next = random(options.seed);
  const below = (n: number): number => Math.floor(next() * n);
  const pick = <T>(list: readonly T[]): T => list[below(list.length)] as T;
  const phone = (): string => `1${pick(["38", "39", "58", "87"])}${String(below(1e8)).padStart(8, "0")}`;
  const area = (): string => `5101${two(4 + below(4))}${String(1 + below(6)).padStart(3, "0")}${String(1 + below(12)).padStart(3, "0")}`;

  function person(id: string): Row {
    const name = options.oneName === true ? "王伟" : pick(surnames)[0] + pick(given)[0] + (next() < 0.75 ? pick(given)[0] : "");
    const date = new Date(Date.UTC(1935 + below(65), 0, 1 + below(365))).toISOString().slice(0, 10);
    const sex = below(2);
    const seventeen = `${area().slice(0, 6)}${date.replaceAll("-", "")}${two(below(100))}${(below(5) * 2 + sex) % 10}`;
    const row: Row = { id, name, name_pinyin: "", id18: "", id_valid: "0", birth: date, sex: sex === 1 ? "1" : "2", phone: phone(), area12: area() };
    return withId(withName(row, name), options.missingIds === true ? "" : seventeen + checkDigit(seventeen));
  }

  const otherDigit = (digit: string): string => pick([..."0123456789"].filter((each) => each !== digit));
  function spoil(row: Row): [Row, Dirt] {
    const id = row.id18;
    const kind = pick<Dirt>(["one-digit", "transposed", "no-id", "from-15", "homophone", "other-character", "moved", "phone"]);
    if (kind === "one-digit" && id !== "") {
      const at = below(17);
      return [withId(row, id.slice(0, at) + otherDigit(id.charAt(at)) + id.slice(at + 1)), kind];
    }
    if (kind === "transposed" && id !== "") {
      const at = [...Array(16).keys()].find((i) => i >= 6 && id[i] !== id[i + 1]) ?? 0;
      return [withId(row, id.slice(0, at) + id.charAt(at + 1) + id.charAt(at) + id.slice(at + 2)), kind];
    }
    if (kind === "no-id") return [withId(row, ""), kind];
    if (kind === "from-15" && id !== "") {
      const seventeen = `${id.slice(0, 6)}19${id.slice(8, 17)}`;
      return [withId(row, seventeen + checkDigit(seventeen)), kind];
    }
    const last = row.name.slice(-1);
    const alike = given.filter(([character, sound]) => sound === soundOf.get(last) && character !== last);
    const [withoutId, name] = next() < 0.5 && id !== "" ? [withId(row, ""), row.name] : [row, row.name];
    if (kind === "homophone" && alike.length > 0) return [withName(withoutId, name.slice(0, -1) + pick(alike)[0]), kind];
    if (kind === "other-character" && name.length === 3) return [withName(row, name.slice(0, -1) + pick(given)[0]), kind];
    if (kind === "moved") return [{ ...withoutId, area12: area() }, kind];
    return [{ ...row, phone: next() < 0.5 ? "" : phone() }, "phone"];
  }

  const left: Row[] = [];
  const right: Row[] = [];
  const truth = new Map<string, string>();
  const dirt = new Map<string, Dirt>();
  for (let i = 0; i < options.people; i += 1) {
    const row = person(`L${String(i).padStart(7, "0")}`);
    left.push(row);
    if (next() >= 0.85) continue;
    for (let copy = next() < 0.03 ? 2 : 1; copy > 0; copy -= 1) {
      const [spoiled, kind]: [Row, Dirt] = next() < 0.3 ? spoil(row) : [row, "clean"];
      const id = `R${String(right.length).padStart(7, "0")}`;
      right.push({ ...spoiled, id });
      truth.set(id, row.id);
      dirt.set(id, kind);
    }
  }
  for (let i = 0; i < options.strangers; i += 1) right.push(person(`R${String(right.length).padStart(7, "0")}`));
  return { left, right, truth, dirt };
}

export const COLUMNS = ["id", "name", "name_pinyin", "id18", "id_valid", "birth", "sex", "phone", "area12"] as const;

export function writeCsv(path: string, rows: readonly Row[]): string {
  const quoted = (value: string): string => (/[",\n\r]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);
  writeFileSync(path, [COLUMNS.join(","), ...rows.map((row) => COLUMNS.map((name) => quoted(row[name])).join(","))].join("\n") + "\n");
  return path;
}
