// Faults that standing rules of a later module find (missed and double aid): they become findings, and cases, like any other. The rules judge all of a
// round at once: what they no longer find is closed by them, what the county confirmed stays confirmed for exactly what it confirmed.
import type { Tx } from "../../platform/database.ts";
import type { Platform } from "../../platform/platform.ts";
import type { Text } from "../../core/issue.ts";
import { findingKey, personOfSubject } from "./finding-content.ts";
import { groundOf } from "./ground.ts";
import type { Wanted } from "./judge.ts";
import * as queries from "./queries.ts";
import { raise } from "./raise.ts";
import { sayClosed } from "./recheck.ts";
import { type AidClass, aidKey } from "./rules.ts";

const noRun = "00000000-0000-0000-0000-000000000000";

export type StandingFault = { readonly class: AidClass; /** What makes it this one: item, period. */ readonly mark: string; readonly recordId: string; readonly subjectId: string; readonly area: number; readonly name: string; /** What was found, in words without a person's data. */ readonly found: Text };

/** @param among the marks that were judged, by what they begin with: only open findings of these are closed */
export async function raiseStanding(tx: Tx, platform: Platform, at: { readonly county: number; readonly campaign: string; readonly among: (mark: string) => boolean }, faults: readonly StandingFault[]): Promise<{ readonly added: number; readonly closed: number }> {
  const { county, campaign } = at;
  const ground = await groundOf(tx, platform, { county, campaign, department: aidKey });
  const wanted = new Map<string, Wanted>();
  for (const { class: kind, mark, recordId, subjectId, area, name, found } of faults) {
    const key = `${findingKey(campaign, aidKey, kind, recordId, mark)}~${mark}`;
    wanted.set(key, { key, class: kind, path: undefined, recordId, subjectId, personKey: personOfSubject(subjectId), area, row: undefined, content: { name, theirs: found.zh, inEnglish: found.en } });
  }
  const { added } = await raise(tx, platform, ground, noRun, { wanted, said: [], found: new Map(), claims: [] }, true);
  const open = await queries.findingsOfDepartment(tx, county, campaign, aidKey);
  const gone = open.filter((finding) => finding.state === "open" && !wanted.has(finding.key.split(".")[0] ?? "") && at.among(finding.key.split(".")[0]?.split("~")[1] ?? ""));
  await queries.closeFindings(tx, county, gone.map((finding) => ({ id: finding.id, because: "agrees" })));
  await sayClosed(tx, county, gone);
  return { added, closed: gone.length };
}
