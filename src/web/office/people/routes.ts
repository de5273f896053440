// Finding people and listing records. Filters and the page are in the address; whom somebody looks for is not: addresses are logged and
// passed on, so a name or a number goes along in the state of the browser's history.
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { states, type State } from "../../../modules/records/rules.ts";
import { numberIn, oneIn, shellRoute, textIn } from "../routes.ts";

declare module "@tanstack/react-router" {
  interface HistoryState {
    /** Whom the page of people looks for. */
    readonly find?: string;
  }
}

export type ListSearch = { area?: number; state?: State; category?: string; mine?: boolean; kept?: boolean; after?: string };

export const peopleRoutes = [
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/people",
    validateSearch: (search: Record<string, unknown>): { area?: number } => ({ area: numberIn(search, "area") }),
    component: lazyRouteComponent(() => import("./people-page.tsx"), "PeoplePage"),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/records",
    validateSearch: (search: Record<string, unknown>): ListSearch => ({
      area: numberIn(search, "area"),
      state: oneIn(search, "state", states),
      category: textIn(search, "category"),
      mine: search["mine"] === true ? true : undefined,
      kept: search["kept"] === true ? true : undefined,
      after: textIn(search, "after"),
    }),
    component: lazyRouteComponent(() => import("./records-page.tsx"), "RecordsPage"),
  }),
] as const;
