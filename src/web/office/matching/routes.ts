// Match runs, the pairs a person decides, and findings; what is looked at is in the address.
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { oneIn, shellRoute, textIn } from "../routes.ts";
import { type Band, bands, type PairState, pairStates } from "./pairs.ts";

export const findingStates = ["open", "closed"] as const;
export type FindingSearch = { run?: string; class?: string; state?: (typeof findingStates)[number]; after?: string };

export type PairSearch = { state?: PairState | undefined; band?: Band | undefined; department?: string | undefined };
const pairSearch = (search: Record<string, unknown>): PairSearch => ({ state: oneIn(search, "state", pairStates), band: oneIn(search, "band", bands), department: textIn(search, "department") });

export const matchingRoutes = [
  createRoute({ getParentRoute: () => shellRoute, path: "/match-runs", component: lazyRouteComponent(() => import("./runs-page.tsx"), "RunsPage") }),
  createRoute({ getParentRoute: () => shellRoute, path: "/match-runs/$county/$id", component: lazyRouteComponent(() => import("./run-page.tsx"), "RunPage") }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/match-runs/$county/$id/pairs",
    validateSearch: pairSearch,
    component: lazyRouteComponent(() => import("./pairs-page.tsx"), "PairsPage"),
  }),
  createRoute({ getParentRoute: () => shellRoute, path: "/pairs", validateSearch: pairSearch, component: lazyRouteComponent(() => import("./pairs-page.tsx"), "AllPairsPage") }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/findings",
    validateSearch: (search: Record<string, unknown>): FindingSearch => ({ run: textIn(search, "run"), class: textIn(search, "class"), state: oneIn(search, "state", findingStates), after: textIn(search, "after") }),
    component: lazyRouteComponent(() => import("./findings-page.tsx"), "FindingsPage"),
  }),
] as const;
