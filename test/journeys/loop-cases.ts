// Journey: a department's list comes in, is matched, doubtful pairs are decided, and cases are settled: only the same check closes them.
import assert from "node:assert/strict";
import { type Extract, writeExtract } from "../../src/cli/demo/extracts.ts";
import { drawImages } from "../../src/cli/demo/images.ts";
import { makeVisits } from "../../src/cli/demo/loop-capture.ts";
import { approveEverything } from "../../src/cli/demo/loop-review.ts";
import { rowOf } from "../../src/cli/demo/loop-match.ts";
import { listRecords } from "../../src/modules/records/service.ts";
import { accessible, type Desk, picture, tabTo, told } from "./desk.ts";
import type { CountyOffice } from "./office.ts";

type Desks = (login: string) => Promise<Desk>;

/** Planted in the housing list of this county: one where theirs is right, one where ours is. Both live in the first township. */
const WRONG = "P000001";
const RIGHT = "P000034";

/** The others of the county take the same way through the services, so that there is somebody to match. */
export async function captureTheOthers(office: CountyOffice): Promise<void> {
  const { world, county } = office;
  const wanted = new Set([WRONG, RIGHT, ...county.extract("housing").rows.flatMap((row) => (row.dirt ? [row.person] : []))]);
  const waiting = await world.platform.database.write(world.countyLead, (tx) => listRecords(tx, world.platform, { campaign: world.campaign.id, state: "submitted", limit: 50 }));
  const taken = new Set(waiting.rows.map((row) => row.name));
  const visits = [...county.captures()].filter((visit) => visit.plan === "clean" && visit.person !== "P000053" && !taken.has(visit.name) && (wanted.has(visit.person) || Number(visit.person.slice(1)) % 4 === 0));
  await makeVisits(world, visits, await drawImages(county.seed), () => {});
  await approveEverything(world);
  await office.settle();
}

export async function matchHousing(office: CountyOffice, desks: Desks): Promise<void> {
  const { extract, married } = twoNames(office);
  const { fileName } = extract;
  const bytes = await writeExtract(extract);
  const contact = await desks("contact-housing");
  await contact.go("/imports/new");
  await contact.page.locator("input[type=file]").setInputFiles({ name: fileName, mimeType: "text/csv", buffer: Buffer.from(bytes) });
  await contact.page.locator('[data-move="upload"]').press("Enter");
  await told(contact, "请填写比对目的");
  await contact.page.locator('[name="asOf"]').fill("2018年10月31日");
  await contact.page.locator('[name="purpose"]').fill("优抚对象住房情况核对（虚构示例）");
  await contact.page.keyboard.press("Enter");
  await contact.page.locator('[data-move="run-import"]').press("Enter");
  const result = contact.page.locator("[data-result]");
  await result.waitFor({ timeout: 30_000 });
  assert.match((await result.getAttribute("data-result"))!, new RegExp(`=${extract.rows.length}$`));

  const lead = await desks("county-lead");
  await lead.go("/match-runs");
  await accessible(lead, "match runs");
  await tabTo(lead, lead.page.locator('[data-filter="batch"]').getByRole("combobox").or(lead.page.locator("#batch")).first());
  await lead.page.keyboard.press("ArrowDown");
  await lead.page.locator(".ant-select-dropdown:visible .ant-select-item-option-active").waitFor();
  await lead.page.keyboard.press("Enter");
  await lead.page.keyboard.press("Tab");
  await tabTo(lead, lead.page.locator('[data-move="start-match"]'));
  await lead.page.keyboard.press("Enter");
  await lead.page.locator('[data-run-state="waiting"], [data-run-state="running"], [data-run-state="done"]').first().waitFor();
  await picture(lead, "match-running");
  await lead.page.locator('[data-run-state="done"]').waitFor({ timeout: 60_000 });
  await accessible(lead, "match run");
  await picture(lead, "match-run");
  const run = new URL(lead.page.url()).pathname;
  await decidePairs(await desks("county-reviewer"), `${run}/pairs`, (row) => rowOf(extract, row).person === married);
  // One number under two names is hard: a second person decides too.
  await decidePairs(await desks("county-reviewer-2"), `${run}/pairs?state=second-needed`, (row) => rowOf(extract, row).person === married);
  await office.settle();
}

/** The housing list with two names that are not ours beside the right numbers: one person goes by another name, the other number was borrowed. */
function twoNames({ county }: CountyOffice): { readonly extract: Extract; readonly married: string } {
  const extract = county.extract("housing");
  const plans = new Map(county.persons().map((person) => [person.key, person.plan]));
  const [married, borrowed] = extract.rows.filter((row) => row.dirt === undefined && plans.get(row.person) === "clean" && Number(row.person.slice(1)) % 4 === 0).map((row) => row.person);
  const at = extract.headings.findIndex((heading) => heading === "权利人");
  assert.ok(married !== undefined && borrowed !== undefined && at >= 0);
  const other: Readonly<Record<string, string>> = { [married]: "慕容雪莹", [borrowed]: "司徒远山" };
  return { married, extract: { ...extract, rows: extract.rows.map((row) => (other[row.person] === undefined ? row : { ...row, cells: row.cells.map((cell, i) => (i === at ? other[row.person]! : cell)) })) } };
}

