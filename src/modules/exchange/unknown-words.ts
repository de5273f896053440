// Words of a file that no option knows, offered to its sender once: what the sender says they stand for is kept for the supplier.
import { Problem } from "../../core/problem.ts";
import type { BodyOf, ReplyOf } from "../../core/route.ts";
import { audit } from "../../platform/audit.ts";
import type { Tx } from "../../platform/database.ts";
import type { Platform } from "../../platform/platform.ts";
import { uninert } from "../../platform/spreadsheet.ts";
import { accountNames } from "../access/service.ts";
import { campaignOf } from "../campaigns/service.ts";
import { loadScheme } from "../schemes/service.ts";
import { countyOf } from "../../core/area-code.ts";
import type { listSupplierWords as listRoute, listUnknownWords as unknownRoute, sayWord as sayRoute } from "./contract.ts";
import { cellText, isBlank, safeText, REFUSED } from "./peek.ts";
import type * as queries from "./queries.ts";
import { withSheet } from "./reading.ts";
import { mayMove, mayRead, maySend, maySign } from "./rules.ts";
import { readable, supplierOf, targetsOfBatch } from "./service.ts";
import { allWords, codesOf, revokeWord as revoke, sayWord as say, supplierWords, understood, withWords } from "./supplier.ts";
import { type Mapping, type Target, targetsOf } from "./targets.ts";

type Unknown = ReplyOf<typeof unknownRoute>;
/** Longer texts, long digits and the fifty-first word are no words of a list of options: the column is perhaps another. */
const LONGEST = 20;
const MOST = 50;

/** Reads the whole file; shows words, never rows. @throws Problem not-found, not-allowed, move-not-possible (the file is gone) */
export async function unknownWords(tx: Tx, platform: Platform, key: queries.BatchKey): Promise<Unknown> {
  const batch = await readable(tx, key);
  if (batch.kind !== "extract" || batch.state === "wiped") return { fields: [] };
  const targets = withWords(await targetsOfBatch(tx, batch), await supplierWords(tx, supplierOf(batch)));
  const { columns, headingRow } = batch.headings as unknown as queries.StoredPeek;
  const worded = (batch.mapping as unknown as Mapping).flatMap(({ column, target }) => {
    const found = targets.find((one) => one.target === target);
    return found && codesOf(found).length > 0 ? [{ column, target: found, counts: new Map<string, number>() }] : [];
  });
  if (worded.length === 0) return { fields: [] };
  await withSheet(platform, await platform.blobs.get(batch.county, batch.fileSha256), batch.sheet ?? "", async ({ rows }) => {
    for await (const chunk of rows) {
      for (const row of chunk) {
        if (row.no <= headingRow || isBlank(row)) continue;
        for (const { column, target, counts } of worded) {
          const word = uninert(cellText(row.cells[column])).trim();
          if (word !== "" && !understood(target, word)) counts.set(word, (counts.get(word) ?? 0) + 1);
        }
      }
    }
  });
  await audit(tx, { action: "import.words", county: batch.county, area: batch.area, people: 0, detail: { batch: batch.id } });
  return { fields: worded.filter(({ counts }) => counts.size > 0).map(({ column, target, counts }) => fieldOf(columns.find((one) => one.column === column)?.heading ?? "", target, counts)) };
}

function fieldOf(heading: string, target: Target, counts: ReadonlyMap<string, number>): Unknown["fields"][number] {
  const shown = [...counts].filter(([word]) => [...word].length <= LONGEST && !/\d{6,}/u.test(word) && safeText(word) !== REFUSED);
  const words = counts.size > MOST ? [] : shown.toSorted(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)).map(([word, rows]) => ({ word, rows }));
  return { field: target.target, label: target.label, heading, words, different: counts.size, codes: codesOf(target).map(({ code, zh, en }) => ({ code, label: { zh, en } })) };
}

/** Before the run, by who sent the file. @throws Problem not-found, not-allowed, move-not-possible, bad-request */
export async function sayWord(tx: Tx, key: queries.BatchKey, given: BodyOf<typeof sayRoute>): Promise<void> {
  const batch = await readable(tx, key);
  if (!maySend(tx.actor, "extract", batch.department) && !maySign(tx.actor)) throw new Problem("not-allowed");
  if (batch.kind !== "extract" || !mayMove("map", batch.state)) throw new Problem("move-not-possible");
  const target = (await targetsOfBatch(tx, batch)).find((one) => one.target === given.field);
  if (!target) throw new Problem("bad-request");
  await say(tx, supplierOf(batch), target, given.word.trim(), given.code);
}

/** @throws Problem not-found */
export async function revokeWord(tx: Tx, key: queries.BatchKey): Promise<void> {
  await revoke(tx, key.county, key.id, (department) => maySign(tx.actor) || maySend(tx.actor, "extract", department));
}

export async function listWords(tx: Tx, campaignId: string): Promise<ReplyOf<typeof listRoute>> {
  const campaign = await campaignOf(tx, campaignId);
  const { definition } = await loadScheme(tx, campaign.scheme, campaign.version);
  const rows = (await allWords(tx, countyOf(tx.actor.area), campaign.scheme)).filter((row) => mayRead(tx.actor, row.department));
  const names = await accountNames(tx, rows.map((row) => row.saidBy));
  const plain = (text: string): { zh: string; en: string } => ({ zh: text, en: text });
  return {
    rows: rows.map((row) => {
      const known = definition.departments.some((one) => one.key === row.department);
      const target = known ? targetsOf(definition, "extract", row.department).find((one) => one.target === row.field) : undefined;
      const code = target && codesOf(target).find((one) => one.code === row.code);
      return {
        county: row.county,
        id: row.id,
        department: row.department,
        supplier: row.supplier,
        field: row.field,
        fieldLabel: target?.label ?? plain(row.field),
        word: row.word,
        code: row.code,
        codeLabel: code ? { zh: code.zh, en: code.en } : plain(row.code),
        saidBy: names.get(row.saidBy) ?? row.saidBy,
        at: row.at.toISOString(),
        ...(row.revokedAt !== null && { revokedAt: row.revokedAt.toISOString() }),
      };
    }),
  };
}
