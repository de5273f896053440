// Head size and place in a portrait from the silhouette alone, without a model: the corners are the background, what differs from them is the
// person, the neck is where the silhouette narrows above the shoulders. Clear cases pass or fail; everything else is left to a reviewer's eye.
// What it cannot see (long hair over the neck, a background like the clothes or the hair) is never called a pass or a failure.

/** Pixels as a canvas gives them: four bytes each, row by row. */
export type Pixels = { readonly data: Uint8ClampedArray; readonly width: number; readonly height: number };

export type Silhouette = {
  /** First row of the person, widest row of the head, and where the neck ends; −1 when not found. */
  readonly top: number;
  readonly widestRow: number;
  readonly neck: number;
  /** Height from crown to neck as a share of the picture. */
  readonly headShare: number;
  /** Width of the head as a share of the picture's. */
  readonly headWidth: number;
  /** Head's middle beside the picture's middle, as a share of its width; right is positive. */
  readonly offset: number;
  /** How uneven the background in the corners is, in steps of colour. */
  readonly unevenness: number;
  /** Brightest channel of the background, 0 to 255. */
  readonly brightness: number;
  /** Share of the rows' width that the person takes at most. */
  readonly widest: number;
};

const LEAST_CONTRAST = 28;

const median = (numbers: readonly number[]): number => numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? 0;

/** Mean of each pixel and its eight neighbours, without the alpha channel: takes the noise of a camera out. */
function smoothed({ data, width, height }: Pixels): Float32Array {
  const out = new Float32Array(width * height * 3);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      let [r, g, b, n] = [0, 0, 0, 0];
      for (let dy = Math.max(0, y - 1); dy <= Math.min(height - 1, y + 1); dy += 1) {
        for (let dx = Math.max(0, x - 1); dx <= Math.min(width - 1, x + 1); dx += 1) {
          const at = (dy * width + dx) * 4;
          r += data[at] ?? 0;
          g += data[at + 1] ?? 0;
          b += data[at + 2] ?? 0;
          n += 1;
        }
      }
      const to = (y * width + x) * 3;
      out[to] = r / n;
      out[to + 1] = g / n;
      out[to + 2] = b / n;
    }
  }
  return out;
}

/** Measures the silhouette of a portrait; best between 150 and 500 pixels wide. */
export function silhouetteOf(pixels: Pixels): Silhouette {
  const { width: w, height: h } = pixels;
  const flat = smoothed(pixels);
  const channel = (x: number, y: number, k: number): number => flat[(y * w + x) * 3 + k] ?? 0;
  const corners: (readonly [number, number])[] = [];
  for (let y = 0; y < h * 0.06; y += 1) for (let x = 0; x < w * 0.12; x += 1) corners.push([x, y], [w - 1 - x, y]);
  const ground = [0, 1, 2].map((k) => median(corners.map(([x, y]) => channel(x, y, k))));
  const spread = [0, 1, 2].map((k) => Math.sqrt(corners.reduce((sum, [x, y]) => sum + (channel(x, y, k) - (ground[k] ?? 0)) ** 2, 0) / corners.length));
  const unevenness = Math.max(...spread);
  const brightness = Math.max(...ground);
  const contrast = Math.max(LEAST_CONTRAST, 4 * unevenness);
  const left = new Int32Array(h).fill(-1);
  const right = new Int32Array(h).fill(-1);
  const widths = new Int32Array(h);
  for (let y = 0; y < h; y += 1) {
    for (let x = 0; x < w; x += 1) {
      const far = Math.hypot(channel(x, y, 0) - (ground[0] ?? 0), channel(x, y, 1) - (ground[1] ?? 0), channel(x, y, 2) - (ground[2] ?? 0));
      if (far <= contrast) continue;
      if (left[y] === -1) left[y] = x;
      right[y] = x;
    }
    widths[y] = left[y] === -1 ? 0 : (right[y] ?? 0) - (left[y] ?? 0) + 1;
  }
  const top = widths.findIndex((width) => width > w * 0.05);
  const widest = Math.max(0, ...widths) / w;
  if (top === -1) return { top, widestRow: -1, neck: -1, headShare: -1, headWidth: 0, offset: 0, unevenness, brightness, widest };
  // From the crown down: the head is widest before the first clear narrowing that widens again into shoulders.
  let [most, widestRow, neck] = [0, top, -1];
  const step = Math.round(h * 0.04);
  for (let y = top; y < h - 3 && neck === -1; y += 1) {
    const width = widths[y] ?? 0;
    if (width > most) [most, widestRow] = [width, y];
    else if (width < most * 0.92 && most > w * 0.12 && (widths[Math.min(h - 1, y + step)] ?? 0) > width * 1.12) neck = y;
  }
  let middle = 0;
  for (let y = top; y <= widestRow; y += 1) middle += ((left[y] ?? 0) + (right[y] ?? 0)) / 2;
  return { top, widestRow, neck, headShare: neck === -1 ? -1 : (neck - top) / h, headWidth: most / w, offset: (middle / (widestRow - top + 1) - w / 2) / w, unevenness, brightness, widest };
}

export type HeadVerdict = "pass" | "judge" | "empty" | "head-small" | "off-centre" | "head-cut";

/** Beyond these the silhouette is not trusted: a background as uneven as this is no plain one. */
const MOST_UNEVEN = 8;
/** A background darker than this is like hair and clothes. */
const LEAST_BRIGHT = 90;
/** Around the demanded share the measure (crown to neck) may be off by this much, so nothing is decided there. */
const DOUBT = 0.08;
/** White hair before a white wall hides the crown but not the cheeks: a head is called small only when it is narrow too. */
const NARROW = 0.46;
const CENTRED = 0.06;
const NOT_CENTRED = 0.14;

/** `headShare` is the least share of the height the head takes (standard of the plan: two thirds). */
export function headVerdict(seen: Silhouette, headShare: number): HeadVerdict {
  if (seen.unevenness > MOST_UNEVEN || seen.brightness < LEAST_BRIGHT) return "judge";
  if (seen.top === -1 || seen.widest < 0.08) return "empty";
  if (seen.neck === -1 || seen.widestRow === seen.top) return "judge";
  if (seen.top === 0) return "head-cut";
  if (Math.abs(seen.offset) > NOT_CENTRED) return "off-centre";
  if (seen.headShare < headShare - DOUBT && seen.headWidth < NARROW) return "head-small";
  return seen.headShare >= headShare && seen.headShare < 0.95 && Math.abs(seen.offset) <= CENTRED ? "pass" : "judge";
}
