// Whether somebody is at the page: when it was last touched. A page that asks by itself says so, and keeps no session alive.

let touchedAt = Date.now();
const touched = (): void => void (touchedAt = Date.now());
if (typeof window !== "undefined") for (const event of ["pointerdown", "keydown", "wheel", "touchstart"]) window.addEventListener(event, touched, { passive: true, capture: true });

/** Milliseconds since somebody touched the page. */
export const untouchedFor = (): number => Date.now() - touchedAt;
/** Has nobody touched the page for a minute? */
export const isUnattended = (): boolean => typeof window !== "undefined" && untouchedFor() > 60_000;
