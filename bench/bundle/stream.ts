// One process that seals a bundle of N MB to a file and opens it again by ranges; prints seconds and the most memory it ever had as JSON.
import fs from "node:fs";
import { pipeline } from "node:stream/promises";
import { Readable } from "node:stream";
import { header, party, seeded } from "../../src/bundle/bundle.fixture.ts";
import type { Piece } from "../../src/bundle/frames.ts";
import { open } from "../../src/bundle/open.ts";
import { seal } from "../../src/bundle/seal.ts";
import type { SuiteName } from "../../src/bundle/suite.ts";
import { bundleIn } from "../../src/cli/bundle-files.ts";

export type Streamed = { readonly bytes: number; readonly sealing: number; readonly opening: number; readonly cpu: number; readonly peakMb: number };

const [suite = "", megabytes = "1", file = ""] = process.argv.slice(2);
const name = suite as SuiteName;
const all = party(name);
const next = seeded(9);
const picture = Uint8Array.from({ length: 2 ** 20 }, () => Math.floor(next() * 256));
function* pieces(): Generator<Piece> {
  for (let i = 0; i < Number(megabytes); i++) yield { entry: { type: "picture", i }, bytes: picture };
}

const from = performance.now();
await pipeline(Readable.from(seal({ suite: name, header, pieces: pieces(), device: all.device, person: all.person, receiver: all.receiver.publicKey }), { objectMode: true }), fs.createWriteStream(file));
const sealed = performance.now();
const { source, close } = await bundleIn(file);
let count = 0;
for await (const { bytes } of (await open(source, { device: all.device.publicKey, person: all.person.publicKey, receiver: all.receiver })).pieces) count += bytes?.length ?? 0;
await close();
if (count !== Number(megabytes) * 2 ** 20) throw new Error(`${count} bytes came out`);
const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
const streamed: Streamed = { bytes: source.size, sealing: (sealed - from) / 1000, opening: (performance.now() - sealed) / 1000, cpu: (userCPUTime + systemCPUTime) / 1e6, peakMb: Math.round(maxRSS / 1024) };
console.log(JSON.stringify(streamed));
