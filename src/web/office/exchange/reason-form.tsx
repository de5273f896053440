// Asks for the reason of something that cannot be undone.
import { Form, Input, Modal } from "antd";
import type { ReactNode } from "react";
import { FormEnd } from "../../shared/form-end.tsx";
import { ProblemView } from "../../shared/state-views.tsx";
import { usePhrases } from "../../shared/words.ts";
import { catalogueWords } from "./catalogue-words.ts";

export type ReasonFormProps = { readonly title: string; readonly help: string; readonly move: string; readonly label: string; readonly pending: boolean; readonly error: Error | null; readonly onReason: (reason: string) => void; readonly onClose: () => void };

export function ReasonForm({ title, help, move, label, pending, error, onReason, onClose }: ReasonFormProps): ReactNode {
  const say = usePhrases(catalogueWords);
  return (
    <Modal open title={title} footer={null} onCancel={onClose} mask={{ closable: false }}>
      <p>{help}</p>
      <Form<{ reason: string }> layout="vertical" onFinish={({ reason }) => onReason(reason.trim())}>
        <ProblemView error={error} />
        <Form.Item name="reason" label={say("reason")} rules={[{ required: true, whitespace: true, min: 2, message: say("required") }]}>
          <Input name="reason" maxLength={200} />
        </Form.Item>
        <FormEnd move={move} label={label} busy={pending} danger onClose={onClose} />
      </Form>
    </Modal>
  );
}
