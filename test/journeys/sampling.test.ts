// A lot that fails, as its people live it, and the next round as its lead opens it, with a move that the last round kept for it. The lot: the lead sets the plan, the township draws, another collector captures again on a blank form, the lot
// goes back whole, and who captured it finds it returned with remarks.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Browser } from "playwright-core";
import type { Capture } from "../../src/cli/demo/captures.ts";
import { drawImages } from "../../src/cli/demo/images.ts";
import { makeVisits } from "../../src/cli/demo/loop-capture.ts";
import { bringIn } from "../../src/cli/demo/loop-match.ts";
import { levelOf } from "../../src/core/area-code.ts";
import { listRecords } from "../../src/modules/records/service.ts";
import { decideBatch } from "../../src/modules/review/service.ts";
import { openBrowser } from "../browser.ts";
import { accessible, type Desk, type Desks, desksOf, picture, told } from "./desk.ts";
import { openFound, pressMove, search } from "./loop-record.ts";
import { type CountyOffice, serveCounty } from "./office.ts";

let browser: Browser;
let office: CountyOffice;
let people: readonly Capture[];
/** Moves away after the reference date: the next round takes it up. */
let mover: Capture;
let images: Awaited<ReturnType<typeof drawImages>>;
let desks: Desks;
const desk = (login: string): Promise<Desk> => desks.of(login);

before(async () => {
  [browser, office] = await Promise.all([openBrowser(), serveCounty()]);
  desks = desksOf(browser, office.address);
  const { world, county } = office;
  await bringIn(world, world.countyLead, await county.baseListFile());
  const clean = [...county.captures()].filter((visit) => visit.plan === "clean" && visit.townshipIndex === 0 && visit.who !== "new" && !visit.handover && !visit.second && !visit.outcome).map((visit) => ({ ...visit, collector: 0 as const }));
  const villages = [...Map.groupBy(clean, (visit) => visit.village).values()].toSorted((a, b) => b.length - a.length);
  people = (villages[0] ?? []).slice(0, 3);
  assert.ok(people.length >= 1);
  const [early, moving] = villages[1] ?? [];
  assert.ok(early && moving);
  mover = moving;
  images = await drawImages(county.seed);
  await makeVisits(world, [early], images, () => {});
});
/** Everything that was submitted until now is approved by township and county. */
async function acceptAll(): Promise<void> {
  const { platform, reviewers, countyReviewer, campaign } = office.world;
  for (const actor of [reviewers[0]!, countyReviewer]) {
    await platform.database.write(actor, async (tx) => {
      const { rows } = await listRecords(tx, platform, { campaign: campaign.id, desk: levelOf(actor.area), limit: 500 });
      const { refused } = await decideBatch(tx, platform, { records: rows.map(({ county, id, head }) => ({ county, id, basedOn: head })) });
      assert.deepEqual(refused, []);
    });
  }
}
after(async () => {
  await browser?.close();
  await office?.close();
});

test("a move after the reference date does not end the record: it is kept for the next round, and the person is captured as at that date", async () => {
  const collector = await desk("collector-01a");
  const { page } = collector;
  await collector.go("/");
  const { name } = mover;
  await search(collector, name);
  await openFound(collector, name);
  await pressMove(collector, "outcome");
  const dialog = page.getByRole("dialog");
  await dialog.locator('[data-outcome="moved"]').click();
  await dialog.locator('[name="outcome-date"]').fill("20181120");
  await dialog.locator('[name="outcome-note"]').fill("迁往外县（虚构）");
  await dialog.locator('[data-action="confirm-outcome"]').press("Enter");
  await page.locator('[data-parked="waits"]').filter({ hasText: "2018-11-20" }).filter({ hasText: "迁往外县" }).waitFor();
  await picture(collector, "parked-waits");
  await makeVisits(office.world, [mover], images, () => {});
  await acceptAll();
  await makeVisits(office.world, people, images, () => {});
});

