// What a collector does at the terminal's pages, by keyboard and pen, for journeys.
import type { Page } from "playwright-core";
import sharp from "sharp";

/** A drawn portrait, head and shoulders on white; `head` 1 is as large as the standard asks. It carries a camera's mark. */
export function drawnPortrait(head = 1, grey = false): Promise<Buffer> {
  const [rx, ry] = [113 * head, 149 * head];
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="358" height="441"><rect width="100%" height="100%" fill="#fbfcfe"/><ellipse cx="179" cy="${190 + ry + 104 * head}" rx="${167 * head}" ry="${98 * head}" fill="#22304a"/><rect x="${179 - 45 * head}" y="190" width="${90 * head}" height="${ry + 27 * head}" fill="#dba988"/><ellipse cx="179" cy="185" rx="${rx * 1.04}" ry="${ry * 1.02}" fill="#221c18"/><ellipse cx="179" cy="${190 + ry * 0.2}" rx="${rx * 0.96}" ry="${ry * 0.8}" fill="#e3b593"/></svg>`;
  const drawn = sharp(Buffer.from(svg));
  return (grey ? drawn.greyscale() : drawn).jpeg({ quality: 92 }).withExif({ IFD0: { Make: "虚构相机" } }).toBuffer();
}

/** Types code and PIN on the enrolment page and sends them. */
export async function typeEnrolment(page: Page, code: string, pin: string, again = pin): Promise<void> {
  await page.locator("#enrol-code").fill(code);
  await page.locator("#new-pin").fill(pin);
  await page.locator("#new-pin-again").fill(again);
  await page.keyboard.press("Enter");
}

/** Opens the terminal, wherever one was in it, and goes to its home page. */
export async function unlock(page: Page, pin: string): Promise<void> {
  await page.locator("#pin").fill(pin);
  await page.keyboard.press("Enter");
  await page.locator("#pin").waitFor({ state: "detached" });
  await page.locator("a.brand").press("Enter");
  await page.locator("#search").waitFor();
}

/** Sets the reader to the simulator. */
export async function useSimulator(page: Page): Promise<void> {
  await page.locator('[data-action="status"]').click();
  await page.locator('[data-reader="simulator"]').click();
  await page.keyboard.press("Escape");
  await page.locator("#search").waitFor();
}

/** Lays a fictional card on the simulated reader. */
export async function layCard(page: Page, name: string, idNumber: string): Promise<void> {
  if (!(await page.locator('[name="simulator-number"]').isVisible())) {
    await page.locator(".simulator .ant-select").click();
    await page.locator(".ant-select-dropdown:visible .ant-select-item-option").last().click();
  }
  await page.locator('[name="simulator-name"]').fill(name);
  await page.locator('[name="simulator-number"]').fill(idNumber);
  await page.locator('[data-action="lay-card"]').click();
  await page.locator(`[data-lying="${idNumber}"]`).waitFor();
}

/** Draws a signature on the pad that is open, and confirms it. */
export async function signOnPad(page: Page): Promise<void> {
  const pad = page.locator("[data-signature-pad]");
  await pad.waitFor();
  const box = (await pad.boundingBox())!;
  await page.mouse.move(box.x + 60, box.y + 60);
  await page.mouse.down();
  for (let i = 1; i <= 12; i += 1) await page.mouse.move(box.x + 60 + i * 35, box.y + 60 + (i % 3) * 50);
  await page.mouse.up();
  await page.locator('[data-action="sign-done"]:not([disabled])').press("Enter");
  await page.locator('[data-standing="signed"]').waitFor();
}

/** Over the network; gives back what the page says was done. */
export async function exchange(page: Page): Promise<string> {
  await page.keyboard.press("F4");
  await page.locator('[data-action="exchange-online"]:not([disabled])').press("Enter");
  await page.locator("[data-done], [data-fault]").first().waitFor({ timeout: 120_000 });
  return page.locator("[data-done], [data-fault]").first().innerText();
}
