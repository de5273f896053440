// Brings identity numbers into their stored form before anything is compared: half-width, upper-case X, eighteen digits.
import { checkCitizenId, normaliseCitizenId } from "../core/citizen-id.ts";
import type { Issue } from "../core/issue.ts";
import { type Draft, type ItemSlot, type RowsSlot, slotsOf } from "./draft.ts";
import type { Group, Item, Scheme } from "./model.ts";
import { idConverted } from "./wording.ts";

const stored = (item: Item, text: string, path: string, notes: Issue[]): string => {
  const result = checkCitizenId(text);
  if (result.ok && result.converted === true) notes.push(idConverted(path, item.label));
  return result.ok ? result.id : normaliseCitizenId(text);
};

const tidyRow = (row: Group, items: readonly Item[], prefix: string, notes: Issue[]): Group => {
  let out = row;
  for (const item of items) {
    const text: unknown = row[item.key];
    if (typeof text !== "string") continue;
    const kept = stored(item, text, `${prefix}.${item.key}`, notes);
    if (kept !== text) out = { ...out, [item.key]: kept };
  }
  return out;
};

const isId = (item: Item): boolean => item.kind === "id-number";

/** A function that brings the identity numbers of a draft into stored form, adding a note for each that was converted from 15 digits. */
export function idTidier(scheme: Scheme): (draft: Draft, notes: Issue[]) => void {
  const forms = slotsOf(scheme).forms.flatMap(({ at, items, rows }) => {
    const flat = [...items.values()].filter((slot) => isId(slot.item));
    const repeating = [...rows.values()].flatMap((slot) => (slot.section.items.some(isId) ? [{ slot, items: slot.section.items.filter(isId) }] : []));
    return flat.length > 0 || repeating.length > 0 ? [{ at, flat, repeating }] : [];
  });
  const tidyItem = (draft: Draft, slot: ItemSlot, notes: Issue[]): void => {
    const text = draft.values[slot.at];
    if (typeof text !== "string") return;
    const kept = stored(slot.item, text, slot.path, notes);
    if (kept !== text) draft.setText(slot, kept);
  };
  const tidyRows = (draft: Draft, slot: RowsSlot, items: readonly Item[], notes: Issue[]): void => {
    const rows = draft.rows[slot.at] ?? [];
    const tidied = rows.map((row, i) => tidyRow(row, items, `${slot.path}[${i}]`, notes));
    if (tidied.some((row, i) => row !== rows[i])) draft.setRows(slot, tidied);
  };
  return (draft, notes) => {
    for (const { at, flat, repeating } of forms) {
      if (draft.groups[at] === undefined) continue;
      for (const slot of flat) tidyItem(draft, slot, notes);
      for (const { slot, items } of repeating) tidyRows(draft, slot, items, notes);
    }
  };
}
