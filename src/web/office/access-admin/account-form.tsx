// A new account: who, in which office, with which roles, until when.
import { App, Checkbox, Form, Input, Modal, Select } from "antd";
import type { ReactNode } from "react";
import type { ReplyOf } from "../../../core/route.ts";
import { parseDate } from "../../../core/time.ts";
import { createAccount, type listAccounts } from "../../../modules/access/contract.ts";
import { roles as roleTable } from "../../../modules/access/rules.ts";
import { useCall } from "../../shared/data.ts";
import { useDepartments } from "../../shared/departments.ts";
import { today } from "../../shared/figures.ts";
import { FormEnd } from "../../shared/form-end.tsx";
import { ProblemView } from "../../shared/state-views.tsx";
import { usePhrases, useText } from "../../shared/words.ts";
import { departmentName, endFault, LOGIN, usualEnd } from "./accounts.ts";
import { adminWords } from "./words.ts";

type Fields = { readonly login: string; readonly name: string; readonly password: string; readonly officeId: string; readonly roles: string[]; readonly endsOn: string };

export function AccountForm({ data, onClose }: { readonly data: ReplyOf<typeof listAccounts>; readonly onClose: () => void }): ReactNode {
  const say = usePhrases(adminWords);
  const read = useText();
  const { message } = App.useApp();
  const [form] = Form.useForm<Fields>();
  const held = Form.useWatch("roles", form) ?? [];
  const senders = useDepartments() ?? [];
  const make = useCall(createAccount, ["/api/accounts"]);
  const required = [{ required: true, message: say("required") }];
  const submit = (fields: Fields): void =>
    make.mutate({ body: { ...fields, login: fields.login.trim(), name: fields.name.trim(), endsOn: parseDate(fields.endsOn.trim()) ?? fields.endsOn } }, {
      onSuccess: () => {
        message.success(say("made"));
        onClose();
      },
    });
  const checkEnd = (_: unknown, value: string | undefined): Promise<void> => {
    const fault = endFault(value ?? "", today());
    return fault ? Promise.reject(new Error(say(fault))) : Promise.resolve();
  };
  return (
    <Modal open title={say("newAccount")} footer={null} width={640} onCancel={onClose} mask={{ closable: false }}>
      <Form<Fields> form={form} layout="vertical" onFinish={submit} scrollToFirstError initialValues={{ endsOn: usualEnd(today()), roles: [] }}>
        <ProblemView error={make.error} />
        <Form.Item name="officeId" label={say("office")} rules={required}>
          <Select data-filter="office" showSearch={{ optionFilterProp: "label" }} options={data.offices.map((office) => ({ value: office.id, label: `${office.name} · ${read(departmentName(office.department, senders))}` }))} />
        </Form.Item>
        <Form.Item name="name" label={say("name")} rules={[{ required: true, whitespace: true, message: say("required") }]}>
          <Input name="name" maxLength={50} autoComplete="off" />
        </Form.Item>
        <Form.Item name="login" label={say("login")} extra={say("loginHelp")} rules={[...required, { pattern: LOGIN, message: say("loginHelp") }]}>
          <Input name="login" maxLength={60} autoComplete="off" />
        </Form.Item>
        <Form.Item name="password" label={say("password")} extra={say("passwordHelp")} rules={[...required, { min: 10, message: say("passwordHelp") }]}>
          <Input.Password name="password" maxLength={200} autoComplete="new-password" />
        </Form.Item>
        {/* Not a `required` rule: it would put aria-required on a group, where it is not allowed. */}
        <Form.Item
          name="roles"
          label={
            <>
              <span className="must">*</span>&nbsp;{say("roles")}
            </>
          }
          extra={held.includes("contact") ? say("contactHelp") : say("rolesHelp")}
          rules={[{ type: "array", min: 1, message: say("required") }]}
        >
          <Checkbox.Group style={{ display: "grid", gridTemplateColumns: "repeat(auto-fill, minmax(180px, 1fr))", gap: 6 }} options={data.roles.map((role) => ({ value: role, label: <span data-role={role}>{read(roleTable[role]?.label) || role}</span> }))} />
        </Form.Item>
        <Form.Item name="endsOn" label={say("endsOn")} extra={say("endsHelp")} rules={[{ validator: checkEnd }]}>
          <Input name="endsOn" maxLength={20} style={{ maxWidth: 220 }} autoComplete="off" />
        </Form.Item>
        <FormEnd move="create-account" label={say("create")} busy={make.isPending} onClose={onClose} />
      </Form>
    </Modal>
  );
}
