// Binds the routes of published definitions.
import { bind, type Binding } from "../../platform/http.ts";
import type { Platform } from "../../platform/platform.ts";
import { getScheme, listSchemes } from "./contract.ts";
import { listPublished, loadScheme } from "./service.ts";

export const routes = (_platform: Platform): Binding[] => [
  bind(listSchemes, async (tx) => ({ schemes: await listPublished(tx) })),
  bind(getScheme, async (tx, { params }) => {
    const { definition, hash } = await loadScheme(tx, params.scheme, params.version);
    return { ...params, hash, definition };
  }),
];
