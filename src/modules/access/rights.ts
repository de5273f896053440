// What an account may do today: its confirmed roles, each for all schemes or some, until a day; and the actor these make.
import { areaRange } from "../../core/area-code.ts";
import type { Actor } from "../../platform/database.ts";
import { permissionsOf } from "./rules.ts";

/** A right in force, as the database keeps it beside the account. No `schemes`: for all of them. `endsOn` is its last day. */
export type Right = { readonly role: string; readonly schemes?: readonly string[]; readonly endsOn?: string };
type Holder = {
  readonly id: string;
  readonly name: string;
  readonly rights: unknown;
  readonly officeName: string;
  readonly department: string;
  readonly area: number;
  readonly disabledAt: Date | null;
  readonly endsOn: string;
};

/** The rights of an account that have not ended. @param today `YYYY-MM-DD` */
export const rightsOn = (account: Pick<Holder, "rights">, today: string): readonly Right[] => (account.rights as readonly Right[]).filter((right) => right.endsOn === undefined || right.endsOn >= today);

/** Whether an account may be used today. */
export const usable = (account: Pick<Holder, "disabledAt" | "endsOn">, today: string): boolean => account.disabledAt === null && account.endsOn >= today;

/** The actor of an account: its scope is the range of its office's area, and the schemes for which its rights hold. */
export function actorOf(account: Holder, today: string): Actor {
  const { lo, hi } = areaRange(account.area);
  const rights = rightsOn(account, today);
  const limited = rights.some((right) => right.schemes !== undefined);
  const everywhere = rights.some((right) => right.schemes === undefined);
  return {
    account: account.id,
    name: account.name,
    office: account.officeName,
    department: account.department,
    roles: rights.map((right) => right.role),
    area: account.area,
    lo,
    hi,
    ...(limited && { grants: rights.map(({ role, schemes }) => ({ role, may: permissionsOf([role]), ...(schemes && { schemes }) })) }),
    ...(limited && !everywhere && { schemes: [...new Set(rights.flatMap((right) => right.schemes ?? []))].toSorted() }),
  };
}
