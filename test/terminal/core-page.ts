// The terminal's core in a real browser: built as one script, opened in a page of a fake office, called by tests. `kill` closes the tab.
import path from "node:path";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { build } from "vite";
import { projectRoot } from "../../src/platform/config.ts";
import type { FakeOffice } from "./fake-office.ts";

/** The core as one script that puts `openTerminal` beside the window's own names. */
export async function coreScript(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: "error",
    root: path.join(projectRoot, "test/terminal"),
    define: { "process.env.NODE_ENV": '"production"' },
    build: { write: false, target: "es2022", minify: true, lib: { entry: path.join(projectRoot, "test/terminal/core-entry.ts"), formats: ["iife"], name: "core" } },
  });
  const [output] = Array.isArray(built) ? built : [built];
  if (!output || !("output" in output)) throw new Error("nothing was built");
  return output.output[0].code;
}

export type Seat = { readonly context: BrowserContext; readonly address: string; page: Page };

/** A browser profile of its own with the page open. */
export async function sit(browser: Browser, office: FakeOffice, script: string): Promise<Seat> {
  const address = await office.serve(script);
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${address}/terminal/`);
  return { context, address, page };
}

/** A tab of the same profile after the one before was closed, as by a crash. */
export async function comeBack(seat: Seat): Promise<void> {
  await seat.page.close();
  seat.page = await seat.context.newPage();
  await seat.page.goto(`${seat.address}/terminal/`);
}
