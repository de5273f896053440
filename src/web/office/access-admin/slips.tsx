// Activation slips, one a person: shown once, printed, handed over.
import { Button, Modal } from "antd";
import type { ReactNode } from "react";
import { moment } from "../../shared/figures.ts";
import { usePhrases } from "../../shared/words.ts";
import { rightsWords } from "./rights-words.ts";

export type Slip = { readonly login: string; readonly name: string; readonly office?: string; readonly code: string; readonly expiresAt: string };

export function SlipList({ slips }: { readonly slips: readonly Slip[] }): ReactNode {
  const say = usePhrases(rightsWords);
  return (
    <div style={{ display: "grid", gap: 12 }}>
      {slips.map((slip) => (
        <section key={slip.login} data-slip={slip.login} className="panel" style={{ margin: 0, breakInside: "avoid", border: "1px dashed #8b95a1" }}>
          <dl style={{ display: "grid", gridTemplateColumns: "max-content 1fr", gap: "4px 16px", margin: 0 }}>
            <dt>{say("slipName")}</dt>
            <dd style={{ margin: 0 }}>{slip.office ? `${slip.name} · ${slip.office}` : slip.name}</dd>
            <dt>{say("slipLogin")}</dt>
            <dd style={{ margin: 0 }}><b>{slip.login}</b></dd>
            <dt>{say("slipCode")}</dt>
            <dd style={{ margin: 0 }}><code data-code={slip.login} style={{ fontSize: 18 }}>{slip.code}</code></dd>
            <dt>{say("slipUntil")}</dt>
            <dd style={{ margin: 0 }}>{moment(slip.expiresAt)}</dd>
          </dl>
          <div className="quiet" style={{ marginTop: 8 }}>{say("slipHow")}</div>
        </section>
      ))}
    </div>
  );
}

export function SlipDialog({ slip, onClose }: { readonly slip: Slip; readonly onClose: () => void }): ReactNode {
  const say = usePhrases(rightsWords);
  return (
    <Modal open title={say("slipTitle")} footer={null} width={560} closable={false} keyboard={false} mask={{ closable: false }}>
      <p>{say("slipHelp")}</p>
      <SlipList slips={[slip]} />
      <div style={{ display: "flex", gap: 12, marginTop: 16 }}>
        <Button type="primary" data-move="close-slip" onClick={onClose}>{say("close")}</Button>
        <Button data-move="print-slips" onClick={() => window.print()}>{say("print")}</Button>
      </div>
    </Modal>
  );
}
