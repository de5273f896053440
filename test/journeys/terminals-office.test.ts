// The office's side of terminals in a real browser: one is registered and a collector gets a code, its bundle is dropped on the page, each piece
// of work has its outcome, the file for it is saved, the lease renewed, and in the end it is revoked. The terminal is played in Node.
import assert from "node:assert/strict";
import fs from "node:fs";
import { after, before, test } from "node:test";
import type { Browser } from "playwright-core";
import { bringIn } from "../../src/cli/demo/loop-match.ts";
import { newId } from "../../src/core/ids.ts";
import { playTerminal, type Terminal, workOn } from "../played-terminal.ts";
import { openBrowser } from "../browser.ts";
import { accessible, type Desk, openDesk, signIn, tabTo } from "./desk.ts";
import { type CountyOffice, serveCounty } from "./office.ts";

let browser: Browser;
let office: CountyOffice;
let lead: Desk;
let terminal: Terminal;
before(async () => {
  [browser, office] = await Promise.all([openBrowser(), serveCounty()]);
  await bringIn(office.world, office.world.countyLead, await office.county.baseListFile());
  await office.settle();
  lead = await openDesk(browser, office.address, "county-lead");
  await signIn(lead);
  terminal = await playTerminal(office.office.app, () => new Date());
});
after(async () => {
  await browser?.close();
  await office?.close();
});
const clean = (): void => assert.deepEqual(lead.complaints(), []);

test("a county lead registers a terminal and hands a collector the code, by keyboard", async () => {
  const { page } = lead;
  await lead.go("/terminals");
  assert.equal(await lead.heading(), "采集终端");
  await accessible(lead, "terminals");
  await tabTo(lead, page.locator("[data-move=new-terminal]"));
  await page.keyboard.press("Enter");
  await page.getByLabel("终端名称").fill("一号机");
  await page.keyboard.press("Enter");
  await page.locator("[data-move=first-operator]").click();
  await page.locator("[data-filter=collector]").click();
  await page.locator(".ant-select-item-option", { hasText: "采集员A" }).first().click();
  await page.locator("[data-move=give-code]").click();
  const code = await page.locator("[data-code]").innerText();
  await accessible(lead, "terminals: code");
  await page.locator("[data-move=code-handed-over]").click();
  assert.equal((await terminal.enrol(code)).status, 200);
  await page.reload();
  await page.locator("[data-standing=in-order]").waitFor();
  clean();
});

test("its people come down, its bundle is dropped on the page, and each piece of work shows what became of it and what to do", async () => {
  const { page } = lead;
  const down = await terminal.fetch();
  assert.ok(down && down.people.length > 5);
  const [first, second] = down.people as [(typeof down.people)[0], (typeof down.people)[0]];
  const { answers: _, before: __, ...away } = workOn(first, office.world.scheme.definition, undefined, { outcome: { kind: "not-found", note: "多次上门无人" } });
  const wrong = workOn({ ...second, record: newId() }, office.world.scheme.definition, {});
  const bytes = await terminal.pack([{ entry: away }, { entry: wrong }]);
  await lead.go("/terminals");
  const dropped = await page.evaluateHandle((encoded) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([Uint8Array.from(atob(encoded), (char) => char.charCodeAt(0))], "terminal.qcb"));
    return transfer;
  }, bytes.toString("base64"));
  await page.locator("[data-drop=bundle]").dispatchEvent("drop", { dataTransfer: dropped });
  await page.locator("[data-brought]").getByText("查看结果").click();
  await page.locator("[data-bundle-state=applied]").waitFor();
  assert.equal(await lead.heading(), "“一号机”第 1 号数据包");
  assert.deepEqual(await page.locator("[data-entry-outcome]").evaluateAll((all) => all.map((one) => one.getAttribute("data-entry-outcome"))), ["refused", "applied"]);
  await page.getByText("采集员下次交换时会看到原因").waitFor();
  await accessible(lead, "terminals: a bundle");
  await page.getByText("返回").click();
  await page.locator("[data-bundle]").waitFor();
  await accessible(lead, "terminals: bundles");
  clean();
});

test("the file for the terminal is saved and only the terminal opens it; the lease is renewed; revoking says what it does", async () => {
  const { page } = lead;
  await lead.go("/terminals");
  await page.locator("[data-waiting=undeliveredReceipts]").waitFor();
  await page.locator("[data-move=take]").click();
  const [download] = await Promise.all([page.waitForEvent("download"), page.locator("[data-move=take-changes]").click()]);
  assert.match(download.suggestedFilename(), /^清册-一号机-\d+\.qcb$/u);
  const taken = await terminal.read(fs.readFileSync(await download.path()));
  assert.deepEqual(taken.receipts.map((one) => one.outcome).toSorted(), ["applied", "refused"]);
  await page.keyboard.press("Escape");
  await page.locator("[data-move=renew]").click();
  await page.locator("[data-move=renew-lease]").click();
  await page.locator("[data-move=renew-lease]").waitFor({ state: "detached" });
  await page.locator("[data-move=revoke]").click();
  await page.getByLabel("原因").fill("设备丢失");
  await page.locator("[data-move=revoke-terminal]").click();
  await page.locator("[data-standing=revoked]").waitFor();
  assert.equal((await terminal.signed("POST", "/api/terminal/down", { json: {} })).status, 401);
  clean();
});
