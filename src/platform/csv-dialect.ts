// How a text file is written: encoding, line ends, and the mark between its fields, each found from the bytes and said with its evidence.
import type { Text } from "../core/issue.ts";

export type TextEncoding = "utf-8" | "gb18030" | "utf-16le" | "utf-16be";
export type Dialect = {
  readonly encoding: TextEncoding;
  readonly delimiter: string;
  readonly newline: "\r\n" | "\n" | "\r";
  readonly bom: boolean;
  /** Why it was read so. */
  readonly evidence: Text;
};

const PROBE = 1 << 20;
const LINES = 50;
const CANDIDATES = [",", "\t", ";", "|", "\u0001", "，", "；", "^", "~"] as const;
/** Several marks in a row that stand for one, such as `|!|`, `||`, `@@` or `^|^`. */
const LONG = /[|!@#^~$&%*;,]{2,5}/gu;

/** The encoding the bytes are valid in, or undefined when they are no text. A probe of the first megabyte decides. */
export function encodingOf(bytes: Buffer): TextEncoding | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  const probe = bytes.subarray(0, PROBE);
  if (probe.includes(0)) return wideWithoutMark(probe);
  const valid = (encoding: TextEncoding): boolean => {
    try {
      const text = new TextDecoder(encoding, { fatal: true }).decode(probe, { stream: true });
      // oxlint-disable-next-line no-control-regex -- a text may hold a stray one, whose row is returned; U+0001 parts fields in lists from mainframes
      return (text.slice(0, 4096).match(/[\u0002-\u0008\u000e-\u001f]/gu)?.length ?? 0) * 10 <= Math.min(text.length, 4096);
    } catch {
      return false;
    }
  };
  return valid("utf-8") ? "utf-8" : valid("gb18030") ? "gb18030" : undefined;
}

/** UTF-16 without its mark: digits, marks and line ends have a zero byte on one side only. */
function wideWithoutMark(probe: Buffer): TextEncoding | undefined {
  if (probe.length < 8) return undefined;
  const zeros = [0, 0];
  for (let at = 0; at < probe.length; at += 1) if (probe[at] === 0) zeros[at & 1]! += 1;
  const [even, odd] = zeros as [number, number];
  const encoding = odd > 0 && even * 20 < odd ? "utf-16le" : even > 0 && odd * 20 < even ? "utf-16be" : undefined;
  if (encoding === undefined) return undefined;
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(probe.subarray(0, probe.length & ~1), { stream: true });
    // oxlint-disable-next-line no-control-regex -- texts hold none of these
    return /[\u0000\u0002-\u0008\u000e-\u001f]/u.test(text) || !/[\r\n]/u.test(text) ? undefined : encoding;
  } catch {
    return undefined;
  }
}

/** Reads the first lines. The mark that parts most of them into the same number of fields, at least two, is the one; a comma when none does. */
export function dialectOf(bytes: Buffer, encoding: TextEncoding): Dialect {
  const head = new TextDecoder(encoding).decode(bytes.subarray(0, 256 << 10), { stream: true });
  const newline = head.includes("\r\n") ? "\r\n" : head.includes("\n") ? "\n" : head.includes("\r") ? "\r" : "\n";
  const lines = unquotedLines(head, newline);
  const long = [...new Set((lines[0] ?? "").match(LONG) ?? [])].filter((mark) => isOneMark(mark, lines));
  const scored = [...long, ...CANDIDATES].map((mark) => ({ mark, ...regularity(lines, mark) })).filter((one) => one.fields >= 2);
  // Regularity first; of two that are alike the longer mark (|!| holds |), then the one that parts more.
  const best = scored.toSorted((a, b) => b.share - a.share || b.mark.length - a.mark.length || b.fields - a.fields)[0];
  const delimiter = best?.mark ?? ",";
  const bom = (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) || ((encoding === "utf-16le" || encoding === "utf-16be") && (bytes[0] === 0xff || bytes[0] === 0xfe));
  return { encoding, delimiter, newline, bom, evidence: evidenceOf(encoding, bom, delimiter, best, lines.length) };
}

/** Lines outside of quotes, each quoted text as one letter, so that marks inside it do not count. */
function unquotedLines(head: string, newline: string): string[] {
  const bare = head.replace(/^\ufeff/u, "").replace(/"(?:[^"]|"")*"/gu, "q");
  return bare.split(newline).filter((line) => line.trim() !== "").slice(0, LINES);
}

/** `||` parts fields when no `|` stands alone anywhere; `,,` and `;;` are an empty field between two marks. */
function isOneMark(mark: string, lines: readonly string[]): boolean {
  const [first = ""] = mark;
  if (mark !== first.repeat(mark.length)) return true;
  return first !== "," && first !== ";" && lines.every((line) => !line.replaceAll(mark, "").includes(first));
}

function regularity(lines: readonly string[], mark: string): { readonly fields: number; readonly share: number } {
  const counts = new Map<number, number>();
  for (const line of lines) counts.set(line.split(mark).length, (counts.get(line.split(mark).length) ?? 0) + 1);
  const [fields, times] = [...counts].toSorted(([a, n], [b, m]) => m - n || b - a)[0] ?? [1, 0];
  return { fields, share: lines.length === 0 ? 0 : times / lines.length };
}

const encodingNames: Readonly<Record<TextEncoding, string>> = { "utf-8": "UTF-8", gb18030: "GB18030", "utf-16le": "UTF-16", "utf-16be": "UTF-16 BE" };
const markNames: Readonly<Record<string, Text>> = {
  ",": { zh: "逗号", en: "comma" },
  "\t": { zh: "制表符", en: "tab" },
  ";": { zh: "分号", en: "semicolon" },
  "|": { zh: "竖线", en: "pipe" },
  "\u0001": { zh: "控制符 U+0001", en: "control character U+0001" },
};

function evidenceOf(encoding: TextEncoding, bom: boolean, delimiter: string, best: { readonly fields: number; readonly share: number } | undefined, lines: number): Text {
  const name = markNames[delimiter] ?? { zh: `“${delimiter}”`, en: `“${delimiter}”` };
  const [zhBom, enBom] = bom ? ["（有文件头标记）", " (marked)"] : ["", ""];
  if (!best) return { zh: `按${encodingNames[encoding]}${zhBom}读取，只有一列`, en: `Read as ${encodingNames[encoding]}${enBom}; one column only` };
  const share = Math.round(best.share * lines);
  return {
    zh: `按${encodingNames[encoding]}${zhBom}读取，以${name.zh}分列：前${lines}行中有${share}行都是${best.fields}列`,
    en: `Read as ${encodingNames[encoding]}${enBom}, parted by ${name.en}: ${share} of the first ${lines} lines have ${best.fields} columns`,
  };
}
