// The outbox: what a department is told, one numbered line each, signed when it is written and kept as its bytes, so that asking again gives the same. Bodies
// hold references the department knows (its list, its event, its agreement), counts and states; nothing of a person.
import { sql } from "kysely";
import { canonicalJson } from "../../core/json.ts";
import type { ReplyOf } from "../../core/route.ts";
import type { Tx } from "../../platform/database.ts";
import type { JournalEvent } from "../../platform/journal.ts";
import { systemActor } from "../../platform/database.ts";
import type { Platform } from "../../platform/platform.ts";
import type { readOutbox as outboxRoute } from "./contract.ts";

export type Receiver = { readonly county: number; readonly scheme: string; readonly department: string };
export type Told = { readonly origin: string; readonly kind: string; readonly data: Readonly<Record<string, unknown>> };

/** What is signed: whose outbox, which number, and the body, so that nothing can be moved elsewhere. */
export const signedText = ({ county, scheme, department }: Receiver, no: number, body: string): string => `qingce-outbox-1\n${county}\n${scheme}\n${department}\n${no}\n${body}`;

/** Puts one line out, once for each origin. Whoever writes holds the outbox of that department until the end of the transaction: numbers have no gap and no number comes late. */
export async function putOut(tx: Tx, platform: Platform, to: Receiver, told: Told): Promise<void> {
  const area = to.county * 1e6;
  await tx
    .insertInto("outboxHead")
    .values({ ...pick(to), area })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const head = await tx
    .selectFrom("outboxHead")
    .select("last")
    .where("county", "=", to.county)
    .where("scheme", "=", to.scheme)
    .where("department", "=", to.department)
    .forUpdate()
    .executeTakeFirstOrThrow();
  if (
    await tx
      .selectFrom("outboxEvent")
      .select("no")
      .where("county", "=", to.county)
      .where("scheme", "=", to.scheme)
      .where("department", "=", to.department)
      .where("origin", "=", told.origin)
      .executeTakeFirst()
  )
    return;
  const no = head.last + 1;
  const at = platform.clock.now();
  const body = canonicalJson({ no, at: at.toISOString(), kind: told.kind, data: told.data });
  const { keyId, sign } = platform.keys.signing();
  await tx
    .insertInto("outboxEvent")
    .values({ ...pick(to), no, area, origin: told.origin, at, body, keyId, signature: sign(Buffer.from(signedText(to, no, body))).toString("base64") })
    .execute();
  await tx.updateTable("outboxHead").set({ last: no }).where("county", "=", to.county).where("scheme", "=", to.scheme).where("department", "=", to.department).execute();
}
const pick = ({ county, scheme, department }: Receiver): Receiver => ({ county, scheme, department });

/** Lines behind a number, in their order. */
export async function linesAfter(tx: Tx, platform: Platform, to: Receiver, after: number, limit: number): Promise<ReplyOf<typeof outboxRoute>> {
  const rows = await tx
    .selectFrom("outboxEvent")
    .select(["no", "body", "keyId", "signature"])
    .where("county", "=", to.county)
    .where("scheme", "=", to.scheme)
    .where("department", "=", to.department)
    .where("no", ">", after)
    .orderBy("no")
    .limit(limit)
    .execute();
  const { keyId, publicKey } = platform.keys.signing();
  return { events: rows.map((row) => ({ county: to.county, scheme: to.scheme, ...row })), next: rows.at(-1)?.no ?? after, keyId, publicKey };
}

/** A department's list was worked off: what became of it is put out. */
export async function onListFinished(platform: Platform, events: readonly JournalEvent[]): Promise<void> {
  for (const event of events) {
    const { batch, department, rows, accepted, returned } = event.data as { batch?: string; department?: string; rows?: number; accepted?: number; returned?: number };
    if (batch === undefined || department === undefined) continue;
    const { lo, hi } = { lo: event.county * 1e6, hi: event.county * 1e6 + 999_999 };
    await platform.database.write(systemActor("outbox", lo, hi), async (tx) => {
      const { rows: found } = await sql<{ scheme: string }>`select scheme from import_batch where county = ${event.county} and id = ${batch}::uuid`.execute(tx);
      const scheme = found[0]?.scheme;
      if (scheme !== undefined)
        await putOut(tx, platform, { county: event.county, scheme, department }, { origin: `list:${batch}:${event.id}`, kind: "list.finished",
          data: { list: batch, rows, accepted, returned } });
    });
  }
}
