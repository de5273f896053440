// `qingce release`: open verifies and opens a file that an office let go, with the receiver's key or the passphrase; trace names the copy that a
// found file is. Opening needs no installation: it is what a receiver runs.
import fs from "node:fs";
import path from "node:path";
import { BundleFault } from "../bundle/fault.ts";
import { inspect, keysNamed } from "../bundle/open.ts";
import { selfTest } from "../bundle/self-test.ts";
import type { SealKeys } from "../bundle/suite.ts";
import { Problem } from "../core/problem.ts";
import { kdfIn, openFile, passphraseKeys } from "../modules/releases/sealed-file.ts";
import { traceFile } from "../modules/releases/copies.ts";
import { readConfig } from "../platform/config.ts";
import { BYTE_ORDER_MARK, csvLine } from "../platform/csv-lines.ts";
import { systemActor } from "../platform/database.ts";
import { openSpreadsheet, uninert } from "../platform/spreadsheet.ts";
import { openInstallation } from "../platform/start.ts";
import { bundleIn, CommandFault, readPublicKeys, readSecretKeys } from "./bundle-files.ts";
import { type Flags, textFlags } from "./flags.ts";

const flag = (flags: Flags, name: string): string | undefined => (typeof flags[name] === "string" ? path.resolve(flags[name]) : undefined);

function demanded(flags: Flags, name: string): string {
  const value = flag(flags, name);
  if (value === undefined) throw new CommandFault(`请给出 --${name}`, `give --${name}`);
  return value;
}

/** The receiver's keys: from a key file, or of the passphrase in a file (never on the command line, which other users see). */
async function receiverKeys(flags: Flags, about: unknown, suite: "international" | "national"): Promise<SealKeys> {
  const kdf = kdfIn(about);
  if (kdf === undefined) return readSecretKeys(demanded(flags, "key")).seal;
  const file = demanded(flags, "passphrase");
  if (!fs.existsSync(file)) throw new CommandFault(`读不到文件 ${file}`, `cannot read ${file}`);
  return passphraseKeys(suite, fs.readFileSync(file, "utf8").trim(), kdf);
}

/** Writes what is within; the file takes its name only when all of it is right. */
async function open(flags: Flags, target: string): Promise<void> {
  const [out, office] = [demanded(flags, "out"), readPublicKeys(demanded(flags, "device"))];
  if (fs.existsSync(out)) throw new CommandFault(`文件已存在：${out}`, `the file exists already: ${out}`);
  const { source, close } = await bundleIn(path.resolve(target));
  const work = `${out}.part-${process.pid}`;
  try {
    await selfTest();
    const { suite } = await keysNamed(source);
    const { header } = await inspect(source);
    const { digest, name, parts } = await openFile(source, office.sign, await receiverKeys(flags, header.about, suite));
    const handle = fs.openSync(work, "wx", 0o600);
    try {
      for await (const part of parts) fs.writeSync(handle, part);
      fs.fsyncSync(handle);
    } finally {
      fs.closeSync(handle);
    }
    if (flags["restore"] === true) await restore(work);
    fs.renameSync(work, out);
    console.log(`已解开 / opened: ${name} → ${out}\n来自 / from: ${header.from} ｜ 发给 / to: ${header.to} ｜ 使用至 / until: ${header.expires.slice(0, 10)}\n摘要 / digest: ${digest}`);
  } finally {
    fs.rmSync(work, { force: true });
    await close();
  }
}

/** The values as they stand in the register, without the line of the mark, as CSV: apostrophes that kept texts from being formulas are taken off. */
async function restore(file: string): Promise<void> {
  const sheet = openSpreadsheet(fs.readFileSync(file));
  let text = BYTE_ORDER_MARK;
  let first = true;
  for await (const rows of sheet.rows(sheet.sheets[0] ?? "")) {
    for (const { cells } of rows) {
      if (!first && cells.some((cell) => cell !== null)) text += csvLine(cells.map((cell) => (cell === null || cell === undefined ? null : typeof cell === "number" ? cell : uninert(String(cell)))), "as-is");
      first = false;
    }
  }
  fs.writeFileSync(file, text);
}

async function trace(flags: Flags, target: string): Promise<boolean> {
  const bytes = fs.existsSync(target) ? fs.readFileSync(target) : undefined;
  if (!bytes) throw new CommandFault(`读不到文件 ${target}`, `cannot read ${target}`);
  const installation = await openInstallation(readConfig(textFlags(flags)));
  try {
    const { rows, found } = await installation.platform.database.write(systemActor("trace"), (tx) => traceFile(tx, installation.platform, { fileName: path.basename(target), mime: "", bytes }));
    if (found.length === 0) console.log(`${rows} 行中没有任何副本的标记 / no copy's marks in ${rows} rows`);
    for (const one of found) console.log(`副本 / copy ${one.copy} ｜ 接收方 / receiver: ${one.receiver} ｜ 行码 / row codes: ${one.codes} ｜ 行序 / order: ${(one.ordered * 100).toFixed(1)}% (${one.pairs})`);
    return found.length > 0;
  } finally {
    await installation.stop();
  }
}

const usage = new CommandFault(
  "用法：release open 文件.qcb --device 机构公钥.json (--key 密钥.json ｜ --passphrase 口令.txt) --out 文件 [--restore] ｜ release trace 文件 [--data 目录]",
  "usage: release open FILE.qcb --device OFFICE.public.json (--key K.json | --passphrase P.txt) --out FILE [--restore] | release trace FILE [--data DIR]",
);

export const release = {
  summary: "released files: release open FILE | release trace FILE（打开、辨认审批导出的文件）",
  options: { device: { type: "string" }, passphrase: { type: "string" }, restore: { type: "boolean" } },
  run: async (flags: Flags, [verb = "", target]: readonly string[]): Promise<void> => {
    try {
      if (target === undefined || (verb !== "open" && verb !== "trace")) throw usage;
      if (verb === "open") await open(flags, target);
      else process.exitCode = (await trace(flags, target)) ? 0 : 1;
    } catch (error) {
      const refused = error instanceof BundleFault || error instanceof Problem;
      if (!refused && !(error instanceof CommandFault) && !(error instanceof TypeError)) throw error;
      const zh = error instanceof BundleFault ? error.say.zh : error instanceof Problem ? (error.detail?.zh ?? error.code) : error instanceof CommandFault ? error.zh : "这不是审批导出的文件";
      console.error(`${zh}\n${error.message}`);
      process.exitCode = refused ? 1 : 2;
    }
  },
} as const;
