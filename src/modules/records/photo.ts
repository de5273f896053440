// The photo standard: JPEG, within the item's size, whole, and for a portrait upright and in colour. Only clear failures are refused; the
// rest is for the reviewer's eye. What a camera wrote beside the picture (place, device, time) is cut out without touching the picture.
import { createHash } from "node:crypto";
import sharp from "sharp";
import { Problem } from "../../core/problem.ts";

const LEAST_SIDE = 60;
const LEAST_COLOUR = 3;

const refuse = (zh: string, en: string): Problem => new Problem("photo-not-accepted", { zh, en });

/**
 * The picture without its side data, ready to be stored.
 * @param maxBytes limit of the item; @param portrait whether a person's face is expected
 * @throws Problem photo-not-accepted, file-too-large
 */
export async function acceptPhoto(bytes: Buffer, maxBytes: number | undefined, portrait: boolean): Promise<Buffer> {
  const clean = withoutSideData(bytes);
  if (!clean) throw refuse("只接受 JPG 格式的照片", "Only JPEG pictures are accepted");
  if (maxBytes !== undefined && clean.length > maxBytes) {
    const [kb, limit] = [Math.ceil(clean.length / 1024), Math.floor(maxBytes / 1024)];
    throw new Problem("file-too-large", { zh: `照片为 ${kb} KB，上限 ${limit} KB，请压缩后重新上传`, en: `The picture has ${kb} KB; at most ${limit} KB are allowed` });
  }
  const { width, height, colour } = await looksOf(clean);
  if (Math.min(width, height) < LEAST_SIDE) throw refuse(`照片太小（${width}×${height} 像素）`, `The picture is too small (${width}×${height} pixels)`);
  if (portrait) {
    if (width > height) throw refuse("免冠照应为竖幅", "A portrait stands upright; this picture is wider than high");
    if (colour < LEAST_COLOUR) throw refuse("免冠照应为彩色照片", "A portrait is in colour; this picture is grey");
  }
  return clean;
}

type Looks = { readonly width: number; readonly height: number; readonly colour: number };
const seen = new Map<string, Looks>();

/** What a picture looks like. The same picture sent again (a retry, a shared paper) is not decoded again. */
async function looksOf(bytes: Buffer): Promise<Looks> {
  const digest = createHash("sha256").update(bytes).digest("base64");
  const known = seen.get(digest);
  if (known) return known;
  const looks = { ...(await sizeOf(bytes)), colour: await colourOf(bytes) };
  if (seen.size >= 2_000) seen.clear();
  seen.set(digest, looks);
  return looks;
}

/** Decodes the whole picture, so that a cut-off file is found. */
async function sizeOf(bytes: Buffer): Promise<{ width: number; height: number }> {
  try {
    const { info } = await sharp(bytes, { failOn: "truncated", limitInputPixels: 50_000_000 }).resize(32, 32, { fit: "inside" }).raw().toBuffer({ resolveWithObject: true });
    const { width = info.width, height = info.height } = await sharp(bytes).metadata();
    return { width, height };
  } catch {
    throw refuse("照片已损坏，无法打开", "The picture is damaged and cannot be opened");
  }
}

/** Mean distance between the colour channels of the shrunken picture, 0 for grey, up to 255. */
async function colourOf(bytes: Buffer): Promise<number> {
  const { data, info } = await sharp(bytes).resize(32, 32, { fit: "fill" }).toColourspace("srgb").raw().toBuffer({ resolveWithObject: true });
  if (info.channels < 3) return 0;
  let sum = 0;
  for (let i = 0; i < data.length; i += info.channels) {
    const [r = 0, g = 0, b = 0] = [data[i], data[i + 1], data[i + 2]];
    sum += Math.max(r, g, b) - Math.min(r, g, b);
  }
  return sum / (data.length / info.channels);
}

/** JPEG without application segments 1–13 and 15 and comments (EXIF, GPS, XMP, thumbnails); undefined when it is no JPEG. */
export function withoutSideData(bytes: Buffer): Buffer | undefined {
  if (bytes.length < 4 || bytes.readUInt16BE(0) !== 0xffd8) return undefined;
  const kept: Buffer[] = [bytes.subarray(0, 2)];
  let at = 2;
  while (at + 4 <= bytes.length) {
    if (bytes[at] !== 0xff) return undefined;
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (marker === 0xda) {
      const end = bytes.lastIndexOf(Buffer.of(0xff, 0xd9));
      kept.push(bytes.subarray(at, end > at ? end + 2 : bytes.length));
      return Buffer.concat(kept);
    }
    const next = at + 2 + bytes.readUInt16BE(at + 2);
    const side = marker === 0xfe || (marker >= 0xe1 && marker <= 0xef && marker !== 0xee);
    if (!side) kept.push(bytes.subarray(at, next));
    at = next;
  }
  return undefined;
}

const PNG_START = 8;
const PNG_TEXT = new Set(["tEXt", "zTXt", "iTXt", "eXIf", "tIME"]);

/** PNG without its texts, camera data and time; undefined when it is damaged. What stands behind its end is left out. */
export function withoutPngTexts(bytes: Buffer): Buffer | undefined {
  const kept: Buffer[] = [bytes.subarray(0, PNG_START)];
  for (let at = PNG_START; at + 12 <= bytes.length; ) {
    const kind = bytes.toString("latin1", at + 4, at + 8);
    const next = at + 12 + bytes.readUInt32BE(at);
    if (next > bytes.length) return undefined;
    if (!PNG_TEXT.has(kind)) kept.push(bytes.subarray(at, next));
    if (kind === "IEND") return Buffer.concat(kept);
    at = next;
  }
  return undefined;
}
