// Journey: the people of a round who take another way: refused, not found, registered elsewhere, captured twice; and what stays closed to whom.
import assert from "node:assert/strict";
import { capturesOf } from "../../src/cli/demo/captures.ts";
import { drawImages } from "../../src/cli/demo/images.ts";
import { capture } from "../../src/cli/demo/loop-capture.ts";
import type { Person } from "../../src/cli/demo/people.ts";
import { demoPassword } from "../../src/cli/demo/world.ts";
import { accountsAndOffices } from "../../src/modules/access/service.ts";
import { addAccount } from "../../src/modules/access/queries.ts";
import { hashPassword } from "../../src/modules/access/passwords.ts";
import { actorOfAccount } from "../../src/modules/access/sign-in.ts";
import { newId } from "../../src/core/ids.ts";
import { searchPeople } from "../../src/modules/records/service.ts";
import { systemActor } from "../../src/platform/database.ts";
import { accessible, type Desk, picture, tabTo, told } from "./desk.ts";
import { openFound, pressMove, search } from "./loop-record.ts";
import type { CountyOffice } from "./office.ts";

type Desks = (login: string) => Promise<Desk>;

const withPlan = (office: CountyOffice, plan: Person["plan"]): Person => office.county.persons().find((each) => each.plan === plan)!;
const collectorOf = (townshipIndex: number, letter: string): string => `collector-0${townshipIndex + 1}${letter}`;

/** Records an outcome from the record's page, by keyboard. */
async function recordOutcome(collector: Desk, person: Person, outcome: string, words: string): Promise<void> {
  const { page } = collector;
  await search(collector, person.name);
  await openFound(collector, person.name);
  await pressMove(collector, "outcome");
  const dialog = page.getByRole("dialog");
  await dialog.waitFor();
  await tabTo(collector, dialog.locator("input[type=radio]").first());
  await page.keyboard.press("Space");
  for (let i = 0; i < 4 && (await page.evaluate(() => (document.activeElement instanceof HTMLInputElement ? document.activeElement.value : ""))) !== outcome; i += 1) await page.keyboard.press("ArrowDown");
  await tabTo(collector, dialog.locator('[name="outcome-note"]'));
  await page.keyboard.type("两次上门（虚构示例）");
  await accessible(collector, "outcome");
  await tabTo(collector, dialog.locator('[data-action="confirm-outcome"]'));
  await page.keyboard.press("Enter");
  await page.locator(".page-head").filter({ hasText: words }).waitFor();
}

export async function outcomes(office: CountyOffice, desks: Desks): Promise<void> {
  for (const [plan, words] of [["refused", "自愿放弃"], ["not-found", "查无此人"]] as const) {
    const person = withPlan(office, plan);
    await recordOutcome(await desks(collectorOf(person.township, "a")), person, plan, words);
  }
}

/** The list puts the person into the wrong township; the right one takes the record over, and then the wrong one sees it no more. */
export async function handOver(office: CountyOffice, desks: Desks): Promise<void> {
  const person = withPlan(office, "registered-in-other-township");
  const [visit] = capturesOf(office.county, person);
  const collector = await desks(collectorOf(person.elsewhere!, "a"));
  const { page } = collector;
  await search(collector, person.idNumber);
  await openFound(collector, person.name);
  const address = new URL(page.url()).pathname;
  await pressMove(collector, "ask-handover");
  const dialog = page.getByRole("dialog");
  await tabTo(collector, dialog.getByRole("combobox"));
  await page.keyboard.type(visit!.village);
  await page.locator(".ant-select-dropdown:visible .ant-select-item-option-active").filter({ hasText: "福建省" }).waitFor();
  await page.keyboard.press("Enter");
  await tabTo(collector, dialog.locator('[name="handover-reason"]'));
  await page.keyboard.type("户籍在外镇（虚构示例）");
  await accessible(collector, "hand-over");
  await tabTo(collector, dialog.locator('[data-action="confirm-handover"]'));
  await page.keyboard.press("Enter");
  await told(collector, "已提出移交");

  const taker = await desks(`reviewer-0${person.township + 1}`);
  await taker.go(address);
  await told(taker, /没有找到|不存在|未找到/);
  await taker.go("/");
  await tabTo(taker, taker.page.locator('[data-queue="handovers-in"]'));
  await taker.page.keyboard.press("Enter");
  await taker.page.getByRole("row").filter({ hasText: "户籍在外镇（虚构示例）" }).waitFor();
  await accessible(taker, "hand-overs");
  await picture(taker, "handovers");
  await tabTo(taker, taker.page.locator("[data-handover-accept]").first());
  await taker.page.keyboard.press("Enter");
  await told(taker, "已办理");
  await taker.go(address);
  assert.equal(await taker.heading(), `档案：${person.name}`);
  await collector.go(address);
  await told(collector, /没有找到|不存在|未找到/);
}

