// One intake: every application for aid enters here, whoever brings it, and hangs on a household of the register.
import { sql } from "kysely";
import { newId } from "../../core/ids.ts";
import { Problem } from "../../core/problem.ts";
import { addWorkingDays, isDate } from "../../core/time.ts";
import { audit } from "../../platform/audit.ts";
import type { Tx } from "../../platform/database.ts";
import { emit } from "../../platform/journal.ts";
import type { Platform } from "../../platform/platform.ts";
import { holidays } from "../campaigns/service.ts";
import { aidEvents } from "./events.ts";
import { itemInForce } from "./items.ts";
import { expectRegistered, householdForUpdate } from "./register.ts";
import type { Via } from "./rules.ts";

export type Application = {
  readonly county: number;
  readonly household: string;
  readonly item: string;
  readonly member?: number | undefined;
  readonly via: Via;
  readonly appliedOn: string;
  /** Where it comes from and its number there; the same again is the same application. Without it every call is a new one. */ readonly source?:
    | { readonly name: string; readonly no: string }
    | undefined;
  /** Who brought it, when a duty enters it after their act: whoever that is does not decide it. */ readonly enteredBy?: string;
};

/**
 * Enters an application; `dueOn` is the day by which it has its result. Writes one audit row.
 * @throws Problem not-found (household or item), bad-request (a day that is none or in the future, a member who is not there), move-not-possible (not registered, ended), already-exists (one of the item is open)
 */
export async function enterApplication(tx: Tx, platform: Platform, given: Application): Promise<{ readonly id: string; readonly dueOn: string; readonly known: boolean }> {
  const household = await householdForUpdate(tx, { county: given.county, id: given.household });
  expectRegistered(household);
  if (!isDate(given.appliedOn) || given.appliedOn > platform.clock.today()) throw new Problem("bad-request", { zh: "申请日期不正确或晚于今天", en: "The day is none, or in the future" });
  const item = await itemInForce(tx, household.scheme, given.item, household.area, given.appliedOn);
  if (!item) throw new Problem("not-found", { zh: "没有此救助项目，或在该日期未执行", en: "No such item of aid is in force on that day" });
  if (given.source) {
    const known = await tx
      .selectFrom("aidApplication")
      .select(["id", "dueOn"])
      .where("county", "=", given.county)
      .where("source", "=", given.source.name)
      .where("sourceNo", "=", given.source.no)
      .executeTakeFirst();
    if (known) {
      await audit(tx, { action: "aid.apply", county: given.county, area: household.area, people: 0, detail: { application: known.id, known: true } });
      return { ...known, known: true };
    }
  }
  if (given.member !== undefined) {
    const member = await tx
      .selectFrom("householdMember")
      .select("no")
      .where("county", "=", given.county)
      .where("householdId", "=", given.household)
      .where("no", "=", given.member)
      .where("until", "is", null)
      .executeTakeFirst();
    if (!member) throw new Problem("bad-request", { zh: "该成员不在此家庭", en: "There is no such member of the household" });
  }
  const [id, dueOn] = [newId(), addWorkingDays(given.appliedOn, item.decideDays, await holidays(tx)) ?? given.appliedOn];
  await tx
    .insertInto("aidApplication")
    .values({
      county: given.county,
      id,
      householdId: given.household,
      area: household.area,
      scheme: household.scheme,
      item: given.item,
      memberNo: given.member ?? null,
      via: given.via,
      department: item.department,
      appliedOn: given.appliedOn,
      dueOn,
      source: given.source?.name ?? "office",
      sourceNo: given.source?.no ?? id,
      enteredBy: given.enteredBy ?? tx.actor.account,
    })
    .execute();
  await sql`update household set asked_on = greatest(asked_on, ${given.appliedOn}::date) where county = ${given.county} and id = ${given.household}::uuid`.execute(tx);
  await emit(tx, [{ kind: aidEvents.applied, county: given.county, area: household.area, data: { application: id, household: given.household, item: given.item, via: given.via } }]);
  await audit(tx, {
    action: "aid.apply",
    county: given.county,
    area: household.area,
    ...(household.recordId !== null && { recordId: household.recordId }),
    detail: { application: id, item: given.item, via: given.via },
  });
  return { id, dueOn, known: false };
}
