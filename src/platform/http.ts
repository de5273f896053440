// Binds routes to the server: schema, permission, scoped transaction, idempotency, problems as RFC 9457. No route without a permission.
import fastifyCookie from "@fastify/cookie";
import fastifyHelmet from "@fastify/helmet";
import fastifyMultipart from "@fastify/multipart";
import fastifySwagger from "@fastify/swagger";
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import { createHash } from "node:crypto";
import fs from "node:fs";
import { newId } from "../core/ids.ts";
import { Problem, problemBody } from "../core/problem.ts";
import type { BodyOf, ParamsOf, QueryOf, ReplyOf, RouteShape } from "../core/route.ts";
import { type AuditRules, auditingDenials, auditRepeat, denied, gated, tooMany } from "./audit-gate.ts";
import type { Actor, Database, Tx } from "./database.ts";
import { actorFor, systemActor } from "./database.ts";
import { open, seal } from "./field-cipher.ts";
import type { Keys } from "./keys.ts";
import { openPace, type Pace } from "./pace.ts";
import type { Scan } from "./scanner.ts";
import { compiledWhenAsked } from "./request-forms.ts";
import { faultInWords, type FormFault } from "./form-faults.ts";
import { closed, hasKeyTwice, refuseLooseBodies } from "./strict-input.ts";
import { countRefusal, designationsIn } from "./refuse-designations.ts";

export type UploadedFile = { readonly fileName: string; readonly mime: string; readonly bytes: Buffer };
export type FileReply = { readonly fileName: string; readonly mime: string; readonly bytes: Uint8Array; readonly inline?: boolean };
/** A file that is streamed from the disk; a repeat of the request streams it again. */
export type StoredFileReply = { readonly fileName: string; readonly mime: string; readonly path: string; readonly inline?: boolean; /** Called once when all of it has gone out; not when the transfer broke. */ readonly sent?: () => Promise<void> };
export type Input<R extends RouteShape> = {
  readonly params: ParamsOf<R>;
  readonly query: QueryOf<R>;
  readonly body: BodyOf<R>;
  readonly file: UploadedFile | undefined;
  /** Address of the caller, for lock-out by source. */
  readonly from: string;
  /** The body as it came, of routes that take raw bytes and of requests that a terminal signed. */
  readonly raw: Buffer | undefined;
  /** What was asked, as a terminal signs it: the method, and the path with its query. */
  readonly asked: { readonly method: string; readonly url: string };
  /** A header of the request by its lower-case name, for routes that machines call. */
  readonly header: (name: string) => string | undefined;
  readonly setSession: (token: string | null) => void;
  /** The session the caller came with; undefined on public routes. */
  readonly session: string | undefined;
};
type Answer<R extends RouteShape> = R["transfer"] extends "file" ? FileReply | StoredFileReply : ReplyOf<R>;

/**
 * One bound route. `handle` runs inside one transaction under the caller's scope; what it throws rolls everything back.
 * `perform` runs outside of any: its service makes its own short transactions around work that would hold a connection for long.
 */
export type Binding = { readonly route: RouteShape } & (
  | { readonly handle: (tx: Tx, input: Input<RouteShape>) => Promise<unknown> }
  | { readonly perform: (input: Input<RouteShape>, caller: Actor) => Promise<unknown> }
);
type Handle = (tx: Tx, input: Input<RouteShape>) => Promise<unknown>;
export const bind = <R extends RouteShape>(route: R, handle: (tx: Tx, input: Input<R>) => Promise<Answer<R>>): Binding => ({ route, handle: handle as unknown as Handle });
/** For public routes only: whoever is signed in acts under one transaction with its idempotency key. */
export const bindAlone = <R extends RouteShape & { readonly permission: "public" }>(route: R, perform: (input: Input<R>) => Promise<Answer<R>>): Binding => ({
  route,
  perform: perform as unknown as (input: Input<RouteShape>) => Promise<unknown>,
});
/** For callers with a permission whose request works long without the database (hashing a password, reading a large file): a repeat of it is no replay, the service refuses it or does nothing. */
export const bindOutside = <R extends RouteShape>(route: R, perform: (input: Input<R>, caller: Actor) => Promise<Answer<R>>): Binding => ({
  route,
  perform: perform as unknown as (input: Input<RouteShape>, caller: Actor) => Promise<unknown>,
});

