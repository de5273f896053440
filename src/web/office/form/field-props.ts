// What every field gets, and the ids and names derived from an item's path that labels, tests and screen readers rely on.
import type { ReactNode } from "react";
import type { Text } from "../../../core/issue.ts";
import type { Item, Scheme, Value } from "../../../scheme/model.ts";
import type { MediaPort } from "./media.ts";

/** Pictures of a form, and its own way to draw their fields where there is one (a terminal with a camera). */
export type FormMedia = MediaPort & { readonly Field?: (props: FieldProps) => ReactNode };

/** What is known of a value besides itself: where it came from, that it was there before, and that it is held until somebody gives a reason. */
export type FieldMark = { readonly label: string; readonly known: boolean; readonly locked: boolean };

export type FieldProps = {
  readonly scheme: Scheme;
  readonly path: string;
  readonly item: Item;
  readonly value: Value | undefined;
  readonly disabled: boolean;
  readonly invalid: boolean;
  readonly describedBy: string | undefined;
  readonly onChange: (value: Value | undefined) => void;
  readonly onLeave: () => void;
  readonly media: FormMedia | undefined;
  /** Options that cannot be chosen now, with the reason of each. */
  readonly closed: ReadonlyMap<string, Text>;
};

/** Id of the field of an item: its path with what selectors dislike replaced by dashes. */
export function fieldId(path: string): string {
  return `item-${path.replace(/[^\w-]+/gu, "-")}`;
}
export const labelId = (path: string): string => `${fieldId(path)}-label`;
export const notesId = (path: string): string => `${fieldId(path)}-notes`;
