// Pinyin of option labels for searching lists; the dictionary is loaded when the first list is opened.

type Spell = (label: string) => string;
let loading: Promise<Spell> | undefined;

/** A function that gives initials and full pinyin of a label, lower case, e.g. `mzz minzuzhu`. */
export function pinyinSpeller(): Promise<Spell> {
  loading ??= import("pinyin-pro").then(({ pinyin }) => (label: string): string => {
    const syllables = pinyin(label, { toneType: "none", type: "array" });
    return `${syllables.map((s) => s.charAt(0)).join("")} ${syllables.join("")}`.toLowerCase();
  });
  return loading;
}

/** True when a label fits what was typed: part of the label, of the code, or the beginning of its pinyin or initials. */
export function fits(typed: string, label: string, code: string, spelled: string): boolean {
  const asked = typed.normalize("NFKC").replace(/\s+/gu, "").toLowerCase();
  if (asked === "") return true;
  return label.toLowerCase().includes(asked) || code.toLowerCase().startsWith(asked) || spelled.split(" ").some((word) => word.startsWith(asked));
}
