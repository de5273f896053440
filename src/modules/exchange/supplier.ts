// What is known of a supplier: what its headings meant, version by version, and which of its words stands for which code of ours.
import { sql } from "kysely";
import { newId } from "../../core/ids.ts";
import { Problem } from "../../core/problem.ts";
import { audit } from "../../platform/audit.ts";
import type { Tx } from "../../platform/database.ts";
import { codeOfLabel } from "../../scheme/labels.ts";
import type { Target } from "./targets.ts";

/** Who sends what: the office (its area and department key) and the list. */
export type Supplier = { readonly county: number; readonly area: number; readonly supplier: string; readonly scheme: string; readonly kind: string; readonly department: string | null };
type Words = Readonly<Record<string, string>>;
export type MappingVersion = { readonly version: number; readonly headings: readonly string[]; readonly mapping: Words; readonly batchId: string | null; readonly at: Date };

const versionsOf = (tx: Tx, by: Supplier) =>
  tx
    .selectFrom("supplierMapping")
    .select(["version", "headings", "mapping", "batchId", "at"])
    .where("county", "=", by.county)
    .where("area", "=", by.area)
    .where("supplier", "=", by.supplier)
    .where("scheme", "=", by.scheme)
    .where("kind", "=", by.kind)
    .where("department", "=", by.department ?? "")
    .orderBy("version", "desc");

/** The newest version, or the newest that another import than `except` made. */
export async function newestMapping(tx: Tx, by: Supplier, except?: string): Promise<MappingVersion | undefined> {
  const all = versionsOf(tx, by).limit(1);
  const row = await (except === undefined ? all : all.where((where) => where.or([where("batchId", "is", null), where("batchId", "<>", except)]))).executeTakeFirst();
  return row && { ...row, headings: row.headings as unknown as readonly string[], mapping: row.mapping as unknown as Words };
}

/** Keeps what the headings mean as the next version, unless nothing is new. Headings of earlier files are remembered too. */
export async function rememberMapping(tx: Tx, by: Supplier, batchId: string, headings: readonly string[], words: Words): Promise<void> {
  const before = await newestMapping(tx, by);
  const known = headings.filter((heading) => heading !== "");
  const mapping: Record<string, string> = { ...before?.mapping };
  for (const heading of known) delete mapping[heading];
  Object.assign(mapping, words);
  const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
  if (before && same(before.headings, known) && same(Object.entries(before.mapping).toSorted(), Object.entries(mapping).toSorted())) return;
  await tx
    .insertInto("supplierMapping")
    .values({ county: by.county, area: by.area, supplier: by.supplier, scheme: by.scheme, kind: by.kind, department: by.department ?? "", version: (before?.version ?? 0) + 1, headings: JSON.stringify(known), mapping: JSON.stringify(mapping), batchId, savedBy: tx.actor.account })
    .execute();
}

/** How a file's headings differ from the ones this supplier sent before. */
export const headingChanges = (before: readonly string[], now: readonly string[]): { added: string[]; gone: string[] } => ({
  added: now.filter((heading) => heading !== "" && !before.includes(heading)),
  gone: before.filter((heading) => !now.includes(heading)),
});

const wordRows = (tx: Tx, by: Supplier) =>
  tx
    .selectFrom("supplierWord")
    .selectAll()
    .where("county", "=", by.county)
    .where("area", "=", by.area)
    .where("supplier", "=", by.supplier)
    .where("scheme", "=", by.scheme)
    .where("department", "=", by.department ?? "");

/** The supplier's words in force, field by field. */
export async function supplierWords(tx: Tx, by: Supplier): Promise<ReadonlyMap<string, Words>> {
  const rows = await wordRows(tx, by).where("revokedAt", "is", null).execute();
  return new Map([...Map.groupBy(rows, (row) => row.field)].map(([field, words]) => [field, Object.fromEntries(words.map((row) => [row.word, row.code]))]));
}

