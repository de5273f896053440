// Signing by hand: a white field for pen, finger or mouse; the signature comes out as JPEG.
import { Button, Modal } from "antd";
import SignaturePad from "signature_pad";
import { useEffect, useRef, useState } from "react";
import type { ReactNode } from "react";
import { usePhrases } from "../../shared/words.ts";
import { formWords } from "./words.ts";

export function SignDialog({ onDone, onCancel }: { readonly onDone: (file: File) => void; readonly onCancel: () => void }): ReactNode {
  const say = usePhrases(formWords);
  const canvas = useRef<HTMLCanvasElement>(null);
  const pad = useRef<SignaturePad | null>(null);
  const [empty, setEmpty] = useState(true);
  useEffect(() => {
    if (!canvas.current) return;
    const made = new SignaturePad(canvas.current, { backgroundColor: "#fff", minWidth: 1.2, maxWidth: 3.5 });
    made.addEventListener("endStroke", () => setEmpty(made.isEmpty()));
    pad.current = made;
    return () => made.off();
  }, []);
  const done = (): void => {
    canvas.current?.toBlob((blob) => {
      if (blob) onDone(new File([blob], "signature.jpg", { type: "image/jpeg" }));
    }, "image/jpeg", 0.8);
  };
  return (
    <Modal
      open
      title={say("signHere")}
      width={760}
      onCancel={onCancel}
      footer={[
        <Button key="clear" onClick={() => { pad.current?.clear(); setEmpty(true); }}>
          {say("signClear")}
        </Button>,
        <Button key="cancel" onClick={onCancel}>
          {say("cancel")}
        </Button>,
        <Button key="done" type="primary" data-action="sign-done" disabled={empty} onClick={done}>
          {say("signDone")}
        </Button>,
      ]}
    >
      <canvas ref={canvas} width={700} height={260} data-signature-pad aria-label={say("signHere")} style={{ border: "1px solid #4a5563", width: 700, height: 260, maxWidth: "100%", touchAction: "none" }} />
    </Modal>
  );
}