/** Somebody captured again elsewhere: the number is contested, and the county merges the two. */
export async function mergeDuplicate(office: CountyOffice, desks: Desks): Promise<void> {
  const person = withPlan(office, "captured-twice");
  const collector = await desks(collectorOf(person.elsewhere!, "b"));
  const { page } = collector;
  await collector.go("/records/new");
  await accessible(collector, "add a person");
  await page.locator('[data-area-picker="new-area"]').getByRole("combobox").focus();
  await page.keyboard.type(office.county.geography.townships[person.elsewhere!]!.villages[0]!.code);
  await page.locator(".ant-select-dropdown:visible .ant-select-item-option-active").filter({ hasText: "福建省" }).waitFor();
  await page.keyboard.press("Enter");
  await tabTo(collector, page.locator('[name="general.name"]'));
  await page.keyboard.type(person.name);
  await tabTo(collector, page.locator('[name="general.id_number"]'));
  await page.keyboard.type(person.idNumber);
  await tabTo(collector, page.locator('[data-action="save-new"]'), 90);
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: `采集：${person.name}` }).waitFor();
  // That another township holds the number is told to the county only.
  if ((await page.locator('[data-issue="duplicate-person"]').count()) > 0) throw new Error("the collector is told that another office holds the number");
  await picture(collector, "capture-duplicate");
  const record = /records\/(\d+)\/([0-9a-f-]+)/.exec(page.url())!;

  const reviewer = await desks("county-reviewer");
  await reviewer.go(`/review?record=${record[1]}-${record[2]}`);
  await pressMove(reviewer, "merge");
  const dialog = reviewer.page.getByRole("dialog");
  const other = dialog.locator("[data-merge]").first();
  await other.waitFor();
  await accessible(reviewer, "merge");
  await picture(reviewer, "merge");
  await tabTo(reviewer, other);
  await reviewer.page.keyboard.press("Space");
  await tabTo(reviewer, dialog.locator('[data-action="confirm-merge"]'));
  await reviewer.page.keyboard.press("Enter");
  await told(reviewer, "已合并");
  await collector.go(`/records/${record[1]}/${record[2]}`);
  await told(collector, "该档案已并入另一档案");
}

/** Rights on pages: another township, a contact, somebody reviewing their own capture. */
export async function closedDoors(office: CountyOffice, desks: Desks): Promise<void> {
  const reviewer = await desks("reviewer-01");
  await reviewer.go("/records?state=accepted");
  const link = reviewer.page.locator("a[data-record]").first();
  await link.waitFor();
  const address = (await link.getAttribute("href"))!;
  const stranger = await desks("reviewer-02");
  await stranger.go(address);
  await told(stranger, /没有找到|不存在|未找到/);
  assert.deepEqual(await search(stranger, (await link.innerText()).trim()), []);

  const contact = await desks("contact-housing");
  const menu = await contact.page.getByRole("navigation").first().innerText();
  assert.match(menu, /数据导入/);
  assert.doesNotMatch(menu, /查找人员|档案清单|核查任务|审核|机构/);
  assert.equal(await contact.page.locator('[name="global-search"]').count(), 0);
  await contact.go(address);
  await told(contact, /没有.*权限|岗位/);

  const collector = await desks("collector-01a");
  await collector.go(`/review?record=${address.split("/").slice(2).join("-")}`);
  await told(collector, /没有.*权限|岗位/);
}

/** Somebody with both roles: the office is small, but nobody reviews what they captured, and the button says so. */
export async function ownCapture(office: CountyOffice, desks: Desks): Promise<void> {
  const { world, county } = office;
  const { platform } = world;
  const login = "both-hats";
  const { offices } = await platform.database.write(systemActor("journey"), (tx) => accountsAndOffices(tx));
  const officeId = offices.find((each) => each.area.code === world.reviewers[0]!.area)!.id;
  const account = newId();
  const passwordHash = await hashPassword(demoPassword);
  await platform.database.write(systemActor("journey"), (tx) => addAccount(tx, { id: account, login, name: "一人两岗（演示）", passwordHash, activatedAt: new Date(), officeId, roles: ["collector", "township-reviewer"], endsOn: "2099-12-31", demo: true }));
  const actor = (await actorOfAccount(platform, account))!;
  const visit = [...county.captures()].find((each) => each.plan === "clean" && each.who === "base" && each.townshipIndex === 0 && each.person !== "P000053")!;
  const { rows } = await platform.database.write(actor, (tx) => searchPeople(tx, platform, { campaign: world.campaign.id, q: visit.idNumber }));
  const { id, head } = rows[0]!;
  await capture(world, actor, visit, await drawImages(county.seed), { county: world.county, id, head }, visit.answers);
  const desk = await desks(login);
  await desk.go(`/review?record=${world.county}-${id}`);
  const approve = desk.page.locator('[data-move="approve"]');
  await approve.waitFor();
  assert.equal(await approve.getAttribute("aria-disabled"), "true");
  assert.equal(await approve.getAttribute("aria-description"), "采集人不能审核自己采集的档案");
  await desk.page.keyboard.press("a");
  await told(desk, "采集人不能审核自己采集的档案");
  await desk.page.locator(".review-bar").filter({ hasText: "待乡镇审核" }).waitFor();
}
