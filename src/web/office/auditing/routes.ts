// The audit administrator's pages. Filters are in the address; whom somebody looks for is not.
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute, textIn } from "../routes.ts";

export type AuditSearch = { from?: string; to?: string; reader?: string; purpose?: string; action?: string; after?: string };

export const auditingRoutes = [
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/audit",
    validateSearch: (search: Record<string, unknown>): AuditSearch => ({ from: textIn(search, "from"), to: textIn(search, "to"), reader: textIn(search, "reader"), purpose: textIn(search, "purpose"), action: textIn(search, "action"), after: textIn(search, "after") }),
    component: lazyRouteComponent(() => import("./audit-page.tsx"), "AuditPage"),
  }),
  createRoute({ getParentRoute: () => shellRoute, path: "/audit/chain", component: lazyRouteComponent(() => import("./chain-page.tsx"), "ChainPage") }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/audit/marks",
    validateSearch: (search: Record<string, unknown>): { week?: string } => ({ week: textIn(search, "week") }),
    component: lazyRouteComponent(() => import("./marks-page.tsx"), "MarksPage"),
  }),
] as const;
