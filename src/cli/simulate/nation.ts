// A nation that does not exist: its areas, its people and the offices that work on them, all from numbers; and a clock that runs as it is told.
import type pg from "pg";
import { checkCharacter } from "../../core/citizen-id.ts";
import { areaRange } from "../../core/area-code.ts";
import { newId } from "../../core/ids.ts";
import { writeInventedAreas } from "../../modules/areas/load.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Actor } from "../../platform/database.ts";
import type { Answers } from "../../scheme/model.ts";

export const townshipsPerCounty = 14;
export const villagesPerTownship = 3;

/** 12-digit code of the nth county: ninety to a province, nine to a city. */
export const countyArea = (n: number): number => (11 + Math.floor(n / 90)) * 1e10 + (1 + (Math.floor(n / 9) % 10)) * 1e8 + (21 + (n % 9)) * 1e6;
export const townshipArea = (county: number, t: number): number => countyArea(county) + (1 + t) * 1e3;
export const villageArea = (county: number, t: number, v: number): number => townshipArea(county, t) + 201 + v;

/** Writes the areas by the owner: nobody else does. @returns how many */
export async function layAreas(owner: pg.ClientConfig, counties: number): Promise<number> {
  const rows = new Map<number, readonly [code: number, level: number, parent: number, name: string]>();
  const add = (code: number, level: number, parent: number, name: string): void => void rows.set(code, [code, level, parent, name]);
  for (let n = 0; n < counties; n += 1) {
    const county = countyArea(n);
    const [province, city] = [Math.floor(county / 1e10) * 1e10, Math.floor(county / 1e8) * 1e8];
    add(province, 1, 0, `虚构省${province / 1e10}`);
    add(city, 2, province, `虚构市${city / 1e8}`);
    add(county, 3, city, `虚构县${n + 1}`);
    for (let t = 0; t < townshipsPerCounty; t += 1) {
      add(townshipArea(n, t), 4, county, `虚构镇${n + 1}-${t + 1}`);
      for (let v = 0; v < villagesPerTownship; v += 1) add(villageArea(n, t, v), 5, townshipArea(n, t), `虚构村${n + 1}-${t + 1}-${v + 1}`);
    }
  }
  await writeInventedAreas(owner, [...rows.values()]);
  return rows.size;
}

export const actorAt = (area: number, name: string, role: string): Actor => ({ account: newId(), name, office: name, department: "simulation", roles: [role], area, ...areaRange(area) });

const surnames = [..."赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨"];
const givens = [..."虚拟示例甲乙丙丁戊己庚辛安平和顺"];
const bornFirst = Date.UTC(1930, 0, 1);

/** Another fictional valid number for each n below eleven million: the digits of its place, 999999, belong to nowhere. */
export function idNumber(n: number): string {
  const birth = new Date(bornFirst + (n % 22_000) * 86_400_000).toISOString().slice(0, 10).replaceAll("-", "");
  const first17 = `999999${birth}${String((Math.floor(n / 22_000) % 500) * 2 + 1).padStart(3, "0")}`;
  return first17 + checkCharacter(first17);
}

/** Of a hundred people: walk-ins and those whose round ends otherwise than with a capture. */
const [walkIns, otherwise] = [3, 6];
/** A number from 0 below `most` that goes with the person and with nothing else: who lives in one county have consecutive numbers in no way. */
const lot = (n: number, purpose: number, most: number): number => (Math.imul(Math.imul(n + 1, 0x9e3779b1) ^ (n >>> 7), 0x85ebca6b + 2 * purpose) >>> 8) % most;
export const isWalkIn = (n: number): boolean => lot(n, 1, 100) < walkIns;
/** Not there on the day of the second capture. */
export const isAway = (n: number): boolean => lot(n, 2, 50) === 0;
export const comesToStation = (n: number): boolean => lot(n, 3, 10) === 0;
/** Which of the outcomes a visit has, when it is none with a capture. */
export const outcomeOf = (n: number, outcomes: number): number | undefined => (lot(n, 4, 100) < otherwise ? lot(n, 5, outcomes) : undefined);

/** The person with this number, as they answer; `again` is how a careless collector writes them down. */
export function answersOf(n: number, village: number, again = false): Answers {
  const id = idNumber(n);
  const name = `${surnames[n % surnames.length]}${givens[Math.floor(n / 16) % givens.length]}${givens[Math.floor(n / 256) % givens.length]}`;
  const general = { name, id_number: id, sex: "1", birth_date: `${id.slice(6, 10)}-${id.slice(10, 12)}-${id.slice(12, 14)}`, village: String(village), income: 1000 + ((n * 37) % 40_000), rooms: 1 + (n % 6), works: n % 3 !== 0, insured: n % 7 !== 0 };
  return { general: again ? { ...general, income: 1000, rooms: general.rooms + 1 } : general };
}

/** A clock that stands until it is moved; days go by as fast as the work does. */
export function movedClock(start: string): Clock & { readonly move: (days: number) => void } {
  let at = Date.parse(start);
  return { now: () => new Date(at), today: () => new Date(at + 8 * 3_600_000).toISOString().slice(0, 10), move: (days) => void (at += days * 86_400_000) };
}
