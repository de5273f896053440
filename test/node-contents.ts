// What a node holds of records, opened from its seals, to be compared with another node's.
import type { TestDatabase } from "./database.ts";
import { county, type World } from "./world.ts";
import { systemActor } from "../src/platform/database.ts";
import { answersOfRevision } from "../src/modules/records/service.ts";

/** Everything about records that must be the same on every node, sealed answers opened. */
export async function contents(node: { readonly t: TestDatabase; readonly w: World }, { lo, hi }: { readonly lo: number; readonly hi: number }): Promise<unknown> {
  return node.t.database.write(systemActor("test", lo, hi), async (tx) => {
    const records = await tx.selectFrom("record as r").innerJoin("subject as s", (join) => join.onRef("s.county", "=", "r.county").onRef("s.id", "=", "r.subjectId")).selectAll("r").select(["s.name", "s.pinyin", "s.idMasked", "s.birthDate", "s.erasedAt"]).where("r.state", "=", "accepted").orderBy("r.id").execute();
    const revisions = [];
    for (const record of records) {
      for (const row of await tx.selectFrom("revision").select(["no", "kind", "author", "at", "provenance", "reason"]).where("county", "=", county).where("recordId", "=", record.id).orderBy("no").execute()) {
        revisions.push({ ...row, answers: await answersOfRevision(tx, node.w.platform, { county, id: record.id, no: row.no }) });
      }
    }
    // Under which key the file lies is each node's own affair.
    const media = (await tx.selectFrom("media").selectAll().orderBy("id").execute()).map(({ fileKey: _, ...row }) => row);
    // In which of its own transactions a node last changed a record is its own affair.
    // So is when it erased somebody.
    return { records: records.map(({ changedIn: _, updatedAt, erasedAt, ...record }) => ({ ...record, erased: erasedAt !== null, ...(erasedAt === null && { updatedAt }) })), revisions, media };
  });
}
