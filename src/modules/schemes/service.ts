// Published definitions: put in once, read for ever, compiled once in each process.
import { sql } from "kysely";
import type { Text } from "../../core/issue.ts";
import { Problem } from "../../core/problem.ts";
import { checker, type Checker } from "../../scheme/check.ts";
import type { Scheme } from "../../scheme/model.ts";
import { canonicalJson } from "../../core/json.ts";
import { parseScheme, schemeHash } from "../../scheme/publish.ts";
import { audit } from "../../platform/audit.ts";
import type { Tx } from "../../platform/database.ts";

/** A published definition ready for use; `check` is its compiled checker. */
export type LoadedScheme = { readonly definition: Scheme; readonly hash: string; readonly check: Checker };

const loaded = new Map<string, LoadedScheme>();
const keyOf = (scheme: string, version: string): string => `${scheme}@${version}`;

/**
 * Publishes a definition. The same definition again changes nothing; another content under a published version is refused.
 * @throws Problem already-exists, bad-request (the definition has faults; the first is named)
 */
export async function publishScheme(tx: Tx, definition: Scheme): Promise<{ readonly scheme: string; readonly version: string; readonly hash: string }> {
  const json = canonicalJson(definition);
  const parsed = parseScheme(json);
  if (!parsed.ok) {
    const [fault] = parsed.faults;
    throw new Problem("bad-request", { zh: `业务定义有误：${fault?.path} ${fault?.message.zh}`, en: `The definition has a fault: ${fault?.path} ${fault?.message.en}` });
  }
  const hash = await schemeHash(definition);
  const { key: scheme, version } = definition;
  const stored = await tx.selectFrom("schemeVersion").select("hash").where("scheme", "=", scheme).where("version", "=", version).executeTakeFirst();
  if (stored !== undefined && stored.hash !== hash) throw new Problem("already-exists", { zh: "该版本已发布，内容不能更改；请使用新的版本号", en: "This version is published and cannot change; use a new version" });
  if (stored === undefined) {
    await tx.insertInto("schemeVersion").values({ scheme, version, hash, definition: json }).execute();
    await audit(tx, { action: "scheme.publish", people: 0, detail: { scheme, version, hash } });
  }
  return { scheme, version, hash };
}

/** The definition a record cites, compiled; kept in the process, since a published version never changes. @throws Problem not-found */
export async function loadScheme(tx: Tx, scheme: string, version: string): Promise<LoadedScheme> {
  const key = keyOf(scheme, version);
  const known = loaded.get(key);
  if (known) return known;
  const row = await tx.selectFrom("schemeVersion").select(["hash", "definition"]).where("scheme", "=", scheme).where("version", "=", version).executeTakeFirst();
  if (!row) throw new Problem("not-found");
  const definition = row.definition as unknown as Scheme;
  const made: LoadedScheme = { definition, hash: row.hash, check: checker(definition) };
  loaded.set(key, made);
  return made;
}

/** Published versions of one scheme, newest first. */
export async function versionsOf(tx: Tx, scheme: string): Promise<string[]> {
  const rows = await tx.selectFrom("schemeVersion").select("version").where("scheme", "=", scheme).orderBy("publishedAt", "desc").execute();
  return rows.map((row) => row.version);
}

/** Every published version, newest first. */
export async function listPublished(tx: Tx): Promise<{ scheme: string; version: string; label: Text; hash: string; publishedAt: string }[]> {
  const rows = await tx
    .selectFrom("schemeVersion")
    .select(["scheme", "version", "hash", "publishedAt", sql<Text>`definition -> 'label'`.as("label")])
    .orderBy("publishedAt", "desc")
    .execute();
  return rows.map((row) => ({ ...row, publishedAt: row.publishedAt.toISOString() }));
}
