// Sizes of what stands on a printed form: blocks become lines with a height and a way to draw themselves, at a given size of type.
import { paperWords as w } from "./paper-words.ts";
import type { Block, Column, Paper, PaperCell } from "./paper-model.ts";
import { fieldHeight, drawField, spanOf, type Sheet } from "./print-fields.ts";

/** One band across the page. `drawn` gets the height it was given, which is at least `height`. */
export type Line = { readonly height: number; readonly stretches: boolean; readonly keepWithNext: boolean; /** A section begins here. */ readonly opens?: true; readonly draw: (y: number, height: number) => void };

const PORTRAIT = { width: 92, height: 122 };
const PAD = 3;

const GREY = "#444444";
const RULE = "#555555";
const LABEL_FILL = "#F4F6F8";
const BAR_FILL = "#E3E9F0";

export const box = (sheet: Sheet, x: number, y: number, width: number, height: number, fill?: string): void => {
  if (fill !== undefined) sheet.type.pdf.rect(x, y, width, height).fill(fill);
  sheet.type.pdf.lineWidth(0.5).strokeColor(RULE).rect(x, y, width, height).stroke();
};

const middle = (sheet: Sheet, lines: readonly string[], size: number, x: number, y: number, height: number): void => {
  const step = size * 1.35;
  const top = y + height / 2 - ((lines.length - 1) * step) / 2;
  for (const [i, line] of lines.entries()) sheet.type.line(line, x, top + i * step, size, { colour: "#222222" });
};

/** A label a little too long for one line is set a little smaller before it is broken. */
function labelOf(sheet: Sheet, label: string, room: number): { readonly lines: readonly string[]; readonly size: number } {
  const wide = sheet.type.width(label, sheet.size);
  const size = wide > room && wide * 0.87 <= room ? (sheet.size * room) / wide - 0.01 : sheet.size;
  return { lines: sheet.type.lines(label, room, size), size };
}

/** The lowest band that can still be written in by hand. */
const lowest = (size: number): number => 8.5 + size * 1.15;

function bar(sheet: Sheet, title: string, note: string): Line {
  const height = sheet.size * 1.75;
  return {
    height,
    stretches: false,
    keepWithNext: true,
    opens: true,
    draw: (y, given) => {
      box(sheet, sheet.x, y, sheet.width, given, BAR_FILL);
      sheet.type.line(title, sheet.x + 5, y + given / 2, sheet.size + 0.5, { bold: true });
      if (note !== "") sheet.type.line(note, sheet.x + sheet.width - 5 - sheet.type.width(note, sheet.size - 1), y + given / 2, sheet.size - 1, { colour: GREY });
    },
  };
}

type Slot = { readonly cell: PaperCell; readonly from: number; readonly span: number };

/** Cells in rows of `columns`; what is left of a row goes to its last cell. */
function rowsOf(sheet: Sheet, cells: readonly PaperCell[], columns: number, width: number): Slot[][] {
  const rows: Slot[][] = [];
  let row: Slot[] = [];
  let used = 0;
  const close = (): void => {
    const last = row.at(-1);
    if (last) row[row.length - 1] = { ...last, span: columns - last.from };
    if (row.length > 0) rows.push(row);
    row = [];
    used = 0;
  };
  for (const cell of cells) {
    const span = spanOf(sheet, cell, columns, (n) => (width / columns) * n - sheet.label - 2 * PAD);
    if (used + span > columns) close();
    row.push({ cell, from: used, span });
    used += span;
  }
  close();
  return rows;
}

