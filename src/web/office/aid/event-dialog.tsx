// An event of one household that an office heard of: a disaster, a hospital bill, a death. What departments tell comes by their interface.
import { Alert, App, Form, InputNumber, Modal, Select } from "antd";
import { type ReactNode, useState } from "react";
import { newId } from "../../../core/ids.ts";
import type { ReplyOf } from "../../../core/route.ts";
import { enterEvents, type getHousehold } from "../../../modules/aid/contract.ts";
import { byOffice, eventLabels } from "../../../modules/aid/rules.ts";
import { type EventKind, eventKinds, measures } from "../../../scheme/aid-model.ts";
import { useCall } from "../../shared/data.ts";
import { DateField } from "../../shared/date-field.tsx";
import { today } from "../../shared/figures.ts";
import { FormEnd } from "../../shared/form-end.tsx";
import { ProblemView } from "../../shared/state-views.tsx";
import { usePhrases, useText } from "../../shared/words.ts";
import { aidWords } from "./words.ts";

export function EventDialog({ household, scheme, onDone }: { readonly household: ReplyOf<typeof getHousehold>["household"]; readonly scheme: string; readonly onDone: () => void }): ReactNode {
  const say = usePhrases(aidWords);
  const read = useText();
  const { message } = App.useApp();
  const enter = useCall(enterEvents, ["/api/households", "/api/warnings"]);
  // One number for one dialog: sent twice it is one event.
  const [no] = useState(newId);
  type Fields = { readonly kind: EventKind; readonly on: string; readonly amount?: number | null };
  const [form] = Form.useForm<Fields>();
  const kind = Form.useWatch("kind", form);
  const money = (measures as readonly string[]).includes(kind ?? "");
  const must = [{ required: true, message: say("required") }];
  const send = ({ amount, ...rest }: Fields): void =>
    enter.mutate({ body: { scheme, source: byOffice, events: [{ household: household.id, no, ...rest, ...(typeof amount === "number" && { amount }) }] } }, {
      onSuccess: ({ returned }) => { if (returned.length === 0) { void message.success(say("saved")); onDone(); } },
    });
  return (
    <Modal open title={say("enterEvent")} footer={null} onCancel={onDone} mask={{ closable: false }}>
      <Form<Fields> form={form} layout="vertical" initialValues={{ on: today() }} onFinish={send}>
        <ProblemView error={enter.error} />
        {enter.data?.returned.map((row) => <Alert key={row.row} type="error" showIcon style={{ marginBottom: 16 }} title={read(row.message)} />)}
        <Form.Item name="kind" label={say("what")} rules={must}><Select autoFocus showSearch={{ optionFilterProp: "label" }} options={eventKinds.map((value) => ({ value, label: read(eventLabels[value]) }))} /></Form.Item>
        <Form.Item name="on" label={say("on")} rules={must}><DateField name="event-on" /></Form.Item>
        <Form.Item name="amount" label={say(money ? "eventMoney" : "eventLoss")} rules={money ? must : []}><InputNumber min={0} precision={2} style={{ width: "100%" }} /></Form.Item>
        <FormEnd move="save-event" label={say("save")} busy={enter.isPending} onClose={onDone} />
      </Form>
    </Modal>
  );
}
