// Calendar dates as `YYYY-MM-DD` text: no clock, no time zone. Whole years, months and days as in the officials' own counting,
// and the many ways in which dates stand in imported sheets.

const MS_PER_DAY = 86_400_000;

const leap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Days of a month (1–12) of a Gregorian year; 0 when there is no such month. */
export function daysInMonth(year: number, month: number): number {
  return month === 2 && leap(year) ? 29 : (MONTH_DAYS[month - 1] ?? 0);
}

const two = (n: number): string => (n < 10 ? `0${n}` : String(n));
const write = (year: number, month: number, day: number): string => `${String(year).padStart(4, "0")}-${two(month)}-${two(day)}`;

const exists = (year: number, month: number, day: number): boolean => year >= 1 && year <= 9999 && day >= 1 && day <= daysInMonth(year, month);

type Parts = { readonly year: number; readonly month: number; readonly day: number };

/** Value of the digits from..to, NaN when one is none. */
const digits = (text: string, from: number, to: number): number => {
  let n = 0;
  for (let i = from; i < to; i += 1) {
    const digit = text.charCodeAt(i) - 48;
    if (digit < 0 || digit > 9) return Number.NaN;
    n = n * 10 + digit;
  }
  return n;
};

const HYPHEN = 45;
const parts = (date: string): Parts | undefined => {
  if (date.length !== 10 || date.charCodeAt(4) !== HYPHEN || date.charCodeAt(7) !== HYPHEN) return undefined;
  const year = digits(date, 0, 4);
  const month = digits(date, 5, 7);
  const day = digits(date, 8, 10);
  return exists(year, month, day) ? { year, month, day } : undefined;
};

/** True for `YYYY-MM-DD` that stands in the calendar (years 0001–9999). */
export function isDate(text: string): boolean {
  return parts(text) !== undefined;
}

/** True for `YYYY-MM` with a month of 01–12. */
export function isMonth(text: string): boolean {
  return text.length === 7 && isDate(`${text}-01`);
}

const stamp = (p: Parts): number => {
  const date = new Date(0);
  date.setUTCFullYear(p.year, p.month - 1, p.day);
  return date.getTime();
};
const fromStamp = (time: number): string | undefined => {
  const date = new Date(time);
  const year = date.getUTCFullYear();
  return year >= 1 && year <= 9999 ? write(year, date.getUTCMonth() + 1, date.getUTCDate()) : undefined;
};

/** Whole months from the first date to the second, negative when the second is earlier; undefined when either is no date. */
export function monthsBetween(from: string, to: string): number | undefined {
  const a = parts(from);
  const b = parts(to);
  if (!a || !b) return undefined;
  const months = (b.year - a.year) * 12 + b.month - a.month;
  if (months > 0 && b.day < a.day) return months - 1;
  if (months < 0 && b.day > a.day) return months + 1;
  return months;
}

/** Whole years from the first date to the second (an age: 29 February turns a year older on 1 March); undefined when either is no date. */
export function yearsBetween(from: string, to: string): number | undefined {
  const months = monthsBetween(from, to);
  if (months === undefined) return undefined;
  const years = Math.trunc(months / 12);
  return years === 0 ? 0 : years;
}

/** Days from the first date to the second; undefined when either is no date. */
export function daysBetween(from: string, to: string): number | undefined {
  const a = parts(from);
  const b = parts(to);
  return a && b ? Math.round((stamp(b) - stamp(a)) / MS_PER_DAY) : undefined;
}

/** The same day `n` years on; 29 February becomes 28 February. Undefined when it leaves the years 1–9999. */
export function addYears(date: string, n: number): string | undefined {
  const p = parts(date);
  if (!p) return undefined;
  const year = p.year + Math.trunc(n);
  return year >= 1 && year <= 9999 ? write(year, p.month, Math.min(p.day, daysInMonth(year, p.month))) : undefined;
}

/** The date `n` days on. */
export function addDays(date: string, n: number): string | undefined {
  const p = parts(date);
  return p ? fromStamp(stamp(p) + Math.trunc(n) * MS_PER_DAY) : undefined;
}

