// Requests of the terminal to the office: signed by the device's key over a challenge of the office. Refusals become faults with the office's words.
import { suites } from "../../../bundle/suite.ts";
import type { Text } from "../../../core/issue.ts";
import type { BodyOf, ParamsOf, QueryOf, ReplyOf, RouteShape } from "../../../core/route.ts";
import { hello } from "../../../modules/fieldwork/contract.ts";
import { addressOf } from "../../shared/client.ts";
import { toBase64url, toHex } from "./base64url.ts";
import { type Context, deviceOf, sessionOf } from "./context.ts";
import { TerminalFault } from "./fault.ts";
import { random } from "./keys.ts";
import { change } from "./opening.ts";
import { type Bytes, utf8 } from "./seal.ts";

/** A refusal of the office with its code. */
export class OfficeRefusal extends TerminalFault {
  readonly problem: string;
  readonly status: number;
  constructor(problem: string, status: number, detail: Text | undefined) {
    super("refused-by-office", detail && { detail });
    this.problem = problem;
    this.status = status;
  }
}

export type Asked<R extends RouteShape> = { readonly params?: ParamsOf<R>; readonly query?: QueryOf<R>; readonly body?: BodyOf<R>; readonly bytes?: Bytes };

async function refusalOf(response: Response): Promise<OfficeRefusal> {
  const body = (await response.json().catch(() => ({}))) as { readonly code?: string; readonly title?: Text; readonly detail?: Text };
  const words = body.detail ?? body.title;
  return new OfficeRefusal(body.code ?? "unknown", response.status, words);
}

/** Sends a request as it is. @throws TerminalFault not-reachable, OfficeRefusal */
export async function send(context: Context, route: RouteShape, asked: Asked<RouteShape>, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
  const address = addressOf(route, asked);
  const content: BodyInit | undefined = asked.bytes ?? (route.method !== "GET" && asked.body !== undefined ? JSON.stringify(asked.body) : undefined);
  const type = asked.bytes ? "application/octet-stream" : "application/json";
  let response: Response;
  try {
    response = await context.fetch(address, { method: route.method, headers: { accept: "application/json", ...(content !== undefined && { "content-type": type }), ...headers }, ...(content !== undefined && { body: content }), cache: "no-store", credentials: "omit" });
  } catch {
    throw new TerminalFault("not-reachable");
  }
  // What a gateway says in the place of an office that is away.
  if (response.status === 502 || response.status === 503 || response.status === 504) throw new TerminalFault("not-reachable");
  if (!response.ok) throw await refusalOf(response);
  return response;
}

/** A talk with the office: each request is signed; a new challenge is asked for before the old one grows too old. */
export type Line = {
  readonly ask: <R extends RouteShape>(route: R, asked: Asked<R>) => Promise<ReplyOf<R>>;
  readonly bytes: <R extends RouteShape>(route: R, asked: Asked<R>) => Promise<Bytes>;
};

/** The office takes a challenge for ten minutes. */
const CHALLENGE_MS = 5 * 60_000;

/** Opens a talk with the office; notes how far the terminal's clock is off. @throws TerminalFault not-reachable, OfficeRefusal */
export async function callOffice(context: Context): Promise<Line> {
  let challenge = "";
  let since = -Infinity;
  const greet = async (): Promise<void> => {
    const reply = (await (await send(context, hello, {})).json()) as ReplyOf<typeof hello>;
    challenge = reply.challenge;
    since = performance.now();
    await change(context, { skewSeconds: Math.round((context.now() - Date.parse(reply.time)) / 1000) });
  };
  await greet();
  const signed = async (route: RouteShape, asked: Asked<RouteShape>): Promise<Response> => {
    if (performance.now() - since > CHALLENGE_MS) await greet();
    const { suite, id } = deviceOf(context);
    const body = asked.bytes ?? (route.method !== "GET" && asked.body !== undefined ? utf8(JSON.stringify(asked.body)) : new Uint8Array());
    const nonce = toHex(random(16));
    const digest = toHex(new Uint8Array(await crypto.subtle.digest("SHA-256", body)));
    const message = ["QINGCE-DEVICE-1", route.method, addressOf(route, asked), challenge, nonce, digest].join("\n");
    const signature = suites[suite].sign(sessionOf(context).device.sign.secretKey, utf8(message));
    return send(context, route, asked, { "x-qingce-device": `${id};${challenge};${nonce};${toBase64url(signature)}` });
  };
  return {
    ask: async <R extends RouteShape>(route: R, asked: Asked<R>): Promise<ReplyOf<R>> => (await (await signed(route, asked)).json()) as ReplyOf<R>,
    bytes: async (route, asked) => {
      const response = await signed(route, asked);
      try {
        return new Uint8Array(await response.arrayBuffer());
      } catch {
        throw new TerminalFault("not-reachable");
      }
    },
  };
}
