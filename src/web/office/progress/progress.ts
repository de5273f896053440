// What the progress page makes of the server's counts: rows in one order, bars by state, and the people who are done.
import { finalStates, states, type State } from "../../../modules/records/rules.ts";

export type Counted = { readonly total: number; readonly states: Readonly<Record<string, number>> };
export type Segment = { readonly state: State; readonly count: number; readonly share: number };

/** From done to not begun, so that bars grow from the left. */
export const barOrder: readonly State[] = ["accepted", "township-approved", "submitted", "held", "returned", "draft", "refused", "not-found", "deceased", "moved", "duplicate", "listed"];

/** Parts of the bar with more than nothing in them; `share` is of the row's own total. */
export function segments(row: Counted): readonly Segment[] {
  return barOrder.flatMap((state) => {
    const count = row.states[state] ?? 0;
    return count > 0 && row.total > 0 ? [{ state, count, share: count / row.total }] : [];
  });
}

/** People whose round is over: the sum of the final states. */
export function finished(row: Counted): number {
  return finalStates.reduce((sum, state) => sum + (row.states[state] ?? 0), 0);
}

/** True when the states add up to the total; the page says so when they do not. */
export function addsUp(row: Counted): boolean {
  return states.reduce((sum, state) => sum + (row.states[state] ?? 0), 0) === row.total;
}

/** States that occur in any of the rows, in the order of the bars. */
export function occurring(rows: readonly Counted[]): readonly State[] {
  return barOrder.filter((state) => rows.some((row) => (row.states[state] ?? 0) > 0));
}
