// A terminal's core in a page, as tests sit before it: started, unlocked, called; and a fake office that gave it its people.
import assert from "node:assert/strict";
import type { Browser } from "playwright-core";
import type { Piece } from "../../src/bundle/frames.ts";
import { bundlesIn } from "../../src/bundle/parcel.ts";
import { sourceOf } from "../../src/bundle/source.ts";
import type { Status, TerminalCore, Work } from "../../src/web/terminal/ports.ts";
import { comeBack, type Seat, sit } from "./core-page.ts";
import { account, type Arrived, FakeOffice, idOf, nameOf, person, recordOf, village } from "./fake-office.ts";

export const pin = "135790";
export type Window = { openTerminal: (options: object) => Promise<TerminalCore>; terminal: TerminalCore; ms: number };
export type Desk = { readonly office: FakeOffice; readonly seat: Seat };

/** Opens the terminal in the page; the browser's clock can be set to another. */
export const start = (seat: Seat, shift = 0): Promise<void> =>
  seat.page.evaluate(async (shift) => {
    const window = globalThis as unknown as Window;
    window.ms = shift;
    window.terminal = await window.openTerminal({ rounds: 1000, now: () => Date.now() + window.ms });
  }, shift);
/** Calls the core in the page; a fault comes back as its code. */
export const call = <T, A = undefined>(seat: Seat, step: (terminal: TerminalCore, given: A) => T | Promise<T>, given?: A): Promise<T | string> =>
  seat.page.evaluate(
    async ([source, given]) => {
      const { terminal } = globalThis as unknown as Window;
      try {
        return (await (0, eval)(source)(terminal, given)) as T;
      } catch (error) {
        const { code, left } = error as { readonly code?: string; readonly left?: number };
        if (code === undefined) throw error;
        return left === undefined ? code : `${code} ${left}`;
      }
    },
    [step.toString(), given] as const,
  );
export const unlock = (seat: Seat, typed = pin): Promise<unknown> => call(seat, (terminal, [account, typed]) => terminal.unlock(account, typed), [account, typed] as const);
export const reopen = async (seat: Seat): Promise<void> => {
  await comeBack(seat);
  await start(seat);
  assert.equal(await unlock(seat), undefined);
};
/** Hands bytes of the office to the page. */
export const takeIn = (seat: Seat, bytes: Buffer): Promise<unknown> =>
  call(seat, (terminal, base64) => terminal.takeIn(new Blob([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))]), () => undefined), bytes.toString("base64"));
export const status = async (seat: Seat): Promise<Status> => answered(await call(seat, (terminal) => terminal.status()));
/** What a call gave when it was no fault. */
export function answered<T>(found: T | string): T {
  assert.ok(typeof found !== "string", String(found));
  return found;
}
export const packed = async (seat: Seat): Promise<{ readonly bytes: Buffer; readonly name: string; readonly entries: number }> => {
  const found = await call(seat, async (terminal) => {
    const { file, name, entries } = await terminal.pack();
    let text = "";
    for (const byte of new Uint8Array(await file.arrayBuffer())) text += String.fromCharCode(byte);
    return { base64: btoa(text), name, entries };
  });
  assert.ok(typeof found === "object", "packing was refused");
  return { bytes: Buffer.from(found.base64, "base64"), name: found.name, entries: found.entries };
};
/** Bundles of a packed file, opened by the office. */
export async function readBy(office: FakeOffice, bytes: Buffer): Promise<Arrived[]> {
  const places = await bundlesIn(sourceOf(new Uint8Array(bytes)));
  return Promise.all(places.map(({ offset, length }) => office.read(bytes.subarray(offset, offset + length))));
}

export const entryOf = (n: number): string => `019abcde-4444-7000-8000-${n.toString(16).padStart(12, "0")}`;
export const workOn = (n: number, answers: Readonly<Record<string, string>> = {}, entry = n): Work => ({
  entry: entryOf(entry),
  record: recordOf(n),
  answers: { general: { name: nameOf(n), id_number: idOf(n), village: String(village), ...answers } },
  provenance: { "general.name": "card" },
  channel: "home",
  remarkAnswers: {},
  toJudge: [],
  startedAt: "2026-11-20T01:00:00.000Z",
});
export const some = (from: number, count: number): Piece[] => Array.from({ length: count }, (_, i) => ({ entry: person(from + i) }));

/** A terminal with 20 people on it. */
export async function ready(browser: Browser, script: string, offices: FakeOffice[], people = 20, suite: "international" | "national" = "international"): Promise<Desk> {
  const office = new FakeOffice(suite);
  offices.push(office);
  const seat = await sit(browser, office, script);
  await start(seat);
  assert.equal(await call(seat, (terminal, [pin, suite]) => terminal.enrol({ code: "CODE-1", pin, suite }), [pin, suite] as const), undefined);
  await takeIn(seat, await office.bundle(office.base(some(0, people)), { whole: true }));
  return { office, seat };
}
export const leave = ({ seat }: Desk): Promise<void> => seat.context.close();
/** The browser throws the store away and keeps the rest, as it may when the disk is full. */
export async function pullOut(seat: Seat): Promise<void> {
  await comeBack(seat);
  await seat.page.evaluate(async () => {
    for (const { name } of await indexedDB.databases()) await new Promise<void>((done) => (indexedDB.deleteDatabase(name!).onsuccess = () => done()));
  });
}
