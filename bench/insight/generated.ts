// Generated people and households in the columns of a snapshot, a file a county, named and described as the product does it.
import fs from "node:fs/promises";
import path from "node:path";
import { lowIncomeInsight } from "../../schemes/low-income/insights.ts";
import { lowIncome } from "../../schemes/low-income/scheme.ts";
import type { Session } from "../../src/linkage/duckdb.ts";
import { column, text } from "../../src/linkage/sql.ts";
import { columnsOf, type Dataset } from "../../src/modules/insight/flatten.ts";
import type { SnapshotRow } from "../../src/modules/insight/queries.ts";
import { type CountyPart, digestOfFile, packsFor } from "../../src/modules/insight/store.ts";

/** `villages`: of each of the twenty townships of a county. */
export type Place = { readonly area: number; readonly counties: readonly number[]; readonly villages: number };
export const TOWNSHIPS = 20;
/** Counties 350101 … of one province. */
export const province: Place = { area: 350000000000, counties: Array.from({ length: 100 }, (_, i) => 350101 + (i % 20) + 100 * Math.floor(i / 20)), villages: 15 };
export const villageOf = (county: number, township: number, village: number): number => county * 1e6 + 1000 * (1 + township) + 1 + village;
const areaSql = (county: number, villages: number): string => `(${county}000000 + 1000 * (1 + hash(i * 1000 + 1) % ${TOWNSHIPS}) + 1 + hash(i * 1000 + 2) % ${villages})::BIGINT AS area`;

const axesSql = (): string[] => lowIncomeInsight.axes.map(({ key, values }, n) => `(CASE WHEN hash(i * 1000 + ${n + 10}) % 50 = 0 THEN 0 ELSE 1 + (hash(i * 1000 + ${n + 40}) % ${values.length}) END)::UTINYINT AS ${column(`by_${key}`)}`);
const measureSql = (key: string, n: number): string => {
  const range = key === "income_per_head" ? "100 * (hash(i * 1000 + 77) % 300)" : key === "area_per_head" ? "hash(i * 1000 + 78) % 60" : key === "rigid_ratio" ? "5 * (hash(i * 1000 + 79) % 20)" : /members|adults|age$|work$|years/.test(key) ? `1 + hash(i * 1000 + ${n}) % 3` : `(hash(i * 1000 + ${n + 100}) % 5 = 0)`;
  return `(${range})::DOUBLE AS ${column(key)}`;
};

/** What a manifest keeps of each slice of a county, as long as the product's. */
const marks = Array.from({ length: 64 }, (_, i) => `1234:${"0123456789abcdef".slice(i % 16)}${"0123456789abcdef".slice(0, i % 16)}`);

/** Writes `rows` people and `households` of them into one file a county, and the people once more into one flat file. */
export async function generate(session: Session, folder: string, place: Place, rows: number, households: number): Promise<{ readonly snapshot: SnapshotRow; readonly flat: string }> {
  const parts: CountyPart[] = [];
  const columns = columnsOf(lowIncome, lowIncomeInsight);
  const counties = place.counties.length;
  for (const [i, county] of place.counties.entries()) {
    const files: Partial<Record<Dataset, CountyPart["files"][Dataset]>> = {};
    const sets = { people: [rows, axesSql()], households: [households, ["(1 + hash(i * 1000 + 5) % 5)::INTEGER AS people", ...lowIncomeInsight.measures.map(({ key }, n) => measureSql(key, n)), ...axesSql().filter((_, n) => lowIncomeInsight.axes[n]!.per === "record")]] } as const;
    for (const [dataset, [all, selected]] of Object.entries(sets) as [Dataset, readonly [number, readonly string[]]][]) {
      const kept = path.join("low-income", dataset, `county=${county}`);
      await fs.mkdir(path.join(folder, kept), { recursive: true });
      const file = path.join(folder, kept, "generated.parquet");
      const own = Math.floor(all / counties);
      await session.run(`COPY (SELECT printf('%016x', hash(i * 1000 + 3)) AS unit, ${areaSql(county, place.villages)}, (hash(i * 1000 + 4) % 64)::UTINYINT AS slice, ${selected.join(", ")} FROM range(${i * own}, ${(i + 1) * own}) AS t(i)) TO ${text(file)} (FORMAT parquet, COMPRESSION zstd)`);
      files[dataset] = { path: path.join(kept, "generated.parquet"), digest: await digestOfFile(file), rows: own, bytes: (await fs.stat(file)).size };
    }
    parts.push({ county, known: "", slices: marks, records: 0, people: 0, files: files as CountyPart["files"] });
  }
  const flat = path.join(folder, "flat.parquet");
  await session.run(`COPY (SELECT * EXCLUDE (unit, slice) FROM read_parquet(${text(`${folder}/low-income/people/*/*.parquet`)}, hive_partitioning = false)) TO ${text(flat)} (FORMAT parquet, COMPRESSION snappy)`);
  await session.keepOrder();
  const packs = await packsFor(session, folder, { scheme: "low-income", counties: parts, columns }, undefined);
  const manifest = { format: "qingce-snapshot 1", scheme: "low-income", version: lowIncome.version, campaign: "", asOf: new Date().toISOString(), area: place.area, axes: [], columns, counties: parts, packs } as const;
  return { flat, snapshot: { id: "", area: place.area, scheme: "low-income", campaignId: null, asOf: new Date(), manifest, digest: "", counties, changed: counties, records: households, people: rows, madeBy: "", madeAt: new Date() } };
}
