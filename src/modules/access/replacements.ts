// Hand-overs of administrators: an administrator is replaced, or joined by another, when the other two agree — one asks, the third confirms.
import { newId } from "../../core/ids.ts";
import { Problem } from "../../core/problem.ts";
import type { BodyOf, ReplyOf } from "../../core/route.ts";
import { audit } from "../../platform/audit.ts";
import type { Tx } from "../../platform/database.ts";
import type { Platform } from "../../platform/platform.ts";
import { type Administrator, replacing } from "./administration.ts";
import * as rows from "./account-queries.ts";
import type { askReplacement, listReplacements } from "./contract.ts";
import * as queries from "./queries.ts";
import { administrators } from "./rules.ts";
import { usable } from "./rights.ts";
import { forgetSessions } from "./sign-in.ts";

type View = ReplyOf<typeof askReplacement>;
const kindOf = (role: string): Administrator | undefined => administrators.find((each) => each === role);

function viewOf(tx: Tx, row: rows.Replacement): View {
  const kind = kindOf(row.role);
  const mayConfirm = row.state === "asked" && kind !== undefined && tx.actor.roles.includes(replacing[kind].confirms) && !row.parties.includes(tx.actor.account);
  return { id: row.id, role: row.role, ...(row.from !== null && { from: row.from }), to: row.to, askedBy: row.askedBy, askedAt: row.askedAt.toISOString(), state: row.state, mayConfirm };
}

async function one(tx: Tx, id: string): Promise<View> {
  const [row] = await rows.replacements(tx, id);
  if (!row) throw new Problem("not-found");
  return viewOf(tx, row);
}

/** Hand-overs, the kinds for which the caller asks, and who could take over: people with an account in use and no other right. */
export async function replacementsNow(tx: Tx, platform: Platform): Promise<ReplyOf<typeof listReplacements>> {
  const people = (await queries.allAccounts(tx)).filter((account) => usable(account, platform.clock.today()) && account.id !== tx.actor.account && (account.roles.length === 0 || account.roles.some(kindOf)));
  return {
    rows: (await rows.replacements(tx)).map((row) => viewOf(tx, row)),
    mayAsk: administrators.filter((role) => tx.actor.roles.includes(replacing[role].asks)),
    people: people.map(({ id, name, login, roles }) => ({ id, name, login, roles })),
  };
}

/** @throws Problem not-allowed unless the kind is the caller's to ask for, bad-request, own-account, already-exists while one of the kind is open */
export async function askFor(tx: Tx, platform: Platform, { role, from, to }: BodyOf<typeof askReplacement>): Promise<View> {
  const kind = kindOf(role);
  if (!kind) throw new Problem("bad-request", { zh: "只有管理员需要移交", en: "Only administrators are handed over" });
  if (!tx.actor.roles.includes(replacing[kind].asks)) throw new Problem("not-allowed");
  if (to === tx.actor.account || from === tx.actor.account) throw new Problem("own-account");
  const [taker, giver] = [await queries.accountById(tx, to), from === undefined ? undefined : await queries.accountById(tx, from)];
  if (!taker || !usable(taker, platform.clock.today()) || taker.roles.length > 0) throw new Problem("bad-request", { zh: "接任人须有在用的账号，且不担任任何岗位", en: "Whoever takes over has an account in use and no role" });
  if (from !== undefined && !giver?.roles.includes(role)) throw new Problem("bad-request", { zh: "移交人不是此类管理员", en: "Whoever hands over is no administrator of this kind" });
  const id = newId();
  await rows.addReplacement(tx, { id, role, fromAccount: from ?? null, toAccount: to, askedAt: platform.clock.now() });
  await audit(tx, { action: "administrator.ask", people: 0, detail: { role, to, ...(from !== undefined && { from }) } });
  return one(tx, id);
}

/** @throws Problem not-found, not-allowed unless the caller is the third who confirms, move-not-possible when it is settled or the taker cannot take it */
export async function settle(tx: Tx, platform: Platform, id: string, accept: boolean): Promise<View> {
  const asked = await one(tx, id);
  if (asked.state !== "asked") throw new Problem("move-not-possible");
  if (!asked.mayConfirm) throw new Problem("not-allowed", { zh: "须由第三名管理员确认", en: "The third administrator confirms" });
  if (!(await rows.settleReplacement(tx, id, accept))) throw new Problem("move-not-possible");
  await audit(tx, { action: accept ? "administrator.confirm" : "administrator.decline", people: 0, detail: { handover: id, role: asked.role } });
  forgetSessions(platform);
  return one(tx, id);
}
