// Sending to a node over the network: how it goes, and where, whether and how often.
import { App, Form, Input, Modal, Radio } from "antd";
import type { ReactNode } from "react";
import type { ReplyOf } from "../../../core/route.ts";
import { type listNodes, setSending } from "../../../modules/federation/contract.ts";
import { plans } from "../../../modules/federation/rules.ts";
import { useCall } from "../../shared/data.ts";
import { moment } from "../../shared/figures.ts";
import { FormEnd } from "../../shared/form-end.tsx";
import { ProblemView } from "../../shared/state-views.tsx";
import { punct, usePhrases, useText } from "../../shared/words.ts";
import { nodeWords } from "./words.ts";

type Peer = ReplyOf<typeof listNodes>["peers"][number];
type Fields = { readonly address?: string; readonly sending: boolean; readonly packEvery: (typeof plans)[number] | "hand" };

export function SendingState({ peer }: { readonly peer: Peer }): ReactNode {
  const say = usePhrases(nodeWords);
  const read = useText();
  const plan = peer.packEvery ? <div className="quiet">{say("plan")}{punct.colon}{say(peer.packEvery)}</div> : null;
  if (peer.address === undefined) return <span data-sending="file">{say("byFile")}{plan}</span>;
  if (!peer.sending) return <span data-sending="off">{say("switchedOff")}{plan}</span>;
  return (
    <span data-sending={peer.failures > 0 ? "failed" : peer.confirmedSeq < peer.sentSeq ? "waiting" : "done"} style={{ whiteSpace: "normal" }}>
      {peer.confirmedSeq < peer.sentSeq ? say("onItsWay", { no: peer.confirmedSeq + 1 }) : say("allConfirmed")}
      {peer.sendError ? <div className="fault-block">{read(peer.sendError)}</div> : null}
      {peer.failures > 0 && peer.nextTryAt !== undefined ? <div className="quiet">{say("failed", { n: peer.failures, at: moment(peer.nextTryAt) })}</div> : null}
      {plan}
    </span>
  );
}

export function SendingForm({ peer, onClose }: { readonly peer: Peer; readonly onClose: () => void }): ReactNode {
  const say = usePhrases(nodeWords);
  const { message } = App.useApp();
  const save = useCall(setSending, ["/api/nodes"]);
  const submit = ({ address, sending, packEvery }: Fields): void =>
    save.mutate({ params: { name: peer.name }, body: { sending, ...(address !== undefined && address.trim() !== "" && { address: address.trim() }), ...(packEvery !== "hand" && { packEvery }) } }, {
      onSuccess: () => {
        void message.success(say("sendingSaved"));
        onClose();
      },
    });
  return (
    <Modal open title={say("sendingOf", { name: peer.label })} footer={null} width={600} onCancel={onClose} mask={{ closable: false }}>
      <Form<Fields> layout="vertical" onFinish={submit} initialValues={{ address: peer.address ?? "", sending: peer.sending, packEvery: peer.packEvery ?? "hand" }}>
        <ProblemView error={save.error} />
        <Form.Item name="address" label={say("address")} extra={say("addressHelp")}>
          <Input name="node-address" maxLength={200} />
        </Form.Item>
        <Form.Item name="sending" label={say("switch")}>
          <Radio.Group options={[{ value: true, label: say("on") }, { value: false, label: say("off") }]} />
        </Form.Item>
        <Form.Item name="packEvery" label={say("plan")}>
          <Radio.Group options={[{ value: "hand", label: say("byHand") }, ...plans.map((value) => ({ value, label: say(value) }))]} />
        </Form.Item>
        <FormEnd move="save-sending" label={say("save")} busy={save.isPending} onClose={onClose} />
      </Form>
    </Modal>
  );
}
