// Fusions and exchanges without showing lists; whom one looks at is in the address.
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { personStates } from "../../../modules/fusion/rules.ts";
import { oneIn, shellRoute, textIn } from "../routes.ts";

export type FusionSearch = { state?: (typeof personStates)[number] | undefined; conflicts?: "yes" | undefined; after?: string | undefined };

export const fusionRoutes = [
  createRoute({ getParentRoute: () => shellRoute, path: "/fusions", component: lazyRouteComponent(() => import("./fusions-page.tsx"), "FusionsPage") }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/fusions/$county/$id",
    validateSearch: (search: Record<string, unknown>): FusionSearch => ({ state: oneIn(search, "state", personStates), conflicts: oneIn(search, "conflicts", ["yes"]), after: textIn(search, "after") }),
    component: lazyRouteComponent(() => import("./fusion-page.tsx"), "FusionPage"),
  }),
  createRoute({ getParentRoute: () => shellRoute, path: "/blind-exchanges", component: lazyRouteComponent(() => import("./blind-page.tsx"), "BlindPage") }),
] as const;
