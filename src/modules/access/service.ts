// First-run set-up, offices and accounts.
import { timingSafeEqual } from "node:crypto";
import type { Static } from "typebox";
import { newId } from "../../core/ids.ts";
import { Problem } from "../../core/problem.ts";
import type { BodyOf, ReplyOf } from "../../core/route.ts";
import { audit } from "../../platform/audit.ts";
import type { Tx } from "../../platform/database.ts";
import type { Platform } from "../../platform/platform.ts";
import { areaNames } from "../areas/service.ts";
import type { accountView, createAccount, createOffice, getSetUp, listAccounts, officeView, setUp } from "./contract.ts";
import * as queries from "./queries.ts";
import { administrators, type Permission, permissionsOf, roles } from "./rules.ts";
import { hashPassword } from "./sign-in.ts";

/** People of the caller's area whose role includes a permission, by office and name. */
export async function peopleWhoMay(tx: Tx, platform: Platform, permission: Permission): Promise<{ readonly account: string; readonly name: string; readonly login: string; readonly area: number; readonly office: string }[]> {
  const rows = await queries.accountsWithin(tx, tx.actor.lo, tx.actor.hi, platform.clock.today());
  return rows.filter((row) => permissionsOf(row.roles).includes(permission)).map((row) => ({ account: row.id, name: row.name, login: row.login, area: row.area, office: row.officeName }));
}
export { accountInUse } from "./sign-in.ts";
/** Names of accounts, for showing who did what. */
export const accountNames = queries.namesOf;

export async function setUpState(tx: Tx): Promise<ReplyOf<typeof getSetUp>> {
  const installation = await queries.installation(tx);
  const demo = installation?.demo ?? false;
  const accounts = demo ? await queries.demoAccounts(tx) : [];
  return { needed: !installation, demo, demoAccounts: accounts.map(({ login, name, officeName }) => ({ login, name, office: officeName })) };
}

/** The first account of an installation: an administrator of accounts, made by whoever holds the code shown on the console. */
export async function performSetUp(tx: Tx, code: string, wish: BodyOf<typeof setUp>): Promise<void> {
  if (await queries.installation(tx)) throw new Problem("set-up-done");
  const [given, right] = [Buffer.from(wish.code.padEnd(64).slice(0, 64)), Buffer.from(code.padEnd(64).slice(0, 64))];
  if (!timingSafeEqual(given, right)) throw new Problem("sign-in-failed", { zh: "初始化码不正确", en: "The set-up code is not right" });
  const office = await openOffice(tx, { area: wish.area, department: "administration", name: wish.officeName });
  await queries.addAccount(tx, { id: newId(), login: wish.login, name: wish.name, officeId: office.id, passwordHash: await hashPassword(wish.password), roles: ["system-administrator"], endsOn: "2099-12-31", demo: false });
  await queries.markInstalled(tx, false);
}

export async function openOffice(tx: Tx, office: BodyOf<typeof createOffice>): Promise<Static<typeof officeView>> {
  const id = newId();
  await queries.addOffice(tx, { id, ...office });
  await audit(tx, { action: "office.create", area: office.area, people: 0, detail: { office: id } });
  return { id, department: office.department, name: office.name, area: (await areaNames(tx, [office.area])).get(office.area)! };
}

/** @throws Problem bad-request for an unknown role or office, already-exists for a login that is taken */
export async function openAccount(tx: Tx, wish: BodyOf<typeof createAccount>): Promise<Static<typeof accountView>> {
  const unknown = wish.roles.find((role) => !(role in roles));
  if (unknown) throw new Problem("bad-request", { zh: `没有“${unknown}”这个岗位`, en: `There is no role “${unknown}”` });
  if (administrators.some((role) => wish.roles.includes(role)) && wish.roles.length > 1) throw new Problem("bad-request", { zh: "系统、安全、审计管理员不能兼任其他岗位", en: "An administrator holds no other role" });
  if (!(await queries.allOffices(tx)).some((office) => office.id === wish.officeId)) throw new Problem("bad-request", { zh: "机构不存在", en: "There is no such office" });
  const id = newId();
  await queries.addAccount(tx, { id, login: wish.login, name: wish.name, officeId: wish.officeId, passwordHash: await hashPassword(wish.password), roles: wish.roles, endsOn: wish.endsOn, demo: false });
  await audit(tx, { action: "account.create", people: 0, detail: { account: id, roles: wish.roles } });
  return oneAccount(tx, id);
}

export async function closeAccount(tx: Tx, platform: Platform, id: string): Promise<Static<typeof accountView>> {
  await oneAccount(tx, id);
  await queries.disable(tx, id, platform.clock.now());
  await queries.removeSessionsOf(tx, id);
  await audit(tx, { action: "account.disable", people: 0, detail: { account: id } });
  return oneAccount(tx, id);
}

export async function accountsAndOffices(tx: Tx): Promise<ReplyOf<typeof listAccounts>> {
  const [accounts, offices] = [await queries.allAccounts(tx), await queries.allOffices(tx)];
  const names = await areaNames(tx, offices.map((office) => office.area));
  const views = new Map(offices.map((office) => [office.id, { id: office.id, department: office.department, name: office.name, area: names.get(office.area)! }]));
  return {
    accounts: accounts.map((account) => view(account, views.get(account.officeId)!)),
    offices: [...views.values()],
    roles: Object.keys(roles),
  };
}

const view = (account: queries.AccountRow, office: Static<typeof officeView>): Static<typeof accountView> => ({
  id: account.id,
  login: account.login,
  name: account.name,
  office,
  roles: account.roles,
  endsOn: account.endsOn,
  disabled: account.disabledAt !== null,
});

async function oneAccount(tx: Tx, id: string): Promise<Static<typeof accountView>> {
  const account = await queries.accountById(tx, id);
  if (!account) throw new Problem("not-found");
  const area = (await areaNames(tx, [account.area])).get(account.area)!;
  return view(account, { id: account.officeId, department: account.department, name: account.officeName, area });
}

/** Offices and accounts of the demonstration, all with one published password. Only the demo calls this. */
export async function openDemoAccounts(
  tx: Tx,
  password: string,
  wishes: readonly { readonly login: string; readonly name: string; readonly roles: readonly string[]; readonly area: number; readonly department: string; readonly officeName: string }[],
): Promise<Map<string, string>> {
  await queries.markInstalled(tx, true);
  const passwordHash = await hashPassword(password);
  const offices = new Map<string, string>();
  const accounts = new Map<string, string>();
  for (const { login, name, roles: held, area, department, officeName } of wishes) {
    const key = `${area}:${department}`;
    if (!offices.has(key)) offices.set(key, (await openOffice(tx, { area, department, name: officeName })).id);
    const id = newId();
    await queries.addAccount(tx, { id, login, name, officeId: offices.get(key)!, passwordHash, roles: [...held], endsOn: "2099-12-31", demo: true });
    accounts.set(login, id);
  }
  return accounts;
}
