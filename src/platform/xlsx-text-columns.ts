// Gives whole columns of a written XLSX the text format, so that a number typed into an empty cell keeps all its digits. The writer formats
// only the cells it is given.
import { openZip, rewriteZip } from "./zip-parts.ts";

const STYLES = "xl/styles.xml";
const MOST_BYTES = 256 << 20;
const TEXT = '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="true"/>';

/** `columns` are the text columns (0-based) of each sheet in order. The workbook is one of our own. */
export function withTextColumns(bytes: Uint8Array, columns: readonly (readonly number[])[]): Uint8Array {
  if (columns.every((own) => own.length === 0)) return bytes;
  const container = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parts = openZip(container);
  const read = (name: string): string => parts.read(name, MOST_BYTES)?.toString("utf8") ?? "";
  const styles = read(STYLES);
  const style = Number(/<cellXfs count="(\d+)"/u.exec(styles)?.[1] ?? Number.NaN);
  if (Number.isNaN(style)) throw new Error("a written workbook has no cell formats");
  const changed = new Map([[STYLES, Buffer.from(styles.replace(/<cellXfs count="\d+">/u, `<cellXfs count="${style + 1}">`).replace("</cellXfs>", `${TEXT}</cellXfs>`))]]);
  for (const [i, own] of columns.entries()) {
    const name = `xl/worksheets/sheet${i + 1}.xml`;
    const wanted = new Set(own.map((column) => String(column + 1)));
    if (wanted.size > 0) changed.set(name, Buffer.from(read(name).replace(/<col min="(\d+)" max="\1" /gu, (col: string, number: string) => (wanted.has(number) ? `${col}style="${style}" ` : col))));
  }
  return rewriteZip(container, changed);
}
