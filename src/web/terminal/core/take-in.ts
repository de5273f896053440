// Taking in a bundle of the office: verified before anything is read, people streamed into the store, and at the end one transaction that
// makes all of it count. Cut anywhere before, the terminal is as it was.
import type { CampaignEntry, DownEntry, LeaseEntry, PersonEntry } from "../../../bundle/contents.ts";
import { BundleFault } from "../../../bundle/fault.ts";
import { open, type Opened } from "../../../bundle/open.ts";
import type { ByteSource } from "../../../bundle/source.ts";
import type { Progress, TakenIn, TerminalFaultCode } from "../ports.ts";
import type { Brought } from "./brought.ts";
import { commit } from "./commit.ts";
import { type Context, deviceOf, emptyMemory, type HeldScheme, type OpenStore, schemeName, sessionOf } from "./context.ts";
import { TerminalFault } from "./fault.ts";
import { beginIntake, clearBeyond, type Intake, schemesFor } from "./intake.ts";
import { leaseKey, random, storeKey, unwrap } from "./keys.ts";
import { heldScheme, loadMemory } from "./load.ts";
import { erase, storedKey } from "./opening.ts";
import { nameSpeller } from "./spelling.ts";
import { type Device, isDevice } from "./store.ts";

const FAULTS: Readonly<Record<string, TerminalFaultCode>> = {
  "not-a-bundle": "bundle-not-ours",
  "wrong-signature": "bundle-not-ours",
  "not-for-us": "bundle-not-ours",
  "newer-format": "newer-format",
  expired: "bundle-old",
};
const asFault = (error: unknown): unknown => (error instanceof BundleFault ? new TerminalFault(FAULTS[error.code] ?? "bundle-damaged", { detail: error.say }) : error);

/** A source that tells how far it was read; a bundle is read twice: to verify, to open. */
function watched(source: ByteSource, onProgress: (progress: Progress) => void): ByteSource {
  let done = 0;
  return {
    size: source.size,
    read: (offset, length) => {
      done += Math.min(length, source.size - offset);
      onProgress({ step: "reading", done: Math.min(done, 2 * source.size), total: 2 * source.size });
      return source.read(offset, length);
    },
  };
}

/** @throws TerminalFault bundle-not-ours, bundle-damaged, newer-format, bundle-old; undefined when it was taken in before */
async function opened(context: Context, source: ByteSource): Promise<Opened | undefined> {
  const device = deviceOf(context);
  const { seal } = sessionOf(context).device;
  // Its age is told by its number: our clock may be years wrong, and this bundle may be what puts it right.
  const bundle = await open(source, { device: device.officeSign, receiver: seal });
  const { header, digest } = bundle;
  if (header.kind !== "terminal" || header.to !== device.id) throw new TerminalFault("bundle-not-ours");
  if (header.seq === device.downSeq && digest === device.downDigest) return undefined;
  if (header.seq <= device.downSeq) throw new TerminalFault("bundle-old");
  return bundle;
}

const aboutOf = ({ header }: Opened): { readonly whole: boolean; readonly cursor?: string; readonly since?: string } => {
  const { whole, cursor, since } = (header.about ?? {}) as { readonly whole?: unknown; readonly cursor?: unknown; readonly since?: unknown };
  return { whole: whole === true, ...(typeof cursor === "string" && { cursor }), ...(typeof since === "string" && { since }) };
};

/** The store key under the lease that the bundle brings, or under the one in force. @throws TerminalFault lease-ended */
async function storeUnder(context: Context, device: Device, lease: LeaseEntry | undefined): Promise<OpenStore> {
  const session = sessionOf(context);
  if (session.store) return session.store;
  const raw = device.store && lease ? await unwrap(await leaseKey(session.terminalKey, lease.secret), "store", device.store) : device.store ? await storedKey(session.terminalKey, device) : random(32);
  if (!raw) throw new TerminalFault("lease-ended");
  return { raw, key: await storeKey(raw) };
}

