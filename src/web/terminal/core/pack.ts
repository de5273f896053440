// Packing: finished work becomes one more bundle of the terminal's chain; what the office has not confirmed goes along each time.
// Number, digest, bundle and the state of its work are written in one transaction.
import { countyOf } from "../../../core/area-code.ts";
import { verify } from "../../../bundle/open.ts";
import { sourceOf } from "../../../bundle/source.ts";
import { parcelOf } from "../../../bundle/parcel.ts";
import type { Piece } from "../../../bundle/frames.ts";
import { seal } from "../../../bundle/seal.ts";
import { toHex } from "./base64url.ts";
import { momentOf } from "./clock.ts";
import { type Context, deviceOf, rowKey, sessionOf } from "./context.ts";
import { kept } from "./fault.ts";
import { workPlace } from "./load.ts";
import { sealJson } from "./seal.ts";
import { type BundleRow, changeDevice } from "./store.ts";
import { captureOf, movedBy, picturesIn, type WorkRow } from "./work.ts";
import { readPicture } from "./working.ts";

const DAY_MS = 86_400_000;
/** Days for which a bundle is good; the office takes no older one. */
const GOOD_DAYS = 30;

async function* piecesOf(context: Context, works: readonly WorkRow[]): AsyncGenerator<Piece> {
  for (const row of works) {
    const ids = picturesIn(row.answers, (id) => context.memory.pictures.get(id) === row.record);
    yield { entry: captureOf(row, ids) };
    for (const id of ids) {
      const held = await readPicture(context, id);
      if (!held) continue;
      const sha256 = toHex(new Uint8Array(await crypto.subtle.digest("SHA-256", held.bytes)));
      yield { entry: { type: "picture", entry: row.entry, id, path: held.note.path, mime: "image/jpeg", sha256 }, bytes: held.bytes };
    }
  }
}

/** Chunks go into blobs as they come, so that a large bundle does not lie in memory. */
async function blobOf(chunks: AsyncIterable<Uint8Array>): Promise<Blob> {
  let blobs: Blob[] = [];
  let held: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    held.push(chunk as Uint8Array<ArrayBuffer>);
    size += chunk.length;
    if (size < 4 << 20) continue;
    blobs.push(new Blob(held));
    held = [];
    size = 0;
  }
  return new Blob([...blobs, ...held], { type: "application/octet-stream" });
}

/** Seals the next bundle of the chain. */
async function makeBundle(context: Context, works: readonly WorkRow[], moment: number): Promise<BundleRow> {
  const device = deviceOf(context);
  const session = sessionOf(context);
  const created = new Date(moment).toISOString();
  const seq = device.seq + 1;
  const file = await blobOf(
    seal({
      suite: device.suite,
      header: {
        kind: "captures",
        from: device.id,
        to: `office:${countyOf(device.area)}`,
        seq,
        previous: device.previous,
        created,
        expires: new Date(moment + GOOD_DAYS * DAY_MS).toISOString(),
        about: { operator: session.account, clock: new Date(context.now()).toISOString(), ...(device.skewSeconds !== undefined && { skewSeconds: device.skewSeconds }) },
      },
      pieces: piecesOf(context, works),
      device: session.device.sign,
      person: session.person,
      receiver: device.officeSeal,
    }),
  );
  const { digest } = await verify(sourceOf(file), { device: session.device.sign.publicKey, person: session.person.publicKey });
  return { seq, file, digest: toHex(digest), entries: works.length, createdAt: created, expires: new Date(moment + GOOD_DAYS * DAY_MS).toISOString() };
}

/** Everything that the office has not confirmed; the same bytes again while there is no new work. @throws TerminalFault not-open, storage-full */
export const pack = (context: Context): Promise<{ readonly file: Blob; readonly name: string; readonly entries: number; readonly bundles: readonly BundleRow[] }> =>
  context.alone(async () => {
    const key = rowKey(context);
    const { store, memory } = context;
    const moment = momentOf(deviceOf(context).clock, context.now());
    const held = await store.bundles.orderBy("seq").toArray();
    const works = [...memory.works.values()].filter(({ state }) => movedBy(state, "pack") === "packed");
    if (works.length > 0) {
      const bundle = await makeBundle(context, works, moment);
      const packed = works.map((row): WorkRow => ({ ...row, state: "packed", seq: bundle.seq }));
      const sealed = await Promise.all(packed.map(async (row) => ({ id: row.entry, sealed: await sealJson(key, workPlace(row.entry), row) })));
      const chain = { seq: bundle.seq, previous: bundle.digest };
      await kept(() =>
        store.transaction("rw", [store.device, store.bundles, store.work], async () => {
          await store.bundles.put(bundle);
          await store.work.bulkPut(sealed);
          await changeDevice(store, chain);
        }),
      );
      context.device = { ...deviceOf(context), ...chain };
      for (const row of packed) memory.works.set(row.entry, row);
      held.push(bundle);
      context.changed();
    }
    const [first, last] = [held[0]?.seq ?? 0, held.at(-1)?.seq ?? 0];
    const numbers = first === last ? `${last}` : `${first}-${last}`;
    return { file: parcelOf(held.map(({ file }) => file)), name: `qingce-${deviceOf(context).id.slice(-6)}-${numbers}.qcb`, entries: held.reduce((sum, { entries }) => sum + entries, 0), bundles: held };
  });
