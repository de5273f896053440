// Calendar arithmetic of the generator, on `YYYY-MM-DD`.
import { addYears, daysInMonth } from "../../core/time.ts";
import type { Random } from "./random.ts";

/** The reference time of the round: no fact of the demo is later. */
export const REFERENCE = "2018-10-01";

/** The date from its parts; the day is held inside the month. */
export function dateOf(year: number, month: number, day: number): string {
  const held = Math.min(day, daysInMonth(year, month));
  return `${year}-${String(month).padStart(2, "0")}-${String(held).padStart(2, "0")}`;
}

/** A random day of that year. */
export function dayIn(random: Random, year: number): string {
  return dateOf(year, random.between(1, 12), random.between(1, 31));
}

export const yearOf = (date: string): number => Number(date.slice(0, 4));

/** `n` years later (or earlier), the same day; 29 February becomes the 28th. */
export function plusYears(date: string, n: number): string {
  return addYears(date, n) ?? date;
}

/** Whole years from one date to another. */
export function yearsFrom(from: string, to: string): number {
  return yearOf(to) - yearOf(from) - (to.slice(5) < from.slice(5) ? 1 : 0);
}

/** The earlier of two dates. */
export const earlier = (a: string, b: string): string => (a < b ? a : b);
/** The later of two dates. */
export const later = (a: string, b: string): string => (a > b ? a : b);
