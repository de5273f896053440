// Keys of the keyboard as data: which combination does what, and when a letter is meant for a field instead.

export type KeyPress = { readonly key: string; readonly ctrlKey: boolean; readonly metaKey: boolean; readonly altKey: boolean; readonly shiftKey: boolean };

/** True when the press belongs to a field in which one writes. */
export function isTyping(target: unknown): boolean {
  if (typeof HTMLElement === "undefined" || !(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.tagName === "TEXTAREA" || target.tagName === "SELECT") return true;
  if (target.tagName !== "INPUT") return false;
  const kind = target.getAttribute("type") ?? "text";
  return !["checkbox", "radio", "button", "submit", "file"].includes(kind);
}

/** Name of a combination: `Ctrl+S`, `Ctrl+Enter`, `F8`, `A`. Command counts as Ctrl; letters are upper case. */
export function comboOf(press: KeyPress): string {
  const key = press.key.length === 1 ? press.key.toUpperCase() : press.key;
  return `${press.ctrlKey || press.metaKey ? "Ctrl+" : ""}${press.altKey ? "Alt+" : ""}${press.shiftKey && press.key.length > 1 ? "Shift+" : ""}${key}`;
}
