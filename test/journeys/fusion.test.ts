// A county lead fuses two departments' lists in a real browser, a reviewer decides the doubtful link, the lead takes the proposal in; and an
// exchange without showing lists, from the token file to the findings.
import assert from "node:assert/strict";
import fs from "node:fs";
import { after, before, test } from "node:test";
import type { Browser } from "playwright-core";
import { bringIn } from "../../src/cli/demo/loop-match.ts";
import { checkCharacter } from "../../src/core/citizen-id.ts";
import { matchTokens, readTokens } from "../../src/linkage/token-match.ts";
import { tokenFile } from "../../src/linkage/tokens.ts";
import { openBrowser } from "../browser.ts";
import { accessible, type Desk, openDesk, picture, signIn, tabTo } from "./desk.ts";
import { type CountyOffice, serveCounty } from "./office.ts";

let browser: Browser;
let office: CountyOffice;
let lead: Desk;
let reviewer: Desk;
const NAMES = ["陈建国", "林志强", "黄丽华", "吴金水", "王国华", "李明辉", "张文斌", "苏海燕"];
const birth = (n: number): string => `${1951 + n * 3}-0${1 + n}-1${n}`;
const idOf = (n: number): string => {
  const first17 = `999999${birth(n).replaceAll("-", "")}00${n}`;
  return first17 + checkCharacter(first17);
};

before(async () => {
  [browser, office] = await Promise.all([openBrowser(), serveCounty()]);
  const { world, county } = office;
  const village = String(world.county * 1e6);
  const police = ["公民身份号码,姓名,性别,民族,出生日期,户籍地行政区划,死亡日期,曾服兵役", ...NAMES.map((name, n) => [idOf(n), n === 1 ? "林自强" : name, "男", "汉族", birth(n), village, n === 6 ? "2017-02-03" : "", "是"].join(","))].join("\n");
  const army = ["身份证号,姓名,出生日期,入伍时间,退役时间,服役身份,退役方式", ...NAMES.map((name, n) => [idOf(n), n === 2 ? "马德福" : name, birth(n), "1975-12-01", "1979-11-30", "义务兵", "退伍"].join(","))].join("\n");
  const asOf = county.extract("public_security").asOf;
  await bringIn(world, world.contacts["public_security"]!, { fileName: "公安.csv", bytes: Buffer.from(police) }, "public_security", asOf);
  await bringIn(world, world.contacts["military_service"]!, { fileName: "人武部.csv", bytes: Buffer.from(army) }, "military_service", asOf);
  [lead, reviewer] = [await openDesk(browser, office.address, "county-lead"), await openDesk(browser, office.address, "county-reviewer")];
  for (const desk of [lead, reviewer]) await signIn(desk);
});
after(async () => {
  await browser?.close();
  await office?.close();
});

test("two lists are fused: conflicts with their sources, a doubtful link decided, the proposal taken in", async () => {
  await lead.go("/fusions");
  const { page } = lead;
  for (const department of ["public_security", "military_service"]) await page.locator(`label:has([data-batch="${department}"]), [data-batch="${department}"]`).first().click();
  await page.locator("#fusion-purpose").fill("初始底册（虚构示例）");
  await tabTo(lead, page.locator('[data-move="start-fusion"]'));
  await picture(lead, "fusions");
  await page.keyboard.press("Enter");
  await page.locator('[data-fusion-state="proposed"]').waitFor({ timeout: 120_000 });
  assert.equal((await page.locator("[data-sums]").innerText()).replaceAll(/\s/gu, ""), "16行=合入13+重复0+未纳入3", "two rows of one who died, one row without a place");
  const address = new URL(page.url()).pathname;
  await page.locator('input[value="conflicts"]').click({ force: true });
  await page.locator('[data-value="general.name"][data-differs="true"]').first().waitFor();
  await accessible(lead, "fusion");
  await picture(lead, "fusion-conflicts");
  await reviewer.go(address);
  await reviewer.page.locator("[data-doubt]").first().waitFor();
  await tabTo(reviewer, reviewer.page.locator('[data-move="same"]').first(), 80);
  await picture(reviewer, "fusion-doubts");
  await reviewer.page.keyboard.press("Enter");
  await reviewer.page.locator("[data-doubt]").waitFor({ state: "detached" });
  await lead.go(address);
  await page.locator('[data-move="accept-fusion"]:enabled').click();
  await page.getByRole("button", { name: "确 定" }).or(page.getByRole("button", { name: "确定" })).click();
  await page.locator('[data-fusion-state="accepted"]').waitFor({ timeout: 60_000 });
  assert.equal((await page.locator("[data-sums]").innerText()).replaceAll(/\s/gu, ""), "16行=合入14+重复0+未纳入2", "the decided row found its person, and with it a place");
  await picture(lead, "fusion-accepted");
  assert.deepEqual([...lead.complaints(), ...reviewer.complaints()], []);
});

test("a department learns only hits: tokens and key handed out, the hits taken back become findings", async () => {
  const { page } = lead;
  await lead.go("/blind-exchanges");
  await page.locator("#blind-department").click();
  await page.keyboard.press("Enter");
  await page.locator("#blind-purpose").fill("核对户籍（虚构示例）");
  await page.locator('[data-move="make-tokens"]').click();
  await page.locator('[data-exchange-state="made"]').waitFor({ timeout: 60_000 });
  await accessible(lead, "blind exchanges");
  await picture(lead, "blind");
  const bytesOf = async (move: string): Promise<Buffer> => {
    const coming = page.waitForEvent("download");
    await page.locator(`[data-move="${move}"]`).click();
    return fs.readFileSync(await (await coming).path());
  };
  const [tokens, key] = [(await bytesOf("tokens")).toString("utf8"), Buffer.from((await bytesOf("key")).toString("utf8").trim(), "hex")];
  for (const clear of [...NAMES, ...NAMES.map((_, n) => idOf(n))]) assert.ok(!tokens.includes(clear));
  const theirs = [0, 1, 3].map((n) => ({ id: String(n), name: NAMES[n]!, sound: "", id18: idOf(n), valid: true, birth: birth(n), sex: "1", phone: "", area: "" }));
  const { hits } = matchTokens(readTokens(tokens), readTokens(tokenFile(theirs, key, "sm3").file));
  const file = Buffer.from(`row,decision,weight\n${hits.map((hit) => `${hit.row},${hit.decision},${hit.weight}\n`).join("")}`);
  await page.locator('input[name="hits"]').setInputFiles({ name: "HITS.csv", mimeType: "text/csv", buffer: file });
  await page.locator('[data-move="take-hits"]:enabled').click();
  await page.locator('[data-exchange-state="returned"]').waitFor();
  await picture(lead, "blind-returned");
  assert.deepEqual(lead.complaints(), []);
});
