// A scheme as published: canonical JSON (keys sorted, nothing undefined) and its SHA-256, by which records cite it for ever.
import { canonicalJson } from "../core/json.ts";
import type { Scheme } from "./model.ts";
import { type DefinitionFault, definitionFaults } from "./check-definition.ts";

/** SHA-256 of the canonical JSON in UTF-8, 64 lower-case hexadecimal digits. */
export async function schemeHash(scheme: Scheme): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(canonicalJson(scheme)));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

export type ParsedScheme = { readonly ok: true; readonly scheme: Scheme } | { readonly ok: false; readonly faults: readonly DefinitionFault[] };

/** Reads a published scheme and checks it wholly; a definition with faults is never handed on. */
export function parseScheme(json: string): ParsedScheme {
  let parsed: unknown;
  try {
    parsed = JSON.parse(json);
  } catch {
    return { ok: false, faults: [{ path: "", message: { zh: "不是有效的 JSON", en: "is not valid JSON" } }] };
  }
  const faults = definitionFaults(parsed);
  return faults.length > 0 ? { ok: false, faults } : { ok: true, scheme: parsed as Scheme };
}
