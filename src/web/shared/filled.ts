// Phrases with what they are about put in, and the word for one where it is one.
import type { Text } from "../../core/issue.ts";

export type Fill = { readonly [name: string]: string | number };

/** Puts `fill.name` where the phrase has `{name}`, and of `{name|one|more}` the word that goes with that number; an unknown name stays as written. */
export function filled(phrase: string, fill: Fill = {}): string {
  return phrase.replace(/\{(\w+)(?:\|([^|}]*)\|([^}]*))?\}/gu, (whole, name: string, one?: string, more?: string) => {
    const value = fill[name];
    if (value === undefined) return whole;
    return one === undefined || more === undefined ? String(value) : Number(value) === 1 ? one : more;
  });
}

/** The same in both languages. */
export const filledText = ({ zh, en }: Text, fill: Fill): Text => ({ zh: filled(zh, fill), en: filled(en, fill) });
