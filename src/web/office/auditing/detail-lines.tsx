// What an audit row tells besides who, what and whom: a line each, in words.
import type { ReactNode } from "react";
import { detailLabels } from "../../../core/audit-details.ts";
import { punct, usePhrases, useText } from "../../shared/words.ts";
import { detailText, isId, labelOf } from "./detail-text.ts";
import { auditWords } from "./words.ts";

export function DetailLines({ detail }: { readonly detail: Readonly<Record<string, unknown>> }): ReactNode {
  const read = useText();
  const say = usePhrases(auditWords);
  const words = { yes: say("yes"), no: say("no"), more: (n: number) => say("more", { n }), list: punct.list };
  const shown = (value: unknown): ReactNode => (isId(value) ? <code title={value}>{value.slice(0, 8)}</code> : detailText(value, words));
  return Object.entries(detail).map(([key, value]) => (
    <div key={key} style={{ minWidth: 160, maxWidth: 320, overflowWrap: "anywhere", whiteSpace: "normal" }}><span className="quiet">{read(labelOf(detailLabels, key))}</span> {shown(value)}</div>
  ));
}
