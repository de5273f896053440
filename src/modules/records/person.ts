// Who an answer sheet is about: name with its sound keys, sex, birth date, number (blinded and masked), area; and the names' ends for search.
import { countyOf } from "../../core/area-code.ts";
import { checkCitizenId, maskId } from "../../core/citizen-id.ts";
import { matchName } from "../../core/names.ts";
import { isDate } from "../../core/time.ts";
import type { Keys } from "../../platform/keys.ts";
import { initialsOf, nameSyllables } from "../../platform/pinyin.ts";
import { answerAt } from "../../scheme/layout.ts";
import type { Answers, Scheme } from "../../scheme/model.ts";

export type Person = {
  readonly name: string;
  readonly pinyin: string;
  readonly initials: string;
  readonly sex: string | null;
  readonly birthDate: string | null;
  /** Blind index of the number, when it is valid. */
  readonly idDigest: Buffer | null;
  readonly idMasked: string | null;
};

const textAt = (answers: Answers, path: string | undefined): string | undefined => {
  const value = path === undefined ? undefined : answerAt(answers, path);
  return typeof value === "string" && value !== "" ? value : undefined;
};

/** What is blinded: a valid identity number, or the code of a community. */
const numberOf = (scheme: Scheme, id: string): string | undefined => {
  if (scheme.unit === "community") return /^\d{12}$/u.test(id) ? `area:${id}` : undefined;
  const checked = checkCitizenId(id);
  return checked.ok ? checked.id : undefined;
};

export function personOf(scheme: Scheme, keys: Keys, answers: Answers): Person {
  const at = scheme.identity;
  const name = textAt(answers, at?.name) ?? "";
  const id = textAt(answers, at?.idNumber);
  const number = id === undefined ? undefined : numberOf(scheme, id);
  const birth = textAt(answers, at?.birthDate);
  const syllables = nameSyllables(name);
  return {
    name,
    pinyin: syllables.replaceAll(" ", ""),
    initials: initialsOf(syllables),
    sex: textAt(answers, at?.sex) ?? null,
    birthDate: birth !== undefined && isDate(birth) ? birth : null,
    idDigest: number === undefined ? null : keys.blind(number),
    idMasked: id === undefined ? null : scheme.unit === "community" ? id : maskId(number ?? id),
  };
}

/** Area of registration as a number, when it is answered. */
export function domicileOf(scheme: Scheme, answers: Answers): number | undefined {
  const text = textAt(answers, scheme.identity?.area);
  return text !== undefined && /^\d{12}$/u.test(text) ? Number(text) : undefined;
}

/** Where a person of the base list belongs: the area of registration when it lies in the county, else the area given. */
export function homeArea(scheme: Scheme, answers: Answers, given: number): number {
  const domicile = domicileOf(scheme, answers);
  return domicile !== undefined && countyOf(domicile) === countyOf(given) ? domicile : given;
}

/** Ends of a name without its first character, dots left out: 张三丰 → 三丰, 丰. */
export function nameEnds(name: string): string[] {
  const chars = [...matchName(name)];
  return [...new Set(chars.map((_, from) => chars.slice(from).join("")).slice(chars.join("") === name ? 1 : 0))];
}