/** Reads every entry; people go to the store, the rest is held. A portrait follows its person. */
async function readAll(pieces: Opened["pieces"], brought: Brought, intake: () => Promise<Intake>, hold: (entry: DownEntry) => void): Promise<void> {
  let waiting: PersonEntry | undefined;
  const pass = async (portrait?: Uint8Array): Promise<void> => {
    const person = waiting;
    waiting = undefined;
    if (person) await (await intake()).person(person, portrait);
  };
  for await (const piece of pieces) {
    const entry = piece.entry as DownEntry;
    if (entry.type === "picture" && waiting && waiting.portrait === entry.id) {
      await pass(piece.bytes);
      continue;
    }
    await pass();
    if (entry.type === "person") {
      waiting = entry;
      brought.people.set(entry.record, entry.head);
      if (entry.state === "returned") brought.returned += 1;
    } else if (entry.type === "gone") {
      brought.gone += 1;
      await (await intake()).gone(entry);
    } else hold(entry);
  }
  await pass();
}

/**
 * Takes a bundle of the office in. `fresh`: it was made just now and fetched over the network, so its moment tells how far our clock is off.
 * @throws TerminalFault bundle-…, newer-format, not-open, lease-ended, revoked, storage-full
 */
export const takeIn = (context: Context, source: ByteSource, onProgress: (progress: Progress) => void, fresh: boolean): Promise<TakenIn> =>
  context.oneIntake(async () => {
    try {
      return await takeOne(context, watched(source, onProgress), fresh);
    } catch (error) {
      // What was written of it makes room again; where even that fails the next take-in does it.
      if (isDevice(context.device)) await clearBeyond(context, context.device.generation, context.device.segments, context.device.pages).catch(() => undefined);
      throw asFault(error);
    }
  });

async function takeOne(context: Context, source: ByteSource, fresh: boolean): Promise<TakenIn> {
  sessionOf(context);
  const bundle = await opened(context, source);
  if (!bundle) return { people: 0, gone: 0, receipts: 0, returned: 0, whole: false };
  const device = deviceOf(context);
  const about = aboutOf(bundle);
  // Changes that begin where we are not would leave holes.
  if (!about.whole && about.since !== undefined && about.since !== (device.cursor ?? "")) throw new TerminalFault("bundle-old");
  const brought: Brought = { papers: [], receipts: [], people: new Map(), gone: 0, returned: 0 };
  const [campaigns, schemes] = [new Map<string, CampaignEntry>(), new Map<string, HeldScheme>()];
  const hold = (entry: DownEntry): void => {
    if (entry.type === "lease") brought.lease = entry;
    else if (entry.type === "revocations") brought.revocations = entry;
    else if (entry.type === "taken") brought.taken = entry;
    else if (entry.type === "receipt") brought.receipts.push(entry);
    else if (entry.type === "scheme" || entry.type === "campaign" || entry.type === "areas" || entry.type === "notice") brought.papers.push(entry);
    if (entry.type === "campaign") campaigns.set(entry.id, entry);
    if (entry.type === "scheme") schemes.set(schemeName(entry.key, entry.version), heldScheme(entry));
  };
  const place = about.whole ? { generation: device.generation + 1, segments: 0, pages: 0 } : { generation: device.generation, segments: device.segments, pages: device.pages };
  await clearBeyond(context, place.generation, place.segments, place.pages);
  let store: OpenStore | undefined;
  const openStore = async (): Promise<OpenStore> => (store ??= await storeUnder(context, device, brought.lease));
  const spell = await nameSpeller();
  let intake: Intake | undefined;
  await readAll(
    bundle.pieces,
    brought,
    async () => {
      await openStore();
      return (intake ??= beginIntake(context, { ...place, key: async () => (await openStore()).key, schemeOf: schemesFor(context, campaigns, schemes), spell }));
    },
    hold,
  );
  if (brought.revocations && brought.revocations.devices.includes(device.id)) {
    await erase(context, "revoked");
    throw new TerminalFault("revoked");
  }
  const parts = (await intake?.close()) ?? { segments: place.segments, pages: place.pages };
  await context.alone(async () => {
    const session = sessionOf(context);
    const wasOpen = session.store !== undefined;
    session.store ??= await openStore();
    try {
      // Work that was done here has to be at hand for its receipts.
      if (!wasOpen) await loadMemory(context);
      await commit(context, { brought, bundle: { seq: bundle.header.seq, digest: bundle.digest, created: Date.parse(bundle.header.created), ...about }, place: { generation: place.generation, ...parts }, fresh });
    } catch (error) {
      if (!wasOpen) {
        session.store = undefined;
        context.memory = emptyMemory();
      }
      throw error;
    }
  });
  return { people: brought.people.size, gone: brought.gone, receipts: brought.receipts.length, returned: brought.returned, whole: about.whole };
}
