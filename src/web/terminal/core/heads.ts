// What is kept in memory of each person while the terminal is open: enough for the list and the search. On disk heads lie in sealed segments
// of about 500; a later segment takes the place of what an earlier one said of the same person.

/** Where a person's sealed row lies: page of the generation, offset and length in bytes. */
export type Spot = { readonly page: number; readonly offset: number; readonly length: number };
export type Head = {
  readonly record: string;
  readonly county: number;
  readonly campaign: string;
  readonly name: string;
  readonly idNumber: string;
  /** Initials and pinyin of the name, as `zs zhangsan`. */
  readonly spelled: string;
  /** Name and number as the search compares them: one width, lower case, no blanks or dots. */
  readonly plain: { readonly name: string; readonly idNumber: string };
  readonly area: number;
  readonly state: string;
  /** Revision at the office. */
  readonly head: number;
  /** Absent for a person of whom only work done here exists. */
  readonly spot?: Spot;
  /** The office gave the person to somebody else; kept while work done here is not confirmed. */
  readonly gone?: true;
};

/** People in a segment. */
export const SEGMENT_ROWS = 500;

/** Text as the search compares it. */
export const plainText = (text: string): string => text.normalize("NFKC").replace(/[\s·•．・.]+/gu, "").toLowerCase();
export const plainOf = (name: string, idNumber: string): Head["plain"] => ({ name: plainText(name), idNumber: plainText(idNumber) });

type Row = readonly [record: string, county: number, campaign: number, name: string, idNumber: string, spelled: string, area: number, state: string, head: number, page: number, offset: number, length: number] | readonly [gone: string];
/** Contents of a segment: campaigns once, then rows; a row of one field says that the person is gone. */
export type Segment = { readonly campaigns: readonly string[]; readonly rows: readonly Row[] };
export type StoredHead = Omit<Head, "plain">;
export type SegmentEntry = StoredHead | { readonly gone: string };

/** Packs heads and departures for the store. */
export function segmentOf(entries: readonly SegmentEntry[]): Segment {
  const campaigns: string[] = [];
  const numberOf = (campaign: string): number => {
    const at = campaigns.indexOf(campaign);
    return at >= 0 ? at : campaigns.push(campaign) - 1;
  };
  const rows = entries.map((entry): Row => {
    if (!("record" in entry)) return [entry.gone];
    const { page, offset, length } = entry.spot ?? { page: -1, offset: 0, length: 0 };
    return [entry.record, entry.county, numberOf(entry.campaign), entry.name, entry.idNumber, entry.spelled, entry.area, entry.state, entry.head, page, offset, length];
  });
  return { campaigns, rows };
}

/** Lays a segment over the heads. `keep`: people whose departure waits because of work done here; they are marked instead. */
export function layOver(heads: Map<string, Head>, segment: Segment, keep: (record: string) => boolean): void {
  for (const row of segment.rows) {
    if (row.length === 1) {
      const held = heads.get(row[0]);
      if (held && keep(row[0])) heads.set(row[0], { ...held, gone: true });
      else heads.delete(row[0]);
      continue;
    }
    const [record, county, campaign, name, idNumber, spelled, area, state, head, page, offset, length] = row;
    heads.set(record, { record, county, campaign: segment.campaigns[campaign] ?? "", name, idNumber, spelled, plain: plainOf(name, idNumber), area, state, head, spot: { page, offset, length } });
  }
}
