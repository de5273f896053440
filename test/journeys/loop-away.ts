// Journey: the database is killed under the running office. Pages say so and wait, the API answers 503, and what was acknowledged is there afterwards.
import assert from "node:assert/strict";
import { accessible, type Desk, picture } from "./desk.ts";
import { openFound, pressMove, search } from "./loop-record.ts";
import type { CountyOffice } from "./office.ts";

type Desks = (login: string) => Promise<Desk>;

export async function databaseAway(office: CountyOffice, desks: Desks): Promise<void> {
  const person = office.county.persons().find((each) => each.plan === "moved")!;
  const collector = await desks(`collector-0${person.township + 1}a`);
  const { page } = collector;
  const statuses: number[] = [];
  page.on("response", (response) => void statuses.push(response.status()));
  await search(collector, person.idNumber);
  await openFound(collector, person.name);
  await pressMove(collector, "capture");
  const field = page.locator('[name="general.former_name"]');
  await field.fill("先存者");
  await page.keyboard.press("ControlOrMeta+S");
  await page.locator('[data-unsaved="0"]').waitFor();

  const pid = office.installation.postgresPid()!;
  await field.fill("后存者");
  process.kill(pid, "SIGKILL");
  await page.keyboard.press("ControlOrMeta+S");
  await page.getByText("数据库暂时不可用，正在自动重试").waitFor();
  await picture(collector, "database-away");
  await accessible(collector, "database away");
  await page.locator('[data-unsaved="0"]').waitFor({ timeout: 60_000 });
  await page.getByText("数据库暂时不可用，正在自动重试").waitFor({ state: "detached" });
  assert.ok(statuses.includes(503), "the API answered 503");
  assert.notEqual(office.installation.postgresPid(), pid);
  assert.equal((await fetch(`${office.address}/api/set-up`)).status, 200, "the server is the same process");

  await page.reload();
  await field.waitFor();
  assert.equal(await field.inputValue(), "后存者");
  await page.goto(new URL(page.url()).pathname.replace(/\/capture$/u, ""));
  await page.locator("[data-history]").first().waitFor();
  assert.equal(await page.locator('[data-history="revision.capture"], [data-history="record.captured"]').count(), 2, "each save is there once");
}
