// Who is captured: fictional people in many villages, what the base list and the terminal have of each, and a photo of their own.
import sharp from "sharp";
import type { FormAnswers } from "../../src/scheme/model.ts";
import { completeAnswers, fictionalId } from "../../test/world.ts";

export const county = 350524;
const villagesEach = 100;
export const townshipOf = (village: number): number => (county * 1000 + 100 + Math.floor(village / villagesEach)) * 1000;
/** Twelve-digit code of a village by its number from 0. */
export const villageCode = (village: number): number => townshipOf(village) + 201 + (village % villagesEach);

/** Five hundred men a birth date; another date for each five hundred. */
export function baseAnswers(n: number, village: number, more: FormAnswers = {}): ReturnType<typeof completeAnswers> {
  const group = Math.floor(n / 500);
  const birth = `${1940 + (group % 45)}-${String(1 + (Math.floor(group / 45) % 12)).padStart(2, "0")}-12`;
  return completeAnswers(1, { id_number: fictionalId(n % 500, birth.replaceAll("-", "")), birth_date: birth, domicile_region: String(villageCode(village)), residence_region: String(villageCode(village)), education: undefined, ...more });
}

/** What the collector found out: nobody else has this number. */
export const mobileOf = (n: number): string => `139${String(n).padStart(8, "0")}`;

/** A coloured upright picture of about 20 KB. */
export function drawPortrait(): Promise<Buffer> {
  const [width, height] = [295, 413];
  const pixels = Buffer.alloc(width * height * 3);
  let state = 1;
  for (let i = 0; i < pixels.length; i += 1) {
    state = (state * 1_103_515_245 + 12_345) & 0x7fffffff;
    pixels[i] = [190, 120, 80][i % 3]! + Math.floor((i / 3 / width / height) * 40) + ((state >> 16) & 31);
  }
  return sharp(pixels, { raw: { width, height, channels: 3 } }).jpeg({ quality: 80 }).toBuffer();
}

/** The same picture with other bytes for each number below 40,000: the last two steps of its first quantization table. */
export function portraitOf(drawn: Buffer, n: number): Buffer {
  const at = drawn.indexOf(Buffer.from([0xff, 0xdb])) + 5;
  const own = Buffer.from(drawn);
  own[at + 62] = 20 + (n % 200);
  own[at + 63] = 20 + Math.floor(n / 200);
  return own;
}
