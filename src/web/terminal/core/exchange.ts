// Both ways over the network: our bundles up, then the office's bundle down, each going on where it was cut. Fetched pieces stay sealed in the
// store until the whole bundle is there.
import type { ReplyOf } from "../../../core/route.ts";
import type { ByteSource } from "../../../bundle/source.ts";
import type { Text } from "../../../core/issue.ts";
import { askDown, beginUpload, getDown, getRevocations, getUpload, putChunk } from "../../../modules/fieldwork/contract.ts";
import type { Progress, TakenIn } from "../ports.ts";
import { toHex } from "./base64url.ts";
import { type Context, deviceOf, sessionOf } from "./context.ts";
import { kept, TerminalFault } from "./fault.ts";
import { callOffice, type Line, OfficeRefusal, send } from "./office-line.ts";
import { pack } from "./pack.ts";
import { sourceOf } from "../../../bundle/source.ts";
import { type Bytes, textOf, utf8 } from "./seal.ts";
import type { BundleRow } from "./store.ts";
import { takeIn } from "./take-in.ts";

/** Bytes sent and fetched at a time. */
const UP_PIECE = 1 << 20;
const DOWN_PIECE = 4 << 20;
/** Pauses between questions, milliseconds: the first, and the longest they grow to. */
const FIRST_PAUSE = 250;
const LONGEST_PAUSE = 5000;
/** How long the office may take to apply what we sent before we go on to fetch. */
const APPLY_MS = 60_000;
/** Seconds for which the office may wait with its answer. */
const ANSWER_WAITS = 5;
/** The row of `fetched` that says which bundle the pieces belong to. */
const WHICH = -1;

type Upload = ReplyOf<typeof getUpload>;
type Tell = (progress: Progress) => void;
const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

/** Sends one bundle from where the office has it. @returns what became of it so far */
async function sendOne(line: Line, bundle: BundleRow, tell: (sent: number) => void): Promise<Upload> {
  const bytes = new Uint8Array(await bundle.file.arrayBuffer());
  const sha256 = toHex(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)));
  let state: Upload = await line.ask(beginUpload, { body: { bytes: bytes.length, sha256 } });
  let wrong = 0;
  while (state.state === "receiving") {
    tell(state.offset);
    try {
      state = await line.ask(putChunk, { params: { id: state.id }, query: { offset: state.offset }, bytes: bytes.slice(state.offset, state.offset + UP_PIECE) });
    } catch (error) {
      // Another request of ours was faster, or the whole arrived damaged: the office says where it stands.
      if (!(error instanceof OfficeRefusal) || !["wrong-offset", "bundle-not-accepted"].includes(error.problem) || (wrong += 1) > 3) throw error;
      state = await line.ask(getUpload, { params: { id: state.id }, query: {} });
    }
  }
  tell(bytes.length);
  return state;
}

/** Waits until the office has worked through what was sent, for a while. */
async function waitApplied(line: Line, uploads: readonly Upload[], tell: Tell): Promise<readonly Upload[]> {
  const until = performance.now() + APPLY_MS;
  let states = uploads;
  let wait = FIRST_PAUSE;
  for (;;) {
    const done = states.filter(({ state }) => state !== "queued").length;
    tell({ step: "applying", done, total: states.length });
    if (done === states.length || performance.now() > until) return states;
    // The office answers as soon as it has looked at the newest of them; the pause is for one that answers at once.
    const asked = performance.now();
    const newest = states.findLast(({ state }) => state === "queued");
    states = await Promise.all(states.map(async (one) => (one.state === "queued" ? line.ask(getUpload, { params: { id: one.id }, query: one === newest ? { wait: ANSWER_WAITS } : {} }) : one)));
    if (states.some(({ state }) => state === "queued") && performance.now() - asked < wait) {
      await pause(wait);
      wait = Math.min(wait * 1.5, LONGEST_PAUSE);
    }
  }
}

async function sendAll(context: Context, line: Line, tell: Tell): Promise<{ readonly sent: number; readonly refused: Text | undefined }> {
  // Without the rows' key nothing new can be packed; what was packed before can be sent.
  const { bundles, entries } = sessionOf(context).store ? await pack(context) : await heldBundles(context);
  const total = bundles.reduce((sum, { file }) => sum + file.size, 0);
  let before = 0;
  const uploads: Upload[] = [];
  for (const bundle of bundles) {
    uploads.push(await sendOne(line, bundle, (sent) => tell({ step: "sending", done: before + sent, total })));
    before += bundle.file.size;
  }
  const states = uploads.length > 0 ? await waitApplied(line, uploads, tell) : [];
  return { sent: entries, refused: states.find(({ state }) => state === "refused")?.problem };
}

