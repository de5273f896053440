// The terminal's core as the pages have it: one open store, one tab, one step after the other.
import type { Progress, Status, TerminalCore } from "../ports.ts";
import { chineseDate, momentOf } from "./clock.ts";
import { type Context, deviceOf, emptyMemory, queue, rowKey } from "./context.ts";
import { enrol } from "./enrolment.ts";
import { exchange } from "./exchange.ts";
import { TerminalFault } from "./fault.ts";
import { canEncrypt, ROUNDS } from "./keys.ts";
import { close, operatorNamePlace, tick, unlock } from "./opening.ts";
import { pack } from "./pack.ts";
import { search } from "./search.ts";
import { textOf, unseal } from "./seal.ts";
import { isDevice, KNOWN, LOCK, SELF, Store } from "./store.ts";
import { sourceOf } from "../../../bundle/source.ts";
import { takeIn } from "./take-in.ts";
import { shownState, standing, type WorkRow } from "./work.ts";
import { beginPerson, finishWork, openPerson, readPicture, reopenWork, saveDraft, setOutcome, storePicture } from "./working.ts";

/** `now` and `rounds` are for tests: another clock, a faster PIN. */
export type TerminalOptions = { readonly name?: string; readonly now?: () => number; readonly rounds?: number; readonly fetch?: typeof fetch };

/** How often the clock is looked at while the page is open. */
const TICK_MS = 60_000;

/** A tab that was just closed or loaded again may hold the terminal a moment longer. */
const WAIT_MS = 4000;

/** Holds the terminal for this tab until it closes. @throws TerminalFault other-tab */
async function holdAlone(name: string): Promise<void> {
  if (!("locks" in navigator)) return;
  await new Promise<void>((resolve, reject) => {
    navigator.locks
      .request(`${LOCK}/${name}`, { signal: AbortSignal.timeout(WAIT_MS) }, () => {
        resolve();
        // Held for as long as the tab lives.
        return new Promise<never>(() => undefined);
      })
      .catch(() => reject(new TerminalFault("other-tab")));
  });
}

/**
 * Opens the terminal of this browser; it is locked until a PIN is given.
 * @throws TerminalFault no-cipher, other-tab
 */
export async function openTerminal(options: TerminalOptions = {}): Promise<TerminalCore> {
  if (!canEncrypt()) throw new TerminalFault("no-cipher");
  const store = new Store(options.name);
  await holdAlone(store.name);
  const listeners = new Set<() => void>();
  const context: Context = {
    store,
    device: await store.device.get(SELF),
    session: undefined,
    memory: emptyMemory(),
    now: options.now ?? Date.now,
    pending: undefined,
    fetch: options.fetch ?? globalThis.fetch.bind(globalThis),
    rounds: options.rounds ?? ROUNDS,
    alone: queue(),
    oneIntake: queue(),
    changed: () => {
      shown = undefined;
      for (const listener of listeners) listener();
    },
  };
  /** Work that stands for each person, made when it is asked for after a change. */
  let shown: ReturnType<typeof standing> | undefined;
  const works = (): Map<string, WorkRow> => (shown ??= standing(context.memory.works.values()));
  /** Opening waits for a take-in too: it puts away what take-ins left that were cut. */
  const opening = (step: () => Promise<void>): Promise<void> => context.oneIntake(() => context.alone(step).then(askToStay));
  keepTime(context);
  return {
    status: () => statusOf(context, works()),
    watch: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    enrol: (input) => opening(() => enrol(context, input)),
    unlock: (account, pin) => opening(() => unlock(context, account, pin)),
    lock: () => context.alone(async () => close(context)),
    campaigns: () =>
      context.memory.campaigns.flatMap(({ id, label, referenceDate, scheme, version, notice, place }) => {
        const held = context.memory.schemes.get(`${scheme}@${version}`);
        return held ? [{ id, label, referenceDate, scheme: held.definition, ...(notice && { notice }), ...(place && { place }) }] : [];
      }),
    notices: () => {
      const today = isDevice(context.device) ? chineseDate(momentOf(context.device.clock, context.now())) : "";
      return context.memory.notices.filter(({ until }) => until >= today);
    },
    areas: () => context.memory.areas && { top: context.memory.areas.top, rows: context.memory.areas.rows },
    search: (query, limit) => {
      rowKey(context);
      const states = new Map([...works()].map(([record, row]) => [record, shownState(row)]));
      return search(context.memory.heads.values(), states, context.memory.areas?.rows ?? [], query, limit);
    },
    open: (record) => openPerson(context, record),
    begin: async (campaign, area) => beginPerson(context, campaign, area),
    saveDraft: (work) => saveDraft(context, work),
    finish: (work) => finishWork(context, work),
    setOutcome: (record, outcome) => setOutcome(context, record, outcome),
    reopen: (record) => reopenWork(context, record),
    storePicture: (record, path, jpeg) => storePicture(context, record, path, jpeg),
    picture: async (id) => {
      const held = await readPicture(context, id);
      return held && new Blob([held.bytes], { type: "image/jpeg" });
    },
    pack: async () => {
      const { file, name, entries } = await pack(context);
      return { file, name, entries };
    },
    takeIn: (file: Blob, onProgress: (progress: Progress) => void) => takeIn(context, sourceOf(file), onProgress, false),
    exchange: (onProgress) => exchange(context, onProgress),
  };
}

