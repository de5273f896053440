// The page of who may do what; the role and the words looked for are in the address.
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute, textIn } from "../routes.ts";

export type MatrixSearch = { role?: string; q?: string };

export const accessMatrixRoutes = [
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/access-matrix",
    validateSearch: (search: Record<string, unknown>): MatrixSearch => ({ role: textIn(search, "role"), q: textIn(search, "q") }),
    component: lazyRouteComponent(() => import("./access-matrix-page.tsx"), "AccessMatrixPage"),
  }),
] as const;