test("a lot that fails its sample goes back whole, and its collector finds it returned", async () => {
  const lead = await desk("county-lead");
  await lead.go("/sampling");
  await accessible(lead, "plans of sampling");
  await picture(lead, "sampling-plans");
  await lead.page.locator('[data-action="set-plan-4"]').press("Enter");
  await told(lead, "方案已保存");

  const reviewer = await desk("reviewer-01");
  await reviewer.go("/sampling");
  const draw = reviewer.page.locator("[data-draw]").first();
  await draw.waitFor();
  await accessible(reviewer, "lots that wait");
  await picture(reviewer, "sampling-lots");
  await draw.press("Enter");
  await reviewer.page.locator('[data-state="open"]').first().waitFor();
  assert.ok(await reviewer.page.locator('[data-action="judge"]').isDisabled(), "nothing is judged before everybody was captured again");
  await accessible(reviewer, "an open sample");
  const address = new URL(reviewer.page.url()).pathname;

  const first = await desk("collector-01a");
  await first.go("/recaptures");
  await first.page.getByText("没有待复核的人员").waitFor();
  const second = await desk("collector-01b");
  await second.go("/recaptures");
  await second.page.locator("[data-recapture]").first().press("Enter");
  await second.page.getByText("空白表").waitFor();
  const name = second.page.locator('[name="general.name"]');
  await name.waitFor();
  assert.equal(await name.inputValue(), "", "nothing of the first answers is on the form");
  await name.fill("虚构他人");
  await accessible(second, "a blank form");
  await picture(second, "recapture");
  await second.page.locator('[data-action="hand-in"]').press("Enter");
  await told(second, "复核已提交");

  await reviewer.go(address);
  await reviewer.page.locator('[data-action="judge"]').press("Enter");
  await reviewer.page.locator('[data-verdict="failed"]').waitFor();
  await reviewer.page.locator("[data-differs]").first().waitFor();
  await accessible(reviewer, "a failed lot");
  await picture(reviewer, "sampling-failed");
  await first.go("/records?state=returned");
  await first.page.locator("a[data-record]").first().waitFor();
  assert.equal(await first.page.locator("a[data-record]").count(), people.length, "all of the lot went back");
  assert.deepEqual(desks.complaints(), []);
});

test("the lead opens the next round: its days are checked as they are typed; levels, a seat and an office are set; the last round is carried", async () => {
  const lead = await desk("county-lead");
  const { page } = lead;
  const year = new Date().getFullYear();
  await lead.go("/round/new");
  await page.locator('[data-round="fine"]').waitFor();
  await accessible(lead, "opening a round");
  const end = page.locator('[name="end-capture"]');
  await end.fill(`${year}-01-01`);
  await page.locator('[data-round="faulty"]').waitFor();
  assert.ok(await page.locator('[data-move="open-round"]').isDisabled());
  await end.fill(`${year}1220`);
  await end.press("Tab");
  await page.locator('[data-round="fine"]').waitFor();
  assert.equal(await end.inputValue(), `${year}-12-20`);
  await picture(lead, "round-new");
  await page.locator('[data-move="open-round"]').press("Enter");
  await told(lead, "已开展");

  await page.locator('[data-chain="4,3"]').waitFor();
  await page.getByRole("checkbox", { name: "村（社区）" }).press("Space");
  await page.locator('[data-chain="5,4,3"]').waitFor();
  await page.locator("#seat-department").fill("public_security");
  await page.locator("#seat-fields").fill("姓名");
  await page.locator("#seat-fields").press("Enter");
  await page.locator('[data-action="add-seat"]').press("Enter");
  await page.locator('[data-seat="public_security"]').waitFor();
  await page.locator('[data-office="transferred_cadre"] input').fill("human_resources");
  await accessible(lead, "how a round is reviewed");
  await page.locator('[data-move="save-review"]').press("Enter");
  await told(lead, "已保存");
  await picture(lead, "round-review");

  await lead.go("/round/last");
  await page.locator('[data-move="carry"]').press("Enter");
  await page.locator('[data-task="done"]').waitFor();
  await page.locator("[data-village]").first().waitFor();
  await accessible(lead, "the round before");
  await picture(lead, "round-last");

  const collector = await desk("collector-01a");
  await collector.go("/records?state=listed");
  await collector.page.locator("a[data-record]").first().press("Enter");
  await collector.page.locator('[data-visits="0"]').waitFor();
  await collector.page.getByText("与上一轮一致").waitFor();
  await accessible(collector, "a record with its visits and the last round");
  await collector.page.locator('[data-move="record-visit"]').press("Enter");
  await collector.page.locator('[data-visits="1"]').waitFor();
  await collector.page.locator('[name="visit-reason"]').fill("行动不便（虚构）");
  await collector.page.locator('[name="visit-reason"]').press("Enter");
  await collector.page.locator("[data-visit-asked]").waitFor();
  await picture(collector, "record-visits");
});

