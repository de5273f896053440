// What a decision holds for, and how decisions of earlier lists fall on the links of a new one. Pure.
import type { Keys } from "../../platform/keys.ts";
import { probabilityOf } from "./waterfall.ts";
import type { Prepared } from "./prepare.ts";
import type { NewLink } from "./queries.ts";
import { foldName } from "./simplified.ts";

/**
 * Keyed digest of number, name and birth as on the list: the same evidence has the same digest on every department's list. A row with
 * neither a number nor name and birth together says too little to be known again: its digest holds for that row alone.
 */
export function evidenceDigest(keys: Keys, person: Pick<Prepared, "id18" | "name" | "birth">, row: { readonly batch: string; readonly no: number }): Buffer {
  const name = foldName(person.name);
  const enough = person.id18 !== "" || (name !== "" && person.birth !== "");
  return keys.blind(enough ? `pair-evidence|${JSON.stringify([person.id18, name, person.birth])}` : `pair-row|${row.batch}|${row.no}`);
}

/** A decision in force. */
export type InForce = { readonly id: string; readonly subjectId: string; /** Digest of the member it is about; empty for the subject. */ readonly member: string; readonly digest: string; readonly state: "second-needed" | "disputed" | "confirmed" | "rejected" };
export type Reused = { readonly links: NewLink[]; readonly same: number; readonly different: number };

type Found = { readonly recordId: string; readonly subjectId: string; readonly area: number; readonly members?: readonly { readonly key: string }[] };
type Person = { readonly subjectId: string; readonly member: string };
type Home = Found & Person;
const who = ({ subjectId, member }: Person): string => `${subjectId}#${member}`;

/**
 * The links of a run with what people decided before: the same person of the register and the same evidence on the list get the same
 * answer, also where the engine would not have linked them or would have linked another record; that one is then asked about.
 * @param digestOf evidence digest of a row, in hexadecimal
 * @param heads records that took part, by record id
 */
export function applyDecisions(links: readonly NewLink[], rows: Iterable<number>, digestOf: (row: number) => string, decisions: readonly InForce[], heads: Iterable<Found>): Reused {
  if (decisions.length === 0) return { links: [...links], same: 0, different: 0 };
  const byDigest = Map.groupBy(decisions, (decision) => decision.digest);
  const wanted = new Set(decisions.map(who));
  const records = new Map<string, Home>();
  for (const head of heads) {
    for (const member of ["", ...(head.members ?? []).map(({ key }) => key)]) {
      const home = { ...head, member };
      if (wanted.has(who(home))) records.set(who(home), home);
    }
  }
  const byRow = Map.groupBy(links, (link) => link.row_no);
  const result: NewLink[] = [];
  const count = { same: 0, different: 0 };
  for (const row of rows) {
    const ofRow = byRow.get(row) ?? [];
    const held = byDigest.get(digestOf(row));
    result.push(...(held === undefined ? ofRow : settledRow(row, ofRow, digestOf(row), held, records, count)));
  }
  return { links: result, ...count };
}

function settledRow(row: number, links: readonly NewLink[], digest: string, held: readonly InForce[], records: ReadonlyMap<string, Home>, count: { same: number; different: number }): NewLink[] {
  const byPerson = new Map(held.map((decision) => [who(decision), decision]));
  const own = held.find((decision) => decision.state === "confirmed" && records.has(who(decision)));
  const personOf = (link: NewLink): string => who({ subjectId: link.subject_id, member: link.member });
  const result = links.map((link): NewLink => {
    const decision = byPerson.get(personOf(link));
    const asked = { ...link, other_digest: digest };
    if (decision?.state === "confirmed" && decision.id === own?.id) {
      count.same += 1;
      return { ...asked, decision: "confirmed", pair_state: "confirmed", decision_id: decision.id };
    }
    if (decision?.state === "rejected") {
      count.different += 1;
      return { ...asked, decision: "rejected", pair_state: "rejected", decision_id: decision.id };
    }
    if (decision !== undefined && decision.state !== "confirmed") return { ...asked, decision: "review", pair_state: decision.state, decision_id: decision.id };
    if (own === undefined) return link;
    if (link.decision === "review") return { ...asked, decision: "rejected", pair_state: "rejected", decision_id: own.id };
    return { ...asked, decision: "review", pair_state: "undecided", hard: [...link.hard, "decided-otherwise"] };
  });
  const home = own && records.get(who(own));
  // One link of a row and a record: a doubtful one to another of its people gives way to what people decided.
  if (own === undefined || home === undefined || links.some((link) => personOf(link) === who(own))) return result;
  const kept = result.filter((link) => link.record_id !== home.recordId);
  count.same += 1;
  const why = { zh: "对比程序未关联；沿用此前的人工判断：是同一人。", en: "Not linked by the engine; people decided before that they are one person." };
  return [
    ...kept,
    { row_no: row, area: home.area, record_id: home.recordId, subject_id: home.subjectId, member: home.member, weight: 0, probability: probabilityOf(0), decision: "confirmed", why, weighing: null, veto: null, hard: [], other_digest: digest, sealed: null, pair_state: "confirmed", decision_id: own.id },
  ];
}
