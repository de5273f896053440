// Pages of imports: the catalogue of departments, the list, sending a file, and one import from its columns to the outcome of each row.
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { importKinds } from "../../../modules/exchange/contract.ts";
import type { ImportKind } from "../../../modules/exchange/rules.ts";
import { oneIn, shellRoute, textIn } from "../routes.ts";

export const outcomes = ["accepted", "returned", "left-out"] as const;
export type ImportSearch = { outcome?: (typeof outcomes)[number]; after?: string };

export const catalogueTabs = ["catalogue", "agreements", "authorisations", "words", "tokens"] as const;

export const exchangeRoutes = [
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/catalogue",
    validateSearch: (search: Record<string, unknown>): { tab?: (typeof catalogueTabs)[number] } => ({ tab: oneIn(search, "tab", catalogueTabs) }),
    component: lazyRouteComponent(() => import("./catalogue-page.tsx"), "CataloguePage"),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/imports",
    validateSearch: (search: Record<string, unknown>): { kind?: ImportKind } => ({ kind: oneIn(search, "kind", importKinds) }),
    component: lazyRouteComponent(() => import("./imports-page.tsx"), "ImportsPage"),
  }),
  createRoute({ getParentRoute: () => shellRoute, path: "/imports/new", component: lazyRouteComponent(() => import("./send-page.tsx"), "SendPage") }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/imports/$county/$id",
    validateSearch: (search: Record<string, unknown>): ImportSearch => ({ outcome: oneIn(search, "outcome", outcomes), after: textIn(search, "after") }),
    component: lazyRouteComponent(() => import("./import-page.tsx"), "ImportPage"),
  }),
] as const;
