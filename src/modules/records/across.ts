// Rules across records: at most one record of the nation makes a mark; a community's number of people equals what was captured there.
import { sql } from "kysely";
import { areaRange } from "../../core/area-code.ts";
import type { Issue } from "../../core/issue.ts";
import type { Tx } from "../../platform/database.ts";
import type { Keys } from "../../platform/keys.ts";
import { countsOf, type Mark, marksOf } from "../../scheme/across.ts";
import { answerAt } from "../../scheme/layout.ts";
import type { AcrossCheck, Answers, Scheme } from "../../scheme/model.ts";
import type { Platform } from "../../platform/platform.ts";
import type { RecordRow } from "./queries.ts";
import { unshut } from "./sheet.ts";

type Where = Pick<RecordRow, "county" | "subjectId" | "area" | "scheme" | "referenceDate">;

const issueOf = (rule: AcrossCheck, zh = "", en = ""): Issue => ({ severity: rule.severity, code: rule.key, paths: rule.at, message: { zh: rule.message.zh + zh, en: rule.message.en + en } });

/**
 * Claims the marks of the answers, gives up those of the answers before, and counts what the scheme counts. The issues never say
 * where else a mark is held. Costs nothing for schemes and answers without such rules, otherwise one statement for all marks and one a count.
 */
export async function acrossIssues(tx: Tx, keys: Keys, record: Where, scheme: Scheme, today: string, before: Answers, after: Answers): Promise<Issue[]> {
  const rules = scheme.acrossRecords ?? [];
  if (rules.length === 0) return [];
  const context = { today, referenceDate: record.referenceDate };
  const [old, now] = [marksOf(scheme, before, context), marksOf(scheme, after, context)];
  const held = old.length + now.length === 0 ? new Set<string>() : await claim(tx, keys, record, now);
  const issues = rules.filter((rule) => held.has(rule.key)).map((rule) => issueOf(rule));
  for (const rule of countsOf(scheme)) {
    const said = answerAt(after, rule.item);
    if (typeof said !== "number") continue;
    const counted = await countCaptured(tx, record, rule.of);
    if (counted !== said) issues.push(issueOf(rule, `（填报${said}，已采集${counted}）`, ` (stated ${said}, captured ${counted})`));
  }
  return issues;
}

/** The subject makes exactly these marks from now on; the rules whose mark another subject holds. */
async function claim(tx: Tx, keys: Keys, record: Where, marks: readonly Mark[]): Promise<ReadonlySet<string>> {
  const digests = marks.map((mark) => keys.blind(JSON.stringify([record.scheme, mark.rule.key, ...mark.values])));
  const { rows } = await sql<{ rule: string }>`
    select c.rule from security.claim_marks(${record.scheme}, ${record.county}, ${record.subjectId}::uuid, ${marks.map((mark) => mark.rule.key)}::text[], ${digests}::bytea[]) as c (rule)`.execute(tx);
  return new Set(rows.map((row) => row.rule));
}

/** A record that ends gives its marks up. */
export async function releaseMarks(tx: Tx, record: Pick<RecordRow, "county" | "subjectId" | "scheme">): Promise<void> {
  await sql`select security.claim_marks(${record.scheme}, ${record.county}, ${record.subjectId}::uuid, array[]::text[], array[]::bytea[])`.execute(tx);
}

/** A record that comes back makes its marks again; one that somebody else made meanwhile is told at the next capture. */
export async function claimMarksAgain(tx: Tx, platform: Platform, scheme: Scheme, record: RecordRow): Promise<void> {
  await acrossIssues(tx, platform.keys, record, scheme, platform.clock.today(), {}, unshut(platform.keys, record.county, record.id, record.answers, record.sealed));
}

/** People of a scheme captured in the record's area: submitted or further on, outcomes left out. */
async function countCaptured(tx: Tx, record: Where, scheme: string): Promise<number> {
  const { lo, hi } = areaRange(record.area);
  const { rows } = await sql<{ people: number }>`
    select count(distinct r.subject_id)::int as people from record r
    where r.county = ${record.county} and r.area between ${lo} and ${hi} and r.scheme = ${scheme} and r.state in ('submitted', 'township-approved', 'held', 'accepted')`.execute(tx);
  return rows[0]?.people ?? 0;
}
