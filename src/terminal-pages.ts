// The terminal's app as it is served: its folder, and what its pages may load and ask. The launcher on a county PC serves it by the same rules.
import fs from "node:fs";
import path from "node:path";
import type { FastifyInstance } from "fastify";
import { projectRoot } from "./platform/config.ts";

export const terminalFolder: string = path.join(projectRoot, "dist/terminal");

/** Bridges of card readers, signature pads and document cameras that run on the same machine; nothing else is asked but who served the page. */
const BRIDGES = ["http://127.0.0.1:19196", "http://127.0.0.1:8000", "http://127.0.0.1:38088", "http://127.0.0.1:38089", "ws://localhost:1919", "ws://localhost:9002", "ws://localhost:8765"];

/** Content policy of the terminal's pages. */
export const terminalPolicy: string = [
  "default-src 'self'",
  "base-uri 'none'",
  "object-src 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  `img-src 'self' data: blob: http://127.0.0.1:38089`,
  "media-src 'self' blob:",
  "worker-src 'self'",
  "manifest-src 'self'",
  `connect-src 'self' ${BRIDGES.join(" ")}`,
].join(";");

const TYPES: Readonly<Record<string, string>> = {
  html: "text/html; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  css: "text/css; charset=utf-8",
  svg: "image/svg+xml",
  webmanifest: "application/manifest+json",
  woff2: "font/woff2",
  png: "image/png",
  json: "application/json",
};
/** Media type of a file of the app by its name. */
export const typeOf = (file: string): string => TYPES[file.slice(file.lastIndexOf(".") + 1)] ?? "application/octet-stream";

/** Files of the built app by their path below /terminal/; empty when it was not built. */
export function terminalFiles(folder: string): ReadonlyMap<string, string> {
  if (!fs.existsSync(path.join(folder, "index.html"))) return new Map();
  const names = fs.readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => fs.statSync(path.join(folder, name)).isFile());
  return new Map(names.map((name) => [name.split(path.sep).join("/"), path.join(folder, name)]));
}

/** Where an app is served, and what its pages may load, ask and use. */
export type ServedApp = { readonly at: `/${string}`; readonly folder: string; readonly policy: string; readonly permissions: string; /** Files that are served otherwise than they lie there. */ readonly instead?: ReadonlyMap<string, string> };

/** Serves an app below its address: named files as they are, every other address opens it. */
export function serveApp(app: FastifyInstance, { at, folder, policy, permissions, instead }: ServedApp): void {
  const files = terminalFiles(folder);
  if (files.size === 0) return;
  app.get(at, (_request, reply) => reply.redirect(`${at}/`, 308));
  app.get(`${at}/*`, (request, reply) => {
    const asked = (request.params as { readonly "*": string })["*"];
    const found = files.get(asked);
    // A file that is named and not there is an error: an old page must not get HTML for its script.
    if (!found && /\.\w+$/.test(asked)) return reply.callNotFound();
    const file = found ?? files.get("index.html")!;
    const other = instead?.get(asked);
    return reply
      .header("content-security-policy", policy)
      .header("permissions-policy", permissions)
      .header("cache-control", asked.startsWith("assets/") ? "public, max-age=31536000, immutable" : "no-cache")
      .type(typeOf(file))
      .send(other ?? fs.createReadStream(file));
  });
}

/** What the terminal's pages may use of the machine. @param asksPlace the operator lets them ask where a home visit is made */
export const terminalPermissions = (asksPlace: boolean): string => `camera=(self), geolocation=(${asksPlace ? "self" : ""}), microphone=()`;

const WORKER = "sw.js";
/**
 * The service worker for these permissions: a terminal keeps the page with its headers, so that page counts as another one when it may ask for the place.
 * @throws Error for a build that does not list the page
 */
export function terminalWorker(script: string, asksPlace: boolean): string {
  if (!asksPlace) return script;
  const other = script.replace(/(index\.html["'`],\s*["'`]?revision["'`]?:\s*["'`])/u, "$1place-");
  if (other === script) throw new Error("the terminal's service worker does not list its page");
  return other;
}

/** The worker as it is served, where it differs from the file. */
function workerInstead(folder: string, asksPlace: boolean): ReadonlyMap<string, string> {
  const file = path.join(folder, WORKER);
  return asksPlace && fs.existsSync(file) ? new Map([[WORKER, terminalWorker(fs.readFileSync(file, "utf8"), true)]]) : new Map();
}

export const serveTerminal = (app: FastifyInstance, folder: string, asksPlace = false): void =>
  serveApp(app, { at: "/terminal", folder, policy: terminalPolicy, permissions: terminalPermissions(asksPlace), instead: workerInstead(folder, asksPlace) });
