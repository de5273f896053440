// Why nothing was captured: refused, not found, moved, deceased, or back to the office with a reason.
import { Input, Modal, Radio } from "antd";
import { useState } from "react";
import type { ReactNode } from "react";
import type { CaptureEntry } from "../../../bundle/contents.ts";
import type { Text } from "../../../core/issue.ts";
import { parseDate } from "../../../core/time.ts";
import { usePhrases } from "../../shared/words.ts";
import { personWords } from "../capture-words.ts";
import { terminalWords } from "../words.ts";
import { FaultView, faultText } from "./fault-view.tsx";

export type Outcome = NonNullable<CaptureEntry["outcome"]>;
const kinds = ["refused", "not-found", "moved", "deceased", "to-office"] as const satisfies readonly Outcome["kind"][];

export function OutcomeDialog({ onDone, onCancel }: { readonly onDone: (outcome: Outcome) => Promise<void>; readonly onCancel: () => void }): ReactNode {
  const say = usePhrases(personWords);
  const sayShell = usePhrases(terminalWords);
  const [kind, setKind] = useState<Outcome["kind"]>();
  const [note, setNote] = useState("");
  const [text, setText] = useState("");
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<Text>();
  const date = parseDate(text);
  const dated = kind === "deceased" || kind === "moved";
  const dateWrong = dated && (text.trim() === "" ? kind === "deceased" : date === undefined);
  const ready = kind !== undefined && !dateWrong && (kind !== "to-office" || note.trim() !== "");
  const confirm = async (): Promise<void> => {
    if (!ready || busy) return;
    setBusy(true);
    try {
      await onDone({ kind, ...(note.trim() === "" ? {} : { note: note.trim() }), ...(dated && date !== undefined ? { date } : {}) });
    } catch (error) {
      setFault(faultText(error));
      setBusy(false);
    }
  };
  const ok = { disabled: !ready, "data-action": "confirm-outcome" };
  return (
    <Modal open title={say("outcomeTitle")} onCancel={onCancel} onOk={() => void confirm()} okText={sayShell("confirm")} cancelText={sayShell("cancel")} confirmLoading={busy} okButtonProps={ok}>
      <FaultView say={fault} />
      <Radio.Group className="readers" role="radiogroup" aria-label={say("outcomeTitle")} name="outcome" value={kind ?? null} onChange={(event) => setKind(kinds.find((one) => one === event.target.value))}>
        {kinds.map((one) => (
          <Radio key={one} value={one} data-outcome={one}>
            {say(one)}
          </Radio>
        ))}
      </Radio.Group>
      {kind === "refused" ? <p className="quiet">{say("refusedNote")}</p> : null}
      {dated ? (
        <label className="line">
          {say(kind === "deceased" ? "outcomeDateNeeded" : "outcomeDate")}
          <Input name="outcome-date" value={text} status={dateWrong && text !== "" ? "error" : ""} onChange={(event) => setText(event.target.value)} onBlur={() => setText(date ?? text)} />
          {dateWrong && text !== "" ? <span className="fault-block">{say("dateWrong")}</span> : null}
        </label>
      ) : null}
      <label className="line">
        {say(kind === "to-office" ? "outcomeNoteNeeded" : "outcomeNote")}
        <Input.TextArea name="outcome-note" value={note} maxLength={500} autoSize={{ minRows: 2, maxRows: 5 }} onChange={(event) => setNote(event.target.value)} />
      </label>
    </Modal>
  );
}
