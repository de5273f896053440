#!/usr/bin/env node
// 清册采集终端 · Qingce terminal: serves the terminal's page to this computer only. No other program and no network are needed.
//   node FILE.mjs [--port 7360] [--office http://10.0.0.5:7350]
// --office: requests of the terminal are passed on to that office; without it, bundles are exchanged by file.
import http from "node:http";
import https from "node:https";
import process from "node:process";
import { gunzipSync } from "node:zlib";

const app = /* the app stands here */;

const flag = (name) => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? undefined : process.argv[at + 1];
};
const fail = (zh, en) => {
  console.error(`${zh}\n${en}`);
  process.exit(1);
};
const [major = 0] = process.versions.node.split(".").map(Number);
if (major < 20) fail(`需要 Node 20 或更新版本，现在是 ${process.version}`, `Node 20 or newer is needed; this is ${process.version}`);
const port = Number(flag("port") ?? 7360);
if (!Number.isInteger(port) || port < 0 || port > 65535) fail("--port 应为 0 到 65535 的整数", "--port is a whole number from 0 to 65535");
let office;
if (flag("office") !== undefined) {
  try {
    office = new URL(flag("office"));
  } catch {
    office = undefined;
  }
  if (!office || !["http:", "https:"].includes(office.protocol)) fail("--office 应为办公室的网址，例如 http://10.0.0.5:7350", "--office is the office's address, such as http://10.0.0.5:7350");
}

const files = new Map(Object.entries(app.files).map(([name, { type, data }]) => [name, { type, body: gunzipSync(Buffer.from(data, "base64")) }]));
const plain = { "x-content-type-options": "nosniff", "referrer-policy": "no-referrer", "cross-origin-opener-policy": "same-origin" };

const refuse = (response, status, code, zh, en) => {
  response.writeHead(status, { ...plain, "content-type": "application/problem+json; charset=utf-8" });
  response.end(JSON.stringify({ type: "about:blank", status, code, title: { zh, en } }));
};

/** Only this computer's own page may ask: other sites open in the same browser are turned away, and names that were bent to point here. */
const isOurs = (request) => {
  const host = request.headers.host ?? "";
  const named = [`localhost:${address().port}`, `127.0.0.1:${address().port}`].includes(host);
  const { origin } = request.headers;
  const site = request.headers["sec-fetch-site"];
  return named && (origin === undefined || origin === `http://${host}`) && (site === undefined || site === "same-origin" || site === "none");
};

/** Passes a request of the terminal on; nothing but the terminal's own routes, and no cookies. */
const pass = (request, response) => {
  if (!office) return refuse(response, 503, "no-office", "没有指定办公室地址，请用文件交换", "No office is named; exchange by file");
  const headers = {};
  for (const name of ["accept", "content-type", "content-length", "x-qingce-device"]) if (request.headers[name] !== undefined) headers[name] = request.headers[name];
  const away = () => (response.headersSent ? response.destroy() : refuse(response, 502, "no-answer", "连不上办公室", "The office cannot be reached"));
  const target = new URL(office.pathname.replace(/\/$/, "") + request.url, office);
  const onward = (target.protocol === "https:" ? https : http).request(target, { method: request.method, headers, timeout: 60_000 }, (reply) => {
    const back = { ...plain, "cache-control": "no-store" };
    for (const name of ["content-type", "content-length", "content-encoding", "retry-after"]) if (reply.headers[name] !== undefined) back[name] = reply.headers[name];
    response.writeHead(reply.statusCode ?? 502, back);
    reply.pipe(response);
    reply.on("error", () => response.destroy());
  });
  onward.on("timeout", () => onward.destroy(new Error("timeout")));
  onward.on("error", away);
  request.on("aborted", () => onward.destroy());
  request.pipe(onward);
};

const server = http.createServer((request, response) => {
  const path = (request.url ?? "/").split("?")[0] ?? "/";
  if (path.startsWith("/api/")) {
    if (!isOurs(request)) return refuse(response, 403, "wrong-origin", "请求不是从本终端的页面发出的", "The request does not come from this terminal's page");
    if (!path.startsWith("/api/terminal/")) return refuse(response, 404, "not-found", "没有这个地址", "There is no such address");
    return pass(request, response);
  }
  if (request.method !== "GET" && request.method !== "HEAD") return refuse(response, 405, "bad-request", "不支持的操作", "Not supported");
  if (!path.startsWith("/terminal/")) {
    response.writeHead(302, { ...plain, location: "/terminal/" });
    return response.end();
  }
  const asked = path.slice("/terminal/".length);
  const found = files.get(asked) ?? (/\.\w+$/.test(asked) ? undefined : files.get("index.html"));
  if (!found) return refuse(response, 404, "not-found", "没有这个文件", "There is no such file");
  response.writeHead(200, {
    ...plain,
    "content-type": found.type,
    "content-length": found.body.length,
    "content-security-policy": app.policy,
    "permissions-policy": app.permissions,
    "cache-control": asked.startsWith("assets/") ? "public, max-age=31536000, immutable" : "no-cache",
  });
  response.end(request.method === "HEAD" ? undefined : found.body);
});
const address = () => server.address() ?? { port };
server.on("error", (error) => fail(error.code === "EADDRINUSE" ? `端口 ${port} 已被占用，请用 --port 换一个` : "不能启动", error.code === "EADDRINUSE" ? `port ${port} is in use; choose another with --port` : String(error)));
server.listen(port, "127.0.0.1", () => {
  console.log(`清册采集终端已启动，请在浏览器打开 / The terminal is ready, open in a browser:\n  http://localhost:${address().port}/terminal/\n${office ? `办公室 / office: ${office.origin}` : "未指定办公室，用文件交换 / no office named, exchange by file"}`);
});
