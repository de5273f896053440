// Turning the pages of a list that is read by cursor: back to the first, on to the next.
import { Button } from "antd";
import type { ReactNode } from "react";
import { phrases, usePhrases } from "./words.ts";

const words = phrases({
  first: { zh: "第一页", en: "First page" },
  next: { zh: "下一页", en: "Next page" },
});

export function PageTurn({ after, next, onTurn }: { readonly after: string | undefined; readonly next: string | undefined; readonly onTurn: (after: string | undefined) => void }): ReactNode {
  const say = usePhrases(words);
  if (after === undefined && next === undefined) return null;
  return (
    <div className="no-print" style={{ display: "flex", gap: 8, justifyContent: "flex-end", marginTop: 12 }}>
      <Button disabled={after === undefined} onClick={() => onTurn(undefined)}>
        {say("first")}
      </Button>
      <Button disabled={next === undefined} data-action="next-page" onClick={() => onTurn(next)}>
        {say("next")}
      </Button>
    </div>
  );
}
