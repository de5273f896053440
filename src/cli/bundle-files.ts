// Files of `qingce bundle`: keys as JSON, a folder of entries with their bytes, a bundle read by ranges.
import fs from "node:fs";
import path from "node:path";
import readline from "node:readline";
import { fromHex, toHex } from "../bundle/bytes.ts";
import type { Piece } from "../bundle/frames.ts";
import type { BundleHeader } from "../bundle/header.ts";
import type { SealInput } from "../bundle/seal.ts";
import type { ByteSource } from "../bundle/source.ts";
import { suites, type SealKeys, type SignKeys, type SuiteName } from "../bundle/suite.ts";

/** The command is wrong, or a file cannot be read or written: exit code 2. */
export class CommandFault extends Error {
  readonly zh: string;
  constructor(zh: string, en: string) {
    super(en);
    this.zh = zh;
  }
}

export type SecretKeys = { readonly suite: SuiteName; readonly sign: SignKeys; readonly seal: SealKeys };
export type PublicKeys = { readonly suite: SuiteName; readonly sign: Uint8Array; readonly seal: Uint8Array };

const unreadable = (file: string): CommandFault => new CommandFault(`读不到文件 ${file}`, `cannot read ${file}`);

function jsonIn(file: string): unknown {
  let text: string;
  try {
    text = fs.readFileSync(file, "utf8");
  } catch {
    throw unreadable(file);
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new CommandFault(`${file} 不是 JSON`, `${file} is not JSON`);
  }
}

/** Never over an existing file: a key that is gone cannot be made again. */
export function writeNew(file: string, content: string | Uint8Array, mode: number): void {
  try {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, content, { mode, flag: "wx" });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") throw new CommandFault(`文件已存在：${file}`, `the file exists already: ${file}`);
    throw new CommandFault(`写不了文件 ${file}`, `cannot write ${file}`);
  }
}

const publicFile = (file: string): string => `${file.replace(/\.json$/u, "")}.public.json`;

/** Writes the secret keys and, beside them, the public ones; gives the name of the second file. */
export function writeKeys(file: string, { suite, sign, seal }: SecretKeys): string {
  const lines = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`;
  const beside = publicFile(file);
  writeNew(file, lines({ suite, sign: { publicKey: toHex(sign.publicKey), secretKey: toHex(sign.secretKey) }, seal: { publicKey: toHex(seal.publicKey), secretKey: toHex(seal.secretKey) } }), 0o600);
  writeNew(beside, lines({ suite, sign: toHex(sign.publicKey), seal: toHex(seal.publicKey) }), 0o644);
  return beside;
}

type Loose = { readonly [member: string]: unknown };
const member = (value: unknown, name: string): unknown => (typeof value === "object" && value !== null ? (value as Loose)[name] : undefined);
function suiteIn(value: unknown, file: string): SuiteName {
  const suite = member(value, "suite");
  if (suite !== "international" && suite !== "national") throw new CommandFault(`${file} 不是密钥文件`, `${file} holds no keys`);
  return suite;
}
function hexIn(value: unknown, length: number, file: string): Uint8Array {
  if (typeof value !== "string" || !/^[0-9a-f]*$/u.test(value) || value.length !== 2 * length) throw new CommandFault(`${file} 不是密钥文件，或密钥种类不符`, `${file} holds no such keys`);
  return fromHex(value);
}

export function readSecretKeys(file: string): SecretKeys {
  const value = jsonIn(file);
  const suite = suiteIn(value, file);
  const pair = (use: "sign" | "seal", length: number): SignKeys => ({ publicKey: hexIn(member(member(value, use), "publicKey"), length, file), secretKey: hexIn(member(member(value, use), "secretKey"), 32, file) });
  return { suite, sign: pair("sign", suites[suite].signKeyLength), seal: pair("seal", suites[suite].sealKeyLength) };
}

export function readPublicKeys(file: string): PublicKeys {
  const value = jsonIn(file);
  const suite = suiteIn(value, file);
  return { suite, sign: hexIn(member(value, "sign"), suites[suite].signKeyLength, file), seal: hexIn(member(value, "seal"), suites[suite].sealKeyLength, file) };
}

/** The bundle in a file, and what closes it. */
export async function bundleIn(file: string): Promise<{ readonly source: ByteSource; readonly close: () => Promise<void> }> {
  const handle = await fs.promises.open(file).catch(() => {
    throw unreadable(file);
  });
  const { size } = await handle.stat();
  return {
    source: {
      size,
      async read(offset, length) {
        const bytes = new Uint8Array(length);
        let filled = 0;
        while (filled < length) {
          const { bytesRead } = await handle.read(bytes, filled, length - filled, offset + filled);
          if (bytesRead === 0) break;
          filled += bytesRead;
        }
        return bytes.subarray(0, filled);
      },
    },
    close: () => handle.close(),
  };
}

export function headerIn(folder: string): SealInput["header"] {
  const { format: _, entries: __, ...header } = jsonIn(path.join(folder, "header.json")) as BundleHeader;
  return header;
}

/** The entries of a folder, one a line, with the bytes of line n in `files/n.bin`. */
export async function* piecesIn(folder: string): AsyncGenerator<Piece> {
  const file = path.join(folder, "entries.jsonl");
  if (!fs.existsSync(file)) throw unreadable(file);
  let number = 0;
  for await (const line of readline.createInterface({ input: fs.createReadStream(file, "utf8"), crlfDelay: Number.POSITIVE_INFINITY })) {
    number += 1;
    let entry: unknown;
    try {
      entry = JSON.parse(line);
    } catch {
      throw new CommandFault(`${file} 第 ${number} 行不是 JSON`, `${file}, line ${number}: not JSON`);
    }
    const beside = path.join(folder, "files", `${number}.bin`);
    yield fs.existsSync(beside) ? { entry, bytes: new Uint8Array(fs.readFileSync(beside)) } : { entry };
  }
}

/** Writes what was opened; the folder takes its name only when all of it is right. */
export async function writeFolder(folder: string, header: BundleHeader, pieces: AsyncIterable<Piece>): Promise<number> {
  if (fs.existsSync(folder)) throw new CommandFault(`已存在：${folder}`, `it exists already: ${folder}`);
  const work = `${folder}.part-${process.pid}`;
  try {
    writeNew(path.join(work, "header.json"), `${JSON.stringify(header, undefined, 2)}\n`, 0o600);
    const lines = fs.openSync(path.join(work, "entries.jsonl"), "wx", 0o600);
    let number = 0;
    try {
      for await (const { entry, bytes } of pieces) {
        number += 1;
        fs.writeSync(lines, `${JSON.stringify(entry)}\n`);
        if (bytes) writeNew(path.join(work, "files", `${number}.bin`), bytes, 0o600);
      }
    } finally {
      fs.closeSync(lines);
    }
    fs.renameSync(work, folder);
    return number;
  } finally {
    fs.rmSync(work, { recursive: true, force: true });
  }
}
