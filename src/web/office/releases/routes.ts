// Releases, the register of copies, public lists; which list one looks at is in the address.
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { oneIn, shellRoute, textIn } from "../routes.ts";

export type ReleasesSearch = { list?: "mine" | "waiting" | "all" | undefined };

export const releaseRoutes = [
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/releases",
    validateSearch: (search: Record<string, unknown>): ReleasesSearch => ({ list: oneIn(search, "list", ["mine", "waiting", "all"]) }),
    component: lazyRouteComponent(() => import("./releases-page.tsx"), "ReleasesPage"),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/releases/new",
    validateSearch: (search: Record<string, unknown>): { change?: string | undefined } => ({ change: textIn(search, "change") }),
    component: lazyRouteComponent(() => import("./ask-page.tsx"), "AskPage"),
  }),
  createRoute({ getParentRoute: () => shellRoute, path: "/releases/$county/$id", component: lazyRouteComponent(() => import("./release-page.tsx"), "ReleasePage") }),
  createRoute({ getParentRoute: () => shellRoute, path: "/copies", component: lazyRouteComponent(() => import("./copies-page.tsx"), "CopiesPage") }),
  createRoute({ getParentRoute: () => shellRoute, path: "/notices", component: lazyRouteComponent(() => import("./notices-page.tsx"), "NoticesPage") }),
] as const;
