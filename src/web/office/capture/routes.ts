// Capturing a known record, and a person who is not on the base list.
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute, textIn } from "../routes.ts";

/** `back`: the page that sent the person here and to which they return, such as a case. */
const validateSearch = (search: Record<string, unknown>): { back?: string } => ({ back: textIn(search, "back") });

export const captureRoutes = [
  createRoute({ getParentRoute: () => shellRoute, path: "/records/new", validateSearch, component: lazyRouteComponent(() => import("./new-page.tsx"), "NewPersonPage") }),
  createRoute({ getParentRoute: () => shellRoute, path: "/records/offline", component: lazyRouteComponent(() => import("./offline-page.tsx"), "OfflinePage") }),
  createRoute({ getParentRoute: () => shellRoute, path: "/records/workbook", component: lazyRouteComponent(() => import("./workbook-page.tsx"), "WorkbookPage") }),
  createRoute({ getParentRoute: () => shellRoute, path: "/records/$county/$id/capture", validateSearch, component: lazyRouteComponent(() => import("./capture-page.tsx"), "CapturePage") }),
] as const;
