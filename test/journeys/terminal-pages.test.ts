// A collector's day at the terminal in a real browser: its pages and its core, a fake office on the other side, no network in between for most of it.
import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { buildWeb } from "../../src/cli/web-build.ts";
import { signedDigestOf } from "../../src/modules/records/service.ts";
import type { Answers } from "../../src/scheme/model.ts";
import { openBrowser } from "../browser.ts";
import { FakeOffice } from "../terminal/fake-office.ts";
import { campaignEntry, giveList, people, scheme, servePages } from "../terminal/pages-world.ts";
import { drawnPortrait, layCard, signOnPad, typeEnrolment, unlock } from "../terminal/steps.ts";
import { completeAnswers, fictionalId } from "../world.ts";
import { accessible, type Desk, openDesk, picture, tabTo } from "./desk.ts";
import { faultsLeft, fillByFaults } from "./form-keys.ts";

const pin = "824519";
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "qingce-terminal-"));
const office = new FakeOffice("national");
let browser: Browser;
let desk: Desk;
let page: Page;

const heading = (): Promise<string> => page.getByRole("heading", { level: 1 }).first().innerText();
const home = async (): Promise<void> => {
  await page.keyboard.press("Escape");
  await page.locator("#search").waitFor();
};
const lay = (name: string, idNumber: string): Promise<void> => layCard(page, name, idNumber);
const idOf = (answers: unknown): string => String((answers as Answers)["general"]?.["id_number"]);
/** Back on the home page, with so many people waiting to be sent. */
const unsent = (n: number): Promise<void> => page.locator('[data-show="unsent"]').filter({ hasText: String(n) }).waitFor();
before(async () => {
  await buildWeb();
  browser = await openBrowser();
  desk = await openDesk(browser, await servePages(office), "terminal");
  ({ page } = desk);
  await page.setViewportSize({ width: 1024, height: 768 });
});
after(async () => {
  await browser?.close();
  await office.close();
  fs.rmSync(folder, { recursive: true, force: true });
});

test("a terminal is enrolled with its code and a PIN that is not easy to guess", async () => {
  await page.goto("/terminal/");
  await page.locator("#enrol-code").waitFor();
  await picture(desk, "terminal-enrol");
  await accessible(desk, "enrol");
  await typeEnrolment(page, "CODE-1", "123456");
  await page.locator("[data-fault]").filter({ hasText: "太容易猜到" }).waitFor();
  await typeEnrolment(page, "CODE-1", pin, "824510");
  await page.locator("[data-fault]").filter({ hasText: "不同" }).waitFor();
  await typeEnrolment(page, "CODE-9", pin);
  await page.locator("[data-fault]").filter({ hasText: "激活码" }).waitFor();
  await typeEnrolment(page, "CODE-1", pin);
  await page.locator("#search").waitFor();
  await page.locator(".ant-alert").filter({ hasText: "还没有底册" }).waitFor();
});

test("the base list comes over the network, and from then on none is needed", async () => {
  await giveList(office);
  await page.keyboard.press("F4");
  await page.locator('[data-action="exchange-online"]:focus').waitFor();
  await page.keyboard.press("Enter");
  await page.locator("[data-done]").filter({ hasText: "更新 3 人" }).waitFor();
  await picture(desk, "terminal-exchange");
  await accessible(desk, "exchange");
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null || navigator.serviceWorker.ready.then(() => true));
  await home();
  await page.context().setOffline(true);
  await page.reload();
  await page.locator("#pin").waitFor();
  await accessible(desk, "unlock");
  await page.locator("#pin").fill("000000");
  await page.keyboard.press("Enter");
  await page.locator("[data-fault]").filter({ hasText: "还可以试 9 次" }).waitFor();
  await picture(desk, "terminal-unlock");
  await unlock(page, pin);
  await page.locator('[data-show="returned"]').filter({ hasText: "1" }).waitFor();
  await picture(desk, "terminal-home");
  await accessible(desk, "home");
  for (const typed of ["陈志强", "xgczq", "xugouchen", idOf(people.known.answers).slice(0, 16), "甲一村"]) {
    await page.locator("#search").fill(typed);
    await page.locator(`[data-found] [data-record="${people.known.record}"]`).waitFor();
  }
  await picture(desk, "terminal-search");
});

