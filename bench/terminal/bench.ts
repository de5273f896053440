// The terminal's store in a real browser: 50,000 people with portraits taken in from one sealed bundle, changes, search, opening, saving.
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import fs from "node:fs";
import path from "node:path";
import { veterans } from "../../schemes/veterans/scheme.ts";
import type { CampaignEntry, SchemeEntry } from "../../src/bundle/contents.ts";
import type { Piece } from "../../src/bundle/frames.ts";
import type { Json } from "../../src/core/json.ts";
import { projectRoot } from "../../src/platform/config.ts";
import { openBrowser } from "../../test/browser.ts";
import { coreScript, sit } from "../../test/terminal/core-page.ts";
import { campaign, campaignEntry, FakeOffice, idOf, nameOf, person } from "../../test/terminal/fake-office.ts";
import { completeAnswers } from "../../test/world.ts";
import { quantile } from "../county.ts";
import type { Bench, Figure } from "../run.ts";

const people = 50_000;
const portraitBytes = 3000;
const pin = "246810";
type Terminal = {
  readonly enrol: (input: object) => Promise<void>;
  readonly takeIn: (file: Blob, tell: () => void) => Promise<{ readonly people: number }>;
  readonly unlock: (account: string, pin: string) => Promise<void>;
  readonly status: () => Promise<{ readonly people: number; readonly operators: readonly { readonly account: string }[]; readonly storage?: { readonly used: number } }>;
  readonly search: (query: object, limit: number) => { readonly rows: readonly { readonly record: string }[]; readonly total: number };
  readonly open: (record: string) => Promise<{ readonly person: { readonly answers: object } }>;
  readonly saveDraft: (work: object) => Promise<void>;
};
type Window = { openTerminal: (options: object) => Promise<Terminal>; terminal: Terminal };

const papers: readonly [SchemeEntry, CampaignEntry] = [
  { type: "scheme", key: veterans.key, version: veterans.version, hash: "f".repeat(64), definition: veterans as unknown as Json },
  { ...campaignEntry, scheme: veterans.key, version: veterans.version },
];

/** People with all answers of the general form and a portrait of their own. */
function* peopleFrom(from: number, count: number, head: number): Generator<Piece> {
  for (let n = from; n < from + count; n += 1) {
    const answers = completeAnswers(n % 500, { name: nameOf(n), id_number: idOf(n) });
    const portrait = `019abcde-2222-7000-8000-${n.toString(16).padStart(12, "0")}`;
    const bytes = new Uint8Array(randomBytes(portraitBytes));
    bytes.set([0xff, 0xd8, 0xff]);
    const entry = person(n, { head, portrait });
    yield { entry: { ...entry, answers } };
    yield { entry: { type: "picture", entry: "", id: portrait, path: "general.photo_recent", mime: "image/jpeg", sha256: "0".repeat(64) }, bytes };
  }
}

