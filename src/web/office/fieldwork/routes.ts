// Pages of terminals: the overview with its bundles, and one bundle with the outcome of each piece of work.
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { bundleStates, type BundleState } from "../../../modules/fieldwork/rules.ts";
import { oneIn, shellRoute, textIn } from "../routes.ts";

export const terminalTabs = ["devices", "bundles", "handed-back", "notices"] as const;
export type TerminalSearch = { tab?: (typeof terminalTabs)[number]; state?: BundleState; device?: string };

export const fieldworkRoutes = [
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/terminals",
    validateSearch: (search: Record<string, unknown>): TerminalSearch => ({ tab: oneIn(search, "tab", terminalTabs), state: oneIn(search, "state", bundleStates), device: textIn(search, "device") }),
    component: lazyRouteComponent(() => import("./terminals-page.tsx"), "TerminalsPage"),
  }),
  createRoute({ getParentRoute: () => shellRoute, path: "/terminals/bundles/$id", component: lazyRouteComponent(() => import("./bundle-page.tsx"), "BundlePage") }),
] as const;
