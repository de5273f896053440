// The steps of a draft as buttons: submit, approve or send back as the second person, publish, withdraw. Closed ones say why.
import { App, Input, Modal } from "antd";
import { useState } from "react";
import type { ReactNode } from "react";
import { approveDraft, publishDraft, returnDraft, submitDraft, withdrawDraft } from "../../../modules/drafting/contract.ts";
import { type DraftMove, moves } from "../../../modules/drafting/rules.ts";
import { useCall } from "../../shared/data.ts";
import { MoveButton } from "../../shared/move-button.tsx";
import { ProblemView } from "../../shared/state-views.tsx";
import { usePhrases, useText } from "../../shared/words.ts";
import { draftWords } from "./draft-words.ts";
import type { Draft } from "./use-draft.ts";

const REFRESHES = ["/api/scheme-drafts", "/api/schemes"];

function ReturnDialog({ draft, onClose }: { readonly draft: Draft; readonly onClose: () => void }): ReactNode {
  const say = usePhrases(draftWords);
  const read = useText();
  const [reason, setReason] = useState("");
  const back = useCall(returnDraft, REFRESHES);
  return (
    <Modal open title={read(moves.return.label)} okText={read(moves.return.label)} cancelText={say("close")} okButtonProps={{ disabled: reason.trim() === "" }} confirmLoading={back.isPending} onCancel={onClose} onOk={() => back.mutate({ params: { id: draft.id }, body: { revision: draft.revision, reason: reason.trim() } }, { onSuccess: onClose })}>
      <ProblemView error={back.error} />
      <label htmlFor="return-reason">{say("reason")}</label>
      <Input.TextArea id="return-reason" autoFocus rows={3} maxLength={1000} value={reason} onChange={(event) => setReason(event.target.value)} />
    </Modal>
  );
}

export function DraftMoves({ draft }: { readonly draft: Draft }): ReactNode {
  const say = usePhrases(draftWords);
  const read = useText();
  const { message, modal } = App.useApp();
  const [returning, setReturning] = useState(false);
  const calls = { submit: useCall(submitDraft, REFRESHES), approve: useCall(approveDraft, REFRESHES), publish: useCall(publishDraft, REFRESHES), withdraw: useCall(withdrawDraft, REFRESHES) };
  type Step = keyof typeof calls;
  const steps: readonly Step[] = ["submit", "approve", "publish", "withdraw"];
  const take = (move: Step): void => calls[move].mutate({ params: { id: draft.id }, body: { revision: draft.revision } }, { onSuccess: () => void message.success(say("done", { move: read(moves[move].label) })) });
  const press = (move: Step): void => {
    if (move === "submit" || move === "approve") return take(move);
    const okMark = { "data-move": `sure-${move}` };
    void modal.confirm({ title: say(move === "publish" ? "surePublish" : "sureWithdraw"), okText: say("yes"), cancelText: say("close"), okButtonProps: okMark, onOk: () => take(move) });
  };
  const stateOf = (move: DraftMove): Draft["moves"][number] => draft.moves.find((one) => one.move === move) ?? { move, open: false };
  const button = (move: Step): ReactNode => (
    <MoveButton key={move} move={stateOf(move)} label={read(moves[move].label)} primary={move !== "withdraw"} danger={move === "withdraw"} loading={calls[move].isPending} onPress={() => press(move)} />
  );
  // A step that the role never takes is left out; one that is closed only now says why.
  const mine = (move: DraftMove): boolean => stateOf(move).open || stateOf(move).why?.en !== "Your role does not include this";
  return (
    <>
      {steps.filter((move) => move !== "withdraw" && mine(move)).map(button)}
      {mine("return") ? <MoveButton move={stateOf("return")} label={read(moves.return.label)} onPress={() => setReturning(true)} /> : null}
      {mine("withdraw") ? button("withdraw") : null}
      {steps.map((move) => (
        <ProblemView key={move} error={calls[move].error} />
      ))}
      {returning ? <ReturnDialog draft={draft} onClose={() => setReturning(false)} /> : null}
    </>
  );
}