/** What the State Council's yearly notice makes of single days: free weekdays, and weekend days worked instead. */
export type Holidays = { readonly free: ReadonlySet<string>; readonly worked?: ReadonlySet<string> };
const NO_HOLIDAYS: Holidays = { free: new Set() };

/** True for Monday–Friday that is no holiday, and for a weekend day worked instead. */
export function isWorkingDay(date: string, holidays: Holidays = NO_HOLIDAYS): boolean {
  const p = parts(date);
  if (!p) return false;
  if (holidays.worked?.has(date)) return true;
  const weekday = new Date(stamp(p)).getUTCDay();
  return weekday !== 0 && weekday !== 6 && !holidays.free.has(date);
}

/** Working days after `from` up to and including `to`; negative when `to` is earlier, undefined when either is no date. */
export function workingDaysBetween(from: string, to: string, holidays: Holidays = NO_HOLIDAYS): number | undefined {
  const total = daysBetween(from, to);
  if (total === undefined) return undefined;
  if (total < 0) return -(workingDaysBetween(to, from, holidays) ?? 0);
  let count = 0;
  for (let n = 1; n <= total; n += 1) if (isWorkingDay(addDays(from, n) ?? "", holidays)) count += 1;
  return count;
}

/** The date by which `n` working days after `from` have passed (n ≥ 0). */
export function addWorkingDays(from: string, n: number, holidays: Holidays = NO_HOLIDAYS): string | undefined {
  let date: string | undefined = from;
  for (let left = n; left > 0 && date !== undefined; ) {
    date = addDays(date, 1);
    if (date !== undefined && isWorkingDay(date, holidays)) left -= 1;
  }
  return date !== undefined && isDate(date) ? date : undefined;
}

const EXCEL_LAST = 2_958_465;
const fromExcelSerial = (serial: number): string | undefined => {
  const day = Math.floor(serial);
  // Excel believes in 29 February 1900 (serial 60); days before it are one off.
  if (day < 1 || day > EXCEL_LAST || day === 60) return undefined;
  return addDays(day < 60 ? "1899-12-31" : "1899-12-30", day);
};

const folded = (raw: string): string => raw.normalize("NFKC").replace(/[\s\u200b\ufeff]+/gu, " ").trim();
const CLOCK = /[ T]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?$/u;

/**
 * A date as it stands in sheets and on cards: `2018-10-01`, `2018/10/1`, `2018.10.01`, `20181001`, `2018年10月1日`, with or without a
 * clock time behind it, an Excel serial number (number, or five digits), or a JavaScript date (its UTC day). Undefined when it is none.
 */
export function parseDate(raw: string | number | Date): string | undefined {
  if (raw instanceof Date) return Number.isNaN(raw.getTime()) ? undefined : fromStamp(raw.getTime());
  if (typeof raw === "number") {
    if (!Number.isFinite(raw)) return undefined;
    return raw >= 10_000_101 ? parseDate(String(raw)) : fromExcelSerial(raw);
  }
  const text = folded(raw).replace(CLOCK, "").replaceAll(" ", "");
  if (/^\d{5}$/.test(text)) return fromExcelSerial(Number(text));
  const found = /^(\d{4})(\d{2})(\d{2})$/.exec(text) ?? /^(\d{4})(?:[-/.]|年)(\d{1,2})(?:[-/.]|月)(\d{1,2})[日号]?$/u.exec(text);
  if (!found) return undefined;
  const year = Number(found[1]);
  const month = Number(found[2]);
  const day = Number(found[3]);
  return exists(year, month, day) ? write(year, month, day) : undefined;
}

/** A month as it stands in sheets: `2018-10`, `2018/10`, `2018.10`, `201810`, `2018年10月`, or any date (its month). */
export function parseMonth(raw: string | number | Date): string | undefined {
  const text = raw instanceof Date ? "" : folded(String(raw)).replaceAll(" ", "");
  const found = /^(\d{4})(\d{2})$/.exec(text) ?? /^(\d{4})(?:[-/.]|年)(\d{1,2})月?$/u.exec(text);
  if (!found) return parseDate(raw)?.slice(0, 7);
  return exists(Number(found[1]), Number(found[2]), 1) ? write(Number(found[1]), Number(found[2]), 1).slice(0, 7) : undefined;
}
