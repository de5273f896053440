// `qingce return`: verify tells whether a file that came back from a county is as it was signed, and if not, what was altered; key writes
// this installation's public key, which the department keeps to verify with.
import fs from "node:fs";
import path from "node:path";
import { publicKeyOf, verifyFile } from "../modules/dispatch/return-signature.ts";
import { readConfig } from "../platform/config.ts";
import { hasKeys, openKeys } from "../platform/keys.ts";
import { type Flags, textFlags } from "./flags.ts";

/** What cannot even be tried. */
class Refused extends Error {
  readonly zh: string;
  constructor(zh: string, en: string) {
    super(en);
    this.zh = zh;
  }
}

function read(file: string): Buffer {
  try {
    return fs.readFileSync(file);
  } catch {
    throw new Refused(`读不到文件 ${file}`, `cannot read ${file}`);
  }
}

async function verify(flags: Flags, file: string | undefined): Promise<boolean> {
  if (file === undefined) throw new Refused("请写明要核验的文件：return verify FILE [--signature FILE.sig.json] [--key 公钥.pem]", "name the file: return verify FILE [--signature FILE.sig.json] [--key KEY.pem]");
  const { signature, key } = flags;
  const text = read(path.resolve(typeof signature === "string" ? signature : `${file}.sig.json`)).toString("utf8");
  const trusted = typeof key === "string" ? { publicKey: read(path.resolve(key)).toString("utf8") } : undefined;
  if (trusted && publicKeyOf(trusted.publicKey) === undefined) throw new Refused("--key 不是 Ed25519 公钥（PEM）", "--key is no Ed25519 public key (PEM)");
  const verdict = await verifyFile(read(path.resolve(file)), text, trusted);
  const { valid, ours, keyId, signedAt } = verdict;
  const good = valid && (ours || trusted === undefined);
  const why = valid && trusted === undefined ? { zh: "签名有效，文件未被改动；未给出 --key，请电话核对密钥编号", en: "Valid, and the file is unchanged; no --key was given: compare the key id by telephone" } : valid && !ours ? { zh: "签名有效，但签署者不是 --key 所给的密钥", en: "The signature is valid, but not by the key given with --key" } : verdict.why;
  (good ? console.log : console.error)(`${good ? "通过 / OK" : "不通过 / FAILED"}  ${file}\n${why.zh}\n${why.en}${keyId === "" ? "" : `\n密钥编号 / key id: ${keyId}\n签署时间 / signed at: ${signedAt}`}`);
  return good;
}

function writeKey(flags: Flags): void {
  const { dataDir } = readConfig(textFlags(flags));
  if (!hasKeys(dataDir)) throw new Refused(`${dataDir} 中没有密钥`, `${dataDir} holds no keys`);
  const { keyId, publicKey } = openKeys(dataDir).signing();
  const out = flags["out"];
  if (typeof out === "string") fs.writeFileSync(path.resolve(out), publicKey, { flag: "wx" });
  else console.log(publicKey.trim());
  console.error(`密钥编号 / key id: ${keyId}`);
}

export const returns = {
  summary: "files that went back to departments: return verify FILE [--key KEY.pem] | return key --data DIR（核验反馈文件）",
  run: async (flags: Flags, [verb, file]: readonly string[]): Promise<void> => {
    try {
      if (verb === "verify") process.exitCode = (await verify(flags, file)) ? 0 : 1;
      else if (verb === "key") writeKey(flags);
      else throw new Refused("用法：return verify FILE [--signature S] [--key K] ｜ return key [--data DIR] [--out K.pem]", "usage: return verify FILE [--signature S] [--key K] | return key [--data DIR] [--out K.pem]");
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      console.error(`${error.zh}\n${error.message}`);
      process.exitCode = 1;
    }
  },
};
