// A terminal played in Node for tests: it enrols, signs its requests, packs bundles, uploads them by pieces and takes the office's bundles in.
import { createHash, randomBytes } from "node:crypto";
import type { FastifyInstance } from "fastify";
import type { CaptureEntry, DownEntry, LeaseEntry, PersonEntry, ReceiptEntry } from "../src/bundle/contents.ts";
import type { Piece } from "../src/bundle/frames.ts";
import type { BundleHeader } from "../src/bundle/header.ts";
import { open, verify } from "../src/bundle/open.ts";
import { seal } from "../src/bundle/seal.ts";
import { sourceOf } from "../src/bundle/source.ts";
import { type SealKeys, type SignKeys, type SuiteName, suites } from "../src/bundle/suite.ts";
import { newId } from "../src/core/ids.ts";
import { knockText } from "../src/modules/fieldwork/knock.ts";

type Reply = { readonly status: number; readonly body: Record<string, unknown>; readonly raw: Buffer };
export type TakenIn = { readonly header: BundleHeader; readonly entries: readonly DownEntry[]; readonly people: readonly PersonEntry[]; readonly receipts: readonly ReceiptEntry[]; readonly pictures: ReadonlyMap<string, Uint8Array> };
const none = "0".repeat(64);
const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64url");
export const digestOf = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

export type Terminal = Awaited<ReturnType<typeof playTerminal>>;

