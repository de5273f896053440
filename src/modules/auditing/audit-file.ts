// Files of audit rows that go out, and their verification without a database: a head, the rows, and a signature over all before it.
// `chain`: a stretch of the chain, whose digests are walked again; `selection`: rows that somebody asked for.
import { createHash, createPublicKey, verify } from "node:crypto";
import type { Text } from "../../core/issue.ts";
import type { Signing } from "../../platform/keys.ts";
import type { Outside } from "./outside.ts";
import { lineOf } from "./verify-database.ts";
import { ChainWalk, type Fault, type Stub } from "./verify-lines.ts";

export type FileHead = { readonly format: "qingce-audit 1"; readonly kind: "chain" | "selection"; readonly madeAt: string; readonly rows: number; /** Of a chain: the row in front of the first, and its digest. */ readonly after?: number; readonly digest?: string; readonly asked?: Readonly<Record<string, unknown>> };
export type FileVerdict = { readonly clean: boolean; readonly kind: FileHead["kind"]; readonly rows: number; readonly keyId: string; readonly fault?: Fault; readonly seconds: number };

const tail = "signature\t";

/** The whole file. */
export function auditFile(head: FileHead, lines: readonly string[], signing: Signing): Buffer {
  const body = `${JSON.stringify(head)}\n${lines.map((line) => `${line}\n`).join("")}`;
  const digest = createHash("sha256").update(body).digest("hex");
  return Buffer.from(`${body}${tail}${JSON.stringify({ key: signing.keyId, publicKey: signing.publicKey, signature: signing.sign(Buffer.from(`qingce audit file 1\n${digest}`)).toString("base64") })}\n`);
}

const wrong = (row: number, zh: string, en: string): Fault => ({ kind: "signature-wrong", row, message: { zh, en } satisfies Text });

/** @param trusted a public key (PEM); without it the signature only shows that the file is whole. @throws when it is no such file */
export function verifyAuditFile(bytes: Buffer, trusted?: string, outside: readonly Outside[] = []): FileVerdict {
  const started = performance.now();
  const text = bytes.toString("utf8");
  const at = text.lastIndexOf(`\n${tail}`) + 1;
  if (!text.startsWith('{"format":"qingce-audit 1"') || at === 0) throw new Error("not a file of audit rows, or cut off");
  const body = text.slice(0, at);
  const sealed = JSON.parse(text.slice(at + tail.length)) as { readonly key: string; readonly publicKey: string; readonly signature: string };
  const [first = "", ...rows] = body.slice(0, -1).split("\n");
  const head = JSON.parse(first) as FileHead;
  const fault = faultOfRows(head, rows, outside) ?? faultOfSignature(head, rows, body, sealed, trusted);
  return { clean: fault === undefined, kind: head.kind, rows: rows.length, keyId: sealed.key, ...(fault && { fault }), seconds: (performance.now() - started) / 1000 };
}

function faultOfRows(head: FileHead, rows: readonly string[], outside: readonly Outside[]): Fault | undefined {
  if (head.kind !== "chain") return undefined;
  const start: Stub = { toSeq: head.after ?? 0, digest: head.digest ?? "", removed: 0, at: "", key: "", signature: "" };
  const last = start.toSeq + head.rows;
  const within = outside.map(({ place, checkpoints }) => ({ place, checkpoints: checkpoints.filter(({ seq }) => seq >= start.toSeq && seq <= last) }));
  const walk = new ChainWalk({ stubs: [], inside: [], outside: within, keys: new Map(), start });
  for (const row of rows) if (!walk.take(lineOf(row))) break;
  return walk.walked().fault;
}

function faultOfSignature(head: FileHead, rows: readonly string[], body: string, sealed: { readonly publicKey: string; readonly signature: string }, trusted: string | undefined): Fault | undefined {
  if (rows.length !== head.rows) return wrong(rows.length + 1, `文件应有${head.rows}行，实有${rows.length}行`, `the file should hold ${head.rows} rows and holds ${rows.length}`);
  const text = `qingce audit file 1\n${createHash("sha256").update(body).digest("hex")}`;
  if (!verify(null, Buffer.from(text), createPublicKey(trusted ?? sealed.publicKey), Buffer.from(sealed.signature, "base64"))) return wrong(0, "签名不符：文件被改动，或不是这把密钥所签", "the signature does not fit: the file was changed, or another key signed it");
  return undefined;
}
