// The lead of a county with the low-income register enters a paper authorisation with its scan, in a real browser, and takes it back.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Browser } from "playwright-core";
import { lowIncome } from "../../schemes/low-income/scheme.ts";
import { drawImages } from "../../src/cli/demo/images.ts";
import { geographyFromPackage } from "../../src/cli/demo/geography.ts";
import { openWorld } from "../../src/cli/demo/world.ts";
import { openBrowser } from "../browser.ts";
import { fictionalId } from "../world.ts";
import { accessible, type Desk, openDesk, picture, signIn, told } from "./desk.ts";
import { type Served, serveNew } from "./office.ts";

let browser: Browser;
let served: Served;
let lead: Desk;
before(async () => {
  const geography = { townships: geographyFromPackage().townships.slice(0, 1) };
  [browser, served] = await Promise.all([openBrowser(), serveNew(async (installation, worker) => void (await openWorld(installation.platform, worker, lowIncome, geography)))]);
  lead = await openDesk(browser, served.address, "county-lead");
  await signIn(lead);
});
after(async () => {
  await browser?.close();
  await served?.close();
});

test("a paper is entered with who signed, its days and its scan; what is missing is said; it is taken back with a reason", async () => {
  const { page } = lead;
  await lead.go("/catalogue?tab=authorisations");
  await page.locator('[data-move="new-paper"]').press("Enter");
  await page.locator('[data-move="enter-paper"]').press("Enter");
  await told(lead, "请选择扫描件");
  await accessible(lead, "the form of a paper");
  await page.locator('[name="document"]').fill("授权〔虚构〕1号");
  await page.locator('[name="idNumbers"]').fill(`${fictionalId(61)}\n12345`);
  await page.locator('[name="toOn"]').fill("2098-12-31");
  await page.locator("#authorisation-scan").setInputFiles({ name: "授权书.jpg", mimeType: "image/jpeg", buffer: (await drawImages(3)).paper[0]! });
  await picture(lead, "paper-form");
  await page.locator('[data-move="enter-paper"]').press("Enter");
  await told(lead, "第2个身份证号有误");
  await page.locator('[name="idNumbers"]').fill(`${fictionalId(61)}\n${fictionalId(62)}`);
  await page.locator('[data-move="enter-paper"]').press("Enter");
  await page.locator('[data-paper="in-force"]').waitFor();
  await accessible(lead, "papers");
  await picture(lead, "papers");
  assert.doesNotMatch(await page.content(), new RegExp(fictionalId(61)));
  const scan = await page.request.get(await page.getByRole("link", { name: "查看" }).getAttribute("href") ?? "");
  assert.equal(scan.headers()["content-type"], "image/jpeg");
  await page.locator('[data-move="revoke-paper"]').press("Enter");
  await page.locator('[name="reason"]').fill("本人撤回");
  await page.locator('[data-move="confirm-revoke-paper"]').press("Enter");
  await page.locator('[data-paper="revoked"]').getByText("本人撤回").waitFor();
  assert.deepEqual(lead.complaints(), []);
});
