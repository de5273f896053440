// Journey: one record from its place on the list to the register, by keyboard alone (the signature is drawn by hand).
import assert from "node:assert/strict";
import { veterans } from "../../schemes/veterans/scheme.ts";
import { initialsOf, nameSyllables } from "../../src/platform/pinyin.ts";
import { accessible, type Desk, picture, tabTo, told } from "./desk.ts";
import { faultsLeft, fillByFaults } from "./form-keys.ts";
import type { CountyOffice } from "./office.ts";

/** A clean person of the first township on the base list: a serving soldier's family, with the shortest sub-form. */
const SUBJECT = "P000053";

type Desks = (login: string) => Promise<Desk>;

/** Finds people with the box at the top: `/`, what is known, Enter. @returns the names found */
export async function search(desk: Desk, text: string): Promise<string[]> {
  const { page } = desk;
  await page.locator("body").press("Escape");
  await page.locator("#content").focus();
  await page.keyboard.press("/");
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.type(text);
  await page.keyboard.press("Enter");
  await page.waitForURL((url) => url.pathname === "/people" && !decodeURIComponent(url.href).includes(text));
  await page.locator(`[data-asked="${text}"]`).filter({ hasText: /找到 \d+ 人/ }).waitFor();
  return page.locator("a[data-record]").allInnerTexts();
}

/** Goes from the people found to the record of that name, and on to a move there. */
export async function openFound(desk: Desk, name: string): Promise<void> {
  const link = desk.page.locator("a[data-record]").filter({ hasText: name }).first();
  await tabTo(desk, link);
  await desk.page.keyboard.press("Enter");
  await desk.page.getByRole("heading", { level: 1, name: `档案：${name}` }).waitFor();
}

export async function pressMove(desk: Desk, move: string): Promise<void> {
  await tabTo(desk, desk.page.locator(`[data-move="${move}"]`).first());
  await desk.page.keyboard.press("Enter");
}

export async function captureAndReview(office: CountyOffice, desks: Desks): Promise<void> {
  const person = office.county.persons().find((each) => each.key === SUBJECT)!;
  await capture(office, await desks("collector-01a"), person.name, person.idNumber);
  await review(await desks("reviewer-01"), person.name);
  await answer(await desks("collector-01a"), person.name);
  await approve(await desks("reviewer-01"), person.name);
  await approve(await desks("county-reviewer"), person.name);
  const collector = await desks("collector-01a");
  assert.deepEqual(await search(collector, person.idNumber), [person.name]);
  await openFound(collector, person.name);
  await collector.page.locator(".page-head").filter({ hasText: "已入库" }).waitFor();
  await accessible(collector, "record");
  await picture(collector, "record");
}

async function capture(office: CountyOffice, collector: Desk, name: string, idNumber: string): Promise<void> {
  const { page } = collector;
  // Two characters or three letters are the least.
  const ways = [initialsOf(nameSyllables(name)), name.slice(-2), idNumber].filter((known) => known.length > 2 || /\p{Script=Han}{2}/u.test(known));
  for (const known of ways) assert.ok((await search(collector, known)).includes(name), `${known} finds ${name}`);
  await accessible(collector, "people");
  await openFound(collector, name);
  await pressMove(collector, "capture");
  await page.getByRole("heading", { level: 1, name: `采集：${name}` }).waitFor();

  const item = page.locator('[data-item="general.id_number"]');
  await tabTo(collector, item.locator("input"));
  await page.keyboard.press("End");
  await page.keyboard.press("Backspace");
  await page.keyboard.type(idNumber.endsWith("1") ? "2" : "1");
  await item.locator("[data-issue]").first().waitFor();
  await item.locator(`[data-proposal="${idNumber}"]`).waitFor();
  await picture(collector, "capture-check");
  await tabTo(collector, item.locator(`[data-proposal="${idNumber}"]`));
  await page.keyboard.press("Enter");
  await item.locator("[data-issue]").first().waitFor({ state: "detached" });

  await page.keyboard.press("ControlOrMeta+Enter");
  await told(collector, /未提交：还有 \d+ 项必须改正/);
  await accessible(collector, "capture");
  await picture(collector, "capture");
  const visit = office.county.capturesOf(office.county.persons().find((each) => each.key === SUBJECT)!)[0]!;
  const images = await office.county.images();
  await fillByFaults(page, veterans, visit.answers, (path) => {
    const use = visit.pictures.find((each) => each.path === path);
    assert.ok(use, path);
    return images[use.palette][use.index % images[use.palette].length]!;
  });
  assert.equal(await faultsLeft(page), 0);
  await page.keyboard.press("ControlOrMeta+S");
  await page.locator('[data-unsaved="0"]').waitFor();
  await submit(collector);
  await page.getByRole("heading", { level: 1, name: `档案：${name}` }).waitFor();
  await page.locator(".page-head").filter({ hasText: "待乡镇审核" }).waitFor();
}

/** Ctrl+Enter; where the check asks for an explanation, the cursor is in its box and it is given. */
async function submit(collector: Desk): Promise<void> {
  const { page } = collector;
  await page.keyboard.press("ControlOrMeta+Enter");
  const asked = page.locator('[name="reason"]:focus');
  const sent = page.locator(".ant-message-notice").filter({ hasText: "已提交审核" }).first();
  await asked.or(sent).first().waitFor();
  if (await asked.isVisible()) {
    await page.keyboard.type("已与本人及材料核对，情况属实（虚构示例）");
    await page.keyboard.press("ControlOrMeta+Enter");
  }
  await sent.waitFor();
}

async function review(reviewer: Desk, name: string): Promise<void> {
  const { page } = reviewer;
  await reviewer.go("/review");
  await page.locator(".review-bar").filter({ hasText: name }).waitFor();
  await accessible(reviewer, "review");
  await page.keyboard.press("r");
  await told(reviewer, "退回前请至少写一条批注");
  await tabTo(reviewer, page.locator('[data-action="pin"][data-path="general.residence_address"]'), 120);
  await page.keyboard.press("Space");
  await page.locator('[name="remark:general.residence_address"]:focus').waitFor();
  await page.keyboard.type("实际居住地址请写到门牌号");
  await picture(reviewer, "review");
  await page.keyboard.press("Escape");
  await page.keyboard.press("r");
  await told(reviewer, `已退回：${name}`);
}

async function answer(collector: Desk, name: string): Promise<void> {
  const { page } = collector;
  await collector.go("/");
  await tabTo(collector, page.locator('[data-queue="returned"]'));
  await page.keyboard.press("Enter");
  await page.locator("a[data-record]").first().waitFor();
  await openFound(collector, name);
  await pressMove(collector, "capture");
  await told(collector, /1 条未答复/);
  await page.keyboard.press("ControlOrMeta+Enter");
  await told(collector, "未提交：还有 1 条批注未答复");
  await page.locator('textarea[name^="answer-"]:focus').waitFor();
  await page.keyboard.type("已补充门牌号");
  await picture(collector, "capture-remark");
  await tabTo(collector, page.locator('[data-action="answer-remark"]'));
  await page.keyboard.press("Enter");
  await told(collector, "答复已发送");
  await page.locator(".remark.answered").waitFor();
  await submit(collector);
}

async function approve(reviewer: Desk, name: string): Promise<void> {
  const { page } = reviewer;
  await reviewer.go("/review");
  await page.locator(".review-bar").filter({ hasText: name }).waitFor();
  await page.keyboard.press("a");
  await told(reviewer, `已通过：${name}`);
}
