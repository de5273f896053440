// Import of a base list of about 100,000 rows with all checks, beside a bare COPY of the same rows into a table without indexes.
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import pg from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { openSpreadsheet } from "../../src/platform/spreadsheet.ts";
import { benchCounty } from "../county.ts";
import type { Bench } from "../run.ts";

const people = 125_000;

export const bench: Bench = {
  summary: `a base list of ${Math.round(people * 0.8).toLocaleString("en")} rows: workbook → checked, stored, every row with its outcome`,
  async run() {
    const { installation, county, imported, importSeconds, stop } = await benchCounty(people);
    const { bytes } = await county.baseListFile();
    const sheet = openSpreadsheet(Buffer.from(bytes));
    const rows: string[] = [];
    const readStarted = performance.now();
    for await (const part of sheet.rows(sheet.sheets[0]!)) for (const row of part) rows.push(`${row.cells.map((cell) => String(cell ?? "").replace(/[\t\n\\]/g, " ")).join("\t")}\n`);
    const readSeconds = (performance.now() - readStarted) / 1000;
    const client = new pg.Client(installation.owner);
    await client.connect();
    const width = rows[1]!.split("\t").length;
    await client.query(`create table bare_copy (${Array.from({ length: width }, (_, i) => `c${i} text`).join(", ")})`);
    const copyStarted = performance.now();
    await pipeline(Readable.from(rows.filter((row) => row.split("\t").length === width)), client.query(copyFrom("copy bare_copy from stdin")));
    const copySeconds = (performance.now() - copyStarted) / 1000;
    await client.end();
    await stop();
    return [
      { what: "rows = accepted + returned", value: imported.rows.toLocaleString("en"), beside: `${imported.accepted.toLocaleString("en")} + ${imported.returned.toLocaleString("en")}` },
      { what: "import with all checks", value: `${importSeconds.toFixed(1)} s`, beside: `${Math.round(imported.rows / importSeconds).toLocaleString("en")} rows/s` },
      { what: "reading the workbook alone", value: `${readSeconds.toFixed(1)} s` },
      { what: "bare COPY of the same rows (limit)", value: `${copySeconds.toFixed(2)} s`, beside: `import takes ${(importSeconds / copySeconds).toFixed(0)} × the COPY` },
    ];
  },
};
