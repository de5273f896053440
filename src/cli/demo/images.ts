// Pictures of the demo: drawn faces, cards, papers and signatures, from one seed. No photograph and no font is used: the word 虚构 is drawn.
import sharp from "sharp";
import { type Palette, PALETTE } from "./filler.ts";
import { randomOf, type Random } from "./random.ts";

/** JPEG files by palette; limits of the plan: chip 3 KB, card 40 KB, all others 300 KB. */
export type Images = Readonly<Record<Palette, readonly Buffer[]>>;

// Strokes of 虚 and 构 in a square of 100.
const XU = "M50 5V18M50 11H70M22 22H82L76 32M22 22L20 60L10 90M34 39L70 34M48 28V46H72M44 56V86M62 56V86M28 62L34 76M80 60L73 76M18 90H90";
const GOU = "M6 30H44M25 8V94M25 32L6 66M27 42L42 58M62 8L48 44M58 24H92L88 84L78 80M68 40L56 66L80 62M74 54L82 70";

/** 虚构 as strokes at a place, `size` pixels a character. */
function fictional(x: number, y: number, size: number, colour: string): string {
  const at = (path: string, shift: number): string =>
    `<path d="${path}" transform="translate(${x + shift} ${y}) scale(${size / 100})" fill="none" stroke="${colour}" stroke-width="7" stroke-linecap="round"/>`;
  return at(XU, 0) + at(GOU, size * 1.1);
}

