// Dialog: why nothing was captured (refused, not found, deceased, moved away).
import { Input, Modal, Radio } from "antd";
import { useState } from "react";
import type { ReactNode } from "react";
import { parseDate } from "../../../core/time.ts";
import { setOutcome } from "../../../modules/records/contract.ts";
import { type Outcome, outcomes } from "../../../modules/records/rules.ts";
import { useCall } from "../../shared/data.ts";
import { ProblemView } from "../../shared/state-views.tsx";
import { usePhrases } from "../../shared/words.ts";
import { REFRESHED } from "./refreshed.ts";
import { captureWords } from "./words.ts";

export function OutcomeDialog({ record, onDone, onCancel }: { readonly record: { readonly county: number; readonly id: string; readonly head: number }; readonly onDone: () => void; readonly onCancel: () => void }): ReactNode {
  const say = usePhrases(captureWords);
  const [outcome, setChoice] = useState<Outcome>();
  const [note, setNote] = useState("");
  const [text, setText] = useState("");
  const write = useCall(setOutcome, REFRESHED);
  const date = parseDate(text);
  const dateWrong = (text.trim() !== "" && date === undefined) || (outcome === "deceased" && date === undefined);
  const confirm = (): void => {
    if (outcome === undefined || dateWrong) return;
    write.mutate({ params: { county: record.county, id: record.id }, body: { basedOn: record.head, outcome, ...(note.trim() === "" ? {} : { note: note.trim() }), ...(date === undefined ? {} : { date }) } }, { onSuccess: onDone });
  };
  const ok = { disabled: outcome === undefined || dateWrong, "data-action": "confirm-outcome" };
  return (
    <Modal
      open
      title={say("outcomeTitle")}
      onCancel={onCancel}
      onOk={confirm}
      okText={say("confirm")}
      cancelText={say("cancel")}
      confirmLoading={write.isPending}
      okButtonProps={ok}
    >
      <ProblemView error={write.error} />
      <Radio.Group role="radiogroup" aria-label={say("outcomeTitle")} name="outcome" value={outcome ?? null} onChange={(event) => setChoice(outcomes.find((one) => one === event.target.value))} style={{ display: "flex", flexDirection: "column", gap: 8 }}>
        {outcomes.map((one) => (
          <Radio key={one} value={one} data-outcome={one}>
            {say(one)}
          </Radio>
        ))}
      </Radio.Group>
      <label style={{ display: "block", marginTop: 12 }}>
        {say(outcome === "deceased" ? "outcomeDate" : "outcomeDateOther")}
        <Input name="outcome-date" value={text} status={dateWrong && text !== "" ? "error" : ""} onChange={(event) => setText(event.target.value)} onBlur={() => setText(date ?? text)} />
      </label>
      {dateWrong && outcome !== undefined ? <div className="fault-block">{say("dateWrong")}</div> : null}
      <label style={{ display: "block", marginTop: 12 }}>
        {say("note")}
        <Input.TextArea name="outcome-note" value={note} maxLength={500} autoSize={{ minRows: 2 }} onChange={(event) => setNote(event.target.value)} />
      </label>
    </Modal>
  );
}
