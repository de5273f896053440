// Findings become cases: one for each person and group of classes, in the township of the household registration, with a day
// by which it is due. Whatever was opened before is joined, so that doing it twice does nothing twice.
import { newId } from "../../core/ids.ts";
import { addWorkingDays } from "../../core/time.ts";
import type { FindingClass } from "../../scheme/model.ts";
import type { Tx } from "../../platform/database.ts";
import { emit } from "../../platform/journal.ts";
import type { Platform } from "../../platform/platform.ts";
import { campaignOf } from "../campaigns/service.ts";
import { assignCases, caselessFindings, type Caseless } from "../matching/service.ts";
import { loadScheme } from "../schemes/service.ts";
import { caseEvents } from "./events.ts";
import * as queries from "./queries.ts";
import { townshipOf } from "./rules.ts";

/** Working days for a class the scheme no longer has. */
const usualDays = 15;

async function classesOf(tx: Tx, campaigns: readonly string[]): Promise<Map<string, FindingClass>> {
  const classes = new Map<string, FindingClass>();
  for (const id of new Set(campaigns)) {
    const campaign = await campaignOf(tx, id);
    const { definition } = await loadScheme(tx, campaign.scheme, campaign.version);
    for (const each of definition.findingClasses) classes.set(`${id} ${each.key}`, each);
  }
  return classes;
}

/** Opens cases for the county's open findings that have none. @returns numbers of cases opened, and of findings that joined a case that was open */
export async function openCases(tx: Tx, platform: Platform, { county }: { readonly county: number }): Promise<{ readonly opened: number; readonly joined: number }> {
  await queries.lockCases(tx, county);
  const findings = await caselessFindings(tx, platform, county);
  if (findings.length === 0) return { opened: 0, joined: 0 };
  const classes = await classesOf(tx, findings.map((finding) => finding.campaignId));
  const kindOf = (finding: Caseless): FindingClass | undefined => classes.get(`${finding.campaignId} ${finding.class}`);
  const groups = Map.groupBy(findings, (finding) => `${finding.personKey} ${kindOf(finding)?.group ?? "identity"}`);
  const standing = await queries.unclosedCases(tx, county, [...new Set(findings.map((finding) => finding.personKey))]);
  const townships = await queries.townshipsAmong(tx, [...new Set(findings.map((finding) => Math.floor(finding.area / 1000) * 1000))]);
  const today = platform.clock.today();
  const dueAfter = new Map<number, string>();
  const dueOn = (days: number): string => {
    let due = dueAfter.get(days);
    if (due === undefined) dueAfter.set(days, (due = addWorkingDays(today, days) ?? today));
    return due;
  };
  const opened: (queries.NewCase & { readonly findings: number })[] = [];
  const assigned: { finding: string; case: string }[] = [];
  for (const [key, ofGroup] of groups) {
    const first = ofGroup[0];
    if (first === undefined) continue;
    let id = standing.get(key);
    if (id === undefined) {
      id = newId();
      opened.push({
        id,
        area: townshipOf(first.area, townships),
        class_group: kindOf(first)?.group ?? "identity",
        subject_id: first.subjectId,
        record_id: ofGroup.find((finding) => finding.recordId !== null)?.recordId ?? null,
        person_key: first.personKey,
        person_name: first.name,
        routed_by: "registration",
        due_on: dueOn(Math.min(...ofGroup.map((finding) => kindOf(finding)?.days ?? usualDays))),
        findings: ofGroup.length,
      });
    }
    for (const finding of ofGroup) assigned.push({ finding: finding.id, case: id });
  }
  await queries.addCases(tx, county, opened);
  await assignCases(tx, county, assigned);
  const facts = opened.map((file) => ({
    kind: caseEvents.opened,
    area: file.area,
    county,
    ...(file.subject_id !== null && { subjectId: file.subject_id }),
    ...(file.record_id !== null && { recordId: file.record_id }),
    data: { case: file.id, group: file.class_group, findings: file.findings },
  }));
  for (const part of queries.pieces(facts, 1000)) await emit(tx, part);
  return { opened: opened.length, joined: findings.length - opened.reduce((sum, file) => sum + file.findings, 0) };
}
