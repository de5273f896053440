// Search over the people in memory: one pass over short texts, exact numbers and whole names first. Areas are found by code or name.
import { areaRange, type AreaRange, within } from "../../../core/area-code.ts";
import type { PersonRow } from "../ports.ts";
import { type Head, plainText } from "./heads.ts";

export type Show = "all" | "to-do" | "draft" | "returned" | "unsent" | "kept-apart";
export type Query = { readonly text: string; readonly campaign: string; readonly show?: Show; readonly area?: number };
export type AreaRow = readonly [code: string, name: string];

/** States at the office in which something is left to do here. */
const OPEN = new Set(["listed", "draft", "returned"]);

/** How well a head fits; 0 not at all, larger is better. */
function score({ plain: { name, idNumber }, spelled }: Head, asked: string, kind: Kind): number {
  if (kind === "digits") {
    if (idNumber === asked) return 9;
    if (idNumber.startsWith(asked)) return 5;
    // The last digits are how people say a number.
    if (asked.length >= 4 && idNumber.endsWith(asked)) return 5;
    return asked.length >= 4 && idNumber.includes(asked) ? 2 : 0;
  }
  if (name.includes(asked)) return name.length === asked.length ? 8 : name.startsWith(asked) ? 7 : 3;
  if (kind === "other") return 0;
  const blank = spelled.indexOf(" ");
  // `zs` and `zhangsan` are whole words of the spelling.
  if (spelled.startsWith(asked)) return blank === asked.length ? 6 : 4;
  if (spelled.startsWith(asked, blank + 1)) return spelled.length - blank - 1 === asked.length ? 6 : 4;
  return 0;
}

/** What was typed can be a number, a spelling, or neither. */
type Kind = "digits" | "letters" | "other";
const kindOf = (asked: string): Kind => (/^\d+x?$/.test(asked) ? "digits" : /^[a-zü]+$/.test(asked) ? "letters" : "other");

/** Subtrees of the areas that what was typed names: by code of at least six digits, or by a part of the name of at least two characters. */
function areasAsked(areas: readonly AreaRow[], asked: string): AreaRange[] {
  if (/^\d{6,12}$/.test(asked)) {
    const found = areas.filter(([code]) => code.startsWith(asked));
    return found.length > 0 ? [{ lo: Number(asked.padEnd(12, "0")), hi: Number(asked.padEnd(12, "9")) }] : [];
  }
  if (asked.length < 2) return [];
  return areas.filter(([, name]) => name.includes(asked)).map(([code]) => areaRange(Number(code)));
}

const fitsShow = (show: Show, state: string, work: PersonRow["work"]): boolean => {
  switch (show) {
    case "all":
      return true;
    case "to-do":
      return work === "refused" || work === "draft" || (work === undefined && OPEN.has(state));
    case "draft":
      return work === "draft";
    case "returned":
      return work === "refused" || (work === undefined && state === "returned");
    case "unsent":
      return work === "finished" || work === "packed";
    case "kept-apart":
      return work === "kept-apart";
  }
};

/** The list's line of a person. */
export const rowOf = (head: Head, work: PersonRow["work"]): PersonRow => ({
  county: head.county,
  record: head.record,
  name: head.name,
  idNumber: head.idNumber,
  area: head.area,
  state: head.state,
  ...(work && { work }),
  returned: head.state === "returned" && work === undefined,
});

/** @returns at most `limit` rows, best first, then in the order of the list; `total` counts all that fit */
export function search(heads: Iterable<Head>, works: ReadonlyMap<string, PersonRow["work"]>, areas: readonly AreaRow[], query: Query, limit: number): { readonly rows: readonly PersonRow[]; readonly total: number } {
  const asked = plainText(query.text);
  const kind = kindOf(asked);
  const show = query.show ?? "all";
  const below = query.area === undefined ? undefined : areaRange(query.area);
  const named = asked === "" ? [] : areasAsked(areas, asked);
  const best: Head[][] = Array.from({ length: 10 }, () => []);
  let total = 0;
  for (const head of heads) {
    if (head.campaign !== query.campaign || (below && !within(head.area, below))) continue;
    const work = works.get(head.record);
    if ((head.gone && work === undefined) || !fitsShow(show, head.state, work)) continue;
    let points = asked === "" ? 1 : score(head, asked, kind);
    if (points === 0 && named.some((range) => within(head.area, range))) points = 1;
    if (points === 0) continue;
    total += 1;
    const bucket = best[points]!;
    if (bucket.length < limit) bucket.push(head);
  }
  const rows: PersonRow[] = [];
  for (let points = best.length - 1; points > 0 && rows.length < limit; points -= 1) {
    for (const head of best[points]!) {
      if (rows.length >= limit) break;
      rows.push(rowOf(head, works.get(head.record)));
    }
  }
  return { rows, total };
}
