// Hashing passwords: argon2id, one at a time, so that a burst of logins keeps within its memory.
import { randomBytes } from "node:crypto";
import { hash, verify } from "@node-rs/argon2";
import { Problem } from "../../core/problem.ts";
import type { Platform } from "../../platform/platform.ts";
import { isBreached } from "./breached-passwords.ts";
import { type AccessPolicy, breached, faultsOf, usedBefore } from "./password-policy.ts";

let hashing: Promise<unknown> = Promise.resolve();
function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const turn = hashing.then(work);
  hashing = turn.catch(() => undefined);
  return turn;
}

/** argon2id, 64 MiB, 3 passes: about a quarter of a second on an office machine. */
export const hashPassword = (password: string): Promise<string> => inTurn(() => hash(password, { memoryCost: 65_536, timeCost: 3, parallelism: 1 }));

let decoy: Promise<string> | undefined;
/** Takes as long where there is no password to hold it against. */
export async function isPassword(stored: string | undefined, password: string): Promise<boolean> {
  decoy ??= hashPassword(randomBytes(16).toString("hex"));
  const against = stored?.startsWith("$argon2") ? stored : await decoy;
  const right = await inTurn(() => verify(against, password));
  return right && against === stored;
}

/** @throws Problem password-not-accepted with every rule that the password breaks */
export function demandRules(password: string, policy: AccessPolicy, about: { readonly login: string; readonly name: string }, { breachedPasswords }: Pick<Platform, "breachedPasswords">): void {
  const faults = [...faultsOf(password, policy, about), ...(breachedPasswords !== undefined && isBreached(breachedPasswords, password) ? [breached] : [])];
  if (faults.length > 0) throw new Problem("password-not-accepted", undefined, faults);
}

/** @param stored hashes of the password in force and of those before it @throws Problem password-not-accepted when it is one of them */
export async function demandNew(password: string, stored: readonly string[]): Promise<void> {
  for (const each of stored) if (await isPassword(each, password)) throw new Problem("password-not-accepted", undefined, [usedBefore]);
}
