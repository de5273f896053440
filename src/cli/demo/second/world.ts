// Who takes part in the second county's round, each under their own account, office and rights; and its settings: plan of aid, lines, agreements, assessments.
import { lowIncomeAid } from "../../../../schemes/low-income/aid.ts";
import { lowIncome } from "../../../../schemes/low-income/scheme.ts";
import { addDays, addYears } from "../../../core/time.ts";
import { openDemoAccounts, setUpState } from "../../../modules/access/service.ts";
import { actorOfAccount } from "../../../modules/access/sign-in.ts";
import { listRules, putStandard, setPopulation, switchRule, takePlan, tryRule } from "../../../modules/aid/service.ts";
import { type Campaign, createCampaign } from "../../../modules/campaigns/service.ts";
import { signAgreement } from "../../../modules/exchange/service.ts";
import { approveAssessment, writeAssessment } from "../../../modules/safeguards/service.ts";
import { loadScheme } from "../../../modules/schemes/service.ts";
import { type Actor, systemActor } from "../../../platform/database.ts";
import type { Platform } from "../../../platform/platform.ts";
import type { Worker } from "../../../worker.ts";
import type { Geography } from "../geography.ts";
import { demoPassword, type World } from "../world.ts";
import { type Days, SECOND_COUNTY } from "./households.ts";

export const countyArea = Number(SECOND_COUNTY) * 1e6;
const office = "civil_affairs";
export const scheme = "low-income";
/** Departments whose lists come in here; the second needs people's authorisations. */
export const departments = ["civil_affairs", "medical_insurance", "housing"] as const;
export type DepartmentKey = (typeof departments)[number];

export type SecondWorld = World & { readonly geography: Geography; readonly days: Days; readonly approver: Actor };
/** Accounts to log in as. */
export const accounts = "dh-lead 县负责人 · dh-reviewer 县审核员 · dh-reviewer-2 第二审核员 · dh-reviewer-01 乡镇审核员 · dh-collector-01a 采集员 · dh-contact-housing 部门联络员 · dh-approver 审批员";

export async function openSecondWorld(platform: Platform, worker: Worker, geography: Geography, days: Days): Promise<SecondWorld> {
  const townships = geography.townships.map(({ code, name }, i) => ({ area: Number(code), name, number: String(i + 1).padStart(2, "0") }));
  const bureau = "德化县民政局（演示）";
  const wishes = [
    { login: "dh-lead", name: "德化县负责人（演示）", roles: ["county-lead"], area: countyArea, department: office, officeName: bureau },
    { login: "dh-reviewer", name: "德化县审核员（演示）", roles: ["county-reviewer"], area: countyArea, department: office, officeName: bureau },
    { login: "dh-reviewer-2", name: "德化县审核员二（演示）", roles: ["county-reviewer"], area: countyArea, department: office, officeName: bureau },
    { login: "dh-approver", name: "德化县审批员（演示）", roles: ["approver"], area: countyArea, department: "government-office", officeName: "德化县人民政府办公室（演示）" },
    ...departments.map((key) => ({ login: `dh-contact-${key.replaceAll("_", "-")}`, name: `${lowIncome.departments.find((each) => each.key === key)?.label.zh ?? key}联络员（演示）`, roles: ["contact"], area: countyArea, department: key, officeName: key === office ? bureau : `德化县${lowIncome.departments.find((each) => each.key === key)?.label.zh ?? key}（演示）` })),
    ...townships.flatMap(({ area, name, number }) => [
      ...["a", "b"].map((letter) => ({ login: `dh-collector-${number}${letter}`, name: `${name}采集员${letter.toUpperCase()}（演示）`, roles: ["collector"], area, department: office, officeName: `${name}社会事务办（演示）` })),
      { login: `dh-reviewer-${number}`, name: `${name}审核员（演示）`, roles: ["township-reviewer"], area, department: office, officeName: `${name}社会事务办（演示）` },
    ]),
  ];
  const { database } = platform;
  const opened = await database.write(systemActor("demo"), async (tx) => {
    const ids = await openDemoAccounts(tx, demoPassword, wishes, !(await setUpState(tx)).needed);
    const campaign = await createCampaign(tx, { scheme: lowIncome.key, version: lowIncome.version, name: { zh: "低收入人口登记（虚构演示，德化县）", en: "Register of low-income households (fictional demonstration, Dehua)" }, area: countyArea, referenceDate: days.referenceDate, startsOn: days.referenceDate, endsOn: addYears(days.today, 1) ?? days.today });
    return { ids, campaign, loaded: await loadScheme(tx, lowIncome.key, lowIncome.version) };
  });
  const actor = async (login: string): Promise<Actor> => {
    const found = await actorOfAccount(platform, opened.ids.get(login) ?? "");
    if (!found) throw new Error(`the demo account ${login} is missing`);
    return found;
  };
  const [collectors, reviewers]: [[Actor, Actor][], Actor[]] = [[], []];
  for (const { number } of townships) {
    collectors.push([await actor(`dh-collector-${number}a`), await actor(`dh-collector-${number}b`)]);
    reviewers.push(await actor(`dh-reviewer-${number}`));
  }
  const contacts: Record<string, Actor> = {};
  for (const key of departments) contacts[key] = await actor(`dh-contact-${key.replaceAll("_", "-")}`);
  const world: SecondWorld = { platform, worker, campaign: opened.campaign, scheme: opened.loaded, county: Number(SECOND_COUNTY), collectors, reviewers, countyReviewer: await actor("dh-reviewer"), secondReviewer: await actor("dh-reviewer-2"), countyLead: await actor("dh-lead"), approver: await actor("dh-approver"), contacts, geography, days };
  await settle(world, opened.campaign);
  return world;
}

