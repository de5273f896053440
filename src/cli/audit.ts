// `qingce audit verify`: walks the chain of the audit, in the database of a data folder (at work or not) or in a file, and names the first
// wrong row. `qingce audit export`: the chain, or a stretch of it, as a signed file. Exit code 0: clean; 1: not; 2: could not be tried.
import { createHash, createPublicKey } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { to as copyTo } from "pg-copy-streams";
import type pg from "pg";
import { auditFile, verifyAuditFile } from "../modules/auditing/audit-file.ts";
import { readOutside } from "../modules/auditing/outside.ts";
import { type DatabaseVerdict, stretchOf, verifyDatabase } from "../modules/auditing/verify-database.ts";
import type { Fault } from "../modules/auditing/verify-lines.ts";
import { type Config, readConfig } from "../platform/config.ts";
import { hasKeys, openKeys } from "../platform/keys.ts";
import { withOwner } from "../platform/running-postgres.ts";
import { type Flags, numberFlag, textFlags } from "./flags.ts";

class Refused extends Error {
  readonly zh: string;
  constructor(zh: string, en: string) {
    super(en);
    this.zh = zh;
  }
}

/** The audit of a data folder, whether its server is at work or not. */
async function withAudit<T>(config: Config, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const looked = await withOwner(config, async (client) => {
    const { rows } = await client.query<{ there: boolean }>("select to_regclass('public.audit_chain') is not null as there");
    if (!rows[0]?.there) throw new Refused("该数据库的审计尚未成链（旧版本）", "the audit of this database is not chained yet (an older version)");
    return work(client);
  });
  if (!looked) throw new Refused(`${config.dataDir} 中没有数据库`, `${config.dataDir} holds no database`);
  return looked.result;
}

function trustedKey(flags: Flags): { readonly id: string; readonly pem: string } | undefined {
  if (typeof flags["key"] !== "string") return undefined;
  if (!fs.existsSync(flags["key"])) throw new Refused(`读不到文件 ${flags["key"]}`, `cannot read ${flags["key"]}`);
  const pem = fs.readFileSync(flags["key"], "utf8");
  return { pem, id: createHash("sha256").update(createPublicKey(pem).export({ format: "der", type: "spki" })).digest("hex").slice(0, 16) };
}

const rate = (rows: number, seconds: number): string => `${rows.toLocaleString("en")} rows, ${Math.round(rows / Math.max(seconds, 0.001)).toLocaleString("en")} rows/s`;
const foldersOf = (flags: Flags): string[] => (typeof flags["checkpoints"] === "string" ? flags["checkpoints"].split(",").map((each) => path.resolve(each)) : []);

function tell(flags: Flags, clean: boolean, told: object, lines: readonly string[], fault: Fault | undefined): void {
  if (flags["json"] !== undefined) console.log(JSON.stringify(told));
  else {
    for (const line of lines) console.log(line);
    (clean ? console.log : console.error)(clean ? "通过 / OK：审计链完整 the chain of the audit is whole" : `不通过 / FAILED\n${fault!.message.zh}\n${fault!.message.en}`);
  }
  process.exitCode = clean ? 0 : 1;
}

async function verify(flags: Flags): Promise<void> {
  const key = trustedKey(flags);
  if (typeof flags["file"] === "string") {
    if (!fs.existsSync(flags["file"])) throw new Refused(`读不到文件 ${flags["file"]}`, `cannot read ${flags["file"]}`);
    const verdict = verifyAuditFile(fs.readFileSync(flags["file"]), key?.pem, foldersOf(flags).flatMap((folder) => readOutside(folder) ?? []));
    const unpinned = key ? [] : [`未给出 --key，请核对密钥编号 no --key was given, compare the key id: ${verdict.keyId}`];
    return tell(flags, verdict.clean, verdict, [rate(verdict.rows, verdict.seconds), ...(verdict.kind === "selection" ? ["选取的条目，只核签名 a selection of rows: the signature only"] : []), ...unpinned], verdict.fault);
  }
  const config = readConfig(textFlags(flags));
  const verdict: DatabaseVerdict = await withAudit(config, (client) => verifyDatabase(client, { folders: [...config.auditDirs, ...foldersOf(flags)], through: "tables", ...(key && { key }) }));
  const notes = [
    `${rate(verdict.rows, verdict.seconds)}; ${verdict.checkpoints} + ${verdict.outside} checkpoints (数据库 database + 库外 outside)`,
    ...verdict.without.map((folder) => `注意：${folder} 中没有检查点 note: no checkpoints in ${folder}`),
    ...(verdict.ownKeyOnly ? ["注意：签名只用数据库自带的公钥核对 note: signatures were held against the database's own key only"] : []),
  ];
  tell(flags, verdict.clean, verdict, notes, verdict.fault);
}

async function exported(flags: Flags): Promise<void> {
  const config = readConfig(textFlags(flags));
  const out = flags["out"];
  if (typeof out !== "string") throw new Refused("请写明输出文件 --out", "name the file with --out");
  if (!hasKeys(config.dataDir)) throw new Refused(`${config.dataDir} 中没有密钥`, `${config.dataDir} holds no keys`);
  const rows = await withAudit(config, async (client) => {
    const range = (await client.query<{ low: string | null; high: string | null }>("select min(seq) as low, max(seq) as high from audit_chain")).rows[0]!;
    const [low, high] = [Number(range.low ?? 1), Number(range.high ?? 0)];
    const from = Math.max(low, numberFlag(flags, "from", low, 1, 1e12));
    const to = Math.min(high, numberFlag(flags, "to", Math.max(high, 1), 1, 1e12));
    const before = await client.query<{ digest: string }>("select encode(digest, 'hex') as digest from audit_chain where seq = $1 union all select encode(digest, 'hex') from audit_stub where to_seq = $1", [from - 1]);
    const chunks: Buffer[] = [];
    for await (const chunk of client.query(copyTo(stretchOf("tables", from - 1, to))) as AsyncIterable<Buffer>) chunks.push(chunk);
    const lines = Buffer.concat(chunks).toString("utf8").split("\n").slice(0, -1);
    const bytes = auditFile({ format: "qingce-audit 1", kind: "chain", madeAt: new Date().toISOString(), rows: lines.length, after: from - 1, digest: before.rows[0]?.digest ?? "0".repeat(64) }, lines, openKeys(config.dataDir).signing());
    fs.writeFileSync(path.resolve(out), bytes, { flag: "wx", mode: 0o600 });
    return lines.length;
  });
  console.log(`${rows.toLocaleString("en")} rows → ${out}`);
}

export const audit = {
  summary: "the audit: audit verify --data DIR [--checkpoints DIR] [--key KEY.pem] [--json] | audit verify --file FILE | audit export --data DIR --out FILE [--from N] [--to N]（核验、导出审计链）",
  options: { json: { type: "boolean" as const }, checkpoints: { type: "string" as const }, file: { type: "string" as const }, from: { type: "string" as const }, to: { type: "string" as const } },
  run: async (flags: Flags, [verb]: readonly string[]): Promise<void> => {
    try {
      if (verb === "verify") await verify(flags);
      else if (verb === "export") await exported(flags);
      else throw new Refused("用法：audit verify --data DIR ｜ audit verify --file FILE ｜ audit export --data DIR --out FILE", "usage: audit verify --data DIR | audit verify --file FILE | audit export --data DIR --out FILE");
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      console.error(`${error.zh}\n${error.message}`);
      process.exitCode = 2;
    }
  },
};
