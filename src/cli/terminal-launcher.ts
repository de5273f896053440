// `qingce terminal --out FILE.mjs`: one file that holds the built terminal and serves it on a county PC at http://localhost, with nothing but Node 20.
import fs from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { readConfig } from "../platform/config.ts";
import { StartRefused } from "../platform/embedded-postgres.ts";
import { terminalFiles, terminalFolder, terminalPermissions, terminalPolicy, terminalWorker, typeOf } from "../terminal-pages.ts";
import type { Flags } from "./flags.ts";
import { buildWeb } from "./web-build.ts";

/** Where the launcher's own source lies; it stands in the file as it is. */
const source = path.join(import.meta.dirname, "terminal-launch.mjs");
const MARK = "/* the app stands here */";

/** The launcher with the app inside. @param asksPlace its page may ask where a home visit is made @throws StartRefused when the app was not built */
export function launcherText(folder: string = terminalFolder, asksPlace = false): string {
  const files = terminalFiles(folder);
  if (files.size === 0) throw new StartRefused("终端网页尚未生成", "the terminal's pages were not built");
  const held = Object.fromEntries([...files].map(([name, file]) => [name, { type: typeOf(name), data: gzipSync(name === "sw.js" ? terminalWorker(fs.readFileSync(file, "utf8"), asksPlace) : fs.readFileSync(file), { level: 9 }).toString("base64") }]));
  return fs.readFileSync(source, "utf8").replace(MARK, () => JSON.stringify({ policy: terminalPolicy, permissions: terminalPermissions(asksPlace), files: held }));
}

export const terminal = {
  summary: "write the terminal as one file for a county PC with Node 20 or newer: --out FILE.mjs",
  run: async (flags: Flags): Promise<void> => {
    const out = flags["out"];
    if (typeof out !== "string" || !out.endsWith(".mjs")) {
      console.error("请用 --out 给出文件名，以 .mjs 结尾\nname the file with --out; it ends in .mjs");
      process.exitCode = 1;
      return;
    }
    await buildWeb();
    const text = launcherText(terminalFolder, readConfig().asksPlace);
    fs.writeFileSync(out, text, { mode: 0o755 });
    console.log(`${out}  ${(Buffer.byteLength(text) / 1e6).toFixed(1)} MB\n在县里的电脑上运行 / on the county PC: node ${path.basename(out)} [--port 7360] [--office http://10.0.0.5:7350]`);
  },
};
