// Who stands in a household now, who is its head, and of whom nobody has said yet what they are to the head.
import type { ReplyOf } from "../../../core/route.ts";
import type { getHousehold } from "../../../modules/aid/contract.ts";
import { isHead } from "../../../modules/aid/rules.ts";

type View = ReplyOf<typeof getHousehold>;

export const standing = (view: View): View["members"] => view.members.filter((member) => member.until === undefined);
const headOf = (view: View): View["members"][number] | undefined => standing(view).find((member) => isHead(member.relation));
/** The head left, or the household split off from another. */
export const hasNoHead = (view: View): boolean => standing(view).length > 0 && headOf(view) === undefined;
/** Of a household that no record names yet: its head's name. */
export const nameOfHead = (view: View): string | undefined => headOf(view)?.name;
/** Whose relation an office enters: everybody's where there is no head, else theirs of whom no form says it. */
export const unrelated = (view: View): View["members"] => standing(view).filter((member) => member.relation === "" || hasNoHead(view));