/** `now`: the office's clock, by which bundles are dated. */
export async function playTerminal(app: FastifyInstance, now: () => Date, suiteName: SuiteName = "international") {
  const suite = suites[suiteName];
  const keys: { seal: SealKeys; sign: SignKeys; person: SignKeys } = { seal: suite.newSealKeys(), sign: suite.newSignKeys(), person: suite.newSignKeys() };
  let me: { device: string; officeSeal: Uint8Array; officeSign: Uint8Array } | undefined;
  const chain = { seq: 0, previous: none };
  let cursor: string | undefined;

  const plain = async (method: "GET" | "POST" | "PUT", url: string, payload?: Buffer, headers: Record<string, string> = {}): Promise<Reply> => {
    const reply = await app.inject({ method, url, headers, ...(payload && { payload }) });
    return { status: reply.statusCode, body: reply.headers["content-type"]?.includes("json") ? (reply.json() as Record<string, unknown>) : {}, raw: reply.rawPayload };
  };
  const signed = async (method: "GET" | "POST" | "PUT", url: string, content?: { readonly json?: unknown; readonly bytes?: Buffer }): Promise<Reply> => {
    const challenge = String((await plain("GET", "/api/terminal/hello")).body["challenge"]);
    const payload = content?.bytes ?? (content?.json === undefined ? undefined : Buffer.from(JSON.stringify(content.json)));
    const nonce = randomBytes(16).toString("hex");
    const signature = suite.sign(keys.sign.secretKey, Buffer.from(knockText(method, url, challenge, nonce, payload)));
    return plain(method, url, payload, {
      "x-qingce-device": `${me?.device ?? newId()};${challenge};${nonce};${text(signature)}`,
      ...(payload && { "content-type": content?.bytes ? "application/octet-stream" : "application/json" }),
    });
  };

  const terminal = {
    keys,
    chain,
    plain,
    signed,
    device: (): string => me?.device ?? "",
    cursor: (): string | undefined => cursor,
    forget: (): void => void (cursor = undefined),
    async enrol(code: string, others: { readonly operatorSign?: Uint8Array } = {}): Promise<Reply> {
      const body = { code, suite: suiteName, deviceSeal: text(keys.seal.publicKey), deviceSign: text(keys.sign.publicKey), operatorSign: text(others.operatorSign ?? keys.person.publicKey) };
      const reply = await plain("POST", "/api/terminal/enrol", Buffer.from(JSON.stringify(body)), { "content-type": "application/json" });
      if (reply.status === 200) me = { device: String(reply.body["device"]), officeSeal: Buffer.from(String(reply.body["officeSeal"]), "base64url"), officeSign: Buffer.from(String(reply.body["officeSign"]), "base64url") };
      return reply;
    },
    /** The next bundle of the chain, or any other that a test needs. */
    async pack(pieces: readonly Piece[], more: Partial<BundleHeader> & { readonly device?: SignKeys; readonly person?: SignKeys | null; readonly receiver?: Uint8Array; readonly keep?: boolean } = {}): Promise<Buffer> {
      const { device = keys.sign, person = keys.person, receiver = me!.officeSeal, keep, ...header } = more;
      const created = now();
      const seq = chain.seq + 1;
      const chunks: Uint8Array[] = [];
      const input = {
        suite: suiteName,
        header: { kind: "captures", from: me!.device, to: "office:350524", seq, previous: chain.previous, created: created.toISOString(), expires: new Date(created.getTime() + 30 * 86_400_000).toISOString(), about: { skewSeconds: 0 }, ...header },
        pieces,
        device,
        ...(person && { person }),
        receiver,
      } as const;
      for await (const chunk of seal(input)) chunks.push(chunk);
      const bytes = Buffer.concat(chunks);
      const { digest } = await verify(sourceOf(bytes), { device: device.publicKey, ...(person && { person: person.publicKey }) });
      if (!keep) Object.assign(chain, { seq: input.header.seq, previous: Buffer.from(digest).toString("hex") });
      return bytes;
    },
    /** Uploads in pieces of `step` bytes from where the office stands; gives the upload's id. */
    async upload(bytes: Buffer, step = bytes.length): Promise<string> {
      const begun = await signed("POST", "/api/terminal/uploads", { json: { bytes: bytes.length, sha256: digestOf(bytes) } });
      if (begun.status !== 200) throw new Error(`upload refused: ${JSON.stringify(begun.body)}`);
      const id = String(begun.body["id"]);
      let offset = Number(begun.body["offset"]);
      while (offset < bytes.length) {
        const reply = await signed("PUT", `/api/terminal/uploads/${id}?offset=${offset}`, { bytes: bytes.subarray(offset, offset + step) });
        if (reply.status !== 200) throw new Error(`piece refused: ${JSON.stringify(reply.body)}`);
        offset = Number(reply.body["offset"]);
      }
      return id;
    },
    state: async (id: string): Promise<string> => String((await signed("GET", `/api/terminal/uploads/${id}`)).body["state"]),
    /** Opens a bundle of the office. */
    async read(bytes: Buffer): Promise<TakenIn> {
      const opened = await open(sourceOf(bytes), { device: me!.officeSign, receiver: keys.seal });
      const entries: DownEntry[] = [];
      const pictures = new Map<string, Uint8Array>();
      for await (const piece of opened.pieces) {
        const entry = piece.entry as DownEntry;
        entries.push(entry);
        if (entry.type === "picture" && piece.bytes) pictures.set(entry.id, piece.bytes);
      }
      return { header: opened.header, entries, pictures, people: entries.filter((one) => one.type === "person"), receipts: entries.filter((one) => one.type === "receipt") };
    },
    /** Asks, fetches by pieces and takes in; undefined when nothing is new. */
    async fetch(step = 8_388_608): Promise<TakenIn | undefined> {
      for (;;) {
        const asked = await signed("POST", "/api/terminal/down", { json: { ...(cursor !== undefined && { cursor }) } });
        if (asked.status !== 200) throw new Error(`refused: ${JSON.stringify(asked.body)}`);
        if (asked.body["state"] === "nothing-new") return undefined;
        if (asked.body["state"] === "preparing") {
          await new Promise((resolve) => setImmediate(resolve));
          continue;
        }
        const parts: Buffer[] = [];
        for (let at = 0; at < Number(asked.body["bytes"]); at += step) parts.push((await signed("GET", `/api/terminal/down/${String(asked.body["id"])}?offset=${at}&length=${step}`)).raw);
        const taken = await terminal.read(Buffer.concat(parts));
        cursor = (taken.header.about as { cursor?: string }).cursor ?? cursor;
        return taken;
      }
    },
  };
  return terminal;
}

export const leaseIn = (taken: TakenIn): LeaseEntry => taken.entries.find((entry) => entry.type === "lease")!;

/** Work on a person of a bundle with these answers. */
export const workOn = (person: PersonEntry, scheme: { readonly version: string; readonly hash?: string }, answers: unknown, more: Partial<CaptureEntry> = {}): CaptureEntry => ({
  type: "capture",
  entry: newId(),
  campaign: person.campaign,
  scheme: "veterans",
  version: scheme.version,
  hash: scheme.hash ?? none,
  county: person.county,
  record: person.record,
  fresh: false,
  area: person.area,
  basedOn: person.head,
  before: person.answers,
  answers: answers as CaptureEntry["answers"] & object,
  channel: "home",
  submit: false,
  pictures: [],
  startedAt: "2018-11-01T02:00:00Z",
  finishedAt: "2018-11-01T02:10:00Z",
  ...more,
});
