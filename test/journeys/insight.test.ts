// The county's lead looks at the low-income register in a real browser: takes a snapshot, opens a cross-table, the map, an index with its parts,
// a what-if with its cliff, a portrait, one household's parts and the wall screen.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Browser } from "playwright-core";
import { lowIncome } from "../../schemes/low-income/scheme.ts";
import { newId } from "../../src/core/ids.ts";
import { geographyFromPackage } from "../../src/cli/demo/geography.ts";
import { openWorld, type World } from "../../src/cli/demo/world.ts";
import { openBrowser } from "../browser.ts";
import { type Made, storeHouseholds } from "../low-income-households.ts";
import { accessible, type Desk, openDesk, signIn, wholePicture } from "./desk.ts";
import { type Served, serveNew } from "./office.ts";

let browser: Browser;
let served: Served;
let world: World;
let made: Made[];
let lead: Desk;
const { townships } = geographyFromPackage();
const geography = { townships: townships.slice(0, 4) };
/** More households in the first townships than in the last. */
const villageOf = (n: number): number => Number(townships[Math.floor(((n * 37) % 101) ** 2 / 101 ** 2 * townships.length)]!.villages[n % 3]!.code);
before(async () => {
  [browser, served] = await Promise.all([
    openBrowser(),
    serveNew(async (installation, worker) => {
      world = await openWorld(installation.platform, worker, lowIncome, geography);
      made = await storeHouseholds(installation.owner, world.campaign, 640, villageOf);
    }),
  ]);
  lead = await openDesk(browser, served.address, "county-lead");
  await signIn(lead);
});
after(async () => {
  await browser?.close();
  await served?.close();
});

test("a snapshot is taken, and a cross-table of it stands with chart, base, moment and files", async () => {
  const { page } = lead;
  // Who may not take a snapshot is told who does, and can leave the wall screen.
  const reviewer = await openDesk(browser, served.address, "county-reviewer");
  await signIn(reviewer);
  await reviewer.page.goto("/screen");
  await reviewer.page.getByText("请由县负责人或分析员").waitFor();
  await reviewer.page.getByRole("link", { name: "退出大屏" }).press("Enter");
  await reviewer.page.getByRole("heading", { level: 1, name: "交叉分析" }).waitFor();
  await reviewer.page.context().close();
  await lead.go("/insight");
  await page.locator('[data-move="take-snapshot"]').press("Enter");
  const table = page.locator('[data-cross="cause,degree"]');
  await table.waitFor();
  assert.match(await page.locator("[data-standing-of=people]").innerText(), /1,600 人/u, "the base stands by the table");
  await accessible(lead, "the cross-table");
  await page.reload();
  await table.waitFor();
  await wholePicture(lead, "cross-table");
  await page.locator('[name="axis-2"]').selectOption("area");
  await page.locator('[data-cross="cause,area"]').waitFor();
  await wholePicture(lead, "cross-area");
  await page.locator('[name="axis-2"]').selectOption("sex");
  await page.locator('[data-cross="cause,sex"]').waitFor();
  await page.locator('[name="axis-3"]').selectOption("area");
  await page.locator('[data-cross="cause,sex,area"]').waitFor();
  assert.ok(Number(await page.locator("[data-hidden]").getAttribute("data-hidden")) > 0);
  // On paper no column is cut: what does not fit follows as tables of its own.
  const sheet = page.locator('[data-table="cross-paper"]');
  assert.ok((await sheet.count()) > 1 && !(await sheet.first().isVisible()));
  await page.emulateMedia({ media: "print" });
  await page.setViewportSize({ width: 718, height: 1000 });
  assert.ok(await sheet.first().isVisible());
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth), false, "the sheet is wide enough");
  await page.emulateMedia({ media: "screen" });
  await page.setViewportSize({ width: 1366, height: 768 });
  // Without a network it is said, and once it is back the answer comes by itself.
  await page.context().setOffline(true);
  await page.locator('[name="axis-1"]').selectOption("degree");
  await page.locator(".banner-away").waitFor();
  await page.getByText("下面还是上一次的结果").waitFor();
  await page.context().setOffline(false);
  await page.locator('[data-cross="degree,sex,area"]').waitFor();
  const workbook = await page.request.get((await page.getByRole("link", { name: "XLSX" }).getAttribute("href")) ?? "");
  assert.equal(workbook.headers()["content-type"], "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
  await lead.go("/insight/map");
  await page.locator('[data-map="tiles"]').waitFor();
  // Corners of a crooked grid, so that neighbours share their borders.
  const corner = (i: number, j: number): number[] => [118 + i + Math.sin(i * 5 + j * 3) / 5, 25 - j + Math.cos(i * 2 + j * 7) / 5];
  const shape = (i: number, j: number) => [[corner(i, j), corner(i + 1, j), corner(i + 1, j + 1), corner(i, j + 1), corner(i, j)]];
  const areas = await page.request.get("/api/boundaries").then((answer) => answer.json() as Promise<{ areas: { code: number }[] }>);
  const features = areas.areas.map(({ code }, i) => ({ type: "Feature", properties: { code }, geometry: { type: "Polygon", coordinates: shape(i % 6, Math.floor(i / 6)) } }));
  await wholePicture(lead, "map-tiles");
  await page.locator("#boundary").setInputFiles({ name: "边界.geojson", mimeType: "application/geo+json", buffer: Buffer.from(JSON.stringify({ type: "FeatureCollection", features })) });
  await page.locator('[data-map="shapes"]').waitFor();
  await accessible(lead, "the map");
  await wholePicture(lead, "map");
  assert.deepEqual(lead.complaints(), []);
});

