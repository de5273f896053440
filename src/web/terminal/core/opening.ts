// Opening and closing the terminal: the PIN and its tries, the lease and its end.
import type { SignKeys } from "../../../bundle/suite.ts";
import { fromBase64url, toBase64url } from "./base64url.ts";
import { isSetBack, momentOf, seen, type Clock } from "./clock.ts";
import { type Context, deviceOf, emptyMemory, type Session, sessionOf } from "./context.ts";
import { kept, TerminalFault } from "./fault.ts";
import { deviceKey, leaseKey, MOST_TRIES, pinKey, random, storeKey, unwrap } from "./keys.ts";
import { loadMemory, putAway } from "./load.ts";
import { type Bytes, sealJson, textOf, unseal, unsealJson } from "./seal.ts";
import { changeDevice, type Device, eraseAll, isDevice, type OperatorRow, SELF } from "./store.ts";

/** Secret keys of the device as they lie in the store. */
type Secrets = { readonly seal: string; readonly sealPublic: string; readonly sign: string; readonly signPublic: string };

export const sealSecrets = async (terminalKey: Bytes, { seal, sign }: Session["device"]): Promise<Bytes> =>
  sealJson(await deviceKey(terminalKey), "device", { seal: toBase64url(seal.secretKey), sealPublic: toBase64url(seal.publicKey), sign: toBase64url(sign.secretKey), signPublic: toBase64url(sign.publicKey) } satisfies Secrets);

async function openSecrets(terminalKey: Bytes, sealed: Bytes): Promise<Session["device"]> {
  const { seal, sealPublic, sign, signPublic } = await unsealJson<Secrets>(await deviceKey(terminalKey), "device", sealed);
  return { seal: { secretKey: fromBase64url(seal), publicKey: fromBase64url(sealPublic) }, sign: { secretKey: fromBase64url(sign), publicKey: fromBase64url(signPublic) } };
}

/** A person's signing keys as one text of bytes: secret key (32), then public key. */
export const personKeyBytes = ({ secretKey, publicKey }: SignKeys): Bytes => new Uint8Array([...secretKey, ...publicKey]);
const personKeysIn = (bytes: Bytes): SignKeys => ({ secretKey: bytes.slice(0, 32), publicKey: bytes.slice(32) });
export const personKeyPlace = (account: string): string => `operator/${account}/sign`;
export const operatorNamePlace = (account: string): string => `operator/${account}/name`;

/** Forgets everything that is open; the store keeps it sealed. */
export function close(context: Context): void {
  context.session?.terminalKey.fill(0);
  context.session?.store?.raw.fill(0);
  context.session = undefined;
  context.memory = emptyMemory();
  context.changed();
}

/** Deletes everything on this terminal for good. */
export async function erase(context: Context, why: "erased" | "revoked"): Promise<void> {
  close(context);
  await eraseAll(context.store, why);
  context.device = { why };
  context.changed();
}

/** Changes the device's row, in the store first. */
export async function change(context: Context, part: Partial<Device>): Promise<void> {
  await kept(() => changeDevice(context.store, part));
  context.device = { ...deviceOf(context), ...part };
}

/** One try with a PIN. It is counted before it is made, so that a tab closed meanwhile gives no further try. */
async function tryPin(context: Context, operator: OperatorRow, pin: string): Promise<{ readonly terminalKey: Bytes; readonly sign: Bytes }> {
  const device = deviceOf(context);
  const tries = device.wrongPins + 1;
  if (tries > MOST_TRIES) {
    await erase(context, "erased");
    throw new TerminalFault("erased");
  }
  await change(context, { wrongPins: tries });
  const key = await pinKey(pin, operator.salt, device.keys.mac, context.rounds);
  const terminalKey = await unwrap(key, "terminal", operator.wrapped);
  if (terminalKey) return { terminalKey, sign: await unseal(key, personKeyPlace(operator.account), operator.sign) };
  if (tries < MOST_TRIES) throw new TerminalFault("wrong-pin", { left: MOST_TRIES - tries });
  await erase(context, "erased");
  throw new TerminalFault("erased");
}

/**
 * Opens the terminal. With `lease-ended` or `clock-wrong` the device's own keys are open all the same, so that a bundle or an exchange can bring
 * a new lease. @throws TerminalFault wrong-pin, erased, revoked, lease-ended, clock-wrong
 */
export async function unlock(context: Context, account: string, pin: string): Promise<void> {
  const device = deviceOf(context);
  const operator = await context.store.operators.get(account);
  if (!operator) throw new TerminalFault("not-here");
  const { terminalKey, sign } = await tryPin(context, operator, pin);
  context.session = {
    account,
    name: textOf(await unseal(device.keys.box, operatorNamePlace(account), operator.name)),
    terminalKey,
    device: await openSecrets(terminalKey, device.secrets),
    person: personKeysIn(sign),
  };
  await change(context, { wrongPins: 0 });
  await openStore(context, operator);
  context.changed();
}

/** Opens the rows as far as clock and lease allow. @throws TerminalFault clock-wrong, lease-ended */
export async function openStore(context: Context, operator: OperatorRow): Promise<void> {
  const session = sessionOf(context);
  const device = deviceOf(context);
  const now = context.now();
  if (isSetBack(device.clock, now)) throw new TerminalFault("clock-wrong");
  await change(context, { clock: seen(device.clock, now) });
  if (await endLease(context)) throw new TerminalFault("lease-ended");
  if (operator.until !== undefined && momentOf(device.clock, now) >= Date.parse(operator.until)) throw new TerminalFault("lease-ended");
  const raw = await storedKey(session.terminalKey, deviceOf(context));
  if (!raw) throw new TerminalFault("lease-ended");
  session.store = { raw, key: await storeKey(raw) };
  await loadMemory(context);
  await putAway(context);
}

/** The store key; a new one where none was made yet, undefined while there is no lease. */
export async function storedKey(terminalKey: Bytes, device: Device): Promise<Bytes | undefined> {
  if (!device.store) return random(32);
  if (!device.lease) return undefined;
  const secret = textOf(await unseal(device.keys.box, "lease", device.lease));
  return unwrap(await leaseKey(terminalKey, secret), "store", device.store);
}

/** Deletes the lease's secret once its last moment has passed, and closes the rows. @returns true when it has ended */
export async function endLease(context: Context): Promise<boolean> {
  if (!isDevice(context.device)) return false;
  const { leaseUntil, lease, clock } = context.device;
  if (leaseUntil === undefined || momentOf(clock, context.now()) < Date.parse(leaseUntil)) return false;
  if (lease) {
    await context.store.transaction("rw", context.store.device, async () => {
      const row = await context.store.device.get(SELF);
      if (isDevice(row)) await context.store.device.put({ ...row, lease: undefined }, SELF);
    });
    context.device = { ...deviceOf(context), lease: undefined };
  }
  if (context.session?.store) {
    context.session.store = undefined;
    context.memory = emptyMemory();
    context.changed();
  }
  return true;
}

/** The clock goes on while the terminal is open, also when somebody sets the machine's back. `elapsed` since the last look, milliseconds. */
export async function tick(context: Context, elapsed: number): Promise<void> {
  if (!isDevice(context.device)) return;
  const { clock } = context.device;
  const looked: Clock = seen({ ...clock, latest: clock.latest + (context.session ? elapsed : 0) }, context.now());
  await change(context, { clock: looked });
  await endLease(context);
}
