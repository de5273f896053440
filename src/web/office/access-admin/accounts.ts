// What the administrator's pages decide: departments an office can be of, what a new account still lacks, and its usual end.
import type { Text } from "../../../core/issue.ts";
import { addYears, parseDate } from "../../../core/time.ts";

/** Departments that are no senders of lists. */
export const ownDepartments: readonly { readonly key: string; readonly label: Text }[] = [
  { key: "veterans-affairs", label: { zh: "退役军人事务", en: "Veterans affairs" } },
  { key: "administration", label: { zh: "系统管理", en: "System administration" } },
];

/** Name of a department by its key, among ours and the scheme's; the key itself when nobody knows it. */
export function departmentName(key: string, senders: readonly { readonly key: string; readonly label: Text }[]): Text {
  return [...ownDepartments, ...senders].find((one) => one.key === key)?.label ?? { zh: key, en: key };
}

export const LOGIN = /^[a-z0-9][a-z0-9._-]{2,59}$/u;

/** Accounts usually end a year after they are made. `today` is `YYYY-MM-DD`. */
export const usualEnd = (today: string): string => addYears(today, 1) ?? today;

export type EndFault = "no-date" | "past";
/** Why a day cannot be an account's last; undefined when it can. */
export function endFault(text: string, today: string): EndFault | undefined {
  const date = parseDate(text.trim());
  if (date === undefined) return "no-date";
  return date < today ? "past" : undefined;
}

export type Standing = "active" | "ended" | "disabled";
/** Whether the account can sign in today; the last day still counts. */
export function standingOf(account: { readonly disabled: boolean; readonly endsOn: string }, today: string): Standing {
  if (account.disabled) return "disabled";
  return account.endsOn < today ? "ended" : "active";
}

type Named = { readonly login: string; readonly name: string; readonly office: { readonly name: string } };
/** Accounts whose login, name or office holds the text; all of them for an empty text. */
export function accountsWith<A extends Named>(accounts: readonly A[], text: string): readonly A[] {
  const wanted = text.trim().toLowerCase();
  return wanted === "" ? accounts : accounts.filter((account) => [account.login, account.name, account.office.name].some((part) => part.toLowerCase().includes(wanted)));
}
