// The fixed points of the route tree: the root, and the shell (bars and menu) under which signed-in pages hang.
// Pages are loaded lazily; every module keeps its own `routes.ts`, and `router.tsx` puts them together.
import { createRootRoute, createRoute, lazyRouteComponent } from "@tanstack/react-router";

export const rootRoute = createRootRoute({ notFoundComponent: lazyRouteComponent(() => import("./not-found-page.tsx"), "NotFoundPage") });

export const shellRoute = createRoute({ getParentRoute: () => rootRoute, id: "shell", component: lazyRouteComponent(() => import("./layout.tsx"), "OfficeLayout") });

/** A text of the address, or undefined. */
export const textIn = (search: Record<string, unknown>, key: string): string | undefined => {
  const value = search[key];
  return typeof value === "string" && value !== "" ? value : typeof value === "number" ? String(value) : undefined;
};

/** A whole number of the address, or undefined. */
export const numberIn = (search: Record<string, unknown>, key: string): number | undefined => {
  const value = Number(search[key] ?? Number.NaN);
  return Number.isSafeInteger(value) ? value : undefined;
};

/** One of the listed words of the address, or undefined. */
export const oneIn = <const T extends string>(search: Record<string, unknown>, key: string, words: readonly T[]): T | undefined => words.find((word) => word === search[key]);
