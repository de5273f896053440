// A model for merges, independent of them: four writers work on one person in any order, each value they write is a token of its own, and
// afterwards every token that was acknowledged must be in force, or have been replaced by somebody who had seen it, or wait in a version kept apart.

export type Write = Readonly<Record<string, string>>;
export type Seen = { readonly revision: number; readonly values: Write };
/** One office with one person's record; the same questions to the pure decision and to the real services. */
export type Office = {
  /** What a terminal is given: the fields it may have. */
  readonly give: () => Promise<Seen>;
  readonly bring: (terminal: string, from: Seen, values: Write) => Promise<"taken" | "kept" | "refused">;
  /** Everything, as the office's own form shows it. */
  readonly open: () => Promise<Seen>;
  /** False when somebody saved meanwhile. */
  readonly save: (from: Seen, values: Write) => Promise<boolean>;
  /** Values of every revision in order, and of every version kept apart. */
  readonly history: () => Promise<{ readonly revisions: readonly Write[]; readonly kept: readonly Write[] }>;
};

export const writers = ["terminal-1", "terminal-2", "editor", "import"] as const;
export type Writer = (typeof writers)[number];
export const STEPS = 4;

/** A small generator with a seed (mulberry32), so that a failing order can be played again. */
export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** One of the 63,063,000 orders of 4 × 4 steps. */
export function order(next: () => number): Writer[] {
  const steps = writers.flatMap((writer) => Array.from({ length: STEPS }, () => writer));
  for (let i = steps.length - 1; i > 0; i -= 1) {
    const j = Math.floor(next() * (i + 1));
    [steps[i], steps[j]] = [steps[j] as Writer, steps[i] as Writer];
  }
  return steps;
}

type Desk = { seen?: Seen; values: Write };
type Token = { readonly field: string; readonly token: string };
export type Played = { readonly overwritten: readonly Token[]; readonly taken: number; readonly kept: number; readonly refused: number };

/**
 * Plays one order. A terminal takes in what is new, changes two fields and sends; the editor opens, changes two fields and saves; the import
 * reads and writes one field at a time. What is refused (somebody saved meanwhile) was never acknowledged.
 */
export async function play(office: Office, steps: readonly Writer[], fields: readonly string[], next: () => number): Promise<Played> {
  const desks = new Map<Writer, Desk>(writers.map((writer) => [writer, { values: {} }]));
  const at = new Map<Writer, number>();
  const acknowledged: Token[] = [];
  // What the writer of a revision had before their eyes; the oracle's own book.
  const eyes = new Map<string, Write>();
  const counts = { taken: 0, kept: 0, refused: 0 };
  let serial = 0;
  const pick = (): string => fields[Math.floor(next() * fields.length)] as string;
  const change = (writer: Writer, desk: Desk): void => {
    serial += 1;
    const [field, token] = [pick(), `${writer}:${serial}`];
    desk.values = { ...desk.values, [field]: token };
    eyes.set(token, desk.seen?.values ?? {});
  };
  const sent = (from: Seen, values: Write): void => {
    for (const [field, token] of Object.entries(values)) if (from.values[field] !== token) acknowledged.push({ field, token });
  };
  for (const writer of steps) {
    const desk = desks.get(writer) as Desk;
    const step = at.get(writer) ?? 0;
    at.set(writer, step + 1);
    if (writer === "import") {
      if (step % 2 === 0) {
        desk.seen = await office.open();
        desk.values = desk.seen.values;
        continue;
      }
      change(writer, desk);
      const from = desk.seen as Seen;
      if (await office.save(from, desk.values)) {
        sent(from, desk.values);
        counts.taken += 1;
      } else counts.refused += 1;
      continue;
    }
    if (step === 0) {
      desk.seen = writer === "editor" ? await office.open() : await office.give();
      desk.values = desk.seen.values;
    } else if (step < STEPS - 1) change(writer, desk);
    else {
      const from = desk.seen as Seen;
      const outcome = writer === "editor" ? ((await office.save(from, desk.values)) ? "taken" : "refused") : await office.bring(writer, from, desk.values);
      counts[outcome] += 1;
      if (outcome !== "refused") sent(from, desk.values);
    }
  }
  const { revisions, kept } = await office.history();
  return { ...counts, overwritten: acknowledged.filter((token) => !survives(token, revisions, kept, eyes)) };
}

/** In force, kept apart, or gone by the hand of somebody who had it before their eyes. A token replaced on the writer's own desk was never sent. */
function survives({ field, token }: Token, revisions: readonly Write[], kept: readonly Write[], eyes: ReadonlyMap<string, Write>): boolean {
  if (kept.some((version) => version[field] === token)) return true;
  const first = revisions.findIndex((revision) => revision[field] === token);
  if (first < 0) return false;
  const after = revisions.slice(first).find((revision) => revision[field] !== token);
  return after === undefined || eyes.get(after[field] ?? "")?.[field] === token;
}

