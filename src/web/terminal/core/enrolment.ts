// Enrolment: keys are made here, the office registers their public halves against an activation code, and the PIN closes the secret ones.
import { NO_PREVIOUS } from "../../../bundle/header.ts";
import { suites, type SuiteName } from "../../../bundle/suite.ts";
import type { ReplyOf } from "../../../core/route.ts";
import { enrol as enrolRoute } from "../../../modules/fieldwork/contract.ts";
import { fromBase64url, toBase64url } from "./base64url.ts";
import { type Context, type NewKeys, type Session } from "./context.ts";
import { kept, TerminalFault } from "./fault.ts";
import { newBrowserKeys, pinKey, random, SHORTEST_PIN, storeKey, wrap } from "./keys.ts";
import { OfficeRefusal, send } from "./office-line.ts";
import { close, openStore, operatorNamePlace, personKeyBytes, personKeyPlace, sealSecrets } from "./opening.ts";
import { seal, utf8 } from "./seal.ts";
import { type Device, isDevice, KNOWN, type OperatorRow, SELF } from "./store.ts";

export type Enrolment = { readonly code: string; readonly pin: string; readonly suite?: SuiteName };

/** Keys for this code: those of a try whose answer was lost, those of the open terminal with new ones for the person, or new ones. */
async function keysFor(context: Context, code: string, suite: SuiteName): Promise<NewKeys> {
  if (context.pending?.code === code) return context.pending.keys;
  const { newSealKeys, newSignKeys } = suites[suite];
  const { session, device } = context;
  const keys: NewKeys =
    isDevice(device) && session
      ? { browser: device.keys, terminalKey: session.terminalKey, device: session.device, person: newSignKeys() }
      : { browser: await newBrowserKeys(), terminalKey: random(32), device: { seal: newSealKeys(), sign: newSignKeys() }, person: newSignKeys() };
  context.pending = { code, keys };
  return keys;
}

const newDevice = (reply: ReplyOf<typeof enrolRoute>, suite: SuiteName, keys: NewKeys, secrets: Device["secrets"], now: number): Device => ({
  id: reply.device,
  label: reply.label,
  area: 0,
  suite,
  officeSeal: fromBase64url(reply.officeSeal),
  officeSign: fromBase64url(reply.officeSign),
  keys: keys.browser,
  secrets,
  wipeAfterDays: 0,
  wrongPins: 0,
  clock: { latest: Date.parse(reply.time), skew: now - Date.parse(reply.time) },
  seq: 0,
  previous: NO_PREVIOUS,
  taken: 0,
  downSeq: 0,
  downDigest: NO_PREVIOUS,
  revocationsNo: 0,
  generation: 0,
  segments: 0,
  pages: 0,
  skewSeconds: Math.round((now - Date.parse(reply.time)) / 1000),
});

/**
 * Registers this browser, or one more person on an open terminal; the person is signed in afterwards.
 * @throws TerminalFault code-not-valid, not-reachable, no-cipher, not-open when the terminal has a device and is closed, wrong-pin for a PIN that is too short
 */
export async function enrol(context: Context, { code, pin, suite = "international" }: Enrolment): Promise<void> {
  if ([...pin].length < SHORTEST_PIN) throw new TerminalFault("wrong-pin", { detail: { zh: `至少 ${SHORTEST_PIN} 位`, en: `at least ${SHORTEST_PIN} characters` } });
  const known = isDevice(context.device) ? context.device : undefined;
  if (known && !context.session) throw new TerminalFault("not-open");
  const used = known?.suite ?? suite;
  const keys = await keysFor(context, code, used);
  const body = { code: code.trim(), suite: used, deviceSeal: toBase64url(keys.device.seal.publicKey), deviceSign: toBase64url(keys.device.sign.publicKey), operatorSign: toBase64url(keys.person.publicKey) };
  const response = await send(context, enrolRoute, { body }).catch((error: unknown) => {
    throw error instanceof OfficeRefusal && error.problem === "code-not-valid" ? new TerminalFault("code-not-valid") : error;
  });
  const reply = (await response.json()) as ReplyOf<typeof enrolRoute>;
  if (known && reply.device !== known.id) throw new TerminalFault("code-not-valid", { detail: { zh: "激活码属于另一台终端", en: "the code belongs to another terminal" } });
  await keep(context, reply, used, keys, pin);
  context.pending = undefined;
  context.changed();
}

async function keep(context: Context, { device: id, operator, ...reply }: ReplyOf<typeof enrolRoute>, suite: SuiteName, keys: NewKeys, pin: string): Promise<void> {
  const { account, name } = operator;
  const { box, mac } = keys.browser;
  const salt = random(16);
  const closing = await pinKey(pin, salt, mac, context.rounds);
  const row: OperatorRow = {
    account,
    name: await seal(box, operatorNamePlace(account), utf8(name)),
    salt,
    wrapped: await wrap(closing, "terminal", keys.terminalKey),
    sign: await seal(closing, personKeyPlace(account), personKeyBytes(keys.person)),
  };
  const held = isDevice(context.device) ? context.device : newDevice({ device: id, operator, ...reply }, suite, keys, await sealSecrets(keys.terminalKey, keys.device), context.now());
  await kept(() =>
    context.store.transaction("rw", [context.store.device, context.store.operators], async () => {
      await context.store.device.put(held, SELF);
      await context.store.operators.put(row);
    }),
  );
  const session: Session = { account, name, terminalKey: keys.terminalKey.slice(), device: keys.device, person: keys.person };
  if (isDevice(context.device)) close(context);
  context.device = held;
  context.session = session;
  // The store key of a terminal without a lease is in memory only: nothing is kept under it until the first bundle brings one.
  if (held.store) await openStore(context, row);
  else {
    const raw = random(32);
    session.store = { raw, key: await storeKey(raw) };
  }
  globalThis.localStorage?.setItem(KNOWN, "1");
}
