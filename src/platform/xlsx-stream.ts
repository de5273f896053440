// Writes a workbook of any number of rows as a stream: texts stand inline, so that nothing is kept for the end. Texts that a sheet program
// could take for a formula are kept as text with an apostrophe in front, as in every file that leaves.
import { columnName, inert } from "./spreadsheet.ts";
import { zipStream } from "./zip-stream.ts";

export type StreamCell = string | number | null;
export type StreamSheet = {
  readonly name: string;
  /** Rows in stretches; the first `headRows` are bold and stay in view. */
  readonly rows: AsyncIterable<readonly (readonly StreamCell[])[]> | Iterable<readonly (readonly StreamCell[])[]>;
  readonly headRows?: number;
  readonly widths?: readonly number[];
  /** Stands at the foot of every printed page. */
  readonly foot?: string;
};
/** Rows that one sheet may hold (ECMA-376). */
export const MOST_SHEET_ROWS = 1_048_576;

// oxlint-disable-next-line no-control-regex -- XML 1.0 has no place for these
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/gu;
const NEEDS = /[&<>\r]|[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff\ud800-\udfff]/u; // oxlint-disable-line no-control-regex -- see above
/** XLSX writes characters that XML cannot hold, and text that looks like such a writing, as _xHHHH_. */
const escaped = (text: string): string =>
  (NEEDS.test(text) ? text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll("\r", "_x000D_").replace(FORBIDDEN, (char) => (char.charCodeAt(0) < 32 ? `_x${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}_` : "\ufffd")) : text);
const written = (text: string): string => escaped(text.includes("_x") ? text.replace(/_(?=x[0-9A-Fa-f]{4}_)/gu, "_x005F_") : text);

function rowXml(no: number, cells: readonly StreamCell[], style: string): string {
  let xml = `<row r="${no}">`;
  for (const cell of cells) {
    if (cell === null || cell === "") xml += "<c/>";
    else if (typeof cell === "number") xml += Number.isFinite(cell) ? `<c${style}><v>${cell}</v></c>` : "<c/>";
    else xml += `<c${style} t="inlineStr"><is><t xml:space="preserve">${written(inert(cell))}</t></is></c>`;
  }
  return `${xml}</row>`;
}

async function* sheetXml({ rows, headRows = 0, widths = [], foot }: StreamSheet): AsyncGenerator<string> {
  const pane = headRows > 0 ? `<sheetViews><sheetView workbookViewId="0"><pane ySplit="${headRows}" topLeftCell="${columnName(0)}${headRows + 1}" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>` : "";
  const columns = widths.length > 0 ? `<cols>${widths.map((width, i) => `<col min="${i + 1}" max="${i + 1}" width="${width}" customWidth="1"/>`).join("")}</cols>` : "";
  yield `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">${pane}${columns}<sheetData>`;
  let no = 0;
  for await (const stretch of rows) {
    let xml = "";
    for (const cells of stretch) {
      no += 1;
      if (no > MOST_SHEET_ROWS) throw new RangeError("a sheet holds no more rows");
      xml += rowXml(no, cells, no <= headRows ? ' s="1"' : "");
    }
    if (xml !== "") yield xml;
  }
  yield `</sheetData>${foot === undefined ? "" : `<headerFooter><oddFooter>&amp;L${escaped(foot.replaceAll("&", "&&"))}&amp;R&amp;P / &amp;N</oddFooter></headerFooter>`}</worksheet>`;
}

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const STYLES = `${HEAD}<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><fonts count="2"><font><sz val="11"/><name val="宋体"/></font><font><b/><sz val="11"/><name val="宋体"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`;
const RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const MAIN = "application/vnd.openxmlformats-officedocument.spreadsheetml";

/** The bytes of a workbook with these sheets, in order. @throws RangeError past the rows of a sheet */
export function xlsxStream(sheets: readonly StreamSheet[]): AsyncGenerator<Buffer, void, undefined> {
  const each = (make: (no: number) => string): string => sheets.map((_, i) => make(i + 1)).join("");
  return zipStream([
    { name: "[Content_Types].xml", content: `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${MAIN}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${MAIN}.styles+xml"/>${each((no) => `<Override PartName="/xl/worksheets/sheet${no}.xml" ContentType="${MAIN}.worksheet+xml"/>`)}</Types>` },
    { name: "_rels/.rels", content: `${HEAD}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>` },
    { name: "xl/workbook.xml", content: `${HEAD}<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="${RELATIONS}"><sheets>${sheets.map(({ name }, i) => `<sheet name="${escaped(name)}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`).join("")}</sheets></workbook>` },
    { name: "xl/_rels/workbook.xml.rels", content: `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${each((no) => `<Relationship Id="rId${no}" Type="${RELATIONS}/worksheet" Target="worksheets/sheet${no}.xml"/>`)}<Relationship Id="rId${sheets.length + 1}" Type="${RELATIONS}/styles" Target="styles.xml"/></Relationships>` },
    { name: "xl/styles.xml", content: STYLES },
    ...sheets.map((sheet, i) => ({ name: `xl/worksheets/sheet${i + 1}.xml`, content: sheetXml(sheet) })),
  ]);
}
