// For oneself: on a telephone six times slower than this machine a person applies, the township takes it in, the person follows it; what is held is seen and corrected.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";
import { gzipSync } from "node:zlib";
import type { Browser, Page } from "playwright-core";
import { citizenFolder } from "../../src/citizen-pages.ts";
import { openBrowser } from "../browser.ts";
import { fictionalId } from "../world.ts";
import { accessible, type Desk, openDesk, picture, signIn } from "./desk.ts";
import { type CountyOffice, serveCounty } from "./office.ts";

let browser: Browser;
let office: CountyOffice;
let phone: Desk;
let page: Page;
let desk: Desk;

before(async () => {
  [browser, office] = await Promise.all([openBrowser(), serveCounty()]);
  phone = await openDesk(browser, office.address, "telephone");
  page = phone.page;
  await page.setViewportSize({ width: 360, height: 640 });
  const chromium = await page.context().newCDPSession(page);
  await chromium.send("Emulation.setCPUThrottlingRate", { rate: 6 });
  desk = await openDesk(browser, office.address, "collector-01a");
  await signIn(desk);
});
after(async () => {
  await browser?.close();
  await office?.close();
});

const fits = async (where: string): Promise<void> => {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.ok(wide <= 0, `${where} is ${wide} px wider than the telephone`);
};

test("the page is small, and stands on an old telephone", async (t) => {
  const size = fs.readdirSync(citizenFolder, { recursive: true, encoding: "utf8" }).filter((file) => /\.(js|css|html)$/.test(file)).reduce((sum, file) => sum + gzipSync(fs.readFileSync(path.join(citizenFolder, file))).length, 0);
  const started = performance.now();
  await phone.go("/me/");
  const ms = performance.now() - started;
  t.diagnostic(`first load ${(size / 1024).toFixed(0)} KB gzip; first page after ${ms.toFixed(0)} ms at a sixth of the CPU`);
  assert.ok(size <= 150 * 1024);
  await accessible(phone, "the first page");
  await fits("the first page");
  await picture(phone, "me-home");
});

test("a person applies by telephone, the township takes it in, the person follows it and corrects what is held", async () => {
  const village = await office.world.platform.database.read(office.world.countyLead, (tx) => tx.selectFrom("area").select("code").where("parent", "=", office.world.collectors[0]![0].area).orderBy("code").executeTakeFirstOrThrow());
  await page.getByRole("link", { name: "申请登记" }).click();
  await page.getByText("演示：不核验身份").waitFor();
  await page.getByLabel("姓名").fill("虚小满");
  await page.getByLabel("身份证号").fill(fictionalId(7));
  await accessible(phone, "proving who one is");
  await picture(phone, "me-sign-in");
  await page.locator("[data-move=enter]").click();
  for (const code of [350000000000, 350500000000, 350524000000, office.world.collectors[0]![0].area, village.code]) {
    const level = page.locator("select[data-level]").last();
    await level.locator(`option[value="${code}"]`).waitFor({ state: "attached" });
    await level.selectOption(String(code));
  }
  await page.getByLabel("申请哪一项").selectOption({ index: 1 });
  await page.locator("[data-field='general.mobile']").fill("13800000000");
  await page.locator("[data-field='general.residence_address']").fill("虚构路1号");
  await accessible(phone, "applying");
  await fits("applying");
  await picture(phone, "me-apply");
  await page.locator("[data-move=send]").click();
  await page.locator(".fault[id]").first().waitFor();
  await page.waitForFunction(() => { const box = document.querySelector(".fault[id]")!.getBoundingClientRect(); return box.top >= 0 && box.bottom <= innerHeight; });
  await picture(phone, "me-fault");
  await page.locator("[data-field='general.categories'] input").first().check();
  await page.locator("[data-field='general.health']").selectOption({ index: 1 });
  await page.locator("[data-field='general.employment_status']").selectOption({ index: 1 });
  await page.locator("[data-move=send]").click();
  await page.locator("[data-sent]").waitFor();
  await desk.go("/declarations");
  await accessible(desk, "self-declarations");
  await picture(desk, "declarations");
  await desk.page.locator("[data-declaration]").first().click();
  await desk.page.getByText("虚构路1号").waitFor();
  await accessible(desk, "a self-declaration");
  await picture(desk, "declaration");
  await desk.page.locator("[data-move='declaration-accept']").click();
  await desk.page.locator("[data-state=accepted]").waitFor();
  await page.getByRole("link", { name: "我的申报进度" }).click();
  await page.locator("[data-record-state]").waitFor();
  assert.equal(await page.locator("[data-record-state]").innerText(), "采集中");
  await accessible(phone, "following");
  await picture(phone, "me-follow");
  await page.locator("[data-move=language]").click();
  await page.getByText("Taken in, under review").waitFor();
  await page.goto("/me/#/held");
  const address = page.locator("[data-item='general.residence_address']");
  await address.getByRole("button").click();
  await address.getByRole("textbox").fill("虚构路2号");
  await accessible(phone, "what is held");
  await fits("what is held");
  await picture(phone, "me-held");
  assert.ok(!(await page.locator("main").innerText()).includes(fictionalId(7)));
  const inView = (what: string): Promise<boolean> => page.locator(what).evaluate((part) => { const box = part.getBoundingClientRect(); return box.top >= 0 && box.bottom <= innerHeight; });
  await address.scrollIntoViewIfNeeded();
  assert.ok(await inView("[data-move=send-correction]"), "what sends a correction stands by while one is written");
  await page.locator("[data-move=send-correction]").click();
  await page.locator("[data-sent]").waitFor();
  assert.ok(await inView("[data-sent]"), "that it was sent is seen");
  await page.goto("/me/#/answers");
  await page.getByRole("heading", { level: 1 }).waitFor();
  assert.deepEqual([...phone.complaints(), ...desk.complaints()], []);
});
