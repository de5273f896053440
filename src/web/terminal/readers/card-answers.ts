// Which items of a form a card answers, and what stands against what was known before.
import { codeSetOf, placesOf } from "../../../scheme/layout.ts";
import type { Answers, Item, Scheme, Value } from "../../../scheme/model.ts";
import { answerAt } from "../../../scheme/layout.ts";
import { sameAnswer } from "../../../scheme/differences.ts";
import type { CardReading } from "./card.ts";

const plain = (text: string): string => text.normalize("NFKC").replace(/[\s\u200b\ufeff]+/gu, "");

/** Code of a word of the item's list: by label, by what it is also called, or the code itself. */
function codeFor(scheme: Scheme, item: Item, word: string): string | undefined {
  const asked = plain(word);
  const fits = (label: string): boolean => plain(label) === asked || plain(label) === `${asked}族`;
  const options = codeSetOf(scheme, item)?.options ?? [];
  return (options.find((option) => option.code === asked) ?? options.find((option) => fits(option.label.zh) || (option.alsoWritten ?? []).some(fits)))?.code;
}

const byKey: Readonly<Record<string, (card: CardReading) => Value | undefined>> = {
  issuing_authority: (card) => card.issuer,
  valid_from: (card) => card.validFrom,
  valid_to: (card) => card.validTo,
  valid_long_term: (card) => (card.validFrom === undefined ? undefined : card.longTerm),
};

/** Values the card gives, by item path: the person's identity items, and items of the first form that are marked as read from a card. */
export function cardValues(scheme: Scheme, card: CardReading): ReadonlyMap<string, Value> {
  const values = new Map<string, Value>();
  const put = (path: string | undefined, value: Value | undefined): void => {
    if (path !== undefined && value !== undefined && !values.has(path)) values.set(path, value);
  };
  const { identity } = scheme;
  put(identity?.name, card.name);
  put(identity?.idNumber, card.idNumber);
  put(identity?.sex, card.sex);
  put(identity?.birthDate, card.birthDate);
  for (const { path, section, item } of placesOf(scheme)) {
    if (!item.fromCard || section.repeats || item.forced !== undefined || values.has(path)) continue;
    if (item.codeSet === "ethnic") put(path, card.nation === undefined ? undefined : codeFor(scheme, item, card.nation));
    else if (item.kind === "address") put(path, card.address);
    else put(path, byKey[item.key]?.(card));
  }
  return values;
}

/** Path of the item that holds the picture of the chip, when the scheme has one. */
export function chipPortraitPath(scheme: Scheme): string | undefined {
  return placesOf(scheme).find(({ section, item }) => item.kind === "photo" && item.fromCard === true && !section.repeats)?.path;
}

export type CardDifference = { readonly path: string; readonly known: Value; readonly card: Value };

/** Items where the card says otherwise than what was known. */
export function cardDifferences(answers: Answers, values: ReadonlyMap<string, Value>): readonly CardDifference[] {
  return [...values].flatMap(([path, card]) => {
    const known = answerAt(answers, path);
    return known === undefined || known === "" || sameAnswer(known, card) ? [] : [{ path, known, card }];
  });
}
