// The office's own keys for bundles, one pair of pairs a cipher suite, made from the installation's master.
import { type SealKeys, type SignKeys, type Suite, type SuiteName, suites } from "../../bundle/suite.ts";
import type { Keys } from "../../platform/keys.ts";

export type OfficeKeys = { readonly suite: Suite; readonly seal: SealKeys; readonly sign: SignKeys };

const made = new WeakMap<Keys, Map<SuiteName, OfficeKeys>>();

/** Keys with which the office opens what is sealed to it and signs what it sends. */
export function officeKeys(keys: Keys, name: SuiteName): OfficeKeys {
  const known = made.get(keys) ?? new Map<SuiteName, OfficeKeys>();
  made.set(keys, known);
  let found = known.get(name);
  if (!found) {
    const seeds = keys.bundle(name);
    const suite = suites[name];
    known.set(name, (found = { suite, seal: suite.newSealKeys(seeds.seal), sign: suite.newSignKeys(seeds.sign) }));
  }
  return found;
}

/** How bundles call this office: `office:` and its county. */
export const officeName = (county: number): string => `office:${county}`;
