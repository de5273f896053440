// One record as a page to read.
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../routes.ts";

export const recordRoutes = [
  createRoute({ getParentRoute: () => shellRoute, path: "/records/$county/$id", component: lazyRouteComponent(() => import("./record-page.tsx"), "RecordPage") }),
] as const;
