// The remarks written in this review, each pinned to its item; they go out with the return.
import { Button, Input } from "antd";
import type { ReactNode } from "react";
import { itemAt } from "../../../scheme/layout.ts";
import type { Scheme } from "../../../scheme/model.ts";
import { useLang, usePhrases } from "../../shared/words.ts";
import { focusItem } from "../form/focus.ts";
import { type DraftRemark, reworded } from "./decisions.ts";
import { reviewWords } from "./words.ts";

export function RemarkDrafts({ scheme, drafts, onChange }: { readonly scheme: Scheme; readonly drafts: readonly DraftRemark[]; readonly onChange: (drafts: readonly DraftRemark[]) => void }): ReactNode {
  const say = usePhrases(reviewWords);
  const lang = useLang();
  return (
    <section className="panel" aria-label={say("remarks")} data-remark-drafts={drafts.length}>
      <h2>{say("remarks")}</h2>
      {drafts.length === 0 ? <p className="quiet">{say("noRemarks")}</p> : null}
      {drafts.map((draft) => {
        const label = say("remarkOn", { item: itemAt(scheme, draft.path)?.item.label[lang] ?? draft.path });
        return (
          <div key={draft.path} className="remark">
            <label htmlFor={`remark-${draft.path}`}>{label}</label>
            <Input.TextArea
              id={`remark-${draft.path}`}
              name={`remark:${draft.path}`}
              value={draft.body}
              maxLength={1000}
              autoSize={{ minRows: 2, maxRows: 6 }}
              placeholder={say("remarkHint")}
              onChange={(event) => onChange(reworded(drafts, draft.path, event.target.value))}
              onKeyDown={(event) => {
                if (event.key === "Escape") focusItem(draft.path);
              }}
            />
            <Button size="small" type="link" onClick={() => onChange(drafts.filter((other) => other.path !== draft.path))}>
              {say("removeRemark")}
            </Button>
          </div>
        );
      })}
      <p className="quiet" style={{ fontSize: 14, margin: 0 }}>
        {say("keys")}
      </p>
    </section>
  );
}
