// Builds the terminal into dist/terminal: the app, its manifest, and a service worker that holds the list of every file, so that after the first
// load nothing is asked of a network.
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import react from "@vitejs/plugin-react";
import { build, defineConfig, type Plugin } from "vite";
import { antdStyles } from "../build/antd-styles.ts";
import { terminalTheme } from "../shared/theme.ts";

const BASE = "/terminal/";
const here = import.meta.dirname;

const manifest = {
  name: "清册采集终端",
  short_name: "清册终端",
  lang: "zh-CN",
  start_url: BASE,
  scope: BASE,
  display: "standalone",
  background_color: "#ffffff",
  theme_color: "#1f4e79",
  icons: [{ src: `${BASE}icon.svg`, sizes: "any", type: "image/svg+xml", purpose: "any" }],
};

/** Files beside the app that an installable page needs. */
const installable = (): Plugin => ({
  name: "installable",
  apply: "build",
  generateBundle() {
    this.emitFile({ type: "asset", fileName: "manifest.webmanifest", source: JSON.stringify(manifest) });
    this.emitFile({ type: "asset", fileName: "icon.svg", source: fs.readFileSync(path.join(here, "../public/icon.svg")) });
  },
});

/** Every built file with a revision, unless its name holds its digest. */
function listed(folder: string): { url: string; revision: string | null }[] {
  return fs
    .readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file !== "sw.js" && fs.statSync(path.join(folder, file)).isFile())
    .map((file) => file.split(path.sep).join("/"))
    .sort()
    .map((file) => ({ url: BASE + file, revision: /^assets\/.*-[\w-]{8}\.\w+$/.test(file) ? null : createHash("sha256").update(fs.readFileSync(path.join(folder, file))).digest("hex").slice(0, 16) }));
}

/** Builds the service worker as one script once the app is written. */
function precached(): Plugin {
  let folder = "";
  return {
    name: "precached",
    apply: "build",
    configResolved(config) {
      folder = path.resolve(config.root, config.build.outDir);
    },
    closeBundle: {
      sequential: true,
      order: "post",
      async handler() {
        await build({
          root: here,
          configFile: false,
          logLevel: "error",
          publicDir: false,
          define: { "self.__WB_MANIFEST": JSON.stringify(listed(folder)), "process.env.NODE_ENV": '"production"' },
          build: { outDir: folder, emptyOutDir: false, target: "es2022", lib: { entry: path.join(here, "service-worker.ts"), formats: ["iife"], name: "worker", fileName: () => "sw.js" } },
        });
      },
    },
  };
}

const { version } = JSON.parse(fs.readFileSync(path.join(here, "../../../package.json"), "utf8")) as { readonly version: string };

export default defineConfig({
  base: BASE,
  define: { QINGCE_VERSION: JSON.stringify(version) },
  publicDir: false,
  plugins: [react(), antdStyles(terminalTheme), installable(), precached()],
  build: {
    outDir: "../../../dist/terminal",
    emptyOutDir: true,
    target: "es2022",
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 4000,
  },
  server: { port: 5174, proxy: { "/api": "http://127.0.0.1:7350" } },
});
