// A county with low-income households for tests: the plan of aid taken over, lines set, households built from base records. All of it is made up.
import pg from "pg";
import { lowIncome } from "../schemes/low-income/scheme.ts";
import { lowIncomeAid } from "../schemes/low-income/aid.ts";
import { allowanceHousehold, idOf } from "../schemes/low-income/sample-households.ts";
import { newId } from "../src/core/ids.ts";
import { Problem } from "../src/core/problem.ts";
import { buildHouseholds, putStandard, takePlan } from "../src/modules/aid/service.ts";
import { type Campaign, createCampaign } from "../src/modules/campaigns/service.ts";
import { addBasePeople } from "../src/modules/records/service.ts";
import { approveAssessment, writeAssessment } from "../src/modules/safeguards/service.ts";
import { publishScheme } from "../src/modules/schemes/service.ts";
import { systemActor } from "../src/platform/database.ts";
import type { Answers, Group } from "../src/scheme/model.ts";
import { addYears } from "../src/core/time.ts";
import { testDatabase, type TestDatabase } from "./database.ts";
import { areas, county, countyArea, smallWorld, type World } from "./world.ts";

export const aidToday = "2019-09-10";
export type AidWorld = { readonly w: World; readonly campaign: Campaign };

/** Number of member `m` of household `n`; the head is a man born 1962-03-15. */
export const memberId = (n: number, m: number): string => idOf(m === 1 ? `99999919620315${String(n * 2 + 1).padStart(3, "0")}` : m === 2 ? `99999919741102${String(n * 2).padStart(3, "0")}` : `99999920080620${String(n * 2 + 1).padStart(3, "0")}`);

/** Three people on the allowance like the shipped sample, with numbers of their own; `more` replaces items of the form. */
export function householdAnswers(n: number, area: number = areas.A1, more: Readonly<Record<string, unknown>> = {}): Answers {
  const form = allowanceHousehold["household"]!;
  const members = (form["members"] as readonly Group[]).map((member, i) => ({ ...member, id_number: memberId(n, i + 1) }));
  const { supporters: _, ...rest } = form;
  return { household: { ...rest, region: String(area), members, householder_id: memberId(n, 1), ...more } as Answers[string] };
}

/** @param list areas and further answers of each household, in order; their number is `n` from 1 */
export async function aidWorld(t: TestDatabase, list: readonly { readonly area?: number; readonly more?: Readonly<Record<string, unknown>> }[]): Promise<AidWorld> {
  const w = await smallWorld(t, { now: `${aidToday}T02:00:00Z` });
  const campaign = await t.database.write(systemActor("aid-world"), async (tx) => {
    const { scheme, version } = await publishScheme(tx, lowIncome);
    return createCampaign(tx, { scheme, version, name: { zh: "低收入轮次", en: "Low-income round" }, area: countyArea, referenceDate: "2019-08-01", startsOn: "2019-08-01", endsOn: "2020-12-31" });
  });
  await addHouseholds(w, campaign, list);
  await t.database.write(w.actors.countyReviewer, async (tx) => void (await takePlan(tx, lowIncomeAid, { area: countyArea, from: "2018-01-01" })));
  await t.database.write(w.actors.countyLead, async (tx) => {
    for (const [key, value] of [["allowance-line", 720_000], ["disposable-income", 3_000_000], ["rigid-share", 50], ["medical-month-line", 300_000]] as const) await putStandard(tx, { scheme: "low-income", key, area: countyArea, from: "2018-01-01", value });
  });
  const { id } = await t.database.write(w.actors.countyLead, (tx) => writeAssessment(tx, w.platform, { matter: "automated", title: "预警评估", purpose: "测试", effect: "测试", measures: "测试", risk: "low", madeOn: aidToday, untilOn: addYears(aidToday, 3)! }));
  await t.database.write(w.actors.approver, (tx) => approveAssessment(tx, w.platform, id));
  return { w, campaign };
}

export const addHouseholds = async (w: World, campaign: Campaign, list: readonly { readonly area?: number; readonly more?: Readonly<Record<string, unknown>>; readonly n?: number }[]): Promise<void> => {
  await w.platform.database.write(systemActor("aid-world"), (tx) => addBasePeople(tx, w.platform, { campaign, batchId: newId(), people: list.map(({ area = areas.A1, more, n }, i) => ({ index: i, area, answers: householdAnswers(n ?? i + 1, area, more) })) }));
};

export const build = ({ w, campaign }: AidWorld) => buildHouseholds(w.platform, systemActor("aid-world"), lowIncomeAid, { county, campaign: campaign.id });

/** That county in a database of its own, with the owner's eyes to look at what is stored. */
export type AidGround = { readonly t: TestDatabase; readonly a: AidWorld; readonly owner: pg.Client; readonly rows: (text: string, values?: unknown[]) => Promise<Record<string, unknown>[]>; readonly close: () => Promise<void> };
export async function aidGround(list: Parameters<typeof aidWorld>[1], built: "built" | "records-only" = "built"): Promise<AidGround> {
  const t = await testDatabase();
  const a = await aidWorld(t, list);
  const owner = new pg.Client(t.owner);
  await owner.connect();
  if (built === "built") await build(a);
  return {
    t, a, owner,
    rows: async (text, values = []) => (await owner.query(text, values)).rows as Record<string, unknown>[],
    close: async () => {
      await owner.end();
      await t.close();
    },
  };
}

/** For `assert.rejects`: the problem of this code. */
export const refused = (code: Problem["code"]) => (error: unknown): boolean => error instanceof Problem && error.code === code;
