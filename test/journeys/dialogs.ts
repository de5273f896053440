// Steps through the office's dialogs that several journeys share: choosing by words, sending, and asking directly for what has a page of its own.
import assert from "node:assert/strict";
import { newId } from "../../src/core/ids.ts";
import type { Desk } from "./desk.ts";

/** Chooses in a list of the dialog by the words of the option. */
export async function choose({ page }: Desk, field: string, ...words: readonly string[]): Promise<void> {
  const box = page.getByRole("dialog").locator(`#${field}`);
  await box.click();
  for (const word of words) {
    // Long lists draw what is near; one that is searched is typed into.
    if (await box.isEditable()) await box.fill(word);
    await page.locator(".ant-select-dropdown:visible .ant-select-item-option").filter({ hasText: word }).first().click();
  }
  await page.getByRole("dialog").locator(".ant-modal-title").click();
}
/** Sends the dialog, which closes when all is well. */
export async function send({ page }: Desk, move: string): Promise<void> {
  await page.locator(`[data-move="${move}"]`).press("Enter");
  await page.getByRole("dialog").waitFor({ state: "hidden" });
}
/** What has a page and a test of its own is asked for directly. */
export async function asked(desk: Desk, path: string, data: object): Promise<unknown> {
  const answer = await desk.page.request.post(path, { headers: { "idempotency-key": newId() }, data });
  assert.equal(answer.status(), 200, await answer.text());
  return answer.json();
}
