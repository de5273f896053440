// Small builders shared by the forms of this scheme: sources with a note, sizes, units, sets of codes that rules name.
import { source, text } from "../../../src/scheme/define.ts";
import type { Source, SourceMark } from "../../../src/scheme/define.ts";

/** Source with a remark about what was chosen or reconstructed. */
export const noted = (marks: readonly SourceMark[], note: string): { readonly source: Source } => ({ source: source(marks, note) });

/** Largest size of a picture or signature in bytes. */
export const PAPER = 300 * 1024;

export const yuan = text("元", "yuan");
export const persons = text("人", "persons");
export const squareMetres = text("平方米", "m²");

export const money = { sensitivity: "money", unit: yuan } as const;
export const health = { sensitivity: "health" } as const;
export const identity = { sensitivity: "identity" } as const;
export const contact = { sensitivity: "contact" } as const;

/** GB/T 4761: the head (本人, 户主), and what else the rules ask. */
export const headCodes: readonly string[] = ["0", "01", "02"];
/** GB/T 2261.4: at work; without students, jobless, retired and others. */
export const employedCodes: readonly string[] = ["11", "13", "17", "21", "24", "27", "37", "51", "54"];
/** Members who live with the household and share its income. */
export const presentStates: readonly string[] = ["01", "99"];
