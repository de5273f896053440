// People of a bundle on their way into the store: sealed one by one, written in batches beyond what is in force. Nothing counts until the commit.
import type { GoneEntry, PersonEntry } from "../../../bundle/contents.ts";
import { type Context, type HeldScheme, schemeName } from "./context.ts";
import type { Answers } from "../../../scheme/model.ts";
import { kept } from "./fault.ts";
import { SEGMENT_ROWS, segmentOf, type SegmentEntry, type StoredHead } from "./heads.ts";
import { segmentPlace } from "./load.ts";
import { nameIn, numberIn } from "./head-of-work.ts";
import { pagesOf, sealPerson } from "./people.ts";
import { sealJson } from "./seal.ts";
import type { Spell } from "./spelling.ts";
import type { PartRow } from "./store.ts";

export type Intake = {
  readonly person: (person: PersonEntry, portrait: Uint8Array | undefined) => Promise<void>;
  readonly gone: (entry: GoneEntry) => Promise<void>;
  /** Writes what is held; gives the numbers of segments and pages that are valid from the commit on. */
  readonly close: () => Promise<{ readonly segments: number; readonly pages: number }>;
};
export type IntakeInput = {
  readonly generation: number;
  readonly segments: number;
  readonly pages: number;
  readonly key: () => Promise<CryptoKey>;
  readonly schemeOf: (campaign: string) => HeldScheme | undefined;
  readonly spell: Spell;
};

/** Deletes what an earlier take-in left that was cut: everything beyond what is in force. */
export async function clearBeyond(context: Context, generation: number, segments: number, pages: number): Promise<void> {
  await context.store.transaction("rw", [context.store.segments, context.store.pages], async () => {
    await context.store.segments.where("[generation+no]").aboveOrEqual([generation, segments]).delete();
    await context.store.pages.where("[generation+no]").aboveOrEqual([generation, pages]).delete();
  });
}

const headOf = (person: PersonEntry, scheme: HeldScheme | undefined, spell: Spell): Omit<StoredHead, "spot"> => {
  const name = scheme ? nameIn(scheme.definition, person.answers as Answers) : "";
  const idNumber = scheme ? numberIn(scheme.definition, person.answers as Answers) : "";
  return { record: person.record, county: person.county, campaign: person.campaign, name, idNumber, spelled: spell(name), area: person.area, state: person.state, head: person.head };
};

/** Begins to take people in. One batch is sealed while the one before is written. */
export function beginIntake(context: Context, input: IntakeInput): Intake {
  const { generation } = input;
  let { segments, pages } = input;
  let held: (readonly [PersonEntry, Uint8Array | undefined])[] = [];
  let left: SegmentEntry[] = [];
  let writing: Promise<unknown> = Promise.resolve();

  const flush = async (): Promise<void> => {
    if (held.length + left.length === 0) return;
    const [people, departures] = [held, left];
    held = [];
    left = [];
    const key = await input.key();
    const rows = await Promise.all(people.map(([person, portrait]) => sealPerson(key, person, portrait)));
    const cut = pagesOf(rows, pages);
    const heads = people.map(([person], i): StoredHead => ({ ...headOf(person, input.schemeOf(person.campaign), input.spell), spot: cut.spots[i]! }));
    const no = segments;
    const segment = await sealJson(key, segmentPlace(generation, no), segmentOf([...departures, ...heads]));
    const parts = cut.pages.map((bytes, i): PartRow => ({ generation, no: pages + i, rows: bytes }));
    segments += 1;
    pages += parts.length;
    await writing;
    writing = kept(() =>
      context.store.transaction("rw", [context.store.segments, context.store.pages], async () => {
        await context.store.segments.put({ generation, no, rows: segment });
        await context.store.pages.bulkPut(parts);
      }),
    );
    // Its failure is thrown where the next batch or the end waits for it.
    writing.catch(() => undefined);
  };

  return {
    person: async (person, portrait) => {
      held.push([person, portrait]);
      if (held.length >= SEGMENT_ROWS) await flush();
    },
    gone: async ({ record }) => {
      // Someone who leaves and comes back in one bundle: order counts.
      if (held.some(([person]) => person.record === record)) await flush();
      left.push({ gone: record });
      if (left.length >= SEGMENT_ROWS) await flush();
    },
    close: async () => {
      await flush();
      await writing;
      return { segments, pages };
    },
  };
}

/** Schemes and campaigns of the bundle first, then those that are held. */
export function schemesFor(context: Context, campaigns: ReadonlyMap<string, { readonly scheme: string; readonly version: string }>, schemes: ReadonlyMap<string, HeldScheme>): (campaign: string) => HeldScheme | undefined {
  return (id) => {
    const campaign = campaigns.get(id) ?? context.memory.campaigns.find((one) => one.id === id);
    if (!campaign) return undefined;
    const name = schemeName(campaign.scheme, campaign.version);
    return schemes.get(name) ?? context.memory.schemes.get(name);
  };
}
