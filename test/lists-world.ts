// For tests: the small county with a department that sends lists, by hand, step by step. Names and numbers are made up.
import pg from "pg";
import type { Actor } from "../src/platform/database.ts";
import type { Platform } from "../src/platform/platform.ts";
import { type TestDatabase, testDatabase } from "./database.ts";
import { fictionalId, smallWorld, type World } from "./world.ts";
import { runImport } from "../src/modules/exchange/run.ts";
import { type ImportView, openBatch, startRun, takeUpload } from "../src/modules/exchange/service.ts";

export type Lists = {
  readonly t: TestDatabase;
  readonly world: World;
  readonly platform: Platform;
  readonly owner: pg.Client;
  readonly police: Actor;
  readonly lead: Actor;
  readonly send: (bytes: Buffer | string, more?: { readonly fileName?: string; readonly department?: string; readonly campaign?: string; readonly actor?: Actor }) => Promise<ImportView>;
  readonly run: (sent: ImportView, actor?: Actor) => Promise<ImportView>;
  readonly view: (sent: { readonly county: number; readonly id: string }) => Promise<ImportView>;
  readonly sql: (text: string, values?: readonly unknown[]) => Promise<readonly Record<string, unknown>[]>;
  readonly close: () => Promise<void>;
};

export async function listsWorld(options: { readonly inboxFolder?: string; readonly now?: string } = {}): Promise<Lists> {
  const t = await testDatabase();
  const world = await smallWorld(t, { queue: true, ...(options.now !== undefined && { now: options.now }) });
  const owner = new pg.Client(t.owner);
  await owner.connect();
  const platform: Platform = { ...world.platform, ...(options.inboxFolder !== undefined && { inboxFolder: options.inboxFolder }) };
  const police: Actor = { ...world.actors.contact, department: "public_security" };
  const lead = world.actors.countyLead;
  const view = (sent: { readonly county: number; readonly id: string }): Promise<ImportView> => t.database.read(lead, (tx) => openBatch(tx, sent));
  return {
    t, world, platform, owner, police, lead, view,
    send: (bytes, { fileName = "公安.csv", department = "public_security", campaign, actor = police } = {}) =>
      t.database.write(actor, (tx) => takeUpload(tx, platform, { kind: "extract", department, purpose: "核对身份信息", asOf: "2018-10-31", ...(campaign !== undefined && { campaign }) }, { fileName, mime: "", bytes: Buffer.from(bytes) })),
    async run(sent, actor = police) {
      await t.database.write(actor, (tx) => startRun(tx, platform, sent));
      await runImport(platform, { county: sent.county, id: sent.id }, { actor, signal: new AbortController().signal, progress: async () => {} });
      return view(sent);
    },
    sql: async (text, values) => (await owner.query(text, values as unknown[])).rows,
    async close() {
      await owner.end();
      await world.close();
      await t.close();
    },
  };
}

/** A list of the police: name, number, and what else is asked for. */
export const policeList = (rows: readonly (readonly string[])[], more: readonly string[] = []): string =>
  [["姓名", "公民身份号码", ...more], ...rows].map((cells) => cells.join(",")).join("\r\n");
export const person = (n: number, ...more: readonly string[]): readonly string[] => [`虚构${n}`, fictionalId(n), ...more];
