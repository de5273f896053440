// Rows of an XLSX sheet, pulled one chunk at a time: the file is inflated no faster than its rows are used, and a cell
// says when its value comes from a formula. Text is scanned forwards only, so no input makes it slow.
import { Problem } from "../core/problem.ts";
import type { Cell, SheetRow } from "./sheet-row.ts";
import { openZip, type ZipParts } from "./zip-parts.ts";

export type Workbook = { readonly sheets: readonly string[]; rows(sheet: string): AsyncGenerator<readonly SheetRow[]>; expectedRows(sheet: string): Promise<number> };

const SMALL_PART = 32 << 20;
const STRINGS_PART = 256 << 20;
const SHEET_PART = 1 << 30;
const LONGEST_ROW = 16 << 20;
/** Columns further right are not read. */
const MOST_COLUMNS = 512;
const DAY = 86_400_000;

const damaged = (): Problem => new Problem("file-not-readable", { zh: "工作簿已损坏，请用表格软件打开后另存为 xlsx", en: "The workbook is damaged; open it and save it as xlsx again" });

/** @throws Problem file-not-readable */
export function openXlsx(bytes: Buffer): Workbook {
  const zip = openZip(bytes);
  const workbookPath = zip.names.find((name) => /^xl\/workbook\d*\.xml$/iu.test(name));
  if (workbookPath === undefined) throw notWorkbook(zip);
  const workbook = text(zip, workbookPath);
  const targets = new Map(tags(text(zip, workbookPath.replace(/([^/]+)$/u, "_rels/$1.rels")), "Relationship").map((attrs) => [attr(attrs, "Id"), path(attr(attrs, "Target"))]));
  const found = tags(workbook, "sheet").map((attrs) => ({ name: unescape(attr(attrs, "name")), part: targets.get(attr(attrs, "id")), hidden: /hidden/iu.test(attr(attrs, "state")) }));
  const sheets = found.filter((sheet) => sheet.part !== undefined && /worksheets\//iu.test(sheet.part));
  const shown = sheets.filter((sheet) => !sheet.hidden);
  const epoch = /date1904\s*=\s*["'](?:1|true)/iu.test(workbook) ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, 30);
  let shared: { readonly strings: readonly string[]; readonly dates: ReadonlySet<number> } | undefined;
  return {
    sheets: shown.map((sheet) => sheet.name),
    async *rows(name) {
      const part = sheets.find((sheet) => sheet.name === name)?.part;
      if (part === undefined) throw new Problem("sheet-not-found");
      shared ??= { strings: sharedStrings(zip), dates: dateStyles(zip) };
      yield* sheetRows(zip, part, shared.strings, shared.dates, epoch);
    },
    async expectedRows(name) {
      const part = sheets.find((sheet) => sheet.name === name)?.part;
      if (part === undefined) return 0;
      for await (const chunk of zip.stream(part, SHEET_PART)) return Number(/<(?:\w+:)?dimension ref="[A-Z]+\d+:[A-Z]+(\d{1,7})"/u.exec(chunk.toString("latin1", 0, 8192))?.[1] ?? 0);
      return 0;
    },
  };
}

const notWorkbook = (zip: ZipParts): Problem => {
  const known: readonly (readonly [RegExp, string, string])[] = [
    [/^word\//u, "这是 Word 文档，不是表格", "This is a Word document, not a workbook"],
    [/^ppt\//u, "这是演示文稿，不是表格", "This is a presentation, not a workbook"],
    [/^xl\/workbook\.bin$/u, "这是 xlsb 格式，请另存为 xlsx", "This is an xlsb workbook; save it as xlsx"],
    [/^content\.xml$/u, "这是 ODS 格式，请另存为 xlsx", "This is an ODS file; save it as xlsx"],
  ];
  const hit = known.find(([pattern]) => zip.names.some((name) => pattern.test(name)));
  return new Problem("file-not-readable", hit ? { zh: hit[1], en: hit[2] } : { zh: "这是压缩包，不是表格；请解压后上传其中的 xlsx 或 csv", en: "This is an archive, not a workbook; unpack it and upload the xlsx or csv inside" });
};

const text = (zip: ZipParts, name: string): string => {
  const xml = zip.read(name, SMALL_PART)?.toString("utf8") ?? "";
  if (/<!DOCTYPE|<!ENTITY/iu.test(xml)) throw damaged();
  return xml;
};
const path = (target: string): string => (target.startsWith("/") ? target.slice(1) : `xl/${target.replace(/^\.\//u, "")}`);

/** Attributes of every element of that local name, whatever its prefix. */
const tags = (xml: string, local: string): string[] => [...xml.matchAll(new RegExp(`<(?:\\w+:)?${local}(?=[\\s/>])([^>]*)>`, "gu"))].map((hit) => hit[1] ?? "");
const attr = (attrs: string, local: string): string => new RegExp(`(?:^|[\\s:])${local}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`, "u").exec(attrs)?.slice(1).find((value) => value !== undefined) ?? "";

const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };
const unescape = (raw: string): string => {
  let out = raw;
  if (out.includes("&")) out = out.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w{1,5}));/giu, (whole, hex: string | undefined, decimal: string | undefined, name: string | undefined) => {
    if (name !== undefined) return ENTITIES[name] ?? whole;
    const point = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    return point <= 0x10ffff ? String.fromCodePoint(point) : "";
  });
  return out.includes("_x") ? out.replace(/_x([0-9a-f]{4})_/giu, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))) : out;
};