async function heldBundles(context: Context): Promise<{ readonly bundles: readonly BundleRow[]; readonly entries: number }> {
  const bundles = await context.store.bundles.orderBy("seq").toArray();
  return { bundles, entries: bundles.reduce((sum, { entries }) => sum + entries, 0) };
}

type Down = ReplyOf<typeof askDown>;

/** Asks for what is new until it is ready. */
async function askUntilReady(context: Context, line: Line, tell: Tell): Promise<Down> {
  let wait = FIRST_PAUSE;
  for (;;) {
    const { cursor } = deviceOf(context);
    const unsent = [...context.memory.works.values()].filter(({ state }) => state === "draft" || state === "finished").length;
    const down: Down = await line.ask(askDown, { body: { ...(cursor !== undefined && { cursor }), peopleHeld: context.memory.heads.size, unsent } });
    if (down.state !== "preparing") return down;
    tell({ step: "preparing", done: down.done, total: down.total });
    await pause(wait);
    wait = Math.min(wait * 1.5, LONGEST_PAUSE);
  }
}

/** Fetches the pieces that are not here yet. */
async function fetchAll(context: Context, line: Line, { id, bytes }: Down, tell: Tell): Promise<ByteSource> {
  const { fetched } = context.store;
  const which = `${id} ${bytes}`;
  const known = await fetched.get(WHICH);
  if (!known || textOf(known.bytes) !== which) {
    await kept(() =>
      context.store.transaction("rw", fetched, async () => {
        await fetched.clear();
        await fetched.put({ offset: WHICH, bytes: utf8(which) });
      }),
    );
  }
  const here = new Set((await fetched.toCollection().primaryKeys()).filter((offset) => offset !== WHICH));
  for (let offset = 0; offset < bytes; offset += DOWN_PIECE) {
    tell({ step: "fetching", done: offset, total: bytes });
    if (here.has(offset)) continue;
    const length = Math.min(DOWN_PIECE, bytes - offset);
    const piece = await line.bytes(getDown, { params: { id }, query: { offset, length } });
    if (piece.length !== length) throw new TerminalFault("not-reachable");
    await kept(() => fetched.put({ offset, bytes: piece }));
  }
  tell({ step: "fetching", done: bytes, total: bytes });
  return pieceSource(context, bytes);
}

/** The fetched bundle, read out of its pieces; one piece is in memory at a time. */
function pieceSource(context: Context, size: number): ByteSource {
  let held: { readonly offset: number; readonly bytes: Bytes } | undefined;
  return {
    size,
    read: async (offset, length) => {
      const end = Math.min(offset + length, size);
      const out = new Uint8Array(Math.max(0, end - offset));
      for (let at = offset; at < end; ) {
        const start = at - (at % DOWN_PIECE);
        if (held?.offset !== start) held = await context.store.fetched.get(start);
        if (!held) throw new TerminalFault("bundle-damaged");
        const part = held.bytes.subarray(at - start, Math.min(end - start, held.bytes.length));
        out.set(part, at - offset);
        at += part.length;
      }
      return out;
    },
  };
}

/** A terminal that the office does not know any more asks why; a signed list with its own id erases it. */
async function onUnknown(context: Context, error: unknown, tell: Tell): Promise<never> {
  if (!(error instanceof OfficeRefusal) || error.problem !== "device-not-known") throw error;
  const response = await send(context, getRevocations, { query: { device: deviceOf(context).id } }).catch(() => undefined);
  if (response) await takeIn(context, sourceOf(new Uint8Array(await response.arrayBuffer())), tell, false);
  throw error;
}

/** @throws TerminalFault not-reachable, refused-by-office with its reason, revoked, storage-full, and those of `takeIn` */
export async function exchange(context: Context, tell: Tell): Promise<TakenIn & { readonly sent: number }> {
  try {
    const line = await callOffice(context);
    const { sent, refused } = await sendAll(context, line, tell);
    const down = await askUntilReady(context, line, tell);
    const taken: TakenIn = down.state === "ready" ? await takeIn(context, await fetchAll(context, line, down, tell), tell, true) : { people: 0, gone: 0, receipts: 0, returned: 0, whole: false };
    await context.store.fetched.clear();
    if (refused) throw new TerminalFault("refused-by-office", { detail: refused });
    return { ...taken, sent };
  } catch (error) {
    return onUnknown(context, error, tell);
  }
}