test("an index stands with its parts, a line is moved and its cliff told, a household sees its own", async () => {
  const { page } = lead;
  await lead.go("/insight/indices");
  await page.locator('[name="group"]').selectOption("cause");
  await page.locator('[data-move="compute-index"]').press("Enter");
  await page.locator("[data-index]").waitFor();
  await accessible(lead, "an index");
  assert.match(await page.locator("[data-in-words]").innerText(), /1,600 人中有/u);
  await wholePicture(lead, "index");
  await lead.go("/insight/what-if");
  await page.locator('[data-line="example"]').waitFor();
  const set = await page.request.put("/api/aid/standards", { data: { scheme: world.campaign.scheme, area: world.county * 1e6, key: "allowance-line", value: 7200, from: "2018-01-01" }, headers: { "idempotency-key": newId() } });
  assert.equal(set.status(), 200, await set.text());
  await page.reload();
  await page.locator('[data-line="local"]').waitFor();
  assert.deepEqual(await Promise.all(["line-from", "line-to"].map((name) => page.locator(`[name="${name}"]`).inputValue())), ["7200", "7900"], "the line now is the county's own");
  await page.locator('[name="cutoff-income"]').fill("20000");
  await page.locator('[data-move="what-if"]').press("Enter");
  await page.locator("[data-cliff]").waitFor();
  assert.notEqual(await page.locator('[data-what-if] tr:last-child [data-moves="enter"]').innerText(), "0");
  await accessible(lead, "what if");
  await wholePicture(lead, "what-if");
  await lead.go("/insight/portraits?only=sex.1");
  await page.locator("[data-portrait]").waitFor();
  await accessible(lead, "a portrait");
  await wholePicture(lead, "portrait");
  await lead.go(`/insight/households/${world.county}/${made[0]!.id}`);
  await page.locator('[data-standing="deprived"]').first().waitFor();
  await accessible(lead, "a household's parts");
  await wholePicture(lead, "household-parts");
  await page.setViewportSize({ width: 1920, height: 1080 });
  await page.goto("/screen");
  await page.locator("[data-screen] [data-map]").waitFor();
  await accessible(lead, "the wall screen");
  await wholePicture(lead, "screen");
  // In English and on a laptop the head stays on one line and nothing lies below the edge; what reads the page aloud knows its language.
  await page.evaluate(() => localStorage.setItem("qingce.lang", "en"));
  await page.setViewportSize({ width: 1366, height: 768 });
  await page.goto("/screen");
  await page.locator("[data-screen] [data-map]").waitFor();
  await page.getByText("Ordinary").waitFor();
  const tops = await page.locator("h1, [data-figure]").evaluateAll((parts) => parts.map((part) => Math.round(part.getBoundingClientRect().top)));
  assert.ok(tops.length >= 4 && Math.max(...tops) - Math.min(...tops) < 40, `the head of the wall screen wraps: ${tops.join(", ")}`);
  assert.deepEqual(await page.evaluate(() => [document.documentElement.lang, Math.max(0, document.documentElement.scrollHeight - innerHeight)]), ["en", 0]);
  await page.evaluate(() => localStorage.setItem("qingce.lang", "zh"));
  // Of a household that has no form it is said so, not that something failed.
  await page.goto(`/insight/households/${world.county}/${newId()}`);
  await page.locator("[data-no-form]").waitFor();
  assert.deepEqual(lead.complaints(), []);
});

