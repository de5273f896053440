// Match runs, the pairs a person decides, and findings; what is looked at is in the address.
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { numberIn, oneIn, shellRoute, textIn } from "../routes.ts";

export const findingStates = ["open", "closed"] as const;
export type FindingSearch = { run?: string; class?: string; state?: (typeof findingStates)[number]; after?: string };

export const matchingRoutes = [
  createRoute({ getParentRoute: () => shellRoute, path: "/match-runs", component: lazyRouteComponent(() => import("./runs-page.tsx"), "RunsPage") }),
  createRoute({ getParentRoute: () => shellRoute, path: "/match-runs/$county/$id", component: lazyRouteComponent(() => import("./run-page.tsx"), "RunPage") }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/match-runs/$county/$id/pairs",
    validateSearch: (search: Record<string, unknown>): { at?: number } => ({ at: numberIn(search, "at") }),
    component: lazyRouteComponent(() => import("./pairs-page.tsx"), "PairsPage"),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/findings",
    validateSearch: (search: Record<string, unknown>): FindingSearch => ({ run: textIn(search, "run"), class: textIn(search, "class"), state: oneIn(search, "state", findingStates), after: textIn(search, "after") }),
    component: lazyRouteComponent(() => import("./findings-page.tsx"), "FindingsPage"),
  }),
] as const;