export const bench: Bench = {
  summary: `${people.toLocaleString("en")} people with portraits of ${portraitBytes} bytes on a terminal, in Chromium`,
  async run(): Promise<Figure[]> {
    const folder = path.join(projectRoot, ".cache/bench", `terminal-${process.pid}`);
    fs.mkdirSync(folder, { recursive: true });
    const office = new FakeOffice();
    const browser = await openBrowser();
    try {
      const { page } = await sit(browser, office, await coreScript());
      await page.evaluate(async (pin) => {
        const window = globalThis as unknown as Window;
        window.terminal = await window.openTerminal({});
        await window.terminal.enrol({ code: "CODE-1", pin });
      }, pin);
      const write = async (name: string, pieces: Iterable<Piece>, whole: boolean): Promise<number> => {
        const file = fs.createWriteStream(path.join(folder, name));
        for await (const part of office.stream(pieces, { whole })) if (!file.write(part)) await once(file, "drain");
        file.end();
        await once(file, "finish");
        office.files.set(`/${name}`, path.join(folder, name));
        return fs.statSync(path.join(folder, name)).size;
      };
      const size = await write("base", office.base(peopleFrom(0, people, 1), papers), true);
      await write("changes", peopleFrom(1000, 500, 2), false);
      const takeIn = (name: string): Promise<number> =>
        page.evaluate(async (name) => {
          const file = await (await fetch(`/${name}`)).blob();
          const started = performance.now();
          await (globalThis as unknown as Window).terminal.takeIn(file, () => undefined);
          return performance.now() - started;
        }, name);
      const first = await takeIn("base");
      const delta = await takeIn("changes");
      const words = [nameOf(4711), nameOf(815).slice(0, 1), nameOf(99).slice(1), "chen", "zj", "linhai", "w", "zengjian", idOf(31_313), idOf(2222).slice(0, 10), idOf(2222).slice(-6), "甲一", "350524100201", ""];
      const rest = await page.evaluate(
        async ({ words, campaign }) => {
          const { terminal } = globalThis as unknown as Window;
          const timed = async (step: () => unknown): Promise<number> => {
            const started = performance.now();
            await step();
            return performance.now() - started;
          };
          const [searches, opened, saved]: [number[], number[], number[]] = [[], [], []];
          for (let i = 0; i < 30; i += 1) for (const text of words) searches.push(await timed(() => terminal.search({ text, campaign, show: (["all", "to-do", "unsent"] as const)[i % 3] }, 50)));
          const { rows } = terminal.search({ text: "", campaign }, 5000);
          for (let i = 0; i < 100; i += 1) {
            const record = rows[(i * 47) % rows.length]!.record;
            let answers: object = {};
            opened.push(await timed(async () => void ({ answers } = (await terminal.open(record)).person)));
            const work = { entry: `019abcde-3333-7000-8000-${i.toString(16).padStart(12, "0")}`, record, answers, provenance: {}, channel: "home", remarkAnswers: {}, toJudge: [], startedAt: new Date().toISOString() };
            saved.push(await timed(() => terminal.saveDraft(work)));
          }
          const { storage } = await terminal.status();
          return { searches, opened, saved, used: storage?.used ?? 0 };
        },
        { words, campaign },
      );
      await page.reload();
      const unlocked = await page.evaluate(async (pin) => {
        const window = globalThis as unknown as Window;
        window.terminal = await window.openTerminal({});
        const [operator] = (await window.terminal.status()).operators;
        const started = performance.now();
        await window.terminal.unlock(operator!.account, pin);
        const took = performance.now() - started;
        return { took, people: (await window.terminal.status()).people };
      }, pin);
      if (unlocked.people !== people) throw new Error(`${unlocked.people} people after unlocking`);
      const line = (what: string, times: readonly number[], aim: string): Figure => ({ what, value: `p95 ${quantile(times, 0.95).toFixed(1)} ms`, beside: `median ${quantile(times, 0.5).toFixed(1)} ms of ${times.length}; ${aim}` });
      return [
        { what: `taking in ${(size / 1e6).toFixed(0)} MB: verified, opened, sealed, stored`, value: `${(first / 1000).toFixed(1)} s`, beside: "aim ≤ 10 s; ODK's budget for 100,000 rows: 40 s" },
        { what: "taking in changes of 500 people", value: `${(delta / 1000).toFixed(2)} s`, beside: "aim ≤ 1 s" },
        line(`search among ${people.toLocaleString("en")}`, rest.searches, "aim p95 ≤ 50 ms; ODK's budget for a filter: 3 s"),
        line("opening a person with answers and portrait", rest.opened, "aim ≤ 300 ms; ODK's budget: 2 s"),
        line("saving a draft", rest.saved, "aim ≤ 100 ms"),
        { what: "from the PIN to the search, all in memory", value: `${(unlocked.took / 1000).toFixed(1)} s`, beside: "600,000 rounds of PBKDF2 among it" },
        { what: "held in the browser's store", value: `${(rest.used / 1e6).toFixed(0)} MB` },
      ];
    } finally {
      await browser.close();
      await office.close();
      fs.rmSync(folder, { recursive: true, force: true });
    }
  },
};
