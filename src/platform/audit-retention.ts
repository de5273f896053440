// What is older than the years for which the audit is kept goes, oldest first and up to a checkpoint; a signed stub with the digest of that
// place stays, so that the rest still verifies. Nobody but this duty can delete, and the database refuses it before its time.
import { sql } from "kysely";
import { auditDuty, type ChainOptions } from "./audit-chain.ts";
import { audit } from "./audit.ts";
import type { Database } from "./database.ts";

/** What a stub's signature stands for. */
export const stubText = (stub: { readonly toSeq: number; readonly digest: string; readonly removed: number; readonly at: string }): string =>
  ["qingce audit stub 1", stub.toSeq, stub.digest, stub.removed, stub.at].join("\n");

/** Deletes what is past its years; resolves to the number of rows. */
export async function retireAudit(database: Database, options: Pick<ChainOptions, "now">): Promise<number> {
  let removed = 0;
  for (;;) {
    const done = await database.write(auditDuty, async (tx) => {
      const next = (await sql<{ toSeq: number; digest: Buffer; removed: number }>`select * from security.audit_past_retention()`.execute(tx)).rows[0];
      if (!next) return 0;
      const now = options.now();
      const { keyId, publicKey, sign } = database.keys.signing();
      const signature = sign(Buffer.from(stubText({ toSeq: next.toSeq, digest: next.digest.toString("hex"), removed: next.removed, at: now.toISOString() })));
      await sql`select security.retire_audit(${next.toSeq}, ${next.digest}, ${next.removed}, ${now}, ${keyId}, ${publicKey}, ${signature})`.execute(tx);
      await audit(tx, { action: "audit.retire", people: 0, detail: { to: next.toSeq, rows: next.removed } });
      return next.removed;
    });
    if (done === 0) return removed;
    removed += done;
  }
}