test("a known person with nothing new takes six actions from the home page", async () => {
  await page.goto("/terminal/#/status");
  await page.locator('[data-reader="simulator"]').click();
  await picture(desk, "terminal-status");
  await accessible(desk, "status");
  await home();
  await lay("虚构陈志强", idOf(people.known.answers));
  let actions = 0;
  const act = async (step: Promise<unknown>): Promise<void> => {
    actions += 1;
    await step;
  };
  await act(page.keyboard.press("F2"));
  await page.locator("[data-card-read]").waitFor();
  assert.equal(await heading(), "虚构陈志强");
  await page.locator('[data-kept="saved"]').waitFor();
  assert.equal(await faultsLeft(page), 0);
  await picture(desk, "terminal-known");
  await accessible(desk, "known person");
  await act(page.locator('[name="unchanged"]').check());
  await act(page.locator('[data-action="to-sign"]').click());
  await page.locator("[data-signature-pad]").waitFor();
  await picture(desk, "terminal-sign");
  // Signing and confirming the signature.
  actions += 2;
  await signOnPad(page);
  await act(page.keyboard.press("Control+Enter"));
  await unsent(1);
  assert.ok(actions <= 6, `${actions} actions`);
});

test("of a person on the base list only what is missing is asked; the card holds its items", async () => {
  await lay("虚构林建国", idOf(people.listed.answers));
  await page.keyboard.press("F2");
  await page.locator("[data-card-read]").filter({ hasText: "证件与已有内容不同" }).waitFor();
  assert.ok((await faultsLeft(page)) > 10);
  assert.equal(await page.locator('[data-item="general.name"]').count(), 0, "what is known is not asked");
  await page.locator('[data-action="mode"]').click();
  const name = page.locator('[name="general.name"]');
  assert.ok(await name.isDisabled(), "a value of the card is held");
  await page.locator('[data-item="general.domicile_address"] [data-action="unlock"]').click();
  await page.locator('[name="unlock-why"]').fill("证件地址已更名");
  await page.locator('[data-action="confirm-unlock"]').click();
  await page.locator('[name="general.domicile_address"]:not([disabled])').fill("某省某县甲镇甲一村1号");
  await picture(desk, "terminal-all-items");
  await page.locator('[data-action="mode"]').click();
  const photo = page.locator('[name="general.photo_recent"]');
  const give = async (buffer: Buffer): Promise<void> => photo.setInputFiles({ name: "p.jpg", mimeType: "image/jpeg", buffer });
  const verdict = (kind: string) => page.locator(`[data-photo-verdict="${kind}"]`);
  await give(await drawnPortrait(1, true));
  await verdict("refuse").filter({ hasText: "黑白" }).waitFor();
  assert.ok(await page.locator('[data-action="use-photo"]').isDisabled());
  await page.keyboard.press("Escape");
  await give(await drawnPortrait(0.55));
  await verdict("refuse").filter({ hasText: "头部太小" }).waitFor();
  await picture(desk, "terminal-photo-refused");
  await accessible(desk, "crop");
  await page.keyboard.press("Escape");
  await page.locator("[data-crop]").waitFor({ state: "detached" });
  const shot = await drawnPortrait();
  const answers = completeAnswers(11, { name: "虚构林建国", id_number: idOf(people.listed.answers), domicile_region: "350524100201", residence_region: "350524100201" });
  await fillByFaults(page, scheme, answers, () => shot);
  assert.equal(await faultsLeft(page), 0);
  assert.equal(await page.locator('[data-item="general.photo_recent"] [data-to-judge]').count(), 0, "a clear portrait needs no reviewer");
  await picture(desk, "terminal-listed");
  await accessible(desk, "listed person");
});

test("what is changed after signing shows, and is asked about before finishing", async () => {
  await page.locator('[data-action="to-sign"]').click();
  await signOnPad(page);
  await page.locator('[data-action="mode"]').click();
  await page.locator('[name="general.mobile"]').fill("13900000007");
  await page.locator('[data-standing="differs"]').filter({ hasText: "签名后内容已改动" }).waitFor();
  await picture(desk, "terminal-differs");
  await page.keyboard.press("Control+Enter");
  await page.locator("[data-differs]").waitFor();
  await accessible(desk, "signed version differs");
  await page.locator('[data-action="differs-sign"]').click();
  await signOnPad(page);
  await page.keyboard.press("Control+Enter");
  await unsent(2);
});

