// The audit administrator at a browser: finds who read a person by the whole number, sees masked names only, takes rows out, has the chain
// verified, and sees what was tampered with.
import assert from "node:assert/strict";
import fs from "node:fs";
import { after, before, test } from "node:test";
import type { Browser } from "playwright-core";
import pg from "pg";
import { bringIn } from "../../src/cli/demo/loop-match.ts";
import { areaRange } from "../../src/core/area-code.ts";
import { markLookup } from "../../src/modules/auditing/service.ts";
import { verifyAuditFile } from "../../src/modules/auditing/audit-file.ts";
import { openRecord, revealValue } from "../../src/modules/records/service.ts";
import { openBrowser } from "../browser.ts";
import { accessible, type Desk, openDesk, picture, signIn } from "./desk.ts";
import { type CountyOffice, serveCounty } from "./office.ts";

let browser: Browser;
let office: CountyOffice;
let auditor: Desk;
let owner: pg.Client;
let idNumber: string;
let name: string;
before(async () => {
  [browser, office] = await Promise.all([openBrowser(), serveCounty()]);
  const { world, county, installation } = office;
  await bringIn(world, world.countyLead, await county.baseListFile());
  owner = new pg.Client(installation.owner);
  await owner.connect();
  const person = county.persons().find((one) => one.onBaseList && one.plan === "clean")!;
  ({ idNumber, name } = person);
  const { platform } = installation;
  const { rows } = await owner.query<{ id: string; county: number; area: number }>("select r.id, r.county, r.area from record r join subject s on s.county = r.county and s.id = r.subject_id where s.id_digest = $1", [platform.keys.blind(idNumber)]);
  const at = { county: rows[0]!.county, id: rows[0]!.id };
  await platform.database.write(world.countyReviewer, async (tx) => {
    await openRecord(tx, platform, at);
    await revealValue(tx, platform, { ...at, path: "general.id_number", purpose: "verify-identity" });
    await markLookup(tx, { kind: "same-surname", county: at.county, area: Number(rows[0]!.area), recordId: at.id });
  });
  assert.ok(areaRange(Number(rows[0]!.area)).lo > 0);
  auditor = await openDesk(browser, office.address, "auditadmin");
  await signIn(auditor);
});
after(async () => {
  await owner?.end();
  await browser?.close();
  await office?.close();
});

test("who read a person is found by the whole number; no name in full stands on the page", async () => {
  const { page } = auditor;
  await auditor.go("/audit");
  await page.getByLabel("被查询人").fill(idNumber);
  await page.keyboard.press("Enter");
  await page.locator('[data-audit-action="value.reveal"]').waitFor();
  const text = await page.locator("main.page").innerText();
  assert.ok(text.includes("核对身份") && text.includes("敏感项：显示明文"));
  assert.ok(!text.includes(name) && !text.includes(idNumber));
  assert.ok(!page.url().includes(idNumber), "whom somebody looks for is in no address");
  await picture(auditor, "audit-person");
  await accessible(auditor, "审计");
  const [download] = await Promise.all([page.waitForEvent("download"), page.locator('[data-move="audit-file"]').click()]);
  const file = fs.readFileSync(await download.path());
  const verdict = verifyAuditFile(file, office.installation.platform.keys.signing().publicKey);
  assert.ok(verdict.clean && verdict.rows >= 2);
  assert.deepEqual(auditor.complaints(), []);
});

test("a marked look-up is seen to once", async () => {
  const { page } = auditor;
  await auditor.go("/audit/marks");
  await page.getByLabel("复核意见").fill("已核实，系工作需要");
  await page.locator('[data-move="see-mark"]').click();
  await page.getByText("系工作需要").waitFor();
  await picture(auditor, "audit-marks");
  await accessible(auditor, "审计");
  assert.deepEqual(auditor.complaints(), []);
});

test("the chain is verified from the page: whole, and after a tampering with the row's number", async () => {
  const { page } = auditor;
  await auditor.go("/audit/chain");
  await page.locator('[data-move="verify-audit"]').click();
  await page.locator('[data-verdict="clean"]').first().waitFor();
  await owner.query("update audit_entry set purpose = 'settle-case' where id = (select entry_id from audit_chain where seq = 7)");
  await page.locator('[data-move="verify-audit"]').click();
  await page.locator('[data-verdict="wrong"]').first().waitFor();
  assert.match(await page.locator('[data-verdict="wrong"]').first().innerText(), /第 7 行有问题/);
  await picture(auditor, "audit-chain");
  await accessible(auditor, "审计");
  assert.deepEqual(auditor.complaints(), []);
});
