// Adding somebody who is on no list: only the village is asked; who it is comes from the card or the form.
import { Modal } from "antd";
import { useState } from "react";
import type { ReactNode } from "react";
import type { Text } from "../../../core/issue.ts";
import { levelOf } from "../../../core/area-code.ts";
import { AreaPicker } from "../../shared/area-picker.tsx";
import { usePhrases } from "../../shared/words.ts";
import type { CardReading } from "../readers/card.ts";
import { terminalWords } from "../words.ts";
import { FaultView, faultText } from "./fault-view.tsx";
import { useTerminal } from "./terminal-context.tsx";

export function AddDialog({ card, onClose }: { readonly card?: CardReading | undefined; readonly onClose: () => void }): ReactNode {
  const say = usePhrases(terminalWords);
  const { core, campaign, status, go } = useTerminal();
  const top = status.device?.area;
  const [area, setArea] = useState<number | undefined>(top !== undefined && levelOf(top) === 5 ? top : undefined);
  const [fault, setFault] = useState<Text>();
  const [busy, setBusy] = useState(false);
  const add = async (): Promise<void> => {
    if (area === undefined || campaign === undefined || busy) return;
    setBusy(true);
    try {
      const file = await core.begin(campaign, area);
      onClose();
      go({ page: "person", record: file.person.record }, { card, file });
    } catch (error) {
      setFault(faultText(error));
      setBusy(false);
    }
  };
  const ok = { disabled: area === undefined, "data-action": "add-go" };
  return (
    <Modal open title={say("addTitle")} onCancel={onClose} onOk={() => void add()} okText={say("addGo")} cancelText={say("cancel")} confirmLoading={busy} okButtonProps={ok} afterOpenChange={(open) => open && document.getElementById("add-area")?.focus()}>
      <p>{say(card ? "addRead" : "addAbout")}</p>
      {card ? (
        <p data-card-name>
          <b>{card.name}</b> <span className="number">{card.idNumber}</span>
          {card.address === undefined ? null : <span className="quiet"> {card.address}</span>}
        </p>
      ) : null}
      <FaultView say={fault} />
      <label htmlFor="add-area">{say("village")}</label>
      <AreaPicker id="add-area" name="add-area" label={say("village")} value={area} fromLevel={5} style={{ width: "100%" }} onChange={(code) => setArea(code)} />
    </Modal>
  );
}