function cellRow(sheet: Sheet, slots: readonly Slot[], columns: number, width: number): Line {
  const label = sheet.label;
  const one = width / columns;
  const measured = slots.map(({ cell, from, span }) => {
    const inner = one * span - label - 2 * PAD;
    const { lines, size } = labelOf(sheet, `${cell.label}${cell.mark}`, label - 2 * PAD);
    return { cell, x: sheet.x + one * from, wide: one * span, inner, lines, size, height: Math.max(lowest(sheet.size), lines.length * sheet.size * 1.35 + 5, fieldHeight(sheet, cell.field, inner)) };
  });
  return {
    height: Math.max(...measured.map((each) => each.height)),
    stretches: true,
    keepWithNext: false,
    draw: (y, given) => {
      for (const { cell, x, wide, inner, lines, size } of measured) {
        box(sheet, x, y, label, given, LABEL_FILL);
        box(sheet, x + label, y, wide - label, given);
        middle(sheet, lines, size, x + PAD, y, given);
        drawField(sheet, cell.field, x + label + PAD, y, inner, given);
      }
    },
  };
}

/** Rows beside a place for the portrait; they stay together. */
function besidePortrait(sheet: Sheet, cells: readonly PaperCell[], picture: Buffer | undefined): { readonly line: Line; readonly rest: readonly PaperCell[] } {
  const width = sheet.width - PORTRAIT.width;
  const rows: Line[] = [];
  let taken = 0;
  let height = 0;
  for (const slots of rowsOf(sheet, cells, 2, width)) {
    if (height >= PORTRAIT.height) break;
    const row = cellRow(sheet, slots, 2, width);
    rows.push(row);
    taken += slots.length;
    height += row.height;
  }
  const whole = Math.max(height, PORTRAIT.height);
  return {
    rest: cells.slice(taken),
    line: {
      height: whole,
      stretches: true,
      keepWithNext: false,
      draw: (y, given) => {
        let at = y;
        for (const row of rows) {
          const share = (row.height / height) * given;
          row.draw(at, share);
          at += share;
        }
        const x = sheet.x + width;
        box(sheet, x, y, PORTRAIT.width, given);
        if (picture) sheet.type.pdf.image(picture, x + 3, y + 3, { fit: [PORTRAIT.width - 6, given - 6], align: "center", valign: "center" });
        else for (const [i, words] of w.photo[sheet.lang].split("\n").entries()) sheet.type.line(words, x + (PORTRAIT.width - sheet.type.width(words, sheet.size)) / 2, y + given / 2 + (i - 0.5) * sheet.size * 1.6, sheet.size, { colour: "#777777" });
      },
    },
  };
}

function tableLines(sheet: Sheet, columns: readonly Column[], rows: readonly (readonly string[])[], notes: readonly string[]): Line[] {
  const total = columns.reduce((sum, column) => sum + column.weight, 0);
  const widths = columns.map((column) => (column.weight / total) * sheet.width);
  const band = (texts: readonly string[], head: boolean): Line => {
    const cells = texts.map((text, i) => sheet.type.lines(text, (widths[i] ?? 0) - 2 * PAD, sheet.size));
    const most = Math.max(...cells.map((lines) => lines.length));
    return {
      height: Math.max(head ? sheet.size * 1.75 : lowest(sheet.size), most * sheet.size * 1.35 + 5),
      stretches: !head,
      keepWithNext: head,
      draw: (y, given) => {
        let x = sheet.x;
        for (const [i, lines] of cells.entries()) {
          const wide = widths[i] ?? 0;
          box(sheet, x, y, wide, given, head ? LABEL_FILL : undefined);
          const centred = head || i === 0;
          for (const [n, line] of lines.entries()) {
            const at = centred ? x + (wide - sheet.type.width(line, sheet.size)) / 2 : x + PAD;
            sheet.type.line(line, at, y + given / 2 + (n - (lines.length - 1) / 2) * sheet.size * 1.35, sheet.size);
          }
          x += wide;
        }
      },
    };
  };
  return [band(columns.map((column) => `${column.label}${column.mark}`), true), ...rows.map((row) => band(row, false)), ...(notes.length > 0 ? [noteLine(sheet, notes.join(sheet.lang === "zh" ? "；　" : ";  "))] : [])];
}

