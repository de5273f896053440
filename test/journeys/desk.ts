// A person at a browser: signs in, opens pages, writes by keyboard; every page is watched for errors and checked by axe when asked.
import assert from "node:assert/strict";
import axe from "axe-core";
import type { Browser, Locator, Page } from "playwright-core";
import { demoPassword } from "../../src/cli/demo/world.ts";
import { newId } from "../../src/core/ids.ts";

export type Desk = {
  readonly login: string;
  readonly page: Page;
  /** Opens a path of the office and waits for its heading, or for the refusal. */
  readonly go: (path: string) => Promise<void>;
  readonly heading: () => Promise<string>;
  /** What went wrong in the console and in answers since the last call. */
  readonly complaints: () => string[];
  /** The last answers that were refusals, newest first. */
  readonly refusals: () => readonly string[];
};

/** Refusals are part of the work (401, 404, 409 …); what is left is a bug of ours. `away`: statuses a journey brings about itself. */
function watch(page: Page, expected: ReadonlySet<number>): () => string[] {
  const heard: string[] = [];
  page.on("pageerror", (error) => heard.push(`page error: ${error.message}`));
  page.on("console", (line) => {
    const text = line.text();
    if (line.type() === "error" && !text.startsWith("Failed to load resource")) heard.push(`console: ${text}`);
    if (line.type() === "warning" && /Content.Security.Policy|antd/i.test(text)) heard.push(`console: ${text}`);
  });
  page.on("response", (response) => {
    const api = new URL(response.url()).pathname.startsWith("/api/");
    if (response.status() >= (api ? 500 : 400) && !expected.has(response.status())) heard.push(`${response.status()} ${response.request().method()} ${response.url()}`);
  });
  page.on("requestfailed", (request) => {
    if (!/^(http:\/\/(127\.0\.0\.1|localhost):|data:|blob:)/.test(request.url())) heard.push(`left the machine: ${request.url()}`);
  });
  return () => heard.splice(0);
}

/** Within the office an address is followed as a link is: the page stays loaded, as it does for somebody who works in it all day. A page of the same kind is loaded anew. */
async function followed(page: Page, path: string): Promise<boolean> {
  const here = new URL(page.url());
  if (here.protocol !== "http:") return false;
  const [from, to] = [here, new URL(path, here)].map(({ pathname }) => pathname.split("/")) as [string[], string[]];
  if (from[1] === to[1] && from.length === to.length) return false;
  return page.evaluate((address) => {
    if (!document.querySelector("main.page h1")) return false;
    for (const old of document.querySelectorAll("h1, .ant-alert-error")) old.setAttribute("data-left", "");
    history.pushState(null, "", address);
    return true;
  }, path);
}

/** A fresh browser profile of one person; nobody is signed in. */
export async function openDesk(browser: Browser, address: string, login: string, expected: readonly number[] = []): Promise<Desk> {
  const context = await browser.newContext({ locale: "zh-CN", timezoneId: "Asia/Shanghai", viewport: { width: 1366, height: 768 }, acceptDownloads: true, baseURL: address });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  // A listener that stays keeps file choosers intercepted; one added at the key press may come too late.
  page.on("filechooser", () => {});
  const complaints = watch(page, new Set(expected));
  const refused: string[] = [];
  page.on("response", (response) => {
    if (response.status() >= 400) refused.unshift(`${response.status()} ${response.request().method()} ${new URL(response.url()).pathname}`);
    refused.length = Math.min(refused.length, 8);
  });
  return {
    login,
    page,
    complaints,
    refusals: () => refused,
    heading: () => page.getByRole("heading", { level: 1 }).innerText(),
    async go(path) {
      if (!(await followed(page, path))) await page.goto(path);
      await page.locator("h1:not([data-left]), .ant-alert-error:not([data-left])").first().waitFor();
    },
  };
}

