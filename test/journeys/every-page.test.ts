// Every page of the menu opens for somebody who may see it: with a heading, without an error, a script fault, a refusal, or a violation of WCAG 2 A and AA.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Browser } from "playwright-core";
import { bringIn } from "../../src/cli/demo/loop-match.ts";
import { permissionsOf } from "../../src/modules/access/rules.ts";
import { menu, menuFor } from "../../src/web/office/menu.ts";
import { openBrowser } from "../browser.ts";
import { accessible, openDesk, picture, signIn } from "./desk.ts";
import { type CountyOffice, serveCounty } from "./office.ts";

let browser: Browser;
let office: CountyOffice;
before(async () => {
  [browser, office] = await Promise.all([openBrowser(), serveCounty()]);
  await bringIn(office.world, office.world.countyLead, await office.county.baseListFile());
});
after(async () => {
  await browser?.close();
  await office?.close();
});

const roles = { "county-lead": "county-lead", "collector-01a": "collector", "reviewer-01": "township-reviewer", "county-reviewer": "county-reviewer", approver: "approver", "scheme-editor": "scheme-editor", sysadmin: "system-administrator", secadmin: "security-administrator", auditadmin: "audit-administrator" } as const;
const seen = new Set<string>();

for (const [login, role] of Object.entries(roles))
  test(`${role}: the pages that nobody before has opened`, async () => {
    const entries = menuFor(permissionsOf([role])).filter(({ path }) => !seen.has(path));
    for (const { path } of entries) seen.add(path);
    const desk = await openDesk(browser, office.address, login);
    await signIn(desk);
    await desk.go("/");
    desk.complaints();
    for (const { path, icon, label, group } of entries) {
      const refused = desk.refusals().length;
      const line = desk.page.locator(`[data-menu="${icon}"]`);
      if (!(await line.isVisible())) await desk.page.locator(`[data-menu-group="${group}"]`).click();
      await line.click();
      await desk.page.waitForURL((url) => url.pathname === path);
      await desk.page.locator("main.page h1").waitFor();
      await accessible(desk, label.en);
      assert.deepEqual(await desk.page.locator(".ant-alert-error").allInnerTexts(), [], path);
      assert.deepEqual(desk.complaints(), [], path);
      // What a part of a page looks like comes in the built sheet; only its variables are set here.
      assert.deepEqual(await desk.page.locator('style[data-css-hash]:not([data-token-hash^="css-var"])').evaluateAll((made) => made.map((style) => style.textContent?.slice(0, 80))), [], `${path}: a part is missing in src/web/build/antd-styles.ts`);
      assert.deepEqual(desk.refusals().slice(0, desk.refusals().length - refused), [], path);
      await picture(desk, `page-${icon}`);
    }
    await desk.page.context().close();
  });

test("no page of the menu was left out", () => assert.deepEqual(menu.filter(({ path }) => !seen.has(path)).map(({ path }) => path), []));
