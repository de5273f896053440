// Dialogs about one terminal: registering, a collector with the code that is shown once, renewing, revoking, the file to carry.
import { Alert, Button, Form, Input, InputNumber, Modal, Select } from "antd";
import { useMutation } from "@tanstack/react-query";
import type { ReactNode } from "react";
import type { ReplyOf } from "../../../core/route.ts";
import { isDate } from "../../../core/time.ts";
import { addDevice, addOperator, listCollectors, type listDevices, renewLease, revokeDevice } from "../../../modules/fieldwork/contract.ts";
import { AreaPicker } from "../../shared/area-picker.tsx";
import { useCall, useRoute } from "../../shared/data.ts";
import { moment, today } from "../../shared/figures.ts";
import { FormEnd } from "../../shared/form-end.tsx";
import { useMe } from "../../shared/session.ts";
import { Loaded, ProblemView } from "../../shared/state-views.tsx";
import { usePhrases } from "../../shared/words.ts";
import { saveBundleFor } from "./take-file.ts";
import { terminalWords } from "./words.ts";

export type DeviceView = ReplyOf<typeof listDevices>["devices"][number];
type DialogProps = { readonly device: DeviceView; readonly onClose: () => void };
const REFRESHES = ["/api/fieldwork"];

export function RegisterDialog({ onClose, onMade }: { readonly onClose: () => void; readonly onMade: (device: DeviceView) => void }): ReactNode {
  const say = usePhrases(terminalWords);
  const me = useMe().data;
  const add = useCall(addDevice, REFRESHES);
  const required = [{ required: true, message: say("required") }];
  type Fields = { label: string; area: number; leaseDays: number; wipeAfterDays: number };
  return (
    <Modal open title={say("register")} footer={null} onCancel={onClose} mask={{ closable: false }}>
      <Form<Fields> layout="vertical" initialValues={{ leaseDays: 14, wipeAfterDays: 7, area: me?.area.code }} onFinish={(fields) => add.mutate({ body: { ...fields, label: fields.label.trim() } }, { onSuccess: onMade })}>
        <ProblemView error={add.error} />
        <Form.Item name="label" label={say("label")} help={say("labelHelp")} rules={[{ required: true, whitespace: true, message: say("required") }]}>
          <Input name="label" maxLength={60} autoFocus />
        </Form.Item>
        <Form.Item name="area" label={say("area")} help={say("areaHelp")} rules={required} style={{ marginTop: 12 }}>
          <TerminalArea within={me?.area.code} />
        </Form.Item>
        <Form.Item name="leaseDays" label={say("leaseDays")} help={say("leaseHelp")} rules={required} style={{ marginTop: 12 }}>
          <InputNumber min={1} max={14} precision={0} />
        </Form.Item>
        <Form.Item name="wipeAfterDays" label={say("wipeDays")} rules={required} style={{ marginTop: 12 }}>
          <InputNumber min={0} max={60} precision={0} />
        </Form.Item>
        <FormEnd move="register-terminal" label={say("register")} busy={add.isPending} onClose={onClose} />
      </Form>
    </Modal>
  );
}

/** The area picker as a form's field. */
function TerminalArea({ value, onChange, within, id }: { readonly value?: number; readonly onChange?: (code: number | undefined) => void; readonly within?: number | undefined; readonly id?: string }): ReactNode {
  return <AreaPicker value={value} fromLevel={3} {...(within !== undefined && { within })} {...(id !== undefined && { id })} name="area" onChange={(code) => onChange?.(code)} />;
}

export function OperatorDialog({ device, onClose }: DialogProps): ReactNode {
  const say = usePhrases(terminalWords);
  const people = useRoute(listCollectors, {});
  const add = useCall(addOperator, REFRESHES);
  const required = [{ required: true, message: say("required") }];
  const chosen = people.data?.collectors.find((one) => one.account === add.variables?.body.account);
  if (add.data) return <CodeDialog code={add.data.code} name={chosen?.name ?? ""} label={device.label} expiresAt={add.data.expiresAt} onClose={onClose} />;
  return (
    <Modal open title={say("addOperatorOf", { label: device.label })} footer={null} onCancel={onClose} mask={{ closable: false }}>
      <Loaded query={people}>
        {({ collectors }) => (
          <Form<{ account: string; trainedOn: string }> layout="vertical" initialValues={{ trainedOn: today() }} onFinish={(body) => add.mutate({ params: { id: device.id }, body })}>
            <ProblemView error={add.error} />
            <Form.Item name="account" label={say("collector")} rules={required}>
              <Select data-filter="collector" showSearch={{ optionFilterProp: "label" }} options={collectors.map((one) => ({ value: one.account, label: `${one.name} · ${one.office}` }))} />
            </Form.Item>
            <Form.Item name="trainedOn" label={say("trainedOn")} help={say("trainedHelp")} rules={[...required, { validator: (_: unknown, value: string) => (!value || isDate(value) ? Promise.resolve() : Promise.reject(new Error(say("dateForm")))) }]}>
              <Input name="trainedOn" maxLength={10} style={{ width: 160 }} />
            </Form.Item>
            <div style={{ height: 12 }} />
            <FormEnd move="give-code" label={say("giveCode")} busy={add.isPending} onClose={onClose} />
          </Form>
        )}
      </Loaded>
    </Modal>
  );
}

