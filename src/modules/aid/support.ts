// Who supports whom: no circle. If A is paid by B, and B by C, then C is not paid by A: the same money would count as everybody's income.
import { sql } from "kysely";
import type { Tx } from "../../platform/database.ts";

type Edge = { readonly supported: string; readonly supporter: string };

/** The first edges that would close a circle with what stands and with those before them; people as digests in hexadecimal. */
export async function circleAmong<T extends Edge>(tx: Tx, county: number, scheme: string, wanted: readonly T[]): Promise<ReadonlySet<T>> {
  const standing = await sql<{ supported: string; supporter: string }>`
    with recursive near (supported, supporter) as (
      select d.supported, d.supporter from support_duty d where d.county = ${county} and d.scheme = ${scheme} and d.until is null
        and d.supporter in (select decode(x, 'hex') from unnest(${wanted.map((one) => one.supported)}::text[]) x)
      union select d.supported, d.supporter from near n join support_duty d on d.county = ${county} and d.scheme = ${scheme} and d.until is null and d.supporter = n.supported
    ) select encode(supported, 'hex') as supported, encode(supporter, 'hex') as supporter from near`.execute(tx);
  return circlesIn(standing.rows, wanted);
}

/** Pure: edges of `wanted` that close a circle. Whoever supports reaches whomever they support, and all those these support. */
export function circlesIn<T extends Edge>(standing: readonly Edge[], wanted: readonly T[]): ReadonlySet<T> {
  const supports = new Map<string, Set<string>>();
  const add = ({ supporter, supported }: Edge): void => void (supports.get(supporter) ?? supports.set(supporter, new Set()).get(supporter)!).add(supported);
  standing.forEach(add);
  const refused = new Set<T>();
  for (const edge of wanted) {
    if (reaches(supports, edge.supported, edge.supporter)) refused.add(edge);
    else add(edge);
  }
  return refused;
}

function reaches(supports: ReadonlyMap<string, ReadonlySet<string>>, from: string, to: string): boolean {
  const seen = new Set<string>();
  const waiting = [from];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    if (at === to) return true;
    if (seen.has(at)) continue;
    seen.add(at);
    waiting.push(...(supports.get(at) ?? []));
  }
  return false;
}