export type Sessions = {
  /**
   * The actor behind a session token with the rights of this moment; why there is none any more where that is known; or undefined.
   * @param unattended a page asks by itself: nobody has touched it for a while, and asking does not keep the session alive
   */
  actorOf(token: string, unattended?: boolean): Promise<{ readonly actor: Actor; readonly permissions: readonly string[] } | { readonly ended: Problem } | undefined>;
  /** Asked inside the transaction of a request that had to wait for its connection: does the session still stand? */
  stands?(tx: Tx, token: string): Promise<boolean>;
};
export type HttpOptions = {
  readonly database: Database;
  readonly sessions: Sessions;
  readonly bindings: readonly Binding[];
  /** False until the first-run set-up is done: everything but `public` routes answers `set-up-needed`. */
  readonly isSetUp: () => Promise<boolean>;
  readonly maxUploadBytes?: number;
  /** Looks at each uploaded file before anything of it is read. */
  readonly scan?: Scan;
  /** Requests of one account in a minute; absent: as many as it likes. */
  readonly requestsPerMinute?: number;
  /** Addresses of the proxy that ends TLS in front of this server: what it says of the caller's address and protocol is believed, nobody else's word is. */
  readonly proxies?: readonly string[];
  /** Which routes leave which row in the audit; a route without a rule is not held to any. */
  readonly audits?: AuditRules;
  /** Schemas that the API's description holds besides those of its routes. */
  readonly components?: () => Promise<Readonly<Record<string, unknown>>>;
  readonly log?: (line: Readonly<Record<string, unknown>>) => void;
};

/** Over HTTPS the browser itself holds a cookie of this name to this host, this path and HTTPS. */
const cookieOf = (request: FastifyRequest): string => (request.protocol === "https" ? "__Host-qingce_session" : "qingce_session");
const publicActor = systemActor("public", 0, 0);

/** What the API looks like is told to those who have signed in. */
const description: RouteShape = { method: "GET", path: "/api/openapi.json", permission: "signed-in", summary: { zh: "接口说明", en: "Description of the API" } };

export async function createHttp(options: HttpOptions): Promise<FastifyInstance> {
  const app = Fastify({ bodyLimit: 4 << 20, genReqId: () => newId(), trustProxy: options.proxies && options.proxies.length > 0 ? [...options.proxies] : false, ajv: { customOptions: { coerceTypes: "array", removeAdditional: false, allErrors: false } }, schemaController: { compilersFactory: { buildValidator: compiledWhenAsked } } });
  await app.register(fastifyHelmet, {
    hsts: false,
    contentSecurityPolicy: { directives: { defaultSrc: ["'self'"], scriptSrc: ["'self'"], styleSrc: ["'self'", "'unsafe-inline'"], imgSrc: ["'self'", "data:", "blob:"], baseUri: ["'none'"], connectSrc: ["'self'"], frameAncestors: ["'none'"], upgradeInsecureRequests: null } },
  });
  await app.register(fastifyCookie);
  await app.register(fastifyMultipart, { limits: { fileSize: options.maxUploadBytes ?? 64 << 20, files: 1, fields: 20 } });
  await app.register(fastifySwagger, { openapi: { openapi: "3.1.0", info: { title: "Qingce 清册", version: "0.1.0" } } });
  app.addHook("onRequest", refuseForeignOrigin);
  keepRawBodies(app as unknown as FastifyInstance);
  app.setErrorHandler((error, request, reply) => answerProblem(error, request, reply, options));
  app.setNotFoundHandler((request, reply) => answerProblem(new Problem("not-found"), request, reply, options));
  await app.register(async (scope) => {
    const pace = openPace(options.requestsPerMinute ?? Number.POSITIVE_INFINITY);
    for (const binding of options.bindings) addRoute(scope as unknown as FastifyInstance, binding, options, pace);
    scope.get(description.path, { schema: { hide: true }, onRequest: async (request) => void (await callerOf(request, description, options)) }, async () => {
      const described = app.swagger() as { readonly components?: { readonly schemas?: object } };
      return { ...described, components: { ...described.components, schemas: { ...described.components?.schemas, ...(await options.components?.()) } } };
    });
  });
  return app;
}

