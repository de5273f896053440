// Makes src/linkage/han.txt, the engine's table of Chinese characters: simplified form and sound of every character of the
// main block, and the characters that look alike. Sounds come from pinyin-pro (MIT), simplified forms from opencc-js
// (MIT, data Apache-2.0). Look-alikes are measured: each character of GB 2312 is drawn from Noto Sans SC (OFL 1.1, by
// @expo-google-fonts/noto-sans-sc) into a small bitmap, and its nearest ones by plain overlap are kept.
// Run: node scripts/generate-han-table.ts (about two minutes)
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { Converter } from "opencc-js/t2cn";
import { pinyin } from "pinyin-pro";
import sharp from "sharp";

const root = path.join(import.meta.dirname, "..");
/** Side of the bitmap; strokes are widened by one place before comparing. */
const SIDE = 16;
const MOST_ALIKE = 24;
const LEAST_OVERLAP = 0.7;
/** Half a character equal is enough (俊 and 骏), when the rest is of the same size. */
const LEAST_HALF = 0.88;
const LEAST_WITH_HALF = 0.5;

type Font = { readonly unitsPerEm: number; glyphForCodePoint(point: number): { readonly path: { toSVG(): string } } };
const require = createRequire(import.meta.url);
const fontkit = require("fontkit") as { openSync(file: string): Font };
const font = fontkit.openSync(path.join(root, "node_modules/@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf"));

function gb2312(): string[] {
  const decoder = new TextDecoder("gb18030");
  const list: string[] = [];
  for (let row = 0xb0; row <= 0xf7; row += 1) for (let cell = 0xa1; cell <= 0xfe; cell += 1) list.push(decoder.decode(Uint8Array.of(row, cell)));
  return list.filter((each) => /^[\u4e00-\u9fff]$/u.test(each));
}

/** Ink of a glyph, its box stretched to the whole bitmap, blurred a little so that near strokes overlap. Length 1. */
async function drawn(character: string): Promise<Float32Array> {
  const svgPath = font.glyphForCodePoint(character.codePointAt(0) ?? 0).path.toSVG();
  const em = font.unitsPerEm;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${SIDE}" height="${SIDE}" viewBox="0 ${-0.88 * em} ${em} ${em}"><path transform="scale(1,-1)" d="${svgPath}"/></svg>`;
  const { data } = await sharp(Buffer.from(svg)).ensureAlpha().extractChannel("alpha").blur(0.9).raw().toBuffer({ resolveWithObject: true });
  return Float32Array.from(data);
}

const characters = gb2312();
const inks: Float32Array[] = [];
for (const character of characters) inks.push(await drawn(character));

/** Left, right, upper and lower two thirds of the bitmap: a component that two characters share stands in one of them. */
const third = Math.round(SIDE / 3);
const HALVES = [(x: number) => x >= third, (x: number) => x < SIDE - third, (_: number, y: number) => y >= third, (_: number, y: number) => y < SIDE - third];
const cuts = [() => true, ...HALVES].map((inside) => inks.map((ink) => {
  const cut = ink.map((each, i) => (inside(i % SIDE, Math.floor(i / SIDE)) ? each : 0));
  const norm = Math.hypot(...cut);
  return norm === 0 ? cut : cut.map((each) => each / norm);
}));
function overlap(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) sum += a[i]! * b[i]!;
  return sum;
}
const nearest = new Map<string, [string, number][]>(characters.map((each) => [each, []]));
const best = (list: readonly [string, number][]): [string, number][] => list.toSorted((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, MOST_ALIKE);
function keep(character: string, other: string, score: number): void {
  const list = nearest.get(character) ?? [];
  list.push([other, score]);
  if (list.length > 200) nearest.set(character, best(list));
}
const [wholes = [], ...halves] = cuts;
for (const [i, a] of characters.entries()) {
  for (let j = i + 1; j < characters.length; j += 1) {
    const whole = overlap(wholes[i]!, wholes[j]!);
    if (whole < LEAST_WITH_HALF) continue;
    const half = Math.max(...halves.map((cut) => overlap(cut[i]!, cut[j]!)));
    if (whole < LEAST_OVERLAP && half < LEAST_HALF) continue;
    const score = Math.max(whole, half * 0.95);
    const b = characters[j]!;
    keep(a, b, score);
    keep(b, a, score);
  }
}
const kept = new Map([...nearest].map(([character, list]) => [character, best(list).map(([each]) => each)]));

const simplified = Converter({ from: "t", to: "cn" });
const lines: string[] = [];
for (let point = 0x4e00; point <= 0x9fff; point += 1) {
  const character = String.fromCodePoint(point);
  const plain = simplified(character);
  const sound = pinyin(plain, { toneType: "none", v: true }).toLowerCase();
  const surname = pinyin(plain, { toneType: "none", v: true, surname: "all" }).toLowerCase();
  const alike = (kept.get(character) ?? []).join("");
  lines.push([character, [...plain].length === 1 ? plain : character, /^[a-zü]+$/u.test(surname) ? surname.replaceAll("ü", "v") : /^[a-zü]+$/u.test(sound) ? sound : "", alike].join("\t"));
}
fs.writeFileSync(path.join(root, "src/linkage/han.txt"), `${lines.join("\n")}\n`);
console.log(`${lines.length} characters, ${[...kept.values()].reduce((sum, list) => sum + list.length, 0)} look-alikes`);
