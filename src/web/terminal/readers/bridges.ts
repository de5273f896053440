// Readers behind a program on the same PC that answers HTTP or a web socket. The wire forms were gathered from makers' pages of existing systems;
// field names differ by edition, so `cardOf` knows them all. Only loopback addresses are ever asked.
import { cardOf, type CardReading, type RawCard, ReaderFault } from "./card.ts";

/** Longest wait for a bridge, in milliseconds. */
const PATIENCE = 15_000;
const NO_CARD = -11;

/** Addresses the page may ask; its content policy names the same. */
export const loopback = {
  a: "http://127.0.0.1:19196",
  b: "http://127.0.0.1:8000",
  dongxin: "http://127.0.0.1:38088",
  socketA: "ws://localhost:1919",
  socketB: "ws://localhost:9002",
  socketC: "ws://localhost:8765",
} as const;

const isRaw = (value: unknown): value is RawCard => typeof value === "object" && value !== null && !Array.isArray(value);

/** A reply's own fields and those one level down, the inner ones first: bridges wrap the card in `info`, `IDCardInfo`, `data` … */
export function flattened(reply: unknown): RawCard {
  if (!isRaw(reply)) throw new ReaderFault("not-understood");
  const inner = Object.values(reply).filter(isRaw);
  return Object.assign({}, reply, ...inner) as RawCard;
}

/** Refuses what the bridge itself calls a failure: 0 is success, −11 an empty reader. @throws ReaderFault */
export function accepted(reply: unknown): RawCard {
  const raw = flattened(reply);
  const flag = raw["resultFlag"] ?? raw["ResultFlag"];
  if (flag !== undefined && Number(flag) !== 0) throw new ReaderFault(Number(flag) === NO_CARD ? "no-card" : "reader-fault");
  return raw;
}

async function ask(address: string, method: "GET" | "POST"): Promise<unknown> {
  let response: Response;
  try {
    response = await fetch(address, { method, cache: "no-store", credentials: "omit", signal: AbortSignal.timeout(PATIENCE) });
  } catch {
    throw new ReaderFault("no-bridge");
  }
  if (!response.ok) throw new ReaderFault("reader-fault");
  const text = await response.text();
  try {
    // Some editions answer `callback({...})`.
    return JSON.parse(/^[\w.]+\(([\s\S]*)\);?$/u.exec(text.trim())?.[1] ?? text);
  } catch {
    throw new ReaderFault("not-understood");
  }
}

/** 华视/新中新: open, read, close; closed also after a failure, so that the next read finds the device free. */
export async function readBridgeA(): Promise<CardReading> {
  accepted(await ask(`${loopback.a}/OpenDevice`, "GET"));
  try {
    return cardOf(accepted(await ask(`${loopback.a}/readcard?t=${Date.now()}`, "GET")));
  } finally {
    await ask(`${loopback.a}/CloseDevice`, "GET").catch(() => undefined);
  }
}

export const readBridgeB = async (): Promise<CardReading> => cardOf(accepted(await ask(`${loopback.b}/cgi-bin/readCard`, "POST")));

/** 东信/哲林. */
export const readDongxin = async (): Promise<CardReading> => cardOf(accepted(await ask(`${loopback.dongxin}/card=idcard`, "POST")));

/** Sends `greeting` and takes the first message that holds a card. Attributes by number are understood as by name. */
export function readSocket(address: string, greeting: unknown): Promise<CardReading> {
  return new Promise((done, failed) => {
    const socket = new WebSocket(address);
    const timer = setTimeout(() => end(new ReaderFault("no-card")), PATIENCE);
    const end = (outcome: CardReading | ReaderFault): void => {
      clearTimeout(timer);
      socket.onclose = null;
      socket.close();
      if (outcome instanceof ReaderFault) failed(outcome);
      else done(outcome);
    };
    socket.onopen = () => socket.send(JSON.stringify(greeting));
    socket.onerror = () => end(new ReaderFault("no-bridge"));
    socket.onclose = () => end(new ReaderFault("no-bridge"));
    socket.onmessage = ({ data }) => {
      const outcome = cardIn(data);
      if (outcome) end(outcome);
    };
  });
}

/** The card in one message; undefined when the message speaks of something else (state of the device, greetings). */
export function cardIn(message: unknown): CardReading | ReaderFault | undefined {
  if (typeof message !== "string") return undefined;
  let reply: unknown;
  try {
    reply = JSON.parse(message);
  } catch {
    return undefined;
  }
  try {
    return cardOf(accepted(attributes(reply)));
  } catch (error) {
    return error instanceof ReaderFault && error.code !== "not-understood" ? error : undefined;
  }
}

/** `[{id: 9, value: "…"}, …]` or `{attrs: [...]}` as an object by number. */
function attributes(reply: unknown): unknown {
  const list = Array.isArray(reply) ? reply : isRaw(reply) ? Object.values(reply).find(Array.isArray) : undefined;
  if (!list) return reply;
  const pairs = list.filter(isRaw).flatMap((one) => {
    const key = one["id"] ?? one["attr"] ?? one["index"] ?? one["key"];
    return typeof key === "number" || typeof key === "string" ? [[String(key), one["value"] ?? one["data"]] as const] : [];
  });
  return { ...(isRaw(reply) ? reply : {}), ...Object.fromEntries(pairs) };
}
