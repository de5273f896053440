// Makes the app independent of the network: registers the service worker, and tells when a newer version waits.

/**
 * Registers the service worker once the page has loaded. `onNewer` is called when another version of the app is ready; calling what it is given
 * takes that version and loads the page again. Where there is no service worker (plain http) the app works as long as it is served.
 */
export async function keepOffline(onNewer: (takeOver: () => void) => void): Promise<void> {
  const { serviceWorker } = navigator as { readonly serviceWorker?: ServiceWorkerContainer };
  if (!serviceWorker) return;
  const registration = await serviceWorker.register("/terminal/sw.js", { scope: "/terminal/", updateViaCache: "none" });
  const offer = (waiting: ServiceWorker): void =>
    onNewer(() => {
      serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
      waiting.postMessage({ type: "take-over" });
    });
  // The first version takes its place by itself; only a later one is offered.
  if (registration.waiting && serviceWorker.controller) offer(registration.waiting);
  registration.addEventListener("updatefound", () => {
    const { installing } = registration;
    installing?.addEventListener("statechange", () => {
      if (installing.state === "installed" && serviceWorker.controller) offer(installing);
    });
  });
}

/** True when every file of the app is held here: it can be opened without any network. */
export const isHeldOffline = (): boolean => (navigator as { readonly serviceWorker?: ServiceWorkerContainer }).serviceWorker?.controller != null;
