// What a department told a node above about single values: judged here by the same comparison, raised here, and closed here by the same check.
import { newId } from "../../core/ids.ts";
import { answerAt } from "../../scheme/layout.ts";
import type { Value } from "../../scheme/model.ts";
import type { Tx } from "../../platform/database.ts";
import { emit } from "../../platform/journal.ts";
import type { Platform } from "../../platform/platform.ts";
import { headAnswers } from "../records/service.ts";
import { matchEvents } from "./events.ts";
import { openContent, personOfSubject } from "./finding-content.ts";
import { groundOf } from "./ground.ts";
import { comparedFields, differenceKey, type Wanted } from "./judge.ts";
import * as queries from "./queries.ts";
import { raise } from "./raise.ts";
import { compareField } from "./rules.ts";

export type Word = { readonly record: string; readonly field: string; readonly theirs: Value };

/** Raises what still differs; gives how many findings were raised or renewed. Words about records that are not accepted here, and on fields that are not compared, are counted as left. */
export async function takeWords(tx: Tx, platform: Platform, input: { readonly county: number; readonly campaign: string; readonly department: string; readonly words: readonly Word[] }): Promise<{ readonly raised: number; readonly agreeing: number; readonly left: number }> {
  const { county, campaign, department, words } = input;
  const ground = await groundOf(tx, platform, { county, campaign, department });
  const states = new Map((await queries.recordStates(tx, county, words.map((word) => word.record))).map((row) => [row.recordId, row]));
  const accepted = [...states.values()].filter((row) => row.state === "accepted").map((row) => row.recordId);
  const answers = await headAnswers(tx, platform, county, accepted);
  const fields = new Map(comparedFields(ground.department).map((field) => [field.key, field]));
  const wanted = new Map<string, Wanted>();
  const counts = { agreeing: 0, left: 0 };
  for (const { record, field: key, theirs } of words) {
    const [row, field, ours] = [states.get(record), fields.get(key), answers.get(record)];
    if (!row || !field || !ours) {
      counts.left += 1;
      continue;
    }
    const verdict = compareField(field, ours, theirs, ground.context);
    if (verdict.verdict !== "differs") {
      counts.agreeing += 1;
      continue;
    }
    const found = differenceKey(ground, field, record);
    const name = answerAt(ours, ground.identity.name);
    wanted.set(found, {
      key: found,
      class: verdict.class,
      path: field.compares,
      recordId: record,
      subjectId: row.subjectId,
      personKey: personOfSubject(row.subjectId),
      area: row.area,
      row: undefined,
      content: { field: key, theirs, name: typeof name === "string" ? name : "", ...(verdict.ours !== undefined && { ours: verdict.ours }) },
    });
  }
  const run = newId();
  const raised = await raise(tx, platform, ground, run, { wanted, said: [], found: new Map(), claims: [] }, false);
  const total = raised.added + raised.renewed;
  if (total > 0) await emit(tx, [{ kind: matchEvents.finished, area: tx.actor.lo, county, data: { run, department, raised: total, above: true } }]);
  return { raised: total, ...counts };
}

/** Words of departments on open findings of these records, as they go down to the county. */
export async function wordsOf(tx: Tx, platform: Platform, input: { readonly county: number; readonly findings: readonly string[] }): Promise<(Word & { readonly finding: string; readonly campaign: string; readonly department: string; readonly area: number })[]> {
  const found = await queries.openFindings(tx, input.county, { ids: input.findings });
  return found.flatMap((finding) => {
    const { field, theirs, member } = openContent(platform.keys, input.county, finding.id, finding.sealed);
    // A member is known by a digest under this node's key, which another node cannot tell.
    return finding.recordId === null || member !== undefined || field === undefined || theirs === undefined ? [] : [{ finding: finding.id, record: finding.recordId, field, theirs, campaign: finding.campaignId, department: finding.department, area: finding.area }];
  });
}
