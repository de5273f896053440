// The office server: every module's routes, the web pages, the worker.
import fs from "node:fs";
import net from "node:net";
import path from "node:path";
import { randomInt } from "node:crypto";
import fastifyCompress from "@fastify/compress";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance } from "fastify";
import { shippedAid, shippedCalendars, shippedInsights, shippedOverlays, shippedSelfServices } from "../schemes/shipped.ts";
import { createHttp, type Binding } from "./platform/http.ts";
import { StartRefused } from "./platform/embedded-postgres.ts";
import type { Platform } from "./platform/platform.ts";
import { systemActor } from "./platform/database.ts";
import { matrixRoute } from "./modules/access/matrix.ts";
import { routes as access } from "./modules/access/routes.ts";
import { setUpState } from "./modules/access/service.ts";
import { sessionsOf } from "./modules/access/sign-in.ts";
import { routes as aid } from "./modules/aid/routes.ts";
import { routes as areas } from "./modules/areas/routes.ts";
import { routes as auditing } from "./modules/auditing/routes.ts";
import { auditRules } from "./modules/auditing/coverage.ts";
import { routes as citizen } from "./modules/citizen/routes.ts";
import type { IdentityProvider } from "./modules/citizen/service.ts";
import { routes as campaigns } from "./modules/campaigns/routes.ts";
import { routes as departments } from "./modules/departments/routes.ts";
import { routes as dispatch } from "./modules/dispatch/routes.ts";
import { answersComponents } from "./modules/documents/service.ts";
import { routes as documents } from "./modules/documents/routes.ts";
import { routes as drafting } from "./modules/drafting/routes.ts";
import { routes as exchange } from "./modules/exchange/routes.ts";
import { routes as federation } from "./modules/federation/routes.ts";
import { routes as fieldwork } from "./modules/fieldwork/routes.ts";
import { routes as fusion } from "./modules/fusion/routes.ts";
import { routes as insight } from "./modules/insight/routes.ts";
import { routes as lookups } from "./modules/lookups/routes.ts";
import { routes as matching } from "./modules/matching/routes.ts";
import { routes as records } from "./modules/records/routes.ts";
import { routes as releases } from "./modules/releases/routes.ts";
import { routes as reports } from "./modules/reports/routes.ts";
import { routes as review } from "./modules/review/routes.ts";
import { routes as sampling } from "./modules/sampling/routes.ts";
import { routes as rights } from "./modules/rights/routes.ts";
import { routes as safeguards } from "./modules/safeguards/routes.ts";
import { withFreeze } from "./modules/safeguards/service.ts";
import { routes as schemes } from "./modules/schemes/routes.ts";
import { routes as stations } from "./modules/stations/routes.ts";
import { routes as supervision } from "./modules/supervision/routes.ts";
import { routes as tasks } from "./modules/tasks/routes.ts";
import { citizenFolder, serveCitizen } from "./citizen-pages.ts";
import { serveTerminal, terminalFolder } from "./terminal-pages.ts";

export type Office = { readonly app: FastifyInstance; readonly address: string; readonly setUpCode: string | undefined; readonly stop: () => Promise<void> };
export type OfficeOptions = { readonly host: string; readonly port: number; readonly officeFolder: string; readonly proxies?: readonly string[]; /** Who vouches for people who come in for themselves; none: nobody comes in. */ readonly identity?: readonly IdentityProvider[]; readonly log?: (line: Readonly<Record<string, unknown>>) => void };

/** Every route of the product, in pipeline order, and the table of who may call them. */
export function allBindings(platform: Platform, setUpCode?: string, identity: readonly IdentityProvider[] = []): Binding[] {
  const bindings = withFreeze(modulesBindings(platform, setUpCode, identity));
  return [...bindings, matrixRoute(bindings.map(({ route }) => route))];
}

const modulesBindings = (platform: Platform, setUpCode: string | undefined, identity: readonly IdentityProvider[]): Binding[] => [
  ...tasks(),
  ...areas(),
  ...access(platform, setUpCode),
  ...auditing(platform),
  ...schemes(platform),
  ...campaigns(platform, shippedCalendars),
  ...safeguards(platform),
  ...records(platform),
  ...lookups(platform),
  ...review(platform),
  ...sampling(platform),
  ...fieldwork(platform),
  ...stations(platform),
  ...documents(platform),
  ...drafting(platform, shippedOverlays),
  ...exchange(platform),
  ...matching(platform),
  ...fusion(platform),
  ...dispatch(platform),
  ...supervision(platform),
  ...aid(platform, shippedAid),
  ...departments(platform),
  ...reports(platform),
  ...releases(platform),
  ...rights(platform),
  ...citizen(platform, shippedSelfServices, shippedInsights, identity),
  ...insight(platform, shippedInsights),
  ...federation(platform),
];

/** Of one account: a page asks for some twenty things, and for a few more each minute. */
const requestsPerMinute = 1_200;

/** @throws StartRefused when the port is taken */
export async function openOffice(platform: Platform, options: OfficeOptions): Promise<Office> {
  const state = await platform.database.read(systemActor("start"), setUpState);
  const setUpCode = state.needed ? String(randomInt(1e9)).padStart(9, "0") : undefined;
  let known = !state.needed;
  const isSetUp = async (): Promise<boolean> => (known ||= !(await platform.database.read(systemActor("start"), setUpState)).needed);
  const app = await createHttp({ database: platform.database, sessions: sessionsOf(platform), bindings: allBindings(platform, setUpCode, options.identity), isSetUp, requestsPerMinute, audits: auditRules, components: () => platform.database.read(systemActor("describe"), answersComponents), ...(platform.scan && { scan: platform.scan }), ...(options.proxies && { proxies: options.proxies }), ...(options.log && { log: options.log }) });
  await servePages(app, options.officeFolder, platform.asksPlace);
  try {
    const address = await app.listen({ host: options.host, port: options.port });
    return { app, address, setUpCode, stop: () => app.close() };
  } catch (error) {
    await app.close();
    throw (error as NodeJS.ErrnoException).code === "EADDRINUSE" ? portTaken(options.port) : error;
  }
}

const portTaken = (port: number): StartRefused => new StartRefused(`端口 ${port} 已被占用，请结束占用它的程序，或用 --port 换一个`, `port ${port} is in use; end the other program or choose another with --port`);

/** Looks before the long work of a start whether the port is free. */
export async function expectFreePort(host: string, port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const probe = net.createServer();
    probe.once("error", (error: NodeJS.ErrnoException) => reject(error.code === "EADDRINUSE" ? portTaken(port) : error));
    probe.listen(port, host, () => probe.close(() => resolve()));
  });
}

/** The built web app; every address that is not a file or an API path opens it. */
export async function servePages(app: FastifyInstance, folder: string, asksPlace = false): Promise<void> {
  await app.register(fastifyCompress, { threshold: 2048, encodings: ["br", "gzip"] });
  serveTerminal(app, terminalFolder, asksPlace);
  serveCitizen(app, citizenFolder);
  if (!fs.existsSync(path.join(folder, "index.html"))) return;
  await app.register(fastifyStatic, { root: folder, wildcard: false, cacheControl: true, maxAge: "1h", immutable: false, index: false });
  app.get("/*", (request, reply) => {
    if (request.url.startsWith("/api/") || request.url.startsWith("/assets/")) return reply.callNotFound();
    return reply.header("cache-control", "no-cache").sendFile("index.html");
  });
}
