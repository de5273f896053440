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
const SIDE = 32;
const MOST_ALIKE = 10;
const LEAST_OVERLAP = 0.5;
/** Half a character equal is enough (俊 and 骏), when the rest is of the same size. */
const LEAST_HALF = 0.72;
const LEAST_WITH_HALF = 0.3;

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

type Drawn = { readonly character: string; readonly parts: readonly { readonly ink: Float32Array; readonly norm: number }[]; readonly whole: Float32Array; readonly norm: number };
const norm = (ink: Float32Array): number => Math.sqrt(ink.reduce((sum, each) => sum + each * each, 0));
function part(ink: Float32Array, inside: (x: number, y: number) => boolean): { ink: Float32Array; norm: number } {
  const cut = ink.map((each, i) => (inside(i % SIDE, Math.floor(i / SIDE)) ? each : 0));
  return { ink: cut, norm: norm(cut) };
}
const cosine = (a: { ink: Float32Array; norm: number }, b: { ink: Float32Array; norm: number }): number => {
  let sum = 0;
  for (let i = 0; i < a.ink.length; i += 1) sum += (a.ink[i] ?? 0) * (b.ink[i] ?? 0);
  return a.norm === 0 || b.norm === 0 ? 0 : sum / (a.norm * b.norm);
};

const characters = gb2312();
const all: Drawn[] = [];
for (const character of characters) {
  const whole = await drawn(character);
  const third = Math.round(SIDE * 0.4);
  all.push({ character, whole, norm: norm(whole), parts: [part(whole, (x) => x >= third), part(whole, (x) => x < SIDE - third), part(whole, (_, y) => y >= third), part(whole, (_, y) => y < SIDE - third)] });
}
const nearest = new Map<string, [string, number][]>(characters.map((each) => [each, []]));
for (const [i, a] of all.entries()) {
  for (const b of all.slice(i + 1)) {
    const whole = cosine({ ink: a.whole, norm: a.norm }, { ink: b.whole, norm: b.norm });
    if (whole < LEAST_WITH_HALF) continue;
    const half = Math.max(...a.parts.map((each, k) => cosine(each, b.parts[k] ?? each)));
    if (whole < LEAST_OVERLAP && half < LEAST_HALF) continue;
    const score = Math.max(whole, half * 0.9);
    nearest.get(a.character)?.push([b.character, score]);
    nearest.get(b.character)?.push([a.character, score]);
  }
}
const kept = new Map([...nearest].map(([character, list]) => [character, list.toSorted((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, MOST_ALIKE).map(([each]) => each)]));

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
