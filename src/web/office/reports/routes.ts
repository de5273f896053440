// The list of reports, and one report to read, print and download.
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../routes.ts";

export const reportsRoutes = [
  createRoute({ getParentRoute: () => shellRoute, path: "/reports", component: lazyRouteComponent(() => import("./reports-page.tsx"), "ReportsPage") }),
  createRoute({ getParentRoute: () => shellRoute, path: "/reports/$county/$id", component: lazyRouteComponent(() => import("./report-page.tsx"), "ReportPage") }),
] as const;