const way = async (label: string): Promise<void> => {
  await page.locator(".ant-select").filter({ has: page.locator("#channel") }).click();
  await page.locator(".ant-select-dropdown:visible .ant-select-item-option").filter({ hasText: label }).click();
};
/** At a home visit the place is asked for: refused, too uncertain, taken, given up with the home visit, taken again. */
async function noteThePlace(): Promise<void> {
  assert.equal(await page.locator("[data-place]").count(), 0, "at a station no place is asked for");
  await way("上门");
  await page.locator('[data-place="open"]').filter({ hasText: "不同意就不记" }).waitFor();
  const ask = () => page.locator('[data-action="take-place"]').click();
  const stand = (accuracy: number) => page.context().setGeolocation({ longitude: 118.123456, latitude: 25.987654, accuracy });
  await ask();
  await page.locator('[data-place-fault="placeDenied"]').waitFor();
  await page.context().grantPermissions(["geolocation"]);
  await stand(2000);
  await ask();
  await page.locator('[data-place-fault="placeInexact"]').waitFor();
  await stand(20);
  await ask();
  await page.locator('[data-place="taken"]').waitFor();
  await way("集中采集点");
  await page.locator("[data-place]").waitFor({ state: "detached" });
  await way("上门");
  await page.locator('[data-place="open"]').waitFor();
  await ask();
  await page.locator('[data-place="taken"]').filter({ hasText: "118.1234" }).waitFor();
  await page.locator('[name="place-words"]').fill("甲一村祠堂旁");
  await picture(desk, "terminal-place");
  await accessible(desk, "place of a home visit");
  await page.locator('[data-kept="saved"]').waitFor();
}

const notice = { no: 2, digest: "ab".repeat(32), body: [{ heading: { zh: "处理者", en: "Who handles your data" }, lines: [{ zh: "虚构县退役军人事务局", en: "Office of a fictional county" }] }] };
test("a returned record shows its remark, which is answered before it is finished; the notice that came meanwhile is given before; a draft outlives the tab", async () => {
  await page.keyboard.press("F4");
  const news = await office.bundle([{ entry: office.lease() }, { entry: { ...campaignEntry, notice, place: true } }]);
  await page.locator("#bundle-file").setInputFiles({ name: "down.qcb", mimeType: "application/octet-stream", buffer: news });
  await page.locator("[data-done]").first().waitFor();
  await home();
  await page.locator(`[data-record="${people.returned.record}"]`).click();
  await page.locator("[data-remarks]").filter({ hasText: "1 条未答复" }).waitFor();
  await page.keyboard.press("Control+Enter");
  await page.locator(".ant-message-notice").filter({ hasText: "未答复" }).waitFor();
  await page.locator('[name="general.mobile"]').fill("13700000001");
  await page.locator('textarea[name^="answer-"]').fill("已更正为新号码");
  await page.locator('[data-action="answer-remark"]').click();
  await page.locator('[data-kept="saved"]').waitFor();
  await picture(desk, "terminal-returned");
  await noteThePlace();
  await page.reload();
  await unlock(page, pin);
  await page.locator('[data-show="draft"]').filter({ hasText: "1" }).click();
  await page.locator(`[data-record="${people.returned.record}"]`).filter({ hasText: "草稿" }).click();
  await page.locator('[data-remarks="0"]').waitFor();
  assert.equal(await page.locator('[name="general.mobile"]').inputValue(), "13700000001");
  await page.locator('[data-place="taken"]').waitFor();
  await page.locator('[data-action="to-sign"]').click();
  await signOnPad(page);
  await page.keyboard.press("Control+Enter");
  await page.locator(".ant-message-notice").filter({ hasText: "告知书" }).waitFor();
  await page.locator("[data-notice] details").evaluate((details) => details.setAttribute("open", ""));
  await picture(desk, "terminal-notice");
  await page.locator(`[data-notice="${notice.digest}"] input[value="read-aloud"]`).check();
  await page.keyboard.press("Control+Enter");
  await unsent(3);
});

test("somebody on no list is added from the card, declared by an agent, and given back to the office with a reason", async () => {
  const idNumber = fictionalId(44);
  await lay("虚构新来", idNumber);
  await page.keyboard.press("F2");
  await page.locator("[data-card-name]").filter({ hasText: idNumber }).waitFor();
  await tabTo(desk, page.locator("#add-area"));
  await page.keyboard.type("甲一村");
  await page.locator(".ant-select-dropdown:visible .ant-select-item-option-active").waitFor();
  await page.keyboard.press("Enter");
  await page.locator('[data-action="add-go"]:not([disabled])').click();
  await page.locator("[data-card-read]").waitFor();
  assert.equal(await heading(), "虚构新来");
  await lay("虚构代办人", fictionalId(45));
  await page.locator(".person-head").click();
  await page.keyboard.press("F2");
  await page.locator('[data-action="agent-card"]').click();
  await page.locator('[data-known="general.agent_id_number"]').filter({ hasText: fictionalId(45) }).waitFor();
  await page.locator('[name="general.agent_phone"]').waitFor();
  await page.locator('[data-kept="saved"]').waitFor();
  await home();
  await page.locator("#search").fill("虚构新来");
  await page.locator("[data-found] [data-record]").filter({ hasText: "草稿" }).waitFor();
  await page.locator("#search").fill("");
});

