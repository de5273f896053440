// Offices and accounts as the system administrator opens, moves and ends them, and rights as the security administrator gives them.
// Nobody acts on the own account; whatever changes takes effect at the next request. The database holds every one of these rules too.
import type { Static } from "typebox";
import { newId } from "../../core/ids.ts";
import { Problem } from "../../core/problem.ts";
import type { BodyOf, ReplyOf } from "../../core/route.ts";
import { addYears } from "../../core/time.ts";
import { audit } from "../../platform/audit.ts";
import type { Tx } from "../../platform/database.ts";
import type { Platform } from "../../platform/platform.ts";
import { areaNames } from "../areas/service.ts";
import * as rows from "./account-queries.ts";
import { issueActivation } from "./activation.ts";
import type { accountView, confirmRights, createAccount, createOffice, endAccount, listAccounts, officeView } from "./contract.ts";
import * as queries from "./queries.ts";
import { administrators, longestYears, roles } from "./rules.ts";
import { forgetSessions } from "./sign-in.ts";
import { keysOf } from "./sign-in-steps.ts";
import * as signIn from "./sign-in-queries.ts";

export type AccountView = Static<typeof accountView>;
type OfficeView = Static<typeof officeView>;
type Wish = rows.RightWish;

/** @throws Problem own-account, not-found */
async function demandAnother(tx: Tx, id: string): Promise<AccountView> {
  if (id === tx.actor.account) throw new Problem("own-account");
  if (!(await rows.lockAccount(tx, id))) throw new Problem("not-found");
  return oneAccount(tx, id);
}

const noted = async (tx: Tx, platform: Platform, action: string, account: string, detail: Readonly<Record<string, unknown>> = {}): Promise<AccountView> => {
  await audit(tx, { action, people: 0, detail: { account, ...detail } });
  forgetSessions(platform);
  return oneAccount(tx, account);
};

export async function openOffice(tx: Tx, office: BodyOf<typeof createOffice>): Promise<OfficeView> {
  const id = newId();
  await queries.addOffice(tx, { id, ...office });
  await audit(tx, { action: "office.create", area: office.area, people: 0, detail: { office: id } });
  return oneOffice(tx, id);
}

/** @throws Problem not-found */
export async function renameOffice(tx: Tx, id: string, name: string): Promise<OfficeView> {
  await oneOffice(tx, id);
  await rows.renameOffice(tx, id, name);
  await audit(tx, { action: "office.rename", people: 0, detail: { office: id } });
  return oneOffice(tx, id);
}

/** @throws Problem not-found, move-not-possible while accounts of the office are in use */
export async function closeOffice(tx: Tx, platform: Platform, id: string): Promise<OfficeView> {
  const office = await oneOffice(tx, id);
  if (office.closed) return office;
  const left = await rows.accountsInUseAt(tx, id);
  if (left.length > 0) throw new Problem("move-not-possible", { zh: `该机构还有 ${left.length} 个在用账号，请先调动或停用`, en: `${left.length} accounts of the office are in use; move or disable them first` });
  await rows.closeOffice(tx, id, platform.clock.now());
  await audit(tx, { action: "office.close", people: 0, detail: { office: id } });
  return oneOffice(tx, id);
}

/** Why a right cannot be asked for or given; undefined when it can. @param endsOn last day of the account; @param today `YYYY-MM-DD` */
export function rightFault(wish: Wish, endsOn: string, today: string): { readonly zh: string; readonly en: string } | undefined {
  const role = roles[wish.role];
  if (!role) return { zh: `没有“${wish.role}”这个岗位`, en: `There is no role “${wish.role}”` };
  if (administrators.some((each) => each === wish.role)) return { zh: "系统、安全、审计管理员只能经移交产生", en: "Administrators come by hand-over only" };
  if (wish.endsOn !== undefined && (wish.endsOn < today || wish.endsOn > endsOn)) return { zh: "权限的截止日应在今天与账号有效期之间", en: "A right ends between today and the last day of the account" };
  if (wish.role !== "entrusted") return undefined;
  if (!wish.contract?.trim() || wish.endsOn === undefined) return { zh: "受托采集员须填合同编号和截止日", en: "An entrusted third party needs a contract and a last day" };
  return wish.endsOn > (addYears(today, longestYears.entrusted) ?? today) ? { zh: "受托采集员的权限最长一年", en: "An entrusted third party's right lasts a year at most" } : undefined;
}

function demandRights(wishes: readonly Wish[], endsOn: string, today: string): void {
  if (new Set(wishes.map((wish) => wish.role)).size < wishes.length) throw new Problem("bad-request", { zh: "同一岗位写了两次", en: "A role stands twice" });
  for (const wish of wishes) {
    const fault = rightFault(wish, endsOn, today);
    if (fault) throw new Problem("bad-request", fault);
  }
}