const rawBodies = new WeakMap<FastifyRequest, Buffer>();
/** Largest piece of raw bytes in one request. */
export const maxPieceBytes = 8 << 20;

/** Bytes stay as they are; JSON that a terminal signed is kept beside its parsed form, because the signature stands over the bytes. */
function keepRawBodies(app: FastifyInstance): void {
  const parseJson = app.getDefaultJsonParser("error", "error");
  app.removeContentTypeParser("application/json");
  app.addContentTypeParser("application/json", { parseAs: "buffer" }, (request, body, done) => {
    const bytes = body as Buffer;
    if (request.headers["x-qingce-device"] !== undefined) rawBodies.set(request, bytes);
    const text = bytes.toString("utf8");
    if (hasKeyTwice(text)) return done(new Problem("bad-request", { zh: "同一字段出现了两次", en: "A key stands twice" }));
    return parseJson(request, text, done);
  });
  app.addContentTypeParser("application/octet-stream", { parseAs: "buffer" }, (request, body, done) => {
    rawBodies.set(request, body as Buffer);
    done(null, undefined);
  });
}

function addRoute(app: FastifyInstance, binding: Binding, options: HttpOptions, pace: Pace): void {
  const { route } = binding;
  const upload = route.transfer === "upload";
  app.route({
    method: route.method,
    url: route.path,
    ...(route.transfer === "bytes" && { bodyLimit: maxPieceBytes }),
    schema: {
      summary: `${route.summary.zh} / ${route.summary.en}`,
      tags: [route.path.split("/")[2] ?? "api"],
      ...(route.params && { params: route.params }),
      ...(route.query && { querystring: closed(route.query) }),
      ...(route.body && !upload && { body: closed(route.body) }),
      ...(upload && { consumes: ["multipart/form-data"] }),
    },
    // Who may not learns nothing of the form that is asked for, and what they send is not read.
    onRequest: async (request) => {
      const { actor, token } = await callerOf(request, route, options);
      const said = token === undefined ? "goes" : pace.take(actor.account);
      if (said !== "goes") throw await tooMany(options.database, actor, route, request.params, said === "first");
    },
    ...(route.body && !upload && { preValidation: refuseLooseBodies(route.body) }),
    handler: async (request, reply) => {
      // Asked again: a large body takes its time to come, and the rights of this moment count.
      const { actor: caller, token } = await callerOf(request, route, options);
      const content = upload ? await readUpload(request) : { body: request.body, file: undefined };
      if (content.file && options.scan) await options.scan(content.file.bytes);
      const designations = designationsIn(route, content.body, content.file);
      if (designations.length > 0) {
        countRefusal(options.database, caller, route, designations.length);
        throw new Problem("unit-designation", undefined, designations);
      }
      const asked = { method: request.method, url: request.url };
      const input = { params: request.params, query: request.query, ...content, raw: rawBodies.get(request), asked, from: request.ip, header: headerOf(request), setSession: sessionSetter(request, reply), session: token } as unknown as Input<RouteShape>;
      const result = await auditingDenials(options.database, caller, route, request.params, () =>
        "perform" in binding ? binding.perform(input, caller) : transact(request, route, caller, input, stillThere(gated(binding.handle, route, options.audits), token, options.sessions), options.database),
      );
      return route.transfer === "file" ? sendFile(reply, result as FileReply | StoredFileReply, options.log) : reply.header("cache-control", "no-store").send(result ?? {});
    },
  });
}

