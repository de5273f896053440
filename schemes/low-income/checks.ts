// All rules across items of this scheme, in the order of the form, and the rules across households.
import { source, text } from "../../src/scheme/define.ts";
import type { AcrossCheck, Check } from "../../src/scheme/define.ts";
import { conditionChecks } from "./checks/conditions.ts";
import { hardshipChecks } from "./checks/hardship.ts";
import { headChecks } from "./checks/head.ts";
import { memberChecks } from "./checks/members.ts";
import { moneyChecks } from "./checks/money.ts";
import { paperChecks } from "./checks/papers.ts";
import { processChecks } from "./checks/process.ts";

/** Every check of one household. */
export const checks: readonly Check[] = [...headChecks, ...memberChecks, ...conditionChecks, ...moneyChecks, ...hardshipChecks, ...processChecks, ...paperChecks];

/** One household a person, one number a household. Who married out keeps a row in the old household, hence a reason and no error. */
export const acrossRecords: readonly AcrossCheck[] = [
  {
    kind: "at-most-one",
    key: "across.member_in_two_households",
    severity: "explain",
    same: ["household.members[].id_number"],
    at: ["household.members"],
    message: text(
      "成员已登记在另一家庭，一人只能属于一个家庭；嫁娶、分户的请在原家庭标注人员状态并说明",
      "A member is registered in another household already; one person belongs to one household. Who married out or moved is marked so there: please explain",
    ),
    source: source(["S4", "R"], "避免重复救助; R-03"),
  },
  {
    kind: "at-most-one",
    key: "across.family_no_twice",
    severity: "block",
    same: ["household.family_no"],
    at: ["household.family_no"],
    message: text("家庭编号已被另一家庭使用", "Another household has this number"),
    source: source(["R"]),
  },
];
