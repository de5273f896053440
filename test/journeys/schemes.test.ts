// A scheme's next version in a real browser: an editor changes a label, a bound and a threshold, runs it dry over stored records and submits;
// the county lead approves as the second person; the editor publishes, and everybody reads the new version.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { veterans } from "../../schemes/veterans/scheme.ts";
import { newId } from "../../src/core/ids.ts";
import { constantsOf } from "../../src/modules/drafting/rules.ts";
import { addBasePeople, saveCapture } from "../../src/modules/records/service.ts";
import { placesOf } from "../../src/scheme/layout.ts";
import { openBrowser } from "../browser.ts";
import { completeAnswers } from "../world.ts";
import { accessible, type Desk, openDesk, picture, signIn, tabTo, told } from "./desk.ts";
import { type CountyOffice, serveCounty } from "./office.ts";

const RICH = 91_234;
const version = "2027.1";
let browser: Browser;
let office: CountyOffice;
let editor: Desk;
let lead: Desk;
let draft = "";

/** Three people with captured records in the first village; one has an income above the bound that the draft will set. */
async function captureThree(): Promise<void> {
  const { world, county } = office;
  const village = county.geography.townships[0]!.villages[0]!.code.padEnd(12, "0");
  for (const n of [1, 2, 3]) {
    const answers = completeAnswers(n, { domicile_region: village, residence_region: village, annual_income: n === 3 ? RICH : 12_000 });
    const added = await world.platform.database.write(world.countyLead, (tx) => addBasePeople(tx, world.platform, { campaign: world.campaign, batchId: newId(), people: [{ index: 0, area: Number(village), answers }] }));
    const held = added.added[0]!;
    await world.platform.database.write(world.collectors[0]![0], (tx) => saveCapture(tx, world.platform, { county: world.county, id: held.recordId, basedOn: 1, channel: "home", submit: false, answers }));
  }
}

before(async () => {
  [browser, office] = await Promise.all([openBrowser(), serveCounty()]);
  await captureThree();
  editor = await openDesk(browser, office.address, "scheme-editor");
  lead = await openDesk(browser, office.address, "county-lead");
  await signIn(editor);
  await signIn(lead);
});
after(async () => {
  await browser?.close();
  await office?.close();
});

const card = (page: Page, path: string) => page.locator(`[data-item="${path}"]`);

test("every item stands with its source mark at an address of its own, and can be narrowed", async () => {
  const { page } = lead;
  await lead.go(`/schemes/${veterans.key}/${veterans.version}/items`);
  await page.locator("tr[data-item]").first().waitFor();
  assert.equal(await page.locator("tr[data-item]").count(), placesOf(veterans).length);
  assert.equal(await page.locator("tr[data-item]:not(:has([data-mark]))").count(), 0, "no item without a mark");
  await page.locator("details summary").first().click();
  await picture(lead, "scheme-items");
  await lead.go(`/schemes/${veterans.key}/${veterans.version}/items?mark=R`);
  await page.locator("tr[data-item]").first().waitFor();
  assert.equal(await page.locator("tr[data-item]").count(), placesOf(veterans).filter(({ item }) => item.source.marks.includes("R")).length);
  await accessible(lead, "items");
});

test("a scheme is read form by form, its checks in words, its categories with why others are closed", async () => {
  const { page } = lead;
  await lead.go("/schemes");
  await page.locator(`[data-scheme="${veterans.key}"]`).first().waitFor();
  await accessible(lead, "schemes");
  await picture(lead, "schemes");
  await page.locator(`[data-scheme="${veterans.key}"]`).first().click();
  await card(page, "general.name").waitFor();
  await accessible(lead, "scheme");
  await picture(lead, "scheme-reading");
  await page.locator("[data-form]").nth(1).click();
  await page.waitForURL(/form=/);
  await page.locator("[data-view=checks]").click();
  await page.locator("[data-check]").first().waitFor();
  await accessible(lead, "checks");
  await picture(lead, "scheme-checks");
  await page.locator("[data-view=codes]").click();
  await page.locator("[data-set]").first().waitFor();
  await accessible(lead, "codes");
  await page.locator("[data-view=categories]").click();
  await page.locator("[data-category] input").first().check();
  await page.locator("[data-closed]").first().waitFor();
  await accessible(lead, "categories");
  await picture(lead, "scheme-categories");
});