const headerOf = (request: FastifyRequest) => (name: string): string | undefined => {
  const value = request.headers[name];
  return typeof value === "string" ? value : undefined;
};

type Caller = { readonly actor: Actor; readonly token: string | undefined };

async function callerOf(request: FastifyRequest, route: RouteShape, options: HttpOptions): Promise<Caller> {
  if (!route.beforeSetUp && !(await options.isSetUp())) throw new Problem("set-up-needed");
  if (route.permission === "public") return { actor: publicActor, token: undefined };
  const token = request.cookies[cookieOf(request)];
  const found = token ? await options.sessions.actorOf(token, request.headers["x-qingce-unattended"] !== undefined) : undefined;
  if (!found || "ended" in found) throw found?.ended ?? new Problem("not-signed-in");
  if (route.permission !== "signed-in" && !found.permissions.includes(route.permission)) throw await denied(options.database, found.actor, route, request.params);
  return { actor: actorFor(found.actor, route.permission), token };
}

/** Who was let in must still be there when the work begins, if a connection came late. */
function stillThere(handle: Handle, token: string | undefined, sessions: Sessions): Handle {
  const since = performance.now();
  return async (tx, input) => {
    if (token !== undefined && sessions.stands && performance.now() - since > 400 && !(await sessions.stands(tx, token))) throw new Problem("not-signed-in");
    return handle(tx, input);
  };
}

const transact = (request: FastifyRequest, route: RouteShape, caller: Actor, input: Input<RouteShape>, handle: Handle, database: Database): Promise<unknown> =>
  route.method === "GET" || route.reads ? database.write(caller, (tx) => handle(tx, input)) : writeOnce(request, route, caller, input, handle, database);

/** A write with a key happens once: the same key and content get the stored answer, another content is refused. */
async function writeOnce(request: FastifyRequest, route: RouteShape, caller: Actor, input: Input<RouteShape>, handle: Handle, database: Database): Promise<unknown> {
  const key = request.headers["idempotency-key"];
  if (route.permission === "public" || typeof key !== "string" || !/^[\x21-\x7e]{8,200}$/.test(key)) {
    if (route.permission === "public") return database.write(caller, (tx) => handle(tx, input));
    throw new Problem("bad-request", { zh: "缺少请求编号（Idempotency-Key）", en: "The header Idempotency-Key is missing" });
  }
  // Keyed: from a bare digest a short content could be guessed.
  const digest = database.keys.blind(createHash("sha256").update(JSON.stringify([request.url, input.body])).update(input.file?.bytes ?? "").digest("hex")).toString("hex");
  return database.write(caller, async (tx) => {
    // The row is taken first: a repeat that comes while the first is still at work waits for its outcome.
    const taken = await tx
      .insertInto("idempotency")
      .values({ account: caller.account, key, route: `${route.method} ${route.path}`, requestDigest: digest, status: 0, body: null })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    if (Number(taken.numInsertedOrUpdatedRows) === 0) {
      const stored = await tx.selectFrom("idempotency").select(["requestDigest", "body", "sealed"]).where("account", "=", caller.account).where("key", "=", key).executeTakeFirstOrThrow();
      if (stored.requestDigest !== digest) throw new Problem("key-reused");
      await auditRepeat(tx, route, input.params);
      return stored.sealed === null ? stored.body : open(database.keys, 0, answerPlace(caller.account, key), stored.sealed);
    }
    const result = await handle(tx, input);
    await storeAnswer(tx, database.keys, key, result);
    return result;
  });
}

/** What a stored answer is sealed to, so that one account's cannot be opened as another's. */
const answerPlace = (account: string, key: string): string => `answer:${account}:${key}`;