/** Y and N decide each pair. */
async function decidePairs(reviewer: Desk, path: string, same: (row: number) => boolean): Promise<void> {
  const { page } = reviewer;
  await reviewer.go(path);
  const done = page.locator("[data-pairs-done]");
  await done.waitFor();
  await page.locator("table[data-pair]").waitFor();
  await accessible(reviewer, "pairs");
  await picture(reviewer, "pairs");
  const all = Number(await done.getAttribute("data-pairs-of"));
  assert.ok(all >= 2, await done.innerText());
  for (let i = 0; i < all; i = Number(await done.getAttribute("data-pairs-done"))) {
    await page.locator('[data-move="same"][aria-disabled="false"]').waitFor();
    const row = Number((await page.locator("table[data-pair]").getAttribute("data-pair"))!.split("-")[0]);
    await page.keyboard.press(same(row) ? "y" : "n");
    await page.waitForFunction((before) => Number(document.querySelector("[data-pairs-done]")?.getAttribute("data-pairs-done")) > before, i);
  }
  await page.locator("[data-held]").waitFor({ state: "detached", timeout: 20_000 });
}

async function openCase(desk: Desk, name: string): Promise<string> {
  await desk.go("/cases");
  const link = desk.page.getByRole("row").filter({ hasText: name }).getByRole("link").first();
  await link.waitFor();
  await tabTo(desk, link);
  await desk.page.keyboard.press("Enter");
  await desk.page.locator("[data-finding]").first().waitFor();
  return new URL(desk.page.url()).pathname;
}

async function answer(desk: Desk, which: string, note: string, proof?: Buffer): Promise<void> {
  const { page } = desk;
  await page.locator(`input[type=radio][value="${which}"]`).focus();
  await page.keyboard.press("Space");
  await page.locator("#answer-note").fill(note);
  if (proof) await page.locator("#answer-proof").setInputFiles({ name: "不动产权证（虚构）.jpg", mimeType: "image/jpeg", buffer: proof });
  await tabTo(desk, page.locator('[data-move="answer"]'));
  await page.keyboard.press("Enter");
}

async function stateOf(desk: Desk, address: string, wanted: string, office: CountyOffice): Promise<void> {
  for (let i = 0; i < 20; i += 1) {
    await office.settle();
    await desk.go(address);
    await desk.page.locator("[data-case-state]").waitFor();
    if ((await desk.page.locator("[data-case-state]").getAttribute("data-case-state")) === wanted) return;
  }
  assert.fail(`the case is ${await desk.page.locator("[data-case-state]").innerText()}, not ${wanted}`);
}

/** Theirs is right: “corrected” is refused until there is a correction, and the accepted correction closes the case. */
export async function correctOurs(office: CountyOffice, desks: Desks): Promise<void> {
  const person = office.county.persons().find((each) => each.key === WRONG)!;
  const planted = office.county.extract("housing").planted.find((each) => each.person === WRONG)!;
  const collector = await desks("collector-01a");
  const { page } = collector;
  const address = await openCase(collector, person.name);
  await accessible(collector, "case");
  await picture(collector, "case");
  await answer(collector, "correct-ours", "已与本人核对（虚构示例）");
  await page.locator(".ant-alert-error").first().waitFor();
  assert.match(await page.locator(".ant-alert-error").first().innerText(), /修订|更正/);
  await collector.go(address);
  await tabTo(collector, page.locator('[data-move="correct-record"]'));
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: `修订：${person.name}` }).waitFor();
  await accessible(collector, "correction");
  for (const code of (planted.corrected!["general.housing"] as string[])) {
    const box = page.locator('[data-item="general.housing"]').locator(`[data-code="${code}"]`).first();
    await box.click();
  }
  for (const other of await page.locator('[data-item="general.housing"] input:checked').all()) {
    const code = await other.evaluate((element) => element.closest("[data-code]")?.getAttribute("data-code") ?? element.getAttribute("data-code"));
    if (!(planted.corrected!["general.housing"] as string[]).includes(code ?? "")) await other.press("Space");
  }
  const area = page.locator('[name="general.housing_area"]');
  await area.fill(String(planted.corrected!["general.housing_area"]));
  await page.locator('[data-faults="0"]').waitFor();
  await page.keyboard.press("ControlOrMeta+Enter");
  await page.locator('[name="reason"]:focus').waitFor();
  await page.keyboard.type("依据不动产登记核实后更正（虚构示例）");
  await page.keyboard.press("ControlOrMeta+Enter");
  await page.waitForURL((url) => url.pathname === address);
  await answer(collector, "correct-ours", "档案已修订（虚构示例）");
  await told(collector, "答复已提交");
  for (const login of ["reviewer-01", "county-reviewer"]) {
    const reviewer = await desks(login);
    await reviewer.go("/review");
    await reviewer.page.locator(".review-bar").filter({ hasText: person.name }).waitFor();
    await reviewer.page.keyboard.press("a");
    await told(reviewer, `已通过：${person.name}`);
  }
  await stateOf(collector, address, "closed", office);
  assert.equal(await page.locator('[data-finding-state="open"]').count(), 0);
}

/** Ours is right: a paper shows it, and the county's acceptance lets the check close the case. */
export async function confirmOurs(office: CountyOffice, desks: Desks): Promise<void> {
  const person = office.county.persons().find((each) => each.key === RIGHT)!;
  const collector = await desks("collector-01b");
  const address = await openCase(collector, person.name);
  await answer(collector, "confirm-ours", "已看过产权证（虚构示例）");
  await told(collector, "请附上证明材料");
  await answer(collector, "confirm-ours", "已看过产权证（虚构示例）", (await drawImages(2)).paper[0]!);
  await told(collector, "答复已提交");
  const county = await desks("county-reviewer");
  await county.go("/");
  await tabTo(county, county.page.locator('[data-queue="cases-answered"]'));
  await county.page.keyboard.press("Enter");
  await county.page.getByRole("row").filter({ hasText: person.name }).waitFor();
  await accessible(county, "cases");
  await county.go(address);
  await tabTo(county, county.page.locator('[data-move="accept-answer"]'), 90);
  await county.page.keyboard.press("Enter");
  await told(county, "已认定");
  await stateOf(county, address, "closed", office);
}
