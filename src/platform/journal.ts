// The journal: facts in commit order, written in the transaction that made them true, and read by reactions with a
// durable cursor. A reaction may see a fact twice (after a crash), never out of order, never not at all.
import { sql } from "kysely";
import type { Database, Tx } from "./database.ts";
import { systemActor } from "./database.ts";

export type Fact = {
  readonly kind: string;
  readonly area: number;
  readonly county: number;
  readonly subjectId?: string;
  readonly recordId?: string;
  readonly data: Readonly<Record<string, unknown>>;
};
export type JournalEvent = Fact & { readonly id: number; readonly txid: string; readonly at: Date; readonly actor: string };

/** Writes facts in this transaction. Data hold ids, codes, counts and item paths; never answers, names or numbers of people. */
export async function emit(tx: Tx, facts: readonly Fact[]): Promise<void> {
  if (facts.length === 0) return;
  await tx
    .insertInto("event")
    .values(
      facts.map((fact) => ({
        kind: fact.kind,
        area: fact.area,
        county: fact.county,
        actor: tx.actor.account,
        subjectId: fact.subjectId ?? null,
        recordId: fact.recordId ?? null,
        data: JSON.stringify(fact.data),
      })),
    )
    .execute();
}

/** A duty done after facts of some kinds. The handler works in its own transactions and must do no harm when it runs twice. */
export type Reaction = {
  readonly name: string;
  readonly kinds: readonly string[];
  readonly handle: (events: readonly JournalEvent[]) => Promise<void>;
};

const batch = 500;

/** Works off everything the reactions have not seen yet; returns the number of events handled. */
export async function react(database: Database, reactions: readonly Reaction[]): Promise<number> {
  let handled = 0;
  for (const reaction of reactions) {
    await database.withLock(`reaction:${reaction.name}`, async () => {
      for (;;) {
        const events = await unseen(database, reaction);
        const last = events.at(-1);
        if (!last) return;
        await reaction.handle(events);
        await database.write(systemActor(reaction.name), (tx) =>
          tx
            .insertInto("reactionCursor")
            .values({ reaction: reaction.name, txid: last.txid, eventId: last.id })
            .onConflict((conflict) => conflict.column("reaction").doUpdateSet({ txid: last.txid, eventId: last.id }))
            .execute(),
        );
        handled += events.length;
      }
    });
  }
  return handled;
}

const unseen = (database: Database, reaction: Reaction): Promise<readonly JournalEvent[]> =>
  database.read(systemActor(reaction.name), async (tx) => {
    const cursor = await tx.selectFrom("reactionCursor").select(["txid", "eventId"]).where("reaction", "=", reaction.name).executeTakeFirst();
    const { rows } = await sql<JournalEvent>`
      select id, txid, at, kind, area, county, actor, subject_id, record_id, data
      from security.events_after(${cursor?.txid ?? "0"}::xid8, ${cursor?.eventId ?? 0}, ${reaction.kinds as string[]}, ${batch})`.execute(tx);
    return rows;
  });