/** Answers may hold what was shown for a purpose: they are kept sealed. */
function storeAnswer(tx: Tx, keys: Keys, key: string, result: unknown): Promise<unknown> {
  const { account } = tx.actor;
  return tx.updateTable("idempotency").set({ status: 200, sealed: seal(keys, 0, answerPlace(account, key), result ?? {}) }).where("account", "=", account).where("key", "=", key).execute();
}

async function readUpload(request: FastifyRequest): Promise<{ body: Record<string, string>; file: UploadedFile | undefined }> {
  const body: Record<string, string> = {};
  let file: UploadedFile | undefined;
  if (!request.isMultipart()) throw new Problem("bad-request");
  for await (const part of request.parts()) {
    if (part.type === "field") body[part.fieldname] = String(part.value);
    else {
      const bytes = await part.toBuffer();
      if (part.file.truncated) throw new Problem("file-too-large");
      file = { fileName: part.filename, mime: part.mimetype, bytes };
    }
  }
  return { body, file };
}

/** Signing out also tells the browser to drop what it kept of answers; drafts of a terminal on the same address stay, they are no cache. */
const sessionSetter = (request: FastifyRequest, reply: FastifyReply) => (token: string | null): void => {
  const settings = { path: "/", httpOnly: true, sameSite: "strict" as const, secure: request.protocol === "https" };
  void (token === null ? reply.clearCookie(cookieOf(request), settings).header("clear-site-data", '"cache"') : reply.setCookie(cookieOf(request), token, settings));
};

function sendFile(reply: FastifyReply, file: FileReply | StoredFileReply, log: HttpOptions["log"]): FastifyReply {
  if ("path" in file && file.sent) {
    const { sent } = file;
    reply.raw.once("finish", () => void sent().catch((error: unknown) => log?.({ level: "error", where: "file sent", error: error instanceof Error ? `${error.name}: ${error.message}` : String(error) })));
  }
  const name = encodeURIComponent(file.fileName);
  return reply
    .header("content-type", file.mime)
    .header("content-disposition", `${file.inline ? "inline" : "attachment"}; filename*=UTF-8''${name}`)
    .header("cache-control", "no-store")
    .send("path" in file ? fs.createReadStream(file.path) : Buffer.from(file.bytes.buffer, file.bytes.byteOffset, file.bytes.byteLength));
}

/** Writes come from our own pages only; browsers say where a request comes from. */
async function refuseForeignOrigin(request: FastifyRequest): Promise<void> {
  if (request.method === "GET" || request.method === "HEAD") return;
  const site = request.headers["sec-fetch-site"];
  if (site !== undefined && site !== "same-origin" && site !== "none") throw new Problem("wrong-origin");
  const origin = request.headers.origin;
  if (origin !== undefined && (!URL.canParse(origin) || new URL(origin).host !== request.host)) throw new Problem("wrong-origin");
}

function answerProblem(error: unknown, request: FastifyRequest, reply: FastifyReply, options: HttpOptions): FastifyReply {
  const problem = asProblem(error);
  if (problem.code === "internal") options.log?.({ level: "error", request: request.id, route: request.routeOptions.url, error: error instanceof Error ? error.stack : String(error) });
  if (problem.status === 503) void reply.header("retry-after", "2");
  return reply.status(problem.status).type("application/problem+json").send(problemBody(problem, request.id));
}

function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  const { validation, code, statusCode, message } = error as { validation?: readonly FormFault[]; code?: string; statusCode?: number; message?: string };
  if (validation) {
    const { zh, en } = validation[0] ? faultInWords(validation[0]) : { zh: message ?? "", en: message ?? "" };
    return new Problem("bad-request", { zh: `请求内容不符合要求：${zh}`, en: `Not of the expected form: ${en}` });
  }
  if (code === "FST_REQ_FILE_TOO_LARGE" || code === "FST_ERR_CTP_BODY_TOO_LARGE") return new Problem("file-too-large");
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) return new Problem("bad-request", { zh: "请求无法解析", en: message ?? "The request cannot be read" });
  return new Problem("internal");
}
