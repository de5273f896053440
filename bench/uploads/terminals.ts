// A process of its own that plays all terminals at the same time: each uploads its bundle in pieces, twice, some over a line that breaks,
// waits until it is applied, fetches the office's bundle and opens it for the receipts. `terminals.ts <job file> <address>`; prints what it saw.
import { createHash, createPrivateKey, randomBytes, sign } from "node:crypto";
import fs from "node:fs";
import http from "node:http";
import type { DownEntry } from "../../src/bundle/contents.ts";
import { open } from "../../src/bundle/open.ts";
import { sourceOf } from "../../src/bundle/source.ts";
import { knockText } from "../../src/modules/fieldwork/knock.ts";
import type { Job, Played } from "./planted.ts";
import { type Cut, pause, send } from "./wire.ts";

export type Seen = {
  /** From the first byte to the last receipt. */
  readonly seconds: number;
  /** Until the last byte of the last bundle was acknowledged. */
  readonly handedOver: number;
  readonly acknowledged: readonly number[];
  readonly requests: number;
  readonly cuts: number;
  /** Answered “not now” or not at all, and asked again. */
  readonly again: number;
  readonly receipts: Readonly<Record<string, readonly string[]>>;
  readonly notTheSameUpload: number;
  readonly processor: number;
};
type Answer = { readonly id: string; readonly state: string; readonly offset: number; readonly bytes: number; readonly code?: string; readonly challenge?: string };

const [jobFile = "", address = ""] = process.argv.slice(2);
const job = JSON.parse(fs.readFileSync(jobFile, "utf8")) as Job;
const bundles = job.terminals.map((one) => fs.readFileSync(one.file));
const acknowledged: number[] = [];
const receipts: Record<string, string[]> = {};
const count = { requests: 0, cuts: 0, again: 0, notTheSameUpload: 0 };
const challengeFor = 8 * 60_000;
// The pauses of the product's own terminal.
const [firstPause, longestPause] = [250, 5_000];
const asn1 = Buffer.from("302e020100300506032b657004220420", "hex");

function lineOf(one: Played) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 2 });
  const key = createPrivateKey({ key: Buffer.concat([asn1, Buffer.from(one.seed, "hex").subarray(0, 32)]), format: "der", type: "pkcs8" });
  let challenge = { text: "", at: -Infinity };
  /** Asks until there is an answer; every request may be repeated. Undefined only when it was to be cut. */
  async function ask(method: string, path: string, content: { readonly json?: object; readonly bytes?: Buffer } = {}, cut?: Cut): Promise<{ readonly status: number; readonly raw: Buffer; readonly milliseconds: number } | undefined> {
    const payload = content.bytes ?? (content.json && Buffer.from(JSON.stringify(content.json)));
    for (let wait = 500; ; wait = Math.min(wait * 2, longestPause)) {
      if (path !== "/api/terminal/hello" && performance.now() - challenge.at > challengeFor) challenge = { text: bodyOf(await ask("GET", "/api/terminal/hello")).challenge ?? "", at: performance.now() };
      const nonce = randomBytes(16).toString("hex");
      const signature = sign(null, Buffer.from(knockText(method, path, challenge.text, nonce, payload)), key).toString("base64url");
      const headers = { "x-qingce-device": `${one.id};${challenge.text};${nonce};${signature}`, ...(payload && { "content-type": content.bytes ? "application/octet-stream" : "application/json" }) };
      count.requests += 1;
      const heard = await send(agent, address, { method, path, ...(path !== "/api/terminal/hello" && { headers }), ...(payload && { payload }) }, cut);
      if (heard && heard.status < 500 && heard.status !== 429) return heard;
      if (cut) {
        count.cuts += 1;
        return undefined;
      }
      count.again += 1;
      await pause(wait);
    }
  }
  return { ask, hangUp: () => agent.destroy() };
}
const bodyOf = (heard: { readonly raw: Buffer } | undefined): Answer => JSON.parse(heard?.raw.toString("utf8") ?? "{}") as Answer;