/** Signs in without the page, which is opened where the work is; what the page of signing in does is the matter of sign-in.test.ts. */
export async function signIn(desk: Desk): Promise<void> {
  const answer = await desk.page.context().request.post("/api/session", { data: { login: desk.login, password: demoPassword }, headers: { "idempotency-key": newId() } });
  assert.equal(answer.status(), 200, `${desk.login}: ${await answer.text()}`);
}

/** The people of one journey, each at a browser of their own. */
export type Desks = {
  /** The desk of an account, signed in once. */
  readonly of: (login: string) => Promise<Desk>;
  /** What went wrong at any of them since the last call. */
  readonly complaints: () => string[];
};
export function desksOf(browser: Browser, address: string): Desks {
  const open = new Map<string, Desk>();
  return {
    async of(login) {
      const known = open.get(login);
      if (known) return known;
      const made = await openDesk(browser, address, login);
      await signIn(made);
      open.set(login, made);
      return made;
    },
    complaints: () => [...open.values()].flatMap((each) => each.complaints().map((line) => `${each.login}: ${line}`)),
  };
}

/** Words of a passing message or an alert on the page; where they do not come, what the page said instead and what the server refused. */
export async function told(desk: Desk, words: string | RegExp): Promise<void> {
  const notices = desk.page.locator(".ant-message-notice, .ant-alert, [role=alert], [role=status]");
  try {
    await notices.filter({ hasText: words }).first().waitFor();
  } catch (error) {
    const instead = [...(await notices.allInnerTexts()), ...(await desk.page.getByRole("dialog").allInnerTexts())].filter((text) => text.trim() !== "");
    throw new Error(`${desk.login} was not told ${String(words)}; on the page: ${JSON.stringify(instead)}; last refusals: ${desk.refusals().join(", ") || "none"}`, { cause: error });
  }
}

/** Presses Tab until the place has the focus, as somebody without a mouse would. */
export async function tabTo(desk: Desk, place: Locator, most = 60): Promise<void> {
  await place.waitFor();
  for (let i = 0; i < most; i += 1) {
    if (await place.evaluate((element) => element === document.activeElement || element.contains(document.activeElement))) return;
    await desk.page.keyboard.press("Tab");
  }
  assert.fail(`${String(place)} was not reached with ${most} presses of Tab`);
}

const WCAG = { runOnly: { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"] }, resultTypes: ["violations"], preload: false } as const satisfies axe.RunOptions;

/** No violation of WCAG 2 A and AA on the page as it stands. */
export async function accessible({ page }: Desk, name: string): Promise<void> {
  await page.waitForLoadState("networkidle");
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(axe.source);
  const violations = await page.evaluate(async (options) => (await axe.run(document, options)).violations, WCAG);
  assert.deepEqual(
    violations.map(({ id, impact, nodes }) => ({ page: name, id, impact, at: nodes.slice(0, 4).map((node) => `${node.target.join(" ")} ${node.failureSummary?.split("\n")[1]?.trim() ?? ""}`) })),
    [],
  );
}

/** Keeps a picture when the environment names a folder for it. */
export async function picture(desk: Desk, name: string): Promise<void> {
  const folder = process.env["QINGCE_SHOTS"];
  if (folder) await desk.page.screenshot({ path: `${folder}/${name}.png` });
}

/** Keeps the whole page when the environment names a folder for it; of a dialog what is seen. */
export async function wholePicture(desk: Desk, name: string): Promise<void> {
  const folder = process.env["QINGCE_SHOTS"];
  if (!folder) return;
  const { page } = desk;
  await page.waitForLoadState("networkidle");
  // A word that passes would stand over the page's head.
  await page.locator(".ant-message-notice").first().waitFor({ state: "detached" });
  await page.evaluate(() => window.scrollTo(0, 0));
  await page.screenshot({ path: `${folder}/${name}.png`, fullPage: !(await page.getByRole("dialog").isVisible()) });
}
