// Where a collector's home visits were made: by the coordinates that the form holds, where it asks for them; else by the terminal and the minute in
// which the piece of work was finished. Coordinates stay sealed in the register and are opened for nothing but this comparison: what is kept is two counts.
import { sql } from "kysely";
import type { Tx } from "../../platform/database.ts";
import type { Platform } from "../../platform/platform.ts";
import { answerAt } from "../../scheme/layout.ts";
import type { Answers } from "../../scheme/model.ts";
import { sealedOf, unshutAnswers } from "../records/service.ts";
import { loadScheme } from "../schemes/service.ts";
import type { Range } from "./queries.ts";
import { cellOf, placeItems, type PlaceItems, type Together, togetherOf } from "./rules.ts";

type HomeRow = { readonly author: string; readonly county: number; readonly id: string; readonly version: string; readonly moment: string; readonly answers: unknown; readonly sealed: Buffer | null };

/** The newest capture at home of each collector and record. `moment`: terminal and minute; of what was entered at the office its own minute. */
async function homeVisits(tx: Tx, range: Range, withAnswers: boolean): Promise<HomeRow[]> {
  const county = (area: number): number => Math.floor(area / 1e6);
  const { rows } = await sql<HomeRow>`
    select distinct on (v.author, v.county, v.record_id) v.author, r.county, r.id, r.version,
      coalesce(b.device_id::text, 'office') || ' ' || date_trunc('minute', coalesce(b.at, v.at))::text as moment,
      ${withAnswers ? sql`v.answers, ${sealedOf} as sealed` : sql`null as answers, null as sealed`}
    from record r join revision v on v.county = r.county and v.record_id = r.id and v.kind in ('capture', 'correction') and v.channel = 'home'
    left join lateral (select b.device_id, b.at from bundle_entry b where b.record_county = v.county and b.record_id = v.record_id and b.operator::text = v.author order by b.at desc limit 1) b on true
    where r.county between ${county(range.lo)} and ${county(range.hi)} and r.campaign_id = ${range.campaign}::uuid and r.area between ${range.lo} and ${range.hi} and v.author not like 'system:%'
    order by v.author, v.county, v.record_id, v.no desc`.execute(tx);
  return rows;
}

const cellIn = (answers: Answers, { longitude, latitude }: PlaceItems): string | undefined => cellOf(Number(answerAt(answers, longitude) ?? Number.NaN), Number(answerAt(answers, latitude) ?? Number.NaN));

/** Of each collector: home visits, and those at the place of another of theirs. */
export async function placesOfWork(tx: Tx, platform: Platform, range: Range): Promise<ReadonlyMap<string, Together>> {
  const campaign = await tx.selectFrom("campaign").select(["scheme", "version"]).where("id", "=", range.campaign).executeTakeFirst();
  if (!campaign) return new Map();
  const at = placeItems((await loadScheme(tx, campaign.scheme, campaign.version)).definition);
  const rows = await homeVisits(tx, range, at !== undefined);
  return togetherOf(rows.map((row) => ({ author: row.author, place: (at && cellIn(unshutAnswers(platform.keys, row.county, row.id, row.answers, row.sealed), at)) ?? row.moment })));
}
