// The two interface languages. A page keeps its phrases in a `phrases({...})` table of {zh, en} pairs: a missing language or a
// phrase that is not in the table is a type error. The choice is kept on this machine; Chinese is the default.
import { useCallback, useSyncExternalStore } from "react";
import type { Text } from "../../core/issue.ts";
import { type Fill, filled } from "./filled.ts";
import { type Marks, marksOf } from "./marks.ts";

export type Lang = "zh" | "en";
export type Phrases = { readonly [key: string]: Text };

/** Keeps the keys of a table of phrases so that `usePhrases` can check them. */
export const phrases = <const P extends Phrases>(table: P): P => table;

const KEY = "qingce.lang";
const listeners = new Set<() => void>();
/** A page opened as a file keeps nothing on the machine. */
const isFile = (): boolean => typeof location !== "undefined" && location.protocol === "file:";
const stored = (): Lang => (!isFile() && typeof localStorage !== "undefined" && localStorage.getItem(KEY) === "en" ? "en" : "zh");
let current: Lang = stored();
// The page is delivered as Chinese: what reads it aloud, breaks its lines or chooses its letters must know the language that is kept.
if (current === "en" && typeof document !== "undefined") document.documentElement.lang = "en";

/** The language in force, for code that is no component (document titles, errors). */
export const currentLang = (): Lang => current;

/** Switches the interface and remembers the choice (but not in a page opened as a file). */
export function setLang(lang: Lang): void {
  current = lang;
  if (!isFile()) localStorage.setItem(KEY, lang);
  document.documentElement.lang = lang === "zh" ? "zh-CN" : "en";
  for (const listener of listeners) listener();
}

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** The language in force; the component draws again when it changes. */
export function useLang(): Lang {
  return useSyncExternalStore(subscribe, currentLang, currentLang);
}

/** `say("key", {n: 3})` of a page's phrases in the language in force. */
export function usePhrases<P extends Phrases>(table: P): (key: keyof P & string, fill?: Fill) => string {
  const lang = useLang();
  return useCallback((key, fill) => filled(table[key]?.[lang] ?? key, fill), [table, lang]);
}

/** Reads a bilingual text of the server or a scheme in the language in force. */
export function useText(): (text: Text | undefined) => string {
  const lang = useLang();
  return useCallback((text) => text?.[lang] ?? "", [lang]);
}

/** Colons, commas, brackets of the language in force. */
export function useMarks(): Marks {
  return marksOf[useLang()];
}

/** The same for code that already draws again with the language (it has `usePhrases`, `useText` or `useLang`) or is no component: read at the moment of use. */
export const punct: Marks = {
  get colon() { return marksOf[current].colon; },
  get comma() { return marksOf[current].comma; },
  get semicolon() { return marksOf[current].semicolon; },
  get list() { return marksOf[current].list; },
  get gap() { return marksOf[current].gap; },
  inside: (text) => marksOf[current].inside(text),
};
