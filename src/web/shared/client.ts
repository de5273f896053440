// Calls a route of a contract with its own types. Writes carry an idempotency key that stays the same over automatic retries;
// a refusal becomes a `ProblemError`; a database that is away is tried again while a banner says so.
import { newId } from "../../core/ids.ts";
import type { Issue, Text } from "../../core/issue.ts";
import { problems, type ProblemBody, type ProblemCode } from "../../core/problem.ts";
import type { BodyOf, ParamsOf, QueryOf, ReplyOf, RouteShape } from "../../core/route.ts";
import { isUnattended } from "./attention.ts";
import { setConnection, signedOut } from "./connection.ts";
import type { Lang } from "./words.ts";

type Part<Name extends string, T> = [T] extends [undefined] ? { readonly [K in Name]?: undefined } : Record<never, never> extends T ? { readonly [K in Name]?: T } : { readonly [K in Name]: T };
/** What a call of the route needs: `params`, `query`, `body` as the contract says, and `file` for uploads. */
export type InputOf<R extends RouteShape> = Part<"params", ParamsOf<R>> & Part<"query", QueryOf<R>> & Part<"body", BodyOf<R>> & (R["transfer"] extends "upload" ? { readonly file?: File } : { readonly file?: undefined });
export type LooseInput = { readonly params?: unknown; readonly query?: unknown; readonly body?: unknown; readonly file?: File | undefined };

/** A refusal of the server, worded in both languages. `code` is `no-answer` when the server could not be reached. */
export class ProblemError extends Error {
  readonly code: ProblemCode | "no-answer";
  readonly status: number;
  readonly title: Text;
  readonly detail: Text | undefined;
  readonly issues: readonly Issue[];
  readonly instance: string | undefined;
  constructor(body: { readonly code: ProblemCode | "no-answer"; readonly status: number; readonly title: Text; readonly detail?: Text; readonly issues?: readonly Issue[]; readonly instance?: string }) {
    super(`${body.code}: ${body.title.en}`);
    this.name = "ProblemError";
    this.code = body.code;
    this.status = body.status;
    this.title = body.title;
    this.detail = body.detail;
    this.issues = body.issues ?? [];
    this.instance = body.instance;
  }
  /** Title and detail in one sentence or two. */
  say(lang: Lang): string {
    const title = this.title[lang];
    return this.detail ? `${title}${lang === "zh" ? "：" : ": "}${this.detail[lang]}` : title;
  }
}

const NO_ANSWER: Text = { zh: "连不上服务器，请检查网络后重试", en: "The server cannot be reached; check the network and try again" };

const entries = (part: unknown): [string, unknown][] => (typeof part === "object" && part !== null ? Object.entries(part) : []);

/** Address of a call: `:name` parameters filled, the query appended (undefined values left out). */
export function addressOf(route: RouteShape, input: LooseInput): string {
  const params = new Map(entries(input.params));
  const path = route.path.replace(/:(\w+)/gu, (_, name: string) => encodeURIComponent(String(params.get(name) ?? "")));
  const query = new URLSearchParams(entries(input.query).flatMap(([k, v]) => (v === undefined || v === null ? [] : [[k, String(v)]])));
  return query.size > 0 ? `${path}?${query}` : path;
}

/** Address of a route that answers with a file, for links and pictures. */
export function fileAddress<R extends RouteShape>(route: R, input: InputOf<R>): string {
  return addressOf(route, input as LooseInput);
}

const multipart = (input: LooseInput): FormData => {
  const form = new FormData();
  for (const [key, value] of entries(input.body)) if (value !== undefined && value !== null) form.append(key, typeof value === "object" ? JSON.stringify(value) : String(value));
  if (input.file) form.append("file", input.file, input.file.name);
  return form;
};

/** The request as sent; exported for tests. `key` is the idempotency key of a write. */
export function requestOf(route: RouteShape, input: LooseInput, key: string): { readonly address: string; readonly init: RequestInit } {
  const headers: Record<string, string> = { accept: "application/json" };
  let body: BodyInit | undefined;
  if (route.transfer === "upload") body = multipart(input);
  else if (route.method !== "GET" && input.body !== undefined) {
    headers["content-type"] = "application/json";
    body = JSON.stringify(input.body);
  }
  if (route.method !== "GET") headers["idempotency-key"] = key;
  if (isUnattended()) headers["x-qingce-unattended"] = "1";
  return { address: addressOf(route, input), init: { method: route.method, headers, body, credentials: "same-origin" } };
}

const isProblem = (body: unknown): body is ProblemBody => typeof body === "object" && body !== null && "code" in body && "title" in body;

const problemOf = async (response: Response): Promise<ProblemError> => {
  const body: unknown = await response.json().catch(() => undefined);
  if (isProblem(body)) return new ProblemError(body);
  const code: ProblemCode = response.status === 401 ? "not-signed-in" : response.status === 403 ? "not-allowed" : response.status === 404 ? "not-found" : response.status === 503 ? "database-away" : response.status < 500 ? "bad-request" : "internal";
  return new ProblemError({ code, status: response.status, title: problems[code].title });
};

/** Pauses between automatic tries, in milliseconds. */
const PAUSES = [700, 1500, 3000, 5000];
const wait = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

const attempt = async (address: string, init: RequestInit, signal: AbortSignal | undefined): Promise<Response | ProblemError> => {
  try {
    const response = await fetch(address, { ...init, signal });
    if (response.ok) return response;
    return await problemOf(response);
  } catch (error) {
    if (signal?.aborted) throw error;
    return new ProblemError({ code: "no-answer", status: 0, title: NO_ANSWER });
  }
};

/** Answers of a page that has no server: the reply of a route, or undefined when it has none. */
export type LocalAnswers = (route: RouteShape, input: LooseInput) => unknown;
let local: LocalAnswers | undefined;

/** From now on no call leaves the page: each is answered by `answers`, or refused as `no-answer`. */
export function answerWithoutServer(answers: LocalAnswers): void {
  local = answers;
}

const answeredHere = (answers: LocalAnswers, route: RouteShape, input: LooseInput): unknown => {
  const reply = answers(route, input);
  if (reply === undefined) throw new ProblemError({ code: "no-answer", status: 0, title: NO_ANSWER });
  return reply;
};

/**
 * Calls the route and gives back its reply. Throws `ProblemError`. No answer and `database-away` are tried again with the same
 * idempotency key for about ten seconds; `not-signed-in` also leads to the login page. `key`: given where a later try must not happen twice.
 */
export async function call<R extends RouteShape>(route: R, input: InputOf<R>, signal?: AbortSignal, key: string = newId()): Promise<ReplyOf<R>> {
  if (local) return answeredHere(local, route, input as LooseInput) as ReplyOf<R>;
  const { address, init } = requestOf(route, input as LooseInput, key);
  for (let tries = 0; ; tries += 1) {
    const outcome = await attempt(address, init, signal);
    if (outcome instanceof Response) {
      setConnection("ok");
      return (await outcome.json()) as ReplyOf<R>;
    }
    const away = outcome.code === "database-away" || outcome.code === "no-answer";
    setConnection(outcome.code === "database-away" ? "database-away" : outcome.code === "no-answer" ? "no-answer" : "ok");
    const pause = PAUSES[tries];
    if (!away || pause === undefined) {
      if (outcome.code === "not-signed-in") signedOut(outcome.detail);
      throw outcome;
    }
    await wait(pause);
  }
}
