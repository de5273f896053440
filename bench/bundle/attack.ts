// One process of the attacks on bundles: every flip or cut of a range, or seeded fuzzing. Prints what became of them as JSON.
import { collected, header, party, sealedBy, sealedText, seeded, signedAgain, smallPieces, type Party } from "../../src/bundle/bundle.fixture.ts";
import { joined, readU32, utf8, writeU32 } from "../../src/bundle/bytes.ts";
import { BundleFault } from "../../src/bundle/fault.ts";
import { type Piece, writeEnd, writePiece } from "../../src/bundle/frames.ts";
import { open } from "../../src/bundle/open.ts";
import { CHUNK, PREAMBLE } from "../../src/bundle/preamble.ts";
import { sourceOf } from "../../src/bundle/source.ts";
import { suites, type SuiteName } from "../../src/bundle/suite.ts";

/** What became of the attacks of one process; `same`: signers' text that is well formed after all and came out byte for byte as it was written. */
export type Outcome = { readonly tried: number; readonly accepted: number; readonly crashed: number; readonly same: number; readonly refused: Readonly<Record<string, number>>; readonly peakMb: number; readonly bytes: number };

const SIGNATURES = 128;
const [kind, suite = "", part = "0", parts = "1", amount = "1", size = "small"] = process.argv.slice(2);
const name = suite as SuiteName;
const all = party(name, 40);
const refused: Record<string, number> = {};
let [tried, accepted, crashed, same] = [0, 0, 0, 0];

async function attempt(bundle: Uint8Array, by: Party = all, text?: Uint8Array): Promise<void> {
  tried += 1;
  try {
    const opened = await open(sourceOf(bundle), { device: by.device.publicKey, person: by.person.publicKey, receiver: by.receiver });
    const pieces = await collected(opened.pieces);
    if (text && Buffer.from(joined(...pieces.flatMap(writePiece))).equals(text)) same += 1;
    else accepted += 1;
  } catch (error) {
    if (error instanceof BundleFault) refused[error.code] = (refused[error.code] ?? 0) + 1;
    else {
      crashed += 1;
      console.error(error);
    }
  }
}

const small = await sealedBy(name, all, smallPieces());
/** All kinds of parts in little space: a header with everything, text of two entries of which one has bytes, two signers. Each bit costs the check of a signature. */
const least = await sealedBy(name, all, [{ entry: { type: "capture", entry: "e1" } }, { entry: { type: "picture", id: "p" }, bytes: new Uint8Array(40).fill(9) }]);
const target = size === "least" ? least : small;

async function flips(): Promise<void> {
  const step = Number(parts) * Number(amount);
  for (let bit = Number(part) * Number(amount); bit < target.length * 8; bit += step) {
    target[bit >> 3]! ^= 1 << (bit & 7);
    await attempt(target);
    target[bit >> 3]! ^= 1 << (bit & 7);
  }
}

async function cuts(): Promise<void> {
  const step = Number(parts) * Number(amount);
  for (let length = Number(part) * Number(amount); length < target.length; length += step) await attempt(target.subarray(0, length));
}

/** Some bytes changed, moved, doubled or taken out. */
function damaged(bytes: Uint8Array, next: () => number): Uint8Array {
  const at = (below: number): number => Math.floor(next() * below);
  const copy = bytes.slice();
  const turn = next();
  if (turn < 0.5 || bytes.length < 16) {
    for (let i = at(16); i >= 0; i--) copy[at(copy.length)]! = [at(256), 0, 255, copy[at(copy.length)]! ^ (1 << at(8))][at(4)]!;
    return copy;
  }
  const [from, to] = [at(bytes.length), at(bytes.length)];
  const length = at(Math.min(200, bytes.length - Math.max(from, to)));
  if (turn < 0.7) copy.copyWithin(to, from, from + length);
  else if (turn < 0.85) return joined(bytes.subarray(0, from), bytes.subarray(from + length));
  else return joined(bytes.subarray(0, to), bytes.subarray(from, from + length), bytes.subarray(to));
  return copy;
}

