// Schemes: the list, reading one version, every item with its source mark, the draft of a next version. What is looked at is in the address.
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { oneIn, shellRoute, textIn } from "../routes.ts";

export const readingViews = ["forms", "checks", "codes", "categories"] as const;
export type ReadingSearch = { view?: (typeof readingViews)[number]; form?: string; mark?: string; sensitivity?: string; severity?: string; q?: string };
export const draftTabs = ["items", "checks", "codes", "edits", "dry-run", "comparison"] as const;
export type DraftSearch = { tab?: (typeof draftTabs)[number]; form?: string; q?: string };

export const schemesRoutes = [
  createRoute({ getParentRoute: () => shellRoute, path: "/schemes", component: lazyRouteComponent(() => import("./schemes-page.tsx"), "SchemesPage") }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/schemes/$scheme/$version",
    validateSearch: (search: Record<string, unknown>): ReadingSearch => ({ view: oneIn(search, "view", readingViews), form: textIn(search, "form"), mark: textIn(search, "mark"), sensitivity: textIn(search, "sensitivity"), severity: textIn(search, "severity"), q: textIn(search, "q") }),
    component: lazyRouteComponent(() => import("./scheme-page.tsx"), "SchemePage"),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/schemes/$scheme/$version/items",
    validateSearch: (search: Record<string, unknown>): ReadingSearch => ({ form: textIn(search, "form"), mark: textIn(search, "mark"), sensitivity: textIn(search, "sensitivity"), severity: textIn(search, "severity"), q: textIn(search, "q") }),
    component: lazyRouteComponent(() => import("./items-page.tsx"), "ItemsPage"),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/scheme-drafts/$id",
    validateSearch: (search: Record<string, unknown>): DraftSearch => ({ tab: oneIn(search, "tab", draftTabs), form: textIn(search, "form"), q: textIn(search, "q") }),
    component: lazyRouteComponent(() => import("./draft-page.tsx"), "DraftPage"),
  }),
] as const;
