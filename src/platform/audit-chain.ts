// The sequencer of the audit: a duty of the worker, never part of a request. It takes committed entries in the order of their transactions,
// none behind one that is still open, gives each a number without gaps and a digest over the one before it, and signs checkpoints.
import { sql } from "kysely";
import { chainDigest, type ChainAlgorithm } from "./audit-digest.ts";
import { keepOutside } from "./audit-outside.ts";
import type { Database, Tx } from "./database.ts";
import { systemActor } from "./database.ts";

export type ChainOptions = {
  /** Folders that take checkpoints, each an append-only file; the first is the installation's own. */
  readonly folders: readonly string[];
  readonly algorithm: ChainAlgorithm;
  readonly now: () => Date;
  /** A checkpoint is made after so many rows. */
  readonly everyRows?: number;
  /** And after so long, when there are new rows. */
  readonly everyMs?: number;
};
type Unchained = { readonly id: number; readonly atUs: number; readonly txid: string; readonly account: string; readonly office: string | null; readonly action: string; readonly purpose: string | null; readonly county: number | null; readonly area: number | null; readonly recordId: string | null; readonly people: number; readonly detail: string | null };
type Checkpoint = { readonly no: number; readonly seq: number; readonly at: Date; readonly signature: string };

export const auditDuty = systemActor("audit");
const batch = 5_000;
const rowsBetween = 10_000;
const msBetween = 10 * 60_000;

const escapes: Readonly<Record<string, string>> = { "\\": "\\\\", "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\v": "\\v" };
const escaped = (value: string | number | null): string => (value === null ? "\\N" : String(value).replace(/[\\\b\f\n\r\t\v]/g, (sign) => escapes[sign]!));

/** A row as the chain sees it: its values in a fixed order as PostgreSQL's COPY writes them (tabs between, `\N` for none), time in microseconds since 1970. */
export const auditLine = (row: Unchained): string =>
  [row.id, row.atUs, row.txid, row.account, row.office, row.action, row.purpose, row.county, row.area, row.recordId, row.people, row.detail].map(escaped).join("\t");

/** Chains everything that may be chained now and makes the checkpoints that are due; resolves to the number of rows. One process at a time does it. */
export async function chainAudit(database: Database, options: ChainOptions): Promise<number> {
  const chained = await database.withLock("audit-chain", async () => {
    let rows = 0;
    for (;;) {
      const done = await database.write(auditDuty, (tx) => chainBatch(tx, options.algorithm));
      rows += done;
      if (done > 0) await checkpointWhenDue(database, options);
      if (done < batch) break;
    }
    await checkpointWhenDue(database, options);
    await keepOutside(database, options.folders);
    return rows;
  });
  return chained ?? 0;
}

/** Chains all that is committed now, also what waits for an older transaction, and closes it with a checkpoint. For the end of a run and for tests. */
export async function settleAudit(database: Database, options: ChainOptions): Promise<void> {
  for (;;) {
    const { rows } = await database.read(auditDuty, (tx) => sql<{ waiting: boolean }>`select security.audit_waiting() as waiting`.execute(tx));
    if (!rows[0]?.waiting) break;
    if ((await chainAudit(database, options)) === 0) await new Promise((resolve) => setTimeout(resolve, 20));
  }
  await closeAudit(database, options);
}

/** A checkpoint for whatever was chained since the last. */
export async function closeAudit(database: Database, options: ChainOptions): Promise<void> {
  await chainAudit(database, { ...options, everyRows: 1 });
}

async function chainBatch(tx: Tx, algorithm: ChainAlgorithm): Promise<number> {
  const { rows } = await sql<Unchained>`select * from security.audit_unchained(${batch})`.execute(tx);
  if (rows.length === 0) return 0;
  const end = await endOf(tx);
  let { digest } = end;
  const digests = rows.map((row, n) => (digest = chainDigest(algorithm, digest, end.seq + 1 + n, auditLine(row))));
  await sql`select security.chain_audit(${end.seq + 1}, ${rows.map((row) => row.id)}::bigint[], ${digests}::bytea[], ${algorithm})`.execute(tx);
  return rows.length;
}

async function endOf(tx: Tx): Promise<{ readonly seq: number; readonly digest: Buffer }> {
  const { rows } = await sql<{ seq: number; digest: Buffer }>`select seq, digest from security.audit_end()`.execute(tx);
  return rows[0]!;
}

/** What a checkpoint's signature stands for. Each holds the signature before it, so that none can be left out. */
export const checkpointText = (at: { readonly no: number; readonly seq: number; readonly digest: string; readonly rows: number; readonly algorithm: string; readonly at: string }, before: string): string =>
  ["qingce audit checkpoint 1", at.no, at.seq, at.digest, at.rows, at.algorithm, at.at, before].join("\n");

async function checkpointWhenDue(database: Database, options: ChainOptions): Promise<void> {
  const now = options.now();
  await database.write(auditDuty, async (tx) => {
    const end = await endOf(tx);
    const last = (await sql<Checkpoint>`select * from security.last_audit_checkpoint()`.execute(tx)).rows[0];
    const rows = end.seq - (last?.seq ?? 0);
    const due = rows >= (options.everyRows ?? rowsBetween) || (rows > 0 && now.getTime() - (last?.at.getTime() ?? 0) >= (options.everyMs ?? msBetween));
    if (!due) return;
    const { keyId, publicKey, sign } = database.keys.signing();
    const no = (last?.no ?? 0) + 1;
    const text = checkpointText({ no, seq: end.seq, digest: end.digest.toString("hex"), rows, algorithm: options.algorithm, at: now.toISOString() }, last?.signature ?? "");
    await sql`select security.sign_audit(${no}, ${end.seq}, ${end.digest}, ${rows}, ${options.algorithm}, ${now}, ${keyId}, ${publicKey}, ${sign(Buffer.from(text))})`.execute(tx);
  });
}
