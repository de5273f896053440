// Binds the routes of published definitions.
import { bind, type Binding } from "../../platform/http.ts";
import { getScheme, listSchemes } from "./contract.ts";
import { listPublished, loadScheme } from "./service.ts";

export const routes = (): Binding[] => [
  bind(listSchemes, async (tx) => ({ schemes: await listPublished(tx) })),
  bind(getScheme, async (tx, { params }) => {
    const { definition, hash } = await loadScheme(tx, params.scheme, params.version);
    return { ...params, hash, definition };
  }),
];
