// Asks for the reason of something that cannot be undone.
import { Button, Form, Input, Modal } from "antd";
import type { ReactNode } from "react";
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
        <div style={{ display: "flex", gap: 12 }}>
          <Button danger type="primary" htmlType="submit" data-move={move} loading={pending}>
            {label}
          </Button>
          <Button onClick={onClose}>{say("cancel")}</Button>
        </div>
      </Form>
    </Modal>
  );
}
