// What the pages of rights decide: lines of the editor to and from the rights of an account, and what still lacks.
import { parseDate } from "../../../core/time.ts";

export type RightLine = { readonly role: string; readonly schemes: readonly string[]; readonly endsOn: string; readonly contract: string };
type Right = { readonly role: string; readonly schemes?: readonly string[] | undefined; readonly endsOn?: string | undefined; readonly contract?: string | undefined };

export const linesOf = (rights: readonly Right[]): readonly RightLine[] => rights.map(({ role, schemes, endsOn, contract }) => ({ role, schemes: schemes ?? [], endsOn: endsOn ?? "", contract: contract ?? "" }));

/** The rights as they are sent; lines without a role are left out. */
export const rightsOf = (lines: readonly RightLine[]): { role: string; schemes?: string[]; endsOn?: string; contract?: string }[] =>
  lines
    .filter((line) => line.role !== "")
    .map((line) => ({
      role: line.role,
      ...(line.schemes.length > 0 && { schemes: [...line.schemes] }),
      ...(line.endsOn.trim() !== "" && { endsOn: parseDate(line.endsOn.trim()) ?? line.endsOn.trim() }),
      ...(line.role === "entrusted" && line.contract.trim() !== "" && { contract: line.contract.trim() }),
    }));

export type LineFault = "badDay" | "needContract";
/** The first thing that lines still lack. */
export function linesFault(lines: readonly RightLine[]): LineFault | undefined {
  for (const line of lines) {
    if (line.endsOn.trim() !== "" && parseDate(line.endsOn.trim()) === undefined) return "badDay";
    if (line.role === "entrusted" && (line.contract.trim() === "" || line.endsOn.trim() === "")) return "needContract";
  }
  return undefined;
}
