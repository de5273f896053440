// A year's holidays as an administrator types them from the notice: days and ranges, one a line or parted by commas.
import type { Text } from "../../../core/issue.ts";
import { addDays, isDate } from "../../../core/time.ts";

export type Day = { readonly day: string; readonly worked: boolean };
export type Typed = { readonly days: readonly Day[]; readonly faults: readonly Text[] };

const SEPARATORS = /[\n,，;；、]+/u;
const RANGE = /^(\d{4}-\d{2}-\d{2})\s*(?:至|到|~|～|—|–|\.\.|to)\s*(\d{4}-\d{2}-\d{2})$/u;
const LONGEST = 30;
const isWeekend = (day: string): boolean => [0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay());

/** Days of the texts in order, each once. Weekends inside of a free range need not be named and are left out. */
export function daysTyped(year: number, free: string, worked: string): Typed {
  const days = new Map<string, boolean>();
  const faults: Text[] = [];
  const take = (text: string, isWorked: boolean): void => {
    for (const word of text.split(SEPARATORS).map((each) => each.trim()).filter((each) => each !== "")) {
      const range = RANGE.exec(word);
      const [from, to] = range ? [range[1] ?? "", range[2] ?? ""] : [word, word];
      const all = isDate(from) && isDate(to) && from <= to ? until(from, to) : [];
      if (all.length === 0 || all.some((day) => !day.startsWith(`${year}-`))) {
        faults.push({ zh: `“${word}”不是${year}年内的日期或起止日期（写作 ${year}-02-15 或 ${year}-02-15 至 ${year}-02-23）`, en: `“${word}” is no day or range of ${year} (write ${year}-02-15 or ${year}-02-15 to ${year}-02-23)` });
        continue;
      }
      for (const day of all) {
        if (isWeekend(day) !== isWorked) {
          if (all.length === 1) faults.push(isWorked ? { zh: `${day} 本来就是工作日`, en: `${day} is a working day anyway` } : { zh: `${day} 本来就是周末，不必填写`, en: `${day} lies on a weekend anyway` });
          continue;
        }
        days.set(day, isWorked);
      }
    }
  };
  take(free, false);
  take(worked, true);
  return { days: [...days].map(([day, isWorked]) => ({ day, worked: isWorked })).toSorted((a, b) => (a.day < b.day ? -1 : 1)), faults };
}

function until(from: string, to: string): string[] {
  const days: string[] = [];
  for (let day: string | undefined = from; day !== undefined && day <= to && days.length < LONGEST; day = addDays(day, 1)) days.push(day);
  return days;
}

/** Days as they can be typed again. */
export const asTyped = (days: readonly Day[], worked: boolean): string => days.filter((day) => day.worked === worked).map((day) => day.day).join("\n");
