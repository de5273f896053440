// A list that was never shown: of it only the number of rows that met is known. It stands among the lists so that runs can cite it.
import { addDays } from "../../core/time.ts";
import { newId } from "../../core/ids.ts";
import type { Tx } from "../../platform/database.ts";
import type { Platform } from "../../platform/platform.ts";
import { json } from "./queries.ts";

export type ListOfHits = {
  readonly county: number;
  readonly campaign: string;
  readonly scheme: string;
  readonly department: string;
  readonly agreement: string;
  readonly keepDays: number;
  readonly purpose: string;
  readonly asOf: string;
  readonly rows: number;
  /** The file that came back: random row ids and weights. */
  readonly file: Uint8Array;
};

/** Enters the list as imported: one row a hit, without cells. Its content is kept as the file that came back. */
export async function addListOfHits(tx: Tx, platform: Platform, list: ListOfHits): Promise<string> {
  const { county, rows } = list;
  const id = newId();
  const fileSha256 = await platform.blobs.put(county, list.file);
  const preparedSha256 = await platform.blobs.put(county, Buffer.from(`row_no\n${Array.from({ length: rows }, (_, i) => `${i + 1}\n`).join("")}`));
  await tx
    .insertInto("importBatch")
    .values({
      county,
      id,
      area: county * 1e6,
      kind: "extract",
      department: list.department,
      campaignId: list.campaign,
      scheme: list.scheme,
      fileName: "不出明文命中.csv",
      fileSha256,
      fileBytes: list.file.length,
      headings: json({ sheets: [], headingRow: 1, columns: [] }),
      mapping: json([]),
      asOf: list.asOf,
      purpose: list.purpose,
      supplier: list.department,
      agreementId: list.agreement,
      keepUntil: addDays(platform.clock.today(), list.keepDays) ?? null,
      state: "done",
      preparedSha256,
      rows,
      accepted: rows,
      returned: 0,
      sentBy: tx.actor.account,
      finishedAt: platform.clock.now(),
    })
    .execute();
  return id;
}