/** All `<t>` texts of a rich or plain string, phonetic guides (`rPh`) left out. */
function plainText(xml: string): string {
  const body = xml.includes("rPh") ? withoutPhonetics(xml) : xml;
  let out = "";
  for (let at = 0; ; ) {
    const open = nextTag(body, "t", at);
    if (open === undefined) return unescape(out);
    const close = open.empty ? open.end : body.indexOf("<", open.end);
    if (close < 0) return unescape(out);
    if (!open.empty) out += body.slice(open.end, close);
    at = close;
  }
}

function withoutPhonetics(xml: string): string {
  let out = "";
  for (let at = 0; ; ) {
    const open = nextTag(xml, "rPh", at);
    const end = open === undefined || open.empty ? -1 : xml.indexOf("rPh>", open.end);
    if (open === undefined || end < 0) return out + xml.slice(at);
    out += xml.slice(at, open.start);
    at = end + 4;
  }
}

type Tag = { readonly start: number; readonly end: number; readonly attrs: string; readonly empty: boolean };
/** The next opening tag of that name from `from` on; a prefix of at most eight letters is not looked at. */
function nextTag(xml: string, name: string, from: number): Tag | undefined {
  for (let at = xml.indexOf("<", from); at >= 0; at = xml.indexOf("<", at + 1)) {
    const nameAt = xml.startsWith(name, at + 1) ? at + 1 : afterPrefix(xml, at + 1, name);
    if (nameAt < 0) continue;
    const after = xml.charCodeAt(nameAt + name.length);
    if (after !== 62 && after !== 47 && after > 32) continue;
    const end = xml.indexOf(">", nameAt);
    if (end < 0) return undefined;
    const empty = xml.charCodeAt(end - 1) === 47;
    return { start: at, end: end + 1, attrs: xml.slice(nameAt + name.length, empty ? end - 1 : end), empty };
  }
  return undefined;
}

function afterPrefix(xml: string, from: number, name: string): number {
  for (let i = from; i < from + 9; i += 1) {
    const code = xml.charCodeAt(i);
    if (code === 58) return xml.startsWith(name, i + 1) ? i + 1 : -1;
    if (code === 62 || code === 32 || code === 47) return -1;
  }
  return -1;
}

function sharedStrings(zip: ZipParts): string[] {
  const name = zip.names.find((part) => /^xl\/sharedStrings\.xml$/iu.test(part));
  const xml = name === undefined ? "" : (zip.read(name, STRINGS_PART)?.toString("utf8") ?? "");
  if (/<!DOCTYPE|<!ENTITY/iu.test(xml.slice(0, 4096))) throw damaged();
  const close = closing(xml, "si");
  const strings: string[] = [];
  for (let at = 0; ; ) {
    const open = nextTag(xml, "si", at);
    if (open === undefined) return strings;
    const end = open.empty ? open.end : xml.indexOf(close, open.end);
    if (end < 0) throw damaged();
    strings.push(open.empty ? "" : plainText(xml.slice(open.end, end)));
    at = end;
  }
}

/** The closing tag as this document writes it, with its prefix if it has one. */
const closing = (xml: string, name: string): string => `</${new RegExp(`</(\\w+:)?${name}>`, "u").exec(xml)?.[1] ?? ""}${name}>`;

