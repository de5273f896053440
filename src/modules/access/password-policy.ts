// Rules for passwords and sessions by profile: GB/T 22239-2019 level 3 (the default), ASVS 5.0, or the demonstration. Pure decisions.
import type { Issue, Text } from "../../core/issue.ts";
import { isGuessable } from "./guessable-passwords.ts";

export const profiles = ["djbh-3", "asvs", "demo"] as const;
export type Profile = (typeof profiles)[number];
export const factorKinds = ["totp", "recovery", "certificate"] as const;
export type FactorKind = (typeof factorKinds)[number];

export type AccessPolicy = {
  readonly profile: Profile;
  /** Characters, 8–64. */
  readonly minLength: number;
  /** How many of lower case, upper case, digits and others, 0–4. */
  readonly classes: number;
  /** How many passwords before this one are refused, 0–24. */
  readonly history: number;
  /** Days after which a password must be changed; 0: never. */
  readonly maxAgeDays: number;
  readonly idleMinutes: number;
  readonly administratorIdleMinutes: number;
  readonly sessionHours: number;
  /** Wrong answers after which a login, and a source of requests, is refused for `blockMinutes`. */
  readonly failures: number;
  readonly sourceFailures: number;
  readonly blockMinutes: number;
  /** Sessions of one account at the same time; 0: as many as they like. */
  readonly sessions: number;
  /** Masked values that an account may see in full in a day. */
  readonly revealsPerDay: number;
  readonly secondFactors: readonly FactorKind[];
};

/** 等保 level 3 (8.1.4.1) asks for complex passwords that are changed regularly; ASVS 5.0 forbids both (V6.2.5, V6.2.10) and asks for length instead. */
export const byProfile: Readonly<Record<Profile, AccessPolicy>> = {
  "djbh-3": { profile: "djbh-3", minLength: 10, classes: 3, history: 5, maxAgeDays: 90, idleMinutes: 15, administratorIdleMinutes: 10, sessionHours: 8, failures: 5, sourceFailures: 50, blockMinutes: 15, sessions: 1, revealsPerDay: 200, secondFactors: ["totp", "recovery"] },
  asvs: { profile: "asvs", minLength: 15, classes: 0, history: 0, maxAgeDays: 0, idleMinutes: 15, administratorIdleMinutes: 10, sessionHours: 8, failures: 5, sourceFailures: 50, blockMinutes: 15, sessions: 1, revealsPerDay: 200, secondFactors: ["totp", "recovery"] },
  demo: { profile: "demo", minLength: 10, classes: 0, history: 0, maxAgeDays: 0, idleMinutes: 30, administratorIdleMinutes: 30, sessionHours: 12, failures: 5, sourceFailures: 50, blockMinutes: 10, sessions: 0, revealsPerDay: 1000, secondFactors: ["totp", "recovery"] },
};

const classesIn = (password: string): number => [/\p{Ll}/u, /\p{Lu}/u, /\p{Nd}/u, /[^\p{Ll}\p{Lu}\p{Nd}]/u].filter((each) => each.test(password)).length;
const issue = (code: string, zh: string, en: string): Issue => ({ severity: "block", code, paths: ["password"], message: { zh, en } });

/** What is wrong with a new password, apart from the ones before it. `about`: the login and name of its person, which must not stand inside. */
export function faultsOf(password: string, policy: AccessPolicy, about: { readonly login: string; readonly name: string }): Issue[] {
  const found: Issue[] = [];
  const lower = password.toLowerCase();
  if ([...password].length < policy.minLength) found.push(issue("password-too-short", `至少${policy.minLength}个字符`, `At least ${policy.minLength} characters`));
  if (classesIn(password) < policy.classes) found.push(issue("password-too-plain", `须含大写字母、小写字母、数字、其他字符中的${policy.classes}类`, `${policy.classes} of upper case, lower case, digits and other characters`));
  if ([about.login, about.name].some((word) => word.length >= 2 && lower.includes(word.toLowerCase()))) found.push(issue("password-holds-name", "不能包含账号或姓名", "Not the account or the name inside"));
  if (isGuessable(password)) found.push(issue("password-guessable", "太容易被猜到，请换一个", "Too easy to guess; choose another"));
  return found;
}

export const usedBefore: Issue = issue("password-used-before", "不能与最近用过的密码相同", "Not one of the passwords used before");

export const breached: Issue = issue("password-breached", "该密码已出现在泄露密码清单中，请换一个", "This password is known from a breach; choose another");

/** The rules in words, for pages on which a password is set. */
export function rulesInWords(policy: AccessPolicy): Text[] {
  return [
    { zh: `至少${policy.minLength}个字符`, en: `At least ${policy.minLength} characters` },
    ...(policy.classes > 1 ? [{ zh: `须含大写字母、小写字母、数字、其他字符中的${policy.classes}类`, en: `${policy.classes} of upper case, lower case, digits and other characters` }] : []),
    { zh: "不含账号和姓名，不用常见密码", en: "Without the account and the name, and none of the common ones" },
    ...(policy.history > 0 ? [{ zh: `不能与最近${policy.history}次相同`, en: `None of the last ${policy.history}` }] : []),
    ...(policy.maxAgeDays > 0 ? [{ zh: `${policy.maxAgeDays}天后须更换`, en: `To be changed after ${policy.maxAgeDays} days` }] : []),
  ];
}

/** Has the password's time run out? */
export const isExpired = (policy: AccessPolicy, setAt: Date | null, now: Date): boolean => policy.maxAgeDays > 0 && setAt !== null && now.getTime() - setAt.getTime() > policy.maxAgeDays * 86_400_000;
