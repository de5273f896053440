// What a card brought: how many items stand as on the card, and what was known otherwise before.
import { Alert } from "antd";
import type { ReactNode } from "react";
import { itemAt, labelOf } from "../../../scheme/layout.ts";
import type { Scheme } from "../../../scheme/model.ts";
import { useLang, usePhrases, useText } from "../../shared/words.ts";
import { personWords } from "../capture-words.ts";
import type { CardNote } from "./use-card.ts";

export function CardNoteView({ scheme, note }: { readonly scheme: Scheme; readonly note: CardNote }): ReactNode {
  const say = usePhrases(personWords);
  const read = useText();
  const lang = useLang();
  const differs = note.differences.length > 0;
  return (
    <Alert
      type={differs ? "warning" : "success"}
      showIcon
      role="status"
      data-card-read={note.taken}
      style={{ marginBottom: 16 }}
      title={say("cardRead", { n: note.taken })}
      description={
        differs ? (
          <>
            <div>{say("cardDiffers")}</div>
            <ul>
              {note.differences.map(({ path, known, card }) => {
                const item = itemAt(scheme, path)?.item;
                return item ? <li key={path}>{say("fromTo", { item: read(item.label), from: labelOf(scheme, item, known, lang), to: labelOf(scheme, item, card, lang) })}</li> : null;
              })}
            </ul>
          </>
        ) : undefined
      }
    />
  );
}
