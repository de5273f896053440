// The accepted rows of a department's list, as the exchange keeps them.
import Papa from "papaparse";
import type { Tx } from "../../platform/database.ts";
import type { Platform } from "../../platform/platform.ts";
import { preparedExtract } from "../exchange/service.ts";
import type { ListRow } from "./values.ts";

/** Rows in file order. @param only numbers of the rows wanted; all when absent */
export async function extractRows(tx: Tx, platform: Platform, county: number, batch: string, only?: ReadonlySet<number>): Promise<ListRow[]> {
  const csv = (await preparedExtract(tx, platform, county, batch)).toString("utf8");
  const { data } = Papa.parse<Record<string, string>>(only === undefined ? csv : linesOf(csv, only), { header: true, skipEmptyLines: true });
  return data.flatMap(({ row_no: no, ...cells }) => (only === undefined || only.has(Number(no)) ? [{ no: Number(no), cells }] : []));
}

/** The header and the lines that begin with one of the numbers, so that a few rows do not cost a whole parse. Lines go on inside quotes. */
function linesOf(csv: string, only: ReadonlySet<number>): string {
  const [header = "", ...lines] = csv.split("\n");
  if (!header.replaceAll('"', "").startsWith("row_no,")) return csv;
  const kept = [header];
  let taking = false;
  let inside = false;
  for (const line of lines) {
    if (!inside) taking = only.has(Number(line.slice(0, line.indexOf(",")).replaceAll('"', "")));
    if (taking) kept.push(line);
    if (line.includes('"') && (line.split('"').length - 1) % 2 === 1) inside = !inside;
  }
  return kept.join("\n");
}
