// Dialog: the person is registered elsewhere in the county; ask the office there to take the record.
import { Input, Modal } from "antd";
import { useState } from "react";
import type { ReactNode } from "react";
import { askHandover } from "../../../modules/review/contract.ts";
import { AreaPicker } from "../../shared/area-picker.tsx";
import { useCall } from "../../shared/data.ts";
import { ProblemView } from "../../shared/state-views.tsx";
import { usePhrases } from "../../shared/words.ts";
import { REFRESHED } from "./refreshed.ts";
import { captureWords } from "./words.ts";

export function HandoverDialog({ record, onDone, onCancel }: { readonly record: { readonly county: number; readonly id: string }; readonly onDone: () => void; readonly onCancel: () => void }): ReactNode {
  const say = usePhrases(captureWords);
  const [toArea, setToArea] = useState<number>();
  const [reason, setReason] = useState("");
  const write = useCall(askHandover, REFRESHED);
  const ready = toArea !== undefined && reason.trim() !== "";
  const ok = { disabled: !ready, "data-action": "confirm-handover" };
  return (
    <Modal
      open
      title={say("handoverTitle")}
      onCancel={onCancel}
      onOk={() => {
        if (toArea !== undefined && ready) write.mutate({ params: { county: record.county, id: record.id }, body: { toArea, reason: reason.trim() } }, { onSuccess: onDone });
      }}
      okText={say("confirm")}
      cancelText={say("cancel")}
      confirmLoading={write.isPending}
      okButtonProps={ok}
    >
      <ProblemView error={write.error} />
      <div>{say("toArea")}</div>
      <AreaPicker name="to-area" label={say("toArea")} value={toArea} within={record.county * 1_000_000} fromLevel={4} style={{ width: "100%" }} onChange={(code) => setToArea(code)} />
      <label style={{ display: "block", marginTop: 12 }}>
        {say("handoverReason")}
        <Input.TextArea name="handover-reason" value={reason} maxLength={500} autoSize={{ minRows: 2 }} onChange={(event) => setReason(event.target.value)} />
      </label>
    </Modal>
  );
}
