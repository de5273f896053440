// The fields of a printed form: what room each needs and how it looks, blank (lines, squares, boxes to tick) or filled.
import type { Field, PaperCell, Tick } from "./paper-model.ts";
import { paperWords as w } from "./paper-words.ts";
import type { Lang } from "./item-words.ts";
import type { Type } from "./print-type.ts";

/** Where and how large a form is drawn. */
export type Sheet = { readonly type: Type; readonly lang: Lang; readonly size: number; readonly x: number; readonly width: number; /** Width of the labels' cells. */ readonly label: number };

type Piece = { readonly before: string; readonly box: boolean; readonly ticked: boolean; readonly text: string };
const INK = "#111111";
const LINE = "#888888";

/** Sub-options stand in brackets behind their parent. */
const piecesOf = (ticks: readonly Tick[], lang: Lang): Piece[] =>
  ticks.flatMap((tick) => {
    const subs = piecesOf(tick.subs, lang);
    const own: Piece = { before: "", box: tick.box, ticked: tick.ticked, text: tick.text };
    return [own, ...subs.map((sub, i): Piece => ({ ...sub, before: `${i === 0 ? (lang === "zh" ? "（" : "(") : ""}${sub.before}`, text: `${sub.text}${i === subs.length - 1 ? (lang === "zh" ? "）" : ")") : ""}` }))];
  });

const boxSide = (size: number): number => size * 0.86;
const gap = (size: number): number => size * 0.75;
const pieceWidth = ({ type, size }: Sheet, piece: Piece): number => type.width(piece.before, size) + (piece.box ? boxSide(size) + size * 0.22 : 0) + type.width(piece.text, size);

type Run = { readonly piece: Piece; readonly x: number; readonly line: number; readonly texts: readonly string[] };

/** Where each option stands; one that is wider than the room is broken into lines of its own. */
function flow(sheet: Sheet, ticks: readonly Tick[], room: number): { readonly runs: readonly Run[]; readonly lines: number } {
  const runs: Run[] = [];
  let x = 0;
  let line = 0;
  for (const piece of piecesOf(ticks, sheet.lang)) {
    const wide = pieceWidth(sheet, piece);
    if (x > 0 && x + wide > room) {
      x = 0;
      line += 1;
    }
    const texts = wide <= room ? [piece.text] : sheet.type.lines(piece.text, room - boxSide(sheet.size) - sheet.size * 0.3 - sheet.type.width(piece.before, sheet.size), sheet.size);
    runs.push({ piece, x, line, texts });
    line += texts.length - 1;
    x = texts.length > 1 ? room : x + wide + gap(sheet.size);
  }
  return { runs, lines: line + 1 };
}

const leading = (size: number): number => size * 1.55;

/** Thirds (of `columns`) that a cell takes: options want one line where the page allows it. */
export function spanOf(sheet: Sheet, cell: PaperCell, columns: number, roomOf: (span: number) => number): number {
  if (cell.field.kind !== "ticks") return Math.min(cell.wants, columns);
  for (let span = Math.min(cell.wants, columns); span < columns; span += 1) if (flow(sheet, cell.field.ticks, roomOf(span)).lines === 1) return span;
  return columns;
}

/** Height a field needs within `room`, margins included. */
export function fieldHeight(sheet: Sheet, field: Field, room: number): number {
  const { type, size } = sheet;
  switch (field.kind) {
    case "ticks":
      return flow(sheet, field.ticks, room).lines * leading(size) + 4;
    case "long":
      return Math.max(field.text === undefined ? field.lines * size * 1.75 : 0, type.lines(field.text ?? "", room, size).length * size * 1.4 + 5);
    case "line":
      return type.lines(`${field.text ?? ""}${field.text === undefined ? "" : (field.unit ?? "")}`, room, size).length * size * 1.4 + 5;
    case "area":
    case "coded":
      return type.lines(field.text ?? "", room - (field.kind === "coded" ? codeRoom(sheet, field.digits) : 0), size).length * size * 1.4 + 5;
    case "squares":
      return squareSide(sheet, field.count, room) + 5;
    case "date":
      return size * 1.4 + 5;
  }
}

const squareSide = ({ size }: Sheet, count: number, room: number): number => Math.min(size * 1.65, room / count);
const codeRoom = (sheet: Sheet, digits: number): number => digits === 0 ? 0 : sheet.type.width(w.code[sheet.lang], sheet.size - 1) + digits * sheet.size * 1.25 + 8;

/** Draws a field in the middle of its band. */
export function drawField(sheet: Sheet, field: Field, x: number, y: number, room: number, height: number): void {
  const centre = y + height / 2;
  switch (field.kind) {
    case "ticks":
      return drawTicks(sheet, field.ticks, x, y, room, height);
    case "line":
      return field.text === undefined ? drawBlankLine(sheet, field.unit, x, centre, room) : drawText(sheet, `${field.text}${field.unit === undefined ? "" : ` ${field.unit}`}`, x, centre, room);
    case "long":
      return field.text === undefined ? drawRules(sheet, field.lines, x, y, room, height) : drawText(sheet, field.text, x, centre, room);
    case "squares":
      return drawSquares(sheet, field.count, field.text, x, centre, squareSide(sheet, field.count, room));
    case "date":
      return drawDate(sheet, field, x, centre, room);
    case "area":
      return field.text === undefined ? drawArea(sheet, x, centre, room) : drawText(sheet, field.text, x, centre, room);
    case "coded":
      return drawCoded(sheet, field, x, centre, room);
  }
}

