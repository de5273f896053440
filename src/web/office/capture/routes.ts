// Capturing a known record, and a person who is not on the base list.
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../routes.ts";

export const captureRoutes = [
  createRoute({ getParentRoute: () => shellRoute, path: "/records/new", component: lazyRouteComponent(() => import("./new-page.tsx"), "NewPersonPage") }),
  createRoute({ getParentRoute: () => shellRoute, path: "/records/$county/$id/capture", component: lazyRouteComponent(() => import("./capture-page.tsx"), "CapturePage") }),
] as const;
