// A new office: where it is, of which department, and its name.
import { App, Form, Input, Modal, Select } from "antd";
import type { ReactNode } from "react";
import { createOffice } from "../../../modules/access/contract.ts";
import { AreaPicker } from "../../shared/area-picker.tsx";
import { useCall } from "../../shared/data.ts";
import { useDepartments } from "../../shared/departments.ts";
import { FormEnd } from "../../shared/form-end.tsx";
import { ProblemView } from "../../shared/state-views.tsx";
import { usePhrases, useText } from "../../shared/words.ts";
import { ownDepartments } from "./accounts.ts";
import { adminWords } from "./words.ts";

type Fields = { readonly area: number; readonly department: string; readonly name: string };

function AreaField({ value, onChange, id, within }: { readonly value?: number; readonly onChange?: (code: number | undefined) => void; readonly id?: string; readonly within: number }): ReactNode {
  const say = usePhrases(adminWords);
  return <AreaPicker value={value} within={within} onChange={(code) => onChange?.(code)} label={say("area")} {...(id ? { id } : {})} style={{ width: "100%" }} />;
}

export function OfficeForm({ within, onClose }: { readonly within: number; readonly onClose: () => void }): ReactNode {
  const say = usePhrases(adminWords);
  const read = useText();
  const { message } = App.useApp();
  const senders = useDepartments() ?? [];
  const make = useCall(createOffice, ["/api/accounts"]);
  const required = [{ required: true, message: say("required") }];
  const submit = (fields: Fields): void =>
    make.mutate({ body: { ...fields, name: fields.name.trim() } }, {
      onSuccess: () => {
        message.success(say("officeMade"));
        onClose();
      },
    });
  return (
    <Modal open title={say("newOffice")} footer={null} width={600} onCancel={onClose} mask={{ closable: false }}>
      <Form<Fields> layout="vertical" onFinish={submit} scrollToFirstError>
        <ProblemView error={make.error} />
        <Form.Item name="area" label={say("area")} extra={say("areaHelp")} rules={required}>
          <AreaField within={within} />
        </Form.Item>
        <Form.Item name="department" label={say("department")} rules={required}>
          <Select data-filter="department" showSearch={{ optionFilterProp: "label" }} options={[...ownDepartments, ...senders].map((one) => ({ value: one.key, label: read(one.label) }))} />
        </Form.Item>
        <Form.Item name="name" label={say("officeName")} rules={[{ required: true, whitespace: true, message: say("required") }]}>
          <Input name="office-name" maxLength={80} />
        </Form.Item>
        <FormEnd move="create-office" label={say("create")} busy={make.isPending} onClose={onClose} />
      </Form>
    </Modal>
  );
}