test("the editor begins a draft and changes a label, a bound and a threshold by keyboard", async () => {
  const { page } = editor;
  await editor.go("/schemes");
  const begin = page.locator(`[data-of="${veterans.key}@${veterans.version}"]`);
  await tabTo(editor, begin);
  await page.keyboard.press("Enter");
  await page.locator('[name="version"]').fill(version);
  await page.keyboard.press("Enter");
  await page.waitForURL(/scheme-drafts/);
  draft = new URL(page.url()).pathname;
  await card(page, "general.mobile").waitFor();
  await card(page, "general.mobile").locator('[data-move="edit-item"]').press("Enter");
  await card(page, "general.mobile").getByLabel("名称（中文）").fill("手机号码");
  await card(page, "general.mobile").getByLabel("名称（英文）").fill("Mobile number");
  await accessible(editor, "editing an item");
  await picture(editor, "draft-editing");
  await page.keyboard.press("Enter");
  await card(page, "general.mobile").locator(".was-now").waitFor();
  await page.locator('[data-filter="q"]').fill("annual_income");
  const income = card(page, "general.annual_income");
  await income.locator('[data-move="edit-item"]').press("Enter");
  await income.getByLabel("最大值").fill("50000");
  await page.keyboard.press("Enter");
  await income.locator(".was-now").waitFor();
  const check = veterans.checks.find((one) => constantsOf(one.when).some((constant) => constant.threshold && typeof constant.value === "number"))!;
  const threshold = constantsOf(check.when).find((constant) => constant.threshold && typeof constant.value === "number")!;
  await page.locator('[data-tab="checks"]').click();
  const at = page.locator(`[data-check="${check.key}"]`);
  await at.locator('[data-move="edit-check"]').press("Enter");
  const field = at.getByLabel(/^阈值/).first();
  assert.equal(await field.inputValue(), String(threshold.value));
  await field.fill(String(Number(threshold.value) + 1));
  await accessible(editor, "editing a check");
  await picture(editor, "draft-check");
  await page.keyboard.press("Enter");
  await at.locator(".was-now").waitFor();
  await page.locator('[data-move="check-definition"]').press("Enter");
  await told(editor, "定义没有错误");
});

test("submission waits for a dry run, which counts by area and names rules and samples", async () => {
  const { page } = editor;
  await page.locator('[data-move="submit"]').press("Enter");
  await told(editor, "请先对当前内容试运行");
  await page.locator('[data-tab="dry-run"]').click();
  await page.locator('[data-move="dry-run"]').press("Enter");
  const done = page.locator('[data-dry-run="done"]');
  await done.waitFor({ timeout: 60_000 });
  assert.equal(await done.getAttribute("data-newly"), "1");
  await page.locator('[data-rule="above-maximum"]').waitFor();
  assert.ok(!(await page.content()).includes(String(RICH)), "no answer is shown");
  await accessible(editor, "dry run");
  await picture(editor, "draft-dry-run");
  await page.locator('[data-tab="comparison"]').click();
  await page.locator("[data-change]").first().waitFor();
  await accessible(editor, "comparison");
  await picture(editor, "draft-comparison");
  await page.locator('[data-tab="edits"]').click();
  assert.equal(await page.locator("[data-edit]").count(), 3);
  await accessible(editor, "edits");
  await page.locator('[data-move="submit"]').press("Enter");
  await page.locator('[data-draft-state="submitted"]').waitFor();
});

test("the second person approves, the editor publishes, and the list shows the new version to read", async () => {
  assert.equal(await editor.page.locator('[data-move="approve"]').count(), 0, "the editor has no such right");
  await lead.go(draft);
  await lead.page.locator('[data-draft-state="submitted"]').waitFor();
  await accessible(lead, "approval");
  await picture(lead, "draft-approval");
  await lead.page.locator('[data-move="approve"]').press("Enter");
  await lead.page.locator('[data-draft-state="approved"]').waitFor();
  const { page } = editor;
  await editor.go(draft);
  await page.locator('[data-move="publish"]').press("Enter");
  await page.locator('[data-move="sure-publish"]').press("Enter");
  await page.locator('[data-draft-state="published"]').waitFor();
  await editor.go("/schemes");
  await page.locator(`[data-version="${version}"]`).click();
  await card(page, "general.mobile").getByText("手机号码", { exact: true }).waitFor();
  await picture(editor, "scheme-published");
  assert.deepEqual([...editor.complaints(), ...lead.complaints()], [], "no page complains");
});

test("the pages speak English too", async () => {
  const { page } = editor;
  await page.locator('[data-action="language"]').press("Enter");
  for (const path of ["/schemes", `/schemes/${veterans.key}/${version}`, draft, `${draft}?tab=dry-run`, `${draft}?tab=comparison`]) {
    await editor.go(path);
    await page.waitForLoadState("networkidle");
    const frame = await page.locator("h1, h2, th, label, .ant-tabs-tab, .page-head, button:not([data-action=user]):not([data-action=language]), .item-lines").allInnerTexts();
    assert.deepEqual(frame.filter((text) => /[一-鿿]/u.test(text) && !/演示/u.test(text)), [], `${path} is all English`);
  }
});
