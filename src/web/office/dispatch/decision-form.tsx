// The county accepts an answer or sends it back; the check then decides whether the case closes.
import { App, Button, Input } from "antd";
import { useState } from "react";
import type { ReactNode } from "react";
import { decideCase } from "../../../modules/dispatch/contract.ts";
import { useCall } from "../../shared/data.ts";
import { ProblemView } from "../../shared/state-views.tsx";
import { usePhrases } from "../../shared/words.ts";
import { CASE_REFRESHES, type CaseView } from "./answer-form.tsx";
import { dispatchWords } from "./words.ts";

export function DecisionForm({ view }: { readonly view: CaseView }): ReactNode {
  const say = usePhrases(dispatchWords);
  const { message } = App.useApp();
  const [note, setNote] = useState("");
  const [missing, setMissing] = useState(false);
  const decide = useCall(decideCase, CASE_REFRESHES);
  const act = (accept: boolean): void => {
    const text = note.trim();
    setMissing(!accept && text === "");
    if (!accept && text === "") {
      document.getElementById("decision-note")?.focus();
      return;
    }
    decide.mutate({ params: { county: view.case.county, id: view.case.id }, body: { accept, ...(text === "" ? {} : { note: text }) } }, {
      onSuccess: () => {
        message.success(say(accept ? "accepted" : "returned"));
        setNote("");
      },
    });
  };
  return (
    <>
      <ProblemView error={decide.error} />
      <label htmlFor="decision-note">{say("decisionNote")}</label>
      <Input.TextArea id="decision-note" name="decision-note" value={note} rows={2} maxLength={1000} style={{ maxWidth: 760, display: "block" }} status={missing ? "error" : ""} aria-describedby="decision-note-fault" onChange={(event) => setNote(event.target.value)} />
      {missing ? (
        <div id="decision-note-fault" role="alert" className="field-fault fault-block">
          {say("needNote")}
        </div>
      ) : null}
      <p className="quiet">{say("acceptHelp")}</p>
      <div style={{ display: "flex", gap: 12 }}>
        <Button type="primary" size="large" data-move="accept-answer" loading={decide.isPending} onClick={() => act(true)}>
          {say("accept")}
        </Button>
        <Button size="large" danger data-move="send-back" disabled={decide.isPending} onClick={() => act(false)}>
          {say("sendBack")}
        </Button>
      </div>
    </>
  );
}
