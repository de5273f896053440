// Progress by area; the area looked at is in the address.
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { numberIn, shellRoute } from "../routes.ts";

export const progressRoutes = [
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/progress",
    validateSearch: (search: Record<string, unknown>): { area?: number } => ({ area: numberIn(search, "area") }),
    component: lazyRouteComponent(() => import("./progress-page.tsx"), "ProgressPage"),
  }),
] as const;