/** Why a day cannot be an account's last; undefined when it can. */
export function endFault(endsOn: string, today: string): { readonly zh: string; readonly en: string } | undefined {
  if (endsOn < today) return { zh: "有效期不能早于今天", en: "An account does not end before today" };
  return endsOn > (addYears(today, longestYears.account) ?? today) ? { zh: `有效期最长 ${longestYears.account} 年`, en: `An account lasts ${longestYears.account} years at most` } : undefined;
}

/**
 * An account without rights; those wished for wait. Its activation code is in the answer and nowhere else.
 * @throws Problem bad-request (office, day, right), already-exists for a login that is taken
 */
export async function openAccount(tx: Tx, platform: Platform, wish: BodyOf<typeof createAccount>): Promise<ReplyOf<typeof createAccount>> {
  const today = platform.clock.today();
  const fault = endFault(wish.endsOn, today);
  if (fault) throw new Problem("bad-request", fault);
  demandRights(wish.rights, wish.endsOn, today);
  const office = await rows.officeById(tx, wish.officeId);
  if (!office || office.closedAt) throw new Problem("bad-request", { zh: "机构不存在或已撤销", en: "There is no such office, or it is closed" });
  const id = newId();
  await rows.addAccount(tx, { id, login: wish.login, name: wish.name, officeId: wish.officeId, endsOn: wish.endsOn, batchId: null });
  await rows.addRoles(tx, wish.rights.map((right) => ({ account: id, wish: right })), null);
  await audit(tx, { action: "account.create", people: 0, detail: { account: id, roles: wish.rights.map((right) => right.role) } });
  return { activation: await issueActivation(tx, platform, id), account: await oneAccount(tx, id) };
}

/** @throws Problem own-account, not-found, bad-request, last-administrator */
export async function endOn(tx: Tx, platform: Platform, id: string, { endsOn }: BodyOf<typeof endAccount>): Promise<AccountView> {
  await demandAnother(tx, id);
  const fault = endFault(endsOn, platform.clock.today());
  if (fault) throw new Problem("bad-request", fault);
  await rows.setEnd(tx, id, endsOn);
  return noted(tx, platform, "account.end", id, { endsOn });
}

/** The person is signed out and the jobs they asked for stop. @throws Problem own-account, not-found, last-administrator */
export async function closeAccount(tx: Tx, platform: Platform, id: string): Promise<AccountView> {
  await demandAnother(tx, id);
  await rows.setDisabled(tx, id, platform.clock.now(), "administrator");
  await queries.removeSessionsOf(tx, id);
  return noted(tx, platform, "account.disable", id);
}

/** Its rights wait anew: whoever comes back is given them by the security administrator. @throws Problem own-account, not-found, move-not-possible */
export async function enableAccount(tx: Tx, platform: Platform, id: string): Promise<AccountView> {
  const account = await demandAnother(tx, id);
  if (!account.disabled || account.endsOn < platform.clock.today()) throw new Problem("move-not-possible", { zh: "账号未停用，或已到期（请先改有效期）", en: "The account is not disabled, or has ended (set its last day first)" });
  await rows.unconfirmRoles(tx, id);
  await rows.setDisabled(tx, id, null, null);
  return noted(tx, platform, "account.enable", id);
}

/**
 * Another office from this moment on. The rights follow only once confirmed for it; work in hand belongs to the office and stays there, running jobs stop.
 * @throws Problem own-account, not-found, move-not-possible for a closed office and for administrators
 */
export async function transferAccount(tx: Tx, platform: Platform, id: string, officeId: string): Promise<AccountView> {
  const account = await demandAnother(tx, id);
  const office = await rows.officeById(tx, officeId);
  if (!office) throw new Problem("not-found");
  if (office.closedAt || office.id === account.office.id) throw new Problem("move-not-possible", { zh: "机构已撤销，或就是现在的机构", en: "The office is closed, or it is the present one" });
  await rows.unconfirmRoles(tx, id);
  await rows.setOffice(tx, id, officeId);
  await queries.removeSessionsOf(tx, id);
  return noted(tx, platform, "account.transfer", id, { from: account.office.id, to: officeId });
}

/** @throws Problem own-account, not-found, bad-request */
export async function askRights(tx: Tx, platform: Platform, id: string, wishes: readonly Wish[]): Promise<AccountView> {
  const account = await demandAnother(tx, id);
  demandRights(wishes, account.endsOn, platform.clock.today());
  if (wishes.some((wish) => account.rights.some((held) => held.role === wish.role))) throw new Problem("already-exists", { zh: "该账号已有或已申请此岗位", en: "The account holds this role or waits for it" });
  await rows.addRoles(tx, wishes.map((wish) => ({ account: id, wish })), null);
  return noted(tx, platform, "rights.ask", id, { roles: wishes.map((wish) => wish.role) });
}

