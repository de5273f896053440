// Unit designations are refused before anything is stored: neither the text nor where it came from is kept, only that it happened.
import { Problem } from "../../core/problem.ts";
import type { Issue } from "../../core/issue.ts";
import { scanFreeText } from "../../core/unit-designation.ts";
import { audit } from "../../platform/audit.ts";
import type { Tx } from "../../platform/database.ts";
import type { Platform } from "../../platform/platform.ts";

/** Refuses when the check found a designation in the answers, or in a key they came under. */
export function refuseDesignations(tx: Tx, platform: Platform, issues: readonly Issue[], at: { readonly county: number; readonly area: number }): void {
  const found = issues.filter((issue) => issue.code === "unit-designation");
  const inKeys = issues.some((issue) => issue.paths.some((path) => scanFreeText(path).verdict === "refuse"));
  if (found.length === 0 && !inKeys) return;
  count(tx, platform, at);
  throw new Problem("unit-designation", undefined, found);
}

/** Refuses free text beside the answers (reasons, notes, remarks) that names a unit, or holds characters no text can have. */
export function refuseDesignationIn(tx: Tx, platform: Platform, texts: readonly (string | undefined)[], at: { readonly county: number; readonly area: number }): void {
  if (texts.some((text) => text !== undefined && !isStorable(text))) throw new Problem("bad-request", { zh: "文字含有无法保存的字符", en: "The text holds characters that cannot be stored" });
  if (texts.every((text) => text === undefined || scanFreeText(text).verdict !== "refuse")) return;
  count(tx, platform, at);
  throw new Problem("unit-designation");
}

/** The refusal rolls its own transaction back, so the count is written by another one, which nobody waits for. */
function count(tx: Tx, platform: Platform, at: { readonly county: number; readonly area: number }): void {
  void platform.database.write(tx.actor, (own) => audit(own, { action: "record.refuse-designation", county: at.county, area: at.area, detail: { refused: 1 } })).catch(() => {
    /* The refusal stands; only its count is missing. */
  });
}

/** NUL and halves of characters cannot be stored as text. */
export const isStorable = (text: string): boolean => !text.includes("\0") && text.isWellFormed();
