// Decisions about many applications by one person, on the papers of each: by the same rules as one, all grants or refusals in one statement.
import { sql } from "kysely";
import { newId } from "../../core/ids.ts";
import { Problem, type ProblemCode, problems } from "../../core/problem.ts";
import type { BodyOf, ReplyOf } from "../../core/route.ts";
import { audit } from "../../platform/audit.ts";
import { refreshAfter, type Tx } from "../../platform/database.ts";
import { emit } from "../../platform/journal.ts";
import type { Platform } from "../../platform/platform.ts";
import type { decideMany as manyRoute } from "./contract.ts";
import { plansOf } from "./deliveries.ts";
import { aidEvents } from "./events.ts";
import { recheckDay } from "./rechecks.ts";
import { collectedData, fenOf } from "./rules.ts";

type Row = {
  readonly county: number;
  readonly id: string;
  readonly householdId: string;
  readonly area: number;
  readonly item: string;
  readonly state: string;
  readonly enteredBy: string;
  readonly appliedOn: string;
};
/** @throws Problem bad-request: collected data are cited, which needs the approval of each single case */
export async function decideMany(tx: Tx, platform: Platform, given: BodyOf<typeof manyRoute>): Promise<ReplyOf<typeof manyRoute>> {
  if (given.basis.length === 0 || given.basis.some((one) => (collectedData as readonly string[]).includes(one)))
    throw new Problem("bad-request", { zh: "采集数据须逐案批准后使用，不能批量引用", en: "Collected data are let for a single case: many do not cite them" });
  const { rows } = await sql<Row>`select county, id, household_id, area, item, state, entered_by, applied_on from aid_application where county = ${given.county} and scheme = ${given.scheme}
      and id = any(${given.applications.map((one) => one.id)}::uuid[]) order by id for update`.execute(tx);
  const found = new Map(rows.map((row) => [row.id, row]));
  const planOf = await plansOf(tx, given.scheme);
  const today = platform.clock.today();
  const refused: { id: string; problem: ProblemCode }[] = [];
  const taken = new Map<string, object>();
  for (const { id, amount } of given.applications) {
    const row = found.get(id);
    const problem = await refusal(row, amount);
    if (problem !== undefined || row === undefined) refused.push({ id, problem: problem ?? "not-found" });
    else if (taken.has(id)) refused.push({ id, problem: "move-not-possible" });
    else taken.set(id, { id: newId(), application: id, household: row.householdId, area: row.area, item: row.item, fen: amount === undefined ? undefined : fenOf(amount) });
  }
  const sound = [...taken.values()];
  async function refusal(row: Row | undefined, amount: number | undefined): Promise<ProblemCode | undefined> {
    if (!row) return "not-found";
    if (row.enteredBy === tx.actor.account) return "same-person";
    if (row.state !== "open") return "move-not-possible";
    const item = await planOf(row.area, row.item, row.appliedOn);
    if (typeof item === "string") return "bad-request";
    const fen = amount === undefined ? undefined : fenOf(amount);
    if (amount !== undefined && (fen === undefined || (item.mostFen !== null && fen > item.mostFen))) return "bad-request";
    if (given.decision === "grant" && ((item.form === "cash" && !fen) || given.from === undefined || given.from < row.appliedOn)) return "bad-request";
    return undefined;
  }
  const state = given.decision === "grant" ? "granted" : "refused";
  const again = given.decision === "grant" ? recheckDay(today, sql`null::date`) : sql`null::date`;
  await sql`with x as materialized (select * from json_to_recordset(${JSON.stringify(sound)}::json) as x (id uuid, application uuid, household uuid, area bigint, item text, fen bigint)),
    moved as (update aid_application a set state = ${state}, recheck_on = ${again} from x where a.county = ${given.county} and a.id = x.application returning 1)
    insert into aid_decision (county, id, application_id, household_id, area, scheme, item, decision, decided_on, from_on, amount_fen, basis, why, decided_by)
    select ${given.county}, x.id, x.application, x.household, x.area, ${given.scheme}, x.item, ${given.decision}, ${today}::date, ${given.from ?? null}::date, x.fen,
      ${[...new Set(given.basis)]}::text[], ${given.why}, ${tx.actor.account} from x, (select count(*) from moved) m`.execute(tx);
  await emit(
    tx,
    (sound as { application: string; household: string; area: number; item: string }[]).map(({ application, household, area, item }) => ({
      kind: aidEvents.decided,
      county: given.county,
      area,
      data: { application, household, item, decision: given.decision },
    })),
  );
  await refreshAfter(tx, sound.length);
  await audit(tx, {
    action: "aid.decide",
    county: given.county,
    area: tx.actor.area,
    people: sound.length,
    detail: { decision: given.decision, basis: given.basis, decided: sound.length, refused: refused.length },
  });
  return { decided: sound.length, refused: refused.map((one) => ({ ...one, title: { ...problems[one.problem].title } })) };
}
