// Drawn portraits: clear ones pass, clear faults are refused with the reason, what the silhouette cannot tell goes to a reviewer.
import assert from "node:assert/strict";
import { test } from "node:test";
import { dragged, held, partOf, portraitSize } from "./crop.ts";
import { headVerdict, type Pixels, silhouetteOf } from "./head-check.ts";
import { colourOf, photoVerdict } from "./photo-check.ts";

type Rgb = readonly [number, number, number];
type Draw = { ground?: Rgb; size?: number; dx?: number; dy?: number; hair?: Rgb; clothes?: Rgb; longHair?: boolean; noise?: number; gradient?: number; grey?: boolean; width?: number; height?: number };

/** A drawn person: head, hair, neck and shoulders; `size` 1 gives a head of about seven tenths of the height. */
function portrait({ ground = [250, 251, 254], size = 1, dx = 0, dy = 0, hair = [34, 28, 24], clothes = [34, 48, 74], longHair = false, noise = 0, gradient = 0, grey = false, width = 240, height = 296 }: Draw = {}): Pixels {
  const data = new Uint8ClampedArray(width * height * 4);
  let seed = 7;
  const random = (): number => (seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31) / 2 ** 31 - 0.5;
  const inside = (x: number, y: number, cx: number, cy: number, rx: number, ry: number): boolean => ((x - cx) / rx) ** 2 + ((y - cy) / ry) ** 2 <= 1;
  const [cx, headY, rx, ry] = [width / 2 + dx, height * 0.43 + dy, 76 * size, 100 * size];
  const chin = headY + ry;
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      let colour: Rgb = ground.map((c) => c - gradient * (y / height)) as unknown as Rgb;
      if (inside(x, y, cx, chin + 70 * size, 112 * size, 66 * size) && y > chin - 6 * size) colour = clothes;
      if (Math.abs(x - cx) < 30 * size && y > headY && y < chin + 18 * size) colour = [219, 168, 136];
      if (longHair && Math.abs(x - cx) < 92 * size && y > headY) colour = hair;
      if (inside(x, y, cx, headY - 4 * size, rx * 1.05, ry * 1.03) && y < headY) colour = hair;
      if (inside(x, y, cx, headY, rx, ry) && y > headY - ry * 0.45) colour = [227, 181, 147];
      const lift = noise * random();
      const [r, g, b] = grey ? (Array(3).fill(colour[0] * 0.3 + colour[1] * 0.59 + colour[2] * 0.11) as unknown as Rgb) : colour;
      data.set([r + lift, g + lift, b + lift, 255], (y * width + x) * 4);
    }
  }
  return { data, width, height };
}

const standard = { colour: true, headShare: 2 / 3, centred: true } as const;
const verdictOf = (draw: Draw): string => headVerdict(silhouetteOf(portrait(draw)), 2 / 3);

test("a large head in the middle passes on white, blue and softly graded grounds, with the noise of a camera", () => {
  for (const draw of [{}, { ground: [67, 142, 219] as const }, { gradient: 20 }, { noise: 16 }, { ground: [200, 30, 40] as const, hair: [20, 20, 20] as const }]) assert.equal(verdictOf(draw), "pass", JSON.stringify(draw));
  const { kind, say } = photoVerdict(portrait(), standard);
  assert.equal(kind, "pass");
  assert.match(say.zh, /符合要求/);
});

test("a head that is small, aside or cut off is refused with the reason", () => {
  assert.equal(verdictOf({ size: 0.6 }), "head-small");
  assert.equal(verdictOf({ dx: 42, size: 0.98 }), "off-centre");
  assert.equal(verdictOf({ dx: -42, size: 0.98 }), "off-centre");
  assert.equal(verdictOf({ dy: -40 }), "head-cut");
  assert.match(photoVerdict(portrait({ size: 0.6 }), standard).say.en, /too small/);
  assert.match(photoVerdict(portrait({ dx: 42, size: 0.98 }), standard).say.zh, /不在正中/);
});

test("an empty picture shows nobody", () => {
  const blank = { data: new Uint8ClampedArray(240 * 296 * 4).fill(200), width: 240, height: 296 };
  assert.equal(headVerdict(silhouetteOf(blank), 2 / 3), "empty");
});

test("what the silhouette cannot tell is neither passed nor refused", () => {
  assert.equal(verdictOf({ longHair: true }), "judge", "hair over the neck");
  assert.equal(verdictOf({ ground: [36, 30, 26] }), "judge", "a ground like the hair");
  assert.equal(verdictOf({ hair: [246, 247, 250] }), "judge", "white hair before a white wall");
  assert.equal(verdictOf({ noise: 200 }), "judge", "an uneven ground");
  assert.equal(verdictOf({ size: 0.87 }), "judge", "just below two thirds");
  const verdict = photoVerdict(portrait({ longHair: true }), standard);
  assert.equal(verdict.kind, "judge");
  assert.match(verdict.say.zh, /审核人员/);
});

test("a grey picture, a lying one and a tiny one are refused before anything is measured", () => {
  assert.ok(colourOf(portrait({ grey: true })) < 3 && colourOf(portrait()) > 3);
  assert.match(photoVerdict(portrait({ grey: true }), standard).say.zh, /黑白/);
  assert.match(photoVerdict(portrait({ width: 320 }), standard).say.zh, /竖幅/);
  assert.match(photoVerdict({ data: new Uint8ClampedArray(40 * 50 * 4), width: 40, height: 50 }, standard).say.zh, /太小/);
  assert.equal(photoVerdict(portrait({ grey: true, longHair: true }), {}).kind, "pass", "a paper has no standard of heads");
});

test("the crop frame stays on the picture at any zoom and place", () => {
  const picture = { width: 1920, height: 1080 };
  for (const crop of [{ zoom: 1, x: 0.5, y: 0.5 }, { zoom: 0.2, x: -3, y: 9 }, { zoom: 99, x: 1, y: 0 }, { zoom: 2.5, x: 0, y: 1 }]) {
    const part = partOf(picture, portraitSize, crop);
    assert.ok(part.left >= -1e-6 && part.top >= -1e-6 && part.left + part.width <= 1920 + 1e-6 && part.top + part.height <= 1080 + 1e-6, JSON.stringify(part));
    assert.ok(Math.abs(part.width / part.height - portraitSize.width / portraitSize.height) < 1e-9);
  }
  const moved = dragged(picture, portraitSize, { zoom: 2, x: 0.5, y: 0.5 }, 100, 0);
  assert.ok(moved.x < 0.5 && moved.y === 0.5, "the picture follows the finger");
  assert.equal(held(picture, portraitSize, { zoom: 1, x: 0.5, y: 0.9 }).y, 0.5, "at zoom 1 there is no room up or down");
});
