// A reviewer's remark where it is pinned, with the answer or the box to answer it in.
import { Button, Input } from "antd";
import { useState } from "react";
import type { ReactNode } from "react";
import type { Static } from "typebox";
import type { remarkView } from "../../../modules/records/contract.ts";
import { moment } from "../../shared/figures.ts";
import { punct, usePhrases } from "../../shared/words.ts";
import { formWords } from "./words.ts";

export type Remark = Static<typeof remarkView>;

export function RemarkBox({ remark, onAnswer, busy = false }: { readonly remark: Remark; readonly onAnswer?: (remark: Remark, answer: string) => void; readonly busy?: boolean }): ReactNode {
  const say = usePhrases(formWords);
  const [text, setText] = useState("");
  const answered = remark.answer !== undefined;
  return (
    <div className={answered ? "remark answered" : "remark"} data-remark={remark.id}>
      <div>
        <b>{say("remark")}</b> {remark.author} <span className="quiet">{moment(remark.at)}</span>
      </div>
      <div style={{ whiteSpace: "pre-wrap" }}>{remark.body}</div>
      {answered ? (
        <div style={{ marginTop: 4 }}>
          <b>{say("answer")}</b> <span style={{ whiteSpace: "pre-wrap" }}>{remark.answer}</span>{" "}
          <span className="quiet">{say("answerBy", { who: remark.answeredBy ?? "", at: moment(remark.answeredAt) })}</span>
        </div>
      ) : onAnswer ? (
        <div style={{ display: "flex", gap: 8, marginTop: 6, alignItems: "flex-start" }}>
          <Input.TextArea aria-label={`${say("answer")}${punct.colon}${remark.body}`} name={`answer-${remark.id}`} placeholder={say("answerHint")} autoSize={{ minRows: 1, maxRows: 4 }} maxLength={1000} value={text} onChange={(event) => setText(event.target.value)} />
          <Button data-action="answer-remark" disabled={text.trim() === ""} loading={busy} onClick={() => onAnswer(remark, text.trim())}>
            {say("answerSend")}
          </Button>
        </div>
      ) : null}
    </div>
  );
}
