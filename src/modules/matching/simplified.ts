// Names as they are compared: traditional forms become simplified, then width, case, spaces and dots are folded.
import { Converter } from "opencc-js/t2cn";
import { matchName } from "../../core/names.ts";

const convert = Converter({ from: "t", to: "cn" });

/** Simplified form of a name; a name that has no traditional characters stays as it is. */
export const simplified = (name: string): string => convert(name);

/** Names that fold to the same text are the same name. */
export const foldName = (name: string): string => matchName(simplified(name));