const words = ['{"type":"a"}', '{"type":"end"}', '"__proto__":', "\\ud800", "1e999", "[[[[[[", "\u0000", "null", "-0", ' {"type":"a"}', '{"a":1,"a":2,"type":"b"}'];

async function fuzz(): Promise<void> {
  const next = seeded(Number(part) * 7919 + 17);
  const at = (below: number): number => Math.floor(next() * below);
  const short: Piece[] = [{ entry: { type: "capture", entry: "e1", answers: { a: "虚构", b: [1, 2.5, null, true] } } }, { entry: { type: "picture", id: "p" }, bytes: new Uint8Array(300).fill(9) }];
  const long: Piece[] = [{ entry: { type: "big" }, bytes: new Uint8Array(2.2 * CHUNK).fill(3) }];
  const corpus = [await sealedBy(name, all, short), await sealedBy(name, all, []), small, await sealedBy(name, all, long), await sealedBy(name, all, short, { header: { ...header, seq: 2 } })];
  const text = joined(...short.flatMap(writePiece));
  const closed = async (frames: Uint8Array): Promise<Uint8Array> => joined(frames, writeEnd(Math.max(0, 2 + (next() < 0.2 ? at(5) - 2 : 0)), await suites[name].digest(await suites[name].digest(frames))));
  const whole = await closed(text);
  while (tried < Number(amount)) {
    const turn = next();
    const bundle = corpus[at(next() < 0.9 ? 2 : corpus.length)]!;
    if (turn < 0.3) await attempt(unlike(damaged(bundle, next), bundle));
    else if (turn < 0.4) await attempt(bundle.subarray(0, at(bundle.length)));
    else if (turn < 0.5) {
      const other = corpus[at(corpus.length)]!;
      const cut = at(Math.min(bundle.length, other.length));
      await attempt(unlike(unlike(joined(bundle.subarray(0, cut), other.subarray(cut)), bundle), other));
    } else if (turn < 0.55) {
      const noise = Uint8Array.from({ length: 400 + at(600) }, () => at(256));
      noise.set(bundle.subarray(0, 16 + at(48)));
      await attempt(noise);
    } else if (turn < 0.75) {
      // By those who sign: the head or the chunks altered, then signed anew.
      const body = bundle.subarray(0, bundle.length - SIGNATURES);
      const altered = unlike(damaged(body, next), body);
      if (altered.length > PREAMBLE + 300) await attempt(await signedAgain(name, all, joined(altered, bundle.subarray(body.length))));
    } else if (turn < 0.82) {
      const end = PREAMBLE + readU32(bundle, 12);
      const written = bundle.subarray(PREAMBLE, end);
      const json = next() < 0.5 ? unlike(damaged(written, next), written) : utf8(words[at(words.length)]!);
      const altered = joined(bundle.subarray(0, PREAMBLE), json, bundle.subarray(end));
      writeU32(altered, 12, json.length);
      await attempt(await signedAgain(name, all, altered));
    } else {
      // By those who sign: text that is wrong inside, rightly sealed; in half of the cases rightly closed too.
      const frames = next() < 0.8 ? damaged(text, next) : joined(text.subarray(0, at(text.length)), utf8(words[at(words.length)]!), text.subarray(at(text.length)));
      const inside = next() < 0.6 ? await closed(frames) : damaged(whole, next);
      if (inside.length >= 128) await attempt(await sealedText(name, all, inside), all, inside.subarray(0, inside.length - 128));
    }
  }
}

/** The bytes, or one of them changed when chance made them equal to the right ones. */
function unlike(bundle: Uint8Array, right: Uint8Array): Uint8Array {
  if (!Buffer.from(bundle).equals(right)) return bundle;
  const copy = bundle.slice();
  copy[copy.length - 1]! ^= 1;
  return copy;
}

await { flips, cuts, fuzz }[kind as "flips" | "cuts" | "fuzz"]();
const outcome: Outcome = { tried, accepted, crashed, same, refused, peakMb: Math.round(process.resourceUsage().maxRSS / 1024), bytes: target.length };
console.log(JSON.stringify(outcome));