/** Numbers of the cell formats that show a date. */
function dateStyles(zip: ZipParts): Set<number> {
  const name = zip.names.find((part) => /^xl\/styles\.xml$/iu.test(part));
  const xml = name === undefined ? "" : text(zip, name);
  const own = new Map(tags(xml, "numFmt").map((attrs) => [Number(attr(attrs, "numFmtId")), unescape(attr(attrs, "formatCode")).slice(0, 255)]));
  const formats = nextTag(xml, "cellXfs", 0);
  const cellXfs = formats === undefined ? "" : xml.slice(formats.end, xml.indexOf("cellXfs>", formats.end));
  const isDate = (id: number): boolean => (own.has(id) ? /[ymdhs年月日]/iu.test((own.get(id) ?? "").replace(/"[^"]*"|\[[^\]]*\]|\\./gu, "")) : (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58));
  return new Set(tags(cellXfs, "xf").flatMap((attrs, i) => (isDate(Number(attr(attrs, "numFmtId"))) ? [i] : [])));
}

async function* sheetRows(zip: ZipParts, part: string, strings: readonly string[], dates: ReadonlySet<number>, epoch: number): AsyncGenerator<readonly SheetRow[]> {
  const decoder = new TextDecoder("utf-8");
  let rest = "";
  let close: string | undefined;
  let last = 0;
  for await (const chunk of zip.stream(part, SHEET_PART)) {
    rest += decoder.decode(chunk, { stream: true });
    close ??= rest.includes("row>") ? closing(rest, "row") : undefined;
    const cut = close === undefined ? -1 : rest.lastIndexOf(close);
    if (cut < 0) {
      if (rest.length > LONGEST_ROW) throw damaged();
      continue;
    }
    const rows = readRows(rest.slice(0, cut), close ?? "</row>", last, { strings, dates, epoch });
    rest = rest.slice(cut + (close?.length ?? 0));
    last = rows.at(-1)?.no ?? last;
    yield rows;
  }
}

type Book = { readonly strings: readonly string[]; readonly dates: ReadonlySet<number>; readonly epoch: number };

/** `xml` ends where the last row's closing tag stood. */
function readRows(xml: string, close: string, before: number, book: Book): SheetRow[] {
  const rows: SheetRow[] = [];
  let last = before;
  for (let at = 0; ; ) {
    const open = nextTag(xml, "row", at);
    if (open === undefined) return rows;
    const end = open.empty ? open.end : xml.indexOf(close, open.end);
    const claimed = Number(attr(open.attrs, "r"));
    last = claimed > last && claimed <= 1_048_576 ? claimed : last + 1;
    if (!open.empty) rows.push(readCells(xml.slice(open.end, end < 0 ? xml.length : end), last, book));
    if (end < 0) return rows;
    at = end;
  }
}

function readCells(xml: string, no: number, book: Book): SheetRow {
  const cells: Cell[] = [];
  const formulas: number[] = [];
  let column = -1;
  for (let at = 0; ; ) {
    const open = nextTag(xml, "c", at);
    if (open === undefined) break;
    const end = open.empty ? open.end : closeOfCell(xml, open.end);
    at = end;
    column = columnOf(open.attrs) ?? column + 1;
    if (open.empty || column >= MOST_COLUMNS) continue;
    const inner = xml.slice(open.end, end);
    while (cells.length < column) cells.push(null);
    cells[column] = valueOf(open.attrs, inner, book);
    if (nextTag(inner, "f", 0) !== undefined) formulas.push(column);
  }
  return formulas.length > 0 ? { no, cells, formulas } : { no, cells };
}

/** Where the cell's own closing tag begins: `</c>` or `</x:c>`. */
function closeOfCell(xml: string, from: number): number {
  for (let at = xml.indexOf("c>", from); at >= 0; at = xml.indexOf("c>", at + 1)) {
    const before = xml.charCodeAt(at - 1);
    if (before === 47) return at - 2;
    const tag = before === 58 ? xml.slice(Math.max(from, at - 11), at).lastIndexOf("</") : -1;
    if (tag >= 0) return Math.max(from, at - 11) + tag;
  }
  throw damaged();
}

function columnOf(attrs: string): number | undefined {
  const at = attrs.indexOf("r=");
  if (at < 0 || (at > 0 && attrs.charCodeAt(at - 1) > 32)) return undefined;
  let column = 0;
  for (let i = at + 3; i < attrs.length; i += 1) {
    const letter = attrs.charCodeAt(i);
    if (letter < 65 || letter > 90) break;
    column = column * 26 + letter - 64;
    if (column > 16_384) throw damaged();
  }
  return column === 0 ? undefined : column - 1;
}

function valueOf(attrs: string, inner: string, book: Book): Cell {
  const type = attrs.includes("t=") ? attr(attrs, "t") : "n";
  if (type === "inlineStr") return plainText(inner);
  const open = nextTag(inner, "v", 0);
  if (open === undefined || open.empty) return null;
  const close = inner.indexOf("<", open.end);
  const raw = inner.slice(open.end, close < 0 ? inner.length : close);
  if (type === "s") return book.strings[Number(raw)] ?? null;
  if (type === "str" || type === "e" || type === "d") return unescape(raw);
  if (type === "b") return raw === "1" || raw.toLowerCase() === "true";
  if (raw === "") return null;
  const number = Number(raw);
  if (Number.isNaN(number)) return unescape(raw);
  const style = attrs.includes("s=") ? Number(attr(attrs, "s")) : -1;
  return book.dates.has(style) ? new Date(book.epoch + Math.round(number * DAY)) : number;
}
