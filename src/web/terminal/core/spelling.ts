// Initials and pinyin of people's names; surnames are read as surnames (曾 zeng, 单 shan). The dictionary is loaded when it is first needed.

export type Spell = (name: string) => string;
let loading: Promise<Spell> | undefined;

/** A function that gives `zsf zhangsanfeng` for 张三丰; other scripts stay as they are, in lower case. */
export function nameSpeller(): Promise<Spell> {
  loading ??= import("pinyin-pro").then(({ pinyin }) => {
    const single = new Map<string, string>();
    const surnames = new Map<string, readonly string[]>();
    const syllable = (character: string): string => {
      let sound = single.get(character);
      if (sound === undefined) single.set(character, (sound = pinyin(character, { toneType: "none", v: true }).toLowerCase()));
      return sound;
    };
    const surname = (head: string): readonly string[] => {
      let sounds = surnames.get(head);
      if (sounds === undefined) surnames.set(head, (sounds = pinyin(head, { toneType: "none", type: "array", surname: "head", v: true }).map((sound) => sound.toLowerCase())));
      return sounds;
    };
    return (name: string): string => {
      const characters = [...name.replace(/[\s·•．.・]/gu, "")];
      const head = surname(characters.slice(0, 2).join(""));
      const syllables = characters.map((character, i) => (i < 2 ? (head[i] ?? character) : syllable(character)));
      return `${syllables.map((sound) => sound.charAt(0)).join("")} ${syllables.join("")}`;
    };
  });
  return loading;
}
