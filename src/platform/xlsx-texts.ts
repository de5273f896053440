// Texts of a workbook, wherever one can stand (cells, also of hidden sheets, results of formulas, comments, properties), looked at and
// replaced in place: nothing else of the file changes.
import { openZip, rewriteZip } from "./zip-parts.ts";

const PARTS = /^(?:xl\/(?:sharedStrings|comments\d*|worksheets\/[^/]+|threadedComments\/[^/]+|drawings\/[^/]+|comments\/[^/]+)\.xml|docProps\/[^/]+\.xml)$/u;
const LARGEST_PART = 1 << 30;
/** A string with its runs: a shared or inline string, the text of a comment. */
const GROUP = /<((?:\w+:)?(?:si|is|text))(\s[^>]*)?>([\s\S]*?)<\/\1>/gu;
const RUN = /<(?:\w+:)?t(?:\s[^>]*)?>([^<]*)<\/(?:\w+:)?t>/gu;
/** Text between two tags of any kind. */
const NODE = />([^<>]{2,})</gu;
const WRITTEN = /[^\x00-\x7f]|&#/u; // oxlint-disable-line no-control-regex -- everything but ASCII

/** The same bytes when `replacement` gives undefined for every text. @throws Problem file-not-readable, file-too-large */
export function replaceTexts(bytes: Buffer, replacement: (text: string) => string | undefined): Buffer {
  const zip = openZip(bytes);
  const changed = new Map<string, Buffer>();
  for (const name of zip.names.filter((each) => PARTS.test(each))) {
    const before = zip.read(name, LARGEST_PART)?.toString("utf8") ?? "";
    if (!WRITTEN.test(before)) continue;
    const grouped = before.replace(GROUP, (whole, tag: string, attributes: string | undefined, inner: string) => {
      if (!WRITTEN.test(inner)) return whole;
      const other = replacement([...inner.matchAll(RUN)].map((run) => plain(run[1] ?? "")).join(""));
      const prefix = tag.includes(":") ? `${tag.split(":")[0]}:` : "";
      return other === undefined ? whole : `<${tag}${attributes ?? ""}><${prefix}t>${escaped(other)}</${prefix}t></${tag}>`;
    });
    const after = grouped.replace(NODE, (whole, text: string) => {
      const other = WRITTEN.test(text) ? replacement(plain(text)) : undefined;
      return other === undefined ? whole : `>${escaped(other)}<`;
    });
    if (after !== before) changed.set(name, Buffer.from(after, "utf8"));
  }
  return changed.size === 0 ? bytes : rewriteZip(bytes, changed);
}

const NAMED: { readonly [name: string]: string } = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };
const plain = (text: string): string =>
  text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(amp|lt|gt|quot|apos));/giu, (whole, hex: string | undefined, decimal: string | undefined, name: string | undefined) => {
    if (name !== undefined) return NAMED[name.toLowerCase()] ?? whole;
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : "";
  });
const escaped = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
