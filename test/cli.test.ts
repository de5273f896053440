// The server as a process: what a console says when it cannot start, the first-run set-up in a browser, being killed, starting again, stopping clean.
import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import fs from "node:fs";
import net from "node:net";
import path from "node:path";
import { after, before, test } from "node:test";
import { projectRoot } from "../src/platform/config.ts";
import { openBrowser } from "./browser.ts";
import { accessible, openDesk, picture, signIn, tabTo, told } from "./journeys/desk.ts";
import { temporaryFolder } from "./journeys/office.ts";

type Server = { readonly child: ChildProcess; readonly said: () => string; readonly ended: Promise<number | null>; readonly says: (words: RegExp) => Promise<RegExpExecArray> };

const { npm_lifecycle_event: _, DATABASE_URL: __, ...environment } = process.env;
const children = new Set<ChildProcess>();

function serve(...args: readonly string[]): Server {
  const child = spawn(process.execPath, [path.join(projectRoot, "src/cli/main.ts"), "serve", ...args], { env: environment, stdio: ["ignore", "pipe", "pipe"] });
  children.add(child);
  let text = "";
  const hear = (chunk: Buffer): void => void (text += chunk.toString());
  child.stdout.on("data", hear);
  child.stderr.on("data", hear);
  const ended = new Promise<number | null>((resolve) => child.on("close", (code) => (children.delete(child), resolve(code))));
  const says = async (words: RegExp): Promise<RegExpExecArray> => {
    const end = Date.now() + 150_000;
    while (Date.now() < end) {
      const found = words.exec(text);
      if (found) return found;
      if (child.exitCode !== null || child.signalCode !== null) break;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error(`the server did not say ${words}:\n${text}`);
  };
  return { child, said: () => text, ended, says };
}

/** Exit code 1 and one sentence, in both languages, without a stack. */
async function refused(server: Server, words: RegExp): Promise<void> {
  assert.equal(await server.ended, 1, server.said());
  const lines = server.said().split(/\r?\n|\r/u).filter((line) => /清册未能启动|Qingce did not start/u.test(line));
  assert.equal(lines.length, 2, server.said());
  assert.match(lines[1]!, words);
  assert.doesNotMatch(server.said(), /\n\s+at /u);
}

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const probe = net.createServer().listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as net.AddressInfo;
      probe.close(() => resolve(port));
    });
  });

/** Processes whose command line names the folder. */
const processesOn = (folder: string): string[] =>
  fs
    .readdirSync("/proc")
    .filter((entry) => /^\d+$/u.test(entry) && Number(entry) !== process.pid)
    .flatMap((pid) => {
      try {
        const command = fs.readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
        return command.includes(folder) ? [`${pid} ${command}`] : [];
      } catch {
        return [];
      }
    });

const PASSWORD = "fictional-password-1";
const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
let folder: string;
let data: string;
let port: number;

before(async () => {
  folder = temporaryFolder();
  data = path.join(folder, "data");
  port = await freePort();
});

after(() => {
  for (const child of children) child.kill("SIGKILL");
  fs.rmSync(folder, { recursive: true, force: true });
});

test("a port in use ends the start with one sentence and leaves no folder behind", async () => {
  const holder = net.createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => holder.once("listening", resolve));
  const taken = (holder.address() as net.AddressInfo).port;
  await refused(serve("--data", data, "--port", String(taken)), new RegExp(`port ${taken} is in use`));
  holder.close();
  assert.equal(fs.existsSync(data), false);
});

test("a data folder that cannot be written ends the start with one sentence", async () => {
  const file = path.join(folder, "a-file");
  fs.writeFileSync(file, "in the way");
  await refused(serve("--data", path.join(file, "data"), "--port", String(port)), /data folder .* is not writable/);
});

test("a folder with a database that is none ends the start with one sentence", async () => {
  const damaged = path.join(folder, "damaged");
  fs.mkdirSync(path.join(damaged, "postgres"), { recursive: true });
  fs.writeFileSync(path.join(damaged, "postgres/something"), "");
  await refused(serve("--data", damaged, "--port", String(port)), /is damaged .*restore it from a backup/);
});