/** Lines of the county in fen a year a head, percent, and fen a month. */
export const lines = { "allowance-line": 720_000, "disposable-income": 3_000_000, "rigid-share": 50, "medical-month-line": 300_000 } as const;

async function settle(world: SecondWorld, campaign: Campaign): Promise<void> {
  const { platform, days, countyLead, countyReviewer, approver } = world;
  const { database } = platform;
  const since = addYears(days.referenceDate, -1) ?? days.referenceDate;
  for (const [matter, title] of [["sharing", "与部门比对的影响评估（虚构演示）"], ["automated", "指数和预警的影响评估（虚构演示）"]] as const) {
    const { id } = await database.write(countyLead, (tx) => writeAssessment(tx, platform, { matter, title, purpose: "核对登记信息（虚构演示）", effect: "信息外泄会影响本人安宁和待遇（虚构演示）", measures: "最小字段、协议、审批、加密（虚构演示）", risk: "medium", madeOn: days.today, untilOn: addYears(days.today, 3) ?? days.today }));
    await database.write(approver, (tx) => approveAssessment(tx, platform, id));
  }
  // What comes once may have been asked for before; what is there already stays when the whole plan is taken.
  await database.write(countyReviewer, (tx) => takePlan(tx, { ...lowIncomeAid, items: lowIncomeAid.items.filter((item) => item.period === "once") }, { area: countyArea, from: since }));
  await database.write(countyReviewer, (tx) => takePlan(tx, lowIncomeAid, { area: countyArea, from: days.owedFrom }));
  await database.write(countyLead, async (tx) => {
    for (const [key, value] of Object.entries(lines)) await putStandard(tx, { scheme, key, area: countyArea, from: since, value });
    for (const [i, department] of departments.entries()) await signAgreement(tx, platform, { campaign: campaign.id, department, purpose: "核对登记信息（虚构演示）", fromOn: addDays(days.today, -60) ?? days.today, toOn: addYears(days.today, 3) ?? days.today, document: `演示德协${i + 1}号（虚构）` });
  });
}

/** @param people resident population that the coverage is held against */
export const enterPopulation = (world: SecondWorld, people: number): Promise<unknown> =>
  world.platform.database.write(world.countyLead, (tx) => setPopulation(tx, { scheme, area: countyArea, year: Number(world.days.today.slice(0, 4)), people, source: "统计公报（虚构）" }));

/** Rules are tried on what is stored by one person and switched on by another. @returns what each would have raised */
export async function switchRulesOn(world: SecondWorld, keys: readonly string[]): Promise<number> {
  const { platform, days } = world;
  const { rules } = await platform.database.write(world.countyLead, (tx) => listRules(tx, scheme));
  let would = 0;
  for (const rule of rules.filter((one) => keys.includes(one.key) && one.area.code === countyArea)) {
    would += (await platform.database.write(world.countyReviewer, (tx) => tryRule(tx, platform, rule.id, { on: days.today }))).tried?.would ?? 0;
    await platform.database.write(world.countyLead, (tx) => switchRule(tx, platform, rule.id, true));
  }
  return would;
}
