// Citizen identity numbers after GB 11643-1999: 6 digits region, 8 birth date, 3 sequence (odd male), 1 check; and their 15-digit forerunner.
// Withdrawn region codes stand in living people's numbers and no list of them is complete, so a region is refused only when there is no such
// province. The numbers on foreigners' residence cards (beginning with 9) are not citizens' numbers; 999999 is kept for fictional people.
import { regionStanding } from "./region-prefixes.ts";
import { isDate } from "./time.ts";

export type SexCode = "1" | "2";
export type CitizenIdFault = "empty" | "pseudo" | "length" | "characters" | "region" | "calendar" | "future" | "check-digit";
export type CitizenIdResult = { readonly ok: true; readonly id: string; readonly converted?: boolean } | { readonly ok: false; readonly reason: CitizenIdFault };
export type CitizenIdFacts = { readonly region6: string; readonly birthDate: string; readonly sex: SexCode };

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECKS = "10X98765432";
const EARLIEST_BIRTH_YEAR = 1850;

/** The number as it should be stored: half-width, upper-case X, no spaces, no leading apostrophe of a sheet. */
export function normaliseCitizenId(text: string): string {
  return text.normalize("NFKC").replace(/[\s\u200b-\u200f\u2060\ufeff'‘’`]+/gu, "").toUpperCase();
}

/** Check character of the first 17 digits (GB 11643 §4: weights, modulus 11). */
export function checkCharacter(first17: string): string {
  let sum = 0;
  for (let i = 0; i < 17; i += 1) sum += (first17.charCodeAt(i) - 48) * (WEIGHTS[i] ?? 0);
  return CHECKS.charAt(sum % 11);
}

/** When numbers were first given out (1984) nobody was older than this year's children. */
const OLDEST_TWO_DIGITS = "70";

/**
 * Fifteen digits to eighteen: the century 19 is put in and the check character appended. The sequences 996–999 were set aside for people
 * who were a hundred years old when they got their number: with a year of 70–99 theirs is the century 18.
 */
export function convert15(fifteen: string): string {
  const centenarian = fifteen.slice(12) >= "996" && fifteen.slice(6, 8) >= OLDEST_TWO_DIGITS;
  const first17 = `${fifteen.slice(0, 6)}${centenarian ? "18" : "19"}${fifteen.slice(6)}`;
  return first17 + checkCharacter(first17);
}

/** Stand-ins that imports use for people without a number: `B…`, zeros or one repeated digit. */
export function isPseudoId(normalised: string): boolean {
  return normalised.startsWith("B") || (normalised.length >= 6 && /^(\d)\1*X?$/u.test(normalised));
}

const birthOf = (id: string): string => `${id.slice(6, 10)}-${id.slice(10, 12)}-${id.slice(12, 14)}`;

/** Checks a number as typed; `today` (`YYYY-MM-DD`) also refuses birth dates to come. Fifteen digits are converted and say so. */
export function checkCitizenId(text: string, today?: string): CitizenIdResult {
  const id = normaliseCitizenId(text);
  const fault = (reason: CitizenIdFault): CitizenIdResult => ({ ok: false, reason });
  if (id === "") return fault("empty");
  if (isPseudoId(id)) return fault("pseudo");
  if (!/^[\dX]+$/u.test(id)) return fault("characters");
  if (id.length !== 15 && id.length !== 18) return fault("length");
  if (!(id.length === 15 ? /^\d{15}$/u : /^\d{17}[\dX]$/u).test(id)) return fault("characters");
  const full = id.length === 15 ? convert15(id) : id;
  if (regionStanding(full.slice(0, 6)) === "none") return fault("region");
  const birth = birthOf(full);
  if (!isDate(birth) || Number(full.slice(6, 10)) < EARLIEST_BIRTH_YEAR) return fault("calendar");
  if (today !== undefined && birth > today) return fault("future");
  if (checkCharacter(full) !== full.charAt(17)) return fault("check-digit");
  return id.length === 15 ? { ok: true, id: full, converted: true } : { ok: true, id: full };
}

/** What a valid number says: region, birth date, sex (odd sequence is male). Undefined when it is not valid. */
export function citizenIdFacts(text: string): CitizenIdFacts | undefined {
  const result = checkCitizenId(text);
  if (!result.ok) return undefined;
  const { id } = result;
  return { region6: id.slice(0, 6), birthDate: birthOf(id), sex: (id.charCodeAt(16) - 48) % 2 === 1 ? "1" : "2" };
}

/** Characters that are typed, read by a scanner or pasted for a digit; what stands for X counts in the last place only. */
const LIKE_DIGIT: { readonly [typed: string]: string } = {
  O: "0", Q: "0", D: "0", "〇": "0", "○": "0", "О": "0", "Ο": "0", "零": "0", I: "1", L: "1", "|": "1", "!": "1", "丨": "1", "І": "1", "Ι": "1", Z: "2", S: "5", G: "6", B: "8",
};
const LIKE_X = new Set(["X", "×", "*", "K", "✕", "✖", "╳", "乂", "Х", "Χ", "+", "叉"]);

const lookAlikes = (text: string): string => {
  const chars = [...text];
  return chars.map((c, i) => (i === chars.length - 1 && LIKE_X.has(c) ? "X" : (LIKE_DIGIT[c] ?? c))).join("");
};
const swaps = (text: string): string[] => Array.from({ length: text.length - 1 }, (_, i) => text.slice(0, i) + text.charAt(i + 1) + text.charAt(i) + text.slice(i + 2));
const oneDigit = (text: string): string[] =>
  Array.from({ length: 17 }, (_, i) => i).flatMap((i) => Array.from({ length: 10 }, (_, digit) => text.slice(0, i) + String(digit) + text.slice(i + 1)));
const drops = (text: string): string[] => Array.from({ length: text.length }, (_, i) => text.slice(0, i) + text.slice(i + 1));
const inserts = (text: string): string[] =>
  Array.from({ length: text.length + 1 }, (_, i) => i).flatMap((i) => [..."0123456789X"].map((c) => text.slice(0, i) + c + text.slice(i)));

/** What else the row says about the person; proposals that agree with it come first, the birth date weighing most. */
export type KnownFacts = { readonly birthDate?: string; readonly sex?: string; readonly region6?: string };

/**
 * Valid numbers one slip away from a mistyped one: look-alike characters, neighbours swapped, a wrong, missing or doubled character.
 * At most `limit` (default 6), those agreeing with `known` first, then those of a region that is in the standard, always in the same order.
 * Empty when the number is valid or hopeless.
 */
export function proposeIds(text: string, known: KnownFacts = {}, today?: string, limit = 6): string[] {
  const typed = normaliseCitizenId(text);
  if (typed.length < 17 || typed.length > 19 || checkCitizenId(typed, today).ok) return [];
  const plain = lookAlikes(typed);
  const candidates = [plain];
  if (plain.length === 18) {
    const first17 = plain.slice(0, 17);
    candidates.push(...swaps(plain), ...(/^\d{17}$/u.test(first17) ? [first17 + checkCharacter(first17)] : []), ...oneDigit(plain));
  }
  candidates.push(...(plain.length === 17 ? inserts(plain) : []), ...(plain.length === 19 ? drops(plain) : []));
  const valid = [...new Set(candidates)].filter((id) => id.length === 18 && checkCitizenId(id, today).ok);
  const agreement = (id: string): number => {
    const facts = citizenIdFacts(id);
    const agrees = (a: string | undefined, b: string | undefined): number => (b !== undefined && a === b ? 1 : 0);
    const listed = facts !== undefined && regionStanding(facts.region6) === "listed" ? 1 : 0;
    return 8 * agrees(facts?.birthDate, known.birthDate) + 4 * agrees(facts?.sex, known.sex) + 2 * agrees(facts?.region6, known.region6) + listed;
  };
  const ranked = valid.map((id, order) => ({ id, order, score: agreement(id) }));
  return ranked.sort((a, b) => b.score - a.score || a.order - b.order).slice(0, limit).map((r) => r.id);
}

/** First six and last four characters, the rest as stars; shorter texts are stars throughout. */
export function maskId(id: string): string {
  return id.length <= 10 ? "*".repeat(id.length) : id.slice(0, 6) + "*".repeat(id.length - 10) + id.slice(-4);
}