/** The targets with the supplier's words beside the scheme's; the scheme's own win. */
export const withWords = (targets: readonly Target[], words: ReadonlyMap<string, Words>): readonly Target[] =>
  targets.map((target) => (target.field && words.has(target.target) ? { ...target, field: { ...target.field, values: { ...words.get(target.target), ...target.field.values } } } : target));

/** Codes that a word of the field may stand for, with their labels; empty for fields that are not worded. */
export function codesOf(target: Target): readonly { readonly code: string; readonly zh: string; readonly en: string }[] {
  const { field, item, codeSet } = target;
  if (field === undefined) return [];
  if (item.kind === "yes-no") return [{ code: "yes", zh: "是", en: "Yes" }, { code: "no", zh: "否", en: "No" }];
  if (item.kind !== "code") return [];
  if (codeSet) return codeSet.options.filter((option) => option.replacedBy === undefined).map(({ code, label }) => ({ code, ...label }));
  const codes = new Set([...Object.values(field.values ?? {}), ...Object.keys(field.allowed ?? {})]);
  return [...codes].map((code) => {
    const word = Object.entries(field.values ?? {}).find(([, mean]) => mean === code)?.[0] ?? code;
    return { code, zh: word, en: word };
  });
}

/** Whether a word is understood as it stands. */
export function understood(target: Target, word: string): boolean {
  if (target.field?.values?.[word] !== undefined) return true;
  if (target.item.kind === "yes-no") return /^(?:是|否|有|无|y|n|yes|no|true|false|0|1)$/iu.test(word);
  return target.codeSet !== undefined && codeOfLabel(target.codeSet, word) !== undefined;
}

/** A word is kept for a supplier: from the next run on it stands for the code. @throws Problem bad-request, when the field has no such code or the word is understood already */
export async function sayWord(tx: Tx, by: Supplier, target: Target, word: string, code: string): Promise<void> {
  if (!codesOf(target).some((one) => one.code === code)) throw new Problem("bad-request", { zh: "该项目没有这个选项", en: "The field has no such option" });
  await wordUpdate(tx, by, target.target, word);
  await tx.insertInto("supplierWord").values({ county: by.county, id: newId(), area: by.area, supplier: by.supplier, scheme: by.scheme, department: by.department ?? "", field: target.target, word, code, saidBy: tx.actor.account }).execute();
  await audit(tx, { action: "supplier.word", county: by.county, area: by.area, people: 0, detail: { supplier: by.supplier, field: target.target, code } });
}

/** What the word meant before ends. */
const wordUpdate = (tx: Tx, by: Supplier, field: string, word: string) =>
  sql`update supplier_word set revoked_at = now(), revoked_by = ${tx.actor.account} where county = ${by.county} and area = ${by.area} and supplier = ${by.supplier}
    and scheme = ${by.scheme} and department = ${by.department ?? ""} and field = ${field} and word = ${word} and revoked_at is null`.execute(tx);

/** @throws Problem not-found */
export async function revokeWord(tx: Tx, county: number, id: string, mayTouch: (department: string) => boolean): Promise<void> {
  const row = await tx.selectFrom("supplierWord").selectAll().where("county", "=", county).where("id", "=", id).where("revokedAt", "is", null).forUpdate().executeTakeFirst();
  if (!row || !mayTouch(row.department)) throw new Problem("not-found");
  await tx.updateTable("supplierWord").set({ revokedAt: sql<Date>`now()`, revokedBy: tx.actor.account }).where("county", "=", county).where("id", "=", id).execute();
  await audit(tx, { action: "supplier.word-revoke", county, area: row.area, people: 0, detail: { supplier: row.supplier, field: row.field } });
}

/** Words of the county's suppliers for a scheme, also revoked ones, newest first. */
export const allWords = (tx: Tx, county: number, scheme: string) => tx.selectFrom("supplierWord").selectAll().where("county", "=", county).where("scheme", "=", scheme).orderBy("at", "desc").orderBy("id").limit(1000).execute();
