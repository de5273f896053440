// My work: the first page after signing in.
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../routes.ts";

export const workRoutes = [
  createRoute({ getParentRoute: () => shellRoute, path: "/", component: lazyRouteComponent(() => import("./work-page.tsx"), "WorkPage") }),
] as const;
