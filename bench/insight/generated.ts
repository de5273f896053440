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

export const counties = 100;
/** Counties 350101 … of one province: township and village by number. */
const codeOf = (i: number): number => 350101 + (i % 20) + 100 * Math.floor(i / 20);
const areaSql = (county: number): string => `(${county}000000 + 1000 * (1 + hash(i, 1) % 20) + 1 + hash(i, 2) % 15)::BIGINT AS area`;

const axesSql = (): string[] => lowIncomeInsight.axes.map(({ key, values }, n) => `(CASE WHEN hash(i, ${n + 10}) % 50 = 0 THEN 0 ELSE 1 + (hash(i, ${n + 40}) % ${values.length}) END)::UTINYINT AS ${column(`by_${key}`)}`);
const measureSql = (key: string, n: number): string => {
  const range = key === "income_per_head" ? "100 * (hash(i, 77) % 300)" : key === "area_per_head" ? "hash(i, 78) % 60" : key === "rigid_ratio" ? "5 * (hash(i, 79) % 20)" : /members|adults|age$|work$|years/.test(key) ? `1 + hash(i, ${n}) % 3` : `(hash(i, ${n + 100}) % 5 = 0)`;
  return `(${range})::DOUBLE AS ${column(key)}`;
};

/** Writes `rows` people and `households` of them into one file a county, and the people once more into one flat file. */
export async function generate(session: Session, folder: string, rows: number, households: number): Promise<{ readonly snapshot: SnapshotRow; readonly flat: string }> {
  const parts: CountyPart[] = [];
  const columns = columnsOf(lowIncome, lowIncomeInsight);
  for (let i = 0; i < counties; i += 1) {
    const county = codeOf(i);
    const files: Partial<Record<Dataset, CountyPart["files"][Dataset]>> = {};
    const sets = { people: [rows, axesSql()], households: [households, ["(1 + hash(i, 5) % 5)::INTEGER AS people", ...lowIncomeInsight.measures.map(({ key }, n) => measureSql(key, n)), ...axesSql().filter((_, n) => lowIncomeInsight.axes[n]!.per === "record")]] } as const;
    for (const [dataset, [all, selected]] of Object.entries(sets) as [Dataset, readonly [number, readonly string[]]][]) {
      const place = path.join("low-income", dataset, `county=${county}`);
      await fs.mkdir(path.join(folder, place), { recursive: true });
      const file = path.join(folder, place, "generated.parquet");
      const own = Math.floor(all / counties);
      await session.run(`COPY (SELECT printf('%016x', hash(i, 3)) AS unit, ${areaSql(county)}, (hash(i, 4) % 64)::UTINYINT AS slice, ${selected.join(", ")} FROM range(${i * own}, ${(i + 1) * own}) AS t(i)) TO ${text(file)} (FORMAT parquet, COMPRESSION zstd)`);
      files[dataset] = { path: path.join(place, "generated.parquet"), digest: await digestOfFile(file), rows: own, bytes: (await fs.stat(file)).size };
    }
    parts.push({ county, known: "", records: 0, people: 0, files: files as CountyPart["files"] });
  }
  const flat = path.join(folder, "flat.parquet");
  await session.run(`COPY (SELECT * EXCLUDE (unit, slice) FROM read_parquet(${text(`${folder}/low-income/people/*/*.parquet`)}, hive_partitioning = false)) TO ${text(flat)} (FORMAT parquet, COMPRESSION zstd)`);
  await session.keepOrder();
  const packs = await packsFor(session, folder, { scheme: "low-income", counties: parts, columns }, undefined);
  const manifest = { format: "qingce-snapshot 1", scheme: "low-income", version: lowIncome.version, campaign: "", asOf: new Date().toISOString(), area: 350000000000, axes: [], columns, counties: parts, packs } as const;
  return { flat, snapshot: { id: "", area: 350000000000, scheme: "low-income", campaignId: null, asOf: new Date(), manifest, digest: "", counties, changed: counties, records: households, people: rows, madeBy: "", madeAt: new Date() } };
}