/** Large, so that it can be read across a table and printed. */
function CodeDialog({ code, name, label, expiresAt, onClose }: { readonly code: string; readonly name: string; readonly label: string; readonly expiresAt: string; readonly onClose: () => void }): ReactNode {
  const say = usePhrases(terminalWords);
  return (
    <Modal open title={say("codeTitle")} footer={null} onCancel={onClose} closable={false} mask={{ closable: false }} width={640}>
      <div role="status" data-code={code} style={{ fontSize: 40, fontWeight: 600, textAlign: "center", letterSpacing: 2, fontFamily: "ui-monospace, Consolas, monospace", padding: "20px 0", userSelect: "all", border: "1px solid #8a94a3", borderRadius: 6, margin: "8px 0 16px", overflowWrap: "anywhere" }}>
        {code}
      </div>
      <p style={{ fontSize: 16 }}>
        <b>{label}</b> · {name}
      </p>
      <p>{say("codeHelp", { name, at: moment(expiresAt) })}</p>
      <div className="no-print" style={{ display: "flex", gap: 12 }}>
        <Button type="primary" data-move="code-handed-over" onClick={onClose}>
          {say("done")}
        </Button>
        <Button onClick={() => window.print()}>{say("print")}</Button>
      </div>
    </Modal>
  );
}

export function RenewDialog({ device, onClose }: DialogProps): ReactNode {
  const say = usePhrases(terminalWords);
  const renew = useCall(renewLease, REFRESHES);
  const [form] = Form.useForm<{ leaseDays: number }>();
  const days = Form.useWatch("leaseDays", form) ?? 14;
  return (
    <Modal open title={say("renewOf", { label: device.label })} footer={null} onCancel={onClose}>
      <Form form={form} layout="vertical" initialValues={{ leaseDays: 14 }} onFinish={(body) => renew.mutate({ params: { id: device.id }, body }, { onSuccess: onClose })}>
        <ProblemView error={renew.error} />
        <Form.Item name="leaseDays" label={say("leaseDays")} help={say("renewHelp", { n: days })} rules={[{ required: true, message: say("required") }]}>
          <InputNumber min={1} max={14} precision={0} autoFocus />
        </Form.Item>
        <div style={{ height: 12 }} />
        <FormEnd move="renew-lease" label={say("renew")} busy={renew.isPending} onClose={onClose} />
      </Form>
    </Modal>
  );
}

export function RevokeDialog({ device, onClose }: DialogProps): ReactNode {
  const say = usePhrases(terminalWords);
  const revoke = useCall(revokeDevice, REFRESHES);
  return (
    <Modal open title={say("revokeOf", { label: device.label })} footer={null} onCancel={onClose} mask={{ closable: false }}>
      <Form<{ reason: string }> layout="vertical" onFinish={({ reason }) => revoke.mutate({ params: { id: device.id }, body: { reason: reason.trim() } }, { onSuccess: onClose })}>
        <ProblemView error={revoke.error} />
        <Alert type="warning" showIcon title={say("revokeHelp")} style={{ marginBottom: 12 }} />
        <Form.Item name="reason" label={say("reason")} rules={[{ required: true, whitespace: true, message: say("required") }]}>
          <Input.TextArea name="reason" rows={2} maxLength={300} autoFocus />
        </Form.Item>
        <FormEnd move="revoke-terminal" label={say("revoke")} danger busy={revoke.isPending} onClose={onClose} />
      </Form>
    </Modal>
  );
}

export function TakeDialog({ device, onClose }: DialogProps): ReactNode {
  const say = usePhrases(terminalWords);
  const take = useMutation({ mutationFn: (whole: boolean) => saveBundleFor(device.id, whole) });
  return (
    <Modal open title={say("takeOf", { label: device.label })} footer={null} onCancel={onClose}>
      <ProblemView error={take.error} />
      <p>{say("takeHelp")}</p>
      {take.data === undefined ? null : <Alert type="success" showIcon role="status" data-taken={take.data} title={say("taken", { name: take.data })} style={{ marginBottom: 12 }} />}
      <div style={{ display: "flex", gap: 12, alignItems: "center" }}>
        <Button type="primary" data-move="take-changes" loading={take.isPending && !take.variables} disabled={take.isPending} onClick={() => take.mutate(false)}>
          {say("takeChanges")}
        </Button>
        <Button data-move="take-whole" loading={take.isPending && take.variables} disabled={take.isPending} onClick={() => take.mutate(true)}>
          {say("takeWhole")}
        </Button>
        <span role="status">{take.isPending ? say("taking") : ""}</span>
      </div>
    </Modal>
  );
}
