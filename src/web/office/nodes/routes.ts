// The page of nodes above and below.
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../routes.ts";

export const nodeRoutes = [createRoute({ getParentRoute: () => shellRoute, path: "/nodes", component: lazyRouteComponent(() => import("./nodes-page.tsx"), "NodesPage") })] as const;
