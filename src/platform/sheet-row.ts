// What a row of a sheet is, whatever the file's format.

export type Cell = string | number | boolean | Date | null;
/** `no` is the row number people see in the sheet; `formulas` the columns (0-based) whose value a formula gave, null when it gave none. */
export type SheetRow = { readonly no: number; readonly cells: readonly Cell[]; readonly formulas?: readonly number[] };