/** The browser is asked not to throw the store away; it may refuse, and the status says so. */
async function askToStay(): Promise<void> {
  const storage = (navigator as { readonly storage?: StorageManager }).storage;
  if (storage?.persist && !(await storage.persisted())) await storage.persist();
}

/** Looks at the clock each minute: leases end while a page is open too. */
function keepTime(context: Context): void {
  let last = performance.now();
  setInterval(() => {
    const now = performance.now();
    const elapsed = now - last;
    last = now;
    void context.alone(() => tick(context, elapsed));
  }, TICK_MS);
}

/** True when this browser once had a terminal whose store is gone. */
const wasThrownAway = (context: Context): boolean => context.device === undefined && globalThis.localStorage?.getItem(KNOWN) === "1";

async function statusOf(context: Context, works: ReadonlyMap<string, WorkRow>): Promise<Status> {
  const empty = { operators: [], people: 0, drafts: 0, finished: 0, unconfirmed: 0, returned: 0, keptApart: 0 };
  if (!isDevice(context.device)) return { ...empty, stage: context.device?.why ?? (wasThrownAway(context) ? "erased" : "new") };
  const device = deviceOf(context);
  const { session, memory } = context;
  const ended = device.leaseUntil !== undefined && momentOf(device.clock, context.now()) >= Date.parse(device.leaseUntil);
  const operators = await Promise.all((await context.store.operators.toArray()).map(async ({ account, name }) => ({ account, name: textOf(await unseal(device.keys.box, operatorNamePlace(account), name)) })));
  const count = (fits: (row: WorkRow) => boolean): number => [...memory.works.values()].filter(fits).length;
  const estimate = await (navigator as { readonly storage?: StorageManager }).storage?.estimate?.();
  let returned = count(({ state }) => state === "refused");
  for (const head of memory.heads.values()) if (head.state === "returned" && !works.has(head.record)) returned += 1;
  return {
    stage: ended ? "lease-ended" : session?.store ? "open" : "locked",
    device: { id: device.id, label: device.label, area: device.area },
    operators,
    ...(session && { operator: { account: session.account, name: session.name } }),
    ...(device.leaseUntil !== undefined && { leaseUntil: device.leaseUntil }),
    people: memory.heads.size,
    drafts: count(({ state }) => state === "draft"),
    finished: count(({ state }) => state === "finished"),
    unconfirmed: count(({ state }) => state === "packed"),
    returned,
    keptApart: count(({ state }) => state === "kept-apart"),
    ...(device.lastExchange !== undefined && { lastExchange: device.lastExchange }),
    ...(device.skewSeconds !== undefined && { skewSeconds: device.skewSeconds }),
    ...(estimate?.quota !== undefined && { storage: { used: estimate.usage ?? 0, quota: estimate.quota, persistent: (await navigator.storage.persisted?.()) ?? false } }),
  };
}
