// The detached signature of a file that leaves for a department: Ed25519 (RFC 8032) by the key of the installation over the file's
// digest, with the public key beside it, so that it can be checked with any tool; and short digests of its rows, so that what was
// altered can be named.
import { createHash, createPublicKey, verify, type KeyObject } from "node:crypto";
import { Problem } from "../../core/problem.ts";
import type { Keys } from "../../platform/keys.ts";
import { openSpreadsheet } from "../../platform/spreadsheet.ts";

type Text = { readonly zh: string; readonly en: string };
/**
 * `rows`: of each row that says something its number and eight characters of its digest, `no:digest` parted by blanks; `digest` is theirs.
 * Left out of very long files, and taken away when the file's content is wiped; the signature holds without them.
 */
type SheetMark = { readonly name: string; readonly digest: string; readonly rows?: string };
export type Signature = { readonly format: "qingce-signature-1" | "qingce-signature-2"; readonly algorithm: "Ed25519"; readonly keyId: string; readonly publicKey: string; readonly sha256: string; readonly signedAt: string; readonly sheets?: readonly SheetMark[]; readonly signature: string };
export type Verdict = { readonly valid: boolean; readonly ours: boolean; readonly keyId: string; readonly signedAt: string; readonly why: Text };
/** The key that a signature must be by; `publicKey` as PEM. */
export type Trusted = { readonly publicKey: string };

/** Rows beyond which single rows are not told apart. */
const MOST_ROWS = 30_000;
export const sha256Of = (bytes: Uint8Array | string): string => createHash("sha256").update(bytes).digest("hex");

/** What is signed: the file's digest, the moment and the digests of its sheets, so that none can be changed. */
const signedText = (given: Pick<Signature, "format" | "sha256" | "signedAt" | "sheets">): Buffer =>
  Buffer.from(`${given.format}\n${given.sha256}\n${given.signedAt}\n${given.format === "qingce-signature-1" ? "" : `${(given.sheets ?? []).map(({ name, digest }) => `${digest} ${name}\n`).join("")}`}`);

/** Digests of the sheets' values; undefined when the file is no workbook that can be read. */
async function sheetsOf(bytes: Uint8Array): Promise<readonly SheetMark[] | undefined> {
  try {
    const book = openSpreadsheet(Buffer.from(bytes));
    const marks: SheetMark[] = [];
    for (const name of book.sheets) {
      const rows: string[] = [];
      for await (const chunk of book.rows(name)) {
        for (const { no, cells } of chunk) {
          const text = JSON.stringify(cells).replace(/(?:,null)+\]$/u, "]");
          if (!/^\[(?:null)?\]$/u.test(text)) rows.push(`${no}:${createHash("sha256").update(text).digest("base64url").slice(0, 8)}`);
        }
      }
      marks.push({ name, digest: sha256Of(rows.join(" ")), ...(rows.length <= MOST_ROWS && { rows: rows.join(" ") }) });
    }
    return marks;
  } catch (error) {
    if (error instanceof Problem) return undefined;
    throw error;
  }
}

export async function signFile(keys: Keys, bytes: Uint8Array, signedAt: string): Promise<Signature> {
  const sha256 = sha256Of(bytes);
  const { keyId, publicKey, sign } = keys.signing();
  const content = { format: "qingce-signature-2", sha256, signedAt, sheets: (await sheetsOf(bytes)) ?? [] } as const;
  return { ...content, algorithm: "Ed25519", keyId, publicKey, signature: sign(signedText(content)).toString("base64") };
}

const fault = (keyId: string, signedAt: string, zh: string, en: string): Verdict => ({ valid: false, ours: false, keyId, signedAt, why: { zh, en } });

function isSignature(value: unknown): value is Signature {
  const given = value as Partial<Signature> | null;
  if (typeof given !== "object" || given === null || given.algorithm !== "Ed25519" || (given.format !== "qingce-signature-1" && given.format !== "qingce-signature-2")) return false;
  if (!["keyId", "publicKey", "sha256", "signedAt", "signature"].every((key) => typeof given[key as keyof Signature] === "string")) return false;
  return given.sheets === undefined || (Array.isArray(given.sheets) && given.sheets.every((sheet: Partial<SheetMark> | null) => typeof sheet?.name === "string" && typeof sheet.digest === "string" && (sheet.rows === undefined || typeof sheet.rows === "string")));
}

/** An Ed25519 public key; undefined when the text holds none. */
export function publicKeyOf(pem: string): KeyObject | undefined {
  try {
    const key = createPublicKey(pem);
    return key.asymmetricKeyType === "ed25519" ? key : undefined;
  } catch {
    return undefined; // not a key at all: said to the caller as such
  }
}
const nameOf = (key: KeyObject): string => sha256Of(key.export({ format: "der", type: "spki" })).slice(0, 16);

