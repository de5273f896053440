// Departments of the second county knock with the token of their agreement, as their systems do over HTTP: they tell what befell people, and look people up.
import { addDays } from "../../../core/time.ts";
import { askServing, decideServing, lookUp, tellEvents } from "../../../modules/departments/service.ts";
import { listAgreements } from "../../../modules/exchange/agreements.ts";
import { issueToken } from "../../../modules/exchange/intake.ts";
import type { EventKind } from "../../../scheme/aid-model.ts";
import type { GivenEvents } from "../../../modules/aid/service.ts";
import { departments, type SecondWorld } from "./world.ts";

type Told = GivenEvents["events"][number];
const tells: Readonly<Record<(typeof departments)[number], readonly EventKind[]>> = {
  civil_affairs: ["education-cost", "income", "left-allowance", "unemployment", "disability-certificate", "missing"],
  medical_insurance: ["medical-cost", "accident"],
  housing: ["property"],
};
/** Events of one request. */
const MANY = 500;

/** What each agreement serves is asked for by the lead and let by the approver; then every department tells its events. @returns how many were told and taken, and people whom medical insurance looked up */
export async function tellThroughDoors(world: SecondWorld, events: readonly Told[], lookedUp: readonly string[]): Promise<{ rows: number; taken: number; found: number }> {
  const { platform, campaign, countyLead, approver, days } = world;
  const { database } = platform;
  const { rows: agreements } = await database.read(countyLead, (tx) => listAgreements(tx, platform, campaign.id));
  const sum = { rows: 0, taken: 0, found: 0 };
  for (const department of departments) {
    const agreement = agreements.find((one) => one.department === department);
    if (!agreement) throw new Error(`no agreement with ${department}`);
    const asked = await database.write(countyLead, (tx) => askServing(tx, platform, agreement, { items: ["household.categories", "household.urgency"], events: [...tells[department]], dailyPeople: Math.max(100_000, events.length * 2) }));
    await database.write(approver, (tx) => decideServing(tx, platform, asked, { accept: true }));
    const { token } = await database.write(countyLead, (tx) => issueToken(tx, platform, { campaign: campaign.id, department, label: "业务系统（虚构）", endsOn: addDays(days.today, 30) ?? days.today, dailyRequests: 10_000 }));
    const door = { department, authorization: `Bearer ${token}` };
    const own = events.filter((one) => tells[department].includes(one.kind));
    for (let from = 0; from < own.length; from += MANY) {
      const some = own.slice(from, from + MANY).map(({ no, kind, on, idNumber = "", amount }) => ({ no, kind, on, idNumber, ...(amount !== undefined && { amount }) }));
      sum.rows += some.length;
      sum.taken += (await tellEvents(platform, door, { events: some })).taken;
    }
    if (department === "medical_insurance") {
      const { people } = await lookUp(platform, door, { purpose: "核对参保（虚构演示）", items: ["household.categories"], people: lookedUp.map((idNumber, n) => ({ ref: `r${n}`, idNumber })) });
      sum.found = people.filter(({ outcome }) => outcome === "found").length;
    }
  }
  return sum;
}
