// Statistical area codes of 12 digits (2 province, 4 city, 6 county, 9 township, 12 village; trailing zeros) as plain numbers,
// which hold them exactly (10^12 < 2^53). An area's subtree is a range of numbers, never a text prefix.

/** 0 country, 1 province, 2 city, 3 county, 4 township, 5 village. */
export type AreaLevel = 0 | 1 | 2 | 3 | 4 | 5;
export type AreaRange = { readonly lo: number; readonly hi: number };

/** The whole country, above all provinces. */
export const COUNTRY = 0;
const LAST = 999_999_999_999;
const SPANS: readonly (readonly [AreaLevel, number])[] = [
  [1, 1e10],
  [2, 1e8],
  [3, 1e6],
  [4, 1e3],
  [5, 1],
];

const spanOf = (code: number): readonly [AreaLevel, number] => {
  if (code === COUNTRY) return [0, 1e12];
  return SPANS.find(([, span]) => code % span === 0) ?? [5, 1];
};

/** Level by trailing zeros; a city without counties (东莞 441900…) counts as a city. */
export function levelOf(code: number): AreaLevel {
  return spanOf(code)[0];
}

/** Smallest and largest code of the area's subtree, both inclusive; the area itself is `lo`. */
export function areaRange(code: number): AreaRange {
  return { lo: code, hi: code + spanOf(code)[1] - 1 };
}

/** The area above by digits; of a province the country, of the country nothing. */
export function parentOf(code: number): number | undefined {
  if (code === COUNTRY) return undefined;
  const above = SPANS.findLast(([, span]) => span > spanOf(code)[1]);
  return above === undefined ? COUNTRY : code - (code % above[1]);
}

/** Six-digit county code, the unit of storage; of an area above the county its own first six digits. */
export function countyOf(code: number): number {
  return Math.floor(code / 1e6);
}

/** True when the code lies inside the range. */
export function within(code: number, range: AreaRange): boolean {
  return code >= range.lo && code <= range.hi;
}

/** Twelve digits as written in files and answers. */
export function formatAreaCode(code: number): string {
  return String(code).padStart(12, "0");
}

/** Reads 6, 9 or 12 digits (full-width and spaces allowed); undefined for anything else. Province digits run from 11 to 83. */
export function parseAreaCode(text: string): number | undefined {
  const digits = text.normalize("NFKC").replace(/[\s\u200b\ufeff']+/gu, "");
  if (!/^(\d{6}|\d{9}|\d{12})$/u.test(digits)) return undefined;
  const code = Number(digits.padEnd(12, "0"));
  const province = Math.floor(code / 1e10);
  return code <= LAST && province >= 11 && province <= 83 ? code : undefined;
}
