// Everybody who takes part in the demonstration round: each acts under their own account, office and rights.
import { veteransPhaseOne } from "../../../schemes/veterans/calendar.ts";
import { layOut } from "../../scheme/calendar.ts";
import type { Actor } from "../../platform/database.ts";
import { systemActor } from "../../platform/database.ts";
import type { Platform } from "../../platform/platform.ts";
import { openDemoAccounts } from "../../modules/access/service.ts";
import { actorOfAccount } from "../../modules/access/sign-in.ts";
import { type Campaign, createCampaign, holidays } from "../../modules/campaigns/service.ts";
import { addYears } from "../../core/time.ts";
import { approveAssessment, writeAssessment } from "../../modules/safeguards/service.ts";
import { signAgreement } from "../../modules/exchange/service.ts";
import { loadScheme } from "../../modules/schemes/service.ts";
import type { LoadedScheme } from "../../modules/schemes/service.ts";
import type { Scheme } from "../../scheme/model.ts";
import type { Worker } from "../../worker.ts";
import { COUNTY, type Geography } from "./geography.ts";

export const demoPassword = "demo-qingce-2026";

export type World = {
  readonly platform: Platform;
  readonly worker: Worker;
  readonly campaign: Campaign;
  readonly scheme: LoadedScheme;
  readonly county: number;
  /** Two collectors and one reviewer for each township, in the order of the geography. */
  readonly collectors: readonly (readonly [Actor, Actor])[];
  readonly reviewers: readonly Actor[];
  readonly countyReviewer: Actor;
  /** The second person for hard pairs. */
  readonly secondReviewer: Actor;
  readonly countyLead: Actor;
  readonly contacts: Readonly<Record<string, Actor>>;
};

const countyArea = Number(COUNTY) * 1e6;
const lead = "veterans-affairs";

/** Opens the offices, accounts and the round. The names of accounts are those of their offices: nobody real. */
export async function openWorld(platform: Platform, worker: Worker, scheme: Scheme, geography: Geography): Promise<World> {
  const townships = geography.townships.map(({ code, name }, i) => ({ area: Number(code), name, number: String(i + 1).padStart(2, "0") }));
  const wishes = [
    { login: "county-lead", name: "县负责人（演示）", roles: ["county-lead"], area: countyArea, department: lead, officeName: "安溪县退役军人事务局（演示）" },
    { login: "county-reviewer", name: "县审核员（演示）", roles: ["county-reviewer"], area: countyArea, department: lead, officeName: "安溪县退役军人事务局（演示）" },
    { login: "county-reviewer-2", name: "县审核员二（演示）", roles: ["county-reviewer"], area: countyArea, department: lead, officeName: "安溪县退役军人事务局（演示）" },
    ...scheme.departments.map(({ key, label }) => ({ login: `contact-${key.replaceAll("_", "-")}`, name: `${label.zh}联络员（演示）`, roles: ["contact"], area: countyArea, department: key, officeName: `安溪县${label.zh}（演示）` })),
    ...townships.flatMap(({ area, name, number }) => [
      ...["a", "b"].map((letter) => ({ login: `collector-${number}${letter}`, name: `${name}采集员${letter.toUpperCase()}（演示）`, roles: ["collector"], area, department: lead, officeName: `${name}退役军人服务站（演示）` })),
      { login: `reviewer-${number}`, name: `${name}审核员（演示）`, roles: ["township-reviewer"], area, department: lead, officeName: `${name}退役军人服务站（演示）` },
    ]),
    { login: "scheme-editor", name: "方案编辑员（演示）", roles: ["scheme-editor"], area: countyArea, department: lead, officeName: "安溪县退役军人事务局（演示）" },
    { login: "sysadmin", name: "系统管理员（演示）", roles: ["system-administrator"], area: countyArea, department: "administration", officeName: "安溪县信息中心（演示）" },
    { login: "secadmin", name: "安全管理员（演示）", roles: ["security-administrator"], area: countyArea, department: "administration", officeName: "安溪县信息中心（演示）" },
    { login: "auditadmin", name: "审计管理员（演示）", roles: ["audit-administrator"], area: countyArea, department: "administration", officeName: "安溪县信息中心（演示）" },
    { login: "approver", name: "审批员（演示）", roles: ["approver"], area: countyArea, department: "government-office", officeName: "安溪县人民政府办公室（演示）" },
  ];
  const duty = systemActor("demo");
  const opened = await platform.database.write(duty, async (tx) => {
    const accounts = await openDemoAccounts(tx, demoPassword, wishes);
    const campaign = await createCampaign(tx, {
      scheme: scheme.key,
      version: scheme.version,
      name: { zh: "2018年信息采集（虚构演示）", en: "Collection of 2018 (fictional demonstration)" },
      area: countyArea,
      referenceDate: scheme.referenceDate,
      startsOn: "2018-10-10",
      endsOn: "2018-12-31",
      calendar: veteransPhaseOne.key,
      windows: layOut(veteransPhaseOne, veteransPhaseOne.year, await holidays(tx)),
    });
    return { accounts, campaign, loaded: await loadScheme(tx, scheme.key, scheme.version) };
  });
  const actor = async (login: string): Promise<Actor> => {
    const found = await actorOfAccount(platform, opened.accounts.get(login) ?? "");
    if (!found) throw new Error(`the demo account ${login} is missing`);
    return found;
  };
  const collectors: [Actor, Actor][] = [];
  const reviewers: Actor[] = [];
  for (const { number } of townships) {
    collectors.push([await actor(`collector-${number}a`), await actor(`collector-${number}b`)]);
    reviewers.push(await actor(`reviewer-${number}`));
  }
  const countyLead = await actor("county-lead");
  const [today, approver] = [platform.clock.today(), await actor("approver")];
  for (const { matter, title } of demoAssessments) {
    const { id } = await platform.database.write(countyLead, (tx) =>
      writeAssessment(tx, platform, { matter, title, purpose: "核对采集信息（虚构演示）", effect: "信息外泄会影响本人安宁和待遇（虚构演示）", measures: "最小字段、协议、审批、加密、逐份标记（虚构演示）", risk: "medium", madeOn: today, untilOn: addYears(today, 3) ?? today }),
    );
    await platform.database.write(approver, (tx) => approveAssessment(tx, platform, id));
  }
  await platform.database.write(countyLead, async (tx) => {
    for (const [i, { key }] of scheme.departments.entries()) {
      await signAgreement(tx, platform, { campaign: opened.campaign.id, department: key, purpose: "核对采集信息（虚构演示）", fromOn: "2018-09-01", toOn: "2099-12-31", document: `演示协〔2018〕${i + 1}号（虚构）` });
    }
  });
  const contacts: Record<string, Actor> = {};
  for (const { key } of scheme.departments) contacts[key] = await actor(`contact-${key.replaceAll("_", "-")}`);
  return {
    platform,
    worker,
    campaign: opened.campaign,
    scheme: opened.loaded,
    county: Number(COUNTY),
    collectors,
    reviewers,
    countyReviewer: await actor("county-reviewer"),
    secondReviewer: await actor("county-reviewer-2"),
    countyLead,
    contacts,
  };
}

const demoAssessments = [
  { matter: "sharing", title: "与部门比对的影响评估（虚构演示）" },
  { matter: "release", title: "完整敏感信息导出的影响评估（虚构演示）" },
  { matter: "automated", title: "指数和预警的影响评估（虚构演示）" },
] as const;