test("everything goes into one sealed file that the office opens, and its receipts end the work", async () => {
  await page.keyboard.press("F4");
  await page.locator('[data-unsent="3"]').waitFor();
  const coming = page.waitForEvent("download");
  await page.locator('[data-action="pack"]').press("Enter");
  const download = await coming;
  const file = path.join(folder, "up.qcb");
  await download.saveAs(file);
  assert.match(download.suggestedFilename(), /\.qcb$/);
  await page.locator("[data-done]").filter({ hasText: "已打包 3 条" }).waitFor();
  const bytes = fs.readFileSync(file);
  assert.ok(!bytes.includes("虚构"));
  const { captures } = await office.read(bytes);
  assert.equal(captures.length, 3);
  for (const capture of captures) assert.equal(capture.signedDigest, signedDigestOf(scheme, capture.answers as Answers), "the server's digest of what was signed is the same");
  const [known, listed, returned] = [people.known, people.listed, people.returned].map(({ record }) => captures.find((one) => one.record === record)!);
  assert.equal(known?.provenance?.["general.name"], "card");
  assert.match(listed?.reason ?? "", /证件地址已更名/);
  assert.equal(listed?.provenance?.["general.domicile_address"], "manual", "what was changed against the card says so");
  assert.deepEqual([listed?.notice, returned?.notice], [undefined, { how: "read-aloud", digest: notice.digest }], "the version goes with what was signed under it");
  const place = (capture: typeof returned) => ["gps_lon", "gps_lat", "gps_place"].map((key) => (capture?.answers as Answers)["general"]?.[key]);
  assert.deepEqual([place(returned), returned?.channel, returned?.provenance?.["general.gps_lon"]], [[118.1234, 25.9876, "甲一村祠堂旁"], "home", "device"]);
  assert.deepEqual(place(listed), [undefined, undefined, undefined], "the round did not ask for it then");
  assert.deepEqual(returned?.remarks?.map(({ answer }) => answer), ["已更正为新号码"]);
  const down = await office.bundle([{ entry: office.lease() }, ...captures.map((capture) => ({ entry: office.receipt(capture) }))]);
  await page.locator("#bundle-file").setInputFiles({ name: "down.qcb", mimeType: "application/octet-stream", buffer: down });
  await page.locator("[data-done]").filter({ hasText: "回执 3 条" }).waitFor();
  await page.locator('[data-unsent="0"]').waitFor();
  await page.locator("#bundle-file").setInputFiles({ name: "x.qcb", mimeType: "application/octet-stream", buffer: Buffer.from("not a bundle") });
  await page.locator("[data-fault]").waitFor();
  await picture(desk, "terminal-file-refused");
});

test("an outcome is recorded, English is whole, and nothing of anybody stays outside the sealed store", async () => {
  await home();
  await page.locator('[data-show="draft"]').click();
  await page.locator("[data-record]").first().click();
  await page.locator(".person-head").waitFor();
  await page.locator('[data-action="language"]').click();
  await page.getByRole("button", { name: /Show all items/ }).waitFor();
  await accessible(desk, "person in English");
  await picture(desk, "terminal-english");
  assert.ok(!/[一-龥]/.test(await page.locator(".finish-bar").innerText()));
  await page.locator('[data-action="language"]').click();
  const kept = await page.evaluate(async () => {
    const databases = await indexedDB.databases();
    return JSON.stringify([{ ...localStorage }, { ...sessionStorage }, location.href, await caches.keys(), databases.map(({ name }) => name), document.title]);
  });
  assert.ok(!/虚构|9999991958/.test(kept), kept);
  await page.locator('[data-action="lock"]').click();
  await page.locator("#pin").waitFor();
  assert.ok(!/虚构新来|9999991958/.test(await page.locator("body").innerText()));
  assert.deepEqual(desk.complaints(), []);
});
