// A card as a file: what a reader's own program exported, as JSON, as lines `姓名：张三`, or as a table of a heading line and one line.
import { accepted } from "./bridges.ts";
import { cardOf, type CardReading, ReaderFault } from "./card.ts";

const MOST_BYTES = 1_000_000;

const cells = (line: string): string[] => line.split(/[,\t，]/u).map((cell) => cell.trim().replace(/^"(.*)"$/u, "$1"));

/** Reads the text of an export. @throws ReaderFault not-understood */
export function cardOfText(text: string): CardReading {
  const plain = text.replace(/^\ufeff/u, "").trim();
  if (plain.startsWith("{") || plain.startsWith("[")) {
    let parsed: unknown;
    try {
      parsed = JSON.parse(plain);
    } catch {
      throw new ReaderFault("not-understood");
    }
    return cardOf(accepted(Array.isArray(parsed) ? parsed[0] : parsed));
  }
  const lines = plain.split(/\r?\n/u).filter((line) => line.trim() !== "");
  const [headings, values] = [cells(lines[0] ?? ""), cells(lines[1] ?? "")];
  if (lines.length === 2 && headings.length >= 3 && headings.length === values.length) return cardOf(Object.fromEntries(headings.map((heading, i) => [heading, values[i] ?? ""])));
  return cardOf(
    Object.fromEntries(
      lines.flatMap((line) => {
        const found = /^\s*([^:：=]+?)\s*[:：=]\s*(.*)$/u.exec(line);
        return found ? [[found[1] ?? "", found[2] ?? ""]] : [];
      }),
    ),
  );
}

/** UTF-8, or else GB 18030, which such programs write on Chinese machines. @throws ReaderFault not-understood */
export async function cardOfFile(file: Blob): Promise<CardReading> {
  if (file.size > MOST_BYTES) throw new ReaderFault("not-understood");
  const bytes = await file.arrayBuffer();
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    text = new TextDecoder("gb18030").decode(bytes);
  }
  return cardOfText(text);
}
