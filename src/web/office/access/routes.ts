// Signing in and the first-run set-up: the pages outside the shell.
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute, textIn } from "../routes.ts";

export const accessRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/login",
    validateSearch: (search: Record<string, unknown>): { next?: string } => ({ next: textIn(search, "next") }),
    component: lazyRouteComponent(() => import("./login-page.tsx"), "LoginPage"),
  }),
  createRoute({ getParentRoute: () => rootRoute, path: "/set-up", component: lazyRouteComponent(() => import("./set-up-page.tsx"), "SetUpPage") }),
] as const;