test("a local set is written, changed and tried, put in force by another person and computed with; it is ended, and the shipped one holds again", async () => {
  const { page } = lead;
  await page.setViewportSize({ width: 1366, height: 768 });
  await lead.go("/insight/indices");
  await page.locator('[data-set="register"][data-applies="true"] [data-move="revise-set"]').press("Enter");
  const editor = page.getByRole("dialog");
  await page.waitForFunction(() => document.activeElement?.closest("[role=dialog] form")); // The first field has the keys, not the button that closes.
  const row = editor.locator('[data-indicator="income_per_head"]');
  await row.getByLabel("临界值").fill("20000");
  await row.getByLabel("权重（份）").fill("8");
  await row.getByText("40.0%").waitFor(); // 8 of 20 parts
  await editor.locator('[data-move="add-indicator"]').press("Enter");
  await editor.locator('[data-move="save-set"]').press("Enter");
  await editor.getByText("请填写").first().waitFor({ state: "attached" });
  await editor.getByRole("button", { name: "删除：", exact: true }).press("Enter");
  await accessible(lead, "the editor of a set");
  await wholePicture(lead, "set-editor");
  await editor.locator('[data-move="save-set"]').press("Enter");
  const own = page.locator('[data-set="register"][data-version="2"]');
  await own.locator('[data-move="try-set"]').press("Enter");
  await page.locator('[data-set="register"][data-version="2"][data-state="tried"]').waitFor();
  assert.match(await own.innerText(), /由编写人以外的人批准/u);
  await own.locator("summary").click();
  await own.getByRole("rowheader", { name: "家庭人均年收入低于20,000元" }).waitFor();
  await wholePicture(lead, "sets");
  const approver = await openDesk(browser, served.address, "approver");
  await signIn(approver);
  await approver.go("/insight/indices");
  await approver.page.locator('[data-set="register"][data-version="2"] [data-move="approve-set"]').press("Enter");
  await approver.page.locator('[data-set="register"][data-version="2"][data-applies="true"]').waitFor();
  await page.reload();
  await page.locator('[data-set="register"][data-version="1"][data-applies="false"]').waitFor();
  await page.locator('[data-move="compute-index"]').press("Enter");
  await page.locator("[data-index]").getByText(/本登记参数组 v2/u).waitFor();
  await approver.page.locator('[data-set="register"][data-version="2"] [data-move="end-set"]').press("Enter");
  await approver.page.getByRole("button", { name: /确\s?定/u }).click();
  await approver.page.locator('[data-set="register"][data-version="1"][data-applies="true"]').waitFor();
  assert.deepEqual([lead.complaints(), approver.complaints()], [[], []]);
});