/** The account holds these rights from now on and no others. @throws Problem own-account, not-found, bad-request, move-not-possible for an administrator */
export async function setRights(tx: Tx, platform: Platform, id: string, wishes: readonly Wish[]): Promise<AccountView> {
  const account = await demandAnother(tx, id);
  demandRights(wishes, account.endsOn, platform.clock.today());
  await rows.removeRoles(tx, id);
  await rows.addRoles(tx, wishes.map((wish) => ({ account: id, wish })), platform.clock.now());
  return noted(tx, platform, "rights.set", id, { roles: wishes.map((wish) => wish.role) });
}

/** @returns how many rights were put in force, or refused @throws Problem own-account */
export async function settleRights(tx: Tx, platform: Platform, { accounts, confirm }: BodyOf<typeof confirmRights>): Promise<ReplyOf<typeof confirmRights>> {
  if (accounts.includes(tx.actor.account)) throw new Problem("own-account");
  const settled = confirm ? await rows.confirmRoles(tx, accounts, platform.clock.now()) : await rows.refuseRoles(tx, accounts);
  await audit(tx, { action: confirm ? "rights.confirm" : "rights.refuse", people: 0, detail: { accounts, rights: settled } });
  forgetSessions(platform);
  return { rights: settled };
}

/** @throws Problem own-account, not-found */
export async function unlockAccount(tx: Tx, platform: Platform, id: string): Promise<void> {
  const account = await demandAnother(tx, id);
  await signIn.forgive(tx, keysOf(platform, account.login, "").account);
  await audit(tx, { action: "account.unlock", people: 0, detail: { account: id } });
}

/** @throws Problem own-account, not-found, not-allowed for an administrator in office */
export async function renewActivation(tx: Tx, platform: Platform, id: string): Promise<{ readonly code: string; readonly expiresAt: string }> {
  const account = await demandAnother(tx, id);
  if (account.activated && account.rights.some((right) => administrators.some((role) => role === right.role))) throw new Problem("not-allowed", { zh: "在任管理员须经移交更换，不能重发激活码", en: "An administrator in office is replaced by hand-over; no new code is given" });
  return issueActivation(tx, platform, id);
}

export async function accountsAndOffices(tx: Tx): Promise<ReplyOf<typeof listAccounts>> {
  const [accounts, offices] = [await rows.details(tx), await queries.allOffices(tx)];
  const names = await areaNames(tx, offices.map((office) => office.area));
  const officeViews = offices.map((office) => ({ id: office.id, department: office.department, name: office.name, area: names.get(office.area)!, ...(office.closedAt && { closed: true }) }));
  const byId = new Map(officeViews.map((office) => [office.id, office]));
  return { accounts: accounts.map((account) => viewOf(account, byId.get(account.officeId)!)), offices: officeViews, roles: Object.keys(roles).filter((role) => !administrators.some((each) => each === role)) };
}

const viewOf = (account: rows.AccountDetail, office: OfficeView): AccountView => {
  const rights = (account.held ?? []).map((held) => ({ role: held.role, ...(held.schemes && { schemes: [...held.schemes] }), ...(held.ends_on && { endsOn: held.ends_on }), ...(held.contract && { contract: held.contract }), waiting: held.waiting, askedBy: held.asked_by }));
  return {
    id: account.id,
    login: account.login,
    name: account.name,
    office,
    roles: rights.filter((right) => !right.waiting).map((right) => right.role),
    rights,
    endsOn: account.endsOn,
    disabled: account.disabledAt !== null,
    ...(account.disabledWhy && { disabledWhy: account.disabledWhy }),
    activated: account.activatedAt !== null || account.demo,
    ...(account.lastSignInAt && { lastSignInOn: account.lastSignInAt.toISOString().slice(0, 10) }),
    ...(account.batchId && { batch: account.batchId }),
  };
};

async function oneAccount(tx: Tx, id: string): Promise<AccountView> {
  const [account] = await rows.details(tx, id);
  if (!account) throw new Problem("not-found");
  return viewOf(account, await oneOffice(tx, account.officeId));
}

async function oneOffice(tx: Tx, id: string): Promise<OfficeView> {
  const office = await rows.officeById(tx, id);
  if (!office) throw new Problem("not-found");
  return { id, department: office.department, name: office.name, area: (await areaNames(tx, [office.area])).get(office.area)!, ...(office.closedAt && { closed: true }) };
}
