// The end of a form in a dialog: the button that sends it, and the one that closes it unsent.
import { Button } from "antd";
import { type ReactNode, useEffect, useRef } from "react";
import { phrases, usePhrases } from "./words.ts";

const words = phrases({ cancel: { zh: "取消", en: "Cancel" } });

type FormEndProps = { readonly move: string; readonly label: string; readonly busy: boolean; readonly danger?: boolean; readonly onSend?: () => void; readonly onClose: () => void };

export function FormEnd({ move, label, busy, danger = false, onSend, onClose }: FormEndProps): ReactNode {
  const say = usePhrases(words);
  const end = useRef<HTMLDivElement>(null);
  // Whoever opens a dialog writes in its first field; left to itself it would hand the keys to the button that closes it.
  useEffect(() => {
    const dialog = end.current?.closest("[role=dialog]");
    if (dialog && !dialog.contains(document.activeElement)) dialog.querySelector<HTMLElement>("form :is(input, textarea):not([type=hidden], :disabled)")?.focus({ preventScroll: true });
  }, []);
  return (
    <div ref={end} style={{ display: "flex", gap: 12 }}>
      <Button type="primary" danger={danger} htmlType="submit" data-move={move} loading={busy} {...(onSend && { onClick: onSend })}>
        {label}
      </Button>
      <Button onClick={onClose}>{say("cancel")}</Button>
    </div>
  );
}
