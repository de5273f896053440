// Fictional lists with a known truth: the same people as public security and as the armed forces write them, with faults.
import { checkCharacter } from "../../core/citizen-id.ts";

const SURNAMES = [..."王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"];
const GIVEN = [..."伟芳娜静丽强磊军洋勇艳杰涛明超秀霞平刚桂英华建国文玉兰红志海春梅飞云德峰龙雪波宁清忠新"];

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

/** `conflicts`: people on both lists with another name or number on one; `pairs`: rows of one person, as `list:row list:row` in order; rows are numbered as the import numbers them (headings are row 1). */
export function planted(options: { readonly people: number; readonly seed: number; readonly county: number; readonly village: number }): { police: string; army: string; pairs: Set<string>; conflicts: number; rows: number } {
  const next = random(options.seed);
  const below = (n: number): number => Math.floor(next() * n);
  const pick = <T>(list: readonly T[]): T => list[below(list.length)] as T;
  const police = ["公民身份号码,姓名,性别,民族,出生日期,户籍地行政区划,死亡日期,曾服兵役"];
  const army = ["身份证号,姓名,出生日期,入伍时间,退役时间,服役身份,退役方式"];
  const pairs = new Set<string>();
  let conflicts = 0;
  for (let n = 0; n < options.people; n += 1) {
    const name = pick(SURNAMES) + pick(GIVEN) + (next() < 0.8 ? pick(GIVEN) : "");
    const born = new Date(Date.UTC(1940 + below(55), 0, 1 + below(365))).toISOString().slice(0, 10);
    const first17 = `999999${born.replaceAll("-", "")}${String(below(500) * 2 + 1).padStart(3, "0")}`;
    const id = first17 + checkCharacter(first17);
    const inPolice = next() < 0.9;
    const inArmy = !inPolice || next() < 0.8;
    if (inPolice) police.push([id, name, "男", "汉族", born, options.village, "", next() < 0.7 ? "是" : ""].join(","));
    if (!inArmy) continue;
    const dirt = next();
    const typo = `${id.slice(0, 14)}${id.slice(15, 16)}${id.slice(14, 15)}${id.slice(16)}`;
    const cells = [dirt < 0.06 ? "" : dirt < 0.1 ? typo : id, dirt > 0.94 ? name.slice(0, -1) + pick(GIVEN) : name, born, "1978-12-01", "1982-11-30", "义务兵", "退伍"];
    army.push(cells.join(","));
    if (inPolice && ((cells[0] !== "" && cells[0] !== id) || cells[1] !== name)) conflicts += 1;
    if (inPolice) pairs.add([`0:${police.length}`, `1:${army.length}`].sort().join(" "));
  }
  return { police: police.join("\n"), army: army.join("\n"), pairs, conflicts, rows: police.length + army.length - 2 };
}