test("a new server is set up in the browser, is killed, recovers with its data, stops without leftovers, and says when its data are damaged", async (t) => {
  const address = `http://127.0.0.1:${port}`;
  const first = serve("--data", data, "--port", String(port));
  const [, code] = await first.says(/code is: (\d{9})/);
  const browser = await openBrowser();
  t.after(() => browser.close());
  await setUp(browser, address, code!);

  await refused(serve("--data", data, "--port", String(await freePort())), /another Qingce \(process \d+\) is using the data folder/);

  first.child.kill("SIGKILL");
  await first.ended;
  const again = Date.now();
  const second = serve("--data", data, "--port", String(port));
  const [, ready] = await second.says(/is ready in ([\d.]+) s/);
  t.diagnostic(`second start, after a kill: ready in ${ready} s, ${((Date.now() - again) / 1000).toFixed(1)} s with the process`);
  assert.doesNotMatch(second.said(), /code is/);
  await signIn(await openDesk(browser, address, "lead-of-anxi"), PASSWORD);

  second.child.kill("SIGTERM");
  assert.equal(await second.ended, 0, second.said());
  for (let i = 0; i < 20 && processesOn(folder).length > 0; i += 1) await wait(100);
  assert.deepEqual(processesOn(folder), []);

  fs.truncateSync(path.join(data, "postgres/global/pg_control"), 100);
  await refused(serve("--data", data, "--port", String(port)), /database in .* does not start .*restore it from a backup/);
  assert.deepEqual(processesOn(folder), []);
});

/** Code → administrator → an office and an account → that account signs in. */
async function setUp(browser: Awaited<ReturnType<typeof openBrowser>>, address: string, code: string): Promise<void> {
  const desk = await openDesk(browser, address, "first-admin", [503]); // "set up first" is a 503
  const { page } = desk;
  const pickArea = async (names: readonly string[]): Promise<void> => {
    for (const name of names) {
      await page.keyboard.type(name);
      await page.locator(".ant-select-dropdown:visible .ant-select-item-option-active").filter({ hasText: name }).waitFor();
      await page.keyboard.press("Enter");
    }
    await page.keyboard.press("Tab");
  };
  await page.goto("/");
  await page.getByRole("heading", { level: 1, name: "首次初始化" }).waitFor();
  await accessible(desk, "set-up");
  await picture(desk, "set-up");
  await page.locator('[name="code"]').fill(code === "000000000" ? "111111111" : "000000000");
  await tabTo(desk, page.locator("[data-area-picker]").getByRole("combobox").or(page.locator("#area")).first());
  await pickArea(["福建", "泉州", "安溪"]);
  await page.locator('[name="officeName"]').fill("安溪县信息中心（虚构）");
  await page.locator('[name="name"]').fill("系统管理员甲");
  await page.locator('[name="login"]').fill("first-admin");
  await page.locator('[name="password"]').fill(PASSWORD);
  await page.keyboard.press("Enter");
  await told(desk, "初始化码不正确");
  await page.locator('[name="code"]').fill(code);
  await page.keyboard.press("Enter");
  await page.waitForURL((url) => url.pathname === "/login");
  await signIn(desk, PASSWORD);

  await desk.go("/accounts");
  await accessible(desk, "accounts");
  await tabTo(desk, page.locator('[data-move="new-office"]'));
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog");
  await dialog.waitFor();
  await tabTo(desk, dialog.getByRole("combobox").first());
  await pickArea(["安溪"]);
  await tabTo(desk, dialog.getByRole("combobox").nth(1));
  await page.keyboard.type("退役军人");
  await page.keyboard.press("Enter");
  await dialog.locator('[name="office-name"]').fill("安溪县退役军人事务局（虚构）");
  await page.keyboard.press("Enter");
  await told(desk, "机构已建立");
  await picture(desk, "accounts");

  await desk.go("/accounts?make=account");
  await dialog.waitFor();
  await tabTo(desk, dialog.getByRole("combobox").first());
  await page.keyboard.type("退役军人");
  await page.keyboard.press("Enter");
  await dialog.locator('[name="name"]').fill("县负责人甲");
  await dialog.locator('[name="login"]').fill("lead-of-anxi");
  await dialog.locator('[name="password"]').fill(PASSWORD);
  await tabTo(desk, dialog.locator('label:has([data-role="county-lead"]) input'));
  await page.keyboard.press("Space");
  await accessible(desk, "new account");
  await tabTo(desk, dialog.locator('[data-move="create-account"]'));
  await page.keyboard.press("Enter");
  await told(desk, "账号已建立");
  assert.deepEqual(desk.complaints(), []);

  const lead = await openDesk(browser, address, "lead-of-anxi");
  await signIn(lead, PASSWORD);
  assert.match(await lead.page.getByRole("navigation").first().innerText(), /数据导入/);
  assert.deepEqual(lead.complaints(), []);
}