async function upload(ask: ReturnType<typeof lineOf>["ask"], bytes: Buffer, cut?: Cut): Promise<Answer> {
  const announced = { bytes: bytes.length, sha256: createHash("sha256").update(bytes).digest("hex") };
  const begin = async (): Promise<Answer> => bodyOf(await ask("POST", "/api/terminal/uploads", { json: announced }));
  let at = await begin();
  let toCut = cut;
  while (at.state === "receiving" && at.offset < bytes.length) {
    const breaks = at.offset > 0 || bytes.length <= job.piece ? toCut : undefined;
    const heard = await ask("PUT", `/api/terminal/uploads/${at.id}?offset=${at.offset}`, { bytes: bytes.subarray(at.offset, at.offset + job.piece) }, breaks);
    if (breaks) toCut = undefined;
    if (heard?.status === 200) {
      acknowledged.push(heard.milliseconds);
      at = bodyOf(heard);
    } else if (heard === undefined || bodyOf(heard).code === "wrong-offset") at = await begin();
    else throw new Error(`a piece was refused: ${heard.raw.toString("utf8")}`);
  }
  return at;
}

async function receiptsOf(one: Played, ask: ReturnType<typeof lineOf>["ask"]): Promise<void> {
  const asked = bodyOf(await ask("POST", "/api/terminal/down", { json: { cursor: one.cursor } }));
  if (asked.state !== "ready") throw new Error(`no bundle for the terminal: ${asked.state}`);
  const raw = (await ask("GET", `/api/terminal/down/${asked.id}?offset=0&length=${asked.bytes}`))!.raw;
  const keys = { device: Buffer.from(job.officeSign, "hex"), receiver: { publicKey: Buffer.from(one.sealPublic, "hex"), secretKey: Buffer.from(one.sealSecret, "hex") } };
  for await (const { entry } of (await open(sourceOf(raw), keys)).pieces) {
    const told = entry as DownEntry;
    if (told.type === "receipt") (receipts[told.entry] ??= []).push(told.outcome);
  }
}

const cuts: readonly (Cut | undefined)[] = [undefined, "in-the-middle", "before-the-answer", undefined];
const started = performance.now();
let [handedOver, last] = [0, 0];

async function play(one: Played, n: number): Promise<void> {
  const { ask, hangUp } = lineOf(one);
  const bytes = bundles[n]!;
  // Of four terminals one sends the same twice at once, two have their line cut, and all but the first of these say the same again.
  const first = n % 4 === 3 ? await Promise.all([upload(ask, bytes), upload(ask, bytes)]) : [await upload(ask, bytes, cuts[n % 4])];
  handedOver = Math.max(handedOver, performance.now() - started);
  if (n % 4 === 0) first.push(await upload(ask, bytes));
  let state = first[0]!;
  for (let wait = firstPause; state.state === "queued" || state.state === "receiving"; wait = Math.min(wait * 1.5, longestPause)) {
    const asked = performance.now();
    state = bodyOf(await ask("GET", `/api/terminal/uploads/${state.id}?wait=5`));
    if (performance.now() - asked < wait) await pause(wait);
  }
  if (state.state !== "applied") throw new Error(`bundle ${n} is ${state.state}: ${JSON.stringify(state)}`);
  await receiptsOf(one, ask);
  last = Math.max(last, performance.now() - started);
  if (n % 4 === 1 || n % 4 === 2) first.push(await upload(ask, bytes));
  count.notTheSameUpload += first.filter((other) => other.id !== state.id).length;
  hangUp();
}

await Promise.all(job.terminals.map(play));
const { user, system } = process.cpuUsage();
const seen: Seen = { seconds: last / 1000, handedOver: handedOver / 1000, acknowledged, ...count, receipts, processor: (user + system) / 1e6 };
process.stdout.write(JSON.stringify(seen));
