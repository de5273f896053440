// The end of a form in a dialog: the button that sends it, and the one that closes it unsent.
import { Button } from "antd";
import type { ReactNode } from "react";
import { phrases, usePhrases } from "./words.ts";

const words = phrases({ cancel: { zh: "取消", en: "Cancel" } });

type FormEndProps = { readonly move: string; readonly label: string; readonly busy: boolean; readonly danger?: boolean; readonly onSend?: () => void; readonly onClose: () => void };

export function FormEnd({ move, label, busy, danger = false, onSend, onClose }: FormEndProps): ReactNode {
  const say = usePhrases(words);
  return (
    <div style={{ display: "flex", gap: 12 }}>
      <Button type="primary" danger={danger} htmlType="submit" data-move={move} loading={busy} {...(onSend && { onClick: onSend })}>
        {label}
      </Button>
      <Button onClick={onClose}>{say("cancel")}</Button>
    </div>
  );
}