function noteLine(sheet: Sheet, text: string): Line {
  const size = Math.max(6.5, sheet.size - 1.5);
  const lines = sheet.type.lines(text, sheet.width - 4 * PAD, size);
  return {
    height: lines.length * size * 1.4 + 4,
    stretches: false,
    keepWithNext: false,
    draw: (y, given) => {
      box(sheet, sheet.x, y, sheet.width, given);
      for (const [i, line] of lines.entries()) sheet.type.line(line, sheet.x + 2 * PAD, y + 2 + size * 0.7 + i * size * 1.4, size, { colour: GREY });
    },
  };
}

function listLines(sheet: Sheet, entries: readonly string[]): Line[] {
  const longest = Math.max(...entries.map((entry) => sheet.type.width(entry, sheet.size)));
  const columns = Math.max(1, Math.min(6, Math.floor(sheet.width / (longest + 12))));
  const wide = sheet.width / columns;
  return Array.from({ length: Math.ceil(entries.length / columns) }, (_, row): Line => ({
    height: sheet.size * 1.55,
    stretches: false,
    keepWithNext: false,
    draw: (y, given) => {
      for (let i = 0; i < columns; i += 1) sheet.type.line(entries[row * columns + i] ?? "", sheet.x + i * wide + 6, y + given / 2, sheet.size);
    },
  }));
}

const SIGN = [
  [undefined, undefined],
  [w.collector, w.collectorOffice],
  [w.reviewer, w.reviewerOffice],
] as const;

/** Places to sign: the person, the collector, the reviewer. */
function signLine(sheet: Sheet, signature: string, picture: Buffer | undefined): Line {
  const wide = sheet.width / 3;
  const height = sheet.size * 7.4;
  return {
    height,
    stretches: false,
    keepWithNext: false,
    draw: (y, given) => {
      const step = given / 4;
      for (const [i, [who, office]] of SIGN.entries()) {
        const x = sheet.x + i * wide;
        box(sheet, x, y, wide, given);
        const first = who?.[sheet.lang] ?? signature;
        sheet.type.line(first, x + 5, y + step * 0.55, Math.min(sheet.size, (wide - 10) / sheet.type.width(first, 1, true)), { bold: true });
        const second = office === undefined ? sheet.type.lines(w.confirmed[sheet.lang], wide - 10, sheet.size - 1) : [`${office[sheet.lang]}${sheet.lang === "zh" ? "：" : ":"}`];
        for (const [n, line] of second.slice(0, 2).entries()) sheet.type.line(line, x + 5, y + step * 1.35 + n * (sheet.size + 1), sheet.size - (office === undefined ? 1 : 0), { colour: GREY });
        if (i === 0 && picture) sheet.type.pdf.image(picture, x + wide * 0.35, y + step * 1.6, { fit: [wide * 0.6, step * 1.5], align: "center", valign: "center" });
        else sheet.type.line(w.signs[sheet.lang], x + 5, y + step * 2.45, sheet.size, { colour: GREY });
        drawField(sheet, { kind: "date", month: false }, x + wide - sheet.size * 12, y + step * 3, sheet.size * 11.5, step);
      }
    },
  };
}

export type Pictures = { readonly portrait?: Buffer; readonly signature?: Buffer };

/** All bands of a form in order. */
export function linesOf(sheet: Sheet, paper: Paper, pictures: Pictures): Line[] {
  const lines = paper.blocks.flatMap((block: Block): Line[] => {
    if (block.kind === "bar") return [bar(sheet, block.title, block.note)];
    if (block.kind === "list") return listLines(sheet, block.entries);
    if (block.kind === "note") return [noteLine(sheet, block.text)];
    if (block.kind === "table") return tableLines(sheet, block.columns, block.rows, block.notes);
    const beside = block.portrait ? besidePortrait(sheet, block.cells, pictures.portrait) : undefined;
    return [...(beside ? [beside.line] : []), ...rowsOf(sheet, beside?.rest ?? block.cells, 3, sheet.width).map((row) => cellRow(sheet, row, 3, sheet.width))];
  });
  return paper.signature === undefined ? lines : [...lines, signLine(sheet, paper.signature, pictures.signature)];
}
