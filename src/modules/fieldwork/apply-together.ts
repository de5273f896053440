// Pieces of work of one bundle in one transaction, each decided behind a savepoint of its own, what was captured stored together: what is wrong with one leaves the others as they are.
// Whatever does not go smoothly is done again alone, where it gets its outcome and its words.
import { sql } from "kysely";
import { Problem } from "../../core/problem.ts";
import type { Tx } from "../../platform/database.ts";
import type { Platform } from "../../platform/platform.ts";
import { applyEntry, effectOf, type EntryOutcome, isPassing, picturesOf, putEffect, type Sender, type Work } from "./apply-entry.ts";
import type { Scheme } from "../../scheme/model.ts";
import { type Later, storeLater } from "../records/service.ts";
import { loadScheme } from "../schemes/service.ts";

/** Pieces of work in one transaction: what they hold is held only so long, and the server keeps so many savepoints without cost. */
export const TOGETHER = 20;

type Log = (work: Work, error: unknown) => void;
const personOf = ({ capture }: Work): string => `${capture.county} ${capture.record}`;

/**
 * Gives each piece of work its outcome, in their order for each person. Every one of them may be given again.
 * @throws Problem database-away, disk-full, scanner-away: the bundle goes on later
 */
export async function applyTogether(platform: Platform, sender: Sender, works: readonly Work[], log: Log): Promise<readonly EntryOutcome[]> {
  const done = await smoothly(platform, sender, works);
  const outcomes: EntryOutcome[] = [];
  for (const work of works) outcomes.push(done.get(work) ?? (await applyEntry(platform, sender, work, (error) => log(work, error))));
  return outcomes;
}

/** Outcomes of the work that went smoothly; nothing is said of the rest, and nothing of it is left behind. */
async function smoothly(platform: Platform, sender: Sender, works: readonly Work[]): Promise<ReadonlyMap<Work, EntryOutcome>> {
  const { actor, device } = sender;
  if (!actor || works.length === 0) return new Map();
  try {
    const ready = await platform.database.read(actor, async (tx) => {
      const rows = await tx.selectFrom("bundleEntry").select("entry").where("county", "=", device.county).where("entry", "in", works.map((work) => work.capture.entry)).execute();
      const known = new Set(rows.map((row) => row.entry));
      const found: { readonly work: Work; readonly definition: Scheme | undefined }[] = [];
      for (const work of works) if (!known.has(work.capture.entry)) found.push({ work, definition: await definitionOf(tx, work) });
      return found;
    });
    const looked = await Promise.all(ready.map(async ({ work, definition }) => ({ work, pictures: definition && (await picturesOf(platform, definition, work).catch(alone)) })));
    const done = new Map<Work, EntryOutcome>();
    await platform.database.write(actor, async (tx) => {
      const later: Later = [];
      const waiting = { people: new Set<string>(), campaign: "" };
      const disturbed = new Set(works.filter((work) => !looked.some((one) => one.work === work)).map(personOf));
      await sql`savepoint one_work`.execute(tx);
      for (const { work, pictures } of looked) {
        // What comes after work that did not go smoothly on the same person waits for it.
        if (!pictures || disturbed.has(personOf(work))) {
          disturbed.add(personOf(work));
          continue;
        }
        // More work on the same person, or of another round that may have the same person, finds what came before it.
        if (waiting.people.has(personOf(work)) || waiting.campaign !== work.capture.campaign) {
          await storeLater(tx, later);
          waiting.people.clear();
          waiting.campaign = work.capture.campaign;
          await sql`release savepoint one_work; savepoint one_work`.execute(tx);
        }
        waiting.people.add(personOf(work));
        const before = later.length;
        try {
          const effect = await effectOf(tx, platform, sender, work.capture, pictures, later);
          await putEffect(tx, platform, sender, work.capture, actor, effect);
          await sql`release savepoint one_work; savepoint one_work`.execute(tx);
          done.set(work, effect.outcome);
        } catch (error) {
          if (isPassing(error)) throw error;
          await sql`rollback to savepoint one_work`.execute(tx);
          later.splice(before);
          disturbed.add(personOf(work));
        }
      }
      // A fault that only shows here undoes all of them, and each is done again alone.
      await storeLater(tx, later);
    });
    return done;
  } catch (error) {
    if (isPassing(error)) throw error;
    // The transaction as a whole did not come about: a lock in the way, a commit that failed.
    return new Map();
  }
}

const definitionOf = (tx: Tx, { capture }: Work) => loadScheme(tx, capture.scheme, capture.version).then(({ definition }) => definition, alone);
function alone(error: unknown): undefined {
  if (isPassing(error) || !(error instanceof Problem)) throw error;
  return undefined;
}
