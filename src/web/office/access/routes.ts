// Signing in, taking an account over and the first-run set-up: the pages outside the shell; one's own account inside it.
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute, shellRoute, textIn } from "../routes.ts";

export const accessRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/login",
    validateSearch: (search: Record<string, unknown>): { next?: string } => ({ next: textIn(search, "next") }),
    component: lazyRouteComponent(() => import("./login-page.tsx"), "LoginPage"),
  }),
  createRoute({ getParentRoute: () => rootRoute, path: "/set-up", component: lazyRouteComponent(() => import("./set-up-page.tsx"), "SetUpPage") }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/activate",
    validateSearch: (search: Record<string, unknown>): { login?: string } => ({ login: textIn(search, "login") }),
    component: lazyRouteComponent(() => import("./activation-page.tsx"), "ActivationPage"),
  }),
] as const;

/** One's own account, inside the shell. */
export const myAccountRoutes = [createRoute({ getParentRoute: () => shellRoute, path: "/my-account", component: lazyRouteComponent(() => import("./my-account-page.tsx"), "MyAccountPage") })] as const;
