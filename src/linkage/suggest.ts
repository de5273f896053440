// Proposes settings for any two lists, or one, from their columns: headings in many languages and the values themselves.
import type { LinkageSettings } from "./model.ts";
export async function suggest(left: string, right: string | undefined): Promise<LinkageSettings> {
  throw new Error(`not yet ${left} ${right}`);
}
