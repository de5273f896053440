// What a draft changes at one place: each change in a sentence, with what was there and what is there now.
import type { ReactNode } from "react";
import type { SchemeChange } from "../../../scheme/compare.ts";
import { punct, useText } from "../../shared/words.ts";

export function WasNow({ changes }: { readonly changes: readonly SchemeChange[] }): ReactNode {
  const read = useText();
  if (changes.length === 0) return null;
  return (
    <ul className="was-now">
      {changes.map((change) => (
        <li key={`${change.code} ${change.path}`} data-change={change.code}>
          {read(change.sentence)}
          {change.was && change.now ? (
            <span>
              {punct.gap}<del>{read(change.was)}</del> → <ins>{read(change.now)}</ins>
            </span>
          ) : null}
        </li>
      ))}
    </ul>
  );
}
