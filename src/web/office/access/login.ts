// Decisions around signing in.

/** Printed on the console of a demo as well; no other installation has accounts with it. */
export const DEMO_PASSWORD = "demo-qingce-2026";

/** Where to go after signing in: the page asked for before, if it is one of ours; never another site. */
export function nextPath(next: string | undefined): string {
  if (next === undefined || !/^\/(?![/\\])/u.test(next) || next.startsWith("/login")) return "/";
  return next;
}
