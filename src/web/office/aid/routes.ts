// Pages of aid: households, entries with their results, warnings with their moves, and the rules behind them.
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute, textIn } from "../routes.ts";

const filtered = (search: Record<string, unknown>): { readonly state?: string; readonly rule?: string; readonly after?: string } => {
  const [state, rule, after] = [textIn(search, "state"), textIn(search, "rule"), textIn(search, "after")];
  return { ...(state !== undefined && { state }), ...(rule !== undefined && { rule }), ...(after !== undefined && { after }) };
};
const listed = (search: Record<string, unknown>): { readonly stratum?: string; readonly contested?: string; readonly after?: string } => {
  const [stratum, contested, after] = [textIn(search, "stratum"), textIn(search, "contested"), textIn(search, "after")];
  return { ...(stratum !== undefined && { stratum }), ...(contested !== undefined && { contested }), ...(after !== undefined && { after }) };
};
export const aidRoutes = [
  createRoute({ getParentRoute: () => shellRoute, path: "/households", component: lazyRouteComponent(() => import("./households-page.tsx"), "HouseholdsPage"), validateSearch: listed }),
  createRoute({ getParentRoute: () => shellRoute, path: "/households/$county/$id", component: lazyRouteComponent(() => import("./household-page.tsx"), "HouseholdPage") }),
  createRoute({ getParentRoute: () => shellRoute, path: "/aid", component: lazyRouteComponent(() => import("./entries-page.tsx"), "EntriesPage"), validateSearch: filtered }),
  createRoute({ getParentRoute: () => shellRoute, path: "/aid/deliveries", component: lazyRouteComponent(() => import("./deliveries-page.tsx"), "DeliveriesPage"), validateSearch: filtered }),
  createRoute({ getParentRoute: () => shellRoute, path: "/aid/plan", component: lazyRouteComponent(() => import("./plan-page.tsx"), "PlanPage") }),
  createRoute({ getParentRoute: () => shellRoute, path: "/aid/offers", component: lazyRouteComponent(() => import("./offers-page.tsx"), "OffersPage") }),
  createRoute({ getParentRoute: () => shellRoute, path: "/warnings", component: lazyRouteComponent(() => import("./warnings-page.tsx"), "WarningsPage"), validateSearch: filtered }),
  createRoute({ getParentRoute: () => shellRoute, path: "/warning-rules", component: lazyRouteComponent(() => import("./rules-page.tsx"), "RulesPage") }),
] as const;
