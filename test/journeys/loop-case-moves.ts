// Journey: cases that go another way. Equal ones are answered together and none of them closes by it; a wrong one is offered to another
// office and taken; the pages around cases say whose word counts, how the offices do, and hand confirmed errors back, signed.
import assert from "node:assert/strict";
import { accessible, type Desk, picture, tabTo, told } from "./desk.ts";
import type { CountyOffice } from "./office.ts";

type Desks = (login: string) => Promise<Desk>;

/** Opens the first open case of the desk's list and returns its address. */
async function firstOpenCase(desk: Desk): Promise<string> {
  await desk.go("/cases?state=open");
  const link = desk.page.locator("[data-case]").first();
  await link.waitFor();
  await link.click();
  await desk.page.locator("[data-finding]").first().waitFor();
  return new URL(desk.page.url()).pathname;
}

/** One note for equal cases; “corrected” for all of them at once is refused case by case. */
export async function answerTogether(_office: CountyOffice, desks: Desks): Promise<void> {
  const collector = await desks("collector-01a");
  const { page } = collector;
  const address = await firstOpenCase(collector);
  await picture(collector, "case-open");
  await page.locator('[data-move="alike"]').click();
  await page.locator("[data-alike], .ant-empty, [data-nothing]").first().waitFor({ timeout: 10_000 }).catch(() => undefined);
  await accessible(collector, "equal cases");
  await picture(collector, "alike");
  const equal = await page.locator("[data-alike]").count();
  if (equal > 1) {
    await page.locator('input[type=radio][value="correct-ours"]').check();
    await page.locator("#answer-note").fill("统一核对（虚构示例）");
    await page.locator('[data-move="answer-many"]').click();
    await page.locator('[data-outcome="0"]').waitFor();
    assert.equal(await page.locator('[data-result="move-not-possible"]').count(), equal, "nobody corrected anything, and each case says so");
    await picture(collector, "alike-refused");
  }
  await collector.go(address);
  assert.equal(await page.locator("[data-case-state]").getAttribute("data-case-state"), "open");
}

/** A case is offered to the county with a reason; the office sees that it waits. */
export async function offerCase(_office: CountyOffice, desks: Desks): Promise<void> {
  const collector = await desks("collector-01a");
  const { page } = collector;
  const address = await firstOpenCase(collector);
  await page.locator('[data-move="reroute"]').click();
  await told(collector, "请选择乡镇或县级");
  await page.locator("#reroute-to").click();
  await page.locator(".ant-select-item-option").first().waitFor();
  await page.keyboard.type("镇");
  await page.locator(".ant-select-item-option").nth(1).click();
  await page.locator("#reroute-reason").fill("本人长期居住外镇（虚构示例）");
  await picture(collector, "reroute-form");
  await page.locator('[data-move="reroute"]').click();
  await page.locator('[data-reroute="asked"]').waitFor();
  await collector.go(address);
  await picture(collector, "reroute-asked");
  await collector.go("/cases/moves");
  await accessible(collector, "offers");
  await picture(collector, "moves");
}

/** The pages around cases, and a signed file for a department that is checked where it was made. */
export async function aroundCases(_office: CountyOffice, desks: Desks): Promise<void> {
  const county = await desks("county-reviewer");
  for (const [path, ready, name] of [["/cases/league", "[data-league]", "league"], ["/cases/repeats", ".ant-segmented", "repeats"], ["/cases/authority", "[data-laws]", "authority"]] as const) {
    await county.go(path);
    await county.page.locator(ready).waitFor();
    await accessible(county, name);
    await picture(county, name);
  }
  const lead = await desks("county-lead");
  const { page } = lead;
  await lead.go("/cases/returns");
  await page.locator('[data-filter="department"]').click();
  await page.locator(".ant-select-item-option").filter({ hasText: /住建|住房|自然资源/u }).first().click();
  await tabTo(lead, page.locator('[data-move="make-return"]'));
  await page.keyboard.press("Enter");
  await page.locator("[data-return]").waitFor();
  await accessible(lead, "returns");
  const saved = async (text: string | RegExp): Promise<string> => {
    const [download] = await Promise.all([page.waitForEvent("download"), page.locator("[data-return] a").filter({ hasText: text }).first().click()]);
    return (await download.path());
  };
  const [file, signature] = [await saved("XLSX"), await saved("签名")];
  await page.locator("#return-file").setInputFiles(file);
  await page.locator("#return-signature").setInputFiles(signature);
  await page.locator('[data-move="verify-return"]').click();
  await page.locator('[data-valid="true"]').waitFor();
  await page.locator("#return-file").setInputFiles(signature);
  await page.locator('[data-move="verify-return"]').click();
  await page.locator('[data-valid="false"]').waitFor();
  await picture(lead, "returns");
}
