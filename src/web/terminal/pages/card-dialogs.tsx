// Two questions around cards: why a value of the card is changed by hand, and whose card it is that is not the person's.
import { Button, Input, Modal } from "antd";
import { useState } from "react";
import type { ReactNode } from "react";
import { itemAt } from "../../../scheme/layout.ts";
import type { Scheme } from "../../../scheme/model.ts";
import { usePhrases, useText } from "../../shared/words.ts";
import { personWords } from "../capture-words.ts";
import type { CardReading } from "../readers/card.ts";
import { terminalWords } from "../words.ts";
import { useTerminal } from "./terminal-context.tsx";
import { useFindByNumber } from "./use-card-reader.ts";

type Props = {
  readonly scheme: Scheme;
  readonly unlocking: string | undefined;
  readonly onUnlock: (path: string, why: string) => void;
  readonly stranger: CardReading | undefined;
  readonly hasAgent: boolean;
  readonly onAgentCard: (card: CardReading) => void;
  readonly onClose: () => void;
};

function UnlockDialog({ scheme, path, onUnlock, onClose }: { readonly scheme: Scheme; readonly path: string; readonly onUnlock: Props["onUnlock"]; readonly onClose: () => void }): ReactNode {
  const say = usePhrases(personWords);
  const sayShell = usePhrases(terminalWords);
  const read = useText();
  const [why, setWhy] = useState("");
  const ok = { disabled: why.trim() === "", "data-action": "confirm-unlock" };
  return (
    <Modal open title={say("unlockTitle", { item: read(itemAt(scheme, path)?.item.label) })} onCancel={onClose} onOk={() => onUnlock(path, why.trim())} okText={sayShell("confirm")} cancelText={sayShell("cancel")} okButtonProps={ok} afterOpenChange={(open) => open && document.querySelector<HTMLElement>('[name="unlock-why"]')?.focus()}>
      <label className="line">
        {say("unlockWhy")}
        <Input.TextArea name="unlock-why" value={why} maxLength={200} autoSize={{ minRows: 2, maxRows: 4 }} onChange={(event) => setWhy(event.target.value)} />
      </label>
    </Modal>
  );
}

export function CardDialogs({ scheme, unlocking, onUnlock, stranger, hasAgent, onAgentCard, onClose }: Props): ReactNode {
  const say = usePhrases(personWords);
  const sayShell = usePhrases(terminalWords);
  const { go } = useTerminal();
  const find = useFindByNumber();
  if (unlocking !== undefined) return <UnlockDialog scheme={scheme} path={unlocking} onUnlock={onUnlock} onClose={onClose} />;
  if (!stranger) return null;
  const record = find(stranger.idNumber);
  return (
    <Modal
      open
      title={say("agentCard")}
      onCancel={onClose}
      footer={[
        <Button key="cancel" onClick={onClose}>
          {sayShell("cancel")}
        </Button>,
        record === undefined ? null : (
          <Button key="other" data-action="open-card" onClick={() => { onClose(); go({ page: "person", record }, { card: stranger }); }}>
            {say("agentCardOther")}
          </Button>
        ),
        hasAgent ? (
          <Button key="agent" type="primary" data-action="agent-card" onClick={() => onAgentCard(stranger)}>
            {say("agentCardYes")}
          </Button>
        ) : null,
      ]}
    >
      <p>
        <b>{stranger.name}</b> <span className="number">{stranger.idNumber}</span>
      </p>
    </Modal>
  );
}
