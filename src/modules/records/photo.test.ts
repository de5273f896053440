// The photo standard: what is refused with a reason, and that side data never stay.
import assert from "node:assert/strict";
import { test } from "node:test";
import sharp from "sharp";
import { Problem } from "../../core/problem.ts";
import { acceptPhoto, withoutPngTexts, withoutSideData } from "./photo.ts";

const colour = { r: 200, g: 120, b: 90 };
const make = (width: number, height: number, background = colour) => sharp({ create: { width, height, channels: 3, background } });
const refused = (code: Problem["code"], word: RegExp) => (error: unknown) => error instanceof Problem && error.code === code && word.test(error.detail?.en ?? "");

test("a sound colour portrait is accepted, byte for byte when it holds nothing beside the picture", async () => {
  const bytes = await make(240, 320).jpeg().toBuffer();
  for (const _ of [1, 2]) assert.deepEqual(await acceptPhoto(bytes, 300 * 1024, true), bytes);
});

test("place, device and time written by a camera are cut out", async () => {
  const bytes = await make(240, 320).withExif({ IFD0: { Make: "SecretCamera" }, IFD3: { GPSLatitudeRef: "N" } }).jpeg().toBuffer();
  assert.ok(bytes.includes("SecretCamera"));
  const clean = await acceptPhoto(bytes, 300 * 1024, true);
  assert.ok(!clean.includes("SecretCamera"));
  assert.equal((await sharp(clean).metadata()).exif, undefined);
  assert.equal((await sharp(clean).metadata()).width, 240);
});

test("other kinds of file, damaged, cut-off, tiny and over-large pictures are refused with a reason", async () => {
  const whole = await make(240, 320).jpeg().toBuffer();
  await assert.rejects(acceptPhoto(await make(240, 320).png().toBuffer(), undefined, false), refused("photo-not-accepted", /JPEG/));
  await assert.rejects(acceptPhoto(Buffer.from("not a picture"), undefined, false), refused("photo-not-accepted", /JPEG/));
  await assert.rejects(acceptPhoto(Buffer.alloc(0), undefined, false), refused("photo-not-accepted", /JPEG/));
  await assert.rejects(acceptPhoto(whole.subarray(0, whole.length >> 1), undefined, false), refused("photo-not-accepted", /damaged|JPEG/));
  await assert.rejects(acceptPhoto(await make(20, 30).jpeg().toBuffer(), undefined, false), refused("photo-not-accepted", /too small/));
  await assert.rejects(acceptPhoto(whole, 100, false), refused("file-too-large", /KB/));
});

test("a portrait that lies on its side or is grey is refused, a paper like that is not", async () => {
  const [wide, grey] = [await make(320, 240).jpeg().toBuffer(), await make(240, 320, { r: 120, g: 120, b: 120 }).jpeg().toBuffer()];
  await assert.rejects(acceptPhoto(wide, undefined, true), refused("photo-not-accepted", /upright/));
  await assert.rejects(acceptPhoto(grey, undefined, true), refused("photo-not-accepted", /colour/));
  await acceptPhoto(wide, undefined, false);
  await acceptPhoto(grey, undefined, false);
});

test("captions in a PNG are cut out, the picture stays", async () => {
  const png = await make(24, 32).png().toBuffer();
  const text = Buffer.from("Comment\0SecretCaption", "latin1");
  const chunk = Buffer.concat([Buffer.alloc(4), Buffer.from("tEXt"), text, Buffer.alloc(4)]);
  chunk.writeUInt32BE(text.length, 0);
  const captioned = Buffer.concat([png.subarray(0, 33), chunk, png.subarray(33), Buffer.from("SecretTail")]);
  const clean = withoutPngTexts(captioned);
  assert.ok(clean && !clean.includes("Secret"));
  assert.equal((await sharp(clean).metadata()).height, 32);
  assert.equal(withoutPngTexts(png.subarray(0, 40)), undefined);
});

test("bytes that only begin like a JPEG never hang or throw something else", async () => {
  for (const tail of [[], [0xff], [0xff, 0xff, 0xff], [0xff, 0xe1, 0x00, 0x00, 0xff], [0xff, 0xe1, 0xff, 0xff], [0x00, 0x01, 0x02, 0x03]]) {
    const bytes = Buffer.from([0xff, 0xd8, ...tail]);
    withoutSideData(bytes);
    await assert.rejects(acceptPhoto(bytes, undefined, true), (error) => error instanceof Problem);
  }
});