test("the next round shows the move that the last one kept, and whoever stands there takes it over", async () => {
  const collector = await desk("collector-01a");
  const { page } = collector;
  await collector.go("/");
  const { name } = mover;
  await search(collector, name);
  await page.locator("a[data-record]").first().waitFor();
  const kept = page.locator('[data-parked="here"]').filter({ hasText: "2018-11-20" });
  for (const link of await page.locator("a[data-record]").all()) {
    await link.press("Enter");
    await page.getByRole("heading", { level: 1, name: `档案：${name}` }).waitFor();
    await page.locator("[data-parked]").first().waitFor();
    if ((await kept.count()) > 0) break;
    await page.goBack();
  }
  await picture(collector, "parked-here");
  await kept.locator('[data-move="take-parked"]').press("Enter");
  await told(collector, "已登记");
  await page.locator('.page-head [data-state="moved"]').waitFor();
  await page.locator('[data-parked="taken-over"]').waitFor();
  assert.deepEqual(desks.complaints(), []);
});

test("a section is locked and let go with a reason; a township's extension is approved by the lead", async () => {
  const county = await desk("county-reviewer");
  await county.go("/round");
  await county.page.locator('[data-chain="5,4,3"]').waitFor();
  assert.equal(await county.page.locator('[data-move="save-review"]').count(), 0, "who does not lead only reads");
  await county.page.locator("#lock-place").fill("优抚");
  await county.page.locator("#lock-place").press("Enter");
  await county.page.locator('[data-move="lock-section"]').press("Enter");
  await county.page.getByText("请选择区划和部分，并填写理由").waitFor();
  await county.page.locator("#lock-reason").fill("身份已核定（虚构）");
  await county.page.locator("#lock-reason").press("Enter");
  await county.page.locator("[data-locked]").waitFor();
  await picture(county, "round-locked");
  await county.page.locator("[data-release]").press("Enter");
  await county.page.locator('[name="release-reason"]').fill("补充证明（虚构）");
  await county.page.locator('[name="release-reason"]').press("Enter");
  await county.page.getByText("没有锁定").waitFor();

  const [reviewer, lead] = [await desk("reviewer-01"), await desk("county-lead")];
  await reviewer.go("/calendar");
  const until = new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10);
  const ask = async (): Promise<void> => {
    await reviewer.page.locator("#extend-until").fill(until);
    await reviewer.page.locator("#extend-reason").fill("山路封闭（虚构）");
    await reviewer.page.locator("#extend-reason").press("Enter");
    await reviewer.page.locator('[data-extension="asked"]').waitFor();
  };
  // The round that the lead opened meanwhile does not take the place of the one at hand, also when the rounds are read again; opened anew, pages show the newest.
  await ask();
  await reviewer.page.reload();
  await ask();
  await lead.go("/calendar");
  await lead.page.locator('[data-move="approve-extension"]').press("Enter");
  await lead.page.locator('[data-extension="approved"]').waitFor();
  assert.deepEqual(desks.complaints(), []);
});
