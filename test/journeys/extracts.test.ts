// A department's list in a real browser: the county's lead looks at the catalogue, sets when lists are due and issues a token; the contact
// sends a text with other headings and a word nobody knows; the lead revokes the agreement and wipes the list.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Browser } from "playwright-core";
import { openBrowser } from "../browser.ts";
import { fictionalId } from "../world.ts";
import { accessible, type Desk, openDesk, picture, signIn, told } from "./desk.ts";
import { type CountyOffice, serveCounty } from "./office.ts";

let browser: Browser;
let office: CountyOffice;
let lead: Desk;
let contact: Desk;

before(async () => {
  office = await serveCounty();
  browser = await openBrowser();
  lead = await openDesk(browser, office.address, "county-lead");
  contact = await openDesk(browser, office.address, "contact-public-security");
  await signIn(lead);
  await signIn(contact);
});
after(async () => {
  await browser?.close();
  await office?.close();
});

test("the lead reads what each department is asked for, sets when its lists are due, and issues a token that is shown once", async () => {
  const { page } = lead;
  await lead.go("/catalogue");
  const row = page.locator("tr", { has: page.locator('[data-department="public_security"]') });
  await row.locator(".ant-table-row-expand-icon").focus();
  await page.keyboard.press("Enter");
  await page.locator('[data-items="public_security"]').getByText("死亡").first().waitFor();
  await accessible(lead, "catalogue");
  await picture(lead, "catalogue");
  await row.locator('[data-move="set-plan"]').press("Enter");
  await page.locator('[data-move="save-plan"]').press("Enter");
  await page.locator('[data-due="late"]').waitFor();
  assert.equal(await page.locator("[data-late]").getAttribute("data-late"), "1");
  await page.getByRole("tab", { name: "共享协议" }).click();
  await page.locator('[data-agreement="in-force"]').first().waitFor();
  await accessible(lead, "agreements");
  await picture(lead, "agreements");
  await page.locator('[data-move="new-agreement"]').press("Enter");
  await picture(lead, "agreement-form");
  await page.getByRole("button", { name: "取消" }).press("Enter");
  await lead.go("/catalogue?tab=tokens");
  await page.locator('[data-move="new-token"]').press("Enter");
  await page.getByRole("dialog").getByRole("combobox").press("Enter");
  await page.keyboard.press("Enter");
  await page.locator('input[name="label"]').fill("公安数据平台（虚构）");
  await page.locator('input[name="endsOn"]').fill("2098-12-31");
  await page.locator('[data-move="issue-token"]').press("Enter");
  assert.match(await page.locator("[data-token]").inputValue(), /^qcl_[\w-]{40,}$/);
  await picture(lead, "token");
  await page.locator('[data-move="token-kept"]').press("Enter");
  assert.equal(await page.locator("[data-token]").count(), 0);
});

test("the contact sees what the agreement lets in, how the text was read, and says once what an unknown word stands for", async () => {
  const { page } = contact;
  await contact.go("/imports/new");
  await page.locator("[data-agreed]").getByText("只读取").waitFor();
  await picture(contact, "send-list");
  const text = ["姓名|!|公民身份号码|!|民族|!|死亡日期|!|内部编号", `虚构一|!|${fictionalId(1)}|!|花腰人|!||!|7`, `虚构二|!|${fictionalId(2)}|!|汉族|!|2018-13-01|!|8`].join("\r\n");
  await page.locator("input[type=file]").setInputFiles({ name: "名单.txt", mimeType: "text/plain", buffer: Buffer.from(text) });
  await page.locator("#send-asOf").fill("2018-11-01");
  await page.locator("#send-purpose").fill("核对身份信息（虚构）");
  await page.locator('[data-move="upload"]').press("Enter");
  await page.locator('[data-reading="csv"]').getByText("|!|").waitFor();
  await page.locator('[data-unread="not-asked"]').getByText("内部编号").waitFor();
  await page.locator('[data-words="ethnic"]').getByText("花腰人").waitFor();
  await accessible(contact, "how a list was read");
  await picture(contact, "list-read");
  await page.getByRole("combobox", { name: /花腰人/ }).fill("彝族");
  await page.keyboard.press("Enter");
  await page.locator('[data-move="say-word"]').press("Enter");
  await page.locator('[data-words="ethnic"]').waitFor({ state: "detached" });
  await page.locator('[data-move="run-import"]').press("Enter");
  await page.locator("[data-result]").waitFor();
  assert.equal(await page.locator("[data-result]").getAttribute("data-result"), "1+1=2");
  await page.locator('[data-move="returned-file"]').waitFor();
  await page.locator("[data-keep-until]").waitFor();
  await picture(contact, "list-result");
  assert.equal(await page.locator('[data-move="wipe"]').count(), 0, "wiping is the lead's");
});

test("the lead wipes the list with a reason and revokes the agreement; then nothing more can be sent", async () => {
  await lead.page.goto(contact.page.url());
  await lead.page.locator('[data-move="wipe"]').press("Enter");
  await lead.page.locator('input[name="reason"]').fill("对方发错名单");
  await lead.page.locator('[data-move="confirm-wipe"]').press("Enter");
  await lead.page.locator("[data-wiped]").getByText("对方发错名单").waitFor();
  await accessible(lead, "a wiped list");
  await picture(lead, "list-wiped");
  await lead.go("/catalogue?tab=agreements");
  const row = lead.page.locator("tr", { hasText: "公安" }).first();
  await row.locator('[data-move="revoke-agreement"]').press("Enter");
  await lead.page.locator('input[name="reason"]').fill("合作结束");
  await lead.page.locator('[data-move="confirm-revoke"]').press("Enter");
  await row.locator('[data-agreement="revoked"]').waitFor();
  await contact.go("/imports/new");
  await told(contact, "没有有效的数据共享协议");
  await picture(contact, "no-agreement");
  assert.deepEqual([...lead.complaints(), ...contact.complaints()], []);
});
