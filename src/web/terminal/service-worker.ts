// The terminal's service worker: every file of the app from its own cache, whatever the network. Data of people never come here.
import { cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute } from "workbox-precaching";
import { NavigationRoute, registerRoute } from "workbox-routing";

declare const self: {
  readonly __WB_MANIFEST: { url: string; revision: string | null }[];
  readonly skipWaiting: () => Promise<void>;
  readonly addEventListener: (type: "message", listener: (event: MessageEvent) => void) => void;
};

cleanupOutdatedCaches();
precacheAndRoute(self.__WB_MANIFEST);
registerRoute(new NavigationRoute(createHandlerBoundToURL("/terminal/index.html"), { denylist: [/^\/api\//] }));

// A new version waits until the person at the terminal says so: nobody loses a page under their hands.
self.addEventListener("message", (event) => {
  if ((event.data as { readonly type?: unknown } | null)?.type === "take-over") void self.skipWaiting();
});
