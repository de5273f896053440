// Marks between words as either language sets them.
export type Marks = { readonly colon: string; readonly comma: string; readonly semicolon: string; readonly list: string; readonly gap: string; readonly inside: (text: string) => string };

export const marksOf: Readonly<Record<"zh" | "en", Marks>> = {
  zh: { colon: "：", comma: "，", semicolon: "；", list: "、", gap: "　", inside: (text) => `（${text}）` },
  en: { colon: ": ", comma: ", ", semicolon: "; ", list: ", ", gap: " · ", inside: (text) => ` (${text})` },
};
