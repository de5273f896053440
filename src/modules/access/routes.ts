// Binds signing in, set-up, offices and accounts.
import { Problem } from "../../core/problem.ts";
import { bind, bindAlone, type Binding } from "../../platform/http.ts";
import type { Platform } from "../../platform/platform.ts";
import { createAccount, createOffice, disableAccount, getMe, getSetUp, listAccounts, setUp, signIn, signOut } from "./contract.ts";
import { accountsAndOffices, closeAccount, openAccount, openOffice, performSetUp, setUpState } from "./service.ts";
import { describe, signIn as enter, signOut as leave } from "./sign-in.ts";

/** @param setUpCode shown on the console of a server that waits for its set-up; absent once it is done */
export const routes = (platform: Platform, setUpCode: string | undefined): Binding[] => [
  bind(getSetUp, setUpState),
  bind(setUp, async (tx, { body }) => {
    if (!setUpCode) throw new Problem("set-up-done");
    await performSetUp(tx, setUpCode, body);
    return {};
  }),
  bindAlone(signIn, async ({ body, from, setSession }) => {
    const { token, me } = await enter(platform, body.login, body.password, from);
    setSession(token);
    return me;
  }),
  bind(signOut, async (tx, { setSession }) => {
    await leave(tx);
    setSession(null);
    return {};
  }),
  bind(getMe, (tx) => describe(tx, tx.actor.account)),
  bind(listAccounts, accountsAndOffices),
  bind(createOffice, (tx, { body }) => openOffice(tx, body)),
  bind(createAccount, (tx, { body }) => openAccount(tx, body)),
  bind(disableAccount, (tx, { params }) => closeAccount(tx, platform, params.id)),
];
