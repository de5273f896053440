// What the office has of all that was sent, looked up behind the server's back: each piece of work once, as it was packed, with its photo.
import { createHash } from "node:crypto";
import type pg from "pg";
import { answersOfRevision } from "../../src/modules/records/sheet.ts";
import { getMedia } from "../../src/modules/records/service.ts";
import { systemActor, type Tx } from "../../src/platform/database.ts";
import type { Platform } from "../../src/platform/platform.ts";
import { county } from "./people.ts";
import type { Sent } from "./planted.ts";
import type { Seen } from "./terminals.ts";

export type Outcome = { readonly lost: number; readonly double: number; readonly outcomes: Readonly<Record<string, number>>; readonly why: readonly string[] };
type Row = { readonly entry: string; readonly outcome: string; readonly revisions: number; readonly photos: readonly string[] };

export async function outcomeOf(platform: Platform, owner: pg.Client, sent: readonly Sent[], seen: Seen): Promise<Outcome> {
  const { rows } = await owner.query<Row>(
    `select e.entry, e.outcome,
       (select count(*)::int from revision v where v.county = e.county and v.record_id = e.record_id) as revisions,
       array(select m.id || ' ' || m.sha256 from media m where m.county = e.county and m.record_id = e.record_id) as photos
     from bundle_entry e where e.county = $1`,
    [county],
  );
  const byEntry = Map.groupBy(rows, (row) => row.entry);
  const outcomes: Record<string, number> = {};
  for (const { outcome } of rows) outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
  const why = new Map<string, number>();
  const note = (reason: string): number => {
    why.set(reason, (why.get(reason) ?? 0) + 1);
    return 1;
  };
  const reader = systemActor("bench", county * 1e6, county * 1e6 + 999_999);
  let lost = 0;
  let double = rows.length - byEntry.size + Math.max(0, byEntry.size - sent.length);
  await platform.database.write(reader, async (tx) => {
    for (const work of sent) {
      const row = byEntry.get(work.entry)?.[0];
      const general = row && (await answersOfRevision(tx, platform, { county, id: work.record, no: 2 }))?.["general"];
      const told = seen.receipts[work.entry] ?? [];
      if (row?.outcome !== "applied") lost += note(`the office has it as ${row?.outcome ?? "nothing"}`);
      else if (general?.["mobile"] !== work.mobile || general["education"] !== "60" || general["photo_recent"] !== work.photo) lost += note("its answers are not in the record");
      else if (!row.photos.includes(`${work.photo} ${work.sha256}`) || !(await isThere(tx, platform, work))) lost += note("its photo is not there");
      else if (told[0] !== "applied") lost += note("the terminal has no receipt");
      if (row && (row.revisions > 2 || row.photos.length > 1 || told.length > 1)) double += 1;
    }
  });
  return { lost, double, outcomes, why: [...why].map(([reason, times]) => `${times} × ${reason}`) };
}

async function isThere(tx: Tx, platform: Platform, { record, photo, sha256 }: Sent): Promise<boolean> {
  return createHash("sha256").update((await getMedia(tx, platform, { county, id: record, media: photo })).bytes).digest("hex") === sha256;
}
