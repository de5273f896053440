// What makes cases equal: the same findings of the same departments, and the same value pattern of theirs. Coded values count as they
// are; names, dates and numbers only by their kind, for these differ from person to person.
import type { Tx } from "../../platform/database.ts";
import type { Platform } from "../../platform/platform.ts";
import { openContent } from "./finding-content.ts";
import { groundOf, type Ground } from "./ground.ts";
import * as queries from "./queries.ts";

export type PatternPart = { readonly department: string; readonly class: string; readonly path: string | null; readonly theirs: string };
/** Pattern of each case's open findings, as a text to compare, with one finding of each kind to show it by. */
export type Pattern = { readonly text: string; readonly parts: readonly PatternPart[]; readonly findings: readonly string[] };

function patternOf(ground: Ground, field: string | undefined, theirs: unknown): string {
  const kind = ground.department.fields.find((each) => each.key === field)?.kind;
  if (kind === "code" || kind === "codes" || kind === "yes-no") return JSON.stringify(Array.isArray(theirs) ? [...(theirs as string[])].sort() : theirs);
  return theirs === undefined ? "-" : `a ${kind ?? "value"}`;
}

export async function patternsOf(tx: Tx, platform: Platform, county: number, caseIds: readonly string[]): Promise<Map<string, Pattern>> {
  const rows = (await Promise.all(queries.pieces(caseIds).map((part) => queries.openFindingsOfCases(tx, county, part)))).flat();
  const grounds = new Map<string, Ground>();
  const parts = new Map<string, { part: PatternPart; finding: string }[]>();
  for (const row of rows) {
    const key = `${row.campaignId} ${row.department}`;
    let ground = grounds.get(key);
    if (ground === undefined) grounds.set(key, (ground = await groundOf(tx, platform, { county, campaign: row.campaignId, department: row.department })));
    const content = openContent(platform.keys, county, row.id, row.sealed);
    const part = { department: row.department, class: row.class, path: row.path, theirs: patternOf(ground, content.field, content.theirs) };
    const of = parts.get(row.caseId ?? "") ?? [];
    of.push({ part, finding: row.id });
    parts.set(row.caseId ?? "", of);
  }
  const texts = (list: readonly { part: PatternPart }[]): string[] => list.map(({ part }) => JSON.stringify([part.department, part.class, part.path, part.theirs])).sort();
  return new Map([...parts].map(([id, list]) => [id, { text: texts(list).join("\n"), parts: list.map(({ part }) => part), findings: list.map(({ finding }) => finding) }]));
}