/** Whether the text is the signature of exactly these bytes and of the trusted key's; if not, what was altered. */
export async function verifyFile(bytes: Uint8Array, text: string, trusted?: Trusted): Promise<Verdict> {
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch {
    given = undefined;
  }
  if (!isSignature(given)) return fault("", "", "这不是签名文件，或签名文件不完整", "This is not a signature file, or it is incomplete");
  const { keyId, signedAt } = given;
  const key = publicKeyOf(given.publicKey);
  if (key === undefined) return fault(keyId, signedAt, "签名文件中的公钥无效", "The public key in the signature file is not valid");
  const sha256 = sha256Of(bytes);
  const holds = (one: Pick<Signature, "format" | "sha256" | "signedAt" | "sheets">): boolean => verify(null, signedText(one), key, Buffer.from((given as Signature).signature, "base64"));
  if (!holds(given)) {
    if (holds({ ...given, sha256 })) return fault(keyId, signedAt, "签名文件被改动：其中的文件摘要（sha256）不是签名时的摘要；数据文件本身未被改动", "The signature file was altered: its digest (sha256) is not the one that was signed; the file itself is unchanged");
    if (nameOf(key) !== keyId) return fault(keyId, signedAt, "签名文件被改动：公钥与密钥编号不符", "The signature file was altered: public key and key id do not belong together");
    return fault(keyId, signedAt, "签名无效：签名文件中的签名时间、工作表摘要或签名值被改动", "The signature is not valid: the moment of signing, the digest of a sheet or the signature itself was altered in the signature file");
  }
  if (given.sheets?.some((sheet) => sheet.rows !== undefined && sha256Of(sheet.rows) !== sheet.digest)) return fault(keyId, signedAt, "签名文件被改动：逐行摘要不是签名时的摘要", "The signature file was altered: its digests of rows are not those that were signed");
  if (sha256 !== given.sha256) {
    const altered = alterations(given.sheets ?? [], await sheetsOf(bytes));
    return fault(keyId, signedAt, `数据文件与签名不符：${altered.zh}`, `The file is not the one that was signed: ${altered.en}`);
  }
  if (nameOf(key) !== keyId) return fault(keyId, signedAt, "签名文件被改动：密钥编号不是所附公钥的编号", "The signature file was altered: its key id is not that of the public key");
  const by = trusted && publicKeyOf(trusted.publicKey);
  const ours = by !== undefined && nameOf(by) === nameOf(key);
  return { valid: true, ours, keyId, signedAt, why: ours ? { zh: "签名有效，由所信任的密钥签署，文件未被改动", en: "Valid: signed by the trusted key, and the file is unchanged" } : { zh: "签名有效，文件未被改动，但不是由所信任的密钥签署，请核对密钥编号", en: "Valid, and the file is unchanged, but not by the trusted key: make sure whose key it is" } };
}

/** In words which sheets and rows differ from what was signed. */
function alterations(signed: readonly SheetMark[], now: readonly SheetMark[] | undefined): Text {
  const other = { zh: "内容被改动，或不是同一个文件", en: "its content was changed, or it is another file" };
  if (signed.length === 0) return other;
  if (now === undefined) return { zh: "文件已不能作为工作簿读取（被截断或损坏）", en: "it can no longer be read as a workbook (truncated or damaged)" };
  const parts: Text[] = [];
  for (const sheet of signed) {
    const found = now.find((one) => one.name === sheet.name);
    if (found === undefined) parts.push({ zh: `缺少工作表“${sheet.name}”`, en: `the sheet “${sheet.name}” is missing` });
    else if (found.digest !== sheet.digest) parts.push(rowsOf(sheet, found));
  }
  for (const sheet of now) if (!signed.some((one) => one.name === sheet.name)) parts.push({ zh: `多出工作表“${sheet.name}”`, en: `the sheet “${sheet.name}” was added` });
  if (parts.length === 0) return { zh: "各工作表的内容未变，文件被重新保存过或改动了格式", en: "the sheets say the same; it was saved anew or its layout was changed" };
  return { zh: parts.map((part) => part.zh).join("；"), en: parts.map((part) => part.en).join("; ") };
}

function rowsOf(signed: SheetMark, now: SheetMark): Text {
  const { name } = signed;
  if (signed.rows === undefined || now.rows === undefined) return { zh: `工作表“${name}”被改动`, en: `the sheet “${name}” was changed` };
  const split = (rows: string): Map<string, string> => new Map(rows.split(" ").filter((row) => row !== "").map((row) => [row.slice(0, row.indexOf(":")), row]));
  const [before, after] = [split(signed.rows), split(now.rows)];
  const differ = [...new Set([...before.keys(), ...after.keys()])].filter((no) => before.get(no) !== after.get(no)).map(Number).toSorted((a, b) => a - b);
  const shown = differ.slice(0, 10).join("、");
  const more = differ.length > 10;
  return { zh: `工作表“${name}”第 ${shown} 行${more ? `等 ${differ.length} 行` : ""}被改动`, en: `in the sheet “${name}” ${differ.length === 1 ? "row" : "rows"} ${shown.replaceAll("、", ", ")}${more ? ` and others (${differ.length} in all)` : ""} changed` };
}
