// Rows pasted from a sheet into the pages of deliveries and of applications. Pure.
export type Pasted = { readonly idNumber: string; readonly on: string; readonly no: string };
export type PastedDelivery = Pasted & { readonly amount?: number };
export type Reading<T extends Pasted> = { readonly rows: readonly T[]; /** The line of each row, from 1. */ readonly lines: readonly number[]; /** Lines, from 1, that are no rows. */ readonly bad: readonly number[] };

/** `2026.11.3`, `2026/11/03` and `20261103` as `2026-11-03`; anything else as it stands, for the server to return. */
export function dayIn(text: string): string {
  const [, year, month, day] = /^(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?$/u.exec(text) ?? /^(\d{4})(\d{2})(\d{2})$/u.exec(text) ?? [];
  return year && month && day ? `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}` : text;
}

/** Cells of each line, by tabs, commas or blanks; empty lines count for nothing. `row` makes a row of them, or none. */
function read<T extends Pasted>(text: string, columns: number, row: (cells: readonly string[]) => T | undefined): Reading<T> {
  const rows: T[] = [];
  const [lines, bad]: [number[], number[]] = [[], []];
  text.split(/\r?\n/u).forEach((line, i) => {
    if (line.trim() === "") return;
    const cells = (line.includes("\t") ? line.split("\t") : /[,，]/u.test(line) ? line.split(/[,，]/u) : line.trim().split(/\s+/u)).map((cell) => cell.trim());
    const [idNumber = "", no = ""] = [cells[0], cells.at(-1)];
    const made = cells.length === columns && idNumber.length >= 15 && idNumber.length <= 18 && no !== "" && no.length <= 80 ? row(cells) : undefined;
    if (made) rows.push(made);
    (made ? lines : bad).push(i + 1);
  });
  return { rows, lines, bad };
}

/** Each line: ID number, day, yuan (empty for goods and services), number. */
export const readDeliveries = (text: string): Reading<PastedDelivery> =>
  read(text, 4, ([idNumber = "", on = "", amount = "", no = ""]) => {
    const yuan = amount === "" ? undefined : Number(amount.replaceAll("，", ""));
    return Number.isNaN(yuan) ? undefined : { idNumber, on: dayIn(on), no, ...(yuan !== undefined && { amount: yuan }) };
  });

/** Each line: ID number, day, number. */
export const readApplications = (text: string): Reading<Pasted> => read(text, 3, ([idNumber = "", on = "", no = ""]) => ({ idNumber, on: dayIn(on), no }));
