// The answer of the office that looked into a case.
import { App, Button, Input, Radio } from "antd";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { FormEvent, ReactNode } from "react";
import type { ReplyOf } from "../../../core/route.ts";
import { answerCase, type getCase } from "../../../modules/dispatch/contract.ts";
import { answerLabels, type CaseAnswer, caseAnswers, needsProof } from "../../../modules/dispatch/rules.ts";
import { useCall } from "../../shared/data.ts";
import { FilePick } from "../../shared/file-pick.tsx";
import { useMay } from "../../shared/session.ts";
import { ProblemView } from "../../shared/state-views.tsx";
import { usePhrases, useText } from "../../shared/words.ts";
import { answerFaults, type AnswerFault, answerHelp } from "./answering.ts";
import { dispatchWords } from "./words.ts";

export type CaseView = ReplyOf<typeof getCase>;
export const CASE_REFRESHES = ["/api/cases", "/api/findings", "/api/records", "/api/work", "/api/progress"];

/** Where a record is corrected, with the way back to the case; a person without a record is added. */
function CorrectLink({ view }: { readonly view: CaseView }): ReactNode {
  const say = usePhrases(dispatchWords);
  const mayCapture = useMay("record.capture");
  const { county, id, record } = view.case;
  if (!mayCapture) return <div className="fault-explain">{say("noCapture")}</div>;
  const search = { back: `/cases/${county}/${id}` };
  if (record === undefined) {
    return (
      <Link to="/records/new" search={search} data-move="correct-record">
        {say("add")} →
      </Link>
    );
  }
  return (
    <Link to="/records/$county/$id/capture" params={{ county: String(county), id: record }} search={search} data-move="correct-record">
      {say("correct")} →
    </Link>
  );
}

export function AnswerForm({ view }: { readonly view: CaseView }): ReactNode {
  const say = usePhrases(dispatchWords);
  const read = useText();
  const { message } = App.useApp();
  const [answer, setAnswer] = useState<CaseAnswer>();
  const [note, setNote] = useState("");
  const [proof, setProof] = useState<File>();
  const [tried, setTried] = useState(false);
  const send = useCall(answerCase, CASE_REFRESHES);
  const faults = answerFaults({ answer, note, proof });
  const faultOf = (field: AnswerFault["field"]): string | undefined => (tried ? read(faults.find((fault) => fault.field === field)?.message) || undefined : undefined);
  const must = answer !== undefined && needsProof.includes(answer);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    const [first] = faults;
    if (first || answer === undefined) {
      document.getElementById(first?.field === "answer" ? `answer-${caseAnswers[0]}` : `answer-${first?.field ?? "note"}`)?.focus();
      return;
    }
    const input = { params: { county: view.case.county, id: view.case.id }, body: { answer, note: note.trim() }, ...(proof ? { file: proof } : {}) };
    send.mutate(input, {
      onSuccess: () => {
        message.success(say("sent"));
        setTried(false);
        setNote("");
        setProof(undefined);
        setAnswer(undefined);
      },
    });
  };
  const fault = (field: AnswerFault["field"]): ReactNode => {
    const text = faultOf(field);
    return text === undefined ? null : (
      <div id={`answer-${field}-fault`} role="alert" className="field-fault fault-block">
        {text}
      </div>
    );
  };
  return (
    <form onSubmit={submit} noValidate>
      <ProblemView error={send.error} />
      <Radio.Group name="answer" value={answer ?? null} onChange={(event) => setAnswer(caseAnswers.find((one) => one === event.target.value))} style={{ display: "flex", flexDirection: "column", gap: 8 }}>
        {caseAnswers.map((one) => (
          <div key={one} className={answer === one ? "choice chosen" : "choice"}>
            <Radio id={`answer-${one}`} value={one} data-answer={one} aria-describedby={`answer-${one}-help`}>
              <b>{read(answerLabels[one])}</b>
            </Radio>
            <div id={`answer-${one}-help`} className="quiet" style={{ paddingInlineStart: 26 }}>
              {read(answerHelp[one])}
              {one === "correct-ours" ? (
                <div>
                  <CorrectLink view={view} />
                </div>
              ) : null}
            </div>
          </div>
        ))}
      </Radio.Group>
      {fault("answer")}
      <div style={{ marginTop: 12, maxWidth: 760 }}>
        <label htmlFor="answer-note">
          <span className="must">*</span> {say("note")}
        </label>
        <Input.TextArea id="answer-note" name="note" value={note} rows={3} maxLength={1000} showCount status={faultOf("note") ? "error" : ""} aria-describedby="answer-note-help answer-note-fault" onChange={(event) => setNote(event.target.value)} />
        <div id="answer-note-help" className="field-help">
          {say("noteHelp")}
        </div>
        {fault("note")}
      </div>
      <div style={{ marginTop: 12 }}>
        <label htmlFor="answer-proof">
          {must ? <span className="must">*</span> : null} {say("proof")}
          {say(must ? "proofMust" : "proofMay")}
        </label>
        <div>
          <FilePick key={send.submittedAt} id="answer-proof" name="proof" accept="image/jpeg,image/png,application/pdf" describedBy="answer-proof-help answer-proof-fault" onPick={setProof} />
        </div>
        <div id="answer-proof-help" className="field-help">
          {say("proofHelp")}
        </div>
        {fault("proof")}
      </div>
      <Button type="primary" htmlType="submit" size="large" data-move="answer" loading={send.isPending} style={{ marginTop: 16 }}>
        {say("send")}
      </Button>
    </form>
  );
}
