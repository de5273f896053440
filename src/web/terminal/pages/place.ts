// Where in the terminal one is, kept behind the # of the address: pages and record ids only, never a name, a number or a search.

export const shows = ["all", "to-do", "draft", "returned", "unsent", "kept-apart"] as const;
export type Show = (typeof shows)[number];
export type Place =
  | { readonly page: "home" }
  | { readonly page: "list"; readonly show: Show }
  | { readonly page: "person"; readonly record: string }
  | { readonly page: "exchange" }
  | { readonly page: "status" };

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/u;

/** The place of an address's `#…`; anything unknown is the home page. */
export function placeOf(hash: string): Place {
  const [page = "", more = ""] = hash.replace(/^#?\/?/u, "").split("/");
  if (page === "list") return { page, show: shows.find((show) => show === more) ?? "all" };
  if (page === "person" && ID.test(more)) return { page, record: more };
  return page === "exchange" || page === "status" ? { page } : { page: "home" };
}

export function hashOf(place: Place): string {
  if (place.page === "list") return `#/list/${place.show}`;
  if (place.page === "person") return `#/person/${place.record}`;
  return place.page === "home" ? "#/" : `#/${place.page}`;
}

/** Whole days from now until the moment, not below 0. */
export function daysUntil(moment: string, now: number): number {
  return Math.max(0, Math.floor((Date.parse(moment) - now) / 86_400_000));
}

/** Bytes in the largest fitting unit: `12 MB`. */
export function size(bytes: number): string {
  const units = ["B", "KB", "MB", "GB"] as const;
  const step = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log(bytes) / Math.log(1024)));
  const n = bytes / 1024 ** step;
  return `${n >= 10 || step === 0 ? Math.round(n) : n.toFixed(1)} ${units[step]}`;
}

export const SHORTEST_PIN = 6;

/** What is wrong with a new PIN: too short, one character repeated, a row such as 123456 or 654321. */
export function pinFault(pin: string): "pinShort" | "pinWeak" | undefined {
  if ([...pin].length < SHORTEST_PIN) return "pinShort";
  const codes = [...pin].map((c) => c.codePointAt(0) ?? 0);
  const steps = new Set(codes.slice(1).map((code, i) => code - (codes[i] ?? 0)));
  return steps.size === 1 && [0, 1, -1].includes([...steps][0] ?? 2) ? "pinWeak" : undefined;
}
