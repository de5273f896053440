// The first run: three people, one after the other, make the three administrators' accounts with their own passwords and second factors; the first
// names the office. Nothing else is made, and nothing else works before the third is done. Interrupted, it goes on with whoever is missing.
import { timingSafeEqual } from "node:crypto";
import { newId } from "../../core/ids.ts";
import { Problem } from "../../core/problem.ts";
import type { BodyOf, ReplyOf } from "../../core/route.ts";
import { audit } from "../../platform/audit.ts";
import type { Tx } from "../../platform/database.ts";
import type { Platform } from "../../platform/platform.ts";
import type { confirmSetUp, getSetUp, setUp } from "./contract.ts";
import { beginEnrolment, checkEnrolment, putFactorInForce, signInDuty } from "./enrolment.ts";
import { rulesInWords } from "./password-policy.ts";
import { demandRules, hashPassword } from "./passwords.ts";
import * as accounts from "./queries.ts";
import { administrators } from "./rules.ts";
import * as queries from "./sign-in-queries.ts";

/** How far the set-up is, for whoever opens the first page. */
export async function setUpState(tx: Tx): Promise<ReplyOf<typeof getSetUp>> {
  const demo = (await accounts.installation(tx))?.demo ?? false;
  const people = demo ? [] : await queries.administrators(tx);
  const done = administrators.filter((role) => people.some((each) => each.roles.includes(role)));
  const next = demo ? undefined : administrators.find((role) => !done.includes(role));
  const shown = demo ? await accounts.demoAccounts(tx) : [];
  return {
    needed: next !== undefined,
    done,
    ...(next && { next }),
    ...(people[0] && next && { officeName: people[0].officeName }),
    passwordRules: rulesInWords(await queries.policy(tx)),
    demo,
    demoAccounts: shown.map(({ login, name, officeName }) => ({ login, name, office: officeName })),
  };
}

type Wish = { readonly role: string; readonly name: string; readonly password: string; readonly area?: number; readonly officeName?: string };

const otherPerson = (): Problem => new Problem("already-exists", { zh: "三名管理员须是三个人：姓名、账号不能相同", en: "The three administrators are three people: names and logins differ" });

/** One person's first step. @throws Problem sign-in-failed for a wrong code from the console, move-not-possible out of turn, already-exists for a person or login that was there before */
export async function beginSetUp(platform: Platform, code: string | undefined, wish: BodyOf<typeof setUp>, from: string): Promise<ReplyOf<typeof setUp>> {
  const now = platform.clock.now();
  const { policy, may, state, people } = await platform.database.write(signInDuty, async (tx) => {
    const policy = await queries.policy(tx);
    // Whoever guesses is slowed by source, and all sources together.
    const one = await queries.takeTry(tx, `set-up:${from}`, policy.failures, policy.blockMinutes, policy.blockMinutes, now);
    const all = await queries.takeTry(tx, "set-up", policy.sourceFailures, policy.blockMinutes, policy.blockMinutes, now);
    return { policy, may: one && all, state: await setUpState(tx), people: await queries.administrators(tx) };
  });
  if (!code || !state.needed) throw new Problem("set-up-done");
  if (!may) throw new Problem("too-many-requests");
  const [given, right] = [wish.code, code].map((text) => Buffer.from(text.padEnd(64).slice(0, 64))) as [Buffer, Buffer];
  if (given.length !== right.length || !timingSafeEqual(given, right)) throw new Problem("sign-in-failed", { zh: "初始化码不正确", en: "The set-up code is not right" });
  await platform.database.write(signInDuty, async (tx) => {
    await queries.giveBackTry(tx, `set-up:${from}`, "set-up", policy.sourceFailures);
  });
  if (wish.role !== state.next) throw new Problem("move-not-possible", { zh: "请按次序设立三名管理员", en: "The three administrators are made in order" });
  if (people.length === 0 && (wish.area === undefined || wish.officeName === undefined)) throw new Problem("bad-request", { zh: "第一名管理员须填写机构和区划", en: "The first administrator names the office and its area" });
  if (people.some((each) => each.name === wish.name || each.login === wish.login)) throw otherPerson();
  demandRules(wish.password, policy, wish, platform);
  const { role, name, area, officeName } = wish;
  return beginEnrolment<Wish>(platform, "set-up", null, wish.login, { role, name, password: await hashPassword(wish.password), ...(area !== undefined && { area }), ...(officeName !== undefined && { officeName }) });
}

/** One person's second step: the account exists from here on. The third one ends the set-up. */
export async function confirmSetUpOf(platform: Platform, { token, code }: BodyOf<typeof confirmSetUp>): Promise<ReplyOf<typeof confirmSetUp>> {
  const { tokenDigest, content, step } = await checkEnrolment<Wish>(platform, "set-up", token, code);
  return platform.database.write(signInDuty, async (tx) => {
    await queries.oneSetUp(tx);
    const people = await queries.administrators(tx);
    const state = await setUpState(tx);
    if (state.next !== content.role || !(await queries.endEnrolment(tx, tokenDigest))) throw new Problem("move-not-possible", { zh: "这一名管理员已经设立", en: "This administrator exists already" });
    if (people.some((each) => each.name === content.name || each.login === content.login)) throw otherPerson();
    const id = newId();
    const now = platform.clock.now();
    await accounts.addAccount(tx, { id, login: content.login, name: content.name, officeId: people[0]?.officeId ?? (await openFirstOffice(tx, content)), passwordHash: content.password, passwordSetAt: now, activatedAt: now, roles: [content.role], endsOn: "2099-12-31", demo: false });
    const recoveryCodes = await putFactorInForce(tx, platform, id, content.secret, step);
    await audit(tx, { action: "set-up.administrator", people: 0, detail: { account: id, role: content.role } });
    const { next } = await setUpState(tx);
    if (!next && !(await accounts.installation(tx))) await accounts.markInstalled(tx, false);
    return { recoveryCodes, ...(next && { next }) };
  });
}

async function openFirstOffice(tx: Tx, { area, officeName }: Wish): Promise<string> {
  if (area === undefined || officeName === undefined) throw new Problem("move-not-possible");
  const id = newId();
  await accounts.addOffice(tx, { id, area, department: "administration", name: officeName });
  await audit(tx, { action: "office.create", area, people: 0, detail: { office: id } });
  return id;
}
