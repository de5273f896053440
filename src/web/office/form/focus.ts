// Moving the cursor through a form: to an item by its path, and to the field after the one at hand.

const FOCUSABLE = "input:not([disabled]):not([type=hidden]), textarea:not([disabled]), [role=combobox]:not([aria-disabled=true]), button[data-focus]:not([disabled])";

const escaped = (path: string): string => path.replace(/["\\]/gu, "\\$&");

const first = (item: Element): HTMLElement | undefined => item.querySelector<HTMLElement>("input[type=radio]:checked") ?? item.querySelector<HTMLElement>(FOCUSABLE) ?? undefined;

/** Puts the cursor into the item, or into the first item of a section or form; false when it is not on the page. */
export function focusItem(path: string): boolean {
  const place = document.querySelector(`[data-item="${escaped(path)}"]`) ?? document.querySelector(`[data-section="${escaped(path)}"]`) ?? document.querySelector(`[data-form="${escaped(path)}"]`);
  if (!place) return false;
  place.scrollIntoView({ block: "center" });
  first(place)?.focus({ preventScroll: true });
  return true;
}

/** Path of the item the element stands in. */
export function itemOf(element: unknown): string | undefined {
  return element instanceof Element ? (element.closest("[data-item]")?.getAttribute("data-item") ?? undefined) : undefined;
}

/** Moves to the next item with a field after this one; false at the end of the form. */
export function focusAfter(element: Element): boolean {
  const here = element.closest("[data-item]");
  const all = [...document.querySelectorAll("[data-item]")];
  const rest = here ? all.slice(all.indexOf(here) + 1) : all;
  for (const item of rest) {
    const field = first(item);
    if (!field) continue;
    field.focus();
    item.scrollIntoView({ block: "nearest" });
    return true;
  }
  return false;
}

/** Enter goes on to the next field here: one-line inputs, radios and boxes; not text areas, buttons or open lists. */
export function entersOn(target: unknown): target is HTMLElement {
  if (!(target instanceof HTMLInputElement)) return false;
  if (target.getAttribute("role") === "combobox") return target.getAttribute("aria-expanded") !== "true";
  return target.type !== "file";
}
