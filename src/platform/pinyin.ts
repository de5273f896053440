// Sound keys of Chinese names for search and matching. Surnames are read as surnames (曾 zeng, 单 shan).
import { pinyin } from "pinyin-pro";

const single = new Map<string, string>();

/** Pinyin without tones, syllables separated by blanks: 张三丰 → `zhang san feng`. Other scripts stay as they are, in lower case. */
export function nameSyllables(name: string): string {
  const characters = [...name.replace(/[\s·•．.・]/gu, "")];
  const head = pinyin(characters.slice(0, 2).join(""), { toneType: "none", type: "array", surname: "head", v: true });
  return characters.map((c, i) => (i < 2 ? (head[i] ?? c) : syllable(c))).join(" ").toLowerCase();
}

/** Syllable of one character read alone. */
export function syllable(character: string): string {
  let sound = single.get(character);
  if (sound === undefined) single.set(character, (sound = pinyin(character, { toneType: "none", v: true }).toLowerCase()));
  return sound;
}

/** First letters of the syllables: `zsf`. */
export const initialsOf = (syllables: string): string =>
  syllables
    .split(" ")
    .map((part) => part[0] ?? "")
    .join("");

/** Pinyin of a place or other ordinary text, without blanks. */
export const placePinyin = (text: string): string => [...text].map(syllable).join("");
export const placeInitials = (text: string): string => [...text].map((c) => syllable(c)[0] ?? "").join("");
