// Cases as a list and one by one; filters and the page are in the address.
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { type CaseState, caseStates } from "../../../modules/dispatch/rules.ts";
import { numberIn, oneIn, shellRoute, textIn } from "../routes.ts";

export type CaseSearch = { state?: CaseState; group?: string; area?: number; overdue?: boolean; after?: string };

export const dispatchRoutes = [
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/cases",
    validateSearch: (search: Record<string, unknown>): CaseSearch => ({
      state: oneIn(search, "state", caseStates),
      group: textIn(search, "group"),
      area: numberIn(search, "area"),
      overdue: search["overdue"] === true ? true : undefined,
      after: textIn(search, "after"),
    }),
    component: lazyRouteComponent(() => import("./cases-page.tsx"), "CasesPage"),
  }),
  createRoute({ getParentRoute: () => shellRoute, path: "/cases/$county/$id", component: lazyRouteComponent(() => import("./case-page.tsx"), "CasePage") }),
] as const;