function drawText(sheet: Sheet, text: string, x: number, centre: number, room: number): void {
  const lines = sheet.type.lines(text, room, sheet.size);
  const step = sheet.size * 1.4;
  for (const [i, line] of lines.entries()) sheet.type.line(line, x, centre + (i - (lines.length - 1) / 2) * step, sheet.size, { colour: INK });
}

const rule = ({ type }: Sheet, from: number, to: number, y: number): void => {
  if (to > from) type.pdf.lineWidth(0.4).strokeColor(LINE).moveTo(from, y).lineTo(to, y).stroke();
};

function drawBlankLine(sheet: Sheet, unit: string | undefined, x: number, centre: number, room: number): void {
  if (unit === undefined) return;
  sheet.type.line(unit, x + room - sheet.type.width(unit, sheet.size), centre, sheet.size, { colour: "#444444" });
}

function drawRules(sheet: Sheet, lines: number, x: number, y: number, room: number, height: number): void {
  for (let i = 1; i < lines; i += 1) rule(sheet, x, x + room, y + (height / lines) * i);
}

function drawSquares(sheet: Sheet, count: number, text: string | undefined, x: number, centre: number, side: number): void {
  const { pdf } = sheet.type;
  const characters = [...(text ?? "")];
  if (characters.length > count) return sheet.type.line(text ?? "", x, centre, sheet.size);
  pdf.lineWidth(0.5).strokeColor("#666666");
  for (let i = 0; i < count; i += 1) pdf.rect(x + i * side, centre - side / 2, side, side).stroke();
  for (const [i, character] of characters.entries()) {
    const size = Math.min(sheet.size, side * 0.8);
    sheet.type.line(character, x + i * side + (side - sheet.type.width(character, size)) / 2, centre, size);
  }
}

function drawDate(sheet: Sheet, field: Field & { readonly kind: "date" }, x: number, centre: number, room: number): void {
  const { lang, size, type } = sheet;
  const words = [w.year[lang], w.month[lang], ...(field.month ? [] : [w.day[lang]])];
  const parts = field.text?.split("-") ?? [];
  if (field.text !== undefined && (parts.length !== words.length || parts.some((part) => !/^\d+$/u.test(part)))) return drawText(sheet, field.text, x, centre, room);
  if (field.text !== undefined) return drawText(sheet, parts.map((part, i) => `${i === 0 ? part : Number(part)}${words[i] ?? ""}`).join(""), x, centre, room);
  const wordsWidth = words.reduce((sum, word) => sum + type.width(word, size), 0);
  const shares = field.month ? [0.58, 0.42] : [0.44, 0.28, 0.28];
  const free = Math.min(room, size * (field.month ? 9 : 13)) - wordsWidth;
  let at = x;
  for (const [i, word] of words.entries()) {
    const wide = free * (shares[i] ?? 0);
    rule(sheet, at + 1, at + wide - 1, centre + size * 0.6);
    at += wide;
    type.line(word, at, centre, size, { colour: "#444444" });
    at += type.width(word, size);
  }
}

function drawArea(sheet: Sheet, x: number, centre: number, room: number): void {
  const words = [w.province, w.city, w.county, w.township, w.village].map((word) => word[sheet.lang]);
  const size = sheet.size - 0.5;
  const free = (room - words.reduce((sum, word) => sum + sheet.type.width(word, size), 0)) / words.length;
  let at = x;
  for (const word of words) {
    rule(sheet, at + 1, at + free - 1, centre + size * 0.6);
    at += free;
    sheet.type.line(word, at, centre, size, { colour: "#444444" });
    at += sheet.type.width(word, size);
  }
}

function drawCoded(sheet: Sheet, field: Field & { readonly kind: "coded" }, x: number, centre: number, room: number): void {
  const side = sheet.size * 1.25;
  const behind = codeRoom(sheet, field.digits);
  if (field.text === undefined) rule(sheet, x, x + room - behind - 2, centre + sheet.size * 0.6);
  else drawText(sheet, field.text, x, centre, room - behind);
  if (field.digits === 0) return;
  const at = x + room - behind + 2;
  sheet.type.line(w.code[sheet.lang], at, centre, sheet.size - 1, { colour: "#444444" });
  drawSquares(sheet, field.digits, field.code, at + sheet.type.width(w.code[sheet.lang], sheet.size - 1) + 2, centre, side);
}

function drawTicks(sheet: Sheet, ticks: readonly Tick[], x: number, y: number, room: number, height: number): void {
  const { type, size } = sheet;
  const { runs, lines } = flow(sheet, ticks, room);
  const step = leading(size);
  const top = y + height / 2 - ((lines - 1) * step) / 2;
  for (const { piece, x: from, line, texts } of runs) {
    const centre = top + line * step;
    let at = x + from;
    if (piece.before !== "") {
      type.line(piece.before, at, centre, size);
      at += type.width(piece.before, size);
    }
    if (piece.box) {
      drawBox(sheet, at, centre, piece.ticked);
      at += boxSide(size) + size * 0.22;
    }
    for (const [i, text] of texts.entries()) type.line(text, at, centre + i * step, size, { colour: INK });
  }
}

/** A square, with a tick drawn as two strokes, so that it does not depend on a shape in the type. */
function drawBox({ type: { pdf }, size }: Sheet, x: number, centre: number, ticked: boolean): void {
  const side = boxSide(size);
  const top = centre - side / 2;
  pdf.lineWidth(0.6).strokeColor("#333333").rect(x, top, side, side).stroke();
  if (!ticked) return;
  pdf.lineWidth(1.1).strokeColor("#000000");
  pdf.moveTo(x + side * 0.18, top + side * 0.52).lineTo(x + side * 0.42, top + side * 0.8).lineTo(x + side * 0.86, top + side * 0.16).stroke();
}
