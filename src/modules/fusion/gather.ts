// Clusters of rows become people in an order that depends on the lists alone: by the first row that speaks of them.
import type { Text } from "../../core/issue.ts";
import { byRow, type Known, type Member } from "./fuse.ts";

export type Group = { readonly cluster: string; readonly known: Known };
/** Two clusters that may be one person. */
export type Doubt = { readonly a: string; readonly b: string; readonly weight: number; readonly probability: number; readonly why: Text };

/**
 * @param clusterOf row id → cluster; rows of lists are `list:row`, records of the register `r:<id>`
 * @returns people with at least one row, then the records that a doubt asks about; doubts that can change who is taken in
 */
export function gather(clusterOf: ReadonlyMap<string, string>, members: ReadonlyMap<string, Member>, links: readonly Doubt[]): { groups: Group[]; doubts: Doubt[] } {
  const gathered = new Map<string, { members: Member[]; record?: string }>();
  const at = (cluster: string): { members: Member[]; record?: string } => {
    let group = gathered.get(cluster);
    if (group === undefined) gathered.set(cluster, (group = { members: [] }));
    return group;
  };
  for (const [id, member] of members) at(clusterOf.get(id) ?? id).members.push(member);
  for (const [id, cluster] of clusterOf) {
    const record = id.startsWith("r:") ? id.slice(2) : undefined;
    if (record === undefined) continue;
    const group = at(cluster);
    if (group.record === undefined || record < group.record) group.record = record;
  }
  const seeded = (cluster: string): boolean => gathered.get(cluster)?.members.some((member) => member.seeds) ?? false;
  const registered = (cluster: string): boolean => gathered.get(cluster)?.record !== undefined;
  const doubts = links
    .filter(({ a, b }) => (seeded(a) || seeded(b)) && !(registered(a) && registered(b)))
    .toSorted((x, y) => y.weight - x.weight || (x.a < y.a ? -1 : x.a > y.a ? 1 : x.b < y.b ? -1 : 1));
  const asked = new Set(doubts.flatMap(({ a, b }) => [a, b]));
  const groups = [...gathered].filter(([cluster, group]) => group.members.length > 0 || asked.has(cluster)).map(([cluster, group]): Group => ({ cluster, known: { ...group, members: group.members.toSorted(byRow) } }));
  const first = ({ known }: Group): Member | undefined => known.members[0];
  groups.sort((x, y) => {
    const [a, b] = [first(x), first(y)];
    if (a !== undefined && b !== undefined) return byRow(a, b);
    if (a === undefined && b === undefined) return (x.known.record ?? "") < (y.known.record ?? "") ? -1 : 1;
    return a === undefined ? 1 : -1;
  });
  return { groups, doubts };
}
