// SQL that is put together as text where a statement takes no parameters (COPY) or its columns are chosen at run time. Every part is a word
// of ours or goes through `literal`.
import { sql } from "kysely";
import type { Tx } from "./database.ts";

/** A text as an SQL literal; whatever stands in it stays text. @throws TypeError for the character NUL, which PostgreSQL has no place for */
export function literal(text: string): string {
  if (text.includes("\0")) throw new TypeError("a text without the character NUL");
  // As E'…' it reads the same whatever the server's settings say of backslashes.
  return ` E'${text.replaceAll("\\", "\\\\").replaceAll("'", "''")}'`;
}

export const textArray = (texts: readonly string[]): string => `array[${texts.map(literal).join(", ")}]::text[]`;

/** Rows of a statement that was put together as text, columns in camel case. */
export const rowsOfText = async <Row>(tx: Tx, statement: string): Promise<Row[]> => (await sql.raw<Row>(statement).execute(tx)).rows;
