// Publishes the schemes that come with the product, when they are not published yet.
import { shippedSchemes } from "../../schemes/shipped.ts";
import { publishScheme } from "../modules/schemes/service.ts";
import { systemActor } from "../platform/database.ts";
import type { Platform } from "../platform/platform.ts";

export async function publishShippedSchemes(platform: Platform): Promise<void> {
  for (const scheme of shippedSchemes) await platform.database.write(systemActor("publish"), (tx) => publishScheme(tx, scheme));
}
