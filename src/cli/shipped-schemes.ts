// Publishes the schemes that come with the product, when they are not published yet.
import { disability2022 } from "../../schemes/disability/scheme-2022.ts";
import { disability } from "../../schemes/disability/scheme.ts";
import { disabilityVillage } from "../../schemes/disability/village.ts";
import { lowIncome } from "../../schemes/low-income/scheme.ts";
import { veterans } from "../../schemes/veterans/scheme.ts";
import { publishScheme } from "../modules/schemes/service.ts";
import { systemActor } from "../platform/database.ts";
import type { Platform } from "../platform/platform.ts";
import type { Scheme } from "../scheme/model.ts";

/** Every programme in every edition; the newest edition of a programme comes last. */
export const shippedSchemes: readonly Scheme[] = [veterans, disability, disability2022, disabilityVillage, lowIncome];

export async function publishShippedSchemes(platform: Platform): Promise<void> {
  for (const scheme of shippedSchemes) await platform.database.write(systemActor("publish"), (tx) => publishScheme(tx, scheme));
}
