// The county report as a document (DOCX): title, sentences, tables with their bases, place for the seal.
import { AlignmentType, Document, Footer, Packer, PageNumber, Paragraph, Table, TableCell, TableRow, TextRun, WidthType } from "docx";
import type { Text } from "../../core/issue.ts";
import type { ReportView } from "./service.ts";

export type Language = "zh" | "en";
const font = { ascii: "Times New Roman", eastAsia: "仿宋", hAnsi: "Times New Roman" };
const headFont = { ascii: "Times New Roman", eastAsia: "黑体", hAnsi: "Times New Roman" };

/** @returns bytes of a DOCX file in one language */
export async function reportDocument(report: ReportView, language: Language): Promise<Uint8Array> {
  const say = (text: Text): string => text[language];
  const paragraph = (text: string): Paragraph => new Paragraph({ indent: { firstLine: 640 }, spacing: { line: 400 }, children: [new TextRun({ text, font, size: 28 })] });
  const words = language === "zh" ? { asOf: "统计时点", digest: "数据摘要", seal: "（公章）", made: "制表人", base: "口径" } : { asOf: "Figures as of", digest: "Digest of the figures", seal: "(seal)", made: "Made by", base: "of" };
  const children: (Paragraph | Table)[] = [
    new Paragraph({ alignment: AlignmentType.CENTER, spacing: { after: 300 }, children: [new TextRun({ text: say(report.title), font: headFont, size: 36, bold: true })] }),
    ...report.paragraphs.map((text) => paragraph(say(text))),
    heading(language === "zh" ? "主要数据" : "Main figures"),
    grid(
      [language === "zh" ? "指标" : "Figure", language === "zh" ? "数量" : "Count", language === "zh" ? "占比（基数）" : "Share (base)"],
      report.figures.map((figure) => [say(figure.label), String(figure.count), figure.base === undefined ? "" : figure.base === 0 ? "—" : `${((figure.count / figure.base) * 100).toFixed(1)}% (${figure.count}/${figure.base})`]),
    ),
    ...report.tables.flatMap((table) => [heading(say(table.title)), grid(table.columns.map(say), table.rows.map((row) => row.map((cell) => (typeof cell === "object" ? say(cell) : String(cell)))))]),
    new Paragraph({ spacing: { before: 600 }, alignment: AlignmentType.RIGHT, children: [new TextRun({ text: `${report.area.name}  ${words.seal}`, font, size: 28 })] }),
    new Paragraph({ alignment: AlignmentType.RIGHT, children: [new TextRun({ text: `${words.asOf} ${report.asOf.slice(0, 16).replace("T", " ")} UTC  ${words.made} ${report.madeBy}`, font, size: 24 })] }),
  ];
  const document = new Document({
    creator: "Qingce 清册",
    title: say(report.title),
    sections: [
      {
        footers: { default: new Footer({ children: [new Paragraph({ alignment: AlignmentType.CENTER, children: [new TextRun({ children: [PageNumber.CURRENT, " / ", PageNumber.TOTAL_PAGES], size: 18 }), new TextRun({ text: `   ${words.digest} ${report.digest.slice(0, 16)}`, size: 16 })] })] }) },
        children,
      },
    ],
  });
  return new Uint8Array(await Packer.toBuffer(document));
}

const heading = (text: string): Paragraph => new Paragraph({ spacing: { before: 360, after: 160 }, children: [new TextRun({ text, font: headFont, size: 30, bold: true })] });

function grid(head: readonly string[], rows: readonly (readonly string[])[]): Table {
  const size = head.length > 8 ? 15 : 21;
  const line = (cells: readonly string[], bold: boolean): TableRow =>
    new TableRow({ tableHeader: bold, cantSplit: true, children: cells.map((text) => new TableCell({ margins: { left: 60, right: 60 }, ...(bold && { shading: { fill: "EEF2F6" } }), children: [new Paragraph({ children: [new TextRun({ text, font: bold ? headFont : font, size, bold })] })] })) });
  return new Table({ width: { size: 100, type: WidthType.PERCENTAGE }, rows: [line(head, true), ...rows.map((row) => line(row, false))] });
}
