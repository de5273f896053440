// Choosing one file, in our own words and size: the browser's own control speaks the language of the browser, not of the page.
import { useState } from "react";
import type { ReactNode } from "react";
import { phrases, usePhrases } from "./words.ts";

const words = phrases({
  choose: { zh: "选择文件…", en: "Choose a file…" },
  other: { zh: "换一个文件…", en: "Choose another…" },
  none: { zh: "尚未选择", en: "No file chosen" },
});

export type FilePickProps = { readonly id: string; readonly name: string; readonly accept: string; readonly describedBy?: string; readonly disabled?: boolean; readonly onPick: (file: File | undefined) => void };

export function FilePick({ id, name, accept, describedBy, disabled = false, onPick }: FilePickProps): ReactNode {
  const say = usePhrases(words);
  const [chosen, setChosen] = useState<string>();
  return (
    <span className="file-pick">
      <input
        id={id}
        name={name}
        type="file"
        accept={accept}
        disabled={disabled}
        aria-describedby={describedBy}
        onChange={(event) => {
          const file = event.target.files?.[0];
          setChosen(file?.name);
          onPick(file);
        }}
      />
      <span className="file-pick-button" aria-hidden>
        {say(chosen === undefined ? "choose" : "other")}
      </span>
      <span className={chosen === undefined ? "quiet" : ""} style={{ overflowWrap: "anywhere" }}>
        {chosen ?? say("none")}
      </span>
    </span>
  );
}
