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

const mostAtOnce = 5000;

/** Writes facts in this transaction, in their order. Data hold ids, codes, counts and item paths; never answers, names or numbers of people. */
export async function emit(tx: Tx, facts: readonly Fact[]): Promise<void> {
  for (let from = 0; from < facts.length; from += mostAtOnce) {
    const part = facts.slice(from, from + mostAtOnce);
    // One text whatever the number of facts, so that it is planned once.
    await sql`
      insert into event (kind, area, county, actor, subject_id, record_id, data)
      select x.kind, x.area, x.county, ${tx.actor.account}, x.subject_id, x.record_id, x.data
      from unnest(${part.map((fact) => fact.kind)}::text[], ${part.map((fact) => fact.area)}::bigint[], ${part.map((fact) => fact.county)}::integer[],
        ${part.map((fact) => fact.subjectId ?? null)}::uuid[], ${part.map((fact) => fact.recordId ?? null)}::uuid[], ${part.map((fact) => JSON.stringify(fact.data))}::jsonb[])
        with ordinality as x (kind, area, county, subject_id, record_id, data, place) order by x.place`.execute(tx);
  }
}

/** A duty done after facts of some kinds. The handler works in its own transactions and must do no harm when it runs twice. */
export type Reaction = {
  readonly name: string;
  readonly kinds: readonly string[];
  readonly handle: (events: readonly JournalEvent[]) => Promise<void>;
};

const batch = 500;

/** A place in the journal: everything up to it has been seen. */
type Place = { readonly txid: string; readonly id: number };
const start: Place = { txid: "0", id: 0 };
const same = (a: Place, b: Place): boolean => a.txid === b.txid && a.id === b.id;

/** Works off everything the reactions have not seen yet; returns the number of events handled. Costs one short read when nothing is new. */
export async function react(database: Database, reactions: readonly Reaction[]): Promise<number> {
  const { horizon, cursors } = await places(database);
  let handled = 0;
  for (const reaction of reactions) {
    if (horizon === undefined || same(cursors.get(reaction.name) ?? start, horizon)) continue;
    handled += (await database.withLock(`reaction:${reaction.name}`, () => workOff(database, reaction))) ?? 0;
  }
  return handled;
}

/** Works off everything that is committed now, also what still waits for an older transaction to end. */
export async function settleReactions(database: Database, reactions: readonly Reaction[]): Promise<void> {
  for (;;) {
    // Asked first: when nothing waits now, the reading that follows misses nothing that is committed now.
    const { rows } = await database.read(systemActor("reactions"), (tx) => sql<{ waiting: boolean }>`select security.events_waiting() as waiting`.execute(tx));
    const handled = await react(database, reactions);
    if (rows[0]?.waiting) await new Promise((resolve) => setTimeout(resolve, 20));
    else if (handled === 0) return;
  }
}

async function workOff(database: Database, reaction: Reaction): Promise<number> {
  const duty = systemActor(reaction.name);
  let handled = 0;
  for (;;) {
    const { horizon, cursors } = await places(database);
    const from = cursors.get(reaction.name) ?? start;
    if (horizon === undefined || same(from, horizon)) return handled;
    const { rows: events } = await database.read(duty, (tx) =>
      sql<JournalEvent>`
        select id, txid, at, kind, area, county, actor, subject_id, record_id, data
        from security.events_between(${from.txid}::xid8, ${from.id}, ${horizon.txid}::xid8, ${horizon.id}, ${reaction.kinds as string[]}, ${batch})`.execute(tx),
    );
    if (events.length > 0) await reaction.handle(events);
    handled += events.length;
    const last = events.length === batch ? events.at(-1)! : horizon;
    await database.write(duty, (tx) =>
      tx
        .insertInto("reactionCursor")
        .values({ reaction: reaction.name, txid: last.txid, eventId: last.id })
        .onConflict((conflict) => conflict.column("reaction").doUpdateSet({ txid: last.txid, eventId: last.id }))
        .execute(),
    );
  }
}

const places = (database: Database): Promise<{ readonly horizon: Place | undefined; readonly cursors: ReadonlyMap<string, Place> }> =>
  database.read(systemActor("reactions"), async (tx) => {
    const { rows } = await sql<Place>`select txid, id from security.event_horizon()`.execute(tx);
    const cursors = await tx.selectFrom("reactionCursor").selectAll().execute();
    return { horizon: rows[0], cursors: new Map(cursors.map((cursor) => [cursor.reaction, { txid: cursor.txid, id: cursor.eventId }])) };
  });
