// Starting values of the levels of each role for lists nobody has measured yet; learning moves them.
import type { LevelSetting, RoleName } from "./model.ts";

const TABLE: { readonly [R in RoleName]?: Readonly<Record<string, readonly [m: number, u: number]>> } = {
  "latin-name": { equal: [0.8, 0.005], exchanged: [0.01, 1e-4], "one-edit": [0.08, 5e-4], close: [0.03, 5e-4], near: [0.02, 3e-3], "exchanged-near": [0.004, 1e-4], sound: [0.006, 2e-3], initial: [0.005, 5e-4], part: [0.01, 5e-4], different: [0.06, 0.98], missing: [0.05, 0.05] },
  code: { equal: [0.85, 1e-3], "one-edit": [0.06, 1e-4], near: [0.03, 1e-4], "same-head": [0.005, 1e-4], different: [0.07, 0.99], missing: [0.05, 0.05] },
  category: { equal: [0.9, 0.2], "one-edit": [0.03, 5e-3], different: [0.07, 0.8], missing: [0.05, 0.05] },
  number: { equal: [0.8, 0.02], next: [0.03, 0.02], "one-digit": [0.03, 0.01], "within-5-percent": [0.04, 0.05], "within-20-percent": [0.03, 0.1], different: [0.07, 0.8], missing: [0.05, 0.05] },
  text: { equal: [0.4, 1e-4], almost: [0.15, 1e-4], most: [0.12, 1e-4], close: [0.06, 1e-3], half: [0.1, 5e-4], some: [0.07, 3e-3], few: [0.05, 0.03], different: [0.05, 0.96], missing: [0.05, 0.05] },
  phone: { equal: [0.7, 1e-4], "one-digit": [0.05, 1e-5], different: [0.25, 0.999], missing: [0.1, 0.1] },
  address: { equal: [0.5, 1e-5], "same-house": [0.15, 1e-5], "same-numbers": [0.06, 1e-3], "same-street-number": [0.05, 1e-3], "same-street": [0.02, 0.03], different: [0.2, 0.95], missing: [0.02, 0.02] },
  name: { equal: [0.85, 1e-4], homophone: [0.04, 1e-4], "near-sound": [0.01, 1e-4], "look-alike": [0.03, 1e-4], swapped: [0.004, 1e-5], "one-character": [0.01, 3e-3], "long-near": [0.005, 1e-6], part: [0.002, 1e-5], "dropped-character": [0.008, 1e-3], "same-surname": [0.006, 0.03], different: [0.003, 0.96], missing: [0.01, 0.01] },
  "birth-date": { equal: [0.85, 1e-4], swapped: [0.01, 5e-5], "one-digit": [0.05, 5e-4], "next-year": [0.01, 1e-4], "other-day": [0.02, 1e-3], "other-month": [0.02, 1e-3], "two-of-three": [0.02, 3e-3], "same-year": [0.01, 0.015], different: [0.02, 0.97], missing: [0.05, 0.05] },
};

/** Levels of a role with starting values. @throws Error for a role that is never proposed */
export function defaultLevels(role: RoleName): LevelSetting[] {
  const levels = TABLE[role];
  if (levels === undefined) throw new Error(`no starting values for ${role}`);
  return Object.entries(levels).map(([level, [m, u]]) => ({ level, m, u }));
}
