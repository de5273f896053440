// What an item of a round is called, from its scheme.
import type { Tx } from "../../platform/database.ts";
import type { Platform } from "../../platform/platform.ts";
import { itemAt } from "../../scheme/layout.ts";
import type { Scheme } from "../../scheme/model.ts";
import { loadScheme } from "../schemes/service.ts";

/** Labels for `campaign path`, for all rounds. */
export async function itemLabels(tx: Tx, _platform: Platform): Promise<(key: string) => { zh: string; en: string }> {
  const campaigns = await tx.selectFrom("campaign").select(["id", "scheme", "version"]).execute();
  const schemes = new Map<string, Scheme>();
  for (const { id, scheme, version } of campaigns) schemes.set(id, (await loadScheme(tx, scheme, version)).definition);
  return (key) => {
    const [campaign = "", path = ""] = key.split(" ");
    const scheme = schemes.get(campaign);
    const label = scheme === undefined ? undefined : itemAt(scheme, path)?.item.label;
    return label === undefined ? { zh: path, en: path } : { zh: label.zh, en: label.en };
  };
}