const svg = (width: number, height: number, body: string): Buffer =>
  Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${body}</svg>`);

/** A face of 240 by 320: from crown to chin 218 pixels (more than two thirds), in the middle, in colour. Women from 32 on. */
function face(random: Random, index: number): string {
  const woman = index >= 32;
  const skin = random.pick(["#f3d3b3", "#eac19c", "#e3b58c", "#f0cba6", "#d9a87c"]);
  const hair = (index % 32) % 4 === 3 ? random.pick(["#9a9a9a", "#c8c8c8", "#77716c"]) : random.pick(["#1d1916", "#2a221d", "#3a2a20"]);
  const ground = random.pick(["#d7e6f5", "#c5dcf2", "#e8eef4", "#f4f6f8"]);
  const coat = random.pick(["#34495e", "#5b7553", "#7a4a3a", "#40476b", "#8c6d46", "#2f5f63"]);
  const wide = random.between(72, 82);
  const eyes = random.between(148, 158);
  const gap = random.between(28, 34);
  const long = woman ? `<path d="M${120 - wide - 8} 130 Q${120 - wide - 14} 250 ${120 - wide + 10} 270 L${120 + wide - 10} 270 Q${120 + wide + 14} 250 ${120 + wide + 8} 130Z" fill="${hair}"/>` : "";
  return [
    `<rect width="240" height="320" fill="${ground}"/>`,
    long,
    `<path d="M20 320 Q30 268 96 258 L144 258 Q210 268 220 320Z" fill="${coat}"/><rect x="96" y="225" width="48" height="45" fill="${skin}"/>`,
    `<ellipse cx="120" cy="150" rx="${wide}" ry="100" fill="${skin}"/>`,
    `<path d="M${120 - wide - 3} 140 Q${120 - wide} 32 120 32 Q${120 + wide} 32 ${120 + wide + 3} 140 Q${120 + wide - 12} 92 ${random.between(112, 150)} ${woman ? 96 : 84} Q${120 - wide + 20} 92 ${120 - wide - 3} 140Z" fill="${hair}"/>`,
    ...[-1, 1].map(
      (side) =>
        `<ellipse cx="${120 + side * gap}" cy="${eyes}" rx="9" ry="5" fill="#fff"/><circle cx="${120 + side * gap}" cy="${eyes}" r="4.5" fill="#241a14"/><path d="M${120 + side * gap - 13} ${eyes - 16} q13 -7 26 0" stroke="${hair}" stroke-width="4" fill="none"/>`,
    ),
    `<path d="M120 ${eyes + 8} l-7 30 q7 6 15 1" stroke="#b98b66" stroke-width="3" fill="none"/>`,
    `<path d="M98 ${eyes + 62} q22 ${random.between(6, 16)} 44 0" stroke="#a4453f" stroke-width="5" fill="none"/>`,
  ].join("");
}

const lines = (random: Random, x: number, from: number, to: number, step: number, width: number): string =>
  Array.from({ length: Math.floor((to - from) / step) }, (_, i) => `<rect x="${x}" y="${from + i * step}" width="${random.between(width * 0.5, width)}" height="${step * 0.28}" fill="#8a8f98"/>`).join("");

function card(random: Random, index: number): string {
  const ground = index % 2 === 0 ? "#eef3ee" : "#f3efe6";
  return `<rect width="400" height="252" fill="${ground}"/><rect x="8" y="8" width="384" height="236" rx="12" fill="none" stroke="#9fb3a4" stroke-width="3"/>${lines(random, 30, 40, 200, 26, 190)}<rect x="270" y="50" width="96" height="122" fill="#cfd9e4"/>${fictional(100, 80, 80, "#c0392b88")}`;
}

function paper(random: Random, index: number): string {
  const cover = ["#b03a2e", "#1f618d", "#7d6608"][index % 3] ?? "#b03a2e";
  return `<rect width="480" height="640" fill="#fbf8f0"/><rect width="480" height="70" fill="${cover}"/><rect x="24" y="90" width="432" height="520" fill="none" stroke="#b7ad94" stroke-width="2"/>${lines(random, 48, 120, 560, 38, 300)}<circle cx="350" cy="520" r="62" fill="none" stroke="#c0392b" stroke-width="6"/>${fictional(306, 498, 42, "#c0392b")}${fictional(120, 260, 110, "#c0392b55")}`;
}

/** A signature as a pen leaves it: a few strokes of two or three characters that say nothing. */
function signature(random: Random): string {
  const strokes = Array.from({ length: random.between(7, 13) }, () => {
    const x = random.between(30, 250);
    const y = random.between(24, 84);
    return `M${x} ${y} q${random.between(-20, 40)} ${random.between(-16, 26)} ${random.between(10, 60)} ${random.between(-12, 22)}`;
  });
  return `<rect width="320" height="120" fill="#fff"/><path d="${strokes.join(" ")}" fill="none" stroke="#1a1a2e" stroke-width="3" stroke-linecap="round"/>${fictional(284, 102, 14, "#c0392b")}`;
}

const SIZE: Readonly<Record<Palette, readonly [number, number, number]>> = { portrait: [240, 320, 78], chip: [102, 126, 40], card: [400, 252, 70], paper: [480, 640, 66], signature: [320, 120, 70] };
/** Largest sizes in bytes (S2 plan). */
export const IMAGE_LIMIT: Readonly<Record<Palette, number>> = { chip: 3 * 1024, card: 40 * 1024, portrait: 300 * 1024, paper: 300 * 1024, signature: 300 * 1024 };

async function draw(seed: number, palette: Palette): Promise<readonly Buffer[]> {
  const [width, height, quality] = SIZE[palette];
  return Promise.all(
    Array.from({ length: PALETTE[palette] }, async (_, index) => {
      // The chip of a card shows the face of the portrait, smaller.
      const random = randomOf(seed, palette === "chip" ? "portrait" : palette, index);
      const body = palette === "card" ? card(random, index) : palette === "paper" ? paper(random, index) : palette === "signature" ? signature(random) : face(random, index);
      const from = palette === "chip" ? svg(240, 320, body) : svg(width, height, body);
      return sharp(from).resize(width, height, { fit: "cover" }).jpeg({ quality, mozjpeg: false }).toBuffer();
    }),
  );
}

/** All pictures of the demo; the same seed gives the same bytes. */
export async function drawImages(seed: number): Promise<Images> {
  return { portrait: await draw(seed, "portrait"), chip: await draw(seed, "chip"), card: await draw(seed, "card"), paper: await draw(seed, "paper"), signature: await draw(seed, "signature") };
}
